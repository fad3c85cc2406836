"""Phrases that people bring with them, from statutes, letters, spreadsheets and other languages, and how each is said here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from attrs import frozen
from lark import Token

from grammar.repairs import reach, tokens_of


@frozen
class Phrase:
    """Words that people write together for something that the language says otherwise."""

    start: int
    end: int
    """The tokens of the piece, from `start` up to and not including `end`."""
    fix: str


Patterns = tuple[tuple[re.Pattern[str], str], ...]


def _patterns(*pairs: tuple[str, str]) -> Patterns:
    return tuple((re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), meant) for pattern, meant in pairs)


_UNIT = r"(hour|day|week|month|year)"
_AMOUNT = r"[£a-z0-9_.,]+(?: per \w+)?"
_DATE = r"\d{1,2} [A-Z]\w+ \d{4}"
_FIXED = r"[£\d][£\d.,%]*(?: (?:per|a|an) \w+| hours per \w+)?"
_LIMITS = _patterns(
    (r"(?:, )?(?:but |subject to |with )?(?:at least|not? less than|not below|(?:a )?minimum(?: of)?)", ", but not less than"),
    (
        r"(?:, )?(?:but |subject to |with )?(?:at most|not? more than|not exceeding|not above|up to|(?:a )?maximum(?: of)?)"
        r"|(?:, )?(?:capped at|limited to)",
        ", but not more than",
    ),
)
"""Of a value that is an amount; in a condition the same words compare."""
_PHRASES = _patterns(
    (r"(\d+ days?) in a row", r"\1 running"),
    (r"(\d+) (?:consecutive|successive) days?", r"\1 days running"),
    (r"on any days in|on any of the days in", "on any day in"),
    (r"on (?:all|every|each) (?:the )?days in|on each day in", "on every day in"),
    (r"on no days in|on none of the days in", "on no day in"),
    (r"the (?:last|past|previous) (\d+ (?:days?|weeks?|months?|years?))", r"the \1 before assessment_date"),
    (r"(?:the )?(?:last|past|previous) (month|quarter|year)", r"the \1 before assessment_date"),
    (r"at least (\d+) ([a-z]\w*)", r"\2 >= \1"),
    (r"at most (\d+) ([a-z]\w*)", r"\2 <= \1"),
    (rf"between ({_DATE}) and ({_DATE})", r"from \1 until \2"),
    (rf"(?<=\d{{4}} )(?:to|till|through) ({_DATE})", r"until \1"),
    (r"(years|months|weeks|days) between ([a-z]\w*) and ([a-z]\w*)", r"\1 from \2 to \3"),
    (rf"(?:range )?between ({_FIXED}) and ({_FIXED})", r"range \1 to \2"),
    (r"(years|months|weeks|days) since ([a-z]\w*)", r"\1 from \2 to assessment_date"),
    (r"paid(?= (?:by|once) )", "payable"),
    (r"(?:comes?|came|coming|enters?) into (?:force|effect)(?: on)?", "commences"),
    (r"columns", "by"),
    (r"(?:the )?total ([a-z]\w*) of(?: all)?(?: the)? ([a-z]\w*)", r"sum of \1 over \2"),
    (r"(?:as )?at(?= (?:assessment_date|\d))|as of", "on"),
    (r"(?:has )?never happened", "is never"),
    (r"% (?:higher|greater)", "% more"),
    (r"% (?:lower|smaller)", "% less"),
    (r"(?<=payable )by the years?", "once a calendar year"),
    (r"below", "<"),
    (r"(?:is )?(?:greater|more|higher|larger|bigger|older|over|above) than or equals?(?: to)?", ">="),
    (r"(?:is )?(?:less|lower|smaller|fewer|younger|under|below) than or equals?(?: to)?", "<="),
    (r"(?:is )?at least|(?:is )?(?:not|no) (?:less|fewer|lower) than|is not (?:below|under)", ">="),
    (r"(?:is )?at most|(?:is )?(?:not|no) (?:more|greater|higher) than|is not (?:above|over)|does not exceed", "<="),
    (r"(?:is )?on or after|(?:is )?(?:not|no) earlier than|is not before", ">="),
    (r"(?:is )?on or before|(?:is )?(?:not|no) later than|is not after", "<="),
    (r"is not equal to|is different from|differs from|does not equal|< >", "≠"),
    (r"(?:is )?(?:greater|more|higher|larger|bigger|older|later) than|is (?:above|over)|exceeds|(?:is )?after", ">"),
    (r"(?:is )?(?:less|lower|smaller|fewer|younger|earlier) than|is (?:below|under)|(?:is )?before", "<"),
    (r"(?:is )?equal to|equals", "="),
    (r"= >|> =", ">="),
    (r"= <|< =", "<="),
    (r'= "([a-z]\w*)"', r"is \1"),
    (r'≠ "([a-z]\w*)"', r"is not \1"),
    (rf"({_AMOUNT}) ([<>]=?) ({_AMOUNT}) ([<>]=?) ({_AMOUNT})", r"\1 \2 \3 and \3 \4 \5"),
    (r"less", "-"),
    (r"(?:, )?round(?:ed)? (?:off )?(up|down) to (?:the )?nearest (?:penny|pence)", r", rounded \1 to 1p"),
    (r"(?:, )?round(?:ed)? (?:off )?(up|down) to (?:the )?(?:nearest|next)", r", rounded \1 to"),
    (r"(?:, )?round(?:ed)? (?:off )?(up|down)(?! to)", r", rounded \1 to 1p"),
    (r"(?:, )?round(?:ed)? (?:off )?(?:up |down )?to (?:two|2) decimals?(?: places?)?", ", rounded to the nearest 1p"),
    (r"round(?:ed)? (?:off )?to(?: the)? nearest (?:penny|pence)", "rounded to the nearest 1p"),
    (r"round (?:off )?to(?: the)? nearest", "rounded to the nearest"),
    (r"round (up|down) to", r"rounded \1 to"),
    (r"(?:, )?round(?:ed)?(?: off)?(?! to| off| up| down)", ", rounded to the nearest 1p"),
    (r"to (?:the )?nearest", ", rounded to the nearest"),
    (r"nearest (?:penny|pence)", "nearest 1p"),
    (r"nearest pound", "nearest £1"),
    (r"multiplied by", "×"),
    (r"divided by", "÷"),
    (r"(?:per cent|percent) of", "% ×"),
    (r"(?<=% )of", "×"),
    (r"per cent|percent", "%"),
    (r"per annum", "per year"),
    (rf"per (?:per|a|an|each|every) {_UNIT}|(?:a|an) per {_UNIT}|(?<=\d )(?:each|every) {_UNIT}", r"per \1\2\3"),
    (r"(?<=payable )(?:weekly|every week|each week|per week)", "by the week"),
    (r"(?<=payable )(?:monthly|every month|each month|per month)", "by the month"),
    (r"(?<=payable )(?:yearly|annually|every year|each year|per year|once a year)", "once a calendar year"),
    (r"yes or no|yes and no|yes no", "yes/no"),
    (r"number of pounds|amount of money|money", "£"),
    (r"number of (hours|days|weeks|months|years)", r"\1"),
    (r"(?:the )?number of", "count of"),
    (r"(?:the )?(?:sum )?total of(?= \w+ over)", "sum of"),
    (r"(?:max|maximum|greater|larger)(?: of)? \(", "higher of ("),
    (r"(?:min|minimum|lesser|smaller)(?: of)? \(", "lower of ("),
    (r"provided that|provided|only if|only when|if and only if|(?:as|so) long as|on condition that", "when"),
    (r"(?:shall|will|must|is to|should) be", "is"),
    (r"(?:one|an?) half of (\w+)", r"\1 ÷ 2"),
    (r"(?:one|an?) third of (\w+)", r"\1 ÷ 3"),
    (r"(?:one|an?) quarter of (\w+)", r"\1 ÷ 4"),
)
_LONGER_PHRASES = _patterns(
    (r"for every", "Write `for each complete`; or, where a part counts as a whole, `for each £250 or part of it of`."),
    (
        r"for each (?!comp)[a-z]\w*",
        "Multiply by how many there are: `£5 per week × count of adults`.",
    ),
    (r"(?<=is )=", "Delete it, for `is` says it already."),
    (r"is between", "Write two comparisons joined by `and`: `age >= 16 and age <= 65`."),
    (
        r"(?<=is )if|(?<=otherwise )if|then",
        "Write the value first, then `when` and the condition: `£5 per week when age >= 65`.",
    ),
    (
        r"(?<=is )at (?:least|most)",
        "Write first what it is that has a limit: `earnings - £5 per week, but not less than £0 per week`.",
    ),
    (r"subject to", "Write a condition with `when`, and a limit as `, but not more than £10 per week`."),
    (r"sum \(|sum of \w+ ,", "Say over whom: `sum of pay over person`, or another group; amounts are added with `+`."),
    (r"(?:average|mean) of(?: \w+)?", "Divide the sum by the number: `(sum of pay over adults) ÷ (count of adults)`, rounded."),
)
"""Phrases that need more than another word in their place."""


def said_in_a_phrase(piece: Sequence[Token], position: int) -> Phrase | None:
    """The phrase that the token at `position` is part of, or the last one at the end, where the sign for it can be read on."""
    text, starts = "", []
    first, last = max(0, position - 6), min(len(piece), position + 6)
    for token in piece[first:last]:
        starts.append(len(text))
        text += f"{' '.join(token.split())} "
    text = text.rstrip()
    at = starts[min(position - first, len(starts) - 1)]
    penny = any(token.type in ("POUND", "MONEY", "PENCE") for token in piece)
    for pattern, meant in chain(_LIMITS, _PHRASES):
        for found in pattern.finditer(text):
            read_as_names = meant == "sum of" and found.start() <= at
            if not (found.start() <= at < found.end() or read_as_names) or found.start() not in starts:
                continue
            start = first + starts.index(found.start())
            if "range" in meant and piece[0] != "input":
                continue
            if f", {found[0]}" == meant or (meant.startswith(", but") and not _limits_an_amount(piece, start)):
                continue
            end = first + sum(place < found.end() for place in starts)
            write = found.expand(meant) if penny else found.expand(meant).replace("1p", "1")
            if reach([*piece[:start], *tokens_of(write), *piece[end:]]) >= min(start + 3, len(piece) - (end - start)):
                return Phrase(start, end, f"Write `{write}`.")
    for pattern, fix in _LONGER_PHRASES:
        for found in pattern.finditer(text):  # its words may have been read as names, and stop only what follows
            if found.start() <= at <= found.end() + 1 and found.start() in starts:
                return Phrase(first + starts.index(found.start()), first + sum(place < found.end() for place in starts), fix)
    return None


def _limits_an_amount(piece: Sequence[Token], position: int) -> bool:
    """Whether what stands at `position` is said of the value of a case, and not inside a condition."""
    if any(token.type == "YES_NO" for token in piece):
        return False
    for place in range(position - 1, 0, -1):
        if piece[place].type in ("WHEN", "WHERE", "MEET", "LIMB"):
            return False
        if piece[place].type in ("OTHERWISE", "GIVES") or (
            piece[place].type == "IS" and piece[place - 1].type not in ("NAME", "RPAR")
        ):
            return place < position - 1
    return False
