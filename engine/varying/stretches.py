"""From stretch to stretch along a fact: what holds on each, what could not be decided, what is no straight line."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from engine.varying.along import Along, Stretch
from engine.varying.linear import NotLinear, Place, Unsure, Untold

MOST_STRETCHES = 1_000
"""Beyond so many the rest is sampled: a law that turns at each £1 of a range without end would be followed for ever."""

MOST_UNSURE = 500
"""Of values of the fact one by one, where small roundings decide; each is assessed."""

SAMPLES = 100


@frozen(eq=False, repr=False)
class Rough:
    """Where small roundings decide on which side of a turn the answer lies: from the first to the last place, both held."""

    start: Fraction
    end: Fraction
    place: Place
    turn: Fraction | None
    """Where it turns with the roundings set aside."""


@frozen(eq=False, repr=False)
class Gap:
    """What is only sampled, and why."""

    start: Fraction
    end: Fraction
    why: str
    place: Place | None


Item = Stretch | Rough | Gap


def stretches(along: Along, low: int, high: int, count: int = SAMPLES, most: int = MOST_STRETCHES) -> list[Item]:
    """All that lies between two values of the fact, one after another; integers over its scale."""
    refused = along.number()
    if refused is not None:
        return [Gap(Fraction(low), Fraction(high), refused.why, refused.place)]
    found: list[Item] = []
    start, end = Fraction(low), Fraction(high)
    samples = _places(low, high, count)
    while start < end:
        if len(found) >= most:
            turns = next((item.turns for item in reversed(found) if isinstance(item, Stretch)), ())
            why = f"the rules turn there more than {most:,} times"
            found.append(Gap(start, end, why, turns[0] if turns else None))
            break
        item = _next(along, start, end, samples)
        found.append(item)
        start = item.end
    return found


def _next(along: Along, start: Fraction, end: Fraction, samples: list[int]) -> Item:
    try:
        return along.right_of(start, end)
    except Unsure as unsure:
        leaves = end if unsure.end is None else min(unsure.end, end)
        if leaves - start <= MOST_UNSURE:
            return Rough(start, leaves, unsure.place, unsure.turn)
        why = "roundings to less than £1 decide there"
        return Gap(start, _resumes(along, start, end, samples), why, unsure.place)
    except NotLinear as bent:
        return Gap(start, _resumes(along, start, end, samples), bent.why, bent.place)


def _resumes(along: Along, start: Fraction, end: Fraction, samples: list[int]) -> Fraction:
    """The first of the places sampled from which there are straight lines again."""
    for sample in samples:
        if sample > start:
            try:
                along.right_of(Fraction(sample), end)
            except Untold:
                continue
            return Fraction(sample)
    return end


def _places(low: int, high: int, count: int) -> list[int]:
    count = min(count, high - low)
    return [low + (high - low) * number // count for number in range(count)] if count else []


def sampled_places(gap: Gap, count: int) -> list[int]:
    """Values of the fact, evenly over a stretch, its ends among them where a fact can have them."""
    first, last = gap.start.__ceil__(), gap.end.__floor__()
    return [*_places(first, last, count), last] if last >= first else []
