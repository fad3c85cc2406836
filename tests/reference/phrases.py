"""What each phrase means, for whoever it is read for (S3 to S37): the tree of a value in, a value or a refusal out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

from grammar import syntax as s
from tests.reference.calendar import NEVER, MonthEndError, elapsed
from tests.reference.days import so_long_after
from tests.reference.people import number, of_text
from tests.reference.question import Here
from tests.reference.results import Refused, conjunction, disjunction, gathered, needing_all, negation

ORDERS = {"=": operator.eq, "≠": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def _each(parts: Iterable[s.Expr], here: Here) -> list[Any]:
    return [here.value(part) for part in parts]


# ---- amounts --------------------------------------------------------------------------------------------------------


def _sum(expr: s.Sum, here: Here) -> Any:
    """Amounts, or a date and what is added to it or taken from it, from left to right (S8)."""
    signs = [sign for sign, _ in expr.terms]
    terms = _each((term for _, term in expr.terms), here)
    refused = gathered(terms)
    if refused:
        return refused
    if not isinstance(terms[0], date):
        return sum((sign * term for sign, term in zip(signs, terms, strict=True)), Fraction(0))
    day = terms[0]
    for (sign, written), length in list(zip(expr.terms, terms, strict=True))[1:]:
        day = so_long_after(day, sign * length, here.length_unit(written), here)
        if isinstance(day, Refused):
            return day
    return day


def _product(expr: s.Product, here: Here) -> Any:
    factors = _each((factor for _, factor in expr.factors), here)
    divisors = [factor for (power, _), factor in zip(expr.factors, factors, strict=True) if power < 0]
    above = [factor for (power, _), factor in zip(expr.factors, factors, strict=True) if power > 0]
    refused = gathered(factors)
    if refused and (gathered(divisors) or isinstance(nothing_of_the_unknown(above, refused), Refused)):
        return refused
    if 0 in divisors:
        return here.refused("division by zero")
    return Fraction(0) if refused else prod(above, start=Fraction(1)) / prod(divisors)


def _for_each(expr: s.ForEach, here: Here) -> Any:
    """The amount, so many times as the size goes into another: whole times, or with a part counted as one (S28)."""

    def times(of: Fraction) -> Any:
        if of < 0:
            return here.refused("below zero")
        parts = of / number(expr.size)
        return ceil(parts) if expr.part_counts else floor(parts)

    amount, of = _each((expr.amount, expr.of), here)
    parts = needing_all([of], times)
    refused = gathered([amount, parts])
    return nothing_of_the_unknown([amount, parts], refused) if refused else amount * parts


def nothing_of_the_unknown(factors: list[Any], refused: Refused) -> Any:
    """Zero where any factor is known to be zero (S77)."""
    return Fraction(0) if any(not isinstance(factor, Refused) and factor == 0 for factor in factors) else refused


def _limited(expr: s.Limited, here: Here) -> Any:
    """Limits and roundings, from left to right, on the whole of what stands before (S16)."""
    value = here.value(expr.value)
    for limit in expr.limits:
        here.saw(limit)
        match limit:
            case s.Limit():
                bound = max if limit.which == "floor" else min
                value = needing_all([value, here.value(limit.value)], bound)
            case s.Rounding():
                value = rounded(value, limit)
            case s.Unrounded():
                pass
    return value


def rounded(value: Any, rounding: s.Rounding) -> Any:
    """To a multiple, counted from zero, in the mode named (S17)."""
    if isinstance(value, Refused):
        return value
    multiple = number(rounding.to)
    times = value / multiple
    match rounding.mode:
        case "up":
            return ceil(times) * multiple
        case "down":
            return floor(times) * multiple
        case "nearest":
            away_from_zero = floor(abs(times) + Fraction(1, 2))
            return (away_from_zero if times >= 0 else -away_from_zero) * multiple
        case "half even":
            below = floor(times)
            above_half = times - below
            goes_up = above_half > Fraction(1, 2) or (above_half == Fraction(1, 2) and below % 2 == 1)
            return (below + goes_up) * multiple


def _applied(expr: s.Applied, here: Here) -> Any:
    """Each band's rate on the part of an amount that lies in it; of a band above the amount nothing is asked (S29).

    An amount that equals a limit lies in the band below it, and zero in the first.
    """
    scale = here.question.book.provisions[expr.scale]
    version = here.question.in_force(scale)
    operand = here.value(expr.operand)
    if version is None:
        return gathered([here.question.not_in_force(scale, here.question.people.everyone), operand])
    if isinstance(operand, Refused):
        return operand
    if operand < 0:
        return here.refused("below zero")
    total, reached = Fraction(0), Fraction(0)
    for number_of_band, band in enumerate(version.bands):
        if number_of_band > 0 and operand <= reached:
            break
        here.saw(band)
        rate, limit = here.bound(band.rate), operand if band.is_last else here.bound(band.limit)
        refused = gathered([rate, limit])
        if refused:
            return refused
        total += rate * (min(operand, limit) - reached)
        reached = limit
    return total


# ---- time -----------------------------------------------------------------------------------------------------------


def _elapsed(expr: s.Elapsed, here: Here) -> Any:
    def work(start: date, end: date) -> Any:
        if NEVER in (start, end):
            return here.refused("never")
        try:
            return Fraction(elapsed(expr.unit, start, end, here.short_months))
        except MonthEndError:
            return here.refused("month end")

    return needing_all(_each((expr.start, expr.end), here), work)


def _within(expr: s.Within, here: Here) -> Any:
    """From the start, for so long: its last day is the one before the day that comes so long after."""

    day, length, start = _each((expr.day, expr.length, expr.start), here)
    after = needing_all([start, length], lambda start, length: so_long_after(start, length, here.length_unit(expr.length), here))
    return needing_all([day, start, after], lambda day, start, after: (start <= day < after) != expr.negated)


# ---- conditions -----------------------------------------------------------------------------------------------------


def _limbs(expr: s.Limbs, here: Here) -> Any:
    """`all of (a) … (b) …` is `and`, `any of` is `or`, `none of` is neither."""
    for limb in expr.limbs:
        here.saw(limb)
    limbs = _each((limb.condition for limb in expr.limbs), here)
    if expr.which == "all":
        return conjunction(limbs)
    return disjunction(limbs) if expr.which == "any" else negation(disjunction(limbs))


def _compare(expr: s.Compare, here: Here) -> Any:
    return needing_all(_each((expr.left, expr.right), here), ORDERS[expr.order])


def _is(expr: s.Is, here: Here) -> Any:
    answers = [of_text(answer) for answer in expr.answers]
    return needing_all([here.value(expr.left)], lambda left: (left in answers) != expr.negated)


def _extreme(expr: s.Extreme, here: Here) -> Any:
    """Of amounts the lower or higher, of dates the earlier or later."""
    best = min if expr.which in ("lower", "earlier") else max
    return needing_all(_each(expr.operands, here), lambda *values: best(values))


MEANINGS: dict[type, Callable[[Any, Here], Any]] = {
    s.Number: lambda expr, here: number(expr),
    s.DateText: lambda expr, here: expr.value,
    s.Never: lambda expr, here: NEVER,
    s.YesNo: lambda expr, here: expr.value,
    s.Ref: lambda expr, here: here.read(expr),
    s.NotEncoded: lambda expr, here: here.refused("not encoded"),
    s.Sum: _sum,
    s.Product: _product,
    s.Extreme: _extreme,
    s.ForEach: _for_each,
    s.Limited: _limited,
    s.Elapsed: _elapsed,
    s.Applied: _applied,
    s.Within: _within,
    s.Compare: _compare,
    s.Is: _is,
    s.And: lambda expr, here: conjunction(_each(expr.parts, here)),
    s.Or: lambda expr, here: disjunction(_each(expr.parts, here)),
    s.Not: lambda expr, here: negation(here.value(expr.operand)),
    s.Limbs: _limbs,
}
"""Every phrase but those about members and other days."""
