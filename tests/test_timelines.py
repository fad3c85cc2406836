"""What a place of the law says on a day, as known on another (S44)."""

from __future__ import annotations

from datetime import date

import pytest

from engine.book.law import Timeline, Write, timeline


def said(text: str, start: date, end: date | None = None, made: date | None = None, order: int = 0) -> Write[str]:
    return Write(text, start, end, "an_order", None, made, order)


FIRST, SECOND, THIRD = date(2010, 1, 1), date(2010, 6, 1), date(2011, 1, 1)


@pytest.mark.parametrize(
    ("writes", "on", "known", "expected"),
    [
        # the latest to commence counts
        ([said("a", FIRST), said("b", SECOND)], date(2010, 5, 31), None, "a"),
        ([said("a", FIRST), said("b", SECOND)], SECOND, None, "b"),
        ([said("b", SECOND), said("a", FIRST)], SECOND, None, "b"),
        # of two that commence together the one that was made later, and of two made together the one written later
        ([said("a", FIRST, made=SECOND), said("b", FIRST, made=THIRD)], SECOND, None, "b"),
        ([said("b", FIRST, made=THIRD), said("a", FIRST, made=SECOND)], SECOND, None, "b"),
        ([said("a", FIRST, made=FIRST, order=1), said("b", FIRST, made=FIRST, order=2)], SECOND, None, "b"),
        # but only of those that had been made
        ([said("a", FIRST, made=SECOND), said("b", FIRST, made=THIRD)], THIRD, SECOND, "a"),
        ([said("a", FIRST, made=SECOND), said("b", FIRST, made=THIRD)], THIRD, FIRST, None),
        ([said("a", FIRST, made=FIRST), said("b", SECOND, made=THIRD)], SECOND, SECOND, "a"),
        # one made later that commences earlier does not displace one that commences later
        ([said("a", SECOND, made=FIRST), said("b", FIRST, made=THIRD)], THIRD, None, "a"),
        ([said("a", SECOND, made=FIRST), said("b", FIRST, made=THIRD)], FIRST, None, "b"),
        # what has ended does not give way to what came before it, unless it was not known
        ([said("a", FIRST), said("b", SECOND, end=SECOND)], date(2010, 6, 2), None, None),
        ([said("a", FIRST, made=FIRST), said("b", SECOND, end=SECOND, made=THIRD)], date(2010, 6, 2), SECOND, "a"),
        ([said("a", FIRST, end=THIRD, made=FIRST), said("b", FIRST, end=SECOND, made=SECOND)], THIRD, None, None),
    ],
)
def test_s44_what_a_place_says(writes: list[Write[str]], on: date, known: date | None, expected: str | None) -> None:
    """The latest by commencement, making and order among those admitted."""
    place: Timeline[str] = timeline(writes)
    found = place.at(on, known)
    assert (found and found.text) == expected


@pytest.mark.parametrize(
    ("writes", "known", "expected"),
    [
        ([said("a", FIRST), said("b", SECOND)], None, date(2010, 5, 31)),
        ([said("a", FIRST, end=date(2010, 3, 1)), said("b", SECOND)], None, date(2010, 3, 1)),
        ([said("a", FIRST, made=FIRST), said("b", SECOND, made=THIRD)], SECOND, None),
        ([said("a", FIRST, made=FIRST), said("b", FIRST, made=SECOND)], None, None),
    ],
)
def test_s44_until_when_a_text_holds(writes: list[Write[str]], known: date | None, expected: date | None) -> None:
    """To its own end or the day before the next begins; one that is replaced from its first day has no day at all."""
    place: Timeline[str] = timeline(writes)
    found = place.at(FIRST, known)
    assert found is not None
    assert place.until(found, known) == expected
