"""The document that every format shows: results first, then the working in numbered steps, then facts and law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import evolve, frozen

from engine.assessment import Assessment, FactUse, OtherDays, Step
from engine.cases.schemes import SchemeAsked
from engine.graph import Graph, Term
from engine.values import Reason, refusal_of
from explain import phrases
from explain.drafts import with_drafts
from explain.listing import readings_taken
from explain.page.changes import Changes
from explain.page.gaps import gaps
from explain.page.nesting import chapters
from explain.page.otherwise import Otherwise
from explain.page.relying import relied_on
from explain.page.rights import challenges_of, duties_of
from explain.page.waterfall import waterfall
from explain.phrases import day_words
from explain.schemes import headings, without_answers
from explain.telling.authority import since
from explain.telling.facts import alike, day_by_day, fact_view, facts_of, whose_of
from explain.telling.notes import OnRecord, on_record
from explain.telling.nothing import came_to_nothing, granted, plain_reason, why_nothing
from explain.telling.numbers import Numbers
from explain.telling.other_days import days_words, reasons_together
from explain.telling.steps import shown, told
from explain.telling.voices import once
from explain.views import DaysView, Document, NothingView, Reader, ReasonView, Result, StepView, Use, taken_for_granted


def document(
    assessment: Assessment,
    schemes: Sequence[SchemeAsked] = (),
    reader: Reader = "officer",
    changes: Sequence[Changes] = (),
    otherwise: Otherwise | None = None,
) -> Document:
    """An assessment as it is told; of several schemes each under its own heading.

    `changes` is what would change its answers (`explain.page.changes`), `otherwise` what they would be under other readings and
    were what is assumed otherwise (`explain.page.otherwise`): both take assessments of their own.

    What came to nothing is told to an officer in short below the rest, to an auditor in its place. The numbers are the same.
    """
    titles = headings(assessment, schemes)
    numbers = Numbers(assessment)
    facts = facts_of(assessment)
    refusals = [refusal for answer in assessment.answers if (refusal := refusal_of(answer.value)) is not None]
    nothing = frozenset[int]() if reader == "auditor" else came_to_nothing(numbers)
    record = on_record(assessment, numbers, otherwise.readings if otherwise else {})
    teller = _Teller(assessment, numbers, record)
    steps = teller.steps(assessment, nothing)
    other_days = [(days_words(run.first, run.last), teller.steps(run.assessment, nothing)) for run in assessment.other_days]
    came_to = teller.nothing(nothing)
    every_step = [*steps, *[step for _, each in other_days for step in each], *[step for one in came_to for step in one.steps]]
    relied = relied_on(sorted(every_step, key=lambda step: step.number))
    tried = (otherwise.carrying if otherwise else None) or ()
    carrying = {(one.title, whose) for one in tried for whose in one.whose}
    wanting = {reason.term for refusal in refusals for reason in refusal.reasons}
    return Document(
        title=assessment.case.title,
        on=day_words(assessment.case.on),
        known=day_words(assessment.case.known) if assessment.case.known else None,
        taken=readings_taken(assessment),
        drafts=with_drafts(assessment.graph.drafts, assessment.case.on),
        results=tuple(_result(assessment, answer, numbers, titles) for answer in assessment.answers),
        without=without_answers(assessment, schemes),
        made_up=tuple(
            drawn
            for answer in assessment.answers
            if isinstance(answer, Step) and (drawn := waterfall(assessment, answer, numbers)) is not None
        ),
        steps=steps,
        chapters=chapters(steps, [numbers.of(day, answer.key) for day, answer in numbers.answers]),
        other_days=tuple(DaysView(days, each) for days, each in other_days if each),
        nothing=came_to,
        reader=reader,
        given=tuple(view for use, view in facts if use.fact is not None or use.is_supposed),
        assumed=tuple(view for use, view in facts if use.is_assumed),
        assumed_alike=alike((use, view) for use, view in facts if use.is_assumed and (view.title, view.whose) not in carrying),
        missing=tuple(view for use, view in facts if use.is_missing and use.term.identity in wanting),
        not_needed=tuple(view for use, view in facts if use.is_missing and use.term.identity not in wanting),
        unused=tuple(view for _, view in day_by_day([(use, fact_view(assessment, use)) for use in assessment.unused])),
        notes=record.notes,
        readings=record.readings,
        otherwise=otherwise,
        relied=relied,
        gaps=gaps(assessment, numbers, [instrument.title for instrument in relied]),
        changes=tuple(changes),
        challenges=challenges_of(assessment),
        duties=duties_of(assessment),
        effect=assessment.graph.effect,
        law=assessment.graph.law,
    )


@frozen(eq=False, repr=False)
class _Teller:
    """The steps of one document, with what is on record of each."""

    whole: Assessment
    numbers: Numbers
    record: OnRecord

    def steps(self, day: Assessment, nothing: frozenset[int]) -> tuple[StepView, ...]:
        """The steps of a day that are told in full."""
        return tuple(self.step(day, step) for step in day.steps if self.numbers.of(day, step.key) not in nothing)

    def nothing(self, nothing: frozenset[int]) -> tuple[NothingView, ...]:
        """What came to nothing, of people alike together."""
        days = {id(run.assessment): days_words(run.first, run.last) for run in self.whole.other_days}
        found: dict[tuple[str | None, ...], list[StepView]] = {}
        amounts: dict[str, bool] = {}
        for day, step in self.numbers.steps:
            if self.numbers.of(day, step.key) in nothing:
                view, said = self.step(day, step), told(day, step)
                reason = plain_reason(day, step, said)
                why = None if reason else why_nothing(day.graph, step, said)
                amounts[view.name] = step.term.type.kind == "amount"
                found.setdefault((view.name, view.value, days.get(id(day)), why, reason), []).append(view)
        return tuple(
            NothingView(
                numbers=tuple(step.number for step in steps),
                title=steps[0].title,
                whose=", ".join([step.whose for step in steps if step.whose]),
                value=steps[0].value,
                days=of_days,
                why=why,
                reason=reason,
                uses=tuple(sorted({use.step for step in steps for use in step.uses if use.step is not None})),
                steps=tuple(steps),
                is_amount=amounts[steps[0].name],
            )
            for (_, _, of_days, why, reason), steps in found.items()
        )

    def step(self, day: Assessment, step: Step) -> StepView:
        said, number = told(day, step), self.numbers.of(day, step.key)
        uses = [_use(day, key, self.numbers) for key in step.reads]
        uses += _uses_of_other_days([(run, _use(run.assessment, key, self.numbers)) for run, key in self.numbers.looked_at(step)])
        return StepView(
            number=number,
            kind=step.term.kind,
            name=day.graph.called(step.term),
            part=said.part,
            title=step.term.title,
            whose=whose_of(day, step),
            value=shown(step.value, step),
            refused=refusal_of(step.value) is not None,
            words=sentence(said.case.words),
            figures=said.figures,
            applied=said.applied,
            passed=said.passed,
            because=said.because,
            policy=said.case.policy,
            uses=tuple(uses),
            used_by=tuple(sorted(self.numbers.used_by.get(number, ()))),
            citations=said.case.cites,
            since=once(day.graph, _since, step.term),
            notes=self.record.at.get(number, ()),
            maker_notes=self.record.of_maker.get(number, ()),
            readings=tuple(reading for reading in self.record.read.get(number, ()) if not reading.chosen),
        )


def _result(assessment: Assessment, answer: Step | FactUse, numbers: Numbers, titles: dict[int, str]) -> Result:
    scheme = titles.get(id(answer))
    refusal = refusal_of(answer.value)
    refused = refusal is not None
    value = shown(answer.value, answer) if isinstance(answer, Step) else fact_view(assessment, answer).value
    reasons: tuple[ReasonView, ...] = ()
    if refusal is not None:
        reasons = tuple(reason_view(assessment, answer, *said) for said in reasons_together(refusal.reasons))
    if not isinstance(answer, Step):
        whose = whose_of(assessment, answer)
        return Result(answer.term.title, whose, value, refused, None, None, None, None, None, reasons, scheme, ())
    said = told(assessment, answer)
    figures = said.figures[0] if said.figures and not refused else None
    number = numbers.of(assessment, answer.key)
    words = sentence(said.case.words)
    applied = None if refused else said.applied
    because = None if refused else said.because
    granted = taken_for_granted([_use(assessment, key, numbers) for key in answer.reads]) if because else ()
    whose = whose_of(assessment, answer)
    return Result(answer.term.title, whose, value, refused, number, words, figures, applied, because, reasons, scheme, granted)


def reason_view(assessment: Assessment, answer: Step | FactUse, reason: Reason, message: str) -> ReasonView:
    way = assessment.way_to(answer, reason) if isinstance(answer, Step) else ()
    named = tuple(_named(assessment, step) for step in way)
    return ReasonView(message, reason.citation, named)


def _named(assessment: Assessment, step: Step | FactUse) -> str:
    whose = whose_of(assessment, step)
    return f"{step.term.title} ({whose})" if whose else step.term.title


def _uses_of_other_days(uses: Sequence[tuple[OtherDays, Use]]) -> list[Use]:
    """Each with its days; a fact that is another on each of several days is told once, with all its values."""
    found: list[Use] = []
    before: tuple[date, date, Use] | None = None
    for run, use in uses:
        values = ", ".join([use.value] * ((run.last - run.first).days + 1))
        if before and _continues(before[2], use) and before[1] + timedelta(days=1) == run.first:
            before = before[0], run.last, evolve(use, value=f"{before[2].value}, {values}")
            found[-1] = evolve(before[2], days=days_words(before[0], run.last))
        else:
            before = run.first, run.last, evolve(use, value=values)
            found.append(evolve(use, days=days_words(run.first, run.last)))
    return found


def _continues(before: Use, use: Use) -> bool:
    one, other = ((item.title, item.whose, item.step, item.assumed) for item in (before, use))
    return use.step is None and one == other


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _since(_: Graph, term: Term) -> str:
    return since(term.authority) if term.authority else phrases.sentence("not in force")


def _use(assessment: Assessment, key: tuple[int, int], numbers: Numbers) -> Use:
    found = assessment.at(key)
    if isinstance(found, Step):
        number = numbers.of(assessment, key)
        return Use(found.term.title, whose_of(assessment, found), shown(found.value, found), number, assumed=False)
    view = fact_view(assessment, found)
    given = found.fact.standing if found.fact is not None else None
    standing = phrases.sentence(phrases.STANDINGS[given]) if given else None
    return Use(view.title, view.whose, view.value, None, view.assumed, standing=standing, granted=granted(found))
