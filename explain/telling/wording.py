"""How each mechanism is worded, in words and in figures: one function a mechanism, written once over a `Voice`.

A test fails when a mechanism of the engine has no wording here.
"""

from __future__ import annotations

from engine.mechanisms.base import Frame
from engine.mechanisms.scales import worked_parts
from engine.nodes import Node
from engine.values import Exact, Refusal
from explain.marks import figure, rule_figure, words
from explain.phrases import DAY_ORDERS, ELAPSED, EXTREMES, FIRSTS, LIMBS, ORDERS, sentence, worded
from explain.telling.limiting import bands_words, limit_words, rounding_words, unrounded_quotient
from explain.telling.other_days import end_of_stretch, in_months, in_stretch, over_days
from explain.telling.voices import (
    ENDING_WITH_A_DAY,
    LOOSE,
    LOOSE_IN_FIGURES,
    NOT_NEEDED,
    InFigures,
    Saying,
    Voice,
    Wording,
    all_said,
    answers_named,
    filled,
    is_not_needed,
    joined,
    part,
    phrase,
    said,
    say,
    words_of,
)

# ---- mechanisms -----------------------------------------------------------------------------------------------------


def _leaf(voice: Voice, node: Node) -> Saying:
    return voice.leaf(node)


def _over(voice: Voice, node: Node) -> Saying:
    return voice.over(node)


def _not_encoded(voice: Voice, node: Node) -> Saying:
    kind, why, _ = node.detail
    return (why if kind == "not in force" else sentence("not encoded: {why}", why=why),)


def _sum(voice: Voice, node: Node) -> Saying:
    saying: Saying = ()
    for factor, arg in zip(node.detail, node.args, strict=True):
        sign = ("+" if factor > 0 else "−") if saying else ("" if factor > 0 else "−")
        term = _term(voice, arg) if factor > 0 else part(voice, arg)
        saying = said(saying, f" {sign} " if saying else sign, term)
    return saying


def _term(voice: Voice, node: Node) -> Saying:
    """What is added: the figures of members are joined like those around them."""
    return say(voice, node) if isinstance(voice, InFigures) and node.mechanism == "sum over" else part(voice, node)


def _product(voice: Voice, node: Node) -> Saying:
    above = set(node.detail[1])
    saying = _factor(voice, node, node.args[0])
    for number, arg in enumerate(node.args[1:], 1):
        factor = _factor(voice, node, arg)
        if number not in above and arg.mechanism == "product":
            factor = said("(", factor, ")")
        saying = said(saying, " × " if number in above else " ÷ ", factor)
    return saying


def _extreme(voice: Voice, node: Node) -> Saying:
    return phrase(EXTREMES[node.mechanism], parts=all_said([part(voice, arg) for arg in node.args], "and"))


def _limit(voice: Voice, node: Node) -> Saying:
    return said(say(voice, node.args[0]), ", ", limit_words(voice, node))


def _rounding(voice: Voice, node: Node) -> Saying:
    return said(say(voice, node.args[0]), f", {rounding_words(node)}")


def _quotient(voice: Voice, node: Node) -> Saying:
    return said(unrounded_quotient(voice, node), f", {rounding_words(node)}")


def _for_each(voice: Voice, node: Node) -> Saying:
    amount, parts = node.args
    if isinstance(voice, InFigures):
        return said(_factor(voice, node, amount), " × ", _unless_not_needed(node, parts, say(voice, parts)))
    return phrase("{amount} for each {part}", amount=part(voice, amount), part=_parts_of(voice, parts))


def _parts(voice: Voice, node: Node) -> Saying:
    if not isinstance(voice, InFigures):
        return phrase("each {part}", part=_parts_of(voice, node))
    return phrase("{value} (each {part})", value=voice.leaf(node), part=_parts_of(voice, node))


def _parts_of(voice: Voice, node: Node) -> Saying:
    """`complete £250.00 of £612.00`."""
    step, scale, part_counts = node.detail
    [of] = node.args
    exact = Exact(step, of.type, scale)
    size = rule_figure(exact.words(voice.per)) if isinstance(voice, InFigures) else exact.words()
    each = worded("{size} or part of it of {whole}") if part_counts else worded("complete {size} of {whole}")
    return phrase(each, size=size, whole=shown_part(voice, of))


def shown_part(voice: Voice, node: Node) -> Saying:
    """A part of a formula; in figures, where it is more than a leaf, with its own value beside it."""
    if isinstance(voice, InFigures) and node.args:
        saying = say(voice, node) if node.mechanism in LOOSE and node.mechanism != "applied" else part(voice, node)
        return said(saying, " = ", voice.leaf(node))
    return part(voice, node)


def _compare(voice: Voice, node: Node) -> Saying:
    orders = DAY_ORDERS if node.args[0].type.is_date else ORDERS
    return phrase(orders[node.detail[0]], left=_term(voice, node.args[0]), right=_term(voice, node.args[1]))


def _is(voice: Voice, node: Node) -> Saying:
    answer = _literal(voice, answers_named(node))
    claim = worded("{what} is not {answer}") if node.detail[1] else worded("{what} is {answer}")
    return phrase(claim, what=part(voice, node.args[0]), answer=answer)


def _literal(voice: Voice, text: str) -> str:
    """What the rule itself names, beside the figures that are put into it."""
    return words(text) if isinstance(voice, InFigures) else text


def _and(voice: Voice, node: Node) -> Saying:
    return joined(sentence(" and "), [_limb(voice, node, arg) for arg in node.args])


def _or(voice: Voice, node: Node) -> Saying:
    return joined(sentence(" or "), [_limb(voice, node, arg) for arg in node.args])


def _decider(voice: Voice, whole: Node, node: Node) -> Saying:
    """A part of a condition; in figures one that was not known and did not matter says so."""
    saying = say(voice, node)
    return _unless_not_needed(whole, node, saying) if isinstance(voice, InFigures) else saying


def _factor(voice: Voice, whole: Node, node: Node) -> Saying:
    """A factor; in figures one that was not known, beside one that is zero, says so."""
    saying = part(voice, node)
    return _unless_not_needed(whole, node, saying) if isinstance(voice, InFigures) and node.mechanism != "literal" else saying


def _unless_not_needed(whole: Node, node: Node, saying: Saying) -> Saying:
    fill = filled(saying)
    return (lambda frame: f"({sentence(NOT_NEEDED)})" if is_not_needed(frame, whole, node) else fill(frame),)


def _limb(voice: Voice, whole: Node, node: Node) -> Saying:
    """A part of a condition: in brackets where the next word could be taken to belong to it."""
    saying = _decider(voice, whole, node)
    is_loose = node.mechanism in _LOOSE_LIMBS or (isinstance(voice, InFigures) and node.mechanism in LOOSE_IN_FIGURES)
    return said("(", saying, ")") if is_loose else saying


_LOOSE_LIMBS = ("and", "or", "any", "all", "none")


def _not(voice: Voice, node: Node) -> Saying:
    [arg] = node.args
    is_loose = arg.mechanism in ("is", "within", "in stretch", "in months", "not")
    return phrase("not {claim}", claim=said("(", say(voice, arg), ")") if is_loose else part(voice, arg))


def _elapsed(voice: Voice, node: Node) -> Saying:
    start, end = (part(voice, arg) for arg in node.args)
    forward, back = (phrase(message, start=start, end=end) for message in ELAPSED[node.detail[0]])
    if not isinstance(voice, InFigures):
        return forward
    index, is_forward, is_back = node.index, filled(forward), filled(back)

    def whole(frame: Frame) -> str:
        value = frame.cells[index]
        return is_back(frame) if isinstance(value, int) and value < 0 else is_forward(frame)

    return (whole,)


def _date_sum(voice: Voice, node: Node) -> Saying:
    first, *rest = node.args
    saying = part(voice, first)
    if first.mechanism in ENDING_WITH_A_DAY and not isinstance(voice, InFigures):
        saying = said("(", saying, ")")
    for (sign, _), arg in zip(node.detail[0], rest, strict=True):
        saying = said(saying, " + " if sign > 0 else " − ", part(voice, arg))
    return saying


def _within(voice: Voice, node: Node) -> Saying:
    day, start, after = node.args
    claim = (
        worded("{day} is not within {length} beginning with {start}")
        if node.detail
        else worded("{day} is within {length} beginning with {start}")
    )
    saying = phrase(claim, day=part(voice, day), length=part(voice, after.args[1]), start=part(voice, start))
    return phrase("{claim}, before {end}", claim=saying, end=voice.leaf(after)) if isinstance(voice, InFigures) else saying


def _limbs(voice: Voice, node: Node) -> Saying:
    limbs = [said(f"({limb.label}) ", _decider(voice, node, arg)) for limb, arg in zip(node.detail, node.args, strict=True)]
    return phrase(LIMBS[node.mechanism], limbs=joined("; ", limbs))


def _keys(voice: Voice, node: Node) -> Saying:
    keys = [phrase(FIRSTS[first], key=part(voice, arg)) for first, arg in zip(node.detail, node.args, strict=True)]
    return joined(sentence(", then "), keys)


def _alternatives(voice: Voice, node: Node) -> Saying:
    cases = []
    for value, condition in zip(node.args[0::2], [*node.args[1::2], None], strict=True):
        cases.append(say(voice, value) if condition is None else _when(voice, value, condition))
    return joined(sentence("; otherwise "), cases)


def _when(voice: Voice, value: Node, condition: Node) -> Saying:
    return phrase("{value} when {condition}", value=say(voice, value), condition=say(voice, condition))


def _exceptions(voice: Voice, node: Node) -> Saying:
    cases = [say(voice, node.args[0])]
    for value, condition in zip(node.args[1::2], node.args[2::2], strict=True):
        cases.append(phrase("except {case}", case=_when(voice, value, condition)))
    return joined("; ", cases)


def _table(voice: Voice, node: Node) -> Saying:
    columns = [part(voice, arg) for arg in node.args[: node.detail.columns]]
    return phrase("the value of the row for {columns}", columns=all_said(columns, "and"))


def _scale(voice: Voice, node: Node) -> Saying:
    """Told in words only: a scale's own value says it in figures."""
    return (bands_words([words_of(say(voice, arg)) for arg in node.args]),)


def _applied(voice: Voice, node: Node) -> Saying:
    operand, scale = node.args[:2]
    if not isinstance(voice, InFigures):
        return phrase("{scale} applied to {amount}", scale=voice.leaf(scale), amount=part(voice, operand))
    rates = {rate.index: filled(say(voice, rate)) for rate in node.args[2::2]}
    nothing = filled(phrase("the scale applied to {amount}", amount=part(voice, operand)))
    before = filled(phrase("of {amount}: ", amount=shown_part(voice, operand)))
    per = voice.per

    def bands(frame: Frame) -> str:
        reached = worked_parts(node, frame)
        if not reached:
            return nothing(frame)
        text = " + ".join([f"{rates[rate.index](frame)} × {figure(share.words(per))}" for rate, share in reached])
        return before(frame) + text + (" + …" if isinstance(frame.cells[node.index], Refusal) else "")

    return (bands,)


def _affected(voice: Voice, node: Node) -> Saying:
    value, *conditions = node.args
    touching = [
        phrase("refused by {place} when {condition}", place=reason.place, condition=say(voice, arg))
        for reason, arg in zip(node.detail, conditions, strict=True)
    ]
    return joined("; ", [say(voice, value), *touching])


WORDINGS: dict[str, Wording] = {
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
    "first of stretch": end_of_stretch,
    "last of stretch": end_of_stretch,
    "in stretch": in_stretch,
    "in months": in_months,
    "on day": over_days,
    "on any day": over_days,
    "on every day": over_days,
    "on no day": over_days,
    "days running": over_days,
    "count of days": over_days,
    "sum over days": over_days,
    "highest of days": over_days,
    "lowest of days": over_days,
    "earliest of days": over_days,
    "latest of days": over_days,
}
"""How each mechanism is worded."""
