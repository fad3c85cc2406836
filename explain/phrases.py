"""Phrases of the pages for officers and auditors, kept so that they can be translated: whole, with names for what is put in.

They are English alone: nobody has translated them, and what reads a page back (explain/reading_back) knows English alone. Each is
a message of explain/locale/pages.pot all the same. Most are looked up when a saying is prepared, once a graph.
"""

from __future__ import annotations

from gettext import NullTranslations

PAGES = NullTranslations()
"""What says them."""


def worded(message: str) -> str:
    """Marks a phrase that is kept in a table."""
    return message


def sentence(message: str, /, **values: str | int) -> str:
    """A phrase, with what is put in where it says `{name}`."""
    return PAGES.gettext(message).format(**values) if values else PAGES.gettext(message)


# ---- by mechanism ---------------------------------------------------------------------------------------------------

RANKS = {
    None: worded("the place among {group} by {keys}"),
    "equal": worded("the place among {group} by {keys}; those alike share a place"),
    "listed": worded("the place among {group} by {keys}; those alike in the order of the case"),
}
"""By what a rank does with members who are alike in every key; unsaid, they are refused."""

ANY, EVERY = worded("any {member}"), worded("every {member}")

AMONG = {
    "highest": worded("the highest {operand} among {group}"),
    "lowest": worded("the lowest {operand} among {group}"),
    "earliest": worded("the earliest {operand} among {group}"),
    "latest": worded("the latest {operand} among {group}"),
}

CLAIMS = {
    "any": (worded("for {group}: {operand}"), worded("for any of {group}: {operand}")),
    "all": (worded("for {group}: {operand}"), worded("for all of {group}: {operand}")),
    "none": (worded("not for {group}: {operand}"), worded("not for any of {group}: {operand}")),
}
"""Of any or every member, and of a group or a role."""

OF_EACH = {
    "any": worded("any of: {each}"),
    "all": worded("all of: {each}"),
    "none": worded("none of: {each}"),
    "highest": worded("the highest of {each}"),
    "lowest": worded("the lowest of {each}"),
    "earliest": worded("the earliest of {each}"),
    "latest": worded("the latest of {each}"),
}

LISTED = {"and": worded("{some} and {last}"), "or": worded("{some} or {last}")}

MONTHS = (
    worded("January"), worded("February"), worded("March"), worded("April"), worded("May"), worded("June"),
    worded("July"), worded("August"), worded("September"), worded("October"), worded("November"), worded("December"),
)  # fmt: skip

ORDERS = {
    "=": worded("{left} equals {right}"),
    "≠": worded("{left} does not equal {right}"),
    "<": worded("{left} is less than {right}"),
    "<=": worded("{left} is at most {right}"),
    ">": worded("{left} is more than {right}"),
    ">=": worded("{left} is at least {right}"),
}

DAY_ORDERS = {
    "=": worded("{left} is {right}"),
    "≠": worded("{left} is not {right}"),
    "<": worded("{left} is before {right}"),
    "<=": worded("{left} is on or before {right}"),
    ">": worded("{left} is after {right}"),
    ">=": worded("{left} is on or after {right}"),
}

EXTREMES = {
    "lower": worded("the lower of {parts}"),
    "higher": worded("the higher of {parts}"),
    "earlier": worded("the earlier of {parts}"),
    "later": worded("the later of {parts}"),
}

ELAPSED = {
    "day": (worded("whole days from {start} to {end}"), worded("whole days from {start} back to {end}")),
    "week": (worded("whole weeks from {start} to {end}"), worded("whole weeks from {start} back to {end}")),
    "month": (worded("whole months from {start} to {end}"), worded("whole months from {start} back to {end}")),
    "year": (worded("whole years from {start} to {end}"), worded("whole years from {start} back to {end}")),
}
"""Forward, and where the end lies before the start."""

FIRSTS = {
    "highest": worded("highest {key}"),
    "lowest": worded("lowest {key}"),
    "earliest": worded("earliest {key}"),
    "latest": worded("latest {key}"),
}

LIMBS = {
    "all limbs": worded("all of: {limbs}"),
    "any limbs": worded("any of: {limbs}"),
    "none limbs": worded("none of: {limbs}"),
}

ROUNDED = {
    "nearest": worded("rounded to the nearest {to}"),
    "half even": worded("rounded to the nearest {to} (halves to the even one)"),
    "up": worded("rounded up to a multiple of {to}"),
    "down": worded("rounded down to a multiple of {to}"),
}
