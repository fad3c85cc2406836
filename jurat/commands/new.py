"""`jurat new scheme NAME`, `jurat new case NAME`: a start that holds, with a comment for every line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.assess import asked_terms
from engine.book.consolidate import book_days
from explain.rules.starts import Wrong, case_start, name_mistake, scheme_mistake, scheme_start
from grammar.problems import errors
from grammar.source import Source
from jurat.answers import assess
from jurat.commands import common
from jurat.files import write_new
from jurat.rulebook import Rules, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    scheme = kinds.add_parser("scheme", help="a folder with a rule file that says one of each sort of thing")
    scheme.add_argument("name", metavar="NAME", help="what the scheme, its folder and its award are called")
    scheme.epilog = "Example: jurat new scheme heating_allowance"
    case = kinds.add_parser("case", help="a case file with every fact that an award needs")
    case.add_argument("name", metavar="NAME", help="what the file is called, without `.case`")
    case.add_argument("--on", type=common.day, metavar="DATE", help="the day of the case (default: the last that has an answer)")
    common.add_of_and_rules(case)
    case.epilog = "Example: jurat new case first --rules heating_allowance"
    for kind in (scheme, case):
        kind.add_argument("-d", "--directory", type=Path, default=Path(), metavar="DIR", help="where to put it (default: here)")
    parser.epilog = "Example: jurat new scheme heating_allowance -d drafts"


def run(options: argparse.Namespace) -> int:
    return _scheme(options) if options.kind == "scheme" else _case(options)


def _scheme(options: argparse.Namespace) -> int:
    folder = options.directory.joinpath(options.name)
    wrong = scheme_mistake(options.name) or _taken(folder)
    if wrong:
        return _refuse(wrong)
    file = folder.joinpath(f"{options.name}.rules")
    if not _is_written(file, scheme_start(options.name)):
        return 2
    print(f"Written: {file}")
    print(f"Look for mistakes in it:  jurat check {_quoted(folder)}")
    print(f"Begin a case for it:      jurat new case first --rules {_quoted(folder)}")
    return 0


def _case(options: argparse.Namespace) -> int:
    file = options.directory.joinpath(f"{options.name}.case")
    wrong = name_mistake(options.name) or _taken(file)
    if wrong:
        return _refuse(wrong)
    path = common.found_rules(options.rules)
    rules = load(path)
    text = _case_text(rules, options)
    if text is None:
        return 2 if any(problem.code in common.CANNOT_READ for problem in rules.problems) else 1
    if not _is_written(file, text):
        return 2
    given = "".join(f" --of {name}" for name in options.of) + (f" --rules {_quoted(path)}" if options.rules else "")
    print(f"Written: {file}")
    print(f"Explain it:  jurat explain {_quoted(file)}{given}")
    return 0


def _case_text(rules: Rules, options: argparse.Namespace) -> str | None:
    """The case on the day that was named, or on the latest for which the rules have an answer to it."""
    last = None
    for day in [options.on] if options.on else reversed(book_days(rules.law)):
        checked = rules.on(day)
        asked, unknown = asked_terms(checked.graph, options.of)
        problems = [*rules.problems, *checked.problems]
        problems += unknown if not errors(problems) else ()
        if errors(problems):
            common.tell(problems)
            return None
        text = case_start(checked.graph, asked, options.name)
        last = last or text
        if not assess(rules, Source("the case", text), of=options.of).is_refused:
            return text
    return last


def _taken(path: Path) -> Wrong | None:
    if path.exists() or path.is_symlink():
        return Wrong(f"{path} is there already, and nothing is overwritten", "choose another name, or another folder with -d")
    return None


def _is_written(file: Path, text: str) -> bool:
    why = write_new(file, text)
    if why is not None:
        print(f"jurat: cannot write {file}: {why}", file=sys.stderr)
    return why is None


def _refuse(wrong: Wrong) -> int:
    print(f"jurat: {wrong.message}; {wrong.fix}", file=sys.stderr)
    return 2


def _quoted(path: Path) -> str:
    """A path as it is typed: in quotes where it has a space."""
    return f'"{path}"' if " " in str(path) else str(path)
