"""Reading: the only place that opens files, and that knows where rule files are looked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from grammar.problems import Problem
from grammar.source import Source

RULES = "*.rules"
MOST_BYTES = 4_000_000
MOST_FILES = 2_000


def rules_path(given: str | None = None) -> Path:
    """Where the rules are: as given, else $JURAT_RULES, else ./rules, else those of the checkout, else those installed."""
    if given:
        return Path(given)
    if os.environ.get("JURAT_RULES"):
        return Path(os.environ["JURAT_RULES"])
    candidates = chain((Path("rules"),), _shipped("rules"))
    return next((path for path in candidates if any(path.rglob(RULES))), Path("rules"))


def _shipped(*folder: str) -> Iterator[Path]:
    """Where a folder of the checkout may stand: in the checkout, or where it was installed."""
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        yield checkout.joinpath(*folder)
    installed = ("share", "jurat", *folder)
    yield Path(sys.prefix, *installed)
    from site import getuserbase  # these cost milliseconds that few installations need
    from sysconfig import get_path

    yield Path(get_path("data"), *installed)
    yield Path(getuserbase(), *installed)


def problem_codes() -> list[str]:
    """Every code that has a page."""
    return sorted(path.stem for path in _pages().glob("[a-z]*.md"))


def problem_page(code: str | None) -> str | None:
    """The page of a problem (of None, the list of all); None where there is none of this code."""
    if code is not None and code not in problem_codes():
        return None
    return (_pages() / f"{code or 'README'}.md").read_text(encoding="utf-8")


def _pages() -> Path:
    return next((path for path in _shipped("docs", "problems") if path.is_dir()), Path("docs", "problems"))


def read_rules(paths: Iterable[Path]) -> tuple[list[Source], list[Problem]]:
    """The rule files at these paths: every `.rules` file in a folder and below it; a file with the others of its folder.

    A rule file seldom stands alone: what it names is declared in the files beside it.
    """
    sources: dict[Path, Source] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_file() and path.suffix != ".rules":
            message = f"{path} is not a rule file; those end in `.rules`."
            fix = "A case is looked at by `jurat assess`."
            problems.append(Problem(code="no-rules", message=message, path=str(path), fix=fix))
            continue
        if not path.exists():
            message = f"There are no rules at {path}."
            fix = "Name a rule file or a folder of them, or set JURAT_RULES."
            problems.append(Problem(code="no-rules", message=message, path=str(path), fix=fix))
            continue
        found = sorted(path.rglob(RULES)) if path.is_dir() else sorted({path, *path.parent.glob(RULES)})
        if not found:
            message = f"There is no rule file in the folder {path}."
            problems.append(Problem(code="no-rules", message=message, path=str(path), fix="Rule files end in `.rules`."))
        if len(found) > MOST_FILES:
            message = f"There are {len(found):,} rule files; {MOST_FILES:,} are read."
            problems.append(Problem(code="too-large", message=message, path=str(path), fix="Name a smaller folder."))
            continue
        for file in found:
            read = read_file(file)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                sources[file.resolve()] = read
    return list(sources.values()), problems


def read_file(path: Path) -> Source | Problem:
    """A text file, whatever its line ends and with or without a byte-order mark."""
    try:
        if path.is_dir():
            return _unread(path, "is a folder, not a file", "Name a file in it.")
        if path.stat().st_size > MOST_BYTES:
            return _too_large(f"The file {path}", str(path))
        with path.open("rb") as file:  # a device has no size, and no end
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            return _too_large(f"The file {path}", str(path))
        return decoded(data, str(path))
    except FileNotFoundError:
        return _unread(path, "is not there", "Look at its spelling, and at the folder you are in.")
    except PermissionError:
        return _unread(path, "may not be read", "Ask whoever it belongs to.")
    except (OSError, ValueError):
        return _unread(path, "cannot be read", "Look at its spelling.")


def read_stdin(stream: TextIO | None) -> Source | Problem:
    """What comes through standard input."""
    if stream is None:
        return Problem(code="cannot-read", message="Standard input is closed.", path="standard input", fix="Name a file.")
    buffer = getattr(stream, "buffer", None)
    data = buffer.read(MOST_BYTES + 1) if buffer is not None else stream.read(MOST_BYTES + 1).encode()
    if len(data) > MOST_BYTES:
        return _too_large("Standard input", "standard input")
    return decoded(data, "standard input")


def decoded(data: bytes, path: str) -> Source | Problem:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"Line {line} is not in UTF-8, the encoding that all files here have."
        return Problem(code="not-utf8", message=message, path=path, fix="Save the file as UTF-8 in your editor.")
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def _too_large(what: str, path: str) -> Problem:
    message = f"{what} has more than {MOST_BYTES:,} bytes, and is not read."
    return Problem(code="too-large", message=message, path=path, fix="Look whether this is the right file, or divide it.")


def _unread(path: Path, why: str, fix: str) -> Problem:
    return Problem(code="cannot-read", message=f"The file {path} {why}.", path=str(path), fix=fix)
