"""Problems are values: what is wrong, where, and how to mend it. Nothing raises for a writer's mistake."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from grammar.source import Span

Severity = Literal["error", "warning", "advice"]


MOST_SAID = 1_000
"""Characters of a message, and of each other thing that a problem says; longer ones are cut, so that none drowns the rest."""


def one_line(text: str) -> str:
    """Words on one line and not too many, whatever was quoted in them."""
    text = " ".join(text.split())
    return text if len(text) <= MOST_SAID else f"{text[: MOST_SAID - 1]}…"


def _one_line_or_none(text: str | None) -> str | None:
    return None if text is None else one_line(text)


@frozen
class Place:
    """A span with the few words that stand beside its caret."""

    span: Span
    label: str = field(default="", converter=one_line)


@frozen(kw_only=True)
class Problem:
    """One mistake, told once.

    `code` is stable and names a page of the documentation; `message` is one or two plain sentences that say what is
    true; `fix` says what to write instead; `subject` is the term concerned and `citation` its place in the law, which a
    reader needs before a line number. `second` is the other place where two places disagree.
    """

    code: str
    message: str = field(converter=one_line)
    place: Place | None = None
    severity: Severity = "error"
    fix: str | None = field(default=None, converter=_one_line_or_none)
    subject: str | None = field(default=None, converter=_one_line_or_none)
    citation: str | None = field(default=None, converter=_one_line_or_none)
    second: Place | None = None
    path: str | None = field(default=None)
    """The file concerned where there is no place in it (a file that cannot be read, a value in a JSON case)."""
    where: str | None = field(default=None, converter=_one_line_or_none)
    """The place in data that has no lines, in words: `household home, person parent, gross_earnings`."""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def file(self) -> str | None:
        return self.place.span.source.path if self.place else self.path

    def sort_key(self) -> tuple[str, int, str, str, str, str]:
        start = self.place.span.start if self.place else 0
        return (self.file or "", start, self.where or "", self.code, self.message, self.fix or "")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that refuse the book or the case."""
    return [problem for problem in problems if problem.is_error]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and place."""
    return sorted(set(problems), key=Problem.sort_key)


def amount_spelling(span: Span, meant: str, subject: str | None = None) -> Problem:
    """`5 pounds`, `50 p`, `10 percent`: found by the reader, or where a unit of that name is looked for."""
    return Problem(
        code="unit-spelling",
        message=f"`{span.text}` is not how an amount is written here.",
        place=Place(span),
        subject=subject,
        fix=f"Write `{meant}`.",
    )
