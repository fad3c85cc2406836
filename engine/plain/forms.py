"""Every form of a hard word with the same form of its plain one: `commences` and `commenced`, not `commence` only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from string import punctuation
from typing import NamedTuple

from engine.plain.phrases import PHRASES
from engine.plain.sentences import Piece, letters
from engine.plain.single_words import NOUNS, OTHERS
from engine.plain.verbs import VERBS

_IRREGULAR = {
    "begin": ("began", "begun"), "bind": ("bound", "bound"), "break": ("broke", "broken"), "bring": ("brought", "brought"),
    "build": ("built", "built"), "buy": ("bought", "bought"), "come": ("came", "come"), "cut": ("cut", "cut"),
    "do": ("did", "done"), "find": ("found", "found"), "forbid": ("forbade", "forbidden"), "get": ("got", "got"),
    "give": ("gave", "given"), "go": ("went", "gone"), "have": ("had", "had"), "hold": ("held", "held"),
    "keep": ("kept", "kept"), "know": ("knew", "known"), "lay": ("laid", "laid"), "leave": ("left", "left"),
    "let": ("let", "let"), "lose": ("lost", "lost"), "make": ("made", "made"), "mean": ("meant", "meant"),
    "meet": ("met", "met"), "pay": ("paid", "paid"), "put": ("put", "put"), "read": ("read", "read"), "run": ("ran", "run"),
    "say": ("said", "said"), "send": ("sent", "sent"), "set": ("set", "set"), "show": ("showed", "shown"),
    "speak": ("spoke", "spoken"), "speed": ("sped", "sped"), "spend": ("spent", "spent"), "take": ("took", "taken"),
    "tell": ("told", "told"), "think": ("thought", "thought"), "undergo": ("underwent", "undergone"),
    "undertake": ("undertook", "undertaken"), "undo": ("undid", "undone"), "withhold": ("withheld", "withheld"),
}  # fmt: skip
"""The past, and what follows `has`, of verbs that do not end in -ed there."""
_DOUBLED = frozenset({
    "annul", "begin", "cancel", "compel", "concur", "cut", "defer", "expel", "forbid", "fulfil", "get", "incur", "let", "put",
    "remit", "run", "set", "stop", "submit", "transmit",
})  # fmt: skip
"""Verbs whose last letter is written twice before -ed and -ing."""

Words = tuple[str, ...]
_WITHOUT_SIGNS = str.maketrans(dict.fromkeys(punctuation.replace("-", "") + "“”‘’…–—×÷£", " "))
"""For a quick look: every sign that may stand beside a word parts it from the next."""
_IN_ORDER = (0, 1, 3, 2, 4)
"""The forms of a verb; what follows `is` comes before the past, which is rarer where law is told."""


class Hard(NamedTuple):
    """A hard word or phrase as it stands in a text, with what to write instead; "" where it is left out."""

    start: int
    end: int
    instead: tuple[str, ...]


def hard_words(text: str) -> list[Hard]:
    """Those of a text, the longest that begins at each place, with the plain ones written as they are: `Prior to`, `Before`."""
    table = _table()
    if table.telling.isdisjoint(text.lower().translate(_WITHOUT_SIGNS).split()):
        return []
    pieces = letters(text)
    lowered = [piece.words.lower() for piece in pieces]
    found = []
    number = 0
    while number < len(pieces):
        for words, instead in table.by_first_word.get(lowered[number], ()):
            after = number + len(words)
            if lowered[number:after] == words and _is_one_run(text, pieces[number:after]):
                start, end = pieces[number].start, pieces[after - 1].end
                found.append(Hard(start, end, tuple(_as_written(text[start], plain) for plain in instead)))
                number = after - 1
                break
        number += 1
    return found


def _is_one_run(text: str, run: Sequence[Piece]) -> bool:
    """Whether only spaces part the words of a phrase: a comma ends what was meant together."""
    return all(text[first.end : second.start].isspace() for first, second in pairwise(run))


def _as_written(first: str, plain: str) -> str:
    return plain[:1].upper() + plain[1:] if first.isupper() else plain


class _Table(NamedTuple):
    by_first_word: dict[str, list[tuple[list[str], Words]]]
    """What begins with it, the longest first, and what to write instead."""
    telling: frozenset[str]
    """Of every phrase its longest word: where none of them stands there is nothing to look for, which is so of most texts."""


@cache
def _table() -> _Table:
    found: dict[Words, list[str]] = {}
    for hard, instead in entries():
        known = found.setdefault(tuple(hard.lower().split()), [])
        known += [plain for plain in instead if plain not in known]
    table: dict[str, list[tuple[list[str], Words]]] = {}
    for words, plain in found.items():
        table.setdefault(words[0], []).append((list(words), tuple(plain)))
    for listed in table.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    return _Table(table, frozenset(max(words, key=len) for words in found))


def entries() -> Iterator[tuple[str, Words]]:
    """Every hard word in every form, with the plain ones in the same form."""
    for hard, instead in (*_lines(PHRASES), *_lines(OTHERS)):
        yield hard, instead
    for hard, instead in _lines(NOUNS):
        yield hard, instead
        yield _plural(hard), tuple(map(_plural, instead))
    for hard, instead in _lines(VERBS):
        plain = [_forms(word) for word in instead]
        for spelt in _spellings(hard):
            for number in _IN_ORDER:
                yield _forms(spelt)[number], tuple(dict.fromkeys(other[number] for other in plain))


def _lines(table: str) -> list[tuple[str, Words]]:
    found = []
    for line in table.strip().splitlines():
        hard, _, instead = line.partition("=")
        found.append((hard.strip(), tuple(plain.strip() for plain in instead.split("|"))))
    return found


def _spellings(verb: str) -> Iterator[str]:
    """With -ise as with -ize."""
    yield verb
    first, space, rest = verb.partition(" ")
    if first.endswith("ise"):
        yield f"{first[:-3]}ize{space}{rest}"


def _forms(verb: str) -> Words:
    """Of a verb, with what follows it: plain, -s, past, after `has`, -ing."""
    first, space, rest = verb.partition(" ")
    past, done = _IRREGULAR.get(first, (_past(first), _past(first)))
    return tuple(f"{form}{space}{rest}" for form in (first, _plural(first), past, done, _ing(first)))


def _plural(word: str) -> str:
    """Of a noun, and of a verb what it is after `she`; of several words the first that bears it."""
    if word == "have":
        return "has"
    first, space, rest = word.partition(" ")
    head, tail = (first, space + rest) if rest.startswith(("of ", "to ", "who ", "from ")) else (word, "")
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return f"{head[:-1]}ies{tail}"
    if head.endswith(("s", "x", "z", "ch", "sh", "go", "do")):
        return f"{head}{'' if head.endswith('s') else 'es'}{tail}"
    return f"{head}s{tail}"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1] if verb in _DOUBLED else ''}ed"


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1] if verb in _DOUBLED else ''}ing"
