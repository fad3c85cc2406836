"""Rounding, elapsed time, ranges and days at their edges, as tables that can be checked with a pencil."""

from __future__ import annotations

from datetime import date

import pytest

import jurat
from engine.dates import ShortMonths, anniversary, elapsed
from engine.exact import Mode, rescaled, round_quotient, without_tens
from engine.values import Refusal
from tests.books import ON, ask, book, household, words

QUOTIENTS: list[tuple[int, int, dict[Mode, int]]] = [
    (4, 2, {"up": 2, "down": 2, "nearest": 2, "half even": 2}),
    (5, 2, {"up": 3, "down": 2, "nearest": 3, "half even": 2}),
    (7, 2, {"up": 4, "down": 3, "nearest": 4, "half even": 4}),
    (1, 3, {"up": 1, "down": 0, "nearest": 0, "half even": 0}),
    (2, 3, {"up": 1, "down": 0, "nearest": 1, "half even": 1}),
    (0, 3, {"up": 0, "down": 0, "nearest": 0, "half even": 0}),
    (-4, 2, {"up": -2, "down": -2, "nearest": -2, "half even": -2}),
    (-5, 2, {"up": -2, "down": -3, "nearest": -3, "half even": -2}),
    (-7, 2, {"up": -3, "down": -4, "nearest": -4, "half even": -4}),
    (-1, 3, {"up": 0, "down": -1, "nearest": 0, "half even": 0}),
]


@pytest.mark.parametrize(("numerator", "denominator", "wanted"), QUOTIENTS)
def test_s17_modes(numerator: int, denominator: int, wanted: dict[Mode, int]) -> None:
    """What is a multiple already stays; halves go away from zero, or to the even one."""
    assert {mode: round_quotient(numerator, denominator, mode) for mode in wanted} == wanted


@pytest.mark.parametrize(("scale", "left"), [(1, 1), (40, 1), (1_000, 1), (3, 3), (52, 13), (60, 3), (9, 9)])
def test_s13_decimals_without_end(scale: int, left: int) -> None:
    """Only 2 and 5 divide ten."""
    assert without_tens(scale) == left


@pytest.mark.parametrize(
    ("value", "scale", "wanted", "found"), [(5, 10, 2, 1), (5, 10, 100, 50), (1, 3, 10, None), (-5, 10, 1, None)]
)
def test_another_scale_loses_nothing(value: int, scale: int, wanted: int, found: int | None) -> None:
    assert rescaled(value, scale, wanted) == found


ANNIVERSARIES: list[tuple[date, int, dict[ShortMonths, date]]] = [
    (date(2010, 1, 31), 1, {"last": date(2010, 2, 28), "next": date(2010, 3, 1)}),
    (date(2010, 1, 28), 1, {"last": date(2010, 2, 28), "next": date(2010, 2, 28)}),
    (date(2008, 2, 29), 12, {"last": date(2009, 2, 28), "next": date(2009, 3, 1)}),
    (date(2008, 2, 29), 48, {"last": date(2012, 2, 29), "next": date(2012, 2, 29)}),
    (date(2010, 10, 31), 14, {"last": date(2011, 12, 31), "next": date(2011, 12, 31)}),
    (date(2010, 12, 31), 2, {"last": date(2011, 2, 28), "next": date(2011, 3, 1)}),
]


@pytest.mark.parametrize(("start", "months", "wanted"), ANNIVERSARIES)
def test_s27_anniversaries(start: date, months: int, wanted: dict[ShortMonths, date]) -> None:
    """A month that has the day has it, be it its last."""
    assert {mode: anniversary(start, months, mode) for mode in wanted} == wanted


ELAPSED = [
    ("day", date(2010, 1, 1), date(2010, 1, 31), 30),
    ("week", date(2010, 1, 1), date(2010, 1, 14), 1),
    ("week", date(2010, 1, 1), date(2010, 1, 15), 2),
    ("month", date(2010, 1, 15), date(2010, 2, 14), 0),
    ("month", date(2010, 1, 15), date(2010, 2, 15), 1),
    ("year", date(1980, 5, 3), date(2010, 5, 2), 29),
    ("year", date(1980, 5, 3), date(2010, 5, 3), 30),
]


@pytest.mark.parametrize(("unit", "start", "end", "count"), ELAPSED)
def test_s26_elapsed(unit: str, start: date, end: date, count: int) -> None:
    """Complete on the day itself, not a day before; backwards as much below zero."""
    assert elapsed(unit, start, end, "last") == count
    assert elapsed(unit, end, start, "last") == -count


@pytest.mark.parametrize(("pay", "wanted"), [("0", "£0.00"), ("249.99", "£0.00"), ("250", "£1.00"), ("500", "£2.00")])
def test_s28_complete_amounts(pay: str, wanted: str) -> None:
    """Nothing has no part, and is not below zero; a whole one is complete."""
    rules = book(
        'input pay of household "P" : £ range £0 to £500\nrule f of household "F" : £ is £1 for each complete £250 of pay'
    )
    assert words(rules, household(pay=pay), "f") == wanted


@pytest.mark.parametrize(("pay", "is_read"), [("4.99", False), ("5", True), ("6", True), ("6.01", False)])
def test_s35_the_ends_of_a_range_are_inside(pay: str, is_read: bool) -> None:
    """Of a fact, where one outside is a problem; of a rule, where it is refused; also where the rule's scale is finer."""
    fact = book('input pay of household "P" : £ range £5 to £6\nrule f of household "F" : £ is pay')
    assert (jurat.assess(fact, household(pay=pay), on=ON, of=["f"]).assessment is not None) == is_read
    rule = book('input pay of household "P" : £\nrule f of household "F" : £ range £5 to £6 is pay ÷ 10 × 10, unrounded')
    assert (words(rule, household(pay=pay), "f") != "refused: out of range") == is_read


@pytest.mark.parametrize(("pay", "floor", "ceiling"), [("1", "£0.50", "£0.25"), ("2", "£0.50", "£0.50"), ("3", "£0.75", "£0.50")])
def test_s16_limits_compare_amounts_and_not_their_scales(pay: str, floor: str, ceiling: str) -> None:
    """A quarter of a pound and a whole one are kept over different scales."""
    rules = book("""
        input pay of household "P" : £ range £0 to £9
        rule low of household "L" : £ is pay ÷ 4, but not less than £0.5, unrounded
        rule high of household "H" : £ is pay ÷ 4, but not more than £0.5, unrounded""")
    assert (words(rules, household(pay=pay), "low"), words(rules, household(pay=pay), "high")) == (floor, ceiling)


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
