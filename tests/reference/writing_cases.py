"""Made-up households for a made-up book: who there is, from when, and what is known of them; as a `.case` or as data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from attrs import define, field

from grammar.source import Source
from tests.reference.pen import AMOUNTS, LAW_DAYS, Pen, day_text, read_day
from tests.reference.setting import EVERYONE, Input, MadeUp, fact

DAILY_FROM = [date(2010, 9, 28), date(2011, 3, 30), date(2009, 9, 30), date(2010, 1, 26), date(2008, 2, 25)]
FACT_DAYS = [*LAW_DAYS[1:], date(2010, 9, 30), date(2010, 10, 2)]


@define
class FactMade:
    asked: Input
    value: str | None
    """As written in a `.case`; None says that nothing is known."""
    dates: dict[str, date] = field(factory=dict)
    daily: list[str] = field(factory=list)
    """The values of the days after the first, where it is given day by day."""
    standing: str = ""


@define
class MemberMade:
    entity: str
    name: str
    dates: dict[str, date]
    facts: list[FactMade]
    inside: list[MemberMade]
    roles: list[str]


def household(pen: Pen, book: MadeUp) -> Source:
    """A case for a book, written in one of the two ways."""
    names = iter(f"{letter}nn" for letter in "abcdefghijklmnopqrstuvwxyz")

    free: list[str] = []
    last: dict[str, list[FactMade]] = {}

    def resembling(asked: Input) -> list[FactMade]:
        """Of one and the next often the same: else nobody would be like another in anything."""
        if asked.term.name not in last or not pen.chance(40):
            last[asked.term.name] = _standing(pen, _facts(pen, asked))
        return last[asked.term.name]

    def member(at: int, most: int) -> MemberMade:
        if at == 0:
            free[:] = [role for role, _, _ in book.roles]
        entity = book.entities[at]
        inside = [member(at + 1, 3) for _ in range(pen.upto(most))] if at + 1 < len(book.entities) else []
        dates = _dates(pen, 15)
        facts = [made for asked in book.inputs if asked.term.owner == entity for made in resembling(asked)]
        roles = [role for role, holder, _ in book.roles if holder == entity and role in free and pen.chance(40)]
        free[:] = [role for role, _, number in book.roles if role in free and (number == "any number of" or role not in roles)]
        return MemberMade(entity, next(names), dates, facts, inside, roles)

    members = [member(0, 3) for _ in range(1 + pen.one_of([0, 0, 0, 1]))]
    nobodys = [made for asked in book.inputs if asked.term.owner == EVERYONE for made in _standing(pen, _facts(pen, asked))]
    unknown = any(made.value is None for made in [*nobodys, *(made for one in members for made in _facts_of(one))])
    if unknown or pen.chance(40):
        return Source("made up.json", json.dumps({"version": 1, **_given(nobodys), **_kinds(members)}))
    lines = ['case "Made up"', *(["given everyone", *_fact_lines(nobodys)] if nobodys else [])]
    return Source("made up.case", "\n".join([*lines, *(line for one in members for line in _lines(one, None))]) + "\n")


def _dates(pen: Pen, percent: int) -> dict[str, date]:
    """From a day, until another, both or neither."""
    start, end = sorted([pen.one_of(FACT_DAYS), pen.one_of(FACT_DAYS)]) if pen.chance(percent) else (None, None)
    return {
        **({"from": start} if start and pen.chance(70) else {}),
        **({"until": end} if end and pen.chance(40) else {}),
    }


def _facts(pen: Pen, asked: Input) -> list[FactMade]:
    """Given, given several times over, said not to be known, or left out."""
    if pen.chance(22):
        return []
    if pen.chance(5):
        return [FactMade(asked, None)]
    if pen.chance(25):
        start, reported = pen.one_of(DAILY_FROM), {"reported": pen.one_of(LAW_DAYS)} if pen.chance(20) else {}
        return [
            FactMade(asked, fact(pen, asked), {"from": start, **reported}, [fact(pen, asked) for _ in range(1 + pen.upto(12))])
        ]
    if pen.chance(70):
        return [FactMade(asked, fact(pen, asked))]
    found: dict[tuple[date | None, date | None], FactMade] = {}
    for _ in range(1 + pen.upto(2)):
        dates = _dates(pen, 90)
        if pen.chance(30):
            dates["reported"] = pen.one_of(LAW_DAYS)
        found[dates.get("from"), dates.get("reported")] = FactMade(asked, fact(pen, asked), dates)
    return list(found.values())


def _standing(pen: Pen, found: list[FactMade]) -> list[FactMade]:
    """How the facts stand: most as somebody says."""
    for made in found:
        made.standing = pen.one_of(["", "", "declared", "estimated", "verified"])
    return found


def _facts_of(member: MemberMade) -> list[FactMade]:
    return [*member.facts, *(fact for inside in member.inside for fact in _facts_of(inside))]


# ---- in the language ------------------------------------------------------------------------------------------------


def _lines(member: MemberMade, container: str | None) -> list[str]:
    of = f" of {container}" if container else ""
    held = f" as {', '.join(member.roles)}" if member.roles else ""
    lines = [f"given {member.entity} {member.name}{of}{held}{_dated(member.dates)}", *_fact_lines(member.facts)]
    for inside in member.inside:
        lines += _lines(inside, member.name)
    return lines


def _fact_lines(facts: list[FactMade]) -> list[str]:
    return [f"  {made.asked.term.name} is {_values(made)}{_dated(made.dates)}{_stands(made)}" for made in facts]


def _stands(made: FactMade) -> str:
    return f" standing {made.standing}" if made.standing else ""


def _values(made: FactMade) -> str:
    values = ", ".join(_bare(made, value) for value in (made.value, *made.daily))
    return f"{values} day by day" if made.daily else values


def _bare(made: FactMade, value: str | None) -> str:
    """A declared unit is not written in a case: a bare number takes the input's."""
    return str(_plain(made, value)) if "visit" in made.asked.term.type else str(value)


def _dated(dates: dict[str, date]) -> str:
    start = dates.get("from") or (LAW_DAYS[0] if "until" in dates else None)
    period = f" from {day_text(start)}" if start else ""
    return period + "".join(f" {word} {day_text(dates[word])}" for word in ("until", "reported") if word in dates)


# ---- as data --------------------------------------------------------------------------------------------------------


def _kinds(members: list[MemberMade]) -> dict[str, Any]:
    return {members[0].entity: {member.name: _inside(member) for member in members}} if members else {}


def _inside(member: MemberMade) -> dict[str, Any]:
    dates = {word: day.isoformat() for word, day in member.dates.items()}
    roles = {"as": member.roles} if member.roles else {}
    return {**dates, **roles, **_given(member.facts), **_kinds(member.inside)}


def _given(facts: list[FactMade]) -> dict[str, Any]:
    given: dict[str, list[dict[str, Any]]] = {}
    for made in facts:
        dates = {word: day.isoformat() for word, day in made.dates.items()}
        values = [_plain(made, value) for value in (made.value, *made.daily)]
        stated = {"day by day": values} if made.daily else {"value": values[0]}
        standing = {"standing": made.standing} if made.standing else {}
        given.setdefault(made.asked.term.name, []).append({**stated, **dates, **standing})
    return dict(given)


def _plain(made: FactMade, value: str | None) -> Any:
    """The value as data has it: no unit, a date with its year first."""
    type_ = made.asked.term.type
    if value is None:
        return None
    if type_ in AMOUNTS:
        return "".join(sign for sign in value if sign in "-.0123456789")
    if value == "never":
        return "never"
    if type_ in ("date", "date or never"):
        return read_day(value).isoformat()
    return value == "yes" if type_ == "yes/no" else value.strip('"')
