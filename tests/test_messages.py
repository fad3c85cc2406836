"""Every problem has a page for policy writers, and every page is true: its message is printed, and its mended text has no problem.

Pages stand in docs/problems, one a code; further messages of a code in tests/messages, in the same form. The messages in both
are written by `python -m pytest tests/test_messages.py --regen-all`; read every changed line before committing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from grammar.rendering import render_all
from jurat.files import read_file
from tests.books import ROOT, shipped
from tests.documents import INDEX, PAGES, VARIANTS, Document, printed, read, typed

ALL_PAGES = [read(path) for path in sorted(PAGES.glob("*.md")) if path != INDEX]
DOCUMENTS = ALL_PAGES + [read(path) for path in sorted(VARIANTS.glob("*.md"))]
TEXTS = [document for document in DOCUMENTS if document.language != "sh"]
OF_COMPILERS = re.compile(r"\b(?:tokens?|parse[rds]?|parsing|AST|expressions?|identifiers?|syntax)\b", re.IGNORECASE)
"""Words that a policy writer has no use for."""
CODE = re.compile(
    r"(?:code=|(?:problem|refuse|_RefusedError|_unread|_told)\(\s*|\b(?:told|_remark)\(\s*\w+,\s*|return )"
    r'"([a-z]+(?:-[a-z0-9]+)+|circle|unfinished|renamed|restate|spent)"'
)
DEFECTS = {"layout-unproved"}
"""Codes that tell of a mistake in Jurat itself: no text is known that gives them."""
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
every_text = pytest.mark.parametrize("document", TEXTS, ids=lambda document: document.name)
every_page = pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)


# ---- what is printed ------------------------------------------------------------------------------------------------


@every_document
def test_the_message_is_printed(document: Document, file_regression: FileRegressionFixture, tmp_path: Path) -> None:
    """Byte for byte."""
    found = document.with_message(printed(document, tmp_path))
    file_regression.check(found, fullpath=document.path, extension=".md", encoding="utf-8")


@every_text
def test_one_mistake_gives_one_message(document: Document) -> None:
    """But for the document that has two mistakes; and the message is short, names nothing internal and offers a way on."""
    problems = document.problems(document.written)
    assert len(problems) == (2 if document.name == "two-mistakes" else 1)
    for problem in problems:
        assert problem.fix, "no fix"
        assert not OF_COMPILERS.search(f"{problem.message} {problem.fix}")
        assert len(f"{problem.message} {problem.fix}".split()) <= 60
        assert not re.search(r"[A-Z]{3,}_|Token\(|__", render_all([problem]).replace("UTF", "")), "an internal name"


@every_text
def test_the_mended_text_has_no_problem(document: Document) -> None:
    """Nor a warning."""
    assert document.mended != document.written
    assert render_all(document.problems(document.mended)) == ""


@every_text
def test_a_fix_can_be_done_as_it_is_said(document: Document) -> None:
    """Where the message says what to write, to add or to delete, that mends the text, without another look at it."""
    problems = document.problems(document.written)
    text = document.written
    for problem in sorted(problems, key=lambda problem: problem.place.span.start if problem.place else 0, reverse=True):
        done = done_as_said(text, problem)
        if done is None:
            return
        text = done
    assert render_all(document.problems(text)) == ""


def done_as_said(text: str, problem: jurat.Problem) -> str | None:
    """The text after a fix that leaves nothing to decide; None for any other."""
    if problem.place is None or problem.fix is None:
        return None
    start, end = problem.place.span.start, problem.place.span.end
    if both := re.fullmatch(r"Write `([^`]+)`, and declare it: `([^`…]+)`\.", problem.fix):
        return f"{text[:start]}{both[1]}{text[end:]}\n{both[2]}\n"
    for form, replaced in (
        (r"Write `([^`…]+)`(?:\.| \([^)]*\)\.|; .*| instead of `[^`]+`\.)", lambda word: text[:start] + word + text[end:]),
        (r"The closest is `([^`]+)`.*", lambda word: text[:start] + word + text[end:]),
        (r"Add `([^`]+)` before `[^`]+`\.", lambda word: f"{text[:start]} {word} {text[start:]}"),
        (r"Add `([^`]+)` at the end\.", lambda word: f"{text[:end]} {word} {text[end:]}"),
        (r"Declare it: `([^`…]+)`\.", lambda declaration: f"{text}\n{declaration}\n"),
        (r"Delete (?:it|one `[^`]+`)(?:\.|, .*|: .*)", lambda _: text[:start] + text[end:]),
    ):
        if found := re.fullmatch(form, problem.fix):
            return replaced(found[found.lastindex or 0])
    return None


@pytest.mark.parametrize("page", [page for page in ALL_PAGES if page.language == "sh"], ids=lambda page: page.name)
def test_what_is_typed_fails_and_then_works(page: Document, tmp_path: Path) -> None:
    """Problems with files themselves."""
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    assert typed(page.written, tmp_path / "before")[0] != 0
    status, shown = typed(page.mended, tmp_path / "after")
    assert status == 0, shown


# ---- the pages ------------------------------------------------------------------------------------------------------


def codes_of_the_source() -> set[str]:
    files = (file for folder in ("grammar", "engine", "jurat") for file in (ROOT / folder).rglob("*.py"))
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    """A code that the source can give has its page; a page for a code that nothing gives is out of date."""
    assert sorted(page.name for page in ALL_PAGES) == sorted(codes_of_the_source() - DEFECTS)


@every_page
def test_a_page_shows_its_own_code(page: Document) -> None:
    """Its heading, its message, and nothing else's."""
    assert page.text.startswith(f"# {page.name}\n\n")
    assert re.findall(r"\[([a-z0-9-]+)\]$", page.message, re.MULTILINE) == [page.name]


@every_page
def test_a_page_is_short_and_cites_what_there_is(page: Document) -> None:
    """One line that says what is wrong, two or three sentences why, and S-numbers of docs/semantics.md."""
    assert len(page.summary.split()) <= 20
    assert 20 <= len(page.prose.split()) <= 110
    rules = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
    for number in re.findall(r"\bS\d+\b", page.prose):
        assert re.search(rf"\b{number}\b", rules), f"{number} is no rule of docs/semantics.md"


def test_every_other_message_has_a_code_with_a_page() -> None:
    """Variants are of codes that have a page."""
    shown = {code for document in DOCUMENTS for code in re.findall(r"\[([a-z0-9-]+)\]$", document.message, re.MULTILINE)}
    assert shown == {page.name for page in ALL_PAGES}


def test_the_index_names_every_page(file_regression: FileRegressionFixture) -> None:
    """A table of the codes, with each page's first sentence."""
    before = INDEX.read_text(encoding="utf-8").partition("\n| code |")[0]
    rows = [f"| [{page.name}]({page.name}.md) | {page.summary} |" for page in ALL_PAGES]
    table = "\n".join(["| code | what is wrong |", "| --- | --- |", *rows])
    file_regression.check(f"{before}\n{table}\n", fullpath=INDEX, extension=".md", encoding="utf-8")


# ---- the order of a message -----------------------------------------------------------------------------------------


def test_a_message_names_the_term_and_the_law_before_the_line() -> None:
    """The order that a policy writer needs."""
    lines = read(PAGES / "unknown-name.md").message.splitlines()
    assert lines[1] == "  in disregard · Schedule 2"
    assert lines[2] == "  at unknown-name.rules:10:6"


def test_the_shipped_rules_have_no_problem() -> None:
    """Of the law that we ship `jurat check` tells two findings, which are answered in it: the percentages of the report that are
    not those of its figures."""
    found = jurat.check(shipped())
    assert [(problem.code, problem.severity) for problem in found] == [("does-not-follow", "warning")] * 2
    assert {problem.subject for problem in found} == {"capital_limit_sole_of_65", "capital_limit_couple_of_65"}


def test_the_documents_are_read_as_files_are(tmp_path: Path) -> None:
    """What the tests give to the reader is what the command reads."""
    for document in TEXTS:
        (tmp_path / "document").write_text(document.written, encoding="utf-8", newline="\n")
        source = read_file(tmp_path / "document")
        assert not isinstance(source, jurat.Problem)
        assert source.text == document.written
