"""The syntax tree of cases and examples: who there is, what is known of them, and what is expected."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from grammar.content import span_field
from grammar.source import Span
from grammar.syntax import Cite, FactValue, Tree, Word


@frozen(kw_only=True, eq=False, repr=False)
class FactText(Tree):
    name: str
    value: FactValue
    start: date | None = None
    end: date | None = None
    reported: date | None = None
    source: str | None = None
    standing: Word | None = None
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Given(Tree):
    """`given person parent of home as claimant`, and what is known of them; `given everyone` for facts that are nobody's own."""

    entity: Word
    name: str
    of: Word | None
    start: date | None
    end: date | None
    facts: tuple[FactText, ...]
    roles: tuple[Word, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Expectation(Tree):
    """`award of home is £288.40 per week`; no value: `is not encoded`."""

    term: str
    of: Word | None
    """None for a figure, and for what is worked out once for everyone."""
    value: FactValue | None
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Suppose(Tree):
    """`suppose age of anna is 18`: stands in an example for a value that would be worked out."""

    term: str
    of: Word | None
    value: FactValue
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Case(Tree):
    """A household's facts; an `example` also says what is expected of them."""

    title: str
    on: date | None
    known: date | None
    given: tuple[Given, ...]
    expect: tuple[Expectation, ...] | None = None
    """None for a `case`; an example has one or more."""
    suppose: tuple[Suppose, ...] = ()
    readings: tuple[Word, ...] = ()
    """The other readings under which an example is worked out."""
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = span_field()
