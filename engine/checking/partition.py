"""What the rows of a table cover: exactly, over every value that its columns can have (S34).

Each column is an axis, cut into pieces on which all rows say the same: an answer, a point, or the open stretch between two
points that occur in cells. A row is a set of pieces on each axis, kept as the bits of a number; so a gap and an overlap are
found without trying households.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from attrs import define, field, frozen

MOST_STEPS = 2_000
"""Of the search for a gap among rows that overlap; rows that do not overlap need few."""


class TooManyError(Exception):
    """The rows combine in too many ways to be looked through."""


@frozen
class Stretch:
    """A point (both ends equal), or all between two ends and neither of them; None for no end."""

    low: int | None
    high: int | None

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


def stretches(ends: Sequence[int], low: int | None, high: int | None, grid: int | None) -> tuple[Stretch, ...]:
    """A line from `low` to `high` (None: without end), cut at the ends that occur in cells.

    `grid` is the distance between the values that there are; None where there is one between any two.
    """
    cuts = sorted({end for end in (*ends, low, high) if end is not None})
    found = [Stretch(None, cuts[0])] if cuts else [Stretch(None, None)]
    for before, after in pairwise([*cuts, None]):
        assert before is not None
        found += [Stretch(before, before), Stretch(before, after)]
    return tuple(s for s in found if _is_inside(s, low, high) and _has_values(s, grid))


def _is_inside(stretch: Stretch, low: int | None, high: int | None) -> bool:
    above = low is None or (stretch.low is not None and stretch.low >= low)
    return above and (high is None or (stretch.high is not None and stretch.high <= high))


def _has_values(stretch: Stretch, grid: int | None) -> bool:
    if grid is None or stretch.low is None or stretch.high is None:
        return True
    if stretch.is_point:
        return stretch.low % grid == 0
    return (stretch.low // grid + 1) * grid < stretch.high


Box = tuple[int, ...]
"""A row: for each axis the pieces for which its cell holds, as the bits of a number."""


def common(a: Box, b: Box) -> tuple[int, ...] | None:
    """On each axis a piece for which both of two rows hold; None where they exclude each other."""
    both = [x & y for x, y in zip(a, b, strict=True)]
    return tuple(_lowest(bits) for bits in both) if all(both) else None


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def gap(sizes: Sequence[int], boxes: Sequence[Box]) -> tuple[int, ...] | None:
    """On each axis a piece, for which together no row holds; None where the rows cover everything."""
    return _Search(sizes, boxes).gap()


def widened(sizes: Sequence[int], boxes: Sequence[Box], pieces: Sequence[int], ordered: Sequence[bool]) -> Box:
    """A gap with all that is missing beside it: on each axis, one after the other, as much as no row holds for.

    On an axis that is `ordered` it stays in one piece.
    """
    found = [1 << piece for piece in pieces]
    for axis, size in enumerate(sizes):
        beside = [b for b in boxes if all(bits & f for n, (bits, f) in enumerate(zip(b, found, strict=True)) if n != axis)]
        free = ((1 << size) - 1) & ~reduce(or_, (b[axis] for b in beside), 0)
        if ordered[axis]:
            free = _run_around(free, pieces[axis])
        found[axis] = free
    return tuple(found)


def _run_around(bits: int, piece: int) -> int:
    """The neighbours of a piece that are in a set without a break."""
    run = 1 << piece
    while (wider := (run << 1 | run | run >> 1) & bits) != run:
        run = wider
    return run


@define(eq=False, repr=False)
class _Search:
    sizes: Sequence[int]
    boxes: Sequence[Box]
    steps: int = 0
    covered: set[tuple[int, int]] = field(factory=set)
    """Axes from one on, with the rows still possible, that have been found to have no gap."""
    volumes: list[list[int]] = field(factory=list)
    """From each axis on, how many combinations of pieces each row holds for."""
    totals: list[int] = field(factory=list)
    disjoint: bool = False

    def gap(self) -> tuple[int, ...] | None:
        """Rows that exclude each other cover everything just where their sizes add up to the whole."""
        self.volumes, self.totals = [[1] * len(self.boxes)], [1]
        for axis in reversed(range(len(self.sizes))):
            self.volumes.insert(0, [v * b[axis].bit_count() for v, b in zip(self.volumes[0], self.boxes, strict=True)])
            self.totals.insert(0, self.totals[0] * self.sizes[axis])
        self.disjoint = all(common(a, b) is None for n, a in enumerate(self.boxes) for b in self.boxes[:n])
        return self._gap(0, (1 << len(self.boxes)) - 1)

    def _gap(self, axis: int, rows: int) -> tuple[int, ...] | None:
        volumes = self._volumes(axis, rows)
        total = self.totals[axis]
        if total in volumes or (self.disjoint and sum(volumes) == total) or (axis, rows) in self.covered:
            return None
        if axis == len(self.sizes):
            return ()
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyError
        left = {self._holding(axis, rows, piece): piece for piece in reversed(range(self.sizes[axis]))}
        for some, piece in sorted(left.items(), key=lambda item: (sum(self._volumes(axis + 1, item[0])), item[1])):
            found = self._gap(axis + 1, some)
            if found is not None:
                return (piece, *found)
        self.covered.add((axis, rows))
        return None

    def _volumes(self, axis: int, rows: int) -> list[int]:
        return [volume for number, volume in enumerate(self.volumes[axis]) if rows >> number & 1]

    def _holding(self, axis: int, rows: int, piece: int) -> int:
        """Those of some rows that hold for a piece."""
        return sum(1 << number for number, box in enumerate(self.boxes) if rows >> number & 1 and box[axis] >> piece & 1)
