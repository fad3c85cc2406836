"""Chromium as Debian has it, driven by Playwright; one for all tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROGRAM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if PROGRAM is None:
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=PROGRAM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that asks nothing of any network, and tells what a script or an address would have done."""
    opened = browser.new_page(viewport={"width": 1000, "height": 900})
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each kind of page as a file on the disc, as people keep it."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for number, (kind, made) in enumerate(PAGES.items()):
        found[kind] = folder / f"{number}.html"
        found[kind].write_text(made(), encoding="utf-8")
    return found
