"""Amendments of a book that is made up, each written of what stands on its day, as the second reading has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from attrs import define, field

from grammar import declarations as d
from grammar import syntax as s
from grammar.parsing import parse
from grammar.source import Source
from tests.reference import amending
from tests.reference.law import Place
from tests.reference.pen import AMOUNTS, Pen, day_text
from tests.reference.wording import Node, taken_apart, terms_of

MADE = [date(2009, 3, 2), date(2009, 8, 3), date(2010, 6, 1), date(2010, 9, 2), date(2011, 1, 5), date(2011, 6, 6)]
STARTS = [date(2009, 10, 1), date(2010, 7, 1), date(2010, 10, 1), date(2011, 3, 1), date(2011, 4, 1), date(2012, 1, 1)]
CHANGES = 3


@define
class AmendmentWriter:
    """Adds amendments to a book as long as it is written."""

    pen: Pen
    text: str
    accepts: Callable[[str], bool]
    """Whether a book is one that can be used; an operation with which it is not is left out."""
    kinds: set[str] = field(factory=set)
    """The kinds of operation that were written."""
    added: list[str] = field(factory=list)
    """Terms that were inserted."""
    count: int = 0

    def add(self) -> str:
        for made in self.pen.some(MADE, 1)[:CHANGES]:
            self.count += 1
            name = f"change_{self.count}"
            start = self.pen.one_of(STARTS)
            self._amendment(name, made, start)
        return self.text

    def _amendment(self, name: str, made: date, start: date) -> None:
        book = self._book()
        amended = [other for other in book.instruments if not book.instruments[other].is_amendment or self.pen.chance(60)]
        if not amended:
            return
        retrospective = " retrospective" if start < made else ""
        heading = f'amendment {name} "{name}" amends {", ".join(amended)} made {day_text(made)} commences {day_text(start)}{retrospective}\n'
        before, self.text = self.text, self.text + heading
        written = sum(self._operation(name, made, start) for _ in range(1 + self.pen.upto(3)))
        if not written:
            self.text = before

    def _operation(self, name: str, made: date, start: date) -> bool:
        day, clause = start, ""
        if self.pen.chance(25):
            day = self.pen.one_of([one for one in STARTS if one >= made] or [start])
            until = f" until {day_text(day + timedelta(days=200))}" if self.pen.chance(50) else ""
            clause = f" commences {day_text(day)}{until}{' retrospective' if day < made else ''}"
        for _ in range(4):
            found = self.pen.one_of(
                [self._words] * 4
                + [self._run, self._part, self._exception, self._whole, self._omitted, self._unknown, self._pending]
                + [self._renamed] * 2
            )(day, made)
            if found is None:
                continue
            kind, text = found
            if kind == "words" and self.pen.chance(15):
                saved = self._saved(text)
                kind, text, clause = ("saving", text + saved, "") if saved else (kind, text, clause)
            if kind in ("pending", "saving", "renamed"):
                clause = ""
            if self.accepts(f"{self.text}{text}{clause}\n"):
                self.text += f"{text}{clause}\n"
                if kind == "insert whole":
                    self.added.append(text.split()[2])
                self.kinds |= {kind, *({"for a time"} if " until " in clause else ())}
                return True
        return False

    def _book(self) -> Any:
        return amending.book([parse(Source("made up.rules", self.text)).file])

    def _standing(self, day: date, made: date) -> tuple[Place, Any] | None:
        """Some provision that says something on the day, as known when the amendment is made."""
        book = self._book()
        found = [(place, book.text(place, day, made)) for place in dict.fromkeys(book.provisions.values())]
        found = [(place, text) for place, text in found if text is not None and "_saved_by_" not in place.declaration.name]
        renamed = [one for one in found if self._name(one[0], day) != one[0].declaration.name]
        if renamed and self.pen.chance(50):
            return self.pen.one_of(renamed)
        return self.pen.one_of(found) if found else None

    def _name(self, place: Place, day: date) -> str:
        """What it is called on the day."""
        return self._called(place.declaration.name, day)

    def _called(self, text: str, day: date) -> str:
        """A text with every name in it as it is on the day."""
        book = self._book()
        return re.sub(r"\b[a-z][a-z0-9_]*\b", lambda word: str(book.called(word[0], day, None)), text)

    # ---- what is done -----------------------------------------------------------------------------------------------

    def _words(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None:
            return None
        place, text = standing
        numbers = [node for node in _all(taken_apart(text)) if isinstance(node.tree, s.Number) and node.tree.span.text]
        if not numbers:
            return None
        old: Any = self.pen.one_of(numbers).tree
        new = _other(old.span.text, self.pen)
        name = self._name(place, day)
        return "words", f"in {name} for {old.span.text} substitute {new}{self.pen.one_of(['', ' wherever it occurs'])}"

    def _run(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None:
            return None
        place, text = standing
        sums = [node for node in _all(taken_apart(text)) if isinstance(node.tree, s.Sum) and len(terms_of(node)) > 1]
        if not sums:
            return None
        terms = terms_of(self.pen.one_of(sums))[:2]
        if terms[0][0] != 1 or any(isinstance(term.tree, s.Sum) for _, term in terms):
            return None
        texts = [self._called(term.tree.span.text, day) for _, term in terms]
        sign = "+" if terms[1][0] == 1 else "-"
        return "terms", f"in {self._name(place, day)} for {texts[0]} {sign} {texts[1]} substitute {texts[self.pen.upto(1)]}"

    def _part(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None:
            return None
        place, text = standing
        parts = [("exception", part) for part in getattr(text, "exceptions", ())] + [
            ("row", row) for row in getattr(text, "rows", ())
        ]
        if not parts:
            return None
        kind, part = self.pen.one_of(parts)
        if self.pen.chance(40):
            return "part omitted", f"in {self._name(place, day)} omit {kind} {part.name}"
        numbers = [node for node in _all(taken_apart(part.value)) if isinstance(node.tree, s.Number)]
        if not numbers:
            return None
        number: Any = self.pen.one_of(numbers).tree
        old = number.span.text
        return (
            "part",
            f"in {self._name(place, day)} {kind} {part.name} for {old} substitute {_other(old, self.pen)} wherever it occurs",
        )

    def _exception(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None or not isinstance(standing[1], d.Version):
            return None
        place, text = standing
        value = self._literal(place)
        if value is None:
            return None
        self.count += 1
        others = [part.name for part in text.exceptions]
        over = f" prevails over {', '.join(others)}" if others else ""
        since = day_text(self.pen.one_of([date(2010, 10, 1), date(2011, 4, 1)]))
        clause = f"{value} when assessment_date < {since}{over}"
        if others and self.pen.chance(40):
            rest = f" prevails over {', '.join(others[1:])}" if others[1:] else ""
            clause = f"{value} when assessment_date < {since}{rest}"
            return "part substituted", f"in {self._name(place, day)} substitute except {others[0]}: {clause}"
        return "part inserted", f"in {self._name(place, day)} insert except added_{self.count}: {clause}"

    def _whole(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None or not isinstance(standing[0].declaration, d.Rule | d.Figure):
            return None
        place, _ = standing
        head, value = place.declaration, self._literal(place)
        if value is None:
            return None
        name, how = self._name(place, day), "substitute"
        if self.pen.chance(30):
            self.count += 1
            name, how = f"added_{self.count}", "insert"
        if isinstance(head, d.Figure):
            return f"{how} whole", f'{how} figure {name} "{name}" : {head.type.span.text} {value} from {day_text(day)}'
        return f"{how} whole", f'{how} rule {name} of {head.of.name} "{name}" : {head.type.span.text} is {value}, unrounded'.replace(
            ", unrounded", "" if "£" not in head.type.span.text else ", unrounded")  # fmt: skip

    def _omitted(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None:
            return None
        kind = type(standing[0].declaration).__name__.lower()
        return "omitted", f"omit {kind} {self._name(standing[0], day)}"

    def _unknown(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None or not isinstance(standing[1], d.Dated | d.Version | d.TableVersion):
            return None
        return "unknown", f'in {self._name(standing[0], day)} substitute not encoded "lost"'

    def _renamed(self, day: date, made: date) -> tuple[str, str] | None:
        standing = self._standing(day, made)
        if standing is None:
            return None
        self.count += 1
        return "renamed", f"rename {self._name(standing[0], day)} to renamed_{self.count}"

    def _pending(self, day: date, made: date) -> tuple[str, str] | None:
        book = self._book()
        amendments = [one for one in book.instruments.values() if one.is_amendment and one.commences and one.commences >= day]
        if not amendments:
            return None
        one = self.pen.one_of(amendments)
        if self.pen.chance(30):
            return "pending", f"omit amendment {one.name}"
        later = one.commences + timedelta(days=40)
        return "pending", f"in {one.name} for {day_text(one.commences)} substitute {day_text(later)}"

    def _saved(self, text: str) -> str:
        """For whom an input that is yes or no is yes, where the rule's own entity has one."""
        book = self._book()
        name = text.split()[1]
        owner = book.owner(name) if name in book.provisions and isinstance(book.provisions[name].declaration, d.Rule) else None
        flags = [
            one for one, place in book.inputs.items() if place.declaration.type.kind == "yes/no" and book.owner(one) == owner
        ]
        return f" saved for {owner} when {self.pen.one_of(flags)}" if flags and owner else ""

    def _literal(self, place: Place) -> str | None:
        type_ = place.declaration.type.span.text
        return self.pen.literal(type_).text if type_ in AMOUNTS else "yes" if type_ == "yes/no" else None


def _all(part: Any) -> Iterator[Node]:
    if isinstance(part, tuple):
        for item in part:
            yield from _all(item)
    elif isinstance(part, Node) and not isinstance(part.tree, s.Period | s.Cite | s.MadeBy | s.TypeText | d.Cell):
        yield part
        for inner in part.inside.values():
            yield from _all(inner)


def _other(text: str, pen: Pen) -> str:
    """Another amount in the same unit, with as many decimals: its first digit changed."""
    at = next(place for place, letter in enumerate(text) if letter.isdigit())
    return text[:at] + pen.one_of([digit for digit in "123456789" if digit != text[at]]) + text[at + 1 :]
