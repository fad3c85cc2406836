"""The twelve households of docs/households.md: every line of every sum is what the rules give, and each sum is right."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

import jurat
from engine.values import Exact, Refusal
from jurat.answers import Answer
from tests.books import ROOT, RULES, shipped

BOOK = shipped()
PAGE = (ROOT / "docs" / "households.md").read_text(encoding="utf-8")
CASES = RULES / "jersey" / "income_support" / "cases"
DAYS = (date(2009, 10, 1), date(2010, 10, 1))
SECTIONS = {
    match["case"]: match["text"]
    for match in re.finditer(r"^## .+\n\n\[(?P<case>\w+)\.case\](?P<text>(?:.|\n)*?)(?=^## |\Z)", PAGE, re.MULTILINE)
}
AWARDS = re.findall(r"^\| \[(.+?)\]\(#(.+?)\) \| .+? \| (£[\d.]+|refused) \| (£[\d.]+|refused) \|$", PAGE, re.MULTILINE)
LINE = re.compile(r"^\| .*? \| `(\w+) of (\w+)` \| (\S+) \| (\S+) \|$", re.MULTILINE)


def money(cell: str) -> Decimal:
    """An amount as the page writes it: `−£170.00`, or in bold."""
    return Decimal(cell.strip("*").replace("−", "-").replace("£", ""))


def answer(case: str, on: date, terms: list[str], readings: list[str] | None = None) -> Answer:
    return jurat.assess(BOOK, CASES / f"{case}.case", on=on, of=[*dict.fromkeys(terms)], readings=readings or [])


def given_or_worked_out(found: Answer, term: str, whose: str) -> Decimal:
    value = found.value(term, whose)
    assert isinstance(value, Exact), (term, whose, value)
    return Decimal(value.plain())


def test_there_are_twelve() -> None:
    """In the list, below it, and as cases; each under the heading that the list leads to."""
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert [title for title, *_ in AWARDS] == headings
    assert [place for _, place, *_ in AWARDS] == [heading.lower().replace(",", "").replace(" ", "-") for heading in headings]
    assert len(SECTIONS) == len(headings) == 12
    assert set(SECTIONS) == {path.stem for path in CASES.glob("*.case")} - {"childcare"}


@pytest.mark.parametrize("day", [0, 1], ids=[str(day) for day in DAYS])
@pytest.mark.parametrize("case", SECTIONS)
def test_every_line_is_what_the_rules_give(case: str, day: int) -> None:
    """And the lines before the last add up to it."""
    lines = [(term, whose, money(amounts[day])) for term, whose, *amounts in LINE.findall(SECTIONS[case])]
    readings = re.findall(r"reading `(\w+)`", SECTIONS[case])
    if not lines:
        assert case == "lodger"
        return
    found = answer(case, DAYS[day], [term for term, *_ in lines], readings)
    for term, whose, amount in lines:
        assert given_or_worked_out(found, term, whose) == abs(amount), (term, whose)
    *_, (last, _, award) = lines
    assert last == "award"
    assert sum(amount for *_, amount in lines[:-1]) == award


@pytest.mark.parametrize("day", [0, 1], ids=[str(day) for day in DAYS])
@pytest.mark.parametrize(("case", "listed"), list(zip(SECTIONS, AWARDS, strict=True)), ids=list(SECTIONS))
def test_the_list_has_the_awards(case: str, listed: tuple[str, ...], day: int) -> None:
    """As `jurat assess` gives them, without any other reading."""
    value = answer(case, DAYS[day], ["award"]).value("award")
    if listed[2 + day] == "refused":
        assert isinstance(value, Refusal)
        assert {reason.kind for reason in value.reasons} == {"not encoded"}
    else:
        assert isinstance(value, Exact)
        assert Decimal(value.plain()) == money(listed[2 + day])


def test_the_lodger_in_2018() -> None:
    """Once the limit is known."""
    assert "£94.85 + £90.00 = £184.85" in SECTIONS["lodger"]
    value = answer("lodger", date(2018, 1, 1), ["award"]).value("award")
    assert isinstance(value, Exact)
    assert value.plain() == "184.85"


def test_the_readme_leads_to_each_household() -> None:
    """To its sum, to its case, and with the award that it has there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folder = CASES.relative_to(ROOT)
    for (title, place, _, award), case in zip(AWARDS, SECTIONS, strict=True):
        assert f"| [{title}](docs/households.md#{place}) | [{case}.case]({folder}/{case}.case) | {award} |\n" in readme
    assert readme.count("](docs/households.md#") == len(AWARDS)


# ---- claims ---------------------------------------------------------------------------------------------------------

ON_A_CLAIM = "“This is what a claim is awarded: the components, less the income that counts.”"


@pytest.mark.parametrize(("case", "listed"), list(zip(SECTIONS, AWARDS, strict=True)), ids=list(SECTIONS))
def test_an_award_says_that_it_is_of_a_claim(case: str, listed: tuple[str, ...]) -> None:
    """At its head, in the words of its rule; where it is refused there is nothing to say that of."""
    for told in (jurat.explain(answer(case, DAYS[1], ["award"]), form) for form in ("text", "md", "html")):
        head = told.partition("How it is worked out")[0] if "How it is" in told else told.partition("HOW IT IS")[0]
        assert (ON_A_CLAIM in head) is (listed[3] != "refused")


def test_a_household_that_has_made_no_claim() -> None:
    """Its award is what it would be, says so, and lists the claim among what it did not need; so does what it is paid."""
    people = {"anna": {"date_of_birth": "1975-05-03"}}
    home = {"claims_income_support": False, "tenure": "tenant", "person": people}
    case = {"version": 1, "on": "2010-10-01", "household": {"home": home}}
    printed = jurat.explain(jurat.assess(BOOK, case, of=["award"]))
    assert ON_A_CLAIM in printed
    assert "FACTS GIVEN AND NOT USED\n  Has a claim for Income Support (home): no (no answer needs it)" in printed
    for form in ("text", "md"):
        paid = jurat.pay(BOOK, case, DAYS[0], DAYS[1], of=["award"])
        assert ON_A_CLAIM in paid.told(form)
