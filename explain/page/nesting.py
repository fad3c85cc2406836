"""The working as it is read: the award, in it what the award is worked out from, and in each of those all that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen


class Numbered(Protocol):
    """A step as it is told."""

    @property
    def number(self) -> int: ...

    @property
    def steps_used(self) -> Sequence[int]: ...


@frozen(eq=False, repr=False)
class Part:
    """What an answer is worked out from, and the steps that it rests on, each after those that it uses."""

    step: Numbered
    below: tuple[Numbered, ...]


@frozen(eq=False, repr=False)
class Chapter:
    """An answer with its parts; without a step, what stands under no answer."""

    step: Numbered | None
    parts: tuple[Part, ...]


def chapters(steps: Sequence[Numbered], answers: Sequence[int]) -> tuple[Chapter, ...]:
    """Every step once: an answer's parts in the order of its formula, and a shared step where it is needed first."""
    waiting = {step.number: step for step in steps}
    found = [(answer, waiting.pop(answer)) for answer in dict.fromkeys(answers) if answer in waiting]
    nested = [Chapter(step, _parts(step, waiting)) for _, step in found]
    rest = tuple(Part(step, ()) for step in waiting.values())
    return (*nested, Chapter(None, rest)) if rest else tuple(nested)


def _parts(answer: Numbered, waiting: dict[int, Numbered]) -> tuple[Part, ...]:
    own = [waiting.pop(number) for number in dict.fromkeys(answer.steps_used) if number in waiting]
    return tuple(Part(step, _below(step, waiting)) for step in own)


def _below(step: Numbered, waiting: dict[int, Numbered]) -> tuple[Numbered, ...]:
    found: list[Numbered] = []
    to_see = list(step.steps_used)
    while to_see:
        below = waiting.pop(to_see.pop(), None)
        if below is not None:
            found.append(below)
            to_see.extend(below.steps_used)
    return tuple(sorted(found, key=lambda one: one.number))
