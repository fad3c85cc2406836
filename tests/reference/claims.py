"""Made-up awards and periods, paid by both readings; what is compared is every segment, payment and total."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from engine import paying as engine_paying
from engine.cases.questions import bound_case, read_case
from engine.graph import Graph
from engine.values import Exact, Refusal
from grammar.parsing import parse
from grammar.problems import errors
from grammar.source import Source
from tests.reference import meaning, paying
from tests.reference.agreement import Pair, Reached, When
from tests.reference.pen import LAW_DAYS, Pen
from tests.reference.results import Reason, Refused
from tests.reference.running import KNOWN, Scene
from tests.reference.writing import BookWriter
from tests.reference.writing_cases import household

PAID = [("day", "by the day"), ("week", "by the week"), ("month", "by the month"), ("calendar year", "once a calendar year")]
PAYS = {
    "£ a week": (("by the day", "by the week"), "£0 per week"),
    "£": (tuple(how for _, how in PAID), "£0"),
    "£ a month": (("by the month",), "£0 per month"),
}
"""Of each type of award by what it can be paid."""
ROUNDINGS = [
    "",
    ", rounded to the nearest 1p",
    ", rounded up to 7p",
    ", rounded down to £1",
    ", rounded to the nearest 1p half even",
]


@frozen
class ClaimScene:
    """A scene with awards, and the period over which they are paid."""

    scene: Scene
    awards: tuple[str, ...]
    last: date

    def __repr__(self) -> str:
        return f"{self.scene!r}\nuntil {self.last}"


def claim_scene(pen: Pen) -> ClaimScene:
    """A book with up to three awards, households, and a period near days on which something changes."""
    writer = BookWriter(pen)
    book = writer.book()
    awards: list[str] = []
    paid = [term for term in writer.terms if term.type in PAYS]
    for term in [pen.one_of(paid) for _ in range(3) if paid]:
        by, nothing = PAYS[term.type]
        rounding = pen.one_of(ROUNDINGS) if (chosen := pen.one_of(by)) != "once a calendar year" else ""
        awards.append(f"award_{len(awards)}")
        floor = "" if pen.chance(15) else f", but not less than {nothing}"
        text = f'rule {awards[-1]} of {term.owner or book.entities[-1]} "Award" : {term.type} payable {chosen}{rounding} is {term.name}{floor}, unrounded'
        book = evolve(book, text=f"{book.text}{text}\n")
    first = pen.one_of(LAW_DAYS[1:]) - timedelta(days=pen.upto(20))
    length = pen.one_of([0, 6, 13, 20, 30, 30, 45, 60, 70, 370]) if not pen.chance(90) else pen.upto(40)
    when = When(first, pen.one_of(KNOWN) if pen.chance(15) else None)
    scene = Scene(book, tuple(household(pen, book) for _ in range(2)), (when,))
    return ClaimScene(scene, tuple(awards), first + timedelta(days=length))


def disagreement(asked: ClaimScene, reached: Reached) -> str:
    """Where the two readings pay something else, in words; empty where they nowhere do."""
    pair = Pair.of(asked.scene.book.text)
    [when] = asked.scene.days
    refused = set(pair.problems(when))
    reached.totals.update({"books made up": 1, "books accepted": not refused and bool(asked.awards)})
    reached.refused.update(refused)
    if refused or not asked.awards:
        return ""
    return "\n".join(line for case in asked.scene.cases for line in _differences(pair, asked, case, when, reached))


def _differences(pair: Pair, asked: ClaimScene, case: Source, when: When, reached: Reached) -> Iterator[str]:
    graph = pair.on(when).graph
    text, unread = read_case(case)
    bound = bound_case(text, graph, when.day, when.known) if text else None
    if bound is None or errors([*unread, *bound.problems]):
        return
    data: Any = json.loads(case.text) if case.path.endswith(".json") else parse(case).file.declarations[0]
    found = _of_engine(graph, engine_paying.claim(graph, bound.case, _terms(graph, asked), when.day, asked.last))
    whole = meaning.ask(pair.reading, data, when.day, when.known)
    expected = _of_reference(paying.period(pair.reading, asked.awards, whole.afresh, when.day, asked.last))
    reached.totals["claims"] += 1
    reached.phrases.update(f"paid {pair.reading.provisions[award].declaration.payable.by}" for award in asked.awards)
    for what in [*expected, *(what for what in found if what not in expected)]:
        _count(what, expected.get(what), reached)
        if found.get(what) != expected.get(what):
            yield f"{' '.join(map(str, what))}\n  engine:    {found.get(what)}\n  reference: {expected.get(what)}"


def _terms(graph: Graph, asked: ClaimScene) -> list[Any]:
    return [graph.by_name[award] for award in asked.awards]


def _count(what: tuple[Any, ...], expected: object, reached: Reached) -> None:
    reached.totals[f"{what[0]}s compared"] += 1
    if isinstance(expected, Refused):
        reached.reasons.update({reason.kind for reason in expected.reasons})
        reached.totals[f"{what[0]}s refused"] += 1


# ---- as one says it and as the other ------------------------------------------------------------------------------------


def _of_engine(graph: Graph, claim: engine_paying.Claim) -> dict[tuple[Any, ...], Any]:
    found: dict[tuple[Any, ...], Any] = {("segment", s.first, s.last): True for s in claim.segments}
    for paid in claim.paid:
        found["total", paid.term.name, paid.path] = _amount(paid.total)
        for payment in paid.payments:
            amount = payment.refusal if isinstance(payment, engine_paying.Refused) else payment.amount
            found["payment", paid.term.name, paid.path, payment.first, payment.last] = _amount(amount)
    return found


def _amount(amount: Exact | Refusal) -> Fraction | Refused:
    if isinstance(amount, Refusal):
        return Refused(frozenset(Reason(r.kind, r.term, r.path) for r in amount.reasons))
    assert isinstance(amount.value, int)
    return Fraction(amount.value, amount.scale)


def _of_reference(period: paying.Period) -> dict[tuple[Any, ...], Any]:
    expected: dict[tuple[Any, ...], Any] = {("segment", first, last): True for first, last in period.segments}
    for (award, path), paid in period.paid.items():
        expected["total", award, path] = paid.total
        expected.update({("payment", award, path, p.first, p.last): p.amount for p in paid.payments})
    return expected
