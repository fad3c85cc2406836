"""`jurat problem [CODE]`: the page of a problem, or the list of all."""

from __future__ import annotations

import argparse
import sys

from grammar.words import closest
from jurat.files import problem_codes, problem_page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="as it stands in square brackets; without one, all are listed")
    parser.epilog = "Example: jurat problem unknown-name"


def run(options: argparse.Namespace) -> int:
    code = None if options.code is None else options.code.strip("[]")
    page = problem_page(code)
    if page is None:
        near = closest(options.code, problem_codes())
        hint = f" The closest is `{near}`." if near else " `jurat problem` lists all."
        print(f"jurat: no problem is called {options.code!r}.{hint}", file=sys.stderr)
        return 2
    sys.stdout.write(page)
    return 0
