"""The document that every format shows: results first, then the working in numbered steps, then facts and law."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from engine.assessment import Assessment, FactUse, Step
from engine.book.law import Citation
from engine.cases.schemes import SchemeAsked
from engine.graph import Graph, Term
from engine.values import Reason, day_words, refusal_of
from explain.authority import since
from explain.rows import Passed
from explain.schemes import headings, without_answers
from explain.steps import Told, shown, told
from explain.voices import once


@frozen(eq=False, repr=False)
class Use:
    """Something that a step used: its title and value, and the step or fact where it comes from."""

    title: str
    whose: str
    value: str
    step: int | None
    """None for a fact."""
    assumed: bool


@frozen(eq=False, repr=False)
class StepView:
    number: int
    kind: str
    name: str
    title: str
    whose: str
    value: str
    refused: bool
    words: str
    figures: tuple[str, ...]
    applied: str | None
    passed: tuple[Passed, ...]
    because: str | None
    policy: str | None
    uses: tuple[Use, ...]
    used_by: tuple[int, ...]
    citations: tuple[Citation, ...]
    since: str
    notes: tuple[str, ...]


@frozen(eq=False, repr=False)
class FactView:
    title: str
    whose: str
    value: str
    assumed: bool
    remarks: tuple[str, ...]
    """True from, reported on, source, standing, as far as they were given."""


@frozen(eq=False, repr=False)
class ReasonView:
    """Why an answer is refused: the reason, its place in the law, and the way from the answer down to it."""

    message: str
    citation: str | None
    way: tuple[str, ...]


@frozen(eq=False, repr=False)
class Result:
    title: str
    whose: str
    value: str
    refused: bool
    step: int | None
    words: str | None
    """The formula of its step; None for a fact."""
    figures: str | None
    """The same with figures put in; None where there are none (a refusal before any)."""
    applied: str | None
    """Why this case of its rule applied, where there were several."""
    because: str | None
    reasons: tuple[ReasonView, ...]
    scheme: str | None
    """The title of its scheme, where several schemes are answered for."""


@frozen(eq=False, repr=False)
class Note:
    """What a writer of the rules put on record of an instrument or a provision, and the steps that rest on it."""

    about: str
    text: str
    steps: tuple[int, ...]


@frozen(eq=False, repr=False)
class ReadingView:
    """Another meaning that the words of a rule bear, and whether it was taken."""

    name: str
    title: str
    rule: str
    step: int
    chosen: bool


@frozen(eq=False, repr=False)
class Document:
    title: str | None
    on: str
    known: str | None
    results: tuple[Result, ...]
    without: tuple[str, ...]
    """Schemes that are answered for, and pay nobody who is there."""
    steps: tuple[StepView, ...]
    given: tuple[FactView, ...]
    assumed: tuple[FactView, ...]
    missing: tuple[FactView, ...]
    """Not given, and an answer is refused for want of them."""
    not_needed: tuple[FactView, ...]
    """Not given, and every answer is decided without them."""
    unused: tuple[FactView, ...]
    notes: tuple[Note, ...]
    readings: tuple[ReadingView, ...]
    effect: str
    law: str


def document(assessment: Assessment, schemes: Sequence[SchemeAsked] = ()) -> Document:
    """An assessment as it is told; of several schemes each under its own heading."""
    titles = headings(assessment, schemes)
    numbers = {step.key: number for number, step in enumerate(assessment.steps, 1)}
    used_by: dict[int, list[int]] = {}
    for step in assessment.steps:
        for key in step.reads:
            if key in numbers:
                used_by.setdefault(numbers[key], []).append(numbers[step.key])
    facts = [_fact(assessment, use) for use in assessment.facts]
    values = {step.key: shown(step.value, step) for step in assessment.steps}
    refusals = [refusal for answer in assessment.answers if (refusal := refusal_of(answer.value)) is not None]
    wanting = {reason.term for refusal in refusals for reason in refusal.reasons}
    not_given = [(f, use) for f, use in zip(facts, assessment.facts, strict=True) if use.is_missing]
    return Document(
        title=assessment.case.title,
        on=day_words(assessment.case.on),
        known=day_words(assessment.case.known) if assessment.case.known else None,
        results=tuple(_result(assessment, answer, numbers, titles) for answer in assessment.answers),
        without=without_answers(assessment, schemes),
        steps=tuple(_step(assessment, step, numbers, used_by, values) for step in assessment.steps),
        given=tuple(f for f, use in zip(facts, assessment.facts, strict=True) if use.fact is not None or use.is_supposed),
        assumed=tuple(f for f, use in zip(facts, assessment.facts, strict=True) if use.is_assumed),
        missing=tuple(f for f, use in not_given if use.term.identity in wanting),
        not_needed=tuple(f for f, use in not_given if use.term.identity not in wanting),
        unused=tuple(_fact(assessment, use) for use in assessment.unused),
        notes=_notes(assessment, numbers),
        readings=_readings(assessment, numbers),
        effect=assessment.graph.effect,
        law=assessment.graph.law,
    )


def _result(
    assessment: Assessment, answer: Step | FactUse, numbers: dict[tuple[int, int], int], titles: dict[int, str]
) -> Result:
    scheme = titles.get(id(answer))
    refusal = refusal_of(answer.value)
    refused = refusal is not None
    value = shown(answer.value, answer) if isinstance(answer, Step) else _fact(assessment, answer).value
    reasons: tuple[ReasonView, ...] = ()
    if refusal is not None:
        reasons = tuple(reason_view(assessment, answer, reason) for reason in refusal.reasons)
    if not isinstance(answer, Step):
        whose = _whose(assessment, answer)
        return Result(answer.term.title, whose, value, refused, None, None, None, None, None, reasons, scheme)
    said = told(assessment, answer)
    figures = said.figures[0] if said.figures and not refused else None
    number = numbers[answer.key]
    words = sentence(said.words)
    applied = None if refused else said.applied
    because = None if refused else said.because
    return Result(
        answer.term.title, _whose(assessment, answer), value, refused, number, words, figures, applied, because, reasons, scheme
    )  # fmt: skip


def reason_view(assessment: Assessment, answer: Step | FactUse, reason: Reason) -> ReasonView:
    way = assessment.way_to(answer, reason) if isinstance(answer, Step) else ()
    named = tuple(_named(assessment, step) for step in way)
    return ReasonView(reason.message, reason.citation, named)


def _named(assessment: Assessment, step: Step | FactUse) -> str:
    whose = _whose(assessment, step)
    return f"{step.term.title} ({whose})" if whose else step.term.title


def _whose(assessment: Assessment, item: Step | FactUse) -> str:
    """Whose it is, as far up as it takes to tell namesakes apart; nothing for what is the same for everyone."""
    return assessment.world.names[item.path]


def _step(
    assessment: Assessment,
    step: Step,
    numbers: dict[tuple[int, int], int],
    used_by: dict[int, list[int]],
    values: dict[tuple[int, int], str],
) -> StepView:
    said = told(assessment, step)
    return StepView(
        number=numbers[step.key],
        kind=step.term.kind,
        name=step.term.name,
        title=step.term.title,
        whose=_whose(assessment, step),
        value=values[step.key],
        refused=refusal_of(step.value) is not None,
        words=sentence(said.words),
        figures=said.figures,
        applied=said.applied,
        passed=said.passed,
        because=said.because,
        policy=said.policy,
        uses=tuple([_use(assessment, key, numbers, values) for key in step.reads]),
        used_by=tuple(sorted(used_by.get(numbers[step.key], ()))),
        citations=cited(step, said),
        since=once(assessment.graph, _since, step.term),
        notes=noted(step),
    )


def cited(step: Step, said: Told) -> tuple[Citation, ...]:
    """A step's place in the law: the rule's own, then that of the case which applied."""
    own = step.term.authority.cites if step.term.authority else ()
    return tuple(dict.fromkeys((*own, *said.cites)))


def noted(step: Step) -> tuple[str, ...]:
    """What the writer of a provision put on record."""
    return getattr(step.term.in_force.provision.head, "notes", ()) if step.term.in_force else ()


def _notes(assessment: Assessment, numbers: dict[tuple[int, int], int]) -> tuple[Note, ...]:
    """Notes on the instruments and provisions that the answers rest on, each once, in the order of the steps."""
    law = assessment.graph.book.law
    by_title = {instrument.title: instrument for instrument in law.instruments.values()}
    found: dict[tuple[str, str], list[int]] = {}
    for step in assessment.steps:
        made_by = step.term.authority.made_by if step.term.authority else None
        instrument = by_title.get(made_by or "")
        head = step.term.in_force.provision.head if step.term.in_force else None
        said = [(instrument.title, note) for note in instrument.notes] if instrument else []
        said += [(step.term.title, note) for note in getattr(head, "notes", ())]
        for about_and_text in said:
            found.setdefault(about_and_text, []).append(numbers[step.key])
    return tuple(Note(about, text, tuple(steps)) for (about, text), steps in found.items())


def _readings(assessment: Assessment, numbers: dict[tuple[int, int], int]) -> tuple[ReadingView, ...]:
    """The readings of the rules that the answers rest on, each once, with the first step that it is about."""
    found: dict[tuple[str, str], ReadingView] = {}
    for step in assessment.steps:
        in_force = step.term.in_force
        for reading in getattr(in_force.text, "readings", ()) if in_force else ():
            view = ReadingView(reading.name, reading.title, step.term.title, numbers[step.key], reading is in_force.reading)  # type: ignore[union-attr]
            found.setdefault((step.term.name, reading.name), view)
    return tuple(found.values())


def sentence(words: str) -> str:
    """With a capital letter."""
    return words[:1].upper() + words[1:]


def _since(_: Graph, term: Term) -> str:
    return since(term.authority) if term.authority else "not in force"


def _use(
    assessment: Assessment, key: tuple[int, int], numbers: dict[tuple[int, int], int], values: dict[tuple[int, int], str]
) -> Use:
    found = assessment.at(key)
    if isinstance(found, Step):
        return Use(found.term.title, _whose(assessment, found), values[key], numbers[key], assumed=False)
    view = _fact(assessment, found)
    return Use(view.title, view.whose, view.value, None, view.assumed)


def _fact(assessment: Assessment, use: FactUse) -> FactView:
    value = use.exact.words() if use.exact else "not given"
    remarks = []
    if use.fact is not None:
        if use.fact.start:
            remarks.append(f"from {day_words(use.fact.start)}")
        if use.fact.end:
            remarks.append(f"until {day_words(use.fact.end)}")
        if use.fact.reported:
            remarks.append(f"reported {day_words(use.fact.reported)}")
        if use.fact.source:
            remarks.append(f"source: {use.fact.source}")
        if use.fact.standing:
            remarks.append(use.fact.standing)
    if use.is_supposed:
        remarks.append("supposed")
    if use.unused:
        remarks.append(use.unused)
    return FactView(use.term.title, _whose(assessment, use), value, use.is_assumed, tuple(remarks))
