"""What is kept between runs: never another answer, never an error, never anybody else's file."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from zlib import compress

import pytest

import jurat
from engine.book.consolidate import Book
from grammar.rendering import render_all
from jurat import cache, cli
from tests.books import CHILDCARE, ON, ROOT
from tests.books import FIRST_LAW as RULES
from tests.documents import INDEX, PAGES, VARIANTS, Document, read

MESSAGES = [
    document
    for document in map(read, sorted({*PAGES.glob("*.md"), *VARIANTS.glob("*.md")} - {INDEX}))
    if document.language == "rules"
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to keep things in, for this test."""
    monkeypatch.setenv("JURAT_CACHE", str(tmp_path / "kept"))
    yield tmp_path / "kept"
    cache._code.cache_clear()


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def award(rules: Path = RULES) -> str:
    return jurat.explain(jurat.assess(jurat.load(rules), CHILDCARE))


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing can be read or checked afresh."""

    def refuse(*_: object) -> None:
        raise AssertionError("this is kept")

    monkeypatch.setattr("grammar.parsing.parse", refuse)
    monkeypatch.setattr("jurat.rulebook.check_book", refuse)


# ---- the same bytes -------------------------------------------------------------------------------------------------

COMMANDS = [
    ["explain", str(CHILDCARE)],
    ["explain", str(CHILDCARE), "--format", "json"],
    ["explain", str(CHILDCARE), "--format", "html", "--known", "2009-01-01"],
    ["explain", str(CHILDCARE), "--on", "1999-01-01", "--format", "md"],
    ["assess", str(CHILDCARE), "--format", "json", "--strict"],
    ["assess", str(CHILDCARE), "--of", "no_such_term"],
    ["check", str(RULES)],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_kept_prints_the_same(
    command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without anything kept, while it is kept, and afterwards."""
    monkeypatch.setenv("JURAT_RULES", str(RULES))
    found = []
    for kept in ("off", str(folder), str(folder)):
        monkeypatch.setenv("JURAT_CACHE", kept)
        found.append((cli.main(command), capsys.readouterr()))
    assert entries(folder)
    assert found[0] == found[1] == found[2]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("document", MESSAGES, ids=lambda document: document.name)
def test_every_problem_is_kept_as_it_is_told(document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document with a mistake: its messages, with the lines that they point at."""
    book = tmp_path / f"{document.name}.rules"
    book.write_text(document.written, encoding="utf-8")
    told = [told_of(book), told_of(book)]
    monkeypatch.setenv("JURAT_CACHE", "off")
    told.append(told_of(book))
    assert told[0] == told[1] == told[2] != ""


def told_of(path: Path) -> str:
    """All that is told of a book, advice too."""
    rules = jurat.load(path)
    return render_all([*jurat.check(rules), *rules.remarks])


# ---- what is used again ---------------------------------------------------------------------------------------------


def test_an_unchanged_book_is_not_read_again(folder: Path, request: pytest.FixtureRequest) -> None:
    """Neither for an award nor for a check; on another day it is."""
    wanted = award(), jurat.check(jurat.load(RULES))
    assert entries(folder)
    request.getfixturevalue("no_work")
    assert (award(), jurat.check(jurat.load(RULES))) == wanted
    with pytest.raises(AssertionError, match="this is kept"):
        jurat.load(RULES).on(ON + timedelta(days=1))


def test_a_run_with_everything_kept_does_without_lark(folder: Path) -> None:
    """Its import alone takes longer than all the rest of an award."""
    award()
    code = f"""
import sys, jurat
print(jurat.explain(jurat.assess(jurat.load({str(RULES)!r}), {str(CHILDCARE)!r})), end="")
assert "lark" not in sys.modules
"""
    environment = os.environ | {"JURAT_CACHE": str(folder)}
    for _ in range(2):  # the code of another process has the same key
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == award()


def test_an_award_reads_no_word_of_the_law(folder: Path) -> None:
    """They are there for whoever asks, an explanation above all."""
    wanted = award()
    answer = jurat.assess(jurat.load(RULES), CHILDCARE)
    assert answer.assessment is not None
    law = answer.assessment.graph.made_of
    assert "value" not in vars(law)
    assert jurat.explain(answer) == wanted
    assert "value" in vars(law)


def test_a_book_is_kept_whose_exceptions_were_tried_on_households(folder: Path, tmp_path: Path) -> None:
    """What was worked out to show that they clash belongs to no graph."""
    book = tmp_path / "book.rules"
    book.write_text(next(document.written for document in MESSAGES if document.name == "exceptions-clash"), encoding="utf-8")
    for _ in range(2):
        checked = jurat.load(book).on(ON)
        assert [problem.code for problem in checked.problems] == ["exceptions-clash"]
        assert len(entries(folder)) == 1


def test_a_changed_book_is_read_again(folder: Path, tmp_path: Path) -> None:
    """One word of one file, and the name of a file."""
    book = tmp_path / "book"
    book.mkdir()
    text = 'entity person\nfigure rate "Rate" : £\n  £5 from 1 May 2000\nrule pay of person "Pay" : £\n  payable by the day\n  is rate\n'
    case = {"version": 1, "person": {"a": {}}}
    seen = []
    for name, words in (("one.rules", text), ("one.rules", text.replace("£5", "£6")), ("two.rules", text)):
        for old in book.iterdir():
            old.unlink()
        (book / name).write_text(words, encoding="utf-8")
        rules = jurat.load(book)
        seen.append((jurat.assess(rules, case, on=ON).value("pay", "a"), rules.on(ON).graph.by_name["rate"].span.source.path))
    assert [str(path).rpartition("/")[2] for _, path in seen] == ["one.rules", "one.rules", "two.rules"]
    assert [value.words() for value, _ in seen if isinstance(value, jurat.Exact)] == ["£5.00", "£6.00", "£5.00"]
    assert len(entries(folder)) == 6


def test_no_other_program_reads_what_was_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the program that changes changes every key; one that changed while it ran leaves nothing behind."""
    room = tmp_path / "room"
    room.mkdir()
    (room / "__init__.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(cache, "_ROOMS", (type(sys)("room"),))
    monkeypatch.setattr(cache._ROOMS[0], "__file__", str(room / "__init__.py"), raising=False)
    monkeypatch.setattr(jurat, "BEGUN", sys.maxsize)
    keys = []
    for text in ("1", "2"):
        (room / "__init__.py").write_text(text, encoding="utf-8")
        cache._code.cache_clear()
        keys.append(cache._code())
    assert None not in keys
    assert keys[0] != keys[1]
    monkeypatch.setattr(jurat, "BEGUN", (room / "__init__.py").stat().st_mtime_ns)
    cache._code.cache_clear()
    award()
    assert not entries(folder)


# ---- whatever is wrong with it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["empty", "short", "changed", "longer", "a folder", "open to others", "elsewhere"])
def test_a_damaged_entry_is_passed_over(damage: str, folder: Path, tmp_path: Path) -> None:
    """The award is the same; and where it can be, what is damaged is put right."""
    wanted = award()
    for entry in entries(folder):
        data = entry.read_bytes()
        match damage:
            case "empty":
                entry.write_bytes(b"")
            case "short":
                entry.write_bytes(data[:-1])
            case "changed":
                entry.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
            case "longer":
                entry.write_bytes(data + b".")
            case "a folder":
                entry.unlink()
                entry.mkdir()
            case "open to others":
                entry.chmod(0o660)
            case "elsewhere":
                entry.rename(tmp_path / entry.name)
                entry.symlink_to(tmp_path / entry.name)
    assert award() == wanted
    if damage != "a folder":
        assert all(
            entry.is_file() and not entry.is_symlink() and entry.stat().st_mode & 0o777 == 0o600 for entry in entries(folder)
        )
        assert award() == wanted


class _Hostile:
    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.made),)


@pytest.mark.parametrize("how", [lambda path: _Hostile(path), lambda path: cli.main, lambda path: [Path(path)]])
def test_an_entry_makes_only_what_is_ours(how: object, folder: Path, tmp_path: Path) -> None:
    """Even where it was written by somebody who knew how to sign it, it runs nothing."""
    wanted = award()
    assert callable(how)
    for entry in entries(folder):
        data = pickle.dumps(how(tmp_path / "made"))
        entry.write_bytes(sha256(data).digest() + data)
    assert award() == wanted
    assert not (tmp_path / "made").exists()


def test_what_is_left_for_later_and_cannot_be_read_is_made_afresh(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told, and it runs as little as the rest."""
    wanted = award()
    write, hostile = cache._kept, pickle.dumps(_Hostile(folder / "made"))
    for entry in entries(folder):
        entry.unlink()
    with monkeypatch.context() as by_another:
        by_another.setattr(cache, "_kept", lambda value, *rest: hostile if isinstance(value, Book) else write(value, *rest))
        award()
    assert any(compress(hostile, level=1) in entry.read_bytes() for entry in entries(folder))
    assert award() == wanted
    assert not (folder / "made").exists()


@pytest.mark.parametrize("trouble", ["others may read it", "a link", "a file", "somebody else's", "nowhere"])
def test_a_folder_that_is_not_the_users_own_is_left_alone(
    trouble: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written to it, and nobody is told."""
    monkeypatch.setenv("JURAT_CACHE", "off")
    wanted = award()
    monkeypatch.setenv("JURAT_CACHE", str(folder))
    match trouble:
        case "others may read it":
            folder.mkdir(mode=0o755)
        case "a link":
            (tmp_path / "other").mkdir(mode=0o700)
            folder.symlink_to(tmp_path / "other")
        case "a file":
            folder.write_bytes(b"")
        case "somebody else's":
            folder.mkdir(mode=0o700)
            monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
        case "nowhere":
            monkeypatch.setenv("JURAT_CACHE", "/dev/null/kept")
    assert award() == wanted
    assert not folder.is_dir() or not entries(folder)


def test_a_disk_that_is_full_is_no_trouble(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half written is left."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as at_work:
        at_work.setattr(Path, "replace", full)
        wanted = award()
    assert entries(folder) == []
    assert award() == wanted


# ---- where, and how much --------------------------------------------------------------------------------------------


def test_the_folder_is_where_caches_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`$XDG_CACHE_HOME`, else `~/.cache`; only for the user, whatever the mask."""
    monkeypatch.delenv("JURAT_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    before = os.umask(0)
    try:
        jurat.load(RULES).on(ON)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        jurat.load(RULES).on(ON)
    finally:
        os.umask(before)
    for kept in (tmp_path / ".cache" / "jurat", tmp_path / "xdg" / "jurat"):
        assert kept.stat().st_mode & 0o777 == 0o700
        assert [entry.stat().st_mode & 0o777 for entry in entries(kept)] == [0o600]


@pytest.mark.parametrize("said", ["off", "OFF"])
def test_it_can_be_switched_off(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is written anywhere."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("JURAT_CACHE", said)
    award()
    assert entries(tmp_path) == []


def test_it_does_not_grow_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entries longest unused go, by number and by size; what is not ours stays."""
    monkeypatch.setattr(cache, "MOST_ENTRIES", 3)
    rules = jurat.load(RULES)
    days = [date(2010, 10, number) for number in range(1, 7)]
    folder.joinpath("letter.txt").write_text("mine", encoding="utf-8")
    for number, day in enumerate(days):
        rules.on(day)
        for entry in entries(folder):  # as if a day had passed
            status = entry.stat()
            os.utime(entry, ns=(status.st_mtime_ns - 10**9, status.st_mtime_ns - 10**9))
        if number in (2, 3, 4):
            jurat.load(RULES).on(days[0])  # used again: it stays
    assert len(entries(folder)) == 4
    assert folder.joinpath("letter.txt").read_text(encoding="utf-8") == "mine"
    monkeypatch.setattr("jurat.rulebook.check_book", None)
    jurat.load(RULES).on(days[0])
    monkeypatch.undo()
    monkeypatch.setenv("JURAT_CACHE", str(folder))
    monkeypatch.setattr(cache, "MOST_BYTES", 4_000)
    jurat.load(RULES).problems  # noqa: B018  (asked for, so kept: and no room is left for graphs)
    assert all(entry.stat().st_size < 4_000 for entry in entries(folder))
