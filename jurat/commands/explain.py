"""`jurat explain CASE`: how an award is worked out, step by step."""

from __future__ import annotations

import argparse
import json

from jurat.answers import explain
from jurat.commands import common


def add_arguments(parser: argparse.ArgumentParser) -> None:
    common.add_case_arguments(parser)
    parser.add_argument("--format", choices=("text", "md", "html", "json"), default="text", help="default: text")
    every = "each step in full and in its place (default: in short what came to nothing; JSON has every step)"
    parser.add_argument("--every-step", action="store_true", help=every)
    parser.epilog = "Example: jurat explain household.json --on 2010-09-30 --format html -o page.html"


def run(options: argparse.Namespace) -> int:
    found = common.answer(options)
    common.tell(found.problems)
    if found.assessment is None and options.format != "json":
        return common.status(found, options.strict)
    text = explain(found, options.format, every_step=options.every_step)
    if options.format == "json":
        text = common.json_text(json.loads(text))
    return common.write(text, options.output) or common.status(found, options.strict)
