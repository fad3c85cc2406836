"""Scale and range of every node: whatever the household, each value is a whole number inside what was proved (architecture)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exact import without_tens
from engine.mechanisms.base import DayWorking, Frame, MemberWorking
from engine.nodes import Formula, Node, OverDays, OverMembers, walk
from engine.types import WHOLE
from engine.values import Exact, Refusal
from tests.books import ask, book, shipped

BOOK = shipped()
DAYS = [date(2009, 10, 1), date(2010, 9, 30), date(2010, 10, 1), date(2011, 9, 30)]

PERSON = st.fixed_dictionaries(
    {"date_of_birth": st.dates(date(1930, 1, 1), date(2011, 12, 31)).map(date.isoformat)},
    optional={
        "gross_earnings": st.decimals(0, 20_000, places=2),
        "childcare_hours": st.decimals(0, 168, places=4),
        "in_full_time_education": st.booleans(),
        "child_of_sole_adult": st.booleans(),
    },
)
HOUSEHOLD = st.fixed_dictionaries(
    {
        "tenure": st.sampled_from(["tenant", "lodger", "living_with_family"]),
        "person": st.dictionaries(st.sampled_from("abcdef"), PERSON, max_size=6),
    }
)


def worked(frame: Frame, formula: Formula) -> Iterator[tuple[Node, object]]:
    """Every node that was worked out, with its value, and those of the members inside."""
    for node in walk(formula.root):
        if frame.cells[node.index] is not None:
            yield node, frame.cells[node.index]
        if isinstance(node.detail, OverMembers | OverDays):
            where, operand = node.detail.formulas
            inside: list[MemberWorking | DayWorking] = [*frame.inner.get(node.index, ()), *frame.days.get(node.index, ())]
            for working in inside:
                if working.where is not None and where is not None:
                    yield from worked(working.where, where)
                if working.operand is not None and operand is not None:
                    yield from worked(working.operand, operand)


@settings(max_examples=150, deadline=None)
@given(HOUSEHOLD, st.sampled_from(DAYS))
def test_every_value_is_inside_its_range(home: dict[str, Any], on: date) -> None:
    """On the shipped rules; and what is asked for is never refused for want of a figure."""
    answer = ask(BOOK, {"version": 1, "household": {"home": home}}, "award", on=on)
    assert answer.assessment is not None
    seen = 0
    for step in answer.assessment.steps:
        assert step.term.formula is not None
        assert without_tens(step.term.scale) == 1
        for node, value in worked(step.frame, step.term.formula):
            if node.type.is_number and not isinstance(value, Refusal):
                seen += 1
                assert isinstance(value, int)
                assert not isinstance(value, bool)
                assert node.low is None or value >= node.low, (step.term.name, node.mechanism)
                assert node.high is None or value <= node.high, (step.term.name, node.mechanism)
    assert seen


OTHER_DAYS = book("""
input temperature of everyone "Temperature" : number
  range -30 to 50
instrument order "Order" made 1 January 2000 commences 1 January 2000 short months: last day
figure factor "Factor" : number
  0.125 from 1 January 2000
  3 from 3 January 2008
rule heat of everyone "Heat" : number
  range -100 to 200
  is factor × temperature
rule total of everyone "Total" : number
  is sum of (heat - temperature) over days in the 1 week ending with assessment_date where (temperature < 20)
rule the_most of everyone "Most" : number
  is highest of heat over days in the days from (assessment_date - 3 days) to assessment_date
rule earlier_heat of everyone "Before" : number
  is 2 × (heat on (assessment_date - 2 days))
rule cold of everyone "Cold days" : whole number
  is count of days in the 1 month before assessment_date where (temperature < 0)
""")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(-30, 50, places=4), min_size=45, max_size=45), st.integers(0, 6))
def test_every_value_of_other_days_is_inside_its_range(temperatures: list[Decimal], later: int) -> None:
    """Whatever the law of each day makes it: what is proved of the sum holds with the scales of all of them."""
    daily = {"day by day": [str(t) for t in temperatures], "from": "2007-11-24"}
    answer = ask(
        OTHER_DAYS,
        {"version": 1, "temperature": daily, "household": {"home": {}}},
        "total",
        "the_most",
        "earlier_heat",
        "cold",
        on=date(2008, 1, 1 + later),
    )
    assert answer.assessment is not None
    values = [found for step in answer.assessment.steps if step.term.formula for found in worked(step.frame, step.term.formula)]
    assert {"sum over days", "highest of days", "on day", "count of days"} <= {node.mechanism for node, _ in values}
    for node, value in values:
        if node.type.is_number and not isinstance(value, Refusal):
            assert isinstance(value, int)
            assert (node.low is None or value >= node.low) and (node.high is None or value <= node.high), node.mechanism
    on = date(2008, 1, 1 + later)
    before = [
        t
        for number, t in enumerate(temperatures)
        if date(2007, 12, 1 + later) <= date(2007, 11, 24) + timedelta(days=number) < on
    ]
    assert answer.value("cold") == Exact(sum(t < 0 for t in before), WHOLE, 1)


@settings(max_examples=150, deadline=None)
@given(HOUSEHOLD, st.sampled_from(DAYS))
def test_the_award_worked_out_another_way(home: dict[str, Any], on: date) -> None:
    """The whole scheme written out a second time, in twenty lines of decimals, from Appendix 1 alone."""
    answer = ask(BOOK, {"version": 1, "household": {"home": home}}, "award", on=on)
    value = answer.value("award")
    assert not isinstance(value, Refusal)
    assert Decimal(value.plain()) == by_hand(home, on)


def by_hand(home: dict[str, Any], on: date) -> Decimal:
    new = on >= date(2010, 10, 1)
    child, house, share = (Decimal(t) for t in (("63.98", "48.58", "0.165") if new else ("62.09", "47.11", "0.12")))
    prices = [Decimal(t) for t in (("5.83", "4.66", "4.61") if new else ("5.69", "4.55", "4.50"))]
    penny = Decimal("0.01")

    def age(person: dict[str, Any]) -> int:
        born = date.fromisoformat(person["date_of_birth"])
        before = (on.month, on.day) < (born.month, born.day) and not (
            born.month == 2 and born.day == 29 and (on.month, on.day) == (2, 28)
        )
        return on.year - born.year - before if born <= on else -1

    def rounded(amount: Decimal) -> Decimal:
        return amount.quantize(penny, rounding="ROUND_HALF_UP")

    people = list(home["person"].values())
    adults = [p for p in people if age(p) >= 16]
    students = [p for p in adults if age(p) < 19 and p.get("in_full_time_education") and p.get("child_of_sole_adult")]
    children = [p for p in people if age(p) < 16]
    if not adults:
        return Decimal(0)
    single = len(adults) - len(students) == 1 and bool(children or students)
    total = child * len(children) + (house if home["tenure"] in ("owner", "tenant") else 0)
    total += sum(Decimal("132.51") if single and p not in students else Decimal("92.12") for p in adults)
    bands = [
        (p, prices[0] if age(p) < 3 else prices[1] if age(p) < 5 else prices[2] if age(p) < 12 else Decimal(0)) for p in children
    ]
    cost = sum((rounded(price * Decimal(p.get("childcare_hours", 0))) for p, price in bands), Decimal(0))
    gross = [Decimal(p.get("gross_earnings", 0)) for p in adults]
    counted = sum((g - rounded(g * Decimal("0.06")) - rounded(g * share) for g in gross), Decimal(0))
    if (sum(gross) if new else counted) > cost:
        total += cost
    return max(total - counted, Decimal(0))
