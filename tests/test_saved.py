"""A table that is saved for some: written out it is the law of its day, its history says for whom, and nobody quotes what is made of it."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.book.history import history
from explain.rules.history import history_text
from grammar.problems import errors
from grammar.source import Source
from grammar.syntax import YesNo
from jurat.rulebook import Rules, from_sources
from tests.test_consolidated import hold

BOOK = """
instrument principal "Principal Order"
  made 15 December 2008
  commences 1 January 2009
entity person
input works of person "Works" : yes/no
  default no
input claimed of person "Claimed" : date
  default 1 May 2009
table grade of person "Grade" : £
  by works
  row at_work: yes gives £5
  row at_home: no gives £6
amendment first_change "First Amendment"
  amends principal
  made 1 June 2010
  commences 1 October 2010
in grade row at_work for £5 substitute £4
  saved for person when claimed < 1 October 2010 until 30 September 2013
amendment second_change "Second Amendment"
  amends principal
  made 1 June 2011
  commences 1 October 2011
in grade for £4 substitute £3
  saved for person when claimed < 1 October 2011
amendment third_change "Third Amendment"
  amends principal
  made 1 June 2012
  commences 1 October 2012
{third}
"""
DAYS = [date(year, month, 30 if month == 9 else 1) for year in range(2010, 2014) for month in (9, 10)]


def amended(third: str) -> Rules:
    found = from_sources([Source("law.rules", BOOK.format(third=third))])
    assert not errors(jurat.check(found)), [problem.message for problem in jurat.check(found)]
    return found


@pytest.fixture(scope="module")
def rules() -> Rules:
    return amended("in grade omit row at_home\nin grade insert row at_home: no gives £7")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_written_out_it_is_the_law_of_the_day(rules: Rules, day: date) -> None:
    hold(rules, day)


def test_its_history_says_for_whom(rules: Rules, file_regression: FileRegressionFixture) -> None:
    """Without the column that asks, and the cells that it gives every row."""
    file_regression.check(history_text(history(rules.law, "grade")), extension=".txt", encoding="utf-8")


def test_a_cell_that_only_asks_whether_it_is_saved_is_not_quoted() -> None:
    """`no` stands in one row of the table as an amendment has it, though each row says so of whom nothing is saved."""
    rules = amended("in grade for no substitute yes\nin grade row at_work for yes substitute no")
    table = rules.on(date(2012, 10, 1)).graph.by_name["grade"].in_force
    assert table is not None
    answers = [answer for row in table.rows[:2] for answer in row.clause.cells[-1].answers]
    assert [isinstance(answer, YesNo) and answer.value for answer in answers] == [False, True]
