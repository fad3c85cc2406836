"""Comparing, from a warm book: two dates of the rules of Jersey, and one household on both.

python benchmarks/comparing.py   the two laws, told as text; the first household; every further one, told as text

In processor time: what else the machine does in the meantime does not count, though it still slows memory down.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

import jurat  # noqa: E402
from engine.comparing.causes import Passage, Side  # noqa: E402
from engine.comparing.households import Comparison  # noqa: E402
from engine.comparing.laws import compare_laws  # noqa: E402
from explain.comparing.households import render_household, told_household  # noqa: E402
from explain.comparing.laws import labels, render_laws, told_laws  # noqa: E402
from jurat.answers import asked_of  # noqa: E402

SCHEME = CHECKOUT / "rules" / "jersey" / "income_support"
CASE = SCHEME / "cases" / "childcare.json"
SIDES = Side(date(2010, 9, 30)), Side(date(2010, 10, 1))
TO_REACH = {"two laws": 200.0, "one household": 20.0}


def milliseconds(work: Callable[[], object]) -> float:
    before = time.process_time_ns()
    work()
    return (time.process_time_ns() - before) / 1_000_000


def main() -> int:
    rules = jurat.load(SCHEME)
    graphs = [rules.on(side.on).graph for side in SIDES]
    asked = asked_of(rules, CASE, on=SIDES[1].on, known=None, of=(), readings=()).asked
    assert asked is not None
    _, case, terms = asked
    named = labels("Income Support", *SIDES)

    def laws() -> str:
        return render_laws(told_laws([compare_laws(graphs[0], graphs[1])], named), "text")

    comparison = Comparison(Passage(graphs[1].book.law, *SIDES), graphs[0], graphs[1])

    def household() -> str:
        return render_household(told_household(comparison.household(case, terms), named), "text")

    gc.collect()
    gc.disable()
    figures = {"two laws, first time": [milliseconds(laws)], "two laws": [milliseconds(laws) for _ in range(15)]}
    figures["one household, first time"] = [milliseconds(household)]
    figures["one household"] = [milliseconds(household) for _ in range(50)]
    for name, times in figures.items():
        reach = f"   to reach: {TO_REACH[name]:.0f}" if name in TO_REACH else ""
        print(f"{name:28} least {min(times):7.1f} ms   median {median(times):7.1f} ms{reach}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
