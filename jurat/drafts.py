"""Drafts of amendments as text, and what would be wrong with the law if they were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from engine.drafting.differing import differences
from engine.drafting.left import Left, left, said_otherwise
from engine.drafting.uprate import heading, told, uprating
from grammar import amendments as a
from grammar import declarations as d
from grammar.problems import Place, Problem, errors, in_order
from grammar.source import Source
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
    """`3.1%` and `the nearest 7p` as the clause that says so in the rules."""
    from grammar.parsing import parse

    less = by.startswith(("-", "−"))
    rounded = ""
    if to:
        rounded = f", rounded to {to}" if "nearest" in to else f", rounded {to}"
    change = by[1:] if less else by
    text = f"in x for £1 substitute £1 being {change} {'less' if less else 'more'}{rounded}"
    found = parse(Source("--by and --to", text))
    if not found.problems and len(found.file.declarations) == 1:
        operation = found.file.declarations[0]
        if isinstance(operation, d.Operation) and isinstance(operation.action, a.Replace) and operation.action.being:
            being = operation.action.being
            if being.change.percent or being.change.unit:
                return being
    return Problem(
        code="value-type",
        message=f"`--by {by}{f' --to {to}' if to else ''}` does not say by how much, rounded to what.",
        fix='Write a percentage or an amount, and a rounding as the rules do: `--by 3.1% --to "the nearest 7p"`.',
    )


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
        message = f"{scheme.title} has no amount of money in force on {day_text(first)} that this could uprate."
        return Problem(code="nothing-asked", message=message, fix="Name a day on which its figures are known.")
    words = ("-" if being.is_less else "") + being.change.span.text + (f", {being.rounding.span.text}" if being.rounding else "")
    note = told(found, first, words)
    first_line = heading(name, title or f"Draft uprating of {scheme.title}", found.instruments, first, (note,))
    return Draft(text_of([first_line, *found.operations], called_in(scheme)), found.left)


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
