"""Reading and writing: the only place that opens files, and that knows where rule files are looked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from errno import EACCES
from itertools import chain
from pathlib import Path
from stat import S_IMODE
from typing import TextIO

from grammar.problems import Problem
from grammar.source import Source
from grammar.words import closest

RULES = "*.rules"
_RULES_END = RULES.removeprefix("*")
LAID_OUT = (".rules", ".case")
"""How the files end whose layout is owned."""
MOST_BYTES = 4_000_000
MOST_FILES = 2_000
_MOSTLY = 65_536
"""More bytes than almost any file has: room for them is made at once, for many more it costs more than to read the file."""


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


def read_rules(paths: Iterable[Path], alone: bool = False) -> tuple[list[Source], list[Problem]]:
    """The rule files at these paths: every `.rules` file in a folder and below it; a file with the others of its scheme.

    A rule file seldom stands alone: what it names is declared in the files beside it. Where no scheme is opened around it, those
    are the files of its folder. A draft does, and is read `alone`.
    """
    sources: dict[Path, Source] = {}
    folders: dict[Path, Path] = {}
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
        found = _below(path) if path.is_dir() else sorted({path, *(() if alone else _with_its_scheme(path))})
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
                sources[_real(file, folders)] = read
    return list(sources.values()), problems


def read_draft(path: Path) -> tuple[list[Source], list[Problem]]:
    """The files of a draft; where there is none, what stands beside it and is called nearly so."""
    if path.exists():
        return read_rules([path], alone=True)
    parts = [part.strip() for part in str(path).split(",")]
    message, fix = f"There is no draft at {path}.", "Name a file with a draft, or a draft of the rules by its name."
    near = closest(path.name, sorted(file.name for file in path.parent.glob(RULES)))
    if len(parts) > 1:
        fix = f"Say it of each: `{' '.join(f'--with {part}' for part in parts if part)}`."
    elif near:
        fix = f"Write `{path.parent.joinpath(near)}`."
    return [], [Problem(code="no-rules", message=message, path=str(path), fix=fix)]


def _below(folder: Path) -> list[Path]:
    """The rule files in a folder and below it; folders that are links are not gone into."""
    walked = ((where, (*inside, *files)) for where, inside, files in os.walk(folder))
    return sorted(Path(where, name) for where, names in walked for name in names if name.endswith(_RULES_END))


def _one_below(folder: Path) -> list[Path]:
    """The rule files in the folders of a folder."""
    found: list[Path] = []
    with suppress(OSError):
        for inner in folder.iterdir():
            with suppress(OSError):  # most of what stands beside a folder is none
                found += [file for file in inner.iterdir() if file.name.endswith(_RULES_END)]
    return sorted(found)


def _real(file: Path, folders: dict[Path, Path]) -> Path:
    """Where a file stands, whatever links lead there; `folders` holds where those stand that files were found in before."""
    if file.is_symlink():
        return file.resolve()
    folder = folders.get(file.parent)
    if folder is None:
        folder = folders[file.parent] = file.parent.resolve()
    return Path(folder, file.name)


def files_to_lay_out(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The rule files and cases at these paths, each once: a file itself; of a folder all that is not in a hidden one.

    A link is followed to a file that is one of them too, and to nothing else.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.suffix in LAID_OUT and not _is_hidden(file, path)]
            named = [file for file in inside if file.resolve().suffix in LAID_OUT and file.is_file()]
        elif not path.exists() and not path.is_symlink():
            message = f"There are no rules at {path}."
            problems.append(Problem(code="no-rules", message=message, path=str(path), fix="Name a file, or a folder of them."))
            continue
        elif {path.suffix, path.resolve().suffix} <= {*LAID_OUT}:
            named = [path]
        else:
            message = f"{path} is neither a rule file nor a case; those end in `.rules` and `.case`."
            problems.append(Problem(code="no-rules", message=message, path=str(path), fix="Name one of those, or a folder."))
            continue
        if len(named) > MOST_FILES:
            message = f"There are {len(named):,} files; {MOST_FILES:,} are read."
            problems.append(Problem(code="too-large", message=message, path=str(path), fix="Name a smaller folder."))
            continue
        for file in named:
            found.setdefault(file.resolve(), file)
    return list(found.values()), problems


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _with_its_scheme(file: Path) -> Iterable[Path]:
    folder = _scheme_folder(file)
    if folder is None:
        return file.parent.glob(RULES)
    below = _below(folder)[: MOST_FILES + 1]
    others = {found.parent for found in below if found.parent != folder and _opened([found])}
    return [found for found in below if others.isdisjoint(found.parents)]  # what a folder below opens is another scheme


def _scheme_folder(file: Path) -> Path | None:
    """The folder of a file, or the nearest around it, that opens a scheme; above one without rule files none is looked for."""
    for folder in file.parents:
        files = sorted(folder.glob(RULES))
        if _opened(files[:MOST_FILES]) or not files:
            return folder if files else None
    return None


def schemes_around(paths: Iterable[Path]) -> dict[str, Path]:
    """The folders beside these that open a scheme, by the scheme's name."""
    folders = [path if path.is_dir() else _scheme_folder(path) or path.parent for path in paths]
    around = [folder.resolve().parent for folder in folders]
    return _opened(file for folder in around for file in _one_below(folder)[:MOST_FILES])


def schemes_below(path: Path) -> dict[str, Path]:
    """The folders in this one, and itself, that open a scheme, by the scheme's name."""
    return _opened(sorted(path.rglob(RULES))[:MOST_FILES])


def folders_below(path: Path) -> dict[str, Path]:
    """The folders of rule files in this one, and itself, by their own name; of two that have one name, the first."""
    found: dict[str, Path] = {}
    for file in sorted(path.rglob(RULES))[:MOST_FILES]:
        found.setdefault(file.parent.resolve().name, file.parent)
    return found


def _opened(files: Iterable[Path]) -> dict[str, Path]:
    """The schemes that are opened in these files, each with its folder."""
    found: dict[str, Path] = {}
    for file in files:
        read = read_file(file)
        if not isinstance(read, Problem):
            for line in read.text.splitlines():
                words = line.split()
                if words[:1] == ["scheme"] and len(words) > 1:
                    found.setdefault(words[1], file.parent)
    return found


def read_file(path: Path) -> Source | Problem:
    """A text file, whatever its line ends and with or without a byte-order mark."""
    data = read_bytes(path)
    return data if isinstance(data, Problem) else decoded(data, str(path))


def read_bytes(path: Path) -> bytes | Problem:
    """A file as it is."""
    try:
        with path.open("rb") as file:  # a device has no size, and no end
            data = file.read(_MOSTLY)
            if len(data) == _MOSTLY:
                data += file.read(MOST_BYTES + 1 - _MOSTLY)
        if len(data) > MOST_BYTES:
            return _too_large(f"The file {path}", str(path))
        return data
    except FileNotFoundError:
        return _unread(path, "is not there", "Look at its spelling, and at the folder you are in.")
    except (OSError, ValueError) as error:
        if path.is_dir():
            return _unread(path, "is a folder, not a file", "Name a file in it.")
        if isinstance(error, PermissionError):
            return _unread(path, "may not be read", "Ask whoever it belongs to.")
        return _unread(path, "cannot be read", "Look at its spelling.")


def replace_file(path: Path, text: str) -> None:
    """Writes a file as a whole or not at all: beside it first, then in its place, with its owner and permissions.

    Raises OSError where that is not possible; then the file is as it was.
    """
    from tempfile import mkstemp

    target = path.resolve()
    if not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES))
    before = target.stat()
    handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        if (before.st_uid, before.st_gid) != (beside.stat().st_uid, beside.stat().st_gid):
            with suppress(PermissionError):  # only an administrator writes another's file and leaves it theirs
                os.chown(beside, before.st_uid, before.st_gid)
        beside.chmod(S_IMODE(before.st_mode))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


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


def write_new(path: Path, text: str) -> str | None:
    """Makes a file that is not there yet, and its folder; why that cannot be, or None."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        return error.strerror or "not possible"
    return None
