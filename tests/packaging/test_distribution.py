"""The distribution: what is in it, and that it works where there is no checkout.

The source archive is built from the checkout, the wheel from the source archive, and the wheel is installed into an empty
environment, in a folder whose name has a space.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from jurat import __version__

pytestmark = pytest.mark.packaging

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("jurat", "engine", "explain", "grammar")
DATA_IN_WHEEL = f"jurat-{__version__}.data/data/share/jurat"
CASE = "share/jurat/rules/jersey/income_support/cases/childcare.json"
AWARD = "Income Support award of home on 1 October 2010: £288.40 a week"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the source archive that is built from the checkout."""
    folder = tmp_path_factory.mktemp("distribution")
    succeed(sys.executable, "-m", "build", "--outdir", folder, CHECKOUT, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def prefix(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing in it but the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("installed") / "a folder with a space"
    succeed(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    succeed(folder / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", wheel, cwd=folder.parent)
    return folder


def test_the_wheel_holds_the_packages_and_the_rules_and_nothing_else(names: set[str]) -> None:
    expected = {*PACKAGES, f"jurat-{__version__}.dist-info", f"jurat-{__version__}.data"}
    assert {name.partition("/")[0] for name in names} == expected


@pytest.mark.parametrize(
    "pattern", ["grammar/rules.lark", "grammar/rules.table.json", "explain/templates/*.jinja", "explain/locale/**/*.mo"]
)
def test_the_wheel_holds_what_the_packages_read(pattern: str, names: set[str]) -> None:
    expected = in_checkout(pattern)
    assert expected
    assert expected <= names


def test_the_wheel_holds_every_schema_that_there_is(names: set[str]) -> None:
    assert in_checkout("jurat/schemas/*.json") <= names


def test_the_wheel_says_that_each_package_is_typed(names: set[str]) -> None:
    assert {f"{package}/py.typed" for package in PACKAGES} <= names


@pytest.mark.parametrize("pattern", ["rules/**/*.rules", "rules/**/cases/*", "rules/**/translations/*.mo"])
def test_the_wheel_holds_every_rule_file_and_every_case(pattern: str, names: set[str]) -> None:
    expected = {f"{DATA_IN_WHEEL}/{path}" for path in in_checkout(pattern)}
    assert expected
    assert expected <= names


def test_the_wheel_holds_the_page_of_every_problem(names: set[str]) -> None:
    expected = {f"{DATA_IN_WHEEL}/{path}" for path in in_checkout("docs/problems/*.md")}
    assert expected
    assert expected <= names


def test_an_installed_jurat_has_the_page_of_a_problem(prefix: Path, tmp_path: Path) -> None:
    shown = run(prefix / "bin" / "jurat", "problem", "unknown-name", cwd=tmp_path)
    assert shown.stdout == (CHECKOUT / "docs" / "problems" / "unknown-name.md").read_text(encoding="utf-8")


def test_an_installed_jurat_explains_an_installed_case(prefix: Path, tmp_path: Path) -> None:
    explained = run(prefix / "bin" / "jurat", "explain", prefix / CASE, cwd=tmp_path)
    assert explained.returncode == 0, explained.stderr
    assert explained.stdout.startswith(f"{AWARD}\n")


def test_an_installed_jurat_finds_nothing_wrong_in_the_installed_rules(prefix: Path, tmp_path: Path) -> None:
    checked = run(prefix / "bin" / "jurat", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def in_checkout(pattern: str) -> set[str]:
    """The files of the checkout that a pattern finds, as paths from its top."""
    return {path.relative_to(CHECKOUT).as_posix() for path in CHECKOUT.glob(pattern) if path.is_file()}


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command that can find the checkout neither from its folder nor from its environment."""
    ways_back = {"JURAT_RULES", "PYTHONHOME", "PYTHONPATH"}
    environment = {name: value for name, value in os.environ.items() if name not in ways_back}
    return subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


def succeed(*command: str | Path, cwd: Path) -> None:
    """Runs a command of the preparation and shows all that it printed where it fails."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
