"""Lines a second from text to a checked book, cold: each run is a new process that reads and checks a generated book once.

python benchmarks/reading.py   a book of about ten thousand lines
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent
TO_REACH = 10_000
STAGES = ("read", "check")
HEAD = """entity person
entity household contains person
input x of person "X" : £ a week
  default £1 per week
"""
BLOCK = """
figure f{i} "Rate {i}" : %
  cite "Schedule 2, paragraph 5(a)"
  6%    from 28 January 2008
  12%   from 1 October 2009 until 30 September 2010
  16.5% from 1 October 2010
rule a{i} of person "Amount {i}" : £ a week
  cite "Schedule 2, paragraph 5(a)"
  is f{i} × x, rounded to the nearest 1p
  except child: £0 per week when x < £3 per week
    cite "Schedule 2, paragraph 5(b)"
rule b{i} of person "Other {i}" : £ a week
  is a{i} - £1 per week when a{i} > £1 per week and x > £2 per week
  otherwise £0 per week
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Lines a second from text to a checked book, cold.")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="new processes (default: 7)")
    parser.add_argument("--lines", type=int, default=10_000, metavar="N", help="length of the book, about (default: 10000)")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    text = HEAD + "".join(BLOCK.format(i=number) for number in range(max(options.lines // BLOCK.count("\n"), 1)))
    if options.once:
        print(*_times(text))
        return
    command = [sys.executable, __file__, "--once", "--lines", str(options.lines)]
    runs = []
    for _ in range(max(options.runs, 1)):
        done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
        runs.append([float(seconds) for seconds in done.stdout.split()])
    lines = text.count("\n")
    print(f"{lines:,} lines; median of {len(runs)} new processes; seconds, without Python's start and the imports")
    for name, times in zip(STAGES, zip(*runs, strict=True), strict=True):
        print(f"{name:14} {median(times):7.3f}")
    print(f"{'lines a second':14} {lines / median(sum(run) for run in runs):7,.0f}")
    print(f"{'to reach':14} {TO_REACH:7,}")


def _times(text: str) -> list[float]:
    """The seconds that each stage takes; loading the parse table is part of the first."""
    sys.path.insert(0, str(CHECKOUT))
    import_module("grammar.parsing")  # and Lark with it
    from grammar.source import Source
    from jurat.rulebook import from_sources

    begun = time.perf_counter()
    rules = from_sources([Source("generated.rules", text)])
    assert not rules.problems
    read = time.perf_counter()
    assert not rules.on(date(2010, 10, 1)).problems
    done = time.perf_counter()
    return [read - begun, done - read]


if __name__ == "__main__":
    main()
