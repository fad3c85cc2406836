"""Mutations on the level on which people err: words and lines dropped, doubled, exchanged, pasted from another file.

Some keep to the grammar, so that what is changed is still read: tests/fuzz/exchange.py.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from grammar.words import reserved_words
from tests.fuzz.corpus import JSON_CASE, dictionary, seeds
from tests.fuzz.exchange import exchanged

MOST_BYTES = 65_536
_IN_KIND = 0.5
"""How many changes keep to the grammar (tests/fuzz/exchange.py)."""
_WORDS = re.compile(r'"[^"\n]*"|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}|£[0-9.,]+|[0-9.]+%?|\w+|\s+|[^\w\s]')
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DECLARATIONS = re.compile(r"\n(?=[a-z])")

Parts = list[str]


def mutated(data: bytes, chance: random.Random, most: int = MOST_BYTES) -> bytes:
    """The same kind of input, with one to four changes; now and then of bytes."""
    kind, text = data[:1], data[1:].decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        text = _changed(text, kind, chance)
    found = kind + text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "surrogatepass")
    if chance.random() < 0.03:
        found = kind + _bytes(found[1:], chance)
    return found[:most]


def _is_escaped(text: str) -> bool:
    """Whether every surrogate in it stands for a byte that was no UTF-8."""
    return all("\udc80" <= character <= "\udcff" for character in text if "\ud800" <= character <= "\udfff")


def _changed(text: str, kind: bytes, chance: random.Random) -> str:
    if kind != JSON_CASE and chance.random() < _IN_KIND:
        return exchanged(text, _other(kind, chance) if chance.random() < 0.5 else text, chance)
    cut = chance.choice(_LEVELS)
    parts = cut(text)
    other = _other(kind, chance) if chance.random() < 0.3 else text
    change = chance.choice(_CHANGES)
    change(parts, cut(other), chance)
    return "".join(parts)


def _other(kind: bytes, chance: random.Random) -> str:
    return chance.choice([seed for seed in seeds() if seed[:1] == kind])[1:].decode("utf-8", "replace")


# ---- what is changed ------------------------------------------------------------------------------------------------


def _words(text: str) -> Parts:
    return _WORDS.findall(text)


def _lines(text: str) -> Parts:
    return text.splitlines(keepends=True)


def _declarations(text: str) -> Parts:
    return [part + "\n" for part in _DECLARATIONS.split(text)]


_LEVELS: tuple[Callable[[str], Parts], ...] = (_words, _words, _words, _words, _lines, _lines, _declarations)


# ---- how ------------------------------------------------------------------------------------------------------------


def _place(parts: Parts, chance: random.Random) -> int:
    """A place that is no white space, where there is one near."""
    place = chance.randrange(len(parts)) if parts else 0
    while place + 1 < len(parts) and parts[place].isspace():
        place += 1
    return place


def _drop(parts: Parts, other: Parts, chance: random.Random) -> None:
    place = _place(parts, chance)
    del parts[place : place + chance.choice((1, 1, 1, 2, 5))]


def _double(parts: Parts, other: Parts, chance: random.Random) -> None:
    place = _place(parts, chance)
    run = parts[place : place + chance.choice((1, 1, 3, 9))]
    times = 1 if chance.random() < 0.95 else chance.choice((10, 70, 500))
    parts[place:place] = run * times


def _swap(parts: Parts, other: Parts, chance: random.Random) -> None:
    if parts:
        one, two = _place(parts, chance), _place(parts, chance)
        parts[one], parts[two] = parts[two], parts[one]


def _splice(parts: Parts, other: Parts, chance: random.Random) -> None:
    start = _place(other, chance)
    run = other[start : start + chance.choice((1, 1, 3, 9, 40))]
    place = _place(parts, chance)
    parts[place : place + chance.choice((0, 0, 1, len(run)))] = run


def _replace(parts: Parts, other: Parts, chance: random.Random) -> None:
    """By a word of the language, of this text, or one with another number."""
    if not parts:
        return
    place = _place(parts, chance)
    old = parts[place]
    new = chance.choice(dictionary())
    if chance.random() < 0.4:
        new = other[_place(other, chance)] if other else new
    if old[:1].isdigit() and chance.random() < 0.7:
        new = chance.choice(
            (str(chance.randrange(10 ** chance.randrange(1, 17))), f"{chance.randrange(100)}.{chance.randrange(9)}")
        )
    parts[place] = new


def _rename(parts: Parts, other: Parts, chance: random.Random) -> None:
    """One name by another that stands in the same text."""
    names = [place for place, part in enumerate(parts) if _NAME.fullmatch(part) and part not in reserved_words()]
    if names:
        parts[chance.choice(names)] = parts[chance.choice(names)]


def _renumber(parts: Parts, other: Parts, chance: random.Random) -> None:
    """A number by its opposite, by one beside it, or by one with other decimals."""
    numbers = [place for place, part in enumerate(parts) if part.lstrip("£")[:1].isdigit()]
    if numbers:
        place = chance.choice(numbers)
        new = chance.choice(("0", "1", "0.5", str(chance.randrange(100)), f"{chance.randrange(100)}.{chance.randrange(100)}"))
        parts[place] = f"-{parts[place]}" if chance.random() < 0.3 else re.sub(r"[0-9]+(\.[0-9]+)?", new, parts[place], count=1)


def _insert(parts: Parts, other: Parts, chance: random.Random) -> None:
    parts.insert(_place(parts, chance), f" {chance.choice(dictionary())} ")


def _cut(parts: Parts, other: Parts, chance: random.Random) -> None:
    """What a writer has not yet finished."""
    del parts[_place(parts, chance) :]


_CHANGES: tuple[Callable[[Parts, Parts, random.Random], None], ...] = (
    _drop, _drop, _double, _swap, _splice, _splice, _splice, _replace, _replace, _replace, _rename, _rename, _renumber,
    _renumber, _insert, _insert, _cut,
)  # fmt: skip


def _bytes(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 4))):
        place = chance.randrange(len(found) + 1)
        found[place : place + chance.choice((0, 1, 1, 3))] = bytes(
            chance.randrange(256) for _ in range(chance.choice((0, 1, 1, 4)))
        )
    return bytes(found)
