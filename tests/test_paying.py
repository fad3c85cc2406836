"""What is paid over a period: day by day as defined, and told payment by payment (S55 to S57, S73)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.paying import Claim, Payment
from engine.values import Exact, Refusal
from jurat.cli import main
from jurat.paying import pay
from tests.books import CHILDCARE, ON, RULES, book, household
from tests.test_schemas import CLAIM, faults

SHIPPED = jurat.load(RULES)
FIRST, LAST = date(2010, 9, 20), date(2010, 10, 10)

BOOK = book("""
instrument an_order "Order"
  made 1 January 2010
  commences 1 January 2010
  short months: last day
input pay of person "Pay" : £ a week
  range £0 per week to £1,000 per week
input born of person "Born" : date
figure rate "Rate" : £ a week
  £70 per week from 1 January 2010
  £84 per week from 1 March 2010
rule award of person "Award" : £ a week
  payable by the day, rounded to the nearest 1p
  is rate when (years from born to assessment_date) >= 16 years
  otherwise pay
""")


def claimed(first: date, last: date, case: dict[str, Any]) -> Claim:
    found = pay(BOOK, case, first, last)
    assert found.claim is not None, found.problems
    return found.claim


def exactly(value: Exact | Refusal) -> Fraction:
    assert isinstance(value, Exact)
    assert isinstance(value.value, int)
    return Fraction(value.value, value.scale)


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_claim_is_told(form: str, file_regression: FileRegressionFixture) -> None:
    """Each payment with how it is made, and why the award changes: facts, law, birthdays."""
    told = pay(SHIPPED, CHILDCARE, FIRST, LAST).told(form)  # type: ignore[arg-type]
    file_regression.check(told, extension={"text": ".txt", "md": ".md"}[form])


def test_refused_days_are_told(file_regression: FileRegressionFixture) -> None:
    """The reasons stand with the days that are refused; what is known is added up."""
    file_regression.check(pay(SHIPPED, CHILDCARE, date(2011, 9, 20), date(2011, 10, 5)).told())


days = st.dates(date(2010, 1, 1), date(2010, 6, 30))


@given(days, st.integers(0, 60), days, st.integers(0, 100_000))
def test_a_period_is_what_its_days_are(first: date, length: int, born: date, pence: int) -> None:
    """Each day of a segment has the award of an assessment on it, and segments are as long as they can be (S55)."""
    last = first + timedelta(days=length)
    case = household({"born": born.replace(year=1994).isoformat(), "pay": f"{pence // 100}.{pence % 100:02d}"})
    claim = claimed(first, last, case)
    assert [segment.first for segment in claim.segments][1:] == [s.last + timedelta(days=1) for s in claim.segments][:-1]
    assert (claim.segments[0].first, claim.segments[-1].last) == (first, last)
    for segment in claim.segments:
        for day in (segment.first, segment.last):
            alone = jurat.assess(BOOK, case, on=day).assessment
            assert alone is not None
            assert alone.answers[0].value == segment.value("award", ("home", "a"))


@given(days, st.integers(0, 60), st.integers(0, 100_000))
def test_payments_add_up_to_the_total(first: date, length: int, pence: int) -> None:
    """The total is the sum of the payments, and each is the award × days ÷ 7, rounded once (S56)."""
    case = household({"born": "2005-03-01", "pay": f"{pence // 100}.{pence % 100:02d}"})
    [paid] = claimed(first, first + timedelta(days=length), case).paid
    amounts = []
    for payment in paid.payments:
        assert isinstance(payment, Payment) and payment.days is not None
        exact = exactly(payment.award) * payment.days / 7
        assert abs(exactly(payment.amount) - exact) <= Fraction(1, 200)
        amounts.append(exactly(payment.amount))
    assert exactly(paid.total) == sum(amounts)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--from", "2010-10-10", "--until", "2010-10-01"], 1, "The period ends before it begins"),
        (["--from", "1900-01-01", "--until", "2010-10-01"], 1, "at most 3,660 are worked out"),
        (["--from", "2010-10-01", "--until", "2010-10-02", "--of", "age"], 1, "`age` is not marked as what is paid."),
        (["--from", "2010-10-01", "--until", "2010-10-02", "--of", "agee"], 1, "There is no term called `agee`."),
        (["--from", "2011-10-01", "--until", "2011-10-02"], 1, ""),
        (["--from", "2010-10-01", "--until", "2010-10-02"], 0, ""),
    ],
)
def test_the_command_says_what_is_wrong(arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A period backwards or too long, and a term that nobody is paid."""
    assert main(["pay", str(CHILDCARE), "--rules", str(RULES), *arguments]) == status
    assert said in capsys.readouterr().err


def test_the_command_reads_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To a file as to the screen; a case that is not there is wrong use."""
    asked = ["--rules", str(RULES), "--from", "2010-09-20", "--until", "2010-10-10"]
    assert main(["pay", str(CHILDCARE), *asked, "-o", str(tmp_path / "paid.txt")]) == 0
    assert main(["pay", str(CHILDCARE), *asked]) == 0
    assert capsys.readouterr().out == (tmp_path / "paid.txt").read_text("utf-8")
    assert main(["pay", str(tmp_path / "nothing.case"), *asked]) == 2


def test_what_is_paid_fits() -> None:
    """Its schema: a claim over days with and without an answer, and one that cannot be answered."""
    childcare = json.loads(CHILDCARE.read_text("utf-8"))
    for first, last in ((FIRST, LAST), (date(2012, 1, 1), date(2012, 1, 9)), (date(2010, 1, 2), ON)):
        assert faults(pay(SHIPPED, childcare, first, last).data(), CLAIM) == []
    assert faults(pay(SHIPPED, childcare, ON, date(2001, 1, 1)).data(), CLAIM) == []
