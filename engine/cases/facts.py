"""A case: who there is, and what is known of each, from when, since when it has been known, and how well (S35, S54, S66)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from engine.values import Value

Standing = Literal["declared", "verified", "estimated"]
STANDINGS: tuple[Standing, ...] = ("declared", "verified", "estimated")


@frozen
class Fact:
    """One value of one input: `value` is None where it is said that nothing is known."""

    value: Value | None
    start: date | None = None
    end: date | None = None
    reported: date | None = None
    source: str | None = None
    standing: Standing | None = None

    def begun(self, on: date, known: date | None) -> bool:
        """Whether it began by a day, of what had been reported by another."""
        reported = known is None or self.reported is None or self.reported <= known
        return reported and (self.start is None or self.start <= on)


@frozen(eq=False, repr=False)
class Member:
    """One household, person …: its identifier, and those of what contains it."""

    entity: str
    path: tuple[str, ...]
    parent: int | None
    """The place in the case of the member that contains this one."""
    facts: Mapping[str, tuple[Fact, ...]]
    start: date | None = None
    end: date | None = None
    roles: tuple[str, ...] = ()

    def there(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or self.end >= on)

    def fact(self, name: str, on: date, known: date | None) -> Fact | None:
        """The fact in force on a day: the latest to begin ends those before it, and may itself have ended (S54)."""
        begun = [fact for fact in self.facts.get(name, ()) if fact.begun(on, known)]
        latest = max(begun, key=lambda f: (f.start or date.min, f.reported or date.min), default=None)
        return None if latest is None or (latest.end is not None and latest.end < on) else latest


NOBODY = Member("everyone", (), None, {})
"""Where nothing is given that is nobody's own."""


@frozen(eq=False, repr=False)
class Case:
    """A household's facts, bound to the vocabulary of a book."""

    title: str | None
    on: date
    known: date | None
    members: tuple[Member, ...]
    """In the order given; what contains a member stands before it."""
    everyone: Member = NOBODY
    """The facts that are nobody's own (a temperature, an index)."""
