"""`jurat coverage SCHEME`: which provisions of the law the rules name, and what is encoded, tested, discretionary or left out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.assessment import Step
from engine.testing.provisions import provision_map
from engine.testing.required import required
from explain.rules.provisions import map_data, map_markdown, map_text
from explain.rules.testing import percent
from grammar.problems import Problem, errors
from jurat.commands import common
from jurat.commands.test import share
from jurat.files import read_file
from jurat.schemes import found_scheme
from jurat.testing import run_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="a scheme by its name, or the folder of its rule files")
    listed = "a list of provisions, one citation a line: exit 1 where the rules do not name one"
    parser.add_argument("--provisions", metavar="FILE", help=listed)
    at_least = "exit 1 where examples test fewer of the provisions that are encoded"
    parser.add_argument("--at-least", type=share, metavar="PERCENT", help=at_least)
    parser.add_argument("--rules", metavar="PATH", help="where the scheme is (default: $JURAT_RULES, ./rules, the shipped ones)")
    parser.add_argument("--format", choices=("text", "md", "json"), default="text", help="default: text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    parser.epilog = "Example: jurat coverage income_support --provisions law.txt --at-least 95"


def run(options: argparse.Namespace) -> int:
    scheme = found_scheme(options.scheme, lambda: common.found_rules(options.rules))
    if isinstance(scheme, Problem):
        common.tell([scheme])
        return 1
    source = read_file(Path(options.provisions)) if options.provisions else None
    if isinstance(source, Problem):
        common.tell([source])
        return 2
    tested = run_examples(scheme.rules)
    if errors(tested.problems):
        common.tell(errors(tested.problems))
        return 2 if any(problem.code in common.CANNOT_READ for problem in tested.problems) else 1
    examples = [
        (w.example, w.assessment, [o.found.key for o in w.outcomes if isinstance(o.found, Step)])
        for w in tested.examples
        if w.assessment is not None
    ]
    found = provision_map(scheme.rules.law, scheme.files, examples)
    listed = None if source is None else required(source, scheme.rules.law, found)
    if options.format == "json":
        text = common.json_text(map_data(found, scheme.name, scheme.title, listed))
    else:
        text = (map_text if options.format == "text" else map_markdown)(found, scheme.title, listed)
    if common.write(text, options.output):
        return 2
    missing = [item for item in listed or () if item.found is None]
    if missing and options.format == "json":
        print(f"{len(missing)} of {options.provisions} are not named.", file=sys.stderr)
    too_little = options.at_least is not None and not found.tally.reaches(*options.at_least)
    if too_little:
        print(f"Tested whole: {percent(found.tally)}, less than was asked for.", file=sys.stderr)
    return 1 if missing or too_little else 0
