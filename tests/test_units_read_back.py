"""Units read back: what each figure of a page is of, and what becomes of that where it is multiplied, divided or added up."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import jurat
from explain.reading_back.checking import check
from explain.reading_back.pages import from_html
from explain.reading_back.units import MIXED, NOTHING, Unit, times, together, unit_of, words_of
from tests.books import ask, book, household
from tests.test_adds_up import page, wrong_now

_FIGURE = re.compile(r'(?:<b>|<b class="r">|<span class="value[^>]*>)([^<]*)</(?:b|span)>')
_OTHERS = [
    (re.compile(r" a week$"), " a month"), (re.compile(r" a week$"), ""), (re.compile(r" an hour$"), " a day"),
    (re.compile(r" hours"), " days"), (re.compile(r"^£"), ""), (re.compile(r"%$"), ""), (re.compile(r"^(?=[\d,.]+$)"), "£"),
]  # fmt: skip

NOT_FOUND = {
    "1": "how many are counted, which a name beside it says, and no unit",
    "0": "the same of nobody",
    "0 hours": "a figure that the rule itself says, in a line that leaves out the time",
    "£233.20 a week": "a result that leaves out its time, where the figures before it do not",
    "£233.20": "a sum of members, whose own units stand in no list",
    "£189.87": "the same",
    "£0.00": "a result that is nothing, of whatever it is nothing",
}
"""Figures of the childcare page that may be of something else in one of their places, and why."""


def otherwise(whole: str) -> Iterator[tuple[str, str]]:
    """Each figure of a page in turn, of something else."""
    for found in _FIGURE.finditer(whole):
        for pattern, other in _OTHERS:
            said = pattern.sub(other, found[1])
            if said != found[1]:
                yield found[1], whole[: found.start(1)] + said + whole[found.end(1) :]


def test_every_unit_of_a_page() -> None:
    read = from_html(page())
    places = list(otherwise(page()))
    assert len(places) > 600
    missed = [figure for figure, text in places if not wrong_now(read, from_html(text))]
    assert set(missed) == set(NOT_FOUND)
    assert len(missed) <= 21


def test_the_line_is_named() -> None:
    text = page().replace("£5.83 an hour", "£5.83 a day")
    told = [why for step in check(from_html(text)).wrong for why in step.why]
    assert any(
        why.startswith("it is of £×hours per day per week, and £233.20 a week is printed, in: £5.83 a day × 40") for why in told
    )


def test_a_time_that_a_line_leaves_out_is_that_of_what_was_used() -> None:
    """Wherever it is written, in the whole page, pay is by the month; only what it comes to is still by the week."""
    rules = book("""
        input pay of person "Pay" : £ a week
        input rent of person "Rent" : £ a week
        rule rest of person "Rest" : £ a week
          is pay - rent""")
    text = jurat.explain(ask(rules, household({"pay": "70", "rent": "30"}), "rest"), "html")
    assert not check(from_html(text)).wrong
    forged = text.replace("£70.00 a week", "£70.00 a month").replace("£30.00 a week", "£30.00 a month")
    [wrong] = check(from_html(forged)).wrong
    assert "£40.00 a week stands at its head, and its working is of £ per month" in wrong.why


def test_what_a_rule_says_for_each() -> None:
    """A line that leaves out its time leaves it out of all of it."""
    rules = book("""
        input worked of person "Worked" : hours a week
        rule parts of person "Parts" : number
          is 1 for each complete 8 hours per week of worked""")
    told = jurat.explain(ask(rules, household({"worked": "20"}), "parts"))
    assert "1 × 2 (each complete 8 hours of 20 hours) = 2" in told


@pytest.mark.parametrize(
    ("pounds", "words", "expected"),
    [
        (True, "", "£"), (True, "an hour", "£ per hour"), (False, "hours a week", "hours per week"),
        (False, "1", "1s"), (False, "", "a plain number"), (True, "per visit", "£ per visit"), (False, "a day", "per day"),
    ],
)  # fmt: skip
def test_what_is_printed_behind_a_figure(pounds: bool, words: str, expected: str) -> None:
    found = unit_of(pounds, words)
    assert found is not None and words_of(found) == expected


POUND: Unit = (("£", 1),)
HOURS: Unit = (("hour", 1),)
VISITS: Unit = (("visit", 1),)


@pytest.mark.parametrize(
    ("one", "other", "sign", "product"),
    [(POUND, HOURS, 1, (("hour", 1), ("£", 1))), (POUND, POUND, -1, NOTHING), (POUND, None, 1, None), (POUND, MIXED, 1, None)],
)
def test_products(one: Unit, other: Unit | None, sign: int, product: Unit | None) -> None:
    assert times(one, other, sign) == product


def test_sums() -> None:
    """Of a declared unit nobody can tell one from several, and nothing is said."""
    assert together(POUND, None, POUND) == POUND
    assert together(POUND, HOURS) == MIXED
    assert together(VISITS, (("visite", 1),)) is None
    assert together(None, None) is None
