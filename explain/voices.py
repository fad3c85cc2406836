"""Two voices in which a formula is told: in words (titles) and in figures (the values that a working recorded).

How each mechanism is worded is one function over a `Voice`, in explain/wording.py; `WORDINGS` has them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

from attrs import frozen

from engine.graph import Graph
from engine.mechanisms.base import Frame, MemberWorking
from engine.nodes import MembersRead, Node, OverMembers, TermRead
from engine.types import Type
from engine.values import Exact, Refusal, Value

REFUSED = "refused"

T = TypeVar("T")


class Voice(Protocol):
    """What a leaf, and what is worked out over members, looks like."""

    @property
    def graph(self) -> Graph: ...

    def leaf(self, node: Node) -> str: ...

    def over(self, node: Node) -> str: ...


Wording = Callable[[Voice, Node], str]


# ---- two voices -----------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class InWords:
    """`Earnings disregard × Gross earnings`."""

    graph: Graph

    def leaf(self, node: Node) -> str:
        match node.detail:
            case TermRead(term=term):
                title = self.graph.terms[term].title
                if node.detail.role is not None:
                    title += f" of the {self.graph.vocabulary.roles[node.detail.role.name].title}"
                return f"“{title}”" if node.type.kind == "yes/no" else title
        if node.mechanism == "assessment date":
            return "the day of the award"
        return Exact(node.detail, node.type, node.scale).words()

    def over(self, node: Node) -> str:
        detail: OverMembers = node.detail
        members = detail.members
        every = {"any": "any", "none": "any"}.get(node.mechanism, "every")
        group = self._group(members) or f"{every} {members.member}"
        if members.where is not None:
            group += f" for whom {say(self, members.where.root)}"
        operand = "" if detail.operand is None else part(self, detail.operand.root)
        match node.mechanism:
            case "members":
                return group
            case "count":
                return f"the number of {group}"
            case "sum over":
                return f"the sum of {operand} over {group}"
            case "rank":
                return f"the place among {group} by {say(self, detail.operand.root)}{_TIES[detail.ties]}"  # type: ignore[union-attr]
            case "highest" | "lowest" | "earliest" | "latest":
                return f"the {node.mechanism} {operand} among {group}"
            case "any" | "all":
                of = "" if self._group(members) is None else f"{node.mechanism} of "
                return f"for {of}{group}: {operand}"
            case _:
                return f"not for any of {group}: {operand}" if self._group(members) else f"not for {group}: {operand}"

    def _group(self, members: MembersRead) -> str | None:
        """The title of a group or a role; None where every member is meant."""
        if members.role is not None:
            return self.graph.vocabulary.roles[members.role].title
        return None if members.group is None else self.graph.terms[members.group].title


_KEPT: WeakKeyDictionary[Graph, dict[tuple[object, object], Any]] = WeakKeyDictionary()


def once(graph: Graph, make: Callable[[Graph, Any], T], of: object) -> T:
    """What is the same for every household, worked out once a graph: of a node or a term of it."""
    kept = _KEPT.get(graph)
    if kept is None:
        kept = _KEPT[graph] = {}
    found: T | None = kept.get((make, of))
    if found is None:
        found = kept[make, of] = make(graph, of)
    return found


def in_words(graph: Graph, node: Node) -> str:
    """A node in words."""
    return once(graph, _in_words, node)


def _in_words(graph: Graph, node: Node) -> str:
    return say(InWords(graph), node)


@frozen(eq=False, repr=False)
class InFigures:
    """`16.5% × £245.00`: the same, with the values that the working recorded."""

    graph: Graph
    frame: Frame
    per: bool
    """Whether amounts say their time: not where all in one line say the same."""

    def leaf(self, node: Node) -> str:
        return value_words(self.frame.cells[node.index], node.type, node.scale, self.per)

    def over(self, node: Node) -> str:
        workings = self.frame.inner.get(node.index, ())
        shown = [self._member(node, working) for working in workings if working.belongs is not False]
        match node.mechanism:
            case "members":
                known = ", ".join(self.name(node, w) for w in workings if w.belongs is True)
                doubtful = ", ".join(self.name(node, w) for w in workings if isinstance(w.belongs, Refusal))
                return (known or "nobody") + (f"; not known of {doubtful}" if doubtful else "")
            case "count":
                names = ", ".join(self.name(node, w) for w in workings if w.belongs is True)
                return f"{self.leaf(node)} ({names or 'nobody'})"
            case "sum over":
                return " + ".join(shown) or f"{self.leaf(node)} (nobody)"
            case _:
                return ", ".join(shown) or "nobody"

    def _member(self, node: Node, working: MemberWorking) -> str:
        operand = node.detail.operand
        if operand is None:
            return self.name(node, working)
        if operand.root.mechanism == "keys":
            return f"{self.name(node, working)} ({self._keys(operand.root, working)})"
        value = value_words(working.value, operand.root.type, operand.root.scale, self.per)
        return f"{value} ({self.name(node, working)})"

    def _keys(self, root: Node, working: MemberWorking) -> str:
        assert working.operand is not None
        cells = working.operand.cells
        return ", ".join(value_words(cells[key.index], key.type, key.scale, self.per) for key in root.args)

    def name(self, node: Node, working: MemberWorking) -> str:
        world = self.frame.world
        return world.names[world.paths[node.detail.members.member][working.member]]


NOT_NEEDED = "not known, and not needed"


def is_not_needed(frame: Frame, whole: Node, part: Node) -> bool:
    """Whether a part of a condition is refused, and the condition decided all the same by the others (S37)."""
    return isinstance(frame.cells[part.index], Refusal) and not isinstance(frame.cells[whole.index], Refusal)


def value_words(value: Value | None, type_: Type, scale: int, per: bool = True) -> str:
    """A recorded value as people write it."""
    if value is None or isinstance(value, Refusal):
        return REFUSED
    if isinstance(value, tuple):
        return f"{len(value)} members"
    return Exact(value, type_, scale).words(per)


# ---- a node in a voice ----------------------------------------------------------------------------------------------

WORDINGS: dict[str, Wording] = {}
"""How each mechanism is worded; explain/wording.py fills it in."""


def say(voice: Voice, node: Node) -> str:
    """A node in a voice."""
    return WORDINGS[node.mechanism](voice, node)


def part(voice: Voice, node: Node) -> str:
    """A node as part of a larger one, in brackets where it would be read wrongly without."""
    text = say(voice, node)
    if isinstance(voice, InFigures) and node.mechanism in ("sum over", "count"):
        return text  # the figures of members are joined like those around them
    if isinstance(voice, InFigures) and node.mechanism == "elapsed":
        return f"{voice.leaf(node)} ({text})"
    return f"({text})" if node.mechanism in _LOOSE else text


_LOOSE = {
    "sum", "floor", "ceiling", "rounding", "rounded quotient", "for each", "and", "or", "compare", "lower", "higher",
    "sum over", "count", "highest", "lowest", "applied",
}  # fmt: skip


_TIES = {None: "", "equal": "; those alike share a place", "listed": "; those alike in the order of the case"}
"""What a rank does with members who are alike in every key; unsaid, they are refused."""


def listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
