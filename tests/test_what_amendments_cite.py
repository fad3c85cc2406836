"""What stands beside an amended text: where it is cited, how it follows from the one before, and what of it is a part."""

from __future__ import annotations

from datetime import date

import jurat
from engine.rates import rate_table
from engine.testing.coverage import parts_of
from engine.testing.mentions import mentions
from jurat.rulebook import Rules
from tests.books import book, household, words

LAW = """
instrument report "Report on rates"
  made 1 June 2010

instrument regs "Regulations"
  made 1 January 2009
  commences 1 January 2009

input age of person "Age" : whole number
  default 30

figure top "Top rate" : £ a week
  cite "Schedule 1"
  not encoded "the rate was not found" from 1 January 2009

table rate of person "Rate" : £ a week
  cite "Schedule 2"
  by age
  row young: under 18 gives £20 per week
  row old: 18 or over gives £40 per week

rule supplement of person "Supplement" : £ a week
  cite "Schedule 3"
  is not encoded "it was not found" when age < 18
  otherwise £1 per week

rule due of person "Due" : £ a week
  is top + rate + supplement

amendment uprating "Uprating Regulations"
  amends regs
  made 20 July 2010
  commences 1 October 2010

in top for not encoded substitute £100 per week
  made by "Regulation 2"
  cite report "Table 1"

in rate row old for £40 per week substitute £41 per week
  being 3% more, rounded to the nearest £1
  made by "Regulation 3"
  cite report "Table 2"

in supplement for not encoded substitute £2 per week
"""
BEFORE, AFTER = date(2010, 9, 30), date(2010, 10, 1)


def rates(rules: Rules) -> dict[str, str]:
    """By row, how it is said to follow."""
    table = rate_table(rules.on(BEFORE).graph, rules.on(AFTER).graph, rules.files)
    return {rate.place: rate.stated.span.text for rate in table.rates if rate.stated is not None}


def test_what_is_not_encoded_is_quoted_without_its_reason() -> None:
    """Of a figure and in a rule: what was not found before is known from the amendment on."""
    rules = book(LAW)
    case = household({"age": 10})
    assert words(rules, case, "due", "a", on=BEFORE) == "refused: not encoded, not encoded"
    assert words(rules, case, "due", "a", on=AFTER) == "£122.00 a week"


def test_what_is_encoded_is_not_taken_for_what_is_not() -> None:
    """`for not encoded` is checked as any other wording."""
    wrong = LAW.replace("in rate row old for £40 per week", "in rate row old for not encoded").replace("  being 3% more, rounded to the nearest £1\n", "")  # fmt: skip
    found = [problem for problem in jurat.check(_unchecked(wrong)) if problem.is_error]
    assert [(problem.code, problem.message) for problem in found] == [
        ("stale-wording", "On 1 October 2010 `rate` does not say `not encoded`; it says `£40 per week`.")
    ]


def _unchecked(text: str) -> Rules:
    from grammar.source import Source
    from jurat.rulebook import from_sources
    from tests.books import PEOPLE

    return from_sources([Source("test.rules", PEOPLE + text)])


def test_an_operation_cites_where_its_text_is_printed() -> None:
    """Beside what the provision cites; and an unknown instrument there is a problem, as anywhere."""
    graph = book(LAW).on(AFTER).graph
    figure, table = (graph.by_name[name] for name in ("top", "rate"))
    assert figure.authority is not None
    assert [str(cite) for cite in figure.authority.cites] == ["Regulations, Schedule 1", "Report on rates, Table 1"]
    assert table.in_force is not None
    [old] = [row for row in table.in_force.rows if row.clause.name == "old"]
    assert [str(cite) for cite in old.authority.cites] == ["Regulations, Schedule 2", "Report on rates, Table 2"]
    assert (old.authority.made_by, old.authority.made_by_provision) == ("Uprating Regulations", "Regulation 3")
    unknown = jurat.check(_unchecked(LAW.replace('cite report "Table 1"', 'cite reports "Table 1"')))
    assert [problem.code for problem in unknown if problem.is_error] == ["unknown-instrument"]


def test_a_row_that_follows_is_marked_in_the_table_of_rates() -> None:
    """As a figure is; not where a figure stands despite its percentage, and not where the day before is another."""
    assert rates(book(LAW)) == {"regs:rate#row.old": "being 3% more, rounded to the nearest £1"}
    despite = LAW.replace("3% more, rounded to the nearest £1", '5% more despite "it was so printed"')
    assert rates(_unchecked(despite)) == {}


def test_an_amended_row_is_a_part_and_the_others_stay_what_they_were() -> None:
    """What only carries a text on from before is none of its own."""
    parts = {(part.kind, part.label) for part in parts_of(book(LAW).law) if part.term == "rate"}
    assert parts == {
        ("row", "row young"),
        ("row", "row old, from 1 January 2009"),
        ("row", "row old, from 1 October 2010"),
    }


def test_a_row_that_is_carried_on_says_since_when() -> None:
    """An amendment of one row makes the table's text anew, and nothing of the other."""
    table = book(LAW).on(AFTER).graph.by_name["rate"]
    assert table.in_force is not None
    since = {row.clause.name: row.authority.since for row in table.in_force.rows}
    assert since == {"young": date(2009, 1, 1), "old": AFTER}
    assert table.authority is not None
    assert (table.authority.since, table.authority.made_by) == (date(2009, 1, 1), "Regulations")


def test_the_coverage_map_names_what_amendments_cite() -> None:
    """The places of the amendment itself, and those that it cites; each with what it wrote."""
    rules = book(LAW)
    found = {(m.instrument, m.place): [part.label for part in m.parts] for m in mentions(rules.law, rules.files)}
    assert found["uprating", "Regulation 2"] == ["`£100 per week` from 1 October 2010"]
    assert found["report", "Table 1"] == ["`£100 per week` from 1 October 2010"]
    assert found["uprating", "Regulation 3"] == ["row old, from 1 January 2009", "row old, from 1 October 2010"]
    assert {place for instrument, place in found if instrument == "regs"} == {"Schedule 1", "Schedule 2", "Schedule 3"}
