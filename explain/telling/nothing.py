"""What was considered and came to nothing: which steps add nothing to what is answered, and of each why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from engine.assessment import Assessment, FactUse, Step
from engine.graph import Graph
from engine.mechanisms.base import Frame
from engine.mechanisms.tables import Table
from engine.nodes import Node, TermRead
from explain.phrases import sentence
from explain.telling.cases import NO_CASE_BEFORE
from explain.telling.numbers import Numbers, StepKey
from explain.telling.steps import Told, tellings
from explain.telling.working import why_of


def came_to_nothing(numbers: Numbers) -> frozenset[int]:
    """By number: steps of £0, no or nobody, but for those that an answer needed to be just that; and what only they rest on.

    What is asked for never is among them, nor what made an answer nothing; a refusal only where such steps alone rest on it.
    """
    needed: set[int] = set()
    waiting = list(numbers.answers)
    while waiting:
        day, step = waiting.pop()
        number = numbers.of(day, step.key)
        if number in needed:
            continue
        needed.add(number)
        told_whole = _is_nothing(step)
        wanted = set(_wanted(step.frame, step.frame.formula.root))
        below = [(day, key) for key in step.reads] + [(run.assessment, key) for run, key in numbers.looked_at(step)]
        for of_day, key in below:
            found = of_day.at(key)
            if isinstance(found, Step) and (told_whole or not _is_nothing(found) or (of_day is day and key in wanted)):
                waiting.append((of_day, found))
    return frozenset(range(1, len(numbers.steps) + 1)) - needed


def _is_nothing(step: Step) -> bool:
    """An amount of 0, no, or nobody. A number of 0 is an age or a place as well, and is told like any other."""
    if step.term.type.kind == "amount":
        return step.value == 0
    return step.value is False or step.value == ()


def _wanted(frame: Frame, node: Node) -> Iterator[StepKey]:
    """What a condition that held asked to be no: of `not adult` that the person is no adult."""
    cells = frame.cells
    if node.type.kind == "yes/no":
        if cells[node.index] is True:
            yield from _so(frame, node, yes=True)
        return
    if isinstance(node.detail, Table):
        for column in node.args[: node.detail.first_value]:
            if column.type.kind == "yes/no":
                yield from _so(frame, column, yes=cells[column.index] is True)
    yield from _below(frame, node)


def _below(frame: Frame, node: Node) -> Iterator[StepKey]:
    for arg in node.args:
        yield from _wanted(frame, arg)
    for working in frame.inner.get(node.index, ()):
        for inner in (working.where, working.operand):
            if inner is not None:
                yield from _wanted(inner, inner.formula.root)


def _so(frame: Frame, node: Node, yes: bool) -> Iterator[StepKey]:
    """What made a condition so, followed down to the terms that had to be no."""
    if frame.cells[node.index] is not yes:
        return
    match node.mechanism:
        case "not" | "none limbs":
            for arg in node.args:
                yield from _so(frame, arg, not yes)
        case "and" | "or" | "all limbs" | "any limbs":
            for arg in node.args:
                yield from _so(frame, arg, yes)
        case "is" if node.args[0].type.kind == "yes/no":
            yield from _so(frame, node.args[0], frame.cells[node.args[0].index] is True)
        case _ if isinstance(node.detail, TermRead):
            number = None if yes else frame.number_read(node.detail)
            if number is not None:
                yield node.detail.term, number
        case _:
            yield from _below(frame, node)


# ---- why ------------------------------------------------------------------------------------------------------------


_LED_IN = re.compile("^(?:[^\x03:]|\x03[^\x04]*\x04)*: ")
"""`This case applies: `, before the condition itself."""


def plain_reason(assessment: Assessment, step: Step, told: Told) -> str | None:
    """Why an amount came to nothing, where its case says so in a sentence, or else by what of it is nothing; None for neither."""
    if step.term.type.kind != "amount" or step.value != 0:
        return None
    if told.case.says_why and told.because is not None:
        read = [assessment.at(key) for key in step.reads]
        assumed = "; ".join(dict.fromkeys(granted(use) for use in read if isinstance(use, FactUse) and use.is_assumed))
        said = sentence("“{because}”", because=told.because)
        return sentence("{reason} (taken for granted: {facts})", reason=said, facts=assumed) if assumed else said
    if step.frame.formula.root.mechanism == "literal":
        return sentence("its rule says so of everybody")
    parts = _nil(step.frame, tellings(assessment.graph)[step.term].choose(assessment.graph, step)[0])
    if not parts:
        return None
    named = _listed(assessment, dict.fromkeys(parts))
    if len({assessment.graph.terms[term].title for term, _ in parts}) == 1:
        return sentence("{part} is nothing", part=named)
    return sentence("each of these is nothing: {parts}", parts=named)


def _is_assumed(assessment: Assessment, key: StepKey) -> bool:
    found = assessment.at(key)
    return isinstance(found, FactUse) and found.is_assumed


def granted(use: FactUse) -> str:
    """A fact that is assumed, with what it is taken to be: `Has a protected payment: no`, `Rent: nothing`."""
    is_nothing = use.term.type.kind == "amount" and use.value == 0
    value = sentence("nothing") if is_nothing else use.exact.words() if use.exact else sentence("not given")
    return sentence("{fact}: {value}", fact=use.term.title, value=value)


def _listed(assessment: Assessment, keys: Iterable[StepKey]) -> str:
    """Their titles, each once, with whether they are assumed."""
    told: dict[str, bool] = {}
    for key in keys:
        title = assessment.graph.terms[key[0]].title
        told[title] = told.get(title, False) or _is_assumed(assessment, key)
    return "; ".join([sentence("{fact} (assumed)", fact=title) if assumed else title for title, assumed in told.items()])


def _nil(frame: Frame, node: Node) -> tuple[StepKey, ...] | None:
    """The terms because of which a value is nothing: all that are added up, or the factor that is; None where that is not why."""
    if frame.cells[node.index] != 0 or frame.cells[node.index] is False:
        return None
    if isinstance(node.detail, TermRead):
        number = frame.number_read(node.detail)
        return None if number is None else ((node.detail.term, number),)
    match node.mechanism:
        case "literal":
            return ()
        case "floor" | "ceiling" | "rounding" | "rounded quotient":
            return _nil(frame, node.args[0])
        case "sum":
            return _all_of([_nil(frame, arg) for arg in node.args])
        case "sum over" if frame.inner.get(node.index):
            inner = [working.operand for working in frame.inner[node.index] if working.belongs is not False]
            return _all_of([None if one is None else _nil(one, one.formula.root) for one in inner])
        case "product":
            return next((parts for arg in node.args if (parts := _nil(frame, arg))), None)
    return None


def _all_of(parts: Sequence[tuple[StepKey, ...] | None]) -> tuple[StepKey, ...] | None:
    found = [one for one in parts if one is not None]
    return tuple(key for one in found for key in one) if len(found) == len(parts) else None


def why_nothing(graph: Graph, step: Step, told: Told) -> str | None:
    """The condition that failed, the case that applied, or the working in figures; None where there is none of them."""
    frame = step.frame
    if isinstance(step.value, tuple):
        return "; ".join(told.figures[1:]) or None
    if told.applied == sentence(NO_CASE_BEFORE):
        return told.figures[0] if told.figures else "; ".join([passed.why for passed in told.passed])
    if told.applied is not None:
        return _LED_IN.sub("", told.applied)
    match frame.formula.root:
        case Node(mechanism="and" | "or" | "all limbs" | "any limbs", args=parts) if step.value is False:
            return "; ".join([why_of(graph, part)(frame) for part in parts if frame.cells[part.index] is False])
        case Node(mechanism="exceptions" | "affected"):
            pass
        case root if root.type.kind == "yes/no":
            return why_of(graph, root)(frame)
    return told.figures[0] if told.figures else None
