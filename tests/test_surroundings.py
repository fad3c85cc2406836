"""The program among others: the same bytes whatever the surroundings, no colour where nobody looks, a reader that stops."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.books import CHILDCARE, ROOT, RULES
from tests.test_command_line import ANSWERED, BROKEN, folder


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "JURAT_RULES": str(RULES), **environment}
    return subprocess.run([sys.executable, "-m", "jurat", *arguments], cwd=ROOT, env=settings, capture_output=True, check=False)


def test_same_bytes_whatever_the_surroundings() -> None:
    """Hash seed, locale, time zone and output encoding change nothing that is printed."""
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    ]
    for arguments in (
        ("--format", "text"),
        ("--format", "json"),
        ("--format", "html"),
        ("--format", "html", "--for", "claimant", "--language", "fr"),
    ):
        results = [run("explain", str(CHILDCARE), *arguments, **environment) for environment in surroundings]
        assert results[0].returncode == 0
        assert results[0].stdout == results[1].stdout
        assert results[0].stderr == results[1].stderr
        assert results[0].stderr.decode() == ANSWERED


def test_no_colour_where_nobody_looks(tmp_path: Path) -> None:
    """Not in a pipe, and never with NO_COLOR."""
    path = folder(tmp_path, BROKEN)
    assert b"\033" not in run("check", path).stdout
    assert b"\033" not in run("check", path, NO_COLOR="1").stdout


def test_a_reader_that_stops_is_no_mistake() -> None:
    """`jurat explain … | head -1`."""
    command = f'"{sys.executable}" -m jurat explain "{CHILDCARE}" --format html | head -c 1; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr.decode() == ANSWERED
    assert done.returncode == 0
