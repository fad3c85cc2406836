"""What to say of a table's rows that are written as in a spreadsheet or a leaflet: `>= 3`, `3 and over`, `babies - under 3`."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token

from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.source import Source

_AMOUNTS = ("NUMBER", "MONEY", "PENCE")
_ORDERS = {">=": "{} or over", "≥": "{} or over", ">": "over {}", "<=": "{} or under", "≤": "{} or under", "<": "under {}"}
_OR_OVER = (["and", "over"], ["and", "above"], ["or", "above"], ["or", "more"], ["and", "more"], ["plus"], ["+"])
_OR_UNDER = (["and", "under"], ["and", "below"], ["or", "below"], ["or", "less"], ["and", "less"])


def row(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """What is known to be meant where `piece[position]` cannot stand in a row."""
    begun = next((place for place in range(min(position, len(piece) - 1), 0, -1) if piece[place].type in ("ROW", "GIVES")), None)
    if piece[0] != "table" or begun is None or piece[begun].type != "ROW" or position >= len(piece):
        return None
    token = piece[position]
    before, after = piece[position - 1], piece[position + 1] if position + 1 < len(piece) else None
    if position == begun + 2 and token.type in ("MINUS", "COMMA", "IS"):
        return _written(source, token, token, ":", subject)
    if str(token) in _ORDERS and after is not None and after.type in _AMOUNTS:
        return _written(source, token, after, _ORDERS[token].format(after), subject)
    if token == "all":
        return _written(source, token, token, "any", subject)
    for words, side in ((_OR_OVER, "over"), (_OR_UNDER, "under")):
        for said in words:
            if before.type in _AMOUNTS and [str(part) for part in piece[position : position + len(said)]] == said:
                return _written(source, before, piece[position + len(said) - 1], f"{before} or {side}", subject)
    if token == "-" and after is not None and after == ">":
        return _written(source, token, after, "gives", subject)
    return _written(source, token, token, "gives", subject) if token == "=" else None


def _written(source: Source, first: Token, last: Token, write: str, subject: str | None) -> Problem:
    span = span_of(source, first).to(span_of(source, last))
    return Problem(
        code="said-otherwise",
        message=f"`{' '.join(span.text.split())}` is said otherwise in a row of a table.",
        place=Place(span, "not expected here"),
        subject=subject,
        fix=f"Write `{write}`.",
    )
