"""The syntax tree of values: what a writer wrote, each node frozen and with its place.

Spans take no part in equality, so two texts with the same meaning compare equal however they are laid out. Sums and
products are flat (`a - b - c` has three terms): an explanation shows them as one line, and a long one nests nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from grammar.content import Tree as Tree
from grammar.content import span_field
from grammar.source import Span
from grammar.stretches import Days as Days
from grammar.stretches import EndOf as EndOf
from grammar.stretches import InMonths as InMonths
from grammar.stretches import InStretch as InStretch
from grammar.stretches import OnDay as OnDay
from grammar.stretches import OnDays as OnDays
from grammar.stretches import Stretch as Stretch

Powers = tuple[tuple[str, int], ...]
"""A unit as written: symbols with their powers, sorted; `£ a week` is (("week", -1), ("£", 1)), a plain number is ().

A declared unit stands in it as written, singular or plural; the engine knows which is which."""


# ---- expressions ----------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Number(Tree):
    """An amount, a percentage or a plain number: `digits` × 10^-places; `16.5%` is 165 × 10^-3 with `percent`."""

    digits: int
    places: int
    unit: Powers = ()
    percent: bool = False
    span: Span = span_field()


@frozen(eq=False, repr=False)
class DateText(Tree):
    value: date
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Never(Tree):
    """The day of what has not happened."""

    span: Span = span_field()


@frozen(eq=False, repr=False)
class YesNo(Tree):
    value: bool
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Text(Tree):
    value: str
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Word(Tree):
    """A bare word where a value of a choice stands: the right of `is`, a fact's value."""

    name: str
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Ref(Tree):
    """A term by name; `rent of household` names whose it is."""

    name: str
    of: str | None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Sum(Tree):
    """Terms added (+1) or taken away (-1), in the order written; there are two or more."""

    terms: tuple[tuple[int, Expr], ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Product(Tree):
    """Factors multiplied (+1) or divided by (-1), from left to right; there are two or more."""

    factors: tuple[tuple[int, Expr], ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Extreme(Tree):
    """`lower of (…)` and `higher of (…)` of amounts, `earlier of (…)` and `later of (…)` of dates."""

    which: Literal["lower", "higher", "earlier", "later"]
    operands: tuple[Expr, ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Members(Tree):
    """A group's members, or an entity's, narrowed by `where`."""

    group: str
    where: Expr | None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Aggregate(Tree):
    """`sum of x over group`, `highest of …`, `lowest of …`; of dates `earliest of …`, `latest of …`; also over days."""

    which: Literal["sum", "highest", "lowest", "earliest", "latest"]
    operand: Expr
    members: Members | Days
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Count(Tree):
    members: Members | Days
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Quantified(Tree):
    """`any of group meet (…)`, `all of …`, `none of …`."""

    which: Literal["any", "all", "none"]
    members: Members
    condition: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class RankKey(Tree):
    """`highest pay`: by which term of the members, and which end of it comes first."""

    first: Literal["highest", "lowest", "earliest", "latest"]
    term: Word
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Rank(Tree):
    """`rank among children by earliest date_of_birth then highest pay ties equal`."""

    group: str
    keys: tuple[RankKey, ...]
    ties: Literal["equal", "listed"] | None
    """None: members alike in every key are refused."""
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Applied(Tree):
    """`tax_bands applied to income`."""

    scale: str
    operand: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Elapsed(Tree):
    """`years from a to b`: whole ones."""

    unit: str
    start: Expr
    end: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class ForEach(Tree):
    """`£1 per week for each complete £250 of x`; with `or part of it` a part counts as one."""

    amount: Expr
    size: Number
    of: Expr
    part_counts: bool
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Within(Tree):
    """`day is within 13 weeks beginning with start`: from the start, for so long; its last day is the one before 13 weeks on."""

    day: Expr
    length: Expr
    start: Expr
    negated: bool
    span: Span = span_field()


Order = Literal["=", "≠", "<", "<=", ">", ">="]


@frozen(eq=False, repr=False)
class Compare(Tree):
    left: Expr
    order: Order
    right: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Is(Tree):
    """`tenure is one of (owner, tenant)`, `tenure is not owner`, `adult is yes`."""

    left: Expr
    answers: tuple[Word | YesNo | Text | Never, ...]
    negated: bool
    span: Span = span_field()


@frozen(eq=False, repr=False)
class And(Tree):
    parts: tuple[Expr, ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Or(Tree):
    parts: tuple[Expr, ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Not(Tree):
    operand: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Limb(Tree):
    """`(a) cite "Article 3(1)(a)": age >= 16`."""

    label: str
    condition: Expr
    cites: tuple[Cite, ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Limbs(Tree):
    """`all of (a) … (b) …`: a condition as the law sets it out, each limb with its own citation."""

    which: Literal["all", "any", "none"]
    limbs: tuple[Limb, ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Rounding(Tree):
    """`rounded to the nearest 1p`: mode, and the amount whose multiples are allowed."""

    mode: Literal["nearest", "half even", "up", "down"]
    to: Number
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Limit(Tree):
    """`but not less than` (floor) or `but not more than` (ceiling) a value."""

    which: Literal["floor", "ceiling"]
    value: Expr
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Unrounded(Tree):
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Limited(Tree):
    """A value and what is done to the whole of it, from left to right."""

    value: Expr
    limits: tuple[Limit | Rounding | Unrounded, ...]
    span: Span = span_field()


@frozen(eq=False, repr=False)
class NotEncoded(Tree):
    """Law that is not written here, and why."""

    reason: str
    """"" in the words that an amendment replaces, where it quotes no reason."""
    span: Span = span_field()


Expr = (
    Number
    | DateText
    | Never
    | YesNo
    | Text
    | Ref
    | Sum
    | Product
    | Extreme
    | Aggregate
    | Count
    | Quantified
    | Rank
    | Applied
    | Elapsed
    | Within
    | InStretch
    | InMonths
    | EndOf
    | OnDay
    | OnDays
    | ForEach
    | Compare
    | Is
    | And
    | Or
    | Not
    | Limbs
    | Limited
    | NotEncoded
)


# ---- what declarations share ----------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Cite(Tree):
    """Where in the law; `instrument` is a name, or None for the instrument whose heading comes before."""

    instrument: str | None
    text: str
    span: Span = span_field()


@frozen(eq=False, repr=False)
class MadeBy(Tree):
    """The instrument that made a version, and the provision of it."""

    instrument: str
    provision: str | None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class Period(Tree):
    """Both days included; no `until` is no end."""

    start: date
    end: date | None
    span: Span = span_field()


@frozen(eq=False, repr=False)
class TypeText(Tree):
    """A type as written; `choice` is a name (of a choice, or a declared unit), `unit` that of an amount."""

    kind: Literal["yes/no", "date", "date or never", "text", "number", "whole number", "%", "choice", "amount"]
    unit: Powers = ()
    choice: str | None = None
    span: Span = span_field()


FactValue = Number | DateText | Never | YesNo | Text | Word
"""What may stand after `is` in a case."""
