"""The page of an explanation: how its steps nest, what an award is made up of, what would change it, what is not encoded."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

import jurat
from engine.assessment import Assessment, Step
from explain.document import document
from explain.numbers import Numbers
from explain.page.changes import what_would_change
from explain.page.nesting import depth_of
from explain.page.waterfall import made_up, waterfall
from explain.reading_back.checking import check
from explain.reading_back.pages import from_html
from tests.books import CHILDCARE, ON, ask, book, household, shipped

CASES = sorted(CHILDCARE.parent.glob("*.case"))
MOST = 300_000
"""Bytes of a page."""


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def assessment(request: pytest.FixtureRequest) -> Assessment:
    found = jurat.assess(shipped(), request.param).assessment
    assert found is not None
    return found


def childcare(on: date = ON) -> Assessment:
    found = jurat.assess(shipped(), CHILDCARE, on=on).assessment
    assert found is not None
    return found


# ---- how steps nest -------------------------------------------------------------------------------------------------


def test_every_step_stands_once_in_one_of_three_levels(assessment: Assessment) -> None:
    """The answer, what it is worked out from, and what that rests on; each with its number."""
    told = document(assessment)
    levels = depth_of(told.chapters)
    assert sorted(levels) == [step.number for step in told.steps]
    assert set(levels.values()) <= {1, 2, 3}
    assert [number for number, level in levels.items() if level == 1] == [result.step for result in told.results]


def test_what_a_part_rests_on_comes_in_the_order_of_the_working(assessment: Assessment) -> None:
    """Below a part stands only what it rests on, each after what it uses itself."""
    for chapter in document(assessment).chapters:
        for part in chapter.parts:
            numbers = [step.number for step in part.below]
            assert numbers == sorted(numbers)
            assert all(number < part.step.number for number in numbers)


# ---- what it is made up of ------------------------------------------------------------------------------------------


def test_the_bars_come_to_the_award(assessment: Assessment) -> None:
    """What adds and what is taken off, as the steps recorded it, to the penny; each bar begins where the one before ends."""
    for answer in assessment.answers:
        assert isinstance(answer, Step)
        found = made_up(assessment, answer)
        if found is None:
            assert not isinstance(answer.value, int)
            continue
        assert found.adds_up
        drawn = waterfall(assessment, answer, Numbers(assessment))
        assert drawn is not None
        parts = [bar for bar in drawn.bars if bar.kind != "comes to"]
        assert all(after.start == before.end for before, after in pairwise(parts))
        assert drawn.bars[-1].value == answer.exact.words(per=False)  # type: ignore[union-attr]


def test_the_childcare_household() -> None:
    """As the report of 2010 adds it up."""
    assessment = childcare()
    [answer] = assessment.answers
    assert isinstance(answer, Step)
    drawn = waterfall(assessment, answer, Numbers(assessment))
    assert drawn is not None
    assert [(bar.kind, bar.title, bar.value) for bar in drawn.bars] == [
        ("adds", "Basic component", "£132.51"),
        ("adds", "Basic component", "£63.98"),
        ("adds", "Household component", "£48.58"),
        ("adds", "Child day care component", "£233.20"),
        ("comes to", "Total of the components", "£478.27"),
        ("takes", "Earnings that count", "−£189.87"),
        ("comes to", "Income Support award", "£288.40"),
    ]


def test_a_limit_has_a_bar_of_its_own() -> None:
    """What `but not less than` puts back is told like any other amount."""
    rules = book("""
        input pay of person "Pay" : £
        input rent of person "Rent" : £
        rule help of person "Help" : £
          is rent - pay, but not less than £5""")
    assessment = ask(rules, household({"pay": "90", "rent": "70"}), "help").assessment
    assert assessment is not None
    [answer] = assessment.answers
    assert isinstance(answer, Step)
    drawn = waterfall(assessment, answer, Numbers(assessment))
    assert drawn is not None
    assert [(bar.kind, bar.value) for bar in drawn.bars] == [
        ("adds", "£70.00"),
        ("takes", "−£90.00"),
        ("limit", "£25.00"),
        ("comes to", "£5.00"),
    ]


# ---- what would change it -------------------------------------------------------------------------------------------


def test_every_place_that_is_told_is_so(assessment: Assessment) -> None:
    """At the value that is named the award is what is said, and a penny before it is not yet."""
    for one in what_would_change(assessment):
        assert one.changes
        for change in one.changes:
            for place in change.places:
                assert re.match(r"At £[\d,]+\.\d\d(?: a week)?, £[\d,]+\.\d\d (?:more|less), it ", place.words), place.words


def test_the_earnings_of_the_childcare_household() -> None:
    """Each pound takes 77½p, the award ends at £617.12, and below £233.21 the child care is no longer paid."""
    [one] = what_would_change(childcare())
    earnings = next(change for change in one.changes if change.title == "Gross earnings")
    assert earnings.rate == "Each £1.00 more takes £0.775 off."
    assert [place.words for place in earnings.places] == [
        "At £617.12 a week, £372.12 more, it comes to nothing.",
        "At £233.20 a week, £11.80 less, it is £64.34 a week; at £233.21 a week it is still £297.53 a week.",
    ]
    for pay, award in (
        ("617.11", "£0.01 a week"),
        ("617.12", "£0.00 a week"),
        ("233.21", "£297.53 a week"),
        ("233.20", "£64.34 a week"),
    ):
        case = {
            "version": 1,
            "on": "2010-10-01",
            "household": {
                "home": {
                    "tenure": "tenant",
                    "person": {
                        "parent": {"date_of_birth": "1980-05-03", "gross_earnings": pay},
                        "baby": {"date_of_birth": "2009-03-01", "childcare_hours": "40"},
                    },
                }
            },
        }
        assert jurat.assess(shipped(), case).value("income_support.award").words() == award  # type: ignore[union-attr]


# ---- what is not encoded --------------------------------------------------------------------------------------------


def test_gaps_that_touch_the_case_are_told_apart() -> None:
    """Of an award none does, and each that was looked at says why not; a refusal names what refused it."""
    awarded, refused = document(childcare()), document(childcare(date(2012, 1, 1)))
    assert not awarded.gaps.touching
    assert {"“Has a protected payment”: no"} <= {re.sub("[\x01-\x07]", "", gap.not_here) for gap in awarded.gaps.aside}
    assert refused.gaps.touching
    assert all(gap.steps for gap in refused.gaps.touching)
    assert awarded.gaps.left_count > 20


# ---- the page whole -------------------------------------------------------------------------------------------------


def test_a_page_is_small_and_adds_up(assessment: Assessment) -> None:
    """Under 300 KB, and read back nothing in it is wrong."""
    told = jurat.explain(jurat.assess(shipped(), next(path for path in CASES if _is_of(path, assessment))), "html")
    assert len(told.encode()) < MOST
    assert not check(from_html(told)).wrong


def _is_of(path: object, assessment: Assessment) -> bool:
    found = jurat.assess(shipped(), path).assessment  # type: ignore[arg-type]
    return found is not None and found.case.title == assessment.case.title
