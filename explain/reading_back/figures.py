"""What is printed as a figure, as a value again: amounts and numbers exactly, days, answers, names.

This reads what people read, and shares nothing with what wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from explain.reading_back import units
from explain.reading_back.units import Unit


@frozen
class Number:
    """An amount as printed; one whose decimals go on without end lies somewhere between two ends."""

    low: Fraction
    high: Fraction
    unit: str = ""
    """As it is printed behind the figure."""
    of: Unit | None = field(default=None, eq=False)
    """What it is an amount of, as far as that is known."""

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def agrees(self, other: Number) -> bool:
        """Whether both can be one amount."""
        return self.low <= other.high and other.low <= self.high


@frozen
class Sign:
    """What stands in the place of a value."""

    name: str


REFUSED: Final = Sign("refused")
NOBODY: Final = Sign("nobody")

Printed = Number | bool | date | str | Sign | tuple[str, ...]
"""A value as it is read; a tuple is names."""

_NUMBER = re.compile(r"(−?)(£?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(…?)(%?)(?: (\D.*))?", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MOST = 200
"""Characters of an amount; anything longer is a text."""
_DAY = re.compile(rf"(\d\d?) ({'|'.join(_MONTHS)}) (\d{{4}})")
_DAYS = re.compile(rf"(\d\d?)(?: ({'|'.join(_MONTHS)}))?(?: (\d{{4}}))? to (.*)")


@lru_cache(20_000)
def printed(text: str) -> Printed:
    """What a figure says."""
    match text:
        case "yes" | "no":
            return text == "yes"
        case "refused":
            return REFUSED
        case "nobody":
            return NOBODY
        case "never":
            return date.max
    return day(text) or (_number(text) if len(text) <= _MOST else None) or text


def _number(text: str) -> Number | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, pounds, whole, decimals, endless, percent, unit = found.groups(default="")
    tens = 10 ** len(decimals)
    value = int(whole.replace(",", "") + decimals)
    below = (value, value + 1) if endless else (value, value)
    ends = [Fraction(-end if sign else end, tens * (100 if percent else 1)) for end in below]
    return Number(min(ends), max(ends), unit, units.unit_of(bool(pounds), unit))


def units_of(texts: Iterable[str]) -> dict[str, set[Unit]]:
    """Of what each of some figures is, by the figure without the time that belongs to it."""
    found: dict[str, set[Unit]] = {}
    for text in texts:
        value = printed(text)
        if isinstance(value, Number) and value.of is not None:
            found.setdefault(text[: len(text) - len(units.time_in(value.unit))], set()).add(value.of)
    return found


def day(text: str) -> date | None:
    """`1 October 2010`."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def day_text(of: date) -> str:
    """A day as a page prints it."""
    return "never" if of == date.max else f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


@lru_cache(2_000)
def days(text: str) -> tuple[date, date] | None:
    """`4 to 9 January 2008`, `29 December 2007 to 2 January 2008`, `4 January 2008`: the first and the last."""
    found = _DAYS.fullmatch(text)
    last = day(found[4] if found else text)
    if last is None:
        return None
    first = last
    if found is not None:
        month = _MONTHS.index(found[2]) + 1 if found[2] else last.month
        try:
            first = date(int(found[3] or last.year), month, int(found[1]))
        except ValueError:
            return None
    return (first, last) if first <= last else None


def month(text: str) -> int | None:
    """1 for January."""
    return _MONTHS.index(text) + 1 if text in _MONTHS else None


# ---- arithmetic on what is printed ----------------------------------------------------------------------------------


def _ends(one: Number, other: Number, do: Callable[[Fraction, Fraction], Fraction], of: Unit | None) -> Number:
    if one.is_exact and other.is_exact:
        value = do(one.low, other.low)
        return Number(value, value, "", of)
    found = [do(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Number(min(found), max(found), "", of)


def plus(one: Number, other: Number) -> Number:
    return Number(one.low + other.low, one.high + other.high, "", units.together(one.of, other.of))


def minus(one: Number, other: Number) -> Number:
    return Number(one.low - other.high, one.high - other.low, "", units.together(one.of, other.of))


def times(one: Number, other: Number) -> Number:
    return _ends(one, other, lambda a, b: a * b, units.times(one.of, other.of))


def divided(one: Number, other: Number) -> Number | None:
    """None where it might be a division by zero."""
    if other.low <= 0 <= other.high:
        return None
    return _ends(one, other, lambda a, b: Fraction(a, b), units.times(one.of, other.of, -1))


def rounded(number: Number, mode: str, to: Fraction) -> Number:
    """To a multiple of an amount: `nearest`, `even` (halves to the even one), `up`, `down`."""
    low, high = (_rounded(Fraction(end, to), mode) * to for end in (number.low, number.high))
    return Number(low, high, "", number.of)


def _rounded(value: Fraction, mode: str) -> int:
    down = value.numerator // value.denominator
    rest = value - down
    if mode == "down" or rest == 0:
        return down
    if mode == "up":
        return down + 1
    half = Fraction(1, 2)
    if rest != half:
        return down + (rest > half)
    if mode == "even":
        return down + down % 2
    return down + (value > 0)
