"""The coverage map: each provision of the law that a book names, whether it is encoded, tested, discretionary or not, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture

from engine.book.places import order_of
from jurat.cli import main
from tests.books import ROOT, RULES

MAPPED = Path(__file__).parent / "examples" / "mapped"
SCHEMA = json.loads((ROOT / "jurat" / "schemas" / "coverage.v1.json").read_text("utf-8"))
FITS = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(MAPPED)


def coverage(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["coverage", *arguments])
    return status, *capsys.readouterr()


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(coverage(capsys, *arguments, "--format", "json")[1])
    return found


def provisions(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {place["place"]: place for named in found["instruments"] for place in named["provisions"]}


@pytest.mark.parametrize(("form", "suffix"), [("text", ".txt"), ("md", ".md"), ("json", ".json")])
def test_the_map_of_a_small_book(
    form: str, suffix: str, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """Everything that can name a provision; what is encoded of it, what tests it, who decides, and why the rest is not there."""
    status, out, err = coverage(capsys, ".", "--format", form)
    assert (status, err) == (0, "")
    file_regression.check(out, extension=suffix, encoding="utf-8")


STATES = [
    ("Section 1", "encoded", "tested", "the award"),
    ("Section 2A", "encoded", "tested", "the second of two places of one citation"),
    ("Section 3(b)", "encoded", "tested", "a limb, with the rule that it stands in"),
    ("Section 4", "partly-encoded", "tested-in-part", "a rule, a case of which is not encoded, and an exception not reached"),
    ("Section 4(1)(a)", "partly-encoded", "tested", "a case that is reached; and law without a term"),
    ("Section 4(1)(b)", "not-encoded", None, "a case that is not encoded"),
    ("Section 4(2)", "encoded", "not-tested", "an exception that no example reaches"),
    ("Section 5(i)", "encoded", "tested", "a row"),
    ("Section 5(ii)", "not-encoded", None, "a row that is not encoded"),
    ("Section 6", "encoded", "tested-in-part", "a scale, and the rule that applies it"),
    ("Section 6(b)", "encoded", "not-tested", "a band"),
    ("Section 7", "not-encoded", None, "law without a term"),
    ("Section 8", "discretionary", None, "law left to somebody's discretion"),
    ("Section 9", "encoded", "not-tested", "a rule over a group"),
    ("Section 10(1)", "encoded", "tested", "a fact that an example gives"),
    ("Section 10(2)", "encoded", "not-tested", "a fact that no example gives"),
    ("Section 11", "discretionary", None, "a fact that somebody judges"),
    ("Section 30", "encoded", "tested", "how money is rounded"),
    ("Schedule 1, paragraph 1", "encoded", "tested", "what is said of every figure, and looked at on every day"),
    ("Schedule 1, paragraph 2", "partly-encoded", "tested-in-part", "a figure with values before and after"),
    ("regulation 2(3)", "encoded", "not-tested", "the provision that made a dated value"),
]


@pytest.mark.parametrize(("place", "status", "tested"), [state[:3] for state in STATES], ids=[state[3] for state in STATES])
def test_what_becomes_of_a_provision(place: str, status: str, tested: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    """By the part of the rules that cites it."""
    found = provisions(data(capsys, "."))[place]
    assert (found["status"], found["tested"]) == (status, tested)


def test_a_draft_is_no_law_and_a_plan_is_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """What has not been made names nothing; what never commences is listed, without a status that counts."""
    found = data(capsys, ".")
    assert "regulation 9" not in provisions(found)
    law = {named["name"]: named["law"] for named in found["instruments"]}
    assert law == {"act": True, "later_regulations": True, "plan": False}
    assert found["totals"]["provisions"] == sum(len(n["provisions"]) for n in found["instruments"] if n["law"])


@pytest.mark.parametrize("scheme", [".", str(RULES / "jersey" / "income_support")])
def test_the_data_fits_its_schema_and_agrees_with_itself(scheme: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals are counts of what is listed; each instrument has its places in its own order, each once."""
    Draft202012Validator.check_schema(SCHEMA)
    found = data(capsys, scheme)
    assert [error.message for error in FITS.iter_errors(found)] == []
    law = [place for named in found["instruments"] if named["law"] for place in named["provisions"]]
    totals = found["totals"]
    for status in ("encoded", "partly-encoded", "discretionary", "not-encoded"):
        assert totals[status.replace("-", "_")] == sum(place["status"] == status for place in law)
    assert totals["tested"] + totals["tested_in_part"] + totals["not_tested"] == totals["encoded"] + totals["partly_encoded"]
    for named in found["instruments"]:
        places = [place["place"] for place in named["provisions"]]
        assert places == sorted(set(places), key=order_of)


def test_the_days_on_which_a_provision_is_not_encoded(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure whose older values were not found says for which days, and why."""
    [gap] = provisions(data(capsys, "."))["Schedule 1, paragraph 2"]["not_encoded"]
    assert gap == {
        "why": "the rates before 2010 were not found",
        "from": "2009-01-01",
        "until": "2009-12-31",
        "term": "rate",
        "part": None,
    }


def test_the_guide_shows_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The provision in docs/data.md is one of this book."""
    guide = (ROOT / "docs" / "data.md").read_text("utf-8")
    [shown] = re.findall(r"<!-- a provision of the coverage map -->\n```json\n(.*?)```", guide, re.S)
    example = json.loads(shown)
    assert provisions(data(capsys, "."))[example["place"]] == example


# ---- in a pipeline --------------------------------------------------------------------------------------------------


def listed(tmp_path: Path, lines: Iterable[str]) -> str:
    (tmp_path / "law.txt").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path / "law.txt")


def test_a_list_of_provisions_that_have_to_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In either spelling; what is inside a provision names it, and what is around it does not."""
    path = listed(
        tmp_path,
        ["# The Act", "", 'act "Section 4(1)"', "Benefit Act 2009, Section 8; Section 10", 'act "Schedule 1, paragraph 2"'],
    )
    status, out, _ = coverage(capsys, ".", "--provisions", path)
    assert status == 0
    assert out.endswith("\nOf 4 provisions to be named, 0 are not.\n")
    path = listed(tmp_path, ['act "Section 8(1)"', 'act "Section 44"', 'acts "Section 1"', "The Act, Section 1"])
    status, out, _ = coverage(capsys, ".", "--provisions", path)
    assert status == 1
    assert out.split("\n\n")[-1].splitlines() == [
        "Of 4 provisions to be named, 4 are not.",
        "  line 1: Benefit Act 2009, Section 8(1) (of what is around it, Section 8 is named)",
        "  line 2: Benefit Act 2009, Section 44 (the closest that is named is Section 4)",
        '  line 3: acts "Section 1" (it begins with no instrument of these rules; the closest is act)',
        "  line 4: The Act, Section 1 (it begins with no instrument of these rules)",
    ]
    status, out, err = coverage(capsys, ".", "--provisions", path, "--format", "json")
    assert (status, err) == (1, f"4 of {path} are not named.\n")
    assert FITS.is_valid(json.loads(out))
    assert [item["line"] for item in json.loads(out)["required"] if item["named_as"] is None] == [1, 2, 3, 4]


def test_at_least(capsys: pytest.CaptureFixture[str]) -> None:
    """The share of what is encoded that examples reach whole: at it and just above."""
    percent = data(capsys, ".")["totals"]["percent"]
    assert coverage(capsys, ".", "--at-least", percent)[0] == 0
    status, _, err = coverage(capsys, ".", "--at-least", f"{percent[:-1]}9")
    assert (status, err) == (1, f"Tested whole: {percent}%, less than was asked for.\n")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["mapt", "--rules", "."], 1, "There is no scheme called `mapt`."),
        (["mappd", "--rules", "."], 1, "Fix: Write `mapped`."),
        ([".", "--provisions", "not there.txt"], 2, "The file not there.txt is not there."),
        ([".", "-o", "/not/there/map.md"], 2, "cannot write /not/there/map.md"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use(arguments: list[str], status: int, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A message, and nothing printed as if it were a map."""
    found, out, err = coverage(capsys, *arguments)
    assert (found, out) == (status, "")
    assert message in err


def test_problems_in_the_rules_stand_in_the_place_of_a_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of rules that cannot be read whole no map is drawn."""
    (tmp_path / "a.rules").write_text('figure rate "Rate" : £\n', encoding="utf-8")
    status, out, err = coverage(capsys, str(tmp_path))
    assert (status, out) == (1, "")
    assert "error: " in err


def test_a_fact_that_is_looked_at_on_other_days_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An example reaches it as it does a fact of the day itself."""
    (tmp_path / "cold.rules").write_text(
        """
instrument an_order "Order"
  made 1 January 2000
  commences 1 January 2000
input temperature of everyone "Temperature" : number
  range -50 to 50
  cite "Article 1"
rule frost of everyone "Frost" : yes/no
  cite "Article 2"
  is (temperature < 0) on any day in the 7 days before assessment_date
example "A cold week" on 8 January 2001
  given everyone
    temperature is -1
  expect
    frost is yes
""",
        encoding="utf-8",
    )
    assert main(["coverage", str(tmp_path)]) == 0
    assert "2 tested, 0 tested in part" in " ".join(capsys.readouterr().out.split())
