"""Places in the law: the order in which an instrument has them, whatever the order in which rules name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.book.places import division, is_inside, order_of, places, within

IN_ORDER = [
    "",
    "Article 1(1)",
    "Article 2",
    "Article 2A",
    "Article 3",
    "Article 5(2)",
    "Article 5(2)(a)",
    "Article 5(2)(b)",
    "Article 5(2)(b)(i)",
    "Article 5(2)(b)(ii)",
    "Article 5(2)(b)(iv)",
    "Article 5(2)(b)(v)",
    "Article 5(2)(b)(ix)",
    "Article 5(2)(b)(x)",
    "Article 5(2)(i)",
    "Article 5(2A)",
    "Article 5(3)",
    "Article 10",
    "Schedule 1",
    "Schedule 1, paragraph 2(1)(a)",
    "Schedule 1, paragraph 2(1)(aa)",
    "Schedule 1, paragraph 2(1)(b)",
    "Schedule 1, paragraph 2(2)",
    "Schedule 1, paragraph 10",
    "Schedule 1, Part 2",
    "Schedule 1, Part 2A",
    "Schedule 1, Part 2A, paragraph 7",
    "Schedule 1, Part 2C, paragraph 9",
    "Schedule 1, Part 2C, paragraph 10",
    "Schedule 2",
    "Schedule 10",
    "Childcare component, Example",
    "Earnings disregards",
]


@given(st.permutations(IN_ORDER))
def test_places_have_one_order(shuffled: list[str]) -> None:
    """However they come."""
    assert sorted(shuffled, key=order_of) == IN_ORDER


@pytest.mark.parametrize(
    ("place", "where", "inside"),
    [
        ("Schedule 1, Part 2C, paragraph 10", "Schedule 1, Part 2C", "paragraph 10"),
        ("Schedule 2", "Schedule 2", ""),
        ("Article 5(2)(b)", "", "Article 5(2)(b)"),
        ("Appendix 1", "Appendix 1", ""),
        ("Schedules", "Schedules", ""),
    ],
)
def test_the_division_of_a_place(place: str, where: str, inside: str) -> None:
    """The heading under which an instrument has it, and what it is called there."""
    assert (division(place), within(place)) == (where, inside)


def test_semicolons_part_places() -> None:
    """One citation may name several."""
    assert places("Article 5(2)(b);  Article\n 5(2A)") == ("Article 5(2)(b)", "Article 5(2A)")
    assert places("Schedule 1, paragraph 4") == ("Schedule 1, paragraph 4",)


@pytest.mark.parametrize(
    ("place", "outer", "wanted"),
    [
        ("Article 5(2)", "Article 5", True),
        ("Article 5, as amended", "Article 5", True),
        ("Article 51", "Article 5", False),
        ("Article 5A", "Article 5", False),
        ("Article 5", "Article 5", False),
        ("Article 5", "Article 5(2)", False),
    ],
)
def test_a_place_inside_another(place: str, outer: str, wanted: bool) -> None:
    """By whole numbers: Article 51 is not in Article 5, nor is Article 5A."""
    assert is_inside(place, outer) is wanted


@given(st.text(max_size=40))
def test_any_text_has_an_order(text: str) -> None:
    """A citation is whatever its writer wrote."""
    assert order_of(text) == order_of(text)
    assert division(text) in text or "," in text
