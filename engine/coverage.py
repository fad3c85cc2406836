"""Parts of a book, and which of them an example exercises: read off the record of what was worked out, nothing else.

A part is what may or may not be reached once its rule is asked for. Each kind of part says which there are and which of them
a step used; what the language gains later joins by an entry in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.exact import round_quotient
from engine.graph import Term
from engine.law import ALWAYS, Law, Provision, ProvisionText, Write
from engine.nodes import Node
from engine.values import Refusal, day_words
from grammar import declarations as d
from grammar import syntax
from grammar.source import Span

Key = tuple[int, int]


@frozen
class PartId:
    """A part of the law: its place (S61), and the day from which it stands there; None where it stands always."""

    place: str
    since: date | None


@frozen(eq=False, repr=False)
class Part:
    """Something that an example can exercise."""

    id: PartId
    kind: str
    term: str
    label: str
    """What a reader calls it, beside the name of its term."""
    span: Span
    start: date
    end: date | None


Used = Callable[[Step, bool], Iterator[PartId]]


@frozen
class PartKind:
    name: str
    plural: str
    parts: Callable[[Provision], Iterator[Part]]
    """Those of a provision, on every date, without what is not encoded."""
    used: Used
    """Those that a step used; whether another step read it."""
    node: Callable[[Part, Term], Node | None]
    """The node of a rule's formula on a day of the part that is worked out when the part is used; None for any of its readers."""


# ---- what there is --------------------------------------------------------------------------------------------------


def _since(write: Write[object]) -> date | None:
    return None if write.start == ALWAYS else write.start


def _from(write: Write[object]) -> str:
    return "" if write.start == ALWAYS else f"from {day_words(write.start)}"


def _quote(span: Span) -> str:
    text = " ".join(span.text.split())
    return f"`{text}`" if len(text) <= 60 else f"`{text[:59]}…`"


def _is_encoded(text: object) -> bool:
    """Whether any value is written: what says `not encoded` has nothing that could be exercised."""
    match text:
        case d.Dated():
            return not isinstance(text.value, syntax.NotEncoded)
        case d.Version():
            values = [a.value for a in text.alternatives] + [x.value for x in text.exceptions]
            return any(not isinstance(value, syntax.NotEncoded) for value in values)
    return True


def _versions(provision: Provision) -> Iterator[tuple[Write[d.Version], d.Version, date | None]]:
    for write in provision.timeline.writes:
        if isinstance(write.text, d.Version):
            yield write, write.text, provision.timeline.until(write, None)  # type: ignore[misc]


def _rules(provision: Provision) -> Iterator[Part]:
    encoded = [(write, end) for write, text, end in _versions(provision) if _is_encoded(text)]
    if encoded:
        ends = [end for _, end in encoded]
        last = None if None in ends else max(end for end in ends if end)
        part_id = PartId(provision.identity, None)
        yield Part(part_id, "rule", provision.name, "", provision.head.name_span, encoded[0][0].start, last)


def _rule_versions(provision: Provision) -> Iterator[Part]:
    """A rule that was always the same is one part, not two."""
    versions = list(_versions(provision))
    for write, text, end in versions if len(versions) > 1 else ():
        if _is_encoded(text):
            span = text.period.span if text.period else provision.head.name_span
            part_id = PartId(f"{provision.identity}#version", _since(write))
            yield Part(part_id, "version", provision.name, f"version {_from(write)}", span, write.start, end)


def _alternatives(provision: Provision) -> Iterator[Part]:
    """The cases of a version; of one without others, where an exception may take its place."""
    for write, text, end in _versions(provision):
        if len(text.alternatives) == 1 and not text.exceptions:
            continue
        since = f", {_from(write)}" if len(provision.timeline.writes) > 1 else ""
        for number, alternative in enumerate(text.alternatives, 1):
            if not isinstance(alternative.value, syntax.NotEncoded):
                part_id = PartId(f"{provision.identity}#alternative.{number}", _since(write))
                label = f"case {number}{since}: {_quote(alternative.value.span)}"
                yield Part(part_id, "alternative", provision.name, label, alternative.span, write.start, end)


def _exceptions(provision: Provision) -> Iterator[Part]:
    for name, timeline in provision.parts.items():
        for write in timeline.writes:
            if isinstance(write.text, d.ExceptionClause) and not isinstance(write.text.value, syntax.NotEncoded):
                since = f", {_from(write)}" if len(timeline.writes) > 1 else ""
                part_id = PartId(f"{provision.identity}#exception.{name}", _since(write))
                label = f"exception {name}{since}"
                end = timeline.until(write, None)
                yield Part(part_id, "exception", provision.name, label, write.text.name_span, write.start, end)


def _values(provision: Provision) -> Iterator[Part]:
    for write in provision.timeline.writes:
        if isinstance(write.text, d.Dated) and _is_encoded(write.text):
            label = f"{_quote(write.text.value.span)} {_from(write)}".strip()
            end = provision.timeline.until(write, None)
            part_id = PartId(f"{provision.identity}#value", _since(write))
            yield Part(part_id, "value", provision.name, label, write.text.span, write.start, end)


# ---- what a step used -----------------------------------------------------------------------------------------------


def _written(step: Step) -> ProvisionText | None:
    """The text that gave a step its value; None where there is no value."""
    return None if isinstance(step.value, Refusal) or step.term.in_force is None else step.term.in_force.text


def _since_of(step: Step) -> date | None:
    return step.term.authority.since if step.term.authority else None


def _used_rule(step: Step, read: bool) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version):
        yield PartId(step.term.identity, None)


def _used_version(step: Step, read: bool) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version):
        yield PartId(f"{step.term.identity}#version", _since_of(step))


def _used_alternative(step: Step, read: bool) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version):
        for number, value in enumerate(alternative_nodes(step.term), 1):
            if _is_known(step, value):
                yield PartId(f"{step.term.identity}#alternative.{number}", _since_of(step))


def _used_exception(step: Step, read: bool) -> Iterator[PartId]:
    if isinstance(_written(step), d.Version) and step.term.in_force is not None:
        for exception, value in zip(step.term.in_force.exceptions, exception_nodes(step.term), strict=True):
            if _is_known(step, value):
                yield PartId(exception.identity, exception.authority.since)


def _used_value(step: Step, read: bool) -> Iterator[PartId]:
    """A figure counts where it is read: to expect a figure of itself says nothing of the rules."""
    if read and isinstance(_written(step), d.Dated):
        yield PartId(f"{step.term.identity}#value", _since_of(step))


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


def exception_nodes(term: Term) -> Sequence[Node]:
    """The values of a rule's exceptions in force, in order."""
    root = _rule_root(term)
    return root.args[1::2] if root.mechanism == "exceptions" else ()


# ---- what to aim at -------------------------------------------------------------------------------------------------


def _root(part: Part, term: Term) -> Node | None:
    return term.formula.root if term.formula else None


def _alternative(part: Part, term: Term) -> Node | None:
    return alternative_nodes(term)[int(part.id.place.rpartition(".")[2]) - 1]


def _exception(part: Part, term: Term) -> Node | None:
    assert term.in_force is not None
    names = [exception.identity for exception in term.in_force.exceptions]
    return exception_nodes(term)[names.index(part.id.place)]


KINDS: Mapping[str, PartKind] = {
    kind.name: kind
    for kind in (
        PartKind("rule", "rules", _rules, _used_rule, _root),
        PartKind("version", "versions of rules", _rule_versions, _used_version, _root),
        PartKind("alternative", "cases", _alternatives, _used_alternative, _alternative),
        PartKind("exception", "exceptions", _exceptions, _used_exception, _exception),
        PartKind("value", "values of figures", _values, _used_value, lambda part, term: None),
    )
}


def parts_of(law: Law) -> tuple[Part, ...]:
    """Every part of the law that has been made, on every date, by file and place."""
    found = [part for provision in law.provisions.values() for kind in KINDS.values() for part in kind.parts(provision)]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda p: (p.span.source.path, p.span.start, order.index(p.kind), p.id.place)))


def exercised(assessment: Assessment, keys: Iterable[Key]) -> set[PartId]:
    """The parts used by the steps that these answers need; what was worked out beside them does not count."""
    steps = assessment.under(keys)
    read = {key for step in steps for key in step.reads}
    return {part for step in steps for kind in KINDS.values() for part in kind.used(step, step.key in read)}


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
