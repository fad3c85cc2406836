"""One input through every stage, and what must hold whatever it is."""

from __future__ import annotations

import json
import random
import re
import time
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import jurat
from engine.assessment import Assessment
from engine.book.consolidate import book_days
from engine.checking.vocabulary import InputType, Vocabulary
from engine.exact import decimal_text, without_tens
from engine.values import Refusal
from grammar.limits import HIDDEN
from grammar.parsing import parse
from grammar.problems import Problem, errors
from grammar.rendering import render_all, to_data
from grammar.source import Source
from jurat.answers import Answer, Format
from jurat.files import decoded
from jurat.rulebook import Rules, from_sources
from tests.books import ON, RULES
from tests.fuzz.corpus import RULE_FILE
from tests.test_ranges import worked

SECONDS = 2.0
"""Of one stage, for up to 64 KB; a run that also counts branches is given more."""
OF_THE_QUESTION = {"nothing-asked", "renamed"}
"""What is wrong with what is asked, and so in no case."""
SHOWN = 1_000
"""Characters of a message or of a fix."""
MOST_DAYS = 8


class BrokenPromiseError(AssertionError):
    """What must hold whatever the input, and does not."""


def promise(holds: object, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(what)


class Stopwatch:
    """How long each stage may take, in processor time; `slack` is what counting branches costs."""

    slack = 1.0

    def __init__(self) -> None:
        self.start = time.process_time()

    def lap(self, stage: str) -> None:
        now = time.process_time()
        promise(now - self.start < SECONDS * Stopwatch.slack, f"{stage} takes too long")
        self.start = now


def run(data: bytes) -> None:
    """The whole way for one input; raises where a promise is broken, or whatever else comes out."""
    source = decoded(data[1:], "fuzz.rules" if data[:1] == RULE_FILE else "fuzz.case")
    if isinstance(source, Problem):
        told([source], ())
    elif data[:1] == RULE_FILE:
        run_rules(source)
    else:
        run_case(source)


def run_rules(source: Source) -> None:
    """parse → assemble → check on two days → its examples → a household of its vocabulary → explanations."""
    watch = Stopwatch()
    if zlib.crc32(source.text.encode("utf-8", "replace")) % 4 == 0:
        first, second = parse(source), parse(source)
        promise(first.problems == second.problems, "a text read twice has the same problems")
        promise(first.file.declarations == second.file.declarations, "a text read twice has the same declarations")
        watch.lap("parse")
    rules = from_sources([source])
    told(rules.problems, [source])
    watch.lap("assemble")
    days = book_days(rules.law)
    for day in dict.fromkeys((days[0], days[-1])):
        checked = rules.on(day)
        told(checked.problems, [source])
        watch.lap("check")
        if not errors([*rules.problems, *checked.problems]):
            ask(rules, day, source)
    if len({*days, *(example.on for example in rules.law.examples)}) <= MOST_DAYS:
        told(jurat.check(rules), [source])


def ask(rules: Rules, day: date, source: Source) -> None:
    """A household in the words of the book: whatever is assessed is explained, and lies where it was proved to lie."""
    graph = rules.on(day).graph
    chance = random.Random(zlib.crc32(source.text.encode("utf-8", "replace")))
    watch = Stopwatch()
    names = [term.name for term in graph.terms]
    is_chosen = chance.random() < 0.2  # what costs much and seldom finds anything
    for strict in (False, True) if is_chosen else (False,):
        answer = jurat.assess(rules, household(graph.vocabulary, chance), on=day, of=names[:200], strict=strict)
        told(answer.problems, [source], "the case")
        watch.lap("assess")
        if answer.assessment is None:
            promise(errors(answer.problems) or not names, "where there is no assessment there is a problem")
            continue
        in_range(answer.assessment)
        explained(answer, ("text", "md", "html", "json") if is_chosen else ("text", "json"))
        watch.lap("explain")


def explained(answer: Answer, forms: Iterable[Format]) -> None:
    for form in forms:
        text = jurat.explain(answer, form)
        promise(not HIDDEN.search(text), f"an explanation as {form} holds nothing hidden")
        promise(form != "json" or json.loads(text)["version"] == 1, "an explanation as JSON can be read")


def in_range(assessment: Assessment) -> None:
    for step in assessment.steps:
        assert step.term.formula is not None
        promise(without_tens(step.term.scale) == 1, "a rule's value has an end")
        for node, value in worked(step.frame, step.term.formula):
            if node.mechanism == "keys":  # the values of a rank's keys together, which nothing but the rank reads
                continue
            if node.type.is_number and not isinstance(value, Refusal):
                promise(isinstance(value, int) and not isinstance(value, bool), "a number is a whole number over its scale")
                promise(node.low is None or value >= node.low, f"a {node.mechanism} is not below its range")  # type: ignore[operator]
                promise(node.high is None or value <= node.high, f"a {node.mechanism} is not above its range")  # type: ignore[operator]


@cache
def shipped() -> Rules:
    return jurat.load(RULES)


def run_case(source: Source) -> None:
    """A case, in JSON or in the language, under the shipped rules."""
    watch = Stopwatch()
    answer = jurat.assess(shipped(), source, of=("award", "adults", "child_rate"))
    told(answer.problems, [source], source.path)
    if answer.assessment is None and not any(problem.code != "no-date" for problem in answer.problems):
        answer = jurat.assess(shipped(), source, on=ON)
        told(answer.problems, [source], source.path)
    watch.lap("assess")
    promise(answer.assessment is not None or errors(answer.problems), "where there is no assessment there is a problem")
    if answer.assessment is not None:
        in_range(answer.assessment)
    explained(answer, ("text", "json"))
    watch.lap("explain")


# ---- problems -------------------------------------------------------------------------------------------------------


def told(problems: Iterable[Problem], sources: Iterable[Source], path: str | None = None) -> None:
    """Every problem is one that a person can read and find."""
    problems, sources = list(problems), list(sources)
    for problem in problems:
        promise(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", problem.code), "a problem has a code")
        promise(problem.message.strip(), "a problem has a message")
        for said in (problem.message, problem.fix, problem.subject, problem.citation, problem.where):
            if said is not None:
                promise(not HIDDEN.search(said), f"{problem.code}: what is said holds nothing hidden")
        for said in (problem.message, problem.fix, problem.place.label if problem.place else None):
            if said is not None:
                promise(len(said) <= SHOWN, f"{problem.code}: what is said is short")
                promise(" ".join(said.split()) == said, f"{problem.code}: what is said stands on one line")
        for place in filter(None, (problem.place, problem.second)):
            span = place.span
            promise(any(span.source is source for source in sources), f"{problem.code}: its place is in a text that was given")
            promise(0 <= span.start < span.end <= len(span.source.text), f"{problem.code}: its place is inside the text")
        if problem.place is None and path is not None:
            promise(problem.path == path or problem.code in OF_THE_QUESTION, f"{problem.code}: it says in which case")
        json.dumps(to_data(problem))
    text = render_all(problems)
    promise(not HIDDEN.search(text), "what is printed of problems holds nothing hidden")
    promise(len(text) <= len(set(problems)) * 4 * SHOWN, "what is printed of problems is short")


# ---- a household in the words of a book -----------------------------------------------------------------------------


def household(words: Vocabulary, chance: random.Random) -> dict[str, Any]:
    """One of each outermost kind, up to three of each inside, with facts given, left out and said not to be known."""
    case: dict[str, Any] = {"version": 1}
    counted = [0]
    for entity in words.order:
        if words.container[entity] is None:
            case[entity] = _members(entity, words, chance, 1, counted)
    return case


def _members(entity: str, words: Vocabulary, chance: random.Random, number: int, counted: list[int]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for _ in range(number):
        counted[0] += 1
        content: dict[str, Any] = {}
        members[f"m{counted[0]}"] = content
        for _, item in sorted(words.inputs.items()):
            if item.entity == entity and chance.random() < 0.85:
                content[item.name] = _fact(item, words.choices, chance)
        for inner in words.order:
            if words.container[inner] == entity and counted[0] < 12:
                content[inner] = _members(inner, words, chance, chance.randrange(4), counted)
    return members


def _fact(item: InputType, choices: Mapping[str, tuple[str, ...]], chance: random.Random) -> Any:
    if chance.random() < 0.05:
        return None
    match item.type.kind:
        case "yes/no":
            return chance.random() < 0.5
        case "date or never" if chance.random() < 0.5:
            return "never"
        case "date" | "date or never":
            return date.fromordinal(chance.randrange(date(1930, 1, 1).toordinal(), date(2012, 1, 1).toordinal())).isoformat()
        case "text":
            return chance.choice(("St Helier", "", "a – b", "<b>&amp;"))
        case "choice":
            return chance.choice(choices.get(item.type.choice or "") or ("none",))
    low = item.low if item.low is not None else -item.scale * chance.choice((0, 10))
    high = item.high if item.high is not None else item.scale * chance.choice((0, 1, 1_000))
    value = chance.choice((low, high, chance.randint(low, max(low, high))))
    return decimal_text(value * (100 if item.type.kind == "%" else 1), item.scale)
