"""Names that several bear, and sentences about several (S38, S62)."""

from __future__ import annotations

import jurat
from engine.values import Refusal
from tests.books import ask, book, household

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
