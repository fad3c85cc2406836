"""Comparisons, choices, and/or/not, and the limbs of a provision (S9, S12, S37)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from engine import types
from engine.book.law import Citation
from engine.mechanisms.arithmetic import same_unit
from engine.mechanisms.base import Frame, Mechanism, Run, Scope, common_scale, known, quoted, strict
from engine.mechanisms.conversions import conversion_fix
from engine.nodes import Node
from engine.values import Refusal, Value, merged
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
    if left.type.is_date and right.type.is_date:
        return scope.node("compare", (left, right), types.YES_NO, span, detail=(order, 1, 1))
    for node, other in ((left, right), (right, left)):
        if not node.type.is_number and not node.type.is_date:
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
    if right.mechanism == "literal" and left.type.kind in ("whole number", "number") and right.type.kind == "amount":
        return f"Write `{right.span.text.split()[0].lstrip('£')}`."
    return conversion_fix(left.type, right.type, right)


def prepare_compare(node: Node, runs: tuple[Run, ...]) -> Run:
    order, m, n = node.detail
    test = _ORDERS[order]
    if m == n == 1:
        return strict(node, runs, test)
    return strict(node, runs, lambda a, b: test(m * a, n * b))


def is_(scope: Scope, left: Node, answers: tuple[str | bool | date, ...], negated: bool, span: Span) -> Node:
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


@frozen(eq=False, repr=False)
class LimbOf:
    """How a limb is called, and where it stands in the law; the `detail` of limbs is one of these for each argument."""

    label: str
    cites: tuple[Citation, ...]


def limbs(scope: Scope, which: str, parts: Sequence[Node], details: tuple[LimbOf, ...], span: Span) -> Node:
    """`all of (a) … (b) …`: as `and`; `any of` as `or`; `none of` as `not` of an `or`."""
    if not known(*parts) or not need_conditions(scope, parts):
        return scope.unknown(span)
    return scope.node(f"{which} limbs", parts, types.YES_NO, span, detail=details)


def prepare_none(node: Node, runs: tuple[Run, ...]) -> Run:
    index = node.index

    def run(frame: Frame) -> Value:
        found = decided([run(frame) for run in runs], decides=True)
        value = found if isinstance(found, Refusal) else not found
        frame.cells[index] = value
        return value

    return run


def prepare_not(node: Node, runs: tuple[Run, ...]) -> Run:
    return strict(node, runs, operator.not_)


MECHANISMS = (
    Mechanism("compare", prepare_compare),
    Mechanism("is", prepare_is),
    Mechanism("and", prepare_and),
    Mechanism("or", prepare_or),
    Mechanism("not", prepare_not),
    Mechanism("all limbs", prepare_and),
    Mechanism("any limbs", prepare_or),
    Mechanism("none limbs", prepare_none),
)
