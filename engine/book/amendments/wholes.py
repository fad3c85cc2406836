"""What is written to the places of a provision: its versions as the files have them, and one that says it is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import evolve

from engine.book.amendments.editing import Whole
from engine.book.amendments.matching import afresh
from engine.book.amendments.operations import Timed
from engine.book.law import Provision, Write
from grammar import declarations as d
from grammar.syntax import NotEncoded, Period


def written(text: Any, end: date | None, timed: Timed, order: int) -> Write[Any]:
    operation = timed.operation
    return Write(text, timed.commences, end, timed.amendment.name, operation.provision, timed.made, order, cites=operation.cites)


def parts_of(text: Any) -> tuple[Any, ...]:
    return (*getattr(text, "exceptions", ()), *getattr(text, "rows", ()))


def wholes(provision: Provision) -> list[Whole]:
    """What the files say of a provision, version by version; exceptions that stand above the versions in each of them (S78)."""
    found = []
    head: Any = provision.head
    above: tuple[d.ExceptionClause, ...] = getattr(head, "exceptions", ())
    one: Any
    for one in (*provision.timeline.dated, *provision.timeline.otherwise):
        write = one
        if above:
            write = evolve(one, text=evolve(one.text, exceptions=(*one.text.exceptions, *above)))
        own = {id(part) for part in parts_of(write.text)}
        parts = {name: part for name, timed in provision.parts.items() for part in timed.dated if id(part.text) in own}
        found.append(Whole(write, parts, evolve(head, exceptions=()) if above else head))
    return found


def not_encoded(text: Any, lost: NotEncoded, start: date) -> Any:
    """A text of the same kind that says only that it is not known."""
    match text:
        case d.Dated():
            return d.Dated(value=lost, period=Period(start, text.period.end, span=lost.span), span=lost.span)
        case d.Version():
            return evolve(
                text, alternatives=(d.Alternative(value=lost, condition=None, span=lost.span),), exceptions=(), readings=()
            )
        case d.TableVersion():
            rows = tuple(evolve(row, value=afresh(lost)) for row in text.rows)
            otherwise = None if text.otherwise is None else evolve(text.otherwise, value=lost)
            return evolve(text, rows=rows, otherwise=otherwise)
        case d.Challenge() | d.Duty():
            return evolve(text, within=d.TimeLimit(lost, span=lost.span))
    return text
