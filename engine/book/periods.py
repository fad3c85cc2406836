"""Versions beside each other: whether two hold on one day, and whether days are left on which none does (S41, S75)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from engine.book.law import Write, is_otherwise, timeline
from engine.values import day_words
from grammar.problems import Place, Problem


def beside(writes: Sequence[Write[Any]], name: str) -> Iterator[Problem]:
    """What is wrong with the periods of what is written to one place."""
    for kind in (False, True):
        yield from _overlaps([write for write in writes if is_otherwise(write) is kind], name)
    yield from _gaps(writes, name)
    yield from _never(writes, name)


def _overlaps(writes: Sequence[Write[Any]], name: str) -> Iterator[Problem]:
    if len(writes) > 1 and any(write.text.period is None for write in writes):
        return
    for before, after in pairwise(sorted(writes, key=Write.sort_key)):
        if before.start == after.start or (before.end is not None and before.end >= after.start):
            yield Problem(
                code="periods-overlap",
                message=f"Two versions of `{name}` are both in force on {day_words(after.start)}.",
                place=Place(after.text.period.span, "begins here"),
                second=Place(before.text.period.span, "this one has not ended"),
                subject=name,
                fix="Both begin on that day: correct one of the two dates."
                if before.start == after.start
                else f"End the earlier one: `until {day_words(after.start - timedelta(days=1))}`.",
            )


def _gaps(writes: Sequence[Write[Any]], name: str) -> Iterator[Problem]:
    for before, after in pairwise(timeline(writes).writes):
        if before.end is not None and before.end + timedelta(days=1) < after.start:
            yield Problem(
                code="period-gap",
                severity="warning",
                message=f"`{name}` says nothing from {day_words(before.end + timedelta(days=1))} to "
                f"{day_words(after.start - timedelta(days=1))}.",
                place=Place(after.text.period.span, "begins here"),
                second=Place(before.text.period.span, "ends before"),
                subject=name,
                fix='Give the days in between a version, or say `not encoded "why" on every other day`.',
            )


def _never(writes: Sequence[Write[Any]], name: str) -> Iterator[Problem]:
    """What stands on every other day, where there is none."""
    line = timeline(writes)
    for write in line.otherwise:
        if all(stretch.text is not write.text for stretch in line.writes):
            yield Problem(
                code="never-in-force",
                severity="warning",
                message=f"`{name}` says something else on each of these days: there is no other day.",
                place=Place(write.text.span, "for no day"),
                subject=name,
                fix="Delete it, or correct one of the dates.",
            )
