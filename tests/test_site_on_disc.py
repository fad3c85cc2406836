"""The documentation on the disc: what its files are called, and whose files it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explain.site.addresses import safe, to
from explain.site.linking import linked
from jurat.cli import main
from jurat.site import MARKER, write_site
from tests.books import ROOT

# ---- names and addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["award", "income_support.award", "x1"])
def test_a_plain_name_is_the_name_of_its_file(name: str) -> None:
    assert safe(name) == name


@pytest.mark.parametrize("name", ["con", "nul.award", "lpt1", "a" * 200, "../up", "Award", "a b", "", "é", ".hidden", "a/b"])
def test_any_other_is_made_safe_and_stays_apart(name: str) -> None:
    """No folder, no device, nothing hidden, nothing long."""
    found = safe(name)
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_.-]{0,100}", found)
    assert found.partition(".")[0] not in ("con", "nul", "lpt1")
    assert found not in (safe(f"{name}x"), safe(f"{name} "))


@pytest.mark.parametrize(
    ("there", "here", "way"),
    [
        ("law.html#place-1-2", "index.html", "law.html#place-1-2"),
        ("law.html#place-1-2", "law.html", "#place-1-2"),
        ("law.html", "terms/a.html", "../law.html"),
        ("terms/b.html", "terms/a.html", "b.html"),
        ("examples/a.html#example-1", "terms/a.html", "../examples/a.html#example-1"),
        ("terms/a.html", "index.html", "terms/a.html"),
    ],
)
def test_how_a_page_leads_to_another(there: str, here: str, way: str) -> None:
    assert to(there, here) == way


def test_names_in_a_text_of_rules_lead_on() -> None:
    """Not those in quotes, not those of parts, not those inside others."""
    text = 'rule x "rate of rate" is rate × my_rate + in.rate except rate: rate when row rate: rate cite “rate”'
    assert [run.text for run in linked(text, {"rate": "there"}.get) if run.to] == ["rate", "rate", "rate"]
    assert "".join(run.text for run in linked(text, {"rate": "there"}.get)) == text


# ---- on the disc ----------------------------------------------------------------------------------------------------


FILES = {"index.html": "one\n", "terms/a.html": "two\n"}


def on_disc(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def test_a_site_is_written_into_a_new_folder_and_again(tmp_path: Path) -> None:
    """The second run writes nothing; what is no longer there is deleted, with its folder."""
    folder = tmp_path / "new" / "docs"
    assert write_site(FILES, folder).written == 2
    assert on_disc(folder) == FILES
    assert write_site(FILES, folder).written == 0
    done = write_site({"index.html": "other\n"}, folder)
    assert (done.written, done.deleted) == (1, 1)
    assert on_disc(folder) == {"index.html": "other\n"}
    assert not (folder / "terms").exists()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert "is not empty" in (write_site(FILES, tmp_path).refused or "")
    assert on_disc(tmp_path) == {"letter.txt": "mine"}
    assert "is a file" in (write_site(FILES, tmp_path / "letter.txt").refused or "")


def test_nothing_of_somebody_else_is_touched(tmp_path: Path) -> None:
    """Neither a file beside those of an earlier run, nor one that stands where a new one would, nor one written to since."""
    write_site(FILES, tmp_path)
    (tmp_path / "terms" / "mine.html").write_text("mine")
    (tmp_path / "terms" / "a.html").write_text("edited")
    write_site({"index.html": "other\n"}, tmp_path)
    assert on_disc(tmp_path) == {"index.html": "other\n", "terms/a.html": "edited", "terms/mine.html": "mine"}
    assert "is not of an earlier output" in (write_site({"terms/mine.html": "ours"}, tmp_path).refused or "")
    assert (tmp_path / "terms" / "mine.html").read_text() == "mine"


def test_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    """Neither a folder nor a file that is a link is written through, and none is deleted."""
    outside, folder = tmp_path / "outside", tmp_path / "docs"
    outside.mkdir()
    (outside / "a.html").write_text("mine")
    write_site({"index.html": "one\n"}, folder)
    (folder / "terms").symlink_to(outside)
    assert "is a link" in (write_site(FILES, folder).refused or "")
    assert (outside / "a.html").read_text() == "mine"


@pytest.mark.parametrize("line", ["../outside.txt", "terms/../../outside.txt", "/outside.txt", "a/b/c.txt", ".hidden"])
def test_a_marker_that_was_written_by_another_deletes_nothing_outside(line: str, tmp_path: Path) -> None:
    from hashlib import sha256

    (tmp_path / "outside.txt").write_text("mine")
    folder = tmp_path / "docs"
    write_site(FILES, folder)
    marker = folder / MARKER
    marker.write_text(marker.read_text() + f"{sha256(b'mine').hexdigest()}  {line}\n")
    assert write_site(FILES, folder).deleted == 0
    assert (tmp_path / "outside.txt").read_text() == "mine"


# ---- the command ----------------------------------------------------------------------------------------------------


def test_the_command_writes_a_scheme_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the schemes that it uses; for the day that is asked for."""
    folder = tmp_path / "docs"
    rules = str(ROOT / "rules")
    assert main(["docs", "cold_weather", "--rules", rules, "--on", "2010-10-01", "-o", str(folder)]) == 0
    told = capsys.readouterr().err
    assert re.search(r"^\d+ files in .*docs: \d+ written\.$", told, re.MULTILINE)
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "<h1>Cold weather payments</h1>" in index
    assert "As it stands on 1 October 2010" in index
    assert (folder / "terms" / "cold_weather.cold_weather_payment.html").is_file()
    assert str(tmp_path) not in index and str(ROOT) not in index


def test_wrong_use_of_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = tmp_path / "some.rules"
    rules.write_text("figure a : £")
    assert main(["docs", str(rules), "-o", str(tmp_path / "docs")]) == 1
    assert main(["docs", "no_such_scheme", "--rules", str(ROOT / "rules"), "-o", str(tmp_path / "docs")]) == 1
    assert "There is no scheme called `no_such_scheme`." in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()
    rules.write_text('figure a "A" : £ £1 from 1 January 2010')
    assert main(["docs", str(rules), "-o", str(rules)]) == 2
    assert "is a file; name a folder" in capsys.readouterr().err
