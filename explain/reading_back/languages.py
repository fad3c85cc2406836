"""How a language writes its figures, read off its own phrases, so that whatever is printed in it can be read as a value again.

A new language needs no code here: where its decimals begin, where the £ stands and what its months are called is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from attrs import frozen

from explain.reading_back.figures import Number, printed

Phrase = Callable[..., str]
"""A phrase in a language, with what is put in."""

_HERE, _THERE = "\N{NULL}", "\N{START OF HEADING}"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@frozen
class Token:
    """A figure as it stands in a text, and what it says; a day that no calendar has says nothing."""

    text: str
    value: Number | date | None


class Figures:
    """The figures of one language."""

    def __init__(self, its: Phrase) -> None:
        self.its = its
        self.thousands = its("{thousands},{hundreds}", thousands=_HERE, hundreds=_THERE).strip(_HERE + _THERE)
        self.point = its("{whole}.{decimals}", whole=_HERE, decimals=_THERE).strip(_HERE + _THERE)
        self.digits = digits = rf"(?:\d{{1,3}}(?:{re.escape(self.thousands)}\d{{3}})+(?!\d)|\d+)(?:{re.escape(self.point)}\d+)?…?"
        months = {its(name): name for name in _MONTHS}
        self.months = months
        self.first = its("1")
        day = its("{day} {month} {year}", day=_HERE, month=_THERE, year="\N{START OF TEXT}")
        for mark, pattern in (
            (_HERE, rf"(?P<day>{re.escape(self.first)}|\d{{1,2}})"),
            (_THERE, f"(?P<month>{'|'.join(map(re.escape, months))})"),
            ("\N{START OF TEXT}", r"(?P<year>\d{4})"),
        ):
            day = day.replace(mark, pattern)
        money, percent = (
            _around(its(said, **{name: _HERE}), kind, digits)
            for said, name, kind in (("£{amount}", "amount", "money"), ("{number}%", "number", "percent"))
        )
        self.token = re.compile(rf"(?<!\d)(?:{day})|(?P<sign>−?)(?:{money}|{percent}|(?P<plain>{digits}))")

    def all_in(self, text: str) -> Iterator[Token]:
        """Every figure of a text, from left to right."""
        for found in self.token.finditer(text):
            yield Token(found[0], self._value(found))

    def only(self, text: str) -> Number | date | None:
        """What a text says that begins with a figure and has no other."""
        found = list(self.all_in(text))
        return found[0].value if len(found) == 1 else None

    def _value(self, found: re.Match[str]) -> Number | date | None:
        if found["month"] is not None:
            day = "1" if found["day"] == self.first else found["day"]
            said = printed(f"{day} {self.months[found['month']]} {found['year']}")
            return said if isinstance(said, date) else None
        kind = next(kind for kind in ("money", "percent", "plain") if found[kind] is not None)
        digits = found[kind].replace(self.thousands, "").replace(self.point, ".")
        said = printed(f"{found['sign']}{digits}{'%' if kind == 'percent' else ''}")
        return said if isinstance(said, Number) else None

    def pattern(self, words: str, *figures: str, **others: str) -> re.Pattern[str]:
        """A phrase as it stands in a text: an amount in each of these places, and anything in the others."""
        places = dict.fromkeys(figures, rf"\D*?{self.digits}\D*?") | others
        said = re.escape(self.its(words, **{name: f"{_HERE}{name}{_HERE}" for name in places}))
        for name, pattern in places.items():
            said = said.replace(f"{_HERE}{re.escape(name)}{_HERE}", f"(?P<{name}>{pattern})")
        return re.compile(said)


def _around(said: str, kind: str, digits: str) -> str:
    before, after = said.split(_HERE)
    return f"{re.escape(before)}(?P<{kind}>{digits}){re.escape(after)}"
