"""The page of an explanation: how its steps nest, what an award is made up of, what would change it, what is not encoded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import pytest

import jurat
from engine.assess import assess
from engine.assessment import Assessment, FactUse, Step
from engine.varying.along import Along
from explain.document import document
from explain.page.changes import what_would_change
from explain.page.nesting import Chapter
from explain.page.waterfall import made_up, waterfall
from explain.reading_back.checking import check
from explain.reading_back.pages import from_html
from explain.telling.numbers import Numbers
from explain.telling.steps import shown
from jurat.answers import Answer
from tests.books import CHILDCARE, ON, ask, book, household, shipped

CASES = sorted(CHILDCARE.parent.glob("*.case"))
MOST = 300_000
"""Bytes of a page."""


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def answer(request: pytest.FixtureRequest) -> Answer:
    return jurat.assess(shipped(), request.param)


@pytest.fixture(scope="module")
def assessment(answer: Answer) -> Assessment:
    assert answer.assessment is not None
    return answer.assessment


def childcare(on: date = ON) -> Assessment:
    found = jurat.assess(shipped(), CHILDCARE, on=on).assessment
    assert found is not None
    return found


# ---- how steps nest -------------------------------------------------------------------------------------------------


def levels_of(chapters: Sequence[Chapter]) -> Iterator[tuple[int, int]]:
    """Each step that stands somewhere, with its level."""
    for chapter in chapters:
        if chapter.step is not None:
            yield chapter.step.number, 1
        for part in chapter.parts:
            yield part.step.number, 2
            yield from ((step.number, 3) for step in part.below)


def test_every_step_stands_once_in_one_of_three_levels(assessment: Assessment) -> None:
    """The answer, what it is worked out from, and what that rests on; each with its number."""
    told = document(assessment)
    levels = list(levels_of(told.chapters))
    assert sorted(number for number, _ in levels) == [step.number for step in told.steps]
    assert [number for number, level in levels if level == 1] == [result.step for result in told.results]
    assert {level for _, level in levels} == {1, 2, 3}


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


TOLD = re.compile(r"At £([\d,]+\.\d\d)(?: a week)?, £([\d,]+\.\d\d) (more|less), (.*)")
NOTHING = "£0.00 a week"


def pence(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def pence_of(award: str) -> int:
    return pence(award.removeprefix("£").removesuffix(" a week"))


def test_every_place_that_is_told_is_so(assessment: Assessment) -> None:
    """The case assessed anew where it is told to turn gives what is told there, and a penny before it not yet."""
    kinds = list(places_told(assessment))
    assert len(kinds) > 5 or not any(isinstance(one.value, int) and one.value for one in assessment.answers)


@pytest.mark.parametrize(
    ("pay", "kinds"),
    [
        ("10", {"begins"}),
        ("20", {"next", "turn"}),
        ("50", {"turn", "ends"}),
        ("70", {"old", "turn", "ends"}),
        ("150", {"old", "ends"}),
    ],
)
def test_every_kind_of_place_is_so(pay: str, kinds: set[str]) -> None:
    """Where it begins, from a turn on, to the next turn, to a jump, to nothing."""
    rules = book("""
        input pay of person "Pay" : £ a week default £0 per week range £0 per week to £1,000 per week
        rule help of person "Help" : £ a week
          payable by the week
          is £0 per week when pay > £200 per week
          otherwise £70 per week when pay > £100 per week
          otherwise £20 per week + (pay - £60 per week) × 75%, rounded to the nearest 1p when pay > £60 per week
          otherwise higher of ((pay - £20 per week) × 50%, £0 per week), rounded to the nearest 1p""")
    assessment = ask(rules, household({"pay": pay}), "help").assessment
    assert assessment is not None
    assert set(places_told(assessment)) == kinds


def places_told(assessment: Assessment) -> Iterator[str | None]:
    """The kind of each place, which is so."""
    graph, names = assessment.graph, assessment.world.names
    told = {(one.title, one.whose): one for one in what_would_change(assessment)}
    for asked, answer in zip(assessment.asked, assessment.answers, strict=True):
        found = told.pop((answer.term.title, names[answer.path]), None)
        for change in found.changes if found else ():
            uses = [
                use for use in assessment.facts if use.term.title == change.title and names[use.path] in (change.whose or ("",))
            ]
            assert len(uses) == max(1, len(change.whose))
            for use in uses:
                fact = (use.term.index, assessment.world.paths[use.term.entity].index(use.path))
                along = Along(graph, assessment.case, fact, asked)

                def at(place: int, along: Along = along, answer: Step | FactUse = answer) -> str:
                    [value] = assess(graph, along.with_fact(place), [answer.term]).answers
                    assert isinstance(value, Step)
                    return shown(value.value, value)

                assert isinstance(use.value, int)
                for place in change.places:
                    yield is_told(place.words, use.value, at)
    assert not told


def is_told(words: str, given: int, at: Callable[[int], str]) -> str | None:
    """Of one place: how far it is from what is given, what is there, and what is a penny before."""
    told = TOLD.fullmatch(words)
    assert told is not None, words
    there, sign = pence(told[1]), 1 if told[3] == "more" else -1
    assert (there - given) * sign == pence(told[2]) > 0, words
    here, before = at(there), at(there - sign)
    what = re.fullmatch(
        r"it (?:(?P<ends>comes to nothing)|begins, with (?P<begins>.*)|is (?P<new>.*); at (?P<at>.*) it is still (?P<old>.*)|becomes (?P<next>.*)"
        r"|is (?P<turn>.*), and from there on changes at another rate|can be given: (?P<known>.*)|(?P<refused>cannot be given): .*)\.",
        told[4],
    )
    assert what is not None, words
    match what.lastgroup:
        case "ends":
            assert here == NOTHING != before, words
        case "begins":
            assert (before, here) == (NOTHING, what["begins"]), words
        case "old":
            assert (before, here) == (what["old"], what["new"]), words
            assert pence_of(what["at"]) == there - sign, words
            around = [pence_of(at(there + sign * aside)) for aside in (-2, -1, 0, 1)]
            steps = [abs(after - earlier) for earlier, after in pairwise(around)]
            assert steps[1] > 1 + max(steps[0], steps[2]), words
        case "refused":
            assert here == "refused" != before, words
        case "known":
            assert (before, here) == ("refused", what["known"]), words
        case "turn":
            assert here == what["turn"], words
            until, after = at(there - 100 * sign), at(there + 100 * sign)
            assert abs(2 * pence_of(here) - pence_of(until) - pence_of(after)) > 1, words
        case _:
            assert (before, here) == (at(given), what["next"]), words
    return what.lastgroup


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


def test_a_page_is_small_and_adds_up(answer: Answer) -> None:
    """Under 300 KB, and read back nothing in it is wrong."""
    told = jurat.explain(answer, "html")
    assert len(told.encode()) < MOST
    assert not check(from_html(told)).wrong
