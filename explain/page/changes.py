"""What would change an answer: of each amount by itself, what one pound more does, and where the answer turns, ends or begins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.values import Exact, Refusal
from engine.varying.kinds import Found
from engine.varying.thresholds import Threshold, Thresholds, Way, is_nothing, thresholds
from explain.curve import amount, answer_words, cause_words
from explain.numbers import StepKey


@frozen
class Place:
    """`At £617.12 a week, £372.12 more, it comes to nothing.`, and what in the rules makes it so; "" where that is plain."""

    words: str
    because: str

    def __str__(self) -> str:
        return f"{self.words} ({self.because})" if self.because else self.words


@frozen(eq=False, repr=False)
class Change:
    """Of one fact, or of several of which the same is to be said, what changing it by itself does."""

    title: str
    whose: tuple[str, ...]
    value: str
    given: bool
    """Whether the case gives it; otherwise it is assumed."""
    rate: str | None
    """`Each £1.00 more takes £0.775 off.`"""
    places: tuple[Place, ...]


@frozen(eq=False, repr=False)
class Changes:
    """Of one answer."""

    title: str
    whose: str
    changes: tuple[Change, ...]
    nothing: tuple[str, ...]
    """Amounts that change nothing of it, however large."""


def what_would_change(assessment: Assessment) -> tuple[Changes, ...]:
    """Of every answer in money; all places are confirmed by assessments. It takes about 10 ms a fact."""
    return tuple(
        _of_answer(assessment, key, answer)
        for key, answer in zip(assessment.asked, assessment.answers, strict=True)
        if isinstance(answer, Step) and answer.term.type.is_money and not isinstance(answer.value, Refusal)
    )


def _of_answer(assessment: Assessment, key: StepKey, answer: Step) -> Changes:
    found = thresholds(assessment, key)
    names = assessment.world.names
    told: dict[tuple[object, ...], list[str]] = {}
    for one in found:
        if one.is_any:
            fact = one.curve.fact
            said = _said(one)
            told.setdefault((fact.term.title, one.given.place.words(), fact.given is not None, *said), []).append(
                names[fact.path]
            )
    changes = [
        Change(str(title), tuple(filter(None, whose)), str(value), bool(given), rate, places)  # type: ignore[arg-type]
        for (title, value, given, rate, places), whose in told.items()
    ]
    still = [one.curve.fact.term.title for one in found if not one.is_any]
    in_order = sorted(changes, key=lambda change: not change.given)
    return Changes(answer.term.title, names[answer.path], tuple(in_order), tuple(dict.fromkeys(still)))


def _said(one: Thresholds) -> tuple[str | None, tuple[Place, ...]]:
    lines = [line for way, more in ((one.more, True), (one.less, False)) for line in _places(one, way, more)]
    return _rate(one), tuple(dict.fromkeys(lines))


def _rate(one: Thresholds) -> str | None:
    if not one.rate:
        return None
    each = amount(Fraction(1), one.curve.fact.term.type, per=False)
    size = amount(abs(one.rate), one.curve.term.type, per=False)
    return f"Each {each} more adds {size}." if one.rate > 0 else f"Each {each} more takes {size} off."


def _places(one: Thresholds, way: Way, more: bool) -> list[Place]:
    told: dict[Fraction, Place] = {}
    for threshold, what, because in _worth_telling(one, way):
        told.setdefault(threshold.found.at, Place(f"{_where(one.given, threshold.found, more)}{what}", because))
    return [told[at] for at in sorted(told, key=lambda at: abs(at - one.given.at))]


def _worth_telling(one: Thresholds, way: Way) -> Iterator[tuple[Threshold, str, str]]:
    """Never the next penny of a rate that is told already, and nothing of an answer that has come to nothing."""
    if way.refused is not None:
        yield way.refused, _refused(way.refused), ""
    if way.ends is not None:
        becomes = answer_words(way.ends.found)
        yield way.ends, f"it begins, with {becomes}." if one.begins else "it comes to nothing.", ""
    for place in (way.first, way.turn):
        told = place is None or place.breakpoint is None or isinstance(place.found.value, Refusal)
        if place is not None and not told and not (is_nothing(place.found.value) and way.ends is not None):
            yield place, *_turn(place)
    if way.first is not None and way.first.breakpoint is None and not one.rate and not isinstance(way.first.found.value, Refusal):
        yield way.first, f"it becomes {answer_words(way.first.found)}.", ""


def _refused(threshold: Threshold) -> str:
    refusal = threshold.found.refusal
    if refusal is None:
        return f"it can be given: {answer_words(threshold.found)}."
    return "it cannot be given: " + " ".join(reason.message for reason in refusal.reasons)


def _turn(threshold: Threshold) -> tuple[str, str]:
    turn = threshold.breakpoint
    assert turn is not None
    because = "; ".join(dict.fromkeys(map(cause_words, turn.causes)))
    if turn.is_jump:
        return f"it goes from {answer_words(threshold.before)} to {answer_words(threshold.found)}.", because
    return f"it is {answer_words(threshold.found)}, and from there on changes at another rate.", because


def _where(given: Found, found: Found, more: bool) -> str:
    """`At £617.12 a week, £372.12 more, `."""
    assert isinstance(given.place, Exact)
    gap = amount(abs(found.at - given.at), given.place.type, per=False)
    return f"At {found.place.words()}, {gap} {'more' if more else 'less'}, "
