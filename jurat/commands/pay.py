"""`jurat pay CASE --from DATE --until DATE`: what is paid over a period, payment by payment, and why it changes."""

from __future__ import annotations

import argparse

from grammar.problems import Problem
from jurat.commands import common


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help="a case: a JSON or `.case` file; `-` is standard input")
    parser.add_argument("--from", dest="first", type=common.day, required=True, metavar="DATE", help="the first day")
    parser.add_argument("--until", dest="last", type=common.day, required=True, metavar="DATE", help="the last day")
    common.add_question(parser)
    parser.add_argument("--format", choices=("text", "md", "json"), default="text", help="default: text")
    parser.epilog = "Example: jurat pay household.json --from 2010-09-01 --until 2010-10-31"


def run(options: argparse.Namespace) -> int:
    from jurat.paying import Payments, pay

    rules, case = common.rules_and_case(options)
    if isinstance(case, Problem):
        found = Payments(None, None, (*rules.problems, case))
    else:
        found = pay(
            rules,
            case,
            options.first,
            options.last,
            known=options.known,
            of=options.of,
            readings=options.reading,
            strict=options.strict,
            schemes=options.schemes,
        )
    common.tell(found.problems)
    if found.claim is not None:
        common.tell_drafts(found.claim.drafts, options.first, options.last, option="--until")
    if options.format == "json":
        text = common.json_text(found.data())
    elif found.claim is None:
        return common.failed(found.problems)
    else:
        text = found.told(options.format)
    refused = found.is_refused or (options.strict and bool(found.problems))
    return common.write(text, options.output) or int(refused)
