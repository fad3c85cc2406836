"""The terms of a graph worked out for a case, on one day and on the others that a formula looks at (S37, S72).

Terms are worked out whether or not a case takes them, each once, in the order of the graph. No recursion follows from the size
of a rule book; formulas that look at other days nest no deeper than the rules that do so, since none looks back on itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, evolve, field

from engine.book.consolidate import consolidate
from engine.cases.facts import Case, Fact
from engine.checking.earlier import of
from engine.graph import Graph, Term, scale_on_other_days
from engine.mechanisms.base import MOST_BITS, Frame, World
from engine.present import Key, inputs, world_of
from engine.values import Exact, Reason, Refusal, Value, day_words
from grammar.problems import errors

Supposed = Mapping[tuple[int, tuple[str, ...]], Value]
"""Values that stand in an example for what would be worked out: by a term's index and the path of whose it is."""


@define(eq=False, repr=False)
class Working:
    """What has been worked out on one day."""

    graph: Graph
    case: Case
    """Asked on the day."""
    world: World
    facts: dict[Key, Fact | None]
    """Of each input the fact that was given; None where none was."""
    supposed: Supposed
    frames: list[list[Frame]] | None
    """The record, by term and entity; None where none is wanted."""
    done: set[int] = field(factory=set)

    def work_out(self, asked: Sequence[Term]) -> None:
        """Every term that these may need, for each of its entities, into the world's store, and its frame into `frames`.

        Where no frames are wanted, those of a term share one: a mechanism writes to its frame and never reads what it wrote
        for another entity.
        """
        world, supposed, frames = self.world, self.supposed, self.frames
        for term in self.graph.working(asked):
            if term.index in self.done:
                continue
            self.done.add(term.index)
            run, formula, numbers = term.run, term.formula, range(len(world.paths[term.entity]))
            assert formula is not None
            store = world.store[term.index]
            low, high = term.declared_low, term.declared_high
            frame = None
            for me in numbers:
                if frame is None or frames is not None:
                    frame = Frame(world, formula, me, term.identity, term.citation)
                frame.me = me
                value = run(frame)
                if value.__class__ is int and (
                    (low is not None and value < low) or (high is not None and value > high) or value.bit_length() > MOST_BITS
                ):
                    value = _outside(term, value, frame)
                if supposed:
                    value = supposed.get((term.index, world.paths[term.entity][me]), value)
                store.append(value)
                if frames is not None:
                    frames[term.index].append(frame)


def _outside(term: Term, value: int, frame: Frame) -> Refusal:
    """A rule's own range is kept: a value outside it is refused, not cut off (S35)."""
    if value.bit_length() > MOST_BITS:
        return frame.refusal("out of range", f"{term.title} would have more than a hundred digits.")
    shown = Exact(value, term.type, term.scale).words()
    return frame.refusal("out of range", f"{term.title} would be {shown}, which is outside the range that the rule states.")


@define(eq=False, repr=False)
class Days:
    """A case on every day that is looked at: the award's own, and others, each with the law in force on it (S72)."""

    graph: Graph
    case: Case
    strict: bool
    supposed: Supposed
    recorded: bool
    others: dict[date, Working] = field(factory=dict)
    _seen: dict[tuple[int, date], World] = field(factory=dict)

    def own(self) -> Working:
        """The working of the award's own day."""
        return self._working(self.graph, self.case, self.supposed)

    def _working(self, graph: Graph, case: Case, supposed: Supposed, on_other_day: bool = False) -> Working:
        world = world_of(graph, case, self)
        facts = inputs(graph, case, world, self.strict, on_other_day)
        world.facts.update(facts)
        for (index, path), value in supposed.items():
            term = graph.terms[index]
            if term.kind == "input" and path in world.paths[term.entity]:
                number = world.paths[term.entity].index(path)
                world.store[index][number] = value
                world.facts.pop((index, number), None)
        return Working(graph, case, world, facts, supposed, [[] for _ in graph.terms] if self.recorded else None)

    def world(self, seen_from: World, day: date, terms: Sequence[int]) -> World | Refusal:
        """Who there is on a day and what these terms are, under the indexes that they have where it is seen from."""
        working = self.others.get(day)
        if working is None:
            graph = graph_on(self.graph, day)
            if isinstance(graph, Refusal):
                return graph
            supposed = {
                (there.index, path): value
                for (index, path), value in self.supposed.items()
                if (there := graph.by_name.get(self.graph.terms[index].name))
            }
            working = self.others[day] = self._working(graph, evolve(self.case, on=day), supposed, on_other_day=True)
        from_here: Graph = seen_from.graph
        key = (id(from_here), day)
        world = self._seen.get(key)
        if world is None:
            world = self._seen[key] = evolve(working.world, graph=from_here, store={})
        wanted = [index for index in terms if index not in world.store]
        if wanted:
            looked_at = [working.graph.by_name[from_here.terms[index].name] for index in wanted]
            working.work_out(looked_at)
            for index, term in zip(wanted, looked_at, strict=True):
                world.store[index] = _as_read(from_here.terms[index], term, working)
        return world


def _as_read(here: Term, there: Term, working: Working) -> list[Value]:
    """A term's values of another day, over the scale in which they are read."""
    values: list[Value] = working.world.store[there.index]
    scale = scale_on_other_days(here)
    if not here.type.is_number or scale == there.scale:
        return values
    paths = working.world.paths[there.entity]
    return [
        _rescaled(value, there, path, scale, working) if value.__class__ is int else value
        for value, path in zip(values, paths, strict=True)
    ]


def _rescaled(value: Value, there: Term, path: tuple[str, ...], scale: int, working: Working) -> Value:
    assert isinstance(value, int)
    found, rest = divmod(value * scale, there.scale)
    if rest:
        shown = Exact(value, there.type, there.scale).words()
        message = f"{there.title} is {shown} on {day_words(working.case.on)}, with more decimals than can be read on other days."
        return Refusal((Reason("out of range", message, there.identity, path, there.citation),))
    return found


# ---- the law of another day -----------------------------------------------------------------------------------------


def graph_on(graph: Graph, day: date) -> Graph | Refusal:
    """The graph of the law in force on another day, known and read as this one; a refusal where that law has a mistake.

    Exceptions that clash on that day are no such mistake: the household for whom they do is refused (S31). To look for another
    here would have no end, since the households that are tried look at other days too.
    """
    from engine.checking.check import check  # not at the top: to show that two exceptions clash, check works out a household

    book = graph.book
    changes = book.law.changes
    stretch = bisect_right(changes, day)
    if stretch == bisect_right(changes, graph.on):
        return graph
    earlier = of(book.law)
    key = (stretch, book.known, book.readings)
    checked = earlier.graphs.get(key)
    if checked is None:
        found = consolidate(book.law, day, book.known, book.readings)
        checked = earlier.graphs[key] = check(found, with_cases=False, earlier=earlier)
    wrong = errors(checked.problems)
    if wrong:
        message = f"The rules of {day_words(day)} have a mistake: {wrong[0].message}"
        return Refusal((Reason("problems", message, "", ()),))
    return checked.graph
