"""A few seconds of the search for an input that breaks a promise, and every input that ever did."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from grammar.parsing import parse
from grammar.source import Source
from tests.books import ROOT
from tests.fuzz.corpus import seeds
from tests.fuzz.exchange import exchanged
from tests.fuzz.guided import search
from tests.fuzz.planted import planted
from tests.fuzz.promises import Stopwatch
from tests.fuzz.shrink import fault, smallest
from tests.fuzz.target import run

FOUND = sorted((Path(__file__).parent / "found").glob("*.*"))
KIND = {".rules": b"r", ".json": b"j", ".case": b"c"}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_once_broke_a_promise_does_not_any_more(path: Path) -> None:
    """The smallest input of each fault that was found."""
    assert fault(run, KIND[path.suffix] + path.read_bytes()) is None


def test_a_short_search_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every seed and a hundred changes; `python -m tests.fuzz --minutes 60` runs longer."""
    monkeypatch.setattr(Stopwatch, "slack", 20.0)
    found = search(run, seeds(), seed=3, seconds=600, most=len(seeds()) + 100)
    assert found.broken is None, found.broken
    assert found.executions == len(seeds()) + 100
    assert len(found.edges) > 3_000


def test_most_changes_that_keep_to_the_grammar_are_still_read() -> None:
    """So they reach what stands behind the reader; and they do change something."""
    text = (ROOT / "rules/jersey/income_support/childcare.rules").read_text("utf-8")
    other = text.replace("person", "household")
    changed = [exchanged(text, other, random.Random(seed)) for seed in range(100)]
    assert sum(new != text for new in changed) > 80
    assert sum(not parse(Source("", new)).problems for new in changed) > 50


def test_a_planted_fault_is_seen_and_made_small() -> None:
    """The invariants can fail; what is kept of an input is what the fault needs."""
    text = 'r# a comment\nentity person\ninput pay of person "Pay" : £\n  range -£5 to £7\n  cite "5(a)"\nentity household\n'
    assert fault(run, text.encode()) is None
    with planted("in the reader, where a range begins below zero"):
        assert str(fault(run, text.encode())).startswith("PlantedError")
        small = smallest(run, text.encode()).decode()
    assert "".join(small.split()) == 'rinputpayofperson"Pay":£range-£5to£7'
