"""The life of a provision: every text that it had, since when, what made it so, and the words that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from engine.book.differences import Difference, differences
from engine.book.law import ALWAYS, Law, Provision, Write, made_on
from engine.book.restating import restated_on
from grammar import declarations as d
from grammar.syntax import Expr, Ref


@frozen(eq=False, repr=False)
class Made:
    """An instrument that made a provision read so, and the place in it."""

    title: str
    provision: str | None
    made: date | None
    """Since when it was known; None for a draft."""
    made_before: bool
    """The exact day is not known; it was before the day after `made`."""


@frozen(eq=False, repr=False)
class Saved:
    """For whom the text before stands on, and until when."""

    entity: str
    condition: Expr
    until: date | None


@frozen(eq=False, repr=False)
class Era:
    """Days on which a provision reads one way; or on which, after it had a text, it has none."""

    start: date | None
    """None for what no instrument enacted: it holds always."""
    until: date | None
    called: str
    text: d.Named | None
    """As a file would have it; None where nothing of it is in force."""
    makers: tuple[Made, ...]
    """None where a change for a time has ended, or its days are over."""
    differences: tuple[Difference, ...]
    """From the text before; of the first there are none."""
    saved: tuple[Saved, ...]
    before: str | None
    """What it was called until then, where it was renamed on this day."""
    named: Callable[[str], str]
    """How anything is called on the first of these days, by its first name."""


@frozen(eq=False, repr=False)
class History:
    """The eras of one provision, in order, as known on a day."""

    kind: str
    name: str
    """Its first name."""
    title: str
    instrument: str | None
    """The title of the instrument that it belongs to."""
    eras: tuple[Era, ...]


def history(law: Law, name: str, known: date | None = None) -> History:
    """All that a provision has said or will say, as known on a day (None: as known today); named as it was first called."""
    provision = law.provisions.get(name) or law.notices[name]
    eras: list[Era] = []
    days = {*provision.changes} | {one.start for one in law.renamings(name, known)}
    for day in sorted(days):
        era = _era(provision, day, known, law)
        last = eras[-1] if eras else None
        if last is None and era.text is None:
            continue
        if last is not None and _is_same(last, era):
            continue
        if last is not None:
            changed = differences(last.text, era.text) if last.text is not None and era.text is not None else []
            before = last.called if last.called != era.called else None
            era = evolve(era, differences=tuple(changed), saved=tuple(_saved(changed, law)), before=before)
            eras[-1] = evolve(last, until=day - timedelta(days=1))
        eras.append(era)
    own = law.instruments.get(provision.instrument or "")
    return History(provision.kind, name, provision.head.title, own.title if own else None, tuple(eras))


def _era(provision: Provision, day: date, known: date | None, law: Law) -> Era:
    now = law.on(day, known)
    under = now.provisions.get(provision.name, provision)
    text = restated_on(under, day, known, now, alone=False)
    renamed = [(one.instrument, one.provision) for one in law.renamings(provision.name, known) if one.start == day]
    makers = dict.fromkeys([*_makers(provision, day, known), *renamed])
    return Era(
        start=None if day == ALWAYS else day,
        until=None,
        called=law.called(provision.name, day, known),
        text=text,
        makers=tuple(_made(law, *maker) for maker in makers),
        differences=(),
        saved=(),
        before=None,
        named=lambda name: law.called(name, day, known),
    )


def _saved(changed: list[Difference], law: Law) -> Iterator[Saved]:
    """An exception that gives a text as it stood is how a saving is carried out."""
    for difference in changed:
        match difference.new:
            case d.ExceptionClause(value=Ref(name=old), condition=Ref(name=asked), period=period) if (
                old in law.provisions and "#saved." in law.provisions[old].identity
            ):
                whether: Any = law.provisions[asked]
                text = whether.timeline.dated[0].text
                yield Saved(whether.head.of.name, text.alternatives[0].value, period.end if period else None)


def _is_same(last: Era, era: Era) -> bool:
    if last.called != era.called or (last.text is None) is not (era.text is None):
        return False
    return last.text is None or era.text is None or not (differences(last.text, era.text) or era.makers)


def _makers(provision: Provision, day: date, known: date | None) -> Iterator[tuple[str, str | None]]:
    """What begins on a day: a version, one of its parts, or that there is none any more."""
    write = provision.timeline.at(day, known)
    if write is None:
        ended = [
            w for w in provision.timeline.writes if w.start == day and w.end is not None and w.end < day and w.is_known(known)
        ]
        yield from _maker(ended[-1]) if ended else ()
        return
    if write.start == day:
        yield from _maker(write) if not write.carries_on else ()
        yield from write.through
    if any(clause.period is not None and clause.period.start == day for clause in provision.refuses_on(day)):
        yield from ((name, None) for name in (provision.instrument,) if name is not None)
    for part in provision.parts_on(day, known).values():
        if part.start == day and not part.carries_on:
            yield from _maker(part)


def _maker(write: Write[object]) -> Iterator[tuple[str, str | None]]:
    if write.instrument is not None:
        yield write.instrument, write.provision


def _made(law: Law, name: str, provision: str | None) -> Made:
    instrument = law.instruments[name]
    return Made(instrument.title, provision, made_on(instrument), instrument.made is None)
