"""Made-up rule books: figures, scales, rules, tables and groups, each reading only what stands before it."""

from __future__ import annotations

import re

from attrs import define

from tests.reference.pen import (
    AMOUNTS,
    COLOURS,
    STEMS,
    Phrase,
    Term,
    day_text,
    within,
    written,
)
from tests.reference.setting import EVERYONE, ROLES, MadeUp
from tests.reference.writing_tables import TableWriter
from tests.reference.writing_values import Writer


@define
class BookWriter(TableWriter):
    """Writes a whole book."""

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
        for _ in range(self.pen.upto(2)):
            self._scale()
        for _ in range(3 + self.pen.upto(5)):
            if self.pen.chance(20):
                self._under_another_heading()
            self.pen.one_of([self._rule] * 6 + [self._group] * 2 + [self._table] * 2)()
        return MadeUp("\n".join(self.lines) + "\n", self.entities, self.inputs, self._names(), self.held, self.readings)

    def _names(self) -> list[str]:
        roles = {role for role, _, _ in self.held}
        return [*(term.name for term in self.terms), *(group for group in self.groups if group not in roles)]

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
        if self.pen.chance(35):
            self.lines.append(f'  not encoded "not found" {self._otherwise()}')
        self.terms.append(Term(name, type_, None, max(number or 0 for number in most), True))

    def _otherwise(self) -> str:
        start, until = self._periods(1)[0]
        return f"on every other day from {day_text(start)}{until}{self._made_by()}"

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
        head = len(self.lines)
        writer = self._writer(owner)
        written_values: list[Phrase] = []
        self.readings.append([])
        if self.pen.chance(25):
            for start, until in self._periods(3):
                self.lines.append(f"  version from {day_text(start)}{until}{self._made_by()}")
                written_values += self._body(type_, writer)
            if self.pen.chance(35):
                self.lines.append(f'  version {self._otherwise()} is not encoded "not found"')
        else:
            written_values += self._body(type_, writer)
            if self.pen.chance(40):
                self._refuses(head)
        self.terms.append(Term(name, type_, owner, max(value.decimals or 0 for value in written_values)))
        if self.pen.chance(15):
            self._provision(name, writer.of_these(self.terms[:-1]))

    def _refuses(self, head: int) -> None:
        """Facts that stand badly are refused by a rule that reads them; most rules read few."""
        read = set(re.findall(r"\w+", " ".join(line for line in self.lines[head:] if not line.lstrip().startswith("reading"))))
        facts = [term.name for term in self.terms if term.is_input and term.name in read]
        if facts:
            standings = self.pen.one_of(
                ["estimated", "assumed", "declared", "estimated or assumed", "assumed or estimated or declared"]
            )
            start, until = self._periods(1)[0]
            period = f" from {day_text(start)}{until}" if self.pen.chance(35) else ""
            self.lines.insert(head, f"  refuses {standings} {self.pen.one_of(sorted(facts))}{period}")

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
            condition = writer.of_members() if self.pen.chance(60) else writer.condition(1)
            text = f"    except {name}: {value.text} when {condition.text}"
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
