"""The tables that were published, from one column to the next: the rates of the rules are the old ones, raised and rounded.

All weekly rates are divisible by 7; capital goes to the nearest pound, prices of an hour to the nearest penny.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import jurat
from engine.values import Exact
from tests.books import CHILDCARE, shipped

REPORT = (date(2009, 10, 1), date(2010, 10, 1))
ORDER_OF_2008 = (date(2008, 1, 28), date(2008, 10, 1))
WEEKLY, HOURLY, CAPITAL = Decimal("0.07"), Decimal("0.01"), Decimal(1)

APPENDIX_1 = [
    ("adult_rate", "92.12", "0.0", "92.12", WEEKLY),
    ("single_parent_rate", "132.51", "0.0", "132.51", WEEKLY),
    ("child_rate", "62.09", "3.1", "63.98", WEEKLY),
    ("household_rate", "47.11", "3.1", "48.58", WEEKLY),
    ("personal_care_1_rate", "22.26", "3.1", "22.96", WEEKLY),
    ("personal_care_2_rate", "98.14", "3.1", "101.15", WEEKLY),
    ("personal_care_3_rate", "140.91", "3.1", "145.25", WEEKLY),
    ("mobility_1_rate", "22.26", "3.1", "22.96", WEEKLY),
    ("mobility_2_rate", "44.52", "3.1", "45.92", WEEKLY),
    ("carer_rate", "45.57", "3.1", "46.97", WEEKLY),
    ("clinical_cost_1_rate", "2.87", "2.5", "2.94", WEEKLY),
    ("clinical_cost_2_rate", "5.74", "2.5", "5.88", WEEKLY),
    ("childcare_price_under_3", "5.69", "2.5", "5.83", HOURLY),
    ("childcare_price_3_to_4", "4.55", "2.5", "4.66", HOURLY),
    ("childcare_price_5_to_11", "4.50", "2.5", "4.61", HOURLY),
    ("pension_disregard_first", "32.69", "12", "36.61", WEEKLY),
    ("pension_disregard_additional", "20.37", "12", "22.82", WEEKLY),
    ("capital_limit_sole_with_care", "13053", "5", "13706", CAPITAL),
    ("capital_limit_sole", "8702", "5", "9137", CAPITAL),
    ("capital_limit_couple_with_care", "21636", "5", "22718", CAPITAL),
    ("capital_limit_couple", "14424", "5", "15145", CAPITAL),
    (
        "capital_limit_sole_of_65",
        "13053",
        "5",
        "13706",
        CAPITAL,
    ),  # the report prints 7.5% here and below; its figures are 5% more
    ("capital_limit_couple_of_65", "21636", "5", "22718", CAPITAL),
]
OCTOBER_2008 = [
    ("capital_limit_sole_with_care", "11443", "3.7", "11866", CAPITAL),
    ("capital_limit_sole", "7629", "3.7", "7911", CAPITAL),
    ("capital_limit_couple_with_care", "18967", "3.7", "19669", CAPITAL),
    ("capital_limit_couple", "12645", "3.7", "13113", CAPITAL),
    ("capital_limit_sole_of_65", "11443", "3.7", "11866", CAPITAL),
    ("capital_limit_couple_of_65", "18967", "3.7", "19669", CAPITAL),
    ("pension_disregard_first", "26.11", "3.7", "27.09", WEEKLY),
    ("pension_disregard_additional", "16.38", "3.7", "17.01", WEEKLY),
    ("lone_parent_amount_1", "15.68", "3.7", "16.24", WEEKLY),
    ("lone_parent_amount_2", "26.11", "3.7", "27.09", WEEKLY),
    ("lone_parent_amount_3", "47.04", "3.7", "48.79", WEEKLY),
]
LATER = [
    ("adult_rate", "92.12", date(2017, 1, 1), "94.85", date(2017, 10, 1)),
    ("household_rate", "51.31", date(2017, 1, 1), "52.85", date(2017, 10, 1)),
    ("adult_rate", "97.72", date(2018, 10, 1), "99.61", date(2019, 10, 1)),
    ("household_rate", "54.46", date(2018, 10, 1), "55.51", date(2019, 10, 1)),
    ("first_child_rate", "77.98", date(2019, 10, 1), "83.02", date(2021, 10, 1)),
    ("child_rate", "69.23", date(2019, 10, 1), "70.00", date(2021, 10, 1)),
]


def figure(name: str, on: date) -> Decimal:
    value = jurat.assess(shipped(), CHILDCARE, on=on, of=[name]).value(name)
    assert isinstance(value, Exact), (name, on, value)
    return Decimal(value.plain())


def nearest(amount: Decimal, multiple: Decimal) -> Decimal:
    return (amount / multiple).quantize(Decimal(1), rounding="ROUND_HALF_UP") * multiple


@pytest.mark.parametrize(
    ("days", "row"),
    [*((REPORT, row) for row in APPENDIX_1), *((ORDER_OF_2008, row) for row in OCTOBER_2008)],
    ids=lambda given: given[0] if isinstance(given[0], str) else str(given[0].year),
)
def test_a_row_of_a_published_table(days: tuple[date, date], row: tuple[str, str, str, str, Decimal]) -> None:
    """Both columns are in the rules, and the percentage leads from one to the other."""
    name, before, percent, after, multiple = row
    assert figure(name, days[0]) == Decimal(before)
    assert figure(name, days[1]) == Decimal(after)
    assert nearest(Decimal(before) * (100 + Decimal(percent)) / 100, multiple) == Decimal(after)


@pytest.mark.parametrize(("name", "before", "day", "after", "later"), LATER, ids=[f"{row[0]} {row[4]}" for row in LATER])
def test_later_rates(name: str, before: str, day: date, after: str, later: date) -> None:
    """As published, and every weekly one a multiple of 7p."""
    assert (figure(name, day), figure(name, later)) == (Decimal(before), Decimal(after))
    assert Decimal(after) % WEEKLY == 0


def test_a_family_gains_what_was_said_of_it() -> None:
    """26% of £100 is kept (20 March 2023); 6p, then 10p, of each £1 earned (1 February 2009); 18%, then 22.5%, with contributions."""
    assert figure("maintenance_disregard_rate", date(2023, 3, 20)) == figure("earnings_disregard_rate", date(2023, 3, 20)) == 26
    assert [figure("earnings_disregard_rate", date(2009, month, 1)) for month in (1, 2)] == [6, 10]
    totals = [figure("earnings_disregard_rate", day) + figure("contributions_rate", day) for day in REPORT]
    assert totals == [Decimal(18), Decimal("22.5")]
