"""An award, or any term, as an exact function of one fact: `curve`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import define

from engine.cases.facts import Case
from engine.graph import Graph, Term
from engine.present import Key
from engine.values import Value
from engine.varying.along import Along
from engine.varying.days import MOST_DAYS, day_domain, day_parts
from engine.varying.kinds import Breakpoint, Cause, Curve, Found, Piece, Sampled, SetAside, Varied
from engine.varying.linear import Place, Source
from engine.varying.pieces import Form, Part, parts_of
from engine.varying.stretches import MOST_STRETCHES, SAMPLES, Gap, sampled_places, stretches


def curve(
    graph: Graph,
    case: Case,
    fact: Key,
    asked: Key,
    low: Fraction | None = None,
    high: Fraction | None = None,
    strict: bool = False,
    samples: int = SAMPLES,
    most: int = MOST_STRETCHES,
) -> Curve:
    """What a term is for every value of one fact from `low` to `high`, all else as the case has it.

    `fact` and `asked` are each a term's index and the number of whom it is of (`Step.key`, `FactUse.term.index`); the fact is an
    input that holds numbers or days. `low` and `high` are in the fact's own unit, £12.50 as Fraction("12.50"), a day by its
    number in the calendar, and are taken to the next values that a fact can have; without them they are those of its declared
    range (`domain`), of a day some years to either side. `strict` refuses assumed facts elsewhere; the fact itself counts as
    given. What is no straight line is assessed at so many `samples`, evenly over it; so is what lies beyond `most` turns.

    The graph must be free of errors, and the case bound to its vocabulary. Whatever is refused, below zero or out of a range is
    a piece with that refusal. Roundings to less than £1 are left out of the pieces and stand in `set_aside`; what `found` says
    at a place, of a breakpoint, a sample or an end, has them all.
    """
    return curve_along(Along(graph, case, fact, asked, strict), low, high, samples, most)


def curve_along(
    along: Along,
    low: Fraction | None = None,
    high: Fraction | None = None,
    samples: int = SAMPLES,
    most: int = MOST_STRETCHES,
) -> Curve:
    """The same of a case in which the fact is left open already."""
    scale = along.input.scale
    ends = day_domain(along.given, along.case.on) if along.input.type.is_date else domain(along.input, along.given)
    first = ends[0] if low is None else (low * scale).__ceil__()
    last = ends[1] if high is None else (high * scale).__floor__()
    is_day = along.input.type.is_date and last - first <= MOST_DAYS
    assert (along.input.type.is_number or is_day) and first < last, "a number or a day, from one value to a greater one"
    return _Making(along, first, last, samples, most).curve()


def domain(fact: Term, value: Value = 0) -> tuple[int, int]:
    """From where to where a fact can be, over its scale; what no range bounds, up to ten times what it is, at least 1,000."""
    here = value if isinstance(value, int) else 0
    low = min(0, here) if fact.declared_low is None else fact.declared_low
    high = max(here * 10, 1_000 * fact.scale) if fact.declared_high is None else fact.declared_high
    return low, max(high, low + 1)


@define(eq=False)
class _Making:
    """A curve in the making."""

    along: Along
    low: int
    high: int
    samples: int
    most: int

    def curve(self) -> Curve:
        along = self.along
        is_day = along.input.type.is_date
        given = along.given
        if isinstance(given, date):
            given = given.toordinal()
        parts: Sequence[Part | Gap]
        if is_day:
            parts = day_parts(along, self.low, self.high)
        else:
            parts = parts_of(along, stretches(along, self.low, self.high, self.samples, self.most))
        pieces = [self._piece(part) if isinstance(part, Part) else self._sampled(part) for part in parts]
        return Curve(
            graph=along.graph,
            fact=Varied(along.input, along.fact[1], along.path(along.fact), along.used),
            term=along.term,
            path=along.path(along.asked),
            low=self._of_fact(Fraction(self.low)),
            high=self._of_fact(Fraction(self.high)),
            pieces=tuple(piece for piece in pieces if isinstance(piece, Piece)),
            breakpoints=self._breakpoints(parts, pieces),
            set_aside=_greatest([piece for piece in pieces if isinstance(piece, Piece)]),
            sampled=tuple(piece for piece in pieces if isinstance(piece, Sampled)),
            ends=(self.along.found(self.low), self.along.found(self.high)),
            given=self.along.found(given) if isinstance(given, int) and (not is_day or self.low <= given <= self.high) else None,
        )

    def _of_fact(self, place: Fraction) -> Fraction:
        return place * Fraction(1, self.along.input.scale)

    def _piece(self, part: Part) -> Piece:
        form, per_fact, per_answer = part.form, self.along.input.scale, Fraction(1, self.along.term.scale)
        base = form.at(part.low)
        return Piece(
            low=self._of_fact(part.low),
            high=self._of_fact(part.high),
            holds_low=part.holds_low,
            holds_high=part.holds_high,
            at_low=None if base is None else base * per_answer,
            rate=form.slope * per_fact * per_answer,
            value=form.value,
            set_aside=self._set_aside(form, per_answer),
        )

    def _set_aside(self, form: Form, per_answer: Fraction) -> tuple[SetAside, ...]:
        by_node: dict[tuple[int, int, int], tuple[Source, Fraction]] = {}
        for source, most in form.off.items():
            key = (source.term, source.number, id(source.node))  # a rounding for each of several members is told as one
            before = by_node.get(key, (source, Fraction(0)))[1]
            by_node[key] = source, before + most
        graph = self.along.graph
        return tuple(
            SetAside(graph.terms[source.term], self.along.path((source.term, source.number)), source.node, most * per_answer)
            for source, most in by_node.values()
            if most
        )

    def _sampled(self, gap: Gap) -> Sampled:
        found = tuple(self.along.found(place) for place in sampled_places(gap, self.samples))
        cause = None if gap.place is None else self._cause(gap.place)
        return Sampled(self._of_fact(gap.start), self._of_fact(gap.end), gap.why, cause, found)

    def _cause(self, place: Place) -> Cause:
        return Cause(place.term, self.along.path((place.term.index, place.number)), place.node)

    def _breakpoints(self, parts: Sequence[Part | Gap], pieces: Sequence[Piece | Sampled]) -> tuple[Breakpoint, ...]:
        """Where one piece follows another; a piece that is one value by itself lies inside one breakpoint."""
        found = []
        number = 0
        while number + 1 < len(parts):
            here, part = pieces[number], parts[number]
            number += 1
            following = pieces[number]
            if _is_alone(following) and number + 1 < len(parts):
                number += 1
                following = pieces[number]
            at = following.low
            if _is_alone(here) and number > 1:
                continue
            turns = part.turns if isinstance(part, Part) else ()
            found.append(
                Breakpoint(
                    at,
                    tuple({(place.term.index, place.number, id(place.node)): self._cause(place) for place in turns}.values()),
                    here if isinstance(here, Piece) else None,
                    following if isinstance(following, Piece) else None,
                    self._around(at * self.along.input.scale),
                )
            )
        return tuple(found)

    def _around(self, place: Fraction) -> tuple[Found, ...]:
        """The values of the fact at a place and one step to either side, each assessed."""
        below, above = place.__ceil__() - 1, place.__floor__() + 1
        return tuple(self.along.found(near) for near in range(below, above + 1) if self.low <= near <= self.high)


def _is_alone(piece: Piece | Sampled) -> bool:
    return isinstance(piece, Piece) and piece.low == piece.high


def _greatest(pieces: Sequence[Piece]) -> tuple[SetAside, ...]:
    """Each rounding once, with the most that it changes anywhere."""
    found: dict[tuple[int, tuple[str, ...], int], SetAside] = {}
    for piece in pieces:
        for one in piece.set_aside:
            key = (one.term.index, one.path, id(one.node))
            if key not in found or found[key].most < one.most:
                found[key] = one
    return tuple(found[key] for key in sorted(found, key=lambda key: key[:2]))
