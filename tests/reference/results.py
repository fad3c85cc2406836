"""What a term is: a known value, a group's members, or a refusal with its reasons (S36)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

Path = tuple[str, ...]
"""The identifiers of a household, a person …, from the outermost down; () for what is nobody's own."""


@frozen
class Reason:
    """Why a value cannot be given: of what kind, in which term it arose, and whose."""

    kind: str
    term: str
    path: Path


@frozen
class Refused:
    """Stands in a value's place; the order of its reasons has no meaning."""

    reasons: frozenset[Reason]


@frozen
class Belonging:
    """A group's value: who belongs to it, and the reasons why it is not known of others whether they do."""

    members: tuple[Path, ...]
    doubt: Refused | None


Known = Fraction | bool | date | str
Value = Known | Belonging | Refused


def refused(kind: str, term: str, path: Path) -> Refused:
    return Refused(frozenset({Reason(kind, term, path)}))


def gathered(values: Iterable[object]) -> Refused | None:
    """All the reasons of those that are refused, together; None where every one is known."""
    reasons = [value.reasons for value in values if isinstance(value, Refused)]
    return Refused(frozenset().union(*reasons)) if reasons else None


def needing_all(values: Iterable[Any], work: Callable[..., Any]) -> Any:
    """What needs all its parts is refused where one of them is (S37)."""
    parts = list(values)
    return gathered(parts) or work(*parts)


def conjunction(parts: Iterable[bool | Refused]) -> bool | Refused:
    """`and`: no if any part is no, even beside a refusal (S37)."""
    known = list(parts)
    if any(part is False for part in known):
        return False
    return gathered(known) or True


def negation(part: bool | Refused) -> bool | Refused:
    return part if isinstance(part, Refused) else not part


def disjunction(parts: Iterable[bool | Refused]) -> bool | Refused:
    """`or`: yes if any part is yes, even beside a refusal (S37)."""
    return negation(conjunction(negation(part) for part in parts))
