"""Names that a file writes in its own way to those of the whole book: declared units to their symbol (S2).

What is written stays written: spans still point at the writer's words. Only trees that hold such a name are made anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from attrs import evolve, fields

from engine import units
from grammar import declarations as d
from grammar import syntax
from grammar.declarations import File
from grammar.problems import Place, Problem, amount_spelling
from grammar.source import Span
from grammar.syntax import Powers, Tree
from grammar.words import amount_meant, closest

T = TypeVar("T", bound=Tree)


def declared_units(files: Iterable[File]) -> dict[str, str]:
    """Every spelling of a declared unit, singular and plural, and its symbol."""
    found: dict[str, str] = {}
    for file in files:
        for declaration in file.declarations:
            if isinstance(declaration, d.Unit):
                symbol = f"{declaration.name}:{declaration.plural.name}"
                found.setdefault(declaration.name, symbol)
                found.setdefault(declaration.plural.name, symbol)
    return found


def with_units(files: Iterable[File], symbols: Mapping[str, str], terms: Collection[str], problems: list[Problem]) -> list[File]:
    """The files with declared units by their symbols; a unit that nobody declares is a problem."""
    files = list(files)
    unread = {name for file in files for name in file.unread}
    found = []
    for file in files:
        for word in file.named_units:
            told = word.name in unread or any(word.span.within(cut) for cut in file.cut_short)
            if word.name not in symbols and not told:
                problems.append(evolve(_unknown(word, symbols, terms), subject=_said_of(word, file)))
        if symbols or file.named_units:
            declarations = tuple(units_of(declaration, symbols) for declaration in file.declarations)
            file = evolve(file, declarations=declarations)
        found.append(file)
    return found


def units_of(tree: T, symbols: Mapping[str, str]) -> T:
    """A tree with its declared units by their symbols."""

    def renamed(node: Tree) -> Tree:
        match node:
            case syntax.Number(unit=unit) if unit:
                return evolve(node, unit=_symbols(unit, symbols))
            case syntax.TypeText(kind="choice", choice=str(name)) if name in symbols:
                return evolve(node, kind="amount", unit=((symbols[name], 1),), choice=None)
            case syntax.TypeText(unit=unit) if unit:
                return evolve(node, unit=_symbols(unit, symbols))
        return node

    return rewritten(tree, renamed)


def _symbols(unit: Powers, symbols: Mapping[str, str]) -> Powers:
    known = {*units.TIME, units.POUND}
    return units.times((), tuple((name if name in known else symbols.get(name, units.UNDECLARED), power) for name, power in unit))


def rewritten(tree: T, change: Callable[[Tree], Tree]) -> T:
    """A tree with every node changed, from the leaves up; what is not changed is the same object."""
    changes: dict[str, Any] = {}
    for attribute in fields(type(tree)):  # type: ignore[arg-type]
        value = getattr(tree, attribute.name)
        new = _rewritten_value(value, change)
        if new is not value:
            changes[attribute.name] = new
    return change(evolve(tree, **changes) if changes else tree)  # type: ignore[misc, return-value]


def _rewritten_value(value: Any, change: Callable[[Tree], Tree]) -> Any:
    if isinstance(value, Tree):
        return rewritten(value, change)
    if isinstance(value, tuple) and value:
        new = tuple(_rewritten_value(item, change) for item in value)
        return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
    return value


def _said_of(word: syntax.Word, file: File) -> str | None:
    """The declaration in which a word stands."""
    return next((getattr(tree, "name", None) for tree in file.declarations if word.span.within(tree.span)), None)


def _unknown(word: syntax.Word, symbols: Mapping[str, str], terms: Collection[str]) -> Problem:
    source, start = word.span.source, word.span.start
    number = re.search(r"[0-9.]+\s+$", source.text[max(0, start - 40) : start])
    if number and (meant := amount_meant(number[0].strip(), word.name)):
        return amount_spelling(Span(source, start - len(number[0]), word.span.end), meant)
    near = closest(word.name, symbols)
    fix = f"Write `{near}`." if near else f"Declare it: `unit {word.name} plural {word.name}s`."
    if number and not near:
        fix = f"Delete it if it only says what is counted; or declare it: `unit {word.name} plural {word.name}s`."
    if word.name in ("pound", "pounds"):
        fix = "Write `£`."
    if word.name in terms:
        fix = f"If the number is to be multiplied with it, write `× {word.name}`."
    return Problem(
        code="unknown-unit",
        message=f"There is no unit called `{word.name}`.",
        place=Place(word.span, "stands where a unit does"),
        fix=fix,
    )
