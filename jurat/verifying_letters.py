"""A letter to a claimant held against itself, and against the law of a book as far as a letter can be."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

from attrs import frozen

from explain.reading_back.languages import Figures
from explain.reading_back.letters import LetterRead, letter_from_data, letter_from_html, wrong_in
from explain.tongue import languages, tongue
from grammar.problems import errors
from jurat.rulebook import Rules
from jurat.verifying import ADDS_UP, LAW, SAME, UNPROVED, Verified, few, without_doubles

_LANGUAGE = re.compile(r'<html lang="([a-z-]{1,10})">')
_REFERENCES = (
    "Reference: {reference}. Quote it when you write to us: it says by which law and which rules this was worked out.",
    "Write this on letters to us: {reference}",
)
"""As a letter says it, and as an easy one does."""
_MOST_SUMS = 100
NO_CASE = "  a letter carries no case: ask for the full working, as HTML or JSON, and verify that"


@frozen(eq=False)
class PrintedLetter:
    """A letter that was printed: what it says, the day that it is of, and where the law is found again."""

    read: LetterRead
    figures: Figures
    on: date
    reference: str


def letter_in(text: str) -> PrintedLetter | None:
    """The letter that a file is; None where it is none."""
    try:
        return _from_data(json.loads(text, object_pairs_hook=without_doubles)) if text.lstrip()[:1] == "{" else _from_html(text)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None


def _from_data(data: dict[str, Any]) -> PrintedLetter | None:
    if data["for"] not in ("claimant", "easy-read") or data["language"] not in languages():
        return None
    figures = Figures(tongue(data["language"]).say)
    return _letter(letter_from_data(data, figures), figures, [data["on"]], data["reference"])


def _from_html(text: str) -> PrintedLetter | None:
    code = _LANGUAGE.search(text, 0, 1000)
    if code is None or code[1] not in languages() or not text.rstrip().endswith("</html>"):
        return None
    figures = Figures(tongue(code[1]).say)
    said = (figures.pattern(phrase, reference="[0-9a-f]{12}").search(unescape(text)) for phrase in _REFERENCES)
    reference = next(filter(None, said), None)
    head = text.partition("<h1>")[2].partition("</h1>")[0]
    if reference is None:
        return None
    return _letter(letter_from_html(text, figures), figures, [unescape(head)], reference["reference"])


def _letter(read: LetterRead, figures: Figures, heads: list[str], reference: str) -> PrintedLetter | None:
    days = [token.value for head in heads for token in figures.all_in(head) if isinstance(token.value, date)]
    if not days or len(read.sums) > _MOST_SUMS or not re.fullmatch("[0-9a-f]{12}", reference):
        return None
    wrong_in(read, figures)  # whatever is in it that cannot be read makes it no letter
    return PrintedLetter(read, figures, days[0], reference)


def letter_verified(printed: PrintedLetter, rules: Rules) -> Verified:
    """Its sums; its law, by where it is found again; and that nothing more can be said of a letter."""
    wrong = [f"  {why}" for why in wrong_in(printed.read, printed.figures)]
    adds_up = [f"{ADDS_UP}: {'no' if wrong else 'yes'}", *few(wrong)]
    if not wrong and not printed.read.sums:
        adds_up = [f"{ADDS_UP}: not known", "  it has no sum"]
    lines = (*adds_up, *_law(printed, rules), f"{SAME}: not known", NO_CASE, UNPROVED)
    return Verified(lines, holds=False)


def _law(printed: PrintedLetter, rules: Rules) -> list[str]:
    checked = rules.on(printed.on, None, ())
    if errors(checked.problems):
        return [f"{LAW}: not known", *few([f"  {problem.message}" for problem in errors(checked.problems)])]
    found = checked.graph.law.removeprefix("sha256:")[: len(printed.reference)]
    if found == printed.reference:
        return [f"{LAW}: yes"]
    why = f"  it was found again by {printed.reference}, and that of these rules is {found}"
    return [f"{LAW}: no", why, "  as known on another day, with other readings or with a draft it would be another too"]
