"""Terms that only rise or only fall with one input: years since a date of birth, a rent for a week, thirteen weeks after a claim.

Such a term crosses a constant once, so a comparison with it says between which values the input lies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from engine.checking.domains import Between, Key, between, first_where
from engine.dates import anniversary, elapsed
from engine.exact import round_quotient
from engine.nodes import Node

Function = Callable[[int], int]

Order = str
"""`=` `≠` `<` `<=` `>` `>=`."""

NEGATED: dict[Order, Order] = {"=": "≠", "≠": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
SWAPPED: dict[Order, Order] = {"=": "=", "≠": "≠", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@frozen(eq=False)
class Known:
    """The same value for every household: a number over its node's scale, a date by the number of its day."""

    value: int


def itself(x: int) -> int:
    return x


@frozen(eq=False)
class Moving:
    """A value that follows one variable, never turning back."""

    key: Key
    function: Function
    rising: bool

    def then(self, function: Function, rising: bool = True) -> Moving:
        mine = self.function
        return Moving(self.key, lambda x: function(mine(x)), self.rising is rising)


Line = Known | Moving | None
"""None: neither."""


def combined(node: Node, lines: Sequence[Line]) -> Line:
    """A node whose arguments are known, but for one at most that moves; None for anything else."""
    if any(line is None for line in lines) or sum(isinstance(line, Moving) for line in lines) > 1:
        return None
    work = _WORK.get(node.mechanism)
    if work is None:
        return None
    place = next((i for i, line in enumerate(lines) if isinstance(line, Moving)), None)
    known = [line.value if isinstance(line, Known) else 0 for line in lines]
    if place is None:
        return Known(work(node, known))
    moving = lines[place]
    assert isinstance(moving, Moving)

    def function(x: int) -> int:
        values = list(known)
        values[place] = x
        return work(node, values)

    return moving.then(function, _rises(node, place, known))


def _rises(node: Node, place: int, known: Sequence[int]) -> bool:
    """Whether a node rises with one of its arguments, the others being as they are."""
    match node.mechanism:
        case "sum":
            rises: bool = node.detail[place] > 0
        case "product":
            over, places, _ = node.detail
            factor = over
            for i in places:
                factor = factor * (1 if i == place else known[i])
            rises = factor >= 0
        case "elapsed":
            rises = place == 1
        case "date sum":
            rises = place == 0 or node.detail[0][place - 1][0] > 0
        case _:
            rises = True
    return rises


# ---- what each mechanism does to known values -----------------------------------------------------------------------


def _scaled(node: Node, values: Sequence[int]) -> list[int]:
    return [factor * value for factor, value in zip(node.detail, values, strict=True)]


def _sum(node: Node, values: Sequence[int]) -> int:
    return sum(_scaled(node, values))


def _product(node: Node, values: Sequence[int]) -> int:
    result, places, by = node.detail
    for i in places:
        result *= values[i]
    return int(result // by)


def _lowest(node: Node, values: Sequence[int]) -> int:
    return min(_scaled(node, values))


def _highest(node: Node, values: Sequence[int]) -> int:
    return max(_scaled(node, values))


def _rounding(node: Node, values: Sequence[int]) -> int:
    mode, step, _ = node.detail
    rounded: int = round_quotient(values[0] * node.scale, node.args[0].scale * step, mode) * step
    return rounded


def _elapsed(node: Node, values: Sequence[int]) -> int:
    unit, short_months = node.detail
    start, end = (_day(value) for value in values)
    return elapsed(unit, start, end, short_months or "last")


def _date_sum(node: Node, values: Sequence[int]) -> int:
    lengths, short_months = node.detail
    day, *counts = values
    for (sign, unit), count in zip(lengths, counts, strict=True):
        if unit in ("day", "week"):
            day += sign * count * (7 if unit == "week" else 1)
        else:
            months = sign * count * (12 if unit == "year" else 1)
            there = _day(day)
            index = there.year * 12 + there.month - 1 + months
            if not 12 <= index < 12 * 9_999:
                return date.min.toordinal() if months < 0 else date.max.toordinal()
            day = anniversary(there, months, short_months or "last").toordinal()
    return day


def _day(number: int) -> date:
    return date.fromordinal(min(max(number, date.min.toordinal()), date.max.toordinal()))


_WORK: dict[str, Callable[[Node, Sequence[int]], int]] = {
    "sum": _sum,
    "product": _product,
    "lower": _lowest,
    "ceiling": _lowest,
    "higher": _highest,
    "floor": _highest,
    "rounding": _rounding,
    "elapsed": _elapsed,
    "date sum": _date_sum,
}


# ---- comparisons ----------------------------------------------------------------------------------------------------


def holds(order: Order, a: int, b: int) -> bool:
    match order:
        case "=":
            return a == b
        case "≠":
            return a != b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
    return a >= b


def where(order: Order, moving: Moving, factor: int, bound: int, whole: Between) -> Between:
    """For which values of the variable `factor` × the function stands so to a bound."""
    [(low, high)] = whole.spans
    if moving.function is itself:
        ends = -(-bound // factor), bound // factor + 1
        reaches, passes = (min(max(end, low), high + 1) for end in ends)
        return _parted(order, low, reaches, passes, high)
    sign = 1 if moving.rising else -1
    if sign < 0:
        low, high = -high, -low

    def at(x: int) -> int:
        return factor * moving.function(sign * x)

    reaches = first_where(lambda x: at(x) >= bound, low, high)
    passes = first_where(lambda x: at(x) > bound, reaches, high)
    found = _parted(order, low, reaches, passes, high)
    return found if sign > 0 else Between(tuple(sorted((-b, -a) for a, b in found.spans)))


def _parted(order: Order, low: int, reaches: int, passes: int, high: int) -> Between:
    """What lies below a bound, on it (from where it is reached to where it is passed) or above it, as the order means."""
    below, equal, above = between(low, reaches - 1), between(reaches, passes - 1), between(passes, high)
    parts = {
        "=": (equal,),
        "≠": (below, above),
        "<": (below,),
        "<=": (below, equal),
        ">": (above,),
        ">=": (equal, above),
    }[order]
    found = Between(())
    for part in parts:
        found = found.join(part)
    return found
