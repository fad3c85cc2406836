"""Whether an answer turns on a fact at all: what it would be, were the fact any other value that it can have (`other_values`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from engine.assessment import Assessment
from engine.graph import Graph
from engine.present import Key
from engine.values import Refusal, Value
from engine.varying.along import answers_with, depend_on, looks_back, with_fact
from engine.varying.curves import curve

FEW = 5
"""Samples of what is no straight line."""

MOST_TURNS = 40
"""Of a number, that are followed; beyond them it is sampled."""


@frozen
class OtherValues:
    """What other values of a fact, while all else stays, would make of the answers."""

    less: bool
    """That one of them can be less, or no."""
    more: bool
    """That one can be more, or yes."""
    unknown: bool
    """That one cannot be given, or can be only then, or is something else; or that it was not found out."""

    @property
    def is_any(self) -> bool:
        """Whether any other value would change any of the answers."""
        return self.less or self.more or self.unknown


def other_values(assessment: Assessment, fact: Key) -> OtherValues:
    """Of every answer of an assessment, along one fact that it rests on; each by an assessment, places between by the curve.

    Of a yes or no and of a choice every answer is tried, of a number the whole of its range; days and texts have no end, and
    are not tried. A stretch along which the law could only be sampled, and all samples agree, is not found out.
    """
    turning = depend_on(assessment.graph, fact[0], on_other_days=True)
    asked = [key for key in assessment.asked if key[0] in turning]
    if not asked:
        return OtherValues(less=False, more=False, unknown=False)
    if assessment.graph.terms[fact[0]].type.is_number:
        ways = {way for key in asked for way in _along(assessment, fact, key)}
    else:
        ways = set(_one_by_one(assessment, fact))
    return OtherValues("less" in ways, "more" in ways, "unknown" in ways)


def _along(assessment: Assessment, fact: Key, asked: Key) -> set[str]:
    """Where other days look at it, it could only be sampled."""
    if looks_back(assessment.graph, fact, assessment.graph.terms[asked[0]]) is not None:
        return {"unknown"}
    drawn = curve(assessment.graph, assessment.case, fact, asked, strict=assessment.strict, samples=FEW, most=MOST_TURNS)
    given = drawn.given.value if drawn.given is not None else None
    ways = {way for found in drawn.found() if (way := _way(given, found.value)) is not None}
    return ways or ({"unknown"} if drawn.sampled else set())


def _one_by_one(assessment: Assessment, fact: Key) -> Iterator[str]:
    term, world = assessment.graph.terms[fact[0]], assessment.world
    given, path = assessment.at(fact).value, world.paths[term.entity][fact[1]]
    values = _answers(assessment.graph, fact)
    if not values:
        yield "unknown"
    as_it_is = [assessment.at(key).value for key in assessment.asked]
    for value in values:
        if value != given:
            found = answers_with(assessment, with_fact(assessment.case, term, path, value))
            yield from (way for before, after in zip(as_it_is, found, strict=True) if (way := _way(before, after)) is not None)


def _answers(graph: Graph, fact: Key) -> Sequence[Value]:
    """All that can be answered, where that can be listed."""
    type_ = graph.terms[fact[0]].type
    if type_.kind == "choice":
        return graph.vocabulary.choices[type_.choice or ""]
    return (True, False) if type_.kind == "yes/no" else ()


def _way(before: Value | None, after: Value) -> str | None:
    """None where the answer is the same, or cannot be given either way."""
    refused = isinstance(before, Refusal), isinstance(after, Refusal)
    if all(refused) or before == after:
        return None
    if isinstance(before, int) and isinstance(after, int):
        return "more" if after > before else "less"
    return "unknown"
