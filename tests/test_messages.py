"""Every message that a writer can get, as a document: what was written, and what the terminal prints.

Made by `python -m pytest tests/test_messages.py --regen-all`; read every changed line before committing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from grammar.rendering import render_all
from grammar.source import Source
from jurat.files import read_file
from jurat.rulebook import from_sources

HERE = Path(__file__).parent
ROOT = HERE.parent
WRITTEN = sorted((HERE / "messages").glob("*.*"))
CODE = re.compile(r'(?:code=|(?:problem|refuse|_RefusedError|_unread)\(\s*|return )"([a-z]+(?:-[a-z0-9]+)+|circle|unfinished)"')
SEEN_ELSEWHERE = {
    "ambiguous-name", "cannot-read", "layout-unproved", "name-of-another-scheme", "no-rules", "not-utf8", "nothing-asked", "readings-of-one-rule", "too-large",
    "too-many-members", "unknown-reading",
}  # fmt: skip
"""Codes of files, sizes, layouts, and of what is chosen when asking; their cases stand in tests that are named for them."""


def problems_of(path: Path) -> tuple[jurat.Problem, ...]:
    """What `jurat check` says of a rule file, and `jurat assess` of a case under the shipped rules."""
    source = Source(path.name, path.read_text(encoding="utf-8"))
    if path.suffix == ".rules":
        return jurat.check(from_sources([source]))
    return jurat.assess(jurat.load(ROOT / "rules"), source).problems


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_message(path: Path, file_regression: FileRegressionFixture) -> None:
    """What was written, and what is printed."""
    problems = problems_of(path)
    assert problems, "a mistake without a message"
    written, printed = path.read_text(encoding="utf-8").rstrip(), render_all(problems)
    document = f"# {path.name}\n\n```{path.suffix[1:]}\n{written}\n```\n\n```output\n{printed}\n```\n"
    file_regression.check(document, extension=".md", basename=path.name.replace(".", "-"), encoding="utf-8")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_one_mistake_gives_one_message(path: Path) -> None:
    """But for the document that has two mistakes; and the message is short and offers a way on."""
    problems = problems_of(path)
    assert len(problems) == (2 if path.stem == "two-mistakes" else 1)
    for problem in problems:
        assert problem.fix, "no fix"
        assert len(f"{problem.message} {problem.fix}".split()) <= 60
        assert not re.search(r"[A-Z]{3,}_|Token\(|__", render_all([problem]).replace("UTF", "")), "an internal name"


def test_every_code_has_a_document() -> None:
    """A code that the source can give appears in some document above, or in a test that is named for it."""
    given: set[str] = set()
    for folder in ("grammar", "engine", "jurat"):
        for file in (ROOT / folder).rglob("*.py"):
            given |= set(CODE.findall(file.read_text(encoding="utf-8")))
    shown = {problem.code for path in WRITTEN for problem in problems_of(path)}
    assert given - shown == SEEN_ELSEWHERE
    assert shown <= given


def test_a_message_names_the_term_and_the_law_before_the_line() -> None:
    """The order that a policy writer needs."""
    lines = render_all(problems_of(HERE / "messages" / "unknown-name.rules")).splitlines()
    assert lines[1] == "  in disregard · Schedule 2"
    assert lines[2] == "  at unknown-name.rules:10:6"


def test_the_shipped_rules_have_no_problem() -> None:
    """`jurat check` is silent on the law that we ship."""
    assert jurat.check(jurat.load(ROOT / "rules")) == ()


def test_the_documents_are_read_as_files_are() -> None:
    """What the tests give to the reader is what the command reads."""
    source = read_file(WRITTEN[0])
    assert isinstance(source, Source)
    assert source.text == WRITTEN[0].read_text(encoding="utf-8")
