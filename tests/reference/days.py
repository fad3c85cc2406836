"""Other days: which of them stand one after another, and what something is on each (S69 to S72)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from grammar import syntax as s
from tests.reference.calendar import NEVER, YEARS, MonthEndError, calendar, later
from tests.reference.question import Here
from tests.reference.results import Refused, conjunction, disjunction, gathered, negation

MOST_DAYS = 3_660
DAYS_IN = {"day": 1, "week": 7}
ONE_DAY = timedelta(days=1)
BACK = {"of": 0, "before": 1, "but one before": 2}


# ---- which days -----------------------------------------------------------------------------------------------------


def ends(stretch: s.Stretch, here: Here) -> tuple[Any, Any]:
    """The first day of a stretch and its last; each may be refused, and the last lie before the first."""
    here.saw(stretch)
    here.question.seen[f"stretch {stretch.kind}"] += 1
    day = here.value(stretch.day)
    length = Fraction(0) if stretch.length is None else here.value(stretch.length)
    refused = gathered([day, length])
    if refused or day == NEVER:
        return (refused or here.refused("never"),) * 2
    if stretch.kind == "from to":
        return day, length
    if stretch.unit is not None:
        first, last = calendar(stretch.unit, day, BACK[stretch.kind])
        return told(first, here), told(last, here)
    assert stretch.length is not None
    unit = here.length_unit(stretch.length)
    match stretch.kind:
        case "length beginning":
            after = so_long_after(day, length, unit, here)
            return day, after if isinstance(after, Refused) else after - ONE_DAY
        case "length before":
            return so_long_after(day, -length, unit, here), told(day - ONE_DAY, here)
        case _:
            return so_long_after(day + ONE_DAY, -length, unit, here), day


def so_long_after(day: date, length: Fraction, unit: str, here: Here) -> Any:
    """The day so long after another, or before it; a refusal where nothing settles it, or nobody can tell of it (S8, S27, S68)."""
    if day == NEVER:
        return here.refused("never")
    try:
        return told(later(day, int(length), unit, here.short_months), here)
    except MonthEndError:
        return here.refused("month end")
    except (OverflowError, ValueError):
        return here.refused("out of range")


def told(day: date, here: Here) -> date | Refused:
    return day if day.year in YEARS else here.refused("out of range")


def end_of(expr: s.EndOf, here: Here) -> Any:
    first, last = ends(expr.stretch, here)
    return first if expr.which == "first" else last


def in_stretch(expr: s.InStretch, here: Here) -> Any:
    first, last = ends(expr.stretch, here)
    day = here.value(expr.day)
    return gathered([day, first, last]) or (first <= day <= last) != expr.negated


def in_months(expr: s.InMonths, here: Here) -> Any:
    """From the first of one month to the last of another, in the same year or the next (S74)."""
    day = here.value(expr.day)
    if isinstance(day, Refused):
        return day
    over_the_new_year = expr.last < expr.first
    after, before = day.month >= expr.first, day.month <= expr.last
    is_in = day != NEVER and ((after or before) if over_the_new_year else (after and before))
    return is_in != expr.negated


def days_of(stretch: s.Stretch, here: Here) -> list[date] | Refused:
    """Every day of a stretch: none where it ends before it begins, and no more than can be looked at."""
    first, last = ends(stretch, here)
    refused = gathered([first, last])
    if refused:
        return refused
    if last == NEVER:
        return here.refused("never")
    number = (last - first).days + 1
    return here.refused("out of range") if number > MOST_DAYS else [first + n * ONE_DAY for n in range(number)]


# ---- what is on each ------------------------------------------------------------------------------------------------


def there(day: date, expr: s.Expr, here: Here) -> Any:
    """What is written, read on another day, for the same one; a refusal where that one is not there on it (S70)."""
    on_it = here.on(day)
    return on_it if isinstance(on_it, Refused) else on_it.value(expr)


def on_day(expr: s.OnDay, here: Here) -> Any:
    day = here.value(expr.day)
    if isinstance(day, Refused):
        return day
    return here.refused("never") if day == NEVER else there(day, expr.operand, here)


def on_days(expr: s.OnDays, here: Here) -> Any:
    """On any, every or no day; or on so many running (S71)."""
    here.question.seen[f"on {expr.which}"] += 1
    days = days_of(expr.stretch, here)
    running = None if expr.running is None else here.value(expr.running)
    refused = gathered([days, running])
    if refused:
        return refused
    assert not isinstance(days, Refused)
    found = [there(day, expr.operand, here) for day in days]
    match expr.which:
        case "any":
            return disjunction(found)
        case "every":
            return conjunction(found)
        case "no":
            return negation(disjunction(found))
        case "running":
            assert expr.running is not None and running is not None
            wanted = int(running) * DAYS_IN[here.length_unit(expr.running)]
            return one_after_another(found, wanted)


def one_after_another(found: list[bool | Refused], wanted: int) -> bool | Refused:
    """Whether somewhere so many stand together that are yes: each place where they may stand is looked at by itself."""
    places = [conjunction(found[at : at + wanted]) for at in range(len(found) - wanted + 1)] if wanted > 0 else [True]
    possible = disjunction(places)
    return (gathered(found) or False) if isinstance(possible, Refused) else possible


def counting(over: s.Days, here: Here) -> list[tuple[date, bool | Refused]] | Refused:
    """The days that count, or of which it is not known whether they do."""
    here.saw(over)
    days = days_of(over.stretch, here)
    if isinstance(days, Refused):
        return days
    counts = [(day, True if over.where is None else there(day, over.where, here)) for day in days]
    return [(day, does) for day, does in counts if does is not False]


def count(over: s.Days, here: Here) -> Any:
    found = counting(over, here)
    if isinstance(found, Refused):
        return found
    return gathered(does for _, does in found) or Fraction(len(found))


def aggregate(expr: s.Aggregate, over: s.Days, here: Here) -> Any:
    """As over a group whose members are the days (S23, S71)."""
    here.question.seen[f"{expr.which} over days"] += 1
    found = counting(over, here)
    if isinstance(found, Refused):
        return found
    values = [there(day, expr.operand, here) for day, _ in found]
    refused = gathered([*(does for _, does in found), *values])
    if refused:
        return refused
    if expr.which == "sum":
        return sum(values, Fraction(0))
    if not values:
        return here.refused("nobody")
    return max(values) if expr.which in ("highest", "latest") else min(values)


MEANINGS: dict[type, Callable[[Any, Here], Any]] = {
    s.EndOf: end_of,
    s.InStretch: in_stretch,
    s.InMonths: in_months,
    s.OnDay: on_day,
    s.OnDays: on_days,
}
"""The phrases about other days; `count of` and `sum of` are shared with members."""
