"""`jurat docs [PATH or SCHEME] -o FOLDER`: the documentation of a rule book, as pages that lead to one another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grammar.problems import Problem
from jurat.commands import common
from jurat.rulebook import Rules, load
from jurat.schemes import found_scheme
from jurat.site import refused, site_of, write_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = "a folder of rules, or a scheme by its name (default: all rules that are found)"
    parser.add_argument("name", nargs="?", metavar="PATH", help=what)
    parser.add_argument("--on", type=common.day, metavar="DATE", help="the day of the law (default: when it last changes)")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the rules are (default: $JURAT_RULES, ./rules, the shipped ones)")
    where = "a folder that is new, empty, or an earlier output: nothing is written elsewhere, and no other file is touched"
    parser.add_argument("-o", "--output", required=True, metavar="FOLDER", help=where)
    parser.epilog = "Example: jurat docs income_support -o docs/income_support"


def run(options: argparse.Namespace) -> int:
    why = refused(Path(options.output))
    if why is not None:
        print(f"jurat: {why}", file=sys.stderr)
        return 2
    found = _asked(options)
    if isinstance(found, Problem):
        common.tell([found])
        return 1
    rules, title = found
    made = site_of(rules, title, options.on)
    if made.problems:
        common.tell(made.problems)
        return common.failed(made.problems)
    try:
        done = write_site(made.files, Path(options.output))
    except OSError as error:
        print(f"jurat: cannot write {error.filename or options.output}: {error.strerror or 'not possible'}", file=sys.stderr)
        return 2
    if done.refused is not None:
        print(f"jurat: {done.refused}", file=sys.stderr)
        return 2
    if made.without_pictures is not None:
        print(f"Without pictures: {made.without_pictures.partition(';')[0]}.", file=sys.stderr)
    deleted = f", {done.deleted} deleted" if done.deleted else ""
    files = "1 file" if len(made.files) == 1 else f"{len(made.files):,} files"
    print(f"{files} in {options.output}: {done.written} written{deleted}.", file=sys.stderr)
    return 0


def _asked(options: argparse.Namespace) -> tuple[Rules, str | None] | Problem:
    """The rules, and what they are called where a scheme is asked for."""
    if options.name is None:
        return load(common.found_rules(options.rules), drafts=options.drafts), None
    if Path(options.name).exists():
        return load(options.name, drafts=options.drafts), None
    scheme = found_scheme(options.name, lambda: common.found_rules(options.rules), options.drafts)
    return scheme if isinstance(scheme, Problem) else (scheme.rules, scheme.title)
