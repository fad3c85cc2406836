"""What a table says on a day, as one formula: its columns, the cells of its rows read and checked, their values (S34)."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from attrs import define, field, frozen

from engine import types
from engine.book.consolidate import InForce
from engine.checking import gaps
from engine.checking.fixed import Fixed, fixed
from engine.checking.formulas import FormulaBuilder
from engine.checking.naming import Names
from engine.checking.provisions import value_of_case
from engine.checking.vocabulary import Mistake, example_of, value_of, with_unit
from engine.mechanisms import tables
from engine.mechanisms.base import Scope, known
from engine.mechanisms.tables import Cell, End, OneOf, Within
from engine.nodes import Node
from engine.types import Type
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Place


def table_formula(scope: Scope, names: Names, in_force: InForce, version: d.TableVersion, type_: Type) -> Node:
    """A table's version on the day, with the rows in force."""
    reading = _Reading(scope, names, [names.read(scope, ref) for ref in version.columns])
    before = len(scope.problems)
    _no_column_twice(scope, version.columns)
    rows = [part.clause for part in in_force.rows]
    written = [reading.row(row, version.columns) for row in rows] if known(*reading.columns) else []
    builder = FormulaBuilder(names, scope)
    policy = in_force.instrument.policy if in_force.instrument else None
    parts: list[d.Row | d.Alternative] = [*rows, *([version.otherwise] if version.otherwise else [])]
    values = [value_of_case(builder, part.value, type_, policy) for part in parts]
    if not known(*reading.columns, *values) or _is_wrong(scope, before):
        return scope.unknown(version.span)
    scales = reading.scales(written)
    cells = [reading.cells(row, ends, scales) for row, ends in zip(rows, written, strict=True)]
    if _is_wrong(scope, before):
        return scope.unknown(version.span)
    gaps.check_rows(scope, names.vocabulary, version, reading.columns, scales, rows, cells)
    if _is_wrong(scope, before):
        return scope.unknown(version.span)
    return tables.table(scope, type_, reading.columns, scales, reading.figures, cells, values, version.span)


def _is_wrong(scope: Scope, before: int) -> bool:
    return any(problem.is_error for problem in scope.problems[before:])


def _no_column_twice(scope: Scope, columns: Sequence[syntax.Ref]) -> None:
    for number, column in enumerate(columns):
        if column in columns[:number]:
            scope.problem(
                "column-twice",
                f"`{column.span.text}` is a column twice.",
                column.span,
                "again",
                "Delete it here, and its cell in every row.",
                second=Place(columns[columns.index(column)].span, "the first"),
            )


@frozen(eq=False, repr=False)
class _Ends:
    """The ends of a cell as written, before all of its column have one scale."""

    low: Fixed | None
    high: Fixed | None

    @property
    def both(self) -> tuple[Fixed, ...]:
        return tuple(end for end in (self.low, self.high) if end is not None)


_Written = _Ends | OneOf | None


@define(eq=False, repr=False)
class _Reading:
    """The rows of one table in the reading."""

    scope: Scope
    names: Names
    columns: list[Node]
    figures: list[Node] = field(factory=list)
    """The figures that are ends of cells, in the order in which they are the table's arguments."""

    def row(self, row: d.Row, columns: Sequence[syntax.Ref]) -> tuple[_Written, ...]:
        """A row's cells as written, each a value of its column; what has a problem stands as `any`."""
        if len(row.cells) == len(columns):
            return tuple(self._cell(column, cell) for column, cell in zip(self.columns, row.cells, strict=True))
        cells, there = (
            f"{n} {word if n == 1 else word + 's'}" for n, word in ((len(row.cells), "cell"), (len(columns), "column"))
        )
        self.scope.problem(
            "cells-and-columns",
            f"Row `{row.name}` has {cells}, and there {'is' if len(columns) == 1 else 'are'} {there}: "
            f"{', '.join(column.name for column in columns)}.",
            row.name_span,
            cells,
            "Give it one cell for each column, in their order; `any` where a column does not matter.",
        )
        return (None,) * len(columns)

    def _cell(self, column: Node, cell: d.Cell) -> _Written:
        if cell.is_any:
            return None
        if cell.answers and not self._is_figure(column, cell):
            answers = tuple(self._answer(column, answer) for answer in cell.answers)
            return OneOf(tuple(answer for answer in answers if isinstance(answer, str | bool)))
        if cell.answers:
            [name] = cell.answers
            assert isinstance(name, syntax.Word)
            equal = self._end(column, name)
            return _Ends(equal, equal)
        if not self._is_ordered(column):
            is_range = f"`{cell.span.text}` is a range, and {column.type} has no order."
            self.scope.problem(
                "value-type",
                is_range if cell.low != cell.high else f"`{cell.span.text}` is no value for {column.type}.",
                cell.span,
                f"in the column of `{column.span.text}`",
                f"Write {example_of(column.type, self.names.vocabulary.choices)}.",
            )
            return None
        low = None if cell.low is None else self._end(column, cell.low)
        high = low if cell.high == cell.low else None if cell.high is None else self._end(column, cell.high)
        return _Ends(low, high)

    def _is_figure(self, column: Node, cell: d.Cell) -> bool:
        """Whether a cell is a figure by its name, alone: `upper_limit` in a column of amounts."""
        return self._is_ordered(column) and len(cell.answers) == 1 and isinstance(cell.answers[0], syntax.Word)

    def _is_ordered(self, column: Node) -> bool:
        return column.type.is_number or column.type == types.DATE

    def _answer(self, column: Node, answer: syntax.Word | syntax.YesNo | syntax.Text) -> object:
        found = value_of(answer, column.type, 1, self.names.vocabulary.choices)
        if isinstance(found, Mistake):
            code = "unknown-choice" if column.type.kind == "choice" and isinstance(answer, syntax.Word) else "value-type"
            self._mistake(code, found, answer, column)
        return found

    def _mistake(self, code: str, mistake: Mistake, written: syntax.FactValue, column: Node) -> None:
        fix = mistake.fix or "Write one of them."
        self.scope.problem(code, mistake.text, written.span, f"in the column of `{column.span.text}`", fix)

    def _end(self, column: Node, bound: d.Bound) -> Fixed | None:
        if not isinstance(bound, syntax.Word):
            scale = lcm(column.scale, 100 * 10 ** (bound.places if isinstance(bound, syntax.Number) else 0))
            found = value_of(bound, column.type, scale, self.names.vocabulary.choices)
            if isinstance(found, Mistake):
                self._mistake("value-type", found, bound, column)
                return None
        end = fixed(self.names, self.scope, bound)
        if end is not None and not types.fits(end.type, column.type):
            self.scope.problem(
                "value-type",
                f"`{bound.span.text}` is {end.type}, and {column.type} is needed.",
                bound.span,
                f"in the column of `{column.span.text}`",
                f"Name a figure of {column.type}, or write {with_unit('', column.type)}.",
            )
            return None
        return end

    def scales(self, written: Sequence[tuple[_Written, ...]]) -> list[int]:
        """For each column the scale that is common to it and to the ends of its cells."""
        return [
            lcm(column.scale, *(end.scale for row in written if isinstance(row[n], _Ends) for end in row[n].both))  # type: ignore[union-attr]
            for n, column in enumerate(self.columns)
        ]

    def cells(self, row: d.Row, written: tuple[_Written, ...], scales: Sequence[int]) -> tuple[Cell, ...]:
        return tuple(
            self._within(text, ends, scale) if isinstance(ends, _Ends) else ends
            for text, ends, scale in zip(row.cells, written, scales, strict=True)
        )

    def _within(self, text: d.Cell, ends: _Ends, scale: int) -> Within:
        low = None if ends.low is None else self._placed(ends.low, text.low_included, scale)
        high = low if ends.high is ends.low else None if ends.high is None else self._placed(ends.high, text.high_included, scale)
        if ends.low is None or ends.high is None or low is None or high is None or None in (low.value, high.value):
            return Within(low, high)
        if low.value > high.value or (low.value == high.value and not (low.included and high.included)):  # type: ignore[operator]
            self.scope.problem(
                "ends-backwards",
                f"`{text.span.text}` holds for nothing: it begins at {ends.low.words()} and ends at {ends.high.words()}.",
                text.span,
                "holds for nothing",
                "Write the lower end first, and the higher one after `to`.",
            )
        return Within(low, high)

    def _placed(self, end: Fixed, included: bool, scale: int) -> End:
        factor = scale // end.scale
        value = end.value * factor if isinstance(end.value, int) else end.value
        if end.figure is None:
            return End(value, included)
        self.figures.append(end.figure)
        return End(value, included, len(self.columns) + len(self.figures) - 1, factor)
