"""The syntax tree of amendments: what an instrument does to the text of another."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from grammar.content import span_field
from grammar.notices import Challenge, Duty
from grammar.provisions import Being, ExceptionClause, Figure, Group, Reading, Row, Rule, Scale, Table, Unwritten
from grammar.source import Span
from grammar.syntax import Cite, Expr, NotEncoded, Tree, Word

Kind = Literal["figure", "rule", "table", "scale", "group", "challenge", "duty"]


@frozen(eq=False, repr=False)
class PartName(Tree):
    """`row e` of a table, `exception a_child` of a rule."""

    kind: Literal["row", "exception"]
    name: Word
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Replace(Tree):
    """`in child_rate for £62.09 per week substitute £63.98 per week`: words that stand there, and those that are to stand."""

    target: Word
    """A provision; or an amendment that has not yet commenced."""
    part: PartName | None
    old: Expr
    """`not encoded` without its reason for whatever is not."""
    new: Expr
    everywhere: bool
    """`wherever it occurs`: at every place, of which there is at least one."""
    being: Being | None
    readings: tuple[Reading, ...] = ()
    """Of a figure's new value: the others among which a draft leaves the choice (S67)."""
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Unknown(Tree):
    """`in adult_rate, child_rate substitute not encoded "why"`: what a missing instrument may have changed."""

    targets: tuple[Word, ...]
    text: NotEncoded
    span: Span = span_field()


@frozen(eq=False, repr=False)
class InsertPart(Tree):
    """`in counted_earnings insert except in_care: …`, `in capital_disregard insert row g: … before e`."""

    target: Word
    clause: ExceptionClause | Row
    before: Word | None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class SubstitutePart(Tree):
    """`in counted_earnings substitute except a_child: …`: an exception or a row in place of the one of that name."""

    target: Word
    clause: ExceptionClause | Row
    span: Span = span_field()


@frozen(eq=False, repr=False)
class OmitPart(Tree):
    """`in capital_disregard omit row f`."""

    target: Word
    part: PartName
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Insert(Tree):
    """`insert figure carer_rate "Carer component rate" : £ a week …`: a provision that was not there."""

    text: Figure | Rule | Table | Scale | Group | Unwritten | Challenge | Duty
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Substitute(Tree):
    """`substitute rule award of household …`: a provision in place of the one of that name."""

    text: Figure | Rule | Table | Scale | Group | Unwritten | Challenge | Duty
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Omit(Tree):
    """`omit rule parking`, `omit provision "Article 8"`."""

    kind: Kind | Literal["provision"]
    target: Word
    span: Span = span_field()


@frozen(eq=False, repr=False)
class OmitAmendment(Tree):
    """`omit amendment amendment_4`: what of it has not yet commenced never will."""

    target: Word
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Rename(Tree):
    """`rename earnings_disregard_rate to disregard_rate`: another name for the same thing."""

    target: Word
    name: Word
    span: Span = span_field()


Action = Replace | Unknown | InsertPart | SubstitutePart | OmitPart | Insert | Substitute | Omit | OmitAmendment | Rename


@frozen(eq=False, repr=False)
class Saved(Tree):
    """`saved for household when claim_date < 1 October 2010 until 30 September 2012`: for whom the old text stands on."""

    entity: Word
    condition: Expr
    until: date | None
    span: Span = span_field()


@frozen(kw_only=True, eq=False, repr=False)
class Operation(Tree):
    """One thing that an amendment does, when, and for whom it does not."""

    action: Action
    commences: date | None = None
    """None: with the amendment."""
    until: date | None = None
    """The last day of a change for a time; the text before it then stands again."""
    retrospective: bool = False
    """It takes effect before the day on which it was made."""
    provision: str | None = None
    """The place in the amendment."""
    saved: tuple[Saved, ...] = ()
    cites: tuple[Cite, ...] = ()
    """Where it is said what the new text is, beside the places that the provision itself cites."""
    notes: tuple[str, ...] = ()
    span: Span = span_field()

    @property
    def targets(self) -> tuple[Word, ...]:
        """The names of what is amended; of what is inserted or substituted whole, its own."""
        if isinstance(self.action, Unknown):
            return self.action.targets
        if isinstance(self.action, Insert | Substitute):
            text = self.action.text
            name = text.place if isinstance(text, Unwritten) else text.name
            return (Word(name, span=text.name_span),)
        return (self.action.target,)
