"""What an assessment returns: values, steps, refusals, and the facts that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from engine.cases.facts import Case, Fact
from engine.graph import Graph, Term
from engine.mechanisms.base import Frame, World
from engine.values import Exact, Reason, Refusal, Value, refusal_of


@frozen
class StepId:
    """The same step in any version of the law and on any day: the provision's permanent identity and whose it is (S62)."""

    provision: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return "@".join(filter(None, (self.provision, "/".join(self.path))))


@frozen(eq=False, repr=False)
class Step:
    """One term worked out for one entity. The frame holds the value of every node of its formula, and so the whole working."""

    term: Term
    number: int
    path: tuple[str, ...]
    value: Value
    frame: Frame
    reads: tuple[tuple[int, int], ...]
    """(term, number) of each step and fact that it used, in the order of its formula."""

    @property
    def id(self) -> StepId:
        return StepId(self.term.identity, self.path)

    @property
    def key(self) -> tuple[int, int]:
        return self.term.index, self.number

    @property
    def exact(self) -> Exact | None:
        """The value to be written; None for a refusal and for a group."""
        return exact(self.term, self.value)

    def members(self) -> list[tuple[str, ...]]:
        """Of a group: the paths of those who belong to it, without those of whom that is not known."""
        if not isinstance(self.value, tuple) or self.term.formula is None:
            return []
        kind = self.term.formula.root.detail.members.member
        return [self.frame.world.paths[kind][number] for number, doubt in self.value if doubt is None]


@frozen(eq=False, repr=False)
class FactUse:
    """A fact that an answer rests on, or a given one that none needs; `fact` is None where the default was assumed."""

    term: Term
    path: tuple[str, ...]
    value: Value
    fact: Fact | None
    unused: str | None = None
    """Why it was given and not used; None for one that was."""
    is_supposed: bool = False
    """Whether an example supposes it in place of what would be worked out."""

    @property
    def exact(self) -> Exact | None:
        return exact(self.term, self.value)

    @property
    def is_missing(self) -> bool:
        return self.fact is None and isinstance(self.value, Refusal)

    @property
    def is_assumed(self) -> bool:
        return self.fact is None and not self.is_supposed and not isinstance(self.value, Refusal)


def exact(term: Term, value: Value) -> Exact | None:
    if isinstance(value, Refusal | tuple):
        return None
    return Exact(value, term.type, term.scale)


@frozen(slots=False, eq=False, repr=False)
class Assessment:
    """The answers for the terms asked for, on one day; `steps` stand in an order in which each comes after what it uses."""

    graph: Graph
    case: Case
    asked: tuple[tuple[int, int], ...]
    world: World
    steps: tuple[Step, ...]
    facts: tuple[FactUse, ...]
    unused: tuple[FactUse, ...]
    strict: bool = False
    """Whether assumed facts were refused."""
    other_days: tuple[OtherDays, ...] = ()
    """What the answers rest on of other days, in their order."""

    @cached_property
    def by_key(self) -> Mapping[tuple[int, int], Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def facts_by_key(self) -> Mapping[tuple[int, tuple[str, ...]], FactUse]:
        return {(use.term.index, use.path): use for use in self.facts}

    @property
    def answers(self) -> tuple[Step | FactUse, ...]:
        """The steps asked for (or the facts, if an input was asked for)."""
        return tuple(self.at(key) for key in self.asked)

    def at(self, key: tuple[int, int]) -> Step | FactUse:
        step = self.by_key.get(key)
        if step is not None:
            return step
        term = self.graph.terms[key[0]]
        return self.facts_by_key[key[0], self.world.paths[term.entity][key[1]]]

    @property
    def is_refused(self) -> bool:
        """Whether any answer is a refusal."""
        return any(refusal_of(answer.value) for answer in self.answers)

    def all_of(self, name: str, *path: str) -> list[Step | FactUse]:
        """Every step or fact of a term by name, for the entities whose identifiers end so; the whole path is one's own."""
        known: list[Step | FactUse] = [*self.steps, *self.facts]
        found = [
            f for f in known if name in (f.term.name, self.graph.called(f.term)) and f.path[len(f.path) - len(path) :] == path
        ]
        return [f for f in found if f.path == path] or found

    def find(self, name: str, *path: str) -> Step | FactUse | None:
        """The first of them; None if no answer needed the term."""
        return next(iter(self.all_of(name, *path)), None)

    def under(self, keys: Iterable[tuple[int, int]]) -> tuple[Step, ...]:
        """The steps that these answers rest on, with their own, in the order of the working."""
        found: set[tuple[int, int]] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found and key in self.by_key:
                found.add(key)
                waiting.extend(self.by_key[key].reads)
        return tuple(step for step in self.steps if step.key in found)

    def way_to(self, step: Step, reason: Reason) -> tuple[Step, ...]:
        """From a refused step down to the one where a reason arose, each needed by the one before."""
        way = [step]
        while True:
            last = way[-1]
            if last.term.identity == reason.term and last.path == reason.path:
                return tuple(way)
            following = next((step for step in self._parts(last) if _has(step, reason)), None)
            if following is None:
                return tuple(way)
            way.append(following)

    def _parts(self, step: Step) -> Iterator[Step]:
        return (self.by_key[key] for key in step.reads if key in self.by_key)


@frozen(eq=False, repr=False)
class OtherDays:
    """Days one after another on which the same was found, and what that was on the first of them."""

    first: date
    last: date
    assessment: Assessment
    each: tuple[Assessment, ...]
    """Of every one of the days."""


def _has(step: Step, reason: Reason) -> bool:
    refusal = refusal_of(step.value)
    return refusal is not None and reason in refusal.reasons
