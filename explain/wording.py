"""How each mechanism is worded: in words (titles) and in figures (the values that a working recorded).

Both come from one function a mechanism, written once over a `Voice` that says what a leaf looks like. A test fails when a
mechanism of the engine has no wording here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from attrs import frozen

from engine import units
from engine.graph import Graph
from engine.mechanisms.base import Frame, MemberWorking
from engine.nodes import Node, OverMembers, TermRead
from engine.types import Type
from engine.values import Exact, Refusal, Value

_ORDERS = {
    "=": "equals",
    "≠": "does not equal",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
REFUSED = "refused"


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
                return f"“{title}”" if node.type.kind == "yes/no" else title
        if node.mechanism == "assessment date":
            return "the day of the award"
        return Exact(node.detail, node.type, node.scale).words()

    def over(self, node: Node) -> str:
        detail: OverMembers = node.detail
        members = detail.members
        every = {"any": "any", "none": "any"}.get(node.mechanism, "every")
        group = self.graph.terms[members.group].title if members.group is not None else f"{every} {members.member}"
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
            case "highest" | "lowest":
                return f"the {node.mechanism} {operand} among {group}"
            case "any" | "all":
                of = "" if members.group is None else f"{node.mechanism} of "
                return f"for {of}{group}: {operand}"
            case _:
                return f"not for any of {group}: {operand}" if members.group is not None else f"not for {group}: {operand}"


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
        value = value_words(working.value, operand.root.type, operand.root.scale, self.per)
        return f"{value} ({self.name(node, working)})"

    def name(self, node: Node, working: MemberWorking) -> str:
        return self.frame.world.paths[node.detail.members.member][working.member][-1]


def value_words(value: Value | None, type_: Type, scale: int, per: bool = True) -> str:
    """A recorded value as people write it."""
    if value is None or isinstance(value, Refusal):
        return REFUSED
    if isinstance(value, tuple):
        return f"{len(value)} members"
    return Exact(value, type_, scale).words(per)


# ---- mechanisms -----------------------------------------------------------------------------------------------------


def say(voice: Voice, node: Node) -> str:
    """A node in a voice."""
    return WORDINGS[node.mechanism](voice, node)


def part(voice: Voice, node: Node) -> str:
    """A node as part of a larger one, in brackets where it would be read wrongly without."""
    text = say(voice, node)
    if isinstance(voice, InFigures) and node.mechanism in ("sum over", "count"):
        return text  # the figures of members are joined like those around them
    return f"({text})" if node.mechanism in _LOOSE else text


_LOOSE = {
    "sum", "floor", "ceiling", "rounding", "rounded quotient", "for each", "and", "or", "compare", "lower", "higher",
    "sum over", "count", "highest", "lowest",
}  # fmt: skip


def _leaf(voice: Voice, node: Node) -> str:
    return voice.leaf(node)


def _over(voice: Voice, node: Node) -> str:
    return voice.over(node)


def _not_encoded(voice: Voice, node: Node) -> str:
    kind, why, _ = node.detail
    return why if kind == "not in force" else f"not encoded: {why}"


def _sum(voice: Voice, node: Node) -> str:
    text = ""
    for factor, arg in zip(node.detail, node.args, strict=True):
        sign = ("+" if factor > 0 else "−") if text else ("" if factor > 0 else "−")
        text += f" {sign} {part(voice, arg)}" if text else f"{sign}{part(voice, arg)}"
    return text


def _product(voice: Voice, node: Node) -> str:
    above = set(node.detail[1])
    text = part(voice, node.args[0])
    for number, arg in enumerate(node.args[1:], 1):
        factor = part(voice, arg)
        if number not in above and arg.mechanism == "product":
            factor = f"({factor})"
        text += f" {'×' if number in above else '÷'} {factor}"
    return text


def _extreme(voice: Voice, node: Node) -> str:
    return f"the {node.mechanism} of {listed([part(voice, arg) for arg in node.args], 'and')}"


def _limit(voice: Voice, node: Node) -> str:
    return f"{say(voice, node.args[0])}, {limit_words(voice, node)}"


def limit_words(voice: Voice, node: Node) -> str:
    """What a limit or a rounding does, without what it is done to."""
    match node.mechanism:
        case "floor":
            return f"but not less than {part(voice, node.args[1])}"
        case "ceiling":
            return f"but not more than {part(voice, node.args[1])}"
        case _:
            return rounding_words(node)


def rounding_words(node: Node) -> str:
    """`rounded to the nearest 1p`."""
    mode, step = node.detail[0], node.detail[1]
    above = tuple((symbol, power) for symbol, power in node.type.unit if power > 0)
    type_ = Type("amount", above) if above else node.type
    if above == ((units.POUND, 1),) and step < node.scale:
        pence = Exact(step * 100, Type("number"), node.scale).words()
        to = f"{pence}p"
    elif above == ((units.POUND, 1),):
        to = "£" + Exact(step, Type("number"), node.scale).words()
    else:
        to = Exact(step, type_, node.scale).words()
    match mode:
        case "nearest":
            return f"rounded to the nearest {to}"
        case "half even":
            return f"rounded to the nearest {to} (halves to the even one)"
        case _:
            return f"rounded {mode} to a multiple of {to}"


def _rounding(voice: Voice, node: Node) -> str:
    return f"{say(voice, node.args[0])}, {rounding_words(node)}"


def _quotient(voice: Voice, node: Node) -> str:
    return f"{part(voice, node.args[0])} ÷ {part(voice, node.args[1])}, {rounding_words(node)}"


def _for_each(voice: Voice, node: Node) -> str:
    amount, parts = node.args
    if isinstance(voice, InFigures):
        return f"{part(voice, amount)} × {say(voice, parts)}"
    return f"{part(voice, amount)} for each {_parts_of(voice, parts)}"


def _parts(voice: Voice, node: Node) -> str:
    return f"{voice.leaf(node)} (each {_parts_of(voice, node)})"


def _parts_of(voice: Voice, node: Node) -> str:
    """`complete £250.00 of £612.00`."""
    step, scale, part_counts = node.detail
    [of] = node.args
    size = Exact(step, of.type, scale).words()
    each = f"{size} or part of it" if part_counts else f"complete {size}"
    return f"{each} of {shown_part(voice, of)}"


def shown_part(voice: Voice, node: Node) -> str:
    """A part of a formula; in figures, where it is more than a leaf, with its own value beside it."""
    text = part(voice, node)
    if isinstance(voice, InFigures) and node.args:
        return f"{text.removeprefix('(').removesuffix(')') if text.startswith('(') else text} = {voice.leaf(node)}"
    return text


def _compare(voice: Voice, node: Node) -> str:
    return f"{part(voice, node.args[0])} {_ORDERS[node.detail[0]]} {part(voice, node.args[1])}"


def _is(voice: Voice, node: Node) -> str:
    answers, negated = node.detail
    shown = [Exact(answer, node.args[0].type).words() for answer in answers]
    return f"{part(voice, node.args[0])} is {'not ' if negated else ''}{listed(shown, 'or')}"


def _and(voice: Voice, node: Node) -> str:
    return " and ".join(_limb(voice, arg) for arg in node.args)


def _or(voice: Voice, node: Node) -> str:
    return " or ".join(_limb(voice, arg) for arg in node.args)


def _limb(voice: Voice, node: Node) -> str:
    """A part of a condition: in brackets where the next word could be taken to belong to it."""
    text = say(voice, node)
    return f"({text})" if node.mechanism in ("and", "or", "any", "all", "none") else text


def _not(voice: Voice, node: Node) -> str:
    return f"not {part(voice, node.args[0])}"


def _elapsed(voice: Voice, node: Node) -> str:
    start, end = (part(voice, arg) for arg in node.args)
    return f"whole {node.detail[0]}s from {start} to {end}"


def _alternatives(voice: Voice, node: Node) -> str:
    cases = []
    for value, condition in zip(node.args[0::2], [*node.args[1::2], None], strict=True):
        when = "" if condition is None else f" when {say(voice, condition)}"
        cases.append(say(voice, value) + when)
    return "; otherwise ".join(cases)


def _exceptions(voice: Voice, node: Node) -> str:
    cases = [say(voice, node.args[0])]
    for value, condition in zip(node.args[1::2], node.args[2::2], strict=True):
        cases.append(f"except {say(voice, value)} when {say(voice, condition)}")
    return "; ".join(cases)


def listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


WORDINGS: dict[str, Wording] = {
    "literal": _leaf,
    "term": _leaf,
    "assessment date": _leaf,
    "not encoded": _not_encoded,
    "sum": _sum,
    "product": _product,
    "lower": _extreme,
    "higher": _extreme,
    "floor": _limit,
    "ceiling": _limit,
    "rounding": _rounding,
    "rounded quotient": _quotient,
    "parts": _parts,
    "for each": _for_each,
    "compare": _compare,
    "is": _is,
    "and": _and,
    "or": _or,
    "not": _not,
    "elapsed": _elapsed,
    "members": _over,
    "count": _over,
    "sum over": _over,
    "highest": _over,
    "lowest": _over,
    "any": _over,
    "all": _over,
    "none": _over,
    "alternatives": _alternatives,
    "exceptions": _exceptions,
}
