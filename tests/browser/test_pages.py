"""Every kind of page in a real browser: accessible, by keyboard alone, on a phone, in the dark, and printed whole.

These need Chromium: python -m pytest --require browser
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KINDS = tuple(PAGES)
EXPLANATIONS = tuple(kind for kind in KINDS if kind.startswith(("an award", "a refusal")) and "along" not in kind)
MOST = 300_000
"""Bytes that a page may have."""


def opened(page: Page, file: Path) -> Page:
    page.goto(file.as_uri())
    return page


# ---- for everybody --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, scheme: str, page: Page, files: dict[str, Path]) -> None:
    """WCAG 2.2 AA and good practice, with every part unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, files[kind])
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_checker_of_pages_can_fail(page: Page, files: dict[str, Path]) -> None:
    """A page without its language, or with a name for nothing, is found in the same way; so nothing found means something."""
    from axe_playwright_python.sync_playwright import Axe

    opened(page, files[KINDS[0]])
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('svg').removeAttribute('aria-labelledby')")
    page.evaluate("document.querySelector('svg title').remove()")
    assert {rule["id"] for rule in Axe().run(page).response["violations"]} >= {"html-has-lang", "svg-img-alt"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_script_and_no_network(kind: str, page: Page, files: dict[str, Path]) -> None:
    """It asks for nothing but itself, runs nothing, and is small enough to send."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, files[kind])
    assert asked == [files[kind].as_uri()]
    assert page.locator("script, link, iframe, object, embed, img, form, [onclick], [style]").count() == 0
    assert files[kind].stat().st_size < MOST


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone_nothing_scrolls_sideways(kind: str, page: Page, files: dict[str, Path]) -> None:
    """320 px wide, everything unfolded."""
    page.set_viewport_size({"width": 320, "height": 640})
    opened(page, files[kind])
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", KINDS)
def test_one_heading_and_none_skipped(kind: str, page: Page, files: dict[str, Path]) -> None:
    opened(page, files[kind])
    levels = [int(level[1]) for level in page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(one => one.tagName)")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


# ---- an explanation -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EXPLANATIONS)
def test_the_keyboard_alone_opens_every_step(kind: str, page: Page, files: dict[str, Path]) -> None:
    """Tab goes to each summary that can be seen, Enter opens it, and what it holds can then be reached in turn."""
    opened(page, files[kind])
    for _ in range(5000):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(() => { const here = document.activeElement; return here.tagName + (here.parentElement?.open ?? '') })()"
        )
        if at == "SUMMARYfalse":
            page.keyboard.press("Enter")
        elif at.startswith("BODY"):
            break
    steps = page.locator("li:has(> details) > details")
    assert steps.count() > 5
    assert page.locator("details:not([open])").count() == 0


@pytest.mark.parametrize("kind", EXPLANATIONS)
def test_it_holds_its_parts(kind: str, page: Page, files: dict[str, Path]) -> None:
    """Each named part, and at least as many figures as steps."""
    opened(page, files[kind])
    parts = page.eval_on_selector_all("main > section", "all => all.map(one => one.getAttribute('aria-labelledby'))")
    wanted = ["working", "facts", "law", "gaps", "rules"]
    assert [part for part in parts if part in wanted] == wanted
    assert ("made-up" in parts) == (kind != "a refusal")
    steps = page.locator("[id^=step-]").count()
    values = page.locator("summary .value").all_text_contents()
    assert len(values) + page.locator("summary .n span[id]").count() >= steps > 50
    assert all(values)


@pytest.mark.parametrize("kind", EXPLANATIONS)
def test_every_link_leads_to_what_can_be_seen(kind: str, page: Page, files: dict[str, Path]) -> None:
    """A click on a link to a step that is folded away unfolds all that it lies in; no two places have one name."""
    opened(page, files[kind])
    targets = set(page.eval_on_selector_all("a[href^='#']", "all => all.map(one => one.getAttribute('href').slice(1))"))
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    folded = page.eval_on_selector_all("details:not([open]) > ol [id^='step-']", "all => all.map(one => one.id)")
    assert len(folded) > 5
    for target in (folded[0], folded[-1]):
        opened(page, files[kind])
        assert not page.locator(f"#{target}").is_visible()
        page.locator(f"a[href='#{target}']:visible").first.click()
        assert page.locator(f"#{target}").is_visible()
        assert page.locator(f"#{target}").bounding_box()["y"] < 900  # type: ignore[index]


@pytest.mark.parametrize("kind", EXPLANATIONS)
def test_printed_it_shows_every_step(kind: str, page: Page, files: dict[str, Path]) -> None:
    """The text of the PDF has the words and the figures of steps that are folded on the screen."""
    import pypdf

    opened(page, files[kind])
    bodies = page.eval_on_selector_all(".body", "all => all.map(one => one.textContent)")
    printed = io.BytesIO(page.pdf(format="A4"))
    text = _letters(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(printed).pages))
    numbers = page.eval_on_selector_all("[id^=step-]", "all => all.map(one => one.id)")
    assert len(numbers) > 50
    missing = [body for body in bodies if _letters(body.split("Uses")[0])[:40] not in text]
    assert not missing, f"{len(missing)} of {len(bodies)} steps are not in the PDF, the first: {missing[0]}"


def _letters(text: str) -> str:
    """Text without its spaces and line ends, which a PDF has elsewhere; and with its ligatures taken apart."""
    return re.sub(r"\s+", "", text.replace("ﬁ", "fi").replace("ﬂ", "fl"))
