"""Decision tables (S34): the value of the one row that holds; gaps and overlaps found before there is a case."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jurat
from engine.checking import partition
from grammar.source import Source
from jurat.rulebook import from_sources
from tests.books import ON, PEOPLE, ask, book, household, problem_codes, words

VOCABULARY = """
choice tenure_type "How a home is held" : owner, tenant, lodger, living_with_family
input tenure of household "How the home is held" : tenure_type
input age of person "Age" : whole number
  range 0 to 120
input hours_worked of person "Hours of work" : hours a week
  range 0 hours per week to 168 hours per week
input share of person "Share" : %
  range 0% to 100%
input balance of person "Balance" : £
input born of person "Date of birth" : date
input parish of person "Parish" : text
input ill of person "Is ill" : yes/no
input works of person "Works" : yes/no
figure full_time "Full time" : hours a week
  35 hours per week from 1 January 2009
  37.5 hours per week from 1 October 2010
  not encoded "the order was not found" from 1 January 2012
"""


def table(*rows: str, by: str, type_: str = "£ a week") -> str:
    return f'{VOCABULARY}\ntable rate of person "Rate" : {type_}\n  by {by}\n  ' + "\n  ".join(rows) + "\n"


def problems(*rows: str, by: str) -> list[str]:
    return [p.message for p in jurat.check(from_sources([Source("test.rules", PEOPLE + table(*rows, by=by))]))]


# ---- what each cell holds for ---------------------------------------------------------------------------------------

CELLS: list[tuple[str, str, dict[Any, bool]]] = [
    ("age", "3", {2: False, 3: True, 4: False}),
    ("age", "3 to 4", {2: False, 3: True, 4: True, 5: False}),
    ("age", "under 3", {0: True, 2: True, 3: False}),
    ("age", "3 or under", {3: True, 4: False}),
    ("age", "over 5", {5: False, 6: True}),
    ("age", "5 or over", {4: False, 5: True, 120: True}),
    ("age", "5 to under 12", {4: False, 5: True, 11: True, 12: False}),
    ("age", "over 5 to 12", {5: False, 6: True, 12: True, 13: False}),
    ("balance", "-£5 or under", {"-5.01": True, "-5": True, "-4.99": False}),
    ("balance", "over -£5 to £0.50", {"-5": False, "-4.99": True, "0.5": True, "0.51": False}),
    ("hours_worked", "16 hours per week to under full_time", {"15.9999": False, "16": True, "37.4999": True, "37.5": False}),
    ("hours_worked", "full_time or over", {"37.4999": False, "37.5": True, "168": True}),
    ("hours_worked", "full_time or under", {"37.5": True, "37.5001": False}),
    ("hours_worked", "full_time", {"37.4999": False, "37.5": True}),
    ("share", "12.5%", {"12.5": True, "12.4999": False}),
    ("born", "1 March 2008 to 31 March 2008", {"2008-02-29": False, "2008-03-01": True, "2008-03-31": True, "2008-04-01": False}),
    ("born", "under 1 March 2008", {"2008-02-29": True, "2008-03-01": False}),
    ("ill", "yes", {True: True, False: False}),
    ("parish", '"St Helier"', {"St Helier": True, "st helier": False}),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "values"), CELLS, ids=[f"{column} {cell}" for column, cell, _ in CELLS])
def test_a_cell_at_below_and_above_each_end(column: str, cell: str, values: dict[Any, bool]) -> None:
    """Where the row does not hold, `otherwise` does."""
    rules = book(table(f"row inside: {cell} gives yes", "otherwise no", by=column, type_="yes/no"))
    for value, holds in values.items():
        assert words(rules, household({column: value}), "rate") == ("yes" if holds else "no"), value


def test_values_of_a_choice_joined_by_or() -> None:
    """And a column of the household that contains the person."""
    rules = book(table("row a: owner or tenant gives £1 per week", "row b: lodger or living_with_family gives £2 per week", by="tenure of household"))  # fmt: skip
    for tenure, rate in {"owner": 1, "tenant": 1, "lodger": 2, "living_with_family": 2}.items():
        assert words(rules, household({}, tenure=tenure), "rate") == f"£{rate}.00 a week"


def test_columns_of_a_role_and_of_everyone() -> None:
    """A column is whatever a rule could read there; a table may be the same for everyone."""
    rules = book("""
role claimant of household "Claimant" : one person
input age of person "Age" : whole number
  range 0 to 120
input index of everyone "Index" : number
table index_class of everyone "Class" : whole number
  by index
  row low: under 100 gives 1
  row high: 100 or over gives 2
table rate of household "Rate" : £ a week
  by age of claimant, index_class
  row young: under 25, any gives £1 per week
  row old: 25 or over, 1 gives £2 per week
  row old_and_high: 25 or over, 2 gives £3 per week
""")
    for age, index, rate in ((24, 99, 1), (25, "99.9999", 2), (25, 100, 3)):
        case = household({"age": age, "as": "claimant"}) | {"index": index}
        assert words(rules, case, "rate") == f"£{rate}.00 a week"


def test_each_row_is_rounded_as_its_instrument_says() -> None:
    """Values are any values of the language (S19)."""
    text = 'instrument order "Order"\n  made 1 January 2009\n  commences 1 January 2009\n  money rounded to the nearest 1p\n'
    text += 'input pay of person "Pay" : £ a week\n'
    text += table("row a: yes gives 12.5% × pay", "row b: no gives 12.5% × pay, rounded up to 10p", by="ill")
    assert words(book(text), household({"ill": True, "pay": "0.50"}), "rate") == "£0.06 a week"
    assert words(book(text), household({"ill": False, "pay": "1"}), "rate") == "£0.20 a week"


# ---- what is needed (S37) -------------------------------------------------------------------------------------------

LAZY = book(
    table(
        "row ill: yes, any, any gives £1 per week",
        "row young: no, under 25, any gives £2 per week",
        "row working: no, 25 or over, yes gives £3 per week",
        "row idle: no, 25 or over, no gives not encoded \"not found\"",
        by="ill, age, works",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ({"ill": True}, "£1.00 a week"),
        ({"ill": False, "age": 24}, "£2.00 a week"),
        ({"ill": False, "age": 25, "works": True}, "£3.00 a week"),
        ({"ill": False, "age": 25, "works": False}, "refused: not encoded"),
        ({}, "refused: missing fact, missing fact, missing fact"),
        ({"ill": False}, "refused: missing fact, missing fact"),
        ({"age": 24, "works": True}, "refused: missing fact"),
        ({"ill": False, "works": True}, "refused: missing fact"),
    ],
)
def test_only_what_the_row_asks_for_is_needed(facts: dict[str, Any], rate: str) -> None:
    """A row is no if any cell is no; the value of no other row is worked out."""
    assert words(LAZY, household(facts), "rate") == rate


def test_a_fact_that_the_row_does_not_ask_for_is_told_as_not_used() -> None:
    """The ill person's age decides nothing."""
    answer = ask(LAZY, household({"ill": True, "age": 30}), "rate").assessment
    assert answer is not None
    assert [use.term.name for use in answer.facts] == ["ill"]
    assert [(use.term.name, use.unused) for use in answer.unused] == [("age", "no answer needs it")]


def test_an_end_that_is_not_encoded() -> None:
    """Only a case that depends on it is refused; what may be a gap only because of it is none."""
    rules = book(table(
        "row few: under 16 hours per week gives £1 per week",
        "row many: 16 hours per week to under full_time gives £2 per week",
        "otherwise £3 per week",
        by="hours_worked",
    ))  # fmt: skip
    found = [words(rules, household({"hours_worked": hours}), "rate", on=date(2012, 1, 1)) for hours in ("15", "16", "168")]
    assert found == ["£1.00 a week", "refused: not encoded", "refused: not encoded"]
    assert words(rules, household({"hours_worked": "168"}), "rate", on=date(2011, 1, 1)) == "£3.00 a week"


def test_a_table_that_law_without_a_term_touches() -> None:
    """It is refused to those, and told to all others (S65)."""
    text = 'instrument order "Order"\n  made 1 January 2009\n  commences 1 January 2009\n' + table(
        "row a: yes gives £1 per week", "row b: no gives £2 per week", by="ill"
    )
    text += 'provision "Article 8" not encoded "how it is shared" affecting rate when works\n'
    rules = book(text)
    assert words(rules, household({"ill": True, "works": False}), "rate") == "£1.00 a week"
    assert words(rules, household({"ill": True, "works": True}), "rate") == "refused: not encoded"
    printed = jurat.explain(ask(rules, household({"ill": True, "works": False}), "rate"))
    assert "This row holds: Is ill: yes" in printed
    assert ", which is not encoded" in printed


def test_an_end_that_others_work_out() -> None:
    """An amount may be worked out from other figures; a date is written out, until it is known before a case is."""
    text = VOCABULARY + 'figure part_time "Part time" : hours a week\n  full_time ÷ 2 from 1 January 2009\n'
    text += 'figure first_day "First day" : date\n  1 March 2008 + 14 days from 1 January 2009\n'
    rate = 'table rate of person "Rate" : £ a week\n  by {}\n  row a: under {} gives £1 per week\n  otherwise £2 per week\n'
    rules = book(text + rate.format("hours_worked", "part_time"))
    for day, hours, due in ((date(2009, 5, 1), "17.4999", 1), (date(2009, 5, 1), "17.5", 2), (ON, "17.5", 1), (ON, "18.75", 2)):
        assert words(rules, household({"hours_worked": hours}), "rate", on=day) == f"£{due}.00 a week"
    assert words(rules, household({"hours_worked": "1"}), "rate", on=date(2012, 1, 1)) == "refused: not encoded"
    assert problem_codes(text + rate.format("born", "first_day")) == ["figure-needed"]


def test_figures_of_several_schemes() -> None:
    """An end, or a figure alone in a cell, is one of the scheme in which the table stands, or of the one that is named."""
    figure = 'figure limit "Limit" : whole number\n  {} from 1 January 2000\n'
    tax = Source("tax/tax.rules", 'scheme tax "Tax"\n' + PEOPLE + 'input age of person "Age" : whole number\n' + figure.format(5))
    care = 'scheme care "Care"\n  uses tax\n' + figure.format(8) + 'table rate of person "Rate" : whole number\n  by age\n'
    care += "  row a: limit gives 1\n  row b: tax.limit or under gives 2\n  otherwise 3\n"
    rules = from_sources([tax, Source("care/care.rules", care)])
    assert jurat.check(rules) == ()
    assert [words(rules, household({"age": age}), "rate") for age in (4, 5, 6, 8, 9)] == ["2", "2", "3", "1", "3"]


# ---- gaps and overlaps ----------------------------------------------------------------------------------------------

SAID = [
    ("age", ["under 3", "4 or over"], ["No row says what holds for: age 3."]),
    ("age", ["under 3", "3 or over"], []),
    ("age", ["0 to 2", "3 to 120"], []),
    ("age", ["0 to 2", "3 to 119"], ["No row says what holds for: age 120."]),
    ("age", ["0 to 3", "3 or over"], ["Rows `r0` and `r1` both hold for: age 3."]),
    ("hours_worked", ["under 10 hours per week", "11 hours per week or over"], ["No row says what holds for: hours_worked 10 hours per week to under 11 hours per week."]),
    ("hours_worked", ["10 hours per week or under", "11 hours per week or over"], ["No row says what holds for: hours_worked between 10 hours per week and 11 hours per week."]),
    ("balance", ["£0 or under", "over £0 to £10"], ["No row says what holds for: balance over £10.00."]),
    ("born", ["1 March 2008 or under", "2 March 2008 or over"], []),
    ("born", ["1 March 2008 or under", "3 March 2008 or over"], ["No row says what holds for: born 2 March 2008."]),
    ("parish", ['"St Helier"'], ["No row says what holds for: parish any other text."]),
    ("parish", ['"St Helier"', "any"], ['Rows `r0` and `r1` both hold for: parish "St Helier".']),
    ("tenure of household", ["owner or tenant", "lodger"], ["No row says what holds for: tenure living_with_family."]),
    ("ill, works", ["yes, any", "no, yes"], ["No row says what holds for: ill no, works no."]),
    ("ill, works", ["yes, any", "any, yes"], ["Rows `r0` and `r1` both hold for: ill yes, works yes.", "No row says what holds for: ill no, works no."]),
    ("ill, works", ["any, any", "any, any"], ["Rows `r0` and `r1` both hold whatever the case."]),
]  # fmt: skip


def test_a_column_and_an_end_that_are_both_unknown() -> None:
    """Both reasons are given at once (S38)."""
    rules = book(table("row few: under full_time gives £1 per week", "otherwise £2 per week", by="hours_worked"))
    assert words(rules, household({}), "rate", on=date(2012, 1, 1)) == "refused: missing fact, not encoded"


@pytest.mark.parametrize(("by", "cells", "said"), SAID, ids=[f"{by} {cells}" for by, cells, _ in SAID])
def test_gaps_and_overlaps(by: str, cells: list[str], said: list[str]) -> None:
    """Over the values that the columns are declared to have: whole numbers and days one by one, others without a space."""
    rows = [f"row r{n}: {cell} gives £{n} per week" for n, cell in enumerate(cells)]
    assert sorted(problems(*rows, by=by)) == sorted(said)


def test_every_day_is_checked() -> None:
    """A row that ends leaves a gap; a figure that moves makes two rows overlap; each is found though today is sound."""
    ends = table("row a: yes gives £1 per week", "row b: no gives £1 per week from 1 January 2009 until 31 May 2015", by="ill")
    assert problem_codes(ends) == ["table-gap"]
    assert problem_codes(ends.replace(" from 1 January 2009 until 31 May 2015", "")) == []
    moves = ("row a: under full_time gives £1 per week", "row b: 36 hours per week or over gives £2 per week")
    assert problems(*moves, by="hours_worked") == [
        "No row says what holds for: hours_worked 35 hours per week to under 36 hours per week.",
        "Rows `a` and `b` both hold for: hours_worked 36 hours per week.",
    ]


def tree() -> list[partition.Box]:
    """Sixty rows over ten columns of twelve values, which exclude each other and leave nothing out."""
    boxes = [tuple(4095 for _ in range(10))]
    for number in range(59):
        box, axis = boxes.pop(0), number % 10
        pieces = [piece for piece in range(12) if box[axis] >> piece & 1]
        half = sum(1 << piece for piece in pieces[: len(pieces) // 2])
        boxes += [(*box[:axis], part, *box[axis + 1 :]) for part in (half, box[axis] - half)]
    return boxes


def test_ten_columns_and_sixty_rows_take_no_time() -> None:
    """Rows that exclude each other: their sizes add up; one left out is found."""
    boxes = tree()
    assert len(boxes) == 60
    assert partition.gap([12] * 10, boxes) is None
    gap = partition.gap([12] * 10, boxes[1:])
    assert gap is not None
    assert all(boxes[0][axis] >> piece & 1 for axis, piece in enumerate(gap))


def test_rows_that_overlap_in_too_many_ways_are_not_looked_through() -> None:
    """The search ends: each row of the tree with a value more in each column."""
    boxes = [
        tuple(bits | 1 << (7 * number + 5 * axis) % 12 for axis, bits in enumerate(box)) for number, box in enumerate(tree())
    ]
    with pytest.raises(partition.TooManyError):
        partition.gap([12] * 10, boxes)


AGE_CELLS = [
    "any",
    *(str(n) for n in range(6)),
    "0 to 2",
    "1 to 4",
    "under 3",
    "over 1 to 3",
    "2 to under 5",
    "3 or over",
    "over 4",
]
SPACE_CELLS = ["any", "1%", "under 1%", "1% or over", "over 1%", "1% to under 3%", "over 1% to 3%", "3% or over", "1% or under"]
YES_NO_CELLS = ["any", "yes", "no"]
SMALL = VOCABULARY.replace("range 0 to 120", "range 0 to 5").replace("range 0% to 100%", "range 0% to 4%")
DOMAIN = list(product(range(6), ["0", "0.5", "1", "2", "3", "3.5", "4"], [True, False]))


def holds(cell: str, value: object) -> bool:
    """What a cell means, by Python's own comparisons of its words."""
    if cell in ("any", "yes", "no"):
        return cell == "any" or value is (cell == "yes")
    number, said = float(str(value)), cell.replace("%", "").split()
    match said:
        case [n]:
            return number == float(n)
        case ["under", n]:
            return number < float(n)
        case ["over", n]:
            return number > float(n)
        case [n, "or", "under"]:
            return number <= float(n)
        case [n, "or", "over"]:
            return number >= float(n)
        case ["over", a, "to", b]:
            return float(a) < number <= float(b)
        case [a, "to", "under", b]:
            return float(a) <= number < float(b)
        case [a, "to", b]:
            return float(a) <= number <= float(b)
    raise AssertionError(cell)


CELL = st.tuples(st.sampled_from(AGE_CELLS), st.sampled_from(SPACE_CELLS), st.sampled_from(YES_NO_CELLS))


@settings(max_examples=150, deadline=None)
@given(st.lists(CELL, min_size=1, max_size=6))
def test_the_verdict_is_that_of_trying_every_case(rows: list[tuple[str, str, str]]) -> None:
    """And where there is neither a gap nor an overlap, every case gets the value of its one row."""
    lines = [f"row r{n}: {', '.join(cells)} gives £{n} per week" for n, cells in enumerate(rows)]
    text = SMALL + '\ntable rate of person "Rate" : £ a week\n  by age, share, ill\n  ' + "\n  ".join(lines) + "\n"
    holding = {case: [n for n, cells in enumerate(rows) if all(map(holds, cells, case))] for case in DOMAIN}
    wanted = {"rows-overlap": any(len(found) > 1 for found in holding.values()), "table-gap": not all(holding.values())}
    found = set(problem_codes(text)) - {"row-never-holds"}
    assert found == {code for code, is_so in wanted.items() if is_so}
    if not found:
        rules = book(text)
        for (age, share, ill), [row] in holding.items():
            assert words(rules, household({"age": age, "share": share, "ill": ill}), "rate") == f"£{row}.00 a week"
