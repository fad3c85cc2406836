"""Words taken one after another from the left; whoever reads them says what may come next."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from explain.marks import FIGURE, NAME, WORDS
from explain.reading_back.lines import Reading, UnreadError


class Taking(ABC):
    """One line's words. `at` is how far they have been read; a mark's number is how many stand before it."""

    def __init__(self, skeleton: str) -> None:
        self.text = skeleton
        self.at = 0
        self.leaves: list[int] = []
        self.single: set[int] = set()
        self.in_stretch = False
        """Whether what stands in brackets after a day are the days of a stretch."""

    def take(self, words: str) -> bool:
        if self.text.startswith(words, self.at):
            self.at += len(words)
            return True
        return False

    def need(self, words: str) -> None:
        if not self.take(words):
            raise UnreadError(self.text[self.at :])

    def sees(self, words: str) -> bool:
        return self.text.startswith(words, self.at)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def mark(self, kind: str) -> int:
        self.need(kind)
        return self.marks_before(self.at - 1)

    def marks_before(self, at: int) -> int:
        """How many marks stand before a place."""
        return sum(self.text.count(kind, 0, at) for kind in (FIGURE, NAME, WORDS))

    def leaf(self) -> Reading:
        found = self.mark(FIGURE)
        self.leaves.append(found)
        return self.shown(found)

    def shown(self, at: int) -> Reading:
        """A figure as it is printed."""
        return lambda line: line.values[at]

    @abstractmethod
    def condition(self) -> Reading:
        """Conditions joined by `and` or by `or`; a single amount is one too."""

    @abstractmethod
    def limited(self, of: Reading) -> Reading:
        """What is done to the whole of it: a limit, or a rounding."""
