"""Decision tables: the value of the one row whose cells all hold (S34, S37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from engine.mechanisms.base import Frame, Mechanism, Run, Scope, known
from engine.mechanisms.cases import joined
from engine.mechanisms.conditions import decided
from engine.nodes import Node
from engine.types import Type
from engine.values import Refusal, Value, merged
from grammar.source import Span

Figures = Mapping[int, Value]
"""The values of the figures that stand as ends of cells, by the number of the argument that reads each."""


@frozen(eq=False, repr=False)
class End:
    """One end of a cell, over its column's common scale."""

    value: int | date | None
    """On the day; None where its figure is not known."""
    included: bool
    arg: int | None = None
    """Which argument of the table reads the figure; None for what is written out."""
    factor: int = 1

    def found(self, figures: Figures) -> Value:
        if self.arg is None:
            assert self.value is not None
            return self.value
        value = figures[self.arg]
        return value * self.factor if isinstance(value, int) else value


@frozen(eq=False, repr=False)
class Within:
    """A cell that holds from one end to the other; None where it has no end."""

    low: End | None
    high: End | None

    @property
    def ends(self) -> tuple[End, ...]:
        return tuple(end for end in (self.low, self.high) if end is not None)

    def holds(self, value: Value, figures: Figures) -> Value:
        """No if it lies beyond one end, even where the other is not known."""
        sides = [(self.low, True), (self.high, False)]
        return decided([_is_inside(value, end, figures, is_low) for end, is_low in sides if end is not None], decides=False)


def _is_inside(value: Value, end: End, figures: Figures, is_low: bool) -> Value:
    limit = end.found(figures)
    if isinstance(limit, Refusal):
        return limit
    if value == limit:
        return end.included
    return value > limit if is_low else value < limit  # type: ignore[operator]


def range_words(low: str | None, high: str | None, low_included: bool, high_included: bool) -> str:
    """A cell from one end to the other: `3 to 4`, `under 3`, `5 or over`, `5 to under 12`."""
    if low is None:
        return f"{high} or under" if high_included else f"under {high}"
    if high is None:
        return f"{low} or over" if low_included else f"over {low}"
    if low == high:
        return low
    if low_included or high_included:
        return f"{'' if low_included else 'over '}{low} to {'' if high_included else 'under '}{high}"
    return f"between {low} and {high}"


@frozen(eq=False, repr=False)
class OneOf:
    """A cell that holds for some answers."""

    answers: tuple[str | bool, ...]
    ends: tuple[End, ...] = ()

    def holds(self, value: Value, figures: Figures) -> Value:
        return value in self.answers


Cell = Within | OneOf | None
"""None for `any`."""


@frozen(eq=False, repr=False)
class Table:
    """`detail` of "table": the arguments are the columns, the figures that are ends of cells, then each row's value.

    A last value without a row is what holds `otherwise`.
    """

    columns: int
    scales: tuple[int, ...]
    """Of each column, common to it and the ends of its cells."""
    rows: tuple[tuple[Cell, ...], ...]
    first_value: int
    """The number of the first argument that is a value."""
    factors: tuple[int, ...]
    """Of each value, to the common scale of all."""

    def ends_of(self, cells: Sequence[Cell]) -> set[int]:
        """The arguments that read the figures of some cells."""
        return {end.arg for cell in cells if cell is not None for end in cell.ends if end.arg is not None}

    def needed_by(self, row: int) -> set[int]:
        """The arguments that a row asks for: the columns in which it has more than `any`, and the figures of its cells."""
        cells = self.rows[row]
        return {number for number, cell in enumerate(cells) if cell is not None} | self.ends_of(cells)


def table(
    scope: Scope,
    type_: Type,
    columns: Sequence[Node],
    scales: Sequence[int],
    figures: Sequence[Node],
    rows: Sequence[tuple[Cell, ...]],
    values: Sequence[Node],
    span: Span,
) -> Node:
    """A table; `values` are those of the rows, and where there is one more, what holds otherwise."""
    args = [*columns, *figures, *values]
    if not known(*args):
        return scope.unknown(span)
    scale, factors, low, high = joined(type_, values)
    detail = Table(len(columns), tuple(scales), tuple(rows), len(columns) + len(figures), factors)
    return scope.node("table", args, type_, span, scale=scale, low=low, high=high, detail=detail)


class NoRowHoldsError(Exception):
    """Raised where whole numbers are looked at between two of them; the checker has seen that for a case some row holds."""


def prepare_table(node: Node, runs: tuple[Run, ...]) -> Run:
    """A row is no if any cell is no, even beside a refusal; what the row that holds does not ask for is not needed."""
    index, detail = node.index, node.detail
    assert isinstance(detail, Table)
    questions, values = range(detail.first_value), runs[detail.first_value :]
    factors = [
        scale // column.scale if column.type.is_number else 1
        for scale, column in zip(detail.scales, node.args[: detail.columns], strict=True)
    ]
    scaled, rows = node.type.is_number, len(detail.rows)

    def run(frame: Frame) -> Value:
        asked: dict[int, Value] = {number: runs[number](frame) for number in questions}
        verdicts = [_row_holds(cells, asked, factors) for cells in detail.rows]
        number = next((number for number, verdict in enumerate(verdicts) if verdict is True), rows)
        if number == rows and any(isinstance(verdict, Refusal) for verdict in verdicts):
            frame.cells[index] = refusal = merged(verdicts)
            return refusal
        needed = detail.needed_by(number) if number < rows else {n for n in questions if not isinstance(asked[n], Refusal)}
        for other in questions:
            if other not in needed:
                frame.cells[node.args[other].index] = None
        if number == len(values):
            raise NoRowHoldsError
        found = values[number](frame)
        if scaled and not isinstance(found, Refusal):
            found *= detail.factors[number]  # type: ignore[operator]
        frame.cells[index] = found
        return found

    return run


def _row_holds(cells: Sequence[Cell], asked: Figures, factors: Sequence[int]) -> Value:
    doubts: list[Value] = []
    for number, cell in enumerate(cells):
        if cell is not None:
            holds = cell_holds(cell, asked[number], factors[number], asked)
            if holds is False:
                return False
            if holds is not True:
                doubts.append(holds)
    return merged(doubts) if doubts else True


def cell_holds(cell: Within | OneOf, value: Value, factor: int, figures: Figures) -> Value:
    """Whether a column's value is what a cell asks for; a refused one refuses, and with it an end that is not known."""
    if isinstance(value, Refusal):
        return merged([value, *(end.found(figures) for end in cell.ends)])
    return cell.holds(value * factor if isinstance(value, int) and not isinstance(value, bool) else value, figures)


MECHANISMS = (Mechanism("table", prepare_table),)
