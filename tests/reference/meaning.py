"""What each term is: the text in force, its exceptions, its alternatives, its table, its policy and its range (S19, S30 to S37)."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import field, frozen

from grammar import declarations as d
from grammar import syntax as s
from tests.reference import days, members, phrases
from tests.reference.law import Book, Place
from tests.reference.members import Candidates, narrowed
from tests.reference.people import Member, People, number, of_text, people
from tests.reference.phrases import rounded
from tests.reference.question import Here
from tests.reference.results import Belonging, Path, Refused, Value, conjunction, gathered, needing_all, refused

MEANINGS = {**phrases.MEANINGS, **members.MEANINGS, **days.MEANINGS}
"""What each phrase means, that a value can be written with."""


Needs = set[tuple[str, Member]]
"""Terms that were read, and whose."""


@frozen(eq=False)
class Asked:
    """One question to a book. Each term is worked out once for each member, when something needs it."""

    book: Book
    case: Any
    """Written in the language, or as data."""
    people: People
    day: date
    known: date | None
    readings: frozenset[str] = frozenset()
    """The names of the other readings that were chosen."""
    seen: Counter[str] = field(factory=Counter)
    _on: dict[date, Asked] = field(factory=dict)
    """The same question about other days; every one of them is known here."""
    _worked: dict[tuple[str, Member], Value] = field(factory=dict)
    _reads: dict[tuple[str, Member], Needs] = field(factory=dict)
    """What each term needed (S37)."""
    _reading: list[Needs] = field(factory=lambda: [set()])
    """The same of what is being worked out, the innermost last."""

    def value(self, term: str, member: Member) -> Value:
        """The value of a term: of a member, or of everyone."""
        key = (term, member)
        self._reading[-1].add(key)
        if key not in self._worked:
            work = self._input if term in self.book.inputs else self._provision
            self._worked[key], self._reads[key] = self.noticed(lambda: work(term, member))
        return self._worked[key]

    def noticed(self, work: Callable[[], Any]) -> tuple[Any, Needs]:
        """What something is, and what it read; whether that is needed is not said yet."""
        self._reading.append(set())
        return work(), self._reading.pop()

    def rests_on(self, answers: Iterable[tuple[str, Member]]) -> dict[tuple[str, Path], object]:
        """All that answers need on this day, whose, what it is, and by which version of the law (S55)."""
        found: dict[tuple[str, Path], object] = {}
        waiting = list(answers)
        while waiting:
            term, member = waiting.pop()
            if (term, member.path) not in found:
                place = self.book.provisions.get(term)
                is_scale = place is not None and isinstance(place.declaration, d.Scale)
                value = None if is_scale else self.value(term, member)
                found[term, member.path] = (value, place and self.in_force(place))
                waiting += self._reads.get((term, member), ())
        return found

    def on(self, day: date) -> Asked:
        """What would be asked of another day: its law, its facts, and those who are there on it (S70)."""
        if day not in self._on:
            self._on[day] = self.afresh(day)
        return self._on[day]

    def afresh(self, day: date) -> Asked:
        """The same question asked of a day for its own sake: what others look at on that day is none of its steps (S55)."""
        there = people(self.case, self.book, day)
        return Asked(self.book, self.case, there, day, self.known, self.readings, self.seen, self._on)

    def meaning(self, expr: s.Expr, here: Here) -> Any:
        return MEANINGS[type(expr)](expr, here)

    def in_force(self, place: Place) -> Any:
        if isinstance(place.declaration, d.Scale):
            self._reading[-1].add((place.declaration.name, self.people.everyone))
        return self.book.text(place, self.day, self.known)

    def not_in_force(self, place: Place, member: Member) -> Refused:
        return refused("not in force", place.identity, member.path)

    # ---- facts ------------------------------------------------------------------------------------------------------

    def _input(self, name: str, member: Member) -> Value:
        """Given, else the default that is written, else missing (S35)."""
        place = self.book.inputs[name]
        given = member.fact(name, self.day, self.known)
        if given is not None and given.value is not None:
            return given.value
        if place.declaration.default is not None:
            return of_text(place.declaration.default)
        return refused("missing fact", place.identity, member.path)

    def standing(self, name: str, member: Member) -> str:
        """How a fact stands: as it was given, else declared; assumed where its default is taken (S66, S81)."""
        given = member.fact(name, self.day, self.known)
        return "assumed" if given is None or given.value is None else given.standing or "declared"

    # ---- provisions -------------------------------------------------------------------------------------------------

    def _provision(self, term: str, member: Member) -> Any:
        place = self.book.provisions[term]
        here = Here(self, place, member, member)
        text = self.in_force(place)
        if text is None:
            return self.not_in_force(place, member)
        here.saw(text)
        if getattr(text, "is_otherwise", False):
            self.seen["every other day"] += 1
        if isinstance(text, d.Group):
            return self._group(term, here)
        affected = self._affected(term, here)
        if affected is not None:
            return affected
        if isinstance(text, d.Dated):
            return here.value(text.value)
        value = self._rule(text, here) if isinstance(text, d.Version) else self._table(text, here)
        return self._in_range(value, here)

    def _affected(self, term: str, here: Here) -> Refused | None:
        """Refused by provisions that have no term and affect this one, where their condition holds (S65)."""
        found: list[Any] = []
        for place in self.book.unwritten:
            if self.book.of_these(place, [place.declaration], self.day, self.known) is None:
                continue
            for affecting in place.declaration.affecting:
                if affecting.term.name == term:
                    here.saw(affecting)
                    holds = here.value(affecting.condition)
                    found.append(here.refused(place.declaration.kind) if holds is True else holds)
        return gathered(found)

    def _in_range(self, value: Any, here: Here) -> Any:
        declared = here.place.declaration
        if declared.low is None or isinstance(value, Refused):
            return value
        return value if number(declared.low) <= value <= number(declared.high) else here.refused("out of range")

    def _rule(self, version: d.Version, here: Here) -> Any:
        """Every exception is tried; where none holds, the alternatives in their order (S30, S31)."""
        rule = here.place.declaration
        exceptions: list[d.ExceptionClause] = [
            *self.book.parts(here.place, version, version.exceptions, self.day, self.known),
            *self.book.parts(here.place, rule, rule.exceptions, self.day, self.known),  # above the versions (S78)
        ]
        for exception in exceptions:
            here.saw(exception)
        conditions = [here.value(exception.condition) for exception in exceptions]
        doubt = gathered(conditions)
        if doubt:
            return doubt
        holding = [exception for exception, holds in zip(exceptions, conditions, strict=True) if holds]
        if not holding:
            return self._first(self._alternatives(version, here), here)
        beaten = {name for exception in holding for name in _beaten(exception.name, exceptions)}
        values = [self._value(exception.value, here) for exception in holding if exception.name not in beaten]
        return gathered(values) or (values[0] if len(set(values)) == 1 else here.refused("clash"))

    def _alternatives(self, version: d.Version, here: Here) -> tuple[d.Alternative, ...]:
        for reading in version.readings:
            if reading.name in self.readings:
                here.saw(reading)
                return reading.alternatives
        return version.alternatives

    def _first(self, alternatives: tuple[d.Alternative, ...], here: Here) -> Any:
        for alternative in alternatives:
            here.saw(alternative)
            holds = True if alternative.condition is None else here.value(alternative.condition)
            if isinstance(holds, Refused):
                return holds
            if holds:
                return self._value(alternative.value, here)
        raise AssertionError("the last alternative has no condition")

    def _value(self, expr: s.Expr, here: Here) -> Any:
        """What a rule is in one of its cases; money that states no rounding is rounded as the instrument says (S19)."""
        value = here.value(expr)
        limits = expr.limits if isinstance(expr, s.Limited) else ()
        policy = here.place.instrument.policy if here.place.instrument else None
        says_how = any(isinstance(limit, s.Rounding | s.Unrounded) for limit in limits)
        is_money = "£" in dict(here.place.declaration.type.unit)
        return rounded(value, policy) if policy and is_money and not says_how else value

    def _table(self, version: d.TableVersion, here: Here) -> Any:
        """The value of the one row whose cells all hold; where none does, what is said otherwise (S34)."""
        noticed = [self._noticed_value(column, here) for column in version.columns]
        rows: list[d.Row] = self.book.parts(here.place, version, version.rows, self.day, self.known)
        holds: list[Any] = []
        for row in rows:
            here.saw(row)
            cells = [self._noticed_cell(cell, column, here) for cell, (column, _) in zip(row.cells, noticed, strict=True)]
            holds.append(conjunction(met for met, _ in cells))
            if holds[-1] is True:
                for cell, (_, own), (_, ends) in zip(row.cells, noticed, cells, strict=True):
                    self._reading[-1].update(set() if cell.is_any else own | ends)
                return self._value(row.value, here)
        self._reading[-1].update(*(own for _, own in noticed))
        doubt = gathered(holds)
        if doubt:
            return doubt
        assert version.otherwise is not None
        return self._value(version.otherwise.value, here)

    def _noticed_value(self, column: s.Expr, here: Here) -> tuple[Any, Needs]:
        return self.noticed(lambda: here.value(column))

    def _noticed_cell(self, cell: d.Cell, column: Any, here: Here) -> tuple[Any, Needs]:
        return self.noticed(lambda: _cell(cell, column, here))

    # ---- groups -----------------------------------------------------------------------------------------------------

    def _group(self, term: str, here: Here) -> Value:
        candidates = self.candidates(term, here.me)
        if isinstance(candidates, Refused):
            return candidates
        members = tuple(member.path for member, belongs in candidates if belongs is True)
        return Belonging(members, gathered(belongs for _, belongs in candidates))

    def candidates(self, group: str, me: Member) -> Candidates | Refused:
        """Those who belong to a group, hold a role, or are of a kind of entity; and those of whom it is not known (S22)."""
        if group in self.book.entities:
            return [(member, True) for member in self.people.inside(me, group)]
        if group in self.book.roles:
            role = self.book.roles[group]
            home = me.within(role.of.name)
            assert home is not None
            return [(member, True) for member in self.people.inside(home, role.holder.name) if group in member.roles]
        place = self.book.provisions[group]
        owner = self.people.everyone if self.book.owner(group) is None else me.within(place.declaration.of.name)
        assert owner is not None
        self._reading[-1].add((group, owner))
        if self.in_force(place) is None:
            return self.not_in_force(place, owner)
        over = self.candidates(place.declaration.over.name, owner)
        return over if isinstance(over, Refused) else narrowed(over, place.declaration.condition, Here(self, place, owner, owner))


def ask(book: Book, case: Any, day: date, known: date | None, readings: Iterable[str] = ()) -> Asked:
    """A question about a case, written in the language or as data."""
    return Asked(book, case, people(case, book, day), day, known, frozenset(readings))


def _beaten(name: str, exceptions: list[d.ExceptionClause]) -> set[str]:
    """Those that an exception prevails over, directly or through others, whether or not those hold (S31)."""
    over = {exception.name: {word.name for word in exception.prevails_over} for exception in exceptions}
    beaten: set[str] = set()
    waiting = set(over[name])
    while waiting:
        beaten |= waiting
        waiting = {further for each in waiting for further in over.get(each, ())} - beaten
    return beaten


def _cell(cell: d.Cell, column: Any, here: Here) -> bool | Refused:
    """Whether a column is within the ends of a cell, or one of its answers; of `any` nothing is asked."""
    here.saw(cell)
    if cell.is_any:
        return True
    if cell.answers:
        answers = [answer.name if isinstance(answer, s.Word) else answer.value for answer in cell.answers]
        return column if isinstance(column, Refused) else column in answers
    sides: list[bool | Refused] = []
    if cell.low is not None:
        above = operator.ge if cell.low_included else operator.gt
        sides.append(needing_all([column, here.bound(cell.low)], above))
    if cell.high is not None:
        below = operator.le if cell.high_included else operator.lt
        sides.append(needing_all([column, here.bound(cell.high)], below))
    return conjunction(sides)
