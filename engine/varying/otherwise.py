"""What an answer would be, were the law read otherwise, or a fact that is assumed the other way round: an assessment each."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from engine.assess import values
from engine.assessment import Assessment, FactUse
from engine.book.consolidate import consolidate
from engine.checking.check import check
from engine.checking.earlier import of
from engine.graph import Graph, Term
from engine.present import Key
from engine.values import Exact, Refusal, Value, refusal_of
from engine.varying.along import answers_with, with_fact
from engine.varying.pieces import is_same
from grammar.declarations import Reading
from grammar.problems import errors

MOST_READINGS = 12
"""Readings beyond which no figure is worked out: each makes the rules of the day anew."""

MOST_TRIED = 300
"""Facts turned round beyond which none is: a large household assumes many."""


@frozen(eq=False, repr=False)
class Answered:
    """One answer as it would be."""

    term: Term
    path: tuple[str, ...]
    value: Value
    is_same: bool
    """Whether it would be what it is."""

    @property
    def exact(self) -> Exact | None:
        """None for a refusal and for a group."""
        known = refusal_of(self.value) is None and not isinstance(self.value, tuple | Refusal)
        return Exact(self.value, self.term.type, self.term.scale) if known else None  # type: ignore[arg-type]


@frozen(eq=False, repr=False)
class ReadOtherwise:
    """A reading that was not taken, and the answers that it gives."""

    name: str
    answers: tuple[Answered, ...]


@frozen(eq=False, repr=False)
class Turned:
    """A fact that is assumed, what it could be instead, and the answers then; some of them are others."""

    use: FactUse
    other: Value
    answers: tuple[Answered, ...]


def readings_not_taken(assessment: Assessment) -> tuple[ReadOtherwise, ...]:
    """The answers under each reading of a rule that they rest on, taken in the place of what was taken of that rule.

    None of a reading with which the rules of the day have a mistake; none at all where there are too many.
    """
    found = dict(_not_taken(assessment))
    if len(found) > MOST_READINGS:
        return ()
    told = ((name, _answers_of(assessment, chosen)) for name, chosen in found.items())
    return tuple(ReadOtherwise(name, answers) for name, answers in told if answers is not None)


def _not_taken(assessment: Assessment) -> Iterator[tuple[str, frozenset[str]]]:
    """Each reading by its name, and all that are chosen when it is."""
    taken = assessment.graph.readings
    for day in (assessment, *(run.assessment for run in assessment.other_days)):
        for step in day.steps:
            in_force = step.term.in_force
            readings: tuple[Reading, ...] = getattr(in_force.text, "readings", ()) if in_force else ()
            of_rule = {reading.name for reading in readings}
            for reading in readings:
                if reading.name not in taken:
                    yield reading.name, frozenset({*taken, reading.name} - (of_rule - {reading.name}))


def _answers_of(assessment: Assessment, readings: frozenset[str]) -> tuple[Answered, ...] | None:
    case, law = assessment.case, assessment.graph.book.law
    checked = check(consolidate(law, case.on, case.known, readings), earlier=of(law))
    if errors(checked.problems):
        return None
    names = [assessment.graph.terms[index].name for index, _ in assessment.asked]
    terms = [checked.graph.by_name[name] for name in dict.fromkeys(names)]
    found = dict(zip((term.name for term in terms), values(checked.graph, case, terms, assessment.strict), strict=True))
    return tuple(
        _answered(assessment, key, checked.graph, found[name][key[1]]) for key, name in zip(assessment.asked, names, strict=True)
    )


def assumptions_that_matter(assessment: Assessment) -> tuple[Turned, ...] | None:
    """Of each yes/no and each choice that is assumed, what the answers would be were it otherwise, where they would be others.

    Each by itself, while all else stays as it is. None where there are too many to be tried.
    """
    tried = [(use, other) for use in assessment.facts if use.is_assumed for other in _others(assessment.graph, use)]
    if len(tried) > MOST_TRIED:
        return None
    turned = (Turned(use, other, _with(assessment, use, other)) for use, other in tried)
    return tuple(one for one in turned if not all(answer.is_same for answer in one.answers))


def _others(graph: Graph, use: FactUse) -> tuple[Value, ...]:
    """What else a fact could be, where that is a few things."""
    match use.term.type.kind:
        case "yes/no":
            return (not use.value,)
        case "choice":
            return tuple(answer for answer in graph.vocabulary.choices[use.term.type.choice or ""] if answer != use.value)
    return ()


def _with(assessment: Assessment, use: FactUse, other: Value) -> tuple[Answered, ...]:
    graph = assessment.graph
    found = answers_with(assessment, with_fact(assessment.case, use.term, use.path, other))
    return tuple(_answered(assessment, key, graph, value) for key, value in zip(assessment.asked, found, strict=True))


def _answered(assessment: Assessment, key: Key, graph: Graph, value: Value) -> Answered:
    now = assessment.at(key)
    term = graph.by_name[now.term.name]
    return Answered(term, now.path, value, _is_same(value, term.scale, now.value, now.term.scale))


def _is_same(value: Value, scale: int, now: Value, scale_now: int) -> bool:
    """Whether an answer says what it says now: a reading may carry more decimals, and a refusal is one whatever its reasons."""
    if isinstance(value, Refusal) or isinstance(now, Refusal):
        return isinstance(value, Refusal) and isinstance(now, Refusal)
    if value.__class__ is int and now.__class__ is int:
        return value * scale_now == now * scale
    return is_same(value, now)
