"""Sums, products and quotients, exactly; the lower or higher of several (S3 to S6, S14, S15)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from math import gcd, prod

from engine import types, units
from engine.exact import reduced
from engine.mechanisms.base import Mechanism, Run, Scope, at_scale, common_scale, known, quoted, strict
from engine.mechanisms.conversions import conversion_fix
from engine.nodes import Node
from engine.types import Type
from engine.values import Refusal, Value, merged
from grammar.source import Span

MOST_SCALE = 10**60
"""Values have at most sixty decimals: a chain of products that never rounds must say so rather than grow without end."""

Signed = Sequence[tuple[int, Node]]


def same_unit(a: Type, b: Type) -> Type | None:
    """The type of a sum of two, or None where they cannot be added or compared (S4, S6, S7)."""
    if a == b:
        return a
    if "amount" in (a.kind, b.kind) or not (a.is_number and b.is_number):
        return None
    return types.NUMBER


def need_numbers(scope: Scope, nodes: Sequence[Node], doing: str) -> bool:
    """Whether all are numbers; if not, a problem for the first that is not."""
    for node in nodes:
        if node.type.is_date:
            scope.problem(
                "date-arithmetic",
                f"{quoted(node)} is a date, and a date cannot be {doing}.",
                node.span,
                "a date",
                "To count the time between two dates write `days from … to …`, so that the unit is named.",
            )
            return False
        if not node.type.is_number:
            scope.problem(
                "not-a-number",
                f"{quoted(node)} is {node.type}, which cannot be {doing}.",
                node.span,
                str(node.type),
                "Use a number or an amount here.",
            )
            return False
    return True


def add(scope: Scope, terms: Signed, span: Span) -> Node:
    """`a + b - c`; `detail` is each term's factor: its sign times what brings it to the common scale."""
    nodes = [node for _, node in terms]
    if not known(*nodes) or not need_numbers(scope, nodes, "added or taken away"):
        return scope.unknown(span)
    if len(nodes) == 2 and all(n.mechanism == "literal" for n in nodes) and nodes[0].constant == 0 and _same(nodes):
        return _below_zero(scope, terms, span)
    type_ = nodes[0].type
    for sign, node in terms[1:]:
        joined = same_unit(type_, node.type)
        if joined is None:
            how = "adding" if sign > 0 else "taking"
            what = (
                f"You are {how} {nodes[0].type} ({quoted(nodes[0])}) to {node.type} ({quoted(node)})."
                if sign > 0
                else f"You are taking {node.type} ({quoted(node)}) from {nodes[0].type} ({quoted(nodes[0])})."
            )
            return scope.refuse("units-differ", what, node.span, str(node.type), conversion_fix(type_, node.type, node))
        type_ = joined
    scale = common_scale(nodes)
    factors = tuple(sign * (scale // node.scale) for sign, node in terms)
    lows: list[int | None] = []
    highs: list[int | None] = []
    for factor, node in zip(factors, nodes, strict=True):
        low, high = at_scale(node, scale)
        if factor < 0:
            low, high = (None if high is None else -high), (None if low is None else -low)
        lows.append(low)
        highs.append(high)
    constant = constants(nodes)
    return scope.node(
        "sum",
        nodes,
        type_,
        span,
        scale=scale,
        low=_total(lows),
        high=_total(highs),
        constant=None if constant is None else sum(f * c for f, c in zip(factors, constant, strict=True)),
        detail=factors,
    )


def _same(nodes: Sequence[Node]) -> bool:
    return same_unit(nodes[0].type, nodes[1].type) is not None


def _below_zero(scope: Scope, terms: Signed, span: Span) -> Node:
    """`0 - 5` and `£0 - £5` are how an amount below zero is written; it is told as one."""
    (_, zero), (sign, node) = terms
    type_ = same_unit(zero.type, node.type)
    assert type_ is not None and node.constant is not None
    value = sign * node.constant
    return scope.node("literal", (), type_, span, scale=node.scale, low=value, high=value, constant=value, detail=value)


def _total(values: Sequence[int | None]) -> int | None:
    found = [value for value in values if value is not None]
    return sum(found) if len(found) == len(values) else None


def constants(nodes: Sequence[Node]) -> list[int] | None:
    """Their values, where every one is the same for every household."""
    found = [node.constant for node in nodes if node.constant is not None]
    return found if len(found) == len(nodes) else None


def prepare_sum(node: Node, runs: tuple[Run, ...]) -> Run:
    factors = node.detail
    if factors in _OF_TWO:
        return strict(node, runs, _OF_TWO[factors])
    if len(factors) == 2:
        m, n = factors
        return strict(node, runs, lambda a, b: m * a + n * b)
    return strict(node, runs, lambda *values: sum(f * v for f, v in zip(factors, values, strict=True)))


_OF_TWO: dict[tuple[int, ...], Callable[[int, int], int]] = {(1, 1): operator.add, (1, -1): operator.sub}


def product_type(factors: Signed) -> Type:
    """The unit of a product: powers added for ×, taken away for ÷; whole × whole stays whole, % × % stays % (S3, S5, S6)."""
    unit = units.NONE
    for sign, node in factors:
        unit = units.times(unit, node.type.unit, sign)
    if unit:
        return types.amount(unit)
    kinds = [node.type.kind for _, node in factors]
    if len(set(kinds)) == 1 and kinds[0] in ("whole number", "%") and all(sign > 0 for sign, _ in factors):
        return factors[0][1].type
    return types.NUMBER


def _rounded_fix(factors: Signed, span: Span, whole: bool) -> str:
    """How a division by what varies is rounded where it stands; in brackets beside anything else."""
    type_ = product_type(factors)
    above = tuple((symbol, power) for symbol, power in type_.unit if power > 0)
    to = "1p" if type_.is_money else f"0.01 {units.show(above)}".strip()
    text = f"{' '.join(span.text.split())}, rounded to the nearest {to}"
    return f"Write `{text if whole else f'({text})'}`; or round it otherwise, as the law says."


def multiply(scope: Scope, factors: Signed, span: Span, whole: bool = False) -> Node:
    """`a × b ÷ 52`: every divisor is the same for all households; `detail` is what the product of the rest is times, which
    factors those are, and by what that divides where it is the same for all households.

    The value is exact over a scale that takes up each divisor (S14); of a constant over the least there is, so that £52 × 12
    ÷ 52 has no decimals without end. A divisor that varies belongs to a rounding (S15). `whole` is for a product that is all of a
    value.
    """
    nodes = [node for _, node in factors]
    if not known(*nodes) or not need_numbers(scope, nodes, "multiplied"):
        return scope.unknown(span)
    above = [node for sign, node in factors if sign > 0]
    below = [node for sign, node in factors if sign < 0]
    over, under = prod(node.scale for node in below), 1
    for node in below:
        if node.constant is None:
            return scope.refuse(
                "varying-divisor",
                f"{quoted(node)} differs between households, so what it divides may have decimals without end.",
                span,
                f"{quoted(node)} divides",
                _rounded_fix(factors, span, whole),
            )
        if node.constant == 0:
            return scope.refuse("division-by-zero", f"{quoted(node)} is 0.", node.span, "0", "Divide by another amount.")
        under *= node.constant
    if under < 0:
        over, under = -over, -under
    over, under = reduced(over, under)
    scale = prod(node.scale for node in above) * under
    if scale > MOST_SCALE:
        return scope.refuse(
            "over-a-limit", f"{quoted(nodes[0])} and the rest have too many decimals together.", span, "too many decimals",
            "Round an earlier step: `…, rounded to the nearest 1p` or another amount.",
        )  # fmt: skip
    ends = [(node.low, node.high) for node in above if node.low is not None and node.high is not None]
    low, high = _corners(ends, over) if len(ends) == len(above) else _half_bounded(above, over)
    constant = constants(above)
    value, by = None, 1
    if constant is not None:
        value = prod(constant) * over
        by = gcd(value, scale)
        low = high = value = value // by
    return scope.node(
        "product",
        nodes,
        product_type(factors),
        span,
        scale=scale // by,
        low=low,
        high=high,
        constant=value,
        detail=(over, tuple(i for i, (sign, _) in enumerate(factors) if sign > 0), by),
    )


def least_scale(scope: Scope, node: Node) -> Node:
    """A constant over the least scale that it needs: a third and two thirds are one."""
    assert node.constant is not None
    constant, scale = reduced(node.constant, node.scale)
    detail = (1, (0,), node.scale // scale)
    return scope.node(
        "product", (node,), node.type, node.span, scale=scale, low=constant, high=constant, constant=constant, detail=detail
    )


def _corners(ends: Sequence[tuple[int, int]], over: int) -> tuple[int, int]:
    """The range of a product of bounded factors: a factor at a time, for all corners at once would be without number."""
    low = high = over
    for ends_of_one in ends:
        corners = [one * other for one in (low, high) for other in ends_of_one]
        low, high = min(corners), max(corners)
    return low, high


def _half_bounded(above: Sequence[Node], over: int) -> tuple[int | None, int | None]:
    """Where something is unbounded above but nothing is ever below zero, neither is the product."""
    return (0, None) if over > 0 and all(n.low is not None and n.low >= 0 for n in above) else (None, None)


def prepare_product(node: Node, runs: tuple[Run, ...]) -> Run:
    over, places, by = node.detail
    if over == by == 1 and len(places) == len(runs) == 2:
        return strict(node, runs, operator.mul, refused=nothing_of)
    divisors = [place for place in range(len(runs)) if place not in places]

    def beside_a_refusal(values: Sequence[Value]) -> Value:
        if any(isinstance(values[place], Refusal) for place in divisors):
            return merged(values)
        return nothing_of([values[place] for place in places])

    return strict(node, runs, lambda *values: prod(values[i] for i in places) * over // by, refused=beside_a_refusal)


def nothing_of(factors: Sequence[Value]) -> Value:
    """Of factors that are not all known: nothing where one is exactly zero, for then the others do not matter (S77)."""
    return 0 if any(factor.__class__ is int and factor == 0 for factor in factors) else merged(factors)


def extreme(scope: Scope, which: str, operands: Sequence[Node], span: Span) -> Node:
    """`lower of (a, b)`; `detail` is which, and each operand's factor to the common scale."""
    if not known(*operands) or not need_numbers(scope, operands, "compared in size"):
        return scope.unknown(span)
    type_ = operands[0].type
    for node in operands[1:]:
        joined = same_unit(type_, node.type)
        if joined is None:
            return scope.refuse(
                "units-differ",
                f"The {which} of {type_} ({quoted(operands[0])}) and {node.type} ({quoted(node)}) has no meaning.",
                node.span,
                str(node.type),
                conversion_fix(type_, node.type, node),
            )
        type_ = joined
    scale = common_scale(operands)
    ranges = [at_scale(node, scale) for node in operands]
    factors = tuple(scale // node.scale for node in operands)
    pick: Callable[..., int] = min if which == "lower" else max
    constant = constants(operands)
    return scope.node(
        which,
        operands,
        type_,
        span,
        scale=scale,
        low=_pick(pick, [low for low, _ in ranges], none_wins=which == "lower"),
        high=_pick(pick, [high for _, high in ranges], none_wins=which == "higher"),
        constant=None if constant is None else pick(f * c for f, c in zip(factors, constant, strict=True)),
        detail=factors,
    )


def _pick(pick: Callable[..., int], values: Sequence[int | None], none_wins: bool) -> int | None:
    """The least or greatest of bounds, where None is beyond all of them on its own side."""
    found = [value for value in values if value is not None]
    if len(found) < len(values) and (none_wins or not found):
        return None
    return pick(found)


def prepare_extreme(node: Node, runs: tuple[Run, ...]) -> Run:
    factors = node.detail
    pick: Callable[..., int] = min if node.mechanism == "lower" else max
    if set(factors) == {1}:
        return strict(node, runs, pick)
    return strict(node, runs, lambda *values: pick(f * v for f, v in zip(factors, values, strict=True)))


MECHANISMS = (
    Mechanism("sum", prepare_sum),
    Mechanism("product", prepare_product),
    Mechanism("lower", prepare_extreme),
    Mechanism("higher", prepare_extreme),
)
