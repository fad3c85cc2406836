"""Documents of problems: what was written, what is printed, and the same text mended, read from Markdown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from attrs import frozen

import jurat
from grammar.rendering import render_all
from grammar.source import Source
from jurat.rulebook import from_sources
from tests.books import ROOT, RULES, shipped

PAGES = ROOT / "docs" / "problems"
VARIANTS = ROOT / "tests" / "messages"
INDEX = PAGES / "README.md"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class Document:
    """A page of docs/problems, or a further message of the same code; its three blocks are the case."""

    path: Path
    text: str
    language: str
    """`rules`, `case` and `json` are texts; `sh` is what somebody typed, for problems with files themselves."""
    written: str
    message: str
    mended: str

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def summary(self) -> str:
        """The page's first sentence, below its heading."""
        return self.text.split("\n\n")[1]

    @property
    def prose(self) -> str:
        """What the page says around its blocks."""
        return _FENCE.sub("", self.text)

    def problems(self, text: str) -> tuple[jurat.Problem, ...]:
        """What `jurat check` says of a rule file, with `--plain` where the page says so, and `jurat assess` of a case under the shipped rules."""
        source = Source(f"{self.name}.{self.language}", text)
        if self.language == "rules":
            rules = from_sources([source])
            return (*jurat.check(rules), *(rules.remarks if "`jurat check --plain`" in self.text else ()))
        return jurat.assess(shipped(), source).problems

    def with_message(self, message: str) -> str:
        """The document as it would be if this were printed."""
        [_, printed, _] = _FENCE.finditer(self.text)
        return f"{self.text[: printed.start(2)]}{message}\n{self.text[printed.end(2) :]}"


def read(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    blocks = _FENCE.findall(text)
    assert [language for language, _ in blocks] == [blocks[0][0], "text", blocks[0][0]], f"the blocks of {path}"
    (language, written), (_, message), (_, mended) = blocks
    return Document(path, text, language, written, message.removesuffix("\n"), mended)


def typed(commands: str, folder: Path) -> tuple[int, str]:
    """The exit status of what somebody typed in a folder in which there are the shipped rules, and all that was printed."""
    (folder / "rules").symlink_to(RULES)
    environment = {key: value for key, value in os.environ.items() if key != "JURAT_RULES"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    function = f'jurat() {{ "{sys.executable}" -m jurat "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-c", function + commands],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.rstrip("\n")


def printed(document: Document, folder: Path) -> str:
    """What the terminal shows for what was written."""
    if document.language == "sh":
        return typed(document.written, folder)[1]
    return render_all(document.problems(document.written))
