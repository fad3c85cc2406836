"""What an amendment omits and a later one inserts again: both lives are told, and a household before and after compared."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.book.history import history
from explain.rules.history import history_text
from grammar.problems import errors
from grammar.source import Source
from jurat.rulebook import Rules, from_sources
from tests.comparing import household, sums
from tests.test_consolidated import hold

BOOK = """
instrument principal "Principal Order"
  made 15 December 2008
  commences 1 January 2009
  money rounded to the nearest 1p
entity person
input pay of person "Pay" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
figure premium "Premium" : £ a week
  £10.00 per week from 1 January 2009
rule extra of person "Extra" : £ a week
  is pay ÷ 10
rule award of person "Award" : £ a week
  payable by the week
  is premium + extra
amendment first_change "First Amendment"
  amends principal
  made 1 June 2010
  commences 1 October 2010
in award for premium + extra substitute £1.00 per week
  made by "Article 1"
omit figure premium
  made by "Article 2"
omit rule extra
  made by "Article 3"
amendment second_change "Second Amendment"
  amends principal
  made 1 June 2011
  commences 1 October 2011
insert figure premium "New premium" : £ a week
  £12.00 per week from 1 October 2011
insert table extra of person "Extra allowance" : £ a week
  by pay
  row low: under £100 per week gives £9.00 per week
  otherwise £3.00 per week
in award for £1.00 per week substitute premium + extra
"""
BEFORE, BETWEEN, AFTER = date(2010, 9, 30), date(2011, 9, 30), date(2011, 10, 1)
CASE = {"version": 1, "person": {"anna": {"pay": 150}}}


@pytest.fixture(scope="module")
def rules() -> Rules:
    found = from_sources([Source("law.rules", BOOK)])
    assert not errors(jurat.check(found))
    return found


@pytest.mark.parametrize("name", ["premium", "extra"])
def test_both_lives_are_told(rules: Rules, name: str, file_regression: FileRegressionFixture) -> None:
    """And the days between them, on which nothing of it is in force."""
    told = history_text(history(rules.law, name))
    assert "Nothing of it is in force." in told
    file_regression.check(told, extension=".txt", encoding="utf-8")


def test_what_returns_is_beside_what_it_was(rules: Rules, file_regression: FileRegressionFixture) -> None:
    """A premium of £10 and one of £12 are one step, whose rule says something else; an omission is told by what it omits."""
    found = jurat.compare(rules, CASE, first=BEFORE, last=AFTER)
    told = {str(step.id): step.why for step in household(found).steps}
    assert told == {"principal:premium": "rule", "principal:extra@anna": "rule", "principal:award@anna": "inputs"}
    sums(household(found))
    file_regression.check(found.told(), extension=".txt", encoding="utf-8")


def test_while_it_is_omitted_the_step_is_gone(rules: Rules) -> None:
    gone = household(jurat.compare(rules, CASE, first=BEFORE, last=BETWEEN))
    assert {str(step.id): step.why for step in gone.steps if step.why in ("new", "gone")} == {
        "principal:premium": "gone",
        "principal:extra@anna": "gone",
    }
    back = household(jurat.compare(rules, CASE, first=BETWEEN, last=AFTER))
    assert {str(step.id): step.why for step in back.steps if step.why in ("new", "gone")} == {
        "principal:premium": "new",
        "principal:extra@anna": "new",
    }


@pytest.mark.parametrize("day", [BEFORE, BETWEEN, AFTER])
def test_the_text_of_a_day_has_the_same_steps(rules: Rules, day: date) -> None:
    """Written out, it says nothing of what was omitted before: nothing in a comparison with the book is new or gone."""
    assert steps(hold(rules, day), day) == steps(rules, day)


def steps(rules: Rules, day: date) -> list[str]:
    assessment = jurat.assess(rules, CASE, on=day).assessment
    assert assessment is not None
    return [str(step.id) for step in assessment.steps]
