"""Trees of examples and cases to text; facts of days one after another are written day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from grammar import limits
from grammar import written_case as c
from grammar.syntax import Period, Word
from grammar.words import day_text
from grammar.writing_provisions import notes
from grammar.writing_values import Writer, quoted


def _case(w: Writer, case: c.Case) -> Iterator[str]:
    yield f"{'case' if case.expect is None else 'example'} {quoted(case.title)}"
    if case.on:
        yield f"on {day_text(case.on)}"
    if case.known:
        yield f"known {day_text(case.known)}"
    yield from map(w.cite, case.cites)
    yield from notes(case.notes)
    if case.readings:
        yield f"reading {', '.join(word.name for word in case.readings)}"
    for one in case.given:
        yield from given(w, one)
    for supposed in case.suppose:
        yield f"suppose {_of_whom(w, supposed)} is {w.value(supposed.value)}"
    if case.expect is not None:
        yield "expect"
        yield from (_expectation(w, one) for one in case.expect)


def _of_whom(w: Writer, tree: c.Expectation | c.Suppose) -> str:
    return w.called(tree.term) + (f" of {tree.of.name}" if tree.of else "")


def _expectation(w: Writer, tree: c.Expectation) -> str:
    return f"{_of_whom(w, tree)} is {'not encoded' if tree.value is None else w.value(tree.value)}"


def given(w: Writer, tree: c.Given) -> Iterator[str]:
    """Somebody and what is known of them; everyone has no name."""
    yield f"given {w.called(tree.entity.name)} {tree.name}".rstrip()
    if tree.of:
        yield f"of {tree.of.name}"
    if tree.roles:
        yield f"as {w.names(tree.roles)}"
    yield from _from(w, tree)
    for run in _runs(tree.facts):
        yield from _facts(w, run)


def _from(w: Writer, tree: c.Given | c.FactText) -> Iterator[str]:
    if tree.start:
        yield w.period(Period(tree.start, tree.end, span=tree.span))


def _facts(w: Writer, run: Sequence[c.FactText]) -> Iterator[str]:
    """A fact, or those of days one after another."""
    first = run[0]
    yield f"{w.called(first.name)} is {', '.join(w.value(fact.value) for fact in run)}"
    if len(run) > 1:
        assert first.start is not None
        yield f"day by day from {day_text(first.start)}"
    else:
        yield from _from(w, first)
    if first.reported:
        yield f"reported {day_text(first.reported)}"
    if first.source is not None:
        yield f"source {quoted(first.source)}"
    if first.standing:
        yield f"standing {first.standing.name}"


def _runs(facts: Sequence[c.FactText]) -> Iterator[list[c.FactText]]:
    """The facts, those of one thing on days one after another together."""
    run: list[c.FactText] = []
    for fact in facts:
        if run and not (len(run) < limits.DAILY_VALUES and _follows(run[-1], fact)):
            yield run
            run = []
        run.append(fact)
    if run:
        yield run


def _follows(before: c.FactText, fact: c.FactText) -> bool:
    """Whether a fact of one day is that of the day after another, known in the same way."""
    if before.start is None or before.start != before.end or fact.start != fact.end:
        return False
    if isinstance(fact.value, Word) and fact.value.name in ("a", "an"):
        return False  # before `day by day` it would say how often
    is_next = fact.start == before.start + timedelta(days=1)
    return is_next and _beside_its_value(fact) == _beside_its_value(before)


def _beside_its_value(fact: c.FactText) -> tuple[object, ...]:
    return fact.name, fact.reported, fact.source, fact.standing


KINDS: dict[type, Callable[[Writer, Any], Iterator[str]]] = {c.Case: _case}
"""How a case or an example is written, clause by clause."""
