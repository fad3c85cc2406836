"""An award along a day: every day is assessed, and what turns is named by the rule that makes it turn."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from engine.assess import assess
from engine.varying.along import Along
from engine.varying.curves import curve
from jurat.answers import asked_of
from tests.books import book, household
from tests.test_curves import TAPER, drawn, is_as


def test_a_day_that_is_varied() -> None:
    """Every day is what an assessment says; where it turns, the rule by which it does is named, and not those that rest on it."""
    rules = book(
        TAPER
        + """
input born of person "Born" : date
instrument order "Order"
  made 1 May 2009
  commences 1 June 2009
  short months: last day
rule age of person "Age" : whole number
  is years from born to assessment_date
rule help of person "Help" : £ a week
  is £3 per week when age >= 18
  otherwise £1 per week
"""
    )
    question = asked_of(rules, household({"born": "1990-05-03"}), on=date(2010, 10, 1), known=None, of=("help",), readings=())
    assert question.asked is not None
    graph, case, [asked] = question.asked
    fact = graph.by_name["born"].index, 0
    first, last = date(1991, 1, 1).toordinal(), date(1993, 1, 1).toordinal()
    found = curve(graph, case, fact, (asked.index, 0), Fraction(first), Fraction(last))
    [turn] = found.breakpoints
    assert date.fromordinal(int(turn.at)) == date(1992, 10, 2)
    assert [one.place.plain() for one in turn.found] == ["1992-10-01", "1992-10-02", "1992-10-03"]
    assert [one.exact.plain() for one in turn.found if one.exact] == ["3.00", "1.00", "1.00"]
    assert [cause.term.name for cause in turn.causes] == ["age"]
    along = Along(graph, case, fact, (asked.index, 0))
    for number in range(first, last + 1, 50):
        day = date.fromordinal(number)
        whole = assess(graph, along.with_fact(day), [asked]).answers[0].value
        piece = found.piece(Fraction(number))
        assert piece is not None and is_as(piece, Fraction(number), whole, asked.scale)


def test_of_a_day_what_is_another_every_day_makes_no_turn() -> None:
    """The days that somebody has lived are others each day; what turns is the rule that counts them."""
    found = drawn(
        """
input born of person "Born" : date
rule lived of person "Days lived" : whole number
  is days from born to assessment_date
rule help of person "Help" : £ a week
  is £5 per week when lived >= 365
  otherwise £0 per week
""",
        "born",
        "help",
        household({"born": "2009-10-01"}),
        str(date(2009, 9, 1).toordinal()),
        str(date(2009, 11, 1).toordinal()),
    )
    [turn] = found.breakpoints
    assert date.fromordinal(int(turn.at)) == date(2009, 10, 2)
    assert [cause.term.name for cause in turn.causes] == ["help"]
