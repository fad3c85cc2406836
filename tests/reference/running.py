"""Made-up books, households and days, asked of both readings; where they differ, the smallest book that still shows it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any, TypeVar

from attrs import frozen
from hypothesis import strategies as st

from grammar.source import Source
from tests.reference.agreement import Pair, Reached, When, differences
from tests.reference.pen import DAYS, Pen
from tests.reference.setting import MadeUp
from tests.reference.writing import BookWriter
from tests.reference.writing_cases import household

KNOWN = [None, None, None, None, date(2011, 12, 31), date(2010, 8, 31), date(2009, 8, 31), date(2008, 12, 1), date(2007, 1, 1)]
Made = TypeVar("Made")
MOST_TRIES = 400
"""Of making what differs smaller."""


@frozen
class Scene:
    """A book, some households, and the days and known days on which each is asked."""

    book: MadeUp
    cases: tuple[Source, ...]
    days: tuple[When, ...]

    def __repr__(self) -> str:
        return "\n".join([self.book.text, *(case.text for case in self.cases), *map(str, self.days)])


def scene(pen: Pen) -> Scene:
    book = BookWriter(pen).book()
    days = tuple(When(pen.one_of(DAYS), pen.one_of(KNOWN), _readings(pen, book)) for _ in range(4))
    return Scene(book, tuple(household(pen, book) for _ in range(2)), days)


def _readings(pen: Pen, book: MadeUp) -> tuple[str, ...]:
    """Of some rules, one of their other readings."""
    return tuple(pen.one_of(readings) for readings in book.readings if readings and pen.chance(40))


@st.composite
def scenes(draw: Any) -> Scene:
    """For Hypothesis, which looks near what it has seen, and makes small what fails."""
    return scene(Pen(lambda most: draw(st.integers(0, most))))


def disagreement(scene: Scene, reached: Reached) -> str:
    """Where the two readings differ, in words; empty where they nowhere do."""
    pair = Pair.of(scene.book.text)
    days = [pair.in_force(when) for when in scene.days]
    refused = {problem for when in days for problem in pair.problems(when)}
    reached.refused.update(refused)
    reached.totals.update({"books made up": 1, "books accepted": not refused})
    if refused:
        return ""
    found = [
        difference for case in scene.cases for when in days for difference in differences(pair, scene.book, case, when, reached)
    ]
    return "\n".join(map(str, found))


def run(
    examples: int,
    seed: int,
    made: Callable[[Pen], Made] = scene,  # type: ignore[assignment]
    differs: Callable[[Made, Reached], str] = disagreement,  # type: ignore[assignment]
) -> Reached:
    """As many books as are wanted, each choice as likely as another; fails with a small one on which the two readings differ."""
    reached = Reached()
    for example in range(examples):
        generator = random.Random(f"{seed} {example}")
        chosen: list[int] = []

        def choose(most: int, generator: random.Random = generator, chosen: list[int] = chosen) -> int:
            chosen.append(generator.randint(0, most))
            return chosen[-1]

        if differs(made(Pen(choose)), reached):
            small = replayed(smallest(chosen, lambda choices: bool(differs(replayed(choices, made), Reached()))), made)
            raise AssertionError(f"example {example} of seed {seed}:\n{small!r}\n{differs(small, Reached())}")
    return reached


def replayed(choices: Sequence[int], made: Callable[[Pen], Made]) -> Made:
    """What is made of these choices; where they end, of the first of everything."""
    left: Iterator[int] = chain(choices, repeat(0))
    return made(Pen(lambda most: min(next(left), most)))


def smallest(choices: Sequence[int], differs: Callable[[Sequence[int]], bool]) -> Sequence[int]:
    """Fewer choices, and more of them the first, as long as what they make still differs."""
    best, tries = list(choices), 0
    for size in (256, 64, 16, 4, 1):
        at = 0
        while at < len(best) and tries < MOST_TRIES:
            for shorter in ([], [0] * size):
                candidate = best[:at] + shorter + best[at + size :]
                tries += 1
                if candidate != best and differs(candidate):
                    best = candidate
                    break
            else:
                at += size
    return best
