"""Questions to a book: `assess` and `explain`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from engine.assess import asked_terms
from engine.assess import assess as assess_case
from engine.assessment import Assessment
from engine.cases.facts import Case
from engine.cases.questions import bound_case, read_case
from engine.cases.schemes import SchemeAsked, asked_schemes
from engine.graph import Graph, Term
from engine.receipts import Asked, Receipt
from engine.values import Exact, Reason, Refusal, day_words, refusal_of
from grammar.problems import Problem, errors, in_order
from grammar.source import Source
from jurat.files import read_file
from jurat.rulebook import Rules

Format = Literal["text", "md", "html", "json"]
Whom = Literal["officer", "auditor"]
Reader = Literal["claimant", "easy-read", "officer", "auditor"]
"""For whom an explanation is: a letter, the same in easy words, the page of an officer, or every step."""
LETTERS = ("claimant", "easy-read")


@frozen(eq=False, repr=False)
class Answer:
    """An assessment, or the problems because of which there is none; warnings may stand beside an assessment."""

    assessment: Assessment | None
    problems: tuple[Problem, ...]
    schemes: tuple[SchemeAsked, ...] = ()
    """Every scheme that pays something, and whether it is answered for; none where terms were asked for by name."""
    receipt: Receipt | None = None
    """What was asked, and of which case, as it was given."""
    files: tuple[str, ...] = ()
    """The rule files by which it was worked out; beside them stand their words in other languages."""

    @property
    def is_refused(self) -> bool:
        """Whether anything that was asked has no value."""
        return self.assessment is None or self.assessment.is_refused

    def value(self, name: str, *path: str) -> Exact | Refusal:
        """A term's value for the entity whose identifiers end so; a refusal where there is none, or more than one, with why."""
        if self.assessment is None:
            return Refusal(tuple(Reason("problems", problem.message, name, path) for problem in errors(self.problems)))
        keys = self.assessment.graph.vocabulary.keys
        if name in keys.ambiguous:
            message = f"{name} is a name in several schemes: {', '.join(keys.ambiguous[name])}."
            return Refusal((Reason("problems", message, name, path),))
        several = self.assessment.all_of(keys.of(name), *path)
        if len(several) > 1:
            listed = " or ".join(", ".join(f'"{part}"' for part in item.path) for item in several[:5])
            more = "" if len(several) <= 5 else f", or one of {len(several) - 5} more"
            message = f"There is more than one {name}{f' of {path[-1]}' if path else ''}: say whose, {listed}{more}."
            return Refusal((Reason("problems", message, name, path),))
        found = several[0] if several else None
        if found is None:
            return Refusal((Reason("problems", f"No answer needed {name} of {' '.join(path)}; ask for it.", name, path),))
        refusal = refusal_of(found.value)
        if refusal is not None:
            return refusal
        if found.exact is None:
            return Refusal((Reason("problems", f"{name} is a group; its members are in the step.", name, path),))
        return found.exact


def assess(
    rules: Rules,
    case: str | PathLike[str] | Mapping[str, Any] | Source,
    *,
    on: date | None = None,
    known: date | None = None,
    of: Sequence[str] = (),
    readings: Sequence[str] = (),
    strict: bool = False,
    schemes: Sequence[str] | None = None,
) -> Answer:
    """Works out what is paid (or the terms named in `of`) for a case: a path, a text in hand, or data in the JSON shape.

    Of several `schemes` those are answered for that are named (`all` is every one), else those whose own facts the case gives.

    `on` is the day for which, and of the law; `known` the day as of which law and facts are known; both are otherwise as the
    case says. `readings` are the names of other readings of the law to take. `strict` refuses facts that the rules would let
    be assumed.
    """
    source = source_of(case)
    question = asked_of(rules, source, on=on, known=known, of=of, readings=readings, schemes=schemes)
    problems = list(question.problems)
    if question.asked is None:
        return Answer(None, question.problems)
    graph, bound, asked = question.asked
    assessment = assess_case(graph, bound, asked, strict)
    nobody = sorted({term.entity for term in asked if term.entity and not assessment.world.paths[term.entity]})
    if nobody and not assessment.asked:
        message = f"There is no {' and no '.join(nobody)} in the case on {day_words(bound.on)}."
        fix = "Ask for a day on which they are there, or add them."
        problems.append(Problem(code="nobody-there", message=message, path=question.path, fix=fix))
        return Answer(None, tuple(in_order(problems)))
    asked_for = Asked(
        on=bound.on.isoformat(),
        known=bound.known.isoformat() if bound.known else None,
        of=tuple(of),
        schemes=None if schemes is None else tuple(schemes),
        readings=tuple(readings),
        drafts=rules.drafts,
        strict=strict,
    )
    receipt = Receipt(asked_for, source.text) if isinstance(source, Source) else None
    return Answer(assessment, tuple(in_order(problems)), question.schemes, receipt, rules.files)


def is_on_record(problem: Problem) -> bool:
    """Whether it is a warning that a printed figure stands `despite` its percentage: that is answered in the law's text."""
    return problem.code == "does-not-follow" and not problem.is_error


@frozen(eq=False, repr=False)
class Question:
    """What is asked, in the vocabulary of the book; or the problems because of which nothing can be answered."""

    asked: tuple[Graph, Case, tuple[Term, ...]] | None
    problems: tuple[Problem, ...]
    path: str | None = None
    schemes: tuple[SchemeAsked, ...] = ()


def asked_of(
    rules: Rules,
    case: str | PathLike[str] | Mapping[str, Any] | Source | Problem,
    *,
    on: date | None,
    known: date | None,
    of: Sequence[str],
    readings: Sequence[str],
    schemes: Sequence[str] | None = None,
) -> Question:
    """A case bound to a book on a day, and the terms that are asked for."""
    source = case if isinstance(case, Problem) else source_of(case)
    if isinstance(source, Problem):
        return Question(None, (*rules.problems, source))
    text, case_problems = read_case(source)
    known = known or (text.known if text else None)
    rules = rules.as_known(known)
    problems = [*rules.problems, *case_problems]
    day = on or (text.on if text else None)
    if text is not None and day is None and not errors(case_problems):
        fix = 'Add `"on": "2010-10-01"` to the case, `on 1 October 2010` in a `.case` file, or say `--on`.'
        problems.append(Problem(code="no-date", message="The case does not say on which day.", path=source.path, fix=fix))
    if errors(problems) or text is None or day is None:
        return Question(None, tuple(in_order(problems)), source.path)
    unknown = rules.unknown_readings(readings)
    if unknown:
        return Question(None, tuple(in_order([*problems, *unknown])), source.path)
    checked = rules.on(day, known, readings)
    problems += (problem for problem in checked.problems if not is_on_record(problem))
    bound = bound_case(text, checked.graph, day, known)
    found, unknown_schemes = asked_schemes(checked.graph, bound.case, schemes, rules.beside) if not of else ((), ())
    asked, asked_problems = asked_terms(checked.graph, of)
    if found:
        asked = tuple(term for scheme in found if scheme.answered for term in scheme.awards)
    problems += [*bound.problems, *asked_problems, *unknown_schemes] if not errors(checked.problems) else []
    if errors(problems):
        return Question(None, tuple(in_order(problems)), source.path)
    return Question((checked.graph, bound.case, asked), tuple(in_order(problems)), source.path, found)


def explain(
    answer: Answer,
    format: Format = "text",
    *,
    reader: Reader = "officer",
    language: str = "en",
    is_of_site: bool = False,
) -> str:
    """The explanation of an answer, in one of its forms; where there is no assessment, its problems.

    What came to nothing is told to an officer in short, below the rest; to an auditor in full and in its place, as JSON always
    has it.
    A claimant gets a letter, in one of the languages that there are; a ValueError says which. As JSON it is one line, for
    programs: the command line lays it out for people. `is_of_site` says of an officer's page that it is one of
    a rule book's (`jurat docs`), to which it leads back.
    """
    wrong = no_such_language(reader, language)
    if wrong is not None:
        raise ValueError(wrong)
    if answer.assessment is not None and reader in LETTERS:
        from explain.letter.letter import letter
        from explain.letter.rendering import render_letter
        from explain.tongue import tongue
        from jurat.languages import words_of_rules

        told_in = tongue(language, words_of_rules(answer.files, language))
        easy = reader == "easy-read"
        return render_letter(letter(answer.assessment, answer.schemes, easy=easy, tongue=told_in), format)
    if format == "json":
        from explain.data import explanation_text, refused

        if answer.assessment is None:
            return json.dumps(refused(list(answer.problems)), ensure_ascii=False) + "\n"
        return explanation_text(answer.assessment, answer.problems, answer.schemes, answer.receipt) + "\n"
    if answer.assessment is None:
        from grammar.rendering import render_all

        return render_all(answer.problems) + "\n"
    from explain.document import document
    from explain.page.changes import what_would_change
    from explain.page.otherwise import what_would_be_otherwise
    from explain.receipts import Carried
    from explain.rendering import render

    whom: Whom = "auditor" if reader == "auditor" else "officer"
    carried = Carried.of(answer.receipt, answer.assessment, whom) if answer.receipt and format == "html" else None
    changes, otherwise = what_would_change(answer.assessment), what_would_be_otherwise(answer.assessment)
    told = document(answer.assessment, answer.schemes, whom, changes, otherwise)
    return render(told, format, carried, is_of_site=is_of_site)


def no_such_language(reader: Reader, language: str) -> str | None:
    """Why nothing can be told to this reader in a language; None where it can."""
    if language == "en":
        return None
    from explain.tongue import languages

    if language not in languages():
        return f"There is no letter in the language {language[:20]!r}; there are: {', '.join(languages())}."
    if reader not in LETTERS:
        return f"Only the letter is in other languages than English: ask for it with the reader {' or '.join(LETTERS)}."
    return None


def source_of(case: str | PathLike[str] | Mapping[str, Any] | Source) -> Source | Problem:
    """A case as text, whichever way it is given."""
    if isinstance(case, Source):
        return case
    if isinstance(case, str | PathLike):
        return read_file(Path(case))
    try:
        return Source("the case", json.dumps(_exact(case), ensure_ascii=False))
    except (RecursionError, ValueError):
        fix = "Give amounts of a few digits, and objects that end."
        return Problem(code="not-json", message="The case holds something that no case can.", path="the case", fix=fix)
    except TypeError as error:
        fix = "Give amounts as whole numbers, Decimal or text; a binary float has lost its pence already."
        return Problem(code="not-json", message=f"The case holds something that no case can: {error}.", path="the case", fix=fix)


def _exact(data: Any) -> Any:
    """Data in the JSON shape with every amount exact, as text; a float is refused."""
    match data:
        case Mapping():
            return {str(key): _exact(value) for key, value in data.items()}
        case list() | tuple():
            return [_exact(value) for value in data]
        case Decimal():
            return format(data, "f")
        case date():
            return data.isoformat()
        case bool() | int() | str() | None:
            return data
        case _:
            raise TypeError(f"{data!r} of type {type(data).__name__}")
