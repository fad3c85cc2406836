"""One page of every kind that the project prints, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import jurat
from jurat.answers import Reader
from tests.books import CHILDCARE, ON, shipped

Made = Callable[[], str]

HOSTILE = {
    "id": "<script>alert(1)</script>",
    "title": '"><img src=x onerror=alert(1)> & <b>bold</b>',
    "source": "</pre></details><h1>forged</h1>",
}
"""Names and texts that would be markup if they were not kept from it."""


@cache
def explained(on: date = ON, reader: Reader = "officer") -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE, on=on), "html", reader=reader)


PAGES: dict[str, Made] = {
    "an award": explained,
    "an award, for an auditor": lambda: explained(reader="auditor"),
    "a refusal": lambda: explained(date(2012, 1, 1)),
}
"""The pages by kind; each is made when a test asks for it."""
