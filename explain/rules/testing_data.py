"""Tests as data. Schema: jurat/schemas/test.v1.json."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from engine.assessment import Step
from engine.book.law import ALWAYS
from engine.testing.coverage import KINDS, Coverage, Tally
from engine.testing.examples import Outcome, Worked
from engine.testing.parts import Part, PartId
from engine.testing.suggest import Suggestion
from engine.values import Exact
from explain.rules.testing import step_shown, tenths_text
from grammar.problems import Problem, in_order
from grammar.rendering import to_data as problem_data
from grammar.source import Span

VERSION = 1

Data = dict[str, Any]


def tests(
    examples: Sequence[Worked],
    coverage: Coverage | None,
    suggestions: Sequence[Suggestion] | None,
    problems: Iterable[Problem],
) -> Data:
    """Which examples hold, and where asked what they exercise and what could be added."""
    held = sum(worked.holds for worked in examples)
    return {
        "version": VERSION,
        "passed": held,
        "failed": len(examples) - held,
        "examples": [_example(worked) for worked in examples],
        "coverage": None if coverage is None else _coverage(coverage),
        "suggestions": None if suggestions is None else [_suggestion(found) for found in suggestions],
        "problems": [problem_data(problem) for problem in in_order(problems)],
    }


def _at(span: Span) -> Data:
    return {"file": span.source.path, "line": span.line}


def _example(worked: Worked) -> Data:
    example = worked.example
    departures = worked.departures
    return {
        "title": example.title,
        **_at(example.span),
        "on": example.on.isoformat() if example.on else None,
        "known": example.known.isoformat() if example.known else None,
        "passed": worked.holds,
        "expectations": [_outcome(worked, outcome) for outcome in worked.outcomes],
        "departs": _departs(worked, departures[0]) if departures else None,
        "problems": [problem_data(problem) for problem in in_order(worked.problems)],
    }


def _outcome(worked: Worked, outcome: Outcome) -> Data:
    return {
        "term": outcome.term.name,
        "of": outcome.whose,
        **_at(outcome.item.span),
        "expected": outcome.expected.plain() if outcome.expected else None,
        "found": _plain(outcome.found.exact) if outcome.found else None,
        "difference": _plain(outcome.difference),
        "unit": str(outcome.term.type) if outcome.term.type.kind in ("amount", "%") else None,
        "refused": [reason.message for reason in outcome.refusal.reasons] if outcome.refusal else [],
        "passed": outcome.holds,
    }


def _plain(exact: Exact | None) -> str | None:
    return exact.plain() if exact else None


def _departs(worked: Worked, first: Outcome) -> Data:
    step = step_shown(worked, first)
    path = list(first.found.path) if first.found else [first.whose or ""]
    return {
        "id": {"provision": first.term.identity, "path": path},
        "term": first.term.name,
        **_at(first.term.span),
        "working": list(step.lines),
        "uses": list(step.uses),
        "resting": [
            {"term": other.term.name, "of": other.whose}
            for other in worked.departures[1:]
            if isinstance(other.found, Step) and worked.rests_on(other, first)
        ],
    }


def _tally(tally: Tally) -> Data:
    percent = None if tally.tenths is None else tenths_text(tally.tenths)
    return {"exercised": tally.exercised, "total": tally.total, "percent": percent}


def _id(part: PartId) -> Data:
    return {"part": part.place, "from": part.since.isoformat() if part.since else None}


def _part(part: Part, coverage: Coverage) -> Data:
    return {
        "id": _id(part.id),
        "kind": part.kind,
        "term": part.term,
        "label": part.label or None,
        **_at(part.span),
        "from": part.start.isoformat() if part.start > ALWAYS else None,
        "until": part.end.isoformat() if part.end else None,
        "examples": [{"title": example.title, **_at(example.span)} for example in coverage.examples.get(part.id, ())],
    }


def _coverage(coverage: Coverage) -> Data:
    return {
        **_tally(coverage.tally()),
        "kinds": {kind: _tally(coverage.tally(kind)) for kind in KINDS},
        "parts": [_part(part, coverage) for part in coverage.parts],
    }


def _suggestion(found: Suggestion) -> Data:
    exercises = sorted(found.exercises, key=lambda part: (part.place, part.since or ALWAYS))
    return {
        "id": _id(found.part.id),
        "example": found.text,
        "exercises": [_id(part) for part in exercises],
        "tried": found.tried,
    }
