"""The rows of a table beside each other: a case for which none holds, or two do, is found before there is one (S34)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from engine import types
from engine.checking import partition
from engine.checking.partition import Box, Stretch
from engine.checking.vocabulary import Vocabulary
from engine.mechanisms.base import Scope
from engine.mechanisms.tables import Cell, End, OneOf, Within, range_words
from engine.nodes import Node
from engine.types import Type
from engine.values import Exact
from grammar import declarations as d
from grammar.problems import Place
from grammar.source import Span


def check_rows(
    scope: Scope,
    vocabulary: Vocabulary,
    version: d.TableVersion,
    columns: Sequence[Node],
    scales: Sequence[int],
    rows: Sequence[d.Row],
    cells: Sequence[tuple[Cell, ...]],
) -> None:
    """Gaps, overlaps, and what never holds. An end that is not known on the day may lie anywhere: only what is sure is told."""
    axes = [
        _axis(vocabulary, ref.name, column, scale, [row[n] for row in cells])
        for n, (ref, column, scale) in enumerate(zip(version.columns, columns, scales, strict=True))
    ]
    boxes = [tuple(axis.bits(cell) for axis, cell in zip(axes, row, strict=True)) for row in cells]
    sure = [all(end.value is not None for cell in row if cell is not None for end in cell.ends) for row in cells]
    _never(scope, axes, rows, boxes)
    overlapping = _overlaps(scope, axes, rows, boxes, sure)
    sizes = [len(axis.pieces) for axis in axes]
    try:
        missing = partition.gap(sizes, boxes)
    except partition.TooManyError:
        if not overlapping:
            scope.problem(
                "over-a-limit",
                "The rows of this table combine in too many ways to be looked through.",
                version.columns[0].span,
                "too many combinations",
                "Divide it into two tables, one of which is a column of the other.",
            )
        return
    if missing is not None and version.otherwise is None:
        wide = partition.widened(sizes, boxes, missing, [axis.is_line for axis in axes])
        _gap(scope, version, axes, wide)
    elif missing is None and version.otherwise is not None and all(sure):
        scope.problem(
            "otherwise-never-applies",
            "The rows hold for everything, so `otherwise` never applies.",
            version.otherwise.span,
            "never applies",
            "Delete it; or correct the row that holds for too much.",
            warning=True,
        )


def _never(scope: Scope, axes: Sequence[Axis], rows: Sequence[d.Row], boxes: Sequence[Box]) -> None:
    for row, box in zip(rows, boxes, strict=True):
        empty = next((n for n, bits in enumerate(box) if not bits), None)
        if empty is not None:
            cell = row.cells[empty].span
            scope.problem(
                "row-never-holds",
                f"Row `{row.name}` never holds: `{axes[empty].name}` is never `{cell.text}`.",
                cell,
                "outside its values",
                "Correct the cell, or delete the row.",
                warning=True,
            )


def _overlaps(scope: Scope, axes: Sequence[Axis], rows: Sequence[d.Row], boxes: Sequence[Box], sure: Sequence[bool]) -> bool:
    """Whether two rows hold together; each row is told of once."""
    found = False
    for number, row in enumerate(rows):
        for other in range(number):
            both = partition.common(boxes[other], boxes[number]) if sure[other] and sure[number] else None
            if both is None:
                continue
            told = [
                f"{axis.name} {axis.words(1 << piece)}"
                for axis, piece, x, y in zip(axes, both, boxes[other], boxes[number], strict=True)
                if not axis.is_all(x & y)
            ]
            case = "for: " + ", ".join(told) if told else "whatever the case"
            scope.problem(
                "rows-overlap",
                f"Rows `{rows[other].name}` and `{row.name}` both hold {case}.",
                row.name_span,
                "holds too",
                "Narrow a cell of one of them, so that one row holds for each case.",
                second=Place(rows[other].name_span, "holds"),
            )
            found = True
            break
    return found


def _gap(scope: Scope, version: d.TableVersion, axes: Sequence[Axis], wide: Box) -> None:
    told = [f"{axis.name} {axis.words(bits)}" for axis, bits in zip(axes, wide, strict=True) if not axis.is_all(bits)]
    texts = [axis.cell(bits) for axis, bits in zip(axes, wide, strict=True)]
    fix = f"Add `row …: {', '.join(text or '…' for text in texts)} gives …`, or `otherwise` and a value."
    for axis, bits, text in zip(axes, wide, texts, strict=True):
        if text is None and axis.is_line:
            fix = f"Let one cell of `{axis.name}` begin where the other ends, like `{axis.joined(bits)}`."
        elif text is None:
            fix = f"Add `otherwise` and a value: `{axis.name}` can be any text."
    span = version.columns[0].span.to(version.columns[-1].span)
    holds = "for: " + ", ".join(told) if told else "for any case"
    by = _amended_at(version)
    if by is not None and fix.startswith("Add `row"):
        fix = f"Add `in {scope.subject} insert row …: {', '.join(text or '…' for text in texts)} gives …`; or correct this."
    second = None if by is None else Place(by, "amended here")
    scope.problem("table-gap", f"No row says what holds {holds}.", span, "not every case has a row", fix, second)


def _amended_at(version: d.TableVersion) -> Span | None:
    """Where an amendment took a row out of a table or, where none did, wrote one of its rows or cells otherwise."""
    if version.omission_span is not None:
        return version.omission_span
    cells = [cell for row in version.rows for cell in row.cells]
    ends = [end for cell in cells for end in (cell.low, cell.high, *cell.answers) if end is not None]
    written = (tree.span for trees in (version.rows, cells, ends) for tree in trees)
    return next((span for span in written if not span.within(version.span)), None)


# ---- the values of a column -----------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Axis:
    """A column's values, cut into pieces on which all rows say the same."""

    name: str
    type: Type
    scale: int
    grid: int | None
    """The distance between its values; None where there is one between any two."""
    pieces: tuple[Stretch | str | bool | None, ...]
    """Of answers each one; None for any other text."""

    @property
    def is_line(self) -> bool:
        return self.type.is_number or self.type == types.DATE

    def is_all(self, bits: int) -> bool:
        return bits == (1 << len(self.pieces)) - 1

    def bits(self, cell: Cell) -> int:
        """The pieces for which a cell holds."""
        return sum(1 << n for n, piece in enumerate(self.pieces) if cell is None or _holds(cell, piece))

    def _some(self, bits: int) -> list[int]:
        return [n for n in range(len(self.pieces)) if bits >> n & 1]

    def cell(self, bits: int) -> str | None:
        """A cell that holds for these pieces; None where the language has none."""
        if self.is_all(bits):
            return "any"
        if self.is_line:
            low, high, low_included, high_included = self._ends(bits)
            if low is not None and high is not None and not low_included and not high_included:
                return None
            return self.words(bits)
        answers = [self.pieces[n] for n in self._some(bits)]
        one_cell = len(answers) == 1 or self.type.kind == "choice"
        return None if None in answers or not one_cell else self.words(bits)

    def words(self, bits: int) -> str:
        """Some pieces as a cell says them, or as near as words come to it."""
        if not self.is_line:
            answers = [self.pieces[n] for n in self._some(bits)]
            return " or ".join("any other text" if a is None else Exact(a, self.type).written() for a in answers)  # type: ignore[arg-type]
        low, high, low_included, high_included = self._ends(bits)
        texts = [None if end is None else _exact(end, self.type, self.scale).written() for end in (low, high)]
        return range_words(texts[0], texts[1], low_included, high_included)

    def joined(self, bits: int) -> str:
        """The space between two cells, with its upper end."""
        low, high, _, _ = self._ends(bits)
        texts = [None if end is None else _exact(end, self.type, self.scale).written() for end in (low, high)]
        return range_words(texts[0], texts[1], False, True)

    def _ends(self, bits: int) -> tuple[int | None, int | None, bool, bool]:
        """From where to where neighbouring pieces reach, and whether their ends belong to them."""
        some = self._some(bits)
        first, last = self.pieces[some[0]], self.pieces[some[-1]]
        assert isinstance(first, Stretch) and isinstance(last, Stretch)
        low = None if some[0] == 0 and len(some) < len(self.pieces) else first.low
        high = None if some[-1] == len(self.pieces) - 1 and len(some) < len(self.pieces) else last.high
        if len(some) == 1 and first.is_point:  # the first or the last that there is, and nothing lies beyond it
            low = high = first.low
        if self.grid is None:
            return low, high, first.is_point, last.is_point
        if low is not None:
            low = low if first.is_point else (low // self.grid + 1) * self.grid
        if high is not None:
            high = high if last.is_point else (-(-high // self.grid) - 1) * self.grid
        return low, high, True, True


def _axis(vocabulary: Vocabulary, name: str, column: Node, scale: int, cells: Sequence[Cell]) -> Axis:
    type_ = column.type
    match type_.kind:
        case "yes/no":
            return Axis(name, type_, 1, None, (True, False))
        case "choice":
            return Axis(name, type_, 1, None, vocabulary.choices[type_.choice or ""])
        case "text":
            answers = [answer for cell in cells if isinstance(cell, OneOf) for answer in cell.answers]
            return Axis(name, type_, 1, None, (*dict.fromkeys(answers), None))
    ends = [_number(end) for cell in cells if isinstance(cell, Within) for end in cell.ends]
    if type_ == types.DATE:
        first, last = date.min.toordinal(), date.max.toordinal()
        pieces = partition.stretches([end for end in ends if end is not None], first, last, 1)
        return Axis(name, type_, 1, 1, pieces)
    factor = scale // column.scale
    low, high = (None if bound is None else bound * factor for bound in (column.low, column.high))
    grid = scale if type_ == types.WHOLE or column.scale == 1 else None
    return Axis(name, type_, scale, grid, partition.stretches([end for end in ends if end is not None], low, high, grid))


def _number(end: End) -> int | None:
    return end.value.toordinal() if isinstance(end.value, date) else end.value


def _holds(cell: Within | OneOf, piece: Stretch | str | bool | None) -> bool:
    if isinstance(cell, OneOf):
        return piece in cell.answers
    assert isinstance(piece, Stretch)
    return _beyond(cell.low, piece.low, 1, piece) and _beyond(cell.high, piece.high, -1, piece)


def _beyond(end: End | None, reach: int | None, sign: int, piece: Stretch) -> bool:
    """Whether a piece, which no end of a cell divides, lies on the inner side of one; sign 1 for a lower end."""
    limit = None if end is None else _number(end)
    if end is None or limit is None:
        return True
    if reach == limit:
        return end.included or not piece.is_point
    return reach is not None and (reach - limit) * sign > 0


def _exact(value: int, type_: Type, scale: int) -> Exact:
    return Exact(date.fromordinal(value), type_) if type_ == types.DATE else Exact(value, type_, scale)
