"""What would change the award, as its claimant is told: of each amount that was given, one pound more, and the nearest turns."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from attrs import frozen

from engine.assess import assess
from engine.assessment import Assessment, Step
from engine.present import Key
from engine.types import Type
from engine.values import Exact, Refusal
from engine.varying.along import Along
from engine.varying.kinds import Found
from engine.varying.thresholds import Threshold, Thresholds, Way, is_nothing, thresholds
from explain.letter.names import Names
from explain.telling.reasons import reasons_in
from explain.telling.steps import because_in, told
from explain.tongue import Tongue

PENCE = 100
"""In a pound."""


@frozen(eq=False, repr=False)
class ChangeTold:
    """What was told, and what would change of the award if it were another."""

    title: str
    whose: str
    value: str
    lines: tuple[str, ...]


def changes_of(assessment: Assessment, names: Names, tongue: Tongue, easy: bool) -> tuple[ChangeTold, ...]:
    """Of the first award in money, and of the amounts that the case gives; every place is confirmed by assessments."""
    for key, answer in zip(assessment.asked, assessment.answers, strict=True):
        if isinstance(answer, Step) and answer.term.type.is_money and not isinstance(answer.value, Refusal):
            return tuple(_Teller(assessment, names, tongue, easy, key).changes())
    return ()


@frozen(eq=False, repr=False)
class _Teller:
    assessment: Assessment
    names: Names
    tongue: Tongue
    easy: bool
    asked: Key

    def changes(self) -> Iterator[ChangeTold]:
        told: dict[tuple[object, ...], list[str]] = {}
        for one in thresholds(self.assessment, self.asked, is_given=True):
            if one.is_any or one.rate:
                fact = one.curve.fact
                said = (self.tongue.title(fact.term.title), self._place(one.given), tuple(self._lines(one)))
                told.setdefault(said, []).append(self.names.by_path[fact.path])
        for (title, value, lines), whose in told.items():
            yield ChangeTold(str(title), self.tongue.listed([*filter(None, whose)]), str(value), lines)  # type: ignore[arg-type]

    def _lines(self, one: Thresholds) -> Iterator[str]:
        if one.rate:
            yield self._rate(one, one.rate)
        for way, more in ((one.more, True), (one.less, False)):
            places: dict[Fraction, tuple[str, ...]] = {}
            for threshold, lines in self._worth_telling(one, way, more):
                places.setdefault(threshold.found.at, lines)
            for at in sorted(places, key=lambda at: abs(at - one.given.at)):
                yield from places[at]

    # ---- one pound more ---------------------------------------------------------------------------------------------

    def _rate(self, one: Thresholds, rate: Fraction) -> str:
        """Of so many pounds as change it by a penny or more: `For each £1 more, your award falls by about 78p.`"""
        say = self.tongue.say
        fact, answer = one.curve.fact.term.type, one.curve.term.type
        pounds = next((pounds for pounds in (1, 10, 100, 1_000) if abs(rate) * pounds * PENCE >= 1), 10_000)
        differ = _times(fact) != _times(answer)
        each, size = self.tongue.spoken(Exact(pounds, fact), differ), self._size(abs(rate) * pounds, answer, differ)
        if self.easy and rate > 0:
            return say("{each} more: you get {size} more.", each=each, size=size)
        if self.easy:
            return say("{each} more: you get {size} less.", each=each, size=size)
        if rate > 0:
            return say("For each {each} more, your award rises by {size}.", each=each, size=size)
        return say("For each {each} more, your award falls by {size}.", each=each, size=size)

    def _size(self, size: Fraction, type_: Type, per: bool) -> str:
        """`80p`, `about 78p (exactly £0.775)`."""
        pence = floor(size * PENCE + Fraction(1, 2))
        said = self.tongue.spoken(Exact(pence, type_, PENCE), per)
        if pence == size * PENCE:
            return said
        exactly = self.tongue.value(Exact(size.numerator, type_, size.denominator), per=False)
        if self.easy or exactly.endswith("…"):
            return self.tongue.say("about {size}", size=said)
        return self.tongue.say("about {size} (exactly {exactly})", size=said, exactly=exactly)

    # ---- where it turns ---------------------------------------------------------------------------------------------

    def _worth_telling(self, one: Thresholds, way: Way, more: bool) -> Iterator[tuple[Threshold, tuple[str, ...]]]:
        """Never the next penny of a rate that is told already, and nothing of an answer that has come to nothing."""
        if way.refused is not None:
            yield way.refused, (self._refused(one, way.refused, more),)
        if way.ends is not None:
            yield way.ends, (self._ends(one, way.ends, more),)
        for place in (way.first, way.turn):
            told = place is None or place.breakpoint is None or isinstance(place.found.value, Refusal)
            if place is not None and not told and not (is_nothing(place.found.value) and way.ends is not None):
                yield place, tuple(self._turn(one, place, more))
        first = way.first
        if first is not None and first.breakpoint is None and not one.rate and not isinstance(first.found.value, Refusal):
            yield first, (self._becomes(one, first, more),)

    def _refused(self, one: Thresholds, threshold: Threshold, more: bool) -> str:
        refusal = threshold.found.refusal
        if refusal is None:
            return self._becomes(one, threshold, more)
        if self.easy:
            return self.tongue.say("At {at} we cannot work it out.", at=self._place(threshold.found))
        why = " ".join(reasons_in(self.tongue, self.assessment, refusal.reasons))
        return self._where(one, threshold, more, self.tongue.say("it cannot be worked out: {why}", why=why))

    def _ends(self, one: Thresholds, threshold: Threshold, more: bool) -> str:
        if one.begins:
            return self._becomes(one, threshold, more)
        if self.easy:
            return self.tongue.say("At {at} you get nothing.", at=self._place(threshold.found))
        return self._where(one, threshold, more, self.tongue.say("your award comes to nothing."))

    def _becomes(self, one: Thresholds, threshold: Threshold, more: bool) -> str:
        value = self._answer(threshold.found)
        if self.easy:
            return self.tongue.say("At {at} you get {value}.", at=self._place(threshold.found), value=value)
        return self._where(one, threshold, more, self.tongue.say("your award becomes {value}.", value=value))

    def _turn(self, one: Thresholds, threshold: Threshold, more: bool) -> Iterator[str]:
        """Of a jump also what it is a penny before, and what in the rules makes it."""
        say, found = self.tongue.say, self._answer(threshold.found)
        assert threshold.breakpoint is not None
        if not threshold.breakpoint.is_jump:
            if not self.easy:
                what = say("your award is {value}, and from there on changes at another rate.", value=found)
                yield self._where(one, threshold, more, what)
            return
        place, before = self._place(threshold.before), self._answer(threshold.before)
        if self.easy:
            yield say("At {at} you still get {value}.", at=place, value=before)
        else:
            yield say("At {at} your award is still {value}.", at=place, value=before)
        yield self._becomes(one, threshold, more)
        yield say("Why: {why}", why=self._why(one, threshold))

    def _where(self, one: Thresholds, threshold: Threshold, more: bool, what: str) -> str:
        """`At £617.12 a week, £372.12 more, your award comes to nothing.`"""
        given = one.given.place
        gap = abs(threshold.found.at - one.given.at)
        at, by = self._place(threshold.found), self.tongue.value(Exact(gap.numerator, given.type, gap.denominator), per=False)
        if more:
            return self.tongue.say("At {at}, {gap} more, {what}", at=at, gap=by, what=what)
        return self.tongue.say("At {at}, {gap} less, {what}", at=at, gap=by, what=what)

    # ---- why it jumps -----------------------------------------------------------------------------------------------

    def _why(self, one: Thresholds, threshold: Threshold) -> str:
        """The first rule, in the order of the working, of which another case applies; else whatever turns there."""
        tongue = self.tongue
        before, after = (self._at(one, found) for found in (threshold.before, threshold.found))
        changed = [
            (step, was)
            for step in after.under([self.asked])
            if (was := before.by_key.get(step.key)) is not None and _is_altered(before, was, after, step)
        ]
        for step, _ in changed:
            because = because_in(tongue, after, step)
            if because is not None and told(before, before.by_key[step.key]).case is not told(after, step).case:
                return tongue.say("{title}. {because}", title=self._of(step), because=because)
        for step, was in changed:
            if step.exact is not None and was.exact is not None and step.value != was.value:
                return tongue.say("{title} is then: {value}.", title=self._of(step), value=tongue.value(step.exact))
        assert threshold.breakpoint is not None
        titles = dict.fromkeys(tongue.title(cause.term.title) for cause in threshold.breakpoint.causes)
        return tongue.say("{title}.", title=tongue.listed(tuple(titles)))

    def _at(self, one: Thresholds, found: Found) -> Assessment:
        """The whole working, were the fact this."""
        assessment, fact = self.assessment, one.curve.fact
        along = Along(assessment.graph, assessment.case, (fact.term.index, fact.number), self.asked, assessment.strict)
        case = along.with_fact(found.place.value)
        return assess(assessment.graph, case, [assessment.graph.terms[self.asked[0]]], assessment.strict)

    def _of(self, step: Step) -> str:
        title, whose = self.tongue.title(step.term.title), self.names.of(step)
        return self.tongue.say("{title} ({whose})", title=title, whose=whose) if whose and not self.easy else title

    def _place(self, found: Found) -> str:
        return self.tongue.value(found.place)

    def _answer(self, found: Found) -> str:
        return self.tongue.value(found.exact) if found.exact else self.tongue.say("not worked out yet")


def _times(type_: Type) -> set[tuple[str, int]]:
    """What an amount is for each of."""
    return {(symbol, power) for symbol, power in type_.unit if power < 0}


def _is_altered(before: Assessment, was: Step, after: Assessment, step: Step) -> bool:
    """Whether another case applies; or, of what has no cases, whether it is another answer than a number."""
    if told(before, was).case is not told(after, step).case:
        return True
    return not step.term.type.is_number and was.value != step.value
