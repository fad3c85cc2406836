"""Words in English that stand in a text in another language, between characters that no rule file and no case may hold."""

from __future__ import annotations

FOREIGN, FOREIGN_END = "\x0e", "\x0f"


def foreign(text: str) -> str:
    """Words in English that stand in a text in another language."""
    return f"{FOREIGN}{text}{FOREIGN_END}"


def without_foreign(text: str) -> str:
    """A text without their marks, for what cannot say in which language a part of it is."""
    return text.replace(FOREIGN, "").replace(FOREIGN_END, "")


def in_its_language(page: str) -> str:
    """A page of HTML in which such words say that they are in English (WCAG 3.1.2); its title can have no elements."""
    head, title, body = page.partition("</title>")
    page = without_foreign(head) + title + body
    return page.replace(FOREIGN, '<span lang="en">').replace(FOREIGN_END, "</span>")
