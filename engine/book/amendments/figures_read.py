"""A rule whose amount stands in a figure: an amendment that quotes the amount amends the figure, and is told which (S47)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.book.amendments.editing import Shown
from engine.book.amendments.matching import same
from engine.book.amendments.operations import Timed
from engine.book.amendments.renaming import written_names
from engine.book.law import Provision
from engine.values import day_words
from grammar import amendments as a
from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Number

Shows = Callable[[str], Shown | None]
"""The text of a provision on the day on which an operation takes effect, as known when it was made."""


def in_a_figure(action: a.Replace, timed: Timed, provisions: Mapping[str, Provision], shows: Shows) -> Problem | None:
    """Which figure to amend, where a rule reads the amount that an operation quotes from one; None where it reads none."""
    if not isinstance(action.old, Number) or action.part is not None or provisions[action.target.name].kind == "figure":
        return None
    read = list(_read(action.target.name, provisions, shows))
    saying = [(name, value) for name, value in read if same(value, action.old)]
    day, target, new = day_words(timed.commences), action.target.name, action.new.span.text
    if saying:
        (name, value), *others = saying
        also = f", and so does `{others[0][0]}`" if others else ""
        message = f"`{target}` does not say `{action.old.span.text}` itself: on {day} the figure `{name}` does{also}."
    elif (only := _only_of_its_unit(action.old, read)) is not None:
        name, value = only
        message = f"`{target}` reads the figure `{name}`, which says `{value.span.text}` on {day}, "
        message += f"and not `{action.old.span.text}`."
    else:
        return None
    shown = shows(name)
    assert shown is not None
    place = Span(action.target.span.source, action.span.start, action.new.span.end)
    return Problem(
        code="stale-wording",
        message=message,
        place=Place(place, "stands in a figure"),
        second=Place(value.span, f"`{name}` on {day}"),
        subject=timed.amendment.title,
        fix=f"Write `in {name} for {value.span.text} substitute {new}`.",
    )


def _read(name: str, provisions: Mapping[str, Provision], shows: Shows) -> Iterator[tuple[str, Number]]:
    """The figures from which a rule takes amounts, itself or by what it rests on: the nearest first."""
    seen, waiting = {name}, [name]
    for reading in waiting:
        shown = shows(reading)
        if shown is None:
            continue
        if isinstance(shown.text, d.Dated):
            if isinstance(shown.text.value, Number):
                yield reading, shown.text.value
            continue
        for word in sorted(written_names(shown.text), key=lambda word: word.span.start):
            if word.name in provisions and word.name not in seen:
                seen.add(word.name)
                waiting.append(word.name)


def _only_of_its_unit(old: Number, read: list[tuple[str, Number]]) -> tuple[str, Number] | None:
    """The one figure that is an amount of what the quoted one is."""
    found = [(name, value) for name, value in read if (value.unit, value.percent) == (old.unit, old.percent)]
    return found[0] if len(found) == 1 else None
