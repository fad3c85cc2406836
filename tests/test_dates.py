"""Days worked out from days: a property over all of them (S8); the cases stand in tests/conformance/."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.books import book, household, words

_WITHIN = book("""
input start of person "Start" : date
input end of person "End" : date
input weeks_given of person "Count" : weeks
rule full_weeks of person "Full weeks" : weeks is weeks_given, rounded down to 1 week
rule answer of person "A" : yes/no is end is within full_weeks beginning with start
""")


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 500), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_within_is_between_the_first_day_and_the_last(start: date, weeks: int, day: date) -> None:
    """As it would be written out."""
    rules = _WITHIN
    expected = start <= day <= start + timedelta(days=7 * weeks - 1)
    case = household({"start": start.isoformat(), "end": day.isoformat(), "weeks_given": weeks})
    assert words(rules, case, "answer") == ("yes" if expected else "no")
