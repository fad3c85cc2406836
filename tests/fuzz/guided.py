"""A small coverage-guided search for where no other is installed: what reaches a new branch is kept and changed again."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable
from types import CodeType, FrameType
from typing import Any

from attrs import define, field, frozen

from tests.books import ROOT
from tests.fuzz.mutation import mutated

_HOUSE = tuple(f"{ROOT / room}/" for room in ("grammar", "engine", "explain", "jurat"))

Edge = tuple[CodeType, int, int]


@frozen
class Broken:
    """An input and what came of it."""

    data: bytes
    error: Exception


@define
class Found:
    """What a search has reached."""

    executions: int = 0
    edges: set[Edge] = field(factory=set)
    kept: list[bytes] = field(factory=list)
    broken: Broken | None = None


def search(run: Callable[[bytes], None], seeds: Iterable[bytes], seed: int, seconds: float, most: int | None = None) -> Found:
    """Runs the seeds, then changes of what has reached something new, until time or number is up or a promise is broken."""
    found = Found()
    chance = random.Random(seed)
    end = time.monotonic() + seconds
    waiting = list(seeds)[::-1]
    while time.monotonic() < end and (most is None or found.executions < most):
        data = waiting.pop() if waiting else mutated(_one_of(found.kept, chance), chance)
        before = len(found.edges)
        try:
            with _watching(found.edges):
                run(data)
        except Exception as error:
            found.broken = Broken(data, error)
            break
        finally:
            found.executions += 1
        if len(found.edges) > before:
            found.kept.append(data)
    return found


def _one_of(kept: list[bytes], chance: random.Random) -> bytes:
    """The latest more often: they have reached what the others have not."""
    if chance.random() < 0.3:
        return chance.choice(kept[-50:])
    return chance.choice(kept)


class _watching:  # noqa: N801  (it reads as a word of `with`)
    """Collects the branches taken in the house: from which line to which, in which function."""

    def __init__(self, edges: set[Edge]) -> None:
        self.edges = edges

    def __enter__(self) -> None:
        self.before = sys.gettrace()
        sys.settrace(self._entered)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def _entered(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(_HOUSE):
            return None
        edges, last = self.edges, 0

        def step(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal last
            if event == "line":
                edges.add((code, last, frame.f_lineno))
                last = frame.f_lineno
            return step

        return step
