"""A difference split by cause: causes applied one after another, each with what it changes, summing exactly to the difference.

What does not stand alone (the law between does not hold together, or somebody who has an answer on both sides would have none)
is told as one cause with what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from attrs import evolve, frozen

from engine.assessment import Assessment, StepId
from engine.exact import reduced
from engine.values import Exact, Refusal, Value


@frozen(eq=False, repr=False)
class Found:
    """What is known of an answer: its value, or why it has none."""

    value: Exact | Refusal | None
    """None where there is nobody of whom it is asked, or no such rule."""

    @property
    def is_known(self) -> bool:
        return isinstance(self.value, Exact)


Answers = Mapping[StepId, Found]
NOTHING = Found(None)


@frozen(eq=False, repr=False)
class Move:
    """One answer before a cause and after it."""

    before: Found
    after: Found

    @property
    def difference(self) -> Exact | None:
        """The later less the earlier; None of what cannot be taken from each other."""
        first, last = self.before.value, self.after.value
        if not isinstance(first, Exact) or not isinstance(last, Exact) or first.type != last.type:
            return None
        if not first.type.is_number or not isinstance(first.value, int) or not isinstance(last.value, int):
            return None
        value, scale = reduced(last.value * first.scale - first.value * last.scale, first.scale * last.scale)
        return Exact(value, first.type, scale)

    @property
    def is_move(self) -> bool:
        difference = self.difference
        if difference is not None:
            return difference.value != 0
        first, last = self.before.value, self.after.value
        if isinstance(first, Exact) and isinstance(last, Exact):
            return first != last
        return type(first) is not type(last)


class Cause(Protocol):
    """Anything that differs between the two sides: something written in the law, or a fact."""


@frozen(eq=False, repr=False)
class Contribution:
    """One cause, or several that do not stand without one another, and what they change of each answer."""

    causes: tuple[Cause, ...]
    moves: Mapping[StepId, Move]

    @property
    def moves_something(self) -> bool:
        return any(move.is_move for move in self.moves.values())


@frozen(eq=False, repr=False)
class State:
    """The answers at a point between the two sides, and the names of all terms that they rest on."""

    answers: Answers
    rests_on: frozenset[str]


Between = Callable[[frozenset[int]], State | None]
"""The answers after some of the causes, by number; None where what they leave does not hold together."""

MOST_PARTNERS = 40
"""Among how many of the following causes one is looked for without which a cause does not stand."""


def split(
    first: State,
    last: State,
    causes: Sequence[Cause],
    between: Between,
    may_touch: Callable[[int, State], bool],
    may_pass: Callable[[int, int], bool] = lambda one, other: True,
) -> tuple[Contribution, ...]:
    """Each cause with what it changes; those that change nothing too.

    `may_touch` says whether a cause can change anything in a state; what cannot is not worked out. `may_pass` says whether a
    cause may be taken before another that stands before it.
    """
    needed = [key for key in first.answers if first.answers[key].is_known and last.answers.get(key, NOTHING).is_known]
    found: list[Contribution] = []
    waiting = list(range(len(causes)))
    applied: frozenset[int] = frozenset()
    now = first

    def stands(numbers: Sequence[int]) -> State | None:
        key = applied.union(numbers)
        state = last if len(key) == len(causes) else between(key)
        return state if state is not None and all(state.answers.get(one, NOTHING).is_known for one in needed) else None

    while waiting:
        group = [waiting[0]]
        if len(waiting) > 1 and not may_touch(group[0], now):
            state: State | None = now
        else:
            group, state = _standing(waiting, stands, may_pass)
        assert state is not None  # all of them together are the second side
        waiting = [number for number in waiting if number not in group]
        applied = applied.union(group)
        found.append(Contribution(tuple(causes[number] for number in group), moves(now.answers, state.answers)))
        now = state
    return tuple(found)


def _standing(
    waiting: Sequence[int], stands: Callable[[Sequence[int]], State | None], may_pass: Callable[[int, int], bool]
) -> tuple[list[int], State | None]:
    """The first cause alone if it stands; else with the one other that it needs; else with all up to where they stand."""
    first, *others = waiting
    state = stands([first])
    if state is not None or not others:
        return [first], state
    for place, other in enumerate(others[:MOST_PARTNERS]):
        if all(may_pass(other, passed) for passed in others[:place]):
            state = stands([first, other])
            if state is not None:
                return [first, other], state
    for count in range(3, len(waiting) + 1):
        state = stands(waiting[:count])
        if state is not None:
            return list(waiting[:count]), state
    return list(waiting), None


def moves(before: Answers, after: Answers) -> dict[StepId, Move]:
    return {key: Move(before.get(key, NOTHING), after.get(key, NOTHING)) for key in dict.fromkeys([*before, *after])}


def state_of(assessment: Assessment) -> State:
    """The answers of an assessment, and what they rest on, also of other days."""
    answers = {StepId(item.term.identity, item.path): Found(_value(item.exact, item.value)) for item in assessment.answers}
    names = {step.term.name for step in assessment.steps} | {use.term.name for use in assessment.facts}
    for run in assessment.other_days:
        for day in run.each:
            names.update(step.term.name for step in day.steps)
            names.update(use.term.name for use in day.facts)
    return State(answers, frozenset(names))


def _value(exact: Exact | None, value: Value) -> Exact | Refusal | None:
    if exact is None:
        return value if isinstance(value, Refusal) else None
    if isinstance(exact.value, int) and not isinstance(exact.value, bool):
        reduced_value, scale = reduced(exact.value, exact.scale)
        return evolve(exact, value=reduced_value, scale=scale)
    return exact
