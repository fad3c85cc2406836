"""The table of rates: what each rate was, what it is, and by how much it changes, under the headings of the law."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.book.consolidate import book_days
from engine.rates import RateTable, rate_table
from explain.rules.rates import COLUMNS, RateFormat, rates_text
from grammar.source import Source
from jurat.cli import main
from jurat.rulebook import from_sources
from tests.books import ON, ROOT, RULES
from tests.elements import Elements, without_style

UPRATING = Path(__file__).parent / "examples" / "uprating"
DAYS = ("--from", "2010-09-30", "--to", "2010-10-01")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(UPRATING)


def rates(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["rates", *arguments])
    return status, *capsys.readouterr()


def grants(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status, out, err = rates(capsys, "grants", *DAYS, "--rules", ".", *arguments)
    assert (status, err) == (0, "")
    return out


@pytest.mark.parametrize(("form", "suffix"), [("text", ".txt"), ("md", ".md"), ("csv", ".csv"), ("html", ".html")])
def test_rates_of_every_sort(
    form: str, suffix: str, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """Amounts, percentages, ages, days, rows and bands; that rise, fall, begin, end, stay, and are not known."""
    file_regression.check(without_style(grants(capsys, "--format", form)), extension=suffix, encoding="utf-8")


def test_the_shipped_rates_as_the_report_published_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Appendix 1 to the report of 2010: current and proposed, to the penny."""
    status, out, _ = rates(capsys, str(RULES / "jersey" / "income_support"), *DAYS)
    assert status == 0
    published = {
        "Adult component rate": ("£92.12", "£92.12"),
        "Single parent component rate": ("£132.51", "£132.51"),
        "Child component rate": ("£62.09", "£63.98"),
        "Household component rate": ("£47.11", "£48.58"),
        "Earnings disregard rate": ("12%", "16.5%"),
        "Social Security contributions rate": ("6%", "6%"),
    }
    for title, (first, last) in published.items():
        assert re.search(rf"^    {title}.* {re.escape(first)} \[.* {re.escape(last)} \[", out, re.M), title


def test_what_is_not_known_stands_below_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason, once for all rates that it is given for; in CSV it stands last, in the columns of the others."""
    income_support = str(RULES / "jersey" / "income_support")
    printed = {form: rates(capsys, income_support, *DAYS, "--format", form)[1] for form in get_args(RateFormat)}
    table, _, below = printed["text"].partition("\nNot known on either day\n")
    assert "not encoded" not in table
    assert below.count("the housing rates before 1 October 2019 were not found:") == 1
    assert "    Most for a hostel, a week (paragraph 4(2)(a))\n" in below
    for form in ("md", "html"):
        before, _, after = printed[form].partition("Not known on either day")
        assert "hostel" not in before
        assert "hostel" in after
    states = [line["to_state"] for line in csv.DictReader(printed["csv"].splitlines())]
    assert states == ["value"] * 35 + ["not encoded"] * 13


def test_only_what_changes(capsys: pytest.CaptureFixture[str]) -> None:
    """What stays as it is goes, and a heading with it; what may have changed remains."""
    whole = list(csv.DictReader(grants(capsys, "--format", "csv").splitlines()))
    changed = list(csv.DictReader(grants(capsys, "--format", "csv", "--changed").splitlines()))
    assert changed == [line for line in whole if line["outcome"] != "unchanged"]
    assert {line["outcome"] for line in whole} == {"changed", "unchanged", "not known"}


def test_a_file_says_its_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o rates.csv` needs no `--format`."""
    grants(capsys, "-o", str(tmp_path / "rates.csv"))
    assert (tmp_path / "rates.csv").read_text("utf-8").startswith(",".join(COLUMNS[:3]))


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["grant", *DAYS], 1, "There is no scheme called `grant`. [unknown-scheme]\n  Fix: Write `grants`."),
        (["pensions", *DAYS], 1, "Fix: There is `grants`."),
        (["grants", "--from", "2010-10-01", "--to", "2010-09-30"], 2, "--from 1 October 2010 is not before --to 30 September 2010"),
        (["grants", "--from", "2010-10-01", "--to", "2010-10-01"], 2, "--from 1 October 2010 is not before --to 1 October 2010"),
        (["grants", "--from", "2008-03-31", "--to", "2010-10-01"], 2,
         "on 31 March 2008 nothing of Grants is in force; it begins on 1 April 2008"),
        (["grants", "--from", "2008-04-01", "--to", "2010-10-01", "-o", "/not/there.csv"], 2, "cannot write /not/there.csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_wrong_use(arguments: list[str], status: int, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A message that says what to write."""
    found, out, err = rates(capsys, *arguments, "--rules", ".")
    assert (found, out) == (status, "")
    assert message in err


def test_a_scheme_without_rates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to print is said, and is no success."""
    (tmp_path / "a.rules").write_text("entity person\n", encoding="utf-8")
    assert rates(capsys, str(tmp_path), *DAYS)[0] == 1


def test_problems_in_the_rules_stand_in_the_place_of_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No half table."""
    (tmp_path / "a.rules").write_text('figure rate "Rate" : £\n  £5 from 1 January 2010\n  £6 per week from 1 October 2010\n')
    status, out, err = rates(capsys, str(tmp_path), *DAYS)
    assert (status, out) == (1, "")
    assert "[wrong-type]" in err


def made_up(figure: str) -> RateTable:
    rules = from_sources([Source("a.rules", figure)])
    before, after = (rules.on(day).graph for day in (ON.replace(month=9), ON))
    return rate_table(before, after, {"a.rules"})


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_the_change_is_exact(first: int, last: int, share: bool) -> None:
    """Whatever the two values: their difference, and its ratio to the first, to the nearest tenth of a percent."""
    unit = "%" if share else "£"
    values = [f"{n // 100}.{n % 100:02}%" if share else f"£{n // 100}.{n % 100:02}" for n in (first, last)]
    text = f'figure rate "Rate" : {unit}\n  {values[0]} from 1 January 2000\n  {values[1]} from 1 October 2010\n'
    [rate] = made_up(text).rates
    change = rate.change
    assert change is not None and change.difference is not None and isinstance(change.difference.value, int)
    scale = 100 * (100 if share else 1)
    assert Fraction(change.difference.value, change.difference.scale) == Fraction(last - first, scale)
    assert (rate.outcome == "changed") == (first != last)
    if first == 0:
        assert change.ratio is None
    else:
        assert change.ratio is not None and change.tenths is not None
        assert Fraction(*change.ratio) == Fraction(last - first, first)
        assert abs(Fraction(change.tenths, 1000) - Fraction(*change.ratio)) <= Fraction(1, 2000)


HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '<script>alert(1)</script>"', "a | b `c` [d](e)", "-"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_only_ever_text(title: str) -> None:
    """No formula in a spreadsheet, no mark-up in a page, no column in Markdown."""
    written = title.replace('"', "”")
    table = made_up(f'figure rate "{written}" : £\n  £5 from 1 January 2000\n  £4 from 1 October 2010\n')
    [line] = csv.DictReader(rates_text(table, "Title", "scheme", "csv").splitlines())
    assert line["title"] == (f"'{written}" if written[0] in "=+-@" else written)
    assert line["change"] == "-1.00"
    assert line["change_percent_rounded"] == "-20.0"
    page = Elements(rates_text(table, "Title", "scheme", "html"))
    assert written in page.text
    assert "script" not in page.tags
    row = next(line for line in rates_text(table, "Title", "scheme", "md").splitlines() if "£4.00" in line or "£4 " in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 7


BOOKS = sorted(
    path.parent for folder in ("tests/examples", "docs/tutorial", "rules") for path in (ROOT / folder).rglob("*.rules")
)


@pytest.mark.parametrize("folder", dict.fromkeys(BOOKS), ids=lambda folder: folder.name)
def test_any_book_has_a_table(folder: Path) -> None:
    """From the first day on which it changes to the last, in every form; and what changes is part of the whole."""
    rules = jurat.load(folder)
    days = book_days(rules.law)
    table = rate_table(rules.on(days[0]).graph, rules.on(days[-1]).graph, frozenset(rules.files))
    assert [rate for rate in table.rates if rate.outcome != "unchanged"] == list(table.changed().rates)
    for form in get_args(RateFormat):
        assert rates_text(table, "Title", "scheme", form).endswith("\n")
    lines = rates_text(table, "Title", "scheme", "csv").splitlines()
    assert len(list(csv.DictReader(lines))) == len(table.rates)
