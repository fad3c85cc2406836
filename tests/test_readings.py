"""Other readings of a clause, law that has no term, what an example supposes, and checks that stand (S64, S65)."""

from __future__ import annotations

import pytest

import jurat
from engine.values import Refusal
from grammar.problems import errors
from jurat.rulebook import Rules
from tests.books import book, household, problem_codes

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


def answered(rules: Rules, *readings: str) -> str:
    value = jurat.assess(rules, EVEN | {"on": "2010-10-01"}, of=["earns_more"], readings=readings).value("earns_more")
    return f"refused: {value.reasons[0].kind}" if isinstance(value, Refusal) else value.words()


def test_a_reading_is_taken_only_when_it_is_chosen() -> None:
    """The rule's own words count, until another reading is named; its exceptions stay."""
    rules = book(TWO_READINGS)
    assert answered(rules) == "no"
    assert answered(rules, "equal_counts") == "yes"
    poor = household({"pay": "0.50", "cost": "0.50"}) | {"on": "2010-10-01"}
    assert jurat.assess(rules, poor, of=["earns_more"], readings=["equal_counts"]).value("earns_more").words() == "no"  # type: ignore[union-attr]


def test_the_explanation_says_which_readings_there_are() -> None:
    """Taken or not, with the name by which each is chosen."""
    rules = book(TWO_READINGS)
    text = " ".join(
        jurat.explain(jurat.assess(rules, EVEN | {"on": "2010-10-01"}, of=["earns_more"], readings=["equal_counts"])).split()
    )
    assert "taken: Earnings that exactly equal the cost count as more (--reading equal_counts)" in text
    assert "not taken: Only whole pounds are compared (--reading in_pounds)" in text


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


def test_readings_of_one_rule() -> None:
    """Two readings of one rule cannot both be taken."""
    answer = jurat.assess(
        book(TWO_READINGS), EVEN | {"on": "2010-10-01"}, of=["earns_more"], readings=["equal_counts", "in_pounds"]
    )
    assert [problem.code for problem in errors(answer.problems)] == ["readings-of-one-rule"]


def test_a_mistake_in_a_reading_is_found_though_nobody_chose_it() -> None:
    """Both readings can be run, so both are checked."""
    assert problem_codes(TWO_READINGS.replace("is pay >= cost", "is pay >= costs")) == ["unknown-name"]


AFFECTED = """
instrument an_order "Order" made 1 January 2010 commences 1 January 2010
input abroad of household "Is abroad" : yes/no
input rent of household "Rent" : £ a week
rule award of household "Award" : £ a week
  payable by the week
  is £10 per week + rent
provision "Article 8" not encoded "absences are not written here" affecting award when abroad
provision "Article 9" discretionary "the Minister" affecting award when rent > £500 per week from 1 January 2011
provision "Article 10" discretionary "the Minister" note "Nothing turns on it here."
"""


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ({"abroad": "no", "rent": 5}, "2010-10-01", "£15.00 a week"),
        ({"abroad": "yes", "rent": 5}, "2010-10-01", "refused: not encoded"),
        ({"abroad": "yes"}, "2010-10-01", "refused: not encoded"),  # the value itself is not needed
        ({"rent": 5}, "2010-10-01", "refused: missing fact"),
        ({"abroad": "no", "rent": 501}, "2010-10-01", "£511.00 a week"),
        ({"abroad": "no", "rent": 501}, "2011-01-01", "refused: discretionary"),
        ({"abroad": "yes", "rent": 501}, "2011-01-01", "refused: not encoded, discretionary"),
    ],
)
def test_s65_a_provision_without_a_term_refuses_whom_it_touches(facts: dict[str, object], on: str, expected: str) -> None:
    """And nobody else."""
    case = {"version": 1, "on": on, "household": {"home": facts}}
    value = jurat.assess(book(AFFECTED), case).value("award")
    shown = f"refused: {', '.join(r.kind for r in value.reasons)}" if isinstance(value, Refusal) else value.words()
    assert shown == expected


def test_s65_is_explained() -> None:
    """That it does not touch the case, or that it does, with its place in the law."""
    rules = book(AFFECTED)
    spared = jurat.explain(
        jurat.assess(rules, {"version": 1, "on": "2010-10-01", "household": {"home": {"abroad": "no", "rent": 5}}})
    )
    assert "Not: Refused: not encoded (Order, Article 8)" in spared
    touched = jurat.explain(jurat.assess(rules, {"version": 1, "on": "2010-10-01", "household": {"home": {"abroad": "yes"}}}))
    assert "Award depends here on Order, Article 8, which is not encoded: absences are not written here." in touched


SUPPOSED = """
input born of person "Born" : date
input pay of person "Pay" : £ a week
figure rate "Rate" : %
  12% from 1 January 2000
rule age of person "Age" : whole number is days from born to assessment_date × 0 + 40, rounded down to 1
rule disregard of person "Disregard" : £ a week
  is rate × pay, rounded to the nearest 1p when age >= 18
  otherwise £0 per week
example "Supposed" on 1 October 2010
  given household home
  given person anna of home
  suppose age of anna is {age}
  suppose pay of anna is £100 per week
  suppose rate is 10%
  expect
    disregard of anna is {disregard}
"""


@pytest.mark.parametrize(("age", "disregard", "codes"), [
    (18, "£10 per week", []),
    (17, "£0 per week", []),
    (17, "£10 per week", ["example-differs"]),
    ("£5", "£0 per week", ["example-names"]),
])  # fmt: skip
def test_an_example_may_suppose_what_would_be_worked_out(age: object, disregard: str, codes: list[str]) -> None:
    """A rule's value, a fact, a figure: below it nothing is needed."""
    text = SUPPOSED.replace(
        "is days from born to assessment_date × 0 + 40, rounded down to 1", "is years from born to assessment_date"
    )
    head = 'instrument an_order "Order" made 1 January 2000 commences 1 January 2000 short months: last day\n'
    assert problem_codes(head + text.format(age=age, disregard=disregard)) == codes


def test_standing_checks_hold_for_the_figures_of_their_instrument() -> None:
    """On every day; those of another instrument, and those excepted, are left alone."""
    text = """
        instrument first_order "One" made 1 January 2000 commences 1 January 2000
        every figure in £ a week is a multiple of 7p {excepted}
        figure rate_one "First" : £ a week
          £7 per week from 1 January 2000
          £7.01 per week from 1 January 2005
        instrument second_order "Two" made 1 January 2000 commences 1 January 2000
        figure rate_two "Second" : £ a week
          £1.01 per week from 1 January 2000"""
    assert problem_codes(text.format(excepted="")) == ["not-a-multiple"]
    assert problem_codes(text.format(excepted="from 1 January 2000 until 31 December 2004")) == []
    assert problem_codes(text.format(excepted="except rate_one")) == []
    assert problem_codes(text.format(excepted="except rate_on")) == ["unknown-name", "not-a-multiple"]
