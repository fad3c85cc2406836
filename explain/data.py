"""An assessment as data: the shape of the case, and with `steps` the whole working. Schema: jurat/schemas/assessment.v1.json.

It is written as JSON text, from pieces; what no household changes is written once a graph. As data it is that text read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from json.encoder import encode_basestring as quoted
from typing import Any

from attrs import frozen

from engine.assessment import Assessment, FactUse, OtherDays, Step
from engine.cases.schemes import SchemeAsked
from engine.graph import Graph, Term
from engine.receipts import Receipt
from engine.types import Type
from engine.values import Reason, Refusal, plain_writer, refusal_of
from explain.document import sentence
from explain.drafts import drafts_data
from explain.marks import END, FIGURE, NAME, RULE, WORDS, plain
from explain.page.data import beside, citations_data
from explain.reading_back.checking import must_add_up
from explain.reading_back.data import from_data
from explain.receipts import question_data
from explain.schemes import answers_of
from explain.telling.notes import OnRecord, noted, on_record
from explain.telling.numbers import Numbers
from explain.telling.rows import Passed
from explain.telling.steps import CaseTold, tellings
from explain.telling.voices import kept
from grammar.declarations import Reading
from grammar.problems import Problem, in_order
from grammar.rendering import to_data as problem_data

VERSION = 1

Data = dict[str, Any]

_Tree = dict[str, Any]
"""Objects in objects, and in them pieces of JSON text."""


def values(assessment: Assessment, warnings: Sequence[Problem] = (), schemes: Sequence[SchemeAsked] = ()) -> Data:
    """Every value worked out for what was asked, each exact, as text, with its unit, in the shape of the case."""
    pieces = _Pieces(assessment)
    data: Data = json.loads(_object(pieces.values(warnings, schemes)))
    return data


def explanation(assessment: Assessment, warnings: Sequence[Problem] = (), schemes: Sequence[SchemeAsked] = ()) -> Data:
    """The values, the steps in order, and the facts that they rest on."""
    data: Data = json.loads(explanation_text(assessment, warnings, schemes))
    return data


def explanation_text(
    assessment: Assessment,
    warnings: Sequence[Problem] = (),
    schemes: Sequence[SchemeAsked] = (),
    receipt: Receipt | None = None,
) -> str:
    """The same as JSON text, in one line.

    The way to a reason's cause is told of what was asked for; of every step it would grow with the square of the rules.
    """
    pieces = _Pieces(assessment)
    numbers = pieces.numbers or Numbers(assessment)
    pieces.record = on_record(assessment, numbers, {})
    data = pieces.values(warnings, schemes)
    data["steps"] = _array(pieces.steps())
    data["facts"] = _array([pieces.fact(use) for use in assessment.facts])
    data["unused"] = _array([pieces.fact(use) for use in assessment.unused])
    data["other_days"] = _array(_other_days(assessment, pieces))
    data["beside"] = _encoded(beside(assessment, numbers))
    if receipt is not None:
        data["receipt"] = (
            f'{{"question": {_encoded(question_data(receipt, assessment, "auditor"))}, "case": {quoted(receipt.case)}}}'
        )
    text = _object(data)
    must_add_up(from_data(json.loads(text)))
    return text


def _other_days(assessment: Assessment, pieces: _Pieces) -> Iterable[str]:
    """What the answers rest on of other days, each run of days alike with its steps and facts."""
    for run in assessment.other_days:
        own = _Pieces(run.assessment, pieces.numbers)
        own.record = pieces.record
        facts = [own.fact(use) for use in run.assessment.facts]
        yield f'{{{_days(run)}, "steps": {_array(own.steps())}, "facts": {_array(facts)}}}'


def _days(run: OtherDays) -> str:
    return f'"from": "{run.first.isoformat()}", "until": "{run.last.isoformat()}"'


def refused(problems: list[Problem]) -> Data:
    """What stands in the place of an assessment that could not begin."""
    return {"version": VERSION, "problems": [problem_data(problem) for problem in in_order(problems)]}


# ---- pieces of text -------------------------------------------------------------------------------------------------

_encoded: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False).encode
"""Any data as JSON text; a text alone is quicker `quoted`."""


def _object(tree: _Tree) -> str:
    return (
        f"{{{', '.join([f'{quoted(key)}: {part if isinstance(part, str) else _object(part)}' for key, part in tree.items()])}}}"
    )


def _array(pieces: Iterable[str]) -> str:
    return f"[{', '.join(pieces)}]"


def _fields(data: Data) -> str:
    """What stands between the brackets of an object."""
    return _encoded(data)[1:-1]


_MARK = re.compile(f"([{FIGURE}{NAME}{WORDS}{RULE}])([^{END}]*){END}")
_KINDS = {FIGURE: "figure", NAME: "name", WORDS: "words", RULE: "rule"}


def _in_pieces(line: str) -> str:
    """A line as its pieces: what is said, and between it figures, names and words of the rules."""
    pieces = _MARK.split(line)
    said = [f'{{"{_KINDS[pieces[at]]}": {quoted(pieces[at + 1])}}}' for at in range(1, len(pieces), 3)]
    between = [quoted(piece) for piece in pieces[0::3]]
    found = [between[0], *(part for pair in zip(said, between[1:], strict=True) for part in pair)]
    return _array([part for part in found if part != _NOTHING])


_NOTHING = '""'


def _passed(one: Passed) -> str:
    return f'{{"case": {quoted(one.case)}, "why": {quoted(plain(one.why))}, "pieces": {_in_pieces(one.why)}}}'


class _Pieces:
    """One assessment, piece by piece; what several pieces need of it is made once."""

    def __init__(self, assessment: Assessment, numbers: Numbers | None = None) -> None:
        self.assessment = assessment
        self.numbers = numbers or (Numbers(assessment) if assessment.other_days else None)
        self.record: OnRecord | None = None
        """Notes, where steps are told."""
        self.paths = {path: _encoded(list(path)) for path in assessment.world.names}
        self.terms = kept(assessment.graph, _of_term)
        self.results = [self.value(step) for step in assessment.steps]
        self.ids = {step.key: self.id(step) for step in assessment.steps}

    def values(self, warnings: Sequence[Problem], schemes: Sequence[SchemeAsked]) -> _Tree:
        """What every answer has, and the values in the shape of the case."""
        assessment = self.assessment
        tree = self._head(warnings, schemes)
        kinds = {member.path: member.entity for member in assessment.case.members}
        places: dict[tuple[str, ...], _Tree] = {}

        def place(path: tuple[str, ...]) -> _Tree:
            """The object of a member, made on the way: household → home → person → parent."""
            found = places.get(path)
            if found is None:
                found = tree
                for depth, name in enumerate(path, 1):
                    found = found.setdefault(kinds[path[:depth]], {}).setdefault(name, {})
                places[path] = found
            return found

        figures: _Tree = {}
        for step, result in zip(assessment.steps, self.results, strict=True):
            (place(step.path) if step.path else figures)[assessment.graph.called(step.term)] = result
        for answer in assessment.answers:
            if isinstance(answer, FactUse):
                (place(answer.path) if answer.path else figures)[assessment.graph.called(answer.term)] = self.value(answer)
        if figures:
            tree["figures"] = figures
        return tree

    def _head(self, warnings: Sequence[Problem], schemes: Sequence[SchemeAsked]) -> _Tree:
        assessment, case = self.assessment, self.assessment.case
        asked = [
            f'{{"id": {self.id(answer)}, "term": {quoted(assessment.graph.called(answer.term))}, '
            f'"refused": {_encoded(refusal_of(answer.value) is not None)}}}'
            for answer in assessment.answers
        ]
        first: Data = {
            "version": VERSION,
            "title": case.title,
            "on": case.on.isoformat(),
            "known": case.known.isoformat() if case.known else None,
            "effect": assessment.graph.effect,
            "law": assessment.graph.law,
        }
        first |= drafts_data(assessment.graph.drafts)
        middle = {"strict": assessment.strict, "readings": sorted(assessment.graph.readings)}
        last = {"warnings": [problem_data(problem) for problem in in_order(warnings)]}
        one, two, three = ({key: _encoded(part) for key, part in parts.items()} for parts in (first, middle, last))
        return one | {"asked": _array(asked)} | two | {"schemes": _array(self._scheme(scheme) for scheme in schemes)} | three

    def _scheme(self, scheme: SchemeAsked) -> str:
        """A scheme that pays something, and what that is, under a name that is the same whichever others are loaded."""
        called, permanent = self.assessment.graph.called, self.assessment.graph.vocabulary.keys.permanent
        answers = [
            f'{{"id": {self.id(answer)}, "name": {quoted(permanent(called(answer.term)))}, '
            f'"term": {quoted(called(answer.term))}, "result": {self.value(answer)}}}'
            for answer in answers_of(self.assessment, scheme)
        ]
        said = {"scheme": scheme.name or None, "title": scheme.title or None, "answered": scheme.answered}
        return f'{{{_fields(said)}, "answers": {_array(answers)}}}'

    def id(self, found: Step | FactUse) -> str:
        return self.terms[found.term].id + self.paths[found.path] + "}"

    def value(self, found: Step | FactUse) -> str:
        value = found.value
        if isinstance(value, Refusal):
            return f'{{"refused": {self._reasons(found, value)}}}'
        if isinstance(value, tuple):
            assert isinstance(found, Step)
            refusal = refusal_of(value)
            also = "" if refusal is None else f', "refused": {self._reasons(found, refusal)}'
            return f'{{"members": {_encoded([list(path) for path in found.members()])}{also}}}'
        return self.terms[found.term].value(value)

    def _reasons(self, found: Step | FactUse, refusal: Refusal) -> str:
        return _array([self._reason(found, reason) for reason in refusal.reasons])

    def _reason(self, found: Step | FactUse, reason: Reason) -> str:
        way = "null"
        if isinstance(found, Step) and found.key in self.assessment.asked:
            way = _array([self.id(step) for step in self.assessment.way_to(found, reason)])
        said = {
            "kind": reason.kind.replace(" ", "-"),
            "message": reason.message,
            "id": {"provision": reason.term, "path": list(reason.path)},
            "citation": reason.citation,
        }
        return f'{{{_fields(said)}, "way": {way}}}'

    def steps(self) -> Iterable[str]:
        """Each step with its working."""
        assessment, ids = self.assessment, self.ids
        ways, cases = tellings(assessment.graph), kept(assessment.graph, _of_case)
        first = self.numbers.of(assessment, next(iter(ids))) if self.numbers and ids else 1
        for number, (step, key, result) in enumerate(zip(assessment.steps, ids, self.results, strict=True), first):
            said = ways[step.term].told(assessment, step)
            case = cases[said.case]
            applied, why = ("null", "[]") if said.applied is None else (quoted(plain(said.applied)), _in_pieces(said.applied))
            because = "null" if said.because is None else quoted(said.because)
            passed = [_passed(one) for one in said.passed]
            uses = [ids.get(read) or self.id(assessment.at(read)) for read in step.reads]
            others = self._of_other_days(step, self.numbers) if self.numbers else ""
            notes = self.record.of_step(number) if self.record else ()
            others += f'"unverified": {_array(quoted(note.text) for note in notes if note.is_unverified)}, '
            yield (
                f'{{"number": {number}, "id": {ids[key]}, {case.term}, "result": {result}, {case.words}, '
                f'"working": {_array(map(quoted, map(plain, said.figures)))}, "pieces": {_array(map(_in_pieces, said.figures))}, '
                f'"applied": {applied}, "applied_pieces": {why}, "passed": [{", ".join(passed)}], '
                f'"because": {because}, {case.policy}, "uses": [{", ".join(uses)}], {others}{case.law}}}'
            )

    def _of_other_days(self, step: Step, numbers: Numbers) -> str:
        """What a step read of other days."""
        read = [
            f'{{"id": {_Pieces.identity(run.assessment, run.assessment.at(key))}, {_days(run)}}}'
            for run, key in numbers.looked_at(step)
        ]
        return f'"uses_on_other_days": {_array(read)}, ' if read else ""

    @staticmethod
    def identity(assessment: Assessment, found: Step | FactUse) -> str:
        return f"{kept(assessment.graph, _of_term)[found.term].id}{_encoded(list(found.path))}}}"

    def fact(self, use: FactUse) -> str:
        fact, term = use.fact, use.term
        before = {"term": self.assessment.graph.called(term), "title": term.title, "entity": term.entity, "type": term.type.kind}
        after = {
            "origin": "given" if fact else "supposed" if use.is_supposed else "assumed" if use.is_assumed else "missing",
            "from": fact.start.isoformat() if fact and fact.start else None,
            "until": fact.end.isoformat() if fact and fact.end else None,
            "reported": fact.reported.isoformat() if fact and fact.reported else None,
            "source": fact.source if fact else None,
            "standing": fact.standing if fact else None,
            "unused": use.unused,
        }
        return f'{{"id": {self.id(use)}, {_fields(before)}, "result": {self.value(use)}, {_fields(after)}}}'


# ---- what no household changes --------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class _OfTerm:
    """Of a term: how its identity begins, and how a value of it is written."""

    id: str
    value: Callable[[Any], str]


def _of_term(_: Graph, term: Term) -> _OfTerm:
    plain = plain_writer(term.type, term.scale)
    unit = _encoded(_unit(term.type))

    def value(value: int | bool | date | str) -> str:
        return f'{{"value": {quoted(plain(value))}, "unit": {unit}}}'

    return _OfTerm(f'{{"provision": {quoted(term.identity)}, "path": ', value)


def _unit(type_: Type) -> str | None:
    return str(type_) if type_.kind in ("amount", "%") else None


@frozen(eq=False, repr=False)
class _OfCase:
    """Of a case of a term, the fields of a step that are the same in each: in the order in which they stand."""

    term: str
    words: str
    policy: str
    law: str


def _of_case(graph: Graph, case: CaseTold) -> _OfCase:
    term = case.term
    head = {"term": graph.called(term), "kind": term.kind, "entity": term.entity, "title": term.title, "type": term.type.kind}
    law = {
        "citations": citations_data(case.cites),
        "authority": _authority(term),
        "notes": list(noted(term)),
        "readings": _readings(term),
        "digest": f"sha256:{term.effect}",
    }
    words, policy = _fields({"words": sentence(case.words)}), _fields({"rounding_policy": case.policy})
    return _OfCase(_fields(head), words, policy, _fields(law))


def _readings(term: Term) -> list[Data]:
    in_force = term.in_force
    readings: Sequence[Reading] = getattr(in_force.text, "readings", ()) if in_force else ()
    return [{"name": one.name, "title": one.title, "taken": bool(in_force and one is in_force.reading)} for one in readings]


def _authority(term: Term) -> Data | None:
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
