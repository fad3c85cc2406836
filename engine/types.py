"""The types of the language (S1). Each term has exactly one, declared; nothing converts silently."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from attrs import frozen

from engine import units
from grammar.syntax import Powers, TypeText

Kind = Literal["yes/no", "whole number", "number", "%", "date", "date or never", "text", "choice", "amount", "members", "unknown"]


@frozen
class Type:
    """A kind, with the unit of an amount or the name of a choice."""

    kind: Kind
    unit: Powers = ()
    choice: str | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in ("whole number", "number", "%", "amount")

    @property
    def is_money(self) -> bool:
        return self.kind == "amount" and units.is_money(self.unit)

    @property
    def is_date(self) -> bool:
        """Whether its values are days, `never` among them or not."""
        return self.kind in ("date", "date or never")

    def __str__(self) -> str:
        if self.kind == "amount":
            return units.show(self.unit)
        if self.kind == "choice":
            return f"a {self.choice}"
        return {
            "date": "a date",
            "date or never": "a date or never",
            "text": "text",
            "members": "a group",
            "whole number": "a whole number",
            "number": "a number",
        }.get(self.kind, self.kind)


YES_NO = Type("yes/no")
WHOLE = Type("whole number")
NUMBER = Type("number")
PERCENT = Type("%")
DATE = Type("date")
DATE_OR_NEVER = Type("date or never")
TEXT = Type("text")
MEMBERS = Type("members")
UNKNOWN = Type("unknown")
"""The type of what has a problem already: it fits everywhere, so that one mistake gives one message."""


@lru_cache(1_000)  # a book has few types and thousands of values of them
def amount(unit: Powers) -> Type:
    """A number with a unit; when the unit has vanished, a plain number."""
    if any(symbol == units.UNDECLARED for symbol, _ in unit):
        return UNKNOWN
    return Type("amount", unit) if unit else NUMBER


def declared(text: TypeText) -> Type:
    if text.kind == "amount":
        return amount(text.unit)
    return _without_unit(text.kind, text.choice)


@lru_cache(1_000)
def _without_unit(kind: Kind, choice: str | None) -> Type:
    return Type(kind, choice=choice)


def fits(found: Type, wanted: Type) -> bool:
    """Whether a value of one type may stand where another is declared (S6, S7)."""
    if UNKNOWN in (found, wanted) or found == wanted:
        return True
    if wanted.kind == "number":
        return found.kind in ("whole number", "%")
    if wanted.kind == "date or never":
        return found.kind == "date"
    return wanted.kind == "%" and found.kind == "number"
