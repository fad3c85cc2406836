"""How much of one thing a book may have, and how much of it a message lists."""

from __future__ import annotations

from collections.abc import Sequence

from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.source import Span

MOST_ENTITIES = 64
"""Kinds of entity in one book."""

MOST_VALUES = 500
"""Values of one choice."""

MOST_LISTED = 30
"""Names that a message lists."""


def too_many_entities(entities: Sequence[d.Entity]) -> Problem | None:
    if len(entities) <= MOST_ENTITIES:
        return None
    fix = "Make a choice of what differs between some of them."
    return _over(f"{MOST_ENTITIES} kinds of entity", entities[MOST_ENTITIES].name_span, fix)


def too_many_values(choice: d.Choice) -> Problem | None:
    if len(choice.values) <= MOST_VALUES:
        return None
    return _over(
        f"{MOST_VALUES} values of one choice", choice.values[MOST_VALUES].span, "Make several choices, or let it be text."
    )


def _over(what: str, span: Span, fix: str) -> Problem:
    return Problem(code="over-a-limit", message=f"There are more than {what}.", place=Place(span, "one too many"), fix=fix)


def listed(names: Sequence[str]) -> str:
    """Names for a message; of very many the first."""
    shown = ", ".join(f"`{name}`" for name in names[:MOST_LISTED])
    return f"{shown} …" if len(names) > MOST_LISTED else shown
