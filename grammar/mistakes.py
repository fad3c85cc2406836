"""What to say when a declaration cannot be read: one message, in the writer's words, with one thing to try."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from lark import Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.source import Source, Span
from grammar.words import DECLARATIONS, LATER, as_name, called, closest, keywords, reserved_words, said_here

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_WORKED_OUT = {"LOWER", "HIGHER", "SUM", "HIGHEST", "LOWEST", "COUNT", "ANY", "ALL", "NONE"}
_AMOUNTS = {"NUMBER", "MONEY", "PENCE", "MORE", "LESS", "AT", "OVER", "UNDER", "ABOVE", "EQUAL"}
_OFTEN_DROPPED = (
    "COMMA", "COLON", "IS", "OF", "TO", "FROM", "WHEN", "OTHERWISE", "PERCENT", "LPAR", "RPAR", "BY", "OVER", "MEET", "ON",
    "THAN", "NEAREST", "EXPECT", "BUT", "NOT", "PLUS", "STRING", "NAME",
)  # fmt: skip
"""Tokens worth trying as the one that was forgotten, likeliest first."""


def first_word(source: Source, piece: Sequence[Token]) -> Problem | None:
    """A piece that does not begin with a declaration word, or that begins with one for which it is too early."""
    token = piece[0]
    if token.type in _MISTAKEN:
        return _mistaken(source, token)
    if token in DECLARATIONS:
        return None
    if token in LATER:
        return Problem(
            code="not-yet",
            message=f"`{token}` is kept for {LATER[token]}, which the language does not have yet.",
            place=Place(span_of(source, token)),
            fix="Leave this out for now; docs/language.md lists what can be written.",
        )
    return no_declaration(source, token)


def no_declaration(source: Source, token: Token) -> Problem:
    near = closest(token.lower(), DECLARATIONS)
    said = said_here(token)
    if said is not None:
        return Problem(
            code="said-otherwise",
            message=f"`{token}` is no word of the language.",
            place=Place(span_of(source, token)),
            fix=said,
        )
    return Problem(
        code="no-declaration",
        message=f"`{token}` does not begin a declaration.",
        place=Place(span_of(source, token), f"did you mean `{near}`?" if near else ""),
        fix=f"Write `{near}`." if near else f"Begin with one of: {', '.join(f'`{word}`' for word in DECLARATIONS)}.",
    )


def is_misspelt_start(source: Source, token: Token) -> bool:
    """Whether a word at the beginning of a line is nearly one that begins a declaration."""
    return token.type in ("NAME", "WORD") and _begins_line(source, token) and closest(token.lower(), DECLARATIONS) is not None


def unexpected(source: Source, state: InteractiveParser, piece: Sequence[Token], position: int) -> Problem:
    """The token at `position` (or the end of the piece) cannot stand where it does; `state` is the parser before it."""
    subject = _subject(piece)
    if position == len(piece):
        end = span_of(source, piece[-1])
        place = Place(Span(source, end.end - 1, end.end), "something is missing after this")
        return Problem(
            code="unfinished",
            message=f"{_article(piece)} ends too early: {_expected(state)} should follow.",
            place=place,
            subject=subject,
            fix=_dropped_fix(state, None, "at the end") or "Write what is missing.",
        )
    token = piece[position]
    if token.type in _MISTAKEN:
        return _mistaken(source, token, subject)
    accepted = state.accepts()
    place = Place(span_of(source, token), "not expected here")
    said = said_here(token) if token.type == "NAME" else None
    if said is not None:
        return Problem(
            code="said-otherwise",
            message=f"`{token}` is no word of the language.",
            place=place,
            subject=subject,
            fix=said,
        )
    if token.type in _WORKED_OUT and "LPAR" in accepted and "NAME" in accepted:
        return Problem(
            code="needs-brackets",
            message="A value that is worked out inside another stands in brackets.",
            place=Place(place.span, "begins here"),
            subject=subject,
            fix=f"Write `({token} of …)`.",
        )
    if token.type == "NAME":
        near = closest(token, [word for name in accepted if (word := keywords().get(name, "")).isalpha()])
        if near:
            return Problem(
                code="misspelt-word",
                message=f"`{token}` cannot stand here. The closest word of the language is `{near}`.",
                place=Place(place.span, f"did you mean `{near}`?"),
                subject=subject,
                fix=f"Write `{near}`.",
            )
        if "$END" in accepted and _begins_line(source, token):
            return no_declaration(source, token)
    wants_name = "NAME" in accepted and "STRING" not in accepted
    if token in reserved_words() and wants_name and _would_be_read(state, "NAME", piece, position):
        return Problem(
            code="reserved-word",
            message=f"`{token}` is a word of the language, so it cannot be a name.",
            place=Place(place.span, "a name is expected here"),
            subject=subject,
            fix=f"Choose another name, for example `{_better_name(token, piece)}`.",
        )
    if position and token.type == piece[position - 1].type and str(token) == str(piece[position - 1]):
        return Problem(
            code="doubled-word",
            message=f"`{token}` stands here twice.",
            place=Place(place.span, "once is enough"),
            subject=subject,
            fix=f"Delete one `{token}`.",
        )
    following = piece[position + 1] if position + 1 < len(piece) else None
    if token.type == "COMMA" and following is not None and following.type in ("BUT", "ROUNDED", "UNROUNDED"):
        return Problem(
            code="limit-after-when",
            message="Limits and roundings belong to the value, so they stand before `when`.",
            place=Place(place.span.to(span_of(source, following)), "too late here"),
            subject=subject,
            fix=f"Move `, {following} …` in front of `when`.",
        )
    before = piece[position - 1].type if position else ""
    if before == "IS" and token.type in _AMOUNTS:
        fix: str | None = "Compare amounts with `=`, `<`, `<=`, `>` or `>=`, for example `age >= 65`."
    elif token.type == "POUND" and following is not None and following.type == "NUMBER":
        fix = f"Write `£{following}`, without a space."
    elif token.type == "STRING" and piece[position - 1].type == "NAME" and "OF" in accepted:
        fix = f"Say whose it is: `{piece[position - 1]} of person {token}`, or another entity."
    else:
        fix = _dropped_fix(state, token, f"before `{_short(token)}`") or _money_fix(token)
    return Problem(
        code="unexpected-word",
        message=f"`{_short(token)}` cannot stand here; {_expected(state)} was expected.",
        place=place,
        subject=subject,
        fix=fix or "Look at the words before it: one may be missing.",
    )


def _subject(piece: Sequence[Token]) -> str | None:
    return str(piece[1]).strip('"“”') if len(piece) > 1 and piece[1].type in ("NAME", "STRING") else None


def _article(piece: Sequence[Token]) -> str:
    word = str(piece[0])
    name = f" `{piece[1]}`" if len(piece) > 1 and piece[1].type == "NAME" else ""
    return f"The {word}{name}"


def _short(token: str) -> str:
    return token if len(token) <= 40 else f"{token[:37]}…"


def _begins_line(source: Source, token: Token) -> bool:
    line, column = source.position(token.start_pos or 0)
    return not source.line(line)[: column - 1].strip()


def _expected(state: InteractiveParser) -> str:
    names = sorted(state.accepts() - {"$END"}, key=lambda name: (name not in _OFTEN_DROPPED, name))
    words = list(dict.fromkeys(word for name in names if (word := called(name)) != "something else"))
    values = {called(name) for name in ("NAME", "MONEY", "PENCE", "NUMBER", "DATE", "BOOLEAN")}
    if values <= set(words):
        words = ["a value", *(word for word in words if word not in values)][:1]
    if len(words) > 5:
        words = words[:4]
        return ", ".join(words) + " or another clause"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing more"


def _dropped_fix(state: InteractiveParser, token: Token | None, where: str) -> str | None:
    """The one word that, put in, lets the text be read on; tried on copies of the parser."""
    accepted = state.accepts()
    for name in _OFTEN_DROPPED:
        if name not in accepted:
            continue
        trial = state.copy(deepcopy_values=False)
        trial.parser_state.parse_conf = _without_callbacks(state)
        try:
            trial.feed_token(Token(name, ""))
        except UnexpectedToken:
            continue
        if (token.type if token is not None else "$END") in trial.accepts():
            return f"Add {'a value' if name == 'NAME' and 'NUMBER' in accepted else called(name)} {where}."
    return None


def _would_be_read(state: InteractiveParser, name: str, piece: Sequence[Token], position: int) -> bool:
    """Whether a token of this kind in place of the one at `position` lets the next one stand."""
    trial = state.copy(deepcopy_values=False)
    trial.parser_state.parse_conf = _without_callbacks(state)
    trial.feed_token(Token(name, ""))
    return (piece[position + 1].type if position + 1 < len(piece) else "$END") in trial.accepts()


def _without_callbacks(state: InteractiveParser) -> Any:
    conf = copy(state.parser_state.parse_conf)
    conf.callbacks = {}
    return conf


def _better_name(token: str, piece: Sequence[Token]) -> str:
    return f"{as_name(token).rstrip('_')}_{'rate' if piece[0] == 'figure' else 'amount'}"


def _money_fix(token: Token) -> str | None:
    if token.type == "NUMBER":
        return "If this is money, write it with its £ sign."
    return None


# ---- text that is no token of the language --------------------------------------------------------------------------


def _mistaken(source: Source, token: Token, subject: str | None = None) -> Problem:
    code, message, fix = _MISTAKEN[token.type](token, source)
    return Problem(code=code, message=message, place=Place(span_of(source, token)), subject=subject, fix=fix)


def _iso_date(token: Token, _: Source) -> tuple[str, str, str]:
    year, month, day = (int(part) for part in token.split("-"))
    fix = f"Write `{day} {_MONTHS[month - 1]} {year}`." if 1 <= month <= 12 else "Write it like `1 October 2010`."
    return "date-spelling", "Dates in rule files are written in words.", fix


def _other_date(token: Token, _: Source) -> tuple[str, str, str]:
    """`1/10/2010` is left to the writer: which number is the day depends on who wrote it."""
    month = next((name for name in _MONTHS if re.search(rf"\b{name[:3]}", token)), None)
    numbers = re.findall(r"[0-9]+", token)
    year = next((number for number in numbers if len(number) == 4), "2010")
    day = next((number for number in numbers if len(number) <= 2), "1").lstrip("0") or "1"
    fix = (
        f"Write `{day} {month} {year}`." if month and len(numbers) > 1 else f"Write the month in words, like `1 October {year}`."
    )
    if not any(len(number) == 4 for number in numbers):
        fix = "Write day, month in words and the year with four digits, like `1 October 2010`."
    return "date-spelling", f"`{token}` is not how a date is written here.", fix


def _slash_unit(token: Token, _: Source) -> tuple[str, str, str]:
    return "unit-spelling", f"`{token}` is not how a unit is written here.", f"Write ` per {token[1:]}`."


def _ordinal_day(token: Token, source: Source) -> tuple[str, str, str]:
    rest = re.match(r"\s+([A-Z][a-z]+)\s+(\d{4})", source.text[token.end_pos or 0 :])
    day = token[:-2].lstrip("0")
    fix = f"Write `{day} {rest[1]} {rest[2]}`." if rest else f"Write `{day}` and the month."
    return "date-spelling", f"`{token}` is not how a day is written here.", fix


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


_MISTAKEN = {
    "ISO_DATE": _iso_date,
    "OTHER_DATE": _other_date,
    "SLASH_UNIT": _slash_unit,
    "ORDINAL_DAY": _ordinal_day,
    "OPEN_STRING": _open_string,
    "WORD": _word,
    "UNKNOWN": _unknown,
}
