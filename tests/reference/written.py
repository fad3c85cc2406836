"""What was written to a provision, by its files and by amendments, and how it reads on a day as known on another (S44, S53)."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import define, field, frozen

from grammar import declarations as d
from tests.reference.law import Place
from tests.reference.wording import Node


@frozen(eq=False)
class Drafted:
    operation: d.Operation
    amendment: d.Instrument
    made: date
    start: date
    order: int


@define(eq=False)
class Written:
    """What an operation, or a file, wrote: from when, until when, and since when it is known."""

    start: date
    made: date
    order: int
    new: Node | None
    """None where something is omitted."""
    until: date | None = None
    """The last day of a change for a time."""
    home: object = None
    """Where it stands; None for a whole text."""
    end: date | None = None
    """Of a whole text, its own last day."""
    is_inserted: bool = False
    before: str | None = None
    replaces: bool = False
    """Of a whole text: what was written earlier for later days is gone with it."""
    dropped: date | None = None
    amended: tuple[Drafted, Written] | None = None
    """By which amendment of the amendment, and what it was until then."""
    by_heading: bool = False
    line: object = field(factory=object)
    """The same of everything that is written instead of it, or once more."""

    def key(self) -> tuple[date, date, int]:
        return (self.start, self.made, self.order)

    def acts(self, day: date, known: date) -> bool:
        in_time = self.start <= day and (self.until is None or day <= self.until)
        return in_time and self.made <= known and (self.dropped is None or known < self.dropped)


@define(eq=False)
class History:
    """Everything that was written to one provision."""

    place: Place
    written: list[Written] = field(factory=list)

    def whole(self, day: date, known: date) -> Written | None:
        acting = [one for one in self.written if one.home is None and one.acts(day, known)]
        gone = [
            one
            for one in acting
            for other in acting
            if other.replaces and other.order > one.order and other.start <= one.start and other.made >= one.made
        ]
        for is_otherwise in (False, True):  # what stands on every other day stands where none of the others does (S75)
            standing = [one for one in acting if one not in gone and _is_otherwise(one) is is_otherwise]
            latest = max(standing, key=Written.key, default=None)
            if latest is not None and latest.new is None:
                return None
            if latest is not None and (latest.end is None or day <= latest.end):
                return latest
        return None

    def shown(self, day: date, known: date) -> Node | None:
        whole = self.whole(day, known)
        if whole is None:
            return None
        acting = [one for one in self.written if one.home is not None and one.acts(day, known)]
        assert whole.new is not None
        return shown_with(whole.new, acting)


def _is_otherwise(one: Written) -> bool:
    return one.new is not None and getattr(one.new.tree, "is_otherwise", False)


def shown_with(node: Node, acting: list[Written]) -> Node | None:
    here = [one for one in acting if one.home is node.home and not one.is_inserted]
    if here:
        latest = max(here, key=Written.key)
        return None if latest.new is None else shown_with(latest.new, acting)
    inside = {name: _shown_part(part, acting) for name, part in node.inside.items()}
    for name in ("exceptions", "rows"):
        if name in inside:
            inside[name] = _with_inserted(node, inside[name], acting)
    if isinstance(node.tree, d.ScaleVersion) and len(inside["bands"]) > 1:
        inside["bands"][-1].inside["limit"] = inside["bands"][-2].inside["limit"]
    return Node(node.tree, inside, node.home)


def _shown_part(part: Any, acting: list[Written]) -> Any:
    if isinstance(part, tuple):
        return tuple(found for item in part if (found := _shown_part(item, acting)) is not None or item is None)
    return shown_with(part, acting) if isinstance(part, Node) else part


def _with_inserted(node: Node, own: tuple[Node, ...], acting: list[Written]) -> tuple[Node, ...]:
    found = list(own)
    for one in sorted((one for one in acting if one.home is node.home and one.is_inserted), key=Written.key):
        assert one.new is not None
        clause = shown_with(one.new, acting)
        if clause is not None:
            names = [part.inside["name"] for part in found]
            found.insert(names.index(one.before) if one.before in names else len(found), clause)
    return tuple(found)
