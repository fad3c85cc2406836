"""What the commands share: dates and cases as arguments, and where output goes."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from engine.book.drafts import LookedAt
from explain.schemes import told_of
from grammar.limits import YEARS
from grammar.problems import Problem, errors
from grammar.rendering import render_all
from grammar.source import Source
from grammar.syntax import DateText
from jurat.answers import Answer, assess
from jurat.files import read_file, read_stdin, rules_path
from jurat.rulebook import Rules, load

Form = TypeVar("Form", bound=str)

CANNOT_READ = {"cannot-read", "not-utf8", "no-rules"}
"""Problems with the files themselves: wrong use, not a wrong rule."""


def day(text: str) -> date:
    """`2010-10-01` or `1 October 2010`, in the years that rules and cases know."""
    found = re.fullmatch(r"([0-9]{4})-[0-9]{2}-[0-9]{2}|[0-9]{1,2} [A-Za-z]+ ([0-9]{4})", text)
    if found is not None and int(found[1] or found[2]) not in YEARS:
        raise argparse.ArgumentTypeError(f"{text} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    if found is not None and found[1]:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"there is no day {text}") from None
    from grammar.parsing import parse_value

    value, problem = parse_value(text)
    if isinstance(value, DateText) and problem is None:
        return value.value
    raise argparse.ArgumentTypeError(f"{text!r} is not a day; write 2010-10-01 or '1 October 2010'")


def json_text(data: Mapping[str, Any]) -> str:
    """Data laid out for people to read."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def add_case_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help="a case: a JSON or `.case` file; `-` is standard input")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day for which, and of the law (default: as the case says)")
    add_question(parser)


def add_question(parser: argparse.ArgumentParser) -> None:
    """What is asked of a case, besides the day."""
    parser.add_argument("--known", type=day, metavar="DATE", help="law and facts as they were known on this day")
    asked = parser.add_mutually_exclusive_group()
    add_of(asked)
    add_schemes(asked)
    add_rules(parser)
    parser.add_argument("--strict", action="store_true", help="refuse assumed facts; exit 1 on warnings")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")


def add_of_and_rules(parser: argparse.ArgumentParser) -> None:
    add_of(parser)
    add_rules(parser)


def add_of(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--of", action="append", default=[], metavar="NAME", help="a term to answer for (default: what is paid)")


def add_schemes(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--schemes",
        type=_schemes,
        metavar="NAME[,NAME]",
        help="schemes to answer for, or `all` (default: those whose facts the case gives); one term of one: `--of scheme.term`",
    )


def _schemes(text: str) -> list[str]:
    """`income_support,bonus`, or `all`."""
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"{text!r} names no scheme between two commas; write income_support,bonus or all")
    return names


def add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reading", action="append", default=[], metavar="NAME", help="another reading of the law to take, by its name"
    )
    add_with(parser)
    parser.add_argument(
        "--rules", metavar="PATH", help="a folder of rule files, or one file (default: $JURAT_RULES, ./rules, the shipped ones)"
    )


def add_with(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with",
        dest="drafts",
        action="append",
        default=[],
        metavar="DRAFT",
        help="a draft to apply as if it had been made after everything else: a file, or the name of a draft in the rules",
    )


def answer(options: argparse.Namespace) -> Answer:
    """The answer to the case and the options of a command."""
    rules, case = rules_and_case(options)
    if isinstance(case, Problem):
        return Answer(None, (*rules.problems, case))
    found = assess(
        rules,
        case,
        on=options.on,
        known=options.known,
        of=options.of,
        readings=options.reading,
        strict=options.strict,
        schemes=options.schemes,
    )
    line = told_of(found.schemes) if options.schemes is None else None
    if line is not None:
        print(line, file=sys.stderr)
    if found.assessment is not None:
        tell_drafts(found.assessment.graph.drafts, found.assessment.case.on)
    return found


def rules_and_case(options: argparse.Namespace) -> tuple[Rules, Source | Problem]:
    """The book and the case that a command is given."""
    return load(found_rules(options.rules), drafts=options.drafts), case(options.case)


def found_rules(given: str | None = None) -> Path:
    """Where the rules are; told on standard error where nobody has said so and they do not stand here."""
    elsewhere = None if given else are_elsewhere()
    if elsewhere is not None:
        print(f"Rules: {elsewhere}", file=sys.stderr)
    return elsewhere or rules_path(given)


def are_elsewhere() -> Path | None:
    """The rules that are taken where nobody has said which, and none stand here."""
    path = rules_path()
    return None if os.environ.get("JURAT_RULES") or path == Path("rules") else path


def case(argument: str) -> Source | Problem:
    """A case from a file, or from standard input."""
    return read_stdin(sys.stdin) if argument == "-" else read_file(Path(argument))


def format_of(options: argparse.Namespace, suffixes: Mapping[str, Form], otherwise: Form) -> Form:
    """The format that is asked for; else as the file's name ends."""
    found: Form = options.format or suffixes.get(Path(options.output or "").suffix, otherwise)
    return found


_PAGES: dict[str, Literal["md", "html", "json"]] = {".md": "md", ".html": "html", ".json": "json"}


class Told(Protocol):
    """What was found beside each other or along a fact; or the problems because of which nothing was."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...

    @property
    def is_found(self) -> bool: ...

    @property
    def is_refused(self) -> bool: ...

    def told(self, form: Literal["text", "md", "html"] = "text") -> str: ...

    def data(self) -> dict[str, Any]: ...


def write_told(found: Told, options: argparse.Namespace) -> int:
    """What was found, in the format that is asked for; beside it, on standard error, what is wrong."""
    tell(found.problems)
    form: Literal["text", "md", "html", "json"] = format_of(options, _PAGES, "text")
    if form == "json":
        text = json_text(found.data())
    elif not found.is_found:
        return failed(found.problems)
    else:
        text = found.told(form)
    return write(text, options.output) or int(found.is_refused or (options.strict and bool(found.problems)))


def tell(problems: Iterable[Problem]) -> None:
    """Problems, to standard error."""
    text = render_all(problems, colour=has_colour())
    if text:
        print(text, file=sys.stderr)


def has_colour() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def write(text: str, output: str | None) -> int:
    """A result to standard output or to a file; 0, or 2 where the file cannot be written."""
    if output is None or output == "-":
        sys.stdout.write(text)
        return 0
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        print(f"jurat: cannot write {output}: {error.strerror or 'not possible'}", file=sys.stderr)
        return 2
    return 0


def tell_drafts(drafts: Sequence[LookedAt], first: date, last: date | None = None, option: str = "--on") -> None:
    """Which drafts change nothing on the days that are asked for, to standard error, and on which they would."""
    if drafts:
        from explain.drafts import without_effect  # not at the top: few look at drafts

        for line in without_effect(drafts, first, last, option):
            print(line, file=sys.stderr)


def add_rule_text(parser: argparse.ArgumentParser, metavar: str, where: str) -> None:
    """Where rule text goes, which is somebody's work: what is there already stays, unless it is said that it may go."""
    parser.add_argument("-o", "--output", metavar=metavar, help=where)
    parser.add_argument("--force", action="store_true", help="write over a file that is there already")


def write_rules(texts: Mapping[str, str], force: bool) -> int:
    """Rule texts to files, all or none: a file that is there and says something else is not written over."""
    taken = [path for path, text in texts.items() if Path(path).is_file() and not _says(Path(path), text)]
    if taken and not force:
        named = f"{taken[0]} is" if len(taken) == 1 else f"{taken[0]} and {len(taken) - 1} more are"
        print(f"jurat: {named} there already, and nothing was written; name another with -o, or say --force", file=sys.stderr)
        return 2
    return next((status for path, text in texts.items() if (status := write(text, path))), 0)


def _says(path: Path, text: str) -> bool:
    found = read_file(path)
    return not isinstance(found, Problem) and found.text == text


def write_draft(text: str, options: argparse.Namespace, problems: Sequence[Problem], undone: Sequence[Problem] = ()) -> int:
    """The text of a draft, to standard output or to a file; beside it what is wrong with it, and what it leaves undone.

    What is wrong goes to no file.
    """
    tell((*problems, *undone))
    if options.output is None or options.output == "-":
        return write(text, None) or int(bool(errors((*problems, *undone))))
    if errors(problems):
        print(f"jurat: nothing was written to {options.output}", file=sys.stderr)
        return 1
    return write_rules({options.output: text}, options.force) or int(bool(errors(undone)))


def failed(problems: Iterable[Problem]) -> int:
    """The exit status where there is no answer: 2 where a file could not be read, else 1."""
    return 2 if any(problem.code in CANNOT_READ for problem in problems) else 1


def status(found: Answer, strict: bool) -> int:
    """0 fine, 1 problems or a refused output, 2 where a file could not be read."""
    if found.assessment is None:
        return failed(found.problems)
    if found.is_refused or (strict and found.problems):
        return 1
    return 0
