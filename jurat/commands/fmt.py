"""`jurat fmt [PATH…]`: rule files and cases in their one layout; a file with a mistake is left alone."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from attrs import frozen

from grammar.formatting import formatted
from grammar.problems import Problem
from jurat.commands import common
from jurat.files import decoded, files_to_lay_out, read_bytes, read_stdin, replace_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    where = "rule files and cases, or folders of them; `-`: standard input to standard output (default: $JURAT_RULES, ./rules)"
    parser.add_argument("paths", nargs="*", metavar="PATH", help=where)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say which files would change, and exit 1 if any would"
    )
    parser.add_argument("--diff", action="store_true", help="as --check, but show the lines that would change")
    parser.epilog = "Example: jurat fmt --check rules"


@frozen
class _Text:
    """A file as it is and as it would be laid out."""

    name: str
    before: str
    after: str


def run(options: argparse.Namespace) -> int:
    only_looks = options.check or options.diff
    if "-" in options.paths:
        if len(options.paths) > 1:
            print("jurat: `-` stands alone: it is one text, from standard input", file=sys.stderr)
            return 2
        return _standard_input(only_looks, options.diff)
    named = options.paths or [os.environ.get("JURAT_RULES") or "rules"]
    paths, problems = files_to_lay_out(Path(path) for path in named)
    changed = unwritten = 0
    for path in paths:
        text = _laid_out(path)
        if not isinstance(text, _Text):
            problems += text
        elif text.before != text.after:
            changed += 1
            if only_looks:
                _show(text, options.diff)
            else:
                unwritten += _write(path, text)
    common.tell(problems)
    print(_summary(len(paths), changed - unwritten, only_looks), file=sys.stderr)
    if unwritten or any(problem.code in common.CANNOT_READ for problem in problems):
        return 2
    return 1 if problems or (only_looks and changed) else 0


def _laid_out(path: Path) -> _Text | Sequence[Problem]:
    """A file's text before and after; or what kept it from being laid out."""
    data = read_bytes(path)
    source = data if isinstance(data, Problem) else decoded(data, str(path))
    if isinstance(data, Problem) or isinstance(source, Problem):
        return [problem for problem in (data, source) if isinstance(problem, Problem)][:1]
    result = formatted(source)
    return result.problems or _Text(str(path), data.decode("utf-8"), result.text)


def _standard_input(only_looks: bool, shows_diff: bool) -> int:
    source = read_stdin(sys.stdin)
    if isinstance(source, Problem):
        common.tell([source])
        return 2
    result = formatted(source)
    common.tell(result.problems)
    if result.problems:
        return 1
    if not only_looks:
        sys.stdout.write(result.text)
        return 0
    text = _Text(source.path, source.text, result.text)
    if text.before == text.after:
        return 0
    _show(text, shows_diff)
    return 1


def _show(text: _Text, shows_diff: bool) -> None:
    if shows_diff:
        before, after = (list(_lines(part)) for part in (text.before, text.after))
        sys.stdout.writelines(unified_diff(before, after, text.name, text.name))
    else:
        print(f"would lay out {text.name}")


def _lines(text: str) -> Iterator[str]:
    """The lines of a text, for a comparison that also shows a foreign or a missing line end."""
    for line in text.split("\n")[:-1]:
        yield line.replace("\r", "\\r") + "\n"
    if last := text.split("\n")[-1]:
        yield last + "\n\\ No newline at end of file\n"


def _write(path: Path, text: _Text) -> bool:
    """Whether the file could not be written."""
    try:
        replace_file(path, text.after)
    except OSError as error:
        print(f"jurat: cannot write {path}: {error.strerror or 'not possible'}", file=sys.stderr)
        return True
    print(f"laid out {text.name}")
    return False


def _summary(files: int, changed: int, only_looks: bool) -> str:
    how = "would be laid out anew" if only_looks else "laid out anew"
    return f"{files} {'file' if files == 1 else 'files'}, {changed} {how}."
