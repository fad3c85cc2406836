"""Days worked out from days (S8, S27)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jurat
from tests.books import ask, book, household, words

HEAD = """instrument an_order "Order" made 1 January 2000 commences 1 January 2000 {said}
input start of person "Start" : date
input end of person "End" : date
figure weeks_allowed "Weeks allowed" : weeks
  13 weeks from 1 January 2000
"""


@pytest.mark.parametrize(
    ("type_", "formula", "facts", "expected"),
    [
        ("date", "start + 13 weeks", {"start": "2010-01-04"}, "5 April 2010"),
        ("date", "start + weeks_allowed - 1 day", {"start": "2010-01-04"}, "4 April 2010"),
        ("date", "start + 1 month", {"start": "2010-01-31"}, "28 February 2010"),
        ("date", "start - 1 year", {"start": "2012-02-29"}, "28 February 2011"),
        ("date", "start + 1 month + 1 day", {"start": "2010-01-31"}, "1 March 2010"),
        ("date", "start + years from start to end", {"start": "1980-05-03", "end": "2010-05-02"}, "3 May 2009"),
        ("date", "start + 400 years", {"start": "1980-05-03"}, "refused: out of range"),
        ("date", "start + 99999999999 days", {"start": "1980-05-03"}, "refused: out of range"),
        ("date", "earlier of (start, end)", {"start": "2010-01-01", "end": "2009-01-01"}, "1 January 2009"),
        ("date", "later of (start + 1 year, end)", {"start": "2010-01-01", "end": "2009-01-01"}, "1 January 2011"),
        ("date", "earliest of start over person", {}, "refused: missing fact"),
        ("yes/no", "end is within 13 weeks beginning with start", {"start": "2010-01-04", "end": "2010-01-04"}, "yes"),
        ("yes/no", "end is within 13 weeks beginning with start", {"start": "2010-01-04", "end": "2010-04-04"}, "yes"),
        ("yes/no", "end is within 13 weeks beginning with start", {"start": "2010-01-04", "end": "2010-04-05"}, "no"),
        ("yes/no", "end is within weeks_allowed beginning with start", {"start": "2010-01-04", "end": "2010-01-03"}, "no"),
        ("yes/no", "end is not within 13 weeks beginning with start", {"start": "2010-01-04", "end": "2010-01-03"}, "yes"),
        ("yes/no", "end is within 1 month beginning with start", {"start": "2010-01-31", "end": "2010-02-28"}, "no"),
        ("yes/no", "end is within 13 weeks beginning with start", {"start": "2010-01-04"}, "refused: missing fact"),
    ],
)  # fmt: skip
def test_s8_days(type_: str, formula: str, facts: dict[str, object], expected: str) -> None:
    """Of a person, or of their household."""
    over = "over person" in formula
    rules = book(
        f'{HEAD.format(said="short months: last day")}rule answer of {"household" if over else "person"} "A" : {type_} is {formula}'
    )
    assert words(rules, household(facts), "answer") == expected


@pytest.mark.parametrize(("said", "expected"), [("last day", "28 February 2010"), ("next month", "1 March 2010"), ("", "refused: month end")])  # fmt: skip
def test_s27_a_month_that_lacks_the_day(said: str, expected: str) -> None:
    """As the instrument says; where it says nothing, such a day is refused, and no other."""
    clause = f"short months: {said}" if said else ""
    rules = book(HEAD.format(said=clause) + 'rule answer of person "A" : date is start + 1 month')
    assert words(rules, household({"start": "2010-01-31"}), "answer") == expected
    assert words(rules, household({"start": "2010-01-28"}), "answer") == "28 February 2010"


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 500), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_within_is_between_the_first_day_and_the_last(start: date, weeks: int, day: date) -> None:
    """As it would be written out."""
    rules = _WITHIN
    expected = start <= day <= start + timedelta(days=7 * weeks - 1)
    case = household({"start": start.isoformat(), "end": day.isoformat(), "weeks_given": weeks})
    assert words(rules, case, "answer") == ("yes" if expected else "no")


_WITHIN = book(
    HEAD.format(said="")
    + 'input weeks_given of person "Count" : weeks\nrule full_weeks of person "Full weeks" : weeks is weeks_given, rounded down to 1 week\n'
    + 'rule answer of person "A" : yes/no is end is within full_weeks beginning with start'
)


def test_limbs_are_told_one_by_one() -> None:
    """Each limb with its letter, in words and in figures."""
    rules = book("""
        input age of person "Age" : whole number
        input works of person "Works" : yes/no
        input ill of person "Is ill" : yes/no
        rule answer of person "Answer" : yes/no
          is all of
            (a) cite "Article 3(1)(a)": age >= 16
            (b) cite "Article 3(1)(b)": (any of (i) works (ii) ill)""")
    for facts, expected in [
        ({"age": 16, "works": False, "ill": True}, "yes"),
        ({"age": 15, "works": True, "ill": True}, "no"),
        ({"age": 15}, "no"),
        ({"age": 16, "works": True}, "yes"),
        ({"age": 16, "works": False}, "refused: missing fact"),
    ]:
        assert words(rules, household(facts), "answer") == expected


def test_limbs_are_explained_with_their_place_in_the_law() -> None:
    """One line a limb, with what decided it; a limb inside a limb on the same line."""
    rules = book("""
        input age of person "Age" : whole number
        input works of person "Works" : yes/no
        input ill of person "Is ill" : yes/no
        rule answer of person "Answer" : yes/no
          is all of
            (a) cite "Article 3(1)(a)": age >= 16
            (b) cite "Article 3(1)(b)": (any of (i) works (ii) ill)""")
    text = jurat.explain(ask(rules, household({"age": 15, "works": False, "ill": True}), "answer"))
    assert "     (a) Age is at least 16: 15 is at least 16: no (Article 3(1)(a))\n" in text
    assert "     (b) (i) “Works”: no; (ii) “Is ill”: yes; Any of these: yes (Article 3(1)(b))\n" in text
    assert "     All of these: no\n" in text
