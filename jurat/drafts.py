"""Drafts of amendments as text, and what would be wrong with the law if they were made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from engine import units
from engine.book.consolidate import Book
from engine.drafting.differing import differences
from engine.drafting.left import Left, left, said_otherwise
from engine.drafting.uprate import Uprating, heading, nearest_known, told, uprating
from grammar import amendments as a
from grammar import declarations as d
from grammar.problems import Place, Problem, errors, in_order
from grammar.source import Source
from grammar.syntax import Number
from grammar.words import closest, day_text
from grammar.writing import written
from jurat.rulebook import Rules
from jurat.schemes import Scheme

DRAFT = "the draft"
"""What the text of a draft is called while it stands in no file."""


@frozen
class Draft:
    """The text of an amendment that is not made, and what was asked for and stands in it not, with why."""

    text: str
    left: tuple[tuple[str, str], ...] = ()
    undone: tuple[Problem, ...] = ()
    """Edits that no amendment can say, each with what to do instead."""


def parsed_being(by: str, to: str | None) -> d.Being | Problem:
    """`3.1%` and `the nearest 7p` as the clause that says so in the rules; `7 pence` is 7p."""
    less = by.startswith(("-", "−"))
    change = f"{by[1:] if less else by} {'less' if less else 'more'}"
    being = _clause(change)
    if being is None or not (being.change.percent or being.change.unit):
        message = f"`--by {by}` does not say by how much."
        fix = "Write a percentage or an amount as the rules do: `--by 3.1%`, `--by '£2 per week'`."
        return Problem(code="value-type", message=message, fix=fix)
    if not to:
        return being
    rounding = _PENCE.sub(r"\1p", to)
    rounded = _clause(f"{change}, rounded {f'to {rounding}' if 'nearest' in rounding else rounding}")
    if rounded is None or rounded.rounding is None or not _is_of(being, rounded.rounding.to):
        size = re.search(r"£\d[\d,.]*|\d+p\b", rounding)
        step = size[0] if size else "7p"
        message = f"`--to {to}` does not say how an amount is rounded."
        fix = f'Write `--to "the nearest {step}"`, `--to "up to {step}"` or `--to "down to {step}"`.'
        return Problem(code="value-type", message=message, fix=fix)
    return rounded


_PENCE = re.compile(r"(\d+)\s*(?:pence|penny|pennies)\b")


def _is_of(being: d.Being, step: Number) -> bool:
    """Whether amounts that change so can be rounded to a multiple of this: £5 or 7p, and to so many of no other unit."""
    money = [symbol for symbol, _ in step.unit] == [units.POUND]
    return money or (step.unit == being.change.unit and not being.change.percent and units.POUND not in dict(step.unit))


def _clause(being: str) -> d.Being | None:
    from grammar.parsing import parse

    found = parse(Source("--by and --to", f"in x for £1 substitute £1 being {being}"))
    if found.problems or len(found.file.declarations) != 1:
        return None
    operation = found.file.declarations[0]
    is_change = isinstance(operation, d.Operation) and isinstance(operation.action, a.Replace)
    return operation.action.being if is_change else None  # type: ignore[union-attr]


def uprated(
    scheme: Scheme, being: d.Being, first: date, only: Sequence[str], name: str, title: str | None = None
) -> Draft | Problem:
    """The draft that uprates the figures of a scheme from a day on, or only some of them."""
    checked = scheme.rules.on(first)
    if errors(checked.problems) or errors(scheme.rules.problems):
        return errors((*scheme.rules.problems, *checked.problems))[0]
    book = checked.graph.book
    keys = [book.law.keys.of(f"{scheme.name}.{one}") for one in only]
    keys = [key if key in book.in_force else one for key, one in zip(keys, only, strict=True)]
    for key in keys:
        if key not in book.in_force:
            near = closest(key, book.in_force)
            fix = f"Write `{near}`." if near else "Name figures or tables of the scheme."
            return Problem(code="unknown-name", message=f"Nothing called `{key}` is in force on {day_text(first)}.", fix=fix)
    found = uprating(book, scheme.files, being, keys)
    if not found.operations:
        return _nothing_uprated(scheme, book, first, keys, found)
    if found.in_parts_of_a_penny and being.rounding is None:
        name, text = found.in_parts_of_a_penny[0]
        message = f"`{called_in(scheme)(name)}` would be {text}, no whole number of pence, and nothing says how it is rounded."
        return Problem(code="unrounded-money", message=message, fix='Say `--to "the nearest 1p"`, or to what it is rounded.')
    words = ("-" if being.is_less else "") + being.change.span.text + (f", {being.rounding.span.text}" if being.rounding else "")
    note = told(found, first, words)
    first_line = heading(name, title or f"Draft uprating of {scheme.title}", found.instruments, first, (note,))
    return Draft(text_of([first_line, *found.operations], called_in(scheme)), found.left)


def _nothing_uprated(scheme: Scheme, book: Book, first: date, keys: Sequence[str], found: Uprating) -> Problem:
    """Why nothing is uprated, and the nearest day on which something is known."""
    message = f"{scheme.title} has no amount of money in force on {day_text(first)} that this could uprate."
    if keys and found.left:
        message = " ".join(
            f"`{called_in(scheme)(name)}` cannot be uprated on {day_text(first)}: {why}." for name, why in found.left[:3]
        )
    nearest = nearest_known(book, scheme.files, keys)
    fix = "Name a figure or a table in money after `--only`."
    if nearest is not None:
        fix = f"Its amounts are known on {day_text(nearest)}: write `--from {nearest.isoformat()}`."
    return Problem(code="nothing-asked", message=message, fix=fix)


def called_in(scheme: Scheme) -> Callable[[str], str]:
    """How the rules of a scheme write a name."""
    permanent = scheme.rules.law.keys.permanent
    return lambda key: permanent(key).removeprefix(f"{scheme.name}.")


def text_of(declarations: Sequence[d.Declaration], called: Callable[[str], str]) -> str:
    """Declarations as a file holds them: the heading, and each operation after an empty line."""
    return "\n".join(written(declaration, called) for declaration in declarations)


def checked_draft(rules: Rules, text: str, day: date) -> tuple[Problem, ...]:
    """What is wrong with a draft, and with the law of its day as it would have it, that is not wrong without it."""
    drafted = rules.drafted(Source(DRAFT, text))
    before = {(problem.code, problem.message) for problem in (*rules.problems, *rules.on(day).problems)}
    after = (*drafted.problems, *drafted.on(day).problems)
    return tuple(in_order(problem for problem in after if (problem.code, problem.message) not in before))


def amending(scheme: Scheme, edited: Rules, first: date, name: str, title: str | None = None) -> Draft | tuple[Problem, ...]:
    """The draft that turns a scheme into an edited copy of it, from a day on; an empty text where the two say the same.

    What it does is tried: where quoted words do not lead to the edited text, the provision is substituted whole. Whatever no
    amendment can say is told beside it.
    """
    whole: set[str] = set()
    goal = edited.on(first)
    own = scheme.rules.on(first)
    if wrong := errors((*edited.problems, *goal.problems, *scheme.rules.problems, *own.problems)):
        return tuple(in_order(wrong))
    while True:
        found = differences(own.graph.book, goal.graph.book, scheme.files, whole)
        texts = []
        for number, one in enumerate(found):
            head = heading(
                f"{name}_{number + 1}" if len(found) > 1 else name,
                title or f"Draft amendment of {own.graph.book.law.instruments[one.instrument].title}",
                (one.instrument,),
                first,
                one.notes,
            )
            texts.append(text_of([head, *one.operations], called_in(scheme)))
        text = "\n".join(texts)
        reached = scheme.rules.drafted(Source(DRAFT, text)).on(first).graph if text else own.graph
        differ = said_otherwise(reached.book, goal.graph.book)
        if not differ - whole:
            undone = tuple(map(_undone, left(own.graph.book, reached.book, goal.graph.book, scheme.files, edited.beside)))
            return undone if undone and not text else Draft(text, undone=undone)
        whole |= differ


def _undone(edit: Left) -> Problem:
    place = None if edit.span is None else Place(edit.span)
    return Problem(code="cannot-amend", message=edit.message, place=place, fix=edit.fix)
