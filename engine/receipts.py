"""What an answer was an answer to: the question, and the case letter for letter, so that it can be asked again."""

from __future__ import annotations

from attrs import frozen


@frozen
class Asked:
    """A question as it was put; days as data."""

    on: str
    known: str | None
    of: tuple[str, ...]
    schemes: tuple[str, ...] | None
    """None where the case decided which schemes are answered for."""
    readings: tuple[str, ...]
    drafts: tuple[str, ...]
    """Names of drafts, or of files with drafts, which an explanation cannot carry."""
    strict: bool


@frozen
class Receipt:
    """A question and the case of which it was asked, as it was given."""

    asked: Asked
    case: str
