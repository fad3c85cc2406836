"""The household of the report of 2010, to the penny, through every way in."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import jurat
from engine.values import Exact, Refusal
from grammar.source import Source
from jurat.answers import Answer, is_on_record
from jurat.files import read_rules
from jurat.rulebook import from_sources
from tests.books import CHILDCARE, RULES, shipped

TO_THE_PENNY = {
    date(2009, 10, 1): ("40.81", "14.70", "29.40", "200.90", "227.60", "no", "0.00", "241.71", "200.90"),
    date(2010, 9, 30): ("40.81", "14.70", "29.40", "200.90", "227.60", "no", "0.00", "241.71", "200.90"),
    date(2010, 10, 1): ("288.40", "14.70", "40.43", "189.87", "233.20", "yes", "233.20", "478.27", "189.87"),
}
NAMES = (
    "award", "contributions", "earnings_disregard", "counted_earnings", "childcare_cost", "earns_more_than_childcare",
    "childcare_component", "total_components", "calculated_income",
)  # fmt: skip


def plain(answer: Answer, name: str, *path: str) -> str:
    value = answer.value(name, *path)
    assert isinstance(value, Exact), value
    return value.plain()


@pytest.mark.parametrize("on", TO_THE_PENNY, ids=str)
@pytest.mark.parametrize("form", ["json", "case"])
def test_to_the_penny(on: date, form: str) -> None:
    """The figures of the report, and what follows from them, on three days."""
    answer = jurat.assess(shipped(), CHILDCARE.with_suffix(f".{form}"), on=on)
    person = {"contributions", "earnings_disregard", "counted_earnings"}
    found = tuple(plain(answer, name, *(("parent",) if name in person else ())) for name in NAMES)
    assert found == TO_THE_PENNY[on]


def test_published_examples_hold() -> None:
    """`jurat check` works out every example in the rule files; one altered penny is found."""
    rules = shipped()
    assert len(rules.law.examples) >= 2
    assert all(map(is_on_record, jurat.check(rules)))
    sources, _ = read_rules([RULES])
    altered = [Source(source.path, source.text.replace("is £189.87 per week", "is £189.88 per week")) for source in sources]
    [problem] = [problem for problem in jurat.check(from_sources(altered)) if problem.is_error]
    assert problem.code == "example-differs"
    assert problem.message == "The example expects £189.88 a week, and the rules give £189.87 a week."


def test_a_rate_changed_by_hand_moves_the_award(tmp_path: Path) -> None:
    """What a policy writer tries first."""
    copy = shutil.copytree(RULES, tmp_path / "rules")
    file = copy / "jersey" / "income_support" / "instruments" / "2010_regulations_no_5.rules"
    text = file.read_text(encoding="utf-8")
    printed = "£63.98 per week\n  being 3.1% more, rounded to the nearest 7p\n"
    assert printed in text
    file.write_text(text.replace(printed, "£65.10 per week\n"), encoding="utf-8")
    answer = jurat.assess(jurat.load(copy), CHILDCARE)
    assert plain(answer, "award") == "289.52"


def test_what_is_left_out_is_assumed_and_listed() -> None:
    """Facts that the case does not give take the rules' defaults, and say so."""
    assessment = jurat.assess(shipped(), CHILDCARE).assessment
    assert assessment is not None
    assumed = {(use.term.name, use.path[-1]) for use in assessment.facts if use.is_assumed}
    assert ("rent", "home") in assumed
    assert ("capital", "home") in assumed
    assert ("gross_earnings", "parent") not in assumed


def test_strict_refuses_what_would_be_assumed() -> None:
    """And says every fact that it lacks, at once: of the award those that provisions without a term turn on, which come first."""
    answer = jurat.assess(shipped(), CHILDCARE, strict=True, of=["award", "calculated_income"])
    value = answer.value("award")
    assert answer.is_refused
    assert isinstance(value, Refusal)
    assert {reason.kind for reason in value.reasons} == {"assumed fact"}
    assert {reason.term for reason in value.reasons} == {
        "income_support.income_support_law:income_support.protected_payment",
        "income_support.income_support_regulations:income_support.breach",
    }
    income = answer.value("calculated_income")
    assert isinstance(income, Refusal)
    assert {reason.term for reason in income.reasons} == {"income_support.income_support_order:income_support.other_income"}


@pytest.mark.parametrize(
    ("on", "kind", "words"),
    [
        (date(2008, 6, 1), "not encoded", "the rates before 1 October 2009 were not found"),
        (
            date(2012, 1, 1),
            "not encoded",
            "the rates between the year of the report and 1 October 2017 were found for single days only",
        ),
        (date(2007, 6, 1), "not in force", "Its first version begins on 28 January 2008."),
    ],
    ids=str,
)
def test_unknown_law_is_said(on: date, kind: str, words: str) -> None:
    """On a day for which the rates are not known nothing is paid on a guess."""
    value = jurat.assess(shipped(), CHILDCARE, on=on).value("award")
    assert isinstance(value, Refusal)
    assert any(reason.kind == kind and words in reason.message for reason in value.reasons)


def test_a_private_tenant_is_refused_where_the_limit_is_not_known() -> None:
    """Unknown law refuses only what needs it: the components that are known are still given."""
    case = {"version": 1, "on": "2010-10-01", "household": {"home": {"tenure": "tenant", "rent": "100", "landlord": "private_landlord", "home": "flat_1", "home_is_appropriate": True, "person": {"anna": {"date_of_birth": "1980-05-03"}}}}}  # fmt: skip
    answer = jurat.assess(shipped(), case, of=["award", "household_component"])
    assert isinstance(answer.value("award"), Refusal)
    assert plain(answer, "household_component") == "48.58"


@pytest.mark.parametrize(
    ("people", "award"),
    [
        ({"anna": {"date_of_birth": "1980-05-03"}}, "140.70"),  # 92.12 + 48.58
        ({"anna": {"date_of_birth": "1980-05-03"}, "ben": {"date_of_birth": "1979-01-01"}}, "232.82"),  # 2 × 92.12 + 48.58
        (  # a couple with a child of 9 in care for 10 hours, one wage of £400: 184.24 + 63.98 + 48.58 + 46.10 − 310.00
            {
                "anna": {"date_of_birth": "1980-05-03", "gross_earnings": "400"},
                "ben": {"date_of_birth": "1979-01-01"},
                "carl": {"date_of_birth": "2001-02-03", "childcare_hours": "10"},
            },
            "32.90",
        ),
        (  # Article 5(2A): a son of 17 in education leaves his mother the sole adult: 132.51 + 92.12 + 48.58
            {
                "anna": {"date_of_birth": "1970-05-03"},
                "ben": {"date_of_birth": "1993-01-01", "in_full_time_education": True, "child_of_sole_adult": True},
            },
            "273.21",
        ),
        (  # a child's earnings do not count: 132.51 + 63.98 + 48.58
            {"anna": {"date_of_birth": "1980-05-03"}, "ben": {"date_of_birth": "1996-01-01", "gross_earnings": "30"}},
            "245.07",
        ),
        ({"anna": {"date_of_birth": "1980-05-03", "gross_earnings": "500"}}, "0.00"),  # never below nothing
    ],
    ids=["single", "couple", "couple with a child in care", "son in education", "earning child", "well paid"],
)
def test_other_households_by_hand(people: dict[str, dict[str, object]], award: str) -> None:
    """Awards of 1 October 2010 worked out with a pencil from Appendix 1."""
    case = {"version": 1, "on": "2010-10-01", "household": {"home": {"tenure": "tenant", "person": people}}}
    assert plain(jurat.assess(shipped(), case), "award") == award
