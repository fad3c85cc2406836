"""Two laws, one household under two, or two households under one: `compare`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from typing import Any, Literal

from attrs import frozen

from engine.assess import asked_terms
from engine.book.consolidate import consolidate
from engine.book.law import made_on
from engine.cases.facts import Case
from engine.cases.questions import bound_case, read_case
from engine.cases.schemes import asked_schemes
from engine.checking.check import check
from engine.comparing.causes import Passage, Side, side_of
from engine.comparing.households import Compared, Comparison, compare_cases
from engine.comparing.laws import LawsCompared, compare_laws
from engine.graph import Checked, Graph, Term
from engine.values import day_words
from explain.comparing.laws import Labels, labels
from explain.phrases import sentence
from grammar.declarations import Instrument
from grammar.problems import Problem, errors, in_order
from grammar.source import Source
from jurat.answers import asked_of, is_on_record, source_of
from jurat.rulebook import Rules

AnyCase = str | PathLike[str] | Mapping[str, Any] | Source


@frozen(eq=False, repr=False)
class Beside:
    """What a comparison found: two laws (on one day, or on each on which they differ), or two assessments; or its problems."""

    laws: tuple[LawsCompared, ...]
    household: Compared | None
    labels: Labels | None
    problems: tuple[Problem, ...]
    by_day: bool = False

    @property
    def is_found(self) -> bool:
        return self.labels is not None

    @property
    def is_refused(self) -> bool:
        """Whether there is no comparison, or an answer of either side is refused."""
        household = self.household
        return not self.is_found or (household is not None and (household.before.is_refused or household.after.is_refused))

    def told(self, form: Literal["text", "md", "html"] = "text") -> str:
        """For people; where nothing could be compared, its problems."""
        if self.labels is None:
            from grammar.rendering import render_all

            return render_all(self.problems) + "\n"
        if self.household is not None:
            from explain.comparing.households import render_household, told_household

            return render_household(told_household(self.household, self.labels), form)
        from explain.comparing.laws import render_laws, told_laws

        return render_laws(told_laws(self.laws, self.labels, self.by_day), form)

    def data(self) -> dict[str, Any]:
        """As JSON has it: jurat/schemas/comparison.v1.json; where nothing could be compared, its problems."""
        from explain.comparing.data import household_data, laws_data
        from explain.data import refused

        if self.labels is None:
            return refused(list(self.problems))
        if self.household is not None:
            return household_data(self.household, self.labels, self.problems)
        return laws_data(self.laws, self.labels, self.problems, self.by_day)


def _nothing(*problems: Problem) -> Beside:
    return Beside((), None, None, tuple(in_order(problems)))


# ---- two sides of one book ------------------------------------------------------------------------------------------


def sides(
    rules: Rules, first: date | None, last: date | None, known: Sequence[date] = (), on: date | None = None
) -> tuple[Side, Side] | Problem:
    """Which two laws are asked for: two days, one day as known on two, or one day without the drafts and with them.

    Of drafts, where no day is said, the first day on which all that they write is in force.
    """
    as_known = known[0] if known else None
    if first is not None and last is not None:
        if last < first or (len(known) == 2 and known[1] < known[0]):
            return Problem(code="period-backwards", message="The second day is before the first.", fix="Exchange the two days.")
        return Side(first, as_known), Side(last, known[-1] if known else None)
    if rules.drafts and len(known) < 2:
        day = on or first or last or _all_in_force(rules)
        if day is None:
            fix = "Give the draft something to change, or say which draft."
            return Problem(code="nothing-to-compare", message="The draft changes nothing on any day.", fix=fix)
        return Side(day, as_known, with_drafts=False), Side(day, as_known)
    day = on or first or last
    if len(known) == 2 and day is not None:
        if known[1] < known[0]:
            return Problem(code="period-backwards", message="The second day is before the first.", fix="Exchange the two days.")
        return Side(day, known[0]), Side(day, known[1])
    fix = "Say `--from` and `--to`, or `--on` and `--known` twice, or `--with` and a draft."
    return Problem(code="nothing-to-compare", message="There is only one law to look at.", fix=fix)


def drafts_of(rules: Rules) -> list[Instrument]:
    """The drafts that are looked at, whether they were asked for by name or by file."""
    asked = rules.drafts
    drafts = (one for one in rules.law.instruments.values() if made_on(one) is None or one.when_appointed)
    return [one for one in drafts if one.name in asked or one.span.source.path in asked]


def _all_in_force(rules: Rules) -> date | None:
    """The first day on which all that the drafts write has begun."""
    return max(draft_days(rules), default=None)


def draft_days(rules: Rules) -> tuple[date, ...]:
    """Every day on which something begins that the drafts write; a change for a time falls away on one, too."""
    return tuple(sorted({day for draft in rules.law.looked_at for day in draft.begins}))


def both_laws(rules: Rules, before: Side, after: Side, readings: Sequence[str]) -> tuple[Checked, Checked]:
    """Both laws as graphs. Two days of one law are kept between runs; one as known on two days are two laws."""
    if (before.known, before.with_drafts) == (after.known, after.with_drafts):
        return rules.on(before.on, before.known, readings), rules.on(after.on, after.known, readings)
    found = [
        rules.on(side.on, None, readings)
        if side_of(rules.law, side) is rules.law
        else check(consolidate(side_of(rules.law, side), side.on, side.known, frozenset(readings)), with_cases=False)
        for side in (before, after)
    ]
    return found[0], found[1]


def compare(
    rules: Rules,
    case: AnyCase | None = None,
    other: AnyCase | None = None,
    *,
    first: date | None = None,
    last: date | None = None,
    on: date | None = None,
    known: Sequence[date] = (),
    of: Sequence[str] = (),
    readings: Sequence[str] = (),
    schemes: Sequence[str] | None = None,
    strict: bool = False,
    title: str | None = None,
) -> Beside:
    """Compares two laws: those of two days, of one day as known on two, or without the drafts of `rules` and with them.

    With a `case`, what the two laws give it, and why they differ; with an `other` case, what one law gives to the two.
    """
    if case is not None and other is not None:
        return _two_cases(rules, case, other, on=on, known=known, of=of, readings=readings, schemes=schemes, strict=strict)
    asked = sides(rules, first, last, known, on or _day_of(case, known))
    if isinstance(asked, Problem):
        return _nothing(*(errors(rules.problems) or (*rules.problems, asked)))
    unknown = rules.unknown_readings(readings)
    if errors(rules.problems) or unknown:
        return _nothing(*rules.problems, *unknown)
    before, after = asked
    checked = both_laws(rules, before, after, readings)
    told = dict.fromkeys([*rules.problems, *checked[0].problems, *checked[1].problems])
    problems = [problem for problem in told if not is_on_record(problem)]
    if errors(problems):
        return _nothing(*problems)
    drafts = [one.title for one in drafts_of(rules)]
    named = labels(title or sentence("The rules"), before, after, drafts)
    graphs = checked[0].graph, checked[1].graph
    if not graphs[0].book.in_force and not graphs[1].book.in_force:
        days = " and ".join(dict.fromkeys(day_words(side.on) for side in asked))
        fix = "Compare days on which the rules are in force."
        return _nothing(Problem(code="nothing-to-compare", message=f"Nothing is in force on {days}.", fix=fix))
    if case is None:
        return Beside((compare_laws(*graphs),), None, named, tuple(in_order(problems)))
    source = source_of(case)
    if isinstance(source, Problem):
        return _nothing(*problems, source)
    bound, terms, found = bound_in(rules, source, graphs[1], after, of, schemes)
    problems += found
    if bound is None or errors(problems):
        return _nothing(*problems)
    passage = Passage(graphs[1].book.law, before, after, frozenset(readings))
    compared = Comparison(passage, *graphs).household(bound, terms, strict)
    named = labels(bound.title or sentence("The household"), before, after, drafts)
    return Beside((), compared, named, tuple(in_order(problems)))


def _day_of(case: AnyCase | None, known: Sequence[date]) -> date | None:
    """The day that the case itself names, where one day is compared as known on two."""
    source = source_of(case) if case is not None and len(known) == 2 else None
    text = read_case(source)[0] if isinstance(source, Source) else None
    return text.on if text is not None else None


def bound_in(
    rules: Rules, source: Source, graph: Graph, after: Side, of: Sequence[str], schemes: Sequence[str] | None
) -> tuple[Case | None, tuple[Term, ...], list[Problem]]:
    """A case in the vocabulary of the second law (each law of a book has the same), and what is asked."""
    text, found = read_case(source)
    problems = list(found)
    if text is None or errors(problems):
        return None, (), problems
    bound = bound_case(text, graph, after.on, after.known or text.known)
    problems += bound.problems
    asked, unknown = asked_terms(graph, of)
    answered, unknown_schemes = asked_schemes(graph, bound.case, schemes, rules.beside) if not of else ((), ())
    if answered:
        asked = tuple(term for scheme in answered if scheme.answered for term in scheme.awards)
    return bound.case, asked, [*problems, *unknown, *unknown_schemes]


def _two_cases(
    rules: Rules,
    case: AnyCase,
    other: AnyCase,
    *,
    on: date | None,
    known: Sequence[date],
    of: Sequence[str],
    readings: Sequence[str],
    schemes: Sequence[str] | None,
    strict: bool,
) -> Beside:
    """Two cases under the law of one day: that which is asked for, else that of the first case."""
    as_known = known[-1] if known else None
    first = asked_of(rules, case, on=on, known=as_known, of=of, readings=readings, schemes=schemes)
    if first.asked is None:
        return _nothing(*first.problems)
    graph, before, asked = first.asked
    names = [term.name for term in asked]
    second = asked_of(rules, other, on=before.on, known=as_known or before.known, of=names, readings=readings)
    if second.asked is None:
        return _nothing(*second.problems)
    problems = tuple(in_order(dict.fromkeys([*first.problems, *second.problems])))
    after = second.asked[1]
    compared = compare_cases(graph, before, after, asked, strict)
    whole = sentence("the first case"), sentence("the second case")
    titles = before.title or whole[0], after.title or whole[1]
    side = Side(before.on, before.known)
    named = labels(sentence("Two cases"), side, side, [one.title for one in drafts_of(rules)])
    title = sentence("{title} on {day}", title=named.title, day=named.first)
    return Beside((), compared, Labels(title, *(whole if titles[0] == titles[1] else titles)), problems)
