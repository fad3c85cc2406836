"""The mechanisms: each says how it is typed and ranged (a function that makes a node) and how it is worked out (`prepare`).

How each is worded stands under the same name in `explain/telling/wording.py`; a test fails when one of the two is missing.
"""

from __future__ import annotations

from engine.mechanisms import arithmetic, cases, conditions, days, groups, limits, rank, reads, scales, tables, time
from engine.mechanisms.base import Mechanism, Run
from engine.nodes import Formula, Node, OverDays, OverMembers

REGISTRY: dict[str, Mechanism] = {
    mechanism.name: mechanism
    for module in (reads, arithmetic, limits, conditions, time, days, groups, rank, cases, tables, scales)
    for mechanism in module.MECHANISMS
}


def prepared(formula: Formula) -> Run:
    """The function that works a formula out in a frame."""
    return _prepared(formula.root)


def _prepared(node: Node) -> Run:
    if isinstance(node.detail, OverMembers):
        runs = tuple(None if inner is None else _prepared(inner.root) for inner in node.detail.formulas)
        return REGISTRY[node.mechanism].prepare(node, runs)
    if isinstance(node.detail, OverDays):
        inside = tuple(None if inner is None else _prepared(inner.root) for inner in node.detail.formulas)
        return REGISTRY[node.mechanism].prepare(node, (*(_prepared(arg) for arg in node.args), *inside))
    return REGISTRY[node.mechanism].prepare(node, tuple(_prepared(arg) for arg in node.args))
