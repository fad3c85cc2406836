"""How each mechanism is worded, in words and in figures: one function a mechanism, written once over a `Voice`.

A test fails when a mechanism of the engine has no wording here.
"""

from __future__ import annotations

from engine import units
from engine.mechanisms.scales import bands_words, worked_parts
from engine.nodes import Node
from engine.types import Type
from engine.values import Exact, Refusal, Value
from explain.voices import NOT_NEEDED, WORDINGS, InFigures, Voice, is_not_needed, listed, part, say

_ORDERS = {
    "=": "equals",
    "≠": "does not equal",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}

_DAY_ORDERS = {
    "=": "is",
    "≠": "is not",
    "<": "is before",
    "<=": "is on or before",
    ">": "is after",
    ">=": "is on or after",
}

# ---- mechanisms -----------------------------------------------------------------------------------------------------


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
    orders = _DAY_ORDERS if node.args[0].type.kind == "date" else _ORDERS
    return f"{part(voice, node.args[0])} {orders[node.detail[0]]} {part(voice, node.args[1])}"


def _is(voice: Voice, node: Node) -> str:
    answers, negated = node.detail
    shown = [Exact(answer, node.args[0].type).words() for answer in answers]
    return f"{part(voice, node.args[0])} is {'not ' if negated else ''}{listed(shown, 'or')}"


def _and(voice: Voice, node: Node) -> str:
    return " and ".join(_limb(voice, node, arg) for arg in node.args)


def _or(voice: Voice, node: Node) -> str:
    return " or ".join(_limb(voice, node, arg) for arg in node.args)


def _decider(voice: Voice, whole: Node, node: Node) -> str:
    """A part of a condition; in figures one that was not known and did not matter says so."""
    idle = isinstance(voice, InFigures) and is_not_needed(voice.frame, whole, node)
    return f"({NOT_NEEDED})" if idle else say(voice, node)


def _limb(voice: Voice, whole: Node, node: Node) -> str:
    """A part of a condition: in brackets where the next word could be taken to belong to it."""
    text = _decider(voice, whole, node)
    return f"({text})" if node.mechanism in ("and", "or", "any", "all", "none") else text


def _not(voice: Voice, node: Node) -> str:
    return f"not {part(voice, node.args[0])}"


def _elapsed(voice: Voice, node: Node) -> str:
    start, end = (part(voice, arg) for arg in node.args)
    is_backwards = isinstance(voice, InFigures) and _is_below_zero(voice.frame.cells[node.index])
    return f"whole {node.detail[0]}s from {start} {'back ' if is_backwards else ''}to {end}"


def _is_below_zero(value: Value | None) -> bool:
    return isinstance(value, int) and value < 0


def _date_sum(voice: Voice, node: Node) -> str:
    first, *rest = node.args
    lengths = node.detail[0]
    return part(voice, first) + "".join(
        f" {'+' if sign > 0 else '−'} {part(voice, arg)}" for (sign, _), arg in zip(lengths, rest, strict=True)
    )


def _within(voice: Voice, node: Node) -> str:
    day, start, after = node.args
    length = f"{part(voice, after.args[1])} beginning with {part(voice, start)}"
    text = f"{part(voice, day)} is {'not ' if node.detail else ''}within {length}"
    return f"{text}, before {voice.leaf(after)}" if isinstance(voice, InFigures) else text


def _limbs(voice: Voice, node: Node) -> str:
    limbs = (f"({limb.label}) {_decider(voice, node, arg)}" for limb, arg in zip(node.detail, node.args, strict=True))
    return f"{node.mechanism.split()[0]} of: {'; '.join(limbs)}"


def _keys(voice: Voice, node: Node) -> str:
    return ", then ".join(f"{first} {part(voice, arg)}" for first, arg in zip(node.detail, node.args, strict=True))


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


def _table(voice: Voice, node: Node) -> str:
    columns = [part(voice, arg) for arg in node.args[: node.detail.columns]]
    return f"the value of the row for {listed(columns, 'and')}"


def _scale(voice: Voice, node: Node) -> str:
    return bands_words([say(voice, arg) for arg in node.args])


def _applied(voice: Voice, node: Node) -> str:
    operand, scale = node.args[:2]
    if not isinstance(voice, InFigures):
        return f"{voice.leaf(scale)} applied to {part(voice, operand)}"
    bands = worked_parts(node, voice.frame)
    if not bands:
        return f"the scale applied to {part(voice, operand)}"
    text = " + ".join(f"{say(voice, rate)} × {share.words(voice.per)}" for rate, share in bands)
    if isinstance(voice.frame.cells[node.index], Refusal):
        text += " + …"
    return f"of {shown_part(voice, operand)}: {text}" if operand.args else text


def _affected(voice: Voice, node: Node) -> str:
    value, *conditions = node.args
    touching = [f"refused by {reason.place} when {say(voice, arg)}" for reason, arg in zip(node.detail, conditions, strict=True)]
    return "; ".join([say(voice, value), *touching])


WORDINGS.update(
    {
        "literal": _leaf,
        "term": _leaf,
        "holder": _leaf,
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
        "date sum": _date_sum,
        "within": _within,
        "earlier": _extreme,
        "later": _extreme,
        "all limbs": _limbs,
        "any limbs": _limbs,
        "none limbs": _limbs,
        "keys": _keys,
        "rank": _over,
        "members": _over,
        "count": _over,
        "sum over": _over,
        "highest": _over,
        "lowest": _over,
        "earliest": _over,
        "latest": _over,
        "any": _over,
        "all": _over,
        "none": _over,
        "alternatives": _alternatives,
        "exceptions": _exceptions,
        "affected": _affected,
        "table": _table,
        "scale": _scale,
        "applied": _applied,
    }
)
