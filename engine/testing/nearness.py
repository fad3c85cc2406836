"""How far a working was from reaching a node of a formula: what a search for a household goes by (the less, the nearer).

Nothing but a guide: whether a household exercises a part is decided by the record of its assessment (engine/testing/coverage.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import define, field

from engine.assessment import Assessment, Step
from engine.mechanisms.base import Frame
from engine.mechanisms.tables import Cell, Within
from engine.nodes import Node, OverMembers, TermRead, walk
from engine.values import Refusal, Value

_UNKNOWN = 60
_NOT_ENCODED = 4_000
_UNSEEN = 200
"""A condition that was not looked at, since one before it decided: further away than any that was and does not hold."""
_NEVER = 300
_NOBODY = 8
_OTHERWISE = 2
_DEEPEST = 40
_EXACTLY = 16
"""Differences up to this one are told apart; larger ones by their number of digits."""

Need = tuple[Node, bool | int]
"""A condition that is met, or is not; or by its number from 0 the row of a table that holds, the band that an amount reaches."""

Way = tuple[tuple[Need, ...], Node]
"""Of cases, exceptions, rows, bands: what has to hold beside what had to hold on the way before, and the value that follows."""


def way_to(root: Node, target: Node) -> tuple[Need, ...]:
    """What has to hold, from the root of a formula on, for a node in it to be worked out."""
    found: list[Need] = []
    node = root
    while node is not target:
        found += _needed(node, target)
        node = next(arg for arg in node.args if _holds(arg, target))
    return tuple(found)


def distance(assessment: Assessment, step: Step, way: tuple[Need, ...], target: Node) -> int:
    """Of one working of a rule from a node of its formula: 0 where that was worked out and is known."""
    measure = _Measure(assessment)
    total = measure.all_of(step.frame, way)
    found = step.frame.cells[target.index]
    if isinstance(found, Refusal):
        return total + _refused(found)
    return total + (found is None and not total)


def _needed(node: Node, target: Node) -> Iterator[Need]:
    """What has to hold for the part of a node that holds the target to be worked out."""
    before: list[Need] = []
    for conditions, value in _ways(node):
        if _holds(value, target):
            yield from before
            yield from conditions
            return
        if node.mechanism == "alternatives":
            before += [(condition, False) for condition, _ in conditions]


def _holds(node: Node, target: Node) -> bool:
    return any(part is target for part in walk(node))


def _ways(node: Node) -> Iterator[Way]:
    """Each value with its own condition; of exceptions with those that take its place too."""
    if node.mechanism == "alternatives":
        for value, condition in zip(node.args[0::2], [*node.args[1::2], None], strict=True):
            yield () if condition is None else ((condition, True),), value
    elif node.mechanism == "exceptions":
        conditions = node.args[2::2]
        yield tuple((condition, False) for condition in conditions), node.args[0]
        for number, value in enumerate(node.args[1::2]):
            beaten = [(conditions[other], False) for other in sorted(node.detail.beaten_by[number])]
            yield ((conditions[number], True), *beaten), value
    elif node.mechanism == "affected":
        yield tuple((condition, False) for condition in node.args[1:]), node.args[0]
    elif node.mechanism == "table":
        yield from ((((node, number),), value) for number, value in enumerate(node.args[node.detail.first_value :]))
    elif node.mechanism == "applied":
        yield from ((((node, number),), rate) for number, rate in enumerate(node.args[2::2]))


def _refused(refusal: Refusal) -> int:
    return sum(_NOT_ENCODED if reason.kind in ("not encoded", "not in force") else _UNKNOWN for reason in refusal.reasons)


@define(eq=False, repr=False)
class _Measure:
    """One measuring: each condition of each working is measured once, however often it is read."""

    assessment: Assessment
    seen: dict[tuple[int, int, bool], int] = field(factory=dict)
    depth: int = 0

    def all_of(self, frame: Frame, needs: Iterable[Need]) -> int:
        return sum(self._need(frame, node, wanted) for node, wanted in needs)

    def _need(self, frame: Frame, node: Node, wanted: bool | int) -> int:
        if isinstance(wanted, bool):
            return self.short(frame, node, wanted)
        return self._of_row(frame, node, wanted) if node.mechanism == "table" else _below_band(frame, node, wanted)

    def short(self, frame: Frame, node: Node, wanted: bool) -> int:
        """How far a condition is from being what is wanted."""
        value = frame.cells[node.index]
        if value is wanted:
            return 0
        if value is None:
            return _UNSEEN
        if isinstance(value, Refusal):
            return _refused(value)
        if self.depth > _DEEPEST:
            return _NEVER
        key = (id(frame), node.index, wanted)
        if key not in self.seen:
            self.depth += 1
            self.seen[key] = self._short(frame, node, wanted)
            self.depth -= 1
        return self.seen[key]

    def _short(self, frame: Frame, node: Node, wanted: bool) -> int:
        match node.mechanism:
            case "not":
                return self.short(frame, node.args[0], not wanted)
            case "and" | "all limbs":
                return self._of_parts(frame, node, wanted, wanted)
            case "or" | "any limbs":
                return self._of_parts(frame, node, wanted, not wanted)
            case "none limbs":
                return self._of_parts(frame, node, not wanted, wanted)
            case "compare":
                return _apart(frame, node)
            case "literal":
                return _NEVER
            case "any" | "all" | "none":
                return self._over_members(frame, node, wanted)
            case "alternatives" | "exceptions" | "affected" | "table":
                return 1 + self._by_cases(frame, node, wanted)
            case "term":
                return self._of_term(frame, node, wanted)
        return _OTHERWISE

    def _of_parts(self, frame: Frame, node: Node, wanted: bool, every: bool) -> int:
        """Of all parts of a condition together, or of the one that is nearest."""
        parts = [self.short(frame, part, wanted) for part in node.args]
        return sum(parts) if every else min(parts)

    def _of_term(self, frame: Frame, node: Node, wanted: bool) -> int:
        read = node.detail
        assert isinstance(read, TermRead)
        number = frame.number_read(read)
        step = None if number is None else self.assessment.by_key.get((read.term, number))
        if step is None or step.term.formula is None:
            return _OTHERWISE
        return 1 + self.short(step.frame, step.term.formula.root, wanted)

    def _by_cases(self, frame: Frame, node: Node, wanted: bool) -> int:
        found, passed = [], 0
        for conditions, value in _ways(node):
            found.append(passed + self.all_of(frame, conditions) + self.short(frame, value, wanted))
            if node.mechanism == "alternatives":
                passed += self.all_of(frame, ((condition, False) for condition, _ in conditions))
        return min(found)

    def _of_row(self, frame: Frame, node: Node, number: int) -> int:
        """Of all cells of a row together; where none is to hold, whether one does."""
        rows = node.detail.rows
        if number < len(rows):
            return sum(self._of_cell(frame, node, column, cell) for column, cell in enumerate(rows[number]))
        holds = any(not sum(self._of_cell(frame, node, n, cell) for n, cell in enumerate(cells)) for cells in rows)
        return _OTHERWISE if holds else 0

    def _of_cell(self, frame: Frame, node: Node, number: int, cell: Cell) -> int:
        column = node.args[number]
        value = _read(frame, column)
        if cell is None:
            return 0
        if value is None or isinstance(value, Refusal):
            return _UNSEEN if value is None else _refused(value)
        if isinstance(cell, Within):
            return _outside(cell, value, node.detail.scales[number] // column.scale)
        if value in cell.answers:
            return 0
        is_read = isinstance(value, bool) and isinstance(column.detail, TermRead)
        return self._of_term(frame, column, not value) if is_read else _OTHERWISE

    def _over_members(self, frame: Frame, node: Node, wanted: bool) -> int:
        detail: OverMembers = node.detail
        assert detail.operand is not None
        meets = wanted if node.mechanism != "none" else not wanted
        found = [
            self.short(working.operand, detail.operand.root, meets)
            for working in frame.inner.get(node.index, ())
            if working.belongs is not False and working.operand is not None
        ]
        if not found:
            return _NOBODY
        return sum(found) if (node.mechanism == "all") is meets else min(found)


def _read(frame: Frame, node: Node) -> Value | None:
    """What a node read or would have read: a table forgets the columns that the row which holds does not ask for."""
    if not isinstance(node.detail, TermRead):
        return frame.cells[node.index]
    number = frame.number_read(node.detail)
    return None if number is None else frame.world.store[node.detail.term][number]


def _outside(cell: Within, value: Value, factor: int) -> int:
    """How far a value is from lying within the ends of a cell."""
    for end, sign in ((cell.low, 1), (cell.high, -1)):
        match (end.value if end else None), value:
            case int() as limit, int():
                below = sign * (limit - value * factor)
            case date() as limit, date():
                below = sign * (limit - value).days
            case _:
                continue
        if below > 0 or (below == 0 and end is not None and not end.included):
            return _OTHERWISE + _size(below)
    return 0


def _below_band(frame: Frame, node: Node, number: int) -> int:
    """How far an amount is from reaching into a band of the scale that is applied to it."""
    amount, detail = frame.cells[node.args[0].index], node.detail
    limit: Value | None = 0
    if number:
        before = node.args[2 * number + 1]
        limit = before.constant if before.constant is not None else _read(frame, before)
    if not isinstance(amount, int) or not isinstance(limit, int):
        return _refused(amount) if isinstance(amount, Refusal) else _UNSEEN
    below = limit * (detail.limit_factors[number - 1] if number else 1) - amount * detail.operand_factor
    return _OTHERWISE + _size(below) if below >= 0 else 0


def _apart(frame: Frame, node: Node) -> int:
    """How far the two sides of a comparison are from each other."""
    m: int = node.detail[1]
    n: int = node.detail[2]
    match frame.cells[node.args[0].index], frame.cells[node.args[1].index]:
        case int() as a, int() as b:
            return _OTHERWISE + _size(m * a - n * b)
        case date() as a, date() as b:
            return _OTHERWISE + _size((a - b).days)
    return _OTHERWISE


def _size(difference: int) -> int:
    size = abs(difference)
    return size if size <= _EXACTLY else _EXACTLY - 4 + size.bit_length()
