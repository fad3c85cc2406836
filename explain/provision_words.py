"""A whole provision in words: every case, exception, row and band of it, by meaning; and what is only said of it.

Whoever compares two laws reads these lines beside each other: those that both have are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from engine.book.amendments.saving import is_saving
from engine.book.consolidate import PartInForce
from engine.book.law import Citation
from engine.graph import Graph, Term
from engine.mechanisms.scales import bands_words
from engine.mechanisms.tables import Cell, End, OneOf, Table, range_words
from engine.nodes import Node
from engine.types import DATE, MEMBERS
from engine.values import Exact
from explain.authority import since, with_cites
from explain.voices import in_words, listed
from grammar import declarations as d

Changed = tuple[tuple[str, ...], tuple[str, ...]]
"""The lines that only the one has, and those that only the other has."""

CALLED, BECAUSE = "called ", "because "
REASONS = (CALLED, BECAUSE)
"""How the lines begin that say what a provision is called, and why it says what it says."""


def meaning_lines(graph: Graph, term: Term | None) -> tuple[str, ...]:
    """All that a provision says, a line for each part; none where it is not in force."""
    if term is None or (term.kind != "input" and term.in_force is None):
        return ()
    return (*_declared(term, graph.on), *(_parts(graph, term, term.formula.root) if term.formula is not None else ()))


def wording_lines(term: Term | None) -> tuple[str, ...]:
    """What is said of a provision and decides nothing: its title, where it stands, why, and what made it so."""
    if term is None:
        return ()
    found = [f"{CALLED}“{term.title}”"]
    if term.authority is not None:
        found += [_cited(term.authority.cites)] if term.authority.cites else []
        found.append(since(term.authority))
    in_force = term.in_force
    if in_force is None:
        return tuple(found)
    head = in_force.provision.head
    found += _remarks(getattr(head, "because", None), getattr(head, "notes", ()))
    for cites, alternative in zip(in_force.alternative_cites, in_force.alternatives, strict=False):
        found += [_cited(cites)] if cites else []
        found += _remarks(alternative.because, alternative.notes)
    parts: tuple[PartInForce[d.ExceptionClause] | PartInForce[d.Row], ...] = (*in_force.exceptions, *in_force.rows)
    for part in parts:
        found += [f"{part.clause.name}: {_cited(part.authority.cites)}"] if part.clause.cites else []
        found += _remarks(part.clause.because, part.clause.notes)
    return tuple(dict.fromkeys(found))


def apart(old: Sequence[str], new: Sequence[str]) -> Changed:
    """What only the one says, and what only the other."""
    return tuple(line for line in old if line not in new), tuple(line for line in new if line not in old)


def _cited(cites: Sequence[Citation]) -> str:
    return f"cited as {'; '.join(str(cite) for cite in cites)}"


def _remarks(because: str | None, notes: Sequence[str]) -> list[str]:
    return [*([f"{BECAUSE}“{because}”"] if because else []), *(f"note “{note}”" for note in notes)]


# ---- what it says ---------------------------------------------------------------------------------------------------


def value_line(term: Term) -> str | None:
    """What kind of value it has, and whose it is; None of what has none of its own."""
    if term.type == MEMBERS or term.kind == "scale":
        return None
    of = f"of each {term.entity.replace('_', ' ')}" if term.entity else "the same for everybody"
    return f"{term.type}, {of}"


def _declared(term: Term, on: date) -> Iterator[str]:
    """What kind of value, whose, between which limits."""
    line = value_line(term)
    if line is not None:
        yield line
    low, high = (None if b is None else Exact(b, term.type, term.scale).words() for b in (term.declared_low, term.declared_high))
    if low is not None or high is not None:
        yield f"allowed: {range_words(low, high, low_included=True, high_included=True)}"
    if term.default is not None and not isinstance(term.default, tuple):
        yield f"assumed where it is not given: {Exact(term.default, term.type, term.scale).words()}"  # type: ignore[arg-type]
    if term.payable is not None:
        yield f"payable by the {term.payable.by}"
    if term.in_force is not None:
        for clause in term.in_force.provision.refuses_on(on):
            yield f"refuses {listed([word.name for word in clause.facts], 'and')} where {listed(clause.standings, 'or')}"


def _parts(graph: Graph, term: Term, root: Node) -> Iterator[str]:
    match root.mechanism:
        case "affected":
            yield from _parts(graph, term, root.args[0])
            for reason, touches in zip(root.detail, root.args[1:], strict=True):
                yield with_cites(f"refused ({reason.kind}) where {in_words(graph, touches)}", reason.cites)
        case "exceptions":
            yield from _parts(graph, term, root.args[0])
            parts = term.in_force.exceptions if term.in_force is not None else ()
            savings = {part.clause.name for part in parts if is_saving(part.clause)}
            for name, value, condition in zip(root.detail.names, root.args[1::2], root.args[2::2], strict=True):
                how = "saved" if name in savings else f"except {name}"
                yield f"{how}: {in_words(graph, value)}, when {in_words(graph, condition)}"
        case "alternatives":
            for value, condition in zip(root.args[0::2], root.args[1::2], strict=False):
                yield f"{in_words(graph, value)}, when {in_words(graph, condition)}"
            yield f"otherwise {in_words(graph, root.args[-1])}"
        case "table":
            yield from _rows(graph, term, root)
        case "scale":
            yield bands_words([in_words(graph, arg) for arg in root.args])
        case _:
            yield in_words(graph, root)


def _rows(graph: Graph, term: Term, root: Node) -> Iterator[str]:
    detail: Table = root.detail
    values = root.args[detail.first_value :]
    rows = term.in_force.rows if term.in_force is not None else ()
    for row, cells, value in zip(rows, detail.rows, values, strict=False):
        asked = [
            f"{in_words(graph, root.args[n]).strip('“”')}: {_cell(graph, root, n, cell)}"
            for n, cell in enumerate(cells)
            if cell is not None
        ]
        yield f"row {row.clause.name}: {in_words(graph, value)}, where {'; '.join(asked) or 'whatever the case'}"
    for value in values[len(detail.rows) :]:
        yield f"otherwise {in_words(graph, value)}"


def _cell(graph: Graph, table: Node, column: int, cell: Cell) -> str:
    assert cell is not None
    if isinstance(cell, OneOf):
        return listed([Exact(answer, table.args[column].type).words() for answer in cell.answers], "or")
    low, high = (None if end is None else _end(graph, table, column, end) for end in (cell.low, cell.high))
    low_included, high_included = (end is None or end.included for end in (cell.low, cell.high))
    return range_words(low, high, low_included, high_included)


def _end(graph: Graph, table: Node, column: int, end: End) -> str:
    if end.arg is not None:
        return in_words(graph, table.args[end.arg])
    detail: Table = table.detail
    type_ = table.args[column].type
    assert end.value is not None
    return Exact(end.value, type_, 1 if type_ == DATE else detail.scales[column]).words()
