"""Households to try: made from the vocabulary, or taken from examples, and changed a step at a time.

What is tried follows from the rules: amounts on either side of those that they compare with, ages on either side of those
that they ask for, every value of a choice, one more or one fewer of somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from attrs import evolve, frozen

from engine.book.schemes import EVERYONE
from engine.cases.facts import NOBODY, Case, Fact, Member
from engine.checking.vocabulary import InputType
from engine.dates import anniversary
from engine.graph import Graph, Term
from engine.mechanisms.tables import OneOf, Within
from engine.nodes import Formula, Node, OverDays, OverMembers, walk
from engine.testing.written import Person
from engine.values import NEVER, Exact, Value
from grammar.limits import YEARS

MOST_MEMBERS = 8
"""Members of a household that is tried; more make it no easier to read."""

_AGES = (0, 2, 4, 10, 17, 40, 70)
"""Whole years, for whoever is added to a household."""


@frozen(eq=False, repr=False)
class Who:
    """A member, or `everyone` with what is nobody's own; `of` is the place, in the same household, of what it stands in."""

    entity: str
    name: str
    of: int | None
    facts: Mapping[str, Value]
    roles: tuple[str, ...] = ()


Household = tuple[Who, ...]


def case_of(household: Household, on: date) -> Case:
    paths: list[tuple[str, ...]] = []
    number: dict[int, int] = {}
    members: list[Member] = []
    everyone = NOBODY
    for place, who in enumerate(household):
        facts = {name: (Fact(value),) for name, value in who.facts.items()}
        path = (*(paths[who.of] if who.of is not None else ()), who.name)
        paths.append(path)
        if who.entity == EVERYONE:
            everyone = Member(EVERYONE, (), None, facts)
            continue
        number[place] = len(members)
        members.append(Member(who.entity, path, None if who.of is None else number[who.of], facts, roles=who.roles))
    return Case(None, on, None, tuple(members), everyone)


def household_of(case: Case) -> Household:
    """Who is there on the day of a case, with what is known of each on that day."""
    number: dict[int, int] = {}
    found: list[Who] = []
    for place, member in enumerate(case.members):
        if not member.there(case.on) or (member.parent is not None and member.parent not in number):
            continue
        number[place] = len(found)
        above = None if member.parent is None else number[member.parent]
        found.append(Who(member.entity, member.path[-1], above, _known(member, case), member.roles))
    if case.everyone.facts:
        found.append(Who(EVERYONE, EVERYONE, None, _known(case.everyone, case)))
    return tuple(found)


def _known(member: Member, case: Case) -> dict[str, Value]:
    """What is known of a member on the day of a case."""
    in_force = {name: member.fact(name, case.on, case.known) for name in member.facts}
    return {name: fact.value for name, fact in in_force.items() if fact is not None and fact.value is not None}


def written_of(household: Household, inputs: Mapping[str, InputType]) -> list[Person]:
    found = []
    for who in household:
        facts = [(name, Exact(value, inputs[name].type, inputs[name].scale)) for name, value in who.facts.items()]  # type: ignore[arg-type]
        name = "" if who.entity == EVERYONE else who.name
        found.append(Person(who.entity, name, None if who.of is None else household[who.of].name, facts, who.roles))
    return found


# ---- what to try ----------------------------------------------------------------------------------------------------


@frozen(slots=False, eq=False, repr=False)
class Workshop:
    """Households for one question on one day: `asked` is the term, and only inputs that it can rest on are varied."""

    graph: Graph
    asked: Term

    @cached_property
    def inputs(self) -> Mapping[str, InputType]:
        """The inputs that the answer may rest on: those nearest to the question first."""
        depth: dict[int, int] = {self.asked.index: 0}
        waiting = [self.asked.index]
        for index in waiting:
            for other in self.graph.terms[index].reads:
                if other not in depth:
                    depth[other] = depth[index] + 1
                    waiting.append(other)
        terms = sorted((depth[t.index], t.name) for t in self.graph.terms if t.kind == "input" and t.index in depth)
        return {name: self.graph.vocabulary.inputs[name] for _, name in terms}

    @cached_property
    def _nodes(self) -> tuple[Node, ...]:
        formulas = [term.formula for term in self.graph.needed([self.asked]) if term.formula]
        return tuple(node for formula in formulas for node in _all_nodes(formula))

    @cached_property
    def _constants(self) -> Mapping[tuple[object, ...], tuple[tuple[int, int], ...]]:
        """Amounts in the rules, by unit: what a fact may have to be above or below."""
        found: dict[tuple[object, ...], dict[tuple[int, int], None]] = {}
        for node in self._nodes:
            constant = node.constant
            if constant is None and node.mechanism == "term" and not node.args:
                constant = self.graph.terms[node.detail.term].constant
            if constant is not None and node.type.is_number:
                found.setdefault(node.type.unit, {})[constant, node.scale] = None
        for column, scale, cell in self._cells:
            if column.type.is_number:
                ends = [(end.value, scale) for end in cell.ends if isinstance(end.value, int)]
                found.setdefault(column.type.unit, {}).update(dict.fromkeys(ends))
        return {unit: tuple(constants) for unit, constants in found.items()}

    @cached_property
    def _cells(self) -> tuple[tuple[Node, int, Within | OneOf], ...]:
        """The cells of tables that ask for something, each with its column and the scale of its ends."""
        return tuple(
            (column, scale, cell)
            for node in self._nodes
            if node.mechanism == "table"
            for cells in node.detail.rows
            for column, scale, cell in zip(node.args, node.detail.scales, cells, strict=False)
            if cell is not None
        )

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        """Times from a birth or another day that rules compare with, as (months, days)."""
        units = {node.detail[0] for node in self._nodes if node.mechanism == "elapsed"}
        found: dict[tuple[int, int], None] = {}
        for unit in sorted(units):
            numbers = [*self._constants.get((), ()), *self._constants.get(((unit, 1),), ())]
            for value, scale in numbers:
                count = value // scale
                if 0 < count <= {"year": 120, "month": 1440, "week": 6000, "day": 40_000}[unit]:
                    months = count * 12 if unit == "year" else count if unit == "month" else 0
                    days = count * 7 if unit == "week" else count if unit == "day" else 0
                    found[months, days] = None
        return tuple(found)

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """Days on which somebody just reaches, has not reached or is past what the rules ask for; and some ages besides."""
        on = self.graph.on
        days: dict[date, None] = {_ago(on, 480): None}
        for months, count in self._spans:
            reached = _ago(on, months) - timedelta(days=count)
            for step in (0, 1, -1, -180):
                days[reached + timedelta(days=step)] = None
        named = [node.detail for node in self._nodes if node.mechanism == "literal" and node.type.kind == "date"]
        named += [end.value for _, _, cell in self._cells for end in cell.ends if isinstance(end.value, date)]
        for day in named:
            for step in (0, 1, -1):
                days[day + timedelta(days=step)] = None
        for age in _AGES:
            days[_ago(on, age * 12 + 3)] = None
        return tuple(day for day in days if day.year in YEARS)

    def values(self, item: InputType) -> tuple[Value, ...]:
        """What to try for an input, each once: first what the rules themselves name."""
        match item.type.kind:
            case "yes/no":
                return (True, False)
            case "choice":
                return self.graph.vocabulary.choices[item.type.choice or ""]
            case "date":
                return self._days
            case "date or never":
                return (NEVER, *self._days)
            case "text":
                compared = [node for node in self._nodes if node.mechanism == "is" and node.args[0].type.kind == "text"]
                answers = [answer for node in compared for answer in node.detail[0]]
                for column, _, cell in self._cells:
                    answers += cell.answers if isinstance(cell, OneOf) and column.type.kind == "text" else ()
                return tuple(dict.fromkeys([*answers, "something else"]))
            case _:
                return self._numbers(item)

    def _numbers(self, item: InputType) -> tuple[int, ...]:
        unit = item.scale // (100 if item.type.kind == "%" else 1)
        step = 1 if item.type.is_money else unit
        found: dict[int, None] = {}
        for value, scale in self._constants.get(item.type.unit, ()):
            near = value * item.scale // scale
            found.update(dict.fromkeys((near, near + step, near - step)))
        found.update(dict.fromkeys((0, *(unit * 10**power for power in range(6)), 40 * unit, 250 * unit)))
        found.update(dict.fromkeys(bound for bound in (item.low, item.high) if bound is not None))
        return tuple(v for v in found if (item.low is None or v >= item.low) and (item.high is None or v <= item.high))

    # ---- households -------------------------------------------------------------------------------------------------

    def smallest(self) -> Household:
        """One of each kind, with what is needed and has no default."""
        words = self.graph.vocabulary
        place: dict[str, int] = {}
        found: list[Who] = []
        for entity in words.order:
            above = words.container[entity]
            place[entity] = len(found)
            roles = tuple(role.name for role in words.roles.values() if role.holder == entity and role.cardinality == "one")
            name = _NAMES.get(entity, entity)
            found.append(Who(entity, name, None if above is None else place[above], self._needed(entity), roles))
        return self.completed(tuple(found))

    def _needed(self, entity: str) -> dict[str, Value]:
        items = [item for item in self.inputs.values() if (item.entity or EVERYONE) == entity and item.default is None]
        return {item.name: found[0] for item in items if (found := self.values(item))}

    def completed(self, household: Household) -> Household:
        """With what the answer needs and nobody has said: another day and another question need other facts."""
        found = tuple(evolve(who, facts={**self._needed(who.entity), **who.facts}) for who in household)
        is_asked = any(item.entity is None for item in self.inputs.values())
        if not is_asked or any(who.entity == EVERYONE for who in household):
            return found
        return (*found, Who(EVERYONE, EVERYONE, None, self._needed(EVERYONE)))

    def changed(self, household: Household) -> Iterator[Household]:
        """Every household one step away, those first that change what stands nearest to the question."""
        for item in self.inputs.values():
            for place, who in enumerate(household):
                if who.entity != (item.entity or EVERYONE):
                    continue
                current = who.facts.get(item.name, item.default)
                for value in self.values(item):
                    if value != current:
                        yield _with(household, place, evolve(who, facts={**who.facts, item.name: value}))
        yield from self._other_roles(household)
        yield from self._one_more(household)
        yield from one_fewer(household)

    def _other_roles(self, household: Household) -> Iterator[Household]:
        """Somebody takes a role or lays it down; what one alone can hold passes from whoever holds it."""
        for role in self.graph.vocabulary.roles.values():
            for place, who in enumerate(household):
                if who.entity != role.holder:
                    continue
                without = tuple(
                    evolve(other, roles=tuple(name for name in other.roles if name != role.name))
                    if other is who or role.cardinality != "any number"
                    else other
                    for other in household
                )
                taken = role.name not in who.roles
                yield _with(without, place, evolve(who, roles=(*who.roles, role.name))) if taken else without

    def _one_more(self, household: Household) -> Iterator[Household]:
        words = self.graph.vocabulary
        if len(household) >= MOST_MEMBERS:
            return
        for entity in words.order:
            above = words.container[entity]
            if above is None:
                continue
            dates = [item for item in self.inputs.values() if item.entity == entity and item.type.is_date]
            name = next(n for n in _names(entity) if n not in {who.name for who in household})
            parents = [place for place, who in enumerate(household) if who.entity == above]
            facts = self._needed(entity)
            for who in household:
                if who.entity == entity:
                    yield (*household, Who(entity, name, who.of, who.facts))
            for place in parents[:1]:
                yield (*household, Who(entity, name, place, facts))
                for item in dates:
                    for day in self.values(item)[1:]:
                        yield (*household, Who(entity, name, place, {**facts, item.name: day}))


def one_fewer(household: Household) -> Iterator[Household]:
    """Without one of those in whom nobody stands."""
    containers = {who.of for who in household}
    for place in reversed(range(len(household))):
        if place not in containers and len(household) > 1:
            kept = [who for number, who in enumerate(household) if number != place]
            yield tuple(evolve(who, of=who.of - (who.of > place)) if who.of is not None else who for who in kept)


def one_fact_fewer(household: Household) -> Iterator[Household]:
    for place, who in enumerate(household):
        for name in who.facts:
            yield _with(household, place, evolve(who, facts={n: value for n, value in who.facts.items() if n != name}))


def _with(household: Household, place: int, who: Who) -> Household:
    return (*household[:place], who, *household[place + 1 :])


_NAMES = {"household": "home", "person": "anna"}
_PEOPLE = ("anna", "ben", "carla", "dan", "eva", "finn", "gina", "hugo", "ida")


def _names(entity: str) -> Iterator[str]:
    if entity == "person":
        yield from _PEOPLE
    yield from (f"{entity}_{number}" for number in range(2, 100))


def _ago(on: date, months: int) -> date:
    return anniversary(on, -months, "last")


def _all_nodes(formula: Formula) -> Iterator[Node]:
    for node in walk(formula.root):
        yield node
        if isinstance(node.detail, OverMembers | OverDays):
            for inner in node.detail.formulas:
                if inner is not None:
                    yield from _all_nodes(inner)


def distinct(households: Iterable[Household]) -> Sequence[Household]:
    """Each household once, in order."""
    found = {
        tuple((w.entity, w.of, w.roles, tuple(sorted(w.facts.items(), key=lambda fact: fact[0]))) for w in h): h
        for h in households
    }
    return list(found.values())
