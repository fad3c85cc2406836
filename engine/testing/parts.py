"""What a book has that may or may not be reached once its rule is asked for: its parts, each with its place and its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from attrs import frozen

from engine.book.law import ALWAYS, Provision, Timeline
from engine.values import day_words
from grammar import declarations as d
from grammar import syntax
from grammar.source import Span

T = TypeVar("T")


@frozen
class PartId:
    """A part of the law: its place (S61), and the day from which it stands there; None where it stands always."""

    place: str
    since: date | None


@frozen(eq=False, repr=False)
class Part:
    """Something that an example can exercise."""

    id: PartId
    kind: str
    term: str
    label: str
    """What a reader calls it, beside the name of its term."""
    span: Span
    start: date
    end: date | None


def _quote(span: Span) -> str:
    text = " ".join(span.text.split())
    return f"`{text}`" if len(text) <= 60 else f"`{text[:59]}…`"


def _is_encoded(text: object) -> bool:
    """Whether any value is written: what says `not encoded` has nothing that could be exercised."""
    match text:
        case d.Version():
            return any(_is_encoded(part) for part in (*text.alternatives, *text.exceptions))
        case d.Dated() | d.Alternative() | d.ExceptionClause() | d.Row():
            return not isinstance(text.value, syntax.NotEncoded)
    return True


@frozen(eq=False, repr=False)
class _Stretch:
    """The days for which one text holds at its place."""

    since: date | None
    start: date
    end: date | None
    words: str
    """`, from 1 January 2010`, where the place says something else on other days."""


def _texts(timeline: Timeline[object], kind: type[T]) -> Iterator[tuple[T, _Stretch]]:
    """The texts of one kind at a place, on every date."""
    writes = timeline.told
    for write in writes:
        if isinstance(write.text, kind):
            since = None if write.start == ALWAYS else write.start
            words = f", from {day_words(since)}" if since and len(writes) > 1 else ""
            yield write.text, _Stretch(since, write.start, timeline.until(write, None), words)


def _part(provision: Provision, kind: str, place: str, days: _Stretch, label: str, span: Span) -> Part:
    return Part(PartId(f"{provision.identity}{place}", days.since), kind, provision.name, label, span, days.start, days.end)


def rules(provision: Provision) -> Iterator[Part]:
    """A rule as a whole, if any of it is encoded."""
    found = [days for text, days in _texts(provision.timeline, d.Version) if _is_encoded(text)]
    if found:
        ends = [days.end for days in found]
        last = None if None in ends else max(end for end in ends if end)
        part_id = PartId(provision.identity, None)
        yield Part(part_id, "rule", provision.name, "", provision.head.name_span, found[0].start, last)


def versions(provision: Provision) -> Iterator[Part]:
    """The versions of a rule; one that was always the same is one part, not two."""
    found = list(_texts(provision.timeline, d.Version))
    for text, days in found if len(found) > 1 else ():
        if _is_encoded(text):
            span = text.period.span if text.period else provision.head.name_span
            yield _part(provision, "version", "#version", days, f"version{days.words.lstrip(',')}", span)


def alternatives(provision: Provision) -> Iterator[Part]:
    """The cases of a version; of one without others, where an exception may take its place."""
    for text, days in _texts(provision.timeline, d.Version):
        if len(text.alternatives) == 1 and not text.exceptions and not getattr(provision.head, "exceptions", ()):
            continue
        for number, alternative in enumerate(text.alternatives, 1):
            if _is_encoded(alternative):
                label = f"case {number}{days.words}: {_quote(alternative.value.span)}"
                yield _part(provision, "alternative", f"#alternative.{number}", days, label, alternative.span)


def exceptions(provision: Provision) -> Iterator[Part]:
    """The exceptions to a rule."""
    for name, timeline in provision.parts.items():
        for text, days in _texts(timeline, d.ExceptionClause):
            if _is_encoded(text):
                label = f"exception {name}{days.words}"
                yield _part(provision, "exception", f"#exception.{name}", days, label, text.name_span)


def rows(provision: Provision) -> Iterator[Part]:
    """The rows of a table, and what holds where none does."""
    for name, timeline in provision.parts.items():
        for row, days in _texts(timeline, d.Row):
            if _is_encoded(row):
                yield _part(provision, "row", f"#row.{name}", days, f"row {name}{days.words}", row.name_span)
    for text, days in _texts(provision.timeline, d.TableVersion):
        if text.otherwise and _is_encoded(text.otherwise):
            label = f"otherwise{days.words}: {_quote(text.otherwise.value.span)}"
            yield _part(provision, "row", "#otherwise", days, label, text.otherwise.span)


def bands(provision: Provision) -> Iterator[Part]:
    """The bands of a scale, from the lowest."""
    for text, days in _texts(provision.timeline, d.ScaleVersion):
        for number, band in enumerate(text.bands, 1):
            limit = f"{'above' if band.is_last else 'up to'} {band.limit.span.text}"
            label = f"band {number}{days.words}: `{band.rate.span.text} {limit}`"
            yield _part(provision, "band", f"#band.{number}", days, label, band.span)


def values(provision: Provision) -> Iterator[Part]:
    """The values of a figure."""
    for text, days in _texts(provision.timeline, d.Dated):
        if _is_encoded(text):
            since = "" if days.since is None else f" from {day_words(days.since)}"
            yield _part(provision, "value", "#value", days, f"{_quote(text.value.span)}{since}", text.span)
