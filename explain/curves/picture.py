"""The picture of an award along one fact: lines, axes and their words, in the coordinates of an SVG. Nothing is read off it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from engine.exact import decimal_text, round_quotient
from engine.types import Type
from engine.values import Exact
from engine.varying.kinds import Curve
from explain.phrases import sentence

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 78, 32, 14, 50
RATE_HEIGHT = 130
MANY = 200
"""Of turns, beyond which what follows and is only sampled is not drawn."""


@frozen
class Tick:
    at: str
    label: str


@frozen
class Drawn:
    """One law's line: unbroken runs of points, single points, and stretches that were only sampled."""

    runs: tuple[str, ...]
    alone: tuple[tuple[str, str], ...]
    sampled: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    """From where to where, along the axis, there is no answer."""
    here: tuple[str, str] | None
    """The fact as it is in the case, and the answer."""


@frozen
class Panel:
    top: int
    bottom: int
    zero: str | None
    ticks: tuple[Tick, ...]
    lines: tuple[Drawn, ...]
    caption: str


@frozen
class Picture:
    width: int
    height: int
    left: int
    right: int
    description: str
    fact: str
    along: tuple[Tick, ...]
    given: str | None
    panels: tuple[Panel, ...]
    is_cut: bool
    """Whether the fact can be more than is drawn."""

    @property
    def is_refused(self) -> bool:
        return any(line.refused for panel in self.panels for line in panel.lines)

    @property
    def is_sampled(self) -> bool:
        return any(line.sampled for panel in self.panels for line in panel.lines)


def picture(curves: Sequence[Curve]) -> Picture | None:
    """The award above, and below what one more of the fact changes; only of numbers."""
    first = curves[0]
    if not first.term.type.is_number or not first.fact.term.type.is_number:
        return None
    low, high = first.low, max(_shown_to(curve) for curve in curves)
    runs = [list(_runs(curve, high)) for curve in curves]
    sampled = [_sampled(curve, high) for curve in curves]
    heights = [y for one in [*runs, *sampled] for run in one for _, y in run]
    if not heights:
        return None
    across = _Axis(low, high, LEFT, WIDTH - RIGHT)
    award = _Axis(*_to_ticks(*_with_zero(heights), 5), HEIGHT - BOTTOM, TOP)
    awards = [
        Drawn(
            runs=tuple(_path(across, award, run) for run in one if len(run) > 1),
            alone=_alone(across, award, one),
            sampled=tuple(_path(across, award, run) for run in dots),
            refused=tuple(_refused(across, curve, high)),
            here=_here(across, award, curve),
        )
        for one, dots, curve in zip(runs, sampled, curves, strict=True)
    ]
    panels = [_panel(TOP, HEIGHT - BOTTOM, award, _ticks(award, first.term.type, 5), awards, first.term.title)]
    rates = [list(_rates(curve, high)) for curve in curves]
    slopes = [rate for one in rates for run in one for _, rate in run]
    bottom = HEIGHT + RATE_HEIGHT if any(slopes) else HEIGHT
    if any(slopes):
        change = _Axis(*_to_ticks(*_with_zero(slopes), 3), bottom - BOTTOM, HEIGHT + TOP)
        changes = [Drawn(tuple(_path(across, change, run) for run in one), (), (), (), None) for one in rates]
        caption = sentence("Change for each {amount} more", amount=Exact(1, first.fact.term.type).words(per=False))
        panels.append(_panel(HEIGHT + TOP, bottom - BOTTOM, change, _ticks(change, first.term.type, 3), changes, caption))
    given = first.given.at if first.given is not None and low <= first.given.at <= high else None
    return Picture(
        width=WIDTH,
        height=bottom,
        left=LEFT,
        right=WIDTH - RIGHT,
        description=sentence(
            "{answer} for {fact} from {low} to {high}; the table below has the same numbers.",
            answer=first.term.title,
            fact=first.fact.term.title,
            low=_words(low, first.fact.term.type),
            high=_words(high, first.fact.term.type),
        ),
        fact=first.fact.term.title,
        along=_ticks(across, first.fact.term.type, 5),
        given=None if given is None else across.px(given),
        panels=tuple(panels),
        is_cut=high < first.high,
    )


def _panel(top: int, bottom: int, up: _Axis, ticks: tuple[Tick, ...], lines: Sequence[Drawn], caption: str) -> Panel:
    return Panel(top, bottom, up.px(Fraction(0)), ticks, tuple(lines), caption)


def _rates(curve: Curve, high: Fraction) -> Iterator[Run]:
    """Of each piece, how much one more of the fact changes."""
    for piece in curve.pieces:
        end = min(piece.high, high)
        if piece.at_low is not None and piece.low < end:
            yield [(piece.low, piece.rate), (end, piece.rate)]


def _shown_to(curve: Curve) -> Fraction:
    """A little beyond the last turn and the fact as it is: a range of £20,000 a week would hide all that happens."""
    last = max([one.at for one in curve.breakpoints if one.after is not None], default=curve.low)
    given = curve.given.at if curve.given is not None else curve.low
    span = max(last, given) - curve.low
    shown = curve.low + span * Fraction(6, 5) if last >= given else curve.low + span * Fraction(3, 2)
    is_nearly_all = (curve.high - shown) * 4 < curve.high - curve.low
    is_all_told = not curve.sampled or len(curve.breakpoints) > MANY
    return shown if is_all_told and span and not is_nearly_all else curve.high


@frozen
class _Axis:
    """From amounts to pixels; `first` is where the least amount lies."""

    low: Fraction
    high: Fraction
    first: int
    last: int

    def px(self, value: Fraction) -> str:
        share = (value - self.low) * _inverse(self.high - self.low)
        tenths = (self.first + (self.last - self.first) * share) * 10
        return decimal_text(round_quotient(tenths.numerator, tenths.denominator, "nearest"), 10)


def _inverse(value: Fraction) -> Fraction:
    return Fraction(value.denominator, value.numerator)


def _with_zero(heights: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    zero = Fraction(0)
    low, high = min([zero, *heights]), max([zero, *heights])
    return (low, high) if low < high else (zero, Fraction(1))


def _words(value: Fraction, type_: Type) -> str:
    return Exact(value.numerator, type_, value.denominator).words(per=False).removesuffix(".00")


def _to_ticks(low: Fraction, high: Fraction, most: int) -> tuple[Fraction, Fraction]:
    """Out to the next round amounts, so that no line touches the edge."""
    step = _step(high - low, most)
    return (low * _inverse(step)).__floor__() * step, (high * _inverse(step)).__ceil__() * step


def _step(span: Fraction, most: int) -> Fraction:
    """One, two or five of a power of ten."""
    step = Fraction(1, 1_000_000)
    sizes = [Fraction(2), Fraction(5, 2), Fraction(2)]
    number = 0
    while step * most < span:
        step *= sizes[number % 3]
        number += 1
    return step


def _ticks(axis: _Axis, type_: Type, most: int) -> tuple[Tick, ...]:
    """At round amounts, `most` of them or one more."""
    step = _step(axis.high - axis.low, most)
    first = (axis.low * _inverse(step)).__ceil__()
    last = (axis.high * _inverse(step)).__floor__()
    return tuple(Tick(axis.px(step * number), _words(step * number, type_)) for number in range(first, last + 1))


Run = list[tuple[Fraction, Fraction]]


def _runs(curve: Curve, high: Fraction) -> Iterator[Run]:
    """Lines that hang together: a jump, a refusal or what is sampled begins another."""
    run: Run = []
    for piece in curve.pieces:
        if piece.low > high:
            break
        end = min(piece.high, high)
        here, there = piece.at(piece.low), piece.at(end)
        if run and (here is None or run[-1] != (piece.low, here)):
            yield run
            run = []
        if here is not None and there is not None:
            run += [(piece.low, here), (end, there)] if not run else [(end, there)]
            if piece.low == end:
                run = run[:1]
    if run:
        yield run


def _sampled(curve: Curve, high: Fraction) -> list[Run]:
    runs = [
        [(found.at, found.amount) for found in one.found if found.amount is not None and found.at <= high]
        for one in curve.sampled
    ]
    return [run for run in runs if len(run) > 1]


def _path(across: _Axis, up: _Axis, run: Run) -> str:
    return " ".join(f"{across.px(x)},{up.px(y)}" for x, y in run)


def _alone(across: _Axis, up: _Axis, runs: Sequence[Run]) -> tuple[tuple[str, str], ...]:
    return tuple((across.px(run[0][0]), up.px(run[0][1])) for run in runs if len(run) == 1)


def _here(across: _Axis, up: _Axis, curve: Curve) -> tuple[str, str] | None:
    given = curve.given
    if given is None or given.amount is None or not (across.low <= given.at <= across.high and up.low <= given.amount <= up.high):
        return None
    return across.px(given.at), up.px(given.amount)


def _refused(across: _Axis, curve: Curve, high: Fraction) -> Iterator[tuple[str, str]]:
    for piece in curve.pieces:
        if piece.refusal and piece.low < high:
            yield across.px(piece.low), across.px(min(piece.high, high))
