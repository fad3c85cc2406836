"""Exactness, percentages, divisors and `prevails over`, judged by value and by day (S6, S13 to S15, S20, S33)."""

from __future__ import annotations

from datetime import date

import pytest

import jurat
from tests.books import ask, book, household, problem_codes, words

INPUTS = """
input balance of person "Balance" : £
input factor of person "Factor" : number
input pay of person "Pay" : £ a week
input shares of person "Shares" : whole number
figure rate "Rate" : %
  16.5% from 1 October 2009
"""


@pytest.mark.parametrize(
    ("type_", "formula", "facts", "expected"),
    [
        ("%", "pay ÷ £400 per week", {"pay": "100"}, "25%"),
        ("%", "rate × 2", {}, "33%"),
        ("%", "lower of (rate, 10%)", {}, "10%"),
        ("%", "shares ÷ 8, but not more than 50%", {"shares": 5}, "50%"),
        ("number", "factor ÷ lower of (4, 8)", {"factor": "1"}, "0.25"),
        ("number", "factor ÷ (rate × 100, but not less than 20)", {"factor": "1"}, "0.05"),
        ("number", "factor ÷ (2 for each complete £250 of £612)", {"factor": "1"}, "0.25"),
        ("£", "£1 ÷ 3 + £2 ÷ 3", {}, "£1.00"),
    ],
)
def test_s6_s14_shares_and_constants(type_: str, formula: str, facts: dict[str, object], expected: str) -> None:
    """What is a percentage, and what is the same for every household however it is made."""
    rules = book(f'{INPUTS}rule answer of person "Answer" : {type_} is {formula}')
    assert words(rules, household(facts), "answer") == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('rule x of person "X" : number is factor ÷ (lower of (0, 8))', "division-by-zero"),
        ('rule x of person "X" : % is lower of (16.5, rate)', "wrong-type"),
        ('rule x of person "X" : % is factor', "wrong-type"),
        ('rule x of person "X" : % is rate + 1', "wrong-type"),
        ('rule x of person "X" : % is factor × 2', "wrong-type"),
        (
            'rule x of person "X" : £ is balance × 0.5, rounded to the nearest 1p, but not less than balance ÷ 8',
            "unrounded-money",
        ),
        ('figure x "X" : £ £1 ÷ 8 from 1 January 2000', "unrounded-money"),
        ('figure x "X" : £ £1 ÷ 3 from 1 January 2000', "must-round"),
    ],
)
def test_s6_s20_what_is_not_exact_or_no_share(text: str, code: str) -> None:
    """Is refused when the book is read."""
    assert problem_codes(INPUTS + text) == [code]


def test_an_amount_below_zero_is_told_as_one() -> None:
    """`0 - 5` is how it is written; the explanation says −5, and a unit that differs is still a mistake."""
    rules = book('input index of person "Index" : number\nrule cold of person "Cold" : yes/no is index < 0 - 5')
    assert "Index is less than −5\n" in jurat.explain(ask(rules, household({"index": -6}), "cold"))
    assert problem_codes('input pay of person "Pay" : £\nrule smaller of person "Smaller" : £ is pay + (£0 - 5)') == [
        "units-differ"
    ]


def test_s20_a_figure_is_judged_by_its_value() -> None:
    """Whole pennies need no rounding, whatever was divided on the way to them."""
    rules = book("""
        figure yearly "A year" : £ a year
          £2,600 per year from 1 January 2000
        figure weekly "A week" : £ a week
          yearly ÷ 52 weeks per year from 1 January 2000
        figure half "Half of it" : £ a week
          weekly × 0.125 × 4 from 1 January 2000
        rule answer of household "Answer" : £ a week is weekly + half""")
    assert words(rules, household(), "answer") == "£75.00 a week"


def test_s20_a_rounding_to_parts_of_a_penny_says_that_they_count() -> None:
    """A limit after it that is no finer is fine."""
    rules = book(
        'input balance of person "Balance" : £\nrule answer of person "Answer" : £ is balance × 0.0125, rounded to the nearest 0.1p, but not less than £0.005'
    )
    assert words(rules, household({"balance": "1"}), "answer") == "£0.013"


SEASONAL = """
input carer of person "Carer" : yes/no
input ill of person "Ill" : yes/no
rule benefit of person "Benefit" : £
  is £10
  except unwell: £5 when ill
    from 1 January 2010 until 30 June 2010
  except caring: £7 when carer prevails over unwell
"""


@pytest.mark.parametrize(("on", "expected"), [(date(2010, 6, 30), "£7.00"), (date(2010, 7, 1), "£7.00")])
def test_s33_prevailing_over_what_is_in_force_for_a_time(on: date, expected: str) -> None:
    """It needs a day on which both are; on the others it has no effect."""
    assert words(book(SEASONAL), household({"carer": True, "ill": True}), "benefit", on=on) == expected


def test_s33_prevailing_over_what_is_never_in_force_beside_it() -> None:
    """Is a mistake: the names are those of two versions, or their days never meet."""
    text = SEASONAL.replace("£7 when carer prevails over unwell", "£7 when carer prevails over unwell from 1 July 2010")
    assert set(problem_codes(text)) == {"unknown-exception"}


SHARED = """
input pay of person "Pay" : £ a week
input shares of person "Shares" : whole number
  range 0 to 9
input helpers of person "Helpers" : whole number
  default 0
rule split_among of person "Split among" : whole number
  range 0 to 20
  is shares + helpers
rule portion of person "Part" : £ a week
  is {formula}
"""


@pytest.mark.parametrize(
    ("formula", "warned"),
    [
        ("pay ÷ shares, rounded to the nearest 1p", True),
        ("pay ÷ helpers, rounded to the nearest 1p", True),
        ("pay ÷ split_among, rounded to the nearest 1p", True),
        ("pay ÷ (2 × shares), rounded to the nearest 1p", True),
        ("£0 per week when shares > 3 otherwise pay ÷ shares, rounded to the nearest 1p", True),
        ("£0 per week when shares = 0 otherwise pay ÷ shares, rounded to the nearest 1p", False),
        ("pay ÷ shares, rounded to the nearest 1p when shares >= 1 otherwise £0 per week", False),
        ("pay ÷ shares, rounded to the nearest 1p except none_held: £0 per week when shares < 1", False),
        ("£0 per week when split_among = 0 otherwise pay ÷ split_among, rounded to the nearest 1p", False),
    ],
)
def test_s15_a_divisor_that_the_rules_say_may_be_zero(formula: str, warned: bool) -> None:
    """Is warned of at load, but not where the conditions of its case keep 0 out."""
    codes = [code for code in problem_codes(SHARED.format(formula=formula)) if code != "rounding-below-zero"]
    assert codes == ["may-divide-by-zero"] * warned
