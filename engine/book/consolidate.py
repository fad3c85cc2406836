"""Law to the book in force: what every place says on one day, as known on another (S39 to S44)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Generic, TypeVar

from attrs import evolve, frozen

from engine.book.law import (
    ALWAYS,
    Authority,
    Citation,
    Law,
    Part,
    Provision,
    ProvisionId,
    ProvisionText,
    Write,
    citations,
    made_on,
)
from engine.values import day_words
from grammar import declarations as d
from grammar.syntax import Cite

PartText = TypeVar("PartText", bound=Part, covariant=True)


@frozen(eq=False, repr=False)
class PartInForce(Generic[PartText]):
    """An exception of a rule or a row of a table, as it stands on the day."""

    identity: ProvisionId
    clause: PartText
    authority: Authority
    being: d.Being | None = None
    """How its value follows from the one before, if what made it so says that."""


@frozen(eq=False, repr=False)
class UnwrittenInForce:
    """A provision of the law that has no term, as it stands on the day."""

    text: d.Unwritten
    authority: Authority


@frozen(eq=False, repr=False)
class NoticeInForce:
    """A challenge or a duty, as it stands on the day."""

    identity: ProvisionId
    text: d.Notice
    authority: Authority


@frozen(eq=False, repr=False)
class Affected:
    """For whom a term cannot be given, because of a provision that has no term (S65)."""

    clause: d.Affecting
    by: UnwrittenInForce


@frozen(eq=False, repr=False)
class InForce:
    """One provision as it stands on the day."""

    provision: Provision
    text: ProvisionText
    authority: Authority
    exceptions: tuple[PartInForce[d.ExceptionClause], ...]
    rows: tuple[PartInForce[d.Row], ...]
    instrument: d.Instrument | None
    """Whose rounding policy and month-end rule it follows: the one it was enacted in."""
    alternatives: tuple[d.Alternative, ...]
    """Of a rule: its cases; where another reading of it is chosen, those of the reading."""
    alternative_cites: tuple[tuple[Citation, ...], ...]
    reading: d.Reading | None
    """The reading that is chosen in place of the rule's own."""
    affected: tuple[Affected, ...]
    maker_notes: tuple[str, ...]
    """What is noted of the instrument that made this text."""


@frozen(eq=False, repr=False)
class NotInForce:
    """A provision of which no text is in force on the day, and the nearest that there is."""

    provision: Provision
    nearest: str


@frozen(eq=False, repr=False)
class Book:
    """The rules in force on a day, as known on another (None: as known today)."""

    law: Law
    on: date
    known: date | None
    in_force: Mapping[str, InForce]
    absent: Mapping[str, NotInForce]
    unwritten: tuple[UnwrittenInForce, ...]
    notices: Mapping[str, NoticeInForce]
    """What people are told beside an award (S79, S80), in the order in which it is written."""
    readings: frozenset[str]
    """The readings that are chosen; of every other rule its own words count."""


NO_READINGS: frozenset[str] = frozenset()


def consolidate(law: Law, on: date, known: date | None = None, readings: frozenset[str] = NO_READINGS) -> Book:
    """The text of every place on the day `on`, of what had been made by the day `known`; with other readings, where chosen.

    What stands on several days is put together once: it is the same object in the book of each.
    """
    law = law.on(on, known)
    in_force: dict[str, InForce] = {}
    absent: dict[str, NotInForce] = {}
    unwritten = tuple(_unwritten(law, on, known))
    affected: dict[str, list[Affected]] = {}
    for found in unwritten:
        for clause in found.text.affecting:
            affected.setdefault(clause.term.name, []).append(Affected(clause, found))
    for name, provision in law.provisions.items():
        by = tuple(affected.get(name, ()))
        touching = tuple([(id(one.clause), id(one.by)) for one in by])
        key = name, bisect_right(provision.changes, on), known, provision.readings & readings, touching
        stands: InForce | None = law.made.get(key)
        if stands is None:
            write = provision.timeline.at(on, known)
            if write is None:
                absent[name] = NotInForce(provision, _nearest(provision, on, known))
                continue
            stands = law.made[key] = _in_force(law, provision, write, on, known, readings, by)
        in_force[name] = stands
    return Book(law, on, known, in_force, absent, unwritten, notices_in_force(law, on, known), readings)


def _unwritten(law: Law, on: date, known: date | None) -> Iterator[UnwrittenInForce]:
    for unwritten in law.unwritten:
        write = unwritten.timeline.at(on, known)
        if write is None:
            continue
        found: UnwrittenInForce | None = law.made.get((id(write), known))
        if found is None:
            own = citations(law, (Cite(None, write.text.place, span=write.text.name_span),), unwritten.instrument)
            authority = _authority(law, write, write.text.cites, unwritten.timeline.until(write, known), unwritten.instrument)
            found = UnwrittenInForce(write.text, evolve(authority, cites=(*own, *authority.cites)))
            law.made[id(write), known] = found
        yield found


def notices_in_force(law: Law, on: date, known: date | None) -> Mapping[str, NoticeInForce]:
    """The challenges and duties of a day, by name."""
    found = {}
    for name, notice in law.notices.items():
        write = notice.timeline.at(on, known)
        if write is not None and isinstance(write.text, d.Challenge | d.Duty):
            until = notice.timeline.until(write, known)
            authority = _authority(law, write, write.text.cites + write.cites, until, notice.instrument)
            found[name] = NoticeInForce(notice.identity, write.text, authority)
    return found


def _in_force(
    law: Law,
    provision: Provision,
    write: Write[ProvisionText],
    on: date,
    known: date | None,
    readings: frozenset[str],
    affected: tuple[Affected, ...],
) -> InForce:
    text = write.text
    reading = next((r for r in getattr(text, "readings", ()) if r.name in readings), None)
    if reading is not None and isinstance(text, d.Dated):
        text = law.chosen(text, reading)
    alternatives: tuple[d.Alternative, ...] = reading.alternatives if reading else getattr(text, "alternatives", ())
    head_cites: tuple[Cite, ...] = getattr(provision.head, "cites", ())
    own_cites: tuple[Cite, ...] = getattr(text, "cites", ())
    exceptions: list[PartInForce[d.ExceptionClause]] = []
    rows: list[PartInForce[d.Row]] = []
    for name, part in provision.parts_on(on, known).items():
        until = provision.parts[name].until(part, known)
        authority = _authority(law, part, (part.text.cites or head_cites) + part.cites, until, provision.instrument)
        if isinstance(part.text, d.Row):
            rows.append(PartInForce(f"{provision.identity}#row.{name}", part.text, authority, part.being))
        else:
            exceptions.append(PartInForce(f"{provision.identity}#exception.{name}", part.text, authority))
    return InForce(
        provision=provision,
        text=text,
        authority=_authority(
            law, write, head_cites + own_cites + write.cites, provision.timeline.until(write, known), provision.instrument
        ),
        exceptions=tuple(exceptions),
        rows=tuple(rows),
        instrument=law.instruments.get(provision.instrument or ""),
        alternatives=alternatives,
        alternative_cites=tuple(citations(law, a.cites, provision.instrument) for a in alternatives),
        reading=reading,
        affected=affected,
        maker_notes=law.instruments[write.instrument].notes if write.instrument else (),
    )


def _authority(
    law: Law, write: Write[object], cites: tuple[Cite, ...], until: date | None, enacted_in: str | None = None
) -> Authority:
    maker = law.instruments.get(write.instrument or "")
    return Authority(
        cites=citations(law, cites, enacted_in or write.instrument),
        since=None if write.start == ALWAYS else write.since or write.start,
        until=until,
        made_by=maker.title if maker else None,
        made_by_provision=write.provision,
        made=made_on(maker) if maker else None,
        made_before=bool(maker and maker.made is None),
        commences=maker.commences if maker else None,
    )


def _nearest(provision: Provision, on: date, known: date | None) -> str:
    """Words for the text nearest in time, for a refusal: where to look next."""
    if not provision.timeline.writes:
        return "No instrument that has been made contains it."
    writes = [w for w in provision.timeline.writes if known is None or w.made is None or w.made <= known]
    if not writes:
        return f"Nothing of it had been made by {day_words(known)}." if known else ""
    begun = [write for write in writes if write.start <= on]
    if begun and begun[-1].end is not None:
        return f"Its last version ended on {day_words(begun[-1].end)}."
    later = [write for write in writes if write.start > on]
    if later:
        return f"Its first version begins on {day_words(later[0].start)}."
    return f"Nothing of it is in force on {day_words(on)}."


def book_days(law: Law) -> tuple[date, ...]:
    """One day in each stretch of time in which the law says the same, for checking all of it."""
    undated = any(write.start == ALWAYS for p in law.provisions.values() for write in p.timeline.writes)
    if not law.changes:
        return (date(2000, 1, 1),)
    return (law.changes[0] - timedelta(days=1), *law.changes) if undated else law.changes
