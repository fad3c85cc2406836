"""Every phrase that is made up for a page can be translated: it is whole, marked as a phrase, and says by name what is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest

import explain.phrases
import jurat
from explain.voices import phrase
from jurat.catalogues import EXPLAIN, IN_LETTERS, IN_PAGES, RULES, phrases
from tests.books import CHILDCARE

DONE = (
    "facts.py", "letter/changes.py", "letter/guesses.py", "letter/letter.py", "letter/limits.py", "letter/names.py", "limiting.py", "other_days.py", "page/changes.py", "page/rights.py", "phrases.py",
    "reasons.py", "tongue.py", "voices.py", "wording.py",
)  # fmt: skip
"""Modules of `explain` in which no English is left that could not be translated."""

_WORDS = re.compile(r"[A-Za-z]{2}")
_JOINS = {"said", "joined", "filled"}
_NO_WORDS = {"adds", "less", " of ", ".mo"}
"""Kinds of lines, the end of a file's name, and what is only looked for."""


def english(tree: ast.AST) -> Iterator[str]:
    """What is put together of English words instead of being marked as a phrase."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=values):
                yield from _told(values)
            case ast.Call(func=ast.Name(id=name), args=args) if name in _JOINS:
                yield from _told(args)
            case ast.Return(value=ast.Constant() as value):
                yield from _told([value])
            case ast.Return(value=ast.Tuple(elts=values)) | ast.BoolOp(values=values):
                yield from _told(values)
            case ast.IfExp(body=body, orelse=orelse):
                yield from _told([body, orelse])
            case ast.BinOp(left=left, right=right, op=ast.Add()):
                yield from _told([left, right])
            case ast.Dict(values=values):
                yield from (text for text in _told([value for value in values if value is not None]) if " " in text)


def _told(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORDS.search(node.value):
            if node.value in _NO_WORDS:
                continue
            yield f"line {node.lineno}: {node.value!r}"


@pytest.mark.parametrize("name", DONE)
def test_no_english_is_put_together_of_pieces(name: str) -> None:
    """A lint on the syntax tree; for matching and in keys English may stand, since nobody sees it there."""
    assert list(english(ast.parse(EXPLAIN.joinpath(name).read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "text",
    [
        'f"the number of {group}"',
        'said("not ", claim)',
        'def f(): return "nobody"',
        'shown or "nobody"',
        '"up to" if so else below',
        'first + " to " + last',
        'ORDERS = {"<": "is less than"}',
    ],
)
def test_the_lint_finds_what_it_looks_for(text: str) -> None:
    """It can fail."""
    assert list(english(ast.parse(text)))


@pytest.mark.parametrize("marked", [IN_LETTERS, IN_PAGES], ids=["letters", "pages"])
def test_every_phrase_is_found(marked: dict[str, tuple[int, ...] | None]) -> None:
    """What is marked as one is written out there: what is worked out first could not be found."""
    found = {one for message, _ in phrases(marked) for one in ([message] if isinstance(message, str) else message)}
    for name in DONE:
        for node in ast.walk(ast.parse(EXPLAIN.joinpath(name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in marked and node.args:
                written = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                assert set(written) <= found, f"{name}, line {node.lineno}"


def test_a_phrase_puts_its_parts_where_it_names_them() -> None:
    assert phrase("{amount}, but not less than {least}", least=("£0", str), amount="£5") == ("£5, but not less than £0", str)
    assert phrase("100% of {this}", this="{that}") == ("100% of {that}",)


class Backwards(NullTranslations):
    """A language in which every phrase stands the other way round, its places whole."""

    def gettext(self, message: str) -> str:
        return " ".join(reversed(re.findall(r"\{\w+\}|[^{}\s]+", message)))


def test_another_language_may_put_the_parts_of_a_phrase_in_its_own_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a formula in words depends on English: neither where its parts stand, nor what is between them."""
    monkeypatch.setattr(explain.phrases, "PAGES", Backwards())
    answer = jurat.assess(jurat.load(RULES / "jersey" / "income_support"), CHILDCARE)
    assert answer.assessment is not None
    from explain.steps import tellings

    [award] = answer.assessment.answers
    words = tellings(answer.assessment.graph)[award.term].told(answer.assessment, award).case.words  # type: ignore[arg-type]
    assert "than less not but" in words


def test_phrases_are_files_of_text() -> None:
    assert Path(EXPLAIN, "locale", "pages.pot").is_file()
