"""The syntax tree of provisions: figures, rules, tables, scales and groups, and law that has no term."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from grammar.content import span_field
from grammar.source import Span
from grammar.syntax import (
    Cite,
    DateText,
    Expr,
    MadeBy,
    Number,
    Period,
    Ref,
    Rounding,
    Text,
    Tree,
    TypeText,
    Word,
    YesNo,
)


@frozen(kw_only=True, eq=False, repr=False)
class Group(Tree):
    name: str
    of: Word
    title: str
    over: Word
    """A kind of entity, a role or another group."""
    condition: Expr
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Dated(Tree):
    """One dated value of a figure."""

    value: Expr
    period: Period
    cites: tuple[Cite, ...] = ()
    made_by: tuple[MadeBy, ...] = ()
    being: Being | None = None
    readings: tuple[Reading, ...] = ()
    """Other values that it may have: of a draft that leaves a choice, or of words that bear another."""
    is_otherwise: bool = False
    """Whether it stands for those days of its period on which no other value is in force."""
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Being(Tree):
    """`being 3.1% more, rounded to the nearest 7p`: how the law says that a value follows from the one before it."""

    change: Number
    """A percentage, or an amount."""
    is_less: bool
    rounding: Rounding | None
    despite: str | None
    """Why the printed figure stands although it does not follow."""
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
class Reading(Tree):
    """Another meaning that the words of a rule bear, in place of its alternatives; run only when it is chosen by name."""

    name: str
    title: str
    alternatives: tuple[Alternative, ...]
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Version(Tree):
    """What a rule says in a period; None is for as long as its instrument is in force."""

    period: Period | None
    alternatives: tuple[Alternative, ...]
    exceptions: tuple[ExceptionClause, ...]
    readings: tuple[Reading, ...] = ()
    cites: tuple[Cite, ...] = ()
    made_by: tuple[MadeBy, ...] = ()
    is_otherwise: bool = False
    """Whether it stands for those days of its period on which no other version is in force."""
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Payable(Tree):
    """What is an award: by which time it is paid, and how a payment is rounded."""

    by: Literal["day", "week", "month", "calendar year"]
    rounding: Rounding | None = None
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Refuses(Tree):
    """`refuses estimated or assumed pay ask "payslips"`: facts that do not stand well enough for a rule that reads them (S81)."""

    standings: tuple[str, ...]
    facts: tuple[Word, ...]
    evidence: str | None = None
    """What has to be brought instead."""
    period: Period | None = None
    cites: tuple[Cite, ...] = ()
    span: Span = span_field()

    def stands(self, on: date) -> bool:
        """Whether it is in force on a day."""
        period = self.period
        return period is None or (period.start <= on and (period.end is None or on <= period.end))


@frozen(kw_only=True, eq=False, repr=False)
class Rule(Tree):
    name: str
    of: Word
    title: str
    type: TypeText
    versions: tuple[Version, ...]
    exceptions: tuple[ExceptionClause, ...] = ()
    """Those that stand above the versions: in each of them, on their own days."""
    payable: Payable | None = None
    refuses: tuple[Refuses, ...] = ()
    low: Number | None = None
    high: Number | None = None
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    because: str | None = None
    name_span: Span = span_field()
    span: Span = span_field()


Bound = Number | DateText | Word
"""An end of a range of values in a table: an amount, a date, or a figure by its name."""


@frozen(eq=False, repr=False)
class Cell(Tree):
    """What a column must be for a row to hold: within two ends (None: unbounded), one of some answers, or anything."""

    low: Bound | None = None
    high: Bound | None = None
    low_included: bool = True
    high_included: bool = True
    answers: tuple[Word | YesNo | Text, ...] = ()
    span: Span = span_field()

    @property
    def is_any(self) -> bool:
        return self.low is None and self.high is None and not self.answers


@frozen(kw_only=True, eq=False, repr=False)
class Row(Tree):
    """`row a: yes, 3 to 4, any gives £13,706`: a cell for each column, and the value where all of them hold."""

    name: str
    cells: tuple[Cell, ...]
    value: Expr
    period: Period | None = None
    made_by: tuple[MadeBy, ...] = ()
    cites: tuple[Cite, ...] = ()
    because: str | None = None
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class TableVersion(Tree):
    """What a table says in a period; None is for as long as its instrument is in force."""

    period: Period | None
    columns: tuple[Ref, ...]
    rows: tuple[Row, ...]
    otherwise: Alternative | None = None
    """What holds where no row does."""
    cites: tuple[Cite, ...] = ()
    made_by: tuple[MadeBy, ...] = ()
    omission_span: Span | None = None
    """Where an amendment omits the last of the rows that are gone."""
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Table(Tree):
    """A decision table: the value of the one row whose cells all hold (S34)."""

    name: str
    of: Word
    title: str
    type: TypeText
    versions: tuple[TableVersion, ...]
    payable: Payable | None = None
    refuses: tuple[Refuses, ...] = ()
    low: Number | None = None
    high: Number | None = None
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    because: str | None = None
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Band(Tree):
    """`band 20% up to £5,000`; the last one, `band 40% above £5,000`, has no end and repeats the limit before it."""

    rate: Bound
    limit: Bound
    is_last: bool
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class ScaleVersion(Tree):
    """What a scale says in a period; None is for as long as its instrument is in force."""

    period: Period | None
    bands: tuple[Band, ...]
    cites: tuple[Cite, ...] = ()
    made_by: tuple[MadeBy, ...] = ()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Scale(Tree):
    """A marginal scale: each band's rate on the part of an amount that lies in it (S29)."""

    name: str
    title: str
    type: TypeText
    """Of what it gives: the rate times what it is applied to."""
    versions: tuple[ScaleVersion, ...]
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    because: str | None = None
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Affecting(Tree):
    """`affecting award when abroad`: which term cannot be given, and for whom (S65)."""

    term: Word
    condition: Expr
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Unwritten(Tree):
    """A provision of the law without a term: not encoded, and why; or left to somebody's discretion, and whose."""

    place: str
    """The provision, as it is cited."""
    kind: Literal["not encoded", "discretionary"]
    why: str
    """Why it is not encoded, or who decides."""
    affecting: tuple[Affecting, ...] = ()
    period: Period | None = None
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class StandingCheck(Tree):
    """`every figure in £ a week is a multiple of 7p`: said of the figures of its instrument, on every day."""

    type: TypeText
    multiple: Number
    excepted: tuple[Word, ...] = ()
    period: Period | None = None
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    span: Span = span_field()
