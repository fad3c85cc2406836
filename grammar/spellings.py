"""What to say of text that is no token of the language: dates, numbers, units, quotes and names in another spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lark import Token

from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.source import Source, Span
from grammar.words import FUNCTIONS, MONTHS, as_name, closest, reserved_words


def mistaken(source: Source, token: Token, subject: str | None = None) -> Problem:
    if token.type == "ORDINAL_DAY" and (rest := _MONTH_AND_YEAR.match(source.text, token.end_pos or 0)):
        span = span_of(source, token)
        return _date(Span(source, span.start, rest.end()), token[:-2].lstrip("0"), rest[1], rest[2], subject)
    code, message, fix = MISTAKEN[token.type](token, source)
    return Problem(code=code, message=message, place=Place(span_of(source, token)), subject=subject, fix=fix)


_MONTH_AND_YEAR = re.compile(r"[^\S\n]+([A-Z][a-z]+)[^\S\n]+([0-9]{4})\b")


def month_misspelt(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`1 Febuary 2011` where a day is wanted."""
    day, rest = piece[position], _MONTH_AND_YEAR.match(source.text, piece[position].end_pos or 0)
    if day.type != "NUMBER" or rest is None or closest(rest[1], MONTHS) is None:
        return None
    return _date(Span(source, day.start_pos or 0, rest.end()), day, rest[1], rest[2], subject)


def _date(span: Span, day: str, month: str, year: str, subject: str | None) -> Problem:
    """A day of which the number or the month is not written as it is here."""
    month = closest(month, MONTHS) or month
    message = f"`{' '.join(span.text.split())}` is not how a day is written here."
    return Problem(
        code="date-spelling", message=message, place=Place(span), subject=subject, fix=f"Write `{day} {month} {year}`."
    )


def _iso_date(token: Token, _: Source) -> tuple[str, str, str]:
    year, month, day = (int(part) for part in token.split("-"))
    fix = f"Write `{day} {MONTHS[month - 1]} {year}`." if 1 <= month <= 12 else "Write it like `1 October 2010`."
    return "date-spelling", "Dates in rule files are written in words.", fix


def _other_date(token: Token, _: Source) -> tuple[str, str, str]:
    """`1/10/2010` is left to the writer: which number is the day depends on who wrote it; in `13/10/2010` it is plain."""
    month = next((name for name in MONTHS if re.search(rf"\b{name[:3]}", token, re.IGNORECASE)), None)
    numbers = re.findall(r"[0-9]+", token)
    year = next((number for number in numbers if len(number) == 4), "2010")
    day = next((number for number in numbers if len(number) <= 2), "1").lstrip("0") or "1"
    fix = (
        f"Write `{day} {month} {year}`." if month and len(numbers) > 1 else f"Write the month in words, like `1 October {year}`."
    )
    if month is None and len(numbers) == 3:
        first, second = int(numbers[0]), int(numbers[1])
        readings = [
            f"`{d} {MONTHS[m - 1]} {year}`" for d, m in ((first, second), (second, first)) if 1 <= m <= 12 and 1 <= d <= 31
        ]
        if readings:
            fix = f"Write {readings[0]}."
        if "." in token and len(numbers[2]) == 4:  # where points are written, the day always stands first
            readings = readings[:1]
        if len(set(readings)) > 1:
            fix = f"Write {readings[0]}, or {readings[1]} if the month stands first."
    if month and len(numbers) == 1 and len(numbers[0]) == 4:
        fix = f"Write the day too, like `1 {month} {year}`."
    if not any(len(number) == 4 for number in numbers):
        fix = "Write day, month in words and the year with four digits, like `1 October 2010`."
        if "." in token and 1 <= int(numbers[1]) <= 12:
            fix = f"Write `{int(numbers[0])} {MONTHS[int(numbers[1]) - 1]}` and the year with four digits."
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


def _word(token: Token, source: Source) -> tuple[str, str, str]:
    is_called = source.text[token.end_pos or 0 :][:3].lstrip().startswith("(")
    if token.lower() in FUNCTIONS and is_called:
        return "said-otherwise", f"`{token}(…)` is how spreadsheets say it.", FUNCTIONS[token.lower()]
    if token.lower() in reserved_words():
        return "name-spelling", f"`{token}` is written in small letters.", f"Write `{token.lower()}`."
    name = as_name(token)
    good = re.fullmatch(r"[a-z][a-z0-9_]*", name)
    fix = f"Write `{name}`." if good else "Use the letters a to z, digits and `_`."
    return "name-spelling", "Names are written in small letters, digits and `_`.", fix


def _unknown(token: Token, source: Source) -> tuple[str, str, str]:
    if token in "–—‐‑":
        return "unknown-character", f"The dash `{token}` has no meaning here.", "Write `-`."
    if token in "'‘’`":
        return "unknown-character", f"The quotation mark `{token}` has no meaning here.", 'Put text between `"` and `"`.'
    if token in "€$" and re.search(r"(?<![£\d.,])[\d.,]+\s*$", source.text[: token.start_pos]) is not None:
        return "unknown-character", f"There is no `{token}` here: money is in £.", "Delete it, and write `£` before the amount."
    if token in "€$" and re.match(r"\s*\d", source.text[token.end_pos or 0 :]):
        return "unknown-character", f"There is no `{token}` here: money is in £.", "Write `£`."
    if token in _SIGNS:
        return "unknown-character", f"`{token}` has no meaning here.", f"Write `{_SIGNS[token]}`."
    if token in ".;":
        return "unknown-character", f"No clause ends in `{token}`; the next one begins with its word.", "Delete it."
    return "unknown-character", f"The character `{token}` has no meaning here.", "Delete it, or put text in quotes."


_SIGNS = {"!=": "≠", "&": "and", "&&": "and", "|": "or", "||": "or", "[": "(", "{": "(", "]": ")", "}": ")", "!": "not"}
"""What other languages write, and what stands for it here."""

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
