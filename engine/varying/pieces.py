"""Stretches made into the fewest pieces: what small roundings decide is assessed, ends find their side, equals are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import define, evolve, frozen

from engine.values import Value, whatever_day
from engine.varying.along import Along, Stretch
from engine.varying.linear import Place, Source, Untold, Varying
from engine.varying.stretches import Gap, Item, Rough


@frozen(eq=False)
class Form:
    """An answer as it varies with the fact: a line, or a value that is no number."""

    base: Fraction | None
    """Of a line, the number where the fact is zero."""
    slope: Fraction = Fraction(0)
    value: Value = 0
    off: Mapping[Source, Fraction] = {}
    """The most that each rounding set aside does."""

    def at(self, place: Fraction) -> Fraction | None:
        return None if self.base is None else self.base + self.slope * place

    def fits(self, place: Fraction, value: Value) -> bool:
        """Whether an assessment at a place is as this says."""
        here = self.at(place)
        if here is None or isinstance(value, bool) or not isinstance(value, int):
            return here is None and is_same(value, self.value)
        return abs(here - value) <= sum(self.off.values())

    def is_as(self, other: Form) -> bool:
        if self.base is None or other.base is None:
            return self.base is other.base and is_same(self.value, other.value)
        return self.base == other.base and self.slope == other.slope


def is_same(value: Value, other: Value) -> bool:
    """Whether two answers that are no numbers say the same; of refusals, for the same reasons."""
    return value.__class__ is other.__class__ and whatever_day(value) == whatever_day(other)


@define(eq=False)
class Part:
    """A piece in the making, over the integers of the fact."""

    low: Fraction
    high: Fraction
    holds_low: bool
    holds_high: bool
    form: Form
    turns: tuple[Place, ...]
    """What ends it."""


def parts_of(along: Along, items: Sequence[Item]) -> list[Part | Gap]:
    """Parts one after another, each end on its side, and what is sampled between them."""
    found = list(_expanded(along, items))
    return list(_joined(_sided(along, found)))


def form_of(value: Value, start: Fraction) -> Form:
    if isinstance(value, Varying):
        off: dict[Source, Fraction] = {}
        for source, share in value.off.items():
            own = evolve(source, chosen_by=None)
            off[own] = off.get(own, Fraction(0)) + abs(share) * source.most
        return Form(value.at - value.slope * start, value.slope, off=off)
    if isinstance(value, int) and not isinstance(value, bool):
        return Form(Fraction(value))
    return Form(None, value=value)


# ---- what small roundings decide ------------------------------------------------------------------------------------


def _expanded(along: Along, items: Sequence[Item]) -> Iterator[Part | Gap]:
    """Every stretch as a part; what is rough goes to the one before as far as that fits, then to the one after."""
    number = 0
    before: Part | None = None
    while number < len(items):
        item = items[number]
        number += 1
        if isinstance(item, Stretch):
            if before is not None:
                yield before
            before = Part(item.start, item.end, False, False, form_of(item.value, item.start), item.turns)
            continue
        if isinstance(item, Gap):
            if before is not None:
                yield before
                before = None
            yield item
            continue
        while number < len(items) and isinstance(following := items[number], Rough):
            item = Rough(item.start, following.end, item.place, item.turn)
            number += 1
        following_stretch = items[number] if number < len(items) else None
        after = None
        if isinstance(following_stretch, Stretch):
            number += 1
            stretch = following_stretch
            after = Part(stretch.start, stretch.end, False, False, form_of(stretch.value, stretch.start), stretch.turns)
        yield from _settled(along, item, before, after)
        before = after
    if before is not None:
        yield before


def _settled(along: Along, rough: Rough, before: Part | None, after: Part | None) -> Iterator[Part]:
    """The part before, made longer, and what lies between it and the one after, which is made to begin where it first holds."""
    places = [Fraction(place) for place in range(rough.start.__ceil__(), rough.end.__floor__() + 1)]
    values = [along.exact(place.numerator) for place in places]
    seen = list(zip(places, values, strict=True))
    first = next((n for n, one in enumerate(seen) if before is None or not before.form.fits(*one)), len(seen))
    last = next((n + 1 for n in reversed(range(len(seen))) if after is None or not after.form.fits(*seen[n])), 0)
    turn = seen[first][0] if first < len(seen) else rough.end
    if rough.turn is not None and before is not None and after is not None and rough.start <= rough.turn <= rough.end:
        below = sum(place < rough.turn for place in places)
        if last <= below <= first:  # nothing that is found speaks against the turn as the law has it
            turn = rough.turn
    last = max(first, last)
    if before is not None:
        before.high, before.holds_high, before.turns = turn, False, (rough.place,)
        yield before
    for number in range(first, last):
        place, value = seen[number]
        ends = seen[number + 1][0] if number + 1 < len(seen) else rough.end
        low = rough.start if before is None and number == 0 else place
        yield Part(low, ends, True, ends == place, form_of(value, place), (rough.place,))
    if after is not None:
        after.low = turn if last == first else seen[last][0] if last < len(seen) else rough.end
        if last == 0 and before is None:
            after.low = rough.start


# ---- on which side an end lies --------------------------------------------------------------------------------------


def _sided(along: Along, parts: Sequence[Part | Gap]) -> Iterator[Part | Gap]:
    """The same, with a part for each place that is as neither of those beside it."""
    first, last = parts[0], parts[-1]
    if isinstance(first, Part):
        yield from _at(along, first.low, None, first)
    for here, following in pairwise(parts):
        yield here
        if isinstance(here, Part) or isinstance(following, Part):
            before = here if isinstance(here, Part) else None
            after = following if isinstance(following, Part) else None
            yield from _at(along, following.low if isinstance(following, Part) else here.high, before, after)  # type: ignore[union-attr]
    yield last
    if isinstance(last, Part):
        yield from _at(along, last.high, last, None)


def _at(along: Along, place: Fraction, before: Part | None, after: Part | None) -> Iterator[Part]:
    """Gives a place to one of two parts; or gives a part of its own, where it is as neither."""
    if place.denominator == 1:
        value = along.exact(place.numerator)
    else:
        try:
            found = along.point(place)
        except Untold:
            value = None
        else:
            value = found.value
    beside = [part for part in (before, after) if part is not None]
    if value is None or isinstance(value, Varying):
        here = None if value is None else form_of(value, place)
        fitting = [part for part in beside if here is None or part.form.at(place) == here.at(place)]
    else:
        fitting = [part for part in beside if part.form.fits(place, value)]
        if isinstance(value, int):
            fitting.sort(key=lambda part: abs((part.form.at(place) or Fraction(0)) - value))
    if not fitting and place.denominator == 1 and value is not None:
        turns = before.turns if before is not None else ()
        yield Part(place, place, True, True, form_of(value, place), turns)
        for part in beside:
            if part is before:
                part.holds_high = False
            else:
                part.holds_low = False
        return
    chosen = fitting[0] if fitting else beside[-1]
    if before is not None:
        before.holds_high = chosen is before
    if after is not None:
        after.holds_low = chosen is after


# ---- what says the same ---------------------------------------------------------------------------------------------


def _joined(parts: Iterator[Part | Gap]) -> Iterator[Part | Gap]:
    before: Part | None = None
    for part in list(parts):
        if isinstance(part, Gap):
            if before is not None:
                yield before
            before = None
            yield part
        elif before is not None and before.high == part.low and before.form.is_as(part.form):
            off = dict(before.form.off)
            for source, most in part.form.off.items():
                off[source] = max(off.get(source, Fraction(0)), most)
            before.high, before.holds_high, before.turns = part.high, part.holds_high, part.turns
            before.form = evolve(before.form, off=off)
        else:
            if before is not None:
                yield before
            before = part
    if before is not None:
        yield before
