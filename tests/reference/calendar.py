"""Dates and elapsed time: anniversaries, the days that a month does not have, and never (S8, S26, S27, S68, S69)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, TypeVar

ShortMonths = Literal["last", "next"]
MONTHS_IN = {"month": 1, "year": 12}
DAYS_IN = {"day": 1, "week": 7}

CALENDAR_MONTHS = {"month": 1, "quarter": 3, "year": 12}
YEARS = range(1900, 2201)
"""Those of which a day can be told (S8)."""
NEVER = date.max
"""The day of what has not happened: later than every day that can be told."""

T = TypeVar("T")


class MonthEndError(Exception):
    """The two ways to take a day that a month does not have lead to different answers, and the instrument names neither."""


def later(start: date, number: int, unit: str, short_months: ShortMonths | None) -> date:
    """The day so many days, weeks, months or years after another, or before it."""
    if unit in DAYS_IN:
        return start + timedelta(days=number * DAYS_IN[unit])
    if short_months is not None:
        return _anniversary(start, number * MONTHS_IN[unit], short_months)
    return _whichever(*(_anniversary(start, number * MONTHS_IN[unit], way) for way in ("last", "next")))


def calendar(unit: str, day: date, back: int) -> tuple[date, date]:
    """The first and the last day of the month, quarter or year in which a day lies, or of one so many before it."""
    first = day.replace(day=1)
    while (first.month - 1) % CALENDAR_MONTHS[unit]:
        first = _anniversary(first, -1, "last")
    first = _anniversary(first, -back * CALENDAR_MONTHS[unit], "last")
    return first, _anniversary(first, CALENDAR_MONTHS[unit], "last") - timedelta(days=1)


def elapsed(unit: str, start: date, end: date, short_months: ShortMonths | None) -> int:
    """Whole days, weeks, months or years from one day to another; backwards, minus what forwards gives."""
    if end < start:
        return -elapsed(unit, end, start, short_months)
    if unit in DAYS_IN:
        return (end - start).days // DAYS_IN[unit]
    if short_months is not None:
        return _anniversaries(start, end, MONTHS_IN[unit], short_months)
    return _whichever(*(_anniversaries(start, end, MONTHS_IN[unit], way) for way in ("last", "next")))


def _whichever(one: T, other: T) -> T:
    if one != other:
        raise MonthEndError
    return one


def _anniversaries(start: date, end: date, months: int, short_months: ShortMonths) -> int:
    """How many of start + 1, start + 2 … are not after the end."""
    count = 0
    while _anniversary(start, (count + 1) * months, short_months) <= end:
        count += 1
    return count


def _anniversary(start: date, months: int, short_months: ShortMonths) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    next_first = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    day = first + timedelta(days=start.day - 1)
    if day < next_first:
        return day
    return next_first if short_months == "next" else next_first - timedelta(days=1)
