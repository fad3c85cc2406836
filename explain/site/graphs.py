"""The outline of an award: what it rests on, each term with its page; told once in full, and then where it was told."""

from __future__ import annotations

from attrs import frozen

from engine.graph import Term
from explain.phrases import numbered
from explain.rules.drawing import Arrow, Box, Drawing
from explain.rules.picture import picture
from explain.site.addresses import to
from explain.site.book import Told

_DEEPEST = 24
"""How far in an outline goes: what lies deeper has its own page."""


@frozen(eq=False, repr=False)
class NodeView:
    """A term in an outline, how it is used there, and what it rests on."""

    title: str
    to: str
    how: str
    what: str
    anchor: str
    """Where it is told; "" where it is told elsewhere on the page."""
    again: str
    """Where it was told before."""
    decides: bool
    is_last_seen: bool
    inner: list[NodeView]


@frozen(eq=False, repr=False)
class GraphPage:
    address: str
    title: str
    picture: str | None
    roots: tuple[NodeView, ...]
    count: str
    """How many terms there are on the day."""


def graph_page(told: Told, award: Term) -> GraphPage:
    drawn = told.drawing(award)
    here = told.addresses.graphs[award.name]
    svg = to(_svg(here), here) if award.name in told.layouts else None
    count = numbered("{number} term on {day}.", "{number} terms on {day}.", len(drawn.boxes), day=drawn.on)
    return GraphPage(here, drawn.title, svg, _outline(told, drawn, here), count)


def graph_picture(told: Told, award: Term) -> tuple[str, str]:
    """The same as SVG, in which each box leads to the page of its term; and where that lies."""
    here = _svg(told.addresses.graphs[award.name])
    drawn = told.drawing(award)
    links = {box.number: to(told.addresses.terms[told.graph.terms[box.number].name], here) for box in drawn.boxes}
    return here, picture(drawn, told.layouts[award.name], links)


def _svg(page: str) -> str:
    return f"{page.removesuffix('.html')}.svg"


_Waiting = tuple[Arrow | None, Box, list[NodeView], int]
"""A box to be told: by which arrow, among which others, and how far in."""


def _outline(told: Told, drawn: Drawing, here: str) -> tuple[NodeView, ...]:
    """Each term once in full where it comes first, as far in as `_DEEPEST`; a stack, for a chain of rules has no bound."""
    names = {term.index: term.name for term in told.graph.terms}
    roots: list[NodeView] = []
    seen: set[int] = set()
    waiting: list[_Waiting] = [(None, drawn.box[number], roots, 0) for number in reversed(drawn.asked)]
    while waiting:
        arrow, box, beside, level = waiting.pop()
        again = box.number in seen
        onwards = drawn.next[box.number]
        deep = level == _DEEPEST and bool(onwards) and not again
        node = NodeView(
            title=box.title,
            to=to(told.addresses.terms[names[box.number]], here),
            how=arrow.how if arrow else "",
            what=box.what if box.kind != "group" else "",
            anchor="" if again or deep else f"term-{box.number}",
            again=f"#term-{box.number}" if again and onwards else "",
            decides=bool(arrow and arrow.decides),
            is_last_seen=deep,
            inner=[],
        )
        beside.append(node)
        if not again and not deep:
            seen.add(box.number)
            waiting += [(on, below, node.inner, level + 1) for on, below in reversed(onwards)]
    return tuple(roots)
