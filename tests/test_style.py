"""The style sheets and the templates: nothing is styled that no page has, and no page has a class that means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args, get_type_hints

import pytest

from engine.comparing.households import Why
from engine.graph import Term
from explain.marks import as_elements, figure, rule_figure, words
from explain.page.waterfall import Kind
from tests.books import ROOT
from tests.elements import Elements

TEMPLATES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "explain" / "templates").glob("*.jinja"))}
PAGES = {name: text for name, text in TEMPLATES.items() if name.endswith((".html.jinja", ".svg.jinja"))}

KINDS = {kind.replace(" ", "-") for kind in get_args(Kind)}
FILLED: dict[str, set[str]] = {
    'bar.kind | replace(" ", "-")': KINDS,
    'line.kind | replace(" ", "-")': KINDS,
    "row.why": set(get_args(Why)),
    "item.box.kind": set(get_args(get_type_hints(Term)["kind"])),
    "which": {"first", "last"},
    "classes": set(),
}
"""What an expression in an attribute can be; the kinds of box stand in the legend of a graph too."""

READ_BACK = {
    "explain/reading_back/pages.py": {"adds", "applied", "formula", "r", "w"},
    "jurat/verifying.py": {"case", "question", "title"},
}
"""Classes that a page has for those who read it back."""
OPPOSITES = {"amount", "first"}
"""Classes that say what another, which is styled, is not."""


def given(text: str) -> Iterator[str]:
    """Every class that a template gives to something, whatever it is filled in with."""
    for value in re.findall(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"', text):
        yield from re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value).split()
        for expression in re.findall(r"\{\{ (.*?) \}\}", value):
            yield from (FILLED[expression] if expression in FILLED else re.findall(r"(?:^|else )[\"']([a-z-]+)", expression))


def sheets() -> dict[str, str]:
    """Every style sheet, those that stand in a page included."""
    found = {name: text for name, text in TEMPLATES.items() if name.endswith(".css.jinja")}
    for name, text in PAGES.items():
        own = re.findall(r"\{%- block style %\}(.*?)\{% endblock|<style>(.*?)</style>", text, re.DOTALL)
        found[name] = "".join(part for parts in own for part in parts)
    return found


def styled(sheet: str) -> set[str]:
    """The classes in the selectors of a style sheet."""
    selectors = re.sub(r"\{%.*?%\}|\{[^{}]*\}", "{}", sheet)
    return set(re.findall(r"\.([a-z][a-z-]*)", re.sub(r'"[^"]*"', "", selectors)))


GIVEN = {name for text in PAGES.values() for name in given(text)}
GIVEN |= Elements(as_elements(figure("1") + rule_figure("1") + words("is"))).classes
STYLED = {name for sheet in sheets().values() for name in styled(sheet)}


@pytest.mark.parametrize("name", sheets())
def test_what_is_styled_is_on_a_page(name: str) -> None:
    assert styled(sheets()[name]) - GIVEN == set()


def test_what_is_on_a_page_is_styled_or_read_back() -> None:
    assert GIVEN - STYLED - OPPOSITES - {name for names in READ_BACK.values() for name in names} == set()


@pytest.mark.parametrize("module", READ_BACK)
def test_what_is_said_to_be_read_back_is(module: str) -> None:
    """The module looks for each of these classes."""
    text = (ROOT / module).read_text("utf-8")
    assert {name for name in READ_BACK[module] if not re.search(rf'class="[^">]*\b{name}\b|\({name}\b|\|{name}\b', text)} == set()


def test_nothing_is_on_the_lists_that_no_page_has() -> None:
    assert OPPOSITES | {name for names in READ_BACK.values() for name in names} <= GIVEN
    assert all(any(expression in text for text in PAGES.values()) for expression in FILLED)


def test_the_lint_finds_what_it_looks_for() -> None:
    """It can fail."""
    assert styled("@media print { .one, p.two:not(.three) { font: .9rem; } } .four::before { content: '.'; }") == {
        "one", "two", "three", "four",
    }  # fmt: skip
    assert set(given('<p class="a{% if x.y %} b{% endif %} {{ "c" if x == "d" else "e" }}"><i class="{{ row.why }}">')) == {
        "a", "b", "c", "e", *FILLED["row.why"],
    }  # fmt: skip
