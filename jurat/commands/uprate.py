"""`jurat uprate SCHEME --by 3.1% --to "the nearest 7p" --from DATE`: the draft of an amendment that uprates a scheme."""

from __future__ import annotations

import argparse
import sys

from grammar.problems import Problem
from jurat.commands import common
from jurat.drafts import checked_draft, parsed_being, uprated
from jurat.schemes import found_scheme


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="a scheme by its name, or the folder of its rule files")
    parser.add_argument("--by", required=True, metavar="CHANGE", help="`3.1%%`, `£2 per week`; `--by=-1%%` for less")
    parser.add_argument("--to", metavar="ROUNDING", help="`the nearest 7p`, `up to 1p`, `down to £1` (default: not rounded)")
    parser.add_argument(
        "--from", dest="first", type=common.day, required=True, metavar="DATE", help="the day on which it commences"
    )
    only = "only these figures, and the rows of these tables (default: every figure in money)"
    parser.add_argument("--only", action="append", default=[], metavar="NAME[,NAME]", help=only)
    parser.add_argument(
        "--name", metavar="NAME", help="what the amendment is called in the rules (default: uprating_ and the day)"
    )
    parser.add_argument("--title", metavar="TITLE", help="the title of the instrument")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the scheme is (default: $JURAT_RULES, ./rules, the shipped ones)")
    common.add_rule_text(parser, "FILE", "write to a file instead of standard output")
    parser.epilog = 'Example: jurat uprate income_support --by 3.1% --to "the nearest 7p" --from 2011-10-01'


def run(options: argparse.Namespace) -> int:
    scheme = found_scheme(options.scheme, lambda: common.found_rules(options.rules), options.drafts)
    being = parsed_being(options.by, options.to)
    for problem in (scheme, being):
        if isinstance(problem, Problem):
            common.tell([problem])
            return 1
    assert not isinstance(scheme, Problem) and not isinstance(being, Problem)
    only = [name.strip() for names in options.only for name in names.split(",") if name.strip()]
    name = options.name or f"uprating_{options.first.isoformat().replace('-', '_')}"
    draft = uprated(scheme, being, options.first, only, name, options.title)
    if isinstance(draft, Problem):
        common.tell([draft])
        return 1
    for left, why in draft.left:
        print(f"Not uprated: {left}: {why}.", file=sys.stderr)
    return common.write_draft(draft.text, options, checked_draft(scheme.rules, draft.text, options.first))
