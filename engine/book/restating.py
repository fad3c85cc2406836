"""A provision restated: what a file would have to say for it to read as it does on a day, or as it ever did.

What amendments have put together is one text again: each version, value, exception and row with its days and what made it so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import evolve

from engine.book.law import ALWAYS, Law, Part, Provision, Stretch, Timeline, UnwrittenProvision, Write
from grammar import declarations as d
from grammar.source import Span
from grammar.syntax import Cite, MadeBy, Period

T = TypeVar("T", covariant=True)
Maker = tuple[str | None, str | None]
"""The instrument that made a text, and the place in it."""
_Standing = Callable[[Part, Stretch[Any]], Write[Part] | None]
"""What was written of a part as it stands in a version; None where it does not."""


def on_day(timeline: Timeline[T], on: date, known: date | None) -> Stretch[T] | None:
    """What a place says on a day, since when and until when."""
    write = timeline.at(on, known)
    return None if write is None else Stretch(write, write.since or write.start, timeline.until(write, known))


def restated_on(provision: Provision, on: date, known: date | None, law: Law, alone: bool = True) -> d.Named | None:
    """A provision as it reads on a day; None where none of it is in force.

    What stands `alone` names no exception that is not there on the day.
    """
    found = on_day(provision.timeline, on, known)
    if found is None:
        return None
    parts = provision.parts_on(on, known)
    declared = _declared(provision, [_text(found, lambda clause, _: parts.get(clause.name), provision, law, known, alone)])
    if isinstance(declared, d.Rule | d.Table) and declared.refuses:
        return evolve(declared, refuses=provision.refuses_on(on))
    return declared


def restated_always(provision: Provision, known: date | None, law: Law) -> d.Named:
    """A provision with everything that it has said or will say; where nothing of it has been made, with what will make it so."""

    def part(clause: Part, version: Stretch[Any]) -> Write[Part] | None:
        written = [w for w in provision.parts[clause.name].dated if w.text is clause and w.is_known(known)]
        beside = [
            w for w in written if (version.end is None or w.start <= version.end) and (w.end is None or version.start <= w.end)
        ]
        return max(beside, key=Write.sort_key, default=None)

    kind = _TEXTS[provision.kind]
    found = [one for one in provision.timeline.stretches(known) if isinstance(one.write.text, kind)]
    if not found:
        return provision.head if known is None else restated_always(provision, None, law)
    texts = [_text(one, part, provision, law, known) for one in found]
    if (
        len(found) > 1 and kind is not d.Group
    ):  # beside each other all say their days, also that which is in force as long as its instrument
        periods = [Period(one.start, one.end, span=text.span) for one, text in zip(found, texts, strict=True)]
        texts = [evolve(text, period=period) for text, period in zip(texts, periods, strict=True)]
    return _declared(provision, texts)


def restated_unwritten(provision: UnwrittenProvision, found: Stretch[d.Unwritten], law: Law) -> d.Unwritten:
    """A provision without a term, with the days on which it stands."""
    text = found.write.text
    period = _period(found, law, provision.instrument, (provision.instrument, None), text.span)
    return evolve(text, period=period)


_TEXTS: dict[str, type] = {
    "figure": d.Dated,
    "rule": d.Version,
    "table": d.TableVersion,
    "scale": d.ScaleVersion,
    "group": d.Group,
    "challenge": d.Challenge,
    "duty": d.Duty,
}


def _declared(provision: Provision, texts: Sequence[Any]) -> d.Named:
    head: Any = provision.head
    match head:
        case d.Figure():
            return evolve(head, values=tuple(texts))
        case d.Group() | d.Challenge() | d.Duty():
            whole: d.Named = texts[-1]
            return whole
        case d.Rule():
            return evolve(head, versions=tuple(texts), exceptions=())  # those above the versions stand in each of them
    declared: d.Named = evolve(head, versions=tuple(texts))
    return declared


def _text(found: Stretch[Any], part: _Standing, provision: Provision, law: Law, known: date | None, alone: bool = True) -> Any:
    """A version with its days, what made it, and those of its parts that stand in it."""
    text, maker = found.write.text, _maker(found.write)
    if isinstance(text, d.Group):
        return text
    made_by = _made_by(maker, (provision.instrument, None), text.span)
    if isinstance(text, d.Dated):
        # how much more it is than the value before it has been said of that one, which does not stand here
        period = Period(found.start, found.end, span=text.span)
        cites = (*text.cites, *found.write.cites)
        return evolve(text, period=period, cites=cites, made_by=made_by, being=None, is_otherwise=False)
    changes: dict[str, Any] = {
        "period": _period(found, law, provision.instrument, maker, text.span),
        "made_by": made_by,
        "cites": (*text.cites, *found.write.cites),
    }
    if getattr(text, "is_otherwise", False):
        changes["is_otherwise"] = False
    above: Any = provision.head
    for name, clauses in (
        ("exceptions", (*getattr(text, "exceptions", ()), *getattr(above, "exceptions", ()))),
        ("rows", getattr(text, "rows", ())),
    ):
        if clauses:
            standing = [(clause, write) for clause in clauses if (write := part(clause, found)) is not None]
            if name == "rows" and not standing:  # a table has some row; these are of other days
                ever = [(clause, provision.parts[clause.name].dated) for clause in clauses]
                standing = [(clause, write) for clause, writes in ever for write in writes if write.text is clause]
            names = {clause.name for clause, _ in standing} if alone else None
            changes[name] = tuple(
                _clause(clause, write, names, found, maker, provision.parts[clause.name].until(write, known), above.cites)
                for clause, write in standing
            )
    return evolve(text, **changes)


def _clause(
    clause: Any,
    write: Write[Any],
    names: set[str] | None,
    version: Stretch[Any],
    maker: Maker,
    until: date | None,
    of_head: tuple[Cite, ...],
) -> Any:
    """An exception or a row; its days and its maker are said where they are others than those of its version."""
    start = write.since or write.start
    if clause.period is not None:
        start = min(start, clause.period.start)
    ends = until is not None and (version.end is None or until < version.end)
    period = Period(start, until if ends else None, span=clause.span) if ends or start != version.start else None
    changes: dict[str, Any] = {"period": period, "made_by": _made_by(_maker(write), maker, clause.span)}
    if write.cites:  # beside its own, or those of its provision
        changes["cites"] = (*(clause.cites or of_head), *write.cites)
    if isinstance(clause, d.ExceptionClause) and names is not None:
        changes["prevails_over"] = tuple(word for word in clause.prevails_over if word.name in names)
    return evolve(clause, **changes)


def _maker(write: Write[Any]) -> Maker:
    return write.instrument, write.provision


def _made_by(maker: Maker, unsaid: Maker, span: Span) -> tuple[MadeBy, ...]:
    """What made a text, where that does not go without saying."""
    instrument, provision = maker
    return () if maker == unsaid or instrument is None else (MadeBy(instrument, provision, span=span),)


def _period(found: Stretch[Any], law: Law, instrument: str | None, maker: Maker, span: Span) -> Period | None:
    """The days of a text; none are said of what its own instrument has made, to hold as long as it does."""
    own = law.instruments.get(instrument or "")
    commences = own.commences if own is not None else ALWAYS
    if found.start == ALWAYS or (found.end is None and found.start == commences and maker == (instrument, None)):
        return None
    return Period(found.start, found.end, span=span)
