"""How far a working was from reaching a node of a formula: what a search for a household goes by (the less, the nearer).

Nothing but a guide: whether a household exercises a part is decided by the record of its assessment (engine/coverage.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import define, field

from engine.assessment import Assessment, Step
from engine.mechanisms.base import Frame
from engine.nodes import Node, OverMembers, TermRead, walk
from engine.values import Refusal

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

Way = tuple[tuple[tuple[Node, bool], ...], Node]
"""Of cases and exceptions: what has to hold beside what had to hold on the way before, and the value that follows."""


def way_to(root: Node, target: Node) -> tuple[tuple[Node, bool], ...]:
    """What has to hold, from the root of a formula on, for a node in it to be worked out."""
    found: list[tuple[Node, bool]] = []
    node = root
    while node is not target:
        found += _needed(node, target)
        node = next(arg for arg in node.args if _holds(arg, target))
    return tuple(found)


def distance(assessment: Assessment, step: Step, way: tuple[tuple[Node, bool], ...], target: Node) -> int:
    """Of one working of a rule from a node of its formula: 0 where that was worked out and is known."""
    measure = _Measure(assessment)
    total = sum(measure.short(step.frame, condition, wanted) for condition, wanted in way)
    found = step.frame.cells[target.index]
    if isinstance(found, Refusal):
        return total + _refused(found)
    return total + (found is None and not total)


def _needed(node: Node, target: Node) -> Iterator[tuple[Node, bool]]:
    """What has to hold for the part of a node that holds the target to be worked out."""
    before: list[tuple[Node, bool]] = []
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
    """Of cases each value with its own condition; of exceptions each with its own and those that take its place."""
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


def _refused(refusal: Refusal) -> int:
    return sum(_NOT_ENCODED if reason.kind in ("not encoded", "not in force") else _UNKNOWN for reason in refusal.reasons)


@define(eq=False, repr=False)
class _Measure:
    """One measuring: each condition of each working is measured once, however often it is read."""

    assessment: Assessment
    seen: dict[tuple[int, int, bool], int] = field(factory=dict)
    depth: int = 0

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
            case "alternatives" | "exceptions" | "affected":
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
            here = sum(self.short(frame, condition, want) for condition, want in conditions)
            found.append(passed + here + self.short(frame, value, wanted))
            if node.mechanism == "alternatives":
                passed += sum(self.short(frame, condition, False) for condition, _ in conditions)
        return min(found)

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
