"""The draft of an uprating: each figure by a percentage or an amount, rounded, with the clause that says so and is checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen

from engine import units
from engine.book.amendments.uprating import exactly, is_of_another_unit, rounded
from engine.book.consolidate import Book, InForce
from engine.book.law import Timeline, made_on
from engine.values import day_words
from grammar import amendments as a
from grammar import declarations as d
from grammar.source import Source, Span
from grammar.syntax import Expr, NotEncoded, Number, Word
from grammar.writing import written_value

NOWHERE = Span(Source("", ""), 0, 0)
"""The place of what nobody has written yet."""


@frozen(eq=False, repr=False)
class Uprating:
    """The operations of an uprating, the instruments that they amend, and what it leaves as it is and why."""

    operations: tuple[a.Operation, ...]
    instruments: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    """What was asked for and is not uprated, and why."""
    in_parts_of_a_penny: tuple[tuple[str, str], ...] = ()
    """The amounts that would be no whole number of pence, as they would be written."""


@frozen(eq=False, repr=False)
class _Amount:
    """A figure's value or a row's that can be uprated."""

    name: str
    row: str | None
    value: Expr
    instrument: str | None
    draft: str | None
    """The other draft that changes it on the same day: what it says there is what is to hold."""


def uprating(book: Book, files: Collection[str], being: d.Being, only: Collection[str] = ()) -> Uprating:
    """What uprates the figures of these files that are in force and in money a week, an hour or the like.

    With `only` it is those of these names, in whatever money, and the rows of tables of these names. The book is that of the
    day on which the uprating takes effect.
    """
    operations: list[a.Operation] = []
    instruments: dict[str, None] = {}
    left: list[tuple[str, str]] = []
    in_parts: list[tuple[str, str]] = []
    for amount in _amounts(book, files, only):
        why = _why_not(amount, being, bool(only))
        if why is None:
            operations.append(_operation(amount, being))
            new = operations[-1].action.new  # type: ignore[union-attr]
            if isinstance(new, Number) and units.POUND in dict(new.unit) and (exactly(new) * 100).denominator != 1:
                in_parts.append((amount.name, written_value(new)))
            if amount.instrument is not None:
                instruments[amount.instrument] = None
        elif why:
            left.append((amount.name if amount.row is None else f"{amount.name} row {amount.row}", why))
    return Uprating(tuple(operations), tuple(instruments), tuple(left), tuple(in_parts))


def heading(name: str, title: str, instruments: Collection[str], on: date, notes: tuple[str, ...]) -> d.Instrument:
    """The heading of the draft: it has no `made`, and so is not law."""
    return d.Instrument(
        name=name,
        title=title,
        commences=on,
        is_amendment=True,
        amends=tuple(Word(instrument, span=NOWHERE) for instrument in instruments),
        notes=notes,
        name_span=NOWHERE,
        span=NOWHERE,
    )


def _amounts(book: Book, files: Collection[str], only: Collection[str]) -> Iterator[_Amount]:
    for name, found in _in_order(book).items():
        provision = found.provision
        if (name not in only) if only else provision.head.span.source.path not in files:
            continue
        if isinstance(found.text, d.Dated):
            yield _Amount(name, None, found.text.value, provision.instrument, _draft(provision.timeline, book))
        elif only and isinstance(found.text, d.TableVersion):
            for row in found.rows:
                draft = _draft(provision.parts[row.clause.name], book)
                yield _Amount(name, row.clause.name, row.clause.value, provision.instrument, draft)


def nearest_known(book: Book, files: Collection[str], only: Collection[str]) -> date | None:
    """The day nearest to that of the book on which some figure of the files, or of these names, is an amount of money."""
    days: set[date] = set()
    for name, provision in book.law.provisions.items():
        if (name not in only) if only else provision.head.span.source.path not in files:
            continue
        changes = sorted(provision.timeline.changes())
        for start, following in zip(changes, (*changes[1:], None), strict=True):
            write = provision.timeline.at(start, book.known)
            value = write.text.value if write is not None and isinstance(write.text, d.Dated) else None
            if isinstance(value, Number) and units.POUND in dict(value.unit) and exactly(value):
                days.add(start if start > book.on or following is None else min(book.on, following - timedelta(days=1)))
    days.discard(book.on)
    return min(days, key=lambda day: (abs(day - book.on), day), default=None)


def _draft(written: Timeline[Any], book: Book) -> str | None:
    """The draft by which something begins on the day of the book to say what it says."""
    write = written.at(book.on, book.known)
    maker = book.law.instruments.get(write.instrument or "") if write is not None and write.start == book.on else None
    is_draft = maker is not None and maker.is_amendment and made_on(maker) is None
    return maker.name if is_draft and maker is not None else None


def _in_order(book: Book) -> Mapping[str, InForce]:
    """What is in force, as it stands in the files."""
    spans = {name: found.provision.head.span for name, found in book.in_force.items()}
    return {name: book.in_force[name] for name in sorted(spans, key=lambda name: (spans[name].source.path, spans[name].start))}


def _why_not(amount: _Amount, being: d.Being, is_asked_for: bool) -> str | None:
    """Why an amount is not uprated; "" where nobody expects it to be, and None where it is."""
    value = amount.value
    if amount.draft is not None:
        return f"the draft {amount.draft} changes it on the same day"
    if isinstance(value, NotEncoded):
        return f"it is not known: {value.reason}"
    if not isinstance(value, Number):
        return "it is worked out from other figures"
    symbols = [symbol for symbol, _ in value.unit]
    if units.POUND not in symbols:
        return "it is no amount of money" if is_asked_for else ""
    if len(symbols) == 1 and not is_asked_for:
        return ""
    if is_of_another_unit(value, being):
        return f"{being.change.span.text or 'the change'} is no amount of what it is" if is_asked_for else ""
    return None if exactly(value) else ("it is £0" if is_asked_for else "")


def _operation(amount: _Amount, being: d.Being) -> a.Operation:
    old = amount.value
    assert isinstance(old, Number)
    change = -exactly(being.change) if being.is_less else exactly(being.change)
    due = rounded(exactly(old) * (1 + change) if being.change.percent else exactly(old) + change, being)
    part = None if amount.row is None else a.PartName("row", Word(amount.row, span=NOWHERE), span=NOWHERE)
    action = a.Replace(
        target=Word(amount.name, span=NOWHERE),
        part=part,
        old=old,
        new=_number(due, old),
        everywhere=False,
        being=being,
        span=NOWHERE,
    )
    return a.Operation(action=action, span=NOWHERE)


def _number(value: Fraction, like: Number) -> Number:
    """An amount with as many places as the old one, or as many as it needs."""
    places = like.places
    while (value * 10**places).denominator != 1 or (places == 1 and units.POUND in dict(like.unit)):
        if places > 12:
            raise ValueError("not a decimal: an uprating without rounding of a figure with many places")
        places += 1
    return Number(int(value * 10**places), places, like.unit, like.percent, span=NOWHERE)


def told(found: Uprating, on: date, words: str) -> str:
    """The explanatory note of the draft."""
    number = len(found.operations)
    return f"Changes {number} amount{'' if number == 1 else 's'} by {words} from {day_words(on)}."
