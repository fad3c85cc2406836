"""Mutations on the level of the grammar: what comes into a place is of the kind that stood there.

A text changed so is mostly still read, and so reaches what stands behind the reader: the checks, the mechanisms, the households.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from attrs import frozen
from lark import Token

from grammar.parsing import pieces
from grammar.trees import reader

_TIMES = (10, 1_000, 1_000_000, 1_000_000_000)
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_VALUES = ("MONEY", "PENCE", "NUMBER")


@frozen(eq=False)
class Edit:
    """What is put in the place of a stretch of the text."""

    start: int
    end: int
    text: str


Change = Callable[[str, Sequence[Token], str, random.Random], Sequence[Edit]]


def exchanged(text: str, other: str, chance: random.Random) -> str:
    """The text with one change; `other` is where something else of the same kind is taken from."""
    tokens = reader().tokens(text)
    edits = chance.choice(_CHANGES)(text, tokens, other, chance) if tokens else ()
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _of(token: Token, new: str) -> Edit:
    assert token.start_pos is not None and token.end_pos is not None
    return Edit(token.start_pos, token.end_pos, new)


def _token(text: str, tokens: Sequence[Token], other: str, chance: random.Random) -> Sequence[Edit]:
    """A word by another of its kind: a name by a name, a date by a date, a unit by a unit."""
    kinds: dict[str, set[str]] = {}
    for token in (*tokens, *reader().tokens(other)):
        kinds.setdefault(token.type, set()).add(str(token))
    varying = [token for token in tokens if len(kinds[token.type]) > 1]
    if not varying:
        return ()
    old = chance.choice(varying)
    return [_of(old, chance.choice(sorted(kinds[old.type] - {str(old)})))]


def _reference(text: str, tokens: Sequence[Token], other: str, chance: random.Random) -> Sequence[Edit]:
    """A name that is read by one that this text declares: what rests on what is turned round."""
    found = list(pieces(list(tokens), text))
    declared = [piece[1] for piece in found if len(piece) > 1 and piece[1].type == "NAME"]
    read = [token for piece in found for token in piece[2:] if token.type == "NAME"]
    return [_of(chance.choice(read), str(chance.choice(declared)))] if read and declared else []


def _magnitude(text: str, tokens: Sequence[Token], other: str, chance: random.Random) -> Sequence[Edit]:
    """A number, or about half of all numbers, by one many times as large or as small."""
    numbers = [token for token in tokens if token.type in _VALUES]
    if not numbers:
        return ()
    chosen = [token for token in numbers if chance.random() < 0.5] if chance.random() < 0.5 else [chance.choice(numbers)]
    times, is_larger = chance.choice(_TIMES), chance.random() < 0.7
    return [_of(token, _DIGITS.sub(lambda digits: _resized(digits[0], times, is_larger), token, count=1)) for token in chosen]


def _resized(digits: str, times: int, is_larger: bool) -> str:
    whole, _, decimals = digits.replace(",", "").partition(".")
    return f"{int(whole) * times}"[:15] if is_larger else f"{int(whole) // times}.{decimals or '01'}"


def _declaration(text: str, tokens: Sequence[Token], other: str, chance: random.Random) -> Sequence[Edit]:
    """A whole declaration by one of another text that begins with the same word; or that one as well."""
    ours, theirs = list(pieces(list(tokens), text)), list(pieces(reader().tokens(other), other))
    old = chance.choice(ours)
    alike = [piece for piece in theirs if piece[0] == old[0]]
    if not alike:
        return ()
    new = chance.choice(alike)
    taken = other[new[0].start_pos : new[-1].end_pos]
    place = _of(old[0], "").start
    return [Edit(place, place if chance.random() < 0.5 else _of(old[-1], "").end, f"{taken}\n")]


_CHANGES: tuple[Change, ...] = (_token, _token, _reference, _reference, _magnitude, _magnitude, _magnitude, _declaration)
