"""Law and facts on their two dates: the day for which, and the day as of which they are known (S39, S41, S44, S53, S54, S66)."""

from __future__ import annotations

from datetime import date

import pytest

from engine.values import Refusal
from tests.books import ask, book, household, words

VERSIONS = """
figure rate "Rate" : £
  £5 from 1 January 2009 until 31 December 2009
  £6 from 1 January 2010
  not encoded "not found" from 1 January 2012
"""


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2008, 12, 31), "refused: not in force"),
        (date(2009, 1, 1), "£5.00"),
        (date(2009, 12, 31), "£5.00"),
        (date(2010, 1, 1), "£6.00"),
        (date(2011, 12, 31), "£6.00"),
        (date(2012, 1, 1), "refused: not encoded"),
    ],
    ids=str,
)
def test_s41_s53_dated_values(on: date, expected: str) -> None:
    """`until` includes its day, a later value ends an earlier one, expired law is never used."""
    rules = book(VERSIONS + 'rule answer of household "Answer" : £ is rate')
    assert words(rules, household(), "answer", on=on) == expected


def test_s39_law_as_it_was_known() -> None:
    """A version that had not been made by a day is not known on it; then the one before still stands."""
    rules = book("""
        instrument first_order "First" made 1 January 2009 commences 1 January 2009
        instrument second_order "Second" made 1 June 2010 commences 1 October 2010
        instrument first_order continued
        figure rate "Rate" : £
          £5 from 1 January 2009
          £6 from 1 October 2010 made by second_order
        rule answer of household "Answer" : £ is rate""")
    for known, expected in ((date(2010, 5, 31), "£5.00"), (date(2010, 6, 1), "£6.00"), (date(2008, 1, 1), None)):
        value = ask(rules, household(), "answer", on=date(2010, 10, 1), known=known).value("answer")
        assert (None if isinstance(value, Refusal) else value.words()) == expected


def test_s54_s66_facts_with_dates() -> None:
    """The fact in force on the day, of what had been reported by the other."""
    rules = book('input pay of person "Pay" : £\nrule answer of person "Answer" : £ is pay')
    facts = [
        {"value": "10", "from": "2010-01-01"},
        {"value": "20", "from": "2010-06-01", "reported": "2010-08-01"},
        {"value": "30", "from": "2010-09-01", "until": "2010-09-30", "reported": "2010-08-01"},
    ]
    case = household({"pay": facts})
    for on, known, expected in [
        (date(2009, 12, 31), None, None),
        (date(2010, 5, 31), None, "£10.00"),
        (date(2010, 6, 1), None, "£20.00"),
        (date(2010, 6, 1), date(2010, 7, 31), "£10.00"),
        (date(2010, 9, 30), None, "£30.00"),
        (date(2010, 10, 1), None, None),
    ]:
        value = ask(rules, case, "answer", on=on, known=known).value("answer")
        assert (None if isinstance(value, Refusal) else value.words()) == expected, (on, known)


def test_s54_members_come_and_go() -> None:
    """Somebody counts on the days on which they are there."""
    rules = book('rule answer of household "Answer" : whole number is count of person')
    case = household({}, {"from": "2010-06-01", "until": "2010-06-30"})
    counts = [
        words(rules, case, "answer", on=day) for day in (date(2010, 5, 31), date(2010, 6, 1), date(2010, 6, 30), date(2010, 7, 1))
    ]
    assert counts == ["1", "2", "2", "1"]


def test_s54_facts_of_somebody_who_is_not_there() -> None:
    """Are set aside with them, and the reason says so."""
    rules = book('input pay of person "Pay" : £\nrule answer of household "Answer" : £ is sum of pay over person')
    case = household({"pay": 5}, {"until": "2010-09-30", "pay": 7})
    assessment = ask(rules, case, "answer").assessment
    assert assessment is not None
    assert [(use.path[-1], use.unused) for use in assessment.unused] == [("b", "b is not there on the day")]


def test_s39_made_before_a_day() -> None:
    """Counts as made the day before it, and is known from then on."""
    rules = book("""
        instrument first_order "First" made before 1 June 2010 commences 1 January 2009
        figure rate "Rate" : £ £5 from 1 January 2009
        rule answer of household "Answer" : £ is rate""")
    for known, expected in ((date(2010, 5, 30), None), (date(2010, 5, 31), "£5.00")):
        value = ask(rules, household(), "answer", on=date(2010, 10, 1), known=known).value("answer")
        assert (None if isinstance(value, Refusal) else value.words()) == expected


def test_s66_a_fact_is_known_on_the_day_on_which_it_is_reported() -> None:
    """And not the day before."""
    rules = book('input pay of person "Pay" : £\nrule answer of person "Answer" : £ is pay')
    case = household({"pay": {"value": "10", "reported": "2010-08-01"}})
    for known, expected in ((date(2010, 7, 31), None), (date(2010, 8, 1), "£10.00")):
        value = ask(rules, case, "answer", known=known).value("answer")
        assert (None if isinstance(value, Refusal) else value.words()) == expected


@pytest.mark.parametrize(
    ("type_", "formula", "of"),
    [
        ("whole number", "count of adults", "household"),
        ("whole number", "count of paid", "household"),
        ("yes/no", "any of adults meet (pay > £1)", "household"),
        ("whole number", "rank among adults by highest pay", "person"),
        ("whole number", "rank among paid by highest pay", "person"),
    ],
)
def test_s41_a_group_that_is_not_in_force(type_: str, formula: str, of: str) -> None:
    """Is refused with what needs it, on the day before its instrument commences; and on that day is not."""
    rules = book(f"""
        input pay of person "Pay" : £
        role claimant of household "Claimant" : one person
        rule answer of {of} "Answer" : {type_} is {formula}
        instrument an_order "Order" made 1 January 2009 commences 1 January 2010
        group adults of household "Adults" : person where (pay > £0)
        group paid of household "Paid" : adults where (pay > £1)""")
    case = household({"pay": 5})
    assert words(rules, case, "answer", on=date(2009, 12, 31)) == "refused: not in force"
    assert words(rules, case, "answer", on=date(2010, 1, 1)) in ("1", "yes")
