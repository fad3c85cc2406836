"""Limits that hold before any work is done, so that no text can make the reader slow or run out of anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grammar.problems import Place, Problem
from grammar.source import Source, Span

if TYPE_CHECKING:
    from lark import Token

    from grammar.trees import Tree

FILE_CHARACTERS = 1_000_000
NAME_CHARACTERS = 80
NUMBER_DIGITS = 15
NESTING = 64
TEXT_CHARACTERS = 2_000
LINE_CHARACTERS = 50_000
WORDS = 20_000
EXCEPTIONS = 500
DAILY_VALUES = 3_660
"""Of one fact day by day: ten years of them."""
DEPTH = 100
"""Parts inside parts of one value, each limit and rounding counted: every later stage goes down into a value this far."""
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
    longest = max(source.text.split("\n"), key=len)
    if len(longest) > LINE_CHARACTERS:
        start = source.text.index(longest)
        return Problem(
            code="over-a-limit",
            message=f"A line has {len(longest):,} characters; {LINE_CHARACTERS:,} are read.",
            place=Place(Span(source, start, start + 1), "begins here"),
            fix="Divide it into several lines.",
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
    """A name, a number, a text or a nesting of brackets beyond what is read; or a declaration that has too many parts."""
    if len(tokens) > WORDS:
        return _over(source, tokens[WORDS], "words in one declaration", WORDS, "Divide it into several.")
    depth = exceptions = values = 0
    for token in tokens:
        match token.type:
            case "LPAR":
                depth += 1
                if depth > NESTING:
                    return _over(source, token, "brackets inside brackets", NESTING, "Give the inner part a rule of its own.")
            case "RPAR":
                depth -= 1
            case "IS":
                values = 1
            case "COMMA":
                values += 1
            case "DAY_BY_DAY":
                if values > DAILY_VALUES:
                    return _over(source, token, "values day by day", DAILY_VALUES, "Divide them into several facts.")
            case "EXCEPT":
                exceptions += 1
                if exceptions > EXCEPTIONS:
                    return _over(source, token, "exceptions in one rule", EXCEPTIONS, "Make a rule of some of them.")
            case "STRING":
                if len(token) - 2 > TEXT_CHARACTERS:
                    return _over(source, token, "characters in a text", TEXT_CHARACTERS, "Say it in fewer words.")
            case "NAME":
                if len(token) > NAME_CHARACTERS:
                    return _over(source, token, "letters in a name", NAME_CHARACTERS, "Choose a shorter name.")
            case "NUMBER" | "MONEY" | "PENCE":
                if sum(character.isdigit() for character in token) > NUMBER_DIGITS:
                    return _over(source, token, "digits in a number", NUMBER_DIGITS, "Write fewer digits.")
    return None


_NESTS = {"LPAR", "BUT", "ROUNDED", "UNROUNDED"}
_FEW = 8
"""So many brackets and limits reach no depth that matters, whatever stands in them."""


def of_tree(source: Source, tokens: Sequence[Token], tree: Tree) -> Problem | None:
    """A value whose parts stand inside each other deeper than what is read; brackets alone are no parts."""
    if sum(token.type in _NESTS for token in tokens) <= _FEW:
        return None
    waiting = [(tree, 0)]
    while waiting:
        part, depth = waiting.pop()
        inside = [child for child in part.children if child is not None and not isinstance(child, str)]
        if part.data == "limited":
            depth += len(inside) - 1
        if depth > DEPTH:
            first = next(token for token in tokens if (token.start_pos or 0) >= part.start)
            return _over(source, first, "parts inside parts", DEPTH, "Give the inner part a rule of its own.")
        waiting.extend((child, depth + 1) for child in inside)
    return None


def of_mistakes(source: Source, pieces: Sequence[Sequence[Token]]) -> Problem:
    """The declarations that cannot be read either, in a file in which so many cannot that these are only counted."""
    return Problem(
        code="over-a-limit",
        message=f"There are very many mistakes; from here on {len(pieces):,} more declarations cannot be read.",
        place=Place(span_of(source, pieces[0][0]), "the first of them"),
        fix="Mend those before it, and check again; if nothing can be read, this may be no rule file.",
    )


def _over(source: Source, token: Token, what: str, most: int, fix: str) -> Problem:
    return Problem(
        code="over-a-limit",
        message=f"There are more than {most:,} {what}.",
        place=Place(span_of(source, token)),
        fix=fix,
    )


def span_of(source: Source, token: Token) -> Span:
    start = token.start_pos or 0
    return Span(source, start, token.end_pos or start)
