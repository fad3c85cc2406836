"""Lark's tree to our own: stretches of days, and values on other days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lark import Token

from grammar.stretches import Days, EndOf, InMonths, InStretch, OnDay, OnDays, Stretch
from grammar.trees import Tree
from grammar.words import MONTHS

if TYPE_CHECKING:
    from grammar.building_values import ValueBuilder
    from grammar.syntax import Expr

_STRETCHES = {
    "calendar_of": "of",
    "calendar_before": "before",
    "calendar_but_one_before": "but one before",
    "length_before": "length before",
    "length_beginning": "length beginning",
    "length_ending": "length ending",
    "days_from_to": "from to",
}


def _trees(tree: Tree) -> list[Tree]:
    return [child for child in tree.children if isinstance(child, Tree)]


def stretch(builder: ValueBuilder, tree: Tree) -> Stretch:
    kind: Any = _STRETCHES[str(tree.data)]
    parts = _trees(tree)
    span = builder.span(tree)
    if parts[0].data == "calendar":
        unit: Any = str(parts[0].children[0]).removesuffix("s")
        return Stretch(kind, builder.expr(parts[1]), unit=unit, span=span)
    first, second = builder.expr(parts[0]), builder.expr(parts[1])
    if kind == "from to":
        return Stretch(kind, first, length=second, span=span)
    return Stretch(kind, second, length=first, span=span)


def days(builder: ValueBuilder, tree: Tree) -> Days:
    found, where = (child for child in tree.children if not isinstance(child, Token))
    condition = builder.expr(where) if isinstance(where, Tree) else None
    return Days(stretch(builder, found), condition, span=builder.span(tree))


def on_day(builder: ValueBuilder, tree: Tree) -> Expr:
    operand, day = builder.exprs(tree)
    return OnDay(operand, day, span=builder.span(tree))


def on_days(builder: ValueBuilder, tree: Tree) -> Expr:
    which: Any = str(tree.data).removeprefix("on_").removesuffix("_day").removeprefix("days_")
    operand, *running, found = _trees(tree)
    length = builder.expr(running[0]) if running else None
    return OnDays(which, builder.expr(operand), stretch(builder, found), length, span=builder.span(tree))


def end_of(builder: ValueBuilder, tree: Tree) -> Expr:
    which: Any = str(tree.data).removesuffix("_day")
    [found] = _trees(tree)
    return EndOf(which, stretch(builder, found), span=builder.span(tree))


def in_stretch(builder: ValueBuilder, tree: Tree) -> Expr:
    day, found = _trees(tree)
    return InStretch(builder.expr(day), stretch(builder, found), tree.data == "not_in_stretch", span=builder.span(tree))


def in_months(builder: ValueBuilder, tree: Tree) -> Expr:
    day, found = _trees(tree)
    numbers = [MONTHS.index(token) + 1 for token in found.children if isinstance(token, Token) and token in MONTHS]
    return InMonths(builder.expr(day), numbers[0], numbers[-1], tree.data == "not_in_months", span=builder.span(tree))


VALUES: dict[str, Any] = {
    "in_stretch": in_stretch,
    "not_in_stretch": in_stretch,
    "in_months": in_months,
    "not_in_months": in_months,
    "on_day": on_day,
    "on_any_day": on_days,
    "on_every_day": on_days,
    "on_no_day": on_days,
    "on_days_running": on_days,
    "first_day": end_of,
    "last_day": end_of,
}
"""By the name that the grammar gives them."""
