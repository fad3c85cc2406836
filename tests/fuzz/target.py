"""One input through every stage, and what must hold whatever it is."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable
from datetime import date
from functools import cache

import jurat
from engine.assessment import Assessment
from engine.book.consolidate import book_days
from engine.exact import without_tens
from engine.values import Refusal
from grammar.limits import HIDDEN
from grammar.parsing import parse
from grammar.problems import Problem, errors
from grammar.source import Source
from jurat.answers import Answer, Format
from jurat.files import decoded
from jurat.rulebook import Rules, from_sources
from tests.books import ON, RULES
from tests.fuzz.amended import has_amendments, run_amended
from tests.fuzz.corpus import RULE_FILE
from tests.fuzz.household import household
from tests.fuzz.promises import Stopwatch, promise, told
from tests.test_ranges import worked

MOST_DAYS = 8


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
        if has_amendments(source.text):
            run_amended(source)


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
