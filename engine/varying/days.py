"""An award along a day that is varied: every day is assessed, for what passes from one day to another is no straight line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from engine.present import Key
from engine.values import NEVER, Value
from engine.varying.along import Along
from engine.varying.linear import Place
from engine.varying.pieces import Form, Part, form_of, is_same

MOST_DAYS = 20_000
"""Of a day that is varied: fifty years of them, each assessed."""

YEARS_BESIDE = 5
"""How far to either side of the day that is given, where nobody says how far."""


def day_domain(value: Value, on: date) -> tuple[int, int]:
    """Some years to either side of a day; of one that is not known, or never, to either side of the award's."""
    middle = value if isinstance(value, date) and value != NEVER else on
    aside = YEARS_BESIDE * 366
    return max(1, middle.toordinal() - aside), min(NEVER.toordinal() - 1, middle.toordinal() + aside)


def day_parts(along: Along, low: int, high: int) -> list[Part]:
    """Days one after another on which the answer is the same, numbered as the calendar numbers them."""
    found: list[Part] = []
    before: dict[Key, Value] = {}
    restless: set[Key] = set()
    for day in range(low, high + 1):
        answer = along.exact(date.fromordinal(day))
        now = along.values()
        changed = {key for key, value in now.items() if key in before and not _is_equal(value, before[key])}
        last = found[-1] if found else None
        if last is not None and last.form.is_as(_form(answer)):
            last.high, last.holds_high = Fraction(day), True
        else:
            if last is not None:
                last.high, last.holds_high, last.turns = Fraction(day), False, _first(along, changed - restless or changed)
            found.append(Part(Fraction(day), Fraction(day), True, True, _form(answer), ()))
        before, restless = now, changed
    return found


def _form(answer: Value) -> Form:
    return form_of(answer, Fraction(0))


def _first(along: Along, changed: set[Key]) -> tuple[Place, ...]:
    """The rules by which it is another: those that say something else though all that they read says the same.

    What says something else every day (a day so long after another) is not among them, unless nothing else is.
    """
    terms = {term for term, _ in changed}
    first = [key for key in sorted(changed) if terms.isdisjoint(along.graph.terms[key[0]].reads)]
    return tuple(Place(along.graph.terms[term], number, None) for term, number in first)


def _is_equal(value: Value, other: Value) -> bool:
    return value == other or is_same(value, other)
