"""A line of a working read as people read it: `16.5% × £245.00 = £40.425, rounded to the nearest 1p: £40.43`.

The words between the figures say what is done to them; the same words make one `Reading`, kept for every line that has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import define, field, frozen

from explain.marks import FIGURE, RULE
from explain.reading_back.figures import NOBODY, REFUSED, Number, Printed, Sign, printed

UNSURE = Sign("not recomputed")
"""What the words beside it do not tell; whatever is printed is let stand, and counted."""

_MARKED = re.compile("([\x01\x02\x03\x07])([^\x01-\x07]*)\x04")


@define(slots=True)
class Line:
    """The figures, names and words of one line, and what was found wrong with it."""

    texts: list[str]
    values: list[Printed]
    marks: list[str]
    wrong: list[str] = field(factory=list)
    unsure: list[str] = field(factory=list)

    def found(self, computed: Printed, at: int) -> Printed:
        """What the line prints for something that was recomputed."""
        shown = self.values[at]
        if computed is UNSURE:
            return shown
        if computed is NOBODY and (isinstance(shown, bool) or shown is REFUSED or shown == number(0)):
            return shown
        if shown is REFUSED and computed is not REFUSED:
            self.unsure.append("refused")
        elif not agree(computed, shown):
            self.wrong.append(f"it comes to {words_of(computed)}, and {self.texts[at]} is printed")
        return shown

    def not_told(self, kind: str) -> Printed:
        self.unsure.append(kind)
        return UNSURE


Reading = Callable[[Line], Printed]


@frozen
class Read:
    """How lines of the same words are read: the whole, its result, and what each mark in them is."""

    of: Reading
    result: int | None
    """The number of the mark that is the result; None where it is names, or nothing."""
    leaves: tuple[int, ...]
    """The numbers of the figures that were put into the formula."""
    names: tuple[int, ...]
    begins_with: int | None
    """The name with which it begins, where it is of one member."""
    single: frozenset[int] = frozenset()
    """Figures with one name beside them, which may count that one."""
    pieces: int = 1
    """How many conditions stand in it one after another."""


class UnreadError(Exception):
    """Words that nobody knows how to read."""


def agree(computed: Printed, shown: Printed) -> bool:
    if isinstance(computed, Number) and isinstance(shown, Number):
        return computed.agrees(shown)
    return type(computed) is type(shown) and computed == shown


def words_of(value: Printed) -> str:
    """A value that was recomputed, for a message."""
    match value:
        case Number(low=low):
            scaled = low * 10**8
            whole, rest = divmod(abs(scaled.numerator) // scaled.denominator, 10**8)
            decimals = f".{rest:08}".rstrip("0").rstrip(".")
            return f"{'−' if low < 0 else ''}{whole:,}{decimals}"
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(value) or "nobody"
        case Sign(name=name):
            return name
    return value


def taken_apart(line: str) -> tuple[str, Line]:
    """The words of a line with a place for each mark, and what stands there."""
    pieces = _MARKED.split(line)
    texts = pieces[2::3]
    marks = pieces[1::3]
    values = [printed(text) if mark in (FIGURE, RULE) else text for mark, text in zip(marks, texts, strict=True)]
    skeleton = "".join([piece for number, piece in enumerate(pieces) if number % 3 != 2]).replace(RULE, FIGURE)
    return skeleton, Line(texts, values, marks)


def number(value: int | Fraction, unit: str = "") -> Number:
    return Number(Fraction(value), Fraction(value), unit)
