"""What a formula begins with: literals, terms of the same or a containing entity, the day of the award, unknown law."""

from __future__ import annotations

from datetime import date

from engine import types
from engine.mechanisms.base import Frame, Mechanism, Run, Scope
from engine.nodes import Node, TermRead
from engine.types import Type
from engine.values import NEVER, Exact, Reason, Refusal, Value, day_words
from grammar import syntax


def literal(scope: Scope, text: syntax.Number | syntax.DateText | syntax.Never | syntax.YesNo | syntax.Text) -> Node:
    """A value as written; `detail` is the value (an integer over the node's scale, for a number)."""
    match text:
        case syntax.DateText():
            return scope.node("literal", (), types.DATE, text.span, detail=text.value)
        case syntax.Never():
            return scope.node("literal", (), types.DATE_OR_NEVER, text.span, detail=NEVER)
        case syntax.YesNo():
            return scope.node("literal", (), types.YES_NO, text.span, detail=text.value)
        case syntax.Text():
            return scope.node("literal", (), types.TEXT, text.span, detail=text.value)
    value, scale, type_ = number(text)
    return scope.node("literal", (), type_, text.span, scale=scale, low=value, high=value, constant=value, detail=value)


def number(text: syntax.Number) -> tuple[int, int, Type]:
    """A written number as an integer over a power of ten, with its type."""
    if text.percent:
        return text.digits, 10**text.places, types.PERCENT
    if not text.unit:
        return text.digits, 10**text.places, types.NUMBER if text.places else types.WHOLE
    return text.digits, 10**text.places, types.amount(text.unit)


def prepare_literal(node: Node, _: tuple[Run, ...]) -> Run:
    index, value = node.index, node.detail

    def run(frame: Frame) -> Value:
        frame.cells[index] = value
        result: Value = value
        return result

    return run


def prepare_term(node: Node, _: tuple[Run, ...]) -> Run:
    """`detail` is a TermRead; the term has been worked out before, for every entity of its kind."""
    index, read = node.index, node.detail
    assert isinstance(read, TermRead)
    term = read.term
    if read.refusing is not None:

        def run(frame: Frame) -> Value:
            value = _as_it_stands(frame, read, frame.number_of(read.reader, read.entity))
            frame.cells[index] = value
            return value

    elif read.entity is None:

        def run(frame: Frame) -> Value:
            value: Value = frame.world.store[term][0]
            frame.cells[index] = value
            return value

    elif read.entity == read.reader:

        def run(frame: Frame) -> Value:
            value: Value = frame.world.store[term][frame.me]
            frame.cells[index] = value
            return value

    else:
        assert read.reader is not None
        key = (read.reader, read.entity)

        def run(frame: Frame) -> Value:
            value: Value = frame.world.store[term][frame.world.up[key][frame.me]]
            frame.cells[index] = value
            return value

    return run


def prepare_holder(node: Node, _: tuple[Run, ...]) -> Run:
    """The same of whoever holds a role for one person; where nobody does, it refuses (S24)."""
    index, read = node.index, node.detail
    assert isinstance(read, TermRead) and read.role is not None
    name = read.role.name

    def run(frame: Frame) -> Value:
        holder = frame.number_read(read)
        value: Value
        if holder is None:
            value = frame.refusal("nobody", f"Nobody is {name.replace('_', ' ')}, so there is nothing of theirs to read.")
        else:
            value = _as_it_stands(frame, read, holder)
        frame.cells[index] = value
        return value

    return run


def _as_it_stands(frame: Frame, read: TermRead, number: int) -> Value:
    """A term's value; of a fact that stands as the rule refuses it, a refusal that says what is wanted instead (S81)."""
    world, refusing = frame.world, read.refusing
    value: Value = world.store[read.term][number]
    if refusing is None or isinstance(value, Refusal) or (read.term, number) not in world.facts:
        return value
    fact = world.facts[read.term, number]
    standing = "assumed" if fact is None else fact.standing or "declared"
    if standing not in refusing.standings:
        return value
    term, path = world.graph.terms[read.term], world.paths[read.entity][number]
    day = world.on if refusing.on_other_day else None
    whose = (f" of {world.names[path]}" if path else "") + (f" on {day_words(day)}" if day else "")
    if fact is None:
        assumed = Exact(value, term.type, term.scale).words()  # type: ignore[arg-type]
        message = f"{term.title}{whose} is not given; {refusing.rule} refuses to assume {assumed}."
    else:
        source = f" ({fact.source})" if fact.source else ""
        message = f"{term.title}{whose} is {standing}{source}, which {refusing.rule} refuses."
    message += f" Needed: {refusing.needed}."
    return Refusal((Reason("refused fact", message, term.identity, path, refusing.citation, day),))


def prepare_assessment_date(node: Node, _: tuple[Run, ...]) -> Run:
    index = node.index

    def run(frame: Frame) -> Value:
        day: date = frame.world.on
        frame.cells[index] = day
        return day

    return run


def prepare_not_encoded(node: Node, runs: tuple[Run, ...]) -> Run:
    """`detail` is the refusal's kind, why, and its message: unknown law, or a provision not in force (S41, S64).

    In the message of what is not in force `{day}` stands for the day: a graph serves every day on which the law is the same.
    """
    index = node.index
    kind, _, message = node.detail

    def run(frame: Frame) -> Value:
        said = message.replace("{day}", day_words(frame.world.on)) if kind == "not in force" else message
        value = frame.refusal(kind, said)
        frame.cells[index] = value
        return value

    return run


MECHANISMS = (
    Mechanism("literal", prepare_literal),
    Mechanism("term", prepare_term),
    Mechanism("holder", prepare_holder),
    Mechanism("assessment date", prepare_assessment_date),
    Mechanism("not encoded", prepare_not_encoded),
)
