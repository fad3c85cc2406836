"""The drafts that a law is looked at with (S39): what each is called, and from when on it changes something."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from engine.book.timelines import DRAFT, Timeline

if TYPE_CHECKING:
    from engine.book.law import Law


@frozen
class LookedAt:
    """A draft that counts as if it had been made, though it is no law."""

    name: str
    title: str
    begins: tuple[date, ...]
    """Every day on which something begins that it writes, in order; a change for a time falls away on one, too."""


def looked_at(law: Law) -> tuple[LookedAt, ...]:
    """The drafts of a law, in the order of its files."""
    if not law.drafts:
        return ()
    asked = [one for one in law.instruments.values() if one.name in law.drafts]
    days: dict[str, set[date]] = {one.name: set() for one in asked}
    lines: list[Timeline[object]] = [one.timeline for one in law.unwritten]
    for provision in (*law.provisions.values(), *law.notices.values()):
        lines += [provision.timeline, *provision.parts.values()]
    for write in (write for line in lines for write in line.writes if write.made == DRAFT):
        for name in {write.instrument, *(name for name, _ in write.through)} & days.keys():
            days[str(name)].add(write.start)
    for renamed in law.renamed:
        if renamed.instrument in days:
            days[renamed.instrument].add(renamed.start)
    return tuple(LookedAt(one.name, one.title, tuple(sorted(days[one.name]))) for one in asked)
