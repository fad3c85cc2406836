"""How old a reader should be: the grade of Flesch and Kincaid, and five years.

    grade = 0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59

(J. P. Kincaid and others, Derivation of New Readability Formulas for Navy Enlisted Personnel, 1975.) A child of five begins
the first year before grade 1, so that grade and five is an age. The formula counts lengths and knows nothing of sense: it was
fitted to passages of a hundred words or more, and of a shorter text it says little. So it is told of all texts of a kind
together, and of one text only if that has enough words. A value in braces, and a number, is a word of one syllable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field, frozen

from engine.book.schemes import folder
from engine.plain.sentences import counted, letters, sentences
from engine.plain.syllables import syllables
from engine.plain.texts import NAMES, Kind, Read, read
from grammar.source import Source

LEAST_WORDS = 100
"""Of which an age is told without a warning."""


@frozen
class Counts:
    """What the formula counts."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.words + other.words, self.sentences + other.sentences, self.syllables + other.syllables)

    @property
    def age(self) -> Fraction | None:
        """The age exactly; None where there are no words."""
        if not self.words or not self.sentences:
            return None
        grade = (
            Fraction(39 * self.words, 100 * self.sentences)
            + Fraction(118 * self.syllables, 10 * self.words)
            - Fraction(1559, 100)
        )
        return grade + 5

    @property
    def years(self) -> int | None:
        """The age in whole years, half a year upwards; never below 5, at which people begin to read."""
        age = self.age
        return None if age is None else max(5, (2 * age.numerator + age.denominator) // (2 * age.denominator))


def counts(text: str) -> Counts:
    """Of one text."""
    found = Counts()
    for sentence in sentences(text):
        words = [piece.words for piece in counted(sentence.words)]
        if words:
            found += Counts(len(words), 1, sum(map(_syllables, words)))
    return found


def _syllables(word: str) -> int:
    if word[0] == "{":
        return 1
    return sum(syllables(piece.words) for piece in letters(word)) or 1


@frozen
class ReadingAge:
    """How a scheme reads: of all its sentences together, and of each kind of text."""

    scheme: str | None
    """Its title; None for files that belong to none."""
    counts: Counts
    by_kind: Mapping[Kind, Counts] = field(factory=dict)

    @property
    def is_a_guess(self) -> bool:
        """Whether there are too few words for the formula."""
        return self.counts.words < LEAST_WORDS

    def words(self) -> str:
        """As one line."""
        name = self.scheme or "Files of no scheme"
        parts = [f"{NAMES[kind]} {found.years}" for kind, found in self.by_kind.items() if found.words >= LEAST_WORDS]
        listed = f"; {', '.join(parts)}" if len(self.by_kind) > 1 and parts else ""
        few = ", too few for more than a guess" if self.is_a_guess else ""
        return f"{name}: about {self.counts.years} ({self.counts.words:,} words{few}){listed}"


def reading_ages(sources: Iterable[Source]) -> tuple[ReadingAge, ...]:
    """Of each scheme, by its title; titles of declarations are no sentences and count for nothing."""
    files = [read(source) for source in sources]
    titles = {folder(file.source.path): title for file in files if (title := _scheme_of(file)) is not None}
    found: dict[str | None, dict[Kind, Counts]] = {}
    for file in files:
        by_kind = found.setdefault(_title_around(folder(file.source.path), titles), {})
        for text in file.texts:
            if text.kind != "title":
                by_kind[text.kind] = by_kind.get(text.kind, Counts()) + counts(text.words)
    ages = []
    for title in sorted(found, key=lambda title: (title is None, title)):
        by_kind = {kind: found[title][kind] for kind in NAMES if kind in found[title]}
        total = sum(by_kind.values(), Counts())
        if total.words:
            ages.append(ReadingAge(title, total, by_kind))
    return tuple(ages)


def _scheme_of(file: Read) -> str | None:
    """The title of the scheme that a file opens."""
    return next((text.words for text in file.texts if text.kind == "title" and text.of.kind == "scheme"), None)


def _title_around(inner: str, titles: Mapping[str, str]) -> str | None:
    """The scheme of the nearest folder that opens one."""
    while inner not in titles and inner:
        inner = folder(inner)
    return titles.get(inner)
