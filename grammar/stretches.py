"""The syntax tree of other days: stretches of days, and values as they are on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from grammar.content import Tree, span_field
from grammar.source import Span

if TYPE_CHECKING:
    from grammar.syntax import Expr


@frozen(eq=False, repr=False)
class Stretch(Tree):
    """`the 7 days before a`, `the month of a`: days one after another.

    `of`, `before` and `but one before` are of a calendar month, quarter or year (`unit`); `length before`, `length beginning`
    and `length ending` of so many days, weeks, months or years (`length`); `from to` of two days, the last in `length`.
    """

    kind: Literal["of", "before", "but one before", "length before", "length beginning", "length ending", "from to"]
    day: Expr
    unit: Literal["month", "quarter", "year"] | None = None
    length: Expr | None = None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Days(Tree):
    """`days in the month of a where (temperature < 0)`."""

    stretch: Stretch
    where: Expr | None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class OnDay(Tree):
    """`capital on claim_date`: a value as it is on another day."""

    operand: Expr
    day: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class OnDays(Tree):
    """`receives on any day in the 7 days before a`; `running` is how many days one after another it takes."""

    which: Literal["any", "every", "no", "running"]
    operand: Expr
    stretch: Stretch
    running: Expr | None = None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class EndOf(Tree):
    """`first day of the month of a`, `last day of …`."""

    which: Literal["first", "last"]
    stretch: Stretch
    span: Span = span_field()


@frozen(eq=False, repr=False)
class InStretch(Tree):
    """`a is within the month of b`."""

    day: Expr
    stretch: Stretch
    negated: bool
    span: Span = span_field()


@frozen(eq=False, repr=False)
class InMonths(Tree):
    """`a is within October to April`, of whatever year: both months are numbered from 1, and belong to it."""

    day: Expr
    first: int
    last: int
    negated: bool
    span: Span = span_field()
