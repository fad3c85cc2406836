"""The tutorial from its first line: installed into nothing as the page says, and then carried out with what was installed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.books import ROOT
from tests.tutorial import PAGE, blocks, carry_out

pytestmark = pytest.mark.packaging

LEFT = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache")


def test_the_tutorial_on_a_bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout, the two lines of the first step, and every command in a shell in which the second was typed.

    What is kept between runs is kept here too: each command must see what was written since the one before.
    """
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT, checkout, ignore=LEFT)
    page = PAGE.read_text(encoding="utf-8")
    install, activate = [block.text for block in blocks(page) if block.kind == "sh"]
    in_a_shell(install, checkout)

    def run(arguments: list[str], here: Path) -> str:
        return in_a_shell(f"{activate}cd {shlex.quote(str(here))}\njurat {shlex.join(arguments)}\n", checkout)

    monkeypatch.delenv("JURAT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    assert [one.command for one in carry_out(page, checkout, run) if not one.holds] == []
    assert any(tmp_path.joinpath("kept").rglob("*"))


def in_a_shell(commands: str, folder: Path) -> str:
    """What a terminal shows: messages and results in the order in which they are written."""
    of_this_checkout = {"JURAT_RULES", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in of_this_checkout}
    return subprocess.run(
        ["sh", "-c", commands],
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    ).stdout
