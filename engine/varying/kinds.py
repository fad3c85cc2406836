"""What an award along one fact is told as: pieces, breakpoints, roundings set aside, samples; exact, in their own units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from engine.assessment import exact
from engine.cases.facts import Fact
from engine.graph import Graph, Term
from engine.nodes import Node
from engine.values import Exact, Refusal, Value


@frozen(eq=False, repr=False)
class Varied:
    """The fact that is varied."""

    term: Term
    number: int
    path: tuple[str, ...]
    given: Fact | None
    """None for one that the case does not give."""


@frozen(eq=False, repr=False)
class Found:
    """The answer where the fact is one value, by an assessment, with every rounding."""

    place: Exact
    """The fact."""
    value: Value
    term: Term
    """What is answered."""

    @property
    def exact(self) -> Exact | None:
        """The answer to be written; None for a refusal."""
        return exact(self.term, self.value)

    @property
    def refusal(self) -> Refusal | None:
        return self.value if isinstance(self.value, Refusal) else None

    @property
    def amount(self) -> Fraction | None:
        """The answer as a number; None where it is none."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            return None
        return Fraction(self.value, self.term.scale)

    @property
    def at(self) -> Fraction:
        """The fact as a number; of a day its number in the calendar."""
        if isinstance(self.place.value, date):
            return Fraction(self.place.value.toordinal())
        assert isinstance(self.place.value, int)
        return Fraction(self.place.value, self.place.scale)


@frozen(eq=False, repr=False)
class SetAside:
    """A rounding that the pieces leave out, and the most that it changes of the answer, wherever the fact is."""

    term: Term
    path: tuple[str, ...]
    node: Node
    most: Fraction


@frozen(eq=False, repr=False)
class Piece:
    """Values of the fact one after another on which the answer is one straight line, or one and the same."""

    low: Fraction
    high: Fraction
    holds_low: bool
    holds_high: bool
    """Whether the end itself belongs to it."""
    at_low: Fraction | None
    """The answer that it begins with, its small roundings set aside; None where it is no number."""
    rate: Fraction
    """What one more of the fact changes in the answer: £ for £, the marginal rate."""
    value: Value
    """What it is all over the piece, where it is no number: yes or no, a day, a choice, a refusal."""
    set_aside: tuple[SetAside, ...]
    """With the most that each changes here."""

    @property
    def doubt(self) -> Fraction:
        """How far the answer can be from the line by all roundings set aside together; 0 where it is exact."""
        return sum((one.most for one in self.set_aside), Fraction(0))

    def at(self, place: Fraction) -> Fraction | None:
        """The number at a place, its small roundings set aside."""
        return None if self.at_low is None else self.at_low + self.rate * (place - self.low)

    def holds(self, place: Fraction) -> bool:
        above = self.low < place or (self.holds_low and self.low == place)
        return above and (place < self.high or (self.holds_high and place == self.high))

    @property
    def refusal(self) -> Refusal | None:
        return self.value if isinstance(self.value, Refusal) else None


@frozen(eq=False, repr=False)
class Cause:
    """What in the rules makes a breakpoint: a part of a term's formula."""

    term: Term
    path: tuple[str, ...]
    node: Node | None
    """None where the range that the rule states is left; and where the fact is a day, when it is the rule as a whole."""


@frozen(eq=False, repr=False)
class Breakpoint:
    """Where the answer turns, jumps, begins or ends, what makes it so, and the answer around it."""

    at: Fraction
    """Exactly; between two values that a fact can have, it may lie."""
    causes: tuple[Cause, ...]
    before: Piece | None
    after: Piece | None
    """None where what lies there was only sampled."""
    found: tuple[Found, ...]
    """By assessment: the last value of the fact below, this one if a fact can have it, the first above."""

    @property
    def is_jump(self) -> bool:
        """Whether the answer is another at once, and not only at another rate."""
        if self.before is None or self.after is None:
            return False
        before, after = self.before.at(self.at), self.after.at(self.at)
        return before is None or before != after

    @property
    def sides(self) -> tuple[Found, Found]:
        """The two values of the fact next to one another between which the answer changes most."""
        return max(pairwise(self.found), key=_apart)


def _apart(pair: tuple[Found, Found]) -> tuple[bool, Fraction]:
    one, other = pair
    by = Fraction(0) if one.amount is None or other.amount is None else abs(one.amount - other.amount)
    return one.value != other.value, by


@frozen(eq=False, repr=False)
class Sampled:
    """A stretch on which the answer is no straight line that could be found: some values, each assessed."""

    low: Fraction
    high: Fraction
    why: str
    """What was not possible: `two amounts that both vary with it are multiplied`."""
    cause: Cause | None
    found: tuple[Found, ...]


@frozen(eq=False, repr=False)
class Curve:
    """An answer along one fact, from `low` to `high`: `pieces` in order, and between them what was only `sampled`.

    Of a day that is varied, places are the days' numbers in the calendar (`date.toordinal`); every day of it was assessed.
    """

    graph: Graph
    fact: Varied
    term: Term
    """What is answered."""
    path: tuple[str, ...]
    """Of whom."""
    low: Fraction
    high: Fraction
    pieces: tuple[Piece, ...]
    breakpoints: tuple[Breakpoint, ...]
    set_aside: tuple[SetAside, ...]
    sampled: tuple[Sampled, ...]
    ends: tuple[Found, Found]
    """At the lowest and the highest value of the fact."""
    given: Found | None
    """The answer with the fact as it is in the case; None where it is neither given nor assumed."""

    def piece(self, place: Fraction) -> Piece | None:
        """The piece that holds at a place; None where the answer was only sampled."""
        return next((piece for piece in self.pieces if piece.holds(place)), None)

    def found(self) -> Iterator[Found]:
        """Every assessment that was made, in the order of the fact, each place once."""
        every = [*self.ends, *(found for one in self.breakpoints for found in one.found)]
        every += [found for sampled in self.sampled for found in sampled.found]
        if self.given is not None and self.low <= self.given.at <= self.high:
            every.append(self.given)
        yield from {found.at: found for found in sorted(every, key=lambda found: found.at)}.values()
