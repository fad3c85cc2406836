"""Groups of tests that need more than Python and this checkout: they run when they are asked for, and are named when not.

python -m pytest                        runs all tests but these groups, and says which were left out
python -m pytest -n auto --dist loadfile  the same, a file of tests to each processor
python -m pytest --require packaging    runs the group too; a test of it that is skipped has failed
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

GROUPS = {
    "browser": "Chromium, and the extra browser",
    "graphviz": "the program dot, of the package graphviz",
    "packaging": "a package index",
}
"""Each group's marker (see pyproject.toml), and what its tests need."""

os.environ["JURAT_CACHE"] = "off"  # tests work everything out, and leave nothing in anybody's home

ALL = "all"
LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    needs = ", ".join(f"{group} (needs {need})" for group, need in GROUPS.items())
    parser.addoption(
        "--require",
        action="append",
        default=[],
        choices=(*GROUPS, ALL),
        help=f"run a group of tests that is left out otherwise, and fail where one of them is skipped: {needs}, or {ALL}",
    )


@pytest.hookimpl(trylast=True)  # after -k and -m: what they leave out was not wanted
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    required = _required(config)
    absent = required - {group for item in items for group in _groups(item)}
    if absent:
        raise pytest.UsageError(f"--require: no test of the group {' or '.join(sorted(absent))} is among those selected")
    left_out = [item for item in items if _groups(item) - required]
    counted = Counter(group for item in left_out for group in _groups(item) - required)
    config.stash[LEFT_OUT] = counted
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not _groups(item) - required]
    if hasattr(config, "workeroutput"):  # one of several processes (-n): each collects all, and the first tells what was left out
        config.workeroutput["left_out"] = dict(counted)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    required = _groups(item) & _required(item.config)
    if required and report.skipped and not hasattr(report, "wasxfail"):
        assert isinstance(report.longrepr, tuple)
        report.outcome = "failed"
        report.longrepr = f"--require {min(required)} was given, and this test did not run. {report.longrepr[2]}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for group, number in sorted(config.stash.get(LEFT_OUT, Counter()).items()):
        tests, them = ("test", "it") if number == 1 else ("tests", "them")
        terminalreporter.write_line(
            f"not run: {group} ({number} {tests}); run {them} with: python -m pytest --require {group}", yellow=True
        )


def _groups(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers() if mark.name in GROUPS}


def _required(config: pytest.Config) -> set[str]:
    asked: list[str] = config.getoption("--require")
    return set(GROUPS) if ALL in asked else set(asked)
