"""What is asked of a book: a case from text, bound on the day that it or the asker names."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from engine.book.resolve import units_of
from engine.cases import case_json, case_text
from engine.cases.binding import Bound, MemberData, bind
from engine.cases.case_json import JsonCase
from engine.graph import Graph
from grammar import declarations as d
from grammar.problems import Place, Problem, errors
from grammar.source import Source


@frozen(eq=False, repr=False)
class CaseText:
    """A case as read, before any vocabulary: what it says of its date, and its members as written."""

    title: str | None
    on: date | None
    known: date | None
    written: JsonCase | d.Case


def read_case(source: Source) -> tuple[CaseText | None, tuple[Problem, ...]]:
    """A case from JSON or from the language; which of the two it is shows in its first character."""
    if source.text.lstrip()[:1] in ("{", "[", ""):
        found, problems = case_json.read(source)
        return (None if found is None else CaseText(found.title, found.on, found.known, found)), problems
    from grammar.parsing import parse  # not at the top: a case in JSON needs no Lark, whose import is a third of a short run

    parsed = parse(source)
    cases = [declaration for declaration in parsed.file.declarations if isinstance(declaration, d.Case)]
    problems = parsed.problems
    for declaration in parsed.file.declarations:
        if not isinstance(declaration, d.Case):
            message = "A case file holds one case; rules stand in `.rules` files."
            place = Place(declaration.span)
            problems += (Problem(code="not-a-case", message=message, place=place, fix="Move this to the rules."),)
            break
    if len(cases) > 1:
        message = f"There are {len(cases)} cases in this file."
        place = Place(cases[1].span)
        problems += (Problem(code="not-a-case", message=message, place=place, fix="Give each a file of its own."),)
    if not cases and not problems:
        fix = 'Begin with `case "title" on 1 October 2010` and `given household home`.'
        problems = (Problem(code="not-a-case", message="There is no case in this file.", path=source.path, fix=fix),)
    if not cases:
        return None, problems
    return CaseText(cases[0].title, cases[0].on, cases[0].known, cases[0]), problems


def bound_case(case: CaseText, graph: Graph, on: date, known: date | None) -> Bound:
    """A case in the vocabulary of a graph, on a day."""
    problems: list[Problem] = []
    members: tuple[MemberData, ...]
    if isinstance(case.written, JsonCase):
        members = case_json.members_of(case.written, graph.vocabulary, problems)
    else:
        members = case_text.members_of(units_of(case.written, graph.vocabulary.units), problems)
    path = case.written.source.path if isinstance(case.written, JsonCase) else case.written.span.source.path
    bound = bind(case.title, on, known, members, graph.vocabulary, graph.by_name.keys() - graph.vocabulary.inputs.keys(), path)
    if errors(problems):  # what could not be read is missing here, and must not be told a second time as missing
        return Bound(bound.case, (*problems, *(p for p in bound.problems if p.code != "empty-case")))
    return Bound(bound.case, (*problems, *bound.problems))
