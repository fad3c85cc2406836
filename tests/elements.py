"""A page as a browser reads it: its elements, their addresses and classes, and its text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 77 * 77 }}", "<!--", "&lt;b&gt;", "*b* _i_ `c` [l](u)"]  # fmt: skip
"""Texts that would be something else if they were not kept text."""

Element = tuple[str, dict[str, str | None]]


class Elements(HTMLParser):
    """What a page is made of, in its order, so that tests ask of it what they want to know."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.words: list[str] = []
        """Each run of its text between two signs of markup."""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each element with the names of its attributes: what hostile text would change."""
        return [(tag, tuple(attributes)) for tag, attributes in self.found]

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.found]

    @property
    def text(self) -> str:
        """Its words, with one space between two, and none before a comma."""
        return re.sub(r" (?=[,.;:])", "", " ".join(" ".join(self.words).split()))

    @property
    def classes(self) -> set[str]:
        return {name for value in self.values("class") for name in value.split()}

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of a kind."""
        return [attributes for name, attributes in self.found if name == tag]

    def values(self, attribute: str) -> list[str]:
        """What an attribute is, wherever it stands and says something."""
        return [value for _, attributes in self.found if (value := attributes.get(attribute))]


def without_style(page: str) -> str:
    """A page but for its style sheet, so that a change of that is no change of the page."""
    return re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
