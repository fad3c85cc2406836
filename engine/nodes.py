"""The nodes of the graph: what a rule's formula is made of once it has been checked.

Every node has a type, a scale (its values are integers over it) and a range that is proved from the declared ranges. The
index is the node's place in its formula; an assessment records each node's value under it, which is the whole trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from attrs import frozen

from engine.types import Type
from grammar.source import Span


@frozen(eq=False, repr=False)
class Node:
    """One operation of one mechanism, on the values of its arguments."""

    mechanism: str
    args: tuple[Node, ...]
    type: Type
    index: int
    span: Span
    scale: int = 1
    low: int | None = None
    """The least value possible, over the same scale; None where nothing bounds it."""
    high: int | None = None
    constant: int | None = None
    """The value, where it is the same for every household."""
    detail: Any = None
    """What the mechanism needs besides its arguments; each mechanism says what."""


@frozen(slots=False, eq=False, repr=False)
class Formula:
    """A node and all below it, for one kind of entity; `size` cells hold a working of it."""

    root: Node
    size: int
    entity: str | None

    @cached_property
    def reading(self) -> tuple[tuple[int, TermRead | OverMembers], ...]:
        """What reads a term or the members of a group, in the order written, each with the index of its node."""
        return tuple((node.index, node.detail) for node in walk(self.root) if isinstance(node.detail, TermRead | OverMembers))

    @cached_property
    def other_days(self) -> tuple[tuple[int, OverDays], ...]:
        """What is worked out on other days, in the order written, each with the index of its node."""
        return tuple((node.index, node.detail) for node in walk(self.root) if isinstance(node.detail, OverDays))


@frozen(eq=False, repr=False)
class TermRead:
    """Where a value comes from: a term of the same entity, of one that contains it, of a role's holder, or of none (a figure)."""

    term: int
    entity: str | None
    """Whose term it is; None for a figure."""
    reader: str | None
    """The kind of entity that reads."""
    role: RoleRead | None = None
    """The role whose holder's term it is."""
    refusing: Refusing | None = None
    """Of a fact: which standings are refused by the rule that reads it here."""


@frozen
class Refusing:
    """How a fact may not stand for the rule that reads it, and what is wanted instead (S81)."""

    standings: frozenset[str]
    rule: str
    """The rule's title."""
    needed: str
    citation: str | None
    on_other_day: bool = False


@frozen
class RoleRead:
    """A role for one person, and the kind of entity in which somebody holds it."""

    name: str
    owner: str


@frozen(eq=False, repr=False)
class MembersRead:
    """Whose members are meant: a group's, or every member of an entity; narrowed by a condition on each."""

    group: int | None
    """The group's term; None for a role's holders, and for every member."""
    owner: str
    member: str
    reader: str
    where: Formula | None
    name: str
    """The group, role or entity as written."""
    role: str | None = None


@frozen(eq=False, repr=False)
class OverMembers:
    """The `detail` of every node that is worked out over the members of something: whose, and for each of them what."""

    members: MembersRead
    operand: Formula | None
    ties: str | None = None
    """Of a rank: what members have who are alike in every key; None: they are refused."""

    @property
    def formulas(self) -> tuple[Formula | None, Formula | None]:
        """What is worked out for each member: whether it belongs, and the operand."""
        return self.members.where, self.operand


@frozen(eq=False, repr=False)
class OverDays:
    """The `detail` of every node that is worked out on other days than the award's: on which, and on each of them what.

    The node's arguments are the first and the last day (and of `running` how many it takes).
    """

    stretch: StretchOf | None
    """None where a single day is meant."""
    operand: Formula | None
    where: Formula | None = None

    @property
    def formulas(self) -> tuple[Formula | None, Formula | None]:
        """What is worked out for each day: whether it counts, and the operand."""
        return self.where, self.operand

    @property
    def reads(self) -> tuple[int, ...]:
        """The terms that are read on the other days, each once."""
        nodes = [node for formula in self.formulas if formula is not None for node in walk(formula.root)]
        found: dict[int, None] = {}
        for node in nodes:
            match node.detail:
                case TermRead(term=term):
                    found[term] = None
                case OverMembers(members=members):
                    if members.group is not None:
                        found[members.group] = None
                    found.update(dict.fromkeys(_inside(node.detail)))
        return tuple(found)


def _inside(over: OverMembers) -> Iterator[int]:
    """The terms read for the members of a group, on the same day."""
    for formula in over.formulas:
        if formula is not None:
            yield from OverDays(None, formula).reads


@frozen
class StretchOf:
    """Which days one after another are meant: `length before` a day, `of` its calendar month, quarter or year …"""

    kind: Literal["of", "before", "but one before", "length before", "length beginning", "length ending", "from to"]
    unit: str
    """Of the calendar, or of the length."""
    short_months: str | None = None
    most: int = 0
    """The most days that there can be."""


def walk(node: Node) -> list[Node]:
    """A node and all below it in the same formula, in the order written."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(current.args))
    return found
