"""How long amendments take: two hundred over a thousand provisions, beyond reading the files, and whether that is in proportion.

python benchmarks/amendments.py   assembling a book with amendments and without, and a day of it put together and checked
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from datetime import date
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from engine.book.assemble import assemble  # noqa: E402
from engine.book.consolidate import consolidate  # noqa: E402
from engine.checking.check import check  # noqa: E402
from grammar.parsing import parse  # noqa: E402
from grammar.source import Source  # noqa: E402
from tests.amended_books import amended_book  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description="How long amendments take beyond reading, in processor time.")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each size, of which the fastest counts")
    options = parser.parse_args()
    gc.disable()  # as the command line has it
    print(f"{'provisions; processor seconds':44}{'read':>9}{'assemble':>10}{'a day':>9}")
    for provisions, amendments in ((250, 0), (250, 50), (500, 100), (1_000, 0), (1_000, 200), (2_000, 400)):
        best = [
            min(column) for column in zip(*(_times(provisions, amendments) for _ in range(max(options.runs, 1))), strict=True)
        ]
        name = f"{provisions:,} provisions, {amendments} amendments"
        print(f"{name:44}{best[0]:9.3f}{best[1]:10.3f}{best[2]:9.3f}", flush=True)


def _times(provisions: int, amendments: int) -> tuple[float, float, float]:
    """Seconds to read the files, to carry the amendments out, and to put a day together and check it."""
    sources = [Source(f"{number}.rules", text) for number, text in enumerate(amended_book(provisions, amendments))]
    start = time.process_time()
    files = [parse(source).file for source in sources]
    read = time.process_time()
    assembled = assemble(files)
    assert not assembled.problems, assembled.problems[0].message
    put = time.process_time()
    check(consolidate(assembled.law, date(2005, 1, 1)))
    done = time.process_time()
    gc.collect()
    return read - start, put - read, done - put


if __name__ == "__main__":
    main()
