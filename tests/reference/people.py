"""Who there is on a day, and what is known of each (S22, S35, S54, S66)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen

from grammar.syntax import FactValue, Never, Number, TypeText, Word
from grammar.written_case import Case, Given
from tests.reference.calendar import NEVER
from tests.reference.law import Book
from tests.reference.results import Known, Path

EVERYONE = "everyone"


@frozen(eq=False)
class Fact:
    """One value of an input; None says that nothing is known."""

    value: Known | None
    start: date | None
    end: date | None
    reported: date | None
    standing: str | None = None


@frozen(eq=False)
class Member:
    """A household, a person …, what contains it, and what a case says of it."""

    entity: str
    name: str
    container: Member | None
    roles: tuple[str, ...]
    facts: Mapping[str, Sequence[Fact]]
    start: date | None
    end: date | None

    @property
    def path(self) -> Path:
        if self.entity == EVERYONE:
            return ()
        return (*(self.container.path if self.container else ()), self.name)

    def there(self, day: date) -> bool:
        """On the day; a member whose container is not there is not there either."""
        inside = self.container is None or self.container.there(day)
        return inside and (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def within(self, entity: str) -> Member | None:
        """The one of that kind that contains this one, at any height; or this one itself."""
        if self.entity == entity:
            return self
        return self.container.within(entity) if self.container else None

    def fact(self, name: str, day: date, known: date | None) -> Fact | None:
        """The fact in force on the day: of those begun and reported, the last to begin, of those the last reported (S54, S66)."""
        admitted = [
            fact
            for fact in self.facts.get(name, ())
            if (fact.start or date.min) <= day and (known is None or fact.reported is None or fact.reported <= known)
        ]
        latest = max(admitted, key=lambda f: (f.start or date.min, f.reported or date.min), default=None)
        return None if latest is None or (latest.end is not None and latest.end < day) else latest


@frozen(eq=False)
class People:
    """The members of a case who are there on the day, in the order of the case."""

    there: tuple[Member, ...]
    everyone: Member

    def of(self, entity: str | None) -> list[Member]:
        return [self.everyone] if entity is None else [member for member in self.there if member.entity == entity]

    def again(self, other: Member) -> Member | None:
        """One of another day, where there on this."""
        if other.entity == EVERYONE:
            return self.everyone
        return next((m for m in self.of(other.entity) if m.path == other.path), None)

    def inside(self, owner: Member, entity: str) -> list[Member]:
        """All members of a kind at any depth below; of everyone, all there are."""
        if owner is self.everyone:
            return self.of(entity)
        return [member for member in self.of(entity) if member is not owner and member.within(owner.entity) is owner]


def people(case: Case | Mapping[str, Any], book: Book, day: date) -> People:
    """The members of a case, written in the language or as data, who are there on the day."""
    members = list(_written(case) if isinstance(case, Case) else [_everyone(case, book), *_data(case, None, book)])
    everyone = next((m for m in members if m.entity == EVERYONE), Member(EVERYONE, EVERYONE, None, (), {}, None, None))
    return People(tuple(m for m in members if m is not everyone and m.there(day)), everyone)


# ---- in the language ------------------------------------------------------------------------------------------------


def _written(case: Case) -> Iterator[Member]:
    """The members as a case gives them, in whatever order it names them."""
    given = {g.name: g for g in case.given}
    made: dict[str, Member] = {}

    def member(g: Given) -> Member:
        if g.name not in made:
            facts: dict[str, list[Fact]] = {}
            for f in g.facts:
                facts.setdefault(f.name, []).append(
                    Fact(of_text(f.value), f.start, f.end, f.reported, f.standing.name if f.standing else None)
                )
            container = member(given[g.of.name]) if g.of else None
            made[g.name] = Member(g.entity.name, g.name, container, tuple(r.name for r in g.roles), facts, g.start, g.end)
        return made[g.name]

    return (member(g) for g in case.given)


def of_text(value: FactValue) -> Known:
    match value:
        case Number():
            return number(value)
        case Word():
            return value.name
        case Never():
            return NEVER
        case _:
            return value.value


def number(written: Number) -> Fraction:
    """`16.5%` is 0.165 (S6), `50p` is 0.5."""
    return Fraction(written.digits, 10**written.places)


# ---- as data --------------------------------------------------------------------------------------------------------


def _everyone(data: Mapping[str, Any], book: Book) -> Member:
    """Facts at the top of the data are nobody's own."""
    facts = {key: _facts(given, book.type_of(key)) for key, given in data.items() if key in book.inputs}
    return Member(EVERYONE, EVERYONE, None, (), facts, None, None)


def _data(data: Mapping[str, Any], container: Member | None, book: Book) -> Iterator[Member]:
    """The members of each kind of entity in a JSON object, and those inside them."""
    for entity, members in data.items():
        if entity in book.entities and members:
            for name, inside in members.items():
                facts = {key: _facts(given, book.type_of(key)) for key, given in inside.items() if key in book.inputs}
                start, end = _day(inside.get("from")), _day(inside.get("until"))
                member = Member(entity, name, container, _roles(inside), facts, start, end)
                yield member
                yield from _data(inside, member, book)


def _roles(inside: Mapping[str, Any]) -> tuple[str, ...]:
    """`"as": "claimant"`, or a list of several."""
    roles = inside.get("as", ())
    return (roles,) if isinstance(roles, str) else tuple(roles)


def _facts(given: Any, type_: TypeText) -> list[Fact]:
    facts: list[Fact] = []
    for one in given if isinstance(given, list) else [given]:
        detail = one if isinstance(one, dict) else {"value": one}
        if "day by day" in detail:
            facts += _daily(detail, type_)
            continue
        value, reported = _of_data(detail["value"], type_), _day(detail.get("reported"))
        facts.append(Fact(value, _day(detail.get("from")), _day(detail.get("until")), reported, detail.get("standing")))
    return facts


def _daily(given: Mapping[str, Any], type_: TypeText) -> Iterator[Fact]:
    """A value for each of the days, one after another, true on that day only."""
    for number, value in enumerate(given["day by day"]):
        day = date.fromisoformat(given["from"]) + timedelta(days=number)
        yield Fact(_of_data(value, type_), day, day, _day(given.get("reported")), given.get("standing"))


def _of_data(value: Any, type_: TypeText) -> Known | None:
    if value is None or isinstance(value, bool):
        return value
    match type_.kind:
        case "date" | "date or never":
            return NEVER if value == "never" else date.fromisoformat(value)
        case "text" | "choice":
            return str(value)
        case "%":
            return Fraction(str(value)) / 100
        case _:
            return Fraction(str(value))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
