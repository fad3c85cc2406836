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
from engine.mechanisms.tables import Cell, End, OneOf, Table
from engine.nodes import Node
from engine.types import DATE, MEMBERS
from engine.values import Exact
from explain.phrases import UNWRITTEN, sentence, type_words, worded
from explain.telling.authority import since, with_cites
from explain.telling.limiting import bands_words, range_words
from explain.telling.voices import in_words, listed
from grammar import declarations as d

Changed = tuple[tuple[str, ...], tuple[str, ...]]
"""The lines that only the one has, and those that only the other has."""


def meaning_lines(graph: Graph, term: Term | None) -> tuple[str, ...]:
    """All that a provision says, a line for each part; none where it is not in force."""
    if term is None or (term.kind != "input" and term.in_force is None):
        return ()
    return (*_declared(term, graph.on), *(_parts(graph, term, term.formula.root) if term.formula is not None else ()))


def wording_lines(term: Term | None, reasons_only: bool = False) -> tuple[str, ...]:
    """What is said of a provision and decides nothing: its title, where it stands, why, and what made it so.

    With `reasons_only` what it is called, and why it says what it says.
    """
    found = () if term is None else _remarks(term)
    return tuple(dict.fromkeys(line for is_reason, line in found if is_reason or not reasons_only))


def called(title: str) -> str:
    return sentence("called “{title}”", title=title)


_Remark = tuple[bool, str]
"""Whether it is the name or a reason, and what is said."""


def _remarks(term: Term) -> Iterator[_Remark]:
    yield True, called(term.title)
    if term.authority is not None:
        yield from _cited(term.authority.cites)
        yield False, since(term.authority)
    in_force = term.in_force
    if in_force is None:
        return
    yield from _told_by(in_force.provision.head)
    for cites, alternative in zip(in_force.alternative_cites, in_force.alternatives, strict=False):
        yield from _cited(cites)
        yield from _told_by(alternative)
    parts: tuple[PartInForce[d.ExceptionClause] | PartInForce[d.Row], ...] = (*in_force.exceptions, *in_force.rows)
    for part in parts:
        if part.clause.cites:
            yield from ((False, f"{part.clause.name}: {line}") for _, line in _cited(part.authority.cites))
        yield from _told_by(part.clause)


def apart(old: Sequence[str], new: Sequence[str]) -> Changed:
    """What only the one says, and what only the other."""
    return tuple(line for line in old if line not in new), tuple(line for line in new if line not in old)


def _cited(cites: Sequence[Citation]) -> Iterator[_Remark]:
    if cites:
        yield False, sentence("cited as {places}", places="; ".join(str(cite) for cite in cites))


def _told_by(text: object) -> Iterator[_Remark]:
    """The reason and the notes beside a text."""
    because = getattr(text, "because", None)
    if because:
        yield True, sentence("because “{reason}”", reason=because)
    yield from ((False, sentence("note “{note}”", note=note)) for note in getattr(text, "notes", ()))


# ---- what it says ---------------------------------------------------------------------------------------------------


def value_line(term: Term) -> str | None:
    """What kind of value it has, and whose it is; None of what has none of its own."""
    if term.type == MEMBERS or term.kind == "scale":
        return None
    kind = type_words(term.type)
    if term.entity:
        return sentence("{kind}, of each {member}", kind=kind, member=term.entity.replace("_", " "))
    return sentence("{kind}, the same for everybody", kind=kind)


def _declared(term: Term, on: date) -> Iterator[str]:
    """What kind of value, whose, between which limits."""
    line = value_line(term)
    if line is not None:
        yield line
    low, high = (None if b is None else Exact(b, term.type, term.scale).words() for b in (term.declared_low, term.declared_high))
    if low is not None or high is not None:
        yield sentence("allowed: {range}", range=range_words(low, high))
    if term.default is not None and not isinstance(term.default, tuple):
        default = Exact(term.default, term.type, term.scale).words()  # type: ignore[arg-type]
        yield sentence("assumed where it is not given: {value}", value=default)
    if term.payable is not None:
        yield sentence(PAYABLE[term.payable.by])
    if term.in_force is not None:
        for clause in term.in_force.provision.refuses_on(on):
            facts = listed([word.name for word in clause.facts], "and")
            yield sentence("refuses {facts} where {standings}", facts=facts, standings=listed(clause.standings, "or"))


PAYABLE = {
    "day": worded("payable by the day"),
    "week": worded("payable by the week"),
    "month": worded("payable by the month"),
    "calendar year": worded("payable by the calendar year"),
}
"""By what an award is payable."""


def _parts(graph: Graph, term: Term, root: Node) -> Iterator[str]:
    match root.mechanism:
        case "affected":
            yield from _parts(graph, term, root.args[0])
            for reason, touches in zip(root.detail, root.args[1:], strict=True):
                why = sentence(
                    "refused ({kind}) where {condition}",
                    kind=sentence(UNWRITTEN[reason.kind]),
                    condition=in_words(graph, touches),
                )
                yield with_cites(why, reason.cites)
        case "exceptions":
            yield from _parts(graph, term, root.args[0])
            parts = term.in_force.exceptions if term.in_force is not None else ()
            savings = {part.clause.name for part in parts if is_saving(part.clause)}
            for name, value, condition in zip(root.detail.names, root.args[1::2], root.args[2::2], strict=True):
                how = (
                    worded("saved: {value}, when {condition}")
                    if name in savings
                    else worded("except {name}: {value}, when {condition}")
                )
                yield sentence(how, name=name, value=in_words(graph, value), condition=in_words(graph, condition))
        case "alternatives":
            for value, condition in zip(root.args[0::2], root.args[1::2], strict=False):
                yield sentence("{value}, when {condition}", value=in_words(graph, value), condition=in_words(graph, condition))
            yield sentence("otherwise {value}", value=in_words(graph, root.args[-1]))
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
        holds = "; ".join(asked) or sentence("whatever the case")
        yield sentence("row {name}: {value}, where {holds}", name=row.clause.name, value=in_words(graph, value), holds=holds)
    for value in values[len(detail.rows) :]:
        yield sentence("otherwise {value}", value=in_words(graph, value))


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
