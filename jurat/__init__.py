"""Jurat: benefit rules in words, awards to the penny, explanations that can be redone with a pencil.

    >>> import jurat
    >>> rules = jurat.load("rules/jersey/income_support")
    >>> jurat.check(rules)
    ()
    >>> answer = jurat.assess(rules, "rules/jersey/income_support/cases/childcare.json")
    >>> answer.value("award", "home").words()
    '£288.40 a week'
    >>> print(jurat.explain(answer).splitlines()[0])
    Income Support award of home on 1 October 2010: £288.40 a week

Nothing here raises for a mistake in a rule file or a case: problems and refusals are values.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.assessment import Assessment as Assessment
    from engine.values import Exact as Exact
    from engine.values import Refusal as Refusal
    from grammar.problems import Problem as Problem
    from jurat.answers import Answer as Answer
    from jurat.answers import assess as assess
    from jurat.answers import explain as explain
    from jurat.comparing import Beside as Beside
    from jurat.comparing import compare as compare
    from jurat.consolidating import Consolidation as Consolidation
    from jurat.consolidating import consolidated as consolidated
    from jurat.curves import Curves as Curves
    from jurat.curves import curve as curve
    from jurat.paying import Payments as Payments
    from jurat.paying import pay as pay
    from jurat.rulebook import Rules as Rules
    from jurat.rulebook import check as check
    from jurat.rulebook import load as load

__version__ = "0.1.0"

BEGUN = time.time_ns()
"""When this program began to load its code; see jurat/cache.py."""

_WHERE = {
    "Answer": "jurat.answers",
    "Beside": "jurat.comparing",
    "Assessment": "engine.assessment",
    "Consolidation": "jurat.consolidating",
    "Curves": "jurat.curves",
    "Exact": "engine.values",
    "Payments": "jurat.paying",
    "Problem": "grammar.problems",
    "Refusal": "engine.values",
    "Rules": "jurat.rulebook",
    "assess": "jurat.answers",
    "check": "jurat.rulebook",
    "consolidated": "jurat.consolidating",
    "compare": "jurat.comparing",
    "curve": "jurat.curves",
    "explain": "jurat.answers",
    "load": "jurat.rulebook",
    "pay": "jurat.paying",
}
"""Public names and their modules: imported when first used, so that no command waits for what it does not need."""

__all__ = [
    "Answer", "Assessment", "Beside", "Consolidation", "Curves", "Exact", "Payments", "Problem", "Refusal", "Rules",
    "assess", "check", "compare", "consolidated", "curve", "explain", "load", "pay",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
