"""What amendments have made of a book on a day, as it was known on another (S42 to S48, S50, S51, S53).

A text is taken apart into nodes, each with a home that no other has. An operation, read where and when it was drafted, says of
a home what stands there instead and on which days; a text of a day is put together anew from what was written, from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, frozen

from grammar import amendments as a
from grammar import declarations as d
from grammar import syntax as s
from tests.reference import law
from tests.reference.law import BEFORE_ALL, Place, made_on
from tests.reference.wording import Node, found_in, joined, put_together, same, taken_apart
from tests.reference.written import Drafted, History, Written, shown_with

ONE_DAY = timedelta(days=1)


class CannotAmendError(Exception):
    """An operation that cannot be carried out; the engine has the same code for it."""


# ---- operations -----------------------------------------------------------------------------------------------------


@define(eq=False)
class Undone:
    """What an amendment has omitted of another, or made stand again."""

    by: str
    start: date
    doings: list[tuple[History, Written]]
    line: object
    is_undone: bool = False


@define(eq=False)
class Amender:
    """Carries operations out, one after another as they were drafted."""

    places: dict[str, Place]
    instruments: Mapping[str, d.Instrument]
    spelt: Mapping[str, str]
    """The first spelling of a unit, and the first name of what is called otherwise."""
    histories: dict[str, History] = field(factory=dict)
    done: dict[str, list[tuple[History, Written]]] = field(factory=dict)
    omissions: list[Undone] = field(factory=list)
    returned: list[Undone] = field(factory=list)
    order: int = 0

    def history(self, name: str) -> History:
        name = self.spelt.get(name, name)
        if name not in self.histories:
            if name not in self.places:
                raise CannotAmendError("unknown-name")
            place = self.places[name]
            found = History(place)
            declaration = place.declaration
            versions = (
                declaration.values if isinstance(declaration, d.Figure) else getattr(declaration, "versions", [declaration])
            )
            for version in versions:
                found.written += self._of_file(place, version)
            self.histories[name] = found
        return self.histories[name]

    def _of_file(self, place: Place, version: Any) -> Iterator[Written]:
        made_by, period = getattr(version, "made_by", ()), getattr(version, "period", None)
        maker = self.instruments[made_by[-1].instrument] if made_by else place.instrument
        if maker is not None and made_on(maker) is None:
            return
        self.order += 1
        start = period.start if period else place.commences
        yield Written(start, made_on(maker) or BEFORE_ALL, self.order, taken_apart(version), end=period.end if period else None)

    def do(self, one: Drafted) -> None:
        before = self._to_save(one) if one.operation.saved else None
        match one.operation.action:
            case a.Replace(target=target) as action if target.name in self.instruments:
                self._amend_amendment(action, one)
            case a.Replace() as action:
                self._replace(action, one)
            case a.Unknown(targets=targets, text=text):
                for target in targets:
                    self._unknown(target.name, text, one)
            case a.InsertPart(target=target, clause=clause, before=before_part):
                home = self._text(target.name, one)[1].home
                before_name = before_part.name if before_part else None
                self._write(target.name, one, taken_apart(clause), home=home, is_inserted=True, before=before_name)
            case a.SubstitutePart(target=target, clause=clause):
                self._write(target.name, one, taken_apart(clause), home=self._part(target.name, clause.name, one).home)
            case a.OmitPart(target=target, part=part):
                self._write(target.name, one, None, home=self._part(target.name, part.name.name, one).home)
            case a.Insert(text=text) | a.Substitute(text=text):
                self._put(text, one, isinstance(one.operation.action, a.Insert))
            case a.Omit(target=target):
                self._text(target.name, one)
                self._write(target.name, one, None, replaces=True)
            case a.OmitAmendment(target=target):
                self._cancel(target.name, one)
        if before is not None:
            self._save(before, one)

    def _text(self, name: str, one: Drafted) -> tuple[History, Node]:
        history = self.history(name)
        text = history.shown(one.start, one.made)
        if text is None:
            raise CannotAmendError("not-in-force")
        return history, text

    def _part(self, name: str, part: str, one: Drafted) -> Node:
        _, text = self._text(name, one)
        for found in (*text.inside.get("exceptions", ()), *text.inside.get("rows", ())):
            if found.inside["name"] == part:
                assert isinstance(found, Node)
                return found
        raise CannotAmendError("unknown-name")

    def _write(self, name: str, one: Drafted, new: Node | None, start: date | None = None, **more: Any) -> None:
        self.order += 1
        by_heading = one.operation.commences is None
        until = one.operation.until
        written = Written(start or one.start, one.made, self.order, new, until, by_heading=by_heading, **more)
        history = self.history(name)
        history.written.append(written)
        self.done.setdefault(one.amendment.name, []).append((history, written))

    def _replace(self, action: a.Replace, one: Drafted) -> None:
        name, old, new = action.target.name, taken_apart(action.old), taken_apart(action.new)
        history, text = self._text(name, one)
        if action.part is not None:
            text = self._part(name, action.part.name.name, one)
        if isinstance(text.tree, d.Dated) and same(text.inside["value"], old, self.spelt):
            whole = history.whole(one.start, one.made)
            assert whole is not None
            period = s.Period(one.start, whole.end, span=action.span)
            value = evolve(text.tree, value=action.new, period=period, made_by=(), being=None)
            self._write(name, one, taken_apart(value), end=whole.end)
            return
        found = list(found_in(text, old, self.spelt))
        if not found:
            raise CannotAmendError("stale-wording")
        if len(found) > 1 and not action.everywhere:
            raise CannotAmendError("wording-twice")
        for node, stretch in found:
            put = new if stretch is None else joined(node, stretch, new)
            self._write(name, one, put if len(found) == 1 else taken_apart(put_together(put)), home=node.home)

    def _unknown(self, name: str, text: s.NotEncoded, one: Drafted) -> None:
        history, shown = self._text(name, one)
        whole = history.whole(one.start, one.made)
        assert whole is not None
        tree = put_together(shown)
        if isinstance(tree, d.Dated):
            tree = evolve(tree, value=text, period=s.Period(one.start, whole.end, span=text.span), made_by=())
        elif isinstance(tree, d.Version):
            only = d.Alternative(value=text, condition=None, span=text.span)
            tree = evolve(tree, alternatives=(only,), exceptions=(), readings=())
        elif isinstance(tree, d.TableVersion):
            otherwise = None if tree.otherwise is None else evolve(tree.otherwise, value=text)
            tree = evolve(tree, rows=tuple(evolve(row, value=text) for row in tree.rows), otherwise=otherwise)
        self._write(name, one, taken_apart(tree), end=whole.end)

    def _put(self, text: Any, one: Drafted, is_new: bool) -> None:
        if is_new and text.name not in self.places:
            [instrument] = [self.instruments[word.name] for word in one.amendment.amends
                            if not self.instruments[word.name].is_amendment]  # fmt: skip
            self.places[text.name] = Place(text, instrument)
            self.histories[text.name] = History(self.places[text.name])
        versions = text.values if isinstance(text, d.Figure) else getattr(text, "versions", [text])
        for version in versions:
            period = getattr(version, "period", None)
            start, end = (period.start, period.end) if period else (one.start, None)
            self._write(text.name, one, taken_apart(version), start=start, end=end, replaces=not is_new)

    # ---- amendments of amendments, and savings ----------------------------------------------------------------------

    def _amend_amendment(self, action: a.Replace, one: Drafted) -> None:
        pending = [(history, written) for history, written in self.done.get(action.target.name, [])
                   if written.start >= one.start and written.dropped is None]  # fmt: skip
        for history, written in pending:
            again = None
            if isinstance(action.old, s.DateText) and isinstance(action.new, s.DateText) and action.old.value == written.start:
                again = evolve(written, start=action.new.value)
            elif written.new is not None and (text := self._reworded(written.new, action)) is not None:
                again = evolve(written, new=text)
            if again is not None:
                self._instead(history, written, again, one)

    def _cancel(self, name: str, one: Drafted) -> None:
        """What of an amendment has still to come never will; what it would have undone is as if it had not."""
        undone = [found for found in self.omissions if found.by == name and found.start >= one.start and not found.is_undone]
        back = [found for found in self.returned if found.by == name and found.start >= one.start]
        for history, written in [*self.done.get(name, [])]:
            before_it = written.amended
            while before_it is not None and before_it[0].amendment.name != name:
                before_it = before_it[1].amended
            starts = before_it[0].start if before_it else written.start
            if starts >= one.start and written.dropped is None and before_it:
                self._instead(history, written, evolve(before_it[1]), one)
            elif starts >= one.start and written.dropped is None:
                self._drop(history, written, one)
        for found in back:
            for history, written in found.doings:
                if written.line is found.line and written.dropped is None:
                    self._drop(history, written, one)
        for found in undone:
            found.is_undone = True
            [(history, written)] = found.doings
            self.order += 1
            again = evolve(written, made=one.made, order=self.order, dropped=None)
            history.written.append(again)
            for doings in self.done.values():
                if any(written is other for _, other in doings):
                    doings.append((history, again))
            own = next(doings for doings in self.done.values() if any(again is other for _, other in doings))
            self.returned.append(Undone(one.amendment.name, one.start, own, again.line))

    def _drop(self, history: History, written: Written, one: Drafted) -> None:
        written.dropped = one.made
        self.omissions.append(Undone(one.amendment.name, one.start, [(history, written)], written.line))

    def _instead(self, history: History, written: Written, again: Written, one: Drafted) -> None:
        self.order += 1
        written.dropped = one.made
        again.made, again.order, again.dropped, again.amended = one.made, self.order, None, (one, written)
        history.written.append(again)
        self.done.setdefault(one.amendment.name, [])
        for name, doings in self.done.items():
            if name == one.amendment.name or any(written is other for _, other in doings):
                doings.append((history, again))

    def _reworded(self, text: Node, action: a.Replace) -> Node | None:
        old, new = taken_apart(action.old), taken_apart(action.new)
        if same(text, old, self.spelt):
            assert isinstance(new, Node)
            return new
        found = [node.home for node, stretch in found_in(text, old, self.spelt) if stretch is None]
        if not found:
            return None
        return shown_with(text, [Written(BEFORE_ALL, BEFORE_ALL, 0, new, home=home) for home in found])

    def _to_save(self, one: Drafted) -> tuple[str, Node]:
        [target] = one.operation.targets
        text = self.history(target.name).shown(one.start - ONE_DAY, one.made)
        if text is None:
            raise CannotAmendError("not-in-force")
        return target.name, text

    def _save(self, before: tuple[str, Node], one: Drafted) -> None:
        """An exception that prevails over all others gives the rule as it stood, which nothing changes any more."""
        name, old = self.spelt.get(before[0], before[0]), before[1]
        [saved] = one.operation.saved
        place = self.history(name).place
        hidden = f"{name}_saved_by_{one.amendment.name}"
        head = evolve(place.declaration, name=hidden, payable=None)
        self.places[hidden] = Place(head, place.instrument)
        self.histories[hidden] = History(self.places[hidden])
        period = s.Period(one.start, saved.until, span=saved.span)
        self._write(hidden, one, taken_apart(evolve(put_together(old), period=period, made_by=())), end=saved.until)
        text = self.history(name).shown(one.start, one.made)
        if text is None:
            return
        over = tuple(s.Word(part.inside["name"], span=saved.span) for part in text.inside.get("exceptions", ()))
        clause = d.ExceptionClause(
            name=f"saved_by_{one.amendment.name}", value=s.Ref(hidden, None, span=saved.span), condition=saved.condition,
            period=period, because=None, prevails_over=over, name_span=saved.span, span=saved.span,
        )  # fmt: skip
        self._write(name, one, taken_apart(clause), home=text.home, is_inserted=True)


# ---- the book -------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class OtherName:
    """What something is called from a day on, as known from another (S49)."""

    first: str
    name: str
    start: date
    made: date


def _renamed(drafted: Iterable[Drafted]) -> Iterator[OtherName]:
    """Other names in the order of their days, each with the name that the thing bore before all of them."""
    first: dict[str, str] = {}
    for one in sorted(drafted, key=lambda one: one.start):
        if isinstance(action := one.operation.action, a.Rename):
            first[action.name.name] = first.get(action.target.name, action.target.name)
            yield OtherName(first[action.name.name], action.name.name, one.start, one.made)


@frozen(slots=False, eq=False)
class AmendedBook(law.Book):
    """A book with everything that amendments have made of it."""

    histories: Mapping[str, History] = field(factory=dict)
    refused: tuple[str, ...] = ()
    """Why operations could not be carried out."""
    other_names: tuple[OtherName, ...] = ()

    @cached_property
    def provisions(self) -> dict[str, Place]:
        """By every name that each ever bears."""
        own = self._all(d.Figure, d.Rule, d.Table, d.Scale, d.Group)
        return own | {one.name: own[one.first] for one in self.other_names if one.first in own}

    def called(self, name: str, day: date, known: date | None) -> str:
        found = [one for one in self.other_names if one.first == name and one.start <= day]
        return next((one.name for one in reversed(found) if known is None or one.made <= known), name)

    def text(self, place: Place, day: date, known: date | None) -> Any:
        name = str(getattr(place.declaration, "name", ""))
        if name not in self.histories:
            return super().text(place, day, known)
        shown = self.histories[name].shown(day, known or date.max)
        return None if shown is None else put_together(shown)


def book(files: Iterable[d.File]) -> law.Book:
    """The files with what their amendments do, in the order in which they were drafted (S43)."""
    files = list(files)
    plain = law.book(files)
    drafted = list(_drafted(files, plain.instruments))
    other_names = tuple(_renamed(drafted))
    spelt = {**plain.units, **{one.name: one.first for one in other_names}}
    amender = Amender(dict(plain.provisions), plain.instruments, spelt)
    refused = []
    for one in sorted(drafted, key=lambda one: (one.made, one.amendment.name, one.order)):
        try:
            amender.do(one)
        except CannotAmendError as error:
            refused.append(str(error))
    if not amender.histories and not refused and not other_names:
        return plain
    added = [place for name, place in amender.places.items() if name not in plain.provisions]
    return AmendedBook((*plain.places, *added), plain.instruments, amender.histories, tuple(refused), other_names)


def _drafted(files: Iterable[d.File], instruments: Mapping[str, d.Instrument]) -> Iterator[Drafted]:
    order = 0
    for file in files:
        heading = None
        for declaration in file.declarations:
            if isinstance(declaration, d.Instrument | d.Continued):
                heading = instruments[declaration.name]
            elif isinstance(declaration, d.Operation) and heading is not None:
                made, start = made_on(heading), declaration.commences or heading.commences
                if made is not None and start is not None and not heading.when_appointed:
                    order += 1
                    yield Drafted(declaration, heading, made, start, order)
