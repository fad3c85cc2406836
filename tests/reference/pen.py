"""What all that is made up shares: choices, dates, amounts by type, and how a phrase is put inside another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from attrs import frozen

T = TypeVar("T")

STEMS = {
    "£ a week": "pay",
    "£": "capital",
    "£ an hour": "wage",
    "£ a month": "rent",
    "£ per visit": "fee",
    "visits a week": "calls",
    "hours a week": "shift",
    "number": "factor",
    "whole number": "tally",
    "%": "share",
    "weeks": "spell",
    "months": "tenancy",
    "years": "career",
    "days": "stay",
    "yes/no": "flag",
    "date": "birth",
    "date or never": "leaving",
    "text": "remark",
    "colour": "hue",
}
"""Every type that is written, and how the names of its terms begin."""

AMOUNTS = [
    "£ a week", "£", "number", "whole number", "%", "hours a week", "£ an hour", "£ a month", "days", "weeks", "months", "years",
    "£ per visit", "visits a week",
]  # fmt: skip
COLOURS = ["red", "green", "blue"]
REMARKS = ["none known", "away", "ill"]
WRITTEN = {
    "£ a week": "£{} per week",
    "£": "£{}",
    "£ an hour": "£{} per hour",
    "£ a month": "£{} per month",
    "£ per visit": "£{} per visit",
    "hours a week": "{} hours per week",
    "visits a week": "{} visits per week",
    "%": "{}%",
    "weeks": "{} weeks",
    "months": "{} months",
    "years": "{} years",
    "days": "{} days",
}
DIGITS = ["0", "1", "2", "3", "5", "7", "10", "20", "250", "0.50", "2.50", "2.25", "33.33", "99.99", "0.01", "0.03"]
FINE_DIGITS = [*DIGITS, "0.125", "12.5", "0.005", "0.5", "0.05"]
WHOLE = ["whole number", "days", "weeks", "months", "years"]
WHOLE_DIGITS = ["0", "1", "2", "3", "4", "7", "16", "40"]

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
STRETCHED = [
    "assessment_date", "assessment_date", "3 October 2010", "2 April 2011", "1 October 2009", "31 January 2010", "29 February 2008",
]  # fmt: skip
"""Near what stretches of days begin and end: also where the law, the facts and who is there change."""
LAW_DAYS = [date(2008, 1, 28), date(2009, 10, 1), date(2010, 10, 1), date(2011, 4, 1)]
DAYS = [
    date(2010, 10, 1), date(2010, 9, 30), date(2009, 2, 28), date(2011, 4, 1), date(2012, 2, 29), date(2011, 2, 28),
    date(2012, 3, 1), date(2011, 3, 31), date(2010, 6, 30), date(2008, 2, 29),
]  # fmt: skip
BIRTHDAYS = [
    date(1980, 5, 3), date(2008, 2, 29), date(1992, 2, 29), date(2010, 1, 31), date(2009, 8, 31), date(2010, 10, 1),
    date(2008, 12, 30), date(2011, 3, 31), date(1994, 10, 1), date(2007, 11, 29),
]  # fmt: skip


def decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def day_text(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_day(text: str) -> date:
    day, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


@frozen
class Phrase:
    """A value as written, how loosely it binds, and to how many decimals its value may go: None if it may never end."""

    text: str
    level: int = 0
    decimals: int | None = 0


OPERAND, ATOM, EACH, PRODUCT, SUM, COMPARISON, NEGATION, CONJUNCTION, CONDITION, VALUE = range(10)


def within(phrase: Phrase, level: int) -> str:
    """The text of a phrase where nothing looser than a level may stand."""
    return phrase.text if phrase.level <= level else f"({phrase.text})"


@frozen
class Term:
    """Something that has a name and can be read."""

    name: str
    type: str
    owner: str | None
    """The kind of entity whose it is, or `everyone`; None for a figure."""
    decimals: int | None = 0
    is_figure: bool = False
    is_input: bool = False


class Pen:
    """Draws what is to be written. Simple things stand first, so that what fails shrinks to them."""

    def __init__(self, choose: Callable[[int], int]) -> None:
        self._choose = choose

    def upto(self, most: int) -> int:
        """A number from 0 to another, both included."""
        return self._choose(most) if most else 0

    def one_of(self, things: Sequence[T]) -> T:
        return things[self.upto(len(things) - 1)]

    def chance(self, percent: int) -> bool:
        return self.upto(99) >= 100 - percent

    def some(self, things: Sequence[T], least: int = 0) -> list[T]:
        """A few of them, in their order."""
        chosen = [thing for thing in things if self.chance(50)]
        return chosen if len(chosen) >= least else list(things[:least])

    def digits(self, type_: str) -> str:
        if type_ in WHOLE:
            return self.one_of(WHOLE_DIGITS)
        return self.one_of(DIGITS if "£" in type_ else FINE_DIGITS)

    def literal(self, type_: str) -> Phrase:
        digits = self.digits(type_)
        return Phrase(written(type_, digits), OPERAND, decimals(digits) + 2 * (type_ == "%"))


def written(type_: str, digits: str) -> str:
    minus = "-" if digits.startswith("-") else ""
    return minus + WRITTEN.get(type_, "{}").format(digits.removeprefix("-"))
