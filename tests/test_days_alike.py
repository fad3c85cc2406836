"""Days that differ in nothing but themselves are told once: refusals, assumptions, and the working of whole months."""

from __future__ import annotations

import jurat
from tests.books import ask, book, household, words

MONTH = """
input rent of household "Rent" : £ a week
  range £0 per week to £1,000 per week
input capital of household "Capital" : £
  default £0
  range £0 to £1,000,000
rule needy of household "Is needy" : yes/no
  is rent > £100 per week and capital < £10,000
rule all_the_month of household "Is needy all the month" : yes/no
  is needy on every day in the month of assessment_date
"""


def test_what_is_wanted_on_every_day_is_said_once() -> None:
    """One reason for the month, one working, one fact that is missing."""
    printed = jurat.explain(ask(book(MONTH), household({}), "all_the_month"))
    assert printed.count("is not given, and the rules state no default.") == 1
    assert "Rent of home on 1 to 31 October 2010 is not given" in printed
    assert printed.count("Is needy (home): refused\n") == 1
    assert (
        "Is needy” on every day in the month of the day of the award\n     all of: 1 to 31 October 2010: refused: refused"
        in printed
    )
    assert printed.count("Capital (home): £0.00 [assumed]") == 1
    assert printed.count("£0.00: Capital (home, on") == 1


def test_days_between_which_something_is_known_are_told_apart() -> None:
    case = household({}, rent=[{"value": "150", "from": "2010-10-10", "until": "2010-10-12"}])
    printed = jurat.explain(ask(book(MONTH), case, "all_the_month"))
    assert "Rent of home on 1 to 9 October 2010 is not given" in printed
    assert "Rent of home on 13 to 31 October 2010 is not given" in printed


def test_two_facts_that_are_wanted_on_the_same_days() -> None:
    """Their reasons come day by day; each is said once all the same."""
    rules = book(MONTH.replace("  default £0\n", ""))
    printed = jurat.explain(ask(rules, household({}), "all_the_month"))
    assert "Rent of home on 1 to 31 October 2010 is not given" in printed
    assert "Capital of home on 1 to 31 October 2010 is not given" in printed


def test_a_condition_of_other_days_that_guards_a_division() -> None:
    """What the guard says is not followed; the division is checked as any other."""
    rules = """
input temperature of everyone "Temperature" : number
  range -50 to 50
input homes of household "Homes" : whole number
  range 1 to 50
rule frost of everyone "Frost" : yes/no
  is (temperature < 0) on any day in the 7 days before assessment_date
instrument an_order "Order"
  made 1 January 2000
  commences 1 January 2000
  short months: last day
rule share of household "Share" : £
  is £100 ÷ homes, rounded to the nearest 1p when frost
  otherwise £0
"""
    case = household({}, homes=3) | {"temperature": -1}
    assert words(book(rules), case, "share") == "£33.33"


def test_an_end_of_a_year_to_which_months_are_added() -> None:
    """In brackets, or the months would be read with the day from which the year is found."""
    rules = """
instrument an_order "Order"
  made 1 January 2000
  commences 1 January 2000
  short months: last day
rule spring of everyone "Spring" : date
  is first day of the year of assessment_date + 2 months
"""
    printed = jurat.explain(ask(book(rules), household({}), "spring"))
    assert "(the first day of the year of the day of the award) + 2 months" in printed
