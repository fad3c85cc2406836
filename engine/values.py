"""Values, refusals, and how a value is written. A refusal is a value: it carries its reasons to whoever asked (S36)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from attrs import field, frozen

from engine import units
from engine.exact import decimal_text
from engine.types import Type
from grammar.words import day_text

NEVER = date.max
"""The day of what has not happened: later than every day that can be written, so that it is before none (S68)."""

ReasonKind = Literal[
    "missing fact",
    "assumed fact",
    "refused fact",
    "not encoded",
    "not in force",
    "nobody",
    "not there",
    "not rounded",
    "never",
    "alike",
    "discretionary",
    "month end",
    "division by zero",
    "below zero",
    "out of range",
    "clash",
    "problems",
]


@frozen
class Reason:
    """Why a value cannot be given: what is lacking, whose, and where the law says so."""

    kind: ReasonKind
    message: str
    term: str
    """The identity of the provision or the name of the input."""
    path: tuple[str, ...] = ()
    """Identifiers of the entity concerned, from the root."""
    citation: str | None = None
    day: date | None = None
    """On which other day than the award's it is wanted."""


@frozen
class Refusal:
    """Stands in a value's place; every reason is listed at once."""

    reasons: tuple[Reason, ...]


Members = tuple[tuple[int, Refusal | None], ...]
"""A group's value: each member's place in the case, with a refusal where it is not known whether it belongs."""

Value = int | bool | date | str | Members | Refusal
"""A number is an integer over its term's scale; see engine/exact.py."""


def merged(values: Iterable[object]) -> Refusal:
    """One refusal for several, each reason once, in order."""
    reasons = [reason for value in values if isinstance(value, Refusal) for reason in value.reasons]
    return Refusal(tuple(dict.fromkeys(reasons)))


def whatever_day(value: object) -> object:
    """A value to compare with another day's: of a refusal, what is lacking and whose, but not the words that name the day."""
    match value:
        case Refusal():
            return frozenset((reason.kind, reason.term, reason.path) for reason in value.reasons)
        case tuple():
            return tuple((member, whatever_day(doubt)) for member, doubt in value)
    return value


def refusal_of(value: Value) -> Refusal | None:
    """Why a value is not known, wholly or (of a group) in part; None where it is known."""
    if isinstance(value, Refusal):
        return value
    if isinstance(value, tuple) and any(doubt is not None for _, doubt in value):
        return merged(doubt for _, doubt in value)
    return None


@frozen
class Exact:
    """A value with what is needed to write it: its type and, for a number, its scale."""

    value: int | bool | date | str
    type: Type
    scale: int = field(default=1)

    def plain(self) -> str:
        """For data: exact, no unit, no thousands: `288.40`, `16.5`, `2010-10-01`, `yes`."""
        return plain_writer(self.type, self.scale)(self.value)

    def words(self, per: bool = True) -> str:
        """For people: `£288.40 a week`, `16.5%`, `40 hours a week`, `1 October 2010`; `per` False leaves the time part out."""
        return writer(self.type, self.scale, per)(self.value)

    def written(self) -> str:
        """As a rule file says it: `£288.40 per week`, `living_with_family`, `"St Helier"`."""
        if self.type.kind == "text":
            return f'"{self.value}"'
        if isinstance(self.value, str):
            return self.value
        return self.words().replace(" a ", " per ").replace(" an ", " per ")


Written = Callable[[int | bool | date | str], str]
"""How a value is written."""


@lru_cache(10_000)
def plain_writer(type_: Type, scale: int = 1) -> Written:
    """How values of a type and scale are written for data: what is the same for all of them is made once."""
    percent = 100 if type_.kind == "%" else 1
    places = 2 if type_.is_money else 0

    def plain(value: int | bool | date | str) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int):
            return decimal_text(value * percent, scale, places)
        return value if isinstance(value, str) else value.isoformat()

    return plain


@lru_cache(10_000)
def writer(type_: Type, scale: int = 1, per: bool = True) -> Written:
    """How values of a type and scale are written for people: what is the same for all of them is made once."""
    if type_.is_number:
        return _number_writer(type_, scale, per)
    is_choice = type_.kind == "choice"

    def words(value: int | bool | date | str) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return day_words(value)
        return str(value).replace("_", " ") if is_choice else str(value)

    return words


def _number_writer(type_: Type, scale: int, per: bool) -> Callable[[Any], str]:
    if type_.kind == "%":
        return lambda value: f"{_minus(value)}{decimal_text(abs(value) * 100, scale)}%"
    if type_.kind != "amount":
        return lambda value: _minus(value) + decimal_text(abs(value), scale, 0, True)
    tail = units.per_text(type_.unit) if per else ""
    if type_.is_money:
        tail = units.beside_pounds(type_.unit) + tail
        return lambda value: f"{'−' if value < 0 else ''}£{decimal_text(abs(value), scale, 2, True)}{tail}"
    above = tuple((symbol, power) for symbol, power in type_.unit if power > 0)
    one, many = (f" {units.show(above, count=count)}".rstrip() + tail for count in (False, True))
    return lambda value: _minus(value) + decimal_text(abs(value), scale, 0, True) + (one if abs(value) == scale else many)


def _minus(value: int) -> str:
    return "−" if value < 0 else ""


def day_words(day: date) -> str:
    """`1 October 2010`, whatever the locale."""
    if day == NEVER:
        return "never"
    return day_text(day)
