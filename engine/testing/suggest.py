"""A household for a part that no example exercises: a bounded search that runs the rules and looks at the record.

The same rules and examples always give the same suggestions. What is found is written as an example, with the value that the
rules give; whether that is what the law says, only its reader can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from attrs import define, field, frozen

from engine.assess import assess
from engine.assessment import Assessment, Step
from engine.graph import Graph, Term, node_reads
from engine.nodes import Node, OverDays, walk
from engine.testing import households, written
from engine.testing.coverage import KINDS, exercised
from engine.testing.households import Household, Workshop
from engine.testing.nearness import Need, distance, way_to
from engine.testing.parts import Part, PartId
from grammar.limits import YEARS

MOST_TRIED = 8_000
"""Households that are tried for one part, at most."""
_MOST_WORKED_OUT = 1_000_000
"""Terms of a book that are worked out for one part, at most: of a large book fewer households are tried."""
MOST_DAYS = 6
MOST_READERS = 4
_STARTS = 8
_MOST_EXAMPLES = 40
_PAIRS = 24
"""Of the changes that come nearest, so many are tried two at a time where no single one helps."""

REMARK = "worked out by the rules: compare with the law before you keep it"

OnDay = Callable[[date], Graph | None]
"""The graph of a day; None where the rules have problems on it."""


@frozen(eq=False, repr=False)
class Suggestion:
    """What was found for a part: an example as text, and all the parts that it exercises; or how many were tried in vain."""

    part: Part
    text: str | None
    exercises: frozenset[PartId]
    tried: int


@frozen(eq=False, repr=False)
class _Aim:
    """A question on a day, and the node of the asked rule's formula that has to be worked out."""

    shop: Workshop
    node: Node
    way: tuple[Need, ...]
    """What has to hold for that."""


@frozen(eq=False, repr=False)
class _Tried:
    household: Household
    distance: int
    hit: tuple[Assessment, Step] | None


@define(eq=False, repr=False)
class Search:
    """A search over one book; what it has found serves as a start for what it looks for next."""

    on: OnDay
    days: Sequence[date]
    """Days on which the law may change, in order."""
    known: list[tuple[date, Household]]
    """Households of the examples, and their days."""
    tried: int = field(default=0, init=False)

    def suggest(self, part: Part) -> Suggestion:
        """A household that exercises a part, the smallest that this one becomes by leaving things out."""
        self.tried = 0
        most = MOST_TRIED
        waiting: list[tuple[int, int, _Aim, _Tried]] = []
        for aim in self._aims(part):
            most = min(most, max(100, _MOST_WORKED_OUT // len(aim.shop.graph.needed([aim.shop.asked]))))
            for household in self._starts(aim):
                found = self._try(aim, part, household)
                if found.hit:
                    return self._told(aim, part, found)
                waiting.append((found.distance, len(waiting), aim, found))
        waiting.sort(key=lambda entry: entry[:2])
        for left, (_, _, aim, start) in zip(range(_STARTS, 0, -1), waiting, strict=False):
            climbed = self._climb(aim, part, start, self.tried + (most - self.tried) // min(left, 3))
            if climbed is not None:
                return self._told(aim, part, climbed)
        return Suggestion(part, None, frozenset(), self.tried)

    # ---- where to begin ---------------------------------------------------------------------------------------------

    def _aims(self, part: Part) -> Iterator[_Aim]:
        for day in self._days(part):
            graph = self.on(day)
            if graph is not None and part.term in graph.by_name:
                for term, node in _targets(part, graph):
                    assert term.formula is not None
                    yield _Aim(Workshop(graph, term), node, way_to(term.formula.root, node))

    def _days(self, part: Part) -> list[date]:
        """Days in the part's period: those of examples first, then its first, then those on which other law changes."""
        every = [*sorted({day for day, _ in self.known}, reverse=True), part.start, *reversed(self.days)]
        inside = [day for day in dict.fromkeys(every) if part.start <= day and (part.end is None or day <= part.end)]
        return [day for day in inside if day.year in YEARS][:MOST_DAYS] or [date(2000, 1, 1)]

    def _starts(self, aim: _Aim) -> Sequence[Household]:
        kept = [household for _, household in reversed(self.known[-_MOST_EXAMPLES:])]
        return households.distinct([aim.shop.smallest(), *(aim.shop.completed(household) for household in kept)])

    # ---- going nearer -----------------------------------------------------------------------------------------------

    def _climb(self, aim: _Aim, part: Part, start: _Tried, until: int) -> _Tried | None:
        """Change by change to what comes nearer; where none does, two changes at a time."""
        current = start
        while self.tried < until:
            best = current
            near: list[_Tried] = []
            for household in aim.shop.changed(current.household):
                if self.tried >= until:
                    return None
                found = self._try(aim, part, household)
                if found.hit:
                    return found
                near.append(found)
                if found.distance < best.distance:
                    best = found
            if best is current:
                for found in _promising(near, current.distance)[:_PAIRS]:
                    better = self._next_to(aim, part, found, current.distance, until)
                    if better is not None and better.hit:
                        return better
                    if better is not None:
                        best = better
                        break
            if best is current:
                return None
            current = best
        return None

    def _next_to(self, aim: _Aim, part: Part, first: _Tried, below: int, until: int) -> _Tried | None:
        best: _Tried | None = None
        for household in islice(aim.shop.changed(first.household), max(0, until - self.tried)):
            found = self._try(aim, part, household)
            if found.hit:
                return found
            if found.distance < (best.distance if best else below):
                best = found
        return best

    def _try(self, aim: _Aim, part: Part, household: Household) -> _Tried:
        """The rules worked out for a household: does any answer use the part, and how near does the nearest come?"""
        self.tried += 1
        shop = aim.shop
        assessment = assess(shop.graph, households.case_of(household, shop.graph.on), [shop.asked])
        nearest = 10**9
        for key in assessment.asked:
            step = assessment.at(key)
            assert isinstance(step, Step)
            if step.exact is not None and part.id in exercised(assessment, [key]):
                return _Tried(household, 0, (assessment, step))
            nearest = min(nearest, distance(assessment, step, aim.way, aim.node))
        return _Tried(household, nearest, None)

    # ---- what was found ---------------------------------------------------------------------------------------------

    def _told(self, aim: _Aim, part: Part, found: _Tried) -> Suggestion:
        found = self._smallest(aim, part, self._telling(aim, part, found))
        assert found.hit is not None
        assessment, step = found.hit
        day = aim.shop.graph.on
        self.known.append((day, found.household))
        people = households.written_of(found.household, aim.shop.graph.vocabulary.inputs)
        assert step.exact is not None
        whose = f" of {step.path[-1]}" if step.path else ""
        line = f"{step.term.name}{whose} is {written.value(step.exact)}  # {REMARK}"
        title = ", ".join(filter(None, (f"Suggested for {part.term}", part.label.replace("`", ""))))
        text = written.example(title, day, people, [line])
        return Suggestion(part, text, frozenset(exercised(assessment, [step.key])), self.tried)

    def _telling(self, aim: _Aim, part: Part, found: _Tried) -> _Tried:
        """One whose answer is not nothing, where a single change gives that: 6% of £0 says little of the 6%."""
        if not _is_nothing(found) or aim.node.constant == 0:
            return found
        for household in aim.shop.changed(found.household):
            other = self._try(aim, part, household)
            if other.hit and not _is_nothing(other):
                return other
        return found

    def _smallest(self, aim: _Aim, part: Part, found: _Tried) -> _Tried:
        """Without the members and facts that it does not take."""
        current = found
        shorter = True
        while shorter:
            shorter = False
            for household in (*households.one_fewer(current.household), *households.one_fact_fewer(current.household)):
                attempt = self._try(aim, part, household)
                if attempt.hit and _is_nothing(attempt) == _is_nothing(current):
                    current, shorter = attempt, True
                    break
        return current


def _promising(near: Sequence[_Tried], distance: int) -> Sequence[_Tried]:
    """Changes to build a second one on: those that had an effect, the nearest first, and one of each effect before more."""
    seen: dict[int, int] = {}
    ranked = []
    for number, found in enumerate(near):
        again = seen[found.distance] = seen.get(found.distance, -1) + 1
        ranked.append((again + (found.distance == distance), found.distance, number, found))
    return [found for *_, found in sorted(ranked, key=lambda entry: entry[:3])]


def _is_nothing(found: _Tried) -> bool:
    """Whether the answer is the number 0."""
    value = found.hit[1].value if found.hit else None
    return isinstance(value, int) and not isinstance(value, bool) and value == 0


def _targets(part: Part, graph: Graph) -> Iterator[tuple[Term, Node]]:
    """Rules to ask for on a day, and the node to reach in each: the part's own, or those that read it, nearest first."""
    term = graph.by_name[part.term]
    if term.in_force is None:
        return
    node = KINDS[part.kind].node(part, term)
    if node is not None:
        yield term, node
        return
    reached = KINDS[part.kind].reached
    readers = ((reader, place) for reader, place in _readers(term, graph) if reader.kind in ("rule", "table"))
    yield from ((reader, reached(part, reader, place)) for reader, place in islice(readers, MOST_READERS))


def _readers(term: Term, graph: Graph) -> Iterator[tuple[Term, Node]]:
    """Those that read a term, directly or through others, nearest first; with the node that reads."""
    seen = {term.index}
    waiting = [term.index]
    for index in waiting:
        for reader in graph.terms:
            if reader.index in seen or reader.formula is None:
                continue
            if index in reader.reads or index in reader.reads_on_other_days:
                seen.add(reader.index)
                waiting.append(reader.index)
                yield reader, next((node for node in walk(reader.formula.root) if _reads(node, index)), reader.formula.root)


def _reads(node: Node, index: int) -> bool:
    return index in (node.detail.reads if isinstance(node.detail, OverDays) else node_reads(node))
