"""The house itself: no float near a result, no long file, a README a room, and documents that are true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import jurat
from grammar.source import Source
from jurat.rulebook import from_sources
from tests.books import CHILDCARE, ROOT, RULES, shipped

ROOMS = ("grammar", "engine", "explain", "jurat")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def floats(tree: ast.AST) -> Iterator[str]:
    """Where a binary floating point number could arise."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float()):
                yield f"line {node.lineno}: a float literal"
            case ast.BinOp(op=ast.Div()) if not isinstance(node.right, ast.Constant) or not isinstance(node.right.value, str):
                if not _is_path(node):
                    yield f"line {node.lineno}: a division with /"
            case ast.Call(func=ast.Name(id="float" | "round" as name)):
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=float())]):
                yield f"line {node.lineno}: Decimal of a float"


def _is_path(node: ast.BinOp) -> bool:
    """`folder / "name"` is no division."""
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_float_near_a_result(path: Path) -> None:
    """A lint on the syntax tree."""
    assert list(floats(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("text", ["x = 0.1", "x = a / b", "x = float(a)", "x = round(a, 2)", "x = Decimal(0.1)"])
def test_the_lint_finds_what_it_looks_for(text: str) -> None:
    """It can fail."""
    assert list(floats(ast.parse(text)))


STAGES = [path for path in FILES if path.relative_to(ROOT).parts[0] != "jurat" and path.name != "table.py"]
OUTSIDE = {"os", "sys", "io", "pathlib", "time", "subprocess", "socket", "urllib", "random", "pickle", "argparse", "locale"}
CALLS = {"open", "input", "print", "eval", "exec", "today", "now"}


def reaches_out(tree: ast.AST) -> Iterator[str]:
    """Where a file, the terminal, the clock or another program could be reached."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name.split(".")[0] in OUTSIDE)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in OUTSIDE:
                yield module
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in CALLS:
                yield f"line {node.lineno}: {name}()"


@pytest.mark.parametrize("path", STAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_face_reaches_out(path: Path) -> None:
    """What the stages know, they are handed; the parse table alone is read, and written by its own command."""
    assert list(reaches_out(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("text", ["import os", "from pathlib import Path", "open('x')", "date.today()", "import urllib.request"])
def test_reaching_out_is_noticed(text: str) -> None:
    """It can fail."""
    assert list(reaches_out(ast.parse(text)))


def test_files_stay_short() -> None:
    """Under about 400 lines."""
    long = {
        str(path.relative_to(ROOT)): count
        for path in (*FILES, *sorted((ROOT / "tests").rglob("*.py")))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_room_says_what_lives_there() -> None:
    """A README a folder, and every folder stands in ARCHITECTURE.md."""
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in (*ROOMS, "rules", "benchmarks", "tests"):
        assert (ROOT / room / "README.md").is_file(), room
        assert f"`{room}/`" in architecture


EACH_BY_ITSELF = {"engine/mechanisms", "jurat/commands"}
"""Folders of which the modules are what their names say: a mechanism, a command."""


def modules_named(document: Path) -> set[str]:
    """The modules that a document names, `writing_*.py` for all of that name."""
    return set(re.findall(r"`(?:[\w./]*/)?([\w*]+\.py)`", document.read_text(encoding="utf-8")))


def test_every_module_is_named_where_its_room_is_described() -> None:
    """In ARCHITECTURE.md, or in the README of its folder."""
    architecture = modules_named(ROOT / "ARCHITECTURE.md")
    left_out = []
    for path in FILES:
        folder = path.parent
        readme = modules_named(folder / "README.md") if (folder / "README.md").is_file() else set()
        is_named = any(path.match(name) for name in architecture | readme)
        if not is_named and not path.name.startswith("__") and folder.relative_to(ROOT).as_posix() not in EACH_BY_ITSELF:
            left_out.append(path.relative_to(ROOT).as_posix())
    assert left_out == []


@pytest.mark.parametrize("readme", sorted(ROOT.glob("*/**/README.md")), ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_a_readme_names_modules_that_are_there(readme: Path) -> None:
    """In its folder or below it, or by the path from the root."""
    text = readme.read_text(encoding="utf-8")
    named = [name for name in re.findall(r"`([\w./]+\.py)`", text) if not (ROOT / name).is_file()]
    assert [name for name in named if not list(readme.parent.rglob(name))] == []


def test_links_in_documents_lead_somewhere() -> None:
    """In README, ARCHITECTURE and docs/."""
    for document in [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} → {target}"


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_readme_shows_a_rule_as_it_is_and_its_explanation_as_it_is_printed() -> None:
    """Word for word."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [rule] = fenced(readme, "rules")
    assert rule in (RULES / "jersey" / "income_support" / "income.rules").read_text(encoding="utf-8")
    [shown] = fenced(readme, "text")
    printed = jurat.explain(jurat.assess(shipped(), CHILDCARE))
    for part in shown.split("\n\n"):
        assert part.strip("\n") in printed


def test_the_readme_shows_a_message_as_it_is_printed(tmp_path: Path) -> None:
    """The rule of the README with a letter left out; before what `check` tells of the law that we ship."""
    [shown] = fenced((ROOT / "README.md").read_text(encoding="utf-8"), "console")
    for path in RULES.rglob("*.rules"):
        copy = tmp_path / "rules" / path.relative_to(RULES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        copy.write_text(
            text.replace("contributions - earnings_disregard\n", "contributions - earning_disregard\n"), encoding="utf-8"
        )
    done = subprocess.run([sys.executable, "-m", "jurat", "check", "rules"], cwd=tmp_path, capture_output=True, check=False,
                          env={"PYTHONPATH": str(ROOT), "PATH": "", "JURAT_CACHE": "off"})  # fmt: skip
    assert shown.rstrip("\n") == f"$ jurat check rules\n{done.stdout.decode()}".rstrip("\n")


def test_the_python_of_the_readme_runs() -> None:
    """As printed."""
    [code] = fenced((ROOT / "README.md").read_text(encoding="utf-8"), "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().startswith("£327.07 a week\nLone parent, part-time work\nIncome Support award of home")
    assert re.findall(r"# … (£\S+)", code) == re.findall(r"^Income Support .* to .*: (£\S+)$", done.stdout.decode(), re.MULTILINE)


def test_every_rule_example_in_the_documents_is_read_without_problems() -> None:
    """docs/language.md shows what can be written: its whole example is a book, and its parts are read."""
    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    books = fenced(text, "rules")
    assert len(books) >= 3
    for number, book in enumerate(books):
        rules = from_sources([Source(f"docs/language.md, example {number + 1}", book)])
        assert jurat.check(rules) == ()
