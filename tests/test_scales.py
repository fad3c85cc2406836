"""Marginal scales (S29): each band's rate on the part of an amount that lies in it, and on nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.values import Exact, Refusal
from jurat.answers import Format
from tests.books import ask, book, household, laid_out, problem_codes, words

BANDS = """
instrument order "Long-Term Care (Charges) Order 2014"
  made 1 June 2014
  commences 1 July 2014
instrument first_amendment "Long-Term Care (Charges) (Amendment) Order 2016"
  made 1 December 2016
  commences 1 January 2017
instrument order continued
input income of person "Income" : £ a year
  range £0 per year to £1,000,000 per year
input pay of person "Pay" : £ a week
  range £0 per week to £20,000 per week
input adjustment of person "Adjustment" : £ a year
figure upper_limit "Upper limit" : £ a year
  cite "Article 3(2)"
  £20,000 per year from 1 July 2014
  £25,000 per year from 1 January 2017
  not encoded "the order of 2020 was not found" from 1 January 2020
figure higher_rate "Higher rate" : %
  40% from 1 July 2014
  not encoded "the order of 2020 was not found" from 1 July 2020
scale care_bands "Care bands" : £ a year
  cite "Article 3"
  version from 1 July 2014 until 31 December 2016
    band 10% up to £5,000 per year cite "Article 3(1)(a)"
    band 20% up to upper_limit
    band higher_rate above upper_limit
  version from 1 January 2017 until 31 December 2022 made by first_amendment "Article 2"
    band 12.5% up to £5,000 per year
    band 20% up to upper_limit
    band higher_rate above upper_limit
rule charge of person "Charge" : £ a year
  is care_bands applied to income, rounded to the nearest 1p
rule charge_on_pay of person "Charge on pay" : £ a year
  is care_bands applied to (pay × 52 weeks per year), but not more than £9,000 per year, rounded to the nearest £1
"""
RULES = book(BANDS)
ON = date(2014, 10, 1)


def charge(income: str, on: date = ON) -> str:
    return words(RULES, household({"income": income}), "charge", on=on)


@pytest.mark.parametrize(
    ("income", "due"),
    [
        ("0", "£0.00"),
        ("0.01", "£0.00"),
        ("0.05", "£0.01"),
        ("4999.90", "£499.99"),
        ("5000", "£500.00"),
        ("5000.10", "£500.02"),
        ("7345", "£969.00"),
        ("19999.90", "£3,499.98"),
        ("20000", "£3,500.00"),
        ("20000.10", "£3,500.04"),
        ("1000000", "£395,500.00"),
    ],
)
def test_at_below_and_above_each_limit(income: str, due: str) -> None:
    """The limit belongs to the band that ends there; beside it nothing jumps."""
    assert charge(income) == f"{due} a year"


def test_each_day_has_its_version_and_its_figures() -> None:
    """A new rate and a new limit from 2017; before the first version and after the last, nothing."""
    assert charge("30000", date(2016, 12, 31)) == "£7,500.00 a year"
    assert charge("30000", date(2017, 1, 1)) == "£6,625.00 a year"
    assert charge("30000", date(2014, 6, 30)) == "refused: not in force"
    assert words(RULES, household({"pay": "1"}), "charge_on_pay", on=date(2023, 1, 1)) == "refused: not in force"


@pytest.mark.parametrize(
    ("income", "on", "due"),
    [
        ("5000", date(2020, 5, 1), "£625.00 a year"),
        ("5000.01", date(2020, 5, 1), "refused: not encoded"),
        ("5000.01", date(2020, 8, 1), "refused: not encoded"),
        (None, date(2020, 5, 1), "refused: missing fact"),
    ],
)
def test_what_is_not_encoded_refuses_only_who_reaches_it(income: str | None, on: date, due: str) -> None:
    """A limit or a rate above the band in which the amount lies is not needed."""
    assert words(RULES, household({} if income is None else {"income": income}), "charge", on=on) == due


def test_a_rate_that_is_not_encoded() -> None:
    """Up to its band the limits are known, so only what lies above is refused."""
    text = BANDS.replace('  not encoded "the order of 2020 was not found" from 1 January 2020\n', "")
    found = [words(book(text), household({"income": i}), "charge", on=date(2020, 8, 1)) for i in ("25000", "25000.01")]
    assert found == ["£4,625.00 a year", "refused: not encoded"]


def test_below_zero() -> None:
    """A scale says nothing there: a warning at load, a refusal for the case."""
    text = (
        BANDS
        + 'rule net of person "Net" : £ a year\n  is care_bands applied to (income - adjustment), rounded to the nearest 1p\n'
    )
    assert problem_codes(text) == ["may-be-below-zero"]
    case = household({"income": "10", "adjustment": "10.01"})
    assert words(book(text), case, "net", on=ON) == "refused: below zero"
    assert words(book(text), household({"income": "10", "adjustment": "10"}), "net", on=ON) == "£0.00 a year"


def test_other_units() -> None:
    """A rate may have a unit of its own, and a limit none (S3)."""
    rules = book("""
unit session plural sessions
input therapy of person "Therapy" : sessions a week
  range 0 sessions per week to 14 sessions per week
input share of person "Share" : %
  range 0% to 100%
scale therapy_price "Price" : £ a week
  band £31.50 per session up to 2 sessions per week
  band £20 per session above 2 sessions per week
scale share_bands "Bands of a share" : %
  band 50% up to 10%
  band 10% above 10%
rule price of person "Price" : £ a week
  is therapy_price applied to therapy, rounded to the nearest 1p
rule reduction of person "Reduction" : %
  is share_bands applied to share
""")
    assert words(rules, household({"therapy": "2.5"}), "price") == "£73.00 a week"
    assert words(rules, household({"share": "12.5"}), "reduction") == "5.25%"


# ---- by definition --------------------------------------------------------------------------------------------------


def by_definition(income: Decimal, bands: list[tuple[Decimal, Decimal]], last: Decimal) -> Decimal:
    """S29 in decimals: each rate times the part above the limit before it and not above its own."""
    total, below = Decimal(0), Decimal(0)
    for rate, limit in bands:
        total += rate * max(min(income, limit) - below, Decimal(0))
        below = limit
    return total + last * max(income - below, Decimal(0))


LIMITS = st.lists(st.decimals("0.01", "99999.99", places=2), min_size=1, max_size=4, unique=True).map(sorted)
RATE = st.decimals(0, 100, places=2)


@settings(max_examples=60, deadline=None)
@given(LIMITS, st.data())
def test_a_scale_is_the_sum_that_defines_it(limits: list[Decimal], data: st.DataObject) -> None:
    """Exactly, for amounts at every limit, a penny beside it, and anywhere; and inside the range that was proved."""
    rates = data.draw(st.lists(RATE, min_size=len(limits) + 1, max_size=len(limits) + 1))
    least, most = sorted(data.draw(st.lists(st.decimals(0, 200_000, places=2), min_size=2, max_size=2)))
    lines = [f"  band {rate}% up to £{limit}" for rate, limit in zip(rates, limits, strict=False)]
    rules = book(
        f'input x of person "X" : £\n  range £{least} to £{most}\nscale bands "Bands" : £\n'
        + "\n".join([*lines, f"  band {rates[-1]}% above £{limits[-1]}"])
        + '\nrule y of person "Y" : £\n  is bands applied to x, unrounded\n'
    )
    term = rules.on(ON).graph.by_name["y"]
    beside = [limit + step for limit in limits for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))]
    for x in [least, most, *(amount for amount in beside if least <= amount <= most)]:
        value = ask(rules, household({"x": str(x)}), "y").value("y")
        assert isinstance(value, Exact)
        wanted = by_definition(x, [(r / 100, limit) for r, limit in zip(rates, limits, strict=False)], rates[-1] / 100)
        assert Decimal(value.plain()) == wanted
        assert isinstance(value.value, int)
        assert term.low is not None
        assert term.high is not None
        assert term.low <= value.value <= term.high
    assert Decimal(Exact(term.low or 0, term.type, term.scale).plain()) == by_definition(
        least, [(r / 100, limit) for r, limit in zip(rates, limits, strict=False)], rates[-1] / 100
    )


def test_ranges() -> None:
    """What is unbounded above is so where the last rate is above zero; of what is not encoded only zero is sure."""
    text = (
        'input x of person "X" : £\nscale s "S" : £\n  band 10% up to £100\n  band {last} above £100\n'
        'rule y of person "Y" : £\n  is s applied to (higher of (x, £0)), rounded to the nearest 1p\n'
        'figure unknown "Unknown" : %\n  not encoded "not found" from 1 January 2000\n'
    )
    found = {}
    for last in ("20%", "0%", "unknown"):
        term = book(text.format(last=last)).on(ON).graph.by_name["y"]
        found[last] = (term.low, term.high)
    assert found == {"20%": (0, None), "0%": (0, 1000), "unknown": (None, None)}


def test_applied_to_figures_only_it_is_a_constant() -> None:
    """So it may be divided by."""
    rules = book(
        'scale s "S" : £\n  band 10% up to £100\n  band 20% above £100\n'
        'figure fee "Fee" : £\n  s applied to £150 from 1 January 2000\n'
        'input x of person "X" : £\n  range £0 to £100\nrule y of person "Y" : number\n  is x ÷ fee\n'
    )
    assert words(rules, household({"x": "5"}), "y") == "0.25"


def test_many_decimals_together_are_a_problem() -> None:
    """Values do not grow without end."""
    steps = "".join(f'rule r{n} of person "R" : number\n  is s applied to {"x" if n == 0 else f"r{n - 1}"}\n' for n in range(12))
    text = (
        'input x of person "X" : number\n  range 0 to 1\nscale s "S" : number\n  band 0.123457 up to 0.5\n  band 0.1 above 0.5\n'
    )
    assert set(problem_codes(text + steps)) == {"over-a-limit"}


# ---- digests and explanations ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "effect", "law"),
    [
        ("care_bands", "bands", True, False),
        ("upper_limit", "top", True, False),
        ("up to £5,000 per year", "up to £5,000.00 per year", True, True),
        ("band 10%", "band 10.0%", True, True),
        ('"Article 3(1)(a)"', '"Article 3(1)(b)"', True, False),
        ("band 10%", "band 11%", False, False),
        ("£5,000", "£5,001", False, False),
    ],
)
def test_digests(old: str, new: str, effect: bool, law: bool) -> None:
    """What has no effect, and what is only said otherwise."""
    was, now = (book(text).on(ON).graph for text in (BANDS, BANDS.replace(old, new)))
    assert (was.effect == now.effect, was.law == now.law) == (effect, law)


CASE: dict[str, Any] = household({"income": "7345", "pay": "100"}, {"income": "5000", "pay": "1000"}, {})


@pytest.mark.parametrize(("form", "extension"), [("text", ".txt"), ("json", ".json")])
def test_a_scale_explained(form: Format, extension: str, file_regression: FileRegressionFixture) -> None:
    """Each band's part; the scale with its own place in the law and its own instrument."""
    printed = laid_out(jurat.explain(ask(RULES, CASE, "charge", "charge_on_pay", on=ON), form))
    file_regression.check(printed, extension=extension, encoding="utf-8")


def test_a_band_that_cannot_be_worked_out_is_shown_as_missing() -> None:
    """As far as it went."""
    printed = jurat.explain(ask(RULES, household({"income": "6000"}), "charge", on=date(2020, 5, 1)))
    assert "12.5% × £5,000.00 + … = refused" in printed
    assert "20% up to (not encoded); 40% above (not encoded)" in printed


def test_a_scale_may_be_asked_for() -> None:
    """It is what it says."""
    value = ask(RULES, household(), "care_bands", on=ON).value("care_bands")
    assert not isinstance(value, Refusal)
    assert value.words() == "10% up to £5,000.00 a year; 20% up to £20,000.00 a year; 40% above £20,000.00 a year"
