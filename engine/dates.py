"""Elapsed time between two days, as the law counts it (S26, S27)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

ShortMonths = Literal["last", "next"]


def anniversary(start: date, months: int, short_months: ShortMonths) -> date:
    """The day so many months after `start`; where the month lacks it, its last day or the first of the next."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    if start.day <= last:
        return date(year, month + 1, start.day)
    if short_months == "last":
        return date(year, month + 1, last)
    year, month = divmod(index + 1, 12)
    return date(year, month + 1, 1)


def calendar(unit: str, day: date, back: int) -> tuple[date, date]:
    """The first and the last day of the calendar month, quarter or year of a day, or of one so many before it."""
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    index = ((day.year * 12 + day.month - 1) // months - back) * months
    after = index + months
    first = date(index // 12, index % 12 + 1, 1)
    return first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def elapsed(unit: str, start: date, end: date, short_months: ShortMonths) -> int:
    """Whole years, months, weeks or days from one day to another; backwards gives minus what forwards gives."""
    if end < start:
        return -elapsed(unit, end, start, short_months)
    if unit == "day":
        return (end - start).days
    if unit == "week":
        return (end - start).days // 7
    step = 12 if unit == "year" else 1
    count = ((end.year - start.year) * 12 + end.month - start.month) // step
    while count > 0 and anniversary(start, count * step, short_months) > end:
        count -= 1
    return count
