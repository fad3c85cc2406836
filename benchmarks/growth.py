"""Whether time grows in proportion: books of a thousand to ten thousand rules in four shapes, and each shape's exponent.

python benchmarks/growth.py   a chain, a wide fan, groups of fifty people, thirty dated versions each

An exponent of 1 is proportion, 2 its square: the slope of the line through the logarithms of size and time (least squares).
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

import jurat  # noqa: E402
from grammar.problems import errors  # noqa: E402
from grammar.source import Source  # noqa: E402
from jurat.rulebook import from_sources  # noqa: E402

ON = date(2010, 10, 1)
SIZES = (1_250, 2_500, 5_000, 10_000)
FILE_RULES = 500
"""Rules in one file: a file has a most number of characters."""

HEAD = """entity person
entity household contains person
input pay of person "Pay" : £ a week
  default £1 per week
group paid of household "Paid" : person where (pay > £0 per week)
"""
AWARD = 'rule award of {entity} "Award" : £ a week\n  payable by the week\n  is {text}\n'


def chain(size: int) -> list[str]:
    """Each rule rests on the one before."""
    rules = ['rule r0 of person "R 0" : £ a week\n  is pay\n']
    rules += [
        f'rule r{i} of person "R {i}" : £ a week\n  is lower of (r{i - 1} + £1 per week, £900 per week)\n' for i in range(1, size)
    ]
    return [*rules, AWARD.format(entity="person", text=f"r{size - 1}")]


def fan(size: int) -> list[str]:
    """One rule adds up all the others, five hundred at a time."""
    rules = [f'rule r{i} of person "R {i}" : £ a week\n  is pay + £{i} per week\n' for i in range(size)]
    totals = [f"total{start}" for start in range(0, size, 500)]
    for start, total in zip(range(0, size, 500), totals, strict=True):
        added = "\n    + ".join(f"r{i}" for i in range(start, min(start + 500, size)))
        rules.append(f'rule {total} of person "Total {start}" : £ a week\n  is {added}\n')
    return [*rules, AWARD.format(entity="person", text=" + ".join(totals))]


def groups(size: int) -> list[str]:
    """Each rule is worked out over fifty people, and rests on the one before."""
    rules = ['rule r0 of household "R 0" : £ a week\n  is £1 per week\n']
    rules += [
        f'rule r{i} of household "R {i}" : £ a week\n  is lower of ((sum of pay over paid), r{i - 1} + £1 per week)\n'
        for i in range(1, size)
    ]
    return [*rules, AWARD.format(entity="household", text=f"r{size - 1}")]


def versions(size: int) -> list[str]:
    """Each rule rests on a figure that has had thirty values."""
    dated = "".join(f"  £{year - 1980} per week from 1 April {year}\n" for year in range(1981, 2011))
    rules = []
    for i in range(0, size, 2):
        rules.append(f'figure f{i} "F {i}" : £ a week\n{dated}')
        before = f"r{i - 2}" if i else "pay"
        rules.append(f'rule r{i} of person "R {i}" : £ a week\n  is higher of ({before}, f{i})\n')
    return [*rules, AWARD.format(entity="person", text=f"r{size - 2}")]


SHAPES: dict[str, tuple[Callable[[int], list[str]], int]] = {
    "chain": (chain, 1),
    "fan": (fan, 1),
    "groups of 50": (groups, 50),
    "30 versions each": (versions, 1),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Whether time grows in proportion to the size of a book.")
    parser.add_argument("--most", type=int, default=SIZES[-1], metavar="N", help="rules of the largest book (default: 10000)")
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="runs of each size, of which the fastest counts")
    options = parser.parse_args()
    sizes = [max(options.most * size // SIZES[-1], 20) for size in SIZES]
    gc.disable()  # as the command line has it
    _times(chain(20), 1)  # the parse table is loaded once
    print(f"{'rules; processor seconds':30}" + "".join(f"{size:>9,}" for size in sizes) + "  exponent")
    for name, (make, people) in SHAPES.items():
        times = []
        for size in sizes:
            runs = []
            for _ in range(max(options.runs, 1)):
                runs.append(_times(make(size), people))
                gc.collect()
            times.append([min(column) for column in zip(*runs, strict=True)])
        for what, column in zip(("load", "check a day", "assess"), zip(*times, strict=True), strict=True):
            shown = "".join(f"{seconds:9.3f}" for seconds in column)
            print(f"{f'{name}, {what}':30}{shown}  {_exponent(sizes, column):8.2f}", flush=True)


def _times(rules: list[str], people: int) -> list[float]:
    """Seconds to load, to check for a day, and to assess a case with all its steps."""
    files = [HEAD, *("".join(rules[start : start + FILE_RULES]) for start in range(0, len(rules), FILE_RULES))]
    sources = [Source(f"{number}.rules", text) for number, text in enumerate(files)]
    case = {
        "version": 1,
        "on": ON.isoformat(),
        "household": {"home": {"person": {f"p{number}": {"pay": str(number)} for number in range(people)}}},
    }
    at = [time.process_time()]
    book = from_sources(sources)
    assert not book.problems, book.problems[0].message
    at.append(time.process_time())
    checked = book.on(ON)
    assert not errors(checked.problems), checked.problems[0].message
    at.append(time.process_time())
    answer = jurat.assess(book, case)
    assert not answer.is_refused
    at.append(time.process_time())
    return [after - before for before, after in pairwise(at)]


def _exponent(sizes: list[int], times: tuple[float, ...]) -> float:
    xs, ys = [math.log(size) for size in sizes], [math.log(seconds) for seconds in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


if __name__ == "__main__":
    main()
