"""Alternatives and exceptions: which of a rule's values a case gets (S30, S31, S33, S37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from engine import types
from engine.book.law import Citation
from engine.mechanisms.base import Frame, Mechanism, Run, Scope, at_scale, common_scale
from engine.nodes import Node
from engine.types import Type
from engine.values import ReasonKind, Refusal, Value, merged
from grammar.source import Span


@frozen(eq=False, repr=False)
class Alternatives:
    """`detail` of "alternatives": the arguments are values and conditions by turns, a last value without a condition."""

    factors: tuple[int, ...]
    """Of each value, to the common scale."""


@frozen(eq=False, repr=False)
class Exceptions:
    """`detail` of "exceptions": the arguments are the general rule, then a value and a condition for each exception."""

    factors: tuple[int, ...]
    """Of the general rule, then of each exception's value."""
    names: tuple[str, ...]
    titles: tuple[str, ...]
    """How a message calls each: its name and citation."""
    beaten_by: tuple[frozenset[int], ...]
    """For each exception the numbers of those that prevail over it, directly or through others."""


def joined(type_: Type, values: Sequence[Node]) -> tuple[int, tuple[int, ...], int | None, int | None]:
    """The common scale of several values of one term, each one's factor, and the range of them all."""
    numbers = [node for node in values if type_.is_number and node.mechanism != "not encoded"]
    scale = common_scale(numbers) if numbers else 1
    lows, highs = zip(*(at_scale(node, scale) for node in numbers), strict=True) if numbers else ((), ())
    low = None if not lows or None in lows else min(lows)
    high = None if not highs or None in highs else max(highs)
    factors = tuple(scale // node.scale if node in numbers else 1 for node in values)
    return scale, factors, low, high


def alternatives(scope: Scope, type_: Type, parts: Sequence[tuple[Node, Node | None]], span: Span) -> Node:
    """`is a when x otherwise b when y otherwise c`: the first whose condition is yes."""
    values = [value for value, _ in parts]
    args = [node for part in parts for node in part if node is not None]
    if any(node.type is types.UNKNOWN for node in args):
        return scope.unknown(span)
    scale, factors, low, high = joined(type_, values)
    return scope.node("alternatives", args, type_, span, scale=scale, low=low, high=high, detail=Alternatives(factors))


def prepare_alternatives(node: Node, runs: tuple[Run, ...]) -> Run:
    index = node.index
    scaled = node.type.is_number
    factors: tuple[int, ...] = node.detail.factors
    *before, (last, last_factor) = zip(runs[0::2], factors, strict=True)
    cases = tuple((condition, *value) for condition, value in zip(runs[1::2], before, strict=True))

    def run(frame: Frame) -> Value:
        value, factor = last, last_factor
        for condition, case, case_factor in cases:
            holds = condition(frame)
            if holds is not False:
                if holds.__class__ is Refusal:
                    frame.cells[index] = holds
                    return holds
                value, factor = case, case_factor
                break
        found = value(frame)
        if scaled and factor != 1 and found.__class__ is not Refusal:
            found *= factor  # type: ignore[operator]
        frame.cells[index] = found
        return found

    return run


def exceptions(
    scope: Scope,
    type_: Type,
    general: Node,
    parts: Sequence[tuple[str, str, Node, Node]],
    prevails_over: Mapping[str, frozenset[str]],
    span: Span,
) -> Node:
    """`except name: value when condition`; parts are (name, title, value, condition)."""
    values = [general, *(value for _, _, value, _ in parts)]
    args = [general, *(node for _, _, value, condition in parts for node in (value, condition))]
    if any(node.type is types.UNKNOWN for node in args):
        return scope.unknown(span)
    scale, factors, low, high = joined(type_, values)
    names = tuple(name for name, *_ in parts)
    reached = [reach(name, prevails_over) for name in names]
    beaten_by = tuple(frozenset(i for i, beaten in enumerate(reached) if name in beaten) for name in names)
    detail = Exceptions(factors, names, tuple(title for _, title, _, _ in parts), beaten_by)
    return scope.node("exceptions", args, type_, span, scale=scale, low=low, high=high, detail=detail)


def reach(name: str, prevails_over: Mapping[str, frozenset[str]]) -> set[str]:
    """All that an exception prevails over, directly or through others, whether or not those hold."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for beaten in prevails_over.get(waiting.pop(), ()):
            if beaten not in found:
                found.add(beaten)
                waiting.append(beaten)
    return found


def prepare_exceptions(node: Node, runs: tuple[Run, ...]) -> Run:
    index, detail = node.index, node.detail
    general, values, conditions = runs[0], runs[1::2], runs[2::2]
    scaled = node.type.is_number

    def run(frame: Frame) -> Value:
        holds = [condition(frame) for condition in conditions]
        value = _decide(frame, holds) if any(holds) else _scaled(general(frame), 0)  # a refusal is something too
        frame.cells[index] = value
        return value

    def _scaled(value: Value, number: int) -> Value:
        return value * detail.factors[number] if scaled and not isinstance(value, Refusal) else value

    def _decide(frame: Frame, holds: list[Value]) -> Value:
        if Refusal in [condition.__class__ for condition in holds]:
            return merged(holds)
        if len(holds) == 1:  # most rules have one exception
            return _scaled(values[0](frame), 1)
        holding = {number for number, condition in enumerate(holds) if condition}
        left = sorted(number for number in holding if not holding & detail.beaten_by[number])
        found = [_scaled(values[number](frame), number + 1) for number in left]
        if any(isinstance(value, Refusal) for value in found):
            return merged(found)
        if all(value == found[0] for value in found):
            return found[0]
        both = " and ".join(detail.titles[number] for number in left)
        return frame.refusal("clash", f"{both} both apply and disagree, and neither is said to prevail over the other.")

    return run


@frozen(eq=False, repr=False)
class Touches:
    """Why a term cannot be given to those whom a provision touches."""

    kind: ReasonKind
    place: str
    message: str
    cites: tuple[Citation, ...]


def affected(scope: Scope, value: Node, conditions: Sequence[Node], reasons: tuple[Touches, ...]) -> Node:
    """A value refused where one of the conditions holds; `detail` has the reason of each (S65)."""
    scaled = {"scale": value.scale, "low": value.low, "high": value.high}
    return scope.node("affected", (value, *conditions), value.type, value.span, **scaled, detail=reasons)


def prepare_affected(node: Node, runs: tuple[Run, ...]) -> Run:
    """Whether a provision touches the case is needed first, of every one; the value only where none does."""
    index, reasons = node.index, node.detail
    value, *conditions = runs

    def run(frame: Frame) -> Value:
        holds = [condition(frame) for condition in conditions]
        refusals: list[Value] = [
            frame.refusal(reason.kind, reason.message, str(reason.cites[0]))
            for reason, touches in zip(reasons, holds, strict=True)
            if touches is True
        ]
        refusals += [touches for touches in holds if isinstance(touches, Refusal)]
        found = merged(refusals) if refusals else value(frame)
        frame.cells[index] = found
        return found

    return run


MECHANISMS = (
    Mechanism("alternatives", prepare_alternatives),
    Mechanism("exceptions", prepare_exceptions),
    Mechanism("affected", prepare_affected),
)
