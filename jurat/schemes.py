"""One scheme of a folder of rules: by its name, or by the folder that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from grammar.problems import Problem
from grammar.words import closest
from jurat.files import RULES, folders_below, schemes_below
from jurat.rulebook import Rules, load


@frozen(eq=False, repr=False)
class Scheme:
    """A scheme with the rules that it needs; `files` are its own."""

    name: str
    title: str
    rules: Rules
    files: frozenset[str]


def found_scheme(name: str, rules_path: Callable[[], Path], drafts: Sequence[str] = ()) -> Scheme | Problem:
    """The scheme at a path; else the one of this name where rules are; else a folder of this name that opens none."""
    path = Path(name)
    if path.is_file() or any(path.rglob(RULES)):
        return _scheme(path.resolve().stem, path, drafts)
    rules = rules_path()
    opened = schemes_below(rules)
    if name in opened:
        return _scheme(name, opened[name], drafts)
    folders = folders_below(rules)
    if name in folders:
        return _scheme(name, folders[name], drafts)
    near = closest(name, {**folders, **opened})
    listed = ", ".join(f"`{other}`" for other in opened or folders)
    fix = f"Write `{near}`." if near else f"There is {listed}." if listed else "Name a folder of rule files."
    return Problem(code="unknown-scheme", message=f"There is no scheme called `{name[:80]}`.", fix=fix)


def _scheme(name: str, path: Path, drafts: Sequence[str]) -> Scheme:
    rules = load(path, drafts=drafts)
    files = frozenset(file for file in rules.files if Path(file) == path or (path.is_dir() and Path(file).is_relative_to(path)))
    opened = rules.law.keys.schemes
    own = next((scheme for scheme in opened.values() if scheme.span.source.path in files), None)
    if own is not None and path.is_dir():
        return Scheme(own.name, own.title, rules, files)
    return Scheme(name, name.replace("_", " ").capitalize(), rules, files)
