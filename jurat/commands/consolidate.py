"""`jurat consolidate [NAME] --on DATE`: the rules as they stand on a day, as text that can be loaded by itself."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from attrs import frozen

from engine.values import day_words
from grammar.problems import Problem
from jurat.commands import common
from jurat.consolidating import Consolidation, consolidated, not_in_force
from jurat.files import folders_below, schemes_below
from jurat.rulebook import Rules, load
from jurat.schemes import found_scheme


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = "an instrument or a scheme by its name, or a folder of rules (default: all rules that are found)"
    parser.add_argument("name", nargs="?", metavar="NAME", help=what)
    parser.add_argument("--on", type=common.day, required=True, metavar="DATE", help="the day whose law it is")
    parser.add_argument("--known", type=common.day, metavar="DATE", help="the law as it was known on this day")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the rules are (default: $JURAT_RULES, ./rules, the shipped ones)")
    where = "a file that ends in .rules for one text; else a folder, in which each scheme gets one of its own"
    common.add_rule_text(parser, "PATH", where)
    parser.epilog = "Example: jurat consolidate income_support --on 2010-10-01 -o as_of_2010"


def run(options: argparse.Namespace) -> int:
    found = _asked(options)
    if isinstance(found, Problem):
        common.tell([found])
        return 1
    rules, scheme, instrument = found.rules, found.scheme, found.instrument
    text = consolidated(rules, options.on, options.known, instrument)
    if text.problems:
        common.tell(text.problems)
        return common.failed(text.problems)
    absent = not_in_force(rules, options.on, options.known, instrument, found.files)
    if absent or not any(text.texts.values()):
        of = f" of {found.title}" if found.title else ""
        print(f"jurat: nothing{of} {absent or f'is in force on {day_words(options.on)}'}", file=sys.stderr)
        return 1
    if options.output is not None and options.output != "-" and not options.output.endswith(".rules"):
        return _write_folder(text, Path(options.output), options.force)
    own = [scheme] if scheme is not None and scheme in text.texts else list(text.texts)
    if options.output is not None and len(own) > 1:
        print(f"jurat: these are {len(own)} schemes, each with a text of its own; name a folder: -o FOLDER", file=sys.stderr)
        return 2
    others = sorted(name for name in text.texts if name and name not in own)
    if others:
        print(f"It rests on {', '.join(others)}; `-o FOLDER` writes those too.", file=sys.stderr)
    whole = "\n".join(text.texts[name] for name in own)
    if options.output is None or options.output == "-":
        return common.write(whole, None)
    return common.write_rules({options.output: whole}, options.force)


@frozen(eq=False, repr=False)
class _Asked:
    """The rules, and which scheme or which instrument of them is asked for."""

    rules: Rules
    scheme: str | None = None
    instrument: str | None = None
    title: str | None = None
    files: frozenset[str] | None = None


def _asked(options: argparse.Namespace) -> _Asked | Problem:
    name = options.name
    if name is None:
        return _Asked(load(common.found_rules(options.rules), drafts=options.drafts))
    path = common.found_rules(options.rules)
    if Path(name).exists() or name in schemes_below(path) or name in folders_below(path):
        scheme = found_scheme(name, lambda: path, options.drafts)
        if isinstance(scheme, Problem):
            return scheme
        return _Asked(scheme.rules, scheme.name, title=scheme.title, files=scheme.files)
    rules = load(path, drafts=options.drafts)
    instrument = rules.law.instruments.get(rules.law.keys.of(name))
    if instrument is None:
        return _Asked(rules, instrument=name)
    scheme_name = rules.law.keys.permanent(instrument.name).rpartition(".")[0]
    return _Asked(rules, scheme_name, name, instrument.title)


def _write_folder(text: Consolidation, folder: Path, force: bool) -> int:
    """Each scheme in a folder of its own, as it is looked for."""
    texts = {folder.joinpath(name): content for name, content in text.files.items()}
    for path in texts:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            print(f"jurat: cannot write {path}: {error.strerror or 'not possible'}", file=sys.stderr)
            return 2
    status = common.write_rules({str(path): content for path, content in texts.items()}, force)
    for path in texts if not status else ():
        print(f"wrote {path}", file=sys.stderr)
    return status
