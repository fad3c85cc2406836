"""What an amendment inserts, or gives another name, has a name that nothing else bears (S48, S49): not only no provision."""

from __future__ import annotations

import pytest

import jurat
from grammar.source import Source
from jurat.rulebook import from_sources

LAW = """entity person
entity household contains person
unit visit plural visits
role head of household "Head" : one person
choice tenure : owner, tenant
instrument regs "Regulations"
  made 1 January 2007
  commences 1 January 2008
input pay of person "Pay" : £
rule help of person "Help" : £
  is £1
amendment change "Amendment"
  amends regs
  made 1 January 2009
  commences 1 January 2010
"""
TAKEN = ["assessment_date", "person", "visit", "visits", "head", "tenure", "owner", "pay", "help", "regs", "change"]


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize("operation", ['insert rule {} of person "Another" : £\n  is £2', "rename help to {}"])
def test_a_name_that_something_bears_is_taken(operation: str, name: str) -> None:
    """Else the text of a day, in which all of them stand side by side, could not be loaded."""
    rules = from_sources([Source("law.rules", LAW + operation.format(name))])
    [problem] = [problem for problem in jurat.check(rules) if problem.is_error]
    assert problem.code == "name-taken"
    assert f"`{name}`" in problem.message


def test_a_new_name_has_no_point_in_it() -> None:
    """That belongs to the names of other schemes."""
    rules = from_sources([Source("law.rules", LAW + "rename help to other.help")])
    assert [problem.code for problem in jurat.check(rules)] == ["name-spelling"]
