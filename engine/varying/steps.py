"""The mechanisms that do something of their own with a number that varies: roundings, parts, and choices between two values.

A rounding to less than £1 (less than 1 of anything else, of a percentage less than 1%) is set aside: the number goes on
unrounded, with the most that the rounding can do. To £1 and more it stays what it is, steps, each a stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import evolve

from engine.exact import round_quotient
from engine.mechanisms import REGISTRY
from engine.mechanisms.base import Frame, Run
from engine.mechanisms.scales import Applied
from engine.mechanisms.tables import NoRowHoldsError
from engine.nodes import MembersRead, Node, OverDays, OverMembers, TermRead
from engine.types import Type
from engine.values import Refusal, Value, merged
from engine.varying.linear import Line, NotLinear, Place, Source, Unsure, Untold, Varying, made

CHOOSING = {"lower", "higher", "floor", "ceiling", "highest", "lowest", "applied"}
"""What takes one of two values where they cross, so that it never jumps there."""


class Now:
    """On which line something is worked out now, and which term for whom."""

    line: Line
    place: Place


def prepared(node: Node, now: Now, varies: frozenset[int]) -> Run:
    """The function that works a node out where some terms vary; what reads none of them, as ever."""
    detail = node.detail
    parts: tuple[Run | None, ...] = tuple(prepared(arg, now, varies) for arg in node.args)
    if isinstance(detail, OverMembers | OverDays):
        parts += tuple(None if inner is None else prepared(inner.root, now, varies) for inner in detail.formulas)
    own = _OWN.get(node.mechanism)
    run = own(node, parts, now) if own else REGISTRY[node.mechanism].prepare(node, parts)
    return _watched(node, run, now) if _reads(node, varies) else run


def _reads(node: Node, varies: frozenset[int]) -> bool:
    """Whether a node is worked out of a term that varies."""
    match node.detail:
        case TermRead(term=term):
            return term in varies
        case OverMembers(members=members) as over:
            if members.group in varies:
                return True
            return any(inner is not None and _reads(inner.root, varies) for inner in over.formulas)
    return any(_reads(arg, varies) for arg in node.args)


def _watched(node: Node, run: Run, now: Now) -> Run:
    """Says on the line which node is being worked out."""
    if node.mechanism in ("term", "holder"):
        return _told(run)
    if isinstance(node.detail, OverMembers) and node.detail.members.group is not None:
        run = _with_group(node.detail.members, run)
    chooses = node.mechanism in CHOOSING

    def watched(frame: Frame) -> Value:
        line, own = now.line, now.place
        before = line.place, line.choosing, line.overlaps
        line.place, line.choosing, line.overlaps = Place(own.term, own.number, node), chooses, False
        value = run(frame)
        if line.overlaps and isinstance(value, int):
            frame.cells[node.index] = value = _either(node, frame, value, line)
        line.place, line.choosing, line.overlaps = before
        return value

    return watched


def _told(run: Run) -> Run:
    """What reads a term that cannot be told cannot be told either."""

    def told(frame: Frame) -> Value:
        value = run(frame)
        if isinstance(value, Untold):
            raise value
        return value

    return told


def _with_group(read: MembersRead, run: Run) -> Run:
    def told(frame: Frame) -> Value:
        group = frame.world.store[read.group][frame.number_of(read.reader, read.owner)]
        if isinstance(group, Untold):
            raise group
        return run(frame)

    return told


def _either(node: Node, frame: Frame, value: int, line: Line) -> int:
    """A value that was chosen where, by what the roundings set aside do, another could have been."""
    off: dict[Source, Fraction] = {}
    for operand, factor in _operands(node, frame):
        if isinstance(operand, Varying):
            for source, share in operand.off.items():
                here = evolve(source, chosen_by=(node, frame.me))
                off[here] = max(off.get(here, Fraction(0)), abs(share * factor))
    own: Mapping[Source, Fraction] = value.off if isinstance(value, Varying) else {}
    if not off and not own:
        return value
    at, slope = (value.at, value.slope) if isinstance(value, Varying) else (Fraction(value), Fraction(0))
    return made(at, slope, off, line)


def _operands(node: Node, frame: Frame) -> list[tuple[object, int]]:
    """What is chosen from, each with its factor to the scale of the node."""
    if isinstance(node.detail, OverMembers):
        return [(working.value, 1) for working in frame.inner[node.index]]
    if isinstance(node.detail, Applied):
        applied = node.detail
        rates = [frame.cells[arg.index] if arg.constant is None else arg.constant for arg in node.args[2::2]]
        known = [rate * factor for rate, factor in zip(rates, applied.rate_factors, strict=True) if isinstance(rate, int)]
        steepest = max(map(abs, known), default=0)
        return [(frame.cells[node.args[0].index], applied.operand_factor * steepest)]
    return [(frame.cells[arg.index], factor) for arg, factor in zip(node.args, node.detail, strict=True)]


# ---- roundings ------------------------------------------------------------------------------------------------------


def is_small(step: Fraction, type_: Type) -> bool:
    """Whether steps of this size are set aside: less than £1, less than 1 of anything else, less than 1%."""
    return step < (Fraction(1, 100) if type_.kind == "%" else 1)


def _rounded(value: Varying, factor: Fraction, mode: str, step: int, is_aside: bool, node: Node, frame: Frame, now: Now) -> int:
    """A number in steps, `factor` of them for each 1 of it: the steps below or above, or the number itself."""
    line = now.line
    if is_aside:
        count = factor.denominator
        most = Fraction(count // 2 if mode in ("nearest", "half even") else count - 1, count) * step
        exact = value.times(factor * step)
        if not most or not isinstance(exact, Varying):
            return exact
        own = Source(now.place.term.index, now.place.number, node, frame.me, most)
        return made(exact.at, exact.slope, {**exact.off, own: Fraction(1)}, line)
    at, slope, doubt = value.at * factor, value.slope * factor, value.doubt * abs(factor)
    if line.is_point and not doubt:
        return round_quotient(at.numerator, at.denominator, mode) * step  # type: ignore[arg-type]
    shift = Fraction(1, 2) if mode in ("nearest", "half even") else Fraction(0)
    from_edge = at - shift
    below = from_edge.__floor__() if slope >= 0 else from_edge.__ceil__() - 1
    """The number of the edge below, where edges lie one step apart."""
    to_next = below + 1 - from_edge if slope >= 0 else from_edge - below
    since_last = 1 - to_next
    line_place = line.place
    assert line_place is not None
    if not slope and not doubt:
        return round_quotient(at.numerator, at.denominator, mode) * step  # type: ignore[arg-type]
    pace = abs(slope)
    if doubt and (since_last < doubt or to_next <= doubt or (since_last == doubt and not pace)):
        if not pace:
            raise Unsure(None, line_place, None)
        leaves, turn = (doubt - since_last, -since_last) if since_last < doubt else (to_next + doubt, to_next)
        each = Fraction(pace.denominator, pace.numerator)
        raise Unsure(line.start + leaves * each, line_place, line.start + turn * each)
    if pace:
        line.turn(line.start + (to_next - doubt) * Fraction(pace.denominator, pace.numerator))
    return (below if mode == "down" else below + 1) * step


def _own_rounding(node: Node, runs: tuple[Run, ...], now: Now) -> Run:
    mode, step, _ = node.detail
    scale, divisor = node.scale, node.args[0].scale * step
    factor = Fraction(scale, divisor)
    aside = is_small(Fraction(step, scale), node.type)
    return _with_frame(
        node,
        runs,
        lambda frame, a: (
            _rounded(a, factor, mode, step, aside, node, frame, now)
            if isinstance(a, Varying)
            else round_quotient(a * scale, divisor, mode) * step
        ),
    )


def _own_parts(node: Node, runs: tuple[Run, ...], now: Now) -> Run:
    step, step_scale, part_counts = node.detail
    mode = "up" if part_counts else "down"
    factor = Fraction(step_scale, node.args[0].scale * step)
    aside = is_small(Fraction(step, step_scale), node.args[0].type)
    plain = REGISTRY["parts"].prepare

    def counted(frame: Frame, a: int) -> Value:
        if isinstance(a, Varying) and a >= 0:
            return _rounded(a, factor, mode, 1, aside, node, frame, now)
        return plain(node, (lambda _: -1 if isinstance(a, Varying) else a,))(frame)

    return _with_frame(node, runs, counted)


def _own_quotient(node: Node, runs: tuple[Run, ...], now: Now) -> Run:
    mode, step = node.detail
    above, below = node.scale * node.args[1].scale, node.args[0].scale * step
    aside = is_small(Fraction(step, node.scale), node.type)
    plain = REGISTRY["rounded quotient"].prepare
    top, bottom = runs

    def run(frame: Frame) -> Value:
        a, b = top(frame), bottom(frame)
        value: Value
        if isinstance(b, Varying) and not isinstance(a, Refusal) and not (b == 0):
            raise NotLinear("it is part of what something is divided by", now.line.place)
        if isinstance(b, Varying):
            b = 0
        if isinstance(a, Varying) and b.__class__ is int and b != 0:
            assert isinstance(b, int)
            factor = Fraction(above, b * below)
            value = _rounded(a, factor, mode, step, aside, node, frame, now)
        else:
            found = 0 if isinstance(a, Varying) else a
            value = plain(node, (lambda _: found, lambda _: b))(frame)
        frame.cells[node.index] = value
        return value

    return run


def _with_frame(node: Node, runs: tuple[Run, ...], function: Callable[[Frame, int], Value]) -> Run:
    """Of one part, where the frame is needed too."""
    [part] = runs
    index = node.index

    def run(frame: Frame) -> Value:
        a = part(frame)
        value = merged((a,)) if isinstance(a, Refusal) else function(frame, a)  # type: ignore[arg-type]
        frame.cells[index] = value
        return value

    return run


def _own_table(node: Node, runs: tuple[Run, ...], now: Now) -> Run:
    """Between two whole numbers no row holds, and no fact can be."""
    plain = REGISTRY["table"].prepare(node, runs)

    def run(frame: Frame) -> Value:
        try:
            return plain(frame)
        except NoRowHoldsError:
            line = now.line
            raise Unsure(Fraction(line.start.__floor__() + 1), now.place, None) from None

    return run


_OWN: Mapping[str, Callable[..., Run]] = {
    "rounding": _own_rounding,
    "rounded quotient": _own_quotient,
    "parts": _own_parts,
    "table": _own_table,
}
