"""`jurat assess CASE`: the values that an award rests on, without how they came about."""

from __future__ import annotations

import argparse

from explain.data import refused, values
from explain.listing import listing
from jurat.commands import common


def add_arguments(parser: argparse.ArgumentParser) -> None:
    common.add_case_arguments(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.epilog = "Example: jurat assess household.json --schemes all --format json"


def run(options: argparse.Namespace) -> int:
    found = common.answer(options)
    common.tell(found.problems)
    if options.format == "json":
        problems = list(found.problems)
        data = values(found.assessment, problems, found.schemes) if found.assessment else refused(problems)
        text = common.json_text(data)
    elif found.assessment is not None:
        text = listing(found.assessment, found.schemes)
    else:
        return common.status(found, options.strict)
    return common.write(text, options.output) or common.status(found, options.strict)
