"""What each phrase means, rule by rule of docs/semantics.md: a formula, the facts, and the value that it has."""

from __future__ import annotations

from datetime import date

import pytest

import jurat
from engine.assessment import Step
from engine.values import Refusal
from tests.books import ask, book, household, problem_codes, words

INPUTS = """
input pay of person "Pay" : £ a week
input wage of person "Wage" : £ an hour
input hours_worked of person "Hours" : hours a week
input rent of person "Rent" : £ a month
input shares of person "Shares" : whole number
input factor of person "Factor" : number
input balance of person "Balance" : £
input born of person "Born" : date
input works of person "Works" : yes/no
input ill of person "Ill" : yes/no
choice tenure_type : owner, tenant, lodger
input tenure of person "Tenure" : tenure_type
figure rate "Rate" : %
  16.5% from 1 October 2009
figure weeks_a_year "Weeks" : weeks a year
  52 weeks per year from 1 October 2009
"""

FORMULAS = [
    # S2 to S7: units
    ("S3 hours times wage", "£ a week", "wage × hours_worked, rounded to the nearest 1p", {"wage": "7", "hours_worked": 35}, "£245.00 a week"),
    ("S3 months to weeks", "£ a week", "rent × 12 months per year ÷ 52 weeks per year, rounded to the nearest 1p", {"rent": "620"}, "£143.08 a week"),
    ("S3 a unit that vanishes", "number", "pay ÷ £4 per week", {"pay": "10"}, "2.5"),
    ("S6 percent of money", "£ a week", "12% × pay, rounded to the nearest 1p", {"pay": "245"}, "£29.40 a week"),
    ("S6 percent and number", "number", "1 + 3.1%", {}, "1.031"),
    ("S6 percent and percent", "%", "3% + 0.1%", {}, "3.1%"),
    ("S6 percent of percent", "%", "50% × 50%", {}, "25%"),
    ("S7 whole where a number is wanted", "number", "shares", {"shares": 3}, "3"),
    # S13 to S15: exactness
    ("S13 nothing is lost", "number", "factor × 0.001 + 0.0001", {"factor": "0.0003"}, "0.0001003"),
    ("S14 division by a constant, chained", "£ a week", "pay ÷ 4 ÷ 13, rounded to the nearest 1p", {"pay": "620"}, "£11.92 a week"),
    ("S14 division by a figure", "£", "pay ÷ 1 ÷ 1 × 1 year ÷ 1 year × 1 week, rounded to the nearest 1p", {"pay": "5"}, "£5.00"),
    ("S14 division by the lower of constants", "£", "balance ÷ lower of (4, 8) + £1, rounded to the nearest 1p", {"balance": "5"}, "£2.25"),
    ("S14 division by a limited constant", "£", "balance ÷ (9, but not more than 5, but not less than 4) + £1, rounded to the nearest 1p", {"balance": "5"}, "£2.00"),
    ("S14 division by a constant so many times over", "£", "balance ÷ (2 for each complete £3 of £7) + £1, rounded to the nearest 1p", {"balance": "5"}, "£2.25"),
    ("S14 third and back", "number", "shares ÷ 3 × 3, rounded to the nearest 0.1", {"shares": 7}, "7"),
    ("S15 division by what varies", "£ a week", "pay ÷ shares, rounded to the nearest 1p", {"pay": "10", "shares": 3}, "£3.33 a week"),
    ("S15 by a negative", "£ a week", "pay ÷ shares, rounded to the nearest 1p", {"pay": "10", "shares": -3}, "−£3.33 a week"),
    ("S15 division by nothing", "£ a week", "pay ÷ shares, rounded to the nearest 1p", {"pay": "10", "shares": 0}, "refused: division by zero"),
    # S16 to S18: limits and rounding
    ("S16 floor before rounding", "£", "balance - £10, but not less than £0.03, rounded up to 7p", {"balance": "1"}, "£0.07"),
    ("S16 rounding before floor", "£", "balance - £10, rounded up to 7p, but not less than £0.03", {"balance": "1"}, "£0.03"),
    ("S16 ceiling", "£", "balance × 2, but not more than £15", {"balance": "10"}, "£15.00"),
    ("S17 half away from zero", "£", "balance × 0.5, rounded to the nearest 1p", {"balance": "0.01"}, "£0.01"),
    ("S17 half away from zero, below", "£", "balance × 0.5, rounded to the nearest 1p", {"balance": "-0.01"}, "−£0.01"),
    ("S17 half even, down", "£", "balance × 0.5, rounded to the nearest 1p half even", {"balance": "0.01"}, "£0.00"),
    ("S17 half even, up", "£", "balance × 0.5, rounded to the nearest 1p half even", {"balance": "0.03"}, "£0.02"),
    ("S17 up is towards more", "£", "balance, rounded up to £1", {"balance": "-1.20"}, "−£1.00"),
    ("S17 down is towards less", "£", "balance, rounded down to £1", {"balance": "-1.20"}, "−£2.00"),
    ("S17 a multiple of 7p", "£ a week", "103.1% × pay, rounded to the nearest 7p", {"pay": "62.09"}, "£63.98 a week"),
    ("S17 up to a multiple of 7p", "£ a week", "pay, rounded up to a multiple of 7p", {"pay": "0.08"}, "£0.14 a week"),
    # lower, higher, each
    ("lower of three", "£ a week", "lower of (pay, £3 per week, £2 per week)", {"pay": "5"}, "£2.00 a week"),
    ("higher of two", "£ a week", "higher of (pay - £10 per week, £0 per week)", {"pay": "5"}, "£0.00 a week"),
    ("S28 complete amounts only", "£ a week", "£1 per week for each complete £250 of balance", {"balance": "749.99"}, "£2.00 a week"),
    ("S28 a part counts", "£ a week", "£1 per week for each £250 or part of it of balance", {"balance": "500.01"}, "£3.00 a week"),
    ("S28 below zero", "£ a week", "£1 per week for each complete £250 of balance", {"balance": "-1"}, "refused: below zero"),
    # S9, S11, S12: conditions
    ("S9 amounts", "yes/no", "pay >= £100 per week", {"pay": "100"}, "yes"),
    ("S9 not equal", "yes/no", "pay ≠ £100 per week", {"pay": "100"}, "no"),
    ("S9 mixed scales", "yes/no", "balance > £99.9999", {"balance": "100"}, "yes"),
    ("S9 dates", "yes/no", "born < 1 October 1980", {"born": "1980-09-30"}, "yes"),
    ("S9 choices", "yes/no", "tenure is one of (owner, tenant)", {"tenure": "lodger"}, "no"),
    ("S9 is not", "yes/no", "tenure is not lodger", {"tenure": "owner"}, "yes"),
    ("S9 yes and no", "yes/no", "works is no", {"works": "no"}, "yes"),
    ("S12 not binds the comparison", "yes/no", "not pay > £1 per week and works", {"pay": "1", "works": True}, "yes"),
    ("S12 and before or", "yes/no", "works or ill and pay > £1 per week", {"works": True, "ill": False, "pay": "0"}, "yes"),
    # S5, S26, S27: elapsed time
    ("S5 years as a whole number", "whole number", "years from born to assessment_date", {"born": "1980-10-02"}, "29"),
    ("S26 months", "months", "months from born to assessment_date", {"born": "2010-07-02"}, "2 months"),
    ("S26 weeks", "weeks", "weeks from born to assessment_date", {"born": "2010-09-17"}, "2 weeks"),
    ("S26 days, backwards", "days", "days from assessment_date to born", {"born": "2010-09-30"}, "−1 day"),
    ("S26 backwards is minus forwards", "years", "years from assessment_date to born", {"born": "1980-10-02"}, "−29 years"),
    # S30, S37: alternatives
    ("S30 the first that holds", "£", "£1 when pay > £5 per week otherwise £2 when pay > £3 per week otherwise £3", {"pay": "4"}, "£2.00"),
    ("S30 otherwise", "£", "£1 when pay > £5 per week otherwise £3", {"pay": "4"}, "£3.00"),
    ("S37 a case not reached needs nothing", "£", "£1 when works otherwise balance", {"works": True}, "£1.00"),
    ("S37 a later condition is not needed", "£", "£1 when works otherwise £2 when ill otherwise £3", {"works": True}, "£1.00"),
    ("S37 an earlier condition is", "£", "£1 when works otherwise £2", {}, "refused: missing fact"),
    ("S37 no beside a refusal is no", "yes/no", "works and ill", {"works": False}, "no"),
    ("S37 yes beside a refusal is yes", "yes/no", "ill or works", {"works": True}, "yes"),
    ("S37 nothing times a refusal is refused", "£ a week", "0 × pay", {}, "refused: missing fact"),
    ("S38 all reasons at once", "number", "factor + shares", {}, "refused: missing fact, missing fact"),
    ("S36 unknown law", "£", "not encoded \"not found\"", {}, "refused: not encoded"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "formula", "facts", "expected"), [case[1:] for case in FORMULAS], ids=[case[0] for case in FORMULAS])  # fmt: skip
def test_formula(type_: str, formula: str, facts: dict[str, object], expected: str) -> None:
    """The value of one formula."""
    rules = book(f'{INPUTS}rule answer of person "Answer" : {type_}\n  is {formula}\n')
    assert words(rules, household(facts), "answer") == expected


@pytest.mark.parametrize(("clause", "expected"), [("last day", "1"), ("next month", "0"), ("", "refused: month end")])
def test_s27_the_twenty_ninth_of_february(clause: str, expected: str) -> None:
    """Born on it, on 28 February of a year without: as the instrument says; unsaid, refused on that day only."""
    said = f"short months: {clause}" if clause else ""
    rules = book(f"""
        instrument an_order "Order" made 1 January 2000 commences 1 January 2000 {said}
        input born of person "Born" : date
        rule age of person "Age" : whole number is years from born to assessment_date""")
    case = household({"born": "2008-02-29"})
    answers = [jurat.assess(rules, case, on=day, of=["age"]).value("age") for day in (date(2009, 2, 28), date(2009, 3, 1))]
    first, second = answers
    shown = "refused: " + first.reasons[0].kind if isinstance(first, Refusal) else first.words()
    assert shown == expected
    assert not isinstance(second, Refusal)
    assert second.words() == "1"


GROUPS = """
input age of person "Age" : whole number
input pay of person "Pay" : £ a week
  default £0 per week
input paid of person "Is paid" : yes/no
group adults of household "Adults" : person where (age >= 16)
"""
FAMILY = household({"age": 40, "pay": "100"}, {"age": 38, "pay": "50.50"}, {"age": 5})


@pytest.mark.parametrize(
    ("type_", "formula", "expected"),
    [
        ("£ a week", "sum of pay over adults", "£150.50 a week"),
        ("£ a week", "sum of (pay × 2) over adults where (age > 39)", "£200.00 a week"),
        ("whole number", "count of adults", "2"),
        ("whole number", "count of person", "3"),
        ("whole number", "count of person where (age < 16)", "1"),
        ("£ a week", "highest of pay over adults", "£100.00 a week"),
        ("whole number", "lowest of age over person", "5"),
        ("£ a week", "highest of pay over person where (age > 90)", "refused: nobody"),
        ("£ a week", "sum of pay over person where (age > 90)", "£0.00 a week"),
        ("whole number", "count of person where (age > 90)", "0"),
        ("yes/no", "any of person meet (age > 90)", "no"),
        ("yes/no", "any of person where (age > 90) meet (age > 1)", "no"),
        ("yes/no", "all of person where (age > 90) meet (age < 1)", "yes"),
        ("yes/no", "none of person where (age > 90) meet (age > 1)", "yes"),
        ("yes/no", "all of adults meet (age > 30)", "yes"),
        ("yes/no", "all of person meet (age > 30)", "no"),
        ("£ a week", "£10 per week × count of adults", "£20.00 a week"),
    ],
    ids=str,
)
def test_s22_s23_groups(type_: str, formula: str, expected: str) -> None:
    """What is said of the members of a group, and of an empty one."""
    rules = book(f'{GROUPS}rule answer of household "Answer" : {type_} is {formula}')
    assert words(rules, FAMILY, "answer") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("any of person meet paid", "yes"),  # one is known to be, whatever of the others
        ("all of person meet paid", "no"),
        ("none of person meet paid", "no"),
        ("any of person where (age > 39) meet paid", "yes"),
        ("all of person where (age < 10) meet paid", "refused: missing fact"),
        ("any of person where (age < 10) meet paid", "refused: missing fact"),
    ],
)
def test_s37_some_members_are_unknown(formula: str, expected: str) -> None:
    """One yes decides `any`, one no decides `all`, even beside a refusal."""
    case = household({"age": 40, "paid": True}, {"age": 38, "paid": False}, {"age": 5})
    rules = book(f'{GROUPS}rule answer of household "Answer" : yes/no is {formula}')
    assert words(rules, case, "answer") == expected


def test_s36_a_group_of_whom_not_all_is_known() -> None:
    """Those known to belong are named, the doubt is a refusal, and the way to it leads through the group."""
    rules = book("""
        input age of person "Age" : whole number
        rule adult of person "Adult" : yes/no is age >= 16
        group adults of household "Adults" : person where adult
        rule answer of household "Answer" : whole number is count of adults""")
    answer = ask(rules, household({"age": 40}, {}), "answer", "adults")
    assert answer.is_refused
    assert answer.assessment is not None
    first, group = answer.assessment.answers
    value = answer.value("answer")
    assert isinstance(value, Refusal)
    assert isinstance(first, Step)
    assert isinstance(group, Step)
    assert group.members() == [("home", "a")]
    way = answer.assessment.way_to(first, value.reasons[0])
    assert [step.term.name for step in way] == ["answer", "adults", "adult"]
    assert "refused (a and perhaps others)" in jurat.explain(answer)


def test_s38_facts_that_were_set_aside_are_listed() -> None:
    """Given and not used: not needed, not in force, not yet reported, said not to be known."""
    rules = book("""
        input pay of person "Pay" : £
          default £1
        input rent of person "Rent" : £
        input age of person "Age" : whole number
          default 40
        rule answer of person "Answer" : £ is pay × age""")
    case = household({
        "pay": [{"value": 5, "from": "2009-01-01"}, {"value": 6, "from": "2010-01-01"}, {"value": 7, "from": "2010-02-01", "reported": "2011-01-01"}],
        "rent": 3,
        "age": None,
    })  # fmt: skip
    assessment = ask(rules, case, "answer", known=date(2010, 12, 1)).assessment
    assert assessment is not None
    assert [use.exact and use.exact.words() for use in assessment.facts] == ["£6.00", "40"]
    assert [(use.term.name, use.unused) for use in assessment.unused] == [
        ("age", "it is said not to be known"),
        ("pay", "it is not the one in force on the day"),
        ("pay", "it had not been reported"),
        ("rent", "no answer needs it"),
    ]


def test_s21_entities_at_any_depth() -> None:
    """A group takes all members below, at any depth, and a member reads what contains it."""
    rules = book(
        """
        entity street contains household
        entity household contains person
        entity person
        input levy of street "Levy" : £
        input pay of person "Pay" : £
        rule share of person "Share" : £ is pay + levy of street
        rule total of street "Total" : £ is sum of share over person
        rule houses of street "Houses" : whole number is count of household""",
        people=False,
    )
    case = {"version": 1, "street": {"high": {"levy": 1, "household": {
        "one": {"person": {"anna": {"pay": 10}, "ben": {"pay": 20}}}, "two": {"person": {"carl": {"pay": 30}}}, "three": {}}}}}  # fmt: skip
    answer = ask(rules, case, "total", "houses")
    assert [step.exact and step.exact.words() for step in answer.assessment.answers] == ["£63.00", "3"]  # type: ignore[union-attr]


EXCEPTIONS = """
input age of person "Age" : whole number
input carer of person "Carer" : yes/no
input ill of person "Ill" : yes/no
  default no
rule benefit of person "Benefit" : £
  is £10
  except young: £0 when age < 16
  except caring: £5 when carer {first}
  except unwell: £7 when ill {second}
"""


@pytest.mark.parametrize(
    ("first", "second", "facts", "expected"),
    [
        ("", "", {"age": 30, "carer": False}, "£10.00"),
        ("", "", {"age": 30, "carer": True}, "£5.00"),
        ("", "", {"age": 15, "carer": True}, "refused: clash"),
        ("prevails over young", "", {"age": 15, "carer": True}, "£5.00"),
        ("prevails over young", "prevails over caring", {"age": 15, "carer": True, "ill": True}, "£7.00"),
        # through one that does not hold: unwell beats caring, caring beats young
        ("prevails over young", "prevails over caring", {"age": 15, "carer": False, "ill": True}, "£7.00"),
        ("", "prevails over young", {"age": 15, "carer": True, "ill": True}, "refused: clash"),
        ("", "", {"age": 30}, "refused: missing fact"),  # every exception's condition is needed
    ],
)
def test_s31_exceptions(first: str, second: str, facts: dict[str, object], expected: str) -> None:
    """Which exception holds, which gives way, and two that disagree."""
    rules = book(EXCEPTIONS.format(first=first, second=second))
    assert words(rules, household(facts), "benefit") == expected


def test_s31_two_exceptions_that_agree() -> None:
    """The same value from two is that value."""
    text = EXCEPTIONS.replace("£5 when carer {first}", "£0 when carer").replace(" {second}", "")
    assert words(book(text), household({"age": 15, "carer": True}), "benefit") == "£0.00"


def test_s41_an_exception_ends_with_its_version() -> None:
    """A later version without it is not changed by it, on any known date."""
    rules = book("""
        input shares of person "Shares" : whole number
        rule benefit of person "Benefit" : £
          version from 1 January 2010 is £10 except none_held: £0 when shares = 1
          version from 1 January 2015 is £20""")
    for on, expected in ((date(2014, 12, 31), "£0.00"), (date(2015, 1, 1), "£20.00")):
        assert words(rules, household({"shares": 1}), "benefit", on=on) == expected


def test_s7_a_rounding_to_a_fraction_is_not_whole() -> None:
    """Nor may it be declared so."""
    text = 'input shares of person "Shares" : whole number\nrule part_held of person "Part" : whole number is shares, rounded to the nearest 0.3'
    assert problem_codes(text) == ["wrong-type"]


def test_the_brackets_of_a_divisor_are_told() -> None:
    """So that it can be redone."""
    rules = book(INPUTS + 'rule answer of person "Answer" : number is factor ÷ (2 × 4)')
    assert "1 ÷ (2 × 4) = 0.125" in jurat.explain(ask(rules, household({"factor": 1}), "answer"))


POLICY = 'instrument an_order "Order" made 1 January 2000 commences 1 January 2000 money rounded to the nearest 1p\n'


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("12.5% × pay", "£0.01"),
        ("12.5% × pay, unrounded", "£0.0125"),
        ("12.5% × pay, rounded up to 1p", "£0.02"),
        ("£1 when pay > £5 otherwise 12.5% × pay", "£0.01"),
    ],
)
def test_s19_rounding_policy(formula: str, expected: str) -> None:
    """An instrument's policy rounds what states no rounding, once, at the end."""
    rules = book(f'{POLICY}input pay of person "Pay" : £\n range £0 to £9\nrule answer of person "Answer" : £ is {formula}')
    assert words(rules, household({"pay": "0.10"}), "answer") == expected


def test_s35_a_rule_keeps_its_range() -> None:
    """A value outside the range that a rule states is refused, not cut off."""
    rules = book('input pay of person "Pay" : £\nrule answer of person "Answer" : £ range £0 to £5 is pay + £1')
    assert words(rules, household({"pay": "4"}), "answer") == "£5.00"
    assert words(rules, household({"pay": "4.01"}), "answer") == "refused: out of range"


def test_s35_explicit_null_is_missing() -> None:
    """Null takes the default where there is one, and refuses where there is none."""
    rules = book('input pay of person "Pay" : £\n default £3\ninput age of person "Age" : whole number\n'
                 'rule first of person "First" : £ is pay\nrule second of person "Second" : whole number is age')  # fmt: skip
    case = household({"pay": None, "age": None})
    assert words(rules, case, "first") == "£3.00"
    assert words(rules, case, "second") == "refused: missing fact"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('rule x of person "X" : £ a week is pay + wage', "units-differ"),
        ('rule x of person "X" : £ a week is lower of (pay, balance)', "units-differ"),
        ('rule x of person "X" : £ a week is pay, but not less than £0', "units-differ"),
        ('rule x of person "X" : £ a week is £0', "wrong-type"),
        ('rule x of person "X" : whole number is factor', "wrong-type"),
        ('rule x of person "X" : number is shares ÷ 52', "must-round"),
        ('rule x of person "X" : number is works × 2', "not-a-number"),
        ('rule x of person "X" : yes/no is pay > £5 per week > £3 per week', "unexpected-word"),
        ('rule x of person "X" : £ is £1 when works, rounded up to £5', "limit-after-when"),
    ],
    ids=str,
)
def test_what_is_refused_when_the_book_is_loaded(wrong: str, code: str) -> None:
    """Before any household is seen."""
    assert problem_codes(INPUTS + wrong) == [code]


def test_an_amount_below_zero_is_told_as_one() -> None:
    """`0 - 5` is how it is written; the explanation says −5, and a unit that differs is still a mistake."""
    rules = book('input index of person "Index" : number\nrule cold of person "Cold" : yes/no is index < 0 - 5')
    assert "Index is less than −5\n" in jurat.explain(ask(rules, household({"index": -6}), "cold"))
    assert problem_codes('input pay of person "Pay" : £\nrule smaller of person "Smaller" : £ is pay + (£0 - 5)') == [
        "units-differ"
    ]
