"""What to say of a clause in which something stands in another order, or of a line that is meant as a comment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from lark import Token

from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.source import Source

_CLAUSES = ("OTHERWISE", "EXCEPT", "IS", "GIVES")


def clause(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """What is known to be meant where `piece[position]` cannot stand, from the words around it."""
    return (
        _comment(source, piece, position, subject)
        or _exception_without_name(source, piece, position, subject)
        or _limit_after_condition(source, piece, position, subject)
        or _end_without_beginning(source, piece, position, subject)
        or _case_after_comma(source, piece, position, subject)
        or _unless(source, piece, position, subject)
    )


def _comment(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`// …`, `/* …` and `-- …`, with which comments begin elsewhere."""
    for place in (position, position - 1):
        near = piece[place : place + 2]
        if len(near) < 2 or near[0].end_pos != near[1].start_pos or near[0] + near[1] not in ("//", "/*", "--"):
            continue
        return Problem(
            code="said-otherwise",
            message=f"A comment begins with `#` here, not with `{near[0]}{near[1]}`.",
            place=Place(span_of(source, near[0]).to(span_of(source, near[1])), "a comment?"),
            subject=subject,
            fix="Write `#`.",
        )
    return None


def _exception_without_name(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`except £0 per week when …`, `except when …`, `except if …`: explanations call each exception by its name."""
    begun = next((place for place in (position - 1, position - 2) if place > 0 and piece[place].type == "EXCEPT"), None)
    if begun is None or piece[0] == "every" or (begun == position - 2 and piece[position - 1] != "if"):
        return None
    token = piece[position]
    fix = "Write its name, its value, then `when` and the condition: `except too_young: £0 per week when age < 16`."
    if token.type in ("MONEY", "PENCE", "NUMBER", "LPAR", "BOOLEAN", "NOT_ENCODED"):
        number = sum(part.type == "EXCEPT" for part in piece[:position])
        fix = f"Add `exception_{number}:` before `{token}`."
    return Problem(
        code="unexpected-word",
        message="An exception begins with its name, by which explanations call it.",
        place=Place(span_of(source, token), "which exception?"),
        subject=subject,
        fix=fix,
    )


def _limit_after_condition(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`… when C, rounded …`, with or without the comma."""
    first = position + 1 if piece[position].type == "COMMA" else position
    if first >= len(piece) or piece[first].type not in ("BUT", "ROUNDED", "UNROUNDED"):
        return None
    last = next((part.type for part in reversed(piece[:position]) if part.type in (*_CLAUSES, "WHEN")), None)
    is_condition = any(part.type == "WHEN" for part in piece[:position]) and last in ("WHEN", "IS")
    if not is_condition:
        return None
    return Problem(
        code="limit-after-when",
        message="Limits and roundings belong to the value, so they stand before `when`.",
        place=Place(span_of(source, piece[position]).to(span_of(source, piece[first])), "too late here"),
        subject=subject,
        fix=f"Move `, {piece[first]} …` in front of `when`.",
    )


def _end_without_beginning(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`given person x of home until 1 May 2010`: what ends has begun on a day."""
    if piece[position].type != "UNTIL" or piece[0] not in ("case", "example"):
        return None
    return Problem(
        code="unexpected-word",
        message="`until` stands behind `from` and a day: somebody who leaves has come, and a fact that ends has begun.",
        place=Place(span_of(source, piece[position]), "since when?"),
        subject=subject,
        fix="Add `from` and the first day before it; where that is not known, a day before all that is asked for.",
    )


def _case_after_comma(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`£5 per week when age > 5, £3 per week when …`: the next case begins with `otherwise`."""
    following = piece[position + 1] if position + 1 < len(piece) else None
    is_case = any(part.type == "WHEN" for part in piece[:position]) and not any(
        part.type == "EXCEPT" for part in piece[:position]
    )
    if piece[position].type != "COMMA" or following is None or not is_case:
        return None
    if following.type not in ("MONEY", "PENCE", "NUMBER", "NAME", "BOOLEAN", "OTHERWISE"):
        return None
    is_double = following.type == "OTHERWISE"
    return Problem(
        code="unexpected-word",
        message="No comma stands between the cases of a rule; each of them begins with `otherwise`.",
        place=Place(span_of(source, piece[position]), "the next case?"),
        subject=subject,
        fix="Delete it." if is_double else "Write `otherwise`.",
    )


def _unless(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`£5 per week unless age < 16`, as laws say it."""
    token, rest = piece[position], [part.type for part in piece[position:]]
    if token != "unless":
        return None
    condition = list(takewhile(lambda kind: kind not in _CLAUSES, rest))
    brackets = " with brackets around the whole condition" if {"AND", "OR"} & set(condition) else ""
    rest_of_cases = ", and then say what holds `otherwise`" if piece[0] == "rule" and "OTHERWISE" not in rest else ""
    return Problem(
        code="said-otherwise",
        message="`unless` is no word of the language.",
        place=Place(span_of(source, token), "not expected here"),
        subject=subject,
        fix=f"Write `when not`{brackets}{rest_of_cases}.",
    )
