"""A case worked out at any value of one fact, or on the stretch that begins at one: only what depends on the fact, anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from engine.assess import values
from engine.assessment import Assessment
from engine.cases.facts import NOBODY, Case, Fact, Member
from engine.graph import Graph, Term
from engine.mechanisms.base import Frame, Run
from engine.nodes import Node, OverDays, OverMembers, TermRead, walk
from engine.present import Key
from engine.tracing import read_by
from engine.values import Exact, Reason, Refusal, Value
from engine.varying.kinds import Found
from engine.varying.linear import Line, NotLinear, Place, Untold, Varying
from engine.varying.steps import Now, prepared
from engine.working import Days


def with_fact(case: Case, term: Term, path: tuple[str, ...], value: Value) -> Case:
    """A case, were one fact of one member another: in place of the one in force on the day, for as long as that is."""
    if term.entity is None:
        everyone = case.everyone if case.everyone is not NOBODY else Member("everyone", (), None, {})
        return evolve(case, everyone=_replaced(case, term.name, everyone, value))
    members = tuple(_replaced(case, term.name, member, value) if member.path == path else member for member in case.members)
    return evolve(case, members=members)


def _replaced(case: Case, name: str, member: Member, value: Value) -> Member:
    facts: Sequence[Fact] = member.facts.get(name, ())
    old = member.fact(name, case.on, case.known)
    new = tuple(evolve(fact, value=value) if fact is old else fact for fact in facts)
    if old is None:
        new = (*facts, Fact(value, case.on if facts else None))
    return evolve(member, facts={**member.facts, name: new})


def looks_back(graph: Graph, fact: Key, answer: Term) -> Term | None:
    """The rule by which an answer rests on what a fact was on other days."""
    ever = depend_on(graph, fact[0], on_other_days=True)
    return next((term for term in graph.needed([answer]) if any(read in ever for read in term.reads_on_other_days)), None)


def answers_with(assessment: Assessment, case: Case) -> tuple[Value, ...]:
    """What an assessment was asked for, of another case with the same members."""
    graph = assessment.graph
    names = list(dict.fromkeys(index for index, _ in assessment.asked))
    found = values(graph, case, [graph.terms[index] for index in names], assessment.strict)
    by_term = dict(zip(names, found, strict=True))
    return tuple(by_term[index][number] for index, number in assessment.asked)


@frozen(eq=False, repr=False)
class Stretch:
    """What an answer is from one place of the fact to another, both ends left out; or at the one place that both are."""

    start: Fraction
    end: Fraction
    value: Value
    """Where it varies, a `Varying` from the start."""
    turns: tuple[Place, ...]
    """What ends it, of all that was worked out."""

    def at(self, place: Fraction) -> Fraction | None:
        """The number at a place; None for what is no number."""
        match self.value:
            case Varying() as varying:
                return varying.at + varying.slope * (place - self.start)
            case bool():
                return None
            case int():
                return Fraction(self.value)
        return None


class Along:
    """A case in which one fact of one member is left open."""

    def __init__(self, graph: Graph, case: Case, fact: Key, asked: Key, strict: bool = False) -> None:
        self.graph, self.case, self.fact, self.asked, self.strict = graph, case, fact, asked, strict
        self.term = graph.terms[asked[0]]
        self.input = graph.terms[fact[0]]
        self._working = Days(graph, case, strict, {}, recorded=False).own()
        self._store: list[list[Value]] = self._working.world.store
        self.given: Value = self._store[fact[0]][fact[1]]
        """As the case has it, or the rules assume it; a refusal where neither does."""
        self.used: Fact | None = self._working.facts.get(fact)
        self.varies = depend_on(graph, fact[0])
        needed = graph.working([self.term])
        self.depend = tuple(term for term in needed if term.index in self.varies)
        self.looks_back = looks_back(graph, fact, self.term)
        self._now = Now()
        self._runs: dict[int, Run] = {}
        self._found: dict[int, Found] = {}
        self._working.work_out([self.term])

    def path(self, key: Key) -> tuple[str, ...]:
        """Whose a term is."""
        return self._working.world.paths[self.graph.terms[key[0]].entity][key[1]]

    def number_of(self, term: Term, path: tuple[str, ...]) -> int:
        """Which of those who have a term it is."""
        return self._working.world.paths[term.entity].index(path)

    def single_limit(self, node: Node, of: Key) -> tuple[Term, Exact] | None:
        """The one amount of money that a part of a term reads and that the fact does not change; None where there are more.

        It may stand further down, in what the part reads and the fact changes: `over` of `capital - limit`.
        """
        graph, found, seen = self.graph, set[int](), set[int]()
        waiting = {part.detail.term for part in _every(node) if isinstance(part.detail, TermRead)}
        while waiting and not found:
            found = {index for index in waiting if index not in self.varies and graph.terms[index].type.is_money}
            seen |= waiting
            waiting = {index for above in waiting & self.varies for index in graph.terms[above].reads} - seen
        if len(found) != 1:
            return None
        [limit] = (graph.terms[index] for index in found)
        number = 0 if limit.entity is None else of[1]
        known = self._store[limit.index] if limit.entity in (None, graph.terms[of[0]].entity) else []
        value = known[number] if number < len(known) else None
        return (limit, Exact(value, limit.type, limit.scale)) if isinstance(value, int) else None

    # ---- at one value, as an assessment has it ----

    def exact(self, value: Value) -> Value:
        """The answer where the fact is this, with every rounding."""
        if self.looks_back is not None:
            [found] = values(self.graph, self.with_fact(value), [self.term], self.strict)
            return found[self.asked[1]]
        self._put(value)
        self._working.done.difference_update(term.index for term in self.depend)
        self._working.work_out([self.term])
        return self._store[self.asked[0]][self.asked[1]]

    def found(self, place: int) -> Found:
        """The answer where the fact is this over its scale, of a day its number in the calendar; each worked out once."""
        found = self._found.get(place)
        if found is None:
            here = date.fromordinal(place) if self.input.type.is_date else place
            fact = Exact(here, self.input.type, self.input.scale)
            found = self._found[place] = Found(fact, self.exact(here), self.term)
        return found

    def values(self) -> dict[Key, Value]:
        """All that rests on the fact, as it was worked out last."""
        return {(term.index, number): value for term in self.depend for number, value in enumerate(self._store[term.index])}

    def _put(self, value: Value) -> None:
        self._store[self.fact[0]][self.fact[1]] = value
        for term in self.depend:
            self._store[term.index].clear()

    def with_fact(self, value: Value) -> Case:
        """The case, were the fact this: in place of the one in force on the day, for as long as that is."""
        return with_fact(self.case, self.input, self.path(self.fact), value)

    # ---- on a stretch ----

    def right_of(self, start: Fraction, end: Fraction) -> Stretch:
        """The answer right of a place, as far as it stays the same straight line."""
        return self._worked(Line(start, end), Fraction(1))

    def point(self, place: Fraction) -> Stretch:
        """The answer at a place, also where no fact can be, its small roundings set aside."""
        return self._worked(Line(place, place, is_point=True), Fraction(0))

    def _worked(self, line: Line, slope: Fraction) -> Stretch:
        now, world = self._now, self._working.world
        now.line = line
        at = line.start
        is_plain = not slope and at.denominator == 1
        self._put(at.numerator if is_plain else Varying(at, slope, {}, line))
        frames: dict[Key, Frame] = {}
        for term in self.depend:
            for me in range(len(world.paths[term.entity])):
                line.worked = key = (term.index, me)
                now.place = line.place = Place(term, me, None)
                assert term.formula is not None
                frames[key] = Frame(world, term.formula, me, term.identity, term.citation)
                try:
                    value = self._run(term)(frames[key])
                    self._store[term.index].append(_in_range(term, frames[key], value))
                except Untold as why:  # raised again by whatever needs the term
                    self._store[term.index].append(why)  # type: ignore[arg-type]
        answer = self._store[self.asked[0]][self.asked[1]]
        if isinstance(answer, Untold):
            raise answer
        needed = self._needed(frames)
        turns = [turn for turn in line.turns if turn.worked in needed]
        end = min((turn.at for turn in turns), default=line.end)
        places = tuple(turn.place for turn in turns if turn.at == end and turn.place is not None)
        return Stretch(at, end, answer, places)

    def _run(self, term: Term) -> Run:
        run = self._runs.get(term.index)
        if run is None:
            assert term.formula is not None
            run = self._runs[term.index] = prepared(term.formula.root, self._now, self.varies)
        return run

    def _needed(self, frames: dict[Key, Frame]) -> set[Key]:
        """The terms that the answer rests on, of those that depend on the fact."""
        found: set[Key] = set()
        waiting = [self.asked]
        while waiting:
            key = waiting.pop()
            if key in frames and key not in found:
                found.add(key)
                waiting += read_by(frames[key])
        return found

    def number(self) -> NotLinear | None:
        """Why there are no stretches at all; None where there may be."""
        if self.looks_back is None:
            return None
        is_there = bool(self._working.world.paths[self.looks_back.entity])
        place = Place(self.looks_back, 0, None) if is_there else None
        return NotLinear("it looks at what that was on other days", place)


def _every(node: Node) -> Iterator[Node]:
    """A part of a formula with all that is worked out inside it, of members and of days."""
    for part in walk(node):
        yield part
        for inner in part.detail.formulas if isinstance(part.detail, OverMembers | OverDays) else ():
            if inner is not None:
                yield from _every(inner.root)


def depend_on(graph: Graph, fact: int, on_other_days: bool = False) -> frozenset[int]:
    """A fact, and all terms that rest on it, on the same day or also on others."""
    found = {fact}
    for term in graph.terms:
        reads = (*term.reads, *term.reads_on_other_days) if on_other_days else term.reads
        if not found.isdisjoint(reads):
            found.add(term.index)
    return frozenset(found)


def _in_range(term: Term, frame: Frame, value: Value) -> Value:
    """A rule's own range is kept: a value outside it is refused (S35)."""
    if value.__class__ not in (int, Varying):
        return value
    low, high = term.declared_low, term.declared_high
    if not ((low is not None and value < low) or (high is not None and value > high)):
        return value
    path = frame.world.paths[term.entity][frame.me]
    message = f"{term.title} would be outside the range that the rule states."
    return Refusal((Reason("out of range", message, term.identity, path, term.citation),))
