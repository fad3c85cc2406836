"""One page of every kind that the project prints, by name."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import date
from functools import cache

import jurat
from jurat.answers import Reader
from jurat.cli import main
from jurat.site import site_of
from tests.books import CHILDCARE, ON, RULES, shipped

Made = Callable[[], str]


@cache
def explained(on: date = ON, reader: Reader = "officer") -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE, on=on), "html", reader=reader)


def printed(*arguments: str) -> str:
    """What a command prints as a page."""
    out = io.StringIO()
    with redirect_stdout(out):
        main([*arguments, "--format", "html", "--rules", str(RULES)])
    return out.getvalue()


@cache
def _site() -> Mapping[str, str]:
    return site_of(shipped(), on=ON).files


def documented(page: str) -> str:
    """A page of the documentation of the rules."""
    return _site()[page]


def _days(*arguments: str) -> Sequence[str]:
    return (*arguments, "--from", "2010-09-30", "--to", "2010-10-01")


def _days_of_curve(*arguments: str) -> Sequence[str]:
    return (*arguments, "--from-date", "2009-10-01", "--to-date", "2010-10-01")


LONE_PARENT = CHILDCARE.with_name("lone_parent_part_time.case")

PAGES: dict[str, Made] = {
    "an award": explained,
    "an award, for an auditor": lambda: explained(reader="auditor"),
    "a refusal": lambda: explained(date(2012, 1, 1)),
    "a letter": lambda: explained(reader="claimant"),
    "a letter, easy to read": lambda: explained(reader="easy-read"),
    "a letter in French": lambda: jurat.explain(jurat.assess(shipped(), CHILDCARE), "html", reader="claimant", language="fr"),
    "a letter of a refusal": lambda: explained(date(2012, 1, 1), "claimant"),
    "two laws": lambda: printed(*_days("compare", "income_support")),
    "one household under two laws": lambda: printed(*_days("compare", "income_support", "--case", str(CHILDCARE))),
    "an award along one fact": lambda: printed(*_days_of_curve("curve", str(LONE_PARENT), "--vary", "gross_earnings of anna")),
    "documentation: a rule": lambda: documented("terms/income_support.counted_earnings.html"),
    "documentation: the provisions of the law": lambda: documented("law.html"),
    "documentation: the outline of an award": lambda: documented("graphs/income_support.award.html"),
    "rates": lambda: printed(*_days("rates", "income_support")),
}
"""The pages by kind; each is made when a test asks for it."""
