"""An assessment as data: the shape of the case, and with `steps` the whole working. Schema: jurat/schemas/assessment.v1.json."""

from __future__ import annotations

from typing import Any

from engine.assessment import Assessment, FactUse, Step
from engine.law import Authority
from engine.types import Type
from engine.values import Reason, Refusal
from explain.document import Document, StepView, document
from grammar.problems import Problem, in_order
from grammar.rendering import to_data as problem_data

VERSION = 1

Data = dict[str, Any]


def values(assessment: Assessment) -> Data:
    """Every value worked out for what was asked, each exact, as text, with its unit, in the shape of the case."""
    data = _head(assessment)
    for found in assessment.steps:
        if found.path:
            _place(data, assessment, found.path)[found.term.name] = _value(assessment, found)
    for answer in assessment.answers:
        if isinstance(answer, FactUse):
            _place(data, assessment, answer.path)[answer.term.name] = _value(assessment, answer)
    figures = {step.term.name: _value(assessment, step) for step in assessment.steps if not step.path}
    if figures:
        data["figures"] = figures
    return data


def explanation(assessment: Assessment) -> Data:
    """The values, the steps in order, and the facts that they rest on."""
    told = document(assessment)
    data = values(assessment)
    data["steps"] = [_step(assessment, step, view, told) for step, view in zip(assessment.steps, told.steps, strict=True)]
    data["facts"] = [_fact(assessment, use) for use in assessment.facts]
    data["unused"] = [_fact(assessment, use) for use in assessment.unused]
    return data


def refused(problems: list[Problem]) -> Data:
    """What stands in the place of an assessment that could not begin."""
    return {"version": VERSION, "problems": [problem_data(problem) for problem in in_order(problems)]}


def _head(assessment: Assessment) -> Data:
    case = assessment.case
    return {
        "version": VERSION,
        "title": case.title,
        "on": case.on.isoformat(),
        "known": case.known.isoformat() if case.known else None,
        "effect": assessment.graph.effect,
        "law": assessment.graph.law,
        "asked": [
            {"term": answer.term.name, "path": list(answer.path), "refused": isinstance(answer.value, Refusal)}
            for answer in assessment.answers
        ],
    }


def _place(data: Data, assessment: Assessment, path: tuple[str, ...]) -> Data:
    """The object of a member, made on the way: household → home → person → parent."""
    kinds = {member.path: member.entity for member in assessment.case.members}
    place = data
    for depth, name in enumerate(path, 1):
        place = place.setdefault(kinds[path[:depth]], {}).setdefault(name, {})
    return place


def _value(assessment: Assessment, found: Step | FactUse) -> Data:
    if isinstance(found.value, Refusal):
        return {"refused": [_reason(assessment, found, reason) for reason in found.value.reasons]}
    exact = found.exact
    if exact is None:
        assert isinstance(found, Step) and isinstance(found.value, tuple)
        return {"members": [list(path) for path in _members(found)], "unit": None}
    return {"value": exact.plain(), "unit": _unit(found.term.type)}


def _members(step: Step) -> list[tuple[str, ...]]:
    assert step.term.formula is not None and isinstance(step.value, tuple)
    kind = step.term.formula.root.detail.members.member
    return [step.frame.world.paths[kind][number] for number, _ in step.value]


def _unit(type_: Type) -> str | None:
    return str(type_) if type_.kind in ("amount", "%") else None


def _reason(assessment: Assessment, found: Step | FactUse, reason: Reason) -> Data:
    way = assessment.way_to(found, reason) if isinstance(found, Step) else ()
    return {
        "kind": reason.kind.replace(" ", "-"),
        "message": reason.message,
        "term": reason.term,
        "path": list(reason.path),
        "citation": reason.citation,
        "way": [{"provision": step.id.provision, "path": list(step.id.path)} for step in way],
    }


def _id(found: Step | FactUse) -> Data:
    return {"provision": found.term.identity, "path": list(found.path)}


def _step(assessment: Assessment, step: Step, view: StepView, told: Document) -> Data:
    return {
        "number": view.number,
        "id": _id(step),
        "term": step.term.name,
        "kind": step.term.kind,
        "entity": step.term.entity,
        "title": step.term.title,
        "result": _value(assessment, step),
        "words": view.words,
        "figures": list(view.figures),
        "applied": view.applied,
        "passed": [{"case": passed.case, "why": passed.why} for passed in view.passed],
        "because": view.because,
        "rounding_policy": view.policy,
        "uses": [_id(assessment.at(key)) for key in step.reads],
        "citations": [{"instrument": c.instrument, "text": c.text, "link": c.link} for c in view.citations],
        "authority": _authority(step.term.authority),
        "notes": list(view.notes),
        "effect": f"sha256:{step.term.effect}",
    }


def _authority(authority: Authority | None) -> Data | None:
    if authority is None:
        return None
    return {
        "since": authority.since.isoformat() if authority.since else None,
        "until": authority.until.isoformat() if authority.until else None,
        "made_by": authority.made_by,
        "provision": authority.made_by_provision,
        "made": authority.made.isoformat() if authority.made and not authority.made_before else None,
        "commences": authority.commences.isoformat() if authority.commences else None,
    }


def _fact(assessment: Assessment, use: FactUse) -> Data:
    fact = use.fact
    return {
        "id": _id(use),
        "term": use.term.name,
        "title": use.term.title,
        "entity": use.term.entity,
        "result": _value(assessment, use),
        "origin": "given" if fact else "assumed" if use.is_assumed else "missing",
        "from": fact.start.isoformat() if fact and fact.start else None,
        "until": fact.end.isoformat() if fact and fact.end else None,
        "reported": fact.reported.isoformat() if fact and fact.reported else None,
        "source": fact.source if fact else None,
        "standing": fact.standing if fact else None,
    }
