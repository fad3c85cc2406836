"""The tutorial holds: carried out from its first line to its last, it prints what it shows, and leaves the files that are kept.

After a wanted change `python -m pytest tests/test_tutorial.py --regen-all` writes what is printed now into docs/tutorial.md, and the
files into docs/tutorial/. Lines that were left out stay out, but beside a line that has changed all are written: read the page,
and cut it again.
"""

from __future__ import annotations

import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from jurat.cli import main
from tests.books import ROOT, RULES
from tests.tutorial import AMENDING, CURVE, FILES, PAGE, Shown, blocks, carry_out, cut_as_before, replaced, with_printed


def in_a_terminal(arguments: list[str], folder: Path) -> str:
    """A command, with results and messages in the order in which a terminal shows them."""
    terminal = io.StringIO()
    with chdir(folder), redirect_stdout(terminal), redirect_stderr(terminal):
        main(arguments)
    return terminal.getvalue()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stands for the folder in which Jurat was installed."""
    folder = tmp_path_factory.mktemp("checkout")
    folder.joinpath("rules").symlink_to(RULES)
    return folder


@pytest.fixture(scope="module")
def shown(checkout: Path) -> list[Shown]:
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("JURAT_RULES", raising=False)
        return carry_out(PAGE.read_text(encoding="utf-8"), checkout, in_a_terminal)


def files_in(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*"))}


def test_what_is_shown_is_what_is_printed(shown: list[Shown], request: pytest.FixtureRequest) -> None:
    """Every command of the page, in its order."""
    assert len(shown) > 30
    if request.config.getoption("regen_all"):
        PAGE.write_text(with_printed(PAGE.read_text(encoding="utf-8"), shown), encoding="utf-8")
    departing = [one for one in shown if not one.holds]
    assert not departing, f"$ {departing[0].command}\nshows\n{departing[0].shown}\nand prints\n{departing[0].printed}"


@pytest.mark.parametrize(("path", "least"), [(AMENDING, 8), (CURVE, 3)], ids=lambda one: getattr(one, "stem", ""))
def test_a_page_is_shown_as_it_is_printed(path: Path, least: int, checkout: Path, request: pytest.FixtureRequest) -> None:
    """docs/amending.md: an uprating, a draft with two mistakes, the law as it would stand, and what it does; docs/curve.md."""
    page = path.read_text(encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("JURAT_RULES", raising=False)
        shown = carry_out(page, checkout, in_a_terminal)
    assert len(shown) >= least
    if request.config.getoption("regen_all"):
        path.write_text(with_printed(page, shown), encoding="utf-8")
    departing = [one for one in shown if not one.holds]
    assert not departing, f"$ {departing[0].command}\nshows\n{departing[0].shown}\nand prints\n{departing[0].printed}"


@pytest.mark.usefixtures("shown")
def test_the_files_at_the_end_are_kept(checkout: Path, request: pytest.FixtureRequest) -> None:
    """For whoever wants to compare; nothing is wrong with them, every example holds, and they are laid out."""
    made = files_in(checkout / "winter")
    if request.config.getoption("regen_all"):
        for name, text in made.items():
            FILES.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            FILES.joinpath(name).write_text(text, encoding="utf-8")
    assert files_in(FILES) == made
    for arguments in (["check", "--strict"], ["test"], ["fmt", "--check"]):
        with chdir(FILES), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            assert main(arguments) == 0


def test_it_is_installed_as_the_readme_says() -> None:
    """The same line, so that what is tried on a bare machine is this one too."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    install = next(block.text for block in blocks(PAGE.read_text(encoding="utf-8")) if block.kind == "sh")
    assert f"```sh\n{install}```" in readme


def test_every_block_is_carried_out() -> None:
    """None has a kind that nobody runs, or stands where no paragraph says what to do with it."""
    page = PAGE.read_text(encoding="utf-8")
    assert sum(line.startswith("```") for line in page.splitlines()) == 2 * len(list(blocks(page)))


# ---- the reader of the page itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "holds"),
    [
        ("a\nb\nc\n", True),
        ("a\n…\n", True),
        ("…\nc\n", True),
        ("a\n…\nc\n", True),
        ("…\n", True),
        ("a\nb\n", False),
        ("b\nc\n", False),
        ("a\nb\nc\n…\n", False),
        ("…\na\nb\nc\n", False),
        ("a\n…\nb\nc\n", False),
        ("", False),
    ],
)
def test_what_is_left_out(shown: str, holds: bool) -> None:
    """One or more whole lines; all others are as they are printed."""
    assert Shown("jurat check", shown, "a\nb\nc\n", 0).holds is holds


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\nd\n", "a\nb\nC\nd\n"),
        ("a\n…\nd\n", "a\n…\nd\n"),
        ("…\nd\n", "…\nd\n"),
        ("a\nb\n…\n", "a\nb\n…\n"),
        ("a\nc\n…\n", "a\nb\nC\nd\n"),
        ("", "a\nb\nC\nd\n"),
    ],
)
def test_what_is_printed_now_is_cut_as_it_was_before(before: str, after: str) -> None:
    """As far as it can be told which lines had been left out."""
    one = Shown("jurat check", before, "a\nb\nC\nd\n", 0)
    assert cut_as_before(one) == after
    assert Shown("jurat check", after, one.printed, 0).holds


def test_a_page_that_shows_something_else(checkout: Path) -> None:
    """It does not hold, and what is printed is written in its place."""
    page = "Try:\n\n```console\n$ jurat graph --rules nowhere\nanything\n$ jurat fmt nowhere\n```\n\nand so on\n"
    shown = carry_out(page, checkout, lambda arguments, _: f"{arguments[0]}!\n")
    assert [one.holds for one in shown] == [False, False]
    assert with_printed(page, shown) == (
        "Try:\n\n```console\n$ jurat graph --rules nowhere\ngraph!\n$ jurat fmt nowhere\nfmt!\n```\n\nand so on\n"
    )


def test_a_declaration_is_put_in_the_place_of_the_one_before() -> None:
    """The others, and comments, stay where they are; one that is not there cannot be changed."""
    text = 'entity a\n\n# of b\nrule b of a "B" : £\n  is £1\n\nexample "C" on 1 May 2020\n'
    assert replaced(text, 'rule b of a "Bee" : £\n  is £2\n') == text.replace('"B"', '"Bee"').replace("£1", "£2")
    with pytest.raises(ValueError, match="not enough values"):
        replaced(text, 'rule bb of a "B" : £\n  is £2\n')
