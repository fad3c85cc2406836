"""Made-up books, households and days, one after another, until the two readings differ; what differs is then made small."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from grammar.source import Source
from tests.reference.agreement import Pair, Reached, differences
from tests.reference.pen import DAYS, Pen
from tests.reference.writing import KNOWN, BookWriter, MadeUp
from tests.reference.writing_cases import household


@frozen
class Scene:
    """A book, some households, and the days and known days on which each is asked."""

    book: MadeUp
    cases: tuple[Source, ...]
    days: tuple[tuple[date, date | None], ...]

    def __repr__(self) -> str:
        return "\n".join([self.book.text, *(case.text for case in self.cases), *map(str, self.days)])


def scene(pen: Pen) -> Scene:
    book = BookWriter(pen).book()
    days = tuple((pen.one_of(DAYS), pen.one_of(KNOWN)) for _ in range(3))
    return Scene(book, tuple(household(pen, book) for _ in range(2)), days)


@st.composite
def scenes(draw: Any) -> Scene:
    return scene(Pen(lambda most: draw(st.integers(0, most))))


def disagreement(scene: Scene, reached: Reached) -> str:
    """Where the two readings differ, in words; empty where they nowhere do."""
    pair = Pair.of(scene.book.text)
    refused = {problem for day, known in scene.days for problem in pair.problems(day, known)}
    reached.refused.update(refused)
    reached.totals.update({"books made up": 1, "books accepted": not refused})
    if refused:
        return ""
    found = [
        difference
        for case in scene.cases
        for day, known in scene.days
        for difference in differences(pair, scene.book, case, day, known, reached)
    ]
    return "\n".join(map(str, found))


def run(examples: int, number: int) -> Reached:
    """As many books as are wanted; an assertion fails with the smallest one found on which the two differ."""
    reached = Reached()

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(scenes())
    def agree(scene: Scene) -> None:
        differing = disagreement(scene, reached)
        assert not differing, f"the two readings differ:\n{differing}"

    agree()
    return reached
