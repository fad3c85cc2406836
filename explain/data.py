"""An assessment as data: the shape of the case, and with `steps` the whole working. Schema: jurat/schemas/assessment.v1.json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from engine.assessment import Assessment, FactUse, Step
from engine.book.law import Citation
from engine.cases.schemes import SchemeAsked
from engine.graph import Graph, Term
from engine.types import Type
from engine.values import Reason, Refusal, refusal_of
from explain.document import cited, noted, sentence
from explain.schemes import answers_of
from explain.steps import told
from explain.voices import once
from grammar.problems import Problem, in_order
from grammar.rendering import to_data as problem_data

VERSION = 1

Data = dict[str, Any]


def values(assessment: Assessment, warnings: Sequence[Problem] = (), schemes: Sequence[SchemeAsked] = ()) -> Data:
    """Every value worked out for what was asked, each exact, as text, with its unit, in the shape of the case."""
    data = _head(assessment, warnings, schemes)
    for found in assessment.steps:
        if found.path:
            _place(data, assessment, found.path)[found.term.name] = _value(assessment, found)
    for answer in assessment.answers:
        if isinstance(answer, FactUse) and answer.path:
            _place(data, assessment, answer.path)[answer.term.name] = _value(assessment, answer)
    figures = {found.term.name: _value(assessment, found) for found in (*assessment.steps, *assessment.answers) if not found.path}
    if figures:
        data["figures"] = figures
    return data


def explanation(assessment: Assessment, warnings: Sequence[Problem] = (), schemes: Sequence[SchemeAsked] = ()) -> Data:
    """The values, the steps in order, and the facts that they rest on.

    The way to a reason's cause is told of what was asked for; of every step it would grow with the square of the rules.
    """
    data = values(assessment, warnings, schemes)
    ids = {step.key: _id(step) for step in assessment.steps}
    data["steps"] = [_step(assessment, number, step, ids) for number, step in enumerate(assessment.steps, 1)]
    data["facts"] = [_fact(assessment, use) for use in assessment.facts]
    data["unused"] = [_fact(assessment, use) for use in assessment.unused]
    return data


def refused(problems: list[Problem]) -> Data:
    """What stands in the place of an assessment that could not begin."""
    return {"version": VERSION, "problems": [problem_data(problem) for problem in in_order(problems)]}


def _head(assessment: Assessment, warnings: Sequence[Problem], schemes: Sequence[SchemeAsked]) -> Data:
    case = assessment.case
    return {
        "version": VERSION,
        "title": case.title,
        "on": case.on.isoformat(),
        "known": case.known.isoformat() if case.known else None,
        "effect": assessment.graph.effect,
        "law": assessment.graph.law,
        "asked": [
            {"id": _id(answer), "term": answer.term.name, "refused": refusal_of(answer.value) is not None}
            for answer in assessment.answers
        ],
        "strict": assessment.strict,
        "readings": sorted(assessment.graph.book.readings),
        "schemes": [_scheme(assessment, scheme) for scheme in schemes],
        "warnings": [problem_data(problem) for problem in in_order(warnings)],
    }


def _scheme(assessment: Assessment, scheme: SchemeAsked) -> Data:
    """A scheme that pays something, and what that is, under a name that is the same whichever others are loaded."""
    permanent = assessment.graph.vocabulary.keys.permanent
    return {
        "scheme": scheme.name or None,
        "title": scheme.title or None,
        "answered": scheme.answered,
        "answers": [
            {
                "id": _id(answer),
                "name": permanent(answer.term.name),
                "term": answer.term.name,
                "result": _value(assessment, answer),
            }
            for answer in answers_of(assessment, scheme)
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
        return {"refused": _reasons(assessment, found, found.value)}
    exact = found.exact
    if exact is None:
        assert isinstance(found, Step)
        refusal = refusal_of(found.value)
        data: Data = {"members": [list(path) for path in found.members()]}
        return data if refusal is None else data | {"refused": _reasons(assessment, found, refusal)}
    return {"value": exact.plain(), "unit": _unit(found.term.type)}


def _unit(type_: Type) -> str | None:
    return str(type_) if type_.kind in ("amount", "%") else None


def _reasons(assessment: Assessment, found: Step | FactUse, refusal: Refusal) -> list[Data]:
    return [_reason(assessment, found, reason) for reason in refusal.reasons]


def _reason(assessment: Assessment, found: Step | FactUse, reason: Reason) -> Data:
    way = None
    if isinstance(found, Step) and found.key in assessment.asked:
        way = [_id(step) for step in assessment.way_to(found, reason)]
    return {
        "kind": reason.kind.replace(" ", "-"),
        "message": reason.message,
        "id": {"provision": reason.term, "path": list(reason.path)},
        "citation": reason.citation,
        "way": way,
    }


def _id(found: Step | FactUse) -> Data:
    return {"provision": found.term.identity, "path": list(found.path)}


def _step(assessment: Assessment, number: int, step: Step, ids: dict[tuple[int, int], Data]) -> Data:
    said = told(assessment, step)
    return {
        "number": number,
        "id": ids[step.key],
        "term": step.term.name,
        "kind": step.term.kind,
        "entity": step.term.entity,
        "title": step.term.title,
        "type": step.term.type.kind,
        "result": _value(assessment, step),
        "words": sentence(said.words),
        "working": list(said.figures),
        "applied": said.applied,
        "passed": [{"case": passed.case, "why": passed.why} for passed in said.passed],
        "because": said.because,
        "rounding_policy": said.policy,
        "uses": [ids.get(key) or _id(assessment.at(key)) for key in step.reads],
        "citations": [once(assessment.graph, _citation, citation) for citation in cited(step, said)],
        "authority": once(assessment.graph, _authority, step.term),
        "notes": list(noted(step)),
        "digest": f"sha256:{step.term.effect}",
    }


def _citation(_: Graph, citation: Citation) -> Data:
    return {"instrument": citation.instrument, "text": citation.text, "link": citation.link}


def _authority(_: Graph, term: Term) -> Data | None:
    authority = term.authority
    if authority is None:
        return None
    return {
        "since": authority.since.isoformat() if authority.since else None,
        "until": authority.until.isoformat() if authority.until else None,
        "made_by": authority.made_by,
        "provision": authority.made_by_provision,
        "made": authority.made.isoformat() if authority.made and not authority.made_before else None,
        "made_before": (authority.made + timedelta(days=1)).isoformat() if authority.made and authority.made_before else None,
        "commences": authority.commences.isoformat() if authority.commences else None,
        "notes": list(term.in_force.maker_notes) if term.in_force else [],
    }


def _fact(assessment: Assessment, use: FactUse) -> Data:
    fact = use.fact
    return {
        "id": _id(use),
        "term": use.term.name,
        "title": use.term.title,
        "entity": use.term.entity,
        "type": use.term.type.kind,
        "result": _value(assessment, use),
        "origin": "given" if fact else "supposed" if use.is_supposed else "assumed" if use.is_assumed else "missing",
        "from": fact.start.isoformat() if fact and fact.start else None,
        "until": fact.end.isoformat() if fact and fact.end else None,
        "reported": fact.reported.isoformat() if fact and fact.reported else None,
        "source": fact.source if fact else None,
        "standing": fact.standing if fact else None,
        "unused": use.unused,
    }
