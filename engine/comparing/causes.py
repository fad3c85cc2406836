"""The way from one law to another: what was written between them, cause by cause, in the instruments' own order (S44, S58).

A cause is what one place of an instrument writes from one day on, or that a text's time is over. The law after some of the
causes is a law like any other: its timelines hold what the first law has, and of the second only what those causes wrote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from engine.book.consolidate import NO_READINGS, consolidate
from engine.book.law import DRAFT, Law, Provision, Timeline, Write, is_otherwise, made_on, timeline
from engine.book.places import Order, order_of
from engine.checking.check import check
from engine.checking.earlier import Earlier
from engine.graph import Checked
from grammar import declarations as d
from grammar.syntax import NotEncoded


@frozen
class Side:
    """From when the law is, as known when (None: as known today), and whether the drafts that are looked at count."""

    on: date
    known: date | None = None
    with_drafts: bool = True

    def admits(self, made: date | None) -> bool:
        if made == DRAFT:
            return self.with_drafts
        return self.known is None or made is None or made <= self.known


Place = tuple[str, str]
"""A timeline: of a provision its text (`text`), its heading (`head`) or a part by name (`part NAME`)."""


@frozen(eq=False, repr=False)
class Event:
    """One write to one place that the second law has and the first has not; or that the time of one is over."""

    place: Place
    write: Write[Any]
    is_end: bool

    @property
    def day(self) -> date:
        return self.write.end + timedelta(days=1) if self.is_end and self.write.end else self.write.start

    def sort_key(self) -> tuple[date, date, int]:
        return (self.day, self.write.made or date.min, self.write.order)


@frozen(eq=False, repr=False)
class LawCause:
    """What one place of an instrument does to the law from a day on."""

    instrument: d.Instrument | None
    provision: str | None
    """The place in the instrument, where the rules say it."""
    day: date
    made: date | None
    is_end: bool
    """Whether it does no more than let the time of what it wrote run out."""
    events: tuple[Event, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The names of the provisions that it touches, each once."""
        return tuple(dict.fromkeys(event.place[0] for event in self.events))

    @property
    def places(self) -> frozenset[Place]:
        return frozenset(event.place for event in self.events)


@frozen(slots=False, eq=False, repr=False)
class Passage:
    """From one law to another, and every law between them; what was made of one is kept for the next."""

    law: Law
    """All that either side has."""
    before: Side
    after: Side
    readings: frozenset[str] = NO_READINGS
    _events: Mapping[Place, tuple[Event, ...]] = field(init=False)
    causes: tuple[LawCause, ...] = field(init=False)
    """In order of (commencement, made, order)."""
    _laws: dict[frozenset[int], Checked] = field(factory=dict)
    _earlier: Earlier = field(factory=Earlier)
    _stands: dict[tuple[Any, ...], Any] = field(factory=dict)
    """What was put together of the provisions that are as in the second law, for every law between."""

    def __attrs_post_init__(self) -> None:
        found = {place: tuple(events) for place, line in _timelines(self.law) if (events := list(self._between(place, line)))}
        object.__setattr__(self, "_events", found)
        object.__setattr__(self, "causes", tuple(self._causes()))

    # ---- what was written between them ------------------------------------------------------------------------------

    def _between(self, place: Place, line: Timeline[Any]) -> Iterator[Event]:
        """The writes to one place from the first law to the second, in order; none where it says the same in both."""
        old, new = self._said(line, self.before), self._said(line, self.after)
        if old is new or (old is not None and new is not None and old.text is new.text):
            return
        writes = _written(line)
        began = [write for write in writes if self._is_new(write) and (write is new or self._counted(place, line, write))]
        for number, write in enumerate(began):
            is_passed_over = write is not new and number < len(began) - 1 and _is_unknown(write.text)
            if not is_passed_over:
                yield Event(place, write, is_end=False)
        for write in writes:
            admitted = self.after.admits(write.made) and self._ends_between(write)
            if admitted and not any(_replaces(other, write) for other in writes if self.after.admits(other.made)):
                yield Event(place, write, is_end=True)

    def _counted(self, place: Place, line: Timeline[Any], write: Write[Any]) -> bool:
        """Whether a write said anything of the day when it was made; one day is not moved by what was over before it."""
        if self.before.on != self.after.on or is_otherwise(write) or place[0] in self._looked_at:
            return True
        return line.at(self.after.on, write.made) is write

    @cached_property
    def _looked_at(self) -> frozenset[str]:
        """What is looked at on other days, and what that rests on: there every write may count."""
        ever, found = self.law.ever, set[str]()
        waiting = list(ever.all_looked_at)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(ever.names.get(name, ()))
        return frozenset(found)

    def _said(self, line: Timeline[Any], side: Side) -> Write[Any] | None:
        return _of_side(line, side).at(side.on, None)

    def _is_new(self, write: Write[Any]) -> bool:
        is_old = self.before.admits(write.made) and write.start <= self.before.on
        return not is_old and self.after.admits(write.made) and write.start <= self.after.on

    def _ends_between(self, write: Write[Any]) -> bool:
        return write.end is not None and write.end >= write.start and self.before.on <= write.end < self.after.on

    def _causes(self) -> list[LawCause]:
        together: dict[tuple[object, ...], list[Event]] = {}
        for event in sorted((event for events in self._events.values() for event in events), key=Event.sort_key):
            together.setdefault(self._cause_of(event), []).append(event)
        found = []
        for (name, provision, day, made, is_end, _), events in together.items():
            instrument = self.law.instruments.get(str(name))
            assert isinstance(day, date) and isinstance(provision, str | None) and isinstance(made, date | None)
            found.append(LawCause(instrument, provision, day, made, bool(is_end), tuple(events)))
        return sorted(found, key=self._order)

    def _order(self, cause: LawCause) -> tuple[date, date, int, Order]:
        """By commencement, by when it was made, and in one instrument by place; those alike stay as they were written."""
        names = list(self.law.instruments)
        number = names.index(cause.instrument.name) if cause.instrument is not None else -1
        return cause.day, cause.made or date.min, number, order_of(cause.provision or "")

    def _cause_of(self, event: Event) -> tuple[object, ...]:
        """By what place of which instrument it was written; where that is not said, what is written of one provision."""
        write = event.write
        if event.is_end:
            return None, None, event.day, write.made, True, event.place[0]
        by = self._maker(event)
        return by.instrument, by.provision, event.day, write.made, False, event.place[0] if by.provision is None else ""

    def _maker(self, event: Event) -> Write[Any]:
        """What made a write: a text that only carries on what was written before is what became known on its day."""
        write = event.write
        if self._made(write.instrument) == write.made and not write.carries_on:
            return write
        events = [(place[0], other.write) for place, found in self._events.items() for other in found]
        omitted = omitters(write, (other for name, other in events if name == event.place[0]))
        if omitted and len({name for name, _ in omitted}) == 1:
            said = [provision for _, provision in omitted if provision is not None]
            return evolve(write, instrument=omitted[0][0], provision="; ".join(said) or None)
        if self._made(write.instrument) == write.made:
            return write
        beside = [
            other.write
            for place, events in self._events.items()
            for other in events
            if place[0] == event.place[0] and other.write.made == write.made and other.write.start == write.start
        ]
        of_parts = [other for other in beside if self._made(other.instrument) == other.made]
        if of_parts:
            return of_parts[0]
        makers = [name for name, one in self.law.instruments.items() if one.is_amendment and self._made(name) == write.made]
        return evolve(write, instrument=makers[0], provision=None) if len(makers) == 1 else write

    def _made(self, name: str | None) -> date | None:
        instrument = self.law.instruments.get(name or "")
        if instrument is None:
            return None
        made = None if instrument.when_appointed else made_on(instrument)
        return DRAFT if made is None else made

    # ---- the laws between them --------------------------------------------------------------------------------------

    def after_causes(self, applied: Collection[int]) -> Checked:
        """The law of the second day with what these causes wrote, and otherwise what the first law says."""
        key = frozenset(applied)
        found = self._laws.get(key)
        if found is None:
            law, touched_here = self._law(key)
            law.made.update({of: made for of, made in self._stands.items() if of[0] not in touched_here})
            book = consolidate(law, self.after.on, self.after.known, self.readings)
            self._stands.update(
                {of: made for of, made in law.made.items() if isinstance(of, tuple) and of[0] not in touched_here}
            )
            found = self._laws[key] = check(book, with_cases=False, earlier=self._earlier)
        return found

    def _law(self, applied: frozenset[int]) -> tuple[Law, set[str]]:
        """The law, and the names of the provisions that are not as in the second law."""
        missing: dict[Place, set[int]] = {}
        for number, cause in enumerate(self.causes):
            if number not in applied:
                for event in cause.events:
                    missing.setdefault(event.place, set()).add(id(event))
        waiting = {place[0] for place in missing}
        provisions = {
            name: self._provision(name, provision, missing) if name in waiting else provision
            for name, provision in self.law.provisions.items()
        }
        unwritten = tuple(
            evolve(one, timeline=self._timeline((_unwritten(number), "text"), one.timeline, missing))
            for number, one in enumerate(self.law.unwritten)
        )
        law = self.law.changed(provisions=provisions, unwritten=unwritten)
        law.__dict__["ever"] = self.law.ever  # which names it, in any version: it holds for every part of them
        return law, waiting

    def _provision(self, name: str, provision: Provision, missing: Mapping[Place, set[int]]) -> Provision:
        parts = {part: self._timeline((name, f"part {part}"), line, missing) for part, line in provision.parts.items()}
        heads = None if provision.heads is None else self._timeline((name, "head"), provision.heads, missing)
        return evolve(provision, timeline=self._timeline((name, "text"), provision.timeline, missing), parts=parts, heads=heads)

    def _timeline(self, place: Place, line: Timeline[Any], missing: Mapping[Place, set[int]]) -> Timeline[Any]:
        """What a place has without the events that are still missing; what has not ended yet goes on."""
        if place not in missing:
            return line
        applied = [event for event in self._events[place] if id(event) not in missing[place]]
        written = {id(event.write) for event in applied if not event.is_end}
        ended = {id(event.write) for event in applied if event.is_end}
        writes = []
        for write in _written(line):
            is_missing = self._is_new(write) and id(write) not in written
            if not is_missing and self.after.admits(write.made):
                goes_on = self._ends_between(write) and id(write) not in ended
                writes.append(evolve(write, end=None) if goes_on else write)
        return timeline(writes)


def _timelines(law: Law) -> Iterator[tuple[Place, Timeline[Any]]]:
    for name, provision in law.provisions.items():
        yield (name, "text"), provision.timeline
        if provision.heads is not None:
            yield (name, "head"), provision.heads
        for part, line in provision.parts.items():
            yield (name, f"part {part}"), line
    for number, unwritten in enumerate(law.unwritten):
        yield (_unwritten(number), "text"), unwritten.timeline


def _written(line: Timeline[Any]) -> tuple[Write[Any], ...]:
    """Every write to a place, and what stands for the days on which none is in force."""
    return (*line.dated, *line.otherwise)


def _of_side(line: Timeline[Any], side: Side) -> Timeline[Any]:
    return timeline(write for write in _written(line) if side.admits(write.made))


def _unwritten(number: int) -> str:
    """Stands for the name of a provision that has no term."""
    return f"#{number}"


def touched(law: Law, cause: LawCause) -> frozenset[str]:
    """The names of the terms that may say something else by this cause."""
    found = {name for name in cause.terms if not name.startswith("#")}
    for event in cause.events:
        if isinstance(event.write.text, d.Unwritten):
            found.update(clause.term.name for clause in event.write.text.affecting)
    return frozenset(found)


def omitters(write: Write[Any], beside: Iterable[Write[Any]]) -> list[tuple[str, str | None]]:
    """What changed something inside a text that stands in none of its parts: what took some of them out."""
    written = {(other.instrument, other.provision) for other in beside if other.start == write.start and other is not write}
    return [maker for maker in dict.fromkeys(write.through) if maker not in written]


def _replaces(other: Write[Any], write: Write[Any]) -> bool:
    """Whether one write takes the place of another before, or as soon as, the other's time is over."""
    assert write.end is None or isinstance(write.end, date)
    follows = other.sort_key() > write.sort_key()
    return follows and (write.end is None or write.end == date.max or other.start <= write.end + timedelta(days=1))


def _is_unknown(text: Any) -> bool:
    """Whether a text says only that it was not found."""
    values: Sequence[Any] = [text.value] if isinstance(text, d.Dated) else []
    values = values or [one.value for one in getattr(text, "alternatives", ())]
    return len(values) == 1 and isinstance(values[0], NotEncoded)


def side_of(law: Law, side: Side) -> Law:
    """The law that one side has: what had been made by then, and drafts only where they count."""
    if side.known is None and side.with_drafts:
        return law

    provisions = {
        name: evolve(
            provision,
            timeline=_of_side(provision.timeline, side),
            parts={part: _of_side(line, side) for part, line in provision.parts.items()},
            heads=None if provision.heads is None else _of_side(provision.heads, side),
        )
        for name, provision in law.provisions.items()
    }
    notices = {name: evolve(one, timeline=_of_side(one.timeline, side)) for name, one in law.notices.items()}
    unwritten = tuple(evolve(one, timeline=_of_side(one.timeline, side)) for one in law.unwritten)
    renamed = tuple(one for one in law.renamed if side.admits(one.made or DRAFT))
    return law.changed(provisions=provisions, notices=notices, unwritten=unwritten, renamed=renamed)
