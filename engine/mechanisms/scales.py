"""Marginal scales: each band's rate on the part of an amount that lies in it (S29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import lcm

from attrs import frozen

from engine import types
from engine.mechanisms.arithmetic import MOST_SCALE
from engine.mechanisms.base import Frame, Mechanism, Run, Scope, quoted
from engine.nodes import Node
from engine.types import Type
from engine.values import Exact, Refusal, Value, merged
from grammar.source import Span


@frozen(eq=False, repr=False)
class Applied:
    """`detail` of "applied": the arguments are what the scale is applied to, the scale, then rates and limits by turns.

    The last rate has no limit. Of a scale that is not in force there is neither.
    """

    scale: int
    """Of the parts in each band: common to what it is applied to and the limits."""
    operand_factor: int
    rate_factors: tuple[int, ...]
    limit_factors: tuple[int, ...]


# ---- the scale itself -----------------------------------------------------------------------------------------------


def scale(scope: Scope, bands: Sequence[Node], gives: Type, span: Span) -> Node:
    """What the scale says, as text; `bands` are rates and limits by turns, `detail` is the type of what it gives."""
    return scope.node("scale", bands, types.TEXT, span, detail=gives)


def prepare_scale(node: Node, runs: tuple[Run, ...]) -> Run:
    """It has a value even where a rate is not encoded: only who needs that band is refused."""
    index = node.index

    def run(frame: Frame) -> Value:
        said = [_words(arg, run(frame)) for arg, run in zip(node.args, runs, strict=True)]
        frame.cells[index] = text = bands_words(said)
        return text

    return run


def _words(node: Node, value: Value) -> str:
    return "(not encoded)" if isinstance(value, Refusal | tuple) else Exact(value, node.type, node.scale).words()


def bands_words(said: Sequence[str]) -> str:
    """`10% up to £5,000.00 a year; 40% above £5,000.00 a year`, from rates and limits by turns."""
    rates, limits = said[0::2], said[1::2]
    bands = [f"{rate} up to {limit}" for rate, limit in zip(rates, limits, strict=False)]
    return "; ".join([*bands, f"{rates[-1]} above {limits[-1]}" if limits else f"{rates[-1]} of everything"])


# ---- applied to an amount -------------------------------------------------------------------------------------------


def applied(scope: Scope, type_: Type, operand: Node, read: Node, bands: Sequence[tuple[Node, int | None]], span: Span) -> Node:
    """`tax_bands applied to income`: `read` is the scale, `bands` its rates and limits with their values where known."""
    rates, limits = [node for node, _ in bands[0::2]], [node for node, _ in bands[1::2]]
    parts_scale = lcm(operand.scale, *(node.scale for node in limits))
    rate_scale = lcm(*(node.scale for node in rates))
    if parts_scale * rate_scale > MOST_SCALE:
        return scope.refuse(
            "over-a-limit", f"{quoted(operand)} and the rates have too many decimals together.", span, "too many decimals",
            "Round an earlier step: `…, rounded to the nearest 1p` or another amount.",
        )  # fmt: skip
    if operand.low is None or operand.low < 0:
        zero = Exact(0, operand.type).written()
        scope.problem(
            "may-be-below-zero",
            f"{quoted(operand)} may be below zero, where a scale says nothing; such a case would be refused.",
            operand.span,
            "may be below zero",
            f"Limit it: `applied to (higher of ({operand.span.text}, {zero}))`; or limit it in a rule of its own.",
            warning=True,
        )
    detail = Applied(
        parts_scale,
        parts_scale // operand.scale,
        tuple(rate_scale // node.scale for node in rates),
        tuple(parts_scale // node.scale for node in limits),
    )
    low, high, constant = _range(detail, operand, [value for _, value in bands])
    return scope.node(
        "applied",
        (operand, read, *(node for node, _ in bands)),
        type_,
        span,
        scale=parts_scale * rate_scale,
        low=low,
        high=high,
        constant=constant,
        detail=detail,
    )


def not_in_force(scope: Scope, type_: Type, operand: Node, read: Node, span: Span) -> Node:
    """A scale without a version on the day, applied: it refuses."""
    return scope.node("applied", (operand, read), type_, span, detail=Applied(operand.scale, 1, (), ()))


def _range(detail: Applied, operand: Node, values: Sequence[int | None]) -> tuple[int | None, int | None, int | None]:
    """From where to where it can come, and its value where that is the same for all.

    Between two limits it goes one way, so its ends are among those of what it is applied to and its values at the limits.
    """
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        rates = values[0::2]
        return (0 if all(rate is not None and rate >= 0 for rate in rates) else None), None, None
    rates, limits = known[0::2], [a * b for a, b in zip(known[1::2], detail.limit_factors, strict=True)]
    factor = detail.operand_factor
    low = max(operand.low or 0, 0) * factor
    high = None if operand.high is None or operand.high < 0 else operand.high * factor
    between = [limit for limit in limits if limit > low and (high is None or limit < high)]
    ends = [low, *between, *([] if high is None else [high])]
    found = [_total(detail, rates, parts(end, limits)) for end in ends]
    is_constant = operand.constant is not None and operand.constant >= 0
    return (
        None if high is None and rates[-1] < 0 else min(found),
        None if high is None and rates[-1] > 0 else max(found),
        found[0] if is_constant else None,
    )


def _total(detail: Applied, rates: Iterable[int], shares: Iterable[Value]) -> int:
    pairs = zip(shares, rates, detail.rate_factors, strict=False)
    return sum(share * rate * factor for share, rate, factor in pairs)  # type: ignore[operator, misc]


def parts(amount: int, limits: Iterable[Value]) -> Iterator[Value]:
    """The part of an amount in each band that it reaches; a limit that is refused ends them with its refusal."""
    below = 0
    for limit in limits:
        if isinstance(limit, Refusal):
            yield limit
            return
        assert isinstance(limit, int)
        yield min(amount, limit) - below
        if amount <= limit:
            return
        below = limit
    yield amount - below


def prepare_applied(node: Node, runs: tuple[Run, ...]) -> Run:
    """Rates and limits of bands that the amount does not reach are not needed."""
    index, detail = node.index, node.detail
    assert isinstance(detail, Applied)
    operand, read, *bands = runs
    rates, limits = bands[0::2], list(zip(bands[1::2], detail.limit_factors, strict=True))

    def run(frame: Frame) -> Value:
        frame.cells[index] = value = _worked(frame, operand(frame), read(frame))
        return value

    def _worked(frame: Frame, amount: Value, said: Value) -> Value:
        if isinstance(amount, Refusal) or isinstance(said, Refusal):
            return merged((amount, said))
        assert isinstance(amount, int)
        if amount < 0:
            return frame.refusal("below zero", f"{quoted(node.args[0])} is below zero, where a scale says nothing.")
        shares = parts(amount * detail.operand_factor, (_times(limit(frame), factor) for limit, factor in limits))
        found = [(share, rate(frame)) for share, rate in zip(shares, rates, strict=False)]
        values = [value for pair in found for value in pair]
        if any(isinstance(value, Refusal) for value in values):
            return merged(values)
        return _total(detail, values[1::2], values[0::2])  # type: ignore[arg-type]

    return run


def _times(value: Value, factor: int) -> Value:
    return value * factor if isinstance(value, int) else value


def worked_parts(node: Node, frame: Frame) -> list[tuple[Node, Exact]]:
    """What a working put into each band that it reached: the rate, and the part of the amount."""
    detail: Applied = node.detail
    operand, _, *bands = node.args
    amount = frame.cells[operand.index]
    if not isinstance(amount, int) or amount < 0 or not bands:
        return []
    limits = zip(bands[1::2], detail.limit_factors, strict=True)
    reached = ((frame.cells[node.index], factor) for node, factor in limits)
    shares = parts(amount * detail.operand_factor, (_times(value, factor) for value, factor in reached if value is not None))
    return [
        (rate, Exact(share, operand.type, detail.scale))
        for rate, share in zip(bands[0::2], shares, strict=False)
        if isinstance(share, int)
    ]


def rises(limits: Sequence[tuple[int, int]]) -> int | None:
    """Which of several limits, each over its scale, is not above the one before it; None where all rise."""
    for number, ((a, a_scale), (b, b_scale)) in enumerate(pairwise([(0, 1), *limits])):
        if b * a_scale <= a * b_scale:
            return number
    return None


MECHANISMS = (
    Mechanism("scale", prepare_scale),
    Mechanism("applied", prepare_applied),
)
