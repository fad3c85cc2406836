"""The provisions of the law that an explanation relies on, in the law's own order, with the steps that rest on each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import frozen

from engine.book.law import Citation
from engine.book.places import order_of, places
from explain.phrases import sentence


class Resting(Protocol):
    """A step, and what it cites."""

    @property
    def number(self) -> int: ...

    @property
    def citations(self) -> Sequence[Citation]: ...


@frozen(eq=False, repr=False)
class Relied:
    """A provision, and the steps that rest on it."""

    place: str
    steps: tuple[int, ...]


@frozen(eq=False, repr=False)
class Instrument:
    """An instrument that is relied on, and where its text can be read."""

    title: str
    link: str | None
    places: tuple[Relied, ...]


def relied_on(steps: Iterable[Resting]) -> tuple[Instrument, ...]:
    """Instruments in the order in which the steps first cite them."""
    found: dict[str, dict[str, list[int]]] = {}
    links: dict[str, str | None] = {}
    for step in steps:
        for cite in step.citations:
            title = cite.instrument or sentence("Other sources")
            links.setdefault(title, cite.link)
            for place in places(cite.text) or ("",):
                resting = found.setdefault(title, {}).setdefault(place, [])
                if step.number not in resting:
                    resting.append(step.number)
    return tuple(
        Instrument(title, links[title], tuple(Relied(place, tuple(sorted(by[place]))) for place in sorted(by, key=order_of)))
        for title, by in found.items()
    )
