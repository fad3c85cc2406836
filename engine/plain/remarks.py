"""Remarks on the writer's own words: advice, each with its place and what to write instead.

A remark is made where a good editor would make it too, and once: of a term at its first place, of a hard word in a title at the
title only, and of a text that is hard to read as a whole only where nothing in it has been remarked on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from engine.plain.ages import counts
from engine.plain.forms import hard_words
from engine.plain.sentences import MOST_OF_A_TITLE, MOST_WORDS, Piece, counted, cut, length, sentences
from engine.plain.terms import Terms, terms, undefined
from engine.plain.texts import Read, Text, all_texts, read
from grammar.problems import Place, Problem, in_order
from grammar.source import Source, Span

OLDEST = 17
"""The age above which a text is remarked on; who has left school at 16 should follow what is said about their award."""
GROWN_UP = 22
"""Where schools end, an age says no more."""
LEAST_JUDGED = 40
"""Words that a text must have for its age to be told by itself."""

_NEGATIVES = re.compile(
    r"\b(?P<no>not|never|no|nobody|none|nothing|cannot|\w+n['’]t)\b(?P<between>(?: [\w'’-]+){0,6}?) "
    r"(?P<other>unless|without|(?P<un>un(?:able|available|certain|clear|common|usual|important|just|known|lawful|less|likely|paid"
    r"|reasonable|related|tested|true|willing)|in(?:appropriate|eligible|frequent|significant|sufficient)))\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[.;:!?]|\b(?:but|and|or|which|that|because|if|when|where|for)\b")


def remarks(sources: Iterable[Source]) -> tuple[Problem, ...]:
    """All remarks on the texts of a book, in the order of files and places."""
    return remarks_on(tuple(read(source) for source in sorted(sources, key=lambda source: source.path)))


def remarks_on(files: tuple[Read, ...]) -> tuple[Problem, ...]:
    """The same of files whose texts have been found."""
    known = terms(files)
    found: list[Problem] = []
    for text in all_texts(files):
        own = list(_on(text, known))
        found += own or _hard_to_read(text)
    for text, piece, kind in undefined(all_texts(files), known):
        found.append(_undefined(text, piece, kind))
    return tuple(in_order(found))


def _on(text: Text, known: Terms) -> Iterator[Problem]:
    words = text.words
    if text.kind == "title":
        yield from _long_title(text)
    else:
        yield from _long_sentences(text)
        yield from _double_negatives(text)
    for hard in known.uncovered(text, hard_words(words)):
        if hard.instead[0]:
            others = f" (or {', or '.join(f'`{other}`' for other in hard.instead[1:])})" if hard.instead[1:] else ""
            fix = f"Write `{hard.instead[0]}`{others}."
        else:
            fix = "Delete it: the sentence says the same without it."
        message = f"`{words[hard.start : hard.end]}` is harder than it need be."
        yield _remark(text, "hard-word", message, hard.start, hard.end, fix)


def _long_title(text: Text) -> Iterator[Problem]:
    count = len(counted(text.words))
    if count > MOST_OF_A_TITLE:
        message = f"This title has {count} words; more than {MOST_OF_A_TITLE} cannot be taken in at a glance."
        fix = "Name the thing in a few words, and say the rest in a `note`."
        yield _remark(text, "long-title", message, 0, len(text.words), fix)


def _long_sentences(text: Text) -> Iterator[Problem]:
    if len(text.words.split()) <= MOST_WORDS:
        return
    for sentence in sentences(text.words):
        words = counted(sentence.words)
        if length(words) <= MOST_WORDS:
            continue
        message = f"This sentence has {len(words)} words; more than {MOST_WORDS} are hard to follow."
        place = cut(words)
        if place is None:
            fix = "Say it in two sentences, or leave something out."
            yield _remark(text, "long-sentence", message, sentence.start, sentence.end, fix)
            continue
        start, end = sentence.start + place.start, sentence.start + place.end
        fix = f"Begin a new sentence at `{text.words[start:end]}`: that makes {place.before} words and {place.after}."
        yield _remark(text, "long-sentence", message, sentence.start, sentence.end, fix, _span(text, start, end))


def _double_negatives(text: Text) -> Iterator[Problem]:
    for found in _NEGATIVES.finditer(text.words):
        if _BREAKS.search(found["between"]):
            continue
        other = found["other"].lower()
        if other == "unless":
            fix = "Say what has to be so: `only if …`."
        elif other == "without":
            fix = "Say what has to be there: `only with …`."
        else:
            fix = f"Say it without either: what is not {other} is {_positive(other)}."
        message = f"`{found['no']} … {other}` says no twice: the reader has to work out what is meant."
        yield _remark(text, "double-negative", message, found.start(), found.end(), fix)


def _positive(word: str) -> str:
    return {
        "unable": "able", "unavailable": "there", "uncertain": "certain", "unclear": "clear", "uncommon": "common",
        "unusual": "usual", "unimportant": "important", "unpaid": "paid", "unlikely": "likely", "unwilling": "willing",
    }.get(word, word[2:])  # fmt: skip


def _hard_to_read(text: Text) -> Iterator[Problem]:
    if text.kind == "title" or len(text.words.split()) < LEAST_JUDGED:
        return
    found = counts(text.words)
    years = found.years
    if found.words >= LEAST_JUDGED and years is not None and years > OLDEST:
        age = f"about {years}" if years < GROWN_UP else f"{GROWN_UP} or more"
        message = f"This text asks for a reader of {age} (Flesch–Kincaid); {OLDEST} should be enough."
        fix = "Take shorter words, and shorter sentences."
        yield _remark(text, "hard-to-read", message, 0, len(text.words), fix)


def _undefined(text: Text, piece: Piece, kind: str) -> Problem:
    term = piece.words
    if kind == "abbreviation":
        message = f"`{term}` is never spelt out."
        fix = f"Write the words in full; or once the words and then `({term})`."
    else:
        message = f"`{term}` is used as a term, and nothing says what it is."
        fix = f"Say it in a `note`, of the scheme if it is used in several places: `'{term}' means …`."
    return _remark(text, "undefined-term", message, piece.start, piece.end, fix)


def _remark(text: Text, code: str, message: str, start: int, end: int, fix: str, second: Span | None = None) -> Problem:
    return Problem(
        code=code,
        message=message,
        place=Place(_span(text, start, end)),
        severity="advice",
        fix=fix,
        subject=text.of.name,
        citation=text.of.cite,
        second=None if second is None else Place(second, "a new sentence here"),
    )


def _span(text: Text, start: int, end: int) -> Span:
    return Span(text.span.source, text.span.start + start, text.span.start + end)
