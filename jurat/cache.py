"""What was made of rule files, kept between runs: nothing unchanged is read and checked twice.

The folder is the user's own (mode 0700): `$JURAT_CACHE`, else `jurat` in `$XDG_CACHE_HOME` or `~/.cache`; `JURAT_CACHE=off` does
without. It holds law, never a case. A key is the SHA-256 of every file's path and text, of what is asked, and of the code, so
that neither a changed rule nor a changed program ever meets what was made before. Whatever is wrong with the folder or with a
file in it, the book is read afresh and nobody is told.

Entries are pickles, because a graph is thousands of small objects that point at each other, and a text of it would take longer
to read than the rules do. A pickle can run code, so three things hold before one is read: the folder and the file belong to the
user and nobody else can write there; the file begins with the SHA-256 of its rest; and nothing is made but values of this house's
own classes and dates.

Most answers need no word of the law, which is two thirds of what is kept: where a value stands in `Later`, it is a pickle of its
own, packed, in the same entry and under the same digest, and is read when somebody asks for it.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from copyreg import __newobj__  # type: ignore[attr-defined]
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from importlib.machinery import PathFinder
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from attrs import fields, frozen, has

import engine
import grammar
import jurat
from engine.book.law import Law
from engine.later import Later
from grammar.source import Source

T = TypeVar("T")

MOST_ENTRIES = 64
MOST_BYTES = 64_000_000
"""Of all entries together; those longest unused go first."""
ENDING = ".entry"
UNFINISHED = ".part"
_DIGEST = sha256().digest_size
_ROOMS = (jurat, engine, grammar)


@frozen(slots=False, eq=False, repr=False)
class Kept:
    """What is kept of these texts; `folder` None where nothing can be."""

    sources: tuple[Source, ...]
    folder: Path | None
    drafts: tuple[str, ...] = ()
    """The drafts that are looked at."""

    def get(self, make: Callable[[], T], *asked: str) -> T:
        """What was asked of the texts: as kept, else made now and kept for the next time."""
        code = None if self.folder is None else _code()
        if self.folder is None or code is None:
            return make()
        path = self.folder.joinpath(self._key(code, asked) + ENDING)
        found: list[T] = list(self._read(path, make))
        if found:
            return found[0]
        made = make()
        self._write(path, made)
        return made

    def under(self, asked: str) -> Kept:
        """What is kept of the same texts, where something else is asked of all of it."""
        return Kept(self.sources, self.folder, (*self.drafts, asked))

    def _key(self, code: str, asked: Sequence[str]) -> str:
        return _digest([code, self._of_texts, *asked, *self.drafts])

    @cached_property
    def _of_texts(self) -> str:
        """The texts as one digest: of every question to a book they are the same, and long."""
        return _digest([part for source in self.sources for part in (source.path, source.text)])

    def _read(self, path: Path, make: Callable[[], Any]) -> Iterator[Any]:
        """The value of an entry, if it is there and is what was written."""
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb", buffering=0) as file:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode) or not _is_private(status) or status.st_size > MOST_BYTES:
                    return
                digest, data = file.read(_DIGEST), file.read(status.st_size)
                if sha256(data).digest() != digest:
                    return
                os.utime(descriptor)
            value = _Loading(data, self.sources, make).load()
        except Exception:  # a cache must never be why something fails
            return
        yield value

    def _write(self, path: Path, value: object) -> None:
        """Writes an entry whole or not at all."""
        assert self.folder is not None
        try:
            data = _kept(value, self.sources)
            if len(data) + _DIGEST > MOST_BYTES // 4:
                return
            part = path.with_suffix(f".{os.getpid()}{UNFINISHED}")
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as entry:
                    entry.write(sha256(data).digest() + data)
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            _make_room(self.folder)
        except Exception:  # a full disk, a folder that is gone: then it is not kept
            return


def _digest(parts: Iterable[str]) -> str:
    """Of parts that nobody can shift into each other."""
    key = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        key.update(b"%d:" % len(data))
        key.update(data)
    return key.hexdigest()


def kept(sources: Sequence[Source], drafts: Sequence[str] = ()) -> Kept:
    """What is kept of these texts, with these drafts, in the user's folder."""
    return Kept(tuple(sources), _folder(), tuple(drafts))


# ---- the folder -----------------------------------------------------------------------------------------------------


def _folder() -> Path | None:
    """The folder, made where it is not there yet; None where there is none that is the user's alone."""
    said = os.environ.get("JURAT_CACHE", "")
    if said.lower() == "off" or not hasattr(os, "geteuid"):
        return None
    try:
        if said:
            folder = Path(said)
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME", ""))
            above = base if base.is_absolute() else Path.home() / ".cache"
            owner = above if above.is_dir() else above.parent
            if owner.stat().st_uid != os.geteuid():
                return None  # nothing of ours is left in somebody else's home
            folder = above / "jurat"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        return folder if stat.S_ISDIR(status.st_mode) and _is_private(status) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _is_private(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _make_room(folder: Path) -> None:
    """Takes away the entries longest unused, where there are too many or too large ones."""
    with os.scandir(folder) as found:
        ours = [entry for entry in found if entry.name.endswith((ENDING, UNFINISHED))]
        entries = [(entry.stat(follow_symlinks=False), entry.path) for entry in ours]
    entries.sort(key=lambda entry: entry[0].st_mtime_ns, reverse=True)
    total = 0
    for number, (status, path) in enumerate(entries, 1):
        total += status.st_size
        if number > MOST_ENTRIES or total > MOST_BYTES:
            Path(path).unlink(missing_ok=True)


# ---- the code -------------------------------------------------------------------------------------------------------


@cache
def _code() -> str | None:
    """What tells this program from any other: its files as the disk has them; None where that is not what is running.

    A file that changed since the program began may have been read before that: what is made now belongs to neither.
    """
    packages = [PathFinder.find_spec(name) for name in ("attr", "lark")]
    files = [sys.version]
    try:
        statuses = [(package.origin, Path(package.origin).stat()) for package in packages if package and package.origin]
        for room in _ROOMS:
            statuses += _files(str(Path(str(room.__file__)).parent))
    except OSError:
        return None
    for path, status in sorted(statuses, key=lambda found: found[0]):
        if max(status.st_mtime_ns, status.st_ctime_ns) >= jurat.BEGUN:
            return None
        files.append(f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}")
    return sha256("\n".join(files).encode("utf-8", "surrogateescape")).hexdigest()


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                yield entry.path, entry.stat()


# ---- values to bytes and back ---------------------------------------------------------------------------------------


def _kept(value: object, sources: Sequence[Source]) -> bytes:
    file = BytesIO()
    _Keeping(file, sources).dump(value)
    return file.getvalue()


class _Keeping(pickle.Pickler):
    """Writes values of our own by their fields, and leaves texts out: they are in hand whenever an entry is read."""

    def __init__(self, file: BytesIO, sources: Sequence[Source]) -> None:
        super().__init__(file, protocol=5)
        self.sources = sources
        self.number = {id(source): number for number, source in enumerate(sources)}
        self.later: list[Later[Any]] = []

    def reducer_override(self, value: object) -> Any:
        """The shorter ways, which take a third of the time to read; nothing that was worked out since is kept.

        Of a law the worked examples stay behind, which are as large as all the rest: a kept graph answers questions, and whoever
        runs examples reads the files.
        """
        kind = value.__class__
        if kind is Source:
            return Source, (self.number[id(value)],)
        if isinstance(value, Later):
            from zlib import compress  # not at the top: what is not asked for is not unpacked either

            self.later.append(value)
            return Later, (len(self.later) - 1, compress(_kept(value.value, self.sources), level=1))
        if not has(kind):
            return NotImplemented
        parts = {field.name: getattr(value, field.name) for field in fields(kind)}
        if kind is Law:
            parts["examples"] = ()
        if any(field.kw_only for field in fields(kind)):
            return __newobj__, (kind,), parts
        return kind, tuple(parts.values())


class _Loading(pickle.Unpickler):
    """Makes nothing but values of this house's own classes, dates and sets, whatever the bytes ask for."""

    def __init__(self, data: bytes, sources: Sequence[Source], make: Callable[[], Any]) -> None:
        super().__init__(BytesIO(data))
        self.sources = sources
        self.make = make

    def later(self, number: int, data: bytes) -> Later[Any]:
        """What is read only when somebody asks for it; made afresh where it cannot be read then."""

        def read() -> Any:
            from zlib import decompress

            try:
                return _Loading(decompress(data), self.sources, self.make).load()
            except Exception:  # as above
                again = _Keeping(BytesIO(), self.sources)
                again.dump(self.make())
                return again.later[number].value

        return Later(read)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        if (module, name) == (Source.__module__, Source.__name__):
            return self.sources.__getitem__
        if (module, name) == (Later.__module__, Later.__name__):
            return self.later
        if module.partition(".")[0] not in ("engine", "grammar"):
            raise pickle.UnpicklingError(f"{module}.{name}")
        found = super().find_class(module, name)
        if not isinstance(found, type) or not hasattr(found, "__attrs_attrs__"):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
