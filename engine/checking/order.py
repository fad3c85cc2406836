"""In which order the provisions of a book are worked out: each after those that its text names; a circle is a problem (S59)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.book.consolidate import Book
from engine.book.ever import named as named_in
from grammar import declarations as d
from grammar.problems import Place, Problem


def ordered(book: Book, problems: list[Problem]) -> Iterator[str]:
    """Every provision's name after those that its text uses; a circle is a problem, told once, and left out (S59)."""
    done = _look_back_on_themselves(book, problems)
    if book.law.ever.order is not None:
        yield from (name for name in book.law.ever.order if name not in done)
        return
    needs = {name: sorted(names_in(book, name)) for name in sorted(book.law.provisions)}
    for start in needs:
        path: list[str] = []
        on_path: set[str] = set()
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            name, leaving = waiting.pop()
            if leaving:
                path.pop()
                on_path.discard(name)
                if name not in done:
                    done.add(name)
                    yield name
            elif name in on_path:
                circle = path[path.index(name) :]
                problems.append(_circle(book, circle))
                done.update(circle)
            elif name not in done:
                path.append(name)
                on_path.add(name)
                waiting.append((name, True))
                waiting.extend((other, False) for other in reversed(needs[name]))


def _look_back_on_themselves(book: Book, problems: list[Problem]) -> set[str]:
    """The provisions whose value on one day would rest on their own value on another, in some version: that has no end (S72)."""
    ever, found = book.law.ever, set[str]()
    for name, looked_at in ever.looked_at.items():
        knot = ever.knots[name]
        back = next((other for other in looked_at if ever.knots.get(other) == knot), None)
        way = ever.way_back(back, name) if back is not None and name not in found else None
        if way and not found.intersection(way):
            found.update(way)
            problems.append(_circle(book, [name, *way[:-1]], on_other_days=True))
    if not found:
        _not_too_deep(book, problems)
    return found


def _not_too_deep(book: Book, problems: list[Problem]) -> None:
    """What is looked at on another day may look at others itself, but not without end: each time costs as many days again."""
    ever = book.law.ever
    for name in ever.looked_at:
        if ever.depth[name] == OTHER_DAYS_DEPTH + 1:
            head = book.law.provisions[name].head
            problems.append(
                Problem(
                    code="over-a-limit",
                    message=f"Rules that look at other days rest on each other more than {OTHER_DAYS_DEPTH} deep here.",
                    place=Place(head.name_span, "looks at another day"),
                    subject=name,
                    citation=book.law.provisions[name].citation,
                    fix="Let it look at a fact, or at something that does not look at other days itself.",
                )
            )
            return


OTHER_DAYS_DEPTH = 20
"""How often what is looked at on another day may itself look at another day."""


_FROM_ITSELF = "This is worked out from itself"
_ON_OTHER_DAYS = "In some version this rests on its own value of another day, which has no beginning"


def _circle(book: Book, circle: list[str], on_other_days: bool = False) -> Problem:
    lowest = circle.index(min(circle))
    circle = circle[lowest:] + circle[:lowest]
    spans = [book.law.provisions[name].head.name_span for name in circle]
    lines = " → ".join(f"`{name}` (line {span.line})" for name, span in zip(circle, spans, strict=True))
    again = f"`{circle[0]}`"
    return Problem(
        code="circle",
        message=f"{_ON_OTHER_DAYS if on_other_days else _FROM_ITSELF}: {lines} → {again}.",
        place=Place(spans[0], "rests on itself" if on_other_days and len(spans) == 1 else "begins and ends here"),
        second=Place(spans[1], "goes through here") if len(spans) > 1 else None,
        subject=circle[0],
        citation=book.law.provisions[circle[0]].citation,
        fix="Let one of them use a fact instead, or an amount worked out before this step.",
    )


def names_in(book: Book, name: str) -> set[str]:
    """The provisions that a text in force names."""
    in_force = book.in_force.get(name)
    if in_force is None:
        return set()
    text = in_force.text
    trees: list[object] = [text]
    if isinstance(text, d.Version):
        trees = [in_force.alternatives, [part.clause for part in in_force.exceptions]]
    elif isinstance(text, d.TableVersion):
        trees = [text.columns, text.otherwise, [part.clause for part in in_force.rows]]
    elif isinstance(text, d.Group):
        trees = [text.over, text.condition]
    trees += [affected.clause.condition for affected in in_force.affected]
    found = {named for tree in trees for named in named_in(tree)}
    return {other for other in found if other in book.law.provisions}
