"""What is renamed: everywhere one name, the first, stands for it; which name is written for it on a day is kept beside (S49).

So nothing has to be amended that names it. A text of a later day uses the new name, a text of an earlier one the old, and
whichever of the two is wrong on its day is a problem that gives the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from engine.book.ever import named
from engine.book.law import ALWAYS, made_on
from engine.book.resolve import rewritten
from engine.values import day_words
from grammar import amendments as a
from grammar import declarations as d
from grammar import syntax
from grammar.declarations import File
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Tree, Word


@frozen(eq=False, repr=False)
class Renamed:
    """That something has another name from a day on, as known from another."""

    first: str
    """The name by which the program knows it, whatever it is called."""
    name: str
    start: date
    made: date | None
    instrument: str
    provision: str | None
    """The instrument that says so, and the place in it."""
    span: Span


def with_first_names(
    files: Sequence[File], drafts: Iterable[str], problems: list[Problem]
) -> tuple[list[File], tuple[Renamed, ...]]:
    """The files with every name of what is renamed as its first, and the renamings."""
    found = _renamings(files, frozenset(drafts))
    if not found:
        return list(files), ()
    return [_Renaming(found, problems).file(file) for file in files], tuple(found)


def _renamings(files: Sequence[File], drafts: frozenset[str]) -> list[Renamed]:
    instruments = {item.name: item for file in files for item in file.declarations if isinstance(item, d.Instrument)}
    first: dict[str, str] = {}
    operations: list[tuple[date, d.Operation, date | None, str]] = []
    for file in sorted(files, key=lambda file: file.source.path):
        current: d.Instrument | None = None
        for item in file.declarations:
            if isinstance(item, d.Instrument | d.Continued):
                current = instruments.get(item.name)
            elif isinstance(item, d.Operation) and isinstance(item.action, a.Rename) and current is not None:
                made, start = made_on(current), item.commences or current.commences
                if start is not None and (made is not None or current.name in drafts):
                    operations.append((start, item, made, current.name))
    found = []
    for start, item, made, instrument in sorted(operations, key=lambda one: one[0]):
        assert isinstance(item.action, a.Rename)
        old, new = item.action.target.name, item.action.name.name
        first[new] = first.get(old, old)
        found.append(Renamed(first[new], new, start, made, instrument, item.provision, item.span))
    return found


@frozen(eq=False, repr=False)
class _Renaming:
    renamed: list[Renamed]
    problems: list[Problem]
    first: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "first", {one.name: one.first for one in self.renamed})

    def name_on(self, first: str, day: date) -> Renamed | None:
        return max(
            (one for one in self.renamed if one.first == first and one.start <= day), key=lambda one: one.start, default=None
        )

    def file(self, file: File) -> File:
        known = self.first.keys() | set(self.first.values())
        starts: date | None = None
        found = []
        for item in file.declarations:
            if isinstance(item, d.Instrument):
                starts = item.commences
            touched = not isinstance(item, d.Instrument | d.Continued) and any(name in known for name in _names(item))
            found.append(self.declaration(item, starts or ALWAYS) if touched else item)
        return evolve(file, declarations=tuple(found))

    def declaration(self, item: d.Declaration, starts: date) -> Any:
        if isinstance(item, d.Operation):
            starts = item.commences or starts
            if isinstance(item.action, a.Rename):
                return item
        for part in _dated(item):
            period = getattr(part, "period", None)
            self.check(part, period.start if period else starts)
        return rewritten(item, self.node)

    def check(self, text: Any, day: date) -> None:
        for word in written_names(text):
            current = self.name_on(self.first.get(word.name, word.name), day)
            if current is not None and current.name != word.name:
                message = f"`{word.name}` is called `{current.name}` since {day_words(current.start)}."
                self._told(word, current, message, f"Write `{current.name}`.")
            elif current is None and word.name in self.first:
                later = next(one for one in self.renamed if one.name == word.name)
                message = f"`{word.name}` is only called so from {day_words(later.start)}; this begins on {day_words(day)}."
                self._told(word, later, message, f"Write `{later.first}`, or correct the day.")

    def _told(self, word: Word, renamed: Renamed, message: str, fix: str) -> None:
        second = Place(renamed.span, "renamed here")
        self.problems.append(Problem(code="renamed", message=message, place=Place(word.span), second=second, fix=fix))

    def node(self, node: Tree) -> Tree:
        match node:
            case Word(name=name) if name in self.first:
                return evolve(node, name=self.first[name])
            case syntax.Ref(name=name) if name in self.first:
                return evolve(node, name=self.first[name])
            case syntax.Members(group=name) | syntax.Rank(group=name) if name in self.first:
                return evolve(node, group=self.first[name])
            case syntax.Applied(scale=name) if name in self.first:
                return evolve(node, scale=self.first[name])
            case d.Figure(name=name) | d.Rule(name=name) | d.Table(name=name) | d.Scale(name=name) | d.Group(name=name):
                return evolve(node, name=self.first.get(name, name))
        return node


def _names(item: Any) -> Iterable[str]:
    yield from named(item)
    if isinstance(item, d.Operation):
        yield from (word.name for word in item.targets)


def _dated(item: Any) -> Iterable[Any]:
    """The texts of a declaration that each have a day of their own."""
    if isinstance(item, d.Operation):
        yield item
    elif isinstance(item, d.Figure):
        yield from item.values
    elif isinstance(item, d.Rule | d.Table | d.Scale):
        yield from item.versions
    elif isinstance(item, d.Group | d.Unwritten):
        yield item


def written_names(text: Any) -> Iterable[Word]:
    """Every name in a text that can be one of a provision, with its place."""
    if isinstance(text, d.Operation):
        yield from text.targets if not isinstance(text.action, a.Insert) else ()
    waiting = [text]
    while waiting:
        node = waiting.pop()
        match node:
            case Word():
                yield node
            case syntax.Ref(name=name, span=span):
                yield Word(name, span=span)
            case syntax.Members(group=name, span=span) | syntax.Rank(group=name, span=span):
                yield Word(name, span=span)
            case syntax.Applied(scale=name, span=span):
                yield Word(name, span=span)
        if isinstance(node, Tree):
            waiting.extend(node.inside())
        elif isinstance(node, tuple):
            waiting.extend(node)
