"""What somebody types who drafts an amendment, and what is said where it cannot be done; nothing of theirs is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jurat.cli import main
from tests.books import RULES

CASE = str(RULES / "jersey" / "income_support" / "cases" / "childcare.json")
HEADING = """amendment keep_more "Draft Keep More Order"
  amends income_support_order
  commences 1 November 2010

"""
DRAFTS = {
    "disregard.rules": f"{HEADING}in earnings_disregard_rate for 16.5% substitute 20%\n",
    "misspelt.rules": f"{HEADING}in earnings_disregard_rat for 16.5% substitute 20%\n",
    "made.rules": HEADING.replace("  commences", "  made 1 October 2010\n  commences")
    + "in earnings_disregard_rate for 16.5% substitute 20%\n",
    "headless.rules": "in child_rate for £63.98 per week substitute £70 per week\n",
    "of_the_scheme.rules": HEADING.replace("income_support_order", "income_support")
    + "in earnings_disregard_rate for 16.5% substitute 20%\n",
}
UPRATE = ("uprate", "income_support", "--from", "2010-11-01", "--by", "3.1%", "--only", "child_rate")


@pytest.fixture(autouse=True)
def _drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JURAT_RULES", str(RULES))
    for name, text in DRAFTS.items():
        Path(name).write_text(text, encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status, and what a terminal shows."""
    status = main(list(arguments))
    out, err = capsys.readouterr()
    return status, err + out


# ---- files that are there -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        (*UPRATE, "--to", "the nearest 7p"),
        ("consolidate", "income_support_order", "--on", "2010-10-01"),
        ("amend", "copy/income_support", "--against", "income_support", "--from", "2010-11-01"),
    ],
    ids=lambda command: command[0],
)
def test_rule_text_is_written_over_nothing(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Of every command that writes rule text: unless it says the same already, or it is said that it may."""
    if command[0] == "amend":
        shutil.copytree(RULES / "jersey", "copy")
        for file in Path("copy").rglob("*.rules"):
            was = file.read_text(encoding="utf-8")
            file.write_text(
                was.replace("£92.12 per week from 1 October 2009", "£93.10 per week from 1 October 2009"), encoding="utf-8"
            )
    status, shown = told(capsys, *command, "-o", "disregard.rules")
    assert status == 2
    assert "jurat: disregard.rules is there already, and nothing was written; name another with -o, or say --force" in shown
    assert Path("disregard.rules").read_text(encoding="utf-8") == DRAFTS["disregard.rules"]
    assert told(capsys, *command, "-o", "new.rules")[0] == told(capsys, *command, "-o", "new.rules")[0] == 0
    assert told(capsys, *command, "-o", "disregard.rules", "--force")[0] == 0
    assert Path("disregard.rules").read_bytes() == Path("new.rules").read_bytes()


def test_a_folder_is_written_whole_or_not_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    """The first of several files is not written where a later one may not be."""
    command = ("consolidate", "community_costs_bonus", "--on", "2021-12-01", "-o", "law")
    assert told(capsys, *command)[0] == 0
    files = sorted(Path("law").rglob("*.rules"))
    assert len(files) > 1
    files[0].unlink()
    files[-1].write_text("# mine\n", encoding="utf-8")
    status, shown = told(capsys, *command)
    assert status == 2 and "is there already" in shown
    assert not files[0].exists() and files[-1].read_text(encoding="utf-8") == "# mine\n"


def test_what_is_wrong_goes_to_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    """£63.98 and £2 is no multiple of 7p, which the rules say of every figure; the draft is told as it would have been."""
    status, shown = told(
        capsys,
        "uprate",
        "income_support",
        "--from",
        "2010-11-01",
        "--by",
        "£2 per week",
        "--only",
        "child_rate",
        "-o",
        "new.rules",
    )
    assert status == 1
    assert "[not-a-multiple]" in shown and "jurat: nothing was written to new.rules" in shown
    assert not Path("new.rules").exists()


def test_less_is_written_with_a_minus_as_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    """`--by -3.1%` is no option."""
    status, shown = told(
        capsys, "uprate", "income_support", "--from", "2010-11-01", "--by", "-3.1%", "--to", "nearest 7p", "--only", "child_rate"
    )
    assert status == 0 and "being 3.1% less" in shown


# ---- drafts that cannot be looked at --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "message", "fix"),
    [
        (("compare", "income_support", "--with", "misspelt.rules"),
         "error: There is no provision called `earnings_disregard_rat` that could be amended. [unknown-name]",
         "Fix: Write `earnings_disregard_rate`."),
        (("curve", CASE, "--vary", "gross_earnings of parent", "--with", "misspelt.rules"),
         "error: There is no provision called `earnings_disregard_rat` that could be amended. [unknown-name]",
         "Fix: Write `earnings_disregard_rate`."),
        (("compare", "income_support", "--with", "made.rules"),
         "error: `keep_more` in made.rules has been made: it is law, and needs no `--with`. [unknown-instrument]",
         "Fix: Put the file beside the rules that it amends; or, if it is a draft, delete `made` and its day in it."),
        (("explain", CASE, "--with", "headless.rules"),
         "error: This changes the law, and stands in no amendment that could change it. [no-amendment]",
         'Fix: Put before it the heading of the instrument that does this: `amendment name "Title"` with `amends` and `commences`; '
         "and, unless it is a draft, `made`."),
        (("check", str(RULES / "jersey" / "income_support"), "--with", "of_the_scheme.rules"),
         "error: `income_support` is a scheme, and an amendment names the instruments that it amends. [unknown-instrument]",
         "Fix: Write `income_support_order`."),
        (("explain", CASE, "--with", "disregard.rules,misspelt.rules"),
         "error: There is no draft at disregard.rules,misspelt.rules. [no-rules]",
         "Fix: Say it of each: `--with disregard.rules --with misspelt.rules`."),
        (("explain", CASE, "--with", "disregard.rule"),
         "error: There is no draft at disregard.rule. [no-rules]",
         "Fix: Write `disregard.rules`."),
        (("history", "disregard"),
         "error: There is no provision called `disregard`. [unknown-name]",
         "Fix: Write one of `capital_disregard`,"),
        (("consolidate", "earnings_disregard_rate", "--on", "2010-10-01"),
         "error: `earnings_disregard_rate` is a figure of `income_support_order`. [unknown-instrument]",
         "Fix: Write `income_support_order`; or ask `jurat history earnings_disregard_rate`."),
    ],
    ids=lambda one: " ".join(one[:1] + one[-1:]) if isinstance(one, tuple) else "",
)  # fmt: skip
def test_one_message_that_says_what_to_do(
    command: tuple[str, ...], message: str, fix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cause, and nothing that only follows from it."""
    status, shown = told(capsys, *command)
    assert status in (1, 2)
    assert shown.count("error: ") == 1
    assert message in shown and fix in shown


def test_a_draft_checked_alone_is_read_with_what_it_amends(capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder of its own it amends nothing that is there."""
    Path("alone").mkdir()
    Path("alone", "disregard.rules").write_text(DRAFTS["disregard.rules"], encoding="utf-8")
    _, shown = told(capsys, "check", "alone/disregard.rules")
    assert shown.count("error: ") == 1
    assert "Fix: Read it with the rules that it amends: `jurat check RULES --with alone/disregard.rules`." in shown


def test_a_case_where_a_scheme_is_compared(capsys: pytest.CaptureFixture[str]) -> None:
    status, shown = told(capsys, "compare", CASE, "--with", "disregard.rules")
    assert (status, shown) == (2, f"jurat: {CASE} is a case, and a scheme stands there; say --case {CASE}\n")
