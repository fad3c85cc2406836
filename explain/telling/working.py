"""The working of a formula: the line with figures put in and its result, and why a condition held or did not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from engine.book.law import Citation
from engine.graph import Graph
from engine.margins import margin
from engine.mechanisms.base import Frame
from engine.mechanisms.limits import unrounded
from engine.nodes import Formula, Node, OverDays, OverMembers, walk
from engine.values import Exact
from explain.marks import END, ENDLESS, figure, name, plain, words
from explain.phrases import numbered, sentence, worded
from explain.telling.authority import with_cites
from explain.telling.limiting import limit_words, rounding_words, unrounded_quotient
from explain.telling.other_days import lines_of_days
from explain.telling.voices import (
    NOT_NEEDED,
    REFUSED,
    Fill,
    InFigures,
    Saying,
    answers_named,
    filled,
    in_words,
    is_not_needed,
    member_name,
    once,
    phrase,
    said,
    say,
    shown_cell,
)

_WRAPPERS = ("floor", "ceiling", "rounding")
_FOUND = ("elapsed", "members", "rank", "highest", "lowest", "highest of days", "lowest of days")
"""Mechanisms whose result is no sum of what stands before it."""

_BY_THEMSELVES = {
    "literal", "term", "holder", "assessment date", "count", "members", "on day", "first of stretch", "last of stretch",
}  # fmt: skip
"""Mechanisms whose figures are their result."""

_GOES_ON = re.compile(f"…[^{END}]*{END}(?!, rounded )")
"""A figure without an end, with which more is done than rounding it."""

Lines = Callable[[Frame], tuple[str, ...]]
"""From a working to its lines."""


def why_of(graph: Graph, condition: Node) -> Fill:
    """A condition in words, then with figures, and whether it holds."""
    return once(graph, _made_why, condition)


def _made_why(graph: Graph, condition: Node) -> Fill:
    if condition.mechanism.endswith(" limbs"):
        limbs = _limb_lines(graph, condition)
        return lambda frame: "; ".join(limbs(frame))
    said_so = words(in_words(graph, condition))
    if condition.mechanism == "not" and not condition.args[0].args:
        [claim] = condition.args
        return filled(phrase("{claim} is {answer}", claim=words(in_words(graph, claim)), answer=(shown_cell(claim),)))
    if condition.mechanism == "is" and not condition.args[0].args:
        return filled(_is_what(graph, condition))
    figures, held = filled(say(_in_figures(graph, condition), condition)), shown_cell(condition)
    by_itself = ("yes", "no", sentence(REFUSED))  # the first two as values are written

    def why(frame: Frame) -> str:
        text = figures(frame)
        if plain(text) in by_itself:
            return f"{said_so}: {held(frame)}"
        return _by_how_much(f"{said_so}: {text}: {held(frame)}", condition, frame)

    return why


_IS = worded("{what} is {answer}: it is {found}: {held}")
_IS_NOT = worded("{what} is not {answer}: it is {found}: {held}")


def _is_what(graph: Graph, condition: Node) -> Saying:
    """`How the home is held is owner or tenant: it is tenant: yes`."""
    [of] = condition.args
    what, answer = words(in_words(graph, of)), words(answers_named(condition))
    message = _IS_NOT if condition.detail[1] else _IS
    return phrase(message, what=what, answer=answer, found=(shown_cell(of),), held=(shown_cell(condition),))


def _by_how_much(answer: str, condition: Node, frame: Frame) -> str:
    """`no, £26.70 short`: of a comparison that failed."""
    found = margin(condition, frame)
    if found is None:
        return answer
    if isinstance(found.amount, int):
        days = figure(numbered("{number} day", "{number} days", found.amount))
        return sentence(_EARLY if found.too_low else _LATE, answer=answer, days=days)
    amount = figure(found.amount.words(per=False))
    return sentence(_SHORT if found.too_low else _OVER, answer=answer, amount=amount)


_EARLY, _LATE = worded("{answer}, {days} early"), worded("{answer}, {days} late")
_SHORT, _OVER = worded("{answer}, {amount} short"), worded("{answer}, {amount} over")


def worked(graph: Graph, node: Node) -> Lines:
    """`16.5% × £245.00 = £40.425, rounded to the nearest 1p: £40.43`, and a line for each member worked out inside."""
    if node.mechanism.endswith(" limbs"):
        return _limb_lines(graph, node)
    voice = _in_figures(graph, node)
    wrappers: list[Node] = []
    base = node
    while base.mechanism in _WRAPPERS:
        wrappers.append(base)
        base = base.args[0]
    saying = _with_result(voice, base)
    for wrapper in reversed(wrappers):
        saying = said(saying, ", ", limit_words(voice, wrapper), ": ", voice.leaf(wrapper))
    line = filled(saying)
    members = [member for member in (_member_lines(graph, inner) for inner in walk(base)) if member is not None]

    endless = sentence(ENDLESS)

    def lines(frame: Frame) -> tuple[str, ...]:
        found = (line(frame), *[text for lines in members for text in lines(frame)])
        goes_on = any("…" in text and _GOES_ON.search(text) for text in found)
        return (*found, endless) if goes_on else found

    return lines


def _with_result(voice: InFigures, base: Node) -> Saying:
    """A formula with figures put in, and what came of it."""
    match base.mechanism:
        case "rounded quotient":
            before = unrounded_quotient(voice, base)
            return said(before, (_unrounded(voice, base),), f", {rounding_words(base)}: ", voice.leaf(base))
        case mechanism if mechanism in _BY_THEMSELVES:
            return say(voice, base)
        case "sum over":
            line, result = filled(say(voice, base)), shown_cell(base, voice.per)
            of_nobody = f"({sentence('nobody')})"
            return (lambda frame: text if (text := line(frame)).endswith(of_nobody) else f"{text} = {result(frame)}",)
    is_found = base.type.kind in ("yes/no", "date", "date or never") or base.mechanism in _FOUND
    return said(say(voice, base), ": " if is_found else " = ", voice.leaf(base))


def _unrounded(voice: InFigures, quotient: Node) -> Fill:
    """What a division gives before it is rounded."""
    (top, bottom), per = quotient.args, voice.per

    def exactly(frame: Frame) -> str:
        above, below = frame.cells[top.index], frame.cells[bottom.index]
        if not (isinstance(above, int) and isinstance(below, int) and below):
            return ""
        value, scale = unrounded(quotient, above, below)
        return f" = {figure(Exact(value, quotient.type, scale).words(per))}"

    return exactly


def _limb_lines(graph: Graph, node: Node) -> Lines:
    """Each limb with its letter, whether it holds and why, and where it stands in the law."""
    limbs = [
        (
            arg,
            f"({limb.label}) ",
            f"{words(in_words(graph, arg))}: {sentence(NOT_NEEDED)}",
            why_of(graph, arg),
            words_of_cites(limb.cites),
        )
        for limb, arg in zip(node.detail, node.args, strict=True)
    ]
    last = filled(phrase(_OF_THESE[node.mechanism], answer=(shown_cell(node),)))

    def lines(frame: Frame) -> tuple[str, ...]:
        found = [
            f"{label}{idle if is_not_needed(frame, node, arg) else why(frame)}{cites}" for arg, label, idle, why, cites in limbs
        ]
        return (*found, last(frame))

    return lines


_OF_THESE = {
    "all limbs": worded("All of these: {answer}"),
    "any limbs": worded("Any of these: {answer}"),
    "none limbs": worded("None of these: {answer}"),
}


def words_of_cites(cites: tuple[Citation, ...]) -> str:
    """Where it stands in the law, after what was found."""
    return f" {words(with_cites('', cites).lstrip())}" if cites else ""


def _member_lines(graph: Graph, node: Node) -> Callable[[Frame], Iterable[str]] | None:
    """For each candidate of a group whether it belongs and why, and each operand that is more than a name."""
    if not isinstance(node.detail, OverMembers | OverDays):
        return None
    where, operand = node.detail.formulas
    if operand is not None and operand.root.mechanism in ("literal", "term", "keys"):
        operand = None
    if where is None and operand is None:
        return None
    belongs = None if where is None else _inner(graph, where)
    amount = None if operand is None else _inner(graph, operand)
    if isinstance(node.detail, OverDays):
        return lines_of_days(node, belongs, amount)

    def lines(frame: Frame) -> Iterator[str]:
        for working in frame.inner.get(node.index, ()):
            who = name(member_name(frame, node, working))
            if working.where is not None and belongs is not None:
                yield f"{who}: {belongs(working.where)}"
            if working.operand is not None and amount is not None:
                yield f"{who}: {amount(working.operand)}"

    return lines


def _inner(graph: Graph, formula: Formula) -> Fill:
    root = formula.root
    if root.type.kind == "yes/no":
        return why_of(graph, root)
    lines = once(graph, worked, root)
    return lambda frame: lines(frame)[0]


def _in_figures(graph: Graph, node: Node) -> InFigures:
    return InFigures(once(graph, _says_time, node))


def _says_time(_: Graph, node: Node) -> bool:
    """Whether the amounts of a line differ in unit, so that each must say its own."""
    found = set()
    for part in walk(node):
        operand = part.detail.operand if isinstance(part.detail, OverMembers | OverDays) else None
        for shown in (part, operand.root if operand else None):
            if shown is not None and shown.type.kind == "amount" and shown.mechanism != "elapsed":
                found.add(shown.type.unit)
    return len(found) > 1
