"""Marks around what a reader checks in a line: figures, names of people, and words of the rules.

They are characters that neither a rule file nor a case may hold (grammar/limits.py, engine/cases/case_json.py refuse them), so
that nothing written there can pass for one. Every format takes them away: HTML makes an element of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from markupsafe import Markup, escape

from explain.phrases import worded

FIGURE, NAME, WORDS, END, RULE = "\x01", "\x02", "\x03", "\x04", "\x07"

ENDLESS = worded("… stands for decimals without an end. What follows from such a figure is worked out with all of them.")
"""Stands below a working in which a figure is not shown to its end, and more is done with it than rounding it."""

_ELEMENTS = {FIGURE: "<b>", RULE: '<b class="r">', NAME: '<b class="who">', WORDS: '<b class="w">', END: "</b>"}
"""A short one: a page has thousands."""

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
    for mark, element in _ELEMENTS.items():
        markup = markup.replace(mark, element)
    return Markup(markup)  # noqa: S704  (escaped above; what is put in is ours)


def link(words: str) -> Callable[[int], Markup]:
    """From the number of a step to a link that says the words with it, `step {number}`; each made once, a page has hundreds."""
    before, _, after = (str(escape(part)) for part in words.partition("{number}"))
    made: dict[int, Markup] = {}

    def to(number: int) -> Markup:
        found = made.get(number)
        if found is None:
            found = made[number] = Markup(f'<a href="#step-{number:d}">{before}{number:d}{after}</a>')  # noqa: S704  (as above)
        return found

    return to


_BY_NUMBER = link("{number}")


def links(numbers: Iterable[int], between: str) -> Markup:
    """To steps by their numbers alone."""
    return escape(between).join(map(_BY_NUMBER, numbers))
