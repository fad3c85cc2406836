"""`jurat compare`: two laws, one household under two laws, or two households under one, and why they differ."""

from __future__ import annotations

import argparse
import sys

from engine.values import day_words
from grammar.problems import Problem
from jurat.commands import common
from jurat.comparing import compare, draft_days
from jurat.rulebook import Rules, load
from jurat.schemes import found_scheme

_GIT_SAYS = 7
"""What git gives to a diff driver: a path, and of each side a file, a hash and a mode; of what is renamed two more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="SCHEME", nargs="*", help="a scheme by its name or folder; or two folders or files, OLD and NEW"
    )
    parser.add_argument("--from", dest="first", type=common.day, metavar="DATE", help="the first day")
    parser.add_argument("--to", dest="last", type=common.day, metavar="DATE", help="the second day")
    parser.add_argument("--on", type=common.day, metavar="DATE", help="the one day (default: when all of a draft is in force)")
    parser.add_argument(
        "--known", type=common.day, action="append", default=[], metavar="DATE", help="the law as it was known then; twice: both"
    )
    parser.add_argument(
        "--case", dest="cases", action="append", default=[], metavar="CASE", help="what it does to this case; twice: two cases"
    )
    asked = parser.add_mutually_exclusive_group()
    common.add_of(asked)
    common.add_schemes(asked)
    common.add_rules(parser)
    parser.add_argument("--strict", action="store_true", help="refuse assumed facts; exit 1 on warnings")
    parser.add_argument("--format", choices=("text", "md", "html", "json"), help="default: as FILE ends, else text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    parser.epilog = "Example: jurat compare --case household.json --from 2010-09-30 --to 2010-10-01"


def run(options: argparse.Namespace) -> int:
    if len(options.paths) >= _GIT_SAYS:
        from jurat.comparing_books import for_git

        return common.write(for_git(options.paths), None)
    wrong = _wrong(options)
    if wrong:
        print(f"jurat: {wrong}", file=sys.stderr)
        return 2
    if len(options.paths) == 2:
        from jurat.comparing_books import compare_books

        old, new = (load(path) for path in options.paths)
        return common.write_told(compare_books(old, new, options.on), options)
    rules: Rules
    title = None
    if options.paths:
        scheme = found_scheme(options.paths[0], lambda: common.found_rules(options.rules), options.drafts)
        if isinstance(scheme, Problem):
            common.tell([scheme])
            return 1
        rules, title = scheme.rules, scheme.title
    else:
        rules = load(common.found_rules(options.rules), drafts=options.drafts)
    cases = [common.case(argument) for argument in options.cases]
    missing = [case for case in cases if isinstance(case, Problem)]
    if missing:
        common.tell(missing)
        return 2
    found = compare(
        rules,
        *cases,  # type: ignore[arg-type]  # none of them is a problem
        first=options.first,
        last=options.last,
        on=options.on,
        known=options.known,
        of=options.of,
        readings=options.reading,
        schemes=options.schemes,
        strict=options.strict,
        title=title,
    )
    if found.is_found and options.drafts and options.on is None and options.first is None and len(cases) < 2:
        _told_of_days(rules)
    last = options.on or options.last
    if found.is_found and options.drafts and last is not None:
        common.tell_drafts(rules.law.looked_at, last, option="--on" if options.last is None else "--to")
    return common.write_told(found, options)


def _wrong(options: argparse.Namespace) -> str | None:
    """What of the options does not go together."""
    case = next((path for path in options.paths if path.endswith((".json", ".case"))), None)
    if case is not None:
        return f"{case} is a case, and a scheme stands there; say --case {case}"
    if len(options.paths) > 2:
        return "compare takes a scheme, or two folders of rules"
    if len(options.cases) > 2 or len(options.known) > 2:
        return "at most two cases and two --known can be compared"
    if len(options.paths) == 2:
        if options.cases or options.first or options.last or options.known or options.drafts or options.of or options.reading:
            return "of two folders only --on, --format and -o can be said"
        return None
    if (options.first is None) != (options.last is None):
        return "--from and --to belong together"
    if options.on is not None and options.first is not None:
        return "say either --on, or --from and --to"
    if len(options.cases) == 2 and (options.first or len(options.known) == 2):
        return "two cases are compared under one law: say --on, and --known once"
    return None


def _told_of_days(rules: Rules) -> None:
    """A draft may change something on several days, and one is looked at: which, and how to look at another."""
    days = draft_days(rules)
    if len(days) > 1:
        *others, last = map(day_words, days)
        told = f"The draft begins to change something on {', '.join(others)} and {last}; this is {last}."
        print(f"{told} `--on` looks at another day.", file=sys.stderr)
