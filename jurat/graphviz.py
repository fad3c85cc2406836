"""Graphviz, where it is installed: its program `dot` says where the boxes of a drawing stand."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

from attrs import frozen

SECONDS = 30
"""How long a layout may take: the whole of Income Support takes a fifth of a second."""


@frozen
class NoLayout:
    """Why there is none, and what to do."""

    why: str


def layout(dot: str, seconds: int = SECONDS) -> dict[str, Any] | NoLayout:
    """Where `dot` puts what a text in DOT describes."""
    program = shutil.which("dot")
    if program is None:
        return NoLayout(
            "a picture needs Graphviz, which is not installed (its program `dot` is not on the PATH);"
            " install the package graphviz, or ask for --format text"
        )
    try:
        done = subprocess.run(  # noqa: S603  (a program of a fixed name, with a fixed argument; the text goes in as data)
            [program, "-Tjson0"], input=dot, capture_output=True, encoding="utf-8", timeout=seconds, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return NoLayout(f"the picture was not laid out within {seconds} seconds; draw less of it, with --depth or a NAME")
    except (subprocess.CalledProcessError, OSError, ValueError):
        return NoLayout(f"{program} failed; install the package graphviz again, or ask for --format text")
    return found
