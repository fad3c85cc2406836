"""Rates on two days: every figure, row of a table and band of a scale, what it is on each day, and by how much it changes.

They stand in the order of the law: by instrument as declared, by Schedule and Part, by place, and where those are alike as they
are written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from attrs import evolve, frozen

from engine.book.law import Authority, Citation, Law, Provision, citations
from engine.book.places import Order, division, order_of, places
from engine.exact import reduced, round_quotient
from engine.graph import Graph, Term
from engine.nodes import Node, TermRead, walk
from engine.testing.coverage import row_nodes
from engine.types import Type, declared
from engine.values import Exact
from grammar import declarations as d

Outcome = Literal["changed", "unchanged", "not known"]


@frozen(eq=False, repr=False)
class Said:
    """What the law says in one place on one day."""

    state: Literal["value", "not encoded", "not in force", "worked out"]
    value: Exact | None
    words: str
    """Why there is no value; of what is worked out, the formula as written. "" beside a value."""
    authority: Authority | None
    """None for what is not in force."""


@frozen(eq=False, repr=False)
class Change:
    """From one value to another: the difference, and what it is of the first, exactly."""

    difference: Exact | None
    """None of what cannot be taken from each other: a date from a date, an answer from an answer."""
    ratio: tuple[int, int] | None
    """Numerator and denominator; None of what was zero."""

    @property
    def tenths(self) -> int | None:
        """Tenths of a percent, rounded to the nearest."""
        return None if self.ratio is None else round_quotient(1000 * self.ratio[0], self.ratio[1], "nearest")


@frozen(eq=False, repr=False)
class Rate:
    """A line of the table of rates: one place that says something, and what it says on the two days."""

    place: str
    """Permanent: the identity of the provision, with `#row.NAME` or `#band.N`."""
    name: str
    title: str
    part: str | None
    """Which row or band, as a reader would call it."""
    type: Type
    citation: Citation | None
    before: Said
    after: Said
    stated: d.Being | None = None
    """How the law says that the one follows from the other, and it does: the checker has seen that it is true."""

    @property
    def change(self) -> Change | None:
        """None where either is not known, or not a value."""
        first, last = self.before.value, self.after.value
        if first is None or last is None:
            return None
        if first.type != last.type or type(first.value) is not int or type(last.value) is not int:
            return Change(None, None)
        value, scale = reduced(last.value * first.scale - first.value * last.scale, first.scale * last.scale)
        base = abs(first.value)
        ratio = reduced(value * first.scale, scale * base) if base else None
        return Change(Exact(value, first.type, scale), ratio)

    @property
    def outcome(self) -> Outcome:
        """Whether the two days differ: of two values by themselves; where one of them is not encoded, nobody can say."""
        first, last = self.before, self.after
        if first.value is not None and last.value is not None:
            change = self.change
            if change is not None and change.difference is not None:
                return "changed" if change.difference.value != 0 else "unchanged"
            same = (first.value.value, first.value.type) == (last.value.value, last.value.type)
            return "unchanged" if same else "changed"
        if "not encoded" in (first.state, last.state) and "not in force" not in (first.state, last.state):
            return "not known"
        return "unchanged" if (first.state, first.words) == (last.state, last.words) else "changed"


@frozen(eq=False, repr=False)
class Section:
    """A heading of the table: an instrument, and a Schedule or Part of it, with what stands there."""

    instrument: str | None
    """Its title."""
    division: str
    rates: tuple[Rate, ...]


@frozen(eq=False, repr=False)
class RateTable:
    first: date
    last: date
    sections: tuple[Section, ...]
    idle: int
    """How many lines are in force on neither day, and left out."""

    @property
    def rates(self) -> tuple[Rate, ...]:
        return tuple(rate for section in self.sections for rate in section.rates)

    def changed(self) -> RateTable:
        """Without what stays as it is: what changes, and what may."""
        kept = ((s.instrument, s.division, tuple(r for r in s.rates if r.outcome != "unchanged")) for s in self.sections)
        return RateTable(self.first, self.last, tuple(Section(*section) for section in kept if section[2]), self.idle)


def rate_table(before: Graph, after: Graph, files: Collection[str]) -> RateTable:
    """The rates in these rule files on the days of two graphs of one law."""
    law = after.book.law
    found = [
        (_heading(law, provision), provision, rates)
        for provision in law.provisions.values()
        if provision.head.span.source.path in files and (rates := list(_rates(law, provision, before, after)))
    ]
    shown = [(heading, p, [r for r in rates if _is_shown(r)]) for heading, p, rates in found]
    shown.sort(key=lambda item: (item[0].order, item[1].head.span.source.path, item[1].head.span.start))
    sections: list[tuple[tuple[str | None, str], list[Rate]]] = []
    for heading, _, rates in shown:
        if rates and (not sections or sections[-1][0] != (heading.instrument, heading.division)):
            sections.append(((heading.instrument, heading.division), []))
        if rates:
            sections[-1][1].extend(rates)
    idle = sum(len(rates) for _, _, rates in found) - sum(len(rates) for _, _, rates in shown)
    return RateTable(before.on, after.on, tuple(Section(*heading, tuple(rates)) for heading, rates in sections), idle)


def first_day(law: Law, files: Collection[str]) -> date | None:
    """The first day on which anything in these rule files is in force; None where something always is, or nothing ever."""
    own = [p for p in law.provisions.values() if p.head.span.source.path in files]
    starts = [write.start for provision in own for write in provision.timeline.writes]
    return None if not starts or min(starts) == date.min else min(starts)


def _is_shown(rate: Rate) -> bool:
    return not (rate.before.state == rate.after.state == "not in force")


# ---- where a line stands --------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class _Heading:
    instrument: str | None
    division: str
    order: tuple[int, Order, Order]


def _heading(law: Law, provision: Provision) -> _Heading:
    """By the first provision that it cites: there a reader of the law looks for it."""
    cites = getattr(provision.head, "cites", ())
    name = cites[0].instrument or provision.instrument if cites else provision.instrument
    names = list(law.instruments)
    place = places(cites[0].text)[0] if cites and places(cites[0].text) else ""
    where = division(place)
    instrument = law.instruments.get(name or "")
    number = names.index(instrument.name) if instrument else len(names)
    return _Heading(instrument.title if instrument else None, where, (number, order_of(where), order_of(place)))


def _citation(law: Law, provision: Provision, part: d.Row | d.Band | None = None) -> Citation | None:
    cites = getattr(part, "cites", ()) or getattr(provision.head, "cites", ())
    return next(iter(citations(law, cites, provision.instrument)), None)


# ---- what is said ---------------------------------------------------------------------------------------------------


def _rates(law: Law, provision: Provision, before: Graph, after: Graph) -> Iterator[Rate]:
    """The lines of one provision: a figure is one, a table one a row, a scale two a band."""
    graphs = (before, after)
    match provision.head:
        case d.Figure():
            said = [_figure(graph, provision.name) for graph in graphs]
            in_force = after.by_name[provision.name].in_force
            being = in_force.text.being if in_force and isinstance(in_force.text, d.Dated) else None
            yield evolve(_line(law, provision, "", None, None, said), stated=_stated(being, *said))
        case d.Table():
            rows = [_rows(graph, provision.name) for graph in graphs]
            for name in sorted(dict.fromkeys([*rows[1], *rows[0]]), key=OTHERWISE.__eq__):
                found = [day.get(name) for day in rows]
                if all(row is None or row.reads_a_figure for row in found):
                    continue  # the figure has a line of its own
                text = next(row.text for row in reversed(found) if row is not None)
                label = _row_words(law, text, next(r.version for r in reversed(found) if r is not None))
                said = [_ABSENT if row is None else row.said for row in found]
                place = "#otherwise" if isinstance(text, d.Alternative) else f"#row.{name}"
                line = _line(law, provision, place, label, text if isinstance(text, d.Row) else None, said)
                yield evolve(line, stated=_stated(found[1].being if found[1] else None, *said))
        case d.Scale():
            bands = [_bands(graph, provision.name) for graph in graphs]
            for key in sorted(bands[0].keys() | bands[1].keys()):
                number, is_limit = key
                label = f"band {number}, {'up to' if is_limit else 'rate'}"
                said = [day.get(key, _ABSENT) for day in bands]
                yield _line(law, provision, f"#band.{number}", label, None, said)


def _stated(being: d.Being | None, before: Said, after: Said) -> d.Being | None:
    """What the later value says of the one before it, where that is the earlier of the two days."""
    if being is None or being.despite is not None or before.authority is None or after.authority is None:
        return None
    until = before.authority.until
    return being if until is not None and until + timedelta(days=1) == after.authority.since else None


def _line(law: Law, provision: Provision, place: str, part: str | None, text: d.Row | None, said: Sequence[Said]) -> Rate:
    values = [one.value for one in said if one.value is not None]
    head = provision.declared
    assert not isinstance(head, d.Group)
    return Rate(
        place=f"{provision.identity}{place}",
        name=provision.name,
        title=head.title,
        part=part,
        type=values[-1].type if values else declared(head.type),
        citation=_citation(law, provision, text),
        before=said[0],
        after=said[1],
    )


OTHERWISE = "otherwise"
_ABSENT = Said("not in force", None, "", None)


def _figure(graph: Graph, name: str) -> Said:
    term = graph.by_name[name]
    if term.in_force is None or term.formula is None:
        return _ABSENT
    return _said(graph, term.formula.root, term.authority)


@frozen(eq=False, repr=False)
class _Row:
    text: d.Row | d.Alternative
    version: d.TableVersion
    said: Said
    reads_a_figure: bool = False
    being: d.Being | None = None


def _rows(graph: Graph, name: str) -> dict[str, _Row]:
    term = graph.by_name[name]
    in_force = term.in_force
    if in_force is None or not isinstance(in_force.text, d.TableVersion):
        return {}
    version, nodes = in_force.text, row_nodes(term)
    found = {
        row.clause.name: _Row(row.clause, version, _said(graph, node, row.authority), _reads_a_figure(graph, node), row.being)
        for row, node in zip(in_force.rows, nodes, strict=False)
    }
    if version.otherwise is not None and len(nodes) > len(in_force.rows):
        found[OTHERWISE] = _Row(version.otherwise, version, _said(graph, nodes[-1], term.authority))
    return found


def _row_words(law: Law, row: d.Row | d.Alternative, version: d.TableVersion) -> str:
    """A row by what its cells ask for: `Age: under 3; How the home is held: tenant`."""
    if isinstance(row, d.Alternative):
        return OTHERWISE
    asked = [(column, cell) for column, cell in zip(version.columns, row.cells, strict=False) if not cell.is_any]
    if not asked:
        return row.name.replace("_", " ")
    return "; ".join(f"{_title(law, column.name)}: {_cell_words(law, cell)}" for column, cell in asked)


def _title(law: Law, name: str) -> str:
    provision, item = law.provisions.get(name), law.inputs.get(name)
    return provision.head.title if provision else item.title if item else name.replace("_", " ")


def _cell_words(law: Law, cell: d.Cell) -> str:
    """A cell as it is written, with figures by their titles."""
    return re.sub(r"[a-z][a-z0-9_]*", lambda word: _title(law, word[0]), " ".join(cell.span.text.split()))


def _bands(graph: Graph, name: str) -> dict[tuple[int, bool], Said]:
    """By the number of the band, its rate (False) and the limit where it ends (True)."""
    term = graph.by_name[name]
    if term.in_force is None or term.formula is None or term.formula.root.mechanism != "scale":
        return {}
    nodes = term.formula.root.args
    return {(place // 2 + 1, bool(place % 2)): _said(graph, node, term.authority) for place, node in enumerate(nodes)}


def _said(graph: Graph, node: Node, authority: Authority | None) -> Said:
    """What a node says that is the same for everybody; of another its formula as it is written."""
    unknown = _not_encoded(graph, node)
    if unknown is not None:
        return Said("not encoded", None, unknown, authority)
    node = _read_through(graph, node)
    value = node.detail if node.mechanism == "literal" else node.constant
    if value is None and node.low is not None and node.low == node.high:
        value = node.low
    if value is None:
        return Said("worked out", None, " ".join(node.span.text.split()), authority)
    return Said("value", Exact(value, node.type, node.scale), "", authority)


def _reads_a_figure(graph: Graph, node: Node) -> bool:
    return isinstance(node.detail, TermRead) and graph.terms[node.detail.term].kind == "figure"


def _read_through(graph: Graph, node: Node) -> Node:
    """A figure's own formula, where nothing but the figure is read."""
    while isinstance(node.detail, TermRead) and graph.terms[node.detail.term].kind == "figure":
        formula = graph.terms[node.detail.term].formula
        assert formula is not None
        node = formula.root
    return node


def _not_encoded(graph: Graph, node: Node) -> str | None:
    """Why a value is not known: it, or a figure that it rests on, is not encoded."""
    seen: set[int] = set()
    waiting: list[tuple[Node, Term | None]] = [(node, None)]
    while waiting:
        root, term = waiting.pop()
        for inner in walk(root):
            if inner.mechanism == "not encoded":
                kind, why, _ = inner.detail
                text: str = why
                return text if term is None else f"rests on {term.title}, which is not {kind.removeprefix('not ')}: {text}"
            if isinstance(inner.detail, TermRead) and inner.detail.term not in seen:
                seen.add(inner.detail.term)
                read = graph.terms[inner.detail.term]
                if read.kind == "figure" and read.formula is not None:
                    waiting.append((read.formula.root, read))
    return None
