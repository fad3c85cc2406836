"""What would change an answer: of each amount by itself, what one pound more does, and where the answer turns, ends or begins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.types import Type
from engine.values import Exact, Refusal
from engine.varying.kinds import Found
from engine.varying.thresholds import Threshold, Thresholds, Way, is_nothing, thresholds
from explain.curves.curve import cause_words
from explain.phrases import sentence, spoken
from explain.telling.numbers import StepKey
from explain.telling.reasons import reasons_in


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
    teller = _Teller(assessment)
    found = [
        teller.of_answer(key, answer)
        for key, answer in zip(assessment.asked, assessment.answers, strict=True)
        if isinstance(answer, Step) and answer.term.type.is_money and not isinstance(answer.value, Refusal)
    ]
    return tuple(one for one in found if one.changes or one.nothing)


@frozen(eq=False, repr=False)
class _Teller:
    assessment: Assessment

    def of_answer(self, key: StepKey, answer: Step) -> Changes:
        found = thresholds(self.assessment, key)
        names = self.assessment.world.names
        told: dict[tuple[object, ...], list[str]] = {}
        for one in found:
            if one.is_any:
                fact = one.curve.fact
                said = self._said(one)
                given = self._place(one.given)
                told.setdefault((fact.term.title, given, fact.given is not None, *said), []).append(names[fact.path])
        changes = [
            Change(str(title), tuple(filter(None, whose)), str(value), bool(given), rate, places)  # type: ignore[arg-type]
            for (title, value, given, rate, places), whose in told.items()
        ]
        still = [one.curve.fact.term.title for one in found if not one.is_any]
        in_order = sorted(changes, key=lambda change: not change.given)
        return Changes(answer.term.title, names[answer.path], tuple(in_order), tuple(dict.fromkeys(still)))

    def _said(self, one: Thresholds) -> tuple[str | None, tuple[Place, ...]]:
        lines = [line for way, more in ((one.more, True), (one.less, False)) for line in self._places(one, way, more)]
        return self._rate(one), tuple(dict.fromkeys(lines))

    def _rate(self, one: Thresholds) -> str | None:
        if not one.rate:
            return None
        each = self._amount(Fraction(1), one.curve.fact.term.type)
        size = self._amount(abs(one.rate), one.curve.term.type)
        if one.rate > 0:
            return sentence("Each {each} more adds {size}.", each=each, size=size)
        return sentence("Each {each} more takes {size} off.", each=each, size=size)

    def _places(self, one: Thresholds, way: Way, more: bool) -> list[Place]:
        told: dict[Fraction, Place] = {}
        for threshold, what, because in self._worth_telling(one, way):
            told.setdefault(threshold.found.at, Place(self._where(one.given, threshold.found, more, what), because))
        return [told[at] for at in sorted(told, key=lambda at: abs(at - one.given.at))]

    def _worth_telling(self, one: Thresholds, way: Way) -> Iterator[tuple[Threshold, str, str]]:
        """Never the next penny of a rate that is told already, and nothing of an answer that has come to nothing."""
        if way.refused is not None:
            yield way.refused, self._refused(way.refused), ""
        if way.ends is not None:
            begins = sentence("it begins, with {value}.", value=self._answer(way.ends.found))
            yield way.ends, begins if one.begins else sentence("it comes to nothing."), ""
        for place in (way.first, way.turn):
            told = place is None or place.breakpoint is None or isinstance(place.found.value, Refusal)
            if place is not None and not told and not (is_nothing(place.found.value) and way.ends is not None):
                yield place, *self._turn(place)
        first = way.first
        if first is not None and first.breakpoint is None and not one.rate and not isinstance(first.found.value, Refusal):
            yield first, sentence("it becomes {value}.", value=self._answer(first.found)), ""

    def _refused(self, threshold: Threshold) -> str:
        refusal = threshold.found.refusal
        if refusal is None:
            return sentence("it can be given: {value}.", value=self._answer(threshold.found))
        return sentence("it cannot be given: {why}", why=self._why(refusal))

    def _turn(self, threshold: Threshold) -> tuple[str, str]:
        turn = threshold.breakpoint
        assert turn is not None
        because = "; ".join(dict.fromkeys([cause_words(self.assessment.graph, cause) for cause in turn.causes]))
        if threshold.limit is not None:
            limit, value = threshold.limit
            is_so = sentence("{limit} is {value}", limit=limit.title, value=value.words())
            because = sentence("{because}; {is_so}", because=because, is_so=is_so)
        found = self._answer(threshold.found)
        if turn.is_jump:
            before, place = self._answer(threshold.before), self._place(threshold.before)
            return sentence("it is {after}; at {place} it is still {before}.", place=place, before=before, after=found), because
        return sentence("it is {value}, and from there on changes at another rate.", value=found), because

    def _where(self, given: Found, found: Found, more: bool, what: str) -> str:
        """`At £617.12 a week, £372.12 more, it comes to nothing.`"""
        assert isinstance(given.place, Exact)
        at, gap = self._place(found), self._amount(abs(found.at - given.at), given.place.type)
        if more:
            return sentence("At {at}, {gap} more, {what}", at=at, gap=gap, what=what)
        return sentence("At {at}, {gap} less, {what}", at=at, gap=gap, what=what)

    def _amount(self, value: Fraction, type_: Type) -> str:
        """An exact amount without its time part."""
        return spoken().value(Exact(value.numerator, type_, value.denominator), per=False)

    def _place(self, found: Found) -> str:
        return spoken().value(found.place)

    def _answer(self, found: Found) -> str:
        if found.refusal:
            return sentence("refused: {why}", why=self._why(found.refusal))
        return spoken().value(found.exact) if found.exact else ""

    def _why(self, refusal: Refusal) -> str:
        return " ".join(reasons_in(spoken(), self.assessment, refusal.reasons))
