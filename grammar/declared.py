"""What a text declares, as far as its words tell before it is read: names, those who can be counted, units."""

from __future__ import annotations

import re
from functools import lru_cache

from grammar.source import Span
from grammar.words import DECLARATIONS, plural, singular

_OF_MEMBERS = re.compile(r"\b(?:entity|contains|group|role)\s+([a-z]\w*)")


def is_declared(source: str, name: str) -> bool:
    """Whether the text declares something of this name."""
    return name in _declared(source)


@lru_cache(2)
def _declared(source: str) -> frozenset[str]:
    return frozenset(re.findall(rf"\b(?:{'|'.join(DECLARATIONS)})\s+([a-z]\w*)", source))


@lru_cache(2)
def groups_in(text: str) -> frozenset[str]:
    """The names in a text over whom something can be added up."""
    return frozenset(_OF_MEMBERS.findall(text))


def group_meant(text: str, word: str) -> str | None:
    """The group that a word in the singular or the plural names."""
    names = (word, plural(word), singular(word), word.removesuffix("s"))
    return next((name for name in names if name in groups_in(text)), None)


def is_of_members(text: str, name: str, group: str) -> bool:
    """Whether a name is a term of those who are in a group."""
    over = re.search(rf"\bgroup\s+{group}\b[^:]*:\s*([a-z]\w*)", text)
    return re.search(rf"\b(?:input|rule|table)\s+{name}\s+of\s+{over[1] if over else group}\b", text) is not None


def is_a_unit(text: str, word: str) -> bool:
    """Whether it is declared, or stands elsewhere where a unit does."""
    one, many = singular(word), plural(singular(word))
    return re.search(rf"\bunit\s+{one}\b|\b(?:{one}|{many})\s+(?:a|per)\b|\bper\s+{one}\b", text) is not None


def is_of_a_count(text: str, word: str, span: Span) -> bool:
    """Whether a unit names those who are counted: it cannot be declared, or a count of them stands beside it."""
    return is_declared(text, word) or group_meant(text, word) is not None or _has_count_behind(span)


def without_unit(text: str, word: str, span: Span) -> str:
    """What to do where a word for those who are counted stands as a unit."""
    if _has_count_behind(span):
        return "Delete it, for the count behind it has no unit."
    return f"Delete it, and multiply by how many there are: `× count of {group_meant(text, word) or plural(word)}`."


def _has_count_behind(span: Span) -> bool:
    behind = span.source.text[span.end : span.end + 40]
    return re.match(r"\s*(?:[×*x]|times|multiplied\s+by)\s*\(?count\b", behind) is not None


def unit_line(word: str) -> str:
    """The declaration of a unit, from its singular or its plural."""
    one = singular(word)
    return f"unit {one} plural {plural(one)}"
