"""What is the same for every household and stands alone: an end of a cell, a rate or a limit of a band.

It is written out, or it is a figure by its name; a figure is read like any other, and its value on the day is known here.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from engine import types
from engine.checking.naming import Names
from engine.graph import Term
from engine.mechanisms.base import Scope, known
from engine.mechanisms.reads import number
from engine.nodes import Node
from engine.types import Type
from engine.values import Exact
from grammar import syntax
from grammar.declarations import Bound
from grammar.source import Span


@frozen(eq=False, repr=False)
class Fixed:
    """An amount or a date, over its scale."""

    type: Type
    scale: int
    value: int | date | None
    """None where the figure is not encoded, or not in force on the day."""
    figure: Node | None
    """Where it is read from; None for what is written out."""
    span: Span

    def words(self) -> str:
        """Its value on the day, for a message."""
        assert self.value is not None
        return Exact(self.value, self.type, self.scale).words()


def fixed(names: Names, scope: Scope, bound: Bound) -> Fixed | None:
    """What a writer put in such a place; None where it has a problem."""
    match bound:
        case syntax.Number():
            value, scale, type_ = number(bound)
            return Fixed(type_, scale, value, None, bound.span)
        case syntax.DateText():
            return Fixed(types.DATE, 1, bound.value, None, bound.span)
    term = names.terms.get(bound.name)
    if term is None or term.kind == "figure":
        node = names.read(scope, syntax.Ref(bound.name, None, span=bound.span))
        if not known(node):
            return None
    if term is None or term.kind != "figure":
        scope.problem(
            "figure-needed",
            f"`{bound.name}` is {_KINDS[term.kind] if term else 'a day'}; here stands what is the same for all.",
            bound.span,
            "no figure",
            "Write an amount or a date, or the name of a figure.",
        )
        return None
    found = _on_the_day(names, term)
    if found is None and _is_encoded(names, term):
        scope.problem(
            "figure-needed",
            f"`{bound.name}` is worked out from others in a way whose result is not known before a case is.",
            bound.span,
            "worked out",
            "Use a figure that is written out.",
        )
        return None
    return Fixed(term.type, term.scale, found, node, bound.span)


_KINDS = {"input": "an input", "rule": "a rule", "table": "a table", "scale": "a scale", "group": "a group"}


def _on_the_day(names: Names, figure: Term) -> int | date | None:
    """A figure's value; None where it is not encoded, or rests on one that is not."""
    assert figure.formula is not None
    if not _is_encoded(names, figure):
        return None
    root = figure.formula.root
    if figure.type == types.DATE:
        day: date | None = root.detail if root.mechanism == "literal" else None
        return day
    return figure.constant if figure.constant is not None or figure.low != figure.high else figure.low


def _is_encoded(names: Names, figure: Term) -> bool:
    by_index = {term.index: term for term in names.terms.values()} if figure.reads else {}
    waiting = [figure]
    while waiting:
        term = waiting.pop()
        assert term.formula is not None
        if term.formula.root.mechanism == "not encoded":
            return False
        waiting.extend(by_index[index] for index in term.reads)
    return True
