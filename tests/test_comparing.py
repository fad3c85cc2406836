"""Comparing what two laws give one household, and what one law gives two: steps beside each other, and why they differ."""

from __future__ import annotations

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from jurat.rulebook import Rules
from tests.books import CHILDCARE
from tests.comparing import (
    AFTER,
    AMENDED,
    BEFORE,
    CARE,
    FORMATS,
    INCOME_SUPPORT,
    book,
    compare,
    difference,
    household,
    named,
    people,
    sums,
)
from tests.elements import without_style


@pytest.fixture(scope="module")
def jersey() -> Rules:
    return jurat.load(INCOME_SUPPORT)


# ---- one household under two laws -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "suffix"), FORMATS)
def test_the_lone_parent_in_every_format(
    form: str, suffix: str, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """The household of the report of 2010, on the last day of the old law and the first of the new: what gave it how much."""
    question = ("--case", CHILDCARE, "--from", BEFORE, "--to", AFTER, "--rules", INCOME_SUPPORT)
    status, out, err = compare(capsys, *question, "--format", form)
    assert (status, err) == (0, "")
    file_regression.check(without_style(out), extension=suffix, encoding="utf-8")


def test_the_refused_figure_of_the_report_is_the_order_without_the_regulations(jersey: Rules) -> None:
    """The earnings that count are those of the new disregard; the child care is paid by the Regulations alone."""
    found = household(jurat.compare(jersey, CHILDCARE, first=BEFORE, last=AFTER))
    shares = {named(one.causes): difference(one.moves[key]) for one in found.contributions for key in found.answers}
    assert shares[("order_amendment_4", "earnings_disregard_rate")] == "£11.03 a week"
    assert shares[("amendment_5", "earns_more_than_childcare")] == "£233.20 a week"
    assert shares[("the day",)] == "£0.00 a week"


def test_a_rule_that_changed_is_told_apart_from_what_rests_on_it(jersey: Rules) -> None:
    found = household(jurat.compare(jersey, CHILDCARE, first=BEFORE, last=AFTER))
    why = {(step.id.provision.rpartition(".")[2], step.id.path[-1:]): step.why for step in found.steps}
    assert why["child_rate", ()] == "rule"
    assert why["earns_more_than_childcare", ("home",)] == "rule"
    assert why["child_component", ("baby",)] == "inputs"
    assert why["award", ("home",)] == "inputs"
    assert why["contributions", ("parent",)] == "same"


WORKS = """
input pay of person "Pay" : £ a week default £0 per week
input rent of household "Rent" : £ a week default £0 per week
figure rate "Rate" : £ a week
  £10.00 per week from 1 January 2008
  £12.00 per week from 1 October 2010 made by order "article 1"
figure limit "Limit" : £ a week
  £50.00 per week from 1 January 2008
  £40.00 per week from 1 October 2010 made by order "article 2"
rule help of household "Help" : £ a week
  payable by the week
  is rate, but not more than limit
"""


def test_causes_stand_in_the_order_of_the_instruments_and_those_without_a_difference_are_told() -> None:
    found = household(jurat.compare(book(WORKS), {"version": 1, "household": {"home": {}}}, first=BEFORE, last=AFTER))
    assert [named(one.causes) for one in found.contributions] == [("the day",), ("order", "rate"), ("order", "limit")]
    assert [one.moves_something for one in found.contributions] == [False, True, False]


TOGETHER = """
input pay of person "Pay" : £ a week default £0 per week
figure share "Share" : %
  10% from 1 October 2010 made by order "article 1"
rule taken of household "Taken" : £ a week
  version from 1 January 2008 until 30 September 2010
    is £7.00 per week
  version from 1 October 2010 made by order "article 2"
    is share × £50.00 per week, rounded to the nearest 1p
figure bonus "Bonus" : £ a week
  £1.00 per week from 1 January 2008
  £3.00 per week from 1 October 2010 made by order "article 3"
rule help of household "Help" : £ a week
  payable by the week
  is £20.00 per week + bonus - taken, but not less than £0 per week
"""


def test_what_does_not_stand_alone_is_told_together_with_what_it_needs(file_regression: FileRegressionFixture) -> None:
    """A rule that reads a figure of the same instrument: without the figure there is no answer, without the rule no use."""
    case = {"version": 1, "household": {"home": {}}}
    found = jurat.compare(book(TOGETHER), case, first=BEFORE, last=AFTER)
    assert [named(one.causes) for one in household(found).contributions if one.moves_something] == [
        ("order", "taken"),
        ("order", "bonus"),
    ]
    needed_later = TOGETHER.replace('made by order "article 1"', 'made by order "article 4"')
    found = jurat.compare(book(needed_later), case, first=BEFORE, last=AFTER)
    assert [named(one.causes) for one in household(found).contributions if one.moves_something] == [
        ("order", "taken", "order", "share"),
        ("order", "bonus"),
    ]
    file_regression.check(found.told(), extension=".txt", encoding="utf-8")


def test_a_text_whose_time_is_over_is_a_cause_and_so_is_a_fact_that_changes() -> None:
    text = """
input pay of person "Pay" : £ a week default £0 per week
rule help of person "Help" : £ a week
  payable by the week
  is pay
    except winter: £30.00 per week when pay < £100.00 per week
      from 1 December 2009 until 30 September 2010
"""
    pay = [{"value": 50, "until": "2010-09-30"}, {"value": 60, "from": "2010-10-01"}]
    case = {"version": 1, "household": {"home": {"person": {"ann": {"pay": pay}}}}}
    found = household(jurat.compare(book(text), case, first=BEFORE, last=AFTER))
    told = [
        (type(cause).__name__, *(difference(move) for move in one.moves.values()))
        for one in found.contributions
        for cause in one.causes
    ]
    assert told == [
        ("FactCause", "£0.00 a week"),
        ("DayCause", "£0.00 a week"),
        ("LawCause", "£30.00 a week"),
    ]


def test_somebody_who_joins_is_a_cause_and_so_is_a_birthday() -> None:
    text = """
input born of person "Born" : date
rule age of person "Age" : whole number
  is years from born to assessment_date
group grown of household "Grown up" : person where (age >= 18)
rule help of household "Help" : £ a week
  payable by the week
  is £10.00 per week × count of person + £5.00 per week × count of grown
"""
    people = {"ann": {"born": "1992-10-01"}, "ben": {"born": "2009-05-05", "from": "2010-10-01"}}
    case = {"version": 1, "household": {"home": {"person": people}}}
    found = household(jurat.compare(book(text), case, first=BEFORE, last=AFTER))
    told = {named(one.causes): [difference(move) for move in one.moves.values()] for one in found.contributions}
    assert told == {("home.ben.there",): ["£10.00 a week"], ("the day",): ["£5.00 a week"]}


# ---- amendments, drafts, and what was known -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        ("laws_two_days", "rules", "--from", "2010-09-30", "--to", "2012-05-01"),
        ("laws_known", "rules", "--on", "2010-10-01", "--known", "2010-06-01", "--known", "2010-12-01"),
        ("laws_draft", "rules", "--with", "draft.rules"),
        ("family_two_days", "--rules", "rules", "--case", "family.case", "--from", "2010-09-30", "--to", "2012-05-01"),
        ("family_known", "--rules", "rules", "--case", "family.case", "--known", "2010-06-01", "--known", "2010-12-01"),
        ("family_draft", "--rules", "rules", "--case", "family.case", "--with", "draft.rules"),
        ("family_appeal", "--rules", "rules", "--case", "family.case", "--case", "appeal.case"),
    ],
    ids=lambda question: question[0],
)
def test_a_small_law_with_an_amendment_and_a_draft(
    question: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file_regression: FileRegressionFixture,
) -> None:
    monkeypatch.chdir(AMENDED)
    status, out, err = compare(capsys, *question[1:])
    assert (status, err) == (0, "")
    file_regression.check(out, extension=".txt", encoding="utf-8")


# ---- two households -------------------------------------------------------------------------------------------------


def test_two_cases_are_split_by_the_facts_that_differ() -> None:
    """Facts that act by themselves each have their share; visits and their price are nothing without each other."""
    first = people(ann={"pay": 20}, ben={"pay": 10})
    second = people(ann={"pay": 25, "visits": 2, "price": 3}, cat={"pay": 1})
    found = household(jurat.compare(book(CARE), first, second))
    assert [(named(one.causes), difference(next(iter(one.moves.values())))) for one in found.contributions] == [
        (("home.ann.pay",), "−£5.00 a week"),
        (("home.ann.visits", "home.ann.price"), "£6.00 a week"),
        (("home.ben.gone",), "£10.00 a week"),
        (("home.cat.there",), "−£1.00 a week"),
    ]
    sums(found)


def test_two_households_need_not_be_called_the_same() -> None:
    first, second = people(ann={"pay": 20}), people(ann={"pay": 30})
    second["household"] = {"elsewhere": second["household"]["home"]}  # type: ignore[index]
    found = household(jurat.compare(book(CARE), first, second))
    assert [named(one.causes) for one in found.contributions] == [("home.ann.pay",)]
    assert [step.why for step in found.steps if step.id.provision.endswith(":help")] == ["inputs"]


def test_an_answer_that_one_side_lacks_has_no_sum_and_says_why() -> None:
    text = 'input pay of person "Pay" : £ a week\nrule help of person "Help" : £ a week\n  payable by the week\n  is £9.00 per week - pay, but not less than £0 per week\n'
    told = " ".join(jurat.compare(book(text), people(ann={}), people(ann={"pay": 2})).told().split())
    assert "the first case: refused" in told
    assert "refused → £7.00 a week: Pay (ann): from not given to £2.00 a week" in told
    assert "in all" not in told
