"""An award along one fact as data: jurat/schemas/curve.v1.json. Every amount is exact, as a fraction in words: `84014/155`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from engine.values import Exact, Refusal, Value
from engine.varying.kinds import Breakpoint, Cause, Curve, Found, Piece, Sampled, SetAside
from explain.curves.curve import what_happens
from explain.drafts import drafts_data
from grammar.problems import Problem
from grammar.rendering import to_data as problem_data


def curves_data(curves: Sequence[Curve], labels: Sequence[str], problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "version": 1,
        **drafts_data(curves[-1].graph.drafts),
        "curves": [{"law": label, **_curve(curve)} for curve, label in zip(curves, labels, strict=True)],
        "problems": [problem_data(problem) for problem in problems],
    }


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "on": curve.graph.on.isoformat(),
        "fact": {"name": curve.fact.term.name, "path": list(curve.fact.path), "unit": str(curve.fact.term.type)},
        "term": {"name": curve.term.name, "path": list(curve.path), "unit": str(curve.term.type)},
        "from": _place(curve, curve.low),
        "to": _place(curve, curve.high),
        "given": None if curve.given is None else _found(curve.given),
        "ends": [_found(found) for found in curve.ends],
        "pieces": [_piece(curve, piece) for piece in curve.pieces],
        "breakpoints": [_breakpoint(curve, one) for one in curve.breakpoints],
        "set_aside": [_set_aside(one) for one in curve.set_aside],
        "sampled": [_sampled(one) for one in curve.sampled],
    }


def _place(curve: Curve, place: Fraction) -> str:
    """An exact number, or a day."""
    return date.fromordinal(int(place)).isoformat() if curve.fact.term.type.is_date else str(place)


def _value(curve: Curve, value: Value) -> dict[str, Any]:
    if isinstance(value, Refusal):
        return {"refused": [reason.message for reason in value.reasons]}
    assert not isinstance(value, tuple)
    return {"value": Exact(value, curve.term.type, curve.term.scale).plain()}


def _found(found: Found) -> dict[str, Any]:
    refusal = found.refusal
    answer: dict[str, Any] = {"refused": [reason.message for reason in refusal.reasons]} if refusal else {}
    if found.exact is not None:
        answer = {"value": found.exact.plain()}
    return {"at": found.place.plain(), **answer}


def _piece(curve: Curve, piece: Piece) -> dict[str, Any]:
    ends = {
        "from": _place(curve, piece.low),
        "to": _place(curve, piece.high),
        "holds_from": piece.holds_low,
        "holds_to": piece.holds_high,
    }
    if piece.at_low is None:
        return {**ends, **_value(curve, piece.value)}
    aside = [_set_aside(one) for one in piece.set_aside]
    return {**ends, "begins": str(piece.at_low), "rate": str(piece.rate), "set_aside": aside}


def _cause(cause: Cause) -> dict[str, Any]:
    words = None if cause.node is None else " ".join(cause.node.span.text.split())
    return {"term": cause.term.name, "path": list(cause.path), "cite": cause.term.citation, "words": words}


def _breakpoint(curve: Curve, one: Breakpoint) -> dict[str, Any]:
    return {
        "at": _place(curve, one.at),
        "jumps": one.is_jump,
        "what": what_happens(curve, one),
        "causes": [_cause(cause) for cause in one.causes],
        "rate_before": _rate(one.before),
        "rate_after": _rate(one.after),
        "found": [_found(found) for found in one.found],
    }


def _rate(piece: Piece | None) -> str | None:
    return None if piece is None or piece.at_low is None else str(piece.rate)


def _set_aside(one: SetAside) -> dict[str, Any]:
    most: Fraction = one.most
    return {**_cause(Cause(one.term, one.path, one.node)), "most": str(most)}


def _sampled(one: Sampled) -> dict[str, Any]:
    return {
        "from": str(one.low),
        "to": str(one.high),
        "why": one.why,
        "cause": None if one.cause is None else _cause(one.cause),
        "found": [_found(found) for found in one.found],
    }
