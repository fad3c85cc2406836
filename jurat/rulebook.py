"""Rule files to a book that can be checked and asked: `load` and `check`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from os import PathLike
from pathlib import Path

from attrs import field, frozen

from engine.assemble import assemble
from engine.check import check as check_book
from engine.consolidate import book_days, consolidate
from engine.graph import Checked
from engine.law import Law
from engine.questions import check_example
from grammar.parsing import parse
from grammar.problems import Problem, errors, in_order
from grammar.source import Source, Span
from grammar.words import closest
from jurat.files import read_rules, rules_path


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


def load(*paths: str | PathLike[str]) -> Rules:
    """Reads rule files and folders of rule files; of none, those that are found (see `jurat.files.rules_path`)."""
    sources, problems = read_rules([Path(path) for path in paths] or [rules_path()])
    return from_sources(sources, problems)


def from_sources(sources: Iterable[Source], problems: Iterable[Problem] = ()) -> Rules:
    """The same from texts in hand; the order of the texts has no meaning."""
    found = list(problems)
    parsed = [parse(source) for source in sources]
    found += [problem for file in parsed for problem in file.problems]
    assembled = assemble(file.file for file in parsed)
    found += assembled.problems
    cut_short = tuple(span for file in parsed for span in file.file.cut_short)
    return Rules(assembled.law, tuple(file.file.source.path for file in parsed), tuple(in_order(found)), cut_short)


_OF_A_DAY = {"exceptions-clash", "not-a-multiple"}
"""Problems that are shown by an example or a value of the day: what is found again on another day has been told."""


def _about(problem: Problem) -> object:
    return problem.code, problem.place, problem.second


def check(rules: Rules) -> tuple[Problem, ...]:
    """Every problem on every date that the law distinguishes, and in the examples; an empty tuple for none."""
    found = list(rules.problems)
    told: set[object] = set()
    for day in book_days(rules.law):
        for chosen in ((), *((reading,) for reading in rules.law.readings)):
            new = [p for p in rules.on(day, None, chosen).problems if p.code not in _OF_A_DAY or _about(p) not in told]
            told.update(map(_about, new))
            found += new
    for example in rules.law.examples:
        checked = rules.on(example.on, example.known) if example.on else None
        if checked and not errors(checked.problems):
            found += check_example(example, checked.graph)
    return tuple(in_order(found))
