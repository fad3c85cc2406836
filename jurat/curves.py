"""An award along one fact, under one law or under two: `curve`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from attrs import evolve, frozen

from engine.cases.facts import Case
from engine.checking.vocabulary import Mistake, value_of
from engine.graph import Graph, Term
from engine.mechanisms.base import World
from engine.present import Key
from engine.varying.along import depend_on
from engine.varying.curves import curve as one_curve
from engine.varying.curves import domain
from engine.varying.days import MOST_DAYS, day_domain
from engine.varying.kinds import Curve
from engine.working import Days
from explain.comparing.laws import labels
from explain.phrases import day_words, sentence
from grammar.parsing import parse_value
from grammar.problems import Problem, errors, in_order
from grammar.words import closest
from jurat.answers import asked_of, is_on_record, source_of
from jurat.comparing import AnyCase, both_laws, bound_in, drafts_of, sides
from jurat.rulebook import Rules


@frozen(eq=False, repr=False)
class Curves:
    """An award along one fact: one curve, or that of each of two laws; or the problems because of which there is none."""

    curves: tuple[Curve, ...]
    labels: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_found(self) -> bool:
        return bool(self.curves)

    @property
    def is_refused(self) -> bool:
        """Whether there is no curve: one that is refused somewhere is told like any other."""
        return not self.curves

    def told(self, form: Literal["text", "md", "html"] = "text") -> str:
        """For people; where there is no curve, its problems."""
        if not self.curves:
            from grammar.rendering import render_all

            return render_all(self.problems) + "\n"
        from explain.curves.curve import render_curves, told_curves

        return render_curves(told_curves(self.curves, self.labels), form)

    def data(self) -> dict[str, Any]:
        """As JSON has it: jurat/schemas/curve.v1.json; where there is no curve, its problems."""
        from explain.curves.data import curves_data
        from explain.data import refused

        return curves_data(self.curves, self.labels, self.problems) if self.curves else refused(list(self.problems))


def curve(
    rules: Rules,
    case: AnyCase,
    vary: str,
    *,
    low: str | None = None,
    high: str | None = None,
    on: date | None = None,
    known: date | None = None,
    of: str | None = None,
    first: date | None = None,
    last: date | None = None,
    readings: Sequence[str] = (),
    schemes: Sequence[str] | None = None,
    strict: bool = False,
) -> Curves:
    """What an award is for every value of one fact of a case, `gross_earnings of anna`, all else as it is.

    From `low` to `high`, as a case writes them; else over the range of the fact. `of` is the term asked for, `award` or
    `counted_earnings of anna`. Of two days, `first` and `last`, and of rules with drafts: before and after, in one picture.
    """
    name, whose = _named(of) if of else ("", None)
    of_terms = [name] if name else []
    if rules.drafts or first is not None:
        found = _two_laws(rules, case, of_terms, on, known, first, last, readings, schemes)
    else:
        question = asked_of(rules, case, on=on, known=known, of=of_terms, readings=readings, schemes=schemes)
        asked = [question.asked] if question.asked else []
        untitled = sentence("The household")
        named = [f"{one[1].title or untitled}, {day_words(one[1].on)}" for one in asked]
        found = asked, named, list(question.problems)
    laws, named, problems = found
    curves: list[Curve] = []
    for graph, bound, terms in laws:
        made = _made(graph, bound, terms, vary, whose, low, high, strict)
        if isinstance(made, Problem):
            return Curves((), (), tuple(in_order([*problems, made])))
        curves.append(made)
    if errors(problems) or not curves:
        return Curves((), (), tuple(in_order(problems)))
    return Curves(tuple(curves), tuple(named), tuple(in_order(problems)))


Asked = tuple[Graph, Case, tuple[Term, ...]]


def _two_laws(
    rules: Rules,
    case: AnyCase,
    of: Sequence[str],
    on: date | None,
    known: date | None,
    first: date | None,
    last: date | None,
    readings: Sequence[str],
    schemes: Sequence[str] | None,
) -> tuple[list[Asked], list[str], list[Problem]]:
    """The case under the law of either side."""
    asked = sides(rules, first, last, [known] if known else (), on)
    source = source_of(case)
    wrong = [one for one in (asked, source) if isinstance(one, Problem)]
    if isinstance(asked, Problem) or isinstance(source, Problem) or errors(rules.problems):
        return [], [], [*rules.problems, *(wrong if not errors(rules.problems) else [])]
    checked = both_laws(rules, *asked, readings)
    told = dict.fromkeys([*rules.problems, *rules.unknown_readings(readings), *checked[0].problems, *checked[1].problems])
    problems = [problem for problem in told if not is_on_record(problem)]
    if errors(problems):
        return [], [], problems
    bound, terms, found = bound_in(rules, source, checked[1].graph, asked[1], of, schemes)
    problems += found
    if bound is None or errors(problems):
        return [], [], problems
    named = labels("", *asked, [one.title for one in drafts_of(rules)])
    before = checked[0].graph
    old_terms = tuple(before.by_name[term.name] for term in terms if term.name in before.by_name)
    old = evolve(bound, on=asked[0].on, known=asked[0].known)
    return [(before, old, old_terms), (checked[1].graph, bound, terms)], [named.first, named.last], problems


def _named(text: str) -> tuple[str, str | None]:
    """`gross_earnings of anna`: the name, and whose."""
    name, _, whose = (part.strip() for part in text.partition(" of "))
    return name, whose or None


def _made(
    graph: Graph, case: Case, terms: Sequence[Term], vary: str, whose: str | None, low: str | None, high: str | None, strict: bool
) -> Curve | Problem:
    world = Days(graph, case, strict, {}, recorded=False).own().world
    fact = _fact(graph, world, vary)
    if isinstance(fact, Problem):
        return fact
    asked = _asked(graph, world, terms, fact, whose)
    if isinstance(asked, Problem):
        return asked
    ends = []
    for text in (low, high):
        end = _end(graph, graph.terms[fact[0]], text)
        if isinstance(end, Problem):
            return end
        ends.append(end)
    term = graph.terms[fact[0]]
    value = world.store[fact[0]][fact[1]]
    widest = day_domain(value, case.on) if term.type.is_date else domain(term, value)
    start, stop = (one if one is not None else other for one, other in zip(ends, widest, strict=True))
    if start >= stop:
        fix = "Say a higher `--to`, or a lower `--from`."
        return Problem(code="ends-backwards", message=f"There is nothing of {term.title} between the two ends.", fix=fix)
    if term.type.is_date and stop - start > MOST_DAYS:
        fix = f"Say `--from` and `--to`, at most {MOST_DAYS:,} days apart."
        return Problem(code="too-large", message="Every day between the two is assessed, and there are too many.", fix=fix)
    per = Fraction(1, term.scale)
    return one_curve(graph, case, fact, asked, start * per, stop * per, strict)


def _fact(graph: Graph, world: World, vary: str) -> Key | Problem:
    """The fact that is meant: of whom it is said, or of the only one who can have it."""
    name, whose = _named(vary)
    inputs = [term.name for term in graph.terms if term.kind == "input"]
    term = graph.by_name.get(graph.vocabulary.keys.of(name))
    if term is None or term.kind != "input":
        near = closest(name, inputs)
        what = f"`{name}` is worked out by the rules." if term else f"No input is called `{name[:80]}`."
        fix = f"Write `{near}`." if near else "Vary a fact that a case gives."
        return Problem(code="unknown-fact", message=what, fix=fix)
    if not term.type.is_number and not term.type.is_date:
        fix = "Vary an amount, a number or a day."
        return Problem(code="cannot-vary", message=f"{term.title} is {term.type}, and has no values along a line.", fix=fix)
    number = _whose(world, term, whose)
    return number if isinstance(number, Problem) else (term.index, number)


def _whose(world: World, term: Term, whose: str | None) -> int | Problem:
    paths = world.paths[term.entity]
    numbers = [number for number, path in enumerate(paths) if whose is None or (path and path[-1] == whose)]
    if len(numbers) == 1:
        return numbers[0]
    names = ", ".join(f"`{term.name} of {path[-1]}`" for path in paths[:8] if path)
    message = f"There is more than one {term.entity} in the case." if numbers else f"There is no {term.entity} called `{whose}`."
    if not paths:
        message = f"There is no {term.entity} in the case on the day."
    fix = f"Write one of {names}." if names else "Ask for a day on which they are there."
    return Problem(code="unknown-member", message=message, fix=fix)


def _asked(graph: Graph, world: World, terms: Sequence[Term], fact: Key, whose: str | None) -> Key | Problem:
    """The one answer that is asked for; of several awards, the one that rests on the fact."""
    rest = depend_on(graph, fact[0], on_other_days=True)
    chosen = [term for term in terms if term.index in rest] or list(terms)
    if len(chosen) > 1:
        listed = ", ".join(f"`--of {graph.called(term)}`" for term in chosen)
        return Problem(code="nothing-asked", message="Several awards rest on that fact.", fix=f"Ask for one: {listed}.")
    [term] = chosen
    if term.type.kind == "members" or (term.kind != "input" and term.formula is None):
        return Problem(code="nothing-asked", message=f"`{term.name}` has no value to draw.", fix="Ask for a rule.")
    number = _whose(world, term, whose)
    return number if isinstance(number, Problem) else (term.index, number)


_BARE = re.compile(r"£\s*([\d,]+(?:\.\d+)?)")


def _end(graph: Graph, term: Term, text: str | None) -> int | Problem | None:
    """An end as a case writes a value; `£500` for what is £ a week too, and a day as commands take it."""
    if text is None:
        return None
    if term.type.is_date and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text).toordinal()
        except ValueError:
            return Problem(code="no-such-date", message=f"There is no day {text}.", fix="Write a day of the calendar.")
    bare = _BARE.fullmatch(text.strip())
    value, problem = parse_value(bare[1].replace(",", "") if bare and term.type.is_money else text)
    if value is None:
        assert problem is not None
        message = f"`{text}` is no {term.title}: {problem.message}"
        return Problem(code="value-type", message=message, fix=problem.fix or "Write an amount.")
    told: list[Problem] = []
    found = value_of(value, term.type, term.scale, graph.vocabulary.choices, bare=True, told=told)
    if isinstance(found, date):
        return found.toordinal()
    if isinstance(found, Mistake) or not isinstance(found, int):
        text = found.text if isinstance(found, Mistake) else "it is no number."
        return Problem(code="value-type", message=f"{term.title}: {text}", fix=getattr(found, "fix", "Write an amount."))
    return found
