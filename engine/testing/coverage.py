"""Parts of a book, and which of them an example exercises: read off the record of what was worked out, nothing else.

A part is what may or may not be reached once its rule is asked for. Each kind of part says which there are and which of them
a step used; what the language gains later joins by an entry in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.book.law import Law, Provision, ProvisionText
from engine.exact import round_quotient
from engine.graph import Term
from engine.mechanisms.base import Frame
from engine.mechanisms.scales import worked_parts
from engine.mechanisms.tables import Table
from engine.nodes import Node, TermRead, walk
from engine.testing import parts
from engine.testing.parts import Part, PartId
from engine.values import Refusal
from grammar import declarations as d

Key = tuple[int, int]


Used = Callable[[Assessment, Step], Iterator[PartId]]


@frozen
class PartKind:
    name: str
    plural: str
    parts: Callable[[Provision], Iterator[Part]]
    """Those of a provision, on every date, without what is not encoded."""
    used: Used
    """Those that a step of an assessment used."""
    node: Callable[[Part, Term], Node | None]
    """The node of its term's formula on a day that is worked out when the part is used; None where readers use it."""
    reached: Callable[[Part, Term, Node], Node] = lambda part, reader, node: node
    """Of a reader's node that reads the term: the one that is worked out when the part is used."""


# ---- what a step used -----------------------------------------------------------------------------------------------


def _written(step: Step) -> ProvisionText | None:
    """The text that gave a step its value; None where there is no value."""
    return None if isinstance(step.value, Refusal) or step.term.in_force is None else step.term.in_force.text


def _since_of(step: Step) -> date | None:
    return step.term.authority.since if step.term.authority else None


def _used_rule(assessment: Assessment, step: Step) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version):
        yield PartId(step.term.identity, None)


def _used_version(assessment: Assessment, step: Step) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version):
        yield PartId(f"{step.term.identity}#version", _since_of(step))


def _used_alternative(assessment: Assessment, step: Step) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version):
        for number, value in enumerate(alternative_nodes(step.term), 1):
            if _is_known(step, value):
                yield PartId(f"{step.term.identity}#alternative.{number}", _since_of(step))


def _used_exception(assessment: Assessment, step: Step) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version) and step.term.in_force is not None:
        for exception, value in zip(step.term.in_force.exceptions, exception_nodes(step.term), strict=True):
            if _is_known(step, value):
                yield PartId(exception.identity, exception.authority.since)


def _used_value(assessment: Assessment, step: Step) -> Iterator[PartId]:
    """A figure counts where it is read: to expect a figure of itself says nothing of the rules."""
    for key in step.reads:
        read = assessment.by_key.get(key)
        if read is not None and isinstance(_written(read), d.Dated):
            yield PartId(f"{read.term.identity}#value", _since_of(read))


def _used_row(assessment: Assessment, step: Step) -> Iterator[PartId]:
    if isinstance(_written(step), d.TableVersion) and step.term.in_force is not None:
        rows = [PartId(row.identity, row.authority.since) for row in step.term.in_force.rows]
        otherwise = PartId(f"{step.term.identity}#otherwise", _since_of(step))
        for part_id, value in zip([*rows, otherwise], row_nodes(step.term), strict=False):
            if _is_known(step, value):
                yield part_id


def _used_band(assessment: Assessment, step: Step) -> Iterator[PartId]:
    """A band counts where an amount to which its scale was applied reaches into it."""
    scales = {index for index, _ in step.reads if assessment.graph.terms[index].kind == "scale"}
    if not scales or _written(step) is None:
        return
    for frame in _frames(step.frame):
        for node in walk(frame.formula.root):
            if node.mechanism == "applied" and isinstance(frame.cells[node.index], int):
                scale = assessment.graph.terms[_scale_of(node)]
                since = scale.authority.since if scale.authority else None
                shares = enumerate((share for _, share in worked_parts(node, frame)), 1)
                yield from (PartId(f"{scale.identity}#band.{number}", since) for number, share in shares if share.value)


def _frames(frame: Frame) -> Iterator[Frame]:
    """A working, with those for members inside it."""
    yield frame
    for workings in frame.inner.values():
        for working in workings:
            for inner in (working.where, working.operand):
                if inner is not None:
                    yield from _frames(inner)


def _is_known(step: Step, node: Node) -> bool:
    value = step.frame.cells[node.index]
    return value is not None and not isinstance(value, Refusal)


def alternative_nodes(term: Term) -> Sequence[Node]:
    """The values of a rule's cases, in order."""
    root = _rule_root(term)
    general = root.args[0] if root.mechanism == "exceptions" else root
    return general.args[0::2] if general.mechanism == "alternatives" else (general,)


def _rule_root(term: Term) -> Node:
    """What a rule says, without what refuses it to those whom a provision touches that has no term."""
    assert term.formula is not None
    root = term.formula.root
    return root.args[0] if root.mechanism == "affected" else root


def row_nodes(term: Term) -> Sequence[Node]:
    """The values of a table's rows in force, in order, and last what holds otherwise, where it says so."""
    root = _rule_root(term)
    if root.mechanism != "table":
        return ()
    detail: Table = root.detail
    return root.args[detail.first_value :]


def _scale_of(applied: Node) -> int:
    """The scale that is applied, by its term."""
    read = applied.args[1].detail
    assert isinstance(read, TermRead)
    return read.term


def exception_nodes(term: Term) -> Sequence[Node]:
    """The values of a rule's exceptions in force, in order."""
    root = _rule_root(term)
    return root.args[1::2] if root.mechanism == "exceptions" else ()


# ---- what to aim at -------------------------------------------------------------------------------------------------


def _root(part: Part, term: Term) -> Node | None:
    return term.formula.root if term.formula else None


def _of_readers(part: Part, term: Term) -> Node | None:
    return None


def _alternative(part: Part, term: Term) -> Node | None:
    return alternative_nodes(term)[int(part.id.place.rpartition(".")[2]) - 1]


def _exception(part: Part, term: Term) -> Node | None:
    assert term.in_force is not None
    names = [exception.identity for exception in term.in_force.exceptions]
    return exception_nodes(term)[names.index(part.id.place)]


def _row(part: Part, term: Term) -> Node | None:
    assert term.in_force is not None
    places = [row.identity for row in term.in_force.rows]
    nodes = row_nodes(term)
    return nodes[places.index(part.id.place)] if part.id.place in places else nodes[-1]


def _band(part: Part, reader: Term, node: Node) -> Node:
    """The band's rate, where the scale is applied; of what is worked out over members, all of it."""
    assert reader.formula is not None
    number = int(part.id.place.rpartition(".")[2])
    applied = (found for found in walk(reader.formula.root) if found.mechanism == "applied" and found.args[1] is node)
    return next((found.args[2 * number] for found in applied), node)


KINDS: Mapping[str, PartKind] = {
    kind.name: kind
    for kind in (
        PartKind("rule", "rules", parts.rules, _used_rule, _root),
        PartKind("version", "versions of rules", parts.versions, _used_version, _root),
        PartKind("alternative", "cases", parts.alternatives, _used_alternative, _alternative),
        PartKind("exception", "exceptions", parts.exceptions, _used_exception, _exception),
        PartKind("row", "rows of tables", parts.rows, _used_row, _row),
        PartKind("band", "bands of scales", parts.bands, _used_band, _of_readers, _band),
        PartKind("value", "values of figures", parts.values, _used_value, _of_readers),
    )
}


def parts_of(law: Law) -> tuple[Part, ...]:
    """Every part of the law that has been made, on every date, by file and place."""
    found = [part for provision in law.provisions.values() for kind in KINDS.values() for part in kind.parts(provision)]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda p: (p.span.source.path, p.span.start, order.index(p.kind), p.id.place)))


def exercised(assessment: Assessment, keys: Iterable[Key]) -> set[PartId]:
    """The parts used by the steps that these answers need; what was worked out beside them does not count."""
    under = list(assessment.under(keys))
    found = {part for step in under for kind in KINDS.values() for part in kind.used(assessment, step)}
    if any(step.frame.days for step in under):  # an answer that looks at other days rests on what it found there
        for day in (day for run in assessment.other_days for day in run.each):
            found.update(part for step in day.steps for kind in KINDS.values() for part in kind.used(day, step))
            found.update(_value_looked_at(step) for step in day.steps if isinstance(_written(step), d.Dated))
    return found


def _value_looked_at(figure: Step) -> PartId:
    """Of a figure on another day: it stands there because something read it."""
    return PartId(f"{figure.term.identity}#value", _since_of(figure))


# ---- the figure -----------------------------------------------------------------------------------------------------


@frozen
class Tally:
    """So many of so many, and in percent."""

    exercised: int
    total: int

    @property
    def tenths(self) -> int | None:
        """Tenths of a percent, rounded down, so that 100.0% is all of them; None of nothing."""
        return round_quotient(1000 * self.exercised, self.total, "down") if self.total else None

    def reaches(self, percent: int, scale: int) -> bool:
        """Whether it is at least percent ÷ scale percent, exactly."""
        return 100 * scale * self.exercised >= percent * self.total


@frozen(eq=False, repr=False)
class Coverage:
    """Parts, and the examples that exercise each."""

    parts: tuple[Part, ...]
    examples: Mapping[PartId, tuple[d.Case, ...]]

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not self.examples.get(part.id))

    def tally(self, kind: str | None = None) -> Tally:
        parts = [part for part in self.parts if kind in (None, part.kind)]
        return Tally(sum(bool(self.examples.get(part.id)) for part in parts), len(parts))


def coverage(parts: Iterable[Part], examples: Iterable[tuple[d.Case, Assessment, Iterable[Key]]]) -> Coverage:
    """Which of these parts are exercised by examples, each with its assessment and what it expects something of."""
    by: dict[PartId, list[d.Case]] = {}
    for example, assessment, keys in examples:
        for part in exercised(assessment, keys):
            by.setdefault(part, []).append(example)
    return Coverage(tuple(parts), {part: tuple(found) for part, found in by.items()})
