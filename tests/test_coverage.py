"""What examples exercise: which parts a book has, and which of them the record of a working shows to have been used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.testing.coverage import KINDS, Tally, parts_of
from explain.rules.testing import percent
from jurat.cli import main
from jurat.testing import run_examples
from tests.books import RULES, book

HERE = Path(__file__).parent / "examples"

TWO_CASES = """
instrument order "Order" made 1 January 2010 commences 1 January 2010
  money rounded to the nearest 1p
input pay of person "Pay" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
input ill of person "Is ill" : yes/no
  default no
figure low_rate "Low rate" : %
  10% from 1 January 2010
  not encoded "the rates of 2011 were not found" from 1 January 2011 until 31 December 2011
  20% from 1 January 2012
figure unread "Read by nothing" : %
  1% from 1 January 2010
rule kept of person "Kept" : £ a week
  version from 1 January 2010 until 31 December 2011
    is pay × low_rate when pay > £10 per week
    otherwise £1 per week
    except sickness: £2 per week when ill
    except long: £2 per week when ill and pay > £100 per week
  version from 1 January 2012
    is pay × low_rate
rule doubled of household "Doubled" : £ a week
  is sum of kept over person × 2
rule afterwards of person "Afterwards" : £ a week
  is not encoded "nobody knows"
"""


def exercised_by(on: str, facts: str, expect: str, others: str = "", text: str = TWO_CASES) -> set[str]:
    """The parts that one example exercises, by identity and first day where there are several."""
    example = f'example "x" on {on}\ngiven household home\ngiven person anna of home\n{facts}\n{others}\nexpect\n{expect}\n'
    found = run_examples(book(text + example)).coverage()
    return {
        f"{part.id.place.removeprefix('order:').removeprefix(':')}{f' {part.id.since.year}' if part.id.since else ''}"
        for part in found.parts
        if found.examples.get(part.id)
    }


OTHER_DAYS = """
instrument order "Order" made 1 January 2000 commences 1 January 2000
input works of person "Works" : yes/no
figure rate "Rate" : £
  £1 from 1 January 2000
  £2 from 3 January 2008
  £3 from 3 January 2009
rule pay of person "Pay" : £
  version from 1 January 2000
    is £5 when works
    otherwise £6
  version from 3 January 2008
    is £7
rule paid of person "Paid" : £
  is sum of (rate + pay) over days in the 3 days before assessment_date
rule paid_now of person "Paid now" : £
  is rate + pay
"""


def test_what_is_used_on_other_days_counts() -> None:
    """Of each day that is looked at: the version, the case and the value of that day, and not those of the day itself."""
    used = exercised_by("4 January 2008", "works is yes", "paid of anna is £21", text=OTHER_DAYS)
    assert used == {
        "paid", "pay", "pay#version 2000", "pay#version 2008", "pay#alternative.1 2000", "rate#value 2000", "rate#value 2008",
    }  # fmt: skip
    assert "rate#value 2009" not in exercised_by("3 January 2009", "works is yes", "paid of anna is £27", text=OTHER_DAYS)
    assert not exercised_by("4 January 2008", "works is yes", "paid_now of anna is £9", text=OTHER_DAYS) & {
        "paid",
        "rate#value 2000",
    }


def test_the_parts_of_a_book() -> None:
    """Each part that may or may not be reached; not what is not encoded, and no rule twice that was always the same."""
    names = [f"{part.kind} {part.id.place} {part.id.since}" for part in parts_of(book(TWO_CASES).law)]
    assert names == [
        "value order:low_rate#value 2010-01-01",
        "value order:low_rate#value 2012-01-01",
        "value order:unread#value 2010-01-01",
        "rule order:kept None",
        "version order:kept#version 2010-01-01",
        "alternative order:kept#alternative.1 2010-01-01",
        "alternative order:kept#alternative.2 2010-01-01",
        "exception order:kept#exception.sickness 2010-01-01",
        "exception order:kept#exception.long 2010-01-01",
        "version order:kept#version 2012-01-01",
        "rule order:doubled None",
    ]


FIRST_CASE = {"kept", "kept#version 2010", "kept#alternative.1 2010", "low_rate#value 2010"}

EXERCISED = [
    ("a case whose value was taken, and what it read", "1 June 2010", "pay is £20 per week", "kept of anna is £2 per week", FIRST_CASE),
    ("the case after it, without what that does not read", "1 June 2010", "", "kept of anna is £1 per week",
     {"kept", "kept#version 2010", "kept#alternative.2 2010"}),
    ("an exception that held and gave the value", "1 June 2010", "ill is yes", "kept of anna is £2 per week",
     {"kept", "kept#version 2010", "kept#exception.sickness 2010"}),
    ("both of two that held and agree", "1 June 2010", "ill is yes\npay is £101 per week", "kept of anna is £2 per week",
     {"kept", "kept#version 2010", "kept#exception.sickness 2010", "kept#exception.long 2010"}),
    ("another version, another dated value", "1 June 2012", "pay is £20 per week", "kept of anna is £4 per week",
     {"kept", "kept#version 2012", "low_rate#value 2012"}),
    ("through another rule", "1 June 2010", "pay is £20 per week", "doubled of home is £4 per week", {*FIRST_CASE, "doubled"}),
    ("nothing where the value is refused", "1 June 2011", "pay is £20 per week", "kept of anna is not encoded", set()),
    ("nothing where it is not encoded at all", "1 June 2010", "", "afterwards of anna is not encoded", set()),
    ("a fact is no part", "1 June 2010", "pay is £20 per week", "pay of anna is £20 per week", set()),
    ("a figure that only the example names was not read", "1 June 2010", "", "unread is 1%", set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "facts", "expect", "wanted"), [case[1:] for case in EXERCISED], ids=[case[0] for case in EXERCISED]
)
def test_what_an_example_exercises(on: str, facts: str, expect: str, wanted: set[str]) -> None:
    """Read off the record, for what is expected only."""
    assert exercised_by(on, facts, expect) == wanted


RATES = """
input pay of person "Pay" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
input ill of person "Is ill" : yes/no
  default no
input abroad of person "Is abroad" : yes/no
  default no
figure limit "Limit" : £ a week
  £10 per week from 1 January 2010
table price of person "Price" : £ a week
  by pay, ill
  row low: under limit, any gives £1 per week
  row high: £10 per week or over, no gives £2 per week
  row sick: £10 per week or over, yes gives not encoded "the price of the sick"
table fee of person "Fee" : £ a week
  by ill
  row sick: yes gives £1 per week from 1 January 2012
  otherwise £2 per week
provision "Article 8" not encoded "absences" affecting fee when abroad affecting help when abroad
rule help of person "Help" : £ a week
  is £1 per week when ill
  otherwise £2 per week
  except rich: £0 per week when pay > £500 per week
scale bands "Bands" : £ a week
  band 0% up to limit
  band 10% up to £100 per week
  band 20% above £100 per week
rule charge of person "Charge" : £ a week
  is bands applied to pay, rounded to the nearest 1p
rule charged of household "Charge of all who are not ill" : £ a week
  is sum of (bands applied to pay) over person where (not ill), rounded to the nearest 1p
"""
LIMIT = "limit#value 2010"

RATED = [
    ("a row, and the figure that is an end of it", "", "price of anna is £1 per week", {"price#row.low", LIMIT}),
    ("another, which does not ask for that figure", "pay is £10 per week", "price of anna is £2 per week", {"price#row.high"}),
    ("a row that is not encoded is no part", "pay is £10 per week\nill is yes", "price of anna is not encoded", set()),
    ("what holds where no row does", "", "fee of anna is £2 per week", {"fee#otherwise"}),
    ("a row from another day on", "ill is yes", "fee of anna is £1 per week", {"fee#row.sick 2012"}),
    ("nothing where a provision without a term touches the case", "abroad is yes", "fee of anna is not encoded", set()),
    ("a case beneath such a provision", "ill is yes", "help of anna is £1 per week", {"help", "help#alternative.1"}),
    ("an exception beneath it", "pay is £501 per week", "help of anna is £0 per week", {"help", "help#exception.rich"}),
    ("nothing lies in any band", "", "charge of anna is £0 per week", {"charge", LIMIT}),
    ("a band that is filled, and none above it", "pay is £10 per week", "charge of anna is £0 per week",
     {"charge", "bands#band.1", LIMIT}),
    ("each band below it too", "pay is £100.01 per week", "charge of anna is £9 per week",
     {"charge", "bands#band.1", "bands#band.2", "bands#band.3", LIMIT}),
    ("over members, by those who count", "pay is £20 per week", "charged of home is £1 per week",
     {"charged", "bands#band.1", "bands#band.2", LIMIT}),
    ("and by nobody else", "pay is £20 per week\nill is yes", "charged of home is £0 per week", {"charged"}),
    ("a scale that only the example names was not applied", "", "limit is £10 per week", set()),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expect", "wanted"), [case[1:] for case in RATED], ids=[case[0] for case in RATED])
def test_rows_and_bands_that_an_example_exercises(facts: str, expect: str, wanted: set[str]) -> None:
    """The row that held, and each band that some amount reached into; beneath what refuses a term to some, too."""
    on = "1 June 2012" if "row.sick" in str(wanted) else "1 June 2010"
    assert exercised_by(on, facts, expect, text=RATES) == wanted


def test_what_is_worked_out_beside_does_not_count() -> None:
    """Another member of the household takes another case of the same rule: nothing was expected of them."""
    ben = "given person ben of home\nill is yes"
    assert exercised_by("1 June 2010", "pay is £20 per week", "kept of anna is £2 per week", ben) == FIRST_CASE
    assert "kept#exception.sickness 2010" in exercised_by(
        "1 June 2010", "pay is £20 per week", "doubled of home is £8 per week", ben
    )


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 100_000))
def test_the_figure_is_exact(some: int, more: int, thousandths: int) -> None:
    """100.0% is all of them, and only then; `--at-least` compares before anything is rounded."""
    tally = Tally(some, some + more)
    if tally.total:
        assert tally.tenths == 1000 * some // tally.total
        assert (percent(tally) == "100.0%") == (more == 0)
        assert tally.reaches(thousandths, 1000) == (1000 * 100 * some >= thousandths * tally.total)
    else:
        assert percent(tally) == "–"
        assert tally.reaches(thousandths, 1000)


def test_every_kind_is_found_in_the_books_of_the_tests() -> None:
    """No kind of part goes without a test."""
    books = [book(TWO_CASES).law, *(jurat.load(path).law for path in HERE.iterdir())]
    assert {part.kind for law in books for part in parts_of(law)} == set(KINDS)


def test_identities_are_unique() -> None:
    """A part is known by its place and its first day."""
    for law in (book(TWO_CASES).law, jurat.load(RULES).law):
        ids = [part.id for part in parts_of(law)]
        assert len(ids) == len(set(ids))


# ---- the command ----------------------------------------------------------------------------------------------------


def test_coverage_of_a_small_book(
    capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is printed; the exit status is that of the tests."""
    monkeypatch.chdir(HERE / "departing")
    assert main(["test", "departing.rules", "--coverage"]) == 1
    file_regression.check(capsys.readouterr().out.partition("\n\n")[2], extension=".txt", encoding="utf-8")


def test_coverage_of_the_shipped_rules(
    capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no example of ours exercises is known, and stands here."""
    monkeypatch.chdir(RULES.parent)
    assert main(["test", "rules", "--coverage"]) == 0
    file_regression.check(capsys.readouterr().out.partition("\n\n")[2], extension=".txt", encoding="utf-8")


@pytest.mark.parametrize(("at_least", "status"), [("0", 0), ("33.3", 0), ("33.333333", 0), ("33.333334%", 1), ("100", 1)])
def test_at_least(at_least: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exactly: 4 of 12 is a third."""
    extra = 'figure other "Read by nothing too" : %\n  1% from 1 January 2010\n'
    facts = "given household home\ngiven person anna of home\npay is £20 per week\nexpect\nkept of anna is £2 per week\n"
    text = f'entity person\nentity household contains person\n{TWO_CASES}{extra}example "x" on 1 June 2010\n{facts}'
    (tmp_path / "a.rules").write_text(text, encoding="utf-8")
    assert main(["test", str(tmp_path), "--at-least", at_least]) == status
    out, err = capsys.readouterr()
    assert "Coverage: 4 of 12 parts" in out
    assert bool(err) == bool(status)


def test_of_a_file_its_own_parts_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """By whatever example of the folder they are exercised."""
    path = RULES / "jersey" / "income_support" / "childcare.rules"
    assert main(["test", str(path), "--coverage", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["examples"] == []
    assert {part["file"] for part in data["coverage"]["parts"]} == {str(path)}
    assert data["coverage"]["exercised"] > 0
