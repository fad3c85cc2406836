"""Declarations to provisions: each version, exception and row is a write to its place, with its days and its maker (S40, S41)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import define, evolve, frozen

from engine.book import schemes
from engine.book.law import ALWAYS, DRAFT, Part, Provision, Write, kind_of, made_on, timeline
from engine.book.periods import beside
from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Cite, MadeBy, Period
from grammar.words import closest

T = TypeVar("T")

_WHOLE = (d.Group, d.Challenge, d.Duty)
"""What has one text, and no versions beside each other."""


@frozen(eq=False, repr=False)
class Enactment:
    """What an operation of an amendment writes with: its instrument, the place in it, and from when."""

    instrument: d.Instrument
    provision: str | None
    commences: date


@define(eq=False, repr=False)
class Writer:
    """Makes provisions of declarations, and says what is wrong with their dates and with the instruments that they name."""

    problems: list[Problem]
    instruments: Mapping[str, d.Instrument]
    keys: schemes.Keys
    unread: frozenset[str]
    drafts: frozenset[str] = frozenset()
    """The drafts that are looked at as if they had been made after everything else (S39)."""
    known: date | None = None
    """What was made after this day is left out; None for nothing."""
    order: int = 0

    def made(self, name: str | None) -> date | None:
        """The day on which an instrument counts as made; None for a draft that is not looked at, and for no instrument."""
        instrument = self.instruments.get(name or "")
        if instrument is None:
            return None
        made = None if instrument.when_appointed else made_on(instrument)
        if made is not None and self.known is not None and made > self.known:
            return None
        return DRAFT if made is None and instrument.name in self.drafts else made

    def unknown_instrument(
        self, name: str, span: Span, subject: str | None, fix: str | None = None, message: str | None = None
    ) -> None:
        if name in self.unread:
            return
        near = closest(name, self.instruments, self.problems)
        self.problems.append(
            Problem(
                code="unknown-instrument",
                message=message or f"There is no instrument called `{name}`.",
                place=Place(span),
                subject=subject,
                fix=f"Write `{near}`."
                if near and message is None
                else fix or 'Declare it: `instrument name "Title"` with `made` and `commences`.',
            )
        )

    def cites(self, cites: tuple[Cite, ...], subject: str) -> None:
        for cite in cites:
            if cite.instrument is not None and cite.instrument not in self.instruments:
                self.unknown_instrument(cite.instrument, cite.span.find(cite.instrument), subject)

    def provision(self, declaration: d.Named, instrument: str | None, by: Enactment | None = None) -> Provision:
        """A provision of an instrument, and all that is written of it; `by` an operation that inserts or substitutes it."""
        if not isinstance(declaration, d.Group):
            self.cites(declaration.cites, declaration.name)
        for refused in getattr(declaration, "refuses", ()):
            self.cites(refused.cites, declaration.name)
        versions: Sequence[Any] = (declaration,)
        if isinstance(declaration, d.Figure):
            versions = declaration.values
        elif not isinstance(declaration, _WHOLE):
            versions = declaration.versions
        writes: list[Write[Any]] = []
        parts: dict[str, list[Write[Part]]] = {}
        for version in versions:
            dated = not isinstance(version, d.Group)
            write = self.write(
                version,
                version.period if dated else None,
                version.made_by if dated else (),
                instrument,
                declaration,
                version.cites if dated else (),
                by,
            )
            writes.append(write)
            for inner in inside(version):
                self.cites(inner.cites, declaration.name)
            for name, part in self._parts(version, write, instrument, declaration, by):
                parts.setdefault(name, []).append(part)
        for name, part in self._above_versions(declaration, writes, parts, instrument, by):
            parts[name] = [part]
        self.problems.extend(beside(writes, declaration.name))
        return Provision(
            kind=kind_of(declaration),
            name=declaration.name,
            identity=f"{self.keys.permanent(instrument or '')}:{self.keys.permanent(declaration.name)}",
            instrument=instrument,
            head=declaration,
            timeline=timeline(self.in_force(writes)),
            parts={name: timeline(self.in_force(found)) for name, found in parts.items()},
        )

    def in_force(self, writes: list[Write[T]]) -> list[Write[T]]:
        """Those of instruments that have been made: a draft is not law (S39)."""
        return [w for w in writes if w.instrument is None or self.made(w.instrument) is not None]

    def write(
        self,
        text: T,
        period: Period | None,
        made_by: tuple[MadeBy, ...],
        instrument: str | None,
        head: d.Named | d.Unwritten,
        cites: tuple[Cite, ...],
        by: Enactment | None = None,
    ) -> Write[T]:
        subject = head.place if isinstance(head, d.Unwritten) else head.name
        self.cites(cites, subject)
        maker = by.instrument if by else self.instruments.get(instrument) if instrument else None
        for clause in made_by:
            if clause.instrument in self.instruments:
                maker = self.instruments[clause.instrument]
            else:
                self.unknown_instrument(clause.instrument, clause.span.find(clause.instrument), subject)
        self.order += 1
        return Write(
            text=text,
            start=period.start if period else by.commences if by else self._commencement(maker, subject, head.name_span),
            end=period.end if period else None,
            instrument=maker.name if maker else None,
            provision=made_by[0].provision if made_by else by.provision if by else None,
            made=self.made(maker.name) if maker else None,
            order=self.order,
        )

    def _commencement(self, maker: d.Instrument | None, subject: str, span: Span) -> date:
        if maker is None:
            return ALWAYS
        if maker.commences is None:
            self.problems.append(
                Problem(
                    code="no-commencement",
                    message=f"`{subject}` has no date, and its instrument `{maker.name}` does not say when it commences.",
                    place=Place(span),
                    second=Place(maker.name_span, "add `commences` here"),
                    subject=subject,
                    fix="Add `commences` with its day to the instrument, or a dated `version` to the rule.",
                )
            )
            return ALWAYS
        return maker.commences

    def _above_versions(
        self,
        head: d.Named,
        versions: Sequence[Write[Any]],
        parts: Mapping[str, Sequence[Write[Part]]],
        instrument: str | None,
        by: Enactment | None = None,
    ) -> Iterator[tuple[str, Write[Part]]]:
        """Exceptions that stand above a rule's versions hold in each of them, on days of their own (S78)."""
        seen: dict[str, Span] = {name: found[0].text.name_span for name, found in parts.items()}
        for clause in getattr(head, "exceptions", ()):
            first = seen.setdefault(clause.name, clause.name_span)
            if first is not clause.name_span:
                self._named_twice("exceptions of one rule", clause, first, head.name)
                continue
            part = self.write(clause, clause.period, clause.made_by, instrument, head, clause.cites, by)
            write = part if clause.period else evolve(part, start=min(version.start for version in versions))
            if not any(_share_a_day(write, version) for version in versions):
                self._never_in_force(clause, Place(head.name_span, "no version on them"), head.name)
            yield clause.name, write

    def _parts(
        self, version: Any, write: Write[Any], instrument: str | None, head: d.Named, by: Enactment | None
    ) -> Iterator[tuple[str, Write[Part]]]:
        """Each exception and each row is a place of its own: in force where its own period and its version's meet."""
        seen: dict[str, Span] = {}
        for clause in (*getattr(version, "exceptions", ()), *getattr(version, "rows", ())):
            first = seen.setdefault(clause.name, clause.name_span)
            if first is not clause.name_span:
                what = "rows of one table" if isinstance(clause, d.Row) else "exceptions of one rule"
                self._named_twice(what, clause, first, head.name)
                continue
            part = self.write(clause, clause.period, clause.made_by or version.made_by, instrument, head, clause.cites, by)
            start = max(write.start, part.start if clause.period else write.start)
            ends = [end for end in (write.end, part.end) if end is not None]
            end = min(ends) if ends else None
            if end is None or start <= end:
                yield clause.name, Write(clause, start, end, part.instrument, part.provision, part.made, part.order)
                continue
            outside = version.span if version.period is None else version.period.span
            self._never_in_force(clause, Place(outside, "the version" if version.period is None else "outside"), head.name)

    def _named_twice(self, what: str, clause: Part, first: Span, name: str) -> None:
        self.problems.append(
            Problem(
                code="name-taken",
                message=f"Two {what} are called `{clause.name}`.",
                place=Place(clause.name_span, "this one again"),
                second=Place(first, "the first"),
                subject=name,
                fix="Give one of them another name.",
            )
        )

    def _never_in_force(self, clause: Part, version: Place, name: str) -> None:
        self.problems.append(
            Problem(
                code="never-in-force",
                severity="warning",
                message=f"`{clause.name}` is never in force: its days lie outside those of its version.",
                place=Place(clause.period.span if clause.period else clause.name_span, "these days"),
                second=version,
                subject=name,
                fix="Correct one of the dates, or move it to the version that is in force on its days.",
            )
        )


def _share_a_day(one: Write[object], other: Write[object]) -> bool:
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def inside(version: Any) -> Iterator[Any]:
    """The parts of a version that have citations and no place of their own: cases, readings, bands, what fills a table's gaps."""
    yield from getattr(version, "alternatives", ())
    yield from getattr(version, "bands", ())
    for reading in getattr(version, "readings", ()):
        yield from reading.alternatives
    if getattr(version, "otherwise", None) is not None:
        yield version.otherwise
