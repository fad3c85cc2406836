"""Texts to be remarked on, and the remarks on them."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.plain.remarks import remarks
from grammar.problems import Problem
from grammar.source import Source

WORDS = st.sampled_from(
    [
        "the",
        "rent",
        "is",
        "paid",
        "for",
        "each",
        "week,",
        "and",
        "what",
        "you",
        "earn;",
        "but",
        "a",
        "child",
        "may",
        "not",
        "(with",
        "care)",
        "£5",
        "{rate}",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: f"The {' '.join(words)} home.")


def remarked(*texts: str) -> list[Problem]:
    """The remarks on a book of these files."""
    return list(remarks(Source(f"{number}.rules", text) for number, text in enumerate(texts)))


def on_note(text: str) -> list[Problem]:
    """Those on one note."""
    return remarked(f'input rent of person "Rent" : £ note "{text}"')


def said(found: list[Problem]) -> list[tuple[str, str]]:
    """Codes, each with the words that it stands at."""
    return [(remark.code, remark.place.span.text if remark.place else "") for remark in found]
