"""The language in which a claimant is written to: generated phrases, titles of the rules, amounts and days."""

from __future__ import annotations

from datetime import date
from gettext import NullTranslations

from attrs import field, frozen

from engine.values import Exact, day_words


@frozen(eq=False, repr=False)
class Tongue:
    """A language: what says its phrases, and what says the words of a rule book in it."""

    code: str
    """As pages name it: `en`, `fr`, `pt`."""
    phrases: NullTranslations = field(factory=NullTranslations)
    titles: NullTranslations = field(factory=NullTranslations)

    def say(self, message: str, **values: str | int) -> str:
        """A phrase of ours, with what is put in where it says `{name}`."""
        return self.phrases.gettext(message).format(**values)

    def many(self, one: str, several: str, number: int, **values: str | int) -> str:
        """The same where the words follow a number, which stands in them as `{number}`."""
        return self.phrases.ngettext(one, several, number).format(number=number, **values)

    def title(self, words: str) -> str:
        """Words of the rule book; as they are written where nobody has translated them."""
        return self.titles.gettext(words) if words else ""

    def value(self, value: Exact, per: bool = True) -> str:
        return value.words(per)

    def day(self, day: date) -> str:
        return day_words(day)


ENGLISH = Tongue("en")
