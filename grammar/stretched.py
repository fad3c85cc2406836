"""What to say where days one after another are named otherwise than here: `in the month before`, `5.2, 4.8, 6.1`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from lark import Token

from grammar.counted import is_added_up
from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.repairs import short
from grammar.source import Source, Span

_CALENDAR = ("MONTHS", "QUARTER", "YEARS")
_LENGTHS = ("DAYS", "WEEKS", "MONTHS", "YEARS")
_VALUES = ("NUMBER", "MONEY", "PENCE", "STRING", "BOOLEAN", "NAME", "DATE", "MINUS", "PERCENT", "COMMA", "PER_TIME")


def stretched(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """What is known to be meant where `piece[position]` cannot stand, or at the end, from the days beside it."""
    return (
        _several_values(source, piece, position, subject)
        or _without_a_day(source, piece, position, subject)
        or _looked_at(source, piece, position, subject)
        or _day_by_day_of_an_input(source, piece, position, subject)
    )


def _without_a_day(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`in the month before`, `in the 7 days`, `first day of the month`: before which day, or of which?"""
    first = next((place for place in range(position - 1, max(position - 6, 0), -1) if piece[place].type == "THE"), None)
    if first is None:
        return None
    kinds = [token.type for token in piece[first + 1 : position]]
    is_length = len(kinds) > 1 and kinds[0] == "NUMBER" and kinds[1] in _LENGTHS
    if not is_length and (not kinds or kinds[0] not in _CALENDAR):
        return None
    rest = kinds[2:] if is_length else kinds[1:]
    if rest in (["BEFORE"], ["OF"], ["BUT", "ONE", "BEFORE"], ["BEGINNING", "WITH"], ["ENDING", "WITH"]):
        add = "assessment_date"
    elif not rest:
        add = "before assessment_date" if is_length else "of assessment_date"
    else:
        return None
    span = span_of(source, piece[first]).to(span_of(source, piece[position - 1]))
    ends = list(takewhile(lambda token: token in ("up", "to", "until"), piece[position:]))
    if is_length and ends and not rest:
        span = span_of(source, ends[0]).to(span_of(source, ends[-1]))
        return Problem(
            code="said-otherwise",
            message=f"`{span.text}` is said otherwise of days.",
            place=Place(span, "not expected here"),
            subject=subject,
            fix="Write `ending with`.",
        )
    return _added(
        source, piece, position, subject, add, f"`{' '.join(span.text.split())}` does not say from which day it is reckoned."
    )


def _looked_at(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`works in the month before a`, `sum of x over the month of a`: on any of those days, on every one, over all of them?"""
    if position >= len(piece) or position < 2:
        return None
    token, kinds = piece[position], [part.type for part in piece[position : position + 4]]
    if token.type == "THE" and piece[position - 1].type == "OVER" and _is_stretch(kinds[1:]):
        return _added(source, piece, position, subject, "days in", "What is added up over days says so.")
    if token.type != "IN" or kinds[1:2] != ["THE"] or not _is_stretch(kinds[2:]):
        return None
    span = span_of(source, token)
    if piece[position - 1].type == "IS":
        fix = "Write `within`."
    elif is_added_up(piece, position):
        fix = "Write `over days in`."
    else:
        fix = "Write `on any day in` (or `on every day in`)."
    return Problem(
        code="said-otherwise",
        message="Days one after another are looked at all together, or for any or every one of them.",
        place=Place(span, "on which of them?"),
        subject=subject,
        fix=fix,
    )


def _is_stretch(kinds: Sequence[str]) -> bool:
    first, second = [*kinds, "", ""][:2]
    return first in _CALENDAR or (first == "NUMBER" and second in _LENGTHS)


def _several_values(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`temperature is 5.2, 4.8, 6.1`: values of days one after another say so, and which day is the first."""
    if piece[0] not in ("case", "example") or (position < len(piece) and piece[position].type in ("COMMA", "DAY_BY_DAY")):
        return None
    values = list(takewhile(lambda token: token.type in _VALUES, reversed(piece[:position])))
    begin = position - len(values) - 1
    is_fact = begin > 0 and piece[begin].type == "IS" and piece[begin - 1].type == "NAME"
    if not is_fact or not any(token.type == "COMMA" for token in values):
        return None
    add = "day by day"
    if position == len(piece) or piece[position].type != "FROM":
        asked = next((then for on, then in pairwise(piece) if (on.type, then.type) == ("ON", "DATE")), None)
        add += f" from {' '.join(asked.split()) if asked else '1 January 2008'}"
    message = "A fact with several values has one for each of some days: say so, and of which day the first is."
    return _added(source, piece, position, subject, add, message)


def _day_by_day_of_an_input(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`input temperature … : number day by day`: every input may be given so."""
    if position >= len(piece) or piece[position].type != "DAY_BY_DAY" or piece[0] != "input":
        return None
    return Problem(
        code="unexpected-word",
        message="An input does not say that it is given day by day: every one may be, in a case or an example.",
        place=Place(span_of(source, piece[position]), "not expected here"),
        subject=subject,
        fix="Delete it, and give the fact as `temperature is 5.2, 4.8, 6.1 day by day from 1 January 2008`.",
    )


def _added(source: Source, piece: Sequence[Token], position: int, subject: str | None, add: str, message: str) -> Problem:
    """A problem that words mend which are added before `piece[position]`, or at the end."""
    if position == len(piece):
        end = span_of(source, piece[-1]).end
        place, where = Place(Span(source, end - 1, end), "something is missing after this"), "at the end"
    else:
        place = Place(span_of(source, piece[position]), "something is missing before this")
        where = f"before `{short(piece[position])}`"
    return Problem(code="unfinished", message=message, place=place, subject=subject, fix=f"Add `{add}` {where}.")
