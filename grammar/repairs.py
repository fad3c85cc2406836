"""What would mend a declaration that cannot be read on, tried out on the parser before it is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from attrs import frozen
from lark import Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar.declared import is_declared
from grammar.table import parser
from grammar.words import DECLARATIONS, called, closest, keywords

OFTEN_DROPPED = (
    "COMMA", "COLON", "IS", "OF", "TO", "FROM", "UNTIL", "WHEN", "OTHERWISE", "POUND", "PERCENT", "LPAR", "RPAR", "BY", "OVER",
    "MEET", "ON", "THAN", "NEAREST", "WHERE", "GIVEN", "EXPECT", "BUT", "NOT", "PLUS", "MINUS", "TIMES", "DIVIDE", "ORDER", "AND",
    "STRING", "NAME", "NUMBER", "MONEY", "DATE", "CITE", "MADE", "COMMENCES", "CONTAINS",
)  # fmt: skip
"""Tokens worth trying as the one that was forgotten, likeliest first."""

_ENDS_A_VALUE = {"NAME", "RPAR", "MONEY", "PENCE", "NUMBER", "PERCENT", "PER_TIME"}
_BEGINS_A_VALUE = {"NAME", "MONEY", "PENCE", "NUMBER", "LPAR"}
_OPERATORS = {"PLUS", "MINUS", "TIMES", "DIVIDE"}
_BEFORE_TEXT = ("cite", "note", "because", "ask", "source", "number", "not encoded")
_ENTITIES = re.compile(r"\b(?:entity|contains|(?:rule|input|group)\s+\w+\s+of)\s+([a-z]\w*)")


def tokens_of(text: str) -> Iterator[Token]:
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


@lru_cache(2)
def _entities(source: str) -> frozenset[str]:
    return frozenset(_ENTITIES.findall(source))


def misspelt(source: str, piece: Sequence[Token], position: int) -> tuple[int, str] | None:
    """A word shortly before `position` that was read as a name, and the word of the language that would let it be read."""
    for place in range(position - 1, max(0, position - 6), -1):
        token = piece[place]
        if token.type != "NAME" or is_declared(source, token):
            continue
        word = closest(token, [word for word in keywords().values() if word.isalpha() and word not in DECLARATIONS])
        if word and reach([*piece[:place], *tokens_of(word), *piece[place + 1 :]]) > position:
            return place, word
    return None


def doubled(piece: Sequence[Token], position: int) -> int | None:
    """A word at or just before `position` that stands twice, where once can be read."""
    for place in (position, position - 1, position - 2):
        same = 0 < place < len(piece) and (piece[place].type, piece[place]) == (piece[place - 1].type, piece[place - 1])
        if same and (place == position or _is_whole([*piece[:place], *piece[place + 1 :]])):
            return place
    return None


def swapped(piece: Sequence[Token], position: int) -> int | None:
    """The first of two words that can be read the other way round."""
    for first in (position - 1, position):
        exchanged = [*piece[:first], *reversed(piece[first : first + 2]), *piece[first + 2 :]]
        if 0 < first < len(piece) - 1 and _is_whole(exchanged):
            return first
    return None


def _is_whole(tokens: Sequence[Token]) -> bool:
    return reach(tokens) > len(tokens)


@frozen
class Repair:
    """What to write, and the token of the piece where it is to be done."""

    fix: str
    at: int


def repair(source: str, state: InteractiveParser, piece: Sequence[Token], position: int) -> Repair | None:
    """The one token to add, to change or to delete at `position` with which most of the rest can be read."""
    rest = piece[position:]
    if not rest:
        completed = _completion(state)
        return Repair(completed, position) if completed else None
    whole = len(rest) + 1
    accepted = state.accepts()
    reached = {kind: would_be_read(state, kind, rest) for kind in OFTEN_DROPPED if kind in accepted}
    best = max(reached, key=lambda kind: reached[kind], default=None)  # of two as good, the likelier
    furthest = reached[best] if best else 0
    if rest[0].type == "STRING" and (found := _what_text_is(state, accepted, rest)):
        return Repair(found, position)
    if piece[position - 1].type in _ENDS_A_VALUE and rest[0].type in _BEGINS_A_VALUE and _OPERATORS & set(reached):
        between = max(reached.get(kind, -1) for kind in _OPERATORS)
        if rest[0].type == "NAME" and str(rest[0]) in _entities(source) and reached.get("OF") == furthest:
            best = "OF"
        is_condition = "WHEN" in reached and any(token.type in ("ORDER", "IS") for token in rest)
        likelier = best in ("COMMA", "OF", "UNTIL") or is_condition
        if between == furthest and between > 1 and not likelier:
            both = f"`{short(piece[position - 1])}` and `{short(rest[0])}`"
            one = ""
            if piece[position - 1].type == rest[0].type == "NAME" and not (
                is_declared(source, piece[position - 1]) and is_declared(source, rest[0])
            ):
                one = f" If they are one name, write `{piece[position - 1]}_{rest[0]}`."
            return Repair(f"Say what joins {both}: `+`, `-`, `×`, `÷`, a comparison or `and`.{one}", position)
    two_dates = [token.type for token in piece[max(0, position - 2) : position]] == ["DATE", "DATE"]
    if two_dates and (found := _dropped_before(piece, position)):
        return Repair(found, position - 1)
    if best and furthest == whole:
        return Repair(f"Add {_kind(best, accepted, rest[0])} before `{short(rest[0])}`.", position)
    if found := _dropped_before(piece, position):
        return Repair(found, position - 1)
    without = _read_on(trial(state), rest[1:])
    if without < len(rest) and (found := _replaced(state, accepted, rest)):
        return Repair(found, position)
    if best and furthest >= 3:
        return Repair(f"Add {_kind(best, accepted, rest[0])} before `{short(rest[0])}`.", position)
    if without >= len(rest) and rest[0].type != "NAME":
        return Repair(f"Delete it: `{short(rest[0])}` is one too many.", position)
    if best and furthest:
        return Repair(f"Add {_kind(best, accepted, rest[0])} before `{short(rest[0])}`.", position)
    return None


def _what_text_is(state: InteractiveParser, accepted: set[str], rest: Sequence[Token]) -> str | None:
    """The words that could stand before a text in quotes that nothing introduces."""
    words = {kind: word for kind, word in (*keywords().items(), ("NOT_ENCODED", "not encoded")) if kind in accepted}
    words = {kind: word for kind, word in words.items() if word in _BEFORE_TEXT}
    reached = {words[kind]: would_be_read(state, kind, rest) for kind in words}
    fitting = [f"`{word}`" for word in _BEFORE_TEXT if reached.get(word, 0) > 1 and reached[word] == max(reached.values())]
    if not fitting:
        return None
    return f"Say what this text is: put {' or '.join(filter(None, (', '.join(fitting[:-1]), fitting[-1])))} before it."


def _dropped_before(piece: Sequence[Token], position: int) -> str | None:
    """A word dropped one place earlier, where the token before could still be read as something else."""
    for kind in OFTEN_DROPPED:
        if position > 1 and _is_whole([*piece[: position - 1], Token(kind, ""), *piece[position - 1 :]]):
            return f"Add {_kind(kind, set(), piece[position - 1])} before `{short(piece[position - 1])}`."
    return None


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


def _kind(kind: str, accepted: set[str], before: Token | None = None) -> str:
    """What to add, in words: a value and a type can begin in many ways, and the writer knows which."""
    if {"POUND", "YES_NO"} <= accepted and before is not None and before.type != "PER_TIME":
        return "a type, like `£ a week` or `yes/no`,"
    return "a value" if kind in ("NAME", "NUMBER", "STRING") and {"NAME", "NUMBER"} <= accepted else called(kind)


def short(token: str) -> str:
    return token if len(token) <= 40 else f"{token[:37]}…"
