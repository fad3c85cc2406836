"""The picture of what an award is made up of: a bar for what adds, for what that comes to, for what is taken off and is left."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from textwrap import wrap
from typing import Literal

from attrs import frozen

from engine.assessment import Assessment, Step
from explain.page.adding import Amount, Sum, sum_of
from explain.telling.numbers import Numbers

_MOST_BARS = 14
"""Parts beyond which an award is drawn by its larger ones only."""
_DEEPEST = 3
"""How far down a part is told by its own parts."""
_LINE = 34
"""Characters of a title in one line of the picture."""

Kind = Literal["adds", "takes", "comes to", "limit"]


@frozen(eq=False, repr=False)
class Bar:
    """One line of the picture and of its table; it reaches from `start` to `end`, in thousandths of the width."""

    title: str
    whose: str
    value: str
    kind: Kind
    step: int | None
    start: int
    end: int

    @property
    def left(self) -> int:
        return min(self.start, self.end)

    @property
    def width(self) -> int:
        return abs(self.end - self.start)

    @property
    def lines(self) -> list[str]:
        """The title broken for the picture."""
        return wrap(f"{self.title} ({self.whose})" if self.whose else self.title, _LINE)

    @property
    def height(self) -> int:
        """Of its title and the bar below it, with the space to the next."""
        return 16 * len(self.lines) + 24


@frozen(eq=False, repr=False)
class Waterfall:
    title: str
    whose: str
    unit: str
    bars: tuple[Bar, ...]


def made_up(assessment: Assessment, answer: Step) -> Sum | None:
    """What an answer is made up of, as far down as it can be told by some fourteen amounts; None where by none."""
    for deepest in (_DEEPEST, 1, 0):
        found = sum_of(assessment, answer, deepest)
        if found is None:
            return None
        if len(found.parts) <= _MOST_BARS:
            return found if len(found.parts) > 1 else None
    return None


def waterfall(assessment: Assessment, answer: Step, numbers: Numbers) -> Waterfall | None:
    """The picture of an award; None where it is not made up of amounts that are added and taken off."""
    found = made_up(assessment, answer)
    if found is None:
        return None
    rows = list(_rows(found, assessment))
    scale = lcm(*[amount.scale for amount, _ in rows])
    reach: list[tuple[int, int]] = []
    running = 0
    for amount, kind in rows:
        value = amount.value * (scale // amount.scale)
        reach.append((0, value) if kind == "comes to" else (running, running + value))
        running = reach[-1][1]
    low = min(0, *[min(ends) for ends in reach])
    width = max(0, *[max(ends) for ends in reach]) - low or 1
    bars = tuple(
        Bar(
            title=amount.title,
            whose=amount.whose,
            value=found.written(amount),
            kind=kind,
            step=None if amount.step is None else numbers.of(assessment, amount.step.key),
            start=(start - low) * 1000 // width,
            end=(end - low) * 1000 // width,
        )
        for (amount, kind), (start, end) in zip(rows, reach, strict=True)
    )
    return Waterfall(answer.term.title, assessment.world.names[answer.path], str(answer.term.type), bars)


def _rows(found: Sum, assessment: Assessment) -> Iterator[tuple[Amount, Kind]]:
    takes = [part for part in found.parts if part.value < 0]
    for part in found.parts:
        if part.value > 0:
            yield part, "adds"
    if found.total is not None and takes:
        yield found.total, "comes to"
    for part in takes:
        yield part, "takes"
    for limit in found.limits:
        yield limit, "limit"
    answer = found.of
    assert isinstance(answer.value, int)
    yield (
        Amount(answer.term.title, assessment.world.names[answer.path], answer.value, answer.term.scale, True, answer),
        "comes to",
    )
