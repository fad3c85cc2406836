"""Rule files to a book that can be checked and asked: `load` and `check`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from os import PathLike
from pathlib import Path

from attrs import field, frozen

from engine.assemble import assemble
from engine.check import check as check_book
from engine.consolidate import book_days, consolidate
from engine.examples import check_example
from engine.graph import Checked
from engine.law import Law
from grammar.parsing import parse
from grammar.problems import Problem, errors, in_order
from grammar.source import Source, Span
from grammar.words import closest
from jurat.files import read_rules, rules_path, schemes_around


@frozen(eq=False, repr=False)
class Rules:
    """All rule files of a book, read and put together, and what was wrong with them."""

    law: Law
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    """What is wrong in the text itself; `check` also looks at what it means on every date."""
    _cut_short: tuple[Span, ...] = ()
    _checked: dict[tuple[date, date | None, frozenset[str]], Checked] = field(factory=dict)

    def on(self, day: date, known: date | None = None, readings: Iterable[str] = ()) -> Checked:
        """The graph of what is in force on a day, as known on another (None: as known today), with its problems.

        `readings` are the names of other readings of the law that are chosen in place of the rules' own.
        """
        key = (day, known, frozenset(readings))
        found = self._checked.get(key)
        if found is None:
            checked = check_book(consolidate(self.law, *key))
            found = self._checked[key] = Checked(checked.graph, self._told_once(checked.problems))
        return found

    def unknown_readings(self, readings: Iterable[str]) -> tuple[Problem, ...]:
        """A problem for each of these names that no rule has a reading of."""
        known = self.law.readings
        found = []
        for name in readings:
            if name not in known:
                near = closest(name, known)
                listed = f"There are {', '.join(f'`{other}`' for other in known)}." if known else "No rule has another reading."
                fix = f"Write `{near}`." if near else listed
                message = f"No rule has a reading called `{name[:80]}`."
                found.append(Problem(code="unknown-reading", message=message, fix=fix))
        return tuple(found)

    def _told_once(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Without those inside a declaration that could be read only in part: that has been told."""
        return tuple(p for p in problems if p.place is None or not any(p.place.span.within(cut) for cut in self._cut_short))


_OPENS = re.compile(r"^\s*scheme\s+([a-z]\w*)", re.MULTILINE)
_USES = re.compile(r"\buses\s+([a-z]\w*(?:\s*,\s*[a-z]\w*)*)")
_NAMES = re.compile(r"\b([a-z][a-z0-9_]*)\.[a-z]")
"""What of schemes can be seen before a file is read: which it opens, which it uses, and which it may name."""


def load(*paths: str | PathLike[str]) -> Rules:
    """Reads rule files and folders of rule files; of none, those that are found (see `jurat.files.rules_path`).

    A scheme that these use, or of which they name a term, is found in a folder beside theirs.
    """
    folders = [Path(path) for path in paths] or [rules_path()]
    sources, problems = read_rules(folders)
    return from_sources([*sources, *_schemes_beside(sources, folders, problems)], problems)


def _schemes_beside(sources: list[Source], paths: list[Path], problems: list[Problem]) -> list[Source]:
    """The files of the schemes that these use or name, and that stand in folders beside theirs (S63)."""
    opened = {name for source in sources for name in _OPENS.findall(source.text)}
    if not opened and not any(_USES.search(source.text) for source in sources):
        return []
    found: list[Source] = []
    around = schemes_around(paths)
    while True:
        texts = [source.text for source in (*sources, *found)]
        opened = {name for text in texts for name in _OPENS.findall(text)}
        used = {name for text in texts for names in _USES.findall(text) for name in re.split(r"[,\s]+", names)}
        used |= {name for text in texts for name in _NAMES.findall(text)}
        wanted = sorted((used & around.keys()) - opened)
        if not wanted:
            return found
        for name in wanted:
            files, unread = read_rules([around[name]])
            problems += unread
            found += [file for file in files if file.path not in {source.path for source in (*sources, *found)}]


def from_sources(sources: Iterable[Source], problems: Iterable[Problem] = ()) -> Rules:
    """The same from texts in hand; the order of the texts has no meaning."""
    found = list(problems)
    parsed = [parse(source) for source in sources]
    found += [problem for file in parsed for problem in file.problems]
    assembled = assemble(file.file for file in parsed)
    found += assembled.problems
    cut_short = tuple(span for file in parsed for span in file.file.cut_short)
    return Rules(assembled.law, tuple(file.file.source.path for file in parsed), tuple(in_order(found)), cut_short)


def check(rules: Rules) -> tuple[Problem, ...]:
    """Every problem on every date that the law distinguishes, and in the examples; an empty tuple for none."""
    found = list(rules.problems)
    examples = () if errors(found) else rules.law.examples  # of a book that cannot be read nothing follows
    for day in book_days(rules.law):
        found += rules.on(day).problems
        for reading in rules.law.readings:
            found += rules.on(day, None, (reading,)).problems
    for example in examples:
        checked = rules.on(example.on, example.known) if example.on else None
        if checked and not errors(checked.problems):
            found += check_example(example, checked.graph)
    return tuple(in_order(found))
