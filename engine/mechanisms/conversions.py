"""From an amount per one time to the same per another: what a writer has to say, since nothing converts by itself (S4)."""

from __future__ import annotations

from engine import units
from engine.nodes import Node
from engine.types import Type

_STEPS = {
    ("year", "week"): "÷ 52 weeks per year",
    ("year", "month"): "÷ 12 months per year",
    ("year", "day"): "÷ 365 days per year",
    ("month", "week"): "× 12 months per year ÷ 52 weeks per year",
    ("month", "year"): "× 12 months per year",
    ("month", "day"): "× 12 months per year ÷ 365 days per year",
    ("week", "year"): "× 52 weeks per year",
    ("week", "month"): "× 52 weeks per year ÷ 12 months per year",
    ("week", "day"): "÷ 7 days per week",
    ("day", "week"): "× 7 days per week",
    ("day", "month"): "× 365 days per year ÷ 12 months per year",
    ("day", "year"): "× 365 days per year",
}
"""The usual ways; a law may say another. How many hours are worked, no law says."""


def converted(node: Node, wanted: Type) -> str | None:
    """A part of a formula with its conversion into the wanted unit, where both are the same thing per another time."""
    found = [symbol for symbol, power in node.type.unit if power < 0]
    needed = [symbol for symbol, power in wanted.unit if power < 0]
    if len(found) != 1 or len(needed) != 1 or _above(node.type) != _above(wanted):
        return None
    step = _STEPS.get((found[0], needed[0]))
    text = " ".join(node.span.text.split())
    return f"{f'({text})' if node.mechanism == 'sum' else text} {step}" if step else None


def _above(type_: Type) -> list[tuple[str, int]]:
    return [(symbol, power) for symbol, power in type_.unit if power > 0]


def conversion_fix(a: Type, b: Type, second: Node) -> str:
    """How to bring the second to the unit of the first."""
    if second.mechanism == "literal" and not second.type.unit and a.kind == "amount":
        return f"Write its unit: an amount of {a}."
    if second.mechanism == "literal" and a.kind == "amount" and second.type.unit == tuple(_above(a)):
        return f"Write `{second.span.text}{units.per_text(a.unit).replace(' an ', ' per ').replace(' a ', ' per ')}`."
    text = converted(second, a)
    if text is not None:
        return f"Write the conversion that your regulation uses, for example `{text}`."
    factor = units.times(a.unit, second.type.unit, -1)
    if {symbol for symbol, _ in factor} <= units.TIME and units.is_written(factor) and a.is_money and second.type.is_money:
        return f"{missing_factor(second.type, a)}, or correct one of the two names."
    return "Give both sides the same unit, or correct one of the two names."


def missing_factor(found: Type, wanted: Type) -> str:
    """By what an amount has to be multiplied or divided, to be one of another unit."""
    factor = units.times(wanted.unit, found.unit, -1)
    inverse = units.times(found.unit, wanted.unit, -1)
    if factor and units.is_written(factor):
        return f"Multiply by an amount of {units.show(factor)}"
    if inverse and units.is_written(inverse):
        return f"Divide by an amount of {units.show(inverse)}"
    return "Multiply or divide by what is missing"
