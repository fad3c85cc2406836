"""The list of changes fits the code: each is still a change of exactly one place."""

from __future__ import annotations

from engine.mechanisms import REGISTRY
from tests.books import ROOT
from tests.mutation.__main__ import MUTANTS
from tests.mutation.explaining import EXPLAINING


def test_each_mutant_changes_one_place() -> None:
    """What is to be replaced stands once in its file, and the tests that shall notice are there."""
    for file, old, new, tests in (*MUTANTS, *EXPLAINING):
        assert (ROOT / file).read_text("utf-8").count(old) == 1, f"{file}: {old}"
        assert old != new
        assert all((ROOT / test).is_file() for test in tests.split())


def test_each_module_of_mechanisms_has_a_mutant() -> None:
    """None is left out."""
    modules = {mechanism.prepare.__module__.replace(".", "/") + ".py" for mechanism in REGISTRY.values()}
    assert modules <= {file for file, *_ in MUTANTS}
