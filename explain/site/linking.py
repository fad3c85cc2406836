"""A text of rules with what it names as links: terms to their pages, instruments to their place in the law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import frozen

from explain.site.addresses import to
from explain.site.book import Told

_TOKEN = re.compile(r"(\"[^\"]*\"|“[^”]*”)|(?<![\w.])([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)(?!\w)")
_NAMES_A_PART = re.compile(r"\b(?:except|row|reading|prevails over)\s+\Z")
"""After these stands the name of a part, which may be spelt like a term."""
_BEFORE = 20
"""In so many letters these words stand."""


Way = Callable[[str], str | None]
"""How a page leads to what is called so; None for what has no page."""


@frozen
class Words:
    """A run of a text, and the address that it leads to."""

    text: str
    to: str | None = None


def linked(text: str, way: Way) -> tuple[Words, ...]:
    """A text in runs; `way` leads to what is called so there."""
    return tuple(run for run in _runs(text, way) if run.text)


def _runs(text: str, way: Way) -> Iterator[Words]:
    at = 0
    for found in _TOKEN.finditer(text):
        address = way(found[2]) if found[2] else None
        if address is None or _NAMES_A_PART.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            continue
        yield Words(text[at : found.start()])
        yield Words(found[2], address)
        at = found.end()
    yield Words(text[at:])


def ways(told: Told, here: str, called: Callable[[str], str], but: str = "") -> Way:
    """From a page to what a text of rules names, as it is called on its day; to a term that is not the text's own."""
    keys = {called(name): name for name in told.addresses.terms} if told.law.renamed else None

    def way(name: str) -> str | None:
        key = name if keys is None else keys.get(name, "")
        address = told.addresses.terms.get(key) or told.addresses.instruments.get(name)
        return None if address is None or key == but else to(address, here)

    return way
