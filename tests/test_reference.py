"""Two readings of docs/semantics.md: on made-up books, households and days the engine and the reference agree.

They are compared in every term of everybody: the value, or every reason why there is none. `python -m tests.reference` runs longer.
"""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, seed, settings

from engine.mechanisms import REGISTRY
from engine.values import ReasonKind
from grammar.source import Source
from grammar.syntax import Sum
from tests.books import PEOPLE
from tests.reference import (
    amending,
    calendar,
    claims,
    days,
    law,
    meaning,
    members,
    paying,
    people,
    phrases,
    question,
    results,
    wording,
)
from tests.reference.agreement import Reached, When
from tests.reference.running import Scene, disagreement, run, scenes, smallest
from tests.reference.setting import MadeUp

BOOKS = 150
CLAIMS = 40
SEED = 13
STRETCHES = ("of", "before", "but one before", "length before", "length beginning", "length ending", "from to")
CLAUSES = {
    "Band", "Cell", "Row", "TableVersion", "Affecting", "Alternative", "Dated", "ExceptionClause", "Group", "Limb", "Limit", "Members", "Reading", "Rounding", "Unrounded",
    "Version", "Refuses", "every other day", "Days", "Stretch", *(f"stretch {kind}" for kind in STRETCHES),
    "on any", "on every", "on no", "on running", *(f"{which} over days" for which in ("sum", "highest", "lowest", "earliest", "latest")),
}  # fmt: skip
"""What has a meaning besides the phrases that a value is written with."""


@pytest.fixture(scope="module")
def reached() -> Reached:
    """What was reached; it fails with the smallest book on which the two differ."""
    return run(BOOKS, SEED)


def test_both_agree_and_everything_is_reached(reached: Reached) -> None:
    """Each mechanism, phrase and clause and each kind of reason was worked out, not only written."""
    print(reached.table())
    assert set(REGISTRY) <= set(reached.mechanisms)
    assert {kind.__name__ for kind in meaning.MEANINGS} | CLAUSES <= set(reached.phrases)
    assert set(get_args(ReasonKind)) - {"problems", "assumed fact", "not rounded"} <= set(reached.reasons)


@seed(SEED)
@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(scenes())
def test_both_agree_near_what_was_seen(scene: Scene) -> None:
    """Books that Hypothesis varies, one from another."""
    assert disagreement(scene, Reached()) == ""


def test_most_books_that_are_made_up_can_be_used(reached: Reached) -> None:
    """Else the comparison would be of a few plain books."""
    assert reached.totals["books accepted"] >= 100, reached.refused
    assert reached.totals["books accepted"] >= 0.65 * reached.totals["books made up"], reached.refused


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of the two adds wrongly, or gives another reason, it is told of whom and on which day."""
    book = MadeUp(
        f'{PEOPLE}input pay of person "Pay" : £\nrule twice of person "Twice" : £ is pay + pay\n',
        ["person"],
        [],
        ["twice"],
        [],
        [],
    )
    case = 'case "Two" given household home given person anna of home pay is £5 given person ben of home'
    scene = Scene(book, (Source("two.case", case),), (When(date(2010, 10, 1), None),))
    assert disagreement(scene, Reached()) == ""
    monkeypatch.setitem(meaning.MEANINGS, Sum, lambda expr, here: here.refused("clash"))
    told = disagreement(scene, Reached())
    assert "twice of home/anna on 2010-10-01" in told
    assert "twice of home/ben on 2010-10-01" in told


def test_both_pay_the_same() -> None:
    """Segments, payments and totals over periods in which the law, the facts, birthdays and who is there change (S55 to S57, S73)."""
    reached = run(CLAIMS, SEED, claims.claim_scene, claims.disagreement)
    print(reached.table())
    assert {f"paid {by}" for by, _ in claims.PAID} <= set(reached.phrases)
    assert {"not rounded", "missing fact", "not in force"} <= set(reached.reasons)
    assert reached.totals["payments compared"] - reached.totals["payments refused"] >= 2 * CLAIMS


def test_a_payment_that_differs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of the two counts ten days in a week."""
    text = f'{PEOPLE}input pay of person "Pay" : £ a week\nrule award of person "Award" : £ a week payable by the day is pay\n'
    scene = Scene(
        MadeUp(text, ["person"], [], ["award"], [], []),
        (Source("a.case", 'case "A" given household home given person anna of home pay is £7 per week'),),
        (When(date(2010, 10, 1), None),),
    )
    asked = claims.ClaimScene(scene, ("award",), date(2010, 10, 7))
    assert claims.disagreement(asked, Reached()) == ""
    monkeypatch.setattr(paying, "DAYS_A_WEEK", 10)
    assert "payment award ('home', 'anna') 2010-10-01 2010-10-07" in claims.disagreement(asked, Reached())


def test_what_differs_is_made_small() -> None:
    """Of the choices that made it, those that it takes."""
    assert smallest([3, 1, 4, 1, 5, 9, 2, 6], lambda choices: 4 in choices and 9 in choices) == [4, 9]


@pytest.mark.parametrize(
    "module",
    [amending, calendar, days, law, meaning, members, paying, people, phrases, question, results, wording],
    ids=lambda module: module.__name__.split(".")[-1],
)
def test_the_reference_shares_no_code_with_the_engine(module: ModuleType) -> None:
    """It reads the tree, and nothing else of the house."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not {name for name in imported if name.split(".")[0] in ("engine", "explain", "jurat")}
    assert {name for name in imported if name.split(".")[0] == "tests"} <= {
        "tests.reference", *(f"tests.reference.{part}" for part in ("calendar", "days", "law", "wording", "meaning", "members", "people", "phrases", "question", "results", "written"))
    }  # fmt: skip
