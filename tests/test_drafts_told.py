"""Whatever is worked out with a draft says at its head that it is, and that a draft is not law."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from jurat.cli import main
from tests.books import RULES

CASE = str(RULES / "jersey" / "income_support" / "cases" / "childcare.json")
DISREGARD = """amendment keep_more "Draft Income Support (Keep More) (Jersey) Order 2010"
  amends income_support_order
  commences 1 November 2010

in earnings_disregard_rate for 16.5% substitute 20%
  made by "Article 2"
"""
WITH = "With the draft Income Support (Keep More) (Jersey) Order 2010, which is not law."
NOT_YET = (
    "The draft Income Support (Keep More) (Jersey) Order 2010 commences on 1 November 2010: it changes nothing on 1 October 2010"
)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    file = tmp_path / "disregard.rules"
    file.write_text(DISREGARD, encoding="utf-8")
    return str(file)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """What a command prints, in one line, and what it says beside it."""
    main([*arguments, "--rules", str(RULES)])
    out, err = capsys.readouterr()
    plain = out if "json" in arguments else out.replace("\\", "")  # of Markdown without what keeps text from being mark-up
    return " ".join(plain.split()), " ".join(err.split())


COMMANDS = {
    "explain": ("explain", CASE, "--on", "2010-11-02"),
    "explain --format md": ("explain", CASE, "--on", "2010-11-02", "--format", "md"),
    "explain --format html": ("explain", CASE, "--on", "2010-11-02", "--format", "html"),
    "explain --for auditor": ("explain", CASE, "--on", "2010-11-02", "--for", "auditor"),
    "a letter": ("explain", CASE, "--on", "2010-11-02", "--for", "claimant"),
    "a letter as md": ("explain", CASE, "--on", "2010-11-02", "--for", "claimant", "--format", "md"),
    "a letter as html": ("explain", CASE, "--on", "2010-11-02", "--for", "easy-read", "--format", "html"),
    "a letter as json": ("explain", CASE, "--on", "2010-11-02", "--for", "claimant", "--format", "json"),
    "assess": ("assess", CASE, "--on", "2010-11-02"),
    "pay": ("pay", CASE, "--from", "2010-10-20", "--until", "2010-11-15"),
    "pay --format md": ("pay", CASE, "--from", "2010-10-20", "--until", "2010-11-15", "--format", "md"),
    "rates": ("rates", "income_support", "--from", "2010-10-31", "--to", "2010-11-01", "--changed"),
    "rates --format md": ("rates", "income_support", "--from", "2010-10-31", "--to", "2010-11-01", "--format", "md"),
    "rates --format html": ("rates", "income_support", "--from", "2010-10-31", "--to", "2010-11-01", "--format", "html"),
    "curve": ("curve", CASE, "--vary", "gross_earnings of parent", "--to", "£300"),
    "curve --format md": ("curve", CASE, "--vary", "gross_earnings of parent", "--to", "£300", "--format", "md"),
    "curve --format html": ("curve", CASE, "--vary", "gross_earnings of parent", "--to", "£300", "--format", "html"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_draft_is_told_at_the_head(command: str, draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of every command that works something out, in every form that people read; without the draft nothing is said of it."""
    out, err = told(capsys, *COMMANDS[command], "--with", draft)
    assert out.count(WITH) == 1
    assert "it changes nothing" not in err
    assert "which is not law" not in told(capsys, *COMMANDS[command])[0]


@pytest.mark.parametrize("command", ["assess", "explain", "pay", "curve"])
def test_data_names_the_draft(command: str, draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In the form that programs read, and only where there is one."""
    data = json.loads(told(capsys, *COMMANDS[command], "--format", "json", "--with", draft)[0])
    assert data["drafts"] == [
        {"name": "keep_more", "title": "Draft Income Support (Keep More) (Jersey) Order 2010", "begins": ["2010-11-01"]}
    ]
    if command != "curve":
        assert "drafts" not in json.loads(told(capsys, *COMMANDS[command], "--format", "json")[0])


def test_a_step_that_a_draft_makes_says_so(draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody has made it: not `made by`."""
    out, _ = told(capsys, *COMMANDS["explain"], "--with", draft)
    assert "by Draft Income Support (Keep More) (Jersey) Order 2010, Article 2 (a draft)" in out
    assert "made by Draft" not in out


@pytest.mark.parametrize("command", ["explain", "assess", "explain --for claimant"])
def test_a_draft_that_does_not_count_yet_says_when(command: str, draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The case is of 1 October 2010: the draft is not silently without effect, and what to ask is said."""
    name, *rest = command.split()
    out, err = told(capsys, name, CASE, *rest, "--with", draft)
    assert out.startswith(("The household", NOT_YET, "A single parent")) and f"{NOT_YET}." in out
    assert WITH not in out
    assert err.endswith(f"{NOT_YET}; ask with `--on 2010-11-01`.")


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_comparison_with_a_draft(
    form: str, draft: str, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """What the law is, and what it would be."""
    main(["compare", "income_support", "--with", draft, "--format", form, "--rules", str(RULES)])
    file_regression.check(capsys.readouterr().out, extension=f".{form}", encoding="utf-8")


def test_a_comparison_before_the_draft_counts(draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It differs in nothing, and says why."""
    out, err = told(capsys, "compare", "--case", CASE, "--on", "2010-10-01", "--with", draft)
    assert "which is not law" in out and NOT_YET in err


def test_a_difference_of_percentages_is_in_points(draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    """From 16.5% to 20% is 3.5 points; 3.5% of what it was would be another figure."""
    out, _ = told(
        capsys,
        "compare",
        "--case",
        CASE,
        "--of",
        "earnings_disregard_rate",
        "--with",
        draft,
        "--on",
        "2010-11-01",
        "--format",
        "md",
    )
    assert "3.5 points more" in out
