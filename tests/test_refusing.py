"""A rule that refuses facts by their standing: what is told of it, and how it is compared and kept through time (S81)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import jurat
from engine.book.history import history
from engine.values import Refusal
from explain.rules.history import history_text
from explain.telling.provision_words import meaning_lines
from grammar.writing import written
from tests.books import ON, ask, book, household
from tests.comparing import laws

PAY = """
input pay of person "Pay" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
input rent of household "Rent" : £ a week
  range £0 per week to £1,000 per week
rule counted of person "Pay that counts" : £ a week
  refuses estimated or assumed pay ask "payslips" from 1 January 2010 until 31 December 2011
  is pay
rule help of household "Help" : £ a week
  payable by the week
  is rent + sum of counted over person
"""


def estimated(amount: int, **more: Any) -> dict[str, Any]:
    return {"pay": {"value": amount, "standing": "estimated", **more}}


def reasons(case: dict[str, Any], on: date = ON, **options: Any) -> list[tuple[str, str]]:
    answer = ask(book(PAY), case, "help", on=on, **options)
    assert answer.assessment is not None
    value = answer.assessment.answers[0].value
    return [(reason.kind, reason.message) for reason in value.reasons] if isinstance(value, Refusal) else []


def test_the_reason_says_how_the_fact_stands_where_it_is_from_and_what_is_needed() -> None:
    case = household(estimated(40, source="the year, averaged"), {"pay": 30}, {}, rent=10)
    assert reasons(case) == [
        ("refused fact", "Pay of a is estimated (the year, averaged), which Pay that counts refuses. Needed: payslips."),
        ("refused fact", "Pay of c is not given; Pay that counts refuses to assume £0.00 a week. Needed: payslips."),
    ]


@pytest.mark.parametrize(("on", "is_refused"), [
    (date(2009, 12, 31), False), (date(2010, 1, 1), True), (date(2011, 12, 31), True), (date(2012, 1, 1), False),
])  # fmt: skip
def test_it_refuses_on_its_own_days(on: date, is_refused: bool) -> None:
    assert bool(reasons(household(estimated(40), rent=10), on)) is is_refused


def test_a_fact_that_would_be_assumed_is_refused_once() -> None:
    """Where no fact may be assumed at all, that is the reason."""
    assert [kind for kind, _ in reasons(household({}, rent=10), strict=True)] == ["assumed fact"]


def test_a_refused_fact_is_among_those_used() -> None:
    """So that its standing and its source are told beside it."""
    assessment = ask(book(PAY), household(estimated(40), rent=10), "help").assessment
    assert assessment is not None
    [used] = [use for use in assessment.facts if use.term.name == "pay"]
    assert used.fact is not None
    assert used.fact.standing == "estimated"
    assert not assessment.unused


def test_the_life_of_a_rule_says_when_it_began_to_refuse() -> None:
    lives = history(book(PAY).law, "counted").eras
    assert [era.start for era in lives[1:]] == [date(2010, 1, 1), date(2012, 1, 1)]
    told = history_text(history(book(PAY).law, "counted"))
    assert 'In refuses:\n     + refuses estimated or assumed pay\n     + ask "payslips"\n' in told
    assert "refuses" not in written(lives[2].text)  # type: ignore[arg-type]


def test_to_refuse_is_to_mean_something_else() -> None:
    """It changes awards; what is asked for instead is only said."""
    without = PAY.replace('  refuses estimated or assumed pay ask "payslips" from 1 January 2010 until 31 December 2011\n', "")
    found = laws(without, PAY)
    assert [(one.difference, one.term.name) for one in found.altered] == [("changed", "counted")]
    assert found.effect == "effect"
    assert "refuses pay where estimated or assumed" in meaning_lines(found.after, found.altered[0].after)
    said = laws(PAY, PAY.replace("payslips", "letters"))
    assert said.effect == "wording"


def test_the_law_of_a_day_keeps_what_is_refused_on_it() -> None:
    """Consolidated, and read again, it answers the same."""
    rules = book(PAY)
    texts = {day: "".join(jurat.consolidated(rules, day).files.values()) for day in (ON, date(2012, 1, 1))}
    assert "refuses estimated or assumed pay" in texts[ON]
    assert "refuses" not in texts[date(2012, 1, 1)]
