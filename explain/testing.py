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
from explain.steps import shown, told
from grammar.source import Span


def place(span: Span) -> str:
    return f"{span.source.path}:{span.line}"


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


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
        of = f" ({self.whose})" if self.whose else ""
        text = f"{self.title}{of}: expected {self.expected}, found {self.found}"
        text += f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return f"{text}: {self.difference}" if self.difference else text


@frozen(eq=False, repr=False)
class StepShown:
    """The step that departed: where its rule stands, its words, its working, and what it used."""

    place: str
    lines: tuple[str, ...]
    uses: tuple[str, ...]


def departure(outcome: Outcome) -> Departure:
    expected = outcome.expected.words() if outcome.expected else "not encoded"
    found = outcome.found
    if found is None:
        given = f"nothing, since `{outcome.whose}` is not there on the day"
    else:
        given = shown(found.value, found) if isinstance(found, Step) else found.exact.words() if found.exact else "not given"
    reasons = tuple(reason.message for reason in outcome.refusal.reasons) if outcome.refusal else ()
    return Departure(outcome.term.title, outcome.whose or "", expected, given, _difference(outcome.difference), reasons)


def _difference(difference: Exact | None) -> str | None:
    if difference is None:
        return None
    assert isinstance(difference.value, int)
    more = difference.value > 0
    size = evolve(difference, value=abs(difference.value)).words()
    if difference.type.unit == (("day", 1),):
        return f"{size} {'later' if more else 'earlier'} than expected"
    return f"{size} {'more' if more else 'less'} than expected"


def step_shown(worked: Worked, outcome: Outcome) -> StepShown:
    """How the value that departed came about."""
    found, assessment = outcome.found, worked.assessment
    if not isinstance(found, Step) or assessment is None:
        return StepShown(place(outcome.term.span), (), ())
    said = told(assessment, found)
    lines = [said.case.words, *map(plain, said.figures)]
    lines += [said.case.policy] if said.case.policy else []
    lines += [plain(said.applied)] if said.applied else []
    lines += [f"{passed.said}, because {plain(passed.why)}" for passed in said.passed]
    stated = {other.found.key for other in worked.outcomes if isinstance(other.found, Step) and other.holds}
    return StepShown(place(outcome.term.span), tuple(lines), tuple(_use(assessment, key, key in stated) for key in found.reads))


def _use(assessment: Assessment, key: tuple[int, int], as_expected: bool) -> str:
    found = assessment.at(key)
    of = f" ({found.path[-1]})" if found.path else ""
    if isinstance(found, FactUse):
        value = found.exact.words() if found.exact else "not given"
        origin = "supposed" if found.is_supposed else "assumed" if found.is_assumed else "fact"
        return f"{found.term.title}{of}: {value} [{origin}]"
    return f"{found.term.title}{of}: {shown(found.value, found)} [{'as expected' if as_expected else 'not stated'}]"


def report(examples: Sequence[Worked]) -> str:
    """A line for each example; below one that fails, the first step that departed; and how many there are."""
    lines: list[str] = []
    for worked in examples:
        lines.append(f"{'pass' if worked.holds else 'FAIL'}  {place(worked.example.span)}  {worked.example.title}")
        if not worked.holds:
            lines += [f"      {line}" for line in _why(worked)]
    return "\n".join([*lines, summary(examples)]) + "\n"


def _why(worked: Worked) -> list[str]:
    if worked.assessment is None:
        if not worked.problems:
            return ["Not worked out: the rules have problems on its day."]
        return [line for problem in worked.problems for line in (problem.message, f"  Fix: {problem.fix}")]
    first, *others = worked.departures
    step = step_shown(worked, first)
    lines = [departure(first).line, f"  `{first.term.name}` at {step.place}"]
    lines += [f"    {line}" for line in step.lines]
    lines += [f"    uses {'; '.join(step.uses)}"] if step.uses else []
    resting = [other for other in others if worked.rests_on(other, first)]
    apart = [other for other in others if other not in resting]
    for heading, outcomes in (("Rests on it, and departs too:", resting), ("Departs too, and does not rest on it:", apart)):
        if outcomes:
            lines += [heading, *(f"  {departure(other).line}" for other in outcomes)]
    return lines


def summary(examples: Sequence[Worked]) -> str:
    if not examples:
        return "There are no examples."
    held = sum(worked.holds for worked in examples)
    failed = len(examples) - held
    fails = f", {failed} {'fails' if failed == 1 else 'fail'}" if failed else ""
    return f"{counted(len(examples), 'example')}: {held} {'passes' if held == 1 else 'pass'}{fails}."


# ---- coverage -------------------------------------------------------------------------------------------------------


def percent(tally: Tally) -> str:
    """To one decimal, rounded down: 100.0% is all of them."""
    return "–" if tally.tenths is None else f"{tenths_text(tally.tenths)}%"


def tenths_text(tenths: int) -> str:
    return decimal_text(tenths, 10, 1)


def part_name(part: Part) -> str:
    """`basic_component, case 2: …`; a rule as a whole by its name."""
    return f"{part.term}, {part.label}" if part.label else part.term


def coverage_text(found: Coverage) -> str:
    """The figure, the same by kind, and what no example exercises."""
    whole = found.tally()
    if not whole.total:
        return "Coverage: there is nothing here that an example could exercise.\n"
    lines = [f"Coverage: {whole.exercised} of {counted(whole.total, 'part')} exercised by an example, {percent(whole)}."]
    tallies = [(kind.plural, found.tally(kind.name)) for kind in KINDS.values()]
    shown_kinds = [(name, tally) for name, tally in tallies if tally.total]
    width = max(len(name) for name, _ in shown_kinds)
    digits = len(str(whole.total))
    for name, tally in shown_kinds:
        lines.append(f"  {name:<{width}}  {tally.exercised:>{digits}} of {tally.total:>{digits}}  {percent(tally):>6}")
    if found.missing:
        lines += ["", "Not exercised:"]
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
            tried = f"among {counted(suggestion.tried, 'household')} that were tried" if suggestion.tried else "no rule reads it"
            found.append(f"{heading}\n# Not found{' ' if suggestion.tried else ': '}{tried}.\n")
        else:
            found.append(f"{heading}\n{suggestion.text}")
    return "\n".join(found) or "# Every part asked for is exercised.\n"
