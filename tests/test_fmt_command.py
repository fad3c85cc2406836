"""`jurat fmt` as it is typed: what it writes, what it leaves alone, and the exit status."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from jurat import files
from jurat.cli import main
from tests.books import RULES

UGLY = "entity   person\n"
NEAT = "entity person\n"
WRONG = "entity person person\n"


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what is in it, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_files_are_laid_out_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rule files and cases below a folder; nothing else, nothing hidden, and nothing is left beside them."""
    case = 'case "One"\n  given household home\n'
    for name, text in {
        "a.rules": UGLY, "b.rules": NEAT, "below/c.case": case.replace("\n ", ""), "notes.txt": UGLY, ".venv/d.rules": UGLY,
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    untouched = (tmp_path / "b.rules").stat()
    assert main(["fmt", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out == f"laid out {tmp_path}/a.rules\nlaid out {tmp_path}/below/c.case\n"
    assert err == "3 files, 2 laid out anew.\n"
    assert tree_of(tmp_path) == {
        "a.rules": NEAT.encode(), "b.rules": NEAT.encode(), "below/c.case": case.encode(),
        "notes.txt": UGLY.encode(), ".venv/d.rules": UGLY.encode(),
    }  # fmt: skip
    assert (tmp_path / "b.rules").stat() == untouched
    assert main(["fmt", "--check", str(tmp_path)]) == 0


def test_check_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the files that would change, and exits 1."""
    (tmp_path / "a.rules").write_text(UGLY, encoding="utf-8")
    (tmp_path / "b.rules").write_text(NEAT, encoding="utf-8")
    before = tree_of(tmp_path)
    assert main(["fmt", "--check", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == f"would lay out {tmp_path}/a.rules\n"
    assert err == "2 files, 1 would be laid out anew.\n"
    assert tree_of(tmp_path) == before


def test_diff_shows_the_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As other programs read it; foreign and missing line ends are lines that change."""
    path = tmp_path / "a.rules"
    path.write_bytes(b"entity person\r\nentity   household")
    assert main(["fmt", "--diff", str(path)]) == 1
    assert capsys.readouterr().out == (
        f"--- {path}\n+++ {path}\n@@ -1,2 +1,2 @@\n"
        "-entity person\\r\n-entity   household\n\\ No newline at end of file\n+entity person\n+entity household\n"
    )
    assert path.read_bytes() == b"entity person\r\nentity   household"


@pytest.mark.parametrize("written", [b"\xef\xbb\xbfentity person\n", b"entity person\r\n", b"entity person\r", b"entity person"])
def test_the_bytes_are_laid_out_too(written: bytes, tmp_path: Path) -> None:
    """UTF-8 without a mark, lines that end in LF, the last one too."""
    path = tmp_path / "a.rules"
    path.write_bytes(written)
    assert main(["fmt", "--check", str(path)]) == 1
    assert main(["fmt", str(path)]) == 0
    assert path.read_bytes() == NEAT.encode()
    assert main(["fmt", "--check", str(path)]) == 0


def test_a_file_with_a_mistake_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its problem is shown, the other files are laid out, and the exit status is 1."""
    (tmp_path / "a.rules").write_text(WRONG, encoding="utf-8")
    (tmp_path / "b.rules").write_text(UGLY, encoding="utf-8")
    assert main(["fmt", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == f"laid out {tmp_path}/b.rules\n"
    assert f"{tmp_path}/a.rules:1:15" in err
    assert tree_of(tmp_path) == {"a.rules": WRONG.encode(), "b.rules": NEAT.encode()}


def test_standard_input_to_standard_output(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """For editors: the text, laid out or not; with a mistake nothing is printed, so that nothing is replaced by half."""
    for written, arguments, status, printed in [
        (UGLY, [], 0, NEAT),
        (NEAT, [], 0, NEAT),
        ("", [], 0, ""),
        (WRONG, [], 1, ""),
        (UGLY, ["--check"], 1, "would lay out standard input\n"),
        (NEAT, ["--check"], 0, ""),
        (WRONG, ["--check"], 1, ""),
    ]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written.encode())))
        assert main(["fmt", "-", *arguments]) == status
        out, err = capsys.readouterr()
        assert out == printed
        assert bool(err) == (written == WRONG)


def test_where_no_path_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """$JURAT_RULES, or the folder `rules` here; never the installed ones, which nobody has asked to change."""
    monkeypatch.delenv("JURAT_RULES", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["fmt"]) == 2
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.rules").write_text(UGLY, encoding="utf-8")
    assert main(["fmt"]) == 0
    assert (tmp_path / "rules" / "a.rules").read_text(encoding="utf-8") == NEAT
    monkeypatch.setenv("JURAT_RULES", str(RULES))
    assert main(["fmt", "--check"]) == 0


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A link still leads to its file, and who may read that is as before."""
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "a.rules"
    target.write_text(UGLY, encoding="utf-8")
    target.chmod(0o640)
    link = tmp_path / "link.rules"
    link.symlink_to(target)
    assert main(["fmt", str(link), str(target)]) == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == NEAT
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["notes.txt", "a.rules.bak", "rules"])
def test_other_files_are_never_touched(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither by their own name nor through a link that is called a rule file."""
    path = tmp_path / name
    path.write_text(UGLY, encoding="utf-8")
    link = tmp_path / "link.rules"
    link.symlink_to(path)
    assert main(["fmt", str(path)]) == 2
    assert main(["fmt", str(link)]) == 2
    assert capsys.readouterr().err.count("[no-rules]") == 2
    assert main(["fmt", str(tmp_path)]) == 0
    assert path.read_text(encoding="utf-8") == UGLY


def test_a_link_that_leads_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named, it cannot be read; in a folder it is no file."""
    (tmp_path / "gone.rules").symlink_to(tmp_path / "not there.rules")
    assert main(["fmt", str(tmp_path / "gone.rules")]) == 2
    assert "[cannot-read]" in capsys.readouterr().err
    assert main(["fmt", str(tmp_path)]) == 0


def test_a_file_that_cannot_be_written_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At any moment: before, while and after the new text is written beside it; the others are still laid out."""

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for function in ("chmod", "replace"):
        (tmp_path / "a.rules").write_text(UGLY, encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(Path, function, fails)
            assert main(["fmt", str(tmp_path)]) == 2
        assert "a.rules: No space left on device" in capsys.readouterr().err
        assert tree_of(tmp_path) == {"a.rules": UGLY.encode()}
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: Path(path).name != "a.rules")
        (tmp_path / "b.rules").write_text(UGLY, encoding="utf-8")
        assert main(["fmt", str(tmp_path)]) == 2
    assert "a.rules: Permission denied" in capsys.readouterr().err
    assert tree_of(tmp_path) == {"a.rules": UGLY.encode(), "b.rules": NEAT.encode()}


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """At the limit they are laid out, over it none is."""
    for name in ("a.rules", "b.rules"):
        (tmp_path / name).write_text(UGLY, encoding="utf-8")
    monkeypatch.setattr(files, "MOST_FILES", 1)
    assert main(["fmt", str(tmp_path)]) == 1
    assert "[too-large]" in capsys.readouterr().err
    assert tree_of(tmp_path) == {"a.rules": UGLY.encode(), "b.rules": UGLY.encode()}
    monkeypatch.setattr(files, "MOST_FILES", 2)
    assert main(["fmt", str(tmp_path)]) == 0


@pytest.mark.parametrize("arguments", [["-", "rules"], ["not there.rules"], ["not there"], ["--chek"]], ids=" ".join)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and something to read."""
    try:
        status = main(["fmt", *arguments])
    except SystemExit as stop:
        status = stop.code  # type: ignore[assignment]
    assert status == 2
    assert capsys.readouterr().err.strip()


def test_a_file_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Left alone, with the line on which it goes wrong."""
    (tmp_path / "a.rules").write_bytes(b"entity person\n\xa3\n")
    assert main(["fmt", str(tmp_path)]) == 2
    assert "Line 2 is not in UTF-8" in capsys.readouterr().err
