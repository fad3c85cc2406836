"""The texts of a rule file that somebody is shown, each with what it is and where it stands.

They are found by the word before them, in a text of any kind: what a writer has not yet made whole has words to look at too, and
no tree is needed, which would take longer to make than all that is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from attrs import define, frozen

from grammar.limits import TEXT_CHARACTERS
from grammar.source import Source, Span

Kind = Literal["title", "because", "question", "note", "not encoded", "discretionary", "despite"]

NAMES: dict[Kind, str] = {
    "title": "titles",
    "because": "reasons (because)",
    "question": "questions (ask)",
    "note": "notes",
    "not encoded": "what is not encoded, and why",
    "discretionary": "what is left to somebody's judgement",
    "despite": "what stands despite a sum",
}

_PIECES = re.compile(r'#[^\n]*|"[^"\n]*"|“[^”\n]*”|[a-z][a-z0-9_.]*')
_TITLED = frozenset(
    {"scheme", "entity", "role", "choice", "group", "input", "figure", "rule", "table", "scale", "challenge", "duty"}
)
_OF_LAW = frozenset({"instrument", "amendment"})
_BY_WORD: dict[str, Kind] = {
    "because": "because",
    "ask": "question",
    "note": "note",
    "discretionary": "discretionary",
    "despite": "despite",
}
_FOR_TESTS = frozenset({"example", "case"})
"""What stands in a worked example is read by those who write rules, and is as short as they like."""
_AMENDED = frozenset({"for", "insert", "substitute", "omit", "row", "exception"})


@define(eq=False, repr=False)
class Declared:
    """What a text belongs to."""

    kind: str
    name: str | None
    cite: str | None = None
    """Its first place in the law."""


@frozen(eq=False, repr=False)
class Text:
    """One text that somebody is shown; its place is what stands between the quotes."""

    kind: Kind
    span: Span
    of: Declared

    @property
    def words(self) -> str:
        return self.span.text


@frozen(eq=False, repr=False)
class Read:
    """What a file says in words: the texts, and the names that it gives to laws, to places in them, and to people who decide."""

    source: Source
    texts: tuple[Text, ...]
    named: tuple[str, ...]
    """Titles of instruments, and who decides: words that are given, and that a text may use."""


def read(source: Source) -> Read:
    """The texts of a rule file, in its order, but for those that are refused for their length."""
    texts: list[Text] = []
    named: list[str] = []
    of = Declared("", None)
    before: tuple[str, str, str, str] = ("", "", "", "")
    for piece in _PIECES.finditer(source.text):
        found = piece[0]
        first = found[0]
        if first == "#":
            continue
        if first not in '"“':
            before = (*before[1:], found)
            if found in _AMENDED and before[1] == "in":
                of = Declared("in", before[2])
            elif found == "figure" and before[2] == "every":
                of = Declared("every", None)
            continue
        declared = _declared(before)
        if declared is not None:
            of = declared if declared.name is not None else Declared(declared.kind, found[1:-1])
        kind = _kind(before, declared)
        if kind is not None and of.kind not in _FOR_TESTS and len(found) <= TEXT_CHARACTERS:
            texts.append(Text(kind, Span(source, piece.start() + 1, piece.end() - 1), of))
        elif (declared is not None and declared.kind in _OF_LAW) or before[-2:] == ("decided", "by"):
            named.append(found[1:-1])
        elif "cite" in before[-2:] and of.cite is None:
            of.cite = found[1:-1]
        before = ("", "", "", "")
    return Read(source, tuple(texts), tuple(named))


def _declared(before: tuple[str, ...]) -> Declared | None:
    """The declaration whose heading these words are: `rule award of household`."""
    for kind, name in (before[-2:], (before[0], before[1]) if before[2] == "of" else ("", "")):
        if kind in _TITLED or kind in _OF_LAW:
            return Declared(kind, name)
    kind = before[-1]
    return Declared(kind, None) if kind in _FOR_TESTS or kind == "provision" else None


def _kind(before: tuple[str, ...], declared: Declared | None) -> Kind | None:
    if declared is not None:
        return "title" if declared.kind in _TITLED else None
    if before[-2:] == ("not", "encoded"):
        return "not encoded"
    if before[-2] == "reading":
        return "title"
    return _BY_WORD.get(before[-1])


def all_texts(files: tuple[Read, ...]) -> Iterator[Text]:
    """Those of several files."""
    for file in files:
        yield from file.texts
