"""What the law names at any time: for what looks back on other days, on which other versions may be in force (S72)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import field, frozen

from grammar import syntax
from grammar.syntax import Tree

if TYPE_CHECKING:
    from engine.book.law import Law, Write
    from grammar import declarations as d


def named(tree: object) -> Iterator[str]:
    """Every name in a tree that can be one of a term, a group or a scale."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case syntax.Ref(name=name) | syntax.Word(name=name) | syntax.Members(group=name):
                yield name
            case syntax.Rank(group=name) | syntax.Applied(scale=name):
                yield name
        if isinstance(node, Tree):
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


@frozen(slots=False, eq=False, repr=False)
class Ever:
    """What each provision names in any of its versions."""

    law: Law
    _digests: dict[str, str] = field(factory=dict, init=False)

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
        known = self.law.provisions.keys() | self.law.inputs.keys()
        found = {name: tuple(sorted(known.intersection(named_on_other_days(self.texts(name))))) for name in self.law.provisions}
        return {name: looked for name, looked in found.items() if looked}

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
        found = self._digests.get(name)
        if found is None:
            rests_on, waiting = {name}, [name]
            while waiting:
                new = set(self.names.get(waiting.pop(), ())) - rests_on
                rests_on |= new
                waiting += new
            said = sorted(self._said(other) for other in rests_on if other in self.law.provisions)
            found = self._digests[name] = sha256("\x1f".join(said).encode()).hexdigest()
        return found

    def _said(self, name: str) -> str:
        provision, permanent = self.law.provisions[name], self.law.keys.permanent
        timelines = [provision.timeline, *(provision.parts[part] for part in sorted(provision.parts))]
        written = [*(w for timeline in timelines for w in timeline.writes), *self._affecting.get(name, ())]
        writes = [f"{w.start} {w.end} {w.made} {w.text!r}" for w in written]
        said = f"{provision.kind} {name!r} {provision.head!r} {writes}"
        return re.sub(r"'([a-z][a-z0-9_.]*)'", lambda word: f"'{permanent(word[1])}'", said)
