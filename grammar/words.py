"""The words of the language: what is reserved, how a token is called in a message, and which word was meant."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sized
from datetime import date
from functools import cache, lru_cache

DECLARATIONS = (
    "instrument", "amendment", "scheme", "entity", "role", "choice", "unit", "group", "input", "figure", "rule", "table", "scale",
    "provision", "challenge", "duty", "every", "insert", "substitute", "omit", "rename", "example", "case",
)  # fmt: skip
"""The words that begin a declaration, and so end the one before; `in` with a name after it does too."""

UNIT_WORDS = ("hour", "day", "week", "month", "year")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_text(day: date) -> str:
    """`1 October 2010`, whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nearest_day(day: int, month: int, year: int) -> date:
    """The day itself, or the last of a month that has it not."""
    return date(year, month, max(1, min(day, monthrange(year, month)[1])))


SAID_OTHERWISE = {
    "if": "when",
    "whenever": "when",
    "since": "from",
    "else": "otherwise",
    "minus": "-",
    "plus": "+",
    "times": "×",
    "divided": "÷",
    "x": "×",
    "weekly": "`per week`",
    "monthly": "`per month`",
    "yearly": "`per year`",
    "annually": "`per year`",
    "hourly": "`per hour`",
    "daily": "`per day`",
    "expected": "expect",
    "pounds": "£ before the amount",
    "pence": "p after the amount, like `50p`",
    "percent": "%",
    "k": "all the zeros, like `£20,000`",
    "nothing": "£0 with its unit, like `£0 per week`",
    "nil": "£0 with its unit, like `£0 per week`",
    "zero": "£0 with its unit, like `£0 per week`",
    "true": "yes",
    "false": "no",
    "between": "two comparisons joined by `and`",
    "exceeds": ">",
}
"""What people write, and what the language has for it."""

TYPES = {
    **dict.fromkeys(("pound", "pounds", "sterling", "gbp", "money", "currency", "cash"), "£"),
    **dict.fromkeys(("percent", "percentage"), "%"),
    **dict.fromkeys(("integer", "int", "count", "whole"), "whole number"),
    **dict.fromkeys(("boolean", "bool", "logical", "truth"), "yes/no"),
    **dict.fromkeys(("string", "str", "letters"), "text"),
    **dict.fromkeys(("decimal", "float", "numeric", "numerical"), "number"),
}
"""What people write for a type."""

FUNCTIONS = {
    "if": "Write the value first, then `when` and the condition: `£5 per week when age >= 65`.",
    "sum": "Write `sum of pay over person`, or over another group; amounts are added with `+`.",
    "count": "Write `count of person`, or of another group.",
    "max": "Write `higher of (a, b)`.",
    "min": "Write `lower of (a, b)`.",
    "average": "Divide the sum by the number: `(sum of pay over adults) ÷ (count of adults)`, rounded.",
    "round": "Write the value, then `, rounded to the nearest 1p`.",
    "roundup": "Write the value, then `, rounded up to 1p`.",
    "rounddown": "Write the value, then `, rounded down to 1p`.",
    "and": "Write `and` between the conditions.",
    "or": "Write `or` between the conditions.",
    "not": "Write `not` before the condition.",
    "today": "Write `assessment_date`.",
}
"""What spreadsheets write before a bracket."""

VALUES = {"nil", "nothing", "zero", "true", "false"}
"""Those of these words that stand for a value."""

PARTS = {"half": "2", "third": "3", "quarter": "4", "fifth": "5", "tenth": "10"}
"""Parts of an amount, and what it is divided by."""

DAYS_ASKED_FOR = ("today", "now", "current_date", "todays_date", "today_date", "date_today", "assessment_day", "this_day")
"""Names by which people call the day for which is asked."""

_AMOUNT_WORDS = {
    **dict.fromkeys(("p", "pence", "penny"), "{}p"),
    **dict.fromkeys(("pound", "pounds", "quid"), "£{}"),
    "percent": "{}%",
}
"""Words behind a number with which people write amounts, and how they are written here."""

_CALLED = {
    "NAME": "a name",
    "STRING": "text in quotes",
    "DATE": "a date",
    "MONEY": "an amount in £",
    "PENCE": "an amount in pence",
    "NUMBER": "a number",
    "BOOLEAN": "`yes` or `no`",
    "ORDER": "a comparison (`=`, `<`, `>` …)",
    "PER_TIME": "`a week`, `per hour` …",
    "$END": "the end of the declaration",
    "YES_NO": "`yes/no`",
    "HALF_EVEN": "`half even`",
    "NOT_ENCODED": "`not encoded`",
    "AT_ANY_TIME": "`at any time`",
    "MULTIPLE": "`a multiple of`",
    "ONCE_A_YEAR": "`once a calendar year`",
    "EVERYWHERE": "`wherever it occurs`",
    "WHEN_APPOINTED": "`when appointed`",
    "MADE_BY_PLACE": "`made by` and a place in quotes",
    "EVERY_OTHER_DAY": "`every other day`",
    "MONTH_NAME": "a month, like `October`",
    "LIMB": "the label of a limb, like `(a)`",
}


@cache
def keywords() -> dict[str, str]:
    """Token name → the word or sign that it stands for, for every token with one spelling."""
    from grammar.table import parser  # not at the top: `closest` needs no Lark

    fixed = {t.name: t.pattern.value for t in parser().terminals if t.pattern.type == "str"}
    return fixed | {name.upper() + "S": name + "s" for name in UNIT_WORDS}


@cache
def reserved_words() -> frozenset[str]:
    """Every word that cannot be a name; a golden test freezes them."""
    words = {word for word in keywords().values() if word.isalpha()}
    return frozenset(words | set(UNIT_WORDS) | {"yes", "no"})


def called(token: str) -> str:
    """What a message calls a kind of token; never its internal name."""
    if token in _CALLED:
        return _CALLED[token]
    return f"`{keywords()[token]}`" if token in keywords() else "something else"


MOST_SUGGESTED = 100
"""Problems after which no spelling is looked for any more: nobody reads that far, and each costs a look at every name."""
MOST_COMPARED = 500
"""Words like enough in length and letters to be compared letter by letter, for one suggestion."""


def closest(word: str, known: Iterable[str], told: Sized = ()) -> str | None:
    """The known word nearest in spelling, if it is within a third of the word's length; the earlier of two as near.

    `told` are the problems told before it: after very many there are no suggestions.
    """
    if len(told) > MOST_SUGGESTED:
        return None
    compared = 0
    limit = max(1, len(word) // 3)
    letters = frozenset(word)
    best: tuple[int, str] | None = None
    for other in known:
        most = limit if best is None else best[0]
        if abs(len(other) - len(word)) > most or len(letters - _letters(other)) > most:
            continue
        compared += 1
        if compared > MOST_COMPARED:
            break
        distance = _distance(*_differing(word, other), most)
        if distance <= most and (best is None or (distance, other) < best):
            best = (distance, other)
    return best[1] if best else None


@lru_cache(20_000)
def _letters(word: str) -> frozenset[str]:
    return frozenset(word)


def _differing(a: str, b: str) -> tuple[str, str]:
    """Two words without the beginning and the end that they share."""
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def _distance(a: str, b: str, limit: int) -> int:
    """Letters to insert, drop, change or swap with the next to get from a to b; more than `limit` is just too far."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def said_here(word: str) -> str | None:
    """What the language has for a word that it lacks, as a fix: "Write `when`."."""
    meant = SAID_OTHERWISE.get(word.lower())
    if meant is None:
        return None
    return f"Write {meant}." if "`" in meant or " " in meant else f"Write `{meant}`."


def amount_meant(number: str, word: str) -> str | None:
    """How `5 pounds`, `50 p` or `10 percent` is written here: `£5`, `50p`, `10%`."""
    form = _AMOUNT_WORDS.get(word)
    return form.format(number) if form else None


_PLURALS = {"child": "children", "person": "people", "foot": "feet"}


def plural(word: str) -> str:
    """How several are called, of a name in the singular: `visit` → `visits`."""
    if word in _PLURALS:
        return _PLURALS[word]
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|z|ch|sh)$", word) else f"{word}s"


def singular(word: str) -> str:
    """How one of them is called; a word that is no plural stays as it is."""
    ones = [*(one for one, many in _PLURALS.items() if many == word), re.sub(r"ies$", "y", word), word[:-2], word[:-1]]
    return next((one for one in ones if one and plural(one) == word), word)


def as_name(text: str) -> str:
    """A name that the writer could have meant by words that are not one: `Gross Earnings` → `gross_earnings`."""
    name = re.sub(r"\W+", "_", text.strip().lower()).strip("_")
    return f"{name}_" if name in reserved_words() else name
