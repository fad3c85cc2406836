"""Marks around what a reader checks in a line: figures, names of people, and words of the rules.

They are characters that neither a rule file nor a case may hold (grammar/limits.py, engine/cases/case_json.py refuse them), so
that nothing written there can pass for one. Every format takes them away: HTML makes an element of each.
"""

from __future__ import annotations

import re
from typing import TypeVar

from markupsafe import Markup, escape

from explain.phrases import worded

FIGURE, NAME, WORDS, END, RULE = "\x01", "\x02", "\x03", "\x04", "\x07"

ENDLESS = worded("… stands for decimals without an end. What follows from such a figure is worked out with all of them.")
"""Stands below a working in which a figure is not shown to its end, and more is done with it than rounding it."""

_CLASSES = {
    RULE: '<span class="f rule">',
    FIGURE: '<span class="f">',
    NAME: '<span class="who">',
    WORDS: '<span class="w">',
    END: "</span>",
}
PART, PART_END = "\x05", "\x06"
_ANY = re.compile("\x05.|[\x01-\x07]")

Text = TypeVar("Text", bound=str)


def figure(text: str) -> str:
    """An amount, a day, a yes or a no, an answer."""
    return f"{FIGURE}{text}{END}"


def rule_figure(text: str) -> str:
    """An amount that the rule itself says."""
    return f"{RULE}{text}{END}"


def name(text: str) -> str:
    """Who it is of."""
    return f"{NAME}{text}{END}"


def words(text: str) -> str:
    """What the rules say, beside the figures that are put into it."""
    return f"{WORDS}{text}{END}"


def as_part(text: object, kind: str) -> str:
    """What a text or a Markdown document says in one place, marked with the letter of its kind; they lose it once it is read."""
    return f"{PART}{kind}{text}{PART_END}"


def plain(text: str) -> str:
    """A text without its marks, as it is read."""
    return _ANY.sub("", text)


def as_elements(text: str) -> Markup:
    """A text as HTML, each marked part an element."""
    markup = str(escape(text))
    for mark, element in _CLASSES.items():
        markup = markup.replace(mark, element)
    return Markup(markup)  # noqa: S704  (escaped above; what is put in is ours)
