"""Rule files to a book that can be checked and asked: `load` and `check`."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from engine.book.assemble import assemble
from engine.book.consolidate import NO_READINGS, book_days, consolidate
from engine.book.law import Law, made_on
from engine.book.titles import with_names
from engine.checking.check import check as check_book
from engine.checking.earlier import Earlier, of
from engine.graph import Checked, Graph
from engine.testing.examples import check_example
from grammar.declarations import Case, File, Instrument
from grammar.problems import Place, Problem, errors, in_order
from grammar.source import Source, Span
from grammar.words import closest
from jurat.cache import Kept, kept
from jurat.files import read_draft, read_rules, rules_path, schemes_around

if TYPE_CHECKING:
    from engine.plain.ages import ReadingAge

Asked = tuple[date, date | None, frozenset[str]]
"""Day, known day and chosen readings."""

MOST_WORK = 100_000
"""Provisions times days on which the law changes that `check` looks at; some seconds' work."""


@frozen(eq=False, repr=False)
class _Read:
    """All rule files of a book, read and put together."""

    law: Law
    problems: tuple[Problem, ...]
    cut_short: tuple[Span, ...]


_OF_A_DAY = {"exceptions-clash", "not-a-multiple"}
"""Problems that are shown by an example or a value of the day: what is found again on another day has been told."""


def _about(problem: Problem) -> object:
    return problem.code, problem.place, problem.second


@frozen(slots=False, eq=False, repr=False)
class Rules:
    """A book: its rule files, what they say on each day, and what is wrong with them; each worked out when it is asked for."""

    _sources: tuple[Source, ...]
    _unread: tuple[Problem, ...]
    """Problems with the files themselves."""
    _kept: Kept
    drafts: tuple[str, ...] = ()
    """Names of drafts, and files with drafts, that are looked at as if they had been made after everything else (S39)."""
    beside: frozenset[str] = frozenset()
    """The files that were read only because others name their scheme."""
    _made_by: date | None = None
    """Drafts are looked at as if they had been made on this day, before what was made later; None: after everything."""
    _checked: dict[Asked, Checked] = field(factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(source.path for source in self._sources)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The texts themselves."""
        return self._sources

    @cached_property
    def _read(self) -> _Read:
        from grammar.parsing import parse  # not at the top: what is kept needs no Lark, whose import is a third of a short run

        with _without_collecting():
            parsed = [parse(source) for source in self._sources]
            files = [file.file for file in parsed]
            assembled = assemble(files, _drafts_in(files, self.drafts), self._made_by)
        problems = with_names((problem for file in parsed for problem in file.problems), assembled.law)
        problems += _no_drafts(files, self.drafts)
        cut_short = tuple(span for file in parsed for span in file.file.cut_short)
        return _Read(assembled.law, (*problems, *assembled.problems), cut_short)

    @property
    def law(self) -> Law:
        """Every instrument and provision, on every date."""
        return self._read.law

    def as_known(self, known: date | None) -> Rules:
        """The book in which drafts follow on what had been made by a day (S39); without a draft, or a day, it is this one."""
        if not self.drafts or known is None:
            return self
        return evolve(self, kept=self._kept.under(f"known {known}"), made_by=known, checked={})

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the text itself; `check` also looks at what it means on every date."""
        found = self._kept.get(lambda: self._read.problems, "problems")
        return tuple(in_order([*self._unread, *found]))

    @cached_property
    def provisions(self) -> int:
        """How many provisions there are."""
        return self._kept.get(lambda: len(self.law.provisions), "provisions")

    def on(self, day: date, known: date | None = None, readings: Iterable[str] = ()) -> Checked:
        """The graph of what is in force on a day, as known on another (None: as known today), with its problems.

        `readings` are the names of other readings of the law that are chosen in place of the rules' own.
        """
        key = (day, known, frozenset(readings))
        found = self._checked.get(key)
        if found is None:
            asked = (day.isoformat(), known.isoformat() if known else "", *sorted(key[2]))
            with _without_collecting():
                found = self._checked[key] = self._kept.get(lambda: self._on(*key), "on", *asked)
        return found

    def _on(self, day: date, known: date | None, readings: frozenset[str], earlier: Earlier | None = None) -> Checked:
        checked = check_book(consolidate(self.law, day, known, readings), earlier=earlier)
        return Checked(checked.graph, self._told_once(checked.problems))

    def drafted(self, draft: Source) -> Rules:
        """The book with the drafts of a text applied, as if they had been made after everything else."""
        return from_sources([*self._sources, draft], self._unread, [*self.drafts, draft.path])

    def unknown_readings(self, readings: Iterable[str]) -> tuple[Problem, ...]:
        """A problem for each of these names that no rule has a reading of."""
        known = self.law.readings if readings else {}
        found = []
        for name in readings:
            if name not in known:
                near = closest(name, known)
                listed = f"There are {', '.join(f'`{other}`' for other in known)}." if known else "No rule has another reading."
                fix = f"Write `{near}`." if near else listed
                message = f"No rule has a reading called `{name[:80]}`."
                found.append(Problem(code="unknown-reading", message=message, fix=fix))
        return tuple(found)

    def wrongly_chosen(self, example: Case, checked: Checked) -> tuple[Problem, ...]:
        """What is wrong with the readings that an example chooses, told where it names them."""
        found = []
        for word in example.readings:
            found += [evolve(problem, place=Place(word.span)) for problem in self.unknown_readings([word.name])]
        if example.readings:
            both = Place(example.readings[0].span.to(example.readings[-1].span))
            of_one = [problem for problem in checked.problems if problem.code == "readings-of-one-rule"]
            found += [evolve(problem, place=both) for problem in of_one]
        return tuple(evolve(problem, subject=example.title) for problem in found)

    def _told_once(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Without those inside a declaration that could be read only in part: that has been told."""
        cut_short = self._read.cut_short
        return tuple(p for p in problems if p.place is None or not any(p.place.span.within(cut) for cut in cut_short))

    @cached_property
    def everywhere(self) -> tuple[Problem, ...]:
        """Every problem on every date that the law distinguishes, and in the examples."""
        with _without_collecting():
            return tuple(in_order([*self.problems, *self._kept.get(self._everywhere, "everywhere")]))

    def _everywhere(self) -> tuple[Problem, ...]:
        found = self._on_every_day()
        self.law.made.clear()  # of all days together it is much, and no question looks at all of them
        return found

    @cached_property
    def remarks(self) -> tuple[Problem, ...]:
        """Advice on the writer's own words, in the files that were asked for; nothing of it is wrong."""
        from engine.plain.remarks import remarks  # not at the top: most who ask a book do not ask how it reads

        return tuple(remark for remark in remarks(self._sources) if remark.file not in self.beside)

    @cached_property
    def remarks_by_file(self) -> dict[str, int]:
        """How many there are, by file."""
        return self._kept.get(lambda: dict(Counter(str(remark.file) for remark in self.remarks)), "remarks")

    @property
    def reading_ages(self) -> tuple[ReadingAge, ...]:
        """How old a reader of each scheme should be."""
        from engine.plain.ages import reading_ages

        return reading_ages(source for source in self._sources if source.path not in self.beside)

    def _on_every_day(self) -> tuple[Problem, ...]:
        checked: dict[Asked, Checked] = {}
        days = book_days(self.law)
        if len(days) * len(self.law.provisions) > MOST_WORK:
            return (self._too_much(len(days)),)
        earlier = of(self.law)
        seen: set[tuple[str, tuple[int, ...]]] = set()
        for day in days:
            own = checked[day, None, NO_READINGS] = self._on(day, None, NO_READINGS, earlier)
            for name, touched in _readings_in_force(own.graph).items():
                if (name, touched) in seen:
                    continue  # the reading, and all that rests on its rule, has been looked at on an earlier day
                seen.add((name, touched))
                checked[day, None, frozenset((name,))] = self._on(day, None, frozenset((name,)), earlier)
        found: list[Problem] = []
        told: set[object] = set()
        for on_day in checked.values():
            new = [p for p in on_day.problems if p.code not in _OF_A_DAY or _about(p) not in told]
            told.update(map(_about, new))
            found += new
        if errors(self.problems):
            return tuple(found)  # of a book that cannot be read no example follows
        for example in self.law.examples:
            if example.on is None:
                continue
            day = max((day for day in days if day <= example.on), default=days[0])  # since then the law is the same
            readings = frozenset(word.name for word in example.readings)
            known_already = checked.get((day, None, readings))
            if known_already is None or example.known is not None or day > example.on:
                is_asked_plainly = example.known is None and not readings
                on_day = self._on(example.on, example.known, readings, earlier if is_asked_plainly else None)
            else:
                on_day = known_already
            wrong = self.wrongly_chosen(example, on_day)
            found += wrong
            if not wrong and not errors(on_day.problems):
                found += check_example(example, on_day.graph)
        return tuple(found)

    def _too_much(self, days: int) -> Problem:
        provisions = len(self.law.provisions)
        return Problem(
            code="too-large",
            message=f"{provisions:,} provisions that change on {days:,} days are more than can be looked at on every day.",
            path=self.files[0],
            fix="Check fewer files together.",
        )


def _readings_in_force(graph: Graph) -> dict[str, tuple[int, ...]]:
    """The readings that some rule has on the day, each with the terms that it can touch; any other changes nothing then."""
    bearers: dict[str, set[int]] = {}
    for term in graph.terms:
        for reading in getattr(term.in_force.text, "readings", ()) if term.in_force is not None else ():
            bearers.setdefault(reading.name, set()).add(term.index)
    found = {}
    for name in sorted(bearers):
        touched = bearers[name]
        for term in graph.terms:
            if not touched.isdisjoint(term.reads) or not touched.isdisjoint(term.reads_on_other_days):
                touched.add(term.index)
        found[name] = tuple([id(graph.terms[index]) for index in sorted(touched)])
    return found


_OPENS = re.compile(r"^\s*scheme\s+([a-z]\w*)", re.MULTILINE)
_USES = re.compile(r"\buses\s+([a-z]\w*(?:\s*,\s*[a-z]\w*)*)")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
"""What of schemes can be seen before a file is read: which it opens and which it uses."""


def _opened(texts: Iterable[str]) -> set[str]:
    return {name for text in texts if "scheme" in text for name in _OPENS.findall(text)}


def _used(texts: Iterable[str]) -> set[str]:
    found = (names for text in texts if "uses" in text for names in _USES.findall(text))
    return {name for names in found for name in re.split(r"[,\s]+", names)}


def _is_named(scheme: str, texts: Iterable[str]) -> bool:
    """Whether some term of a scheme may be named: to look for the name first takes a tenth of the time."""
    return any(f"{scheme}." in text and re.search(rf"\b{scheme}\.[a-z]", text) for text in texts)


def _drafts_in(files: Iterable[File], drafts: Iterable[str]) -> frozenset[str]:
    """The drafts of these names, and every draft in these files."""
    asked = frozenset(drafts)
    found = set(asked)
    for file in files:
        if file.source.path in asked:
            found |= {item.name for item in file.declarations if isinstance(item, Instrument) and made_on(item) is None}
            found |= {item.name for item in file.declarations if isinstance(item, Instrument) and item.when_appointed}
    return frozenset(found)


def _no_drafts(files: Iterable[File], drafts: Iterable[str]) -> Iterator[Problem]:
    """A problem for each of these names that no draft has: nothing is left out in silence."""
    files = list(files)
    paths = {file.source.path for file in files}
    instruments = {item.name: item for file in files for item in file.declarations if isinstance(item, Instrument)}
    unmade = [name for name, item in instruments.items() if made_on(item) is None or item.when_appointed]
    for name in drafts:
        own = [other for other, item in instruments.items() if item.span.source.path == name]
        if name in unmade or (name in paths and (not own or not {*own}.isdisjoint(unmade))):
            continue
        if name in paths:
            message = f"`{own[0]}` in {name} has been made: it is law, and needs no `--with`."
            fix = "Put the file beside the rules that it amends; or, if it is a draft, delete `made` and its day in it."
            yield Problem(code="unknown-instrument", message=message, fix=fix)
            continue
        message = f"There is no draft called `{name[:80]}`."
        if name in instruments:
            message = f"`{name}` has been made: it is law, and needs no `--with`."
        near = closest(name, unmade)
        fix = f"Write `{near}`." if near else "Name a file with a draft, or an amendment of the rules that has no `made`."
        yield Problem(code="unknown-instrument", message=message, fix=fix)


def load(
    *paths: str | PathLike[str], drafts: Iterable[str | PathLike[str]] = (), around: Iterable[str | PathLike[str]] = ()
) -> Rules:
    """Reads rule files and folders of rule files; of none, those that are found (see `jurat.files.rules_path`).

    `drafts` are amendments not yet made that are looked at as if they had been, after all others: names of such amendments,
    or files that hold some, which are read beside the rest.

    A scheme that these use, or of which they name a term, is found in a folder beside theirs, or beside those of `around`. What
    was made of them in an earlier run is used again while nothing has changed (see `jurat.cache`).
    """
    folders = [Path(path) for path in paths] or [rules_path()]
    sources, problems = read_rules(folders)
    names: list[str] = []
    for draft in drafts:
        if _NAME.fullmatch(str(draft)) and not _is_file(Path(draft)):
            names.append(str(draft))
            continue
        files, unread = read_draft(Path(draft))
        problems += unread
        known = {source.path for source in sources}
        sources += [file for file in files if file.path not in known]
        names += [file.path for file in files]
    beside = _schemes_beside(sources, [*map(Path, around), *folders], problems)  # also those that only a draft names
    sources += beside
    kept_of = kept(sources, sorted(names))
    return Rules(tuple(sources), tuple(problems), kept_of, tuple(sorted(names)), frozenset(source.path for source in beside))


def _is_file(draft: Path) -> bool:
    """Whether a file is named, and not a draft: `disregard.rule` is nearly one that is there."""
    return draft.exists() or draft.suffix == ".rules" or (draft.suffix != "" and draft.with_suffix(".rules").exists())


def _schemes_beside(sources: list[Source], paths: list[Path], problems: list[Problem]) -> list[Source]:
    """The files of the schemes that these use or name, and that stand in folders beside theirs (S63)."""
    texts = [source.text for source in sources]
    if not _opened(texts) and not _used(texts):
        return []
    found: list[Source] = []
    around = schemes_around(paths)
    while True:
        texts = [source.text for source in (*sources, *found)]
        beside = around.keys() - _opened(texts)
        used = _used(texts) if beside else set()
        wanted = sorted(name for name in beside if name in used or _is_named(name, texts))
        if not wanted:
            return found
        for name in wanted:
            files, unread = read_rules([around[name]])
            problems += unread
            found += [file for file in files if file.path not in {source.path for source in (*sources, *found)}]


def from_sources(sources: Iterable[Source], problems: Iterable[Problem] = (), drafts: Iterable[str] = ()) -> Rules:
    """The same from texts in hand, of which nothing is kept; the order of the texts has no meaning."""
    found = tuple(sources)
    return Rules(found, tuple(problems), Kept(found, None), tuple(drafts))


def check(rules: Rules) -> tuple[Problem, ...]:
    """Every problem on every date that the law distinguishes, and in the examples; an empty tuple for none."""
    return rules.everywhere


@contextmanager
def _without_collecting() -> Iterator[None]:
    """While a book is built: all of it lasts, and to look through it for what may be thrown away doubles the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
