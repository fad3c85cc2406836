"""A limit or a rounding of an award in the language of its letter."""

from __future__ import annotations

from engine.graph import Graph
from engine.nodes import Node, TermRead
from engine.types import Type
from engine.units import POUND
from engine.values import Exact
from explain.tongue import Tongue


def limit_in(tongue: Tongue, graph: Graph, node: Node) -> str | None:
    """`But not less than £0.00`; None in English, and where the limit is a formula, which is told in English alone."""
    if tongue.is_own:
        return None
    if node.mechanism in ("floor", "ceiling"):
        limit = _operand(tongue, graph, node.args[1])
        if limit is None:
            return None
        return (
            tongue.say("But not less than {limit}", limit=limit)
            if node.mechanism == "floor"
            else tongue.say("But not more than {limit}", limit=limit)
        )
    above = tuple((symbol, power) for symbol, power in node.type.unit if power > 0)
    step = Exact(node.detail[1], Type("amount", above) if above == ((POUND, 1),) else node.type, node.scale)
    match node.detail[0]:
        case "nearest":
            return tongue.say("Rounded to the nearest {step}", step=tongue.value(step))
        case "half even":
            return tongue.say("Rounded to the nearest {step} (halves to the even one)", step=tongue.value(step))
        case "up":
            return tongue.say("Rounded up to a multiple of {step}", step=tongue.value(step))
        case _:
            return tongue.say("Rounded down to a multiple of {step}", step=tongue.value(step))


def _operand(tongue: Tongue, graph: Graph, node: Node) -> str | None:
    if node.mechanism == "literal":
        return tongue.value(Exact(node.detail, node.type, node.scale))
    if isinstance(node.detail, TermRead) and node.detail.role is None:
        return tongue.title(graph.terms[node.detail.term].title)
    return None
