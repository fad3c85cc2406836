"""One household under two laws, or two under one: the steps beside each other, and the difference of each answer by cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, field, frozen

from engine.assess import assess
from engine.assessment import Assessment, FactUse, Step, StepId
from engine.cases.facts import Case
from engine.comparing.causes import Passage, touched
from engine.comparing.facts import ORDER, DayCause, FactCause, alike, case_in_time, case_of_two, facts_in_time, facts_of_two
from engine.comparing.meaning import own_texts
from engine.comparing.splitting import Cause, Contribution, Found, Move, State, moves, split, state_of
from engine.graph import Graph, Term
from engine.values import Exact, Refusal
from grammar.problems import errors

Why = Literal["rule", "inputs", "new", "gone", "same"]
"""Whether a step's own rule says something else, or only what it rests on is other; or it is there on one side only."""


@frozen(eq=False, repr=False)
class StepsBeside:
    """One step on both sides (S62)."""

    id: StepId
    before: Step | None
    after: Step | None
    why: Why

    @property
    def difference(self) -> Exact | None:
        """The later value less the earlier; None where a side has none, or the two cannot be taken from each other."""
        sides = [Found(step.exact if step is not None else None) for step in (self.before, self.after)]
        return Move(*sides).difference


@frozen(eq=False, repr=False)
class Compared:
    """Two assessments beside each other, and why they differ."""

    before: Assessment
    after: Assessment
    answers: Mapping[StepId, Move]
    steps: tuple[StepsBeside, ...]
    """As in the second assessment; then those that are gone."""
    contributions: tuple[Contribution, ...]
    """One after another; of each answer that both sides have they sum exactly to its difference."""

    def item(self, key: StepId) -> Step | FactUse:
        """An answer, as it is told."""
        for side in (self.after, self.before):
            for answer in side.answers:
                if StepId(answer.term.identity, answer.path) == key:
                    return answer
        raise KeyError(key)


# ---- one household under two laws -----------------------------------------------------------------------------------


@frozen(slots=False, eq=False, repr=False)
class Comparison:
    """Two laws by which households can be assessed one after another; what is made of the laws is made once."""

    passage: Passage
    before: Graph
    after: Graph
    _texts: dict[int, Mapping[str, str]] = field(factory=dict)

    def household(self, case: Case, asked: Sequence[Term], strict: bool = False) -> Compared:
        """A case under both laws; its own dates are those of the two sides."""
        passage = self.passage
        sides = [evolve(case, on=side.on, known=side.known or case.known) for side in (passage.before, passage.after)]
        first = assess(self.before, sides[0], _there(asked, self.before), strict)
        last = assess(self.after, sides[1], _there(asked, self.after), strict)
        facts = facts_in_time(sides[0], sides[1], self.after.vocabulary)
        day = [DayCause(passage.before.on, passage.after.on)] if passage.before.on != passage.after.on else []
        causes: list[Cause] = [*facts, *day, *passage.causes]
        in_case = len(facts) + len(day)
        names = [frozenset[str]()] * in_case + [touched(passage.law, cause) for cause in passage.causes]

        def between(applied: frozenset[int]) -> State | None:
            of_law = frozenset(number - in_case for number in applied if number >= in_case)
            if len([number for number in applied if number < in_case]) < in_case:
                given = [cause for number, cause in enumerate(causes) if number in applied and isinstance(cause, FactCause)]
                return _state(self.before, case_in_time(sides[0], sides[1], given), asked, strict)
            if not of_law and not day:
                return _state(self.before, sides[1], asked, strict)
            checked = passage.after_causes(of_law)
            return None if errors(checked.problems) else _state(checked.graph, sides[1], asked, strict)

        contributions = split(
            state_of(first),
            state_of(last),
            causes,
            between,
            may_touch=lambda number, now: number < in_case or bool(names[number] & now.rests_on),
            may_pass=lambda other, passed: passed >= in_case and self._may_pass(other - in_case, passed - in_case),
        )
        answers = moves(state_of(first).answers, state_of(last).answers)
        return Compared(first, last, answers, _beside(first, last, self._text), contributions)

    def _may_pass(self, other: int, passed: int) -> bool:
        """Whether what one cause writes can be written before another: never where both write to one place."""
        causes = self.passage.causes
        return not causes[other].places & causes[passed].places

    def _text(self, graph: Graph) -> Mapping[str, str]:
        if id(graph) not in self._texts:
            self._texts[id(graph)] = own_texts(graph, {})
        return self._texts[id(graph)]


def _state(graph: Graph, case: Case, asked: Sequence[Term], strict: bool) -> State:
    return state_of(assess(graph, case, _there(asked, graph), strict))


def _there(asked: Sequence[Term], graph: Graph) -> tuple[Term, ...]:
    """The terms of another graph in this one, by name; each stands under its first name in every law of a book."""
    return tuple(graph.by_name[term.name] for term in asked if term.name in graph.by_name)


# ---- two households under one law -----------------------------------------------------------------------------------


def compare_cases(graph: Graph, before: Case, after: Case, asked: Sequence[Term], strict: bool = False) -> Compared:
    """Two cases under one law: reconsideration, appeal. Facts that act on each other are told as one cause."""
    after = alike(before, after)
    first, last = (assess(graph, case, asked, strict) for case in (before, after))
    states: dict[frozenset[int], State] = {}
    causes = facts_of_two(before, after, graph.vocabulary)
    given_all = _state(graph, case_of_two(before, after, causes), asked, strict)
    if any(move.is_move for move in moves(given_all.answers, state_of(last).answers).values()):
        causes = (*causes, ORDER)

    def between(applied: frozenset[int]) -> State:
        if applied not in states:
            given = [causes[number] for number in sorted(applied)]
            states[applied] = _state(graph, case_of_two(before, after, given), asked, strict)
        return states[applied]

    groups = _acting_together(state_of(first), state_of(last), len(causes), between)
    together = [tuple(causes[number] for number in group) for group in groups]

    def after_groups(applied: frozenset[int]) -> State:
        return between(frozenset(number for place in applied for number in groups[place]))

    found = split(state_of(first), state_of(last), together, after_groups, lambda number, now: True)
    contributions = tuple(Contribution(tuple(_flat(one.causes)), one.moves) for one in found)
    answers = moves(state_of(first).answers, state_of(last).answers)
    return Compared(first, last, answers, _beside(first, last, lambda graph: {}), contributions)


def _flat(causes: Iterable[Cause]) -> Iterator[Cause]:
    for cause in causes:
        if isinstance(cause, tuple):
            yield from cause
        else:
            yield cause


def _acting_together(first: State, last: State, count: int, between: Callable[[frozenset[int]], State]) -> list[list[int]]:
    """Facts by number, those together of which one changes what another does: then neither alone has a share of its own.

    Each is tried alone; one that does in its turn what it does alone acts by itself. Another is joined to the earlier ones
    beside which it does something else, or, where no single one shows it, to all of them.
    """
    groups: list[list[int]] = []
    alone = [moves(first.answers, between(frozenset((number,))).answers) for number in range(count)]
    for number in range(count):
        before = between(frozenset(range(number))) if number else first
        now = between(frozenset(range(number + 1))) if number + 1 < count else last
        partners: list[int] = []
        if not _same(alone[number], moves(before.answers, now.answers)):
            partners = [one for one in range(number) if not _same(alone[number], _beside_one(between, one, number))]
            partners = partners or list(range(number))
        joined = [group for group in groups if not set(group).isdisjoint(partners)]
        groups = [group for group in groups if group not in joined]
        groups.append(sorted([number, *(one for group in joined for one in group)]))
    return sorted(groups)


def _beside_one(between: Callable[[frozenset[int]], State], one: int, other: int) -> Mapping[StepId, Move]:
    return moves(between(frozenset((one,))).answers, between(frozenset((one, other))).answers)


def _same(one: Mapping[StepId, Move], other: Mapping[StepId, Move]) -> bool:
    """Whether two causes do the same to every answer."""
    return all(_amount(one.get(key)) == _amount(other.get(key)) for key in one.keys() | other.keys())


def _amount(move: Move | None) -> object:
    if move is None or not move.is_move:
        return 0
    difference = move.difference
    return (difference.value, difference.scale) if difference is not None else (move.before.value, move.after.value)


# ---- steps beside each other ----------------------------------------------------------------------------------------


def _beside(before: Assessment, after: Assessment, text: Callable[[Graph], Mapping[str, str]]) -> tuple[StepsBeside, ...]:
    """The steps of two assessments, those with one identity together."""
    old = {step.id: step for step in before.steps}
    found = [_both(old.pop(step.id, None), step, text) for step in after.steps]
    return (*found, *(StepsBeside(step.id, step, None, "gone") for step in old.values()))


def _both(old: Step | None, new: Step, text: Callable[[Graph], Mapping[str, str]]) -> StepsBeside:
    if old is None:
        return StepsBeside(new.id, None, new, "new")
    if old.term is not new.term:
        texts = text(old.frame.world.graph), text(new.frame.world.graph)
        if texts[0][old.term.identity] != texts[1][new.term.identity]:
            return StepsBeside(new.id, old, new, "rule")
    return StepsBeside(new.id, old, new, "same" if _shown(old) == _shown(new) else "inputs")


def _shown(step: Step) -> object:
    """A step's value, to be compared whatever its scale and whoever is numbered how."""
    if step.exact is not None:
        return step.exact.words()
    return "refused" if isinstance(step.value, Refusal) else tuple(sorted(step.members()))
