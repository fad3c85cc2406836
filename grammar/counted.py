"""What to say where people are counted otherwise than here: `sum of pay for each person`, `£90 a child`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from lark import Token

from grammar.declared import group_meant, groups_in, is_a_unit, is_declared, is_of_a_count, is_of_members, unit_line, without_unit
from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.source import Source, Span

_EACH = ("each", "every", "all", "any", "the", "of")
_EACH_IN_A_UNIT = ("a", "an", "each", "every")
_AMOUNTS = ("MONEY", "PENCE", "NUMBER", "POUND")
_LISTS = ("SUM", "HIGHEST", "LOWEST", "EARLIEST", "LATEST")


def counted(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """What is known to be meant where `piece[position]` cannot stand, from a word for people beside it."""
    return (
        _for_each(source, piece, position, subject)
        or _over_whom(source, piece, position, subject)
        or _whose(source, piece, position, subject)
        or _unit_of_people(source, piece, position, subject)
        or _how_many_hold(source, piece, position, subject)
        or _of_an_age(source, piece, position, subject)
    )


def _for_each(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`sum of pay for each person`, `£5 per week for each adult`; without the group's name another message says it in general."""
    first = next((place for place in range(position, max(position - 4, 0), -1) if piece[place].type == "FOR"), None)
    if first is None:
        return None
    between = list(takewhile(lambda token: token in _EACH, piece[first + 1 : first + 4]))
    at = first + 1 + len(between)
    word = piece[at] if at < len(piece) and piece[at].type == "NAME" else None
    group = group_meant(source.text, word) if word and between else None
    if word is None or group is None:
        return None
    write = f"over {group}" if is_added_up(piece, first) else f"× count of {group}"
    start = first
    if first > 1 and piece[first - 1].type == "NAME" and is_of_members(source.text, piece[first - 1], group):
        start, write = first - 1, f"sum of {piece[first - 1]} over {group}"
    if write.startswith("sum") and is_added_up(piece, first):
        start, write = first, f"over {group}"
    span = span_of(source, piece[start]).to(span_of(source, word))
    return _otherwise(span, f"`{span.text}` is said otherwise here.", subject, f"Write `{write}`.")


def _over_whom(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`sum of pay of adults`, which was read as somebody's pay, and the sum as not yet whole."""
    near = piece[position - 5 : position] if position > 5 else []
    if [token.type for token in near[1:]] != ["OF", "NAME", "OF", "NAME"] or near[0].type not in _LISTS:
        return None
    group = group_meant(source.text, near[4])
    span = span_of(source, near[3]).to(span_of(source, near[4]))
    message = f"`{near[0]} of` goes over a group, and `{span.text}` is said of one."
    return _otherwise(span, message, subject, f"Write `over {group}`.") if group else None


def _whose(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`claimant's pay`, `claimant pay`: whose it is stands behind it."""
    for place in (position - 1, position):
        token = piece[place] if 0 < place < len(piece) else None
        if token is None or token.type != "NAME" or token not in groups_in(source.text):
            continue
        rest = [part for part in piece[place + 1 : place + 4] if part not in ("'", "’", "s", "'s", "’s")]
        if not rest or rest[0].type != "NAME" or not is_declared(source.text, rest[0]):
            continue
        span = span_of(source, token).to(span_of(source, rest[0]))
        return _otherwise(span, f"`{span.text}` is said otherwise here.", subject, f"Write `{rest[0]} of {token}`.")
    return None


def _of_an_age(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`group children of household : person under 16`: of which age, where the age is worked out."""
    if piece[0] != "group" or position + 1 >= len(piece) or not is_declared(source.text, "age"):
        return None
    token, years = piece[position], piece[position + 1]
    order = {"under": "<", "below": "<", "over": ">", "above": ">"}.get(token)
    if order is None or years.type != "NUMBER":
        return None
    span = span_of(source, token).to(span_of(source, years))
    return _otherwise(span, f"`{span.text}` does not say of what.", subject, f"Write `where (age {order} {years})`.")


def _how_many_hold(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`role claimant of household : person`, `: a person`: of how many it may be the role."""
    if piece[0] != "role" or position >= len(piece) or not any(token.type == "COLON" for token in piece[:position]):
        return None
    token = piece[position]
    span = span_of(source, token)
    message = "A role says how many may hold it: `one`, `at most one` or `any number of`."
    if token in ("a", "an", "the", "single"):
        return _otherwise(span, message, subject, "Write `one` (or `at most one`).")
    return _otherwise(span, message, subject, f"Add `one` before `{token}`.") if token in groups_in(source.text) else None


def is_added_up(piece: Sequence[Token], position: int) -> bool:
    """Whether `sum of …` stands before, with a name or a bracket and nothing else between."""
    place = position - 1
    if piece[place].type == "RPAR":
        depth = 0
        while place > 0:
            depth += (piece[place].type == "RPAR") - (piece[place].type == "LPAR")
            if depth == 0:
                break
            place -= 1
    return place > 1 and piece[place - 1].type == "OF" and piece[place - 2].type in _LISTS


def _unit_of_people(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`£90 a child`: of people there are as many as are counted; of anything else, a declared unit, written `per visit`."""
    for place in (position, position - 1):
        if not 0 < place < len(piece) - 1 or piece[place] not in _EACH_IN_A_UNIT or piece[place + 1].type != "NAME":
            continue
        if piece[place - 1].type not in _AMOUNTS:
            continue
        word = piece[place + 1]
        span = span_of(source, piece[place]).to(span_of(source, word))
        message = f"`{span.text}` is not how a unit is written here."
        if is_a_unit(source.text, word):
            return _otherwise(span, message, subject, f"Write `per {word}`.")
        if is_of_a_count(source.text, word, span):
            message = f"`{span.text}` is no unit here: whoever is counted is a number without one."
            return _otherwise(span, message, subject, without_unit(source.text, word, span))
        return _otherwise(span, message, subject, f"Write `per {word}`, and declare it: `{unit_line(word)}`.")
    return None


def _otherwise(span: Span, message: str, subject: str | None, fix: str) -> Problem:
    return Problem(
        code="said-otherwise",
        message=message,
        place=Place(span, "not expected here"),
        subject=subject,
        fix=fix,
    )
