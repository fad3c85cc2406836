"""The tutorial, and the pages on amending and on curves, carried out: what the page says to write is written, and what it says to type is run, in its order.

The page is plain Markdown. A block ```rules or ```case is a text to write, and the paragraph before it says what to do with it:
*Make the file `x`* writes a new file; *Add to `x`* puts it at the end, after an empty line; *Change `x`* puts each declaration of
the block in place of the one of that name. A block ```console has commands after `$`, each followed by what it prints; a line `…`
stands for one or more lines that are not shown.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from attrs import frozen

from tests.books import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
AMENDING = ROOT / "docs" / "amending.md"
CURVE = ROOT / "docs" / "curve.md"
FILES = ROOT / "docs" / "tutorial"
"""The files as they stand when the page has been carried out."""

_BLOCK = re.compile(r"^```(?P<kind>rules|case|console|sh)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_TO_DO = re.compile(r"\b(Make the file|Add to|Change) `([^`]+)`")
_DECLARATION = re.compile(r'^(?=\w)(\w+ (?:\w+|"[^"]*"))', re.MULTILINE)
_LEFT_OUT = "…\n"

Run = Callable[[list[str], Path], str]
"""Runs `jurat` with these arguments in this folder, and gives what a terminal would show."""


@frozen
class Block:
    """A block of the page, with the paragraph before it."""

    before: str
    kind: str
    text: str
    start: int
    """Where its text begins on the page."""


@frozen
class Shown:
    """A command of the page, what is shown for it, and what it printed now."""

    command: str
    shown: str
    printed: str
    start: int

    @property
    def holds(self) -> bool:
        """Whether what is shown is what was printed, but for the lines that are left out."""
        parts = re.split(rf"^{_LEFT_OUT}", self.shown, flags=re.MULTILINE)
        return re.fullmatch(r"(?:[^\n]*\n)+?".join(re.escape(part) for part in parts), self.printed) is not None


def blocks(page: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(page):
        before = page[: found.start()].rstrip().rpartition("\n\n")[2]
        yield Block(before, found["kind"], found["text"], found.start("text"))


def carry_out(page: str, folder: Path, run: Run) -> list[Shown]:
    """Does all that the page says, beginning in a folder; every command with what it printed."""
    shown = []
    here = folder
    for block in blocks(page):
        if block.kind in ("rules", "case"):
            write(block, here)
        elif block.kind == "console":
            for command, text, start in commands(block):
                program, *arguments = shlex.split(command)
                printed = run(arguments, here) if program == "jurat" else ""
                if program == "mkdir":
                    here.joinpath(*arguments).mkdir()
                elif program == "cd":
                    here = here.joinpath(*arguments)
                else:
                    assert program == "jurat", f"the tutorial runs what this cannot: {command}"
                shown.append(Shown(command, text, printed, start))
    return shown


def commands(block: Block) -> Iterator[tuple[str, str, int]]:
    """Each command of a console block, what is shown below it, and where on the page that begins."""
    for found in re.finditer(r"^\$ ([^\n]+)\n((?:(?!\$ )[^\n]*\n)*)", block.text, re.MULTILINE):
        yield found[1], found[2], block.start + found.start(2)


def write(block: Block, folder: Path) -> None:
    """What a paragraph and its block say to write into a file."""
    to_do = _TO_DO.findall(" ".join(block.before.split()))
    assert len(to_do) == 1, f"which file, and how? {block.before}"
    [(how, name)] = to_do
    path = folder / name
    if how == "Make the file":
        assert not path.exists()
        path.write_text(block.text, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    changed = f"{text}\n{block.text}" if how == "Add to" else replaced(text, block.text)
    path.write_text(changed, encoding="utf-8")


def replaced(text: str, new: str) -> str:
    """A file in which each declaration of another text stands in place of the one of that name."""
    for declaration in declarations(new):
        name = _DECLARATION.findall(declaration)[0]
        [before] = [old for old in declarations(text) if _DECLARATION.findall(old)[0] == name]
        text = text.replace(before, declaration)
    return text


def declarations(text: str) -> list[str]:
    """The declarations of a file, each from its first word to its last; comments between them belong to none."""
    starts = [found.start() for found in _DECLARATION.finditer(text)]
    return [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def with_printed(page: str, shown: list[Shown]) -> str:
    """The page with what is printed now wherever it showed something else."""
    for one in reversed(shown):
        if not one.holds:
            page = page[: one.start] + cut_as_before(one) + page[one.start + len(one.shown) :]
    return page


def cut_as_before(one: Shown) -> str:
    """What was printed now, without the lines that were left out before, as far as it can be told which they were."""
    before, now = one.shown.splitlines(keepends=True), one.printed.splitlines(keepends=True)
    cut = []
    for _, start, end, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if before[start:end] == [_LEFT_OUT] and first < last:
            cut.append(_LEFT_OUT)
        else:
            cut += now[first:last]
    return "".join(cut)
