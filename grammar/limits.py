"""Limits that hold before any work is done, so that no text can make the reader slow or run out of anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grammar.problems import Place, Problem
from grammar.source import Source, Span

if TYPE_CHECKING:
    from lark import Token

FILE_CHARACTERS = 1_000_000
NAME_CHARACTERS = 80
NUMBER_DIGITS = 15
NESTING = 64
YEARS = range(1900, 2201)
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control and direction characters, foreign line ends and lone surrogates: a reader does not see them, a terminal may obey."""


def of_text(source: Source) -> Problem | None:
    """A file that is too large, or that holds a character no text editor shows."""
    if len(source.text) > FILE_CHARACTERS:
        return Problem(
            code="too-large",
            message=f"The file has {len(source.text):,} characters; {FILE_CHARACTERS:,} are read.",
            path=source.path,
            fix="Divide it into several files.",
        )
    found = HIDDEN.search(source.text)
    if found is None:
        return None
    return Problem(
        code="hidden-character",
        message=f"There is a character here that cannot be seen (U+{ord(found[0]):04X}).",
        place=Place(Span(source, found.start(), found.end())),
        fix="Delete it.",
    )


def of_tokens(source: Source, tokens: Sequence[Token]) -> Problem | None:
    """A name, a number or a nesting of brackets beyond what is read."""
    depth = 0
    for token in tokens:
        match token.type:
            case "LPAR":
                depth += 1
                if depth > NESTING:
                    return _over(source, token, "brackets inside brackets", NESTING, "Give the inner part a rule of its own.")
            case "RPAR":
                depth -= 1
            case "NAME":
                if len(token) > NAME_CHARACTERS:
                    return _over(source, token, "letters in a name", NAME_CHARACTERS, "Choose a shorter name.")
            case "NUMBER" | "MONEY" | "PENCE":
                if sum(character.isdigit() for character in token) > NUMBER_DIGITS:
                    return _over(source, token, "digits in a number", NUMBER_DIGITS, "Write fewer digits.")
    return None


def _over(source: Source, token: Token, what: str, most: int, fix: str) -> Problem:
    return Problem(
        code="over-a-limit",
        message=f"There are more than {most} {what}.",
        place=Place(span_of(source, token)),
        fix=fix,
    )


def span_of(source: Source, token: Token) -> Span:
    start = token.start_pos or 0
    return Span(source, start, token.end_pos or start)
