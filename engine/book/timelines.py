"""Timelines: what was written to one place, from when, until when, and when that was made; and what it says on a day (S44)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import zip_longest
from typing import Generic, TypeVar

from attrs import evolve, frozen

from grammar.provisions import Being
from grammar.syntax import Cite

T = TypeVar("T", covariant=True)

ALWAYS = date.min
"""The start of what has no instrument, and so no commencement."""

DRAFT = date.max
"""When a draft counts as made that is looked at: after everything else, and known whenever the law is looked at (S39)."""


@frozen
class Write(Generic[T]):
    """One text written to one place: in force from `start` to `end` (both included; None for no end)."""

    text: T
    start: date
    end: date | None
    instrument: str | None
    """The instrument that made it: the one whose heading comes before, or the one that `made by` names."""
    provision: str | None
    made: date | None
    """None for what no instrument made: it is known always."""
    order: int
    since: date | None = None
    """Since when the place says so, where an amendment of something inside it made this text, which only carries it on."""
    through: tuple[tuple[str, str | None], ...] = ()
    """The instruments, and the places in them, that changed something inside it on the day on which it begins."""
    cites: tuple[Cite, ...] = ()
    """What an amendment cites of what it wrote, beside what the text and its provision do."""
    being: Being | None = None
    """Of a row: how its amendment says that its value follows from the one before; a figure's text says it itself."""

    @property
    def carries_on(self) -> bool:
        return self.since is not None and self.since < self.start

    @property
    def is_omission(self) -> bool:
        """Whether it ends before it begins: from then on there is no provision, also on every other day."""
        return self.end is not None and self.end < self.start

    def carries_on_from(self, earlier: Write[object]) -> bool:
        """Whether the place goes on to say what this one of before says: between them nothing says otherwise."""
        return self.carries_on and self.since == (earlier.since or earlier.start)

    def is_known(self, known: date | None) -> bool:
        """Whether it had been made by a day (None: whenever the law is looked at)."""
        return is_made(self.made, known)

    def sort_key(self) -> tuple[date, date, int]:
        return (self.start, self.made or date.min, self.order)


@frozen(eq=False, repr=False)
class Stretch(Generic[T]):
    """Days on which a place says one thing."""

    write: Write[T]
    start: date
    end: date | None


@frozen(slots=False)
class Timeline(Generic[T]):
    """What has been written to one place, by (commencement, made, order); `timeline` makes one."""

    dated: tuple[Write[T], ...]
    """In order."""
    otherwise: tuple[Write[T], ...] = ()
    """What stands for those of their days on which no other is in force (S75)."""

    @cached_property
    def writes(self) -> tuple[Write[T], ...]:
        """All in order, as known today; what stands on every other day once for each stretch of them."""
        if not self.otherwise:
            return self.dated
        found = [write for day in sorted(self.changes()) if (write := self.at(day, None)) is not None]
        stretches = {write.start: write for write in found if is_otherwise(write)}
        return tuple(sorted((*self.dated, *stretches.values()), key=lambda write: write.sort_key()))

    def at(self, on: date, known: date | None) -> Write[T] | None:
        """What the place says on a day, as known on another (None: as known today). Expired text is never used (S53)."""
        latest = _latest(self.dated, on, known)
        if latest is not None and (latest.end is None or on <= latest.end):
            return latest
        if latest is not None and latest.is_omission:
            return None
        write = _latest(self.otherwise, on, known)
        if write is None or (write.end is not None and write.end < on):
            return None
        start = write.start if latest is None or latest.end is None else max(write.start, latest.end + timedelta(days=1))
        return evolve(write, start=start, end=_first(write.end, self._day_before_next(on, known)))

    def _day_before_next(self, day: date, known: date | None) -> date | None:
        """The last day before something else begins."""
        later = [write.start for write in (*self.dated, *self.otherwise) if write.start > day and write.is_known(known)]
        return min(later) - timedelta(days=1) if later else None

    def until(self, write: Write[T], known: date | None) -> date | None:
        """The last day on which a write holds: its own end, or the day before the next begins."""
        later = (w.start for w in self.dated if w.start > write.start and not w.carries_on_from(write) and w.is_known(known))
        following = next(later, None)
        return _first(write.end, None if following is None else following - timedelta(days=1))

    def stretches(self, known: date | None) -> list[Stretch[T]]:
        """Everything that the place has said or will say, in order."""
        found: list[Stretch[T]] = []
        days = sorted(self.changes())
        for day, after in zip_longest(days, days[1:]):
            write, end = self.at(day, known), None if after is None else after - timedelta(days=1)
            last = found[-1].write if found else None
            if write is not None and last is not None and last.text is write.text and last.start == write.start:
                found[-1] = evolve(found[-1], end=end)
            elif write is not None:
                found.append(Stretch(write, day, end))
        return found

    @property
    def told(self) -> tuple[Write[T], ...]:
        """The writes that hold from some day, as known today; what only carries an earlier one on is told with that."""
        return tuple(write for write in self.writes if not write.carries_on and self._holds_from_its_start(write))

    def _holds_from_its_start(self, write: Write[T]) -> bool:
        holding = self.at(write.start, None)
        return holding is write or (holding is not None and is_otherwise(write) and holding.text is write.text)

    def changes(self) -> set[date]:
        """The days on which what the place says may become different."""
        written = (*self.dated, *self.otherwise)
        days = {write.start for write in written}
        days |= {write.end + timedelta(days=1) for write in written if write.end and write.end < date.max}
        return days


def _latest(writes: tuple[Write[T], ...], on: date, known: date | None) -> Write[T] | None:
    """The latest of those that have begun, and had been made."""
    latest = None
    for write in writes:
        if write.start > on:
            break
        if write.is_known(known):
            latest = write
    return latest


def _first(*days: date | None) -> date | None:
    """The earliest of these, as far as there are any."""
    return min((day for day in days if day is not None), default=None)


def timeline(writes: Iterable[Write[T]]) -> Timeline[T]:
    ordered = sorted(writes, key=lambda write: write.sort_key())
    dated, otherwise = (tuple(write for write in ordered if is_otherwise(write) is wanted) for wanted in (False, True))
    return Timeline(dated, otherwise)


def is_otherwise(write: Write[object]) -> bool:
    """Whether it stands for those of its days on which no other text of its place is in force."""
    return getattr(write.text, "is_otherwise", False)


def is_made(made: date | None, known: date | None) -> bool:
    return known is None or made is None or made <= known or made == DRAFT
