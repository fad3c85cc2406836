"""The syntax tree of declarations: instruments, vocabulary, provisions, examples and cases."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from grammar.amendments import Operation as Operation
from grammar.content import span_field
from grammar.notices import Challenge as Challenge
from grammar.notices import Duty as Duty
from grammar.notices import Notice as Notice
from grammar.notices import TimeLimit as TimeLimit
from grammar.provisions import Affecting as Affecting
from grammar.provisions import Alternative as Alternative
from grammar.provisions import Band as Band
from grammar.provisions import Being as Being
from grammar.provisions import Bound as Bound
from grammar.provisions import Cell as Cell
from grammar.provisions import Dated as Dated
from grammar.provisions import ExceptionClause as ExceptionClause
from grammar.provisions import Figure as Figure
from grammar.provisions import Group as Group
from grammar.provisions import Payable as Payable
from grammar.provisions import Reading as Reading
from grammar.provisions import Refuses as Refuses
from grammar.provisions import Row as Row
from grammar.provisions import Rule as Rule
from grammar.provisions import Scale as Scale
from grammar.provisions import ScaleVersion as ScaleVersion
from grammar.provisions import StandingCheck as StandingCheck
from grammar.provisions import Table as Table
from grammar.provisions import TableVersion as TableVersion
from grammar.provisions import Unwritten as Unwritten
from grammar.provisions import Version as Version
from grammar.source import Source, Span
from grammar.syntax import Cite, FactValue, Number, Rounding, Tree, TypeText, Word
from grammar.written_case import Case as Case
from grammar.written_case import Expectation as Expectation
from grammar.written_case import FactText as FactText
from grammar.written_case import Given as Given
from grammar.written_case import Suppose as Suppose


@frozen(kw_only=True, eq=False, repr=False)
class Instrument(Tree):
    name: str
    title: str
    number: str | None = None
    made: date | None = None
    made_before: date | None = None
    """The exact day is not known; the instrument was made before this one."""
    commences: date | None = None
    when_appointed: bool = False
    """Made, but its day has still to be appointed: nothing of it is in force."""
    retrospective: bool = False
    """What it does takes effect before it was made."""
    is_amendment: bool = False
    """What follows its heading is done to other instruments."""
    amends: tuple[Word, ...] = ()
    """The instruments that it may amend."""
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
class Scheme(Tree):
    """What the files of a folder belong to, and the schemes whose names they may use as their own (S63)."""

    name: str
    title: str
    uses: tuple[Word, ...] = ()
    notes: tuple[str, ...] = ()
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
class Role(Tree):
    """Who among the members of an entity somebody is: the claimant, a partner, the dependants."""

    name: str
    of: Word
    title: str
    cardinality: Literal["one", "at most one", "any number"]
    holder: Word
    """The kind of entity that holds it."""
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Unit(Tree):
    """A unit of a file's own: `unit visit plural visits`."""

    name: str
    plural: Word
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


@frozen(eq=False, repr=False)
class File:
    """A source's declarations, in the order written."""

    source: Source
    declarations: tuple[Declaration, ...]
    cut_short: tuple[Span, ...] = ()
    """Declarations of which only the beginning could be read: what else is wrong with them may follow from that."""
    named_units: tuple[Word, ...] = ()
    """Names that stand where a unit does: declared units, singular or plural."""
    unread: tuple[str, ...] = ()
    """Names of declarations that could not be read: whoever uses them has made no mistake."""


Provision = Figure | Rule | Table | Scale | Group
"""Declarations with a name, a value and a text that can have versions."""

Named = Provision | Notice
"""Declarations with a name and dates: what amendments change."""

Declaration = (
    Instrument
    | Continued
    | Scheme
    | Entity
    | Role
    | Choice
    | Unit
    | Group
    | Input
    | Figure
    | Rule
    | Table
    | Scale
    | Unwritten
    | Challenge
    | Duty
    | StandingCheck
    | Operation
    | Case
)
