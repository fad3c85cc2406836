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
from explain.reading_back.checking import check  # noqa: E402
from explain.reading_back.pages import from_html  # noqa: E402

CASE = CHECKOUT / "rules" / "jersey" / "income_support" / "cases" / "childcare.json"
TO_REACH = 20
RUNS = 40


def main() -> None:
    answer = jurat.assess(jurat.load(CHECKOUT / "rules"), CASE)
    assessment = answer.assessment
    assert assessment is not None
    html = jurat.explain(answer, "html")
    page = from_html(html)
    print(f"{len(html):,} characters, {len(page.steps)} steps; best of {RUNS}, milliseconds; to reach, the page: {TO_REACH}")
    for what, run in {
        "the page": lambda: jurat.explain(answer, "html"),
        "  of which what is told": lambda: document(assessment),
        "  of which taken apart": lambda: from_html(html),
        "  of which recomputed": lambda: check(page),
        "text": lambda: jurat.explain(answer),
        "Markdown": lambda: jurat.explain(answer, "md"),
        "JSON": lambda: jurat.explain(answer, "json"),
    }.items():
        print(f"{what:24} {_best(run):7.2f}")


def _best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times) * 1000


if __name__ == "__main__":
    main()
