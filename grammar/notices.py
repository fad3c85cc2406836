"""The syntax tree of what people are told beside an award: how to challenge a decision, and what they have to report."""

from __future__ import annotations

from attrs import frozen

from grammar.content import span_field
from grammar.source import Span
from grammar.syntax import Cite, MadeBy, NotEncoded, Number, Period, Tree, Word


@frozen(eq=False, repr=False)
class TimeLimit(Tree):
    """`within 1 month after "the decision"`; or why the limit is not known; or, `at any time`, that there is none."""

    length: Number | NotEncoded | None
    """None for `at any time`."""
    after: str | None = None
    """What begins it."""
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Challenge(Tree):
    """`challenge appeal "Appeal to the Tribunal"`: what somebody can do who thinks that a decision is wrong (S79)."""

    name: str
    title: str
    to: str | None = None
    """Who decides it."""
    within: TimeLimit
    giving: str | None = None
    """What it has to say."""
    after: tuple[Word, ...] = ()
    """The challenges that come before it."""
    period: Period | None = None
    made_by: tuple[MadeBy, ...] = ()
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Duty(Tree):
    """`duty report_changes "Tell the Department about changes"`: what has to be reported, to whom and by when (S80)."""

    name: str
    title: str
    to: str | None = None
    """Who has to be told."""
    within: TimeLimit
    about: tuple[Word, ...] = ()
    """The facts of which a change has to be reported."""
    also: tuple[str, ...] = ()
    """What else has to be reported, and is no fact: that somebody moves in."""
    period: Period | None = None
    made_by: tuple[MadeBy, ...] = ()
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    name_span: Span = span_field()
    span: Span = span_field()


Notice = Challenge | Duty
"""What has a name and dates as a rule has, and no value."""


def is_time(length: object) -> bool:
    """Whether it is a whole number of hours, days, weeks, months or years, and not none of them."""
    return (
        isinstance(length, Number)
        and length.digits > 0
        and length.places == 0
        and length.unit in {((unit, 1),) for unit in ("hour", "day", "week", "month", "year")}
    )
