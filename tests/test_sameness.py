"""Digests, identities and order: what must hold of every book; cases of what changes a digest stand in tests/conformance/."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

import jurat
from engine.assess import assess, values
from engine.cases.questions import bound_case, read_case
from engine.values import Refusal
from explain.data import explanation
from grammar.source import Source
from jurat.files import read_rules
from jurat.rulebook import from_sources
from tests.books import CHILDCARE, ON, book, household, words
from tests.books import FIRST_LAW as RULES

BOOK = """
choice tenure_type : owner, tenant
input pay of person "Pay" : £ a week
  default £0 per week
input tenure of household "Tenure" : tenure_type
figure rate "Rate" : %
  cite "Article 1"
  16.5% from 1 January 2009
rule kept of person "Kept" : £ a week
  is rate × pay, rounded to the nearest 1p
  except none_kept: £0 per week when pay < £10 per week
  except some_kept: £1 per week when pay > £500 per week
group earners of household "Earners" : person where (pay > £0 per week)
rule award of household "Award" : £ a week
  payable by the day
  is sum of kept over earners + £1 per week when tenure is owner and count of earners > 0
  otherwise £2 per week
"""


def digests(text: str) -> tuple[str, str]:
    graph = book(text).on(ON).graph
    return graph.effect, graph.law


def test_the_order_of_declarations_means_nothing() -> None:
    """Neither to what a book does nor to what it says."""
    changed = "\n".join(sorted(re.split(r"\n(?=\w)", BOOK.strip())))
    assert changed != BOOK.strip()
    assert digests(changed) == digests(BOOK)


def test_file_order_means_nothing() -> None:
    """The shipped files in any order give the same answer, steps and digests."""
    sources, problems = read_rules([RULES])
    assert not problems
    wanted = explanation_of(sources)
    for seed in range(5):
        random.Random(seed).shuffle(sources)
        assert explanation_of(sources) == wanted


def explanation_of(sources: list[Source]) -> dict[str, Any]:
    answer = jurat.assess(from_sources(sources), CHILDCARE)
    assert answer.assessment is not None
    return explanation(answer.assessment)


def test_the_order_of_facts_means_nothing() -> None:
    """Facts exchanged, persons in the same order."""
    rules = book(BOOK)
    first = household({"pay": "20"}, tenure="owner")
    second = {"household": {"home": dict(reversed(first["household"]["home"].items()))}, "version": 1}
    assert words(rules, first, "award") == words(rules, second, "award") == "£4.30 a week"


def test_a_step_is_named_by_its_provision_and_whose_it_is() -> None:
    """Not by its place: the same step on another day, under another version, has the same identity (S62)."""
    rules = jurat.load(RULES)
    first, second = (jurat.assess(rules, CHILDCARE, on=on).assessment for on in (ON, ON.replace(month=9)))
    assert first is not None
    assert second is not None
    ids = [str(step.id) for step in first.steps]
    assert len(set(ids)) == len(ids)
    assert "income_support_order:counted_earnings@home/parent" in ids
    assert {str(step.id) for step in second.steps} - set(ids) == set()


def test_threads_do_not_disturb_each_other() -> None:
    """Eight threads, a hundred answers, equal to the answers one after another."""
    text = CHILDCARE.read_text(encoding="utf-8")
    pays = [f"{n}.{n % 100:02}" for n in range(100, 200)]

    def one(pay: str) -> str:
        rules = jurat.load(RULES)
        return jurat.explain(jurat.assess(rules, Source("case", text.replace("245.00", pay))), "text")

    serial = [one(pay) for pay in pays[:20]]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, pays[:20])) == serial
    assert len(set(serial)) == 20


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("on", [date(2008, 2, 1), date(2009, 10, 1), ON])
def test_values_alone_are_those_of_the_steps(on: date, strict: bool) -> None:
    """Without a record the same work is done: every term of the shipped rules, refusals with their reasons included."""
    graph = jurat.load(RULES).on(on).graph
    text, _ = read_case(Source("case", CHILDCARE.read_text(encoding="utf-8").replace('"date_of_birth": "2009-03-01", ', "")))
    assert text is not None
    case = bound_case(text, graph, on, None).case
    assessment = assess(graph, case, graph.terms, strict)
    numbers = {entity: range(len(paths)) for entity, paths in assessment.world.paths.items()}
    by_term = [tuple(assessment.at((term.index, me)).value for me in numbers[term.entity]) for term in graph.terms]
    assert list(values(graph, case, graph.terms, strict)) == by_term
    assert any(isinstance(value, Refusal) for found in by_term for value in found)
