"""What a limit or a rounding does to a value, in words."""

from __future__ import annotations

from collections.abc import Sequence

from engine import units
from engine.nodes import Node
from engine.types import Type
from engine.values import Exact
from explain.phrases import ROUNDED, sentence, worded
from explain.telling.voices import Saying, Voice, part, phrase, said


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


def range_words(low: str | None, high: str | None, low_included: bool = True, high_included: bool = True) -> str:
    """From one end to the other: `3 to 4`, `under 3`, `5 or over`, `5 to under 12`."""
    if low is None:
        return sentence(worded("{end} or under") if high_included else worded("under {end}"), end=high or "")
    if high is None:
        return sentence(worded("{end} or over") if low_included else worded("over {end}"), end=low)
    if low == high:
        return low
    return sentence(_RANGES[low_included, high_included], low=low, high=high)


_RANGES = {
    (True, True): worded("{low} to {high}"),
    (True, False): worded("{low} to under {high}"),
    (False, True): worded("over {low} to {high}"),
    (False, False): worded("between {low} and {high}"),
}


def bands_words(said: Sequence[str]) -> str:
    """`10% up to £5,000.00 a year; 40% above £5,000.00 a year`, from rates and limits by turns."""
    rates, limits = said[0::2], said[1::2]
    bands = [sentence("{rate} up to {limit}", rate=rate, limit=limit) for rate, limit in zip(rates, limits, strict=False)]
    if not limits:
        return sentence("{rate} of everything", rate=rates[-1])
    return "; ".join([*bands, sentence("{rate} above {limit}", rate=rates[-1], limit=limits[-1])])


def unrounded_quotient(voice: Voice, node: Node) -> Saying:
    """A rounded quotient without its rounding."""
    divisor = part(voice, node.args[1])
    divisor = said("(", divisor, ")") if node.args[1].mechanism == "product" else divisor
    return said(part(voice, node.args[0]), " ÷ ", divisor)
