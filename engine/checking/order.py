"""In which order the provisions of a book are worked out: each after those that its text names; a circle is a problem (S59)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.book.consolidate import Book
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Place, Problem
from grammar.syntax import Tree


def ordered(book: Book, problems: list[Problem]) -> Iterator[str]:
    """Every provision's name after those that its text uses; a circle is a problem, told once, and left out (S59)."""
    needs = {name: sorted(names_in(book, name)) for name in sorted(book.law.provisions)}
    done: set[str] = set()
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


def _circle(book: Book, circle: list[str]) -> Problem:
    lowest = circle.index(min(circle))
    circle = circle[lowest:] + circle[:lowest]
    spans = [book.law.provisions[name].head.name_span for name in circle]
    lines = " → ".join(f"`{name}` (line {span.line})" for name, span in zip(circle, spans, strict=True))
    again = f"`{circle[0]}`"
    return Problem(
        code="circle",
        message=f"This is worked out from itself: {lines} → {again}.",
        place=Place(spans[0], "begins and ends here"),
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
    found = {named for tree in trees for named in _named(tree)}
    return {other for other in found if other in book.law.provisions}


_NAMES = {syntax.Ref: "name", syntax.Word: "name", syntax.Members: "group", syntax.Rank: "group", syntax.Applied: "scale"}
"""Where in a tree a name stands that can be one of a term, a group or a scale."""


def _named(tree: object) -> Iterator[str]:
    """Every name in a tree that can be one of a term, a group or a scale."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tree):
            if node.__class__ in _NAMES:
                yield getattr(node, _NAMES[node.__class__])
            waiting.extend(node.inside())
        elif isinstance(node, tuple | list):
            waiting.extend(node)
