"""What the language says and means, as data that another implementation can run: tests/conformance/ and its README.

`python -m pytest tests/test_conformance.py --regen-all` tells the explanations anew; everything else in a case is written by a
person. Read every changed line before committing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grammar.formatting import formatted
from grammar.parsing import parse, trees
from grammar.source import Source
from grammar.table import parser
from grammar.trees import Tree
from grammar.words import keywords
from tests.books import ROOT
from tests.conforming import FILES, ConformanceCase, cases_in, with_explanations

CASES = [case for path in FILES for case in cases_in(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}: {case.title}")
def test_case(case: ConformanceCase, request: pytest.FixtureRequest) -> None:
    """Every block that says what follows comes out as it was written."""
    if request.config.getoption("regen_all"):
        text = case.file.read_text(encoding="utf-8")
        case.file.write_text(with_explanations(case, text), encoding="utf-8")
        return
    for block, now in case.retold():
        assert now == block.text, block.kind


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_laid_out(path: Path) -> None:
    """Rules and households in the one layout that all have, where they can be read; and no two cases of one title."""
    for kind, text in re.findall(
        r"^```(rules[a-z_ ]*|case)\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        source = Source(f"{path.name}, {kind}", text)
        if not parse(source).problems:
            assert formatted(source).text == text
    titles = [case.title for case in cases_in(path)]
    assert len(set(titles)) == len(titles)


# ---- nothing that is documented is without cases --------------------------------------------------------------------

LANGUAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
SEMANTICS = (ROOT / "docs" / "semantics.md").read_text(encoding="utf-8")
PHRASES = re.findall(
    r"^\| (?!to say|---)([^|]+?) \|", LANGUAGE.partition("## What can be said")[2].partition("\n## ")[0], re.MULTILINE
)
_NUMBERED = re.compile(r"\*\*(S\d+(?:(?:, | to )S\d+)*)[^*]*\*\*( ○)?")
NEVER_REFUSED = {
    "S59": "two books have one digest or two",
    "S60": "two books have one digest or two",
    "S61": "every provision has an identity",
    "S62": "every step has an identity",
}
NEVER_EXPLAINED = {
    "S59": "a digest is no step",
    "S60": "a digest is no step",
}
NO_FORM = {"start": "the root of every tree", "mistake": "what no text may hold", "reserved": "kept for later"}
KEPT_WORDS = {"CALENDAR", "OCCURS", "ONCE", "VALUE", "WHEREVER"}
"""Words that are reserved and that nothing can be said with yet."""


def _forms() -> set[str]:
    """The branches of the grammar that have a name of their own."""
    named = {rule.alias or rule.origin.name for rule in parser().rules if rule.alias or not rule.options.expand1}
    return {name for name in named if not name.startswith("_")}


def _parts(tree: Tree) -> Iterator[Tree]:
    yield tree
    for child in tree.children:
        if isinstance(child, Tree):
            yield from _parts(child)


def numbers() -> list[str]:
    """The rules of docs/semantics.md that hold today: those without ○."""
    found = []
    for listed, later in _NUMBERED.findall(SEMANTICS):
        first, *others = (int(number) for number in re.findall(r"\d+", listed))
        if not later:
            found += [f"S{number}" for number in (first, *others)]
    return found


@pytest.mark.parametrize("about", [*PHRASES, *numbers()])
def test_what_is_documented_has_cases(about: str) -> None:
    """Of every row of “What can be said” and every rule: one that works, one that is refused, and one that is explained."""
    cases = [case for case in CASES if about in case.about]
    assert any(case.works for case in cases), "no case that works"
    assert any(case.is_refused for case in cases) or about in NEVER_REFUSED, "no case that is refused"
    assert any(case.works and case.is_explained for case in cases) or about in NEVER_EXPLAINED, "no case that is explained"


def test_cases_are_about_what_is_documented() -> None:
    """No case names a row or a rule that there is not; and no exemption either."""
    known = {*PHRASES, *numbers()}
    assert {about for case in CASES for about in case.about} <= known
    assert NEVER_REFUSED.keys() | NEVER_EXPLAINED.keys() <= known


def test_every_form_and_every_word_stands_in_a_case_that_works() -> None:
    """Of each phrase not only one form: every branch of the grammar, and every word that it reserves."""
    forms: set[str] = set()
    words: set[str] = set()
    for source in {Source("text", text) for case in CASES if case.works for text in case.texts}:
        for tokens, tree in trees(source):
            forms |= {part.data for part in _parts(tree)}
            words |= {token.type for token in tokens}
    assert _forms() - forms == NO_FORM.keys()
    assert set(keywords()) - words == KEPT_WORDS
