"""The shares of the causes sum exactly to the difference: of every household that is shipped, and on made-up law."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import jurat
from engine.assess import asked_terms, assess
from engine.cases.questions import bound_case, read_case
from engine.comparing.causes import Passage, Side
from engine.comparing.households import Compared, Comparison
from engine.comparing.splitting import state_of
from grammar.problems import errors
from grammar.source import Source
from jurat.rulebook import Rules, from_sources
from tests.comparing import (
    AFTER,
    BEFORE,
    HOUSEHOLDS,
    INCOME_SUPPORT,
    of,
    sums,
)
from tests.reference.running import Scene, scenes


@pytest.fixture(scope="module")
def jersey() -> Rules:
    return jurat.load(INCOME_SUPPORT)


@pytest.mark.parametrize("case", HOUSEHOLDS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("first", "last"), [(BEFORE, AFTER), (date(2009, 10, 1), date(2010, 10, 1)), (AFTER, date(2018, 10, 1))])
def test_the_causes_sum_to_the_difference_for_every_household(case: Path, first: date, last: date, jersey: Rules) -> None:
    found = jurat.compare(jersey, case, first=first, last=last)
    if found.household is None:  # a household that is not there yet
        assert {problem.code for problem in errors(found.problems)} <= {"nobody-there"}
        return
    sums(found.household)


@seed(1)
@settings(max_examples=40, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(scenes())
def test_the_causes_sum_to_the_difference_on_random_law(scene: Scene) -> None:
    """On made-up books with versions, exceptions, several instruments and what was known when: every term of everybody.

    With all causes applied the law between is the second law, and with none it is the first.
    """
    rules = from_sources([Source("made_up.rules", scene.book.text)])
    if errors(rules.problems):
        return
    days = sorted({when.day for when in scene.days})
    known = sorted({when.known for when in scene.days if when.known})
    pairs = [(Side(days[0]), Side(days[-1]))]
    pairs += [(Side(days[-1], known[0]), Side(days[-1], known[-1]))] if len(known) > 1 else []
    for before, after in pairs:
        graphs = [rules.on(side.on, side.known) for side in (before, after)]
        if any(errors(one.problems) for one in graphs):
            continue
        passage = Passage(rules.law, before, after)
        for source in scene.cases:
            text, _ = read_case(source)
            assert text is not None
            bound = bound_case(text, graphs[1].graph, after.on, after.known)
            asked, _ = asked_terms(graphs[1].graph, scene.book.terms)
            if errors(bound.problems):
                continue
            found = Comparison(passage, graphs[0].graph, graphs[1].graph).household(bound.case, asked)
            sums(found)
            _ends_as_it_should(passage, found, graphs[1].graph, asked)


def _ends_as_it_should(passage: Passage, found: Compared, graph: Any, asked: Any) -> None:
    between = passage.after_causes(range(len(passage.causes)))
    assert between.graph.effect == graph.effect
    state = state_of(assess(between.graph, found.after.case, [between.graph.by_name[term.name] for term in asked]))
    assert {key: of(one) for key, one in state.answers.items()} == {
        key: of(one) for key, one in state_of(found.after).answers.items()
    }
    if passage.before.on == passage.after.on:
        assert passage.after_causes(()).graph.effect == found.before.graph.effect
