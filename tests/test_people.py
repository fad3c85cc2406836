"""Roles, ranks, groups of groups, and facts that are nobody's own (S21 to S25)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import jurat
from engine.values import Refusal
from tests.books import ask, book, household, words

ROLES = """
role claimant of household "Claimant" : one person
role partner of household "Partner" : at most one person
role dependant of household "Dependants" : any number of person
input age of person "Age" : whole number
input pay of person "Pay" : £ a week
  default £0 per week
input rent of household "Rent" : £ a week
  default £0 per week
"""


def family(**roles: Any) -> dict[str, Any]:
    """Anna of 40 with £100, Ben of 38 with £50, Carl of 9; each with a role or none."""
    people: dict[str, dict[str, Any]] = {"anna": {"age": 40, "pay": 100}, "ben": {"age": 38, "pay": 50}, "carl": {"age": 9}}
    for name, role in roles.items():
        people[name]["as"] = role
    return {"version": 1, "household": {"home": {"person": people}}}


USUAL = family(anna="claimant", ben="partner", carl=["dependant"])


@pytest.mark.parametrize(
    ("type_", "formula", "case", "expected"),
    [
        ("whole number", "age of claimant", USUAL, "40"),
        ("£ a week", "pay of claimant - pay of partner", USUAL, "£50.00 a week"),
        ("whole number", "age of claimant", family(), "refused: nobody"),
        ("whole number", "age of partner", family(anna="claimant"), "refused: nobody"),
        ("whole number", "age of partner when count of partner = 1 otherwise 0", family(anna="claimant"), "0"),
        ("whole number", "count of dependant", USUAL, "1"),
        ("whole number", "count of dependant", family(carl="dependant", ben="dependant"), "2"),
        ("whole number", "count of claimant", family(), "0"),
        ("£ a week", "sum of pay over dependant where (age > 20)", family(ben="dependant", carl="dependant"), "£50.00 a week"),
        ("yes/no", "any of partner meet (age > 39)", USUAL, "no"),
        ("whole number", "age of claimant", family(anna=["claimant", "dependant"]), "40"),
    ],
)
def test_s21_s24_roles(type_: str, formula: str, case: dict[str, Any], expected: str) -> None:
    """A holder's term by the role's name, and a role as the group of those who hold it."""
    rules = book(f'{ROLES}rule answer of household "Answer" : {type_} is {formula}')
    assert words(rules, case, "answer") == expected


def test_s21_a_member_reads_the_holder_of_a_role_in_its_household() -> None:
    """Each person sees the claimant of the household that they live in."""
    rules = book(f'{ROLES}rule older of person "Older than the claimant" : yes/no is age > age of claimant')
    case = {"version": 1, "household": {
        "one": {"person": {"anna": {"age": 40, "as": "claimant"}, "ben": {"age": 50}}},
        "two": {"person": {"carl": {"age": 60, "as": "claimant"}, "dora": {"age": 50}}}}}  # fmt: skip
    answer = ask(rules, case, "older")
    assert [answer.value("older", name).words() for name in ("anna", "ben", "carl", "dora")] == ["no", "yes", "no", "no"]  # type: ignore[union-attr]


def test_s24_a_role_ends_when_its_holder_leaves() -> None:
    """Who is not there on the day holds no role, and another may."""
    rules = book(f'{ROLES}rule answer of household "Answer" : whole number is age of claimant')
    case = family(anna="claimant", ben="claimant")
    people = case["household"]["home"]["person"]
    people["anna"]["until"], people["ben"]["from"] = "2010-09-30", "2010-10-01"
    found = [jurat.assess(rules, case, on=day, of=["answer"]).value("answer") for day in (date(2010, 9, 30), date(2010, 10, 1))]
    assert [value.words() for value in found if not isinstance(value, Refusal)] == ["40", "38"]


def test_a_role_is_explained_by_its_title() -> None:
    """In words and in figures."""
    rules = book(f'{ROLES}rule answer of household "Answer" : whole number is age of claimant + count of dependant')
    text = jurat.explain(ask(rules, USUAL, "answer"))
    assert "Age of the Claimant + (the number of Dependants)" in text
    assert "40 + 1 (carl) = 41" in text


RANKED = """
input born of person "Born" : date
input pension of person "Pension" : £ a week
  default £0 per week
group pensioners of household "Pensioners" : person where (pension > £0 per week)
rule place of person "Place among the pensioners" : whole number
  is rank among pensioners by highest pension then earliest born{ties}
"""


def places(pensions: list[tuple[int, str]], ties: str = "") -> list[str]:
    """The places of persons with these pensions and dates of birth, as words."""
    people = {f"p{n}": {"pension": pension, "born": born} for n, (pension, born) in enumerate(pensions)}
    rules = book(RANKED.format(ties=ties))
    answer = ask(rules, {"version": 1, "household": {"home": {"person": people}}}, "place")
    values = [answer.value("place", name) for name in people]
    return [f"refused: {v.reasons[0].kind}" if isinstance(v, Refusal) else v.words() for v in values]


def test_s25_rank_by_keys_in_turn() -> None:
    """The highest first; among equals the earliest born; 0 for who is not in the group."""
    assert places([(10, "1940-01-01"), (20, "1945-01-01"), (10, "1939-01-01"), (0, "1930-01-01")]) == ["3", "1", "2", "0"]


def test_s25_members_alike_in_every_key() -> None:
    """Refused for those who are alike only; equal places; or the order of the case."""
    alike = [(10, "1940-01-01"), (10, "1940-01-01"), (5, "1940-01-01")]
    assert places(alike) == ["refused: alike", "refused: alike", "3"]
    assert places(alike, " ties equal") == ["1", "1", "3"]
    assert places(alike, " ties listed") == ["1", "2", "3"]


def test_a_rank_is_explained_with_everybodys_keys() -> None:
    """So that it can be redone."""
    people = {"anna": {"pension": 10, "born": "1940-01-01"}, "ben": {"pension": 20, "born": "1945-01-01"}}
    rules = book(RANKED.format(ties=""))
    text = jurat.explain(ask(rules, {"version": 1, "household": {"home": {"person": people}}}, "place"))
    assert "the place among Pensioners by highest Pension, then earliest Born" in text.replace("The place", "the place")
    assert "anna (£10.00, 1 January 1940), ben (£20.00, 1 January 1945): 2" in text


def test_s22_a_group_of_a_group() -> None:
    """Those of a group for whom another condition is yes; of a role likewise."""
    rules = book(f"""{ROLES}
        group adults of household "Adults" : person where (age >= 16)
        group working of household "Working adults" : adults where (pay > £60 per week)
        group old of household "Old dependants" : dependant where (age > 30)
        rule answer of household "Answer" : whole number is 10 × count of working + count of old""")
    assert words(rules, family(ben="dependant", carl="dependant"), "answer") == "11"


EVERYONE = """
input temperature of everyone "Temperature" : number
rule cold of everyone "It is cold" : yes/no is temperature <= 0
figure extra "Extra" : £ a week
  £5 per week from 1 January 2000
rule heating of household "Heating" : £ a week
  is extra when cold
  otherwise £0 per week
"""


@pytest.mark.parametrize(
    ("temperature", "expected"), [(-3, "£5.00 a week"), ("0.1", "£0.00 a week"), (None, "refused: missing fact")]
)
def test_s21_facts_that_are_nobodys_own(temperature: object, expected: str) -> None:
    """A temperature is given once, and read by bare name everywhere."""
    case = {"version": 1, "temperature": temperature, "household": {"home": {}}}
    assert words(book(EVERYONE), case, "heating") == expected


def test_given_everyone_in_the_language() -> None:
    """The same in a `.case`, and as what is expected of an example."""
    rules = book(f"""{EVERYONE}
        example "A cold week" on 1 January 2010
          given everyone
            temperature is -3
          given household home
          given person anna of home
          expect
            cold is yes
            heating of home is £5 per week""")
    assert jurat.check(rules) == ()
    assert "Temperature: −3" in jurat.explain(ask(rules, {"version": 1, "temperature": -3, "household": {"home": {}}}, "heating"))


NAMESAKES = """
entity street contains household
entity household contains person
entity person
input pay of person "Pay" : £
rule net of person "Net" : £ is pay - £1
rule total of street "Total" : £ is sum of net over person
"""
TWO_ANNAS = {"version": 1, "street": {"high": {"household": {
    "one": {"person": {"anna": {"pay": 10}}},
    "two": {"person": {"anna": {"pay": 20}, "ben": {"pay": 30}}},
}}}}  # fmt: skip


def test_namesakes_are_told_apart() -> None:
    """By what each is in, and only where another bears the same name."""
    told = jurat.explain(ask(book(NAMESAKES, people=False), TWO_ANNAS, "total"))
    assert "£9.00 (anna, household one) + £19.00 (anna, household two) + £29.00 (ben)" in told
    assert "Net (anna, household two): £19.00" in told
    assert "Net (ben): £29.00" in told
    poor = {"version": 1, "street": {"high": {"household": {"one": {"person": {"anna": {}}}, "two": {"person": {"anna": {}}}}}}}
    assert "Pay of anna, household two is not given" in jurat.explain(ask(book(NAMESAKES, people=False), poor, "total"))


def test_a_value_of_one_of_several_is_not_guessed() -> None:
    """The refusal names those among whom one has to be chosen."""
    answer = ask(book(NAMESAKES, people=False), TWO_ANNAS, "net")
    for path in ((), ("anna",)):
        value = answer.value("net", *path)
        assert isinstance(value, Refusal)
        assert '"high", "one", "anna" or "high", "two", "anna"' in value.reasons[0].message
    for one, expected in (("one anna", "£9.00"), ("high two anna", "£19.00"), ("ben", "£29.00")):
        value = answer.value("net", *one.split())
        assert not isinstance(value, Refusal)
        assert value.words() == expected


def test_a_sentence_with_the_values_of_several() -> None:
    """Joined by `and`; a group is told by its members."""
    rules = book("""
        input pay of person "Pay" : £
        group paid of household "Paid" : person where (pay > £1)
        rule total of household "Total" : £
          because "You are paid {pay}; {paid} count."
          is sum of pay over paid""")
    told = jurat.explain(ask(rules, household({"pay": 10}, {"pay": 20}, {"pay": 1}), "total"))
    assert "“You are paid £10.00 and £20.00; a, b count.”" in told
