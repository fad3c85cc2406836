"""`jurat check [PATH…]`: problems in rule files, on every date, before any household is seen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.book.law import made_on
from grammar.declarations import Instrument
from grammar.problems import Problem, errors, in_order
from grammar.rendering import render_all, to_data
from jurat.answers import is_on_record
from jurat.commands import common
from jurat.rulebook import Rules, check, load

if TYPE_CHECKING:
    from engine.plain.ages import ReadingAge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    where = "rule files, or folders of them (default: $JURAT_RULES, ./rules, the shipped ones)"
    parser.add_argument("paths", nargs="*", metavar="PATH", help=where)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--strict", action="store_true", help="exit 1 on warnings too, also on what is answered on record")
    shows = "remarks on plain language too, and how old a reader should be; they fail with --strict only"
    parser.add_argument("--plain", action="store_true", help=shows)
    common.add_with(parser)
    parser.epilog = "Example: jurat check rules/jersey/income_support"


def run(options: argparse.Namespace) -> int:
    rules = load(*(options.paths or [_found_rules(options.format)]), drafts=options.drafts)
    everywhere = check(rules)
    asked = [problem for problem in everywhere if _is_asked(problem, options.paths)]
    problems = [problem for problem in asked if options.strict or options.format == "json" or not is_on_record(problem)]
    wrong = errors(problems)
    remarks = [remark for remark in rules.remarks if _is_asked(remark, options.paths)] if options.plain else []
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if options.format == "json":
        data: dict[str, object] = {"version": 1, "problems": [to_data(problem) for problem in in_order([*problems, *remarks])]}
        if options.plain:
            data["reading_ages"] = [_age_data(age) for age in rules.reading_ages]
        sys.stdout.write(common.json_text(data))
    elif problems:
        print(render_all(problems, colour))
    else:
        print(_nothing(rules, options.paths))
    files = {path for path in options.paths if Path(path).is_file()}
    drafts = [one for one in rules.law.instruments.values() if one.span.source.path in files and _is_draft(one)]
    for draft in drafts if not options.drafts else ():
        print(f"`{draft.name}` is a draft: what it does is looked at with `--with {draft.span.source.path}`.", file=sys.stderr)
    if options.plain and options.format != "json":
        _print_plain(rules, remarks, colour)
    if len(everywhere) > len(asked):
        print(f"{len(everywhere) - len(asked)} more in other files of the folder; check the folder to see them.", file=sys.stderr)
    if len(asked) > len(problems):
        print(f"{len(asked) - len(problems)} answered on record; --strict shows what and how.", file=sys.stderr)
    if problems:
        warnings = len(problems) - len(wrong)
        more = f"More about the first: jurat problem {problems[0].code}"
        print(f"{_count(len(wrong), 'problem')}, {_count(warnings, 'warning')}. {more}", file=sys.stderr)
    if not options.plain and options.format != "json":
        remarked = sum(count for path, count in rules.remarks_by_file.items() if _is_of(path, options.paths))
        if remarked:
            print(f"{_count(remarked, 'remark')} on plain language; --plain shows them.", file=sys.stderr)
    if any(problem.code in common.CANNOT_READ for problem in wrong):
        return 2
    return 1 if wrong or (options.strict and (problems or remarks)) else 0


def _nothing(rules: Rules, paths: Sequence[str]) -> str:
    """That there are no problems, and in what; a file is read with the others of its folder, whose problems are not shown."""
    others = len(rules.files) - len(paths)
    if paths and others and all(Path(path).is_file() for path in paths):
        return f"No problems in {', '.join(paths)}, read with {_count(others, 'other rule file')}."
    return f"No problems in {_count(len(rules.files), 'rule file')} with {_count(rules.provisions, 'provision')}."


def _is_draft(instrument: Instrument) -> bool:
    return instrument.is_amendment and made_on(instrument) is None


def _found_rules(form: str) -> Path:
    """Where the rules are that are checked where nobody has said which: the first line says so where they do not stand here."""
    path = common.are_elsewhere()
    if path is None or form == "json":
        return common.found_rules()
    here = " `jurat check .` checks those in this folder." if any(Path().glob("*.rules")) else ""
    print(f"There are no rule files in `rules` here; these are checked: {path}.{here}", flush=True)
    return path


def _is_asked(problem: Problem, paths: Sequence[str]) -> bool:
    """Whether a problem stands in what was named: of a file, only its own are shown."""
    return problem.file is None or _is_of(problem.file, paths)


def _is_of(file: str, paths: Sequence[str]) -> bool:
    files = {str(Path(path)) for path in paths if Path(path).is_file()}
    return len(files) < len(paths) or not paths or file in files


def _print_plain(rules: Rules, remarks: Sequence[Problem], colour: bool) -> None:
    """The remarks, and how old a reader of each scheme should be."""
    if remarks:
        print(f"\n{render_all(remarks, colour)}")
    else:
        print("No remarks on plain language.")
    ages = rules.reading_ages
    if ages:
        print("\nHow old a reader should be, by the formula of Flesch and Kincaid:")
        for age in ages:
            print(f"  {age.words()}")


def _age_data(age: ReadingAge) -> dict[str, object]:
    of_kinds = {kind: {"age": found.years, "words": found.words} for kind, found in age.by_kind.items()}
    return {"scheme": age.scheme, "age": age.counts.years, "words": age.counts.words, "kinds": of_kinds}


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
