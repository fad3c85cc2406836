"""The life of a provision: every text that it had, since when, what made it so, and the words that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypeGuard

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
    of_parts: Mapping[str, Made]
    """What made the exceptions and rows that are inserted, changed or omitted on its first day, by `exception a_child`."""
    differences: tuple[Difference, ...]
    """From the text before; of the first there are none."""
    saved: tuple[Saved, ...]
    saves_no_longer: bool
    """Whether the time has ended for which the text before stood on for some."""
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
            quoted = [_as_quoted(text, law) for text in (last.text, era.text) if text is not None]
            changed = differences(*quoted) if len(quoted) == 2 else []
            before = last.called if last.called != era.called else None
            told = tuple(one for one in changed if not (_is_saving(one.new, law) or _is_saving(one.old, law)))
            ends = any(_is_saving(one.old, law) and one.new is None for one in changed)
            era = evolve(era, differences=told, saved=tuple(_saved(changed, law)), saves_no_longer=ends, before=before)
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
        of_parts={part: _made(law, *maker) for part, maker in _of_parts(provision, day, known)},
        differences=(),
        saved=(),
        saves_no_longer=False,
        before=None,
        named=lambda name: law.called(name, day, known),
    )


def _as_quoted(text: Any, law: Law) -> Any:
    """A table as an amendment quotes it: without the columns that ask for whom something is saved."""
    if not isinstance(text, d.Table):
        return text
    versions = []
    for version in text.versions:
        own = [place for place, column in enumerate(version.columns) if not _is_part(column, "#is_saved.", law)]
        if len(own) < len(version.columns):
            rows = tuple(evolve(row, cells=tuple(row.cells[place] for place in own)) for row in version.rows)
            version = evolve(version, columns=tuple(version.columns[place] for place in own), rows=rows)
        versions.append(version)
    return evolve(text, versions=tuple(versions))


def _is_part(word: Expr, part: str, law: Law) -> TypeGuard[Ref]:
    return isinstance(word, Ref) and word.name in law.provisions and part in law.provisions[word.name].identity


def _saved(changed: list[Difference], law: Law) -> Iterator[Saved]:
    """An exception, or a row, that gives a text as it stood is how a saving is carried out."""
    for difference in changed:
        clause = difference.new
        if isinstance(clause, d.ExceptionClause | d.Row) and _is_part(clause.value, "#saved.", law):
            asked = law.provisions[clause.value.name].identity.replace("#saved.", "#is_saved.")
            whether: Any = next(one for one in law.provisions.values() if one.identity == asked)
            text = whether.timeline.dated[0].text
            end = clause.period.end if isinstance(clause, d.ExceptionClause) and clause.period else text.period.end
            yield Saved(whether.head.of.name, text.alternatives[0].value, end)


def _is_saving(part: object, law: Law) -> bool:
    return isinstance(part, d.ExceptionClause) and _is_part(part.value, "#saved.", law)


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


def _of_parts(provision: Provision, day: date, known: date | None) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Each exception or row that is written, or taken out, on a day; what only carries on an earlier one is neither."""
    kind = "row" if provision.kind == "table" else "exception"
    for name, timeline in provision.parts.items():
        written = [write for write in timeline.dated if write.start == day and write.is_known(known) and not write.carries_on]
        yield from ((f"{kind} {name}", maker) for write in written[-1:] for maker in _maker(write))


def _maker(write: Write[object]) -> Iterator[tuple[str, str | None]]:
    if write.instrument is not None:
        yield write.instrument, write.provision


def _made(law: Law, name: str, provision: str | None) -> Made:
    instrument = law.instruments[name]
    return Made(instrument.title, provision, made_on(instrument), instrument.made is None)
