"""Faults that are put in to prove that the search would find one: each raises on a rare condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from engine.cases import case_json
from engine.checking import order
from engine.mechanisms import limits
from grammar.building_clauses import ClauseBuilder
from grammar.trees import Tree


class PlantedError(Exception):
    """Only ever raised by what this file puts in."""


def _raising(function: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
    def patched(*args: Any, **rest: Any) -> Any:
        if when(*args, **rest):
            raise PlantedError(function.__name__)
        return function(*args, **rest)

    return patched


def _begins_below_zero(self: ClauseBuilder, tree: Tree) -> bool:
    ranges = [child for child in tree.children if isinstance(child, Tree) and child.data == "bounds"]
    return any(isinstance(end, Tree) and end.data == "negative" for clause in ranges for end in clause.children)


def _very_many_parts(numerator: int, denominator: int, mode: str) -> bool:
    return mode == "down" and numerator // denominator > 10**6


FAULTS: dict[str, tuple[Any, str, Callable[..., bool]]] = {
    "in the reader, where a range begins below zero": (ClauseBuilder, "range", _begins_below_zero),
    "in the check, where a circle has two parts": (order, "_circle", lambda book, circle: len(circle) == 2),
    "in a mechanism, where there are more than a million parts": (limits, "round_quotient", _very_many_parts),
    "in JSON, where a number below zero has decimals": (
        case_json._Reader, "_plain_number", lambda self, text, where: text.startswith("-") and "." in text
    ),
}  # fmt: skip


@contextmanager
def planted(name: str) -> Iterator[None]:
    owner, attribute, when = FAULTS[name]
    whole = getattr(owner, attribute)
    setattr(owner, attribute, _raising(whole, when))
    try:
        yield
    finally:
        setattr(owner, attribute, whole)
