"""Where two texts of one provision differ, by what they say: the smallest words that stand in place of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from attrs import fields, frozen

from grammar import declarations as d
from grammar.syntax import Expr, Tree

_NOT_WORDS = {"period", "made_by", "being"}
"""What says since when a text holds and what made it so, and not what it says."""
_TOLD = (*get_args(Expr), d.Alternative, d.ExceptionClause, d.Row, d.Band, d.Reading)
"""What can be quoted by itself."""
_NAMED = (d.ExceptionClause, d.Row, d.Reading)


@frozen(eq=False, repr=False)
class Difference:
    """Words that were there, and those that are there instead; None where there were none, or are none."""

    where: str
    """`title`, `type` and the like of a heading; `exception a_child`, `row e`; "" in the text itself."""
    old: Any
    new: Any


def differences(old: d.Named, new: d.Named) -> list[Difference]:
    """What is said otherwise in another text of one provision, each of one version; last in its heading."""
    if type(old) is not type(new):
        return [Difference("", old, new)]
    found = []
    for name in _attributes(old):
        if name not in ("versions", "values", "condition"):
            before, now = getattr(old, name), getattr(new, name, None)
            if before != now:
                found.append(Difference(name, *_only(before, now)))
    return [*_of_texts(_texts(old), _texts(new)), *found]


def _only(old: Any, new: Any) -> tuple[Any, Any]:
    """Of two lists, citations above all, what stands in one of them."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return old, new
    return tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)


def _texts(provision: d.Named) -> tuple[Any, ...]:
    match provision:
        case d.Challenge() | d.Duty():
            return ()
        case d.Figure(values=values):
            return tuple(value.value for value in values)
        case d.Group(condition=condition):
            return (condition,)
    return provision.versions


def _of_texts(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    for before, now in zip(old, new, strict=True):
        found = _between(before, now, "")
        yield from found if found is not None else _clauses(before, now)


def _clauses(old: Any, new: Any) -> Iterator[Difference]:
    """Where two versions are not alike enough: clause by clause, each in the place of the one that stood there."""
    for name in _attributes(old):
        before, now = getattr(old, name), getattr(new, name, ())
        if name in ("alternatives", "bands") and before != now:
            for place in range(max(len(before), len(now))):
                one, other = (side[place] if place < len(side) else None for side in (before, now))
                found = _between(one, other, "")
                yield from found if found is not None else (Difference("", one, other),)
        elif isinstance(before, tuple) and before != now:
            yield from _between_several(before, now, "") or ()
        elif before != now:
            yield Difference("", before, now)


def _between(old: Any, new: Any, where: str) -> list[Difference] | None:
    """The differences inside two trees; None where they cannot be told but as a whole, by what stands around them."""
    if old == new:
        return []
    found: list[Difference] | None = None
    if type(old) is type(new) and isinstance(old, Tree):
        found = _inside(old, new, where)
    if found is None and isinstance(old, _TOLD) and isinstance(new, _TOLD):
        return [Difference(where, old, new)]
    return found


def _inside(old: Tree, new: Tree, where: str) -> list[Difference] | None:
    found: list[Difference] = []
    for name in _attributes(old):
        before, now = getattr(old, name), getattr(new, name)
        if before == now:
            continue
        if isinstance(before, tuple) and isinstance(now, tuple):
            inner = _between_several(before, now, where)
        else:
            inner = _between(before, now, where) if isinstance(before, Tree) else None
        if inner is None:
            return None
        found += inner
    return found


def _between_several(old: tuple[Any, ...], new: tuple[Any, ...], where: str) -> list[Difference] | None:
    """Exceptions and rows are told apart by their names, anything else by its place."""
    if all(isinstance(item, _NAMED) for item in (*old, *new)):
        before, now = {item.name: item for item in old}, {item.name: item for item in new}
        found = []
        for name in dict.fromkeys([*before, *now]):
            one, other = before.get(name), now.get(name)
            part = f"{_called(one or other)} {name}"
            inner = _between(one, other, part) if one is not None and other is not None else None
            found += inner if inner is not None else [Difference(part, one, other)]
        return found
    if len(old) != len(new):
        return None
    found = []
    for one, other in zip(old, new, strict=True):
        if one == other:
            continue
        inner = _between_several(one, other, where) if isinstance(one, tuple) else _between(one, other, where)
        if inner is None:
            return None
        found += inner
    return found


def _called(part: Any) -> str:
    return {d.ExceptionClause: "exception", d.Row: "row", d.Reading: "reading"}[type(part)]


def _attributes(tree: Tree) -> list[str]:
    """What a tree says: all but its places, its days and its makers."""
    names = [attribute.name for attribute in fields(type(tree))]  # type: ignore[arg-type]
    return [name for name in names if name not in _NOT_WORDS and not name.endswith("span")]
