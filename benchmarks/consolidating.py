"""How long the text of a day takes: amendments over provisions, one to five, and the exponent with which time grows.

python benchmarks/consolidating.py   up to 200 amendments over 1,000 provisions; processor seconds

Half of the provisions are figures and half are rules; an amendment changes ten of them. What is timed is from the law, as its
files and amendments have made it, to the text; reading and carrying the amendments out stands beside it.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from engine.book.consolidated import consolidated  # noqa: E402
from grammar.source import Source  # noqa: E402
from grammar.words import day_text  # noqa: E402
from jurat.consolidating import file_text  # noqa: E402
from jurat.rulebook import Rules, from_sources  # noqa: E402

SIZES = (120, 250, 500, 1_000)
CHANGES = 10
"""What one amendment changes."""
FIRST = date(2009, 1, 1)
ON = date(2100, 1, 1)

HEAD = """instrument regs "Regulations"
  made 1 January 2007
  commences 1 January 2008
entity person
input pay of person "Pay" : £ a week
  default £1 per week
"""


def book(size: int) -> Rules:
    """As many provisions, and a fifth as many amendments, each of which changes the next ten."""
    text = [HEAD]
    for i in range(0, size, 2):
        before = f"r{i - 2}" if i else "pay"
        text.append(f'figure f{i} "F {i}" : £ a week\n  £100 per week from 1 January 2008\n')
        text.append(f'rule r{i} of person "R {i}" : £ a week\n  is higher of ({before}, f{i} + £7 per week)\n')
        text.append(f"  except e{i}: £0 per week when pay > £900 per week\n")
    figures, rules = [100] * size, [7] * size
    for number in range(size // 5):
        day = FIRST + timedelta(days=30 * number)
        text.append(f'amendment amendment_{number} "Amendment {number}"\n  amends regs\n  made {day_text(day)}\n')
        text.append(f"  commences {day_text(day + timedelta(days=20))}\n")
        for place in range(number * CHANGES, (number + 1) * CHANGES):
            i, amounts = place % size, rules if place % 2 else figures
            target = f"r{i - 1}" if place % 2 else f"f{i}"
            text.append(f"in {target} for £{amounts[i]} per week substitute £{amounts[i] + 1} per week\n")
            amounts[i] += 1
    rules_ = from_sources([Source("law.rules", "".join(text))])
    assert not rules_.problems, rules_.problems[0].message
    return rules_


def times(size: int) -> list[float]:
    """Seconds to read the book and carry its amendments out, to select and restate what is in force, and to write it down."""
    at = [time.process_time()]
    law = book(size).law
    at.append(time.process_time())
    texts = consolidated(law, ON)
    at.append(time.process_time())
    for text in texts:
        file_text(text, ON)
    at.append(time.process_time())
    return [after - before for before, after in pairwise(at)]


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the text of a day takes.")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="runs of each size, of which the fastest counts")
    options = parser.parse_args()
    gc.disable()  # as the command line has it
    times(10)  # the parse table is loaded once
    found = []
    for size in SIZES:
        runs = [times(size) for _ in range(max(options.runs, 1))]
        gc.collect()
        found.append([min(column) for column in zip(*runs, strict=True)])
    print(f"{'provisions; processor seconds':32}" + "".join(f"{size:>9,}" for size in SIZES) + "  exponent")
    read, selected, wrote = zip(*found, strict=True)
    whole = tuple(one + other for one, other in zip(selected, wrote, strict=True))
    rows = (("read and amended", read), ("restated", selected), ("written down", wrote), ("the text of a day", whole))
    for name, column in rows:
        shown = "".join(f"{seconds:9.3f}" for seconds in column)
        print(f"{name:32}{shown}  {_exponent(SIZES, column):8.2f}")


def _exponent(sizes: tuple[int, ...], seconds: tuple[float, ...]) -> float:
    xs, ys = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


if __name__ == "__main__":
    main()
