"""A text as sentences and words: where each ends, how long it is, and where a long one can be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MOST_WORDS = 25
"""Of a sentence that is read once. Those that people remember have 15 to 20."""
MOST_OF_A_TITLE = 12
LEAST_OF_A_PART = 5
"""Words that must be left on either side of a cut: shorter parts are no sentences."""

LEAST_OF_A_LIST = 4
MOST_OF_AN_ITEM = 10

_COUNTED = re.compile(r"\{[^{}]*\}|[^\s—–]*[^\W_][^\s—–]*")
_ENDS = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")
_BEGINS = re.compile(r"\s*[\"'“‘(\[]*[^\W_a-zà-ÿ]|\s*[\"'“‘(\[]*[{£]|\s*$")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:no|nos|art|arts|para|paras|reg|regs|sch|pt|p|pp|s|ss|cf|e\.g|i\.e|vol|mr|mrs|ms|dr|st|[A-Z])$",
    re.IGNORECASE,
)
_LONGEST = 6
"""Characters of an abbreviation and of what stands before it."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Piece(NamedTuple):
    """A stretch of a text: a sentence or a word, and where it stands."""

    start: int
    end: int
    words: str


def length(words: Sequence[Piece]) -> int:
    """How many words have to be held in mind at once: of a list behind a colon, its longest item and not all of them."""
    colon = next((number for number, word in enumerate(words) if word.words[-1] == ":"), None)
    if colon is None:
        return len(words)
    items = [0]
    for word in words[colon + 1 :]:
        items[-1] += 1
        if word.words[-1] in ",;":
            items.append(0)
    is_list = len(items) >= LEAST_OF_A_LIST and max(items) <= MOST_OF_AN_ITEM
    return colon + 1 + max(items) if is_list else len(words)


class Cut(NamedTuple):
    """Where a sentence can be cut: the word or the sign that begins the second part, and how many words stand on either side."""

    start: int
    end: int
    before: int
    after: int


def sentences(text: str) -> Iterator[Piece]:
    """The sentences of a text; what is left after the last full stop is one too."""
    start = 0
    for found in _ENDS.finditer(text):
        if text[found.start()] == "." and _ABBREVIATED.search(text, max(start, found.start() - _LONGEST), found.start()):
            continue
        if _BEGINS.match(text, found.end()):
            yield from _piece(text, start, found.end())
            start = found.end()
    yield from _piece(text, start, len(text))


def _piece(text: str, start: int, end: int) -> Iterator[Piece]:
    words = text[start:end]
    inner = words.strip()
    if inner:
        begin = start + len(words) - len(words.lstrip())
        yield Piece(begin, begin + len(inner), inner)


def counted(text: str) -> list[Piece]:
    """What counts as a word: whatever stands between spaces and has a letter or a digit; a name in braces is one value."""
    return [Piece(found.start(), found.end(), found[0]) for found in _COUNTED.finditer(text)]


def letters(text: str) -> list[Piece]:
    """Words of letters only, in which hard ones are looked for."""
    return [Piece(found.start(), found.end(), found[0]) for found in _WORDS.finditer(text)]


_CONNECTING: tuple[frozenset[str], ...] = (
    frozenset({"but", "so", "because", "although", "though", "however", "otherwise", "unless", "then"}),
    frozenset({"which", "who", "whose", "where", "when", "if", "and", "or", "while", "until", "whether", "that"}),
)
"""Words at which a sentence comes apart, those that make the better cut first."""


def cut(words: Sequence[Piece]) -> Cut | None:
    """The best place to cut a sentence of these words: where it pauses most, and among those nearest to its middle."""
    best: tuple[bool, int, int, int] | None = None
    for number in range(LEAST_OF_A_PART, len(words) - LEAST_OF_A_PART + 1):
        rank = _rank(words[number - 1].words, words[number].words)
        if rank is not None:
            is_too_long = max(number, len(words) - number) > MOST_WORDS
            found = (is_too_long, rank, abs(2 * number - len(words)), number)
            best = found if best is None else min(best, found)
    if best is None:
        return None
    number = best[-1]
    return Cut(words[number].start, words[number].end, number, len(words) - number)


def _rank(before: str, word: str) -> int | None:
    """How well a sentence can be cut between two words: 0 is best, None not at all."""
    if before[-1] in ";:":
        return 0
    pauses = before[-1] == ","
    for rank, connecting in enumerate(_CONNECTING):
        if word.lower() in connecting:
            return rank + 1 if pauses else rank + 3
    return None
