"""Two texts beside each other: the words that only one of them has, marked on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from attrs import frozen

_WORD = re.compile(r"\s+|[^\s,;:()]+|[,;:()]")


@frozen
class Piece:
    """A run of words, and whether only this side has them."""

    text: str
    changed: bool


@frozen
class Marked:
    """What was said, and what is said instead; either may be nothing."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


def marked(old: Sequence[str], new: Sequence[str]) -> tuple[Marked, ...]:
    """Lines in pairs, in their order; what is left over stands alone."""
    longer = max(len(old), len(new))
    pairs = [(old[n] if n < len(old) else "", new[n] if n < len(new) else "") for n in range(longer)]
    return tuple(_pair(before, now) for before, now in pairs)


def _pair(before: str, now: str) -> Marked:
    if not before or not now:
        return Marked(_all(before), _all(now))
    one, other = _WORD.findall(before), _WORD.findall(now)
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    old = [Piece("".join(one[a:b]), what != "equal") for what, a, b, _, _ in steps if b > a]
    new = [Piece("".join(other[a:b]), what != "equal") for what, _, _, a, b in steps if b > a]
    return Marked(tuple(_joined(old)), tuple(_joined(new)))


def _all(text: str) -> tuple[Piece, ...]:
    return (Piece(text, False),) if text else ()


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same without a space between two changed words standing apart from them."""
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and piece.changed == waiting[-1].changed:
            waiting[-1] = Piece(waiting[-1].text + piece.text, piece.changed)
        elif len(waiting) > 1 and piece.changed and not waiting[-1].text.strip():
            space = waiting.pop()
            waiting[-1] = Piece(waiting[-1].text + space.text + piece.text, True)
        else:
            waiting.append(piece)
    yield from waiting
