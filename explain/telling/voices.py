"""Two voices in which a formula is told: in words (titles) and in figures (the values that a working recorded).

How each mechanism is worded is one function over a `Voice`, in explain/telling/wording.py; its `WORDINGS` has them by name.
It says once a graph what stands whoever is assessed, and leaves places that each working fills in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary, ref

from attrs import frozen

from engine.graph import Graph
from engine.mechanisms.base import Frame, MemberWorking
from engine.nodes import MembersRead, Node, OverMembers, TermRead
from engine.types import Type
from engine.values import Exact, Refusal, Value, writer
from explain.marks import figure, name, rule_figure
from explain.phrases import AMONG, ANY, CLAIMS, EVERY, LISTED, OF_EACH, RANKS, sentence, spoken, worded

REFUSED = worded("refused")

T = TypeVar("T")

# ---- what is said, with places to fill in ---------------------------------------------------------------------------

Fill = Callable[[Frame], str]
"""Words that are known when a working is."""

Saying = tuple[str | Fill, ...]
"""Words that always stand, and places that a working fills in."""


def said(*parts: str | Saying) -> Saying:
    """One part after another."""
    found: list[str | Fill] = []
    for part in parts:
        for piece in (part,) if isinstance(part, str) else part:
            if isinstance(piece, str) and found and isinstance(found[-1], str):
                found[-1] += piece
            else:
                found.append(piece)
    return tuple(found)


def joined(between: str, parts: Sequence[Saying]) -> Saying:
    """Parts with the same words between them."""
    return said(*[piece for number, part in enumerate(parts) for piece in ((between, part) if number else (part,))])


def filled(saying: Saying) -> Fill:
    """A saying as one function of the working that fills it in."""
    fills = [piece for piece in saying if not isinstance(piece, str)]
    text = "".join(piece.replace("%", "%%") if isinstance(piece, str) else "%s" for piece in saying)
    match fills:
        case []:
            always = words_of(saying)
            return lambda frame: always
        case [one]:
            return lambda frame: text % one(frame)
        case [one, two]:
            return lambda frame: text % (one(frame), two(frame))
        case [one, two, three]:
            return lambda frame: text % (one(frame), two(frame), three(frame))
        case _:
            return lambda frame: text % tuple([fill(frame) for fill in fills])


_PLACES = re.compile(r"\{(\w+)\}")


def phrase(message: str, /, **parts: str | Saying) -> Saying:
    """A phrase of the pages, in which a part stands where it says `{name}`."""
    pieces = _PLACES.split(sentence(message))
    return said(*[parts[piece] if number % 2 else piece for number, piece in enumerate(pieces) if piece])


class Voice(Protocol):
    """What a leaf, a part that decides nothing, and what is worked out over members look like."""

    def leaf(self, node: Node) -> Saying: ...

    def over(self, node: Node) -> Saying: ...


Wording = Callable[[Voice, Node], Saying]


# ---- two voices -----------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class InWords:
    """`Earnings disregard × Gross earnings`."""

    graph: Graph

    def leaf(self, node: Node) -> Saying:
        match node.detail:
            case TermRead(term=term):
                title = self.graph.terms[term].title
                if node.detail.role is not None:
                    role = self.graph.vocabulary.roles[node.detail.role.name].title
                    title = sentence("{title} of the {role}", title=title, role=role)
                return (f"“{title}”",) if node.type.kind == "yes/no" else (title,)
        if node.mechanism == "assessment date":
            return (sentence("the day of the award"),)
        return (Exact(node.detail, node.type, node.scale).words(),)

    def over(self, node: Node) -> Saying:
        return (self._over(node),)

    def _over(self, node: Node) -> str:
        detail: OverMembers = node.detail
        members = detail.members
        every = ANY if node.mechanism in ("any", "none") else EVERY
        group = self._group(members) or sentence(every, member=members.member)
        if members.where is not None:
            condition = words_of(say(self, members.where.root))
            group = sentence("{group} for whom {condition}", group=group, condition=condition)
        operand = "" if detail.operand is None else words_of(part(self, detail.operand.root))
        match node.mechanism:
            case "members":
                return group
            case "count":
                return sentence("the number of {group}", group=group)
            case "sum over":
                return sentence("the sum of {operand} over {group}", operand=operand, group=group)
            case "rank":
                keys = words_of(say(self, detail.operand.root))  # type: ignore[union-attr]
                return sentence(RANKS[detail.ties], group=group, keys=keys)
            case "highest" | "lowest" | "earliest" | "latest" as which:
                return sentence(AMONG[which], operand=operand, group=group)
        of_all, of_group = CLAIMS[node.mechanism]
        return sentence(of_all if self._group(members) is None else of_group, group=group, operand=operand)

    def _group(self, members: MembersRead) -> str | None:
        """The title of a group or a role; None where every member is meant."""
        if members.role is not None:
            return self.graph.vocabulary.roles[members.role].title
        return None if members.group is None else self.graph.terms[members.group].title


def words_of(saying: Saying) -> str:
    """What is said in words, where a working fills in nothing."""
    return "".join(saying)  # type: ignore[arg-type]


class Kept(dict[Any, T]):
    """What is the same for every household, worked out once a graph: of each node or term of it, when first asked for."""

    def __init__(self, graph: Graph, make: Callable[[Graph, Any], T]) -> None:
        self.graph = ref(graph)
        self.make = make

    def __missing__(self, of: object) -> T:
        graph = self.graph()
        assert graph is not None
        found = self[of] = self.make(graph, of)
        return found


_KEPT: WeakKeyDictionary[Graph, dict[object, Kept[Any]]] = WeakKeyDictionary()


def kept(graph: Graph, make: Callable[[Graph, Any], T]) -> Kept[T]:
    """All that is made of a graph in one way and language. What is made must not hold the graph, or neither would be let go."""
    ways = _KEPT.setdefault(graph, {})
    way = make, spoken().phrases
    found = ways.get(way)
    if found is None:
        found = ways[way] = Kept(graph, make)
    return found


def once(graph: Graph, make: Callable[[Graph, Any], T], of: object) -> T:
    """What is made of one node or term."""
    return kept(graph, make)[of]


def in_words(graph: Graph, node: Node) -> str:
    """A node in words."""
    return once(graph, _in_words, node)


def _in_words(graph: Graph, node: Node) -> str:
    return words_of(say(InWords(graph), node))


@frozen(eq=False, repr=False)
class InFigures:
    """`16.5% × £245.00`: the same, with the values that a working recorded."""

    per: bool
    """Whether amounts say their time: not where all in one line say the same."""

    def leaf(self, node: Node) -> Saying:
        if node.mechanism == "literal":
            return (rule_figure(Exact(node.detail, node.type, node.scale).words(self.per)),)
        return (shown_cell(node, self.per),)

    def over(self, node: Node) -> Saying:
        member = self._member(node)
        leaf = shown_cell(node, self.per)

        def shown(frame: Frame) -> list[str]:
            return [member(frame, working) for working in frame.inner.get(node.index, ()) if working.belongs is not False]

        nobody = sentence("nobody")

        def members(frame: Frame) -> str:
            doubtful = [w for w in frame.inner.get(node.index, ()) if isinstance(w.belongs, Refusal)]
            text = _belonging(frame, node) or nobody
            unknown = ", ".join(_named(frame, node, w) for w in doubtful)
            return sentence("{known}; not known of {unknown}", known=text, unknown=unknown) if doubtful else text

        match node.mechanism:
            case "members":
                return (members,)
            case "count":
                return (lambda frame: f"{leaf(frame)} ({_belonging(frame, node) or nobody})",)
            case "sum over":
                return (lambda frame: " + ".join(shown(frame)) or f"{leaf(frame)} ({nobody})",)
            case "any" | "all" | "none" | "highest" | "lowest" | "earliest" | "latest" as which:
                return phrase(OF_EACH[which], each=(lambda frame: ", ".join(shown(frame)) or nobody,))
            case _:
                return (lambda frame: ", ".join(shown(frame)) or nobody,)

    def _member(self, node: Node) -> Callable[[Frame, MemberWorking], str]:
        """A member's part: the value of the operand, and whose it is."""
        operand = node.detail.operand
        if operand is None:
            return lambda frame, working: _named(frame, node, working)
        if operand.root.mechanism == "keys":
            keys = [shown_cell(key, self.per) for key in operand.root.args]

            def with_keys(frame: Frame, working: MemberWorking) -> str:
                assert working.operand is not None
                return f"{_named(frame, node, working)} ({', '.join([key(working.operand) for key in keys])})"

            return with_keys
        value = written_of(operand.root, self.per)
        return lambda frame, working: f"{value(working.value)} ({_named(frame, node, working)})"


def _belonging(frame: Frame, node: Node) -> str:
    return ", ".join([_named(frame, node, working) for working in frame.inner.get(node.index, ()) if working.belongs is True])


def _named(frame: Frame, node: Node, working: MemberWorking) -> str:
    return name(member_name(frame, node, working))


def member_name(frame: Frame, node: Node, working: MemberWorking) -> str:
    world = frame.world
    return world.names[world.paths[node.detail.members.member][working.member]]


NOT_NEEDED = worded("not known, and not needed")


def is_not_needed(frame: Frame, whole: Node, part: Node) -> bool:
    """Whether a part of a condition is refused, and the condition decided all the same by the others (S37)."""
    return isinstance(frame.cells[part.index], Refusal) and not isinstance(frame.cells[whole.index], Refusal)


def shown_cell(node: Node, per: bool = True) -> Fill:
    """What a working recorded of a node, as people write it, marked as a figure."""
    words, index = written(node.type, node.scale, per), node.index
    if not node.type.is_number:
        return lambda frame: words(frame.cells[index])
    number = writer(node.type, node.scale, per)

    def shown(frame: Frame) -> str:
        value = frame.cells[index]
        return figure(number(value)) if value.__class__ is int else words(value)

    return shown


def written(type_: Type, scale: int, per: bool = True) -> Callable[[Value | None], str]:
    """How recorded values of a type are written; a value that was not reached is refused too."""
    words, refused = writer(type_, scale, per), figure(sentence(REFUSED))

    def write(value: Value | None) -> str:
        if value is None or isinstance(value, Refusal):
            return refused
        return figure(sentence("{number} members", number=len(value)) if isinstance(value, tuple) else words(value))

    return write


def written_of(operand: Node, per: bool) -> Callable[[Value | None], str]:
    """How what was worked out of a member or a day is written; what the rule itself says is marked so."""
    if operand.mechanism == "literal":
        said_so = rule_figure(Exact(operand.detail, operand.type, operand.scale).words(per))
        return lambda value: said_so
    return written(operand.type, operand.scale, per)


# ---- a node in a voice ----------------------------------------------------------------------------------------------


def say(voice: Voice, node: Node) -> Saying:
    """A node in a voice."""
    from explain.telling.wording import WORDINGS  # not at the top: how a mechanism is worded rests on what stands here

    return WORDINGS[node.mechanism](voice, node)


def part(voice: Voice, node: Node) -> Saying:
    """A node as part of a larger one, in brackets where it would be read wrongly without."""
    saying = say(voice, node)
    if isinstance(voice, InFigures) and node.mechanism in _JOINED:
        fill = filled(saying)
        return (lambda frame: f"({text})" if _joins(text := fill(frame)) else text,)
    if isinstance(voice, InFigures) and node.mechanism == "elapsed":
        return said(voice.leaf(node), " (", saying, ")")
    if isinstance(voice, InFigures) and node.mechanism == "rank":
        return phrase("{value} (the place among {each})", value=voice.leaf(node), each=saying)
    is_loose = node.mechanism in LOOSE or (isinstance(voice, InFigures) and node.mechanism in LOOSE_IN_FIGURES)
    return said("(", saying, ")") if is_loose else saying


def _joins(text: str) -> bool:
    """Whether several are added up in it, or one of several days alike stands for all: `30 × £5.00 (1 to 30 September 2010)`."""
    return " + " in text or " × " in text


LOOSE = {
    "sum", "floor", "ceiling", "rounding", "rounded quotient", "for each", "and", "or", "compare", "lower", "higher",
    "earlier", "later", "sum over", "count", "highest", "lowest", "applied",
}  # fmt: skip
"""What could be read wrongly beside what stands around it."""

LOOSE_IN_FIGURES = {
    "any", "all", "none", "on any day", "on every day", "on no day", "days running", "highest of days", "lowest of days",
    "earliest of days", "latest of days", "all limbs", "any limbs", "none limbs", "earliest", "latest",
}  # fmt: skip
"""What could be read wrongly once what was found of each is listed."""

ENDING_WITH_A_DAY = (
    "first of stretch", "last of stretch", "on day", "earliest", "latest", "earliest of days", "latest of days",
)  # fmt: skip
"""What in words ends with a day or a list, to which what is added to it could be read as added."""

_JOINED = ("sum over", "count", "sum over days", "count of days")
"""What is shown in figures as a sum, of members or of days."""


def listed(words: Sequence[str], last: str) -> str:
    """`this, that and the other`."""
    return words[0] if len(words) == 1 else sentence(LISTED[last], some=", ".join(words[:-1]), last=words[-1])


_DENIES = re.compile(r"no|nor|not|none|never|neither|nobody|nothing", re.IGNORECASE)
"""With which an answer could be read as a denial of what stands before it: `is not no breach`."""


def answers_named(node: Node) -> str:
    """The answers that `is` asks for; one that denies something stands in quotation marks."""
    shown = [Exact(answer, node.args[0].type).words() for answer in node.detail[0]]
    is_choice = node.args[0].type.kind == "choice"
    return listed([f"“{text}”" if is_choice and _DENIES.fullmatch(text.split(" ")[0]) else text for text in shown], "or")


def all_said(parts: Sequence[Saying], last: str) -> Saying:
    """Several sayings listed."""
    return parts[0] if len(parts) == 1 else phrase(LISTED[last], some=joined(", ", parts[:-1]), last=parts[-1])
