"""Where the words `for A` of an amendment stand in a text: the same tree, equal numbers and units (S47)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, fields, frozen

from grammar import declarations as d
from grammar import syntax
from grammar.notices import is_time
from grammar.syntax import Expr, NotEncoded, Number, Ref, Tree, Word

_TITLES = (syntax.Cite, syntax.MadeBy, syntax.Period, syntax.TypeText, d.Payable, d.Being)
"""What an amendment of words does not look at: where a text stands, since when and how it came about."""


@frozen(eq=False, repr=False)
class Found:
    """A place where the words stand: a node of a text, or some of the terms of a sum or a product next to each other."""

    node: Tree
    inside: Tree
    """The node that holds it, and so says what can stand there."""
    run: tuple[int, int] | None = None
    """Of a sum or a product: from which of its terms, and to before which."""


def same(one: object, other: object) -> bool:
    """Whether two trees say the same; `£5` and `£5.00` do, and a name where a value of a choice stands is a word."""
    match one, other:
        case Number(), Number():
            equal = one.digits * 10**other.places == other.digits * 10**one.places
            return equal and one.unit == other.unit and one.percent == other.percent
        case Ref(of=None) | Word(), Ref(of=None) | Word():
            return one.name == other.name
        case NotEncoded(), NotEncoded():
            return "" in (one.reason, other.reason) or one.reason == other.reason
        case tuple(), tuple():
            return len(one) == len(other) and all(map(same, one, other))
        case Tree(), Tree():
            return type(one) is type(other) and all(map(same, one._content(), other._content()))
    return one == other


def occurrences(old: Expr, text: Tree) -> Iterator[Found]:
    """Every place in a text where the words stand, in the order of the text."""
    waiting: list[tuple[Any, Tree]] = [(text, text)]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend((item, inside) for item in reversed(node))
        elif isinstance(node, Tree) and not isinstance(node, _TITLES):
            if node is not text and same(node, old):
                yield Found(node, inside)
                continue
            yield from _runs(old, node)
            waiting.extend((part, node) for part in reversed(_parts(node)))


def _parts(node: Tree) -> list[Any]:
    parts = [getattr(node, attribute.name) for attribute in fields(type(node))]  # type: ignore[arg-type]
    if isinstance(node, d.ScaleVersion):  # the last band only repeats the limit before it
        last = node.bands[-1]
        parts = [*node.bands[:-1], (last.rate,) if last.is_last else (last.rate, last.limit)]
    return parts


def _runs(old: Expr, node: Tree) -> Iterator[Found]:
    """`b + c` stands in `a + b + c - d`."""
    match old, node:
        case syntax.Sum(terms=wanted), syntax.Sum(terms=terms):
            pass
        case syntax.Product(factors=wanted), syntax.Product(factors=terms):
            pass
        case _:
            return
    start = 0
    while start + len(wanted) <= len(terms):
        if len(wanted) < len(terms) and same(terms[start : start + len(wanted)], wanted):
            yield Found(node, node, (start, start + len(wanted)))
            start += len(wanted)
        else:
            start += 1


def fitted(new: Expr, found: Found) -> Tree | None:
    """What is to stand in a place, as it can stand there; None where only something else can."""
    inside = found.inside
    if isinstance(inside, d.Cell | d.Band):
        word = Word(new.name, span=new.span) if isinstance(new, Ref) and new.of is None else new
        return word if isinstance(word, Number | syntax.DateText | Word | syntax.YesNo) else None
    if isinstance(inside, syntax.Is) and any(found.node is answer for answer in inside.answers):
        word = Word(new.name, span=new.span) if isinstance(new, Ref) and new.of is None else new
        return word if isinstance(word, Word | syntax.YesNo | syntax.Never) else None
    if isinstance(inside, d.Challenge | d.Duty):  # the names that it lists
        return Word(new.name, span=new.span) if isinstance(new, Ref) and new.of is None else None
    if isinstance(inside, d.TimeLimit):
        return new if (is_time(new) and inside.after is not None) or isinstance(new, NotEncoded) else None
    if isinstance(inside, syntax.Rounding) or (isinstance(inside, syntax.ForEach) and found.node is inside.size):
        return new if isinstance(new, Number) else None
    if isinstance(inside, syntax.RankKey):
        return Word(new.name, span=new.span) if isinstance(new, Ref) and new.of is None else None
    return new


def afresh(tree: Any) -> Any:
    """The same words written once more: a place of their own, which is changed by itself."""
    if isinstance(tree, tuple):
        return tuple(map(afresh, tree))
    if not isinstance(tree, Tree):
        return tree
    parts = {attribute.alias: afresh(getattr(tree, attribute.name)) for attribute in fields(type(tree)) if attribute.init}  # type: ignore[arg-type]
    return type(tree)(**parts)


def spliced(node: Tree, run: tuple[int, int], new: Expr) -> Tree:
    """A sum or a product with some of its terms replaced; the terms of another sum stand as its own."""
    start, end = run
    if isinstance(node, syntax.Sum):
        terms = new.terms if isinstance(new, syntax.Sum) else ((1, new),)
        return evolve(node, terms=(*node.terms[:start], *terms, *node.terms[end:]))
    assert isinstance(node, syntax.Product)
    factors = new.factors if isinstance(new, syntax.Product) else ((1, new),)
    return evolve(node, factors=(*node.factors[:start], *factors, *node.factors[end:]))
