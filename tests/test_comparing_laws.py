"""Comparing two laws by meaning, two folders, what git has; every format, hostile names and wrong use."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture
from referencing import Registry, Resource

import jurat
from engine.comparing.laws import compare_laws
from jurat.comparing import Beside
from jurat.comparing_books import compare_books
from jurat.rulebook import Rules
from tests.books import CHILDCARE, ROOT
from tests.comparing import (
    AFTER,
    AMENDED,
    BEFORE,
    CARE,
    FORMATS,
    INCOME_SUPPORT,
    LAW,
    book,
    compare,
    laws,
    people,
)
from tests.elements import without_style


@pytest.fixture(scope="module")
def jersey() -> Rules:
    return jurat.load(INCOME_SUPPORT)


# ---- two laws -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "effect", "differences"),
    [
        pytest.param(lambda text: text, "none", [], id="the same"),
        pytest.param(
            lambda text: text.replace("is rate + £2.00", "is\n    # a comment\n    rate  +  £2.00"), "none", [], id="layout"
        ),
        pytest.param(
            lambda text: text.replace("rate + £2.00 per week", "£2.00 per week + rate"), "none", [], id="order of a sum"
        ),
        pytest.param(lambda text: text.replace('"Rate of nothing"', '"Old rate"'), "wording", ["reworded"], id="title"),
        pytest.param(
            lambda text: text.replace("£1.00 per", "£3.00 per"), "wording", ["changed"], id="figure that no award reads"
        ),
        pytest.param(lambda text: text.replace("£10.00 per", "£11.00 per"), "effect", ["changed"], id="figure"),
        pytest.param(
            lambda text: text.replace("+ £2.00 per week", "× 2"),
            "effect",
            ["changed"],
            id="formula",
        ),
        pytest.param(lambda text: text.replace("unused", "idle"), "wording", ["renamed"], id="renamed by hand"),
        pytest.param(lambda text: text.replace(" rate ", " price "), "wording", ["renamed"], id="renamed, and read by an award"),
        pytest.param(lambda text: text + 'figure extra "More" : £\n  £1.00 from 1 January 2008\n', "wording", ["new"], id="new"),
        pytest.param(
            lambda text: text.replace('figure unused "Rate of nothing" : £ a week\n  £1.00 per week from 1 January 2008\n', ""),
            "wording",
            ["gone"],
            id="gone",
        ),
        pytest.param(
            lambda text: text.replace(
                "£10.00 per week from 1 January 2008",
                "£10.00 per week from 1 January 2008\n  £12.00 per week from 1 January 2011",
            ),
            "none",
            [],
            id="only later",
        ),
        pytest.param(
            lambda text: text.replace("default £0", "default £1"), "wording", ["changed"], id="default that nothing reads"
        ),
        pytest.param(
            lambda text: (
                text.replace("is rate +", "is twin +") + 'figure twin "Twin" : £ a week\n  £10 per week from 1 May 2008\n'
            ),
            "wording",
            ["changed", "new"],
            id="another figure of the same value",
        ),
        pytest.param(lambda text: text + 'role head of household "Head" : one person\n', "effect", [], id="another role"),
    ],
)
def test_one_of_three_answers(change: Callable[[str], str], effect: str, differences: list[str]) -> None:
    """By meaning and not by layout; what is only said, or reaches no award, is wording."""
    found = laws(LAW, change(LAW))
    assert (found.effect, [one.difference for one in found.altered]) == (effect, differences)
    assert effect != "none" or found.before.effect == found.after.effect


def test_what_changes_tells_the_awards_that_it_feeds_first(jersey: Rules) -> None:
    found = compare_laws(jersey.on(BEFORE).graph, jersey.on(AFTER).graph)
    [disregard] = [one for one in found.altered if one.term.name == "earnings_disregard_rate"]
    assert [term.name for term in disregard.feeds][:2] == ["award", "earnings_disregard"]
    assert found.effect == "effect"


@pytest.mark.parametrize(("form", "suffix"), FORMATS)
def test_two_laws_in_every_format(
    form: str,
    suffix: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file_regression: FileRegressionFixture,
) -> None:
    """Words that changed, old and new, an exception among them; what is new, renamed, and what each feeds."""
    monkeypatch.chdir(AMENDED)
    status, out, err = compare(capsys, "rules", "--from", "2010-09-30", "--to", "2012-05-01", "--format", form)
    assert (status, err) == (0, "")
    file_regression.check(without_style(out), extension=suffix, encoding="utf-8")


# ---- as data --------------------------------------------------------------------------------------------------------

PROBLEM, COMPARISON = (
    json.loads((ROOT / "jurat" / "schemas" / f"{name}.v1.json").read_text("utf-8")) for name in ("problem", "comparison")
)
SCHEMAS: Registry[Any] = Registry().with_resources([(one["$id"], Resource.from_contents(one)) for one in (PROBLEM, COMPARISON)])
VALIDATOR = Draft202012Validator(COMPARISON, registry=SCHEMAS, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", ["the_lone_parent", "two_laws", "causes", "cases", "books", "nothing", "draft"])
def test_what_is_printed_fits_its_schema(name: str, jersey: Rules) -> None:
    amended = jurat.load(AMENDED / "rules", drafts=[AMENDED / "draft.rules"])
    found: Beside = {
        "the_lone_parent": lambda: jurat.compare(jersey, CHILDCARE, first=BEFORE, last=AFTER),
        "two_laws": lambda: jurat.compare(jersey, first=BEFORE, last=AFTER),
        "causes": lambda: jurat.compare(amended, AMENDED / "family.case", first=BEFORE, last=date(2012, 5, 1)),
        "cases": lambda: jurat.compare(amended, AMENDED / "family.case", AMENDED / "appeal.case"),
        "books": lambda: compare_books(book(LAW), book(LAW.replace("£10.00 per", "£11.00 per"))),
        "nothing": lambda: jurat.compare(jersey),
        "draft": lambda: jurat.compare(amended, AMENDED / "family.case"),
    }[name]()
    data = found.data()
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)] == []
    assert ("problems" in data) is (name == "nothing")


# ---- wrong use, and hostile names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--from", "2010-10-01"), 2, "--from and --to belong together"),
        (("--on", "2010-10-01", "--from", "2010-10-01", "--to", "2010-10-02"), 2, "either --on, or --from and --to"),
        (("--on", "2010-10-01"), 1, "There is only one law to look at."),
        (("--from", "2010-10-02", "--to", "2010-10-01"), 1, "The second day is before the first."),
        (("--on", "2010-10-02", "--known", "2010-10-01", "--known", "2009-10-01"), 1, "The second day is before the first."),
        (("--with", "nobody"), 1, "There is no draft called `nobody`."),
        (("rules", "rules", "rules"), 2, "compare takes a scheme, or two folders of rules"),
        (("rules", "rules", "--with", "a_draft"), 2, "of two folders only --on, --format and -o can be said"),
        (("--case", "family.case", "--case", "family.case", "--case", "family.case"), 2, "at most two cases"),
        (("--case", "family.case", "--case", "family.case", "--from", "2010-10-01", "--to", "2010-10-02"), 2, "under one law"),
        (("--case", "missing.case", "--from", "2010-10-01", "--to", "2010-10-02"), 2, "missing.case"),
    ],
)
def test_wrong_use_is_told(
    arguments: tuple[str, ...], status: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(AMENDED)
    rules = () if "rules" in arguments else ("--rules", "rules")
    found, out, err = compare(capsys, *arguments, *rules)
    assert (found, out) == (status, "")
    assert said in err


def test_hostile_names_stay_text_in_every_format() -> None:
    """A title, a reason or an identifier that holds mark-up is shown as it is written."""
    evil = "<script>alert(1)</script>"
    old = book(LAW.replace('"Rate"', f'"{evil}"'))
    new = book(LAW.replace('"Rate"', f'"{evil}"').replace("£10.00 per", "£11.00 per"))
    found = compare_books(old, new, AFTER)
    assert evil not in found.told("html")
    assert "&lt;script&gt;" in found.told("html")
    assert "\\<script\\>" in found.told("md")
    cases = [people(**{"<b>ann</b>": {"pay": pay}}) for pay in (1, 2)]
    told = jurat.compare(book(CARE), *cases)
    assert "<b>ann</b>" in told.told("text")
    assert "<b>ann</b>" not in told.told("html")
    assert "<b>" not in told.told("md").replace("<br>", "")


# ---- two folders, and git -------------------------------------------------------------------------------------------


def test_two_folders_on_every_day_on_which_they_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """An edited copy: one rate of now, and one that begins later; each is told from its own day on."""
    for name in ("old", "new"):
        shutil.copytree(AMENDED / "rules", tmp_path / name)
    edited = tmp_path / "new" / "law.rules"
    text = edited.read_text("utf-8").replace("£1.00 per week from", "£1.05 per week from")
    edited.write_text(text.replace("is child_rate + £3 per", "is child_rate + £4 per"), "utf-8")
    monkeypatch.chdir(tmp_path)
    status, out, err = compare(capsys, "old", "new")
    assert (status, err) == (0, "")
    file_regression.check(out, extension=".txt", encoding="utf-8")
    assert json.loads(compare(capsys, "old", "new", "--format", "json")[1])["answer"] == "effect"


def test_git_shows_by_meaning_what_a_change_of_a_rule_file_does(tmp_path: Path, file_regression: FileRegressionFixture) -> None:
    """As docs/comparing.md sets it up: a change of layout is no effect, one of a figure is told, what cannot be read in lines."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")

    def run(*arguments: str) -> str:
        driver = f"diff.jurat.command={shlex.quote(sys.executable)} -m jurat compare"
        who = ["-c", "user.name=A writer", "-c", "user.email=writer@example.org", "-c", "core.pager=cat"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "JURAT_CACHE": "off"}
        done = subprocess.run(
            [git, *who, "-c", driver, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    folder = tmp_path / "rules"
    shutil.copytree(AMENDED / "rules", folder)
    (tmp_path / ".gitattributes").write_text("*.rules diff=jurat\n", "utf-8")
    run("init", "--quiet")
    run("add", ".")
    run("commit", "--quiet", "-m", "The law")
    law = folder / "law.rules"
    written = law.read_text("utf-8")
    shown = []
    for old, new in [
        ("is gross - 6% × gross", "# earnings\n  is gross\n    - 6% × gross"),
        ("£1.00 per week from", "£1.05 per week from"),
        ("is gross - 6% × gross", "is gross - 6% × net"),
    ]:
        law.write_text(written.replace(old, new), "utf-8")
        shown.append(run("diff"))
    law.rename(folder / "regulations.rules")
    (folder / "regulations.rules").write_text(written, "utf-8")
    run("add", "-A")
    shown.append(run("diff", "--cached", "-M", "--ext-diff"))
    text = "\n".join(shown)
    file_regression.check(text, extension=".txt", encoding="utf-8")


def test_days_before_anything_is_in_force_are_not_compared() -> None:
    """That nothing changes where there is nothing would be true, and no answer."""
    found = jurat.compare(jurat.load(AMENDED / "rules"), first=date(1990, 1, 1), last=date(1991, 1, 1))
    assert not found.is_found
    assert [problem.message for problem in found.problems] == ["Nothing is in force on 1 January 1990 and 1 January 1991."]
