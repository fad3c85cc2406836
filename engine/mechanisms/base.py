"""What every mechanism shares: the scope in which its nodes are made, and the frame in which they are worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import lcm
from typing import Any, NamedTuple, Protocol

from attrs import define, evolve, field, frozen

from engine import types
from engine.nodes import Formula, Node, Refusing, TermRead
from engine.types import Type
from engine.values import Reason, ReasonKind, Refusal, Value, day_words, merged
from grammar.problems import Place, Problem
from grammar.source import Span

MAX_DEPTH = 3
"""How often what is worked out over members may itself be worked out over members, within one formula."""

MAX_MEMBERS = 50
"""The most members that a group may have; cases beyond it are refused, and ranges of sums rest on it."""


MOST_BITS = 540
"""Of a value over its scale: a hundred digits before the point and sixty after it. No value goes beyond, and no range says so."""


# ---- making nodes ---------------------------------------------------------------------------------------------------


@define(eq=False, repr=False)
class Scope:
    """One formula in the making: it numbers the nodes and collects the problems, under the term's name and citation."""

    entity: str | None
    subject: str
    title: str
    citation: str | None
    problems: list[Problem]
    short_months: str | None = None
    depth: int = 0
    """How many groups and stretches of days this is inside of."""
    refusing: Mapping[str, Refusing] = field(factory=dict)
    """By fact, which standings of it the rule refuses."""
    refused: set[str] = field(factory=set)
    """Those of them that have been read."""
    on_other_days: bool = False
    """Whether what is made here is worked out on other days than the award's, on which other law may be in force."""
    size: int = field(default=0, init=False)

    def inner(self, entity: str) -> Scope:
        """The scope of what is worked out for each member of a group."""
        return evolve(self, entity=entity, depth=self.depth + 1)

    def other_day(self) -> Scope:
        """The scope of what is worked out for the same entity on another day."""
        return evolve(self, depth=self.depth + 1, on_other_days=True)

    def node(self, mechanism: str, args: Sequence[Node], type_: Type, span: Span, **rest: Any) -> Node:
        index = self.size
        self.size += 1
        for key in ("low", "high", "constant"):
            if rest.get(key) is not None and abs(rest[key]) >> MOST_BITS:
                rest[key] = None
        return Node(mechanism=mechanism, args=tuple(args), type=type_, index=index, span=span, **rest)

    def formula(self, root: Node) -> Formula:
        return Formula(root, self.size, self.entity)

    def unknown(self, span: Span) -> Node:
        """Stands for what has a problem already."""
        return self.node("literal", (), types.UNKNOWN, span, detail=0, constant=None)

    def problem(
        self,
        code: str,
        message: str,
        span: Span,
        label: str = "",
        fix: str | None = None,
        second: Place | None = None,
        warning: bool = False,
    ) -> None:
        self.problems.append(
            Problem(
                code=code,
                severity="warning" if warning else "error",
                message=message,
                place=Place(span, label),
                subject=self.subject,
                citation=self.citation,
                fix=fix,
                second=second,
            )
        )

    def refuse(self, code: str, message: str, span: Span, label: str = "", fix: str | None = None) -> Node:
        """A problem, and a node that stands for what could not be made."""
        self.problem(code, message, span, label, fix)
        return self.unknown(span)


def known(*nodes: Node) -> bool:
    """Whether all of these are free of problems."""
    return all(node.type is not types.UNKNOWN for node in nodes)


def quoted(node: Node) -> str:
    """A part of a formula as its writer wrote it, for a message."""
    text = " ".join(node.span.text.split())
    return f"`{text}`" if len(text) <= 40 else f"`{text[:37]}…`"


def common_scale(nodes: Sequence[Node]) -> int:
    return lcm(*(node.scale for node in nodes))


def at_scale(node: Node, scale: int) -> tuple[int | None, int | None]:
    """A node's range over a multiple of its scale."""
    factor = scale // node.scale
    return (
        None if node.low is None else node.low * factor,
        None if node.high is None else node.high * factor,
    )


# ---- working them out -----------------------------------------------------------------------------------------------


class Elsewhen(Protocol):
    """Where the values of other days come from."""

    def world(self, seen_from: World, day: date, terms: Sequence[int]) -> World | Refusal:
        """Who there is on a day and what these terms are, under the indexes that they have where it is seen from."""


@frozen(eq=False, repr=False)
class World:
    """Who there is in a case, and every value found so far."""

    on: date
    graph: Any
    """The graph by whose terms the store is numbered."""
    store: Any
    """By term (a list, or on other days a mapping of those that were asked for), then by the number of the entity concerned."""
    elsewhen: Elsewhen
    paths: dict[str | None, list[tuple[str, ...]]]
    """By kind of entity and number: identifiers from the root."""
    up: dict[tuple[str, str], list[int]]
    """(kind, containing kind) → for each of the kind the number of what contains it."""
    below: dict[tuple[str, str], list[tuple[int, ...]]]
    """(containing kind, kind) → for each of the containing kind the numbers of its members at any depth."""
    holders: dict[str, list[tuple[int, ...]]]
    """Role → for each entity in which it is held the numbers of those who hold it."""
    facts: dict[tuple[int, int], Any]
    """By input and number the fact that was given, None where its default is assumed; without what is supposed."""
    names: dict[tuple[str, ...], str]
    """How each is called: by its identifier, and where others bear it too with what it is in: `anna, household two`."""


class Frame:
    """One formula being worked out for one entity; afterwards, the record of it."""

    __slots__ = ("cells", "citation", "days", "formula", "inner", "me", "term", "world")

    def __init__(self, world: World, formula: Formula, me: int, term: str, citation: str | None) -> None:
        self.world = world
        self.cells: list[Value | None] = [None] * formula.size
        self.formula = formula
        self.me = me
        self.term = term
        self.citation = citation
        self.inner: dict[int, tuple[MemberWorking, ...]] = {}
        self.days: dict[int, tuple[DayWorking, ...]] = {}

    def number_read(self, read: TermRead) -> int | None:
        """The number of the entity whose term is read; None where nobody holds the role."""
        if read.role is None:
            return self.number_of(read.reader, read.entity)
        holders = self.world.holders[read.role.name][self.number_of(read.reader, read.role.owner)]
        return holders[0] if holders else None

    def number_of(self, reader: str | None, entity: str | None) -> int:
        """The number of the entity of another kind that this one reads: itself, what contains it, or 0 for a figure."""
        if entity is None:
            return 0
        return self.me if entity == reader or reader is None else self.world.up[reader, entity][self.me]

    def on_day(self, day: date, formula: Formula, terms: Sequence[int]) -> Frame | Refusal:
        """A frame for the same entity on another day; a refusal where it is not there."""
        world = self.world.elsewhen.world(self.world, day, terms)
        if isinstance(world, Refusal):
            return world
        path = self.world.paths[formula.entity][self.me]
        paths = world.paths[formula.entity]
        if path not in paths:
            return self.refusal("not there", f"{self.world.names[path]} was not there on {day_words(day)}.", day=day)
        return Frame(world, formula, paths.index(path), self.term, self.citation)

    def refusal(self, kind: ReasonKind, message: str, citation: str | None = None, day: date | None = None) -> Refusal:
        path = self.world.paths[self.formula.entity][self.me]
        return Refusal((Reason(kind, message, self.term, path, citation or self.citation, day),))


class MemberWorking(NamedTuple):
    """What was worked out for one member of a group: whether it belongs, and the operand."""

    member: int
    belongs: bool | Refusal
    where: Frame | None
    operand: Frame | None
    value: Value | None


@frozen(eq=False, repr=False)
class DayWorking:
    """What was worked out on one of several days: whether it counts, and the operand."""

    day: date
    belongs: bool | Refusal
    where: Frame | None
    operand: Frame | None
    value: Value | None


Run = Callable[[Frame], Value]
Prepare = Callable[[Node, tuple[Any, ...]], Run]


@frozen
class Mechanism:
    """A way of working something out; `prepare` makes of a node the function that does it and records what it found."""

    name: str
    prepare: Prepare


def strict(
    node: Node, runs: tuple[Run, ...], function: Callable[..., Value], refused: Callable[[Sequence[Value]], Value] = merged
) -> Run:
    """Needs all its parts: one refused part refuses the whole, with every reason (S37), or comes to what `refused` says."""
    index = node.index
    if len(runs) == 1:
        [one] = runs

        def run_one(frame: Frame) -> Value:
            a = one(frame)
            value = a if a.__class__ is Refusal else function(a)
            frame.cells[index] = value
            return value

        return run_one
    if len(runs) == 2:
        first, second = runs
        if node.args[1].mechanism == "literal":
            b, place = node.args[1].detail, node.args[1].index

            def run_with_literal(frame: Frame) -> Value:
                a, cells = first(frame), frame.cells
                cells[place] = b
                cells[index] = value = refused((a, b)) if a.__class__ is Refusal else function(a, b)
                return value

            return run_with_literal

        def run_two(frame: Frame) -> Value:
            a, b = first(frame), second(frame)
            value = refused((a, b)) if a.__class__ is Refusal or b.__class__ is Refusal else function(a, b)
            frame.cells[index] = value
            return value

        return run_two

    def run_all(frame: Frame) -> Value:
        values = [run(frame) for run in runs]
        value = refused(values) if Refusal in [value.__class__ for value in values] else function(*values)
        frame.cells[index] = value
        return value

    return run_all
