"""A number that varies with one fact: on a stretch of the fact's values a value and a slope, exactly (S13, S14).

`Varying` is an int to every mechanism, over the scale of its node as any other. What is added to it or multiplied with it gives
another; what compares it decides for the whole stretch that begins at the line's place, and notes on the line where that
decision would turn. So one working of the graph says what holds on a stretch, where it ends, and which node ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from engine.graph import Term
from engine.nodes import Node


@frozen
class Source:
    """A rounding that was set aside, for one member: what it does is at most `most`, over the scale of its node."""

    term: int
    number: int
    node: Node
    member: int
    most: Fraction
    chosen_by: tuple[Node, int] | None = None
    """The node that chose between two values, where this may have counted for either: what then remains of it is another's."""


@frozen(eq=False, repr=False)
class Place:
    """Where in the rules something turns: a node of a term's formula, and for whom the term is worked out."""

    term: Term
    number: int
    node: Node | None
    """None where the range that the rule states is left."""


class Untold(Exception):  # noqa: N818  (it stands where the value of a term would)
    """Why a term cannot be told for a stretch. It stands in the term's place, for whatever needs it."""


class Unsure(Untold):
    """A decision lies within what the roundings set aside can do: on the stretch up to `end` it can turn either way."""

    def __init__(self, end: Fraction | None, place: Place, turn: Fraction | None) -> None:
        self.end = end
        self.place = place
        self.turn = turn
        """Where it turns with the roundings set aside."""


class NotLinear(Untold):
    """Something is worked out of the fact that is no straight line on any stretch."""

    def __init__(self, why: str, place: Place | None) -> None:
        self.why = why
        self.place = place


@frozen(eq=False, repr=False)
class Turn:
    """Where something turns."""

    at: Fraction
    place: Place | None
    """None where it is only how far a rounding that was set aside can count."""
    worked: tuple[int, int]


@define(eq=False, repr=False)
class Line:
    """The place from which a stretch begins, and where what is decided on it turns."""

    start: Fraction
    """Of the fact, as an integer over its scale would be."""
    end: Fraction
    is_point: bool = False
    """Whether the place by itself is meant and not what lies right of it."""
    turns: list[Turn] = field(factory=list)
    worked: tuple[int, int] = (0, 0)
    """The term that is being worked out, and for whom."""
    place: Place | None = None
    """The node that is being worked out."""
    overlaps: bool = False
    """Whether a choice of the node being worked out could fall otherwise by what the roundings set aside do."""
    choosing: bool = False
    """Whether the node takes one of two values where they cross: then it is no jump, whichever it takes."""

    def turn(self, at: Fraction, silent: bool = False) -> None:
        """Notes that something turns at a place right of the start."""
        if at <= self.end:
            self.turns.append(Turn(at, None if silent else self.place, self.worked))

    def sign(self, at: Fraction, slope: Fraction, doubt: Fraction) -> int:
        """-1, 0 or 1: on which side of zero an amount is all over the stretch, which is so made to end where that turns."""
        if self.choosing and doubt:
            self._may_overlap(at, slope, doubt)
            doubt = Fraction(0)
        if doubt and self._is_doubtful(at, slope, doubt):
            assert self.place is not None
            turn = self.start - at * _inverse(slope) * _sign(slope) if slope else None
            raise Unsure(self._leaves(at, slope, doubt), self.place, turn)
        if not at:
            return 0 if self.is_point else _sign(slope)
        if slope and _sign(slope) != _sign(at):
            self.turn(self.start + (abs(at) - doubt) * _inverse(slope))
        return _sign(at)

    def _is_doubtful(self, at: Fraction, slope: Fraction, doubt: Fraction) -> bool:
        if abs(at) != doubt:
            return abs(at) < doubt
        return self.is_point or not slope or _sign(slope) != _sign(at)

    def _leaves(self, at: Fraction, slope: Fraction, doubt: Fraction) -> Fraction | None:
        """Where an amount has left what is doubtful; None if never."""
        if not slope:
            return None
        return self.start + (doubt - at * _sign(slope)) * _inverse(slope)

    def _may_overlap(self, at: Fraction, slope: Fraction, doubt: Fraction) -> None:
        if self._is_doubtful(at, slope, doubt):
            self.overlaps = True
            leaves = self._leaves(at, slope, doubt)
            if leaves is not None and leaves > self.start:
                self.turn(leaves, silent=True)
        elif slope and _sign(slope) != _sign(at):
            self.turn(self.start + (abs(at) - doubt) * _inverse(slope), silent=True)


def _sign(amount: Fraction) -> int:
    return (amount > 0) - (amount < 0)


def _inverse(slope: Fraction) -> Fraction:
    return Fraction(slope.denominator, abs(slope.numerator))


NOTHING: Mapping[Source, Fraction] = {}


class Varying(int):
    """A number that varies with the fact: `at` where the line starts, by `slope` for each step of the fact from there."""

    at: Fraction
    slope: Fraction
    off: Mapping[Source, Fraction]
    """What each rounding set aside counts in it."""
    line: Line

    def __new__(cls, at: Fraction, slope: Fraction, off: Mapping[Source, Fraction], line: Line) -> Varying:
        self = super().__new__(cls, 0)
        self.at, self.slope, self.off, self.line = at, slope, off, line
        return self

    @property
    def doubt(self) -> Fraction:
        """How far it can be from what is worked out with every rounding."""
        return sum((abs(share) * source.most for source, share in self.off.items()), Fraction(0))

    # ---- what gives another ----

    def _plus(self, other: Any, sign: int) -> int:
        if isinstance(other, Varying):
            off = dict(self.off)
            for source, share in other.off.items():
                off[source] = off.get(source, Fraction(0)) + sign * share
            kept = {source: share for source, share in off.items() if share}
            return made(self.at + sign * other.at, self.slope + sign * other.slope, kept, self.line)
        return made(self.at + sign * other, self.slope, self.off, self.line)

    def __add__(self, other: int) -> int:
        return self._plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: int) -> int:
        return self._plus(other, -1)

    def __rsub__(self, other: int) -> int:
        return self * -1 + other

    def __mul__(self, other: int) -> int:
        if isinstance(other, Varying):
            raise NotLinear("two amounts that both vary with it are multiplied", self.line.place)
        return self.times(Fraction(other))

    __rmul__ = __mul__

    def times(self, factor: Fraction) -> int:
        """So many of it."""
        if not factor:
            return 0
        off = {source: share * factor for source, share in self.off.items()}
        return made(self.at * factor, self.slope * factor, off, self.line)

    def __neg__(self) -> int:
        return self.times(Fraction(-1))

    def __floordiv__(self, other: int) -> int:
        if isinstance(other, Varying) or other != 1:  # by one divides a product whose divisors are gone
            return int(self._never())
        return self

    def _never(self, *_: object) -> Any:
        raise NotLinear("it is divided in a way that gives no straight line", self.line.place)

    __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = __rdivmod__ = __abs__ = __pow__ = __bool__ = _never

    # ---- what decides ----

    def _against(self, other: Any) -> int:
        difference: int = self - other
        if not isinstance(difference, Varying):
            return (difference > 0) - (difference < 0)
        return self.line.sign(difference.at, difference.slope, difference.doubt)

    def __lt__(self, other: int) -> bool:
        return self._against(other) < 0

    def __le__(self, other: int) -> bool:
        return self._against(other) <= 0

    def __gt__(self, other: int) -> bool:
        return self._against(other) > 0

    def __ge__(self, other: int) -> bool:
        return self._against(other) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and self._against(other) == 0

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]


def made(at: Fraction, slope: Fraction, off: Mapping[Source, Fraction], line: Line) -> int:
    """A number that varies; a plain one where it does not."""
    if not slope and not off and at.denominator == 1:
        return at.numerator
    return Varying(at, slope, off, line)
