"""Trees of amendments to text: what an instrument does to others, as a file holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grammar import amendments as a
from grammar import provisions as p
from grammar import writing_provisions
from grammar.syntax import NotEncoded
from grammar.words import day_text
from grammar.writing_provisions import being, notes, other_value
from grammar.writing_values import CONDITION, Writer, quoted


def operation(w: Writer, tree: a.Operation) -> Iterator[str]:
    yield from _ACTIONS[type(tree.action)](w, tree.action)
    if tree.commences is not None:
        until = f" until {day_text(tree.until)}" if tree.until else ""
        yield f"commences {day_text(tree.commences)}{until}{' retrospective' if tree.retrospective else ''}"
    if tree.provision is not None:
        yield f"made by {quoted(tree.provision)}"
    yield from map(w.cite, tree.cites)
    for saved in tree.saved:
        until = f" until {day_text(saved.until)}" if saved.until else ""
        yield f"saved for {w.called(saved.entity.name)} when {w.value(saved.condition, CONDITION)}{until}"
    yield from notes(tree.notes)


def _replace(w: Writer, tree: a.Replace) -> Iterator[str]:
    part = f" {tree.part.kind} {tree.part.name.name}" if tree.part else ""
    everywhere = " wherever it occurs" if tree.everywhere else ""
    old = "not encoded" if isinstance(tree.old, NotEncoded) and not tree.old.reason else w.value(tree.old)
    yield f"in {w.called(tree.target.name)}{part} for {old} substitute {w.value(tree.new)}{everywhere}"
    if tree.being:
        yield being(w, tree.being)
    for reading in tree.readings:
        yield other_value(w, reading)


def _unknown(w: Writer, tree: a.Unknown) -> Iterator[str]:
    yield f"in {w.names(tree.targets)} substitute {w.value(tree.text)}"


def _clause(w: Writer, clause: p.ExceptionClause | p.Row) -> Iterator[str]:
    if isinstance(clause, p.Row):
        return writing_provisions.row(w, clause)
    return writing_provisions.exception(w, clause)


def _insert_part(w: Writer, tree: a.InsertPart) -> Iterator[str]:
    yield f"in {w.called(tree.target.name)} insert"
    yield from _clause(w, tree.clause)
    if tree.before:
        yield f"before {tree.before.name}"


def _substitute_part(w: Writer, tree: a.SubstitutePart) -> Iterator[str]:
    yield f"in {w.called(tree.target.name)} substitute"
    yield from _clause(w, tree.clause)


def _omit_part(w: Writer, tree: a.OmitPart) -> Iterator[str]:
    yield f"in {w.called(tree.target.name)} omit {tree.part.kind} {tree.part.name.name}"


def _whole(word: str) -> Callable[[Writer, a.Insert | a.Substitute], Iterator[str]]:
    def clauses(w: Writer, tree: a.Insert | a.Substitute) -> Iterator[str]:
        yield word
        yield from writing_provisions.KINDS[type(tree.text)](w, tree.text)

    return clauses


def _omit(w: Writer, tree: a.Omit) -> Iterator[str]:
    name = quoted(tree.target.name) if tree.kind == "provision" else w.called(tree.target.name)
    yield f"omit {tree.kind} {name}"


def _omit_amendment(w: Writer, tree: a.OmitAmendment) -> Iterator[str]:
    yield f"omit amendment {w.called(tree.target.name)}"


def _rename(w: Writer, tree: a.Rename) -> Iterator[str]:
    yield f"rename {w.called(tree.target.name)} to {w.declared(tree.name.name)}"


_ACTIONS: dict[type, Callable[[Writer, Any], Iterator[str]]] = {
    a.Replace: _replace,
    a.Unknown: _unknown,
    a.InsertPart: _insert_part,
    a.SubstitutePart: _substitute_part,
    a.OmitPart: _omit_part,
    a.Insert: _whole("insert"),
    a.Substitute: _whole("substitute"),
    a.Omit: _omit,
    a.OmitAmendment: _omit_amendment,
    a.Rename: _rename,
}
