"""The claimant's letter: what is awarded and how it adds up, why not more, what to report, and how to challenge it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from explain.reading_back.checking import check
from explain.reading_back.pages import from_html
from jurat.answers import Format, Reader
from tests.books import CHILDCARE, ROOT, ask, book, household, shipped
from tests.elements import Elements

CASES = sorted(CHILDCARE.parent.glob("*.case"))
SCHEMA = Draft202012Validator(json.loads((ROOT / "jurat" / "schemas" / "letter.v1.json").read_text(encoding="utf-8")))


def letter(case: Path = CHILDCARE, form: Format = "text", reader: Reader = "claimant", on: date | None = None) -> str:
    return jurat.explain(jurat.assess(shipped(), case, on=on), form, reader=reader)


@pytest.mark.parametrize("reader", ["claimant", "easy-read"])
def test_the_childcare_household(reader: Reader, file_regression: FileRegressionFixture) -> None:
    """The whole letter, and the same in easy words."""
    printed = letter(reader=reader)
    for said in ("£288.40 a week", "We leave out 16.5% of what you earn.", "Within 14 days"):
        assert said in printed
    file_regression.check(printed, extension=".txt", encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("reader", ["claimant", "easy-read"])
def test_the_figures_add_up(case: Path, reader: Reader) -> None:
    """What adds, what is taken off, what that adds up from and what they come to, as printed."""
    page = from_html(letter(case, "html", reader))
    assert not check(page).wrong
    if "could not be worked out" not in letter(case):
        assert page.sums


def test_it_is_short() -> None:
    """A letter of three pages at most, not the working: a quarter of it are questions."""
    assert len(letter().split()) < 1_050
    assert len(letter(reader="easy-read").split()) < len(letter().split())


def test_a_refusal_says_why() -> None:
    printed = letter(on=date(2012, 1, 1))
    assert "Income Support award on 1 January 2012 could not be worked out" in printed
    assert "This is why:" in printed
    assert "HOW IT ADDS UP" not in printed


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_as_data(case: Path) -> None:
    """By its schema, with the same figures."""
    data = json.loads(letter(case, "json"))
    SCHEMA.validate(data)
    printed = letter(case)
    assert all(line["value"] in printed for award in data["awards"] for line in award["lines"])
    below = [part for award in data["awards"] for line in award["lines"] for part in line["below"]]
    assert all((part["kind"] == "less") == part["value"].startswith("−") for part in below)
    assert {change["title"] for change in data["changes"]} <= {fact["title"] for fact in data["given"]}
    easy = json.loads(letter(case, "json", "easy-read"))
    SCHEMA.validate(easy)
    assert [change["title"] for change in easy["changes"]] == [change["title"] for change in data["changes"]]


def test_hostile_names_stay_text() -> None:
    """Names, titles and texts give the elements that harmless ones give; in Markdown none becomes a link or a heading."""
    text = """
        input pay of person "{0}" : £
        input rent of person "Rent" : £
        rule help of person "{0}" : £
          is rent - pay, but not less than £0
            because "{1}" """
    for form in ("html", "md"):
        pages = []
        for title, because in (
            ("Pay", "Because."),
            ("</h1><script>alert(1)</script>", "<img src=x onerror=alert(1)> [x](javascript:y) # h"),
        ):
            answer = ask(book(text.format(title, because)), household({"pay": "10", "rent": "70"}), "help")
            pages.append(jurat.explain(answer, form, reader="claimant"))
        if form == "html":
            assert Elements(pages[0]).shape == Elements(pages[1]).shape
        else:
            assert not re.search(r"(?<!\\)<script|(?<!\\)\]\(", pages[1])
