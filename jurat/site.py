"""The documentation of a rule book as files in a folder: what it is made of, and how it is written there.

Nothing is written but into the folder, and nothing is deleted that another put there: a list in the folder says what an earlier
run wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from engine.assessment import FactUse, Step
from engine.book.consolidate import book_days
from engine.testing.provisions import provision_map
from engine.values import refusal_of
from explain.phrases import sentence
from explain.rules.picture import dot_text
from explain.site.addresses import shown_files
from explain.site.book import Household, Told
from explain.site.rendering import site
from explain.telling.steps import shown
from grammar.problems import Problem, errors
from grammar.source import Span
from jurat.answers import assess, explain
from jurat.files import read_bytes
from jurat.graphviz import NoLayout, layout
from jurat.rulebook import Rules
from jurat.testing import run_examples

MARKER = ".jurat-docs"
_HEADING = "Written by jurat docs: these files are replaced or deleted when it is run again.\n"
_LINE = re.compile(r"([0-9a-f]{64})  ([a-z0-9_-][a-z0-9_.-]*(?:/[a-z0-9_-][a-z0-9_.-]*)?)")
_CASES = (".case", ".json")


@frozen(eq=False, repr=False)
class Site:
    """The files of a site by their paths; or what keeps the book from being told. Beside them, why there are no pictures."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    without_pictures: str | None = None


def site_of(rules: Rules, title: str | None = None, on: date | None = None) -> Site:
    """The documentation of a book on a day (None: when the law last changes)."""
    tested = run_examples(rules)
    day = on or (book_days(rules.law)[-1] if not errors(rules.problems) else date.min)
    problems = errors([*tested.problems, *(rules.on(day).problems if not errors(rules.problems) else ())])
    if problems:
        return Site({}, tuple(dict.fromkeys(problems)))
    graph = rules.on(day).graph
    cases = _cases_beside(rules)
    shown_as = shown_files({path: str(Path(path).resolve()) for path in (*rules.files, *cases)})
    tested = evolve(tested, examples=tuple(sorted(tested.examples, key=lambda w: _order(w.example.span, shown_as))))
    worked = [
        (w.example, w.assessment, [o.found.key for o in w.outcomes if isinstance(o.found, Step)])
        for w in tested.examples
        if w.assessment is not None
    ]
    told = Told(
        title=title or _title(rules),
        law=rules.law,
        graph=graph,
        examples=tested.examples,
        coverage=tested.coverage(),
        provisions=provision_map(rules.law, frozenset(rules.files), worked),
        households=tuple(_household(rules, path, shown_as[path]) for path in sorted(cases, key=lambda path: shown_as[path])),
        shown=shown_as,
    )
    layouts = _layouts(told)
    if isinstance(layouts, NoLayout):
        return Site(site(told), without_pictures=layouts.why)
    return Site(site(evolve(told, layouts=layouts)))


def _order(span: Span, shown_as: Mapping[str, str]) -> tuple[str, int]:
    """By files as the site calls them, so that where the rules stand changes nothing."""
    return shown_as[span.source.path], span.start


def _title(rules: Rules) -> str:
    """The title of the scheme that the files open; of several, what holds them all."""
    opened = [s.title for s in rules.law.keys.schemes.values() if s.span.source.path not in rules.beside]
    return opened[0] if len(opened) == 1 else sentence("The rule book")


def _layouts(told: Told) -> dict[str, dict[str, Any]] | NoLayout:
    """Where the boxes of each award's graph stand; or why nothing says so."""
    found: dict[str, dict[str, Any]] = {}
    for award in told.graph.awards:
        placed = layout(dot_text(told.drawing(award)))
        if isinstance(placed, NoLayout):
            return placed
        found[award.name] = placed
    return found


# ---- households -----------------------------------------------------------------------------------------------------


def _cases_beside(rules: Rules) -> list[str]:
    """The cases in the folders called `cases` beside the rule files."""
    folders = dict.fromkeys(Path(file).parent / "cases" for file in rules.files)
    return [str(path) for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.suffix in _CASES]


def _household(rules: Rules, path: str, file: str) -> Household:
    answer = assess(rules, path)
    if answer.assessment is None:
        why = next((problem.message for problem in errors(answer.problems)), None)
        return Household(file, file, None, (), why, None)
    assessment = answer.assessment
    return Household(
        file=file,
        title=assessment.case.title or Path(path).stem.replace("_", " ").capitalize(),
        on=assessment.case.on,
        awards=tuple((found.term.name, found.path[-1] if found.path else "", _value(found)) for found in assessment.answers),
        why=None,
        page=explain(answer, "html", is_of_site=True),
    )


def _value(found: Step | FactUse) -> str:
    refusal = refusal_of(found.value)
    if refusal is not None:
        return sentence("refused: {reasons}", reasons=refusal.reasons[0].message)
    if isinstance(found, Step):
        return shown(found.value, found)
    return found.exact.words() if found.exact else sentence("not given")


# ---- writing --------------------------------------------------------------------------------------------------------


@frozen
class Written:
    """What came of writing: how many files were written, and how many of an earlier run deleted; or why nothing was."""

    written: int = 0
    deleted: int = 0
    refused: str | None = None


def refused(folder: Path) -> str | None:
    """Why nothing can be written into a folder, as far as can be seen before there is anything to write."""
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file; name a folder"
    if _earlier(folder) is None:
        return f"{folder} is not empty, and not an earlier output of this command; name a new folder"
    return None


def write_site(files: Mapping[str, str], folder: Path) -> Written:
    """Writes the files of a site into a folder that is new, empty, or an earlier output.

    What has the same bytes already is left alone. Raises OSError where the disc refuses.
    """
    why = refused(folder)
    if why is not None:
        return Written(refused=why)
    before = _earlier(folder) or {}
    for name in files:
        target = folder.joinpath(name)
        if any(part.is_symlink() for part in (target, target.parent)):
            return Written(refused=f"{target} is a link, or lies behind one; name a new folder")
        if target.exists() and name not in before:
            return Written(refused=f"{target} is not of an earlier output; move it, or name a new folder")
    data = {name: text.encode("utf-8") for name, text in files.items()}
    digests = {name: sha256(content).hexdigest() for name, content in data.items()}
    folder.mkdir(parents=True, exist_ok=True)
    _list(folder, {**before, **digests})  # first, so that a run that is broken off can be done again
    written = sum(_replaced(folder.joinpath(name), content) for name, content in data.items())
    deleted = sum(_deleted(folder.joinpath(name), digest) for name, digest in before.items() if name not in files)
    _list(folder, digests)
    return Written(written, deleted)


def _earlier(folder: Path) -> dict[str, str] | None:
    """What an earlier run wrote, each file with its digest; none in a folder that is new or empty; None of another's."""
    marker = folder.joinpath(MARKER)
    if not folder.exists() or not any(folder.iterdir()):
        return {}
    if marker.is_symlink() or not marker.is_file():
        return None
    data = read_bytes(marker)
    text = "" if isinstance(data, Problem) else data.decode("utf-8", "replace")
    if not text.startswith(_HEADING):
        return None
    found = (_LINE.fullmatch(line) for line in text.splitlines()[1:])
    return {line[2]: line[1] for line in found if line is not None}


def _list(folder: Path, digests: Mapping[str, str]) -> None:
    lines: Iterator[str] = (f"{digests[name]}  {name}\n" for name in sorted(digests))
    _replaced(folder.joinpath(MARKER), (_HEADING + "".join(lines)).encode("utf-8"))


def _replaced(path: Path, content: bytes) -> bool:
    """Puts a file in its place, whole; False where it says so already."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def _deleted(path: Path, digest: str) -> bool:
    """Deletes a file of an earlier run, and its folder with the last; not where somebody has written to it since."""
    if path.parent.is_symlink() or path.is_symlink() or not path.is_file():
        return False
    if sha256(path.read_bytes()).hexdigest() != digest:
        return False
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return True
