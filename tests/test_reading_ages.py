"""How old a reader should be: syllables, and the formula of Flesch and Kincaid, exactly."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.plain.ages import Counts, counts
from engine.plain.syllables import syllables
from tests.plainly import SENTENCES

TABLES = Path(__file__).parent / "test_reading_ages"


def words_of(table: str) -> list[tuple[str, int]]:
    """Words with the number of their syllables, which begins the line or stands behind the word."""
    found = []
    for line in (TABLES / table).read_text(encoding="utf-8").splitlines():
        common, *words = line.split()
        for word in words:
            spelt, _, own = word.partition(":")
            found.append((spelt, int(own or common)))
    return found


def test_syllables() -> None:
    """Of words that benefit law uses, all; of others, which the count was not made with, all but two of 172."""
    assert [word for word, number in words_of("syllables.txt") if syllables(word) != number] == []
    others = words_of("syllables_of_other_words.txt")
    assert [word for word, number in others if syllables(word) != number] == ["vegetable", "diabetes"]
    assert len(others) == 172


@given(st.text(max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    """Whatever it is."""
    assert 1 <= syllables(word) <= max(1, 2 * len(word))


def test_an_age_is_exact() -> None:
    """0.39 × 10 + 11.8 × 1.5 − 15.59 + 5 = 11.01; and half a year counts upwards."""
    assert Counts(words=20, sentences=2, syllables=30).age == Fraction(1101, 100)
    assert Counts(words=20, sentences=2, syllables=30).years == 11
    assert (Counts(words=10, sentences=2, syllables=23).age, Counts(words=10, sentences=2, syllables=23).years) == (
        Fraction(37, 2),
        19,
    )
    assert Counts().age is None
    assert Counts(words=6, sentences=1, syllables=6).years == 5
    assert counts("You keep {disregard_rate} of 20. Then you stop.") == Counts(words=8, sentences=2, syllables=8)


@given(st.lists(SENTENCES, min_size=1, max_size=3))
def test_shorter_sentences_are_for_younger_readers(written: list[str]) -> None:
    """The same words in more sentences never ask for an older one."""
    found = counts(" ".join(written))
    age, split = found.age, Counts(found.words, found.sentences + 1, found.syllables).age
    assert age is not None and split is not None and split < age
