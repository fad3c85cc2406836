"""An award as its claimant is told it: how it adds up, what was not awarded and why, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import dumps

from attrs import asdict, evolve, frozen

from engine.assessment import Assessment, FactUse, Step
from engine.cases.schemes import SchemeAsked
from engine.values import Exact, refusal_of
from explain.drafts import with_drafts
from explain.letter.changes import ChangeTold, changes_of
from explain.letter.guesses import Guesses, guesses_of
from explain.letter.limits import limit_in
from explain.letter.names import Names, names_of
from explain.marks import plain
from explain.page.adding import Amount, Sum, sum_of
from explain.page.rights import ChallengeView, DutyView, challenges_of, duties_of
from explain.page.waterfall import made_up
from explain.schemes import headings, without_answers
from explain.telling.facts import FactView, fact_view, facts_of
from explain.telling.nothing import why_nothing
from explain.telling.reasons import reasons_in
from explain.telling.steps import because_in, shown, told
from explain.tongue import ENGLISH, Tongue, counted


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
class WayTold:
    """A way to challenge the decision, as far as the law was found."""

    title: str
    to: str | None
    by_when: str
    in_short: tuple[str, ...]
    """The same, a sentence a line."""
    giving: str | None
    law: tuple[str, ...]
    """The provisions that say so, each with its law."""


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
    guesses: Guesses
    changes: tuple[ChangeTold, ...]
    duties: tuple[DutyView, ...]
    challenges: tuple[WayTold, ...]
    reference: str
    """What finds the law and the rules again by which it was worked out."""
    notes: tuple[str, ...]
    """What is said of the translation, where it is one."""


def letter(
    assessment: Assessment, schemes: Sequence[SchemeAsked] = (), *, easy: bool = False, tongue: Tongue = ENGLISH
) -> Letter:
    """What the claimant is told of an assessment; of what would change it, what lies in the facts that were given."""
    titles = headings(assessment, schemes)
    facts, names = facts_of(assessment, tongue), names_of(assessment)
    case = assessment.case
    teller = _Teller(assessment, names, tongue)
    said = Letter(
        tongue=tongue,
        easy=easy,
        title=case.title,
        on=tongue.day(case.on),
        known=tongue.day(case.known) if case.known else None,
        drafts=with_drafts(assessment.graph.drafts, case.on, tongue=tongue),
        awards=tuple(teller.award(answer, titles.get(id(answer))) for answer in assessment.answers),
        without=without_answers(assessment, schemes, tongue),
        given=tuple(
            FactTold(tongue.title(view.title), names.of(use), _fact_value(tongue, use, view), ", ".join(view.remarks))
            for use, view in facts
            if use.fact is not None
        ),
        guesses=guesses_of(assessment, facts, names, tongue, easy),
        changes=changes_of(assessment, names, tongue, easy),
        duties=duties_of(assessment, tongue),
        challenges=tuple(_way(one, tongue) for one in challenges_of(assessment, tongue)),
        reference=assessment.graph.law.removeprefix("sha256:")[:12],
        notes=(),
    )
    return said if tongue.is_own else evolve(said, notes=tuple(_notes(tongue, said)))


def _way(one: ChallengeView, tongue: Tongue) -> WayTold:
    in_short: tuple[str, ...] = (one.limit,)
    by_when = one.limit
    if one.unknown is not None and one.follows:
        by_when = tongue.say("Do this as soon as you are told of that decision. We do not know by when: {why}.", why=one.unknown)
        in_short = (
            tongue.say("Do this as soon as you know that decision."),
            tongue.say("We do not know by when: {why}.", why=one.unknown),
        )
    elif one.unknown is not None:
        by_when = tongue.say("Do this at once. We do not know by when: {why}.", why=one.unknown)
        in_short = tongue.say("Do this at once."), tongue.say("We do not know by when: {why}.", why=one.unknown)
    return WayTold(one.title, one.to, by_when, in_short, one.giving, tuple(tongue.cited(str(cite)) for cite in one.cites))


def _notes(tongue: Tongue, said: Letter) -> Iterator[str]:
    """That it is a translation which awaits a reader, and how much of it nobody has translated."""
    yield tongue.say("Nobody whose language this is has checked this translation yet.")
    yield tongue.say("If anything in it is not clear, ask us for the letter in English.")
    text = dumps(asdict(said, filter=lambda field, _: field.name != "tongue"), ensure_ascii=False)
    left = sum(words in text for words in tongue.untranslated.found)
    if left:
        one, several = counted(
            "{number} text of the rules is not translated yet.", "{number} texts of the rules are not translated yet."
        )
        yield tongue.many(one, several, left)


def _fact_value(tongue: Tongue, use: FactUse, view: FactView) -> str:
    """Of facts of single days the values of all of them."""
    return view.value if use.exact is not None else tongue.say("not known")


@frozen(eq=False, repr=False)
class _Teller:
    assessment: Assessment
    names: Names
    tongue: Tongue

    def award(self, answer: Step | FactUse, scheme: str | None) -> AwardTold:
        refusal = refusal_of(answer.value)
        scheme = self.tongue.title(scheme or "") or None
        title, whose = self.tongue.title(answer.term.title), self.names.of(answer)
        if not isinstance(answer, Step):
            value = fact_view(self.assessment, answer, self.tongue).value
            return AwardTold(scheme, title, whose, value, refusal is not None, None, (), None, (), ())
        if refusal is not None:
            reasons = reasons_in(self.tongue, self.assessment, refusal.reasons)
            return AwardTold(scheme, title, whose, "", True, None, (), None, (), reasons)
        found = made_up(self.assessment, answer)
        value = self.tongue.value(answer.exact) if answer.exact is not None else self._members(answer)
        because = because_in(self.tongue, self.assessment, answer)
        if found is None:
            figures = told(self.assessment, answer).figures[:1] if self.tongue.is_own else ()
            return AwardTold(scheme, title, whose, value, False, because, (), plain("".join(figures)) or None, (), ())
        return AwardTold(scheme, title, whose, value, False, because, self._lines(found), None, self._nothing(found), ())

    def _members(self, answer: Step) -> str:
        return shown(answer.value, answer) if answer.value else self.tongue.say("nobody")

    def _nothing(self, found: Sum) -> tuple[NotAwarded, ...]:
        """What is £0: of several people together where it is so for the same reason."""
        told: dict[tuple[str, str], list[str]] = {}
        for amount in found.nothing:
            title, whose = self._named(amount)
            told.setdefault((title, self._why(amount)), []).append(whose)
        return tuple(NotAwarded(title, self.tongue.listed([*filter(None, whose)]), why) for (title, why), whose in told.items())

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
        return (*lines, Line(self.tongue.title(answer.term.title), self.names.of(answer), value, "comes to", None))

    def _line(self, found: Sum, amount: Amount, kind: str) -> Line:
        below: tuple[Line, ...] = ()
        if kind == "takes" and amount.step is not None:
            inner = sum_of(self.assessment, amount.step, 0)
            parts = (*inner.parts, *inner.limits) if inner is not None else ()
            if inner is not None and len(parts) > 1:
                below = tuple(self._line(inner, part, "adds" if part.value > 0 else "less") for part in parts)
        value = self.tongue.value(Exact(amount.value, found.of.term.type, amount.scale), per=False)
        return Line(*self._named(amount), value, kind, self._because(amount), below)

    def _named(self, amount: Amount) -> tuple[str, str]:
        limit = None if amount.limit is None else limit_in(self.tongue, self.assessment.graph, amount.limit)
        return limit or self.tongue.title(amount.title), self.names.named(amount.whose)

    def _because(self, amount: Amount) -> str | None:
        if amount.step is None:
            return None
        return because_in(self.tongue, self.assessment, amount.step)

    def _guessed(self, because: str, step: Step) -> str:
        """A sentence of the rules, and what it says of facts that nobody told."""
        read = [self.assessment.at(key) for key in step.reads]
        facts = [self._fact(use) for use in read if isinstance(use, FactUse) and use.is_assumed]
        if not facts:
            return because
        return self.tongue.say(
            "{because} We guessed this. {facts}.", because=because, facts=self.tongue.say("; ").join(dict.fromkeys(facts))
        )

    def _fact(self, use: FactUse) -> str:
        value = self.tongue.spoken(use.exact) if use.exact is not None else ""
        return self.tongue.title(use.term.title) + self.tongue.say(": ") + value

    def _why(self, amount: Amount) -> str:
        if amount.step is None:
            return ""
        because = because_in(self.tongue, self.assessment, amount.step)
        if because:
            return self._guessed(because, amount.step)
        if not self.tongue.is_own:
            return ""  # the working itself is told in English alone
        said = told(self.assessment, amount.step)
        return plain(why_nothing(self.assessment.graph, amount.step, said) or "")
