"""What would change an award: of each amount it rests on, by itself, the nearest thresholds up and down (`thresholds`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from attrs import define, frozen

from engine.assessment import Assessment, FactUse
from engine.cases.facts import Case
from engine.graph import Graph
from engine.present import Key
from engine.values import Refusal, Value
from engine.varying.along import Along
from engine.varying.curves import curve_along
from engine.varying.kinds import Breakpoint, Curve, Found, Piece
from engine.varying.pieces import is_same

MOST_STEPS = 2_000
"""Of a fact, a penny at a time, until the answer is another."""

MOST_TURNS = 400
"""Of a fact along which the law goes in steps: what comes to nothing beyond so many is not found."""

FEW = 2
"""Samples of what is no straight line: nothing is said of thresholds there."""


@frozen(eq=False, repr=False)
class Threshold:
    """A value of the fact at which something happens, and the answer there, by assessment."""

    before: Found
    """The last value at which it has not happened."""
    found: Found
    """The first at which it has."""
    breakpoint: Breakpoint | None
    """What in the rules makes it so; None where only the next penny of the answer is reached."""


@frozen(eq=False, repr=False)
class Way:
    """What changing one fact in one direction does to the answer."""

    first: Threshold | None
    """The least change of the fact that changes the answer at all: `£3.12 more a week reduces the award by £2.45`."""
    turn: Threshold | None
    """Where the rate at which it changes is another, or the answer jumps."""
    ends: Threshold | None
    """Where it comes to nothing (£0, no), or where from nothing it begins; `begins` says which."""
    refused: Threshold | None
    """Where it can no longer be given, or where it can be again."""


@frozen(eq=False, repr=False)
class Thresholds:
    """What would change an answer, of one fact by itself."""

    curve: Curve
    given: Found
    """The fact and the answer as they are."""
    rate: Fraction | None
    """What one more of the fact changes here; None on a threshold itself, and where it was only sampled."""
    more: Way
    less: Way

    @property
    def begins(self) -> bool:
        """Whether the answer is nothing now, so that `ends` is where it begins."""
        return is_nothing(self.given.value)

    @property
    def is_any(self) -> bool:
        """Whether any change of the fact within its range changes the answer."""
        ways = (self.more, self.less)
        return any(one is not None for way in ways for one in (way.first, way.turn, way.ends, way.refused))


def thresholds(assessment: Assessment, asked: Key, is_given: bool = False) -> tuple[Thresholds, ...]:
    """Of each fact in money on which an answer rests, given or assumed: the nearest thresholds, confirmed by assessments.

    Facts stand in the order of the assessment; `is_given` leaves out what is assumed. One that changes nothing within its range
    is there too (`is_any` is no): that can be said.
    """
    graph, case = assessment.graph, assessment.case
    keys = _money(assessment, asked, is_given)
    return tuple(found for key in keys if (found := _of_fact(graph, case, key, asked, assessment.strict)) is not None)


def _money(assessment: Assessment, asked: Key, is_given: bool) -> Iterator[Key]:
    """The facts in money that the steps below an answer read."""
    read = {key for step in assessment.under([asked]) for key in step.reads}
    for use in assessment.facts:
        if is_given and use.fact is None:
            continue
        key = (use.term.index, _number(assessment, use))
        if use.term.type.is_money and key in read and isinstance(use.value, int):
            yield key


def _number(assessment: Assessment, use: FactUse) -> int:
    return assessment.world.paths[use.term.entity].index(use.path)


def _of_fact(graph: Graph, case: Case, fact: Key, asked: Key, strict: bool) -> Thresholds | None:
    along = Along(graph, case, fact, asked, strict)
    drawn = _around(along)
    if drawn is None or drawn.given is None:
        return None
    search = _Search(along, drawn, drawn.given)
    piece = drawn.piece(drawn.given.at)
    turns = any(one.at == drawn.given.at for one in drawn.breakpoints)
    return Thresholds(drawn, drawn.given, None if piece is None or turns else piece.rate, search.way(1), search.way(-1))


def _around(along: Along) -> Curve | None:
    """The curve over the range of the fact; begun nearer to the fact where there are too many turns before it."""
    low: Fraction | None = None
    while True:
        drawn = curve_along(along, low, samples=FEW, most=MOST_TURNS)
        if drawn.given is None or not drawn.low <= drawn.given.at <= drawn.high:
            return None
        here = drawn.given.at
        is_far = any(one.low < here <= one.high for one in drawn.sampled) and bool(drawn.pieces)
        if not is_far or here - drawn.low <= MOST_TURNS:
            return drawn
        low = here - (here - drawn.low) * Fraction(1, 8)


Test = Callable[[Value], bool]


@define(eq=False)
class _Search:
    """From the fact as it is, in one direction; places are integers over the scale of the fact."""

    along: Along
    curve: Curve
    given: Found

    def way(self, sign: int) -> Way:
        ahead = [one for one in self.curve.breakpoints if self._is_ahead(one, sign)]
        ahead = ahead if sign > 0 else ahead[::-1]
        return Way(
            first=self._first(sign, ahead),
            turn=self._turn(ahead[0], sign) if ahead else None,
            ends=self._comes_to_be(is_nothing, ahead, sign),
            refused=self._comes_to_be(is_refused, ahead, sign),
        )

    def _is_ahead(self, turn: Breakpoint, sign: int) -> bool:
        """Also where the fact lies on it, when the answer is another at once on that side."""
        if turn.at != self.given.at:
            return (turn.at - self.given.at) * sign > 0
        beyond = turn.after if sign > 0 else turn.before
        if beyond is None or beyond.low == beyond.high:
            return False
        there = beyond.at(turn.at)
        return there is None or (there != self.given.amount and abs(there - (self.given.amount or 0)) > beyond.doubt)

    def _threshold(self, place: int, sign: int, turn: Breakpoint | None) -> Threshold:
        return Threshold(self.along.found(place - sign), self.along.found(place), turn)

    def _edge(self, at: Fraction, sign: int) -> int:
        """The first value that a fact can have at a place or beyond it."""
        place = at * self.along.input.scale
        return place.__ceil__() if sign > 0 else place.__floor__()

    def _turn(self, turn: Breakpoint, sign: int) -> Threshold:
        place = self._edge(turn.at, sign)
        near = turn.before if sign > 0 else turn.after
        if turn.at == self.given.at:
            place += sign
        elif turn.is_jump and near is not None and near.holds(turn.at):
            place = self._edge(turn.at, -sign) + sign
        return self._threshold(place, sign, turn)

    def _comes_to_be(self, test: Test, ahead: Sequence[Breakpoint], sign: int) -> Threshold | None:
        """Where the answer passes a test that it does not pass now, or no longer passes it."""
        now = test(self.given.value)
        for turn in ahead:
            beyond = turn.after if sign > 0 else turn.before
            if beyond is not None and passes(beyond, test) != now:
                place = self._exactly(turn, sign, test, not now)
                return None if place is None else self._threshold(place, sign, turn)
        return None

    def _exactly(self, turn: Breakpoint, sign: int, test: Test, wanted: bool) -> int | None:
        """The value of the fact from which it is so: small roundings may put it a little aside of the breakpoint."""
        place = self._edge(turn.at, sign) + (sign if turn.at == self.given.at else 0)
        first, last = self._edge(self.curve.low, 1), self._edge(self.curve.high, -1)
        for _ in range(MOST_STEPS):
            if not first <= place <= last:
                return None
            if test(self.along.found(place).value) != wanted:
                place += sign
            elif test(self.along.found(place - sign).value) == wanted:
                place -= sign
            else:
                return place
        return None

    def _first(self, sign: int, ahead: Sequence[Breakpoint]) -> Threshold | None:
        """A step at a time from the fact; on a level piece, from where that ends."""
        piece = self.curve.piece(self.given.at)
        place = self._edge(self.given.at, sign)
        last = self._edge(self.curve.high if sign > 0 else self.curve.low, -sign)
        if piece is None:
            return None
        if not piece.rate and not piece.doubt and not any(one.at == self.given.at for one in self.curve.breakpoints):
            if not ahead:
                return None
            place = self._edge(ahead[0].at, sign) - sign
        for _ in range(MOST_STEPS):
            if place == last:
                return None
            place += sign
            found = self.along.found(place)
            if not is_same(found.value, self.given.value):
                return self._threshold(place, sign, next((one for one in ahead if self._edge(one.at, sign) == place), None))
        return None


def is_nothing(value: Value) -> bool:
    """£0, or no."""
    return value is False or (value.__class__ is int and value == 0)


def is_refused(value: Value) -> bool:
    return isinstance(value, Refusal)


def passes(piece: Piece, test: Test) -> bool:
    """Whether an answer passes a test all over a piece."""
    if piece.at_low is None:
        return test(piece.value)
    return test(0 if not piece.at_low else 1) if not piece.rate else test(1)
