"""What the law names at any time: for what looks back on other days, on which other versions may be in force (S72)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import field, fields, frozen

from grammar import syntax
from grammar.syntax import Tree

if TYPE_CHECKING:
    from engine.book.law import Law, Provision, Write
    from grammar import declarations as d


_NAMES = {syntax.Ref: "name", syntax.Word: "name", syntax.Members: "group", syntax.Rank: "group", syntax.Applied: "scale"}
"""Where in a tree a name stands that can be one of a term, a group or a scale."""


def named(tree: object) -> Iterator[str]:
    """Every name in a tree that can be one of a term, a group or a scale."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tree):
            if node.__class__ in _NAMES:
                yield getattr(node, _NAMES[node.__class__])
            waiting.extend(node.inside())
        elif isinstance(node, tuple | list):
            waiting.extend(node)


def named_on_other_days(tree: object) -> Iterator[str]:
    """The names of what is worked out on other days than the award's."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case syntax.OnDay(operand=operand) | syntax.OnDays(operand=operand):
                yield from named(operand)
            case syntax.Aggregate(operand=operand, members=syntax.Days(where=where)):
                yield from named([operand, where])
            case syntax.Days(where=where):
                yield from named(where)
        if isinstance(node, Tree):
            waiting.extend(node.inside())
        elif isinstance(node, tuple | list):
            waiting.extend(node)


_MAY_LOOK = re.compile(r"\b(?:on|days)\b")
"""What stands in every text that looks at other days, and in few others: those need not be taken apart."""


@frozen(slots=False, eq=False, repr=False)
class Ever:
    """What each provision names in any of its versions."""

    law: Law
    _kept: dict[date | None, Mapping[int, str]] = field(factory=dict)

    @cached_property
    def _affecting(self) -> Mapping[str, list[Write[d.Unwritten]]]:
        """By provision, what was ever written of provisions without a term that affect it."""
        found: dict[str, list[Write[d.Unwritten]]] = {}
        for unwritten in self.law.unwritten:
            for write in unwritten.timeline.writes:
                for clause in write.text.affecting:
                    found.setdefault(clause.term.name, []).append(write)
        return found

    def texts(self, name: str) -> list[object]:
        """Every text of a provision: of its versions and their parts, and the conditions under which others affect it (S65)."""
        provision = self.law.provisions[name]
        timelines = [provision.timeline, *provision.parts.values()]
        own: list[object] = [write.text for timeline in timelines for write in timeline.writes]
        affecting = [clause for write in self._affecting.get(name, ()) for clause in write.text.affecting]
        return own + [clause.condition for clause in affecting if clause.term.name == name]

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """By provision, the provisions and inputs that any of its texts names."""
        law = self.law
        known = law.provisions.keys() | law.inputs.keys()
        return {name: tuple(sorted(known.intersection(named(self.texts(name))))) for name in law.provisions}

    @cached_property
    def looked_at(self) -> Mapping[str, tuple[str, ...]]:
        """By provision that looks at other days in any of its texts, what it looks at."""
        law = self.law
        known = law.provisions.keys() | law.inputs.keys()
        may_look = [
            name
            for name, found in law.provisions.items()
            if name in self._affecting or _is_amended(found) or _MAY_LOOK.search(found.head.span.text)
        ]
        looked_at = {name: tuple(sorted(known.intersection(named_on_other_days(self.texts(name))))) for name in may_look}
        return {name: looked for name, looked in looked_at.items() if looked}

    @cached_property
    def knots(self) -> Mapping[str, int]:
        """By provision the number of its knot: those that rest on each other, in some version, have one number.

        Those on which a knot rests have lower ones.
        """
        found: dict[str, int] = {}
        place: dict[str, int] = {}
        low: dict[str, int] = {}
        stack: list[str] = []
        for start in sorted(self.law.provisions):
            if start in place:
                continue
            waiting = [(start, iter(self.names[start]))]
            place[start] = low[start] = len(place)
            stack.append(start)
            while waiting:
                name, below = waiting[-1]
                other = next(below, None)
                if other is None:
                    waiting.pop()
                    if waiting:
                        above = waiting[-1][0]
                        low[above] = min(low[above], low[name])
                    if low[name] == place[name]:
                        number = len(found)
                        while name not in found:
                            found[stack.pop()] = number
                elif other not in place and other in self.names:
                    place[other] = low[other] = len(place)
                    stack.append(other)
                    waiting.append((other, iter(self.names[other])))
                elif other in place and other not in found:
                    low[name] = min(low[name], place[other])
        return found

    @cached_property
    def order(self) -> tuple[str, ...] | None:
        """Every provision after those that it names in any version: one order for all days. None where there is none."""
        if len(set(self.knots.values())) < len(self.knots) or any(name in named for name, named in self.names.items()):
            return None
        return tuple(sorted(self.knots, key=self.knots.__getitem__))

    @cached_property
    def depth(self) -> Mapping[str, int]:
        """By provision how often, from it down, what is looked at on another day looks at another day itself, 1 for once."""
        depth: dict[str, int] = {}
        for name in sorted(self.knots, key=self.knots.__getitem__):
            below = max((depth.get(other, 0) for other in self.names[name]), default=0)
            looked = max((depth.get(other, 0) + 1 for other in self.looked_at.get(name, ())), default=0)
            depth[name] = max(below, looked)
        return depth

    @cached_property
    def all_looked_at(self) -> frozenset[str]:
        return frozenset(name for looked in self.looked_at.values() for name in looked)

    def way_back(self, start: str, goal: str) -> list[str] | None:
        """A way from one provision to another, each named by the one before in some version; None where there is none."""
        before: dict[str, str | None] = {start: None}
        waiting = [start]
        while waiting:
            name = waiting.pop(0)
            if name == goal:
                way = [name]
                while (above := before[way[-1]]) is not None:
                    way.append(above)
                return way[::-1]
            for other in self.names.get(name, ()):
                if other not in before:
                    before[other] = name
                    waiting.append(other)
        return None

    def digest(self, name: str, known: date | None) -> str:
        """All that a provision, and whatever it rests on, has said at any time, of what had been made by a day.

        It is more than can matter (titles, what was repealed long ago), so equal digests still mean no effect on any award.
        """
        if known not in self._kept:
            self._kept[known] = self._digests(known)
        return self._kept[known][self.knots[name]]

    def _digests(self, known: date | None) -> Mapping[int, str]:
        """By knot: what its provisions said, with the digests of the knots that they rest on where those are named."""
        tied: dict[int, list[str]] = {}
        for name, knot in self.knots.items():
            tied.setdefault(knot, []).append(name)
        found: dict[int, str] = {}
        permanent = self.law.keys.permanent

        def written(name: str) -> str:
            knot = self.knots.get(name)
            return permanent(name) if knot is None or knot not in found else found[knot]

        for knot in sorted(tied):
            said = sorted(_NAME.sub(lambda word: f"'{written(word[1])}'", self._said(name, known)) for name in tied[knot])
            found[knot] = sha256("\x1f".join(said).encode()).hexdigest()
        return found

    def _said(self, name: str, known: date | None) -> str:
        """What a provision said from each day on which it began to say something else, whatever made it so."""
        provision = self.law.provisions[name]
        said: list[tuple[date, str]] = []
        for day in provision.changes:
            now = _said_on(provision, day, known)
            if now != (said[-1][1] if said else ""):
                said.append((day, now))
        affecting = [
            (one.start, one.end, clause.condition, one.write.text.kind)
            for unwritten in self.law.unwritten
            for one in unwritten.timeline.stretches(known)
            for clause in one.write.text.affecting
            if clause.term.name == name
        ]
        return f"{said} {affecting}"


_NAME = re.compile(r"'([a-z][a-z0-9_.]*)'")
_NOT_SAID = {"name", "period", "made_by", "cites", "being", "is_otherwise", "exceptions", "rows", "versions", "values"}
"""What of a text does not say what holds: who made it, since when; and what is told apart from it."""


def _is_amended(provision: Provision) -> bool:
    """Whether an amendment has written to it: then not all of what it says stands below its heading."""
    head = provision.head
    own = {id(text) for text in (head, *getattr(head, "versions", ()), *getattr(head, "values", ()))}
    return any(id(write.text) not in own for write in provision.timeline.dated)


def _said_on(provision: Provision, day: date, known: date | None) -> str:
    write = provision.timeline.at(day, known)
    if write is None:
        return ""
    head = provision.heads.at(day, known) if provision.heads else None
    parts = provision.parts_on(day, known)
    texts = [head.text if head else provision.head, write.text]
    return repr([provision.kind, *map(_content, texts), *((name, _content(parts[name].text)) for name in sorted(parts))])


def _content(text: Tree) -> list[object]:
    names = [attribute.name for attribute in fields(type(text))]  # type: ignore[arg-type]
    said = [(name, getattr(text, name)) for name in names if name not in _NOT_SAID and not name.endswith("span")]
    return [value for name, value in said if value or name != "refuses"]  # to refuse nothing is to say nothing of it
