"""Tokens and trees as Lark makes them, in a fifth of its time: its table and its terminals, driven by loops of our own.

Most text is right, and for it nobody needs what Lark keeps for the sake of messages and of other grammars. What cannot be
read here is read again with Lark's own parser, which knows what could have stood there. The grammar is nowhere assumed: rules
are shaped as Lark shapes them (`?rule`, `->`, `[x]`, left-out keywords, rules that begin with `_`), and tests hold every tree
and every token against Lark's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from attrs import frozen
from lark import Lark, Token
from lark.grammar import Rule, Terminal
from lark.lexer import BasicLexer, PatternStr, UnlessCallback

from grammar.table import parser

NOWHERE = -1
"""The start of what holds no token."""


class Word(Token):
    """A token that knows its offsets only; lines and columns are counted where a message is shown."""

    __slots__ = ()
    line = column = end_line = end_column = 0


_END = Token("$END", "")


class Tree:
    """A node of the grammar, its parts, and the offsets of its text; brackets around the whole of it are not part of it."""

    __slots__ = ("children", "data", "end", "start")

    def __init__(self, data: str, children: list[Token | Tree], start: int, end: int) -> None:
        self.data = data
        self.children = children
        """A part that is left out, where the grammar has `[…]`, is None here."""
        self.start = start
        self.end = end


class _Reduction(NamedTuple):
    """What becomes of the last few values when a grammar rule is complete."""

    size: int
    origin: str
    data: str
    kept: tuple[tuple[int, int, bool], ...] | None
    """Of each value that is kept how many places are empty before it, its number, and whether its children stand for it; None
    where all are kept."""
    empty: int
    """Empty places at the end."""
    passes: bool
    """Whether a single value stands for the node: `?rule`."""
    is_nothing: bool
    """Whether there is one value only and it passes, so that nothing changes but the state."""


@frozen(eq=False, repr=False)
class Reader:
    """A grammar's table and terminals, in the form in which they are fastest to follow."""

    expression: Any
    ignored: frozenset[str]
    keywords: dict[str, dict[str, str]]
    """By terminal: the words that it matches and that are terminals of their own."""
    states: list[dict[str, Any]]
    """By state and by the name of what comes next: the state that follows, or the `_Reduction` of what is complete."""
    start: int
    end: int

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text; the grammar has one for every character that is not white space."""
        found: list[Token] = []
        ignored, keywords = self.ignored, self.keywords
        new = str.__new__
        for match in self.expression.finditer(text):
            kind, number = match.lastgroup, match.lastindex
            if kind in ignored:
                continue
            value = match[number]
            if kind in keywords:
                kind = keywords[kind].get(value, kind)
            token = new(Word, value)
            token.type = kind
            token.value = value
            token.start_pos, token.end_pos = match.span(number)
            found.append(token)
        return found

    def tree(self, tokens: Sequence[Token]) -> Tree | None:
        """The tree of these tokens, or None if they are not exactly what the grammar's start is."""
        table, last = self.states, self.end
        states = [self.start]
        values: list[Any] = []
        starts: list[Any] = []
        ends: list[Any] = []
        for token in (*tokens, _END):
            kind = token.type
            while True:
                action = table[states[-1]].get(kind)
                if action.__class__ is int:
                    states.append(action)
                    values.append(token)
                    starts.append(token.start_pos)
                    ends.append(token.end_pos)
                    break
                if action is None:
                    return None
                size, origin, data, kept, empty, passes, is_nothing = action
                if is_nothing:
                    states[-1] = table[states[-2]][origin]
                    continue
                if size:
                    children = values[-size:]
                    start, end = starts[-size], ends[-1]
                    if start < 0 or end < 0:
                        start, end = _inner(starts[-size:], ends[-size:])
                    del states[-size:], values[-size:], starts[-size:], ends[-size:]
                else:
                    children, start, end = [], NOWHERE, NOWHERE
                if kept is not None:
                    children = _kept(children, kept, empty)
                if passes and len(children) == 1:
                    [value] = children
                    if value.__class__ is Word:
                        start, end = value.start_pos, value.end_pos
                else:
                    value = Tree(data, children, start if start > 0 else 0, end if end > 0 else 0)
                state = table[states[-1]][origin]
                if state == last:
                    return cast(Tree, value)
                states.append(state)
                values.append(value)
                starts.append(start)
                ends.append(end)
        raise AssertionError("a tree ends when its start is complete")


def _inner(starts: list[int], ends: list[int]) -> tuple[int, int]:
    """From the first to the last of those values that hold a token."""
    held = [(start, end) for start, end in zip(starts, ends, strict=True) if start >= 0]
    return (held[0][0], held[-1][1]) if held else (NOWHERE, NOWHERE)


def _kept(values: list[Any], kept: tuple[tuple[int, int, bool], ...], empty: int) -> list[Any]:
    children: list[Any] = []
    for none_before, number, spread in kept:
        if none_before:
            children += [None] * none_before
        if not spread:
            children.append(values[number])
        elif children:
            children += values[number].children
        else:
            children = values[number].children  # a list that grows to the right is not copied each time it grows
    if empty:
        children += [None] * empty
    return children


@cache
def reader() -> Reader:
    """That of the language."""
    return made_of(parser())


def made_of(lark: Lark) -> Reader:
    """That of a LALR parser with the basic lexer."""
    lexer, table = lark.parser.lexer, lark.parser.parser._parse_table
    assert isinstance(lexer, BasicLexer)
    [terminals] = lexer.scanner._mres
    expression = re.compile(rf"\s*(?:{terminals.pattern})", terminals.flags)  # no token begins with white space
    [(_, start)], [(_, end)] = table.start_states.items(), table.end_states.items()
    reductions = {rule: _reduction(rule) for rule in lark.rules}
    states: list[dict[str, Any]] = [{} for _ in table.states]
    for state, actions in table.states.items():
        for name, (_, target) in actions.items():
            states[state][name] = reductions[target] if isinstance(target, Rule) else target
    return Reader(expression, lexer.ignore_types, _keywords(lexer), states, start, end)


def _keywords(lexer: BasicLexer) -> dict[str, dict[str, str]]:
    found = {}
    for name, callback in lexer.callback.items():
        assert isinstance(callback, UnlessCallback)
        terminals = callback.scanner.terminals
        assert all(isinstance(terminal.pattern, PatternStr) and not terminal.pattern.flags for terminal in terminals)
        found[name] = {terminal.pattern.value: terminal.name for terminal in terminals}
    return found


def _reduction(rule: Rule) -> _Reduction:
    options = rule.options
    before = [len(run) for run in "".join("1" if left_out else "0" for left_out in options.empty_indices).split("0")]
    if not options.empty_indices:
        before = [0] * (len(rule.expansion) + 1)
    kept: list[tuple[int, int, bool]] = []
    empty = 0
    for number, symbol in enumerate(rule.expansion):
        empty += before[number]
        if options.keep_all_tokens or not (isinstance(symbol, Terminal) and symbol.filter_out):
            kept.append((empty, number, not symbol.is_term and symbol.name.startswith("_")))
            empty = 0
    empty += before[-1]
    size = len(rule.expansion)
    all_kept = len(kept) == size and not empty and not any(none_before or spread for none_before, _, spread in kept)
    passes = bool(options.expand1 and not rule.alias)
    return _Reduction(
        size=size,
        origin=str(rule.origin.name),
        data=str(rule.alias or rule.options.template_source or rule.origin.name),
        kept=None if all_kept else tuple(kept),
        empty=empty,
        passes=passes,
        is_nothing=passes and all_kept and size == 1,
    )
