"""Timelines written out: of each provision a write wherever its text, as known on some day, becomes another (S39, S44)."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from engine.book.amendments.editing import Change, Shown, Texts
from engine.book.law import Provision, UnwrittenProvision, Write, timeline
from grammar import declarations as d
from grammar.amendments import Replace


def written_out(provision: Provision, texts: Texts) -> Provision:
    """A provision with everything that amendments wrote to it, in the order in which it became known."""
    files = [whole for whole in texts.wholes if whole.timed is None]
    writes: list[Write[Any]] = sorted((whole.write for whole in files), key=Write.sort_key)
    parts: dict[str, list[Write[Any]]] = {name: list(timeline.writes) for name, timeline in provision.parts.items()}
    heads: list[Write[Any]] = [evolve(whole.write, text=whole.head) for whole in files]
    for shown, write in _rewritten(texts, writes):
        heads.append(evolve(write, text=shown.whole.head))
        _write_parts(shown, write, parts)
    is_other_head = any(head.text is not provision.head for head in heads)
    return evolve(
        provision,
        timeline=timeline(writes),
        parts={name: timeline(found) for name, found in parts.items()},
        heads=timeline(heads) if is_other_head else None,
    )


def unwritten_out(provision: UnwrittenProvision, texts: Texts) -> UnwrittenProvision:
    """A provision without a term, likewise."""
    writes: list[Write[Any]] = sorted((whole.write for whole in texts.wholes if whole.timed is None), key=Write.sort_key)
    for _ in _rewritten(texts, writes):
        pass
    return evolve(provision, timeline=timeline(writes))


def _rewritten(texts: Texts, writes: list[Write[Any]]) -> Iterator[tuple[Shown, Write[Any]]]:
    """Adds a write wherever the text, as known on some day, becomes another; yields those that say something."""
    order = 1 + max((w.order for w in writes), default=0)
    for known, first in sorted(_first_days(texts).items()):
        days = texts.days(known)
        for day in days[bisect_left(days, first) :]:
            found = texts.on(day, known)
            shown = None if found is None else texts.saving(found)
            now = timeline(writes).at(day, known)
            if shown is None and now is not None:
                by = texts.ended_by(day, known)
                maker = by or now
                ended = evolve(now, start=day, end=day - timedelta(days=1), made=known, order=order,
                               instrument=maker.instrument, provision=maker.provision)  # fmt: skip
                insort(writes, ended, key=Write.sort_key)
            elif shown is not None and (now is None or now.text is not shown.text):
                write = _write(shown, day, known, order)
                insort(writes, write, key=Write.sort_key)
                yield shown, write
            order += 1


def _first_days(texts: Texts) -> dict[date, date]:
    """By each day on which something was made or dropped, the first day on which that can have changed the text."""
    found: dict[date, date] = {}
    for change in texts.everything():
        start = change.commences if isinstance(change, Change) else change.write.start
        for known in (change.made, change.dropped):
            if known is not None:
                found[known] = min(found.get(known, date.max), start)
    return found


def _write(shown: Shown, day: Any, known: Any, order: int) -> Write[Any]:
    """A version as it reads from a day on: what made it so is the latest change of it, or what wrote it whole."""
    own, latest = shown.whole.write, shown.latest
    inside = sorted((change for change in shown.of_parts.values() if change.commences == day), key=Change.sort_key)
    through = tuple(dict.fromkeys((one.timed.amendment.name, one.timed.operation.provision) for one in inside))
    if latest is None:
        since = own.since or own.start
        return evolve(
            own, text=shown.text, start=day, since=since if since < day else None, made=known, order=order, through=through
        )
    return Write(
        text=shown.text,
        start=day,
        end=own.end,
        instrument=latest.timed.amendment.name,
        provision=latest.timed.operation.provision,
        made=known,
        order=order,
        since=latest.commences if latest.commences < day else None,
        through=through,
        cites=latest.timed.operation.cites,
    )


def _write_parts(shown: Shown, write: Write[Any], parts: dict[str, list[Write[Any]]]) -> None:
    """The exceptions and rows of a version, each with what made it so."""
    for clause in (*getattr(shown.text, "exceptions", ()), *getattr(shown.text, "rows", ())):
        found = parts.setdefault(clause.name, [])
        start = max(write.start, clause.period.start) if clause.period else write.start
        now = timeline(found).at(start, write.made)
        if now is not None and now.text is clause:
            continue
        ends = [end for end in (write.end, clause.period.end if clause.period else None) if end is not None]
        end = min(ends) if ends else None
        if end is not None and end < start:
            continue
        change, own = shown.of_parts.get(clause.name), shown.whole.parts.get(clause.name)
        if change is None and (own is None or (own.made is not None and write.made is not None and own.made > write.made)):
            continue  # never in force, or known only later: then its own write says so
        if change is not None:
            by: tuple[str | None, str | None] = (change.timed.amendment.name, change.timed.operation.provision)
            cites, being = change.timed.operation.cites, _being(clause, change)
            since = max(change.commences, clause.period.start) if clause.period else change.commences
        else:
            assert own is not None
            by, since = (own.instrument, own.provision), own.since or own.start
            cites, being = own.cites, own.being
        since_before = since if since < start else None
        made_so = Write(clause, start, end, *by, write.made, write.order, since_before, cites=cites, being=being)
        found.append(made_so)


def _being(clause: d.ExceptionClause | d.Row, change: Change) -> d.Being | None:
    """How an amendment says that the value of a row follows from the one before."""
    action = change.timed.operation.action
    return action.being if isinstance(action, Replace) and clause.value is change.new else None
