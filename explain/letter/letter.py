"""An award as its claimant is told it: how it adds up, what was not awarded and why, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from engine.assessment import Assessment, FactUse, Step
from engine.cases.schemes import SchemeAsked
from engine.values import refusal_of
from explain.drafts import with_drafts
from explain.facts import alike, fact_view, facts_of, whose_of
from explain.marks import plain
from explain.nothing import why_nothing
from explain.other_days import reasons_together
from explain.page.adding import Amount, Sum, sum_of
from explain.page.changes import Change, Changes
from explain.page.rights import ChallengeView, DutyView, challenges_of, duties_of
from explain.page.waterfall import made_up
from explain.schemes import headings, without_answers
from explain.steps import shown, told
from explain.tongue import ENGLISH, Tongue


@frozen(eq=False, repr=False)
class Line:
    """An amount of the letter: what adds, what is taken off, or what that comes to."""

    title: str
    whose: str
    value: str
    kind: str
    """`adds`, `takes`, `limit` or `comes to`."""
    because: str | None
    """The sentence that stands beside the rule."""
    below: tuple[Line, ...] = ()
    """Of what is taken off: what it adds up from."""


@frozen(eq=False, repr=False)
class NotAwarded:
    """What was considered and is £0, and why."""

    title: str
    whose: str
    why: str


@frozen(eq=False, repr=False)
class AwardTold:
    """One award."""

    scheme: str | None
    title: str
    whose: str
    value: str
    refused: bool
    because: str | None
    lines: tuple[Line, ...]
    """How it adds up; none where it is no sum."""
    figures: str | None
    """Of what is no sum: the working in one line."""
    not_awarded: tuple[NotAwarded, ...]
    reasons: tuple[str, ...]
    """Of a refusal: why."""


@frozen(eq=False, repr=False)
class FactTold:
    title: str
    whose: str
    value: str
    known: str
    """How well it is known, and from where; "" where that was not said."""


@frozen(eq=False, repr=False)
class ChangeTold:
    """What was told, and what would change of the award if it were another."""

    title: str
    whose: str
    value: str
    lines: tuple[str, ...]


@frozen(eq=False, repr=False)
class Assumed:
    """What was taken for granted, with what it was taken to be."""

    value: str
    facts: tuple[str, ...]
    is_nothing: bool


@frozen(eq=False, repr=False)
class Letter:
    tongue: Tongue
    easy: bool
    """Whether it is the short one in easy words."""
    title: str | None
    on: str
    known: str | None
    drafts: tuple[str, ...]
    """That it is worked out with drafts, which are not law."""
    awards: tuple[AwardTold, ...]
    without: tuple[str, ...]
    given: tuple[FactTold, ...]
    assumed: tuple[Assumed, ...]
    changes: tuple[ChangeTold, ...]
    duties: tuple[DutyView, ...]
    challenges: tuple[ChallengeView, ...]
    reference: str
    """What finds the law and the rules again by which it was worked out."""


def letter(
    assessment: Assessment,
    schemes: Sequence[SchemeAsked] = (),
    changes: Sequence[Changes] = (),
    *,
    easy: bool = False,
    tongue: Tongue = ENGLISH,
) -> Letter:
    """What the claimant is told of an assessment; of what would change it, what lies in the facts that were given."""
    titles = headings(assessment, schemes)
    facts = facts_of(assessment)
    case = assessment.case
    return Letter(
        tongue=tongue,
        easy=easy,
        title=case.title,
        on=tongue.day(case.on),
        known=tongue.day(case.known) if case.known else None,
        drafts=with_drafts(assessment.graph.drafts, case.on, tongue=tongue),
        awards=tuple(_Teller(assessment, tongue).award(answer, titles.get(id(answer))) for answer in assessment.answers),
        without=without_answers(assessment, schemes),
        given=tuple(
            FactTold(tongue.title(view.title), view.whose, _fact_value(tongue, use), ", ".join(view.remarks))
            for use, view in facts
            if use.fact is not None
        ),
        assumed=_assumed(assessment, tongue),
        changes=tuple(
            ChangeTold(tongue.title(change.title), ", ".join(change.whose), change.value, _lines_of(change))
            for one in changes[:1]
            for change in one.changes
            if change.given
        ),
        duties=duties_of(assessment, tongue),
        challenges=challenges_of(assessment, tongue),
        reference=assessment.graph.law.removeprefix("sha256:")[:12],
    )


def _lines_of(change: Change) -> tuple[str, ...]:
    return (*([change.rate] if change.rate else ()), *(place.words for place in change.places))


def _fact_value(tongue: Tongue, use: FactUse) -> str:
    return tongue.value(use.exact) if use.exact is not None else tongue.say("not known")


def _assumed(assessment: Assessment, tongue: Tongue) -> tuple[Assumed, ...]:
    """By what they are taken to be, each fact once whoever's it is."""
    found = [(use, view) for use, view in facts_of(assessment) if use.is_assumed]
    nothing = {view.value for use, view in found if use.value == 0}
    by_value: dict[str, dict[str, None]] = {}
    for _, view in found:
        by_value.setdefault(view.value, {})[tongue.title(view.title)] = None
    return tuple(Assumed(group.value, tuple(by_value[group.value]), group.value in nothing) for group in alike(found))


@frozen(eq=False, repr=False)
class _Teller:
    assessment: Assessment
    tongue: Tongue

    def award(self, answer: Step | FactUse, scheme: str | None) -> AwardTold:
        refusal = refusal_of(answer.value)
        title, whose = self.tongue.title(answer.term.title), whose_of(self.assessment, answer)
        if not isinstance(answer, Step):
            value = fact_view(self.assessment, answer).value
            return AwardTold(scheme, title, whose, value, refusal is not None, None, (), None, (), ())
        if refusal is not None:
            reasons = tuple(message for _, message in reasons_together(refusal.reasons))
            return AwardTold(scheme, title, whose, "", True, None, (), None, (), reasons)
        said = told(self.assessment, answer)
        found = made_up(self.assessment, answer)
        value = self.tongue.value(answer.exact) if answer.exact is not None else shown(answer.value, answer)
        because = self.tongue.title(said.because or "") or None
        if found is None:
            figures = plain(said.figures[0]) if said.figures else None
            return AwardTold(scheme, title, whose, value, False, because, (), figures, (), ())
        return AwardTold(scheme, title, whose, value, False, because, self._lines(found), None, self._nothing(found), ())

    def _nothing(self, found: Sum) -> tuple[NotAwarded, ...]:
        """What is £0: of several people together where it is so for the same reason."""
        told: dict[tuple[str, str], list[str]] = {}
        for amount in found.nothing:
            title, whose = self._named(amount)
            told.setdefault((title, self._why(amount)), []).append(whose)
        return tuple(NotAwarded(title, ", ".join(filter(None, whose)), why) for (title, why), whose in told.items())

    def _lines(self, found: Sum) -> tuple[Line, ...]:
        takes = [part for part in found.parts if part.value < 0]
        lines = [self._line(found, part, "adds") for part in found.parts if part.value > 0]
        if found.total is not None and takes:
            lines.append(self._line(found, found.total, "comes to"))
        lines += [self._line(found, part, "takes") for part in takes]
        lines += [self._line(found, limit, "limit") for limit in found.limits]
        answer = found.of
        assert answer.exact is not None
        value = self.tongue.value(answer.exact, per=False)
        return (*lines, Line(self.tongue.title(answer.term.title), whose_of(self.assessment, answer), value, "comes to", None))

    def _line(self, found: Sum, amount: Amount, kind: str) -> Line:
        below: tuple[Line, ...] = ()
        if kind == "takes" and amount.step is not None:
            inner = sum_of(self.assessment, amount.step, 0)
            parts = (*inner.parts, *inner.limits) if inner is not None else ()
            if inner is not None and len(parts) > 1:
                below = tuple(self._line(inner, part, "adds" if part.value > 0 else "less") for part in parts)
        return Line(*self._named(amount), found.written(amount), kind, self._because(amount), below)

    def _named(self, amount: Amount) -> tuple[str, str]:
        return self.tongue.title(amount.title), amount.whose

    def _because(self, amount: Amount) -> str | None:
        if amount.step is None:
            return None
        return self.tongue.title(told(self.assessment, amount.step).because or "") or None

    def _why(self, amount: Amount) -> str:
        if amount.step is None:
            return ""
        said = told(self.assessment, amount.step)
        because = self.tongue.title(said.because or "")
        return because or plain(why_nothing(self.assessment.graph, amount.step, said) or "")
