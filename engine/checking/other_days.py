"""Syntax to nodes: what is worked out on other days than the award's (S69 to S72)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from engine.mechanisms import days
from engine.mechanisms.base import MAX_DEPTH, Scope
from engine.nodes import Formula, Node
from grammar import syntax
from grammar.source import Span
from grammar.syntax import Expr

if TYPE_CHECKING:
    from engine.checking.formulas import FormulaBuilder


OnOtherDays = syntax.OnDay | syntax.OnDays | syntax.EndOf | syntax.InStretch | syntax.InMonths


def build(builder: FormulaBuilder, expr: OnOtherDays) -> Node:
    scope = builder.scope
    match expr:
        case syntax.OnDay():
            day = builder.build(expr.day)
            operand = _on_other_days(builder, expr.operand)
            return scope.unknown(expr.span) if operand is None else days.on_day(scope, operand, day, expr.span)
        case syntax.OnDays():
            ends = _ends(builder, expr.stretch)
            running = None if expr.running is None else builder.build(expr.running)
            operand = _on_other_days(builder, expr.operand)
            if ends is None or operand is None or not builder.is_condition(operand.root, "on"):
                return scope.unknown(expr.span)
            return days.quantified(scope, expr.which, operand, ends, running, expr.span)
        case syntax.EndOf():
            ends = _ends(builder, expr.stretch)
            if ends is None:
                return scope.unknown(expr.span)
            return days.end_of(scope, expr.which, ends, expr.span)
        case syntax.InStretch():
            ends = _ends(builder, expr.stretch)
            day = builder.build(expr.day)
            if ends is None:
                return scope.unknown(expr.span)
            return days.in_stretch(scope, day, *ends, expr.negated, expr.span)
        case syntax.InMonths():
            return days.in_months(scope, builder.build(expr.day), (expr.first, expr.last), expr.negated, expr.span)


def count(builder: FormulaBuilder, over: syntax.Days, span: Span) -> Node:
    ends = _ends(builder, over.stretch)
    where = _where(builder, over)
    if ends is None or (where is None and over.where is not None):
        return builder.scope.unknown(span)
    return days.count(builder.scope, where, ends, span)


def aggregate(builder: FormulaBuilder, expr: syntax.Aggregate, over: syntax.Days) -> Node:
    ends = _ends(builder, over.stretch)
    where = _where(builder, over)
    operand = _on_other_days(builder, expr.operand)
    if ends is None or operand is None or (where is None and over.where is not None):
        return builder.scope.unknown(expr.span)
    return days.aggregate(builder.scope, expr.which, operand, where, ends, expr.span)


def rule_of_its_own(scope: Scope, span: Span) -> Node:
    """A scale is in force with limits and rates of a day: what is read of another day is the result of a rule."""
    return scope.refuse(
        "scale-on-other-days",
        "A scale cannot be applied here: on another day other limits and rates may be in force.",
        span,
        "on another day",
        "Give this part a rule of its own, and name the rule here.",
    )


def _ends(builder: FormulaBuilder, text: syntax.Stretch) -> days.Ends | None:
    day = builder.build(text.day)
    length = None if text.length is None else builder.build(text.length)
    return days.stretch(builder.scope, text, day, length)


def _where(builder: FormulaBuilder, over: syntax.Days) -> Formula | None:
    if over.where is None:
        return None
    found = _on_other_days(builder, over.where)
    return found if found is not None and builder.is_condition(found.root, "where") else None


def _on_other_days(builder: FormulaBuilder, expr: Expr) -> Formula | None:
    """The formula of what is worked out on other days; None where a problem has been told."""
    if builder.scope.depth >= MAX_DEPTH:
        message = f"Days stand inside days or groups more than {MAX_DEPTH} deep."
        builder.scope.problem("over-a-limit", message, expr.span, "too deep", "Give the inner part a rule of its own.")
        return None
    scope = builder.scope.other_day()
    return scope.formula(evolve(builder, scope=scope).build(expr))
