"""`being 3.1% more, rounded to the nearest 7p`: whether a printed amount follows from the one before it (S52)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from engine import types
from engine.exact import Mode, round_quotient
from engine.types import Type
from engine.units import POUND, is_money
from engine.values import Exact
from grammar.problems import Place
from grammar.provisions import Being
from grammar.syntax import Number


def exactly(number: Number) -> Fraction:
    return Fraction(number.digits, 10**number.places)


def rounded(value: Fraction, being: Being) -> Fraction:
    """A value rounded as the clause says; as it is, where it says nothing."""
    return value if being.rounding is None else _to_a_multiple(value, exactly(being.rounding.to), being.rounding.mode)


def _to_a_multiple(value: Fraction, step: Fraction, mode: Mode) -> Fraction:
    top, bottom = value.numerator * step.denominator, value.denominator * step.numerator
    return step * round_quotient(top, bottom, mode)


def follows(old: Number, new: Number, being: Being) -> tuple[Fraction, Fraction] | None:
    """None where the new amount follows from the old; else what does, exactly and rounded."""
    first, change = exactly(old), exactly(being.change)
    change = -change if being.is_less else change
    exact = first * (1 + change) if being.change.percent else first + change
    due = rounded(exact, being)
    return None if due == exactly(new) else (exact, due)


def is_of_another_unit(old: Number, being: Being) -> bool:
    return not being.change.percent and being.change.unit != old.unit


def of_another_unit(old: Number, being: Being) -> tuple[str, str]:
    """What to say of a change that is no amount of what it changes: `£1.12` of what is a week."""
    from grammar.writing import written_value  # not at the top: it takes Lark along, which a kept answer does without

    message = f"`{being.change.span.text}` is no amount of what `{old.span.text}` is."
    if being.change.unit == ((POUND, 1),) and is_money(types.amount(old.unit).unit):
        changed = f"{written_value(evolve(being.change, unit=old.unit))} {'less' if being.is_less else 'more'}"
        rounded = f", {being.rounding.span.text}" if being.rounding else ""
        despite = f' despite "{being.despite}"' if being.despite is not None else ""
        return message, f"Write `being {changed}{rounded}{despite}`."
    return message, "Write a percentage, or an amount with the same unit."


@frozen(eq=False, repr=False)
class NotFollowing:
    """What is said of an amount that does not follow: the three figures, what to do and where, and how grave it is."""

    message: str
    fix: str | None
    place: Place
    severity: Literal["error", "warning"] = "error"


def not_following(
    old: Number, new: Number, being: Being, found: tuple[Fraction, Fraction], type_: Type | None = None
) -> NotFollowing:
    """What follows is offered, where it can be written; else the rounding that would give what is printed."""
    from grammar.writing import written_value  # not at the top: it takes Lark along, which a kept answer does without

    type_ = type_ or types.amount(old.unit)
    shown, due = (Exact(value.numerator, type_, value.denominator).words() for value in found)
    direction = "less" if being.is_less else "more"
    message = f"`{old.span.text}` and {being.change.span.text} {direction} is {shown}"
    message += f", rounded {due}" if being.rounding else ""
    message += f"; printed is `{new.span.text}`."
    if being.despite is not None and being.despite.strip(" .…"):
        return NotFollowing(f"{message} On record: {being.despite}", None, Place(being.span), "warning")
    if being.despite is not None:
        message = f"{message} `despite` gives no reason why it stands."
        return NotFollowing(message, "Say the reason between its quotes; or correct the one that is wrong.", Place(being.span))
    despite = 'or, if the law has it so, say why after it: `despite "…"`.'
    fix = f"Correct the one that is wrong; {despite}"
    how = None
    if being.rounding is None:
        how = _reproducing(found[0], exactly(new)) if is_money(type_.unit) else None
        if how is not None:
            fix = (
                f"Write `{being.span.text}, rounded {how}`; or, if that is not how it is rounded, correct the one that is wrong."
            )
        elif is_money(type_.unit):
            fix = f"No usual rounding gives it. {fix}"
    due_amount = written_out(found[1], new)
    if how is None and due_amount is not None:
        fix = f"Write `{written_value(due_amount)}`; or correct what it is said to be; {despite}"
        return NotFollowing(message, fix, Place(new.span))
    return NotFollowing(message, fix, Place(being.span))


MOST_PLACES = 12


def written_out(value: Fraction, like: Number) -> Number | None:
    """An amount with as many places as another, or as many as it needs; None for what has no end, or parts of a penny."""
    places, is_of_money = like.places, (POUND, 1) in like.unit
    while (value * 10**places).denominator != 1 or (places == 1 and is_of_money):
        places += 1
        if places > (2 if is_of_money else MOST_PLACES):
            return None
    return Number(int(value * 10**places), places, like.unit, like.percent, span=like.span)


_STEPS = ("1p", "5p", "7p", "10p", "50p", "£1", "£5", "£10", "£50", "£100")
_ROUNDINGS: tuple[tuple[Literal["nearest", "up", "down"], str], ...] = (
    ("nearest", "to the nearest"),
    ("up", "up to a multiple of"),
    ("down", "down to a multiple of"),
)


def _reproducing(exact: Fraction, printed: Fraction) -> str | None:
    """The first of the usual roundings that gives a printed amount: the finest, and to the nearest before up and down.

    A step that is coarse beside the amount would give it by chance.
    """
    for mode, words in _ROUNDINGS:
        for step in _STEPS:
            size = Fraction(int(step[1:])) if step.startswith("£") else Fraction(int(step[:-1]), 100)
            if 5 * size <= printed and _to_a_multiple(exact, size, mode) == printed:
                return f"{words} {step}"
    return None
