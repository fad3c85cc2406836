"""Tables as their rows mean, as digests see them, and as they are explained (S34, S59)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.values import Exact
from tests.books import ON, ask, book, household, problem_codes, words
from tests.test_tables import table

# ---- the same in other words ----------------------------------------------------------------------------------------

MEANS = {
    "any": None,
    "yes": "ill is yes",
    "no": "ill is no",
    "under 18": "age < 18",
    "18 to 64": "age >= 18 and age <= 64",
    "65 or over": "age >= 65",
    "owner or tenant": "tenure of household is one of (owner, tenant)",
    "lodger": "tenure of household is lodger",
}
FACTS = st.fixed_dictionaries({}, optional={"age": st.sampled_from([0, 17, 18, 64, 65, 120]), "ill": st.booleans()})


def conditions(cells: tuple[str, ...]) -> str:
    return " and ".join(f"({said})" for cell in cells if (said := MEANS[cell]) is not None)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["any", "yes", "no"]),
            st.sampled_from(["any", "under 18", "18 to 64", "65 or over"]),
            st.sampled_from(["any", "owner or tenant", "lodger"]),
        ).filter(lambda cells: any(cell != "any" for cell in cells)),
        min_size=1,
        max_size=5,
    ),
    person=FACTS,
    tenure=st.sampled_from([None, "owner", "lodger", "living_with_family"]),
)
def test_a_table_is_its_rows_as_exceptions(rows: list[tuple[str, ...]], person: dict[str, Any], tenure: str | None) -> None:
    """Whatever is given: where exceptions have an answer the table has it, and a refusal is for facts that are missing."""
    lines = [f"row r{n}: {', '.join(cells)} gives £{n} per week" for n, cells in enumerate(rows)]
    text = table(*lines, "otherwise £99 per week", by="ill, age, tenure of household")
    if set(problem_codes(text)) & {"rows-overlap"}:
        return
    text += 'rule same of person "The same" : £ a week\n  is £99 per week\n'
    text += "".join(f"  except r{n}: £{n} per week when {conditions(cells)}\n" for n, cells in enumerate(rows))
    rules = book(text)
    case = household(person, **({} if tenure is None else {"tenure": tenure}))
    in_rows, in_words = words(rules, case, "rate"), words(rules, case, "same")
    assert in_rows == in_words or (in_words.startswith("refused") and "missing fact" in in_words)
    complete = len(person) == 2 and tenure is not None
    assert not complete or in_rows == in_words


# ---- digests and explanations ---------------------------------------------------------------------------------------

PRICES = """
instrument order "Income Support (Child Care) Order 2009"
  made 1 September 2009
  commences 1 October 2009
instrument first_amendment "Income Support (Child Care) (Amendment) Order 2010"
  made 1 September 2010
  commences 1 October 2010
instrument order continued
choice tenure_type "How a home is held" : owner, tenant, lodger, living_with_family
input tenure of household "How the home is held" : tenure_type
input age of person "Age" : whole number
  range 0 to 120
figure school_age "School age" : whole number
  cite "Article 1"
  5 from 1 October 2009
table childcare_price of person "Price of child care" : £ an hour
  cite "Schedule 1"
  by age, tenure of household
  row babies: under 3, any gives £5.83 per hour cite "Schedule 1, paragraph (a)"
  row small: 3 to under school_age, owner or tenant gives £4.66 per hour from 1 October 2010 made by first_amendment "Article 2"
    because "At {age}, {childcare_price} is paid."
  row guests: 3 to under school_age, lodger or living_with_family gives £4.66 per hour
  row pupils: school_age to under 12, any gives £4.61 per hour
  otherwise £0 per hour cite "Schedule 1, paragraph (z)"
"""


def digests(text: str) -> tuple[str, str]:
    graph = book(text).on(ON).graph
    return graph.effect, graph.law


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("row babies", "row infants"),
        ("under 3, any", "2 or under, any"),
        ("owner or tenant", "tenant or owner"),
        ("£0 per hour", "£0.00 per hour"),
        ("school_age", "pupil_age"),
        ("paragraph (a)", "paragraph (b)"),
        ("At {age}", "With {age}"),
    ],
)
def test_what_has_no_effect(old: str, new: str) -> None:
    """Names of rows, the order of answers, citations; an end included is another than one left out, though it holds for the same."""
    same = digests(PRICES.replace(old, new))
    assert (same[0] == digests(PRICES)[0]) is (old != "under 3, any")
    assert (same[1] == digests(PRICES)[1]) is (old in ("owner or tenant", "£0 per hour"))


def test_the_order_of_rows_and_of_columns_means_nothing() -> None:
    """Rows are a set, and each cell stands with its column."""
    one = table("row a: yes, any gives £1 per week", "row b: no, 3 or over gives £2 per week", "otherwise £3 per week", by="ill, age")  # fmt: skip
    two = table("row b: 3 or over, no gives £2 per week", "row a: any, yes gives £1 per week", "otherwise £3 per week", by="age, ill")  # fmt: skip
    other = table("row a: yes, any gives £1 per week", "row b: no, over 3 gives £2 per week", "otherwise £3 per week", by="ill, age")  # fmt: skip
    assert digests(one)[0] == digests(two)[0] != digests(other)[0]


CASE = household({"age": 2}, {"age": 4}, {"age": 5}, {"age": 12}, {}, tenure="tenant")


def test_a_table_explained(file_regression: FileRegressionFixture) -> None:
    """Which row held and why, the others shortly, the row's own place in the law; and for whom nothing is known."""
    printed = jurat.explain(ask(book(PRICES), CASE, "childcare_price"))
    file_regression.check(printed, extension=".txt", encoding="utf-8")


def test_of_a_long_table_the_nearest_rows_are_told() -> None:
    """Twenty rows: six, and how many others there were."""
    rows = [f"row at_{age}: {age}, any gives £{age} per week" for age in range(20)]
    rules = book(
        table(*rows, "row ill: 20 or over, yes gives £20 per week", "row well: 20 or over, no gives £21 per week", by="age, ill")
    )
    printed = jurat.explain(ask(rules, household({"age": 30, "ill": True}), "rate"))
    assert printed.count("Not: Row") == 6
    assert "Not: Row well: £21.00 a week\n          because Is ill is yes, not no" in printed
    assert "Not: 15 other rows" in printed


def test_a_sentence_beside_a_row_names_what_the_table_reads() -> None:
    """Its columns, and itself."""
    assert problem_codes(table('row a: yes gives £1 per week because "At {age}."', "otherwise £0 per week", by="ill")) == ["because-names-unread"]  # fmt: skip


def test_a_table_has_the_range_of_its_values() -> None:
    """So that what is made of it can be proved."""
    term = book(table("row a: yes gives £1.50 per week", "row b: no gives £7 per week", by="ill")).on(ON).graph.by_name["rate"]
    assert (Exact(term.low or 0, term.type, term.scale).words(), Exact(term.high or 0, term.type, term.scale).words()) == ("£1.50 a week", "£7.00 a week")  # fmt: skip
