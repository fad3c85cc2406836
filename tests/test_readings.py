"""Other readings of a rule: what an explanation says of them, and what choosing one does to the digests (S59)."""

from __future__ import annotations

import jurat
from tests.books import book, household

TWO_READINGS = """
input pay of person "Pay" : £ a week
input cost of person "Cost" : £ a week
rule earns_more of person "Earns more than the cost" : yes/no
  is pay > cost
  except poor: no when pay < £1 per week
  reading equal_counts "Earnings that exactly equal the cost count as more"
    is pay >= cost
  reading in_pounds "Only whole pounds are compared"
    is pay - £1 per week >= cost when pay > £100 per week
    otherwise pay > cost
"""
EVEN = household({"pay": 50, "cost": 50})


def test_the_explanation_says_which_readings_there_are() -> None:
    """Taken or not, with the name by which each is chosen."""
    rules = book(TWO_READINGS)
    text = " ".join(
        jurat.explain(jurat.assess(rules, EVEN | {"on": "2010-10-01"}, of=["earns_more"], readings=["equal_counts"])).split()
    )
    assert "taken: Earnings that exactly equal the cost count as more (--reading equal_counts)" in text
    assert "not taken: Only whole pounds are compared. With it: no (--reading in_pounds)" in text


def test_a_reading_changes_both_digests_when_it_is_chosen_and_none_when_it_is_not() -> None:
    """S59: readings that are not chosen are out."""
    day = jurat.assess(book(TWO_READINGS), EVEN | {"on": "2010-10-01"}, of=["earns_more"])
    without = TWO_READINGS.split("  reading")[0]
    plain = jurat.assess(book(without), EVEN | {"on": "2010-10-01"}, of=["earns_more"])
    chosen = jurat.assess(book(TWO_READINGS), EVEN | {"on": "2010-10-01"}, of=["earns_more"], readings=["equal_counts"])
    effects = [answer.assessment.graph.effect for answer in (day, plain, chosen) if answer.assessment]
    assert effects[0] == effects[1] != effects[2]


def test_unknown_reading() -> None:
    """No rule has one of that name: the closest is offered."""
    [problem] = jurat.assess(book(TWO_READINGS), EVEN | {"on": "2010-10-01"}, readings=["equal_count"]).problems
    assert (problem.code, problem.fix) == ("unknown-reading", "Write `equal_counts`.")
