"""By how much a comparison failed: what a determining officer tells somebody who was not awarded something."""

from __future__ import annotations

from datetime import date
from math import lcm

from attrs import frozen

from engine.mechanisms.base import Frame
from engine.nodes import Node
from engine.values import NEVER, Exact


@frozen
class Margin:
    """How far a value is from where the comparison begins to hold."""

    amount: Exact | int
    """In the unit of what is compared; of dates a number of days."""
    too_low: bool
    """Whether the value was too low (of a date: too early), not too high."""


def margin(node: Node, frame: Frame) -> Margin | None:
    """Of a comparison by order that does not hold; None where it holds, is not known, or the two are alike."""
    if node.mechanism != "compare" or frame.cells[node.index] is not False or node.detail[0] in ("=", "≠"):
        return None
    one, other = node.args
    left, right = frame.cells[one.index], frame.cells[other.index]
    too_low = node.detail[0] in (">", ">=")
    if isinstance(left, date) and isinstance(right, date):
        days = abs((left - right).days)
        return Margin(days, too_low) if days and NEVER not in (left, right) else None
    if not (one.type.is_number and isinstance(left, int) and isinstance(right, int)):
        return None
    scale = lcm(one.scale, other.scale)
    gap = abs(left * (scale // one.scale) - right * (scale // other.scale))
    return Margin(Exact(gap, one.type, scale), too_low) if gap else None
