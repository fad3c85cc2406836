"""`jurat test [PATH…]`: the examples in rule files, what they exercise, and households for what they do not."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.testing.coverage import Coverage
from engine.testing.suggest import Suggestion
from explain.rules.testing import coverage_text, percent, report, suggestions_text
from explain.rules.testing_data import tests
from grammar.problems import Problem, errors
from grammar.words import closest
from jurat.commands import common
from jurat.rulebook import load
from jurat.testing import Tested, run_examples


def add_arguments(parser: argparse.ArgumentParser) -> None:
    where = "rule files, or folders of them (default: $JURAT_RULES, ./rules, the shipped ones)"
    parser.add_argument("paths", nargs="*", metavar="PATH", help=where)
    parser.add_argument("--coverage", action="store_true", help="say also which parts of the rules no example exercises")
    at_least = "exit 1 where fewer parts are exercised; includes --coverage"
    parser.add_argument("--at-least", type=share, metavar="PERCENT", help=at_least)
    parser.add_argument(
        "--suggest",
        nargs="?",
        const="",
        metavar="NAME",
        help="write an example for each part that none exercises (of one rule or figure), and tell of the tests beside it",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    common.add_with(parser)
    parser.epilog = "Example: jurat test rules/jersey --coverage --at-least 80"


def share(text: str) -> tuple[int, int]:
    """`80`, `82.5` or `80%`, as whole number and scale."""
    found = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?%?", text)
    decimals = (found[2] or "") if found else ""
    value, scale = int(found[1] + decimals) if found else 0, 10 ** len(decimals)
    if found is None or value > 100 * scale:
        raise argparse.ArgumentTypeError(f"{text!r} is no percentage; write a number from 0 to 100")
    return value, scale


def run(options: argparse.Namespace) -> int:
    rules = load(*(options.paths or [common.found_rules()]), drafts=options.drafts)
    tested = run_examples(rules)
    files = _files(options.paths)
    wanted = _wanted(options.suggest, tested) if options.suggest else None
    if isinstance(wanted, Problem):
        common.tell([*tested.problems, wanted])
        return 1
    asked = options.coverage or options.at_least is not None
    readable = not errors(rules.problems)  # of half a book no share can be told
    found = tested.coverage(files) if readable and (asked or options.suggest is not None) else None
    suggestions = None
    if found is not None and options.suggest is not None:
        suggestions = list(tested.suggestions([part for part in found.missing if wanted in (None, part.term)]))
    _print(options, tested, files, found if asked else None, suggestions)
    common.tell(errors(tested.problems))
    if any(problem.code in common.CANNOT_READ for problem in tested.problems):
        return 2
    return 1 if _is_too_little(found, options.at_least) or not _hold(tested, files) else 0


def _files(paths: Sequence[str]) -> frozenset[str]:
    """The files named, where nothing but files is named: of these only, the examples are run and the parts counted."""
    files = frozenset(str(Path(path)) for path in paths if Path(path).is_file())
    return files if len(files) == len(set(paths)) else frozenset()


def _wanted(name: str, tested: Tested) -> str | Problem:
    if name in tested.rules.law.provisions:
        return name
    near = closest(name, tested.rules.law.provisions)
    fix = f"Ask for `{near}`." if near else "Name a rule or a figure; paths stand before `--suggest`."
    return Problem(code="unknown-name", message=f"There is no rule or figure called `{name[:80]}`.", fix=fix)


def _print(
    options: argparse.Namespace,
    tested: Tested,
    files: frozenset[str],
    coverage: Coverage | None,
    suggestions: list[Suggestion] | None,
) -> None:
    """The result to standard output. Suggestions are one, so that they can go to a file; what else there is goes beside them."""
    examples = tested.of(files)
    if options.format == "json":
        sys.stdout.write(common.json_text(tests(examples, coverage, suggestions, errors(tested.problems))))
        return
    beside = sys.stderr if suggestions is not None else sys.stdout
    beside.write(report(examples))
    if coverage is not None:
        beside.write("\n" + coverage_text(coverage))
    if suggestions is not None:
        sys.stdout.write(suggestions_text(suggestions))


def _hold(tested: Tested, files: frozenset[str]) -> bool:
    return not errors(tested.problems) and all(worked.holds for worked in tested.of(files))


def _is_too_little(coverage: Coverage | None, at_least: tuple[int, int] | None) -> bool:
    if coverage is None or at_least is None or coverage.tally().reaches(*at_least):
        return False
    print(f"Coverage is {percent(coverage.tally())}, less than was asked for.", file=sys.stderr)
    return True
