"""Amounts, days and names in a line: sums of products, what stands in brackets behind a figure, and lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from explain.marks import FIGURE, NAME, WORDS
from explain.reading_back import doing as do
from explain.reading_back import figures as f
from explain.reading_back.figures import NOBODY, REFUSED, Number, Printed
from explain.reading_back.lines import UNSURE, Line, Reading, UnreadError, number
from explain.reading_back.taking import Taking

NOT_NEEDED = "not known, and not needed"

LABEL = re.compile(r"\([\w.]+\) ")
_EXTREMES = ("lower", "higher", "earlier", "later", "highest", "lowest", "earliest", "latest")
_WHOLE = re.compile(r"whole (year|month|week|day)s from ")
_OF = re.compile(r"the (month|quarter|year) (of|but one before|before) ")
_WHERE = re.compile(r" (before|beginning with|ending with) ")
_LIST_ENDS = ("but not ", "rounded ")

Stretch = Callable[[Line], "list[tuple[date, date]] | None"]


class Amounts(Taking):
    """What conditions are made of."""

    # ---- sums ----------------------------------------------------------------------------------------------------

    def stretch(self) -> Stretch:
        self.in_stretch = True
        try:
            return self.stretch_of_days()
        finally:
            self.in_stretch = False

    def stretch_of_days(self) -> Stretch:
        if self.take("the days from "):
            first = self.sum()
            self.need(" to ")
            last = self.sum()
            return lambda line: do.from_to(first(line), last(line))
        found = self.match(_OF)
        if found is not None:
            unit, back = found[1], {"of": 0, "before": 1, "but one before": 2}[found[2]]
            of = self.sum()
            return lambda line: do.calendar_of(unit, of(line), back)
        self.need("the ")
        length = self.atom()
        where = self.match(_WHERE)
        if where is None:
            raise UnreadError(self.text[self.at :])
        of = self.sum()
        return lambda line: do.counted(length(line), where[1], of(line))

    def sum(self) -> Reading:
        of = self.product()
        while True:
            if self.take(" + …"):
                of = do.one(of, lambda value: UNSURE)
            elif self.take(" + "):
                of = do.both(of, self.product(), do.plus)
            elif self.take(" − "):
                of = do.both(of, self.product(), do.minus)
            else:
                return of

    def product(self) -> Reading:
        if self.take("−"):
            return do.both(lambda line: number(0), self.product(), do.minus)
        if self.text.startswith(f"{FIGURE} × {FIGURE} ({WORDS})", self.at):
            return self.on_each()
        of = self.atom()
        while True:
            if self.take(" × "):
                of = do.both(of, self.atom(), do.times)
            elif self.take(" ÷ "):
                of = do.both(of, self.atom(), do.divided)
            else:
                return of

    def on_each(self) -> Reading:
        """`3 × £20.00 (4 to 6 January 2008)`: what was found on each of several days."""
        many = self.mark(FIGURE)
        self.need(" × ")
        each = self.leaf()
        self.need(" (")
        at = self.mark(WORDS)
        self.need(")")

        def worked(line: Line) -> Printed:
            do.has_days(line, line.values[many], at)
            return do.times(line.values[many], each(line))

        return worked

    def atom(self) -> Reading:
        if self.take("("):
            return self.bracket()
        if self.take("not "):
            of = self.atom()
            return lambda line: do.negated(of(line))
        for many in ("any", "all", "none"):
            if self.take(f"{many} of: "):
                return self.some_of(many)
        for which in _EXTREMES:
            if self.take(f"the {which} of "):
                return self.extreme(which)
        if self.take("nobody; not known of "):
            self.name_list()
            return lambda line: line.not_told("members not known")
        if self.take("nobody") or self.take("no day"):
            return lambda line: NOBODY
        if self.take("the value of the row for ") or self.take("the scale applied to "):
            self.listed()
            return lambda line: line.not_told("table or scale that gives nothing")
        if self.take("of "):
            return self.bands()
        whole = self.match(_WHOLE)
        if whole is not None:
            return self.elapsed(whole[1])
        return self.names() if self.sees(NAME) else self.figure()

    def bracket(self) -> Reading:
        if self.take(f"{NOT_NEEDED})"):
            return lambda line: REFUSED
        of = self.condition()
        while self.sees(", "):
            of = self.limited(of)
        self.need(")")
        return of

    def figure(self) -> Reading:
        at = self.mark(FIGURE)
        if self.take(" (each complete "):
            return self.each(at, False)
        if self.take(" (each "):
            return self.each(at, True)
        if self.sees(" (whole "):
            self.need(" (")
            whole = self.match(_WHOLE)
            if whole is None:
                raise UnreadError(self.text)
            of = self.elapsed(whole[1])
            self.need(")")
            return do.printed(of, at)
        for which in ("first", "last"):
            if self.take(f" (the {which} day of "):
                return self.end(which, at)
        if self.take(" (the place among "):
            if not self.take("nobody"):
                self.names()
            self.need(")")
            return lambda line: line.values[at]
        if self.take(" (nobody") or self.take(" (no day"):
            return self.nobody(at)
        if self.sees(f" ({NAME}"):
            return self.of_names(at)
        if self.take(" (on ") or (not self.in_stretch and self.sees(f" ({WORDS})")):
            return self.of_days(at)
        if self.take(" running in: no day"):
            return lambda line: False
        if self.take(" running in: "):
            self.leaves.append(at)
            days = self.each_day()
            return lambda line: do.running(line, line.values[at], [(line.texts[day], of(line)) for day, of in days])
        self.leaves.append(at)
        return lambda line: line.values[at]

    def end(self, which: str, at: int) -> Reading:
        """`(the first day of the 7 days before 4 January 2008)`."""
        stretch = self.stretch()
        self.need(")")
        return do.printed(lambda line: do.end(stretch(line), which), at)

    def of_days(self, at: int) -> Reading:
        """`£5.00 (on 4 January 2008)`, `3 (4 to 6 January 2008)`, where it is what was found then, or how many days they are."""
        is_count = self.take(" (")
        day = self.mark(WORDS)
        self.need(")")
        if not is_count:
            self.leaves.append(at)
        return lambda line: line.values[at] if not is_count else do.counted_days(line, at, day)

    def of_names(self, at: int) -> Reading:
        """Whose it is; or of several, who is counted."""
        self.need(" (")
        many = self.name_list()
        if not self.take(")"):
            self.need("; not known of ")
            self.name_list()
            self.need(")")
            return lambda line: REFUSED
        if many == 1:
            self.leaves.append(at)
            self.single.add(at)
            return lambda line: line.values[at]
        return do.printed(lambda line: number(many), at)

    def nobody(self, at: int) -> Reading:
        if not self.take(")"):
            self.need("; not known of ")
            self.name_list()
            self.need(")")
            return lambda line: REFUSED
        return do.printed(lambda line: number(0) if isinstance(line.values[at], Number) else line.values[at], at)

    def name_list(self) -> int:
        self.mark(NAME)
        many = 1
        while self.take(f", {NAME}"):
            many += 1
        return many

    def names(self) -> Reading:
        """`anna, ben`; or with what they are put in order by: `anna (£90.00, 3 May 1940), ben (…)`."""
        found = [self.mark(NAME)]
        is_rank = False
        while True:
            if self.take(" ("):
                is_rank = True
                self.leaf()
                while self.take(", "):
                    self.leaf()
                self.need(")")
            if not self.take(", "):
                break
            found.append(self.mark(NAME))
        if is_rank:
            return lambda line: line.not_told("place among several")
        if self.take("; not known of "):
            self.name_list()
            return lambda line: line.not_told("members not known")
        return lambda line: tuple(line.texts[name] for name in found)

    def elapsed(self, unit: str) -> Reading:
        start = self.sum()
        if not self.take(" back to "):
            self.need(" to ")
        return do.both(start, self.sum(), lambda a, b: do.elapsed(unit, a, b))

    def each(self, at: int, part_counts: bool) -> Reading:
        """`19 (each complete £250.00 of £4,855.00)`."""
        size = self.leaf()
        if part_counts:
            self.need(" or part of it")
        self.need(" of ")
        of = self.condition()
        while self.sees(", "):
            of = self.limited(of)
        if self.take(" = "):
            of = do.printed(of, self.mark(FIGURE))
        self.need(")")
        return do.printed(do.both(of, size, lambda a, b: do.parts(a, b, part_counts)), at)

    def bands(self) -> Reading:
        """`of £50.00 + £30.00 = £80.00: 10% × £60.00 + 20% × £20.00`."""
        of = self.condition()
        while self.sees(", "):
            of = self.limited(of)
        if self.take(" = "):
            of = do.printed(of, self.mark(FIGURE))
        self.need(": ")
        if self.sees("the scale applied to "):
            return self.atom()
        rates, shares = [], []
        while True:
            rates.append(self.atom())
            self.need(" × ")
            shares.append(self.mark(FIGURE))
            if self.take(" + …"):
                return lambda line: line.not_told("table or scale that gives nothing")
            if not self.take(" + "):
                break

        def worked(line: Line) -> Printed:
            whole, found = of(line), number(0)
            total: Printed = number(0)
            for rate, share in zip(rates, shares, strict=True):
                part = line.values[share]
                if isinstance(part, Number):
                    found = f.plus(found, part)
                total = do.plus(total, do.times(rate(line), part))
            if isinstance(whole, Number) and not whole.agrees(found):
                line.wrong.append("the parts in the bands are not the whole")
            return total

        return worked

    # ---- lists ---------------------------------------------------------------------------------------------------

    def listed(self) -> list[Reading]:
        """`a, b and c`."""
        parts = [self.sum()]
        while self.sees(", ") and not self.text.startswith(_LIST_ENDS, self.at + 2):
            self.need(", ")
            parts.append(self.sum())
        if self.take(" and "):
            parts.append(self.sum())
        return parts

    def extreme(self, which: str) -> Reading:
        if self.take("nobody") or self.take("no day"):
            return lambda line: line.not_told("nobody to choose from")
        parts = [of for _, of in self.each_day()] if self.sees(f"{WORDS}: ") else self.listed()
        highest = which in ("higher", "later", "highest", "latest")
        return lambda line: do.extreme([part(line) for part in parts], highest)

    def some_of(self, many: str) -> Reading:
        parts: list[Reading]
        if self.take("nobody") or self.take("no day"):
            parts = [lambda line: NOBODY]
        elif self.sees(f"{WORDS}: "):
            parts = [of for _, of in self.each_day()]
        elif self.match(LABEL):
            parts = [self.limb()]
            while self.take("; "):
                self.match(LABEL)
                parts.append(self.limb())
        else:
            parts = self.listed()

        def held(line: Line) -> Printed:
            values = [part(line) for part in parts]
            found = many == "all" if values == [NOBODY] else do.decided(values, many != "all")
            return do.negated(found) if many == "none" else found

        return held

    def limb(self) -> Reading:
        if self.take(f"({NOT_NEEDED})"):
            return lambda line: REFUSED
        return self.condition()

    def each_day(self) -> list[tuple[int, Reading]]:
        """`1 to 9 January 2012: yes; 10 January 2012: no`."""
        found = []
        while True:
            day = self.mark(WORDS)
            self.need(": ")
            found.append((day, self.leaf()))
            if not self.sees(f"; {WORDS}: "):
                return found
            self.need("; ")
