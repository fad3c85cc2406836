"""What a made-up book rests on: instruments, who there is, what is asked; and the value of one case of a rule."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from attrs import define, field

from tests.reference.pen import (
    AMOUNTS,
    COLOURS,
    DAYS,
    LAW_DAYS,
    REMARKS,
    STEMS,
    VALUE,
    WHOLE,
    Pen,
    Phrase,
    Term,
    day_text,
    within,
    written,
)
from tests.reference.writing_days import day_or_never
from tests.reference.writing_values import Writer

INSTRUMENTS = {"first_order": date(2008, 1, 21), "second_order": date(2009, 9, 1), "third_order": date(2010, 12, 1)}
"""Those that there may be, and when each was made; a fourth is a draft."""
DRAFT = "draft_order"
EVERYONE = "everyone"
ROLES = {"claimant": "one", "partner": "at most one", "dependant": "any number of"}
COMMENCEMENTS = [LAW_DAYS[0], *LAW_DAYS[:3]]


@define
class Input:
    """Something that is asked, with the range in which its answers lie."""

    term: Term
    low: str | None = None
    high: str | None = None


@define
class MadeUp:
    """A rule book as text, and what is needed to make up households for it."""

    text: str
    entities: list[str]
    """From the outermost to the innermost."""
    inputs: list[Input]
    terms: list[str]
    """What can be asked: every term and group."""
    roles: list[tuple[str, str, str]]
    """Each role, by whom it is held, and by how many."""
    readings: list[list[str]]
    """The other readings of each rule that has some."""


@define
class Setting:
    """A book as far as it is written, and what can be used in what comes next."""

    pen: Pen
    entities: list[str] = field(init=False)
    lines: list[str] = field(factory=list)
    inputs: list[Input] = field(factory=list)
    terms: list[Term] = field(factory=list)
    groups: dict[str, tuple[str, str]] = field(factory=dict)
    roles: dict[str, tuple[str, str]] = field(factory=dict)
    scales: list[tuple[str, str]] = field(factory=list)
    held: list[tuple[str, str, str]] = field(factory=list)
    readings: list[list[str]] = field(factory=list)
    instruments: list[str] = field(factory=list)
    heading: str | None = None
    policies: set[str] = field(factory=set)
    count: int = 0

    def __attrs_post_init__(self) -> None:
        self.entities = self.pen.one_of([["household", "person"], ["household", "person"], ["household", "family", "person"]])

    # ---- instruments ------------------------------------------------------------------------------------------------

    def _instruments(self) -> None:
        for name, made in INSTRUMENTS.items():
            if self.pen.chance(60):
                when = f"made before {day_text(made)}" if self.pen.chance(20) else f"made {day_text(made)}"
                self._instrument(name, f"{when} commences {day_text(self.pen.one_of(COMMENCEMENTS))}")
        if self.instruments and self.pen.chance(20):
            self._instrument(DRAFT, f"commences {day_text(self.pen.one_of(LAW_DAYS))}")
        self.heading = self.instruments[-1] if self.instruments else None

    def _instrument(self, name: str, clauses: str) -> None:
        if self.pen.chance(40):
            clauses += " money rounded " + self.pen.one_of(
                ["to the nearest 1p", "up to 1p", "down to a multiple of 7p", "to the nearest £1 half even"]
            )
            self.policies.add(name)
        if self.pen.chance(45):
            clauses += f" short months: {self.pen.one_of(['last day', 'next month'])}"
        self.lines.append(f'instrument {name} "{name}" {clauses}')
        self.instruments.append(name)

    def _under_another_heading(self) -> None:
        if self.instruments:
            self.heading = self.pen.one_of(self.instruments)
            self.lines.append(f"instrument {self.heading} continued")

    def _made_by(self) -> str:
        return f" made by {self.pen.one_of(self.instruments)}" if self.instruments and self.pen.chance(40) else ""

    def _periods(self, most: int) -> list[tuple[date, str]]:
        """Some first days, each with an `until` before the next, or without."""
        starts = self.pen.some(LAW_DAYS, 1)[:most]
        if self.pen.chance(50):
            starts[0] = LAW_DAYS[0]
        periods = []
        for place, start in enumerate(starts):
            following = starts[place + 1] if place + 1 < len(starts) else date(2011, 4, 2)
            end = following - timedelta(days=1 + 30 * self.pen.upto(1))
            periods.append((start, f" until {day_text(end)}" if self.pen.chance(35) and end >= start else ""))
        return periods

    # ---- vocabulary -------------------------------------------------------------------------------------------------

    def _name(self, stem: str) -> str:
        self.count += 1
        return f"{stem}_{self.count}"

    def _role(self, role: str, number: str) -> None:
        of, holder = self.entities[0], self.entities[-1]
        self.lines.append(f'role {role} of {of} "{role}" : {number} {holder}')
        self.held.append((role, holder, number))
        self.groups[role] = (of, holder)
        if number != "any number of":
            self.roles[role] = (of, holder)

    def _input(self) -> None:
        type_ = self.pen.one_of([*STEMS, "yes/no", "yes/no", "date", "£ a week", "whole number"])
        owner = self.pen.one_of([self.entities[-1], self.entities[-1], *self.entities, EVERYONE])
        term = Term(
            self._name(STEMS[type_]),
            type_,
            owner,
            2 if "£" in type_ else 6 if type_ == "%" else 0 if _is_whole(type_) else 4,
            is_input=True,
        )
        made = Input(term)
        text = f'input {term.name} of {owner} "{term.name}" : {type_}'
        if type_ in AMOUNTS and self.pen.chance(50):
            made = Input(term, self.pen.one_of(["0", "0", "-40"]), "400")
            text += f" range {written(type_, made.low or '')} to {written(type_, '400')}"
        if self.pen.chance(35):
            text += f" default {fact(self.pen, made)}"
        self.lines.append(text)
        self.inputs.append(made)
        self.terms.append(term)

    def _writer(self, owner: str | None) -> Writer:
        if owner is None or owner == EVERYONE:
            return Writer(self.pen, owner, [], [], self.terms)
        at = self.entities.index(owner)
        return Writer(
            self.pen, owner, self.entities[at + 1 :], self.entities[:at], self.terms, self.groups, self.roles, self.scales
        )

    # ---- values -----------------------------------------------------------------------------------------------------

    def _value(self, type_: str, writer: Writer) -> Phrase:
        """What a rule is in one of its cases."""
        if self.pen.chance(4):
            return Phrase('not encoded "not found"', VALUE)
        if type_ == "yes/no":
            return writer.condition(3) if self.pen.chance(90) else Phrase(self.pen.one_of(["yes", "no"]))
        if type_ == "date or never":
            return writer.day(1) if self.pen.chance(40) else day_or_never(writer)
        if type_ == "date":
            return writer.day(2)
        if type_ in ("text", "colour"):
            return writer.read(self.pen.one_of(writer.readable(type_)))
        if type_ == "whole number" and writer.rankings() and self.pen.chance(60):
            return writer.rank(type_, 0)
        if type_ == "whole number" and self.pen.chance(20):
            unit = self.pen.one_of(["years", "months", "weeks", "days"])
            return writer.elapsed(unit, 1)
        if type_ not in ("%", *WHOLE) and self.pen.chance(15):
            return writer.quotient(type_, 2)
        return self._finished(type_, writer, writer.amount(type_, 3), self.heading in self.policies)

    def _finished(self, type_: str, writer: Writer, value: Phrase, has_policy: bool) -> Phrase:
        """Rounded, where a value might never end or be money of more than two decimals (S13, S14, S20)."""
        if value.decimals is None:
            return writer.rounded(type_, value)
        if "£" in type_ and (value.decimals > 2 or self.pen.chance(10)) and (not has_policy or self.pen.chance(40)):
            if self.pen.chance(50):
                return Phrase(f"{within(value, 4)}, unrounded", VALUE, value.decimals)
            return writer.rounded(type_, value)
        return value


def _is_whole(type_: str) -> bool:
    return type_ == "whole number"


def fact(pen: Pen, asked: Input) -> str:
    """A value that a fact may have, as it is written in a case."""
    type_ = asked.term.type
    match type_:
        case "yes/no":
            return pen.one_of(["no", "yes"])
        case "date or never" if pen.chance(40):
            return "never"
        case "date" | "date or never":
            return day_text(pen.one_of([date(1980, 5, 3), date(2008, 2, 29), date(2010, 1, 31), *DAYS]))
        case "text":
            return f'"{pen.one_of(REMARKS)}"'
        case "colour":
            return pen.one_of(COLOURS)
    digits = pen.digits(type_)
    if pen.chance(15) and (asked.low is None or Fraction(digits) <= -Fraction(asked.low)):
        digits = "-" + digits
    return written(type_, digits)
