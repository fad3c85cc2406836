"""What the law names at any time: for what looks back on other days, on which other versions may be in force (S72)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import frozen

from grammar import syntax
from grammar.syntax import Tree

if TYPE_CHECKING:
    from engine.book.law import Law, Write
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
            name for name, found in law.provisions.items() if name in self._affecting or _MAY_LOOK.search(found.head.span.text)
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

    def digest(self, name: str) -> str:
        """All that a provision, and whatever it rests on, has said at any time.

        It is more than can matter (titles, what was repealed long ago), so equal digests still mean no effect on any award.
        """
        return self._digests[self.knots[name]]

    @cached_property
    def _digests(self) -> Mapping[int, str]:
        """By knot: what its provisions said, with the digests of the knots that they rest on."""
        tied: dict[int, list[str]] = {}
        for name, knot in self.knots.items():
            tied.setdefault(knot, []).append(name)
        found: dict[int, str] = {}
        for knot in sorted(tied):
            below = {self.knots[other] for name in tied[knot] for other in self.names[name] if other in self.knots} - {knot}
            said = sorted([*(self._said(name) for name in tied[knot]), *(found[number] for number in below)])
            found[knot] = sha256("\x1f".join(said).encode()).hexdigest()
        return found

    def _said(self, name: str) -> str:
        provision, permanent = self.law.provisions[name], self.law.keys.permanent
        timelines = [provision.timeline, *(provision.parts[part] for part in sorted(provision.parts))]
        written = [*(w for timeline in timelines for w in timeline.writes), *self._affecting.get(name, ())]
        writes = [f"{w.start} {w.end} {w.made} {w.text!r}" for w in written]
        heads = provision.heads.writes if provision.heads is not None else ()
        writes += [f"{w.start} {w.made} {w.text!r}" for w in heads]
        said = f"{provision.kind} {name!r} {provision.head!r} {writes}"
        return re.sub(r"'([a-z][a-z0-9_.]*)'", lambda word: f"'{permanent(word[1])}'", said)
