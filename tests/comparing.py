"""What the tests of comparing share: small laws, and what was found told in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import jurat
from engine.comparing.causes import LawCause
from engine.comparing.facts import DayCause, FactCause
from engine.comparing.households import Compared
from engine.comparing.laws import LawsCompared
from engine.comparing.splitting import Found, Move
from engine.values import Exact
from grammar.problems import errors
from grammar.source import Source
from jurat.cli import main
from jurat.comparing import Beside
from jurat.comparing_books import compare_books
from jurat.rulebook import Rules, from_sources
from tests.books import PEOPLE, RULES

INCOME_SUPPORT = RULES / "jersey" / "income_support"
AMENDED = Path(__file__).parent / "examples" / "amended"
HOUSEHOLDS = sorted((INCOME_SUPPORT / "cases").glob("*.case"))
BEFORE, AFTER = date(2010, 9, 30), date(2010, 10, 1)

REGULATIONS = """
instrument regs "Regulations"
  made 1 May 2007
  commences 1 January 2008
  short months: last day
instrument order "Order"
  made 1 June 2010
  commences 1 October 2010
instrument regs continued
"""

FORMATS = [("text", ".txt"), ("md", ".md"), ("html", ".html"), ("json", ".json")]

LAW = """
input pay of person "Pay" : £ a week default £0 per week
figure rate "Rate" : £ a week
  £10.00 per week from 1 January 2008
figure unused "Rate of nothing" : £ a week
  £1.00 per week from 1 January 2008
rule help of person "Help" : £ a week
  payable by the week
  is rate + £2.00 per week
"""

CARE = """
input pay of person "Pay" : £ a week default £0 per week
input visits of person "Visits" : number default 0 range 0 to 100
input price of person "Price of a visit" : £ a week default £0 per week range £0 per week to £100 per week
rule care of person "Care" : £ a week
  is visits × price, rounded to the nearest 1p
rule help of household "Help" : £ a week
  payable by the week
  is £100.00 per week + sum of care over person - sum of pay over person, but not less than £0 per week
"""


def people(**facts: Mapping[str, object]) -> dict[str, object]:
    return {"version": 1, "on": "2010-10-01", "household": {"home": {"person": facts}}}


def book(text: str) -> Rules:
    rules = from_sources([Source("test.rules", PEOPLE + REGULATIONS + text)])
    assert not errors(jurat.check(rules)), [problem.message for problem in errors(jurat.check(rules))]
    return rules


def laws(old: str, new: str, on: date = AFTER) -> LawsCompared:
    """Two books on a day, each without errors."""
    found = compare_books(book(old), book(new), on)
    assert found.is_found, found.problems
    return found.laws[0]


def household(found: Beside) -> Compared:
    assert found.household is not None, found.problems
    return found.household


def compare(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["compare", *map(str, arguments)])
    return status, *capsys.readouterr()


def named(causes: Sequence[object]) -> tuple[str, ...]:
    names: list[str] = []
    for cause in causes:
        if isinstance(cause, LawCause):
            assert cause.instrument is not None
            names += [cause.instrument.name, *cause.terms]
        elif isinstance(cause, FactCause):
            names.append(".".join([*cause.path, cause.name or cause.kind]))
        else:
            assert isinstance(cause, DayCause)
            names.append("the day")
    return tuple(names)


def difference(move: Any) -> str | None:
    return None if move.difference is None else move.difference.words()


def sums(found: Compared) -> None:
    """Of every answer that both sides have, the shares add up to the difference; and each begins where the last one ended."""
    for key, move in found.answers.items():
        steps = [one.moves[key] for one in found.contributions if key in one.moves]
        states = [move.before, *(step.after for step in steps)]
        assert [of(step.before) for step in steps] == [of(state) for state in states[:-1]]
        assert of(states[-1]) == of(move.after)
        if move.difference is not None and steps:
            assert all(step.difference is not None for step in steps)
            assert sum(map(_fraction, steps)) == _fraction(move)


def _fraction(move: Move) -> Fraction:
    assert move.difference is not None
    assert isinstance(move.difference.value, int)
    return Fraction(move.difference.value, move.difference.scale)


def of(found: Found) -> object:
    return found.value if isinstance(found.value, Exact) else type(found.value)
