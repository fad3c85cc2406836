"""Made-up values of other days: stretches of days, and what is looked at on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from grammar.words import MONTHS
from tests.reference.pen import ATOM, COMPARISON, OPERAND, STRETCHED, SUM, Phrase, within

if TYPE_CHECKING:
    from tests.reference.writing_values import Writer

CALENDAR = ["month"] * 6 + ["quarter", "quarter", "year"]
LENGTHS = ["3 days", "1 day", "7 days", "2 weeks", "1 month", "0 days"]


def day_or_never(writer: Writer) -> Phrase:
    """What may not have happened."""
    found = writer.readable("date or never")
    return writer.read(writer.pen.one_of(found)) if found and writer.pen.chance(70) else Phrase("never")


def perhaps_never(writer: Writer, depth: int) -> Phrase:
    """A day where one that never came may stand too."""
    found = writer.readable("date or never")
    return writer.read(writer.pen.one_of(found)) if found and writer.pen.chance(35) else writer.day(depth)


def _near(writer: Writer) -> str:
    """A day from which a stretch is counted; mostly one near which something changes."""
    if writer.pen.chance(25):
        return within(perhaps_never(writer, 0), OPERAND)
    return writer.pen.one_of(STRETCHED)


def stretch(writer: Writer) -> str:
    day = _near(writer)
    ways: list[Callable[[], str]] = [
        lambda: f"{_length(writer)} {writer.pen.one_of(['before', 'beginning with', 'ending with'])} {day}",
        lambda: f"{writer.pen.one_of(CALENDAR)} of {day}",
        lambda: f"{writer.pen.one_of(CALENDAR)} {writer.pen.one_of(['before', 'but one before'])} {day}",
        lambda: _from_to(writer, day),
    ]
    return writer.pen.one_of([*ways[:1] * 3, *ways[1:]])()


def _length(writer: Writer) -> str:
    figures = [term for term in writer.readable("days") if term.is_figure]
    return writer.read(writer.pen.one_of(figures)).text if figures and writer.pen.chance(20) else writer.pen.one_of(LENGTHS)


def _from_to(writer: Writer, day: str) -> str:
    """Of a few days mostly; backwards; now and then of more than can be looked at."""
    if writer.pen.chance(10):
        return f"days from 1 January 1980 to {day}"
    if writer.pen.chance(15):
        return f"days from {day} to {within(perhaps_never(writer, 0), OPERAND)}"
    return f"days from {day} to ({day} {writer.pen.one_of(['+ 4 days', '+ 2 weeks', '- 1 day', '- 3 days', '+ 0 days'])})"


def _where(writer: Writer) -> str:
    return f" where ({writer.other_day().condition(1).text})" if writer.pen.chance(50) else ""


def amount(writer: Writer, type_: str, depth: int) -> Phrase:
    """A value of another day, or worked out over several."""
    if type_ == "whole number" and writer.pen.chance(40):
        return Phrase(f"count of days in the {stretch(writer)}{_where(writer)}", ATOM, 0)
    operand = writer.other_day().amount(type_, min(depth, 1))
    if writer.pen.chance(40):
        return Phrase(f"{within(operand, OPERAND)} on {_day(writer)}", ATOM, operand.decimals)
    which = writer.pen.one_of(["sum", "highest", "lowest"])
    return Phrase(
        f"{which} of {within(operand, OPERAND)} over days in the {stretch(writer)}{_where(writer)}", ATOM, operand.decimals
    )


def _day(writer: Writer) -> str:
    if writer.pen.chance(50):
        return _near(writer)
    days = writer.pen.one_of(["1 day", "3 days", "1 year", "6 months"])
    return f"({writer.pen.one_of(STRETCHED)} {writer.pen.one_of(['-', '+'])} {days})"


def day(writer: Writer, depth: int) -> Phrase:
    """An end of a stretch, a day as it was on another, or the earliest of those of several."""
    if writer.pen.chance(40):
        return Phrase(f"{writer.pen.one_of(['first', 'last'])} day of the {_certain(writer)}", ATOM)
    operand = within(writer.other_day().day(min(depth, 1)), OPERAND)
    if writer.pen.chance(50):
        return Phrase(f"{operand} on {_day(writer)}", ATOM)
    which = writer.pen.one_of(["earliest", "latest"])
    return Phrase(f"{which} of {operand} over days in the {stretch(writer)}{_where(writer)}", ATOM)


def _certain(writer: Writer) -> str:
    """A stretch that has ends."""
    day = within(writer.day(0), OPERAND)
    calendar = f"{writer.pen.one_of(CALENDAR)} {writer.pen.one_of(['of', 'before', 'but one before'])} {day}"
    counted = f"{_length(writer)} {writer.pen.one_of(['before', 'beginning with', 'ending with'])} {day}"
    return writer.pen.one_of([calendar, counted, f"days from {day} to ({day} + 1 day)"])


def condition(writer: Writer, depth: int) -> Phrase:
    """Something that is so on another day, on any, every or no day of several, or on so many running."""
    operand = within(writer.other_day().condition(min(depth, 1)), OPERAND)
    if writer.pen.chance(25):
        return Phrase(f"{operand} on {_day(writer)}", ATOM)
    running = writer.pen.one_of(["2 days", "3 days", "1 week", "1 day"])
    which = writer.pen.one_of(["any day", "every day", "no day", f"{running} running", f"{running} running"])
    return Phrase(f"{operand} on {which} in the {stretch(writer)}", ATOM)


def in_stretch(writer: Writer, depth: int) -> Phrase:
    verb = writer.pen.one_of(["is within", "is not within"])
    if writer.pen.chance(35):
        months = " to ".join(writer.pen.one_of(MONTHS) for _ in range(1 + writer.pen.upto(1)))
        return Phrase(f"{within(perhaps_never(writer, depth), SUM)} {verb} {months}", COMPARISON)
    return Phrase(f"{within(perhaps_never(writer, depth), SUM)} {verb} the {stretch(writer)}", COMPARISON)
