"""Examples worked out: each expectation beside what the rules give, and the first step that departs from what is expected.

`jurat check` and `jurat test` both rest on `worked`; neither has a way of its own.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date
from math import lcm

from attrs import frozen

from engine.assess import assess
from engine.assessment import Assessment, FactUse, Step
from engine.cases.facts import Case
from engine.cases.questions import CaseText, bound_case
from engine.checking.vocabulary import Mistake, input_scale, value_of
from engine.graph import Graph, Term
from engine.types import amount
from engine.values import Exact, Refusal, Value, refusal_of
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Place, Problem, errors
from grammar.words import closest


@frozen(eq=False, repr=False)
class Outcome:
    """One expectation beside what the rules give."""

    item: d.Expectation
    term: Term
    expected: Exact | None
    """None where it is expected not to be encoded."""
    found: Step | FactUse | None
    """None where whoever it would be of is not there on the day."""

    @property
    def whose(self) -> str | None:
        """The identifier that the example names; None for what is the same for everyone."""
        return self.item.of.name if self.item.of else None

    @property
    def refusal(self) -> Refusal | None:
        return refusal_of(self.found.value) if self.found else None

    @property
    def holds(self) -> bool:
        if self.found is None:
            return False
        if self.expected is None:
            return self.refusal is not None and all(reason.kind == "not encoded" for reason in self.refusal.reasons)
        exact = self.found.exact
        if exact is None:
            return False
        if self.expected.type.is_number:
            return self.expected.value * exact.scale == exact.value * self.expected.scale  # type: ignore[operator]
        return self.expected.value == exact.value

    @property
    def difference(self) -> Exact | None:
        """Of two numbers, what was found less what was expected; of two dates, in days; None for anything else."""
        exact = self.found.exact if self.found else None
        if self.expected is None or exact is None or self.holds:
            return None
        if self.expected.type.is_number:
            scale = lcm(exact.scale, self.expected.scale)
            value = exact.value * (scale // exact.scale) - self.expected.value * (scale // self.expected.scale)  # type: ignore[operator]
            return Exact(value, exact.type, scale)
        if isinstance(exact.value, date) and isinstance(self.expected.value, date):
            return Exact((exact.value - self.expected.value).days, amount((("day", 1),)))
        return None


@frozen(slots=False, eq=False, repr=False)
class Worked:
    """An example that was worked out; without an assessment where it names what is not there, as the problems say."""

    example: d.Case
    problems: tuple[Problem, ...]
    assessment: Assessment | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def holds(self) -> bool:
        return self.assessment is not None and all(outcome.holds for outcome in self.outcomes)

    @property
    def departures(self) -> tuple[Outcome, ...]:
        """The expectations that do not hold, in the order of the working.

        Each step stands there after all that it rests on, so that what the first of these used is as expected or not stated.
        """
        if self.assessment is None:
            return ()
        order = {step.key: number for number, step in enumerate(self.assessment.steps)}

        def place(outcome: Outcome) -> int:
            return order[outcome.found.key] if isinstance(outcome.found, Step) else -1

        return tuple(sorted((outcome for outcome in self.outcomes if not outcome.holds), key=place))

    def rests_on(self, outcome: Outcome, first: Outcome) -> bool:
        """Whether what was expected of one was worked out from what was expected of the other."""
        if self.assessment is None or not isinstance(outcome.found, Step) or not isinstance(first.found, Step):
            return False
        return first.found.key in {step.key for step in self.assessment.under([outcome.found.key])}


def worked(example: d.Case, graph: Graph) -> Worked:
    """An example worked out on its day, for what it expects."""
    assert example.on is not None
    text = CaseText(example.title, example.on, example.known, example)
    bound = bound_case(text, graph, example.on, example.known)
    problems = (
        *bound.problems,
        *_unknown_in(example, graph, example.suppose),
        *_unknown_in(example, graph, example.expect or ()),
    )
    if errors(problems):
        return Worked(example, problems)
    items = [item for item in example.expect or () if item.term in graph.by_name]
    asked = list(dict.fromkeys(graph.by_name[item.term] for item in items))
    assessment = assess(graph, bound.case, asked, supposed=_supposed(example, graph, bound.case))
    return Worked(example, problems, assessment, tuple(_outcome(item, assessment) for item in items))


def _outcome(item: d.Expectation, assessment: Assessment) -> Outcome:
    term = assessment.graph.by_name[item.term]
    found = assessment.find(item.term, *((item.of.name,) if item.of else ()))
    expected = None
    if item.value is not None:
        value = _value(item, item.value, term, assessment.graph)
        assert isinstance(value, Exact)
        expected = value
    return Outcome(item, term, expected, found)


def _value(item: d.Expectation | d.Suppose, text: syntax.FactValue, term: Term, graph: Graph) -> Exact | Mistake:
    """What is expected or supposed. An expectation is exact to every decimal written, of which a rule's value may have more
    than a fact; what is supposed stands in the place of the term's own value."""
    scale = term.scale if isinstance(item, d.Suppose) else input_scale(term.type)
    if isinstance(item, d.Expectation) and isinstance(text, syntax.Number) and term.type.is_number:
        scale = lcm(scale, int(10**text.places) * (1 if text.percent or term.type.kind != "%" else 100))
    value = value_of(text, term.type, scale, graph.vocabulary.choices, bare=True)
    return value if isinstance(value, Mistake) else Exact(value, term.type, scale)


def _supposed(example: d.Case, graph: Graph, case: Case) -> dict[tuple[int, tuple[str, ...]], Value]:
    """What an example supposes in place of what would be worked out, by term and by whose it is."""
    path_of = {member.path[-1]: member.path for member in case.members}
    found: dict[tuple[int, tuple[str, ...]], Value] = {}
    for item in example.suppose:
        term = graph.by_name[item.term]
        value = _value(item, item.value, term, graph)
        assert isinstance(value, Exact)
        found[term.index, path_of[item.of.name] if item.of else ()] = value.value
    return found


# ---- as problems ----------------------------------------------------------------------------------------------------


def check_example(example: d.Case, graph: Graph) -> tuple[Problem, ...]:
    """What is wrong with an example: what it names that is not there, and what it expects that does not follow."""
    found = worked(example, graph)
    drafts = {absent.provision.identity for absent in graph.book.absent.values() if not absent.provision.timeline.writes}
    wrong = [outcome for outcome in found.outcomes if not outcome.holds and not _rests_on_a_draft(outcome, drafts)]
    return (*found.problems, *(_differs(example, outcome) for outcome in wrong))


def _rests_on_a_draft(outcome: Outcome, drafts: Set[str]) -> bool:
    """Whether a value lacks nothing but an instrument that was never made, which is told at the instrument."""
    return outcome.refusal is not None and all(reason.term in drafts for reason in outcome.refusal.reasons)


def _differs(example: d.Case, outcome: Outcome) -> Problem:
    found, refusal = outcome.found, outcome.refusal
    if found is None:
        return Problem(
            code="example-differs",
            message=f"`{outcome.whose}` is not there on the day of the example, so nothing follows.",
            place=Place(outcome.item.span),
            subject=example.title,
            fix="Correct the days, or expect nothing of them.",
        )
    wanted = outcome.expected.words() if outcome.expected else "it not to be encoded"
    given = found.exact.words() if found.exact else "refused" if outcome.expected else "a refusal"
    reasons = f" ({refusal.reasons[0].message})" if refusal else ""
    return Problem(
        code="example-differs",
        message=f"The example expects {wanted}, and the rules give {given}{reasons}.",
        place=Place(outcome.item.span, f"is {given}"),
        subject=example.title,
        fix="Correct the example if the rules are right, or else the rules; `jurat test` shows the step that departs.",
    )


def _unknown_in(example: d.Case, graph: Graph, items: Sequence[d.Expectation | d.Suppose]) -> list[Problem]:
    """The terms and members that an example expects or supposes something of and that are not there."""
    problems: list[Problem] = []
    entity_of = {given.name: given.entity.name for given in example.given}
    fix: str | None
    for expected in items:
        term = graph.by_name.get(expected.term)
        subject = example.title
        span = expected.span
        if term is None:
            near = closest(expected.term, graph.by_name, problems)
            span = span.find(expected.term)
            message = f"There is no term called `{expected.term}`."
            fix = f"Write `{near}`." if near else "Name a rule, a figure or an input."
        elif (expected.of is None) != (term.entity is None):
            whose = f"a term of {term.entity}" if term.entity else "the same for everyone"
            message = f"`{term.name}` is {whose}."
            fix = f"Say whose: `{term.name} of …`." if term.entity else f"Write `{term.name} is …`, without `of`."
        elif expected.of is not None and expected.of.name not in entity_of:
            near = closest(expected.of.name, entity_of, problems)
            span = expected.of.span
            message = f"Nothing in this example is called `{expected.of.name}`."
            fix = f"Write `{near}`." if near else "Name somebody who is given."
        elif expected.of is not None and entity_of[expected.of.name] != term.entity:
            message = f"`{term.name}` is a term of {term.entity}, and `{expected.of.name}` is a {entity_of[expected.of.name]}."
            fix = f"Name a {term.entity}."
        elif term.kind == "group":
            message = f"`{term.name}` is a group: it has members, and no value that an example could expect."
            fix = (
                f'Count it in a rule, `rule number_of_{term.name} of {term.entity} "…" : whole number is count of {term.name}`, '
                "and expect that; or expect the condition of the group of one person."
            )
        elif expected.value is not None and isinstance(found := _value(expected, expected.value, term, graph), Mistake):
            message, fix = found.text, found.fix
        else:
            continue
        problems.append(Problem(code="example-names", message=message, place=Place(span), subject=subject, fix=fix))
    return problems
