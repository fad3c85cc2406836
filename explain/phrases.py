"""Phrases of the pages for officers and auditors, kept so that they can be translated: whole, with names for what is put in.

They are English alone: nobody has translated them, and what reads a page back (explain/reading_back) knows English alone. Each is
a message of explain/locale/pages.pot all the same, and `speaking` puts another language in the place of English for as long as a
page is told and rendered. What is prepared once a graph is prepared once a language too (`explain.telling.voices.kept`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from engine import values
from engine.types import Type
from explain.tongue import ENGLISH, Tongue

_SPEAKS: ContextVar[Tongue] = ContextVar("speaks", default=ENGLISH)


def spoken() -> Tongue:
    """The language in which pages are told now."""
    return _SPEAKS.get()


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Pages that are told and rendered inside are in another language."""
    before = _SPEAKS.set(tongue)
    try:
        yield
    finally:
        _SPEAKS.reset(before)


def worded(message: str) -> str:
    """Marks a phrase that is kept in a table."""
    return message


def paired(one: str, several: str) -> tuple[str, str]:
    """Marks words for one and for several that are kept in a table."""
    return one, several


def sentence(message: str, /, **values: str | int) -> str:
    """A phrase, with what is put in where it says `{name}`."""
    words = _SPEAKS.get().phrases.gettext(message)
    return words.format(**values) if values else words


def numbered(one: str, several: str, number: int, /, **values: str | int) -> str:
    """The same where the words follow a number, which stands in them as `{number}`."""
    return _SPEAKS.get().phrases.ngettext(one, several, number).format(number=f"{number:,}", **values)


def day_words(day: date) -> str:
    """`1 October 2010`."""
    tongue = _SPEAKS.get()
    return values.day_words(day) if tongue.is_own else tongue.day(day)


def type_words(type_: Type) -> str:
    """What kind of value: `£ a week`, `a date`, `yes/no`."""
    if type_.kind == "amount":
        return str(type_)
    if type_.choice:
        return sentence("a {choice}", choice=type_.choice)
    return sentence(_TYPES.get(type_.kind, type_.kind))


_TYPES = {
    "date": worded("a date"),
    "date or never": worded("a date or never"),
    "text": worded("text"),
    "members": worded("a group"),
    "whole number": worded("a whole number"),
    "number": worded("a number"),
    "yes/no": worded("yes/no"),
}

UNWRITTEN = {"not encoded": worded("not encoded"), "discretionary": worded("discretionary")}
"""What becomes of a provision that no rule says."""

NO_INSTRUMENT = worded("No instrument")

STANDINGS = {"declared": worded("declared"), "verified": worded("verified"), "estimated": worded("estimated")}
"""How well a fact is known."""

# ---- by mechanism ---------------------------------------------------------------------------------------------------

RANKS = {
    None: worded("the place among {group} by {keys}"),
    "equal": worded("the place among {group} by {keys}; those alike share a place"),
    "listed": worded("the place among {group} by {keys}; those alike in the order of the case"),
}
"""By what a rank does with members who are alike in every key; unsaid, they are refused."""

ANY, EVERY = worded("any {member}"), worded("every {member}")

AMONG = {
    "highest": worded("the highest {operand} among {group}"),
    "lowest": worded("the lowest {operand} among {group}"),
    "earliest": worded("the earliest {operand} among {group}"),
    "latest": worded("the latest {operand} among {group}"),
}

CLAIMS = {
    "any": (worded("for {group}: {operand}"), worded("for any of {group}: {operand}")),
    "all": (worded("for {group}: {operand}"), worded("for all of {group}: {operand}")),
    "none": (worded("not for {group}: {operand}"), worded("not for any of {group}: {operand}")),
}
"""Of any or every member, and of a group or a role."""

OF_EACH = {
    "any": worded("any of: {each}"),
    "all": worded("all of: {each}"),
    "none": worded("none of: {each}"),
    "highest": worded("the highest of {each}"),
    "lowest": worded("the lowest of {each}"),
    "earliest": worded("the earliest of {each}"),
    "latest": worded("the latest of {each}"),
}

LISTED = {"and": worded("{some} and {last}"), "or": worded("{some} or {last}")}

MONTHS = (
    worded("January"), worded("February"), worded("March"), worded("April"), worded("May"), worded("June"),
    worded("July"), worded("August"), worded("September"), worded("October"), worded("November"), worded("December"),
)  # fmt: skip

ORDERS = {
    "=": worded("{left} equals {right}"),
    "≠": worded("{left} does not equal {right}"),
    "<": worded("{left} is less than {right}"),
    "<=": worded("{left} is at most {right}"),
    ">": worded("{left} is more than {right}"),
    ">=": worded("{left} is at least {right}"),
}

DAY_ORDERS = {
    "=": worded("{left} is {right}"),
    "≠": worded("{left} is not {right}"),
    "<": worded("{left} is before {right}"),
    "<=": worded("{left} is on or before {right}"),
    ">": worded("{left} is after {right}"),
    ">=": worded("{left} is on or after {right}"),
}

EXTREMES = {
    "lower": worded("the lower of {parts}"),
    "higher": worded("the higher of {parts}"),
    "earlier": worded("the earlier of {parts}"),
    "later": worded("the later of {parts}"),
}

ELAPSED = {
    "day": (worded("whole days from {start} to {end}"), worded("whole days from {start} back to {end}")),
    "week": (worded("whole weeks from {start} to {end}"), worded("whole weeks from {start} back to {end}")),
    "month": (worded("whole months from {start} to {end}"), worded("whole months from {start} back to {end}")),
    "year": (worded("whole years from {start} to {end}"), worded("whole years from {start} back to {end}")),
}
"""Forward, and where the end lies before the start."""

FIRSTS = {
    "highest": worded("highest {key}"),
    "lowest": worded("lowest {key}"),
    "earliest": worded("earliest {key}"),
    "latest": worded("latest {key}"),
}

LIMBS = {
    "all limbs": worded("all of: {limbs}"),
    "any limbs": worded("any of: {limbs}"),
    "none limbs": worded("none of: {limbs}"),
}

ROUNDED = {
    "nearest": worded("rounded to the nearest {to}"),
    "half even": worded("rounded to the nearest {to} (halves to the even one)"),
    "up": worded("rounded up to a multiple of {to}"),
    "down": worded("rounded down to a multiple of {to}"),
}
