"""What is paid over a period: which days are one segment, and what each award pays for them (S55 to S57, S73)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import frozen

from tests.reference.calendar import later
from tests.reference.law import Book
from tests.reference.meaning import Asked
from tests.reference.phrases import rounded
from tests.reference.results import Path, Refused, gathered, refused

DAYS_A_WEEK = 7
ONE_DAY = timedelta(days=1)


@frozen
class Payment:
    """What is paid for some days, or why nothing can be said to be."""

    first: date
    last: date
    amount: Fraction | Refused


@frozen
class Paid:
    """What an award pays one of its kind; the total is the sum of the payments, and refused where one of them is."""

    payments: tuple[Payment, ...]

    @property
    def total(self) -> Fraction | Refused:
        amounts: list[Any] = [payment.amount for payment in self.payments]
        return gathered(amounts) or sum(amounts, Fraction(0))


@frozen(eq=False)
class Day:
    """The assessment of one day: what each award is of whom, and what it rests on."""

    day: date
    awards: dict[tuple[str, Path], Any]
    rests_on: object
    """Every step with its value, the version of the law that it is of, and every fact (S55)."""


@frozen(eq=False)
class Period:
    """A period: its segments, and what each award pays whom."""

    segments: tuple[tuple[date, date], ...]
    paid: dict[tuple[str, Path], Paid]


def period(book: Book, awards: Sequence[str], asked_on: Callable[[date], Asked], first: date, last: date) -> Period:
    """What the awards pay from one day to another, both included."""
    days = [_day(book, awards, asked_on(first + number * ONE_DAY)) for number in range((last - first).days + 1)]
    segments = list(_segments(days))
    whose = dict.fromkeys(key for day in days for key in day.awards)
    return Period(
        tuple((segment[0].day, segment[-1].day) for segment in segments),
        {(award, path): Paid(tuple(_payments(book, award, path, days, segments))) for award, path in whose},
    )


def _day(book: Book, awards: Sequence[str], asked: Asked) -> Day:
    answers = [(award, member) for award in awards for member in asked.people.of(book.owner(award))]
    found = {(award, member.path): asked.value(award, member) for award, member in answers}
    return Day(asked.day, found, asked.rests_on(answers))


def _segments(days: Sequence[Day]) -> Iterator[list[Day]]:
    """The longest runs of days that rest on the same."""
    run = [days[0]]
    for day in days[1:]:
        if day.rests_on != run[-1].rests_on:
            yield run
            run = []
        run.append(day)
    yield run


def _payments(book: Book, award: str, path: Path, days: Sequence[Day], segments: Sequence[list[Day]]) -> Iterator[Payment]:
    by = book.provisions[award].declaration.payable.by
    for first, last, day in {
        "day": _by_segment,
        "week": _by_length("week"),
        "month": _by_length("month"),
        "calendar year": _by_year(award, path),
    }[by](days, segments):
        value = day.awards.get((award, path))
        if value is None:
            continue  # who is not there is paid nothing
        yield Payment(first, last, _amount(book, award, path, value, (last - first).days + 1 if by == "day" else None))


Stretches = Iterator[tuple[date, date, Day]]
"""From a day to another, and the day whose award is paid for them."""


def _by_segment(days: Sequence[Day], segments: Sequence[list[Day]]) -> Stretches:
    yield from ((segment[0].day, segment[-1].day, segment[0]) for segment in segments)


def _by_length(unit: str) -> Callable[[Sequence[Day], Sequence[list[Day]]], Stretches]:
    """Each whole week or month from the first day on; where a month lacks the day, its last day counts (S57)."""

    def stretches(days: Sequence[Day], segments: Sequence[list[Day]]) -> Stretches:
        first, by_day = days[0].day, {day.day: day for day in days}
        starts = [later(first, number, unit, "last") for number in range(len(days) + 1)]
        for start, following in pairwise(starts):
            if following - ONE_DAY <= days[-1].day:
                yield start, following - ONE_DAY, by_day[start]

    return stretches


def _by_year(award: str, path: Path) -> Callable[[Sequence[Day], Sequence[list[Day]]], Stretches]:
    """In each calendar year the first day on which there is something to pay, or on which nobody can say whether there is (S73)."""

    def stretches(days: Sequence[Day], segments: Sequence[list[Day]]) -> Stretches:
        told: set[int] = set()
        for day in days:
            value = day.awards.get((award, path))
            if day.day.year not in told and value is not None and (isinstance(value, Refused) or value > 0):
                told.add(day.day.year)
                yield day.day, day.day, day

    return stretches


def _amount(book: Book, award: str, path: Path, value: Any, days: int | None) -> Fraction | Refused:
    """The award, of so many days where it is paid by the day; then its rounding (S56)."""
    if isinstance(value, Refused):
        return value
    place = book.provisions[award]
    amount = Fraction(value)
    if days is not None:
        is_a_week = book.symbols(book.type_of(award).unit).get("week") == -1
        amount = amount * days / (DAYS_A_WEEK if is_a_week else 1)
    if place.declaration.payable.rounding is not None:
        found: Fraction = rounded(amount, place.declaration.payable.rounding)
        return found
    return amount if _ends(amount) else refused("not rounded", place.identity, path)


def _ends(amount: Fraction) -> bool:
    """Whether an amount has finitely many decimals."""
    bottom = amount.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    return bottom == 1
