"""Exceptions that clash, found before any household is seen; and cases that no household can reach (S30 to S32)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from attrs import frozen

from engine.assess import assess
from engine.assessment import Step
from engine.book.consolidate import PartInForce
from engine.cases.facts import NOBODY, Case, Fact, Member
from engine.checking.claims import Claims
from engine.checking.divisors import may_divide_by_zero
from engine.checking.domains import (
    ALWAYS,
    Among,
    Between,
    Domain,
    Effort,
    Said,
    Store,
    UndecidedError,
    all_of,
    between,
    is_impossible,
    solutions,
)
from engine.checking.earlier import Earlier
from engine.graph import Graph, Term
from engine.mechanisms.cases import Exceptions
from engine.nodes import Node, TermRead, walk
from engine.values import NEVER, Exact, Value
from grammar import declarations as d
from grammar import syntax
from grammar.limits import YEARS
from grammar.problems import Place, Problem
from grammar.source import Span

EFFORT = 50_000
"""Of one rule: how many steps are taken before a question is left undecided."""

HOUSEHOLDS = 12
"""How many households are tried, for two exceptions, in looking for one that shows the clash."""


def check_cases(graph: Graph, broken: set[str], earlier: Earlier) -> Iterator[Problem]:
    """Every clash, and every case that cannot be reached, in the rules that are otherwise sound."""
    choices = graph.vocabulary.choices
    on_the_day, on_any_day = Claims(graph.terms, choices, graph.on), Claims(graph.terms, choices, None)
    for term in graph.terms:
        if term.kind != "rule" or term.formula is None or term.in_force is None or term.name in broken:
            continue
        of_the_day = earlier.cases.get((id(term), graph.on))
        if of_the_day is None:
            of_the_day = earlier.cases[id(term), graph.on] = tuple(_on_the_day(graph, term, on_the_day))
        of_any_day = earlier.cases.get((id(term), None))
        if of_any_day is None:
            of_any_day = earlier.cases[id(term), None] = tuple(_on_any_day(term, on_any_day))
        yield from of_the_day
        yield from of_any_day


def _parts(term: Term) -> tuple[Node, tuple[Node, ...]]:
    """What a rule's text says, and the conditions under which the term is refused for another reason."""
    assert term.formula is not None
    root, *touching = term.formula.root.args if term.formula.root.mechanism == "affected" else (term.formula.root,)
    return root, tuple(touching)


def _on_the_day(graph: Graph, term: Term, claims: Claims) -> Iterator[Problem]:
    yield from may_divide_by_zero(term, claims, Effort(EFFORT))
    root, touching = _parts(term)
    if root.mechanism == "exceptions":
        yield from _Clashes(graph, term, root, touching, claims).found()


def _on_any_day(term: Term, claims: Claims) -> Iterator[Problem]:
    root, _ = _parts(term)
    general = root.args[0] if root.mechanism == "exceptions" else root
    if general.mechanism == "alternatives":
        yield from _never_reached(term, general, claims)
    if root.mechanism == "exceptions":
        yield from _never_holding(term, root, claims)


# ---- cases that nobody reaches --------------------------------------------------------------------------------------


def _never_reached(term: Term, node: Node, claims: Claims) -> Iterator[Problem]:
    """A case whose condition contradicts itself, or is met by the cases before it already."""
    assert term.in_force is not None
    effort = Effort(EFFORT)
    before: Said = ALWAYS
    for number, (case, condition) in enumerate(zip(term.in_force.alternatives, [*node.args[1::2], None], strict=True)):
        said = ALWAYS if condition is None else claims.said(condition)
        if is_impossible(said, effort):
            yield _never(term, case.condition.span if case.condition else case.span, "This condition can never be met.")
            continue
        if number and not isinstance(case.value, syntax.NotEncoded) and is_impossible(all_of(before, said), effort):
            which = "This case is never reached: the cases before it leave nobody."
            last = "Leave its condition out of the last case that can be reached, and delete this one."
            yield _never(term, case.span, which, last if condition is None else None)
            if condition is None:
                return
        if condition is not None:
            before = all_of(before, claims.said(condition, wanted=False))


def _never_holding(term: Term, node: Node, claims: Claims) -> Iterator[Problem]:
    """An exception whose condition contradicts itself."""
    assert term.in_force is not None
    effort = Effort(EFFORT)
    for exception, condition in zip(term.in_force.exceptions, node.args[2::2], strict=True):
        if is_impossible(claims.said(condition), effort):
            yield _never(term, exception.clause.condition.span, f"`{exception.clause.name}` can never apply.")


def _never(term: Term, span: Span, message: str, fix: str | None = None) -> Problem:
    return Problem(
        code="never-met",
        severity="warning",
        message=message,
        place=Place(span, "no household comes here"),
        subject=term.name,
        citation=term.citation,
        fix=fix or "Correct the condition, or delete the case.",
    )


# ---- exceptions that clash ------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class _Clashes:
    """The exceptions of one rule, compared two by two."""

    graph: Graph
    term: Term
    node: Node
    touching: tuple[Node, ...]
    """The conditions under which the term is refused for another reason."""
    claims: Claims

    @property
    def exceptions(self) -> tuple[PartInForce[d.ExceptionClause], ...]:
        assert self.term.in_force is not None
        return self.term.in_force.exceptions

    @property
    def values(self) -> tuple[Node, ...]:
        return self.node.args[1::2]

    @property
    def conditions(self) -> tuple[Node, ...]:
        return self.node.args[2::2]

    def found(self) -> Iterator[Problem]:
        """For each exception the first before it that clashes with it, or else those of which that is not decided."""
        effort = Effort(EFFORT)
        for later in range(1, len(self.exceptions)):
            undecided: list[int] = []
            for earlier in range(later):
                said = self._both(earlier, later)
                if said is None:
                    continue
                try:
                    possible = next(solutions(said, effort), None) is not None
                    household = self._shown(said, earlier, later, effort) if possible else None
                except UndecidedError:
                    possible, household = True, None
                if household is not None:
                    yield self._clash(earlier, later, household)
                    undecided = []
                    break
                if possible:
                    undecided.append(earlier)
            if undecided:
                yield self._undecided(undecided[0], later)

    def _both(self, one: int, other: int) -> Said | None:
        """That two exceptions hold, none that prevails over either does, and their values differ; None where one prevails."""
        detail: Exceptions = self.node.detail
        if one in detail.beaten_by[other] or other in detail.beaten_by[one]:
            return None
        values = self.values[one], self.values[other]
        if any(value.mechanism == "not encoded" for value in values):
            return None
        over = sorted(detail.beaten_by[one] | detail.beaten_by[other])
        return all_of(
            self.claims.said(self.conditions[one]),
            self.claims.said(self.conditions[other]),
            *(self.claims.said(self.conditions[number], wanted=False) for number in over),
            *(self.claims.said(condition, wanted=False) for condition in self.touching),
            self.claims.differ(*values),
        )

    def _shown(self, said: Said, one: int, other: int, effort: Effort) -> Step | None:
        """A household in which both hold and differ, worked out; None where none of those tried is one."""
        needed = self.graph.needed([self.term])
        inputs = [term for term in needed if term.kind == "input"]
        tried = 0
        for store in islice(solutions(said, effort), HOUSEHOLDS):
            for variant in range(3):
                tried += 1
                if tried > HOUSEHOLDS:
                    return None
                effort.spend(100 + len(needed))
                step = self._worked_out(self._facts(inputs, store, variant))
                if step is not None and self._disagree(step, one, other):
                    return step
        return None

    def _facts(self, inputs: Sequence[Term], store: Store, variant: int) -> dict[str | None, dict[str, tuple[Fact, ...]]]:
        facts: dict[str | None, dict[str, tuple[Fact, ...]]] = {}
        for place, term in enumerate(inputs):
            domain = store.get(term.index)
            whole = self._whole(term)
            chosen = _candidates(term, whole if domain is None else domain, whole, self.graph.on)
            value = chosen[(variant * (1 + place)) % len(chosen)]
            facts.setdefault(term.entity, {})[term.name] = (Fact(value),)
        return facts

    def _whole(self, term: Term) -> Domain:
        """All values that an input may have."""
        if term.type.is_number:
            low, high = term.low, term.high
            if low is not None and high is not None and low > high:
                low = high = None  # a range that ends before it begins; that has been told
            return between(-(10**9) * term.scale if low is None else low, 10**9 * term.scale if high is None else high)
        match term.type.kind:
            case "date":
                return between(date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1], 12, 31).toordinal())
            case "date or never":
                return Among(frozenset({NEVER}))
            case "yes/no":
                return Among(frozenset({True, False}))
            case "choice":
                return Among(frozenset(self.graph.vocabulary.choices[term.type.choice or ""]))
        return Among(frozenset(), excluded=True)

    def _worked_out(self, facts: Mapping[str | None, Mapping[str, tuple[Fact, ...]]]) -> Step | None:
        """The rule, for one of its kind inside one of each kind that contains it."""
        entity = self.term.entity
        kinds = [] if entity is None else [*reversed(self.graph.vocabulary.containers(entity)), entity]
        members = [
            Member(kind, tuple(kinds[: place + 1]), place - 1 if place else None, facts.get(kind, {}))
            for place, kind in enumerate(kinds)
        ]
        everyone = Member(NOBODY.entity, (), None, facts.get(None, {}))
        case = Case(None, self.graph.on, self.graph.known, tuple(members), everyone)
        assessment = assess(self.graph, case, [self.term])
        answer = assessment.answers[0]
        return answer if isinstance(answer, Step) else None

    def _disagree(self, step: Step, one: int, other: int) -> bool:
        cells = step.frame.cells
        found = [self._value(step, number) for number in (one, other)]
        if None in found or any(cells[self.conditions[number].index] is not True for number in (one, other)):
            return False
        first, second = found
        assert first is not None and second is not None
        return first.plain() != second.plain()

    def _value(self, step: Step, number: int) -> Exact | None:
        """What an exception gave; None where it was not asked, or refused."""
        node = self.values[number]
        value = step.frame.cells[node.index]
        return Exact(value, self.term.type, node.scale) if isinstance(value, int | str | date) else None

    # ---- what is said of it -----------------------------------------------------------------------------------------

    def _clash(self, one: int, other: int, step: Step) -> Problem:
        names = self.exceptions[one].clause.name, self.exceptions[other].clause.name
        values = [found.words() for number in (one, other) if (found := self._value(step, number)) is not None]
        facts = self._told(step, one, other)
        example = f", for example with {facts}" if facts else ""
        message = f"`{names[0]}` and `{names[1]}` can both apply{example}: one gives {values[0]}, the other {values[1]}."
        return Problem(code="exceptions-clash", message=message, **self._between(one, other))

    def _undecided(self, one: int, other: int) -> Problem:
        names = self.exceptions[one].clause.name, self.exceptions[other].clause.name
        message = f"`{names[0]}` and `{names[1]}` may both apply and disagree; that is not decided here: such a case is refused."
        return Problem(code="exceptions-may-clash", severity="warning", message=message, **self._between(one, other))

    def _between(self, one: int, other: int) -> dict[str, Any]:
        """Where two exceptions stand, and how to say which of them prevails."""
        first, second = self.exceptions[one].clause, self.exceptions[other].clause
        return {
            "place": Place(second.name_span, "and this one"),
            "second": Place(first.name_span, "this exception"),
            "subject": self.term.name,
            "citation": self.term.citation,
            "fix": f"Say which prevails: add `prevails over {first.name}` to `{second.name}`, or the other way round.",
        }

    def _told(self, step: Step, one: int, other: int) -> str:
        """What the two conditions and values read, as it is in the household: `age 15 and carer yes`."""
        parts = []
        nodes = (self.conditions[one], self.conditions[other], self.values[one], self.values[other])
        seen: set[int] = set()
        for node in (part for root in nodes for part in walk(root)):
            if node.mechanism != "term" or not isinstance(node.detail, TermRead) or node.detail.entity is None:
                continue
            read = node.detail
            if read.term not in seen:
                seen.add(read.term)
                number = step.frame.number_read(read)
                term = self.graph.terms[read.term]
                value = step.frame.world.store[term.index][number or 0]
                if isinstance(value, int | str | date):
                    of = f" of {term.entity}" if term.entity != self.term.entity else ""
                    parts.append(f"{term.name}{of} {_written(Exact(value, term.type, term.scale))}")
        return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _written(value: Exact) -> str:
    """A value as a rule file has it: `£5 per week` rather than `£5.00 a week`, a choice by its own word."""
    if value.type.kind == "choice":
        return str(value.value)
    if value.type.kind == "text":
        return f'"{value.value}"'
    return value.words().replace("−", "-").replace(" a ", " per ").replace(" an ", " per ")


def _candidates(term: Term, domain: Domain, whole: Domain, on: date) -> list[Value]:
    """Values of a fact to try, the plainest first: the default, what lies next to a limit that was named, the ends."""
    found: list[Value] = []
    if isinstance(domain, Among):
        found = sorted(domain.values, key=str) if not domain.excluded else _other_text(domain)
        if term.default in found:
            found.sort(key=lambda value: value != term.default)
        return found
    assert isinstance(whole, Between)
    [(least, most)] = whole.spans
    day = term.type.kind == "date"
    default = term.default.toordinal() if isinstance(term.default, date) else term.default
    numbers: list[int] = []
    if isinstance(default, int):
        numbers.append(default)
    for low, high in domain.spans:
        near = [low] if low > least else []
        near += [high] if high < most else []
        middle = on.toordinal() if day else 0
        numbers += near or [min(max(middle, low), high)]
        numbers += [min(max(numbers[-1] + step, low), high) for step in (term.scale, 10 * term.scale)]
    numbers.sort(key=lambda number: (number != default, number < 0))
    inside = [number for number in dict.fromkeys(numbers) if any(low <= number <= high for low, high in domain.spans)]
    return [date.fromordinal(number) for number in inside] if day else list(inside)


def _other_text(domain: Among) -> list[Value]:
    """A text that is none of those."""
    text = "something else"
    while text in domain.values:
        text += " again"
    return [text]
