"""The language in which a claimant is written to: generated phrases, titles of the rules, amounts and days.

Everything in which one language differs from another is a phrase of its catalogue (explain/locale): how an amount of pounds is
written, where the decimals begin, what a month is called. English is what the phrases say themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from attrs import define, field, frozen

from engine import units
from engine.exact import decimal_text
from engine.values import NEVER, Exact
from explain.foreign import foreign
from grammar.syntax import Powers

LOCALE = "locale"
DOMAIN = "jurat"
_FIGURE = re.compile(r"\d")
OWN = "en"
"""The language of the phrases themselves."""


def counted(one: str, many: str) -> tuple[str, str]:
    """Marks words for one and for several as phrases to translate, where they are said elsewhere."""
    return one, many


def noted(words: str) -> str:
    """Marks words as a phrase to translate, where they are said elsewhere."""
    return words


_TIMES = {
    "hour": counted("hour", "hours"),
    "day": counted("day", "days"),
    "week": counted("week", "weeks"),
    "month": counted("month", "months"),
    "year": counted("year", "years"),
}
_PER = {
    "hour": noted("{amount} an hour"),
    "day": noted("{amount} a day"),
    "week": noted("{amount} a week"),
    "month": noted("{amount} a month"),
    "year": noted("{amount} a year"),
}
_MONTHS = (
    noted("January"), noted("February"), noted("March"), noted("April"), noted("May"), noted("June"),
    noted("July"), noted("August"), noted("September"), noted("October"), noted("November"), noted("December"),
)  # fmt: skip


class Untranslated(NullTranslations):
    """What a catalogue falls back on: says the words as they stand, marked as foreign, and knows which they were."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def gettext(self, message: str) -> str:
        self.found.add(message)
        return foreign(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.found.add(msgid1)
        return foreign(super().ngettext(msgid1, msgid2, n))


@define(eq=False, repr=False)
class Said:
    """What was said in a language: figures with what they were written for, and words that have figures in them."""

    figures: dict[str, Exact] = field(factory=dict)
    words: set[str] = field(factory=set)


@frozen(eq=False, repr=False)
class Tongue:
    """A language: what says its phrases, and what says the words of a rule book in it."""

    code: str
    """As pages name it: `en`, `fr`, `pt`."""
    phrases: NullTranslations = field(factory=NullTranslations)
    titles: NullTranslations = field(factory=NullTranslations)
    untranslated: Untranslated = field(factory=Untranslated)
    """Words of the rule book that nobody has translated; filled while they are said."""
    said: Said = field(factory=Said)
    """What a letter in it is held against before it is handed out; of the language of the phrases nothing is kept."""

    @property
    def is_own(self) -> bool:
        """Whether it is the language of the phrases themselves, in which everything can be said."""
        return self.code == OWN

    def say(self, message: str, **values: str | int) -> str:
        """A phrase of ours, with what is put in where it says `{name}`."""
        return self._heard(self.phrases.gettext(message).format(**values))

    def many(self, one: str, several: str, number: int, **values: str | int) -> str:
        """The same where the words follow a number, which stands in them as `{number}`."""
        return self._heard(self.phrases.ngettext(one, several, number).format(number=number, **values))

    def title(self, words: str) -> str:
        """Words of the rule book; as they are written where nobody has translated them."""
        return self._heard(self.titles.gettext(words)) if words else ""

    def _heard(self, text: str) -> str:
        if not self.is_own and _FIGURE.search(text):
            self.said.words.add(text)
        return text

    def cited(self, words: str) -> str:
        """The title of a law and a place in it, which no catalogue has."""
        return words if self.is_own else self._heard(foreign(words))

    def listed(self, words: Sequence[str]) -> str:
        """`this, that and the other`."""
        if len(words) < 2:
            return "".join(words)
        return self.say("{some} and {last}", some=", ".join(words[:-1]), last=words[-1])

    # ---- values -------------------------------------------------------------------------------------------------

    def value(self, value: Exact, per: bool = True) -> str:
        """A value as it is written for people; `per` False leaves the time part out."""
        if self.is_own:
            return value.words(per)
        text = self._value(value, per)
        self.said.figures[text] = value
        return text

    def _value(self, value: Exact, per: bool) -> str:
        match value.value:
            case bool() as so:
                return self.say("yes") if so else self.say("no")
            case int() as number:
                return ("−" if number < 0 else "") + self._number(abs(number), value, per)
            case date() as day:
                return self.day(day)
            case words if value.type.kind == "choice":
                return self.title(words.replace("_", " "))
            case words:
                return words

    def spoken(self, value: Exact, per: bool = True) -> str:
        """An amount of pounds as people say it: `78p`, `£1`, `£1.20`."""
        above = [symbol for symbol, power in value.type.unit if power > 0]
        if not isinstance(value.value, int) or above != [units.POUND]:
            return self.value(value, per)
        pence = Fraction(value.value * 100, value.scale)
        if pence.denominator == 1 and 0 < pence < 100:
            text = self.say("{pence}p", pence=int(pence))
        elif pence % 100 == 0 and pence >= 0:
            text = self.say("£{amount}", amount=self._digits(f"{int(pence) // 100:,}"))
        else:
            return self.value(value, per)
        return self._per(text, value.type.unit) if per else text

    def _number(self, number: int, value: Exact, per: bool) -> str:
        type_, scale = value.type, value.scale
        if type_.kind == "%":
            return self.say("{number}%", number=self._digits(decimal_text(number * 100, scale)))
        digits = self._digits(decimal_text(number, scale, 2 if type_.is_money else 0, True))
        if type_.kind != "amount":
            return digits
        counted = tuple((symbol, power) for symbol, power in type_.unit if power > 0 and symbol != units.POUND)
        text = self.say("£{amount}", amount=digits) if type_.is_money else digits
        if counted:
            text = f"{text} {self._counted(counted, number if number % scale == 0 else None, scale, type_.is_money)}"
        return self._per(text, type_.unit) if per else text

    def _digits(self, text: str) -> str:
        """`20,145.00` as the language groups thousands and begins decimals."""
        whole, _, decimals = text.partition(".")
        first, *others = whole.split(",")
        for hundreds in others:
            first = self.say("{thousands},{hundreds}", thousands=first, hundreds=hundreds)
        return self.say("{whole}.{decimals}", whole=first, decimals=decimals) if decimals else first

    def _counted(self, above: Powers, whole: int | None, scale: int, several: bool) -> str:
        """`hours`; of a number that is not whole as the language has it: one that counts nothing as one counts 1½ so too."""
        names = []
        for symbol, power in above:
            phrases, one, many = (self.phrases, *_TIMES[symbol]) if symbol in _TIMES else (self.titles, *_names_of(symbol))
            nothing_is_one = phrases.ngettext(one, many, 0) == phrases.ngettext(one, many, 1)
            number = 2 if several or (whole is None and not nothing_is_one) else 1 if whole is None else whole // scale
            names += [phrases.ngettext(one, many, number)] * power
        return "×".join(names)

    def _per(self, text: str, unit: Powers) -> str:
        for symbol, power in unit:
            for _ in range(-power):
                per = _PER.get(symbol)
                unit_name = "" if per else self.titles.ngettext(*_names_of(symbol), 1)
                text = self.say(per, amount=text) if per else self.say("{amount} per {unit}", amount=text, unit=unit_name)
        return text

    # ---- days ---------------------------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """`1 October 2010`."""
        if day == NEVER:
            return self.say("never")
        month = self.say(_MONTHS[day.month - 1])
        return self.say("{day} {month} {year}", day=self._number_of(day), month=month, year=day.year)

    def _number_of(self, day: date) -> str:
        """Of the first day of a month some languages say something else."""
        return self.say("1") if day.day == 1 else str(day.day)

    def days(self, first: date, last: date) -> str:
        """`4 to 9 January 2008`, `29 December 2007 to 2 January 2008`, `4 January 2008`."""
        if first == last:
            return self.day(first)
        is_one_month = (first.year, first.month) == (last.year, last.month)
        return self.say(
            "{first} to {last}", first=self._number_of(first) if is_one_month else self.day(first), last=self.day(last)
        )


def _names_of(symbol: str) -> tuple[str, str]:
    """How one and several of a declared unit are called."""
    return units.one(symbol), units.many(symbol)


ENGLISH = Tongue(OWN)

# ---- languages that there are ---------------------------------------------------------------------------------------


@cache
def languages() -> tuple[str, ...]:
    """Those in which a claimant can be written to, English first."""
    found = (folder.name for folder in files("explain").joinpath(LOCALE).iterdir() if folder.is_dir())
    return (OWN, *sorted(found))


def tongue(code: str, titles: Sequence[bytes] = ()) -> Tongue:
    """A language that there is, with compiled catalogues of the words of a rule book: the first that has some says them."""
    if code == OWN:
        return ENGLISH
    untranslated = Untranslated()
    first: NullTranslations | None = None
    for catalogue in titles:
        found = compiled(catalogue)
        if first is None:
            first = found
        else:
            first.add_fallback(found)
    if first is not None:
        first.add_fallback(untranslated)
    return Tongue(code, _phrases(code), first or untranslated, untranslated)


@cache
def _phrases(code: str) -> NullTranslations:
    return compiled(files("explain").joinpath(LOCALE, code, "LC_MESSAGES", f"{DOMAIN}.mo").read_bytes())


@frozen
class _Data:
    data: bytes

    def read(self) -> bytes:
        return self.data


def compiled(catalogue: bytes) -> GNUTranslations:
    """A compiled catalogue; of one that is damaged, whatever error gettext finds first."""
    return GNUTranslations(_Data(catalogue))
