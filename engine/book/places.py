"""Places in an instrument as they are cited: which comes first, and the Schedule and Part in which one stands.

`Article 2` comes before `Article 10`, `paragraph 2(1)(a)` before `2(1)(b)`, `(b)(ii)` before `(b)(v)`, `Part 2` before `Part 2A`,
the body of an instrument before its Schedules, and a place before what is inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

Token = tuple[int, int, str]
"""A number with what was inserted after it (`2A`), or a letter."""
Order = tuple[tuple[int, str, tuple[Token, ...]], ...]
"""Of each step from the instrument down: what sort it is, what it is called, and its number."""

_AT_THE_END = ("schedule", "annex", "appendix")
_DIVISIONS = (*_AT_THE_END, "part", "chapter", "division", "table")
_BRACKETS = r"(?:\s*\([0-9A-Za-z]+\))*"
_STEP = re.compile(rf"(?P<word>.*?)\s*(?P<number>\b[0-9]+[A-Za-z]*{_BRACKETS}|\([0-9A-Za-z]+\){_BRACKETS})?")
_TOKEN = re.compile(r"([0-9]+)([A-Za-z]*)|([A-Za-z]+)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def places(text: str) -> tuple[str, ...]:
    """The places of one citation, which semicolons part: `Article 5(2)(b); Article 5(2A)` are two."""
    return tuple(" ".join(place.split()) for place in text.split(";") if place.strip())


@lru_cache(5_000)
def order_of(place: str) -> Order:
    """What places of one instrument are sorted by."""
    return tuple(_step(step) for step in place.split(",")) if place else ()


def division(place: str) -> str:
    """The Schedule, Part or the like in which a place stands: `Schedule 1, Part 2C`; "" in the body of an instrument."""
    found = []
    for step in place.split(","):
        if not step.strip().casefold().startswith(_DIVISIONS):
            break
        found.append(step.strip())
    return ", ".join(found)


def within(place: str) -> str:
    """A place as it is called inside its division: `paragraph 10` of `Schedule 1, Part 2C, paragraph 10`."""
    return place.removeprefix(division(place)).lstrip(", ")


def is_inside(place: str, outer: str) -> bool:
    """Whether a place is part of another: `Article 5(2)(b)` of `Article 5(2)`, and `Schedule 1, paragraph 2` of `Schedule 1`."""
    return place != outer and place.startswith(outer) and place[len(outer)] in ",( "


def _step(text: str) -> tuple[int, str, tuple[Token, ...]]:
    found = _STEP.fullmatch(text.strip())
    word, number = (found["word"], found["number"]) if found else (text.strip(), None)
    word = word.casefold()
    if number is None and not word.startswith(_AT_THE_END):
        return 2, word, ()
    return int(word.startswith(_AT_THE_END)), word, tuple(_tokens(number or ""))


def _tokens(number: str) -> Iterator[Token]:
    """Letters below a letter are Roman numerals, as are two and more: `(a)(i)`, `(a)(ii)`; below a number `(i)` is a letter."""
    below_a_letter = False
    for digits, inserted, letters in _TOKEN.findall(number):
        if digits:
            yield 0, int(digits), inserted.casefold()
        elif (below_a_letter or len(letters) > 1) and set(letters.casefold()) <= _ROMAN.keys():
            yield 1, _roman(letters.casefold()), ""
        else:
            yield 1, 0, letters.casefold()
        below_a_letter = bool(letters)


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
