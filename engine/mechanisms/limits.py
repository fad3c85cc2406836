"""What is done to the whole of a value: limits, rounding, a count of complete amounts (S15 to S18, S28)."""

from __future__ import annotations

from collections.abc import Callable

from engine import types, units
from engine.exact import Mode, round_quotient
from engine.mechanisms.arithmetic import constants, multiply, need_numbers, nothing_of, same_unit
from engine.mechanisms.base import Frame, Mechanism, Run, Scope, at_scale, common_scale, known, quoted, strict
from engine.mechanisms.conversions import conversion_fix
from engine.nodes import Node
from engine.types import Type
from engine.values import Refusal, Value, merged
from grammar import syntax
from grammar.source import Span

# ---- floor and ceiling ----------------------------------------------------------------------------------------------


def limit(scope: Scope, which: str, value: Node, bound: Node, span: Span) -> Node:
    """`, but not less than b`; `detail` is the two factors to the common scale."""
    if not known(value, bound) or not need_numbers(scope, [value, bound], "limited"):
        return scope.unknown(span)
    type_ = same_unit(value.type, bound.type)
    if type_ is None:
        return scope.refuse(
            "units-differ",
            f"The limit is {bound.type} ({quoted(bound)}), and what it limits is {value.type} ({quoted(value)}).",
            bound.span,
            str(bound.type),
            conversion_fix(value.type, bound.type, bound),
        )
    scale = common_scale([value, bound])
    (low, high), (bound_low, bound_high) = at_scale(value, scale), at_scale(bound, scale)
    if which == "floor":
        low = bound_low if low is None else low if bound_low is None else max(low, bound_low)
        high = None if high is None or bound_high is None else max(high, bound_high)
    else:
        high = bound_high if high is None else high if bound_high is None else min(high, bound_high)
        low = None if low is None or bound_low is None else min(low, bound_low)
    factors = (scale // value.scale, scale // bound.scale)
    fixed = constants([value, bound])
    pick: Callable[..., int] = max if which == "floor" else min
    constant = None if fixed is None else pick(f * c for f, c in zip(factors, fixed, strict=True))
    return scope.node(which, (value, bound), type_, span, scale=scale, low=low, high=high, constant=constant, detail=factors)


def prepare_floor(node: Node, runs: tuple[Run, ...]) -> Run:
    m, n = node.detail
    if m == n == 1:
        return strict(node, runs, max)
    return strict(node, runs, lambda a, b: max(m * a, n * b))


def prepare_ceiling(node: Node, runs: tuple[Run, ...]) -> Run:
    m, n = node.detail
    if m == n == 1:
        return strict(node, runs, min)
    return strict(node, runs, lambda a, b: min(m * a, n * b))


# ---- rounding -------------------------------------------------------------------------------------------------------


def rounding_type(scope: Scope, rounding: syntax.Rounding, value: Type) -> bool:
    """Whether the amount rounded to is one of what is rounded: `1p` fits `£` and `£ a week` (S18)."""
    to = rounding.to
    above = tuple((symbol, power) for symbol, power in value.unit if power > 0)
    wanted_percent = value.kind == "%"
    example = "0.1%" if wanted_percent else "1"
    if above:
        example = "1p" if units.is_money(above) else f"1 {units.show(above, count=False)}"
    if to.digits > 0 and to.percent == wanted_percent and to.unit in (above, value.unit):
        return True
    scope.problem(
        "rounding-unit",
        f"`{to.span.text}` is no amount of {value}, so nothing can be rounded to it.",
        to.span,
        f"an amount of {units.show(above) if above else value} is needed",
        f"Write for example `rounded to the nearest {example}`.",
    )
    return False


def rounded(scope: Scope, value: Node, rounding: syntax.Rounding, span: Span, policy: bool = False) -> Node:
    """`, rounded to the nearest 1p`; `detail` is (mode, digits and places of the multiple, whether by policy)."""
    if not known(value) or not need_numbers(scope, [value], "rounded") or not rounding_type(scope, rounding, value.type):
        return scope.unknown(span)
    step, scale = rounding.to.digits, 10**rounding.to.places

    def on(bound: int | None) -> int | None:
        return None if bound is None else round_quotient(bound * scale, value.scale * step, rounding.mode) * step

    if rounding.mode in ("up", "down") and (value.low is None or value.low < 0):
        _warn_below_zero(scope, rounding, quoted(value))
    type_ = value.type
    if type_ in (types.NUMBER, types.WHOLE):
        type_ = types.WHOLE if scale == 1 else types.NUMBER
    return scope.node(
        "rounding",
        (value,),
        type_,
        span,
        scale=scale,
        low=on(value.low),
        high=on(value.high),
        constant=on(value.constant),
        detail=(rounding.mode, step, policy),
    )


def _warn_below_zero(scope: Scope, rounding: syntax.Rounding, what: str) -> None:
    """`up` is towards more and `down` towards less: below zero that may not be what the law means (S17)."""
    towards = "more" if rounding.mode == "up" else "less"
    scope.problem(
        "rounding-below-zero",
        f"{what} may be below zero; there too `{rounding.mode}` is towards {towards}.",
        rounding.span,
        "above zero only?",
        "Limit it first: `…, but not less than £0 per week, rounded …`; or give the inputs a range.",
        warning=True,
    )


def prepare_rounding(node: Node, runs: tuple[Run, ...]) -> Run:
    mode, step, _ = node.detail
    scale, divisor = node.scale, node.args[0].scale * step
    return strict(node, runs, lambda a: round_quotient(a * scale, divisor, mode) * step)


# ---- a quotient, rounded --------------------------------------------------------------------------------------------


def quotient(scope: Scope, factors: list[tuple[int, Node]], rounding: syntax.Rounding, span: Span) -> Node:
    """`a ÷ b, rounded to …` where b varies: the division must be the whole of what is rounded (S15).

    The arguments are the product of what is above and the product of what is below.
    """
    above = [(1, node) for sign, node in factors if sign > 0]
    below = [(1, node) for sign, node in factors if sign < 0]
    top = above[0][1] if len(above) == 1 else multiply(scope, above, span)
    bottom = below[0][1] if len(below) == 1 else multiply(scope, below, span)
    if not known(top, bottom) or not need_numbers(scope, [top, bottom], "divided"):
        return scope.unknown(span)
    unit = units.times(top.type.unit, bottom.type.unit, -1)
    type_ = types.amount(unit)
    if not rounding_type(scope, rounding, type_):
        return scope.unknown(span)
    whole = type_ == types.NUMBER and rounding.to.places == 0
    non_negative = top.low is not None and top.low >= 0 and bottom.low is not None and bottom.low >= 0
    if rounding.mode in ("up", "down") and not non_negative:
        first, last = factors[0][1].span, factors[-1][1].span
        _warn_below_zero(scope, rounding, f"`{' '.join(Span(first.source, first.start, last.end).text.split())}`")
    return scope.node(
        "rounded quotient",
        (top, bottom),
        types.WHOLE if whole else type_,
        span,
        scale=10**rounding.to.places,
        low=0 if non_negative else None,
        detail=(rounding.mode, rounding.to.digits),
    )


def prepare_quotient(node: Node, runs: tuple[Run, ...]) -> Run:
    top, bottom = runs
    mode: Mode
    mode, step = node.detail
    index, above, below = node.index, node.scale * node.args[1].scale, node.args[0].scale * step

    def run(frame: Frame) -> Value:
        a, b = top(frame), bottom(frame)
        value: Value
        if isinstance(a, Refusal) or isinstance(b, Refusal):
            value = merged((a, b))
        elif b == 0:
            value = frame.refusal("division by zero", f"It divides by {quoted(node.args[1])}, which is 0.")
        else:
            assert isinstance(a, int) and isinstance(b, int)
            sign = 1 if b > 0 else -1
            value = round_quotient(sign * a * above, abs(b) * below, mode) * step
        frame.cells[index] = value
        return value

    return run


def unrounded(node: Node, top: int, bottom: int) -> tuple[int, int]:
    """What a rounded quotient rounds, as a value and its scale."""
    sign = 1 if bottom > 0 else -1
    return sign * top * node.args[1].scale, abs(bottom) * node.args[0].scale


# ---- for each complete amount ---------------------------------------------------------------------------------------


def for_each(scope: Scope, amount: Node, size: syntax.Number, of: Node, part_counts: bool, span: Span) -> Node:
    """`£1 per week for each complete £250 of x`: the amount times a number of parts, which is a node of its own."""
    if not known(amount, of) or not need_numbers(scope, [amount, of], "counted in parts"):
        return scope.unknown(span)
    if size.unit != of.type.unit or size.percent != (of.type.kind == "%") or size.digits <= 0:
        return scope.refuse(
            "units-differ",
            f"{quoted(of)} is {of.type}, and cannot be counted in parts of `{size.span.text}`.",
            size.span,
            "another unit",
            f"Write the part as an amount of {of.type} above 0.",
        )
    step, step_scale = size.digits, 10**size.places
    if of.low is None or of.low < 0:
        scope.problem(
            "may-be-below-zero",
            f"{quoted(of)} may be below zero, and then has no complete parts; such a case would be refused.",
            of.span,
            "may be below zero",
            f"Limit it: `of (higher of ({of.span.text}, £0))`; or limit it in a rule of its own.",
            warning=True,
        )

    def count(bound: int | None) -> int | None:
        mode: Mode = "up" if part_counts else "down"
        return None if bound is None else round_quotient(max(bound, 0) * step_scale, of.scale * step, mode)

    fixed = None if of.constant is None or of.constant < 0 else count(of.constant)
    parts = scope.node(
        "parts",
        (of,),
        types.WHOLE,
        span,
        low=count(of.low) or 0,
        high=count(of.high),
        constant=fixed,
        detail=(step, step_scale, part_counts),
    )
    bounded = amount.low is not None and amount.high is not None and parts.high is not None
    corners = [a * c for a in (amount.low, amount.high) for c in (parts.low, parts.high) if a is not None and c is not None]
    low = min(corners) if bounded else 0 if amount.low is not None and amount.low >= 0 else None
    high = max(corners) if bounded else None
    constant = None if amount.constant is None or fixed is None else amount.constant * fixed
    return scope.node("for each", (amount, parts), amount.type, span, scale=amount.scale, low=low, high=high, constant=constant)


def prepare_parts(node: Node, runs: tuple[Run, ...]) -> Run:
    """`detail` is (the size's digits, its scale, whether a part counts as one)."""
    [of] = runs
    step, step_scale, part_counts = node.detail
    mode: Mode = "up" if part_counts else "down"
    index, divisor = node.index, node.args[0].scale * step

    def run(frame: Frame) -> Value:
        x = of(frame)
        value: Value = x
        if isinstance(x, int):
            value = round_quotient(x * step_scale, divisor, mode)
            if x < 0:
                value = frame.refusal("below zero", f"{quoted(node.args[0])} is below zero, so it has no complete parts.")
        frame.cells[index] = value
        return value

    return run


def prepare_for_each(node: Node, runs: tuple[Run, ...]) -> Run:
    return strict(node, runs, lambda amount, parts: amount * parts, refused=nothing_of)


MECHANISMS = (
    Mechanism("floor", prepare_floor),
    Mechanism("ceiling", prepare_ceiling),
    Mechanism("rounding", prepare_rounding),
    Mechanism("rounded quotient", prepare_quotient),
    Mechanism("parts", prepare_parts),
    Mechanism("for each", prepare_for_each),
)
