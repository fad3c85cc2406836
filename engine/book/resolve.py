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
from grammar.declared import is_of_a_count, unit_line, without_unit
from grammar.problems import Place, Problem, amount_spelling
from grammar.source import Span
from grammar.syntax import Powers, Tree
from grammar.words import amount_meant, closest, plural, singular

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


def with_units(
    files: Iterable[File], symbols: Mapping[str, str], terms: Collection[str], problems: list[Problem]
) -> tuple[list[File], frozenset[str]]:
    """The files with declared units by their symbols, and the names of those that nobody declares: each is one problem."""
    files = list(files)
    unread = {name for file in files for name in file.unread}
    found, unknown = [], []
    for file in files:
        for word in file.named_units:
            told = word.name in unread or any(word.span.within(cut) for cut in file.cut_short)
            if word.name not in symbols and not told:
                unknown.append((word, file))
        if symbols or file.named_units:
            declarations = tuple(units_of(declaration, symbols) for declaration in file.declarations)
            file = evolve(file, declarations=declarations)
        found.append(file)
    typed = {singular(word.name) for word, _ in unknown if not _is_behind_a_number(word)}
    told_units: set[str] = set()
    for word, file in unknown:
        problem = _spelling(word, symbols, terms)
        one = singular(word.name)
        if problem is None and one in typed:
            problem = None if one in told_units else _undeclared(word)
            told_units.add(one)
        elif problem is None:
            problem = _of_a_count(word)
        if problem is not None:
            problems.append(evolve(problem, subject=_said_of(word, file)))
    return found, frozenset({*told_units, *map(plural, told_units)})


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


def _is_behind_a_number(word: syntax.Word) -> bool:
    """Whether a unit is that of an amount, `£4.50 per visit`, and not of a type, `£ per visit`."""
    return re.search(r"[0-9][0-9.,]*p?\s+(?:(?:per|a|an)\s+\w+\s+)*(?:per\s+)?$", _before(word)) is not None


def _before(word: syntax.Word) -> str:
    return word.span.source.text[max(0, word.span.start - 60) : word.span.start]


def _spelling(word: syntax.Word, symbols: Mapping[str, str], terms: Collection[str]) -> Problem | None:
    """What is known to be meant by a word that stands where a unit does, and is none."""
    start, text = word.span.start, word.span.source.text
    number = re.search(r"[0-9.]+\s+$", _before(word))
    if number and (meant := amount_meant(number[0].strip(), word.name)):
        return amount_spelling(Span(word.span.source, start - len(number[0]), word.span.end), meant)
    if near := closest(word.name, symbols):
        return _unknown(word, word.span, f"Write `{near}`.")
    if word.name in ("pound", "pounds"):
        return _unknown(word, word.span, "Write `£`.")
    per = re.search(r"\bper\s+$", _before(word))
    if per and is_of_a_count(text, word.name, word.span):
        span = Span(word.span.source, start - len(per[0]), word.span.end)
        return _unknown(word, span, without_unit(text, word.name, word.span))
    if word.name in terms:
        return _unknown(word, word.span, f"If the number is to be multiplied with it, write `× {word.name}`.")
    return None


def _undeclared(word: syntax.Word) -> Problem:
    return _unknown(word, word.span, f"Declare it: `{unit_line(word.name)}`.")


def _of_a_count(word: syntax.Word) -> Problem:
    """A unit that no type has: what is counted is a number without one."""
    per = re.search(r"\bper\s+$", _before(word))
    span = Span(word.span.source, word.span.start - (len(per[0]) if per else 0), word.span.end)
    return _unknown(word, span, "Delete it, for nothing is declared in it: what is counted is a number without a unit.")


def _unknown(word: syntax.Word, span: Span, fix: str) -> Problem:
    return Problem(
        code="unknown-unit",
        message=f"There is no unit called `{word.name}`.",
        place=Place(span, "stands where a unit does"),
        fix=fix,
    )
