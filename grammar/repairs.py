"""What would mend a declaration that cannot be read on, tried out on the parser before it is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any

from attrs import frozen
from lark import Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar.table import parser
from grammar.words import called, keywords

OFTEN_DROPPED = (
    "COMMA", "COLON", "IS", "OF", "TO", "FROM", "WHEN", "OTHERWISE", "PERCENT", "LPAR", "RPAR", "BY", "OVER", "MEET", "ON",
    "THAN", "NEAREST", "WHERE", "EXPECT", "BUT", "NOT", "PLUS", "MINUS", "TIMES", "DIVIDE", "STRING", "NAME", "NUMBER", "DATE",
)  # fmt: skip
"""Tokens worth trying as the one that was forgotten, likeliest first."""

_ENDS_A_VALUE = {"NAME", "RPAR", "MONEY", "PENCE", "NUMBER", "PERCENT", "PER_TIME"}
_OPERATORS = {"PLUS", "MINUS", "TIMES", "DIVIDE"}
_ENTITIES = re.compile(r"\b(?:entity|contains|(?:rule|input|group)\s+\w+\s+of)\s+([a-z]\w*)")


@frozen
class Phrase:
    """Words that people write together for something that the language says otherwise."""

    start: int
    end: int
    """The tokens of the piece, from `start` up to and not including `end`."""
    fix: str


_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), meant)
    for pattern, meant in (
        (r"(?:is )?(?:greater|more|higher|larger|bigger|older|over|above) than or equals?(?: to)?", ">="),
        (r"(?:is )?(?:less|lower|smaller|fewer|younger|under|below) than or equals?(?: to)?", "<="),
        (r"(?:is )?at least|(?:is )?(?:not|no) (?:less|fewer|lower) than|is not (?:below|under)", ">="),
        (r"(?:is )?at most|(?:is )?(?:not|no) (?:more|greater|higher) than|is not (?:above|over)|does not exceed", "<="),
        (r"is not equal to|is different from|differs from|does not equal", "≠"),
        (r"(?:is )?(?:greater|more|higher|larger|bigger|older) than|is (?:above|over)|exceeds", ">"),
        (r"(?:is )?(?:less|lower|smaller|fewer|younger) than|is (?:below|under)", "<"),
        (r"(?:is )?equal to|equals", "="),
        (r"less", "-"),
        (r"to (?:the )?nearest", ", rounded to the nearest"),
        (r"nearest (?:penny|pence)", "nearest 1p"),
        (r"nearest pound", "nearest £1"),
        (r"multiplied by", "×"),
        (r"divided by", "÷"),
        (r"per cent|percent", "%"),
        (r"per annum", "per year"),
    )
)
_LONGER_PHRASES = tuple(
    (re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), fix)
    for pattern, fix in (
        (r"for every", "Write `for each complete`; or, where a part counts as a whole, `for each £250 or part of it of`."),
        (r"is between", "Write two comparisons joined by `and`: `age >= 16 and age <= 65`."),
        (r"(?<=is )if|(?<=otherwise )if", "Write the value first, then `when` and the condition: `£5 per week when age >= 65`."),
    )
)
"""Phrases that need more than another word in their place."""


def said_in_a_phrase(piece: Sequence[Token], position: int) -> Phrase | None:
    """The phrase that the token at `position` is part of, where the sign for it lets the text be read on."""
    text, starts = "", []
    first, last = max(0, position - 6), min(len(piece), position + 6)
    for token in piece[first:last]:
        starts.append(len(text))
        text += f"{' '.join(token.split())} "
    at = starts[position - first]
    text = text.rstrip()
    for pattern, meant in _PHRASES:
        for found in pattern.finditer(text):
            if not found.start() <= at < found.end() or found.start() not in starts:
                continue
            start = first + starts.index(found.start())
            end = first + sum(place < found.end() for place in starts)
            if reach([*piece[:start], *_tokens(meant), *piece[end:]]) >= min(start + 3, len(piece) - (end - start)):
                return Phrase(start, end, f"Write `{meant}`.")
    for pattern, fix in _LONGER_PHRASES:
        for found in pattern.finditer(text):  # its words may have been read as names, and stop only what follows
            if found.start() <= at <= found.end() + 1 and found.start() in starts:
                return Phrase(first + starts.index(found.start()), first + sum(place < found.end() for place in starts), fix)
    return None


def _tokens(text: str) -> Iterator[Token]:
    interactive = parser().parse_interactive(text)
    yield from interactive.lexer_thread.lex(interactive.parser_state)


def reach(tokens: Iterable[Token]) -> int:
    """How many of these tokens the parser takes, from the beginning of a declaration."""
    return _read_on(trial(parser().parse_interactive()), tokens)


def trial(state: InteractiveParser) -> InteractiveParser:
    """A copy of the parser that builds nothing."""
    copied: InteractiveParser = state.copy(deepcopy_values=False)
    conf: Any = copy(state.parser_state.parse_conf)
    conf.callbacks = {}
    copied.parser_state.parse_conf = conf
    return copied


def _read_on(state: InteractiveParser, tokens: Iterable[Token]) -> int:
    """How many of these tokens the parser takes; one more where the declaration is whole after them."""
    count = 0
    for token in tokens:
        try:
            state.feed_token(token)
        except UnexpectedToken:
            return count
        count += 1
    return count + ("$END" in state.accepts())


def would_be_read(state: InteractiveParser, kind: str, rest: Sequence[Token]) -> int:
    """How far `rest` can be read after a token of this kind; -1 where the token cannot stand."""
    copied = trial(state)
    try:
        copied.feed_token(Token(kind, ""))
    except UnexpectedToken:
        return -1
    return _read_on(copied, rest)


def repair(source: str, state: InteractiveParser, piece: Sequence[Token], position: int) -> str | None:
    """The one token to add, to change or to delete at `position` with which most of the rest can be read."""
    rest = piece[position:]
    whole = len(rest) + 1
    where = f"before `{short(rest[0])}`" if rest else "at the end"
    accepted = state.accepts()
    reached = {kind: would_be_read(state, kind, rest) for kind in OFTEN_DROPPED if kind in accepted}
    best = max(reached, key=lambda kind: reached[kind], default=None)  # of two as good, the likelier
    furthest = reached[best] if best else 0
    if rest and position and piece[position - 1].type in _ENDS_A_VALUE and _OPERATORS & set(reached):
        between = max(reached.get(kind, -1) for kind in _OPERATORS)
        names_an_entity = rest[0].type == "NAME" and str(rest[0]) in _ENTITIES.findall(source)
        is_condition = "WHEN" in reached and any(token.type in ("ORDER", "IS") for token in rest)
        if names_an_entity and reached.get("OF") == furthest:
            best = "OF"
        likelier = best in ("COMMA", "OF") or is_condition
        if between == furthest and between > 1 and not likelier:
            return _joined(piece, position)
    if not rest:
        return _completion(state)
    without = _read_on(trial(state), rest[1:])
    if furthest < whole and without < len(rest) and (found := _replaced(state, accepted, rest)):
        return found
    if furthest >= min(whole, 3) and best:
        return f"Add {_kind(best, accepted)} {where}."
    if without >= len(rest) and rest[0].type != "NAME":
        return f"Delete it: `{short(rest[0])}` is one too many."
    if furthest and best:
        return f"Add {_kind(best, accepted)} {where}."
    return None


def _joined(piece: Sequence[Token], position: int) -> str:
    """Two values side by side: only the writer knows which sign is missing."""
    before, token = short(piece[position - 1]), short(piece[position])
    return f"Say what joins them: `{before} + {token}`, with `-`, `×` or `÷`, whichever is meant."


def _replaced(state: InteractiveParser, accepted: set[str], rest: Sequence[Token]) -> str | None:
    """The word or sign in whose place another stands."""
    if rest[0].type in ("NAME", "STRING", "NUMBER", "MONEY", "PENCE", "DATE"):
        return None
    for kind in OFTEN_DROPPED:
        if kind in accepted and kind in keywords() and kind != "NOT" and would_be_read(state, kind, rest[1:]) == len(rest):
            return f"Write `{keywords()[kind]}` instead of `{short(rest[0])}`."
    return None


def _completion(state: InteractiveParser) -> str | None:
    """What to add at the end: one token, or two, with which the declaration is whole."""
    accepted = state.accepts()
    firsts = [kind for kind in OFTEN_DROPPED if kind in accepted]
    for kind in firsts:
        if would_be_read(state, kind, ()) == 1:
            return f"Add {_kind(kind, accepted)} at the end."
    for kind in firsts:
        after = trial(state)
        after.feed_token(Token(kind, ""))
        then = after.accepts()
        for second in OFTEN_DROPPED:
            if second in then and would_be_read(after, second, ()) == 1:
                return f"Add {_kind(kind, accepted)} and {_kind(second, then)} at the end."
    return None


def _kind(kind: str, accepted: set[str]) -> str:
    return "a value" if kind in ("NAME", "NUMBER") and {"NAME", "NUMBER"} <= accepted else called(kind)


def short(token: str) -> str:
    return token if len(token) <= 40 else f"{token[:37]}…"
