"""The text of one provision as amendments have made it: each change fixes a place, and places hold what was written to them.

A place is a node of a text as it was written, in a file or by an amendment. What stands in it on a day is what the latest
change to it says of those that have begun and not fallen away (S44); a change inside what has been replaced is gone with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import define, evolve, field, fields, frozen

from engine.book.amendments.operations import Timed, is_known
from engine.book.law import Write, is_otherwise
from grammar import declarations as d
from grammar.syntax import Ref, Tree, Word, YesNo

Part = d.ExceptionClause | d.Row


@define(eq=False, repr=False)
class Change:
    """What an operation does to one place."""

    timed: Timed
    place: Tree
    """The node as it was written; for what is inserted, the version that it is inserted in."""
    new: Tree | None
    """What stands there instead; None where nothing does."""
    commences: date
    until: date | None
    made: date
    order: int
    inserts: bool = False
    saves: Ref | None = None
    """Of the exception or row for whom the old text stands on, whether it does: it prevails over all others (S51)."""
    before: str | None = None
    is_of_terms: bool = False
    """Whether it is of some of the terms of a sum: the others stand in it as they were when it was drafted."""
    dropped: date | None = None
    """When an amendment of the amendment was made, after which it is no longer so."""
    amended: tuple[Timed, Change | Whole] | None = None
    """By what it was amended before it took effect, and what it was until then."""
    omitted: Timed | None = None
    """By what it was omitted before it took effect; what then stands again is written anew."""

    def sort_key(self) -> tuple[date, date, int]:
        return (self.commences, self.made, self.order)

    def is_in_force(self, on: date, known: date) -> bool:
        return self.commences <= on and (self.until is None or on <= self.until) and is_known(self.made, self.dropped, known)


@define(eq=False, repr=False)
class Whole:
    """A whole text of a provision: a version of a file, or what an operation has put in place of all of it."""

    write: Write[Any]
    """Of nothing, where the provision is omitted: then it ends before it begins."""
    parts: dict[str, Write[Part]]
    head: d.Provision | d.Unwritten
    until: date | None = None
    """The last day of a change for a time."""
    dropped: date | None = None
    replaces_what_follows: bool = False
    """What was written before for later days is gone with it (S46)."""
    timed: Timed | None = None
    amended: tuple[Timed, Change | Whole] | None = None
    """By what it was amended before it took effect, and what it was until then."""
    omitted: Timed | None = None
    """By what it was omitted before it took effect; what then stands again is written anew."""

    @property
    def made(self) -> date:
        return self.write.made or date.min


@frozen(eq=False, repr=False)
class Shown:
    """A text as it stands on a day, and what has made it so."""

    whole: Whole
    text: Any
    latest: Change | None
    """The latest change outside its parts."""
    of_parts: dict[str, Change]
    """By exception or row that is not as it was written, the latest change of it."""


@define(eq=False, repr=False)
class Texts:
    """Everything that was written to one provision, and how it reads on a day, as known on another."""

    wholes: list[Whole]
    changes: list[Change] = field(factory=list)
    _by_place: dict[int, list[Change]] = field(factory=dict)
    _origin: dict[int, Tree] = field(factory=dict)
    _words: dict[str, Word] = field(factory=dict)
    _copies: dict[Any, Any] = field(factory=dict)
    _alive: list[Any] = field(factory=list)
    _saving: dict[Tree, Tree] = field(factory=dict)
    _shown: dict[tuple[int, tuple[int, ...]], Shown] = field(factory=dict)

    def change(self, change: Change) -> None:
        self.changes.append(change)
        self._by_place.setdefault(id(change.place), []).append(change)

    def everything(self) -> tuple[Change | Whole, ...]:
        return (*self.wholes, *self.changes)

    def whole_on(self, on: date, known: date) -> Whole | None:
        """The whole text in force on a day, before what has been changed inside it."""
        admitted = [w for w in self.wholes if is_known(w.made, w.dropped, known)]
        replacing = [w for w in admitted if w.replaces_what_follows and (w.until is None or on <= w.until)]
        standing: list[Whole] = []
        for whole in admitted:
            write = whole.write
            is_over = write.start > on or (whole.until is not None and whole.until < on)
            gone = any(r.made >= whole.made and r is not whole and r.write.start <= write.start and r.write.order > write.order
                       and r.write.start <= on for r in replacing)  # fmt: skip
            if not is_over and not gone:
                standing.append(whole)
        dated = max((w for w in standing if not is_otherwise(w.write)), key=_by_write, default=None)
        if dated is not None and (dated.write.end is None or on <= dated.write.end):
            return dated
        if dated is not None and dated.write.is_omission:
            return None
        other = max((w for w in standing if is_otherwise(w.write)), key=_by_write, default=None)
        return other if other is not None and (other.write.end is None or on <= other.write.end) else None

    def ended_by(self, day: date, known: date) -> Write[Any] | None:
        """What omits the provision from a day on; None where its days are over."""
        writes = [w.write for w in self.wholes if w.write.start == day and is_known(w.made, w.dropped, known)]
        return max((w for w in writes if w.end is not None and w.end < day), key=Write.sort_key, default=None)

    def on(self, on: date, known: date) -> Shown | None:
        """The text of a day; None where nothing is in force."""
        whole = self.whole_on(on, known)
        if whole is None:
            return None
        acting = [change for change in self.changes if change.is_in_force(on, known)]
        key = (id(whole), tuple(sorted(change.order for change in acting)))
        if key not in self._shown:
            self._shown[key] = _Showing(self, {change.order for change in acting}).show(whole)
        return self._shown[key]

    def saving(self, shown: Shown) -> Shown:
        """A table in which what is saved comes before its rows: they hold for whom nothing is. Nobody quotes that."""
        rows = getattr(shown.text, "rows", ())
        changes = [(row, shown.of_parts[row.name]) for row in rows if row.name in shown.of_parts]
        savings = sorted(((change, row) for row, change in changes if change.saves), key=lambda one: one[0].sort_key())
        if not savings:
            return shown
        if shown.text not in self._saving:
            columns = (*(change.saves for change, _ in savings), *shown.text.columns)
            found = []
            for row in rows:
                of = next((number for number, (_, saved) in enumerate(savings) if saved is row), None)
                own = tuple(d.Cell(span=row.span) for _ in shown.text.columns) if of is not None else row.cells
                found.append(self.copy(row, {"cells": (*_whether_saved(of, len(savings), row), *own)}))
            self._saving[shown.text] = self.copy(shown.text, {"columns": columns, "rows": tuple(found)})
        return evolve(shown, text=self._saving[shown.text])

    def original(self, node: Tree) -> Tree:
        """The place of a node of a text that is shown: the node as it was written."""
        return self._origin.get(id(node), node)

    def copy(self, original: Tree, changes: dict[str, Any]) -> Any:
        """A node with some of its parts changed; the same one whenever the same parts are."""
        made_of = tuple(tuple(map(id, part)) if isinstance(part, tuple) else id(part) for part in (original, *changes.values()))
        if made_of not in self._copies:
            copy = evolve(original, **changes)  # type: ignore[misc]
            self._copies[made_of] = copy
            self._origin[id(copy)] = self.original(original)
            self._alive.append(changes)
        return self._copies[made_of]

    def word(self, part: Part) -> Word:
        """The name of an exception, as another names it."""
        return self._words.setdefault(part.name, Word(part.name, span=part.name_span))

    def at(self, place: Tree) -> list[Change]:
        return self._by_place.get(id(place), [])

    def inside(self, tree: Tree) -> Iterator[Change]:
        """The changes to places inside a text, and to those inside what they put there."""
        waiting: list[Any] = [tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, tuple):
                waiting.extend(node)
            elif isinstance(node, Tree):
                for change in self.at(node):
                    yield change
                    waiting.append(change.new)
                waiting.extend(getattr(node, attribute.name) for attribute in fields(type(node)))  # type: ignore[arg-type]

    def days(self, known: date) -> list[date]:
        """Every day on which the text, as known on another, may begin to read otherwise."""
        found = set()
        for one in self.everything():
            if one.made <= known:
                found |= {one.write.start if isinstance(one, Whole) else one.commences, *_after(one.until)}
        return sorted(found)


def _by_write(whole: Whole) -> tuple[date, date, int]:
    return whole.write.sort_key()


def _after(day: date | None) -> tuple[date, ...]:
    return () if day is None or day == date.max else (day + timedelta(days=1),)


@define(eq=False, repr=False)
class _Showing:
    """One text with the changes of a day put into it; what is not changed is the same object."""

    texts: Texts
    acting: set[int]
    applied: list[Change] = field(factory=list)
    of_parts: dict[str, Change] = field(factory=dict)
    omission: Change | None = None
    """The latest by which a row is gone."""

    def show(self, whole: Whole) -> Shown:
        text = self.shown(whole.write.text)
        latest = max(self.applied, key=Change.sort_key) if self.applied else None
        return Shown(whole, text, latest, self.of_parts)

    def shown(self, tree: Tree) -> Any:
        standing: Tree | None = tree
        while standing is not None and (change := self._latest(standing)) is not None:
            self.applied.append(change)
            standing = change.new
        if standing is None:
            return None
        changes: dict[str, Any] = {}
        for attribute in fields(type(standing)):  # type: ignore[arg-type]
            value = getattr(standing, attribute.name)
            if isinstance(value, Tree):
                new = self.shown(value)
            elif attribute.name in ("exceptions", "rows"):
                new = self._parts(standing, value)
            elif isinstance(value, tuple) and value:
                new = self._several(value)
            else:
                continue
            if new is not value:
                changes[attribute.name] = new
        if isinstance(standing, d.TableVersion) and self.omission is not None:
            changes["omission_span"] = self.omission.timed.operation.span
        if isinstance(standing, d.ScaleVersion) and "bands" in changes:
            changes["bands"] = _limit_repeated(changes["bands"])
        return self.texts.copy(standing, changes) if changes else standing

    def _several(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        new = tuple(
            self.shown(item) if isinstance(item, Tree) else self._several(item) if isinstance(item, tuple) else item
            for item in values
        )
        return new if any(a is not b for a, b in zip(new, values, strict=True)) else values

    def _parts(self, version: Tree, own: tuple[Part, ...]) -> tuple[Part, ...]:
        """The exceptions or rows of a version: its own and those that were inserted, each as it stands."""
        parts = list(own)
        inserted = [change for change in self.texts.at(version) if change.inserts and change.order in self.acting]
        for change in sorted(inserted, key=Change.sort_key):
            assert isinstance(change.new, d.ExceptionClause | d.Row)
            if isinstance(change.new, d.Row) is hasattr(version, "rows"):
                places = [place for place, part in enumerate(parts) if part.name == change.before]
                parts.insert(places[0] if places else len(parts), change.new)
                self.of_parts[change.new.name] = change
        outside, found = self.applied, []
        for part in parts:
            self.applied = []
            shown = self.shown(part)
            if self.applied:
                self.of_parts[part.name] = max(self.applied, key=Change.sort_key)
            if shown is not None:
                found.append(shown)
            elif self.omission is None or self.omission.sort_key() < self.applied[-1].sort_key():
                self.omission = self.applied[-1]
        self.applied = outside
        found = [self._saving(part, found) for part in found]
        return own if len(found) == len(own) and all(map(_is, found, own)) else tuple(found)

    def _saving(self, part: Part, parts: list[Part]) -> Part:
        """An exception for what is saved prevails over every other; what is saved later holds it, and prevails over it."""
        own = self.of_parts.get(part.name)
        if own is None or own.saves is None or isinstance(part, d.Row):
            return part
        others = [other for other in parts if other is not part and not self._is_saved_later(other, own)]
        over: Part = self.texts.copy(part, {"prevails_over": tuple(self.texts.word(other) for other in others)})
        return over

    def _is_saved_later(self, part: Part, saving: Change) -> bool:
        other = self.of_parts.get(part.name)
        return other is not None and other.saves is not None and other.sort_key() > saving.sort_key()

    def _latest(self, node: Tree) -> Change | None:
        acting = [change for change in self.texts.at(node) if change.order in self.acting and not change.inserts]
        return max(acting, key=Change.sort_key, default=None)


def _whether_saved(own: int | None, savings: int, row: d.Row) -> tuple[d.Cell, ...]:
    """A row holds for whom nothing is saved; what is saved holds for whom nothing is saved later."""
    said = ["no" if own is None or number > own else "yes" if number == own else "any" for number in range(savings)]
    answers = {"no": (YesNo(False, span=row.span),), "yes": (YesNo(True, span=row.span),), "any": ()}
    return tuple(d.Cell(answers=answers[one], span=row.span) for one in said)


def _is(one: object, other: object) -> bool:
    return one is other


def _limit_repeated(bands: tuple[d.Band, ...]) -> tuple[d.Band, ...]:
    """The last band of a scale begins where the one before it ends."""
    *others, last = bands
    return (*others, evolve(last, limit=others[-1].limit)) if others and last.is_last else bands
