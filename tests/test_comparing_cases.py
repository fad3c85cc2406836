"""What two cases, or one as known on two days, say that is not the same: every difference has its cause, told so that it shows."""

from __future__ import annotations

from datetime import date

import pytest

import jurat
from tests.comparing import book, difference, household, named, people, sums

LATELY = """
input pay of person "Pay" : £ a week default £0 per week range £0 per week to £1,000 per week
figure rate "Rate" : £ a week
  £10.00 per week from 1 January 2008
rule all_pay of household "Pay of all" : £ a week
  is sum of pay over person
rule lately of household "Highest lately" : £ a week
  is highest of all_pay over days in the 14 days before assessment_date
rule help of household "Help" : £ a week
  payable by the week
  is rate + lately
amendment rise "Rise"
  amends regs
  made 1 October 2010
  commences 1 September 2010 retrospective
in rate for £10.00 per week substitute £12.00 per week
"""
REPORTED = [
    {"value": 20},
    {"value": 33, "from": "2010-09-20", "until": "2010-09-25", "reported": "2010-10-12"},
    {"value": 20, "from": "2010-09-26"},
]
ON = date(2010, 10, 1)


@pytest.mark.parametrize(
    ("known", "causes"),
    [
        ((date(2010, 10, 2), date(2010, 10, 20)), [("£13.00 a week", ("home.ann.pay",))]),
        (
            (date(2010, 9, 2), date(2010, 10, 20)),
            [("£13.00 a week", ("home.ann.pay",)), ("£2.00 a week", ("rise", "rate"))],
        ),
        ((date(2010, 9, 2), date(2010, 10, 2)), [("£2.00 a week", ("rise", "rate"))]),
    ],
)  # fmt: skip
def test_a_fact_of_another_day_that_was_reported_later_is_a_cause(
    known: tuple[date, date], causes: list[tuple[str, tuple[str, ...]]]
) -> None:
    """It is the same on the day of the award; a rule that looks at other days finds another. No amendment is to blame for it."""
    found = household(jurat.compare(book(LATELY), people(ann={"pay": REPORTED}), on=ON, known=known))
    sums(found)
    assert [(difference(next(iter(one.moves.values()))), named(one.causes)) for one in found.contributions] == causes


def test_of_two_reports_of_one_day_the_later_counts() -> None:
    pay = [
        {"value": 20},
        {"value": 33, "from": "2010-09-20", "reported": "2010-10-12"},
        {"value": 30, "from": "2010-09-20", "reported": "2010-10-11"},
    ]
    found = jurat.compare(book(LATELY), people(ann={"pay": pay}), on=ON, known=(date(2010, 10, 11), date(2010, 10, 12)))
    sums(household(found))
    assert "+£3.00 a week: Pay (ann): from £30.00 a week to £33.00 a week" in found.told()


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([{"value": 5, "from": "2010-09-01"}], [{"value": 5, "from": "2010-09-20"}],
         "from £5.00 a week from 1 September 2010 to £5.00 a week from 20 September 2010"),
        ([{"value": 5, "reported": "2010-09-01"}], [{"value": 5, "reported": "2010-11-20"}],
         "from £5.00 a week reported 1 September 2010 to £5.00 a week reported 20 November 2010"),
        ([{"value": 5}], [{"value": 6, "from": "2010-09-20"}], "from £5.00 a week to £6.00 a week"),
    ],
)  # fmt: skip
def test_facts_with_one_value_are_told_apart(first: object, second: object, told: str) -> None:
    """Nobody is told that it was changed from £5 to £5."""
    rules = book(
        LATELY.replace("highest of all_pay over days in the 14 days before assessment_date", "all_pay on 15 September 2010")
    )
    found = jurat.compare(rules, people(ann={"pay": first}), people(ann={"pay": second}), known=[date(2010, 10, 5)])
    sums(household(found))
    assert told in " ".join(found.told().split())


def test_the_order_in_which_dated_facts_are_given_is_no_cause() -> None:
    first, second = people(ann={"pay": REPORTED}), people(ann={"pay": REPORTED[::-1]})
    assert household(jurat.compare(book(LATELY), first, second)).contributions == ()


LISTED = """
input pay of person "Pay" : £ a week default £0 per week range £0 per week to £1,000 per week
group paid of household "Paid" : person where (pay > £0 per week)
rule place of person "Place" : whole number
  is rank among paid by highest pay ties listed
rule help of person "Help" : £ a week
  payable by the week
  is £10.00 per week when place = 1
  otherwise £0.10 per week × place
"""


def test_the_order_of_people_is_a_cause_where_it_decides_and_nowhere_else() -> None:
    """Of those alike the first listed comes first: who asks why has an answer, and the shares sum."""
    ann, ben, cat = {"pay": 20}, {"pay": 20}, {"pay": 5}
    first = people(ann=ann, ben=ben, cat=cat)
    found = household(jurat.compare(book(LISTED), first, people(ben=ben, ann=ann, dan={}, cat=cat)))
    sums(found)
    assert [named(one.causes) for one in found.contributions] == [("home.dan.there",), ("order",)]
    told = jurat.compare(book(LISTED), first, people(ben=ben, ann=ann, cat=cat))
    assert "−£9.80 a week: The order in which they are listed: is another" in told.told()
    assert told.data()["causes"] == [{"kind": "order", "of": [], "input": None}]
    elsewhere = household(jurat.compare(book(LISTED), first, people(ann=ann, cat=cat, ben=ben)))
    assert elsewhere.contributions == ()


RETROSPECTIVE = """
figure rate "Rate" : £ a week
  £10.00 per week from 1 January 2008
rule help of person "Help" : £ a week
  payable by the week
  is rate
amendment march "March"
  amends regs
  made 1 March 2010
  commences 1 January 2010 retrospective
in rate for £10.00 per week substitute £11.00 per week
amendment april "April"
  amends regs
  made 1 April 2010
  commences 1 February 2009 retrospective
in rate for £10.00 per week substitute £20.00 per week
  commences 1 February 2009 until 31 December 2009 retrospective
in rate for £11.00 per week substitute £21.00 per week
  commences 1 January 2010 retrospective
"""


def test_a_change_that_was_over_before_the_day_is_no_cause() -> None:
    """Made later, for a year before: of the day itself it never said anything, whatever had been made by then."""
    known = [date(2010, 2, 1), date(2010, 6, 1)]
    found = household(jurat.compare(book(RETROSPECTIVE), people(ann={}), on=date(2010, 2, 1), known=known))
    sums(found)
    assert [(difference(next(iter(one.moves.values()))), named(one.causes)) for one in found.contributions] == [
        ("£1.00 a week", ("march", "rate")),
        ("£10.00 a week", ("april", "rate")),
    ]
