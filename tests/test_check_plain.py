"""`jurat check --plain`: what it shows, where, and in which shape."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import jurat
from engine.plain.remarks import remarks
from engine.plain.sentences import MOST_WORDS
from grammar.source import Source
from jurat.cli import main
from tests.books import ROOT, RULES

HARD = 'entity person\ninput rent of person "Rent" : £ a week\n  ask "How much rent did you pay prior to that?"\n'


def test_check_counts_remarks_and_shows_them_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are advice: the exit status tells of them with --plain --strict only."""
    (tmp_path / "rent.rules").write_text(HARD, encoding="utf-8")
    where = str(tmp_path)
    assert main(["check", where]) == main(["check", where, "--strict"]) == 0
    out, err = capsys.readouterr()
    assert "advice" not in out
    assert err.splitlines() == ["1 remark on plain language; --plain shows them."] * 2
    assert main(["check", where, "--plain"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("No problems in 1 rule file")
    assert "advice: `prior to` is harder than it need be. [hard-word]\n  in rent\n" in out
    assert "Files of no scheme: about 6 (9 words, too few for more than a guess)" in out
    assert err == ""
    assert main(["check", where, "--plain", "--strict"]) == 1


def test_check_says_where_there_is_nothing_to_remark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence would leave open whether it was looked at."""
    (tmp_path / "rent.rules").write_text(HARD.replace("prior to", "before"), encoding="utf-8")
    assert main(["check", str(tmp_path), "--plain", "--strict"]) == 0
    assert "No remarks on plain language." in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


def test_remarks_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the shape of problems, with the ages beside them; there where they are asked for only."""
    (tmp_path / "rent.rules").write_text(HARD, encoding="utf-8")
    assert main(["check", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "problems": []}
    assert main(["check", str(tmp_path), "--format", "json", "--plain"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(problem["code"], problem["severity"], problem["line"]) for problem in data["problems"]] == [
        ("hard-word", "advice", 3)
    ]
    assert data["reading_ages"] == [{"scheme": None, "age": 6, "words": 9, "kinds": {"question": {"age": 6, "words": 9}}}]
    schema = json.loads((ROOT / "jurat" / "schemas" / "problem.v1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(data)


def test_of_a_file_only_its_own_remarks_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As its own problems are."""
    (tmp_path / "a.rules").write_text('scheme a "A"\ninput b of person "B" : £', encoding="utf-8")
    (tmp_path / "b.rules").write_text(HARD, encoding="utf-8")
    main(["check", str(tmp_path / "a.rules")])
    assert "remark" not in capsys.readouterr().err


def test_an_unchanged_book_is_not_read_again(tmp_path: Path) -> None:
    """How many remarks there are is kept with all else, and what finds them is not even imported."""
    (tmp_path / "rent.rules").write_text(HARD, encoding="utf-8")
    code = "import sys; from jurat.cli import main; main(['check', 'rent.rules']); print('engine.plain.remarks' in sys.modules)"
    environment = {"PYTHONPATH": str(ROOT), "JURAT_CACHE": str(tmp_path / "kept")}
    for was_read in ("True", "False"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == was_read
        assert done.stderr == "1 remark on plain language; --plain shows them.\n"


def test_the_page_says_what_is_true() -> None:
    """Its numbers are those of the program, and its message is printed."""
    page = (ROOT / "docs" / "plain_language.md").read_text(encoding="utf-8")
    assert f"more than {MOST_WORDS} words" in page
    shown_there = re.search(r"```text\n(advice: .*?)```", page, re.DOTALL)
    assert shown_there is not None
    from grammar.rendering import render

    [remark] = remarks(
        [
            Source(
                "rent.rules",
                'entity person\ninput rent of person "Rent" : £ a week\n  ask "How much rent did you pay prior to the start of your claim?"',
            )
        ]
    )
    assert render(remark) == shown_there[1].rstrip("\n")
    assert jurat.load(RULES).remarks == ()
