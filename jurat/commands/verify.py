"""`jurat verify FILE`: what holds of a printed explanation, and what does not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grammar.problems import Problem
from jurat.commands import common
from jurat.files import read_file
from jurat.rulebook import load
from jurat.verifying import printed_in, verified
from jurat.verifying_letters import letter_in, letter_verified


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an explanation as HTML or JSON, or a letter")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the rules are (default: $JURAT_RULES, ./rules, the shipped ones)")
    parser.epilog = "Example: jurat verify page.html"


def run(options: argparse.Namespace) -> int:
    source = read_file(Path(options.file))
    if isinstance(source, Problem) and source.code != "not-utf8":
        common.tell([source])
        return common.failed([source])
    text = "" if isinstance(source, Problem) else source.text
    letter = letter_in(text)
    if letter is not None:
        print("\n".join(letter_verified(letter, load(common.found_rules(options.rules))).lines))
        return 1
    printed = printed_in(text)
    if isinstance(printed, str):
        print(f"{options.file}: {printed}", file=sys.stderr)
        return 2
    rules = load(common.found_rules(options.rules), drafts=[*printed.drafts_by_name, *options.drafts])
    found = verified(printed, rules, options.drafts)
    print("\n".join(found.lines))
    return 0 if found.holds else 1
