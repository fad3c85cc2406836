"""What would change an award: the nearest thresholds of each amount, each confirmed by assessment."""

from __future__ import annotations

from datetime import date

import pytest

import jurat
from engine.assess import assess
from engine.values import Refusal
from engine.varying.along import Along
from engine.varying.pieces import is_same
from engine.varying.thresholds import Threshold, thresholds
from jurat.answers import asked_of
from jurat.rulebook import Rules
from tests.books import RULES, book, household
from tests.test_curves import LONE_PARENT, TAPER


@pytest.fixture(scope="module")
def shipped() -> Rules:
    return jurat.load(RULES)


def _told(one: Threshold | None) -> str | None:
    if one is None:
        return None
    return f"{one.found.place.plain()}: {one.found.exact.plain() if one.found.exact else 'refused'}"


def test_the_nearest_thresholds_of_each_amount() -> None:
    """The next penny, where the rate is another, and where it ends; each confirmed by an assessment."""
    rules = book(
        TAPER
        + """
rule help of household "Help" : £ a week
  payable by the week
  is £100 per week - 65% × (sum of (higher of (pay - disregard, £0 per week)) over person) - (£5 per week for each complete £250 of savings),
    but not less than £0 per week, rounded to the nearest 1p
"""
    )
    question = asked_of(rules, household({"pay": "50"}, savings="300"), on=date(2010, 10, 1), known=None, of=(), readings=())
    assert question.asked is not None
    graph, case, [asked] = question.asked
    assessment = assess(graph, case, [asked])
    found = {one.curve.fact.term.name: one for one in thresholds(assessment, (asked.index, 0))}
    assert set(found) == {"pay", "savings"}
    pay, savings = found["pay"], found["savings"]
    assert [str(one.rate) for one in (pay, savings)] == ["-13/20", "0"] and not pay.begins
    assert [_told(one) for one in (pay.more.first, pay.more.turn, pay.more.ends)] == [
        "50.01: 75.49",
        "166.16: 0.00",
        "166.15: 0.00",
    ]
    assert [_told(one) for one in (pay.less.first, pay.less.turn, pay.less.ends)] == ["49.99: 75.51", "20.00: 95.00", None]
    assert [_told(one) for one in (savings.more.first, savings.more.turn, savings.more.ends)] == [
        "500.00: 70.50",
        "500.00: 70.50",
        "4250.00: 0.00",
    ]
    assert _told(savings.less.first) == "249.99: 80.50"


def test_every_threshold_of_the_lone_parent_is_confirmed(shipped: Rules) -> None:
    """One step before the first change nothing has changed; where it ends it is nothing, and one step before it is not."""
    question = asked_of(shipped, LONE_PARENT, on=None, known=None, of=(), readings=())
    assert question.asked is not None
    graph, case, [asked] = question.asked
    assessment = assess(graph, case, [asked])
    found = thresholds(assessment, (asked.index, 0))
    assert {"gross_earnings", "rent", "capital", "pension"} <= {one.curve.fact.term.name for one in found}
    given = thresholds(assessment, (asked.index, 0), is_given=True)
    assert [one.curve.fact.term.name for one in given] == ["rent", "gross_earnings"]
    ended = 0
    for one in found:
        now = one.given.value
        whole = {}
        for way in (one.more, one.less):
            for near in (near for hit in (way.first, way.turn, way.ends, way.refused) if hit for near in (hit.before, hit.found)):
                along = Along(graph, case, (one.curve.fact.term.index, one.curve.fact.number), (asked.index, 0))
                whole[near.at] = assess(graph, along.with_fact(near.place.value), [asked]).answers[0].value
                assert is_same(whole[near.at], near.value)
            if way.first is not None:
                assert is_same(way.first.before.value, now) and not is_same(way.first.found.value, now)
            if way.ends is not None:
                ended += 1
                assert way.ends.found.value == 0 != way.ends.before.value
            if way.refused is not None:
                assert isinstance(way.refused.found.value, Refusal) and not isinstance(way.refused.before.value, Refusal)
    assert ended > 4


def test_thresholds_far_along_a_law_of_steps() -> None:
    """Twelve thousand steps lie below the savings; the next one up and the next one down are found all the same."""
    rules = book(
        TAPER
        + """
rule help of household "Help" : £ a week
  payable by the week
  is £100,000 per week - (£1 per week for each complete £50 of savings)
"""
    )
    question = asked_of(rules, household({}, savings="600020"), on=date(2010, 10, 1), known=None, of=(), readings=())
    assert question.asked is not None
    graph, case, [asked] = question.asked
    [savings] = [
        one for one in thresholds(assess(graph, case, [asked]), (asked.index, 0)) if one.curve.fact.term.name == "savings"
    ]
    assert _told(savings.more.first) == "600050.00: 87999.00"
    assert _told(savings.less.first) == "599999.99: 88001.00"
