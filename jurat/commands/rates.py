"""`jurat rates SCHEME --from DATE --to DATE`: what each rate was, what it is, and by how much it changes."""

from __future__ import annotations

import argparse
import sys

from attrs import evolve

from engine.rates import first_day, rate_table
from engine.values import day_words
from explain.rules.rates import RateFormat, rates_text
from grammar.problems import Problem, errors
from jurat.commands import common
from jurat.schemes import Scheme, found_scheme

_SUFFIXES: dict[str, RateFormat] = {".md": "md", ".csv": "csv", ".html": "html"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="a scheme by its name, or the folder of its rule files")
    parser.add_argument("--from", dest="first", type=common.day, required=True, metavar="DATE", help="the day before the change")
    parser.add_argument("--to", dest="last", type=common.day, required=True, metavar="DATE", help="the day after it")
    parser.add_argument("--changed", action="store_true", help="only what changes")
    parser.add_argument("--known", type=common.day, metavar="DATE", help="the law as it was known on this day")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the scheme is (default: $JURAT_RULES, ./rules, the shipped ones)")
    parser.add_argument("--format", choices=("text", "md", "csv", "html"), help="default: as FILE ends, else text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    parser.epilog = "Example: jurat rates income_support --from 2010-09-30 --to 2010-10-01"


def run(options: argparse.Namespace) -> int:
    if options.first >= options.last:
        print(f"jurat: --from {day_words(options.first)} is not before --to {day_words(options.last)}", file=sys.stderr)
        return 2
    scheme = found_scheme(options.scheme, lambda: common.found_rules(options.rules), options.drafts)
    if isinstance(scheme, Problem):
        common.tell([scheme])
        return 1
    scheme = evolve(scheme, rules=scheme.rules.as_known(options.known))
    law = first_day(scheme.rules.law, scheme.files)
    if law is not None and options.first < law and not errors(scheme.rules.problems):
        print(
            f"jurat: on {day_words(options.first)} nothing of {scheme.title} is in force; it begins on {day_words(law)}",
            file=sys.stderr,
        )
        return 2
    return _print(options, scheme)


def _print(options: argparse.Namespace, scheme: Scheme) -> int:
    before, after = (scheme.rules.on(day, options.known) for day in (options.first, options.last))
    problems = dict.fromkeys([*scheme.rules.problems, *before.problems, *after.problems])
    if errors(problems):
        common.tell(errors(problems))
        return 2 if any(problem.code in common.CANNOT_READ for problem in problems) else 1
    table = rate_table(before.graph, after.graph, scheme.files)
    if not table.rates:
        print(f"jurat: {scheme.title} has no figure, row or band in force on either day", file=sys.stderr)
        return 1
    table = table.changed() if options.changed else table
    form: RateFormat = common.format_of(options, _SUFFIXES, "text")
    common.tell_drafts(after.graph.drafts, options.last, option="--to")
    return common.write(rates_text(table, scheme.title, scheme.name, form, after.graph.drafts), options.output)
