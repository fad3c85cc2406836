"""An award along one fact equals the assessments, but for the roundings that are listed; and what it says where it turns."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, seed, settings

import jurat
from engine.assess import asked_terms, assess
from engine.assessment import Assessment
from engine.cases.facts import Case
from engine.cases.questions import bound_case, read_case
from engine.graph import Graph
from engine.present import Key
from engine.values import Value
from engine.varying.along import Along, depend_on
from engine.varying.curves import curve
from engine.varying.kinds import Curve, Piece
from engine.varying.pieces import is_same
from grammar.problems import errors
from grammar.source import Source
from jurat.answers import asked_of
from jurat.rulebook import Rules, from_sources
from tests.books import RULES, book, household
from tests.reference.running import Scene, scenes

INCOME_SUPPORT = RULES / "jersey" / "income_support"
LONE_PARENT = INCOME_SUPPORT / "cases" / "lone_parent_part_time.case"
CASES = sorted([*INCOME_SUPPORT.glob("cases/*.case"), *(RULES / "jersey" / "contributions").glob("cases/*.case")])


@pytest.fixture(scope="module")
def shipped() -> Rules:
    return jurat.load(RULES)


def agrees(along: Along, drawn: Curve, places: list[int]) -> int:
    """At each of these values of the fact the curve says what an assessment says; how many lay on some piece."""
    scale, counted = along.input.scale, 0
    for number in places:
        place, value = Fraction(number, scale), along.exact(number)
        piece = drawn.piece(place)
        if piece is None:
            assert any(one.low <= place <= one.high for one in drawn.sampled), place
            continue
        counted += 1
        assert is_as(piece, place, value, along.term.scale), (drawn.fact.term.name, place, piece.at(place), value)
    return counted


def is_as(piece: Piece, place: Fraction, value: Value, scale: int) -> bool:
    line = piece.at(place)
    if line is None or isinstance(value, bool) or not isinstance(value, int):
        return line is None and is_same(value, piece.value)
    return abs(line - Fraction(value, scale)) <= piece.doubt


def places_of(drawn: Curve, generator: random.Random, count: int) -> list[int]:
    """Some at random over the whole, some near where it begins, and all around the breakpoints."""
    scale = drawn.fact.term.scale
    low, high = int(drawn.low * scale), int(drawn.high * scale)
    found = [generator.randint(low, high) for _ in range(count // 2)]
    found += [generator.randint(low, min(high, low + 1_000 * scale)) for _ in range(count // 2)]
    around = [int(one.at * scale) + aside for one in drawn.breakpoints[:40] for aside in (-1, 0, 1, 2)]
    return [*found, *(place for place in around if low <= place <= high)]


def numbers_read(assessment: Assessment) -> list[Key]:
    paths = assessment.world.paths
    return [(use.term.index, paths[use.term.entity].index(use.path)) for use in assessment.facts if use.term.type.is_number]


# ---- equal to assessments ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_fact_of_every_case_that_is_shipped(path: Any, shipped: Rules) -> None:
    """A thousand places a case."""
    question = asked_of(shipped, path, on=None, known=None, of=(), readings=())
    assert question.asked is not None
    graph, case, asked = question.asked
    assessment = assess(graph, case, asked)
    facts = numbers_read(assessment)
    generator = random.Random(path.stem)
    counted = 0
    for key in [key for key in assessment.asked if graph.terms[key[0]].name != "cold_weather_payment"]:
        for fact in facts:
            drawn = curve(graph, case, fact, key)
            along = Along(graph, case, fact, key)
            counted += agrees(along, drawn, places_of(drawn, generator, 1_000 // len(facts) + 2))
    assert counted or not facts


def test_what_is_worked_out_anew_is_an_assessment_of_the_changed_case(shipped: Rules) -> None:
    """Only what rests on the fact is worked out again; that is as good as all of it."""
    question = asked_of(shipped, LONE_PARENT, on=None, known=None, of=(), readings=())
    assert question.asked is not None
    graph, case, [asked] = question.asked
    for fact in numbers_read(assess(graph, case, [asked]))[::3]:
        along = Along(graph, case, fact, (asked.index, 0))
        for number in (0, 1, 5_000, 54_203):
            whole = assess(graph, along.with_fact(number), [asked]).answers[0].value
            assert is_same(along.exact(number), whole)


@seed(1)
@settings(max_examples=60, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(scenes())
def test_every_fact_of_made_up_law(scene: Scene) -> None:
    """Of every term that there is, in books that reach every mechanism."""
    rules = from_sources([Source("made_up.rules", scene.book.text)])
    if errors(rules.problems):
        return
    generator = random.Random(scene.book.text)
    for when in scene.days[:2]:
        checked = rules.on(when.day, when.known)
        if errors(checked.problems):
            continue
        for source in scene.cases:
            text, _ = read_case(source)
            assert text is not None
            bound = bound_case(text, checked.graph, when.day, when.known)
            if not errors(bound.problems):
                _all_of(checked.graph, bound.case, scene.book.terms, generator)


def _all_of(graph: Graph, case: Case, names: list[str], generator: random.Random) -> None:
    asked, _ = asked_terms(graph, [name for name in names if name in graph.by_name])
    terms = [term for term in asked if term.formula is not None and term.type.kind != "members"]
    if not terms:
        return
    assessment = assess(graph, case, terms)
    facts = numbers_read(assessment)
    resting = [(key, fact) for fact in facts for key in assessment.asked if key[0] in depend_on(graph, fact[0])]
    for key, fact in generator.sample(resting, min(8, len(resting))):
        along = Along(graph, case, fact, key)
        if along.looks_back is None:
            drawn = curve(graph, case, fact, key, samples=2)
            agrees(along, drawn, places_of(drawn, generator, 30))


def test_a_penny_too_much_is_noticed() -> None:
    """It can fail: where no rounding is listed, a line a penny higher is not what an assessment says."""
    found = drawn('rule help of person "Help" : £ a week\n  is pay × 2\n', "pay", "help")
    [piece] = found.pieces
    place = Fraction(25)
    assert piece.doubt == 0 and is_as(piece, place, 5_000, 100)
    assert piece.at_low is not None and not is_as(evolve(piece, at_low=piece.at_low + Fraction(1, 100)), place, 5_000, 100)


# ---- what a curve says ------------------------------------------------------------------------------------------------

TAPER = """
input pay of person "Pay" : £ a week default £0 per week range £0 per week to £1,000 per week
input rent of household "Rent" : £ a week default £0 per week range £0 per week to £1,000 per week
input savings of household "Savings" : £ default £0 range £0 to £1,000,000
input children of household "Children" : whole number default 0 range 0 to 20
figure disregard "Disregard" : £ a week
  £20.00 per week from 1 January 2008
"""


def drawn(text: str, fact: str, term: str, case: dict[str, Any] | None = None, low: str = "", high: str = "") -> Curve:
    rules = book(TAPER + text)
    case = case or household({"pay": "50"})
    question = asked_of(rules, case, on=date(2010, 10, 1), known=None, of=(term,), readings=())
    assert question.asked is not None, question.problems
    graph, bound, [asked] = question.asked
    key = (graph.by_name[fact].index, 0)
    return curve(graph, bound, key, (asked.index, 0), Fraction(low) if low else None, Fraction(high) if high else None)


def lines(found: Curve) -> list[str]:
    """Each piece as an interval, where it begins and at what rate."""
    told = []
    for piece in found.pieces:
        ends = f"{'[' if piece.holds_low else '('}{piece.low}, {piece.high}{']' if piece.holds_high else ')'}"
        told.append(f"{ends} {piece.value if piece.at_low is None else f'{piece.at_low} by {piece.rate}'}")
    return told


def test_a_disregard_a_taper_and_an_end() -> None:
    """Breakpoints are exact fractions; each names the part of the rule that makes it."""
    found = drawn(
        """
rule help of household "Help" : £ a week
  is £100 per week - 65% × (sum of (higher of (pay - disregard, £0 per week)) over person), but not less than £0 per week,
    rounded to the nearest 1p
""",
        "pay",
        "help",
    )
    assert lines(found) == ["[0, 20] 100 by 0", "(20, 2260/13] 100 by -13/20", "(2260/13, 1000] 0 by 0"]
    assert [cause.node.span.text.split("(")[0].strip() for one in found.breakpoints for cause in one.causes if cause.node] == [
        "higher of",
        "£100 per week - 65% ×",
    ]
    assert not any(one.is_jump for one in found.breakpoints)
    [rounding] = found.set_aside
    assert rounding.most == Fraction(1, 200)
    end = found.breakpoints[1].found
    assert [(one.place.plain(), one.exact and one.exact.plain()) for one in end] == [("173.84", "0.00"), ("173.85", "0.00")]


def test_steps_of_a_pound_are_kept_and_a_condition_is_a_jump() -> None:
    """The ends of pieces are open or closed as the law has them."""
    found = drawn(
        """
rule help of household "Help" : £ a week
  is £10 per week - £1 per week for each complete £250 of savings, but not less than £0 per week when savings <= £600
  otherwise £0 per week
""",
        "savings",
        "help",
        high="2000",
    )
    assert lines(found) == ["[0, 250) 10 by 0", "[250, 500) 9 by 0", "[500, 600] 8 by 0", "(600, 2000] 0 by 0"]
    assert [one.is_jump for one in found.breakpoints] == [True, True, True]
    assert [f"{one.place.plain()}: {one.exact.plain()}" for one in found.breakpoints[2].found if one.exact] == [
        "599.99: 8.00",
        "600.00: 8.00",
        "600.01: 0.00",
    ]


@pytest.mark.parametrize(("step", "count"), [("£1", 10), ("£2", 5), ("50p", 1)])
def test_roundings_to_less_than_a_pound_are_set_aside(step: str, count: int) -> None:
    """To £1 and more they are steps, each a piece."""
    found = drawn(f'rule help of person "Help" : £ a week\n  is pay, rounded down to {step}\n', "pay", "help", high="9.99")
    assert (len(found.pieces), bool(found.set_aside)) == (count, count == 1)


def test_what_rounding_decides_is_assessed() -> None:
    """At £14.29 of pay 35% is £5.0015, rounded £5.00: the curve turns where the law with its roundings does."""
    found = drawn(
        """
rule share of person "Share" : £ a week
  is 35% × pay, rounded to the nearest 1p
rule help of person "Help" : £ a week
  is £40 per week when share > £5 per week
  otherwise £10 per week
""",
        "pay",
        "help",
    )
    assert lines(found) == ["[0, 143/10) 10 by 0", "[143/10, 1000] 40 by 0"]
    assert found.set_aside == ()


def test_what_rounding_decides_is_assessed_also_behind_a_jump() -> None:
    """From £20.01 on £1 more counts: £8.0035, rounded £8.00, which is not more than £8; from £8.005 on it is."""
    text = """
rule share of person "Share" : £ a week
  is 35% × pay, rounded to the nearest 1p
rule extra of person "Extra" : £ a week
  is £1 per week when pay >= £20.01 per week
  otherwise £0 per week
rule help of person "Help" : £ a week
  is £40 per week when share + extra > £8 per week
  otherwise £10 per week
"""
    found = drawn(text, "pay", "help")
    assert lines(found) == ["[0, 1401/70) 10 by 0", "[1401/70, 1000] 40 by 0"]


def test_a_refusal_and_one_value_by_itself_are_pieces() -> None:
    found = drawn(
        """
rule help of person "Help" : £ a week
  range £0 per week to £500 per week
  is £3 per week when pay = £7 per week
  otherwise pay × 2
""",
        "pay",
        "help",
    )
    assert [f"{one.low} to {one.high}: {one.rate}{' refused' if one.refusal else ''}" for one in found.pieces] == [
        "0 to 7: 2",
        "7 to 7: 0",
        "7 to 250: 2",
        "250 to 1000: 0 refused",
    ]
    assert [one.at for one in found.breakpoints] == [7, 250]


def test_what_lies_on_the_end_of_its_range_is_in_it() -> None:
    found = drawn(
        """
rule help of person "Help" : £ a week
  range £0 per week to £500 per week
  is lower of (pay × 2, £500 per week)
""",
        "pay",
        "help",
    )
    assert lines(found) == ["[0, 250] 0 by 2", "(250, 1000] 500 by 0"]


def test_yes_and_no_and_whole_numbers() -> None:
    found = drawn('rule many of household "Has many" : yes/no\n  is children > 2\n', "children", "many")
    assert lines(found)[0].startswith("[0, 2]") and found.pieces[0].value is False and found.pieces[1].value is True
    [turn] = found.breakpoints
    assert turn.is_jump and [one.place.plain() for one in turn.found] == ["1", "2", "3"]


def test_what_is_no_straight_line_is_sampled_and_says_why() -> None:
    """Only where it is so: below £100 pay is not squared."""
    found = drawn(
        """
rule squared of person "Squared" : number
  is (pay ÷ £1 per week) × (pay ÷ £1 per week)
rule help of person "Help" : number
  is squared when pay > £100 per week
  otherwise 5
""",
        "pay",
        "help",
    )
    assert lines(found) == ["[0, 100] 5 by 0"]
    [sampled] = found.sampled
    assert (str(sampled.low), str(sampled.high), sampled.why) == (
        "100",
        "1000",
        "two amounts that both vary with it are multiplied",
    )
    assert sampled.cause is not None and sampled.cause.term.name == "squared"
    assert all(one.amount == one.at * one.at for one in sampled.found if one.at > 100)


def test_what_looks_at_other_days_is_sampled() -> None:
    found = drawn(
        """
rule help of person "Help" : £ a week
  is pay on (assessment_date - 1 week)
""",
        "pay",
        "help",
    )
    assert found.pieces == () and [one.why for one in found.sampled] == ["it looks at what that was on other days"]
    assert all(one.amount == one.at for one in found.sampled[0].found)
