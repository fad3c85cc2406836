"""The graph: every term that means something on a day, typed, ordered, with its scale, its range and its digests.

One graph serves everything: the explained case, and later the kernel, the comparison, the pictures and the proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from math import lcm
from typing import Literal

from attrs import frozen

from engine.book.consolidate import Book, InForce
from engine.book.drafts import LookedAt
from engine.book.law import Authority, ProvisionId
from engine.checking.vocabulary import Vocabulary
from engine.digest import whole
from engine.later import Later
from engine.mechanisms import prepared
from engine.mechanisms.base import Run
from engine.nodes import Formula, Node, OverDays, OverMembers, TermRead, walk
from engine.types import Type
from engine.values import Value
from grammar.declarations import Payable
from grammar.problems import Problem
from grammar.source import Span


@frozen(slots=False, eq=False, repr=False, kw_only=True)
class Term:
    """Something with a name and a value: an input, a figure, a rule or a group."""

    index: int
    kind: Literal["input", "figure", "rule", "table", "scale", "group"]
    name: str
    title: str
    identity: ProvisionId
    entity: str | None
    type: Type
    span: Span
    scale: int = 1
    low: int | None = None
    high: int | None = None
    declared_low: int | None = None
    """The least value that the rule file allows, over the scale; a value below it is refused."""
    declared_high: int | None = None
    constant: int | None = None
    default: Value | None = None
    """Of an input: its value where none is given."""
    formula: Formula | None = None
    """None for an input."""
    authority: Authority | None = None
    made_of: Later[Book]
    """The book in which it stands."""
    payable: Payable | None = None
    effect: str = ""
    """Its digest (S59): whatever can change its value."""
    law: str = ""
    """Its digest with every word that an explanation can show (S60)."""
    at_all_times: str = ""
    """Of what is looked at on other days: the digest of all that it and what it rests on ever said (S72)."""

    @cached_property
    def in_force(self) -> InForce | None:
        """The provision behind it; None for an input and for what has no version in force."""
        return self.made_of.value.in_force.get(self.name)

    @cached_property
    def run(self) -> Run:
        assert self.formula is not None
        return prepared(self.formula)

    @cached_property
    def reads(self) -> tuple[int, ...]:
        """The terms that its formula reads, for itself or for members, each once, in the order of the formula."""
        return tuple(dict.fromkeys(reads(self.formula))) if self.formula else ()

    @cached_property
    def reads_on_other_days(self) -> tuple[int, ...]:
        """The terms that its formula reads as they are on other days, each once."""
        return tuple(dict.fromkeys(reads_on_other_days(self.formula))) if self.formula else ()

    @cached_property
    def citation(self) -> str | None:
        return str(self.authority.cites[0]) if self.authority and self.authority.cites else None


def scale_on_other_days(term: Term) -> int:
    """The scale in which a term is read on other days, when other law may give it more decimals than today's: pence, or four."""
    if term.kind == "input" or not term.type.is_number:
        return term.scale
    return lcm(term.scale, 100 if term.type.is_money else 10_000)


def reads(formula: Formula) -> Iterable[int]:
    """The terms that a formula reads, with those of the formulas inside it."""
    for node in walk(formula.root):
        yield from node_reads(node)


def node_reads(node: Node) -> Iterable[int]:
    match node.detail:
        case TermRead(term=term):
            yield term
        case OverMembers(members=members) as over:
            if members.group is not None:
                yield members.group
            for inner in over.formulas:
                if inner is not None:
                    yield from reads(inner)


def reads_on_other_days(formula: Formula) -> Iterator[int]:
    """The terms that a formula reads as they are on other days."""
    for node in walk(formula.root):
        if isinstance(node.detail, OverDays):
            yield from node.detail.reads


@frozen(slots=False, eq=False, repr=False)
class Graph:
    """All terms, each after everything that it reads; `by_name` finds them.

    To work something out needs no word of the law itself, which is much larger: it is there for whoever asks for it.
    """

    on: date
    known: date | None
    """As known on which day; None: as known today."""
    readings: frozenset[str]
    """The readings that are chosen; of every other rule its own words count."""
    made_of: Later[Book]
    """All that is in force on the day, with its words."""
    vocabulary: Vocabulary
    terms: tuple[Term, ...]
    told: tuple[str, ...] = ()
    """Of the challenges and duties in force, the digests of what they say."""
    drafts: tuple[LookedAt, ...] = ()
    """The drafts that count in it though they are no law (S39)."""

    @cached_property
    def effect(self) -> str:
        """sha256:… over what can change an award on this day (S59)."""
        return whole(self.vocabulary, (term.effect for term in self._in_force))

    @cached_property
    def law(self) -> str:
        """sha256:… over that and over every word that an explanation can show (S60)."""
        return whole(self.vocabulary, [*(term.law for term in self._in_force), *self.told], titles=True)

    @property
    def _in_force(self) -> tuple[Term, ...]:
        """What has a text on the day; what has none counts in whatever names it."""
        return tuple(term for term in self.terms if term.formula is None or term.authority is not None)

    @property
    def book(self) -> Book:
        return self.made_of.value

    @cached_property
    def by_name(self) -> Mapping[str, Term]:
        return {term.name: term for term in self.terms}

    def called(self, term: Term) -> str:
        """What a term is called on this day, where it was given another name (S49)."""
        law = self.book.law
        return law.called(term.name, self.on, self.book.known) if law.renamed else term.name

    @cached_property
    def _by_present_name(self) -> Mapping[str, Term]:
        return {self.called(term): term for term in self.terms}

    def named(self, name: str) -> Term | None:
        """The term that is called so on this day."""
        return self._by_present_name.get(name)

    @cached_property
    def awards(self) -> tuple[Term, ...]:
        """What is paid: the rules marked `payable`."""
        return tuple(term for term in self.terms if term.payable)

    def working(self, asked: Sequence[Term]) -> tuple[Term, ...]:
        """The terms that are worked out for those that are asked for, each after what it may read."""
        key = tuple(term.index for term in asked)
        found = self._working.get(key)
        if found is None:
            found = self._working[key] = tuple(term for term in self._below(asked, lambda term: term.reads) if term.formula)
        return found

    def needed(self, asked: Iterable[Term]) -> tuple[Term, ...]:
        """The terms that some asked term may need, also of other days, facts among them, each after what it may read."""
        return self._below(asked, lambda term: (*term.reads, *term.reads_on_other_days))

    def _below(self, asked: Iterable[Term], reads: Callable[[Term], Iterable[int]]) -> tuple[Term, ...]:
        needed: set[int] = set()
        waiting = [term.index for term in asked]
        while waiting:
            index = waiting.pop()
            if index not in needed:
                needed.add(index)
                waiting.extend(reads(self.terms[index]))
        return tuple(self.terms[index] for index in sorted(needed))

    @cached_property
    def _working(self) -> dict[tuple[int, ...], tuple[Term, ...]]:
        return {}


@frozen(eq=False, repr=False)
class Checked:
    """The graph, and what was found on the way. With an error among the problems the graph is not to be assessed."""

    graph: Graph
    problems: tuple[Problem, ...]
