"""What is made once for all days is what would be made for each: of the shipped law, and of every book of the conformance cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import jurat
from engine.book.consolidate import NO_READINGS, book_days, consolidate
from engine.book.law import Law
from engine.checking.check import check
from engine.checking.earlier import of
from engine.graph import Checked, Graph
from engine.working import graph_on
from grammar.rendering import render_all
from tests.books import shipped
from tests.conforming import FILES, cases_in


def said(graph: Graph) -> list[object]:
    """All that a graph says: its terms by what they come to, and its digests."""
    terms = [
        (t.index, t.name, t.identity, t.effect, t.law, t.at_all_times, t.scale, t.low, t.high, t.constant) for t in graph.terms
    ]
    return [graph.effect, graph.law, *terms]


def afresh(law: Law, day: date, readings: frozenset[str] = NO_READINGS) -> Checked:
    """A day of which nothing has been made before, of itself or of another."""
    law.made.clear()
    found = check(consolidate(law, day, None, readings))
    law.made.clear()
    return found


@pytest.mark.parametrize("reading", [None, *sorted(shipped().law.readings)[:3]])
def test_another_day_of_the_shipped_law(reading: str | None) -> None:
    """Seen from one day, with a reading and without: the graph that it would have by itself."""
    law, readings = shipped().law, frozenset(filter(None, (reading,)))
    days = book_days(law)[:: 8 if reading is None else 24]
    wanted = [said(afresh(law, day, readings).graph) for day in days]
    seen_from = afresh(law, book_days(law)[-1], readings).graph
    found = [graph_on(seen_from, day) for day in days]
    assert [said(graph) for graph in found if isinstance(graph, Graph)] == wanted
    assert seen_from.book.law is law.on(seen_from.on)
    assert {id(term) for graph in found if isinstance(graph, Graph) for term in graph.terms} < {
        *(id(made.term) for made in of(law).made.values()),
        *map(id, of(law).inputs),
        *map(id, seen_from.terms),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_day_of_a_book(path: Path) -> None:
    """Its terms and its problems, on each day in turn and by itself."""
    for case in cases_in(path):
        law = case.book.law
        days = book_days(law)
        wanted = [afresh(law, day) for day in days]
        found = [check(consolidate(law, day), earlier=of(law)) for day in days]
        assert [said(checked.graph) for checked in found] == [said(checked.graph) for checked in wanted], case.title
        assert [render_all(checked.problems) for checked in found] == [render_all(checked.problems) for checked in wanted], (
            case.title
        )


def test_what_was_made_of_all_days_is_let_go() -> None:
    """A check looks at every day; nobody who asks after it does."""
    rules = cases_in(FILES[0])[0].book
    jurat.check(rules)
    assert not rules.law.made
