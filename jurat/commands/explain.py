"""`jurat explain CASE`: how an award is worked out, step by step."""

from __future__ import annotations

import argparse
import json
import sys
from typing import get_args

from explain.tongue import languages
from jurat.answers import Reader, explain, no_such_language
from jurat.commands import common


def add_arguments(parser: argparse.ArgumentParser) -> None:
    common.add_case_arguments(parser)
    parser.add_argument("--format", choices=("text", "md", "html", "json"), default="text", help="default: text")
    for_whom = (
        "an officer (default: what came to nothing in short), an auditor (every step in full and in its place), or the claimant: "
        "a letter, or the same in easy words"
    )
    parser.add_argument("--for", choices=get_args(Reader), default="officer", dest="reader", help=for_whom)
    parser.add_argument(
        "--language",
        default="en",
        metavar="CODE",
        help=f"the language of the letter to the claimant (default: en): {', '.join(languages())}",
    )
    parser.epilog = "Example: jurat explain household.json --on 2010-09-30 --format html -o page.html"


def run(options: argparse.Namespace) -> int:
    wrong = no_such_language(options.reader, options.language)
    if wrong is not None:
        print(f"jurat: {wrong}", file=sys.stderr)
        return 2
    found = common.answer(options)
    common.tell(found.problems)
    if found.assessment is None and options.format != "json":
        return common.status(found, options.strict)
    text = explain(found, options.format, reader=options.reader, language=options.language)
    if options.format == "json":
        text = common.json_text(json.loads(text))
    return common.write(text, options.output) or common.status(found, options.strict)
