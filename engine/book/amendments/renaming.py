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
from engine.book.law import ALWAYS, BUILT_IN, made_on
from engine.book.resolve import rewritten
from engine.book.schemes import IN_BRACES
from engine.values import day_words
from grammar import amendments as a
from grammar import declarations as d
from grammar import syntax
from grammar.declarations import File
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Tree, Word
from grammar.words import closest


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
    found = _renamings(files, frozenset(drafts), problems)
    if not found:
        return list(files), ()
    return [_Renaming(found, problems).file(file) for file in files], tuple(found)


def _renamings(files: Sequence[File], drafts: frozenset[str], problems: list[Problem]) -> list[Renamed]:
    instruments = {item.name: item for file in files for item in file.declarations if isinstance(item, d.Instrument)}
    operations: list[tuple[date, d.Operation, d.Instrument, date | None]] = []
    for file in sorted(files, key=lambda file: file.source.path):
        current: d.Instrument | None = None
        for item in file.declarations:
            if isinstance(item, d.Instrument | d.Continued):
                current = instruments.get(item.name)
            elif isinstance(item, d.Operation) and isinstance(item.action, a.Rename) and current is not None:
                made, start = made_on(current), item.commences or current.commences
                if start is not None and (made is not None or current.name in drafts):
                    operations.append((start, item, current, made))
    found: list[Renamed] = []
    if operations:
        renamer = _Renamer(_declared(files), frozenset(name for file in files for name in file.unread), found)
        for start, item, amendment, made in sorted(operations, key=lambda one: one[0]):
            problem = renamer.add(item, amendment, start, made)
            problems += [problem] if problem else []
    return found


def _declared(files: Sequence[File]) -> dict[str, d.Declaration]:
    """Everything that has a name, as it was first called; what amendments insert too."""
    found: dict[str, d.Declaration] = {}
    for file in files:
        for item in file.declarations:
            text: Any = item.action.text if isinstance(item, d.Operation) and isinstance(item.action, a.Insert) else item
            if isinstance(getattr(text, "name", None), str) and not isinstance(text, d.Continued | d.Scheme):
                found.setdefault(text.name, text)
            others = (text.plural,) if isinstance(text, d.Unit) else text.values if isinstance(text, d.Choice) else ()
            for word in others:
                found.setdefault(word.name, text)
    return found


@frozen(eq=False, repr=False)
class _Renamer:
    declared: Mapping[str, Any]
    unread: frozenset[str]
    found: list[Renamed]

    def add(self, item: d.Operation, amendment: d.Instrument, start: date, made: date | None) -> Problem | None:
        """Another name for something; or why it cannot have it."""
        assert isinstance(item.action, a.Rename)
        old, new = item.action.target, item.action.name
        given = [one for one in self.found if one.name == old.name]
        first = given[0].first if given else old.name
        called = [one for one in self.found if one.first == first]
        declared = self.declared.get(first)
        if declared is None and old.name in self.unread:
            return None
        if called and called[-1].name != old.name:
            return _told("renamed", *_no_longer(old, called[-1]), old.span, Place(called[-1].span, "renamed here"))
        if declared is None:
            near = closest(old.name, (name for name, found in self.declared.items() if isinstance(found, _PROVISIONS)))
            fix = f"Write `{near}`." if near else "Name a figure, a rule, a table, a scale or a group, a challenge or a duty."
            return _told("unknown-name", f"There is no provision called `{old.name}` that could be renamed.", fix, old.span)
        if not isinstance(declared, _PROVISIONS):
            message = f"`{old.name}` has no dates, and so cannot be renamed on one."
            return _told("cannot-amend", message, "Change the name where it is declared, and wherever it is used.", old.span)
        if item.until is not None:
            message, fix = "What is renamed keeps its new name.", "Leave `until` out; what has been renamed can be renamed again."
            return _told("cannot-amend", message, fix, item.span)
        taken = self.declared[new.name].name_span if new.name in self.declared else None
        taken = taken or next((one.span for one in self.found if one.name == new.name), None)
        if new.name in BUILT_IN:
            return _told("name-taken", f"`{new.name}` is {BUILT_IN[new.name]}.", "Choose another name.", new.span)
        if taken is not None:
            message = f"There is already something called `{new.name}`."
            return _told("name-taken", message, "Choose another name.", new.span, Place(taken, "called so here"))
        self.found.append(Renamed(first, new.name, start, made, amendment.name, item.provision, item.span))
        return None


_PROVISIONS = (d.Figure, d.Rule, d.Table, d.Scale, d.Group, d.Challenge, d.Duty)


def _told(code: str, message: str, fix: str, span: Span, second: Place | None = None) -> Problem:
    return Problem(code=code, message=message, place=Place(span), second=second, fix=fix)


def _no_longer(word: Word, current: Renamed) -> tuple[str, str]:
    return f"`{word.name}` is called `{current.name}` since {day_words(current.start)}.", f"Write `{current.name}`."


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
        is_draft = False
        found = []
        for item in file.declarations:
            if isinstance(item, d.Instrument):
                starts, is_draft = item.commences, made_on(item) is None
            touched = not isinstance(item, d.Instrument | d.Continued) and any(name in known for name in _names(item))
            found.append(self.declaration(item, starts or ALWAYS, is_draft) if touched else item)
        return evolve(file, declarations=tuple(found))

    def declaration(self, item: d.Declaration, starts: date, is_draft: bool) -> Any:
        if isinstance(item, d.Operation):
            starts = item.commences or starts
            if isinstance(item.action, a.Rename):
                return item
        for part in _dated(item):
            period = getattr(part, "period", None)
            day = part.on or starts if isinstance(part, d.Case) else period.start if period else starts
            self.check(part, day, is_draft)
        return rewritten(item, self.node)

    def check(self, text: Any, day: date, is_draft: bool) -> None:
        """Each name is that of its day; of a draft's new name nothing knows that was made before the draft."""
        for word in written_names(text):
            current = self.name_on(self.first.get(word.name, word.name), day)
            if current is not None and current.made is None and not is_draft:
                continue
            if current is not None and current.name != word.name:
                second = Place(current.span, "renamed here")
                self.problems.append(_told("renamed", *_no_longer(word, current), word.span, second))
            elif current is None and word.name in self.first:
                later = next(one for one in self.renamed if one.name == word.name)
                message = f"`{word.name}` is only called so from {day_words(later.start)}; this begins on {day_words(day)}."
                fix = f"Write `{later.first}`; or correct the day."
                self.problems.append(_told("renamed", message, fix, word.span, Place(later.span, "renamed here")))

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
            case d.Expectation(term=name) | d.Suppose(term=name) if name in self.first:
                return evolve(node, term=self.first[name])
            case d.Figure(name=name) | d.Rule(name=name) | d.Table(name=name) | d.Scale(name=name) | d.Group(name=name):
                node = evolve(node, name=self.first.get(name, name))
            case d.Challenge(name=name) | d.Duty(name=name):
                node = evolve(node, name=self.first.get(name, name))
        if isinstance(sentence := getattr(node, "because", None), str):
            told = IN_BRACES.sub(lambda found: f"{{{self.first.get(found[1], found[1])}}}", sentence)
            return node if told == sentence else evolve(node, because=told)  # type: ignore[misc]
        return node


def _names(item: Any) -> Iterable[str]:
    yield from named(item)
    if isinstance(item, d.Operation):
        yield from (word.name for word in item.targets)
    elif isinstance(item, d.Case):
        yield from (word.name for word in written_names(item))


def _dated(item: Any) -> Iterable[Any]:
    """The texts of a declaration that each have a day of their own."""
    if isinstance(item, d.Operation):
        yield item
    elif isinstance(item, d.Figure):
        yield from item.values
    elif isinstance(item, d.Rule | d.Table | d.Scale):
        yield from item.versions
    elif isinstance(item, d.Group | d.Unwritten | d.Case | d.Challenge | d.Duty):
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
            case d.Expectation(term=name, span=span) | d.Suppose(term=name, span=span):
                yield Word(name, span=span.find(name))
        if isinstance(node, Tree):
            waiting.extend(node.inside())
        elif isinstance(node, tuple):
            waiting.extend(node)
