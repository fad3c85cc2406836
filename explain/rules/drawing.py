"""How terms hang together: what an award rests on, or what rests on a fact, as boxes and arrows that say how.

A drawing says nothing of where anything stands: the outline (`outlining.py`) and the picture (`picture.py`) place it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from engine import types
from engine.book.law import Law
from engine.graph import Graph, Term, node_reads
from engine.nodes import Formula, Node, OverDays, OverMembers, TermRead
from engine.values import Exact
from explain.phrases import EVERY, day_words, numbered, paired, sentence, type_words, worded
from explain.telling.voices import listed
from grammar.declarations import Scale
from grammar.rendering import visible

KINDS = {
    "rule": worded("rule"),
    "table": worded("table"),
    "scale": worded("scale"),
    "input": worded("fact"),
    "figure": worded("figure"),
    "group": worded("group"),
}
"""What each kind of term is called, in the order of the legend."""

COUNTS = {
    "rule": paired("{number} rule", "{number} rules"),
    "table": paired("{number} table", "{number} tables"),
    "scale": paired("{number} scale", "{number} scales"),
    "input": paired("{number} fact", "{number} facts"),
    "figure": paired("{number} figure", "{number} figures"),
    "group": paired("{number} group", "{number} groups"),
}
"""The same where they are counted."""

_HOW = {
    "sum over": worded("sum over {group}"),
    "rank": worded("place among {group}"),
    "any": worded("for any of {group}"),
    "all": worded("for all of {group}"),
    "none": worded("for none of {group}"),
    "highest": worded("highest among {group}"),
    "lowest": worded("lowest among {group}"),
    "earliest": worded("earliest among {group}"),
    "latest": worded("latest among {group}"),
}
"""How what is said of members is called on an arrow."""

_PAID = {
    "day": worded("paid by the day"),
    "week": worded("paid by the week"),
    "month": worded("paid by the month"),
    "calendar year": worded("paid once a calendar year"),
}


@frozen(eq=False, repr=False)
class Box:
    """A term as it is drawn."""

    number: int
    kind: str
    name: str
    """With its scheme before it, where what is drawn is of several."""
    scheme: str | None
    """The title of that scheme."""
    title: str
    whose: str | None
    """The kind of entity; None for a figure."""
    value: str
    """Its type; of a figure its value on the day, of a scale the type of what it gives."""
    paid: str | None
    """`paid by the day`, of an award."""
    unknown: str | None
    """Why it says nothing on the day: not encoded, or not in force."""
    citation: str | None
    place: str
    """The file and line of its name."""
    more: int
    """How many terms that come next are left out because of a depth."""

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.scheme})" if self.scheme else self.title

    @property
    def what(self) -> str:
        """`£ a week of Household, paid by the day`."""
        value = sentence("{value} of {whose}", value=self.value, whose=self.whose) if self.whose else self.value
        return ", ".join(filter(None, (value, self.paid, self.unknown)))

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is said of it, a line each."""
        left_out = sentence("{number} more not drawn", number=self.more) if self.more else None
        lines = (f"{self.title} ({self.name})", f"{sentence(KINDS[self.kind])}: {self.what}", self.citation, self.place, left_out)
        return tuple(line for line in lines if line)


@frozen(eq=False, repr=False)
class Arrow:
    """That one term rests on another: `start` on `end`."""

    start: int
    end: int
    how: str
    """Through a group, how: `sum over Adults`; empty for a plain use."""
    decides: bool
    """Whether it only decides which case applies or who is counted, and never enters the amount."""


@frozen(slots=False, eq=False, repr=False)
class Drawing:
    title: str
    on: str
    boxes: tuple[Box, ...]
    """Each once, those that were asked for first, then nearest first."""
    arrows: tuple[Arrow, ...]
    asked: tuple[int, ...]
    uses: bool
    """Whether it shows what rests on the asked, rather than what they rest on."""

    @cached_property
    def box(self) -> Mapping[int, Box]:
        return {box.number: box for box in self.boxes}

    @cached_property
    def next(self) -> Mapping[int, Sequence[tuple[Arrow, Box]]]:
        """For each box the arrows that lead on from it, away from what was asked, and where to."""
        found: dict[int, list[tuple[Arrow, Box]]] = {box.number: [] for box in self.boxes}
        for arrow in self.arrows:
            here, there = (arrow.end, arrow.start) if self.uses else (arrow.start, arrow.end)
            found[here].append((arrow, self.box[there]))
        return found


def drawing(graph: Graph, asked: Sequence[Term], uses: bool = False, depth: int | None = None) -> Drawing:
    """What the asked terms rest on, or with `uses` what rests on them, at most `depth` arrows away."""
    arrows = [arrow for term in graph.terms for arrow in arrows_of(graph, term)]
    onwards: dict[int, list[int]] = {}
    for arrow in arrows:
        here, there = (arrow.end, arrow.start) if uses else (arrow.start, arrow.end)
        onwards.setdefault(here, []).append(there)
    distance = {term.index: 0 for term in asked}
    waiting = list(distance)
    for number in waiting:
        if depth is None or distance[number] < depth:
            for other in onwards.get(number, ()):
                if other not in distance:
                    distance[other] = distance[number] + 1
                    waiting.append(other)
    named = _named(graph.book.law, [graph.terms[number].name for number in waiting])
    boxes = [
        box_of(graph, graph.terms[number], named, sum(other not in distance for other in onwards.get(number, ())))
        for number in waiting
    ]
    titles = listed([box.heading for box in boxes if box.number in {term.index for term in asked}], "and")
    on = day_words(graph.on)
    return Drawing(
        title=sentence("What rests on {titles}", titles=titles)
        if uses
        else numbered("What {titles} rests on", "What {titles} rest on", len(asked), titles=titles),
        on=on,
        boxes=tuple(boxes),
        arrows=tuple(arrow for arrow in arrows if arrow.start in distance and arrow.end in distance),
        asked=tuple(term.index for term in asked),
        uses=uses,
    )


def _named(law: Law, names: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Of terms of several schemes, each with its scheme before its name, and that scheme's title."""
    of = {key: name for name, key in law.keys.qualified.items()}
    found = {name: (of[name], law.keys.schemes[of[name].partition(".")[0]].title) for name in names if name in of}
    return found if len({title for _, title in found.values()}) > 1 else {}


def box_of(graph: Graph, term: Term, named: Mapping[str, tuple[str, str]], more: int) -> Box:
    root = term.formula.root if term.formula else None
    unknown = None
    if term.kind != "input" and term.in_force is None:
        unknown = sentence("not in force on {day}", day=day_words(graph.on))
    elif root is not None and root.mechanism == "not encoded":
        unknown = sentence("not encoded on {day}", day=day_words(graph.on))
    value = type_words(term.type)
    if term.kind == "figure" and term.constant is not None and unknown is None:
        value = Exact(term.constant, term.type, term.scale).words()
    if term.kind == "scale":
        head = graph.book.law.provisions[term.name].head
        assert isinstance(head, Scale)
        value = type_words(types.declared(head.type))
    name, scheme = named.get(term.name, (term.name, None))
    return Box(
        number=term.index,
        kind=term.kind,
        name=name,
        scheme=scheme,
        title=term.title,
        whose=graph.vocabulary.titles[term.entity] if term.entity else None,
        value=value,
        paid=sentence(_PAID[term.payable.by]) if term.payable else None,
        unknown=unknown,
        citation=term.citation,
        place=visible(f"{term.span.source.path}:{term.span.line}"),
        more=more,
    )


# ---- arrows ---------------------------------------------------------------------------------------------------------


def arrows_of(graph: Graph, term: Term) -> list[Arrow]:
    """An arrow to each term that this one's formula reads, in the order of the formula; two uses of one are one arrow."""
    if term.formula is None:
        return []
    how: dict[int, list[str]] = {}
    enters: set[int] = set()
    for number, words, decides in _reads(graph, term.formula, "", term.kind == "group"):
        said = how.setdefault(number, [])
        if words and words not in said:
            said.append(words)
        if not decides:
            enters.add(number)
    return [Arrow(term.index, number, "; ".join(said), number not in enters) for number, said in how.items()]


def _reads(graph: Graph, formula: Formula, how: str, decides: bool) -> Iterator[tuple[int, str, bool]]:
    """Each term that is read: through which group, and whether only to decide a case or a membership."""
    waiting: list[tuple[Node, bool]] = [(formula.root, decides)]
    while waiting:
        node, decides = waiting.pop()
        if isinstance(node.detail, OverMembers):
            yield from _over(graph, node, node.detail, decides)
        elif isinstance(node.detail, OverDays):
            for inner in node.detail.formulas:
                if inner is not None:
                    yield from _reads(graph, inner, sentence("on other days"), decides)
        else:
            words = "; ".join(filter(None, (how, _holder(graph, node))))
            yield from ((number, words, decides) for number in node_reads(node))
        conditions = _deciding(node)
        args = node.args[:2] if node.mechanism == "applied" else node.args  # the figures of a scale are for the scale to show
        waiting.extend((arg, decides or arg in conditions) for arg in reversed(args))


def _deciding(node: Node) -> Sequence[Node]:
    """The parts of a node that only decide which of the others counts, or whether any does."""
    match node.mechanism:
        case "alternatives":
            return node.args[1::2]
        case "exceptions":
            return node.args[2::2]
        case "affected":
            return node.args[1:]
        case "table":
            return node.args[: node.detail.first_value]
    return ()


def _over(graph: Graph, node: Node, over: OverMembers, decides: bool) -> Iterator[tuple[int, str, bool]]:
    """What is read to say who the members are, and then what is read of each of them."""
    members = over.members
    who = graph.vocabulary.roles[members.role].title if members.role else sentence(EVERY, member=members.member)
    if members.group is not None:
        who = graph.terms[members.group].title
        is_counted = node.mechanism == "count"
        yield members.group, sentence("number of") if is_counted else "", decides or not is_counted
    if members.where is not None:
        yield from _reads(graph, members.where, "", True)
    if over.operand is not None:
        yield from _reads(graph, over.operand, sentence(_HOW[node.mechanism], group=who), decides)


def _holder(graph: Graph, node: Node) -> str | None:
    """`of the Claimant`, where it is the term of whoever holds a role."""
    role = node.detail.role if isinstance(node.detail, TermRead) else None
    return sentence("of the {role}", role=graph.vocabulary.roles[role.name].title) if role else None
