"""What to say of text that is no token of the language: dates, numbers, units, quotes and names in another spelling."""

from __future__ import annotations

import re

from lark import Token

from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.source import Source
from grammar.words import as_name, reserved_words

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def mistaken(source: Source, token: Token, subject: str | None = None) -> Problem:
    code, message, fix = MISTAKEN[token.type](token, source)
    return Problem(code=code, message=message, place=Place(span_of(source, token)), subject=subject, fix=fix)


def _iso_date(token: Token, _: Source) -> tuple[str, str, str]:
    year, month, day = (int(part) for part in token.split("-"))
    fix = f"Write `{day} {_MONTHS[month - 1]} {year}`." if 1 <= month <= 12 else "Write it like `1 October 2010`."
    return "date-spelling", "Dates in rule files are written in words.", fix


def _other_date(token: Token, _: Source) -> tuple[str, str, str]:
    """`1/10/2010` is left to the writer: which number is the day depends on who wrote it; in `13/10/2010` it is plain."""
    month = next((name for name in _MONTHS if re.search(rf"\b{name[:3]}", token, re.IGNORECASE)), None)
    numbers = re.findall(r"[0-9]+", token)
    year = next((number for number in numbers if len(number) == 4), "2010")
    day = next((number for number in numbers if len(number) <= 2), "1").lstrip("0") or "1"
    fix = (
        f"Write `{day} {month} {year}`." if month and len(numbers) > 1 else f"Write the month in words, like `1 October {year}`."
    )
    if month is None and len(numbers) == 3:
        first, second = int(numbers[0]), int(numbers[1])
        readings = [
            f"`{d} {_MONTHS[m - 1]} {year}`" for d, m in ((first, second), (second, first)) if 1 <= m <= 12 and 1 <= d <= 31
        ]
        if readings:
            fix = f"Write {readings[0]}."
        if len(set(readings)) > 1:
            fix = f"Write {readings[0]}, or {readings[1]} if the month stands first."
    if month and len(numbers) == 1 and len(numbers[0]) == 4:
        fix = f"Write the day too, like `1 {month} {year}`."
    if not any(len(number) == 4 for number in numbers):
        fix = "Write day, month in words and the year with four digits, like `1 October 2010`."
    return "date-spelling", f"`{token}` is not how a date is written here.", fix


def _comma_number(token: Token, _: Source) -> tuple[str, str, str]:
    plain = token.replace(",", "")
    return "comma-in-number", f"`{token}` has commas, which only money has.", f"Write `{plain}`; if it is money, `£{token}`."


def _slash_unit(token: Token, _: Source) -> tuple[str, str, str]:
    return "unit-spelling", f"`{token}` is not how a unit is written here.", f"Write ` per {token[1:]}`."


def _ordinal_day(token: Token, _: Source) -> tuple[str, str, str]:
    """The day alone is replaced; the month and the year behind it stay."""
    return "date-spelling", f"`{token}` is not how a day is written here.", f"Write `{token[:-2].lstrip('0')}`."


def _open_string(token: Token, _: Source) -> tuple[str, str, str]:
    return "open-quote", "The quotation mark that begins here has no end on this line.", 'Put a `"` where the text ends.'


def _word(token: Token, _: Source) -> tuple[str, str, str]:
    if token.lower() in reserved_words():
        return "name-spelling", f"`{token}` is written in small letters.", f"Write `{token.lower()}`."
    name = as_name(token)
    good = re.fullmatch(r"[a-z][a-z0-9_]*", name)
    fix = f"Write `{name}`." if good else "Use the letters a to z, digits and `_`."
    return "name-spelling", "Names are written in small letters, digits and `_`.", fix


def _unknown(token: Token, _: Source) -> tuple[str, str, str]:
    if token in "–—‐‑":
        return "unknown-character", f"The dash `{token}` has no meaning here.", "Write `-`."
    if token in "'‘’`":
        return "unknown-character", f"The quotation mark `{token}` has no meaning here.", 'Put text between `"` and `"`.'
    return "unknown-character", f"The character `{token}` has no meaning here.", "Delete it, or put text in quotes."


MISTAKEN = {
    "ISO_DATE": _iso_date,
    "OTHER_DATE": _other_date,
    "COMMA_NUMBER": _comma_number,
    "SLASH_UNIT": _slash_unit,
    "ORDINAL_DAY": _ordinal_day,
    "OPEN_STRING": _open_string,
    "WORD": _word,
    "UNKNOWN": _unknown,
}
