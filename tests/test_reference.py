"""Two readings of docs/semantics.md: on made-up books, households and days the engine and the reference agree.

They are compared in every term of everybody: the value, or every reason why there is none. `python -m tests.reference` runs longer.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.mechanisms import REGISTRY
from tests.reference import calendar, law, meaning, members, people, phrases, question, results
from tests.reference.agreement import Reached
from tests.reference.running import run

BOOKS = 50
SEED = 1
REASONS = {
    "missing fact", "not encoded", "not in force", "nobody", "month end", "division by zero", "below zero", "out of range", "clash",
}  # fmt: skip


@pytest.fixture(scope="module")
def reached() -> Reached:
    """What was reached; it fails with the smallest book on which the two differ."""
    return run(BOOKS, SEED)


def test_both_agree_and_everything_is_reached(reached: Reached) -> None:
    """Each mechanism, each phrase and each kind of reason was worked out, not only written."""
    print(reached.table())
    assert set(REGISTRY) <= set(reached.mechanisms)
    assert {kind.__name__ for kind in meaning.MEANINGS} <= set(reached.phrases)
    assert set(reached.reasons) >= REASONS


def test_most_books_that_are_made_up_can_be_used(reached: Reached) -> None:
    """Else the comparison would be of a few plain books."""
    assert reached.totals["books accepted"] >= 0.8 * reached.totals["books made up"], reached.refused


@pytest.mark.parametrize(
    "module", [calendar, law, meaning, members, people, phrases, question, results], ids=lambda m: m.__name__
)
def test_the_reference_shares_no_code_with_the_engine(module: object) -> None:
    """It reads the tree, and nothing else of the house."""
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))  # type: ignore[attr-defined]
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in imported if name.split(".")[0] in ("engine", "explain", "jurat", "grammar", "tests")}
    assert ours <= {name for name in ours if name.startswith(("grammar", "tests.reference"))}
