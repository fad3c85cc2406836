"""A line of a working read as people read it: `16.5% × £245.00 = £40.425, rounded to the nearest 1p: £40.43`.

The words between the figures say what is done to them; the same words make one `Reading`, kept for every line that has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from attrs import define, evolve, field, frozen

from explain.marks import FIGURE, RULE
from explain.reading_back import units
from explain.reading_back.figures import NOBODY, REFUSED, Number, Printed, Sign, printed
from explain.reading_back.units import Unit

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
        elif isinstance(shown, Number) and isinstance(computed, Number):
            return self.of_what_is_shown(computed, shown, at)
        return shown

    def of_what_is_shown(self, computed: Number, shown: Number, at: int) -> Number:
        """The unit of what was recomputed, which is that of what is printed; or that without the time that all of it has."""
        told = printed(self.texts[at])
        of = told.of if isinstance(told, Number) else None
        if computed.of is None or of is None:
            return evolve(shown, of=computed.of)
        if of not in (computed.of, units.without_time(computed.of)) and units.is_plain(computed.of + of):
            self.wrong.append(f"it is of {units.words_of(computed.of)}, and {self.texts[at]} is printed")
            return shown
        return evolve(shown, of=computed.of)

    def of_one_unit(self, value: Number, *of: Printed) -> Number:
        """A sum, or what was compared; of amounts of two units it says so, once."""
        if value.of != units.MIXED:
            return value
        found = " and ".join(units.words_of(one.of) for one in of if isinstance(one, Number) and one.of is not None)
        self.wrong.append(f"amounts of {found} do not belong together")
        return evolve(value, of=None)

    def not_told(self, kind: str) -> Printed:
        self.unsure.append(kind)
        return UNSURE

    def with_times(self, read: Read, used: Mapping[str, set[Unit]]) -> None:
        """Where a line leaves out a time that is the same in all of it, each amount is of what it is where it was used.

        One that is not found there by itself, is £0 or is somebody's may be of anything.
        """
        numbers = [value for value in self.values if isinstance(value, Number)]
        if any(power < 0 for value in numbers for _, power in value.of or ()):
            return
        for at, value in enumerate(self.values):
            if isinstance(value, Number) and value.of:
                is_used = value.low and self.marks[at] == FIGURE and at in read.leaves and at not in read.single
                found = used.get(self.texts[at], set()) if is_used else set()
                self.values[at] = evolve(value, of=next(iter(found)) if len(found) == 1 else None)


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
