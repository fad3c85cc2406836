"""A claim over time: the award on each day of a period, and what is paid for it (S55 to S57, S73).

The award of a period is defined day by day. Days one after another on which every step and figure is the same are told as one
segment, so that birthdays cut as well as changes of law or of a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import gcd, lcm

from attrs import evolve, frozen

from engine import units
from engine.assess import assess, says
from engine.assessment import Assessment
from engine.book.drafts import LookedAt
from engine.cases.facts import Case
from engine.dates import anniversary
from engine.exact import round_quotient, without_tens
from engine.graph import Graph, Term
from engine.types import Type
from engine.values import Exact, Reason, Refusal, Value, day_words, merged, refusal_of
from engine.working import graph_on
from grammar.syntax import Rounding


@frozen(eq=False, repr=False)
class Segment:
    """Days one after another with the same steps and figures; `found` is the assessment of the first, or why there is none."""

    first: date
    last: date
    found: Assessment | Refusal

    def value(self, name: str, path: tuple[str, ...]) -> Value | None:
        """A term's value in it; None where whoever it would be of is not there."""
        if isinstance(self.found, Refusal):
            return self.found
        step = next((answer for answer in self.found.answers if answer.term.name == name and answer.path == path), None)
        return None if step is None else step.value


@frozen(eq=False, repr=False)
class Payment:
    """What is paid for some days: the award of which it is made, how, and how much."""

    first: date
    last: date
    award: Exact
    days: int | None
    """By the day: for how many days of it; None where the award of the first day is paid as it is."""
    exact: Exact
    """Before it is rounded; it may have endless decimals, and then says so."""
    rounding: Rounding | None
    amount: Exact | Refusal
    """What is paid; refused where nothing says how it is rounded and it must be."""


@frozen(eq=False, repr=False)
class Refused:
    """Days for which nothing can be said to be paid, and why."""

    first: date
    last: date
    refusal: Refusal


@frozen(eq=False, repr=False)
class Paid:
    """What an award pays one of its kind over a period; payments in their order."""

    term: Term
    path: tuple[str, ...]
    payments: tuple[Payment | Refused, ...]

    @property
    def total(self) -> Exact | Refusal:
        """The sum of all payments, exactly; refused where one of them is."""
        refusals = [p.refusal if isinstance(p, Refused) else p.amount for p in self.payments]
        refused = merged(r for r in refusals if isinstance(r, Refusal))
        return refused if refused.reasons else self.known

    @property
    def known(self) -> Exact:
        """The sum of those payments that are known."""
        amounts = [p.amount for p in self.payments if isinstance(p, Payment) and isinstance(p.amount, Exact)]
        scale = lcm(100, *(found.scale for found in amounts))
        total = 0
        for found in amounts:
            assert isinstance(found.value, int)
            total += found.value * (scale // found.scale)
        return Exact(total, POUNDS, scale)


@frozen(eq=False, repr=False)
class Claim:
    """A period: its segments, and what each award pays to whom."""

    first: date
    last: date
    segments: tuple[Segment, ...]
    paid: tuple[Paid, ...]
    drafts: tuple[LookedAt, ...] = ()
    """The drafts that count in it though they are no law."""


POUNDS = Type("amount", ((units.POUND, 1),))


def claim(graph: Graph, case: Case, asked: Sequence[Term], first: date, last: date, strict: bool = False) -> Claim:
    """What is paid from one day to another (both included, at most `MOST_DAYS`), for awards of the graph of any of them."""
    segments = tuple(_segments(graph, case, [term.name for term in asked], first, last, strict))
    paid = []
    for term in asked:
        whose = dict.fromkeys(
            answer.path
            for segment in segments
            if isinstance(segment.found, Assessment)
            for answer in segment.found.answers
            if answer.term.name == term.name
        )
        paid += [_paid(term, path, segments) for path in whose]
    return Claim(first, last, segments, tuple(paid), graph.drafts)


def _segments(graph: Graph, case: Case, names: Sequence[str], first: date, last: date, strict: bool) -> Iterator[Segment]:
    begun: date | None = None
    before: Assessment | Refusal | None = None
    said: object = None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        found = _on(graph, case, names, day, strict)
        saying = found if isinstance(found, Refusal) else says(found)
        if begun is None or before is None:
            begun, before, said = day, found, saying
        elif saying != said:
            yield Segment(begun, day - timedelta(days=1), before)
            begun, before, said = day, found, saying
    if begun is not None and before is not None:
        yield Segment(begun, last, before)


def _on(graph: Graph, case: Case, names: Sequence[str], day: date, strict: bool) -> Assessment | Refusal:
    there = graph_on(graph, day)
    if isinstance(there, Refusal):
        return there
    return assess(there, evolve(case, on=day), [there.by_name[name] for name in names], strict)


# ---- what is paid ---------------------------------------------------------------------------------------------------


def _paid(term: Term, path: tuple[str, ...], segments: Sequence[Segment]) -> Paid:
    assert term.payable is not None
    by = term.payable.by
    if by == "day":
        stretches = [(segment.first, segment.last, segment) for segment in segments]
    else:
        stretches = list(_stretches(by, term, path, segments))
    payments: list[Payment | Refused] = []
    for first, last, segment in stretches:
        value = segment.value(term.name, path)
        if value is None:
            continue  # who is not there is paid nothing
        if isinstance(segment.found, Refusal):
            payments.append(Refused(first, last, segment.found))
            continue
        own = segment.found.graph.by_name[term.name]
        refusal = refusal_of(value)
        if refusal is not None:
            payments.append(Refused(first, last, refusal))
        else:
            assert isinstance(value, int)
            payments.append(_payment(own, path, value, first, last, by == "day"))
    return Paid(term, path, tuple(payments))


def _stretches(by: str, term: Term, path: tuple[str, ...], segments: Sequence[Segment]) -> Iterator[tuple[date, date, Segment]]:
    """The whole weeks or months from the period's first day, or of each calendar year the first day on which something is due."""
    first, last = segments[0].first, segments[-1].last
    if by == "calendar year":
        for _, same in groupby(_by_year(segments), key=lambda part: part[0].year):
            days = list(same)
            due = next((part for part in days if _is_due(part[2].value(term.name, path))), None)
            if due is not None:
                yield due[0], due[0], due[2]
        return
    number = 0
    while True:
        begin, after = (_nth(by, first, number), _nth(by, first, number + 1))
        if after - timedelta(days=1) > last:
            return
        segment = next(segment for segment in segments if segment.first <= begin <= segment.last)
        yield begin, after - timedelta(days=1), segment
        number += 1


def _is_due(value: Value | None) -> bool:
    """Whether there is something to pay, or nobody can say whether there is."""
    return isinstance(value, Refusal) or (isinstance(value, int) and value > 0)


def _nth(by: str, first: date, number: int) -> date:
    return first + timedelta(weeks=number) if by == "week" else anniversary(first, number, "last")


def _by_year(segments: Sequence[Segment]) -> Iterator[tuple[date, date, Segment]]:
    for segment in segments:
        for year in range(segment.first.year, segment.last.year + 1):
            begin, end = max(segment.first, date(year, 1, 1)), min(segment.last, date(year, 12, 31))
            yield begin, end, segment


def _payment(term: Term, path: tuple[str, ...], value: int, first: date, last: date, by_the_day: bool) -> Payment:
    """The award for so many days, or as it is; then its own rounding, once (S56)."""
    assert term.payable is not None
    award = Exact(value, term.type, term.scale)
    days = (last - first).days + 1 if by_the_day else None
    top, bottom = value, term.scale
    if days is not None:
        top, bottom = top * days, bottom * (7 if ("week", -1) in term.type.unit else 1)
    exact = Exact(top, POUNDS, bottom)
    rounding = term.payable.rounding
    return Payment(first, last, award, days, exact, rounding, _rounded(term, path, top, bottom, rounding, first))


def _rounded(term: Term, path: tuple[str, ...], top: int, bottom: int, rounding: Rounding | None, day: date) -> Exact | Refusal:
    if rounding is not None:
        step, scale = rounding.to.digits, 10**rounding.to.places
        return Exact(round_quotient(top * scale, bottom * step, rounding.mode) * step, POUNDS, scale)
    pence, rest = divmod(top * 100, bottom)
    if not rest:
        return Exact(pence, POUNDS, 100)
    same = gcd(top, bottom)
    if without_tens(bottom // same) == 1:
        return Exact(top // same, POUNDS, bottom // same)  # parts of a penny: the rule says that it stays unrounded
    message = f"Nothing says how the payment of {term.title} from {day_words(day)} is rounded: it is no whole number of pence."
    return Refusal((Reason("not rounded", message, term.identity, path, term.citation),))
