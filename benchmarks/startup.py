"""The time from process start to the printed award, beside that of a Python that does nothing.

python benchmarks/startup.py                            the checkout: python -m jurat
python benchmarks/startup.py --command .venv/bin/jurat  an installed jurat
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent
CASE = "rules/jersey/income_support/cases/childcare.json"
AWARD = "£288.40 a week"
NOTHING = (sys.executable, "-c", "pass")
TO_REACH = 0.35
WARM_UPS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description="The time from process start to the printed award.")
    parser.add_argument("--runs", type=_at_least_one, default=20, metavar="N", help="measured runs of each (default: 20)")
    parser.add_argument("--command", metavar="JURAT", help="an installed jurat (default: python -m jurat, of this checkout)")
    options = parser.parse_args()
    jurat = [sys.executable, "-m", "jurat"]
    if options.command:
        found = shutil.which(options.command)
        if found is None:
            print(f"there is no command {options.command}: nothing to measure", file=sys.stderr)
            return
        jurat = [str(Path(found).absolute())]
    explain = (*jurat, "explain", CASE)

    nothing_times: list[float] = []
    explain_times: list[float] = []
    again_times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(WARM_UPS + options.runs):
            # by turns, so that whatever else slows the machine meanwhile slows all
            nothing_time, _ = _timed(NOTHING)
            explain_time, printed = _timed(explain, "off")
            again_time, again = _timed(explain, folder)
            if AWARD not in printed.partition("\n")[0] or again != printed:
                print(f"no award of {AWARD} was printed: nothing to measure", file=sys.stderr)
                return
            if number >= WARM_UPS:
                nothing_times.append(nothing_time)
                explain_times.append(explain_time)
                again_times.append(again_time)

    print(f"{options.runs} runs of each by turns, after {WARM_UPS} warm-ups; seconds")
    print(f"{'':24}   min  median   max")
    _report("python -c pass", nothing_times)
    _report("jurat explain CASE", explain_times)
    _report("the same, book unchanged", again_times)
    print(f"{'difference of medians':24}       {median(explain_times) - median(nothing_times):7.3f}")
    print(f"{'to reach, jurat explain':24}       {TO_REACH:7.3f}")


def _timed(command: Sequence[str], cache: str = "off") -> tuple[float, str]:
    """How long a command takes, to the end of its process, and what it prints."""
    environment = os.environ | {"JURAT_CACHE": cache}
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    return time.perf_counter() - start, done.stdout


def _report(name: str, times: Sequence[float]) -> None:
    print(f"{name:24} {min(times):5.3f} {median(times):7.3f} {max(times):5.3f}")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one run is needed")
    return number


if __name__ == "__main__":
    main()
