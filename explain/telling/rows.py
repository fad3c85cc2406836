"""A table as it is told: which row held and why, and the rows that came near it and did not."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from engine.assessment import Step
from engine.book.consolidate import InForce, PartInForce
from engine.book.law import Citation, citations
from engine.graph import Graph
from engine.mechanisms.base import Frame
from engine.mechanisms.tables import Cell, End, OneOf, Table, cell_holds
from engine.nodes import Node
from engine.types import DATE
from engine.values import Exact, Refusal, Value
from explain.marks import plain, words
from explain.phrases import sentence
from explain.telling.authority import since, with_cites
from explain.telling.limiting import range_words
from explain.telling.voices import in_words, listed, shown_cell
from grammar import declarations as d

MOST_ROWS = 6
"""Rows that did not hold that are told one by one; of a longer table, those that came nearest."""


@frozen(eq=False, repr=False)
class Passed:
    """A case that did not hold, and why."""

    case: str
    why: str
    is_case: bool = True
    """Whether it is a case of the rule; otherwise a sentence by itself, of a provision that was looked at."""

    @property
    def said(self) -> str:
        """`Not: the exception, £0.00 a week`."""
        return sentence("Not: {case}", case=self.case) if self.is_case else self.case


Chosen = tuple[Node, tuple[int, ...], tuple[Passed, ...], str | None, tuple[Citation, ...], str | None, str | None]
"""The node that gave the value and the parts of the law that chose it; what did not hold before it; why it held; its own
citations and sentence; and the exception or the row that gave it, as the rules call it."""


def chosen(root: Node, graph: Graph, step: Step) -> Chosen:
    """The value of the row that held, and which it is; the rows that did not; why it held; its own citations and sentence."""
    in_force, frame = step.term.in_force, step.frame
    assert in_force is not None
    detail: Table = root.detail
    values = root.args[detail.first_value :]
    used = next((number for number, value in enumerate(values) if frame.cells[value.index] is not None), None)
    if used is None:
        return root, (), (), None, (), None, None
    telling = _Telling(graph, frame, root)
    passed = tuple(telling.passed(in_force.rows, used))
    if used < len(detail.rows):
        row = in_force.rows[used]
        why = "; ".join(telling.held(n, cell) for n, cell in enumerate(detail.rows[used]) if cell is not None)
        own = row.authority.cites if row.clause.cites else ()
        why = why or sentence("whatever the case")
        applied = f"{_holds(row, in_force)}: {why}"
        return values[used], (used,), passed, applied, own, row.clause.because, row.clause.name
    otherwise = in_force.text.otherwise  # type: ignore[union-attr]
    cites = citations(graph.book.law, otherwise.cites, in_force.provision.instrument)  # type: ignore[union-attr]
    return values[used], (used,), passed, sentence("No row of the table holds."), cites, otherwise.because, None  # type: ignore[union-attr]


def _holds(row: PartInForce[d.Row], in_force: InForce) -> str:
    """That it is this row, and since when it says so where that is not when its table began to."""
    same = (row.authority.since, row.authority.made_by) == (in_force.authority.since, in_force.authority.made_by)
    return sentence("This row holds") if same else sentence("This row {since} holds", since=words(f"({since(row.authority)})"))


@frozen(eq=False, repr=False)
class _Telling:
    """The cells of one table as they were worked out in one frame."""

    graph: Graph
    frame: Frame
    node: Node

    @property
    def detail(self) -> Table:
        detail: Table = self.node.detail
        return detail

    def passed(self, rows: Iterable[PartInForce[d.Row]], used: int) -> Iterable[Passed]:
        """Those that did not hold, in their order; of many, those that came nearest."""
        failed = {number: self._failed(cells) for number, cells in enumerate(self.detail.rows) if number != used}
        nearest = sorted(failed, key=lambda number: (len(failed[number]), -self._asks(number), number))[:MOST_ROWS]
        for number, row in enumerate(rows):
            if number in nearest:
                value = in_words(self.graph, self.node.args[self.detail.first_value + number])
                case = with_cites(value, row.authority.cites if row.clause.cites else ())
                yield Passed(case, "; ".join(self._not_held(n, self.detail.rows[number][n]) for n in failed[number]))
        others = len(failed) - len(nearest)
        if others:
            many = sentence("{number} other rows", number=others) if others > 1 else sentence("1 other row")
            yield Passed(many, sentence("a cell of each does not hold"))

    def _asks(self, row: int) -> int:
        """In how many columns a row asks for something: of two that failed in as many, the one with more came nearer."""
        return sum(cell is not None for cell in self.detail.rows[row])

    def _failed(self, cells: tuple[Cell, ...]) -> list[int]:
        """The columns whose value is known to be none that a row asks for."""
        return [n for n, cell in enumerate(cells) if cell is not None and self._holds(n, cell) is False]

    def _holds(self, column: int, cell: Cell) -> Value | None:
        node = self.node.args[column]
        value = self.frame.cells[node.index]
        if value is None or cell is None:
            return None
        factor = self.detail.scales[column] // node.scale if node.type.is_number else 1
        figures = {end.arg: self._figure(end) for end in cell.ends if end.arg is not None}
        return cell_holds(cell, value, factor, figures)

    def _figure(self, end: End) -> Value:
        """A figure that the row which held did not ask for is known by its value on the day."""
        assert end.arg is not None
        found = self.frame.cells[self.node.args[end.arg].index]
        if found is None and end.value is not None:
            return end.value // end.factor if isinstance(end.value, int) else end.value
        return Refusal(()) if found is None else found

    def held(self, column: int, cell: Cell) -> str:
        """`Age: 3 (3 to 4)`."""
        text, value = self._words(column, cell), self._value(column)
        return f"{words(self._title(column))}: {value}" + ("" if text == plain(value) else f" ({words(text)})")

    def _not_held(self, column: int, cell: Cell) -> str:
        """`Age is 3, not 5 to under 12`."""
        title, text = words(self._title(column)), words(self._words(column, cell))
        return sentence("{title} is {value}, not {words}", title=title, value=self._value(column), words=text)

    def _title(self, column: int) -> str:
        return in_words(self.graph, self.node.args[column]).strip("“”")

    def _value(self, column: int) -> str:
        node = self.node.args[column]
        return shown_cell(node)(self.frame)

    def _words(self, column: int, cell: Cell) -> str:
        type_ = self.node.args[column].type
        if cell is None:
            return sentence("any")
        if isinstance(cell, OneOf):
            return listed([Exact(answer, type_).words() for answer in cell.answers], "or")
        low, high = (None if end is None else self._end(end, column) for end in (cell.low, cell.high))
        low_included, high_included = (end is None or end.included for end in (cell.low, cell.high))
        return range_words(low, high, low_included, high_included)

    def _end(self, end: End, column: int) -> str:
        type_ = self.node.args[column].type
        title = None if end.arg is None else in_words(self.graph, self.node.args[end.arg])
        if end.value is None:
            return sentence("{title} (not known)", title=title or "")
        text = Exact(end.value, type_, 1 if type_ == DATE else self.detail.scales[column]).words()
        return text if title is None else f"{title} ({text})"
