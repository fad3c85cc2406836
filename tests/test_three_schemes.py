"""Three schemes of another shape than Income Support: contributions, cold weather payments, the Community Costs Bonus.

Their published figures stand as examples beside the rules; here is what an example cannot say: whole explanations, readings, and
what is refused. Documents are made by `python -m pytest tests/test_three_schemes.py --regen-all`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.values import Exact, Refusal
from jurat.answers import Answer
from jurat.rulebook import Rules
from tests.books import RULES

JERSEY = RULES / "jersey"


@cache
def scheme(name: str) -> Rules:
    return jurat.load(JERSEY / name)


def plain(answer: Answer, name: str) -> str:
    value = answer.value(name)
    assert isinstance(value, Exact), value
    return value.plain()


def of_case(folder: str, case: str, term: str, **options: Any) -> Answer:
    return jurat.assess(scheme(folder), JERSEY / folder / "cases" / f"{case}.case", of=[term], **options)


@pytest.mark.parametrize(
    ("folder", "case", "term"),
    [
        ("contributions", "employee", "employer_contribution"),
        ("cold_weather", "april_2008", "payment_for_the_month"),
        ("community_costs_bonus", "pensioner", "community_costs_bonus"),
        ("community_costs_bonus", "left_income_support", "community_costs_bonus"),
    ],
)
def test_explained(folder: str, case: str, term: str, file_regression: FileRegressionFixture) -> None:
    """The explanation as it is printed, but for the digests at its end, which say more of the other rules of the book."""
    printed, _, _ = jurat.explain(of_case(folder, case, term)).partition("\nRULES\n")
    file_regression.check(printed, extension=".txt", encoding="utf-8")


# ---- readings -------------------------------------------------------------------------------------------------------


def test_exactly_the_limit_of_tax() -> None:
    """£2,735 is not less than £2,735; whoever reads it otherwise says so."""
    home = {"application_date": "2023-07-03", "claims_income_support": False}
    anna = {"date_of_birth": "1950-05-03", "tax_liability": "2735"}
    case = {"version": 1, "on": "2023-07-03", "household": {"home": {**home, "person": {"anna": anna}}}}

    def bonus(*readings: str) -> str:
        answer = jurat.assess(scheme("community_costs_bonus"), case, of=["community_costs_bonus"], readings=readings)
        return plain(answer, "community_costs_bonus")

    assert bonus() == "0.00"
    assert bonus("up_to_the_limit") == "516.50"


@pytest.mark.parametrize(
    ("on", "stood", "proposed"),
    [
        (date(2022, 9, 30), "285.84", "285.84"),
        (date(2022, 10, 1), "285.84", "190.56"),  # 4% of £4,764
        (date(2022, 12, 31), "285.84", "190.56"),
        (date(2023, 1, 1), "303.60", "303.60"),
    ],
    ids=str,
)
def test_a_cut_that_was_proposed(on: date, stood: str, proposed: str) -> None:
    """The rules take the law as it stood; the proposal has to be asked for, and changes nothing on other days."""

    def contribution(*readings: str) -> str:
        return plain(
            of_case("contributions", "employee", "employee_contribution", on=on, readings=readings), "employee_contribution"
        )

    assert contribution() == stood
    assert contribution("cut_of_2022") == proposed


def test_days_warmer_than_the_limit() -> None:
    """Two days of April 2008 were: 0.6 and 1.8 degrees, which the words take away and the reading leaves out."""
    assert plain(of_case("cold_weather", "april_2008", "coldness"), "coldness") == "188.9"
    assert plain(of_case("cold_weather", "april_2008", "coldness", readings=["warm_days_count_nothing"]), "coldness") == "191.3"


# ---- what is not known ----------------------------------------------------------------------------------------------


def refused(answer: Answer, name: str) -> set[tuple[str, str]]:
    value = answer.value(name)
    assert isinstance(value, Refusal), value
    return {(reason.kind, reason.term) for reason in value.reasons}


def test_limits_that_were_not_found() -> None:
    """In 2020 no limit is known, so no contribution is; in 2022 only what lies above the standard limit is not."""
    answer = of_case("contributions", "employee", "employee_contribution", on=date(2020, 7, 1))
    assert refused(answer, "employee_contribution") == {
        ("not encoded", "contributions.contributions_law:contributions.standard_earnings_limit")
    }
    answer = of_case("contributions", "employee", "employer_contribution", on=date(2022, 7, 1))
    assert refused(answer, "employer_contribution") == {
        ("not encoded", "contributions.contributions_law:contributions.upper_earnings_limit")
    }


@pytest.mark.parametrize("claims", [False, True])
def test_income_support_that_cannot_be_worked_out(claims: bool) -> None:
    """The rates of Income Support in 2023 were not found: that refuses the bonus of those who claim it, and of nobody else."""
    home = {"application_date": "2023-07-03", "claims_income_support": claims, "tenure": "living_with_family"}
    anna = {"date_of_birth": "1950-05-03", "tax_liability": "0"}
    case = {"version": 1, "on": "2023-07-03", "household": {"home": {**home, "person": {"anna": anna}}}}
    answer = jurat.assess(scheme("community_costs_bonus"), case, of=["community_costs_bonus"])
    if claims:
        assert ("not encoded", "income_support.income_support_regulations:income_support.adult_rate") in refused(
            answer, "community_costs_bonus"
        )
    else:
        assert plain(answer, "community_costs_bonus") == "516.50"
