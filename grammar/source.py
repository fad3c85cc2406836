"""Text and places in it: what every message and every syntax node points at."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from attrs import field, frozen


@frozen(slots=False, eq=False)
class Source:
    """One text that somebody wrote: a rule file, a case file, or what came through standard input."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset of each line's first character."""
        starts = [0]
        starts.extend(i + 1 for i, character in enumerate(self.text) if character == "\n")
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column (both from 1) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int, start: int = 0, most: int | None = None) -> str:
        """The text of a line (from 1), without its end; of a long one so many characters from a place in it."""
        begin = self.line_starts[number - 1] + start
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[begin : end if most is None else min(end, begin + most)].rstrip("\r\n")


@frozen(order=False)
class Span:
    """A stretch of a source, from `start` up to and not including `end` (offsets in characters)."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def within(self, other: Span) -> bool:
        return self.source is other.source and other.start <= self.start and self.end <= other.end

    def find(self, text: str) -> Span:
        """The first place in this span where a text stands; the whole of it where it does not."""
        place = self.text.find(text)
        return self if place < 0 else Span(self.source, self.start + place, self.start + place + len(text))

    def to(self, other: Span) -> Span:
        """From the start of this span to the end of another one in the same source."""
        return Span(self.source, self.start, max(self.end, other.end))
