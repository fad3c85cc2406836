"""Which words of a text have to be replaced by which so that it becomes another: as few as say it without doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from attrs import fields

from engine.book.amendments.matching import occurrences, same
from grammar import declarations as d
from grammar import syntax
from grammar.syntax import Expr, Tree

MOST = 4
"""Places of one text that are amended word by word; whoever changes more substitutes the whole."""

_EXPRESSIONS = tuple(kind for kind in get_args(Expr) if kind is not syntax.NotEncoded)
Way = list[tuple[Tree, Tree]]
"""An old and a new node, and those that hold them, from the inside out."""


def replacements(old: Tree, new: Tree, within: Tree) -> list[tuple[Expr, Expr]] | None:
    """The words to quote, which stand once in what is looked through, and those to put; None where only the whole will do."""
    if isinstance(old, d.Dated) and isinstance(new, d.Dated):
        return [(old.value, new.value)] if isinstance(old.value, _EXPRESSIONS) else None
    found: list[tuple[Expr, Expr]] = []
    for way in _ways(old, new, []):
        quoted = next((pair for pair in way if _is_quotable(*pair, text=within)), None)
        if quoted is None:
            return None
        if not any(quoted[0] is other for other, _ in found):
            found.append(quoted)  # type: ignore[arg-type]
    return found if 0 < len(found) <= MOST and not _overlap(found) else None


def _is_quotable(old: Tree, new: Tree, text: Tree) -> bool:
    """Whether these words can be quoted: they are a value or a condition, and stand in the text once."""
    return isinstance(old, _EXPRESSIONS) and isinstance(new, _EXPRESSIONS) and len(list(occurrences(old, text))) == 1


def _overlap(found: list[tuple[Expr, Expr]]) -> bool:
    return any(one is not other and next(occurrences(other, one), None) for one, _ in found for other, _ in found)


def _ways(old: Any, new: Any, outer: Way) -> Iterator[Way]:
    """For each place where two trees differ, that place and what holds it."""
    if same(old, new):
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from _ways(one, other, outer)
        return
    if not isinstance(old, Tree) or not isinstance(new, Tree):
        yield outer
        return
    here: Way = [(old, new), *outer]
    if (run := _run(old, new)) is not None:
        here = [run, *here]
        yield here
        return
    names = [attribute.name for attribute in fields(type(old))]  # type: ignore[arg-type]
    if type(old) is not type(new):
        yield here
        return
    for name in names:
        if not name.endswith("span"):
            yield from _ways(getattr(old, name), getattr(new, name), here)


def _run(old: Tree, new: Tree) -> tuple[Tree, Tree] | None:
    """Of two sums, or two products, the terms that are not the same at both ends; None where one term answers to one."""
    match old, new:
        case syntax.Sum(terms=before), syntax.Sum(terms=after):
            pass
        case syntax.Product(factors=before), syntax.Product(factors=after):
            pass
        case _:
            return None
    start = 0
    while start < min(len(before), len(after)) and same(before[start], after[start]):
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and same(before[-1 - end], after[-1 - end]):
        end += 1
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    if len(left) == len(right) == 1 and left[0][0] == right[0][0]:
        return None
    if len(left) < 2 and start:  # a term that is added or taken away is quoted with the one before it
        left, right = before[start - 1 : len(before) - end], after[start - 1 : len(after) - end]
    if len(left) < 2 or not right:
        return None
    put: Any = _of(new, right) if len(right) > 1 or right[0][0] < 0 else right[0][1]
    return _of(old, left), put


def _of(like: Tree, terms: Any) -> Any:
    """A sum of these terms, or a product of these factors."""
    if isinstance(like, syntax.Sum):
        return syntax.Sum(terms, span=like.span)
    assert isinstance(like, syntax.Product)
    return syntax.Product(terms, span=like.span)
