"""Sentences: where one ends, how long it is, and where it can be cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plain.sentences import MOST_WORDS, counted, cut, length, sentences
from tests.plainly import SENTENCES, on_note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", []),
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("the words were not found", ["the words were not found"]),
        ("Amendment No. 5 says so. It does.", ["Amendment No. 5 says so.", "It does."]),
        ("It is £2.50 a week. £3 is more.", ["It is £2.50 a week.", "£3 is more."]),
        ("See para. 4, e.g. Sch. 1. Then stop.", ["See para. 4, e.g. Sch. 1.", "Then stop."]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("At www.gov.je it stands.", ["At www.gov.je it stands."]),
        ("You keep {rate}. {other} is more.", ["You keep {rate}.", "{other} is more."]),
        ("It was lost … and found.", ["It was lost … and found."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Full stops of abbreviations and amounts end nothing."""
    assert [sentence.words for sentence in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You keep {earnings disregard rate} of what you earn", 7),
        ("30 × (15.5 − 10) = 165", 4),
        ("full-time work, 16.5% — or none", 5),
        ("Social: the States, a trust, a company of the States, a parish", 6),
        ("Social: the States, a trust and a company", 8),
    ],
)
def test_the_length_of_a_sentence(text: str, expected: int) -> None:
    """A name in braces is one value, a sign is no word, and of a list only the longest item counts."""
    assert length(counted(text)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two three four five six seven;", "eight nine ten eleven twelve"),
        ("one two three four five and six seven, eight nine,", "but ten eleven twelve thirteen fourteen"),
        ("one two three four five six, seven eight nine,", "which ten eleven twelve thirteen fourteen"),
        ("one two three four five six", "because ten eleven twelve thirteen fourteen"),
    ],
)
def test_where_a_sentence_is_cut(before: str, after: str) -> None:
    """Where it pauses most."""
    place = cut(counted(f"{before} {after}"))
    assert place is not None
    assert (place.start, place.before, place.after) == (len(before) + 1, len(before.split()), len(after.split()))


def test_a_sentence_without_a_joint_is_not_cut() -> None:
    """It needs other words."""
    assert cut(counted("word " * 40)) is None
    [remark] = on_note("word " * 40)
    assert (remark.code, remark.fix) == ("long-sentence", "Say it in two sentences, or leave something out.")


PLAIN = st.sampled_from(["It is paid each week.", "You keep £5.", "Who counts?", "{rate} is the rate."])


@given(st.lists(SENTENCES, min_size=1, max_size=4), PLAIN, st.integers(0, 4))
def test_a_plain_sentence_makes_no_other_one_long(written: list[str], plain: str, place: int) -> None:
    """Wherever it is put."""
    more = [*written[:place], plain, *written[place:]]
    assert [f.message for f in on_note(" ".join(more)) if f.code == "long-sentence"] == [
        f.message for f in on_note(" ".join(written)) if f.code == "long-sentence"
    ]


@given(SENTENCES)
def test_a_sentence_is_long_where_its_words_are_many(sentence: str) -> None:
    """And a cut leaves two parts that make it up."""
    words = counted(sentence)
    found = [remark for remark in on_note(sentence) if remark.code == "long-sentence"]
    assert bool(found) == (length(words) > MOST_WORDS)
    place = cut(words)
    if place is not None:
        assert place.before + place.after == len(words)
        assert len(counted(sentence[: place.start])) == place.before
