"""What a book costs that has not changed since the last run: load and check for a day, and answer, in a new process each time.

python benchmarks/unchanged.py   the shipped rules: afresh, and as they were kept
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent
ROWS = (
    "Python's start and imports", "load and check for a day", "the same, processor time", "then an award",
    "then its explanation", "with Python's start",
)  # fmt: skip
TO_REACH = 0.010
CASE = CHECKOUT / "rules" / "jersey" / "income_support" / "cases" / "childcare.json"
DAY = date(2010, 10, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="What a book costs that has not changed since the last run.")
    parser.add_argument("--runs", type=int, default=20, metavar="N", help="new processes of each (default: 20)")
    parser.add_argument("--rules", default="rules", metavar="PATH", help="a folder of rule files (default: rules)")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(*_times(options.rules))
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(options.rules, folder)  # keeps what the runs after it find
        # by turns, so that whatever else slows the machine meanwhile slows both
        runs = [(_run(options.rules, "off"), _run(options.rules, folder)) for _ in range(max(options.runs, 1))]
    afresh, unchanged = ([median(column) for column in zip(*found, strict=True)] for found in zip(*runs, strict=True))
    print(f"median of {len(runs)} new processes of each by turns; seconds")
    print(f"{'':28} afresh  unchanged")
    for row, before, after in zip(ROWS, afresh, unchanged, strict=True):
        print(f"{row:28} {before:6.4f}     {after:6.4f}")
    print(f"{'to reach, load and check':28}            {TO_REACH:6.4f}")


def _run(rules: str, folder: str) -> list[float]:
    environment = os.environ | {"JURAT_CACHE": folder}
    command = [sys.executable, __file__, "--once", "--rules", rules]
    begun = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    took = time.perf_counter() - begun
    loading, processor, award, told = (float(seconds) for seconds in done.stdout.split())
    return [took - loading - award - told, loading, processor, award, told, took]


def _times(rules: str) -> list[float]:
    """The seconds of loading and checking, and those of the processor; and of what is asked then."""
    sys.path.insert(0, str(CHECKOUT))
    import jurat
    import jurat.answers  # as every command does

    begun, used = time.perf_counter(), time.process_time()
    book = jurat.load(rules)
    checked = book.on(DAY)
    found = [time.perf_counter() - begun, time.process_time() - used]
    assert not (*book.problems, *checked.problems)
    begun = time.perf_counter()
    answer = jurat.assess(book, CASE, on=DAY)
    found.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    jurat.explain(answer)
    found.append(time.perf_counter() - begun)
    return found


if __name__ == "__main__":
    main()
