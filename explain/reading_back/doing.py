"""What the words of a line do with its figures. What is refused stays refused; what the words do not tell is not recomputed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from explain.reading_back import figures as f
from explain.reading_back.days import between, calendar, shifted, stretches
from explain.reading_back.figures import NOBODY, REFUSED, Number, Printed
from explain.reading_back.lines import UNSURE, Line, Reading, number

# ---- what the words do ----------------------------------------------------------------------------------------------


def one(of: Reading, do: Callable[[Printed], Printed]) -> Reading:
    def run(line: Line) -> Printed:
        value = of(line)
        return value if value in (REFUSED, UNSURE) else do(value)

    return run


def both(one: Reading, other: Reading, do: Callable[[Printed, Printed], Printed]) -> Reading:
    return lambda line: do(one(line), other(line))


def printed(of: Reading, at: int) -> Reading:
    """What was recomputed, held against what is printed; what follows is worked out from that."""
    return lambda line: line.found(of(line), at)


def known(*values: Printed) -> Printed | None:
    """What stands in the place of a value, where it does."""
    if UNSURE in values:
        return UNSURE
    return REFUSED if REFUSED in values else None


def plus(a: Printed, b: Printed) -> Printed:
    if isinstance(a, date) and isinstance(b, Number):
        return later(a, b, 1)
    return f.plus(a, b) if isinstance(a, Number) and isinstance(b, Number) else known(a, b) or UNSURE


def minus(a: Printed, b: Printed) -> Printed:
    if isinstance(a, date) and isinstance(b, Number):
        return later(a, b, -1)
    return f.minus(a, b) if isinstance(a, Number) and isinstance(b, Number) else known(a, b) or UNSURE


def times(a: Printed, b: Printed) -> Printed:
    if isinstance(a, Number) and isinstance(b, Number):
        return f.times(a, b)
    zero = number(0)
    if any(isinstance(value, Number) and value.low == value.high == 0 for value in (a, b)):
        return zero
    return known(a, b) or UNSURE


def divided(a: Printed, b: Printed) -> Printed:
    if isinstance(a, Number) and isinstance(b, Number):
        return f.divided(a, b) or REFUSED
    return known(a, b) or UNSURE


def more(a: Printed, b: Printed) -> Printed:
    return extreme([a, b], True)


def less(a: Printed, b: Printed) -> Printed:
    return extreme([a, b], False)


def extreme(values: Sequence[Printed], highest: bool) -> Printed:
    unknown = known(*values) or (REFUSED if NOBODY in values else None)
    if unknown is not None:
        return unknown
    pick = max if highest else min
    numbers = [value for value in values if isinstance(value, Number)]
    days = [value for value in values if isinstance(value, date)]
    if len(numbers) == len(values):
        return Number(pick(value.low for value in numbers), pick(value.high for value in numbers))
    return pick(days) if len(days) == len(values) else UNSURE


def decided(values: Sequence[Printed], by: bool) -> Printed:
    """All of them or any of them: decided by the first that is `by`."""
    if by in values:
        return by
    return known(*values) or (not by if all(isinstance(value, bool) or value is NOBODY for value in values) else UNSURE)


def negated(value: Printed) -> Printed:
    return not value if isinstance(value, bool) else known(value) or UNSURE


def ordered(a: Printed, order: str, b: Printed) -> Printed:
    unknown = known(a, b)
    if unknown is not None:
        return unknown
    if isinstance(a, Number) and isinstance(b, Number):
        if a.agrees(b) and not (a.is_exact and b.is_exact):
            return UNSURE
        one, other = a.low, b.low
        return _compared(one, order, other)
    if isinstance(a, date) and isinstance(b, date):
        return _compared(a.toordinal(), order, b.toordinal())
    return UNSURE


def _compared(one: int | Fraction, order: str, other: int | Fraction) -> bool:
    match order:
        case "=":
            return one == other
        case "≠":
            return one != other
        case "<":
            return one < other
        case "≤":
            return one <= other
        case ">":
            return one > other
        case _:
            return one >= other


def parts(of: Printed, size: Printed, part_counts: bool) -> Printed:
    if isinstance(of, Number) and isinstance(size, Number) and size.low > 0:
        return f.rounded(
            Number(Fraction(of.low, size.low), Fraction(of.high, size.low)), "up" if part_counts else "down", Fraction(1)
        )
    return known(of, size) or UNSURE


# ---- days -----------------------------------------------------------------------------------------------------------


def is_day(value: Printed) -> bool:
    return isinstance(value, date) and value != date.max


def _length(value: Printed) -> tuple[int, str] | None:
    """`7 days`, `1 month`."""
    if not isinstance(value, Number) or value.low.denominator != 1:
        return None
    unit = value.unit.removesuffix("s")
    return (int(value.low), unit) if unit in ("day", "week", "month", "year") else None


def _only(values: set[date] | set[int]) -> Printed:
    """The one answer, or none where there are two ways to count."""
    [*found] = values
    if len(found) != 1:
        return UNSURE
    return found[0] if isinstance(found[0], date) else number(found[0])


def later(day: date, length: Number, sign: int) -> Printed:
    found = _length(length)
    return UNSURE if found is None or not is_day(day) else _only(shifted(day, sign * found[0], found[1]))


def elapsed(unit: str, start: Printed, end: Printed) -> Printed:
    if isinstance(start, date) and isinstance(end, date) and is_day(start) and is_day(end):
        return _only(between(unit, start, end))
    return known(start, end) or UNSURE


def from_to(first: Printed, last: Printed) -> list[tuple[date, date]] | None:
    return [(first, last)] if isinstance(first, date) and isinstance(last, date) else None


def calendar_of(unit: str, day: Printed, back: int) -> list[tuple[date, date]] | None:
    return [calendar(unit, day, back)] if isinstance(day, date) and is_day(day) else None


def counted(length: Printed, where: str, day: Printed) -> list[tuple[date, date]] | None:
    found = _length(length)
    if found is None or not isinstance(day, date) or day == date.max:
        return None
    return list(stretches(*found, where, day))


def end(stretch: list[tuple[date, date]] | None, which: str) -> Printed:
    if stretch is None:
        return UNSURE
    return _only({ends[0 if which == "first" else 1] for ends in stretch})


def in_stretch(line: Line, day: Printed, stretch: list[tuple[date, date]] | None, at: int | None) -> Printed:
    shown = f.days(line.texts[at]) if at is not None else None
    if stretch is None or not isinstance(day, date):
        return known(day) or UNSURE
    if shown is None:
        return stretch[0][0] <= day <= stretch[0][1] if len(stretch) == 1 else UNSURE
    if shown not in stretch:
        line.wrong.append(f"the days are not {line.texts[at or 0]}")
    return shown[0] <= day <= shown[1]


def in_length(line: Line, day: Printed, length: Printed, start: Printed, after: int | None) -> Printed:
    if not isinstance(start, date) or not isinstance(day, date) or not isinstance(length, Number):
        return known(day, length, start) or UNSURE
    end = line.found(later(start, length, 1), after) if after is not None else later(start, length, 1)
    return start <= day < end if isinstance(end, date) else known(end) or UNSURE


def many_days(text: str) -> int | None:
    found = f.days(text)
    return None if found is None else (found[1] - found[0]).days + 1


def has_days(line: Line, many: Printed, at: int) -> None:
    """Whether so many days are as many as are named; before what was found on one day stands any other factor."""
    days = many_days(line.texts[at])
    if isinstance(many, Number) and days not in (None, 1) and many.low != days:
        line.wrong.append(f"{line.texts[at]} are {days} days")


def counted_days(line: Line, at: int, days: int) -> Printed:
    """How many days they are; or what was found on a single day."""
    value, many = line.values[at], many_days(line.texts[days])
    if many is not None and many > 1:
        return line.found(number(many), at)
    return value


def running(line: Line, wanted: Printed, days: Sequence[tuple[str, Printed]]) -> Printed:
    if not isinstance(wanted, Number):
        return UNSURE
    factor = {"day": 1, "week": 7}.get(wanted.unit.removesuffix("s"))
    longest = running = 0
    unknown = any(held is not True and held is not False for _, held in days)
    for text, held in days:
        running = running + (many_days(text) or 0) if held is True else 0
        longest = max(longest, running)
    if factor is None or unknown:
        return UNSURE
    return longest >= wanted.low * factor


# ---- cells of a table -----------------------------------------------------------------------------------------------

_RANGE = re.compile(
    r"(?:between (?P<a>.+) and (?P<b>.+)|(?P<over>over )?(?P<c>.+?) to (?P<under>under )?(?P<d>.+)|under (?P<e>.+)|over (?P<f>.+)"
    r"|(?P<g>.+) or (?P<way>under|over)|(?P<h>.+))"
)
_FIGURE_LAST = re.compile(r".*\((.*)\)")


def in_range(value: Printed, text: str) -> Printed:
    """Whether a cell of a table holds: `3 to 4`, `under 3`, `5 to under 12`, `Age limit (65) or over`, `tenant or hostel`."""
    if isinstance(value, str | bool):
        said = ("yes" if value else "no") if isinstance(value, bool) else value
        return said == text or said in re.split(", | or ", text)
    found = _RANGE.fullmatch(text)
    if found is None or not isinstance(value, Number | date):
        return UNSURE
    ends = found.groupdict()

    def end(*letters: str) -> Printed | None:
        said = next((ends[letter] for letter in letters if ends[letter]), None)
        if said is None:
            return None
        figure = _FIGURE_LAST.fullmatch(said)
        return f.printed(figure[1] if figure else said)

    if ends["h"]:
        return ordered(value, "=", end("h"))  # type: ignore[arg-type]
    below = ends["way"] == "under"
    low = end("a", "c", "f") or (None if below else end("g"))
    high = end("b", "d", "e") or (end("g") if below else None)
    held = []
    if low is not None:
        held.append(ordered(value, ">" if ends["a"] or ends["over"] or ends["f"] else "≥", low))
    if high is not None:
        held.append(ordered(value, "<" if ends["b"] or ends["under"] or ends["e"] else "≤", high))
    return decided(held, False)


def with_margin(line: Line, held: Printed, left: Printed, right: Printed, at: int, too_low: bool) -> Printed:
    """Whether a comparison held, with by how much it did not: the distance between its two sides, and which is the lower."""
    if isinstance(left, date) and isinstance(right, date):
        gap: Printed = Number(Fraction(abs((left - right).days)), Fraction(abs((left - right).days)))
        is_lower = left < right
    elif isinstance(left, Number) and isinstance(right, Number):
        gap = f.minus(right, left) if left.low < right.low else f.minus(left, right)
        is_lower = left.low < right.low
    else:
        return line.not_told("by how much")
    if held is not False or is_lower is not too_low:
        line.wrong.append("what is said of by how much it failed is not so")
    line.found(gap, at)
    return held


def is_one_of(value: Printed, text: str, negated: bool) -> Printed:
    """Whether what was found is among the answers that are listed; one that denies something stands in quotation marks."""
    if isinstance(value, date):
        return (value == f.printed(text)) is not negated
    if not isinstance(value, str | bool):
        return REFUSED
    said = ("yes" if value else "no") if isinstance(value, bool) else value
    listed = f", {text.replace('“', '').replace('”', '')}, ".replace(" or ", ", or ")
    said = said.replace(" or ", ", or ")
    return (f", {said}, " in listed or f", or {said}, " in listed) is not negated
