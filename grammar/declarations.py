"""The syntax tree of declarations: instruments, vocabulary, provisions, examples and cases."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from grammar.source import Source, Span
from grammar.syntax import Cite, Expr, FactValue, MadeBy, Number, Period, Rounding, Tree, TypeText, Word, span_field


@frozen(kw_only=True, eq=False, repr=False)
class Instrument(Tree):
    name: str
    title: str
    number: str | None = None
    made: date | None = None
    made_before: date | None = None
    """The exact day is not known; the instrument was made before this one."""
    commences: date | None = None
    link: str | None = None
    policy: Rounding | None = None
    policy_cites: tuple[Cite, ...] = ()
    short_months: Literal["last", "next"] | None = None
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Continued(Tree):
    """What follows in this file belongs to an instrument whose heading stands elsewhere."""

    name: str
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Entity(Tree):
    name: str
    title: str | None
    contains: tuple[Word, ...]
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Choice(Tree):
    name: str
    title: str | None
    values: tuple[Word, ...]
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Group(Tree):
    name: str
    of: Word
    title: str
    over: Word
    condition: Expr
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Input(Tree):
    name: str
    of: Word
    title: str
    type: TypeText
    default: FactValue | None = None
    low: Number | None = None
    high: Number | None = None
    ask: str | None = None
    decided_by: str | None = None
    applying: str | None = None
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Dated(Tree):
    """One dated value of a figure."""

    value: Expr
    period: Period
    cites: tuple[Cite, ...] = ()
    made_by: tuple[MadeBy, ...] = ()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Figure(Tree):
    name: str
    title: str
    type: TypeText
    values: tuple[Dated, ...]
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    because: str | None = None
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Alternative(Tree):
    """`is value when condition`, `otherwise value`."""

    value: Expr
    condition: Expr | None
    cites: tuple[Cite, ...] = ()
    because: str | None = None
    notes: tuple[str, ...] = ()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class ExceptionClause(Tree):
    """`except name: value when condition`."""

    name: str
    value: Expr
    condition: Expr
    prevails_over: tuple[Word, ...] = ()
    period: Period | None = None
    made_by: tuple[MadeBy, ...] = ()
    cites: tuple[Cite, ...] = ()
    because: str | None = None
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Version(Tree):
    """What a rule says in a period; None is for as long as its instrument is in force."""

    period: Period | None
    alternatives: tuple[Alternative, ...]
    exceptions: tuple[ExceptionClause, ...]
    cites: tuple[Cite, ...] = ()
    made_by: tuple[MadeBy, ...] = ()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Rule(Tree):
    name: str
    of: Word
    title: str
    type: TypeText
    versions: tuple[Version, ...]
    payable: Literal["day", "week", "month"] | None = None
    low: Number | None = None
    high: Number | None = None
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    because: str | None = None
    name_span: Span = span_field()
    span: Span = span_field()


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
    """`given person parent of home`, and what is known of them."""

    entity: Word
    name: str
    of: Word | None
    start: date | None
    end: date | None
    facts: tuple[FactText, ...]
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Expectation(Tree):
    """`award of home is £288.40 per week`; no value: `is not encoded`."""

    term: str
    of: Word
    value: FactValue | None
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
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = span_field()


Declaration = Instrument | Continued | Entity | Choice | Group | Input | Figure | Rule | Case


@frozen(eq=False, repr=False)
class File:
    """A source's declarations, in the order written."""

    source: Source
    declarations: tuple[Declaration, ...]
    cut_short: tuple[Span, ...] = ()
    """Declarations of which only the beginning could be read: what else is wrong with them may follow from that."""
    unread: tuple[str, ...] = ()
    """Names of declarations that could not be read: whoever uses them has made no mistake."""
