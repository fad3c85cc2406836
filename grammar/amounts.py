"""What to say of amounts that are not written as they are here: their signs, their units, their commas and minuses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from lark import Token

from grammar.limits import span_of
from grammar.problems import Place, Problem, amount_spelling
from grammar.source import Source, Span
from grammar.words import amount_meant

_NUMBERS = ("MONEY", "PENCE", "NUMBER")
_UNITS = ("PER_TIME", "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS")


def minus(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem:
    """A minus that nothing stands before: an amount below zero is written as so much less than nothing."""
    span = span_of(source, piece[position])
    before = piece[position - 1] if position else None
    after = piece[position + 1] if position + 1 < len(piece) else None
    if piece[0] == "table" and before is not None and after is not None and {before.type, after.type} <= set(_NUMBERS):
        return Problem(
            code="leading-minus",
            message="A minus is no range: a cell goes from one amount `to` another.",
            place=Place(span_of(source, before).to(span_of(source, after)), "a range?"),
            subject=subject,
            fix=f"Write `{before} to {after}`.",
        )
    if any(token.type == "RANGE" for token in piece[max(0, position - 4) : position]):
        return Problem(
            code="leading-minus",
            message="A minus is no range, which goes from one amount `to` another.",
            place=Place(span, "a range?"),
            subject=subject,
            fix="Write `to`.",
        )
    amount = list(takewhile(lambda token: token.type in ("MONEY", "PENCE", "NUMBER", "PERCENT", *_UNITS), piece[position + 1 :]))
    fix = "Write before it what it is taken from; below zero, `£0 per week - …` or `0 - …`."
    if amount:
        text = source.text[span_of(source, amount[0]).start : span_of(source, amount[-1]).end]
        span = span.to(span_of(source, amount[-1]))
        first, *rest = text.split(maxsplit=1)
        nothing = "£0" if amount[0].type in ("MONEY", "PENCE") else "0%" if first.endswith("%") else "0"
        fix = f"Write `({' '.join([nothing, *rest])} - {text})`."
    return Problem(
        code="leading-minus",
        message="A minus stands between two amounts, and there is none before this one.",
        place=Place(span, "taken from what?"),
        subject=subject,
        fix=fix,
    )


def misplaced_sign(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """An amount in the wrong order or with a space in it: `£ 5`, `5£`, `£1 000`, `50 p`, `5 pounds`."""
    for first, second in zip(piece[max(0, position - 1) : position + 1], piece[position : position + 2], strict=False):
        match first.type, second.type:
            case "POUND", "NUMBER":
                meant = f"£{second}"
            case "NUMBER", "POUND":
                meant = f"£{first}"
            case "MONEY", "NUMBER" if len(second) == 3 and "." not in first:
                meant = f"{first},{second}"
            case "NUMBER", "PER_TIME":
                meant = f"£{first} {' '.join(second.split())}"
            case "NUMBER", "NAME" if word := amount_meant(first, second):
                meant = word
            case _:
                continue
        return amount_spelling(span_of(source, first).to(span_of(source, second)), meant, subject)
    return None


def abbreviated(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`£19.04 pw`, `£5 p.a.`: what letters shorten behind an amount, at `position` or just before it."""
    for place in range(min(position, len(piece) - 1) - 1, max(1, position - 6), -1):
        if [token.type for token in piece[place - 1 : place + 1]] in _DIVIDED and piece[place + 1].type in _UNITS[1:]:
            return _unit(span_of(source, piece[place]).to(span_of(source, piece[place + 1])), piece[place + 1], subject)
    for place in (position, position - 1) if position < len(piece) else (position - 1,):
        time = _SHORT_TIMES.get(piece[place].replace(".", "")) if piece[place].type in ("NAME", "PENCE") else None
        if time is None or piece[place - 1].type not in (*_NUMBERS, "POUND", *_UNITS):
            continue
        span = span_of(source, piece[place])
        if "." in piece[place] and source.text[span.end : span.end + 1] == ".":
            span = Span(source, span.start, span.end + 1)
        return _unit(span, time, subject)
    return None


def _unit(span: Span, time: str, subject: str | None) -> Problem:
    return Problem(
        code="unit-spelling",
        message=f"`{' '.join(span.text.split())}` is not how a unit is written here.",
        place=Place(span),
        subject=subject,
        fix=f"Write `per {time}`.",
    )


_DIVIDED = [[kind, "DIVIDE"] for kind in _NUMBERS]
_SHORT_TIMES = {
    "weekly": "week",
    "monthly": "month",
    **dict.fromkeys(("yearly", "annually"), "year"),
    "hourly": "hour",
    "daily": "day",
    **dict.fromkeys(("pw", "wk", "pwk"), "week"),
    **dict.fromkeys(("pm", "pcm", "mth"), "month"),
    **dict.fromkeys(("pa", "yr", "pyr"), "year"),
    **dict.fromkeys(("ph", "hr", "phr"), "hour"),
    "pd": "day",
}


def decimal_comma(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`19,04`, where pence or decimals stand behind a comma."""
    near = piece[position - 2 : position + 1] if position > 1 else []
    if [token.type for token in near] != ["NUMBER", "COMMA", "NUMBER"] or len(near[2]) > 2:
        return None
    span = span_of(source, near[0]).to(span_of(source, near[2]))
    if span.text != "".join(near):
        return None
    behind = piece[position + 1] if position + 1 < len(piece) else None
    sign = "£" if behind is not None and behind in ("£", "€") else ""
    return Problem(
        code="comma-in-number",
        message=f"A comma does not divide decimals here: `{span.text}` is two numbers.",
        place=Place(span.to(span_of(source, behind)) if behind is not None and sign else span),
        subject=subject,
        fix=f"Write `{sign}{near[0]}.{near[2]}`.",
    )
