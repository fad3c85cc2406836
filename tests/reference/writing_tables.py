"""Made-up tables and scales (S29, S34)."""

from __future__ import annotations

from datetime import date
from itertools import product

from attrs import define

from tests.reference.pen import (
    AMOUNTS,
    COLOURS,
    REMARKS,
    Phrase,
    Term,
    day_text,
    written,
)
from tests.reference.setting import EVERYONE, Setting
from tests.reference.writing_values import Writer


@define
class TableWriter(Setting):
    """Writes tables whose rows leave nothing out and never overlap, and scales whose limits rise."""

    def _scale(self) -> None:
        """Bands of rising limits; rates and a limit may be figures."""
        type_ = self.pen.one_of(["£ a week", "£", "hours a week"])
        name = self._name("bands")
        self.lines.append(f'scale {name} "{name}" : {type_}')
        periods = self._periods(2) if self.pen.chance(40) else []
        for start, until in periods:
            self.lines.append(f"  version from {day_text(start)}{until}{self._made_by()}")
            self._bands(type_)
        if not periods:
            self._bands(type_)
        self.scales.append((name, type_))

    def _bands(self, type_: str) -> None:
        rates = [self.pen.literal("%").text, *(term.name for term in self.terms if term.is_figure and term.type == "%")]
        limits = [written(type_, digits) for digits in self.pen.some(["2", "7.50", "20", "100", "250"], 1)]
        figures = [term.name for term in self.terms if term.is_figure and term.type == type_]
        if figures and self.pen.chance(40):
            limits = [self.pen.one_of(figures)]
        for limit in limits:
            self.lines.append(f"    band {self.pen.one_of(rates)} up to {limit}")
        self.lines.append(f"    band {self.pen.one_of(rates)} above {limits[-1]}")

    def _table(self) -> None:
        """Rows for every combination of what its columns can be, or for some of them and for the others `otherwise`."""
        type_ = self.pen.one_of(["£ a week", "£", "yes/no", "whole number", "date", "number"])
        owner = self.pen.one_of([*self.entities, EVERYONE])
        writer = self._writer(owner)
        columns = self.pen.some(writer.readable("yes/no", "colour", "text", "date", *AMOUNTS)[::-1], 1)[: 1 + self.pen.upto(1)]
        if not columns:
            return
        name = self._name("table")
        self.lines.append(f'table {name} of {owner} "{name}" : {type_}')
        values: list[Phrase] = []
        periods = self._periods(2) if self.pen.chance(25) else [None]
        for period in periods:
            if period:
                self.lines.append(f"  version from {day_text(period[0])}{period[1]}{self._made_by()}")
            self.lines.append(f"    by {', '.join(writer.read(column).text for column in columns)}")
            values += self._rows(type_, writer, columns)
        self.terms.append(Term(name, type_, owner, max(value.decimals or 0 for value in values)))

    def _rows(self, type_: str, writer: Writer, columns: list[Term]) -> list[Phrase]:
        found = [self._cells(column) for column in columns]
        first, *others = [cells for cells, _ in found]
        rows = [
            [cell, *rest] for cell in first for rest in (product(*others) if self.pen.chance(70) else [["any"] * len(others)])
        ]
        is_whole = self.pen.chance(50) and all(all_of_it for _, all_of_it in found)
        values = []
        for cells in rows if is_whole else self.pen.some(rows, 1):
            values.append(self._value(type_, writer))
            text = f"    row {self._name('row')}: {', '.join(cells)} gives {values[-1].text}"
            if not is_whole and self.pen.chance(25):
                start, until = self._periods(1)[0]
                text += f" from {day_text(start)}{until}{self._made_by()}"
            self.lines.append(text)
        if not is_whole:
            values.append(self._value(type_, writer))
            self.lines.append(f"    otherwise {values[-1].text}")
        return values

    def _cells(self, column: Term) -> tuple[list[str], bool]:
        """What a column can be, in parts that do not overlap; and whether they leave nothing out."""
        match column.type:
            case "yes/no":
                return ["yes", "no"], True
            case "colour":
                return self.pen.one_of([COLOURS, ["red or blue", "green"]]), True
            case "text":
                return [f'"{remark}"' for remark in REMARKS[:2]], False
            case "date":
                low, high = day_text(date(2008, 2, 29)), day_text(date(2010, 10, 1))
            case "whole number":
                if self.pen.chance(50):
                    return self.pen.one_of([["under 1", "1", "2 to 16", "over 16"], ["2 or under", "3 or over"]]), True
                low, high = "1", "7"
            case _:
                low, high = written(column.type, "1"), written(column.type, "7")
        figures = [term.name for term in self.terms if term.is_figure and term.type == column.type]
        if figures and self.pen.chance(40):
            end = self.pen.one_of(figures)
            return self.pen.one_of(
                [[f"under {end}", f"over {end}"]] * 4 + [[f"{low} to under {end}"], [f"over {end} to {high}"]]
            ), False
        ways = [
            [f"under {low}", f"{low} to under {high}", f"{high} or over"],
            [f"{low} or under", f"over {low} to {high}", f"over {high}"],
            [f"under {high}", f"{high} or over"],
        ]
        return self.pen.one_of(ways), True
