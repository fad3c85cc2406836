"""What is asked of a book: a case from text, bound on the day that it or the asker names; an example's names looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from engine import case_json, case_text
from engine.assess import assess
from engine.assessment import Assessment
from engine.binding import Bound, MemberData, bind
from engine.case_json import JsonCase
from engine.facts import Case
from engine.graph import Graph, Term
from engine.resolve import units_of
from engine.values import Exact, Value, refusal_of
from engine.vocabulary import Mistake, input_scale, value_of
from grammar import declarations as d
from grammar.parsing import parse
from grammar.problems import Place, Problem, errors
from grammar.source import Source
from grammar.words import closest


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


def check_example(example: d.Case, graph: Graph) -> tuple[Problem, ...]:
    """What is wrong with an example: what it names that is not there, and what it expects that does not follow."""
    assert example.on is not None
    text = CaseText(example.title, example.on, example.known, example)
    bound = bound_case(text, graph, example.on, example.known)
    problems = [
        *bound.problems,
        *_unknown_in(example, graph, example.suppose),
        *_unknown_in(example, graph, example.expect or ()),
    ]
    if errors(problems):
        return tuple(problems)
    expected = example.expect or ()
    terms = list(dict.fromkeys(graph.by_name[item.term] for item in expected))
    assessment = assess(graph, bound.case, terms, supposed=_supposed(example, graph, bound.case))
    return tuple(problem for item in expected if (problem := _difference(example, item, assessment)) is not None)


def _difference(example: d.Case, item: d.Expectation, assessment: Assessment) -> Problem | None:
    """An expectation and what the rules give, where the two differ."""
    found = assessment.find(item.term, *((item.of.name,) if item.of else ()))
    if found is None:
        assert item.of is not None
        return Problem(
            code="example-differs",
            message=f"`{item.of.name}` is not there on the day of the example, so nothing follows.",
            place=Place(item.span),
            subject=example.title,
            fix="Correct the days, or expect nothing of them.",
        )
    refusal = refusal_of(found.value)
    if item.value is None:
        if refusal is not None and all(reason.kind == "not encoded" for reason in refusal.reasons):
            return None
        wanted, given = "it not to be encoded", found.exact.words() if found.exact else "a refusal"
    else:
        scale = input_scale(found.term.type)
        value = value_of(item.value, found.term.type, scale, assessment.graph.vocabulary.choices)
        assert not isinstance(value, Mistake)
        exact = Exact(value, found.term.type, scale)
        if found.exact is not None and found.exact.plain() == exact.plain():
            return None
        wanted, given = exact.words(), found.exact.words() if found.exact else "refused"
    reasons = f" ({refusal.reasons[0].message})" if refusal else ""
    return Problem(
        code="example-differs",
        message=f"The example expects {wanted}, and the rules give {given}{reasons}.",
        place=Place(item.span, f"is {given}"),
        subject=example.title,
        fix="Correct the example if the rules are right, or else the rules; `jurat explain --of` shows how it comes about.",
    )


def _supposed(example: d.Case, graph: Graph, case: Case) -> dict[tuple[int, tuple[str, ...]], Value]:
    """What an example supposes in place of what would be worked out, by term and by whose it is."""
    path_of = {member.path[-1]: member.path for member in case.members}
    found: dict[tuple[int, tuple[str, ...]], Value] = {}
    for item in example.suppose:
        term = graph.by_name[item.term]
        value = value_of(item.value, term.type, term.scale, graph.vocabulary.choices, bare=True)
        assert not isinstance(value, Mistake)
        found[term.index, path_of[item.of.name] if item.of else ()] = value
    return found


def _unknown_in(example: d.Case, graph: Graph, items: Sequence[d.Expectation | d.Suppose]) -> list[Problem]:
    """The terms and members that an example expects or supposes something of and that are not there."""
    problems: list[Problem] = []
    entity_of = {given.name: given.entity.name for given in example.given}
    fix: str | None
    for expected in items:
        term = graph.by_name.get(expected.term)
        subject = example.title
        span = expected.span
        if term is None:
            near = closest(expected.term, graph.by_name)
            span = span.find(expected.term)
            message = f"There is no term called `{expected.term}`."
            fix = f"Write `{near}`." if near else "Name a rule, a figure or an input."
        elif (expected.of is None) != (term.entity is None):
            whose = f"a term of {term.entity}" if term.entity else "the same for everyone"
            message = f"`{term.name}` is {whose}."
            fix = f"Say whose: `{term.name} of …`." if term.entity else f"Write `{term.name} is …`, without `of`."
        elif expected.of is not None and expected.of.name not in entity_of:
            near = closest(expected.of.name, entity_of)
            span = expected.of.span
            message = f"Nothing in this example is called `{expected.of.name}`."
            fix = f"Write `{near}`." if near else "Name somebody who is given."
        elif expected.of is not None and entity_of[expected.of.name] != term.entity:
            message = f"`{term.name}` is a term of {term.entity}, and `{expected.of.name}` is a {entity_of[expected.of.name]}."
            fix = f"Name a {term.entity}."
        elif expected.value is not None and isinstance(
            found := value_of(expected.value, term.type, _scale(expected, term), graph.vocabulary.choices, bare=True), Mistake
        ):  # fmt: skip
            message, fix = found.text, found.fix
        else:
            continue
        problems.append(Problem(code="example-names", message=message, place=Place(span), subject=subject, fix=fix))
    return problems


def _scale(item: d.Expectation | d.Suppose, term: Term) -> int:
    """Over what the value of an expectation or a supposition is read: a supposed one stands in the term's own place."""
    return term.scale if isinstance(item, d.Suppose) else input_scale(term.type)
