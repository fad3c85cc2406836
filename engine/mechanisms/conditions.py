"""Comparisons, choices, and/or/not, and the time that has passed between two days (S9, S12, S26, S27, S37)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date

from engine import types
from engine.dates import elapsed
from engine.mechanisms.arithmetic import conversion_fix, same_unit
from engine.mechanisms.base import Frame, Mechanism, Run, Scope, common_scale, known, quoted, strict
from engine.nodes import Node
from engine.values import Refusal, Value, day_words, merged
from grammar.source import Span

_ORDERS: dict[str, Callable[..., bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(scope: Scope, order: str, left: Node, right: Node, span: Span) -> Node:
    """`a > b` for amounts, numbers and dates; `detail` is (order, the two factors to the common scale)."""
    if not known(left, right):
        return scope.unknown(span)
    if left.type.kind == right.type.kind == "date":
        return scope.node("compare", (left, right), types.YES_NO, span, detail=(order, 1, 1))
    for node, other in ((left, right), (right, left)):
        if not node.type.is_number and node.type.kind != "date":
            is_ = "is" if order == "=" else "is not" if order == "≠" else "is"
            return scope.refuse(
                "compared-with-is",
                f"{quoted(node)} is {node.type}; `{order}` compares amounts and dates.",
                node.span,
                str(node.type),
                f"Write `{node.span.text} {is_} …`." if node is left else f"Compare {quoted(other)} with an amount.",
            )
    if same_unit(left.type, right.type) is None:
        return scope.refuse(
            "units-differ",
            f"You are comparing {left.type} ({quoted(left)}) with {right.type} ({quoted(right)}).",
            right.span,
            str(right.type),
            _comparison_fix(left, right),
        )
    scale = common_scale([left, right])
    detail = (order, scale // left.scale, scale // right.scale)
    return scope.node("compare", (left, right), types.YES_NO, span, detail=detail)


def _comparison_fix(left: Node, right: Node) -> str:
    if right.mechanism == "literal" and right.type.kind in ("whole number", "number") and left.type.kind == "amount":
        return f"Write the unit: an amount of {left.type}."
    return conversion_fix(left.type, right.type, right)


def prepare_compare(node: Node, runs: tuple[Run, ...]) -> Run:
    order, m, n = node.detail
    test = _ORDERS[order]
    if m == n == 1:
        return strict(node, runs, test)
    return strict(node, runs, lambda a, b: test(m * a, n * b))


def is_(scope: Scope, left: Node, answers: tuple[str | bool, ...], negated: bool, span: Span) -> Node:
    """`tenure is one of (owner, tenant)`; `detail` is (answers, negated)."""
    if not known(left):
        return scope.unknown(span)
    return scope.node("is", (left,), types.YES_NO, span, detail=(answers, negated))


def prepare_is(node: Node, runs: tuple[Run, ...]) -> Run:
    answers, negated = node.detail
    if negated:
        return strict(node, runs, lambda a: a not in answers)
    return strict(node, runs, lambda a: a in answers)


def need_conditions(scope: Scope, nodes: Sequence[Node]) -> bool:
    for node in nodes:
        if node.type.kind != "yes/no":
            scope.problem(
                "not-a-condition",
                f"{quoted(node)} is {node.type}, not yes or no.",
                node.span,
                str(node.type),
                f"Compare it: `{node.span.text} > …`, or name a yes/no term.",
            )
            return False
    return True


def logic(scope: Scope, which: str, parts: Sequence[Node], span: Span) -> Node:
    """`and`, `or`, `not`."""
    if not known(*parts) or not need_conditions(scope, parts):
        return scope.unknown(span)
    return scope.node(which, parts, types.YES_NO, span)


def prepare_and(node: Node, runs: tuple[Run, ...]) -> Run:
    """No if any part is no, even beside a refusal; every part is looked at, so order means nothing (S37)."""
    return _deciding(node, runs, decides=False)


def prepare_or(node: Node, runs: tuple[Run, ...]) -> Run:
    return _deciding(node, runs, decides=True)


def _deciding(node: Node, runs: tuple[Run, ...], decides: bool) -> Run:
    index = node.index
    if len(runs) == 2:
        first, second = runs

        def run_two(frame: Frame) -> Value:
            a, b = first(frame), second(frame)
            value = decides if a is decides or b is decides else a if a is b else decided((a, b), decides)
            frame.cells[index] = value
            return value

        return run_two

    def run(frame: Frame) -> Value:
        value = decided([run(frame) for run in runs], decides)
        frame.cells[index] = value
        return value

    return run


def decided(values: Sequence[Value], decides: bool) -> Value:
    """One deciding value decides; else a refusal refuses; else the other."""
    refused = False
    for value in values:
        if value is decides:
            return decides
        refused = refused or value.__class__ is Refusal
    return merged(values) if refused else not decides


def prepare_not(node: Node, runs: tuple[Run, ...]) -> Run:
    return strict(node, runs, operator.not_)


def elapsed_between(scope: Scope, unit: str, start: Node, end: Node, span: Span) -> Node:
    """`years from a to b`, whole ones; `detail` is (unit, what happens where a month lacks the day)."""
    if not known(start, end):
        return scope.unknown(span)
    for node in (start, end):
        if node.type.kind != "date":
            return scope.refuse(
                "not-a-date",
                f"{quoted(node)} is {node.type}, not a date.",
                node.span,
                str(node.type),
                "Time is counted from one date to another.",
            )
    if unit in ("year", "month") and scope.short_months is None:
        scope.problem(
            "short-months-unsaid",
            f"Nothing says when {unit}s are complete that would end on a day which the month lacks (29 February).",
            span,
            f"{unit}s are counted here",
            "Add `short months: last day` or `short months: next month` to the instrument.",
            warning=True,
        )
    most = {"year": 301, "month": 3_612, "week": 15_706, "day": 109_938}[unit]
    return scope.node(
        "elapsed", (start, end), types.amount(((unit, 1),)), span, low=-most, high=most, detail=(unit, scope.short_months)
    )


def prepare_elapsed(node: Node, runs: tuple[Run, ...]) -> Run:
    unit, short_months = node.detail
    if short_months is not None or unit in ("week", "day"):
        return strict(node, runs, lambda a, b: elapsed(unit, a, b, short_months or "last"))
    first, second = runs
    index = node.index

    def run(frame: Frame) -> Value:
        a, b = first(frame), second(frame)
        value: Value
        if isinstance(a, Refusal) or isinstance(b, Refusal):
            value = merged((a, b))
        else:
            assert isinstance(a, date) and isinstance(b, date)
            value = elapsed(unit, a, b, "last")
            if value != elapsed(unit, a, b, "next"):
                value = frame.refusal(
                    "month end", f"On {day_words(b)} it is not settled whether another {unit} since {day_words(a)} is complete."
                )
        frame.cells[index] = value
        return value

    return run


MECHANISMS = (
    Mechanism("compare", prepare_compare),
    Mechanism("is", prepare_is),
    Mechanism("and", prepare_and),
    Mechanism("or", prepare_or),
    Mechanism("not", prepare_not),
    Mechanism("elapsed", prepare_elapsed),
)
