"""`jurat graph`, asked for what cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from jurat.cli import main


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["awrd"], 1, "Ask for `award`."),
        (["--uses"], 2, "--uses needs the NAME of a term"),
        (["--depth", "-1"], 2, "--depth"),
        (["--depth", "two"], 2, "is not a whole number"),
        (["--rules", "not there"], 2, "There are no rules at not there."),
        (["-o", "not/there/at/all.dot"], 2, "cannot write"),
    ],
)
def test_wrong_use(arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A message on standard error, nothing on standard output."""
    try:
        found = main(["graph", *arguments])
    except SystemExit as stop:
        found = stop.code  # type: ignore[assignment]
    out, err = capsys.readouterr()
    assert (found, out) == (status, "")
    assert said in err


def test_rules_with_a_problem_are_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The problem is told instead."""
    (tmp_path / "a.rules").write_text('entity person\nrule r of person "R" : £ payable by the day is £1 + x', encoding="utf-8")
    assert main(["graph", "--rules", str(tmp_path)]) == 1
    assert "There is no term called `x`." in capsys.readouterr().err
