"""How long a page takes, warm, with its figures read back; and how much of it is the reading back.

python benchmarks/rendering.py   the childcare household that we ship; processor time, best of many
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

import jurat  # noqa: E402
from explain.document import document  # noqa: E402
from explain.page.changes import what_would_change  # noqa: E402
from explain.page.otherwise import what_would_be_otherwise  # noqa: E402
from explain.reading_back.checking import check  # noqa: E402
from explain.reading_back.pages import from_html  # noqa: E402
from explain.rendering import render  # noqa: E402

CASE = CHECKOUT / "rules" / "jersey" / "income_support" / "cases" / "childcare.json"
TO_REACH = 20
RUNS = 40
FEW = 5
"""Runs of what takes long: what would change an award, and what it would be otherwise, take assessments of their own."""


def main() -> None:
    answer = jurat.assess(jurat.load(CHECKOUT / "rules"), CASE)
    assessment = answer.assessment
    assert assessment is not None
    changes, otherwise = what_would_change(assessment), what_would_be_otherwise(assessment)
    told = document(assessment, changes=changes, otherwise=otherwise)
    html = render(told, "html")
    page = from_html(html)
    print(f"{len(html):,} characters, {len(page.steps)} steps; best of {RUNS}, milliseconds; to reach, the page: {TO_REACH}")
    for what, run in {
        "the page": lambda: render(told, "html"),
        "  of which taken apart": lambda: from_html(html),
        "  of which recomputed": lambda: check(page),
        "text": lambda: render(told, "text"),
        "Markdown": lambda: render(told, "md"),
        "before it, what is told": lambda: document(assessment, changes=changes, otherwise=otherwise),
        "JSON, with what is told": lambda: jurat.explain(answer, "json"),
    }.items():
        print(f"{what:24} {_best(run):7.2f}")
    print(f"{'what would change it':24} {_best(lambda: what_would_change(assessment), FEW):7.2f}")
    print(f"{'what would be otherwise':24} {_best(lambda: what_would_be_otherwise(assessment), FEW):7.2f}")


def _best(run: Callable[[], object], runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times) * 1000


if __name__ == "__main__":
    main()
