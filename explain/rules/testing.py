"""Tests in words: which examples hold, which step departed and how; what no example exercises; what could be added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from engine.assessment import Assessment, FactUse, Step
from engine.exact import decimal_text
from engine.testing.coverage import KINDS, Coverage, Tally
from engine.testing.examples import Outcome, Worked
from engine.testing.parts import Part
from engine.testing.suggest import Suggestion
from engine.values import Exact
from explain.marks import plain
from explain.phrases import UNWRITTEN, numbered, paired, sentence, worded
from explain.telling.steps import shown, told
from grammar.source import Span


def place(span: Span) -> str:
    return f"{span.source.path}:{span.line}"


# ---- examples -------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Departure:
    """One expectation that does not hold, in words."""

    title: str
    whose: str
    expected: str
    found: str
    difference: str | None
    """`£0.10 a week more than expected`."""
    reasons: tuple[str, ...]
    """Why it is refused, where it is."""

    @property
    def line(self) -> str:
        of = f"{self.title} ({self.whose})" if self.whose else self.title
        found = f"{self.found} ({'; '.join(self.reasons)})" if self.reasons else self.found
        text = sentence("{term}: expected {expected}, found {found}", term=of, expected=self.expected, found=found)
        return f"{text}: {self.difference}" if self.difference else text


@frozen(eq=False, repr=False)
class StepShown:
    """The step that departed: where its rule stands, its words, its working, and what it used."""

    place: str
    lines: tuple[str, ...]
    uses: tuple[str, ...]


def departure(outcome: Outcome) -> Departure:
    expected = outcome.expected.words() if outcome.expected else sentence(UNWRITTEN["not encoded"])
    found = outcome.found
    if found is None:
        given = sentence("nothing, since `{whose}` is not there on the day", whose=outcome.whose or "")
    elif isinstance(found, Step):
        given = shown(found.value, found)
    else:
        given = found.exact.words() if found.exact else sentence("not given")
    reasons = tuple(reason.message for reason in outcome.refusal.reasons) if outcome.refusal else ()
    return Departure(outcome.term.title, outcome.whose or "", expected, given, _difference(outcome.difference), reasons)


def _difference(difference: Exact | None) -> str | None:
    if difference is None:
        return None
    assert isinstance(difference.value, int)
    more = difference.value > 0
    size = evolve(difference, value=abs(difference.value)).words()
    if difference.type.unit == (("day", 1),):
        return sentence(worded("{days} later than expected") if more else worded("{days} earlier than expected"), days=size)
    return sentence(worded("{amount} more than expected") if more else worded("{amount} less than expected"), amount=size)


def step_shown(worked: Worked, outcome: Outcome) -> StepShown:
    """How the value that departed came about."""
    found, assessment = outcome.found, worked.assessment
    if not isinstance(found, Step) or assessment is None:
        return StepShown(place(outcome.term.span), (), ())
    said = told(assessment, found)
    lines = [said.case.words, *map(plain, said.figures)]
    lines += [said.case.policy] if said.case.policy else []
    lines += [plain(said.applied)] if said.applied else []
    because = worded("{case}, because {why}")
    lines += [sentence(because, case=passed.said, why=plain(passed.why)) for passed in said.passed]
    stated = {other.found.key for other in worked.outcomes if isinstance(other.found, Step) and other.holds}
    return StepShown(place(outcome.term.span), tuple(lines), tuple(_use(assessment, key, key in stated) for key in found.reads))


def _use(assessment: Assessment, key: tuple[int, int], as_expected: bool) -> str:
    found = assessment.at(key)
    of = f" ({found.path[-1]})" if found.path else ""
    if isinstance(found, FactUse):
        value = found.exact.words() if found.exact else sentence("not given")
        origin = worded("supposed") if found.is_supposed else worded("assumed") if found.is_assumed else worded("fact")
        return f"{found.term.title}{of}: {value} [{sentence(origin)}]"
    state = sentence(worded("as expected") if as_expected else worded("not stated"))
    return f"{found.term.title}{of}: {shown(found.value, found)} [{state}]"


def report(examples: Sequence[Worked]) -> str:
    """A line for each example; below one that fails, the first step that departed; and how many there are."""
    lines: list[str] = []
    for worked in examples:
        state = sentence(worded("pass") if worked.holds else worded("FAIL"))
        lines.append(f"{state}  {place(worked.example.span)}  {worked.example.title}")
        if not worked.holds:
            lines += [f"      {line}" for line in _why(worked)]
    return "\n".join([*lines, summary(examples)]) + "\n"


def _why(worked: Worked) -> list[str]:
    if worked.assessment is None:
        if not worked.problems:
            return [sentence("Not worked out: the rules have problems on its day.")]
        fix = worded("Fix: {fix}")
        return [line for problem in worked.problems for line in (problem.message, "  " + sentence(fix, fix=problem.fix or ""))]
    first, *others = worked.departures
    step = step_shown(worked, first)
    lines = [departure(first).line, "  " + sentence("`{name}` at {place}", name=first.term.name, place=step.place)]
    lines += [f"    {line}" for line in step.lines]
    lines += ["    " + sentence("uses {values}", values="; ".join(step.uses))] if step.uses else []
    resting = [other for other in others if worked.rests_on(other, first)]
    apart = [other for other in others if other not in resting]
    headings = worded("Rests on it, and departs too:"), worded("Departs too, and does not rest on it:")
    for heading, outcomes in zip(headings, (resting, apart), strict=True):
        if outcomes:
            lines += [sentence(heading), *(f"  {departure(other).line}" for other in outcomes)]
    return lines


def summary(examples: Sequence[Worked]) -> str:
    if not examples:
        return sentence("There are no examples.")
    held = sum(worked.holds for worked in examples)
    failed = len(examples) - held
    states = numbered("{number} passes", "{number} pass", held)
    states += ", " + numbered("{number} fails", "{number} fail", failed) if failed else ""
    return numbered("{number} example: {states}.", "{number} examples: {states}.", len(examples), states=states)


# ---- coverage -------------------------------------------------------------------------------------------------------


def percent(tally: Tally) -> str:
    """To one decimal, rounded down: 100.0% is all of them."""
    return "–" if tally.tenths is None else f"{tenths_text(tally.tenths)}%"


def tenths_text(tenths: int) -> str:
    return decimal_text(tenths, 10, 1)


def part_name(part: Part) -> str:
    """`basic_component, case 2: …`; a rule as a whole by its name."""
    return f"{part.term}, {part.label}" if part.label else part.term


_PARTS = {
    "rule": worded("rules"),
    "version": worded("versions of rules"),
    "alternative": worded("cases"),
    "exception": worded("exceptions"),
    "row": worded("rows of tables"),
    "band": worded("bands of scales"),
    "value": worded("values of figures"),
}


def coverage_text(found: Coverage) -> str:
    """The figure, the same by kind, and what no example exercises."""
    whole = found.tally()
    if not whole.total:
        return sentence("Coverage: there is nothing here that an example could exercise.") + "\n"
    lines = [
        numbered(
            "Coverage: {exercised} of {number} part exercised by an example, {percent}.",
            "Coverage: {exercised} of {number} parts exercised by an example, {percent}.",
            whole.total,
            exercised=whole.exercised,
            percent=percent(whole),
        )
    ]
    tallies = [(sentence(_PARTS[kind.name]), found.tally(kind.name)) for kind in KINDS.values()]
    shown_kinds = [(name, tally) for name, tally in tallies if tally.total]
    width = max(len(name) for name, _ in shown_kinds)
    digits = len(str(whole.total))
    for name, tally in shown_kinds:
        of = sentence("{exercised} of {total}", exercised=f"{tally.exercised:>{digits}}", total=f"{tally.total:>{digits}}")
        lines.append(f"  {name:<{width}}  {of}  {percent(tally):>6}")
    if found.missing:
        lines += ["", sentence("Not exercised:")]
        places = [place(part.span) for part in found.missing]
        width = max(len(text) for text in places)
        lines += [f"  {text:<{width}}  {part_name(part)}" for text, part in zip(places, found.missing, strict=True)]
    return "\n".join(lines) + "\n"


# ---- suggestions ----------------------------------------------------------------------------------------------------


def suggestions_text(suggestions: Iterable[Suggestion]) -> str:
    """Examples that can be pasted into a rule file, each below a comment that names what it is for."""
    found = []
    for suggestion in suggestions:
        part = suggestion.part
        heading = f"# {part_name(part)} ({place(part.span)})"
        if suggestion.text is None:
            tried = numbered(*_TRIED, suggestion.tried) if suggestion.tried else sentence("Not found: no rule reads it.")
            found.append(f"{heading}\n# {tried}\n")
        else:
            found.append(f"{heading}\n{suggestion.text}")
    return "\n".join(found) or f"# {sentence(_ALL)}\n"


_TRIED = paired("Not found among {number} household that were tried.", "Not found among {number} households that were tried.")
_ALL = worded("Every part asked for is exercised.")
