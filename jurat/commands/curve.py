"""`jurat curve CASE --vary FACT`: an award along one fact, where it turns and why."""

from __future__ import annotations

import argparse
import sys

from grammar.problems import Problem
from jurat.commands import common
from jurat.curves import curve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help="a case: a JSON or `.case` file; `-` is standard input")
    parser.add_argument("--vary", required=True, metavar="FACT", help="the fact, and whose: 'gross_earnings of anna'")
    parser.add_argument("--from", dest="low", metavar="AMOUNT", help="its least value (default: of its range)")
    parser.add_argument("--to", dest="high", metavar="AMOUNT", help="its greatest value (default: of its range)")
    parser.add_argument("--on", type=common.day, metavar="DATE", help="the day (default: as the case says)")
    parser.add_argument("--from-date", dest="first", type=common.day, metavar="DATE", help="of two days: before")
    parser.add_argument("--to-date", dest="last", type=common.day, metavar="DATE", help="of two days: after")
    parser.add_argument("--known", type=common.day, metavar="DATE", help="law and facts as they were known on this day")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--of", metavar="NAME", help="a term to answer for, 'counted_earnings of anna' (default: what is paid)")
    common.add_schemes(asked)
    common.add_rules(parser)
    parser.add_argument("--strict", action="store_true", help="refuse assumed facts; exit 1 on warnings")
    parser.add_argument("--format", choices=("text", "md", "html", "json"), help="default: as FILE ends, else text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    parser.epilog = "Example: jurat curve household.json --vary 'gross_earnings of anna' --to £600 -o curve.html"


def run(options: argparse.Namespace) -> int:
    if (options.first is None) != (options.last is None):
        print("jurat: --from-date and --to-date belong together", file=sys.stderr)
        return 2
    if options.on is not None and options.first is not None:
        print("jurat: say either --on, or --from-date and --to-date", file=sys.stderr)
        return 2
    rules, case = common.rules_and_case(options)
    if isinstance(case, Problem):
        common.tell([*rules.problems, case])
        return 2
    found = curve(
        rules,
        case,
        options.vary,
        low=options.low,
        high=options.high,
        on=options.on,
        known=options.known,
        of=options.of,
        first=options.first,
        last=options.last,
        readings=options.reading,
        schemes=options.schemes,
        strict=options.strict,
    )
    if found.is_found:
        graph = found.curves[-1].graph
        common.tell_drafts(graph.drafts, graph.on, option="--on" if options.first is None else "--to-date")
    return common.write_told(found, options)
