"""Comparisons as data: jurat/schemas/comparison.v1.json. Amounts are exact, as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from engine.assessment import StepId
from engine.comparing.causes import LawCause
from engine.comparing.facts import DayCause, FactCause
from engine.comparing.households import Compared
from engine.comparing.laws import LawsCompared
from engine.comparing.splitting import Cause, Contribution, Found, Move
from engine.graph import Graph
from engine.values import Exact, Refusal
from explain.comparing.households import told_household
from explain.comparing.laws import Labels, told_laws
from grammar.problems import Problem, in_order
from grammar.rendering import to_data as problem_data

VERSION = 1

Data = dict[str, Any]


def laws_data(compared: Sequence[LawsCompared], named: Labels, warnings: Sequence[Problem], by_day: bool) -> Data:
    """Two laws: the answer, and every provision that differs."""
    view = told_laws(compared, named, by_day)
    feeds = {altered.term.identity: altered.feeds for one in compared for altered in one.altered}
    return {
        **_head("laws", named, warnings),
        "answer": view.effect,
        "sides": [_side(graph) for graph in (compared[0].before, compared[0].after)] if len(compared) == 1 else None,
        "days": [
            {
                "day": day.on,
                "provisions": [
                    {
                        "identity": one.identity,
                        "name": one.name,
                        "was_called": one.was_called,
                        "kind": one.kind,
                        "title": one.title,
                        "difference": section.difference,
                        "was": list(one.old),
                        "is": list(one.new),
                        "feeds": {
                            "awards": [term.name for term in feeds.get(one.identity, ()) if term.payable],
                            "others": [term.name for term in feeds.get(one.identity, ()) if not term.payable],
                        },
                    }
                    for section in day.sections
                    for one in section.provisions
                ],
            }
            for day in view.days
        ],
    }


def household_data(compared: Compared, named: Labels, warnings: Sequence[Problem]) -> Data:
    """One household under two laws, or two under one: the answers with their causes, and the steps that differ."""
    view = told_household(compared, named)
    told = {row.identity: row for row in view.steps}
    numbers: dict[int, int] = {}
    causes: list[Cause] = []
    for one in compared.contributions:
        for cause in one.causes:
            numbers[id(cause)] = len(causes)
            causes.append(cause)
    return {
        **_head("household", named, warnings),
        "sides": [_side(side.graph, side.case.on, side.case.known) for side in (compared.before, compared.after)],
        "answers": [_answer(compared, key, move, numbers) for key, move in compared.answers.items()],
        "causes": [_cause(cause) for cause in causes],
        "steps": [
            {
                "id": str(step.id),
                "term": (step.after or step.before).term.name,  # type: ignore[union-attr]
                "of": list(step.id.path),
                "why": step.why,
                "from": told[str(step.id)].before,
                "to": told[str(step.id)].after,
                "was": list(told[str(step.id)].old),
                "is": list(told[str(step.id)].new),
            }
            for step in compared.steps
            if step.why != "same"
        ],
        "same_steps": len(view.those("same")),
    }


def _head(kind: str, named: Labels, warnings: Sequence[Problem]) -> Data:
    return {
        "version": VERSION,
        "kind": kind,
        "title": named.title,
        "first": named.first,
        "last": named.last,
        "warnings": [problem_data(problem) for problem in in_order(warnings)],
    }


def _side(graph: Graph, on: date | None = None, known: date | None = None) -> Data:
    known = known or graph.book.known
    return {
        "on": (on or graph.on).isoformat(),
        "known": known.isoformat() if known else None,
        "effect": graph.effect,
        "law": graph.law,
    }


def _answer(compared: Compared, key: StepId, move: Move, numbers: dict[int, int]) -> Data:
    item = compared.item(key)
    shares = [one for one in compared.contributions if key in one.moves and one.moves[key].is_move]
    return {
        "id": str(key),
        "term": item.term.name,
        "of": list(key.path),
        "unit": str(item.term.type) if item.term.type.kind in ("amount", "%") else None,
        **_moved(move),
        "shares": [_share(one, key, numbers) for one in shares],
    }


def _share(one: Contribution, key: StepId, numbers: dict[int, int]) -> Data:
    return {**_moved(one.moves[key]), "causes": [numbers[id(cause)] for cause in one.causes]}


def _moved(move: Move) -> Data:
    difference = move.difference
    return {
        "from": _value(move.before),
        "to": _value(move.after),
        "difference": difference.plain() if difference is not None else None,
    }


def _value(found: Found) -> Data | str | None:
    match found.value:
        case Exact():
            return found.value.plain()
        case Refusal():
            return {"refused": [reason.message for reason in found.value.reasons]}
        case _:
            return None


def _cause(cause: Cause) -> Data:
    match cause:
        case LawCause():
            made = cause.made if cause.made not in (None, date.max) else None
            return {
                "kind": "end" if cause.is_end else "law",
                "instrument": cause.instrument.name if cause.instrument else None,
                "provision": cause.provision,
                "made": made.isoformat() if made else None,
                "from": cause.day.isoformat() if cause.day > date.min else None,
                "terms": [name for name in cause.terms if not name.startswith("#")],
            }
        case FactCause():
            return {"kind": cause.kind, "of": list(cause.path), "input": cause.name or None}
        case DayCause():
            return {"kind": "day", "from": cause.before.isoformat(), "to": cause.after.isoformat()}
    raise AssertionError(cause)
