"""The words of a line, from left to right: what is done to what, with the usual precedence and brackets."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache

from explain.marks import FIGURE, NAME, WORDS
from explain.reading_back import doing as do
from explain.reading_back import figures as f
from explain.reading_back.amounts import LABEL, NOT_NEEDED, Amounts
from explain.reading_back.figures import Number, Printed
from explain.reading_back.lines import UNSURE, Line, Read, Reading, UnreadError

_ORDERS = {
    " does not equal ": "≠", " equals ": "=", " is less than ": "<", " is at most ": "≤", " is more than ": ">",
    " is at least ": "≥", " is before ": "<", " is on or before ": "≤", " is after ": ">", " is on or after ": "≥",
}  # fmt: skip
_ROUNDED = re.compile(
    r"rounded (?:to the nearest|(up|down) to a multiple of) "
    r"(£?)(\d+(?:,\d{3})*(?:\.\d+)?)(p|%)?(?: [^:,()=+×÷−]+?)?( \(halves to the even one\))?(?=[:,)]|$| [=+×÷−] )"
)
_MOST = 20_000
"""Characters of a line, without its figures."""
_IN_MONTHS = re.compile(r"([A-Z][a-z]+)(?: to ([A-Z][a-z]+))?(?=$|[):; ])")


@lru_cache(10_000)
def reading(skeleton: str) -> Read | None:
    """How lines of these words are read; None where the words are not known."""
    if len(skeleton) > _MOST:
        return None
    try:
        return Words(skeleton).line()
    except (UnreadError, RecursionError):
        return None


_WAYS = (" short", " over", " early", " late")


class Words(Amounts):
    """A whole line."""

    sides: tuple[Reading, Reading] | None = None
    """What was compared last."""

    # ---- the whole -----------------------------------------------------------------------------------------------

    def line(self) -> Read:
        if self.text == f"{WORDS} is {FIGURE}, not {WORDS}":
            return self.cell()
        who = self.mark(self.text[0]) if self.text.startswith((f"{WORDS}: ", f"{NAME}: ")) else None
        self.at = 0
        of, result = self.piece()
        pieces = [of]
        while self.take("; "):
            of, result = self.piece()
            pieces.append(of)
        if self.at != len(self.text):
            raise UnreadError(self.text[self.at :])
        whole = of if len(pieces) == 1 else lambda line: [piece(line) for piece in pieces][-1]
        names = [at for at, kind in enumerate(c for c in self.text if c in (FIGURE, NAME, WORDS)) if kind == NAME]
        others = tuple(name for name in names if name != who)
        return Read(whole, result, tuple(self.leaves), others, who, frozenset(self.single), len(pieces))

    def cell(self) -> Read:
        """`Age is 3, not 5 to under 12`: what was found in a column of a table, and what a row asks for."""
        self.need(f"{WORDS} is ")
        at = self.mark(FIGURE)
        self.need(", not ")
        asked = self.mark(WORDS)
        return Read(lambda line: do.in_range(line.values[at], line.texts[asked]), None, (at,), (), None)

    def piece(self) -> tuple[Reading, int | None]:
        """A condition or a formula with whose it is before it, and where it stands in the law after it."""
        while True:
            if self.sees(f"{WORDS}: ") or self.sees(f"{NAME}: "):
                self.mark(self.text[self.at])
                self.need(": ")
            elif self.take(f"{WORDS}, applies: "):
                pass
            elif not self.match(LABEL):
                break
        of, result = self.body()
        self.take(f" {WORDS}")
        return of, result

    def body(self) -> tuple[Reading, int | None]:
        if self.take(NOT_NEEDED):
            return (lambda line: line.not_told("not needed")), None
        if self.take(f"{WORDS} is {FIGURE}"):
            return self.denied(), None
        for words, negated in ((f"{WORDS} is not {WORDS}: it is ", True), (f"{WORDS} is {WORDS}: it is ", False)):
            if self.sees(words):
                return self.found_to_be(words, negated)
        for many in ("Any", "All", "None"):
            if self.take(f"{many} of these: "):
                return self.shown(result := self.mark(FIGURE)), result
        of = self.condition()
        found: int | None = None
        while True:
            if self.take(" = ") or self.take(": "):
                found = self.mark(FIGURE)
                of = do.printed(of, found)
            elif found is not None and self.sees(f", {FIGURE} "):
                of = self.margin(of)
            elif self.sees(", but not ") or self.sees(", rounded "):
                of = self.limited(of)
            else:
                return of, found

    def denied(self) -> Reading:
        """`“Is an adult” is no`: what holds because something else does not."""
        self.at -= 1
        leaf = self.leaf()
        return lambda line: do.negated(leaf(line))

    def found_to_be(self, words: str, negated: bool) -> tuple[Reading, int]:
        """`How the home is held is owner or tenant: it is tenant: yes`."""
        asked = self.marks_before(self.at) + 1
        self.take(words)
        leaf = self.leaf()
        self.need(": ")
        result = self.mark(FIGURE)
        return do.printed(lambda line: do.is_one_of(leaf(line), line.texts[asked], negated), result), result

    def margin(self, of: Reading) -> Reading:
        """`, £26.70 short`: by how much a comparison failed."""
        self.need(", ")
        at = self.mark(FIGURE)
        way = next((words for words in _WAYS if self.take(words)), None)
        if way is None or self.sides is None:
            raise UnreadError(self.text[self.at :])
        left, right = self.sides
        return lambda line: do.with_margin(line, of(line), left(line), right(line), at, way in (" short", " early"))

    def limited(self, of: Reading) -> Reading:
        """`, but not less than £0.00`, `, rounded to the nearest 1p`."""
        self.need(", ")
        if self.take("but not less than "):
            return do.both(of, self.sum(), do.more)
        if self.take("but not more than "):
            return do.both(of, self.sum(), do.less)
        found = self.match(_ROUNDED)
        if found is None:
            raise UnreadError(self.text[self.at :])
        way, _, digits, small, even = found.groups()
        mode, to = ("even" if even else way or "nearest"), Fraction(digits.replace(",", "")) * (Fraction(1, 100) if small else 1)
        return do.one(of, lambda value: f.rounded(value, mode, to) if isinstance(value, Number) and to else UNSURE)

    # ---- conditions ----------------------------------------------------------------------------------------------

    def condition(self) -> Reading:
        parts = [self.comparison()]
        if self.sees(" and "):
            while self.take(" and "):
                parts.append(self.comparison())
            return lambda line: do.decided([part(line) for part in parts], False)
        while self.take(" or "):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else lambda line: do.decided([part(line) for part in parts], True)

    def comparison(self) -> Reading:
        left = self.sum()
        for words, order in _ORDERS.items():
            if self.take(words):
                return self.ordered(left, order)
        if self.take(" is not within "):
            within = self.within(left)
            return lambda line: do.negated(within(line))
        if self.take(" is within "):
            return self.within(left)
        for words, negated in ((" is not ", True), (" is ", False)):
            if self.take(words):
                return self.answer(left, negated)
        return left

    def ordered(self, left: Reading, order: str) -> Reading:
        right = self.sum()
        self.sides = left, right
        return do.both(left, right, lambda a, b: do.ordered(a, order, b))

    def answer(self, left: Reading, negated: bool) -> Reading:
        if not self.sees(WORDS):
            return do.both(left, self.sum(), lambda a, b: do.ordered(a, "≠" if negated else "=", b))
        at = self.mark(WORDS)

        def held(line: Line) -> Printed:
            return do.is_one_of(left(line), line.texts[at], negated)

        return held

    def within(self, day: Reading) -> Reading:
        months = self.match(_IN_MONTHS)
        if months is not None:
            first, last = f.month(months[1]), f.month(months[2] or months[1])
            if first is None or last is None:
                raise UnreadError(self.text)
            span = {(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)}
            return do.one(day, lambda value: do.is_day(value) and value.month in span if isinstance(value, date) else UNSURE)
        if self.sees("the "):
            stretch = self.stretch()
            if not self.take(" ("):
                return lambda line: do.in_stretch(line, day(line), stretch(line), None)
            at = None if self.take("no day") else self.mark(WORDS) if self.sees(WORDS) else None
            if at is None and self.sees(FIGURE):  # an end that is refused, or never
                self.mark(FIGURE)
                self.need(" to ")
                self.mark(FIGURE)
            self.need(")")
            return lambda line: do.in_stretch(line, day(line), stretch(line), at)
        length = self.atom()
        self.need(" beginning with ")
        start = self.sum()
        after = None
        if self.take(", before "):
            after = self.mark(FIGURE)
        return lambda line: do.in_length(line, day(line), length(line), start(line), after)
