"""Tests in the language: which examples hold, which step departed and how, and what `jurat test` prints of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture
from referencing import Registry, Resource

import jurat
from engine.testing.examples import worked
from grammar.rendering import to_data
from grammar.source import Source
from jurat.cli import main
from jurat.rulebook import Rules, from_sources
from jurat.testing import run_examples
from tests.books import ROOT, RULES, book

HERE = Path(__file__).parent / "examples" / "departing"
SCHEMA, PROBLEM = (json.loads((ROOT / "jurat" / "schemas" / f"{n}.v1.json").read_text("utf-8")) for n in ("test", "problem"))
REGISTRY: Registry[Any] = Registry().with_resources([(s["$id"], Resource.from_contents(s)) for s in (SCHEMA, PROBLEM)])
FITS = Draft202012Validator(SCHEMA, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)

KEPT = """
instrument order "Order" made 1 January 2010 commences 1 January 2010
  short months: last day
input pay of person "Pay" : £ a week
  range £0 per week to £1,000 per week
input born of person "Date of birth" : date
input works of person "Works" : yes/no
input school of person "School" : text
rule third of person "Part" : £ a week
  is pay × 0.125, unrounded
rule ratio of person "Ratio" : %
  is 12.345678% × 50%
rule older of person "Age" : whole number
  is years from born to assessment_date
rule below of person "Below" : £ a week
  is pay - £100 per week
"""


def example_of(expectation: str) -> Rules:
    facts = 'pay is £5.01 per week\n born is 3 May 1980\n works is yes\n school is "Hautlieu"'
    text = f'{KEPT}example "one" on 1 October 2010\ngiven household home\ngiven person anna of home\n {facts}\nexpect\n {expectation}\n'
    return from_sources([Source("test.rules", "entity person\nentity household contains person\n" + text)])


@pytest.mark.parametrize(
    ("expectation", "holds"),
    [
        ("third of anna is £0.62625 per week", True),
        ("third of anna is £0.626 per week", False),
        ("third of anna is £0.626251 per week", False),
        ("third of anna is £0.626250 per week", True),
        ("ratio of anna is 6.172839%", True),
        ("ratio of anna is 6.1728%", False),
        ("older of anna is 30", True),
        ("older of anna is 31", False),
        ("below of anna is -£94.99 per week", True),
        ("works of anna is yes", True),
        ("works of anna is no", False),
        ("born of anna is 3 May 1980", True),
        ("pay of anna is £5.01 per week", True),
        ("pay of anna is £5.010001 per week", False),
        ("pay of anna is 5.01", True),
        ("third of anna is 0.62625", True),
        ("third of anna is 0.62", False),
        ("ratio of anna is 6.172839", True),
        ('school of anna is "Hautlieu"', True),
        ('school of anna is "Victoria"', False),
        ("pay of anna is not encoded", False),
    ],
)
def test_an_expectation_is_exact(expectation: str, holds: bool) -> None:
    """To the last decimal that is written, however many a fact may have; `check` and `test` agree."""
    rules = example_of(expectation)
    [found] = run_examples(rules).examples
    assert found.holds is holds
    assert [problem.code for problem in jurat.check(rules)] == ([] if holds else ["example-differs"])


def test_the_first_departing_step_comes_before_what_rests_on_it() -> None:
    """Whatever the order in which the expectations are written."""
    lines = ["award of home is £1 per week", "counted of anna is £1 per week", "disregard of anna is £1 per week"]
    for order in (lines, lines[::-1], [lines[1], lines[2], lines[0]]):
        text = (HERE / "departing.rules").read_text("utf-8").partition("example")[0]
        text += 'example "x" on 1 April 2010\ngiven household home\ngiven person anna of home\npay is £245 per week\nexpect\n'
        [found] = run_examples(book(text + "award of home is £220 per week", people=False)).examples
        assert found.holds
        [found] = run_examples(from_sources([Source("test.rules", text + "\n".join(order))])).examples
        assert [outcome.term.name for outcome in found.departures] == ["disregard", "counted", "award"]
        assert found.rests_on(found.departures[2], found.departures[0])
        assert not found.rests_on(found.departures[0], found.departures[2])


def test_what_is_supposed_is_no_part_and_is_said_to_be_supposed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A step that rests on it is worked out from it; what it stands for is not worked out, and so not exercised."""
    text = (HERE / "departing.rules").read_text("utf-8").partition("example")[0]
    text += 'example "x" on 1 April 2010\ngiven household home\ngiven person anna of home\npay is £245 per week\n'
    (tmp_path / "a.rules").write_text(
        text + "suppose disregard of anna is £45 per week\nexpect\ncounted of anna is £201 per week\n"
    )
    assert run(capsys, str(tmp_path))[1].splitlines()[1:6] == [
        "      Pay that counts (anna): expected £201.00 a week, found £200.00 a week: £1.00 a week less than expected",
        f"        `counted` at {tmp_path / 'a.rules'}:21",
        "          Pay − Disregard",
        "          £245.00 − £45.00 = £200.00",
        "          uses Pay (anna): £245.00 a week [fact]; Disregard (anna): £45.00 a week [supposed]",
    ]
    found = run_examples(jurat.load(tmp_path)).coverage()
    assert [part.term for part in found.parts if found.examples.get(part.id)] == ["counted"]


def test_only_what_is_expected_is_worked_out() -> None:
    """An example is assessed for the terms it expects something of, on its own day."""
    rules = jurat.load(RULES)
    example = next(example for example in rules.law.examples if example.on == date(2010, 10, 1))
    assert example.on is not None
    assessment = worked(example, rules.on(example.on).graph).assessment
    assert assessment is not None
    assert {assessment.graph.terms[index].name for index, _ in assessment.asked} == {e.term for e in example.expect or ()}


# ---- the command ----------------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["test", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_a_report_of_what_departs(
    capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document that a writer gets: a line each, and how the first departing step came about."""
    monkeypatch.chdir(HERE)
    status, out, err = run(capsys, "departing.rules")
    assert (status, err) == (1, "")
    file_regression.check(out, extension=".txt", encoding="utf-8")


def test_the_shipped_examples_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """Each published figure follows; exit 0."""
    status, out, err = run(capsys, str(RULES))
    assert (status, err) == (0, "")
    assert "FAIL" not in out
    assert out.splitlines()[-1].endswith(" pass.")


def test_a_file_among_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of a file named, only its own examples are run; it is read with the others of its folder."""
    rules, _, examples = (HERE / "departing.rules").read_text("utf-8").partition('example "The exception')
    (tmp_path / "good.rules").write_text(rules, encoding="utf-8")
    (tmp_path / "bad.rules").write_text('example "The exception' + examples, encoding="utf-8")
    status, out, _ = run(capsys, str(tmp_path / "good.rules"))
    assert (status, out.splitlines()[-1]) == (0, "1 example: 1 passes.")
    status, out, _ = run(capsys, str(tmp_path / "bad.rules"))
    assert (status, out.splitlines()[-1]) == (1, "3 examples: 0 pass, 3 fail.")
    assert run(capsys, str(tmp_path))[1].splitlines()[-1] == "4 examples: 1 passes, 3 fail."


@pytest.mark.parametrize("arguments", [["not there"], ["--at-least", "101"], ["--at-least", "x"], ["--at-least", "1.1.1"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2."""
    try:
        status = main(["test", *arguments])
    except SystemExit as stop:
        status = stop.code  # type: ignore[assignment]
    assert status == 2
    assert capsys.readouterr().err.strip()


def test_rules_with_problems(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Nothing is worked out with half a book, and no share is told of it; the problem is on standard error."""
    text = (HERE / "departing.rules").read_text("utf-8").replace("is pay - disregard", "is pay - disregrad")
    (tmp_path / "a.rules").write_text(text, encoding="utf-8")
    status, out, err = run(capsys, str(tmp_path))
    assert status == 1
    assert "no term called `disregrad`" in err
    assert out.splitlines()[-1] == "4 examples: 0 pass, 4 fail."
    assert "Not worked out" in out
    (tmp_path / "b.rules").write_text("rul x\n", encoding="utf-8")
    status, out, err = run(capsys, str(tmp_path), "--coverage", "--format", "json")
    assert status == 1
    data = json.loads(out)
    assert data["coverage"] is None
    assert list(FITS.iter_errors(data)) == []


def test_no_examples(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Said, and fine."""
    (tmp_path / "a.rules").write_text("entity person\n", encoding="utf-8")
    assert run(capsys, str(tmp_path), "--coverage") == (
        0, "There are no examples.\n\nCoverage: there is nothing here that an example could exercise.\n", "",
    )  # fmt: skip


# ---- data -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [HERE / "departing.rules", RULES])
@pytest.mark.parametrize("options", [[], ["--coverage"], ["--coverage", "--suggest"]], ids=str)
def test_what_is_printed_fits_the_schema(path: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """And says no less than the text."""
    _, out, _ = run(capsys, str(path), "--format", "json", *options)
    data = json.loads(out)
    assert [error.message for error in FITS.iter_errors(data)] == []
    assert data["passed"] + data["failed"] == len(data["examples"]) > 0
    assert (data["coverage"] is not None) == ("--coverage" in options)
    assert (data["suggestions"] is not None) == ("--suggest" in options)


def test_the_schema_describes_every_key_and_refuses_others(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with a description; an odd key anywhere in what is printed is noticed."""
    Draft202012Validator.check_schema(SCHEMA)
    for place, schema in [("", SCHEMA), *SCHEMA["$defs"].items()]:
        for name, item in schema.get("properties", {}).items():
            assert item.get("description"), f"{place}.{name}"
    _, out, _ = run(capsys, str(HERE / "departing.rules"), "--format", "json", "--coverage", "--suggest")
    data = json.loads(out)

    def objects(value: Any) -> list[dict[str, Any]]:
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return ([value] if isinstance(value, dict) else []) + [found for part in inside for found in objects(part)]

    for found in objects(data):
        found["Not A Key"] = 7
        assert list(FITS.iter_errors(data)) != []
        del found["Not A Key"]


def test_a_departure_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    """What was expected, what was found, the difference; the step by its identity and the place of its rule."""
    _, out, _ = run(capsys, str(HERE / "departing.rules"), "--format", "json")
    example = json.loads(out)["examples"][1]
    [counted] = [found for found in example["expectations"] if found["term"] == "counted"]
    assert (counted["expected"], counted["found"], counted["difference"]) == ("204.58", "220.00", "15.42")
    assert example["departs"]["id"] == {"provision": "order:disregard", "path": ["home", "anna"]}
    assert example["departs"]["line"] == 15
    assert {"term": "award", "of": "home"} in example["departs"]["resting"]


def test_names_are_looked_at_before_any_household_is_worked_out() -> None:
    """`check` refuses an example that names what is not there, as a problem with its place."""
    problems = [to_data(problem) for problem in jurat.check(jurat.load(HERE / "departing.rules"))]
    assert {"example-names", "example-differs"} == {problem["code"] for problem in problems}
