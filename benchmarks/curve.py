"""An award along one fact, from a warm book: the lone parent's along her earnings, and every threshold of the case.

python benchmarks/curve.py   the curve; the same told as a page; what would change the award, of each amount by itself

In processor time: what else the machine does in the meantime does not count, though it still slows memory down.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

import jurat  # noqa: E402
from engine.assess import assess  # noqa: E402
from engine.varying.curves import curve  # noqa: E402
from engine.varying.thresholds import thresholds  # noqa: E402
from explain.curves.curve import render_curves, told_curves  # noqa: E402
from jurat.answers import asked_of  # noqa: E402

SCHEME = CHECKOUT / "rules" / "jersey" / "income_support"
CASE = SCHEME / "cases" / "lone_parent_part_time.case"
TO_REACH = {"curve": 200.0, "page": 20.0}


def milliseconds(work: Callable[[], object]) -> float:
    before = time.process_time_ns()
    work()
    return (time.process_time_ns() - before) / 1_000_000


def main() -> int:
    asked = asked_of(jurat.load(SCHEME), CASE, on=None, known=None, of=(), readings=()).asked
    assert asked is not None
    graph, case, [award] = asked
    key = (award.index, 0)
    facts = {name: (graph.by_name[name].index, 0) for name in ("gross_earnings", "capital")}
    drawn = curve(graph, case, facts["gross_earnings"], key)
    assessment = assess(graph, case, [award])
    gc.collect()
    gc.disable()
    figures = {
        "curve": [milliseconds(lambda: curve(graph, case, facts["gross_earnings"], key)) for _ in range(30)],
        "curve in steps of £250": [milliseconds(lambda: curve(graph, case, facts["capital"], key)) for _ in range(5)],
        "page": [milliseconds(lambda: render_curves(told_curves([drawn], ["1 October 2010"]), "html")) for _ in range(30)],
        "every threshold": [milliseconds(lambda: thresholds(assessment, key)) for _ in range(5)],
    }
    for name, times in figures.items():
        reach = f"   to reach: {TO_REACH[name]:.0f}" if name in TO_REACH else ""
        print(f"{name:28} least {min(times):7.1f} ms   median {median(times):7.1f} ms{reach}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
