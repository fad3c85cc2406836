"""`jurat amend EDITED --against SCHEME --from DATE`: the amendment that turns the rules into an edited copy of them."""

from __future__ import annotations

import argparse
import sys

from grammar.problems import Problem
from jurat.commands import common
from jurat.drafts import amending, checked_draft
from jurat.rulebook import load
from jurat.schemes import found_scheme


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "edited", metavar="EDITED", help="the edited rules: a folder, or one file such as `jurat consolidate` writes"
    )
    parser.add_argument(
        "--against", required=True, metavar="SCHEME", help="the scheme as it is: its name, or the folder of its rules"
    )
    parser.add_argument("--from", dest="first", type=common.day, required=True, metavar="DATE", help="the day it commences")
    parser.add_argument("--name", metavar="NAME", help="its name in the rules (default: draft_ and the day)")
    parser.add_argument("--title", metavar="TITLE", help="the title of the instrument")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the scheme is (default: $JURAT_RULES, ./rules, the shipped ones)")
    common.add_rule_text(parser, "FILE", "write to a file instead of standard output")
    parser.epilog = "Example: jurat amend edited.rules --against income_support --from 2011-10-01"


def run(options: argparse.Namespace) -> int:
    scheme = found_scheme(options.against, lambda: common.found_rules(options.rules), options.drafts)
    if isinstance(scheme, Problem):
        common.tell([scheme])
        return 1
    name = options.name or f"draft_{options.first.isoformat().replace('-', '_')}"
    draft = amending(scheme, load(options.edited, around=sorted(scheme.files)[:1]), options.first, name, options.title)
    if isinstance(draft, tuple):
        common.tell(draft)
        return common.failed(draft)
    if not draft.text:
        print("The two say the same: there is nothing to amend.", file=sys.stderr)
        return 0
    return common.write_draft(draft.text, options, checked_draft(scheme.rules, draft.text, options.first), draft.undone)
