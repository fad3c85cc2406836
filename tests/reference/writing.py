"""Made-up rule books: instruments, vocabulary, figures, rules and groups, each reading only what stands before it."""

from __future__ import annotations

from datetime import date, timedelta

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
class BookWriter:
    pen: Pen
    entities: list[str] = field(init=False)
    lines: list[str] = field(factory=list)
    inputs: list[Input] = field(factory=list)
    terms: list[Term] = field(factory=list)
    groups: dict[str, tuple[str, str]] = field(factory=dict)
    roles: dict[str, tuple[str, str]] = field(factory=dict)
    held: list[tuple[str, str, str]] = field(factory=list)
    readings: list[list[str]] = field(factory=list)
    instruments: list[str] = field(factory=list)
    heading: str | None = None
    policies: set[str] = field(factory=set)
    count: int = 0

    def __attrs_post_init__(self) -> None:
        self.entities = self.pen.one_of([["household", "person"], ["household", "person"], ["household", "family", "person"]])

    def book(self) -> MadeUp:
        self._instruments()
        for entity, inside in zip(self.entities, [*self.entities[1:], None], strict=True):
            self.lines.append(f"entity {entity} contains {inside}" if inside else f"entity {entity}")
        self.lines.append(f'choice colour "Colour" : {", ".join(COLOURS)}')
        self.lines.append("unit visit plural visits")
        for role, number in ROLES.items():
            if self.pen.chance(35):
                self._role(role, number)
        for _ in range(4 + self.pen.upto(5)):
            self._input()
        for _ in range(1 + self.pen.upto(3)):
            self._figure()
        for _ in range(3 + self.pen.upto(5)):
            if self.pen.chance(20):
                self._under_another_heading()
            self._group() if self.pen.chance(20) else self._rule()
        return MadeUp("\n".join(self.lines) + "\n", self.entities, self.inputs, self._names(), self.held, self.readings)

    def _names(self) -> list[str]:
        roles = {role for role, _, _ in self.held}
        return [*(term.name for term in self.terms), *(group for group in self.groups if group not in roles)]

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
        if self.pen.chance(60):
            clauses += f" short months: {self.pen.one_of(['last day', 'next month'])}"
        self.lines.append(f'instrument {name} "{name}" {clauses}')
        self.instruments.append(name)

    def _under_another_heading(self) -> None:
        if self.instruments:
            self.heading = self.pen.one_of(self.instruments)
            self.lines.append(f"instrument {self.heading} continued")

    def _made_by(self) -> str:
        return f" made by {self.pen.one_of(self.instruments)}" if self.instruments and self.pen.chance(40) else ""

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
            self._name(STEMS[type_]), type_, owner, 2 if "£" in type_ else 6 if type_ == "%" else 0 if _is_whole(type_) else 4
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

    # ---- provisions -------------------------------------------------------------------------------------------------

    def _writer(self, owner: str | None) -> Writer:
        if owner is None or owner == EVERYONE:
            return Writer(self.pen, owner, [], [], self.terms)
        at = self.entities.index(owner)
        return Writer(self.pen, owner, self.entities[at + 1 :], self.entities[:at], self.terms, self.groups, self.roles)

    def _figure(self) -> None:
        type_ = self.pen.one_of(["£ a week", "£", "%", "number", "whole number", "£ an hour", "days", "years"])
        name = self._name("rate")
        self.lines.append(f'figure {name} "{name}" : {type_}')
        most: list[int | None] = [0]
        for start, until in self._periods(3):
            if self.pen.chance(12):
                self.lines.append(f'  not encoded "not found" from {day_text(start)}{until}{self._made_by()}')
                continue
            writer = self._writer(None)
            value = writer.amount(type_, 1) if self.pen.chance(30) else self.pen.literal(type_)
            value = self._finished(type_, writer, value, has_policy=False)
            self.lines.append(f"  {value.text} from {day_text(start)}{until}{self._made_by()}")
            most.append(value.decimals)
        self.terms.append(Term(name, type_, None, max(number or 0 for number in most), True))

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

    def _group(self) -> None:
        owner = self.pen.one_of(self.entities[:-1])
        member = over = self.entities[-1]
        if self.pen.chance(35):
            within_it = [name for name, (of, inside) in self.groups.items() if of == owner and inside == member]
            over = self.pen.one_of([member, *within_it])
        condition = self._writer(owner).of(member).condition(2)
        name = self._name("group")
        self.lines.append(f'group {name} of {owner} "{name}" : {over} where {within(condition, 0)}')
        self.groups[name] = (owner, member)

    def _rule(self) -> None:
        type_ = self.pen.one_of([*STEMS, "£ a week", "£ a week", "£", "yes/no", "yes/no", "whole number"])
        owner = self.pen.one_of([*self.entities * 2, self.entities[-1], self.entities[0], EVERYONE])
        if type_ in ("text", "colour") and not self._writer(owner).readable(type_):
            type_ = "yes/no"
        name = self._name("is_" + STEMS[type_] if type_ == "yes/no" else f"{STEMS[type_]}_worked_out")
        text = f'rule {name} of {owner} "{name}" : {type_}'
        if type_ in AMOUNTS and self.pen.chance(15):
            text += f" range {written(type_, '0')} to {written(type_, '40')}"
        self.lines.append(text)
        writer = self._writer(owner)
        written_values: list[Phrase] = []
        self.readings.append([])
        if self.pen.chance(25):
            for start, until in self._periods(3):
                self.lines.append(f"  version from {day_text(start)}{until}{self._made_by()}")
                written_values += self._body(type_, writer)
        else:
            written_values += self._body(type_, writer)
        self.terms.append(Term(name, type_, owner, max(value.decimals or 0 for value in written_values)))
        if self.pen.chance(15):
            self._provision(name, writer.of_these(self.terms[:-1]))

    def _provision(self, term: str, writer: Writer) -> None:
        """Something of the law that has no term, and affects one."""
        kind = self.pen.one_of(["not encoded", "discretionary"])
        text = f'provision "Article 8" {kind} "not written here" affecting {term} when {writer.condition(1).text}'
        if self.pen.chance(40):
            start, until = self._periods(1)[0]
            text += f" from {day_text(start)}{until}"
        self.lines.append(text)

    def _body(self, type_: str, writer: Writer) -> list[Phrase]:
        """Alternatives, then exceptions."""
        values = self._alternatives(type_, writer)
        names: list[str] = []
        for _ in range(self.pen.one_of([0, 0, 0, 1, 2, 3])):
            value = values[-1] if self.pen.chance(30) else self._value(type_, writer)
            name = self._name("case")
            text = f"    except {name}: {value.text} when {writer.condition(1).text}"
            beaten = self.pen.some(names)
            if beaten:
                text += f" prevails over {', '.join(beaten)}"
            if self.pen.chance(20):
                start, until = self._periods(1)[0]
                text += f" from {day_text(start)}{until}{self._made_by()}"
            else:
                names.append(name)
            self.lines.append(text)
            values.append(value)
        if self.pen.chance(15):
            self.readings[-1].append(self._name("reading"))
            self.lines.append(f'    reading {self.readings[-1][-1]} "Another reading"')
            values += self._alternatives(type_, writer)
        return values

    def _alternatives(self, type_: str, writer: Writer) -> list[Phrase]:
        values = []
        word = "is"
        for _ in range(self.pen.one_of([0, 0, 1, 2])):
            values.append(self._value(type_, writer))
            self.lines.append(f"    {word} {values[-1].text} when {writer.condition(2).text}")
            word = "otherwise"
        values.append(self._value(type_, writer))
        self.lines.append(f"    {word} {values[-1].text}")
        return values

    def _value(self, type_: str, writer: Writer) -> Phrase:
        """What a rule is in one of its cases."""
        if self.pen.chance(4):
            return Phrase('not encoded "not found"', VALUE)
        if type_ == "yes/no":
            return writer.condition(3) if self.pen.chance(90) else Phrase(self.pen.one_of(["yes", "no"]))
        if type_ == "date":
            return writer.day(2)
        if type_ in ("text", "colour"):
            return writer.read(self.pen.one_of(writer.readable(type_)))
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
        case "date":
            return day_text(pen.one_of([date(1980, 5, 3), date(2008, 2, 29), date(2010, 1, 31), *DAYS]))
        case "text":
            return f'"{pen.one_of(REMARKS)}"'
        case "colour":
            return pen.one_of(COLOURS)
    digits = pen.digits(type_)
    if pen.chance(15) and (asked.low is None or float(digits) <= -float(asked.low)):
        digits = "-" + digits
    return written(type_, digits)
