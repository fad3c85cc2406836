"""Texts taken apart into nodes, each with a home that no other has, and where words stand in them (S47)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field, fields

from grammar import declarations as d
from grammar import syntax as s
from grammar.source import Span
from grammar.syntax import Tree

NO_WORDS = (s.Cite, s.MadeBy, s.Period, s.TypeText, d.Payable, d.Being)


@define(eq=False)
class Node:
    """A part of a text: what was written, with what is inside it taken apart too."""

    tree: Tree
    inside: dict[str, Any]
    home: object = field(factory=object)


def taken_apart(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(taken_apart, value))
    if isinstance(value, Tree):
        return Node(value, {one.name: taken_apart(getattr(value, one.name)) for one in fields(type(value))})  # type: ignore[arg-type]
    return value


def put_together(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(put_together, value))
    if isinstance(value, Node):
        return evolve(value.tree, **{name: put_together(part) for name, part in value.inside.items()})  # type: ignore[misc]
    return value


# ---- where the words stand ------------------------------------------------------------------------------------------


def same(one: Any, other: Any, spelt: Mapping[str, str]) -> bool:
    """Whether two texts say the same; `spelt` has the first spelling of every unit, and the first name of what was renamed."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(x, y, spelt) for x, y in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        return spelt.get(one, one) == spelt.get(other, other)
    if not isinstance(one, Node) or not isinstance(other, Node):
        return bool(one == other)
    if isinstance(one.tree, s.Number) and isinstance(other.tree, s.Number):
        return _amount(one.tree, spelt) == _amount(other.tree, spelt)
    if _plain_name(one) and _plain_name(other):
        return same(one.inside["name"], other.inside["name"], spelt)
    if type(one.tree) is not type(other.tree):
        return False
    return all(same(part, other.inside[name], spelt) for name, part in one.inside.items() if not isinstance(part, Span))


def _amount(number: s.Number, spelt: Mapping[str, str]) -> tuple[Fraction, bool, dict[str, int]]:
    unit = {spelt.get(symbol, symbol): power for symbol, power in number.unit}
    return Fraction(number.digits, 10**number.places), number.percent, unit


def _plain_name(node: Node) -> bool:
    return isinstance(node.tree, s.Word) or (isinstance(node.tree, s.Ref) and node.tree.of is None)


Stretch = tuple[int, int]
"""Some terms of a sum next to each other."""


def found_in(text: Node, old: Node, spelt: Mapping[str, str]) -> Iterator[tuple[Node, Stretch | None]]:
    """Every place where the words stand: a node, or some of the terms of a sum or of a product."""
    for name, part in text.inside.items():
        for node in _nodes(part):
            if isinstance(node.tree, NO_WORDS) or (name == "limit" and getattr(text.tree, "is_last", False)):
                continue
            if same(node, old, spelt):
                yield node, None
                continue
            yield from ((node, stretch) for stretch in _stretches(node, old, spelt))
            yield from found_in(node, old, spelt)


def _nodes(part: Any) -> Iterator[Node]:
    if isinstance(part, Node):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _nodes(item)


def _stretches(node: Node, old: Node, spelt: Mapping[str, str]) -> Iterator[Stretch]:
    terms, wanted = terms_of(node), terms_of(old)
    if terms is None or wanted is None or type(node.tree) is not type(old.tree):
        return
    at = 0
    while at + len(wanted) <= len(terms):
        if len(wanted) < len(terms) and same(terms[at : at + len(wanted)], wanted, spelt):
            yield at, at + len(wanted)
            at += len(wanted)
        else:
            at += 1


def terms_of(node: Node) -> Any:
    return node.inside.get("terms") if isinstance(node.tree, s.Sum) else node.inside.get("factors") if isinstance(node.tree, s.Product) else None  # fmt: skip


def joined(node: Node, stretch: Stretch, new: Node) -> Node:
    name = "terms" if isinstance(node.tree, s.Sum) else "factors"
    terms, put = terms_of(node), ((1, new),)
    if type(new.tree) is type(node.tree):
        put = terms_of(new)
    return Node(node.tree, {**node.inside, name: (*terms[: stretch[0]], *put, *terms[stretch[1] :])})
