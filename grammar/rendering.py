"""One renderer for every problem: the term and its place in the law, the writer's own line with a caret, and the fix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from grammar.limits import HIDDEN
from grammar.problems import Place, Problem, in_order

_BOLD, _RED, _YELLOW, _BLUE, _OFF = "\033[1m", "\033[31m", "\033[33m", "\033[34m", "\033[0m"
_LINE_SHOWN = 120
MOST_SHOWN = 100
"""Problems that are printed at once; data holds them all."""

Data = dict[str, Any]


def render(problem: Problem, colour: bool = False) -> str:
    """A problem as lines of text, without a final line end. Colour adds nothing that the words do not say."""
    paint = (lambda text, code: f"{code}{text}{_OFF}") if colour else (lambda text, code: text)
    tone = {"error": _RED, "warning": _YELLOW, "advice": _BLUE}[problem.severity]
    problem = evolve(
        problem,
        message=visible(problem.message),
        subject=problem.subject and visible(problem.subject),
        where=problem.where and visible(problem.where),
        path=problem.path and visible(problem.path),
        fix=problem.fix and visible(problem.fix),
    )
    lines = [f"{paint(problem.severity, _BOLD + tone)}: {paint(problem.message, _BOLD)} [{problem.code}]"]
    about = " · ".join(filter(None, (problem.subject, problem.citation)))
    if about:
        lines.append(f"  in {about}")
    if problem.place:
        lines += _shown(problem.place, paint, tone)
    elif problem.path or problem.where:
        lines.append("  at " + ", ".join(filter(None, (problem.path, problem.where))))
    if problem.second:
        lines += _shown(problem.second, paint, _BLUE)
    if problem.fix:
        lines.append(f"  {paint('Fix:', _BOLD)} {problem.fix}")
    return "\n".join(lines)


def visible(text: str) -> str:
    """Text without what a terminal would obey or a reader could not see."""
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(place: Place, paint: Any, tone: str) -> list[str]:
    """The line as written, with carets below the words concerned."""
    span = place.span
    line, column = span.source.position(span.start)
    start = max(0, column - _LINE_SHOWN + 20)
    shown = HIDDEN.sub("\ufffd", span.source.line(line, start, _LINE_SHOWN))
    length = max(1, min(span.end - span.start, start + len(shown) - column + 1))
    pad = "".join("\t" if character == "\t" else " " for character in shown[: column - 1 - start])
    carets = "^" * max(1, min(length, _LINE_SHOWN - (column - 1 - start)))
    number = f"{line:>5}"
    return [
        f"  at {span.source.path}:{line}:{column}",
        f"{paint(number + ' |', _BLUE)} {shown}",
        f"{paint(' ' * len(number) + ' |', _BLUE)} {pad}{paint(f'{carets} {place.label}'.rstrip(), tone)}",
    ]


def render_all(problems: Iterable[Problem], colour: bool = False) -> str:
    """Every problem once, in the order of files and lines, with a blank line between two; "" for none.

    Of very many the first, errors before warnings, and how many more there are.
    """
    found = in_order(problems)
    shown = in_order(sorted(found, key=lambda problem: not problem.is_error)[:MOST_SHOWN])
    parts = [render(problem, colour) for problem in shown]
    if len(found) > len(shown):
        parts.append(f"{len(found) - len(shown):,} more are not shown; mend these first.")
    return "\n\n".join(parts)


def to_data(problem: Problem) -> Data:
    """A problem as JSON data; its schema is jurat/schemas/problem.v1.json."""
    data: Data = {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.file,
        "line": None,
        "column": None,
        "end_line": None,
        "end_column": None,
        "where": problem.where,
        "subject": problem.subject,
        "citation": problem.citation,
        "label": None,
        "fix": problem.fix,
        "second": None,
    }
    if problem.place:
        data |= _place_data(problem.place)
    if problem.second:
        data["second"] = {"file": problem.second.span.source.path} | _place_data(problem.second)
    return data


def _place_data(place: Place) -> Data:
    span = place.span
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column, "label": place.label or None}
