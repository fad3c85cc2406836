"""Days counted as on a wall calendar: so long after a day, whole years between two, the days of a stretch.

Where a month has no such day (31 April, 29 February), the law of the book says which is meant. A page does not, so that what
rests on it has two answers here, and either is right.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def shifted(start: date, length: int, unit: str) -> set[date]:
    """So many days, weeks, months or years later; two where the month is too short for the day."""
    try:
        if unit in ("day", "week"):
            return {start + length * (7 if unit == "week" else 1) * ONE_DAY}
        month = start.year * 12 + start.month - 1 + length * _MONTHS_IN[unit]
        year, month = month // 12, month % 12 + 1
        most = monthrange(year, month)[1]
        if start.day <= most:
            return {start.replace(year=year, month=month)}
        last = start.replace(year=year, month=month, day=most)
        return {last, last + ONE_DAY}
    except (OverflowError, ValueError):
        return set()


def between(unit: str, start: date, end: date) -> set[int]:
    """Whole days, weeks, months or years from one day to another; backwards below zero."""
    if end < start:
        return {-whole for whole in between(unit, end, start)}
    if unit in ("day", "week"):
        return {(end - start).days // (7 if unit == "week" else 1)}
    step = _MONTHS_IN[unit]
    most = ((end.year - start.year) * 12 + end.month - start.month) // step
    found: set[int] = set()
    for which in (min, max):
        count = most
        while count > 0 and which(shifted(start, count, unit), default=end) > end:
            count -= 1
        found.add(count)
    return found


def calendar(unit: str, of: date, back: int) -> tuple[date, date]:
    """The month, quarter or year in which a day lies, or so many before it: its first and last day."""
    months = _MONTHS_IN[unit]
    number = (of.year * 12 + of.month - 1) // months - back
    first = date(number * months // 12, number * months % 12 + 1, 1)
    following = (number + 1) * months
    return first, date(following // 12, following % 12 + 1, 1) - ONE_DAY


def stretches(length: int, unit: str, where: str, day: date) -> Iterable[tuple[date, date]]:
    """`the 7 days before`, `beginning with` or `ending with` a day: the first day and the last, in each way of counting."""
    match where:
        case "before":
            return {(first, day - ONE_DAY) for first in shifted(day, -length, unit)}
        case "beginning with":
            return {(day, after - ONE_DAY) for after in shifted(day, length, unit)}
        case _:
            return {(first, day) for first in shifted(day + ONE_DAY, -length, unit)}
