"""`jurat curve`: what is printed, the page with its picture, the data by its schema, and what is refused."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture
from referencing import Registry, Resource

import jurat
from jurat.cli import main
from tests.books import ROOT, RULES, book, household
from tests.comparing import FORMATS
from tests.elements import Elements, without_style

LONE_PARENT = RULES / "jersey" / "income_support" / "cases" / "lone_parent_part_time.case"
SCHEMAS = [json.loads((ROOT / "jurat" / "schemas" / f"{name}.v1.json").read_text("utf-8")) for name in ("curve", "problem")]
REGISTRY: Registry[Any] = Registry().with_resources([(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS])


def curve(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["curve", "--rules", str(RULES / "jersey" / "income_support"), *map(str, arguments)])
    return status, *capsys.readouterr()


def faults(data: object) -> list[str]:
    validator = Draft202012Validator({"$ref": "urn:jurat:curve:1"}, registry=REGISTRY)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize(("form", "suffix"), FORMATS)
def test_before_and_after(
    form: str, suffix: str, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """Golden: the lone parent's award along her earnings, when the disregard had risen."""
    days = ("--from-date", "2010-09-30", "--to-date", "2010-10-01")
    status, out, _ = curve(capsys, LONE_PARENT, "--vary", "gross_earnings of anna", "--to", "£600", *days, "--format", form)
    assert status == 0
    file_regression.check(without_style(out), extension=suffix, encoding="utf-8")
    assert "£542.025806" in out or '"84014/155"' in out


def test_the_page_has_a_picture_with_a_name_and_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    """No script, nothing from elsewhere; two lines told apart by their strokes too."""
    days = ("--from-date", "2010-09-30", "--to-date", "2010-10-01")
    _, page, _ = curve(capsys, LONE_PARENT, "--vary", "gross_earnings of anna", *days, "--format", "html")
    elements = Elements(page)
    [svg] = elements.named("svg")
    assert svg["role"] == "img" and svg["aria-labelledby"] == "curve-title curve-desc"
    assert {"title", "desc"} <= set(elements.tags)
    assert len(elements.named("h1")) == 1 and len(elements.named("table")) == 2 and len(elements.named("caption")) == 2
    assert not elements.named("script") and not re.search(r"(?:src|href)=(?!\"#)", page)
    assert ".before polyline { stroke: var(--soft); stroke-dasharray" in page
    assert [one["class"] for one in elements.named("g") if one.get("class")] == ["before", "after"] * 2


def test_hostile_names_stay_text() -> None:
    """The same elements as a harmless name gives."""
    text = 'input pay of person "{}" : £ a week default £0 per week range £0 per week to £100 per week\nrule help of person "H" : £ a week\n  payable by the week\n  is pay'
    pages = [
        jurat.curve(book(text.format(title)), {**household({"pay": "5"}), "on": "2010-10-01"}, "pay").told("html")
        for title in ("Pay", "<script>alert(1)</script> &amp; <b>")
    ]
    assert Elements(pages[0]).shape == Elements(pages[1]).shape


@pytest.mark.parametrize(
    "arguments",
    [
        ("--vary", "gross_earnings of anna"),
        ("--vary", "capital", "--to", "20000"),
        ("--vary", "maintenance_paid_to_partner of anna"),
        ("--vary", "rent", "--of", "housing_component"),
        ("--vary", "childcare_hours of ben", "--of", "eligible_household"),
        ("--vary", "date_of_birth of ben", "--from", "1992-01-01", "--to", "1993-01-01"),
        ("--vary", "tenure"),
    ],
    ids=" ".join,
)
def test_data_keeps_its_schema(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Also where it is refused."""
    _, out, _ = curve(capsys, LONE_PARENT, *arguments, "--format", "json")
    assert faults(json.loads(out)) == []


def test_the_schema_notices_what_does_not_belong(capsys: pytest.CaptureFixture[str]) -> None:
    """It can fail."""
    _, out, _ = curve(capsys, LONE_PARENT, "--vary", "rent", "--format", "json")
    data = json.loads(out)
    data["curves"][0]["pieces"][0]["rate"] = 0.5
    assert faults(data)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--vary", "gross_earnings"), "There is more than one person in the case."),
        (("--vary", "gross_earnings of annie"), "There is no person called `annie`."),
        (("--vary", "gros_earnings of anna"), "Write `gross_earnings`."),
        (("--vary", "counted_earnings of anna"), "`counted_earnings` is worked out by the rules."),
        (("--vary", "tenure"), "has no values along a line"),
        (("--vary", "date_of_birth of ben", "--from", "1900-01-01"), "there are too many"),
        (("--vary", "rent", "--from", "£20", "--to", "£10"), "There is nothing of"),
        (("--vary", "rent", "--to", "£10 per month"), "a week"),
    ],
)
def test_what_cannot_be_drawn(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A message with what to write; status 1."""
    status, out, err = curve(capsys, LONE_PARENT, *arguments)
    assert (status, out) == (1, "")
    assert said in err and "Fix: " in err


def test_what_does_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert curve(capsys, LONE_PARENT, "--vary", "rent", "--from-date", "2010-01-01")[0] == 2
    days = ("--from-date", "2010-01-01", "--to-date", "2010-02-01")
    assert curve(capsys, LONE_PARENT, "--vary", "rent", "--on", "2010-01-01", *days)[0] == 2


def test_a_draft_is_drawn_beside_the_law(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without it and with it; a higher disregard, a lower marginal rate."""
    draft = tmp_path / "keep_more.rules"
    draft.write_text(
        'amendment keep_more "Keep More Order"\n  amends income_support_order\n  commences 1 November 2010\n\n'
        "in earnings_disregard_rate for 16.5% substitute 20%\n",
        encoding="utf-8",
    )
    status, out, _ = curve(capsys, LONE_PARENT, "--vary", "gross_earnings of anna", "--with", draft, "--format", "json")
    assert status == 0
    assert [one["pieces"][0]["rate"] for one in json.loads(out)["curves"]] == ["-31/40", "-37/50"]


def test_a_jump_is_told_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Between two earnings a penny apart, each with its award: not from where a taper had brought it a penny earlier."""
    case = RULES / "jersey" / "income_support" / "cases" / "childcare.case"
    _, text, _ = curve(capsys, case, "--vary", "gross_earnings of parent", "--on", "2010-10-01")
    assert (
        "It goes from £64.34 a week (at £233.20 a week) to £297.53 a week (at £233.21 a week) at once."
        in " ".join(text.split())
    )  # fmt: skip


def test_the_award_of_the_case_is_a_dot_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """At the upright of the fact, within the picture; and no line touches its edge unless it lies on a round amount."""
    _, page, _ = curve(capsys, LONE_PARENT, "--vary", "gross_earnings of anna", "--on", "2010-10-01", "--format", "html")
    elements = Elements(page)
    [dot] = [one for one in elements.named("circle") if one.get("class") == "here"]
    [upright, _] = [one for one in elements.named("line") if one.get("class") == "given"]
    assert dot["cx"] == upright["x1"]
    top, bottom = Fraction(upright["y1"] or ""), Fraction(upright["y2"] or "")
    assert top < Fraction(dot["cy"] or "") < bottom
    grid = {one["y1"] for one in elements.named("line") if one.get("class") == "grid" and one["y1"] == one["y2"]}
    assert upright["y1"] in grid
