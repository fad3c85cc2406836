"""Two books beside each other: two folders of rules, or one rule file as git has it before and after a change."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from engine.book.consolidate import book_days, consolidate
from engine.book.law import Law, Provision
from engine.checking.check import check
from engine.checking.earlier import Earlier
from engine.comparing.laws import LawsCompared, compare_laws
from engine.graph import Checked
from explain.comparing.laws import Labels
from explain.phrases import sentence
from grammar.problems import Problem, errors, in_order
from grammar.source import Source, Span
from jurat.comparing import Beside
from jurat.files import read_file
from jurat.rulebook import Rules, from_sources, load

NO_FILE = "/dev/null"
"""What git names where a side has no file."""


class _Written(Protocol):
    @property
    def span(self) -> Span: ...


def compare_books(old: Rules, new: Rules, on: date | None = None, title: str | None = None) -> Beside:
    """Two books on a day; on none, on every day on which something that they say in different words may begin to hold."""
    problems = list(dict.fromkeys([*old.problems, *new.problems]))
    if errors(problems):
        return Beside((), None, None, tuple(in_order(problems)))
    days = (on,) if on is not None else _days(old.law, new.law)
    earlier = Earlier(), Earlier()
    found: list[LawsCompared] = []
    for day in days:
        checked = [_checked(rules.law, day, kept) for rules, kept in zip((old, new), earlier, strict=True)]
        problems += [problem for one in checked for problem in one.problems]
        if errors(problems):
            return Beside((), None, None, tuple(in_order(dict.fromkeys(problems))))
        graphs = checked[0].graph, checked[1].graph
        if not found or (found[-1].before.law, found[-1].after.law) != (graphs[0].law, graphs[1].law):
            found.append(compare_laws(*graphs))
    return Beside(
        tuple(found),
        None,
        Labels(title or sentence("The rules"), sentence("before"), sentence("after")),
        tuple(in_order(dict.fromkeys(problems))),
        on is None,
    )


def _checked(law: Law, day: date, earlier: Earlier) -> Checked:
    return check(consolidate(law, day), with_cases=False, earlier=earlier)


def _days(old: Law, new: Law) -> tuple[date, ...]:
    """Where only provisions are written otherwise, the days on which those change; else every day on which anything does."""
    if _others(old) != _others(new) or any(one.is_amendment for law in (old, new) for one in law.instruments.values()):
        return tuple(sorted({*book_days(old), *book_days(new)}))
    days: set[date] = set()
    before, after = ({**law.provisions, **law.notices} for law in (old, new))
    for name in dict.fromkeys([*before, *after]):
        sides = before.get(name), after.get(name)
        if len({None if one is None else _text(one.head) for one in sides}) > 1:
            days.update(day for one in sides if one is not None for day in _changes(one))
    return tuple(sorted(days))


def _changes(provision: Provision) -> Iterator[date]:
    for day in provision.changes:
        yield day if day > date.min else date.min + timedelta(days=1)


def _others(law: Law) -> set[str]:
    """Everything but provisions, as it is written."""
    trees: Iterable[_Written] = (
        *law.instruments.values(),
        *law.entities.values(),
        *law.choices.values(),
        *law.roles.values(),
        *law.inputs.values(),
        *(write.text for one in law.unwritten for write in one.timeline.writes),
    )
    return {_text(tree) for tree in trees} | {f"{name} {symbol}" for name, symbol in law.units.items()}


def _text(tree: _Written) -> str:
    return " ".join(tree.span.text.split())


# ---- as git asks ----------------------------------------------------------------------------------------------------


def for_git(arguments: Sequence[str]) -> str:
    """What git's external diff is answered: a rule file before and after, among the other files of its folder as they are.

    Where the two books cannot be read, the lines that differ, and why no more can be said; git goes on with the next file.
    """
    path, old_file, new_file = arguments[0], arguments[1], arguments[4]
    name = arguments[7] if len(arguments) > 7 else path
    texts = [_text_of(file) for file in (old_file, new_file)]
    head = f"jurat compare {path}" + (f" {name}" if name != path else "") + "\n"
    unread = [text for text in texts if isinstance(text, Problem)]
    if unread:
        return f"{head}{unread[0].message}\n"
    if not name.endswith(".rules"):
        return head + _lines(path, name, texts)
    old, new = (_with(file, text, {path, name}) for file, text in zip((path, name), texts, strict=True))
    found = compare_books(old, new, title=name)
    if not found.is_found:
        why = errors(found.problems)[0].message
        return f"{head}The two cannot be compared by meaning: {why}\n{_lines(path, name, texts)}"
    return head + found.told()


def _text_of(file: str) -> str | Problem | None:
    """None for a side on which there is no file."""
    if file == NO_FILE:
        return None
    source = read_file(Path(file))
    return source if isinstance(source, Problem) else source.text


def _with(path: str, text: str | Problem | None, instead_of: Collection[str]) -> Rules:
    """The book of a file's folder, with this text in place of what is there now under either of its names."""
    folder = Path(path).parent
    beside = load(folder).sources if folder.is_dir() else ()
    replaced = set(map(Path, instead_of))
    others = [source for source in beside if Path(source.path) not in replaced]
    return from_sources([*others, Source(path, text)] if isinstance(text, str) else others)


def _lines(path: str, name: str, texts: Sequence[str | Problem | None]) -> str:
    old, new = ((text if isinstance(text, str) else "").splitlines(keepends=True) for text in texts)
    return "".join(difflib.unified_diff(old, new, path, name))
