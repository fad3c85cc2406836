"""How far a working was from reaching a node of a formula: what a search for a household goes by (the less, the nearer).

Nothing but a guide: whether a household exercises a part is decided by the record of its assessment (engine/coverage.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.assessment import Assessment, Step
from engine.mechanisms.base import Frame
from engine.nodes import Node, OverMembers, TermRead
from engine.values import Refusal

_UNKNOWN = 60
_NOT_ENCODED = 4_000
_UNSEEN = 200
"""A condition that was not looked at, since one before it decided: further away than any that was and does not hold."""
_NEVER = 300
_DEEPEST = 40

Way = tuple[tuple[tuple[Node, bool], ...], Node]
"""Conditions, each with what it has to be, and the value that they lead to."""


def distance(assessment: Assessment, step: Step, target: Node) -> int:
    """Of one working of a rule from the node: 0 where it was worked out and is known."""
    assert step.term.formula is not None
    total, node = 0, step.term.formula.root
    while node is not target:
        for conditions, value in _ways(node):
            if _holds(value, target):
                total += sum(_short(assessment, step.frame, condition, wanted, 0) for condition, wanted in conditions)
                node = value
                break
        else:
            node = next(arg for arg in node.args if _holds(arg, target))
    value_there = step.frame.cells[target.index]
    if isinstance(value_there, Refusal):
        return total + _refused(value_there)
    return total + (value_there is None and not total)


def _refused(refusal: Refusal) -> int:
    return sum(_NOT_ENCODED if reason.kind in ("not encoded", "not in force") else _UNKNOWN for reason in refusal.reasons)


def _holds(node: Node, target: Node) -> bool:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current is target:
            return True
        waiting.extend(current.args)
    return False


def _ways(node: Node) -> Iterator[Way]:
    """Of cases and exceptions: each value, and what has to hold for it to be the one taken."""
    if node.mechanism == "alternatives":
        before: list[tuple[Node, bool]] = []
        for value, condition in zip(node.args[0::2], [*node.args[1::2], None], strict=True):
            yield (*before, *([(condition, True)] if condition else [])), value
            if condition is not None:
                before.append((condition, False))
    elif node.mechanism == "exceptions":
        conditions = node.args[2::2]
        yield tuple((condition, False) for condition in conditions), node.args[0]
        for number, value in enumerate(node.args[1::2]):
            beaten = [(conditions[other], False) for other in sorted(node.detail.beaten_by[number])]
            yield ((conditions[number], True), *beaten), value


def _short(assessment: Assessment, frame: Frame, node: Node, wanted: bool, depth: int) -> int:
    """How far a condition is from being what is wanted."""
    value = frame.cells[node.index]
    if value is wanted:
        return 0
    if value is None:
        return _UNSEEN
    if depth > _DEEPEST:
        return _NEVER
    if isinstance(value, Refusal):
        return _refused(value)

    def short(part: Node, want: bool) -> int:
        return _short(assessment, frame, part, want, depth + 1)

    match node.mechanism:
        case "not":
            return short(node.args[0], not wanted)
        case "and" | "or":
            parts = [short(part, wanted) for part in node.args]
            return sum(parts) if (node.mechanism == "and") is wanted else min(parts)
        case "compare":
            return _apart(frame, node)
        case "literal":
            return _NEVER
        case "any" | "all" | "none":
            return _over_members(assessment, frame, node, wanted, depth)
        case "term" if isinstance(node.detail, TermRead):
            read = node.detail
            step = assessment.by_key.get((read.term, frame.number_of(read.reader, read.entity)))
            if step is not None and step.term.formula is not None:
                return 1 + _short(assessment, step.frame, step.term.formula.root, wanted, depth + 1)
        case "alternatives" | "exceptions":
            return 1 + min(
                sum(short(condition, want) for condition, want in conditions) + short(value_node, wanted)
                for conditions, value_node in _ways(node)
            )
    return 2


def _apart(frame: Frame, node: Node) -> int:
    """How far the two sides of a comparison are from each other: a small difference itself, a large one by its digits."""
    m: int = node.detail[1]
    n: int = node.detail[2]
    match frame.cells[node.args[0].index], frame.cells[node.args[1].index]:
        case int() as a, int() as b:
            return _size(m * a - n * b)
        case date() as a, date() as b:
            return _size((a - b).days)
    return 2


def _size(difference: int) -> int:
    most = abs(difference)
    return 2 + (most if most <= 16 else 12 + most.bit_length())


def _over_members(assessment: Assessment, frame: Frame, node: Node, wanted: bool, depth: int) -> int:
    detail: OverMembers = node.detail
    workings = [w for w in frame.inner.get(node.index, ()) if w.belongs is not False and w.operand is not None]
    one_is_enough = (node.mechanism == "any") is wanted if node.mechanism != "none" else not wanted
    meets = wanted if node.mechanism != "none" else not wanted
    assert detail.operand is not None
    found = [_short(assessment, w.operand, detail.operand.root, meets, depth + 1) for w in workings if w.operand is not None]
    if not found:
        return 8
    return min(found) if one_is_enough else sum(found)
