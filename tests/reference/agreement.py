"""The engine and the reference, asked the same; where they differ, and what was reached on the way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import attrs
from attrs import define, evolve, field, frozen

from engine.assess import asked_terms, assess
from engine.assessment import FactUse, Step
from engine.book.assemble import assemble
from engine.book.consolidate import consolidate
from engine.book.law import Law
from engine.cases.questions import bound_case, read_case
from engine.checking.check import check
from engine.graph import Checked
from engine.mechanisms.base import Frame
from engine.nodes import Formula, OverDays, OverMembers, walk
from engine.values import Refusal, refusal_of
from grammar.parsing import parse
from grammar.problems import Problem, errors
from grammar.source import Source
from tests.reference import amending, law, meaning
from tests.reference.results import Belonging, Path, Reason, Refused, Value
from tests.reference.setting import MadeUp


@define
class Reached:
    """What was worked out, over all the books: mechanisms, phrases and reasons, and how much was compared."""

    mechanisms: Counter[str] = field(factory=Counter)
    phrases: Counter[str] = field(factory=Counter)
    reasons: Counter[str] = field(factory=Counter)
    totals: Counter[str] = field(factory=Counter)
    refused: Counter[str] = field(factory=Counter)
    """The codes of the problems because of which a book or a household was not used."""

    def table(self) -> str:
        """The counts, for people."""
        parts = []
        for title, counts in attrs.asdict(self, recurse=False).items():
            parts.append(title)
            parts += [f"  {name:24}{count:9,}" for name, count in sorted(counts.items())]
        return "\n".join(parts)


@frozen
class When:
    """A day, the day as of which law and facts are known, and the other readings that are taken."""

    day: date
    known: date | None
    readings: tuple[str, ...] = ()


@frozen
class Difference:
    """An answer in which the two readings are not of one mind."""

    term: str
    path: Path
    day: date
    known: date | None
    engine: Value | None
    reference: Value | None

    def __str__(self) -> str:
        as_known = f", as known on {self.known}" if self.known else ""
        return f"{self.term} of {'/'.join(self.path) or 'all'} on {self.day}{as_known}\n  engine:    {self.engine}\n  reference: {self.reference}"


@frozen(eq=False)
class Pair:
    """One book, read by both."""

    assembled: Law
    problems_read: tuple[Problem, ...]
    reading: law.Book
    _checked: dict[When, Checked] = field(factory=dict)

    @classmethod
    def of(cls, text: str) -> Pair:
        parsed = parse(Source("made up.rules", text))
        assembled = assemble([parsed.file])
        return cls(assembled.law, (*parsed.problems, *assembled.problems), amending.book([parsed.file]))

    def on(self, when: When) -> Checked:
        """The engine's graph of what is in force."""
        if when not in self._checked:
            self._checked[when] = check(consolidate(self.assembled, when.day, when.known, frozenset(when.readings)))
        return self._checked[when]

    def in_force(self, when: When) -> When:
        """With those of its readings that a rule in force on the day has."""
        texts = [self.reading.text(place, when.day, when.known) for place in self.reading.provisions.values()]
        names = {reading.name for text in texts for reading in getattr(text, "readings", ())}
        return evolve(when, readings=tuple(name for name in when.readings if name in names))

    def problems(self, when: When) -> list[str]:
        return [problem.code for problem in errors([*self.problems_read, *self.on(when).problems, *self._on_other_days(when)])]

    def _on_other_days(self, when: When) -> Iterator[Problem]:
        """Those of the law of every other day, since any may be looked at."""
        for day in self.assembled.changes:
            book = consolidate(self.assembled, day, when.known, frozenset(when.readings))
            yield from check(book, with_cases=False).problems


def differences(pair: Pair, book: MadeUp, case: Source, when: When, reached: Reached) -> list[Difference]:
    """Every term of everybody, asked of both."""
    day, known = when.day, when.known
    graph = pair.on(when).graph
    text, unread = read_case(case)
    bound = bound_case(text, graph, day, known) if text else None
    terms, unknown = asked_terms(graph, [pair.reading.called(term, day, known) for term in book.terms])
    assert "renamed" not in {problem.code for problem in unknown}, (when, book.text)
    problems = errors([*unread, *(bound.problems if bound else ()), *unknown])
    if problems or bound is None:
        reached.refused.update({problem.code for problem in problems})
        return []
    assessment = assess(graph, bound.case, terms)
    data = json.loads(case.text) if case.path.endswith(".json") else parse(case).file.declarations[0]
    asked = meaning.ask(pair.reading, data, day, known, when.readings)
    found = {(answer.term.name, answer.path): of_engine(answer) for answer in assessment.answers}
    expected = {
        (term, member.path): asked.value(term, member)
        for term in book.terms
        for member in asked.people.of(pair.reading.owner(term))
    }
    _count(assessment.steps, expected, asked, reached)
    return [
        Difference(term, path, day, known, found.get((term, path)), expected.get((term, path)))
        for term, path in sorted({*found, *expected})
        if found.get((term, path)) != expected.get((term, path))
    ]


def of_engine(answer: Step | FactUse) -> Value:
    """The engine's answer in the reference's terms: a fraction, the paths of members, reasons as a set."""
    refusal = refusal_of(answer.value)
    reasons = None if refusal is None else Refused(frozenset(Reason(r.kind, r.term, r.path) for r in refusal.reasons))
    match answer.value:
        case Refusal():
            assert reasons is not None
            return reasons
        case tuple():
            assert isinstance(answer, Step)
            return Belonging(tuple(answer.members()), reasons)
        case bool() | date() | str():
            return answer.value
        case int():
            return Fraction(answer.value, answer.term.scale)


# ---- what was reached -----------------------------------------------------------------------------------------------


def _count(steps: tuple[Step, ...], expected: dict[tuple[str, Path], Value], asked: meaning.Asked, reached: Reached) -> None:
    for step in steps:
        assert step.term.formula is not None
        reached.mechanisms.update(_worked(step.frame, step.term.formula))
    reached.phrases.update(asked.seen)
    for value in expected.values():
        doubt = value.doubt if isinstance(value, Belonging) else value
        if isinstance(doubt, Refused):
            reached.reasons.update({reason.kind for reason in doubt.reasons})
        reached.totals["answers refused" if isinstance(doubt, Refused) else "answers known"] += 1
    reached.totals["questions"] += 1


def _worked(frame: Frame, formula: Formula) -> Iterator[str]:
    """The mechanism of every node that was worked out, and of those for the members inside."""
    for node in walk(formula.root):
        if frame.cells[node.index] is not None:
            yield node.mechanism
        if isinstance(node.detail, OverDays):
            where, operand = node.detail.formulas
            for day in frame.days.get(node.index, ()):
                if day.where is not None and where is not None:
                    yield from _worked(day.where, where)
                if day.operand is not None and operand is not None:
                    yield from _worked(day.operand, operand)
        if isinstance(node.detail, OverMembers):
            where, operand = node.detail.formulas
            for working in frame.inner.get(node.index, ()):
                if working.where is not None and where is not None:
                    yield from _worked(working.where, where)
                if working.operand is not None and operand is not None:
                    yield from _worked(working.operand, operand)
