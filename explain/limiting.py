"""What a limit or a rounding does to a value, in words."""

from __future__ import annotations

from engine import units
from engine.nodes import Node
from engine.types import Type
from engine.values import Exact
from explain.phrases import ROUNDED, sentence
from explain.voices import Saying, Voice, part, phrase, said


def limit_words(voice: Voice, node: Node) -> Saying:
    """What a limit or a rounding does, without what it is done to."""
    match node.mechanism:
        case "floor":
            return phrase("but not less than {least}", least=part(voice, node.args[1]))
        case "ceiling":
            return phrase("but not more than {most}", most=part(voice, node.args[1]))
        case _:
            return (rounding_words(node),)


def rounding_words(node: Node) -> str:
    """`rounded to the nearest 1p`."""
    return rounded_to(node.detail[0], node.detail[1], node.scale, node.type)


def rounded_to(mode: str, step: int, scale: int, rounded: Type) -> str:
    """The same of a mode and what is rounded to, an amount of what is rounded."""
    above = tuple((symbol, power) for symbol, power in rounded.unit if power > 0)
    type_ = Type("amount", above) if above else rounded
    if above == ((units.POUND, 1),) and step < scale:
        pence = Exact(step * 100, Type("number"), scale).words()
        to = sentence("{pence}p", pence=pence)
    elif above == ((units.POUND, 1),):
        to = "£" + Exact(step, Type("number"), scale).words()
    else:
        to = Exact(step, type_, scale).words()
    return sentence(ROUNDED[mode], to=to)


def unrounded_quotient(voice: Voice, node: Node) -> Saying:
    """A rounded quotient without its rounding."""
    divisor = part(voice, node.args[1])
    divisor = said("(", divisor, ")") if node.args[1].mechanism == "product" else divisor
    return said(part(voice, node.args[0]), " ÷ ", divisor)
