"""Which case of a term gave its value, which came before it and did not hold, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.assessment import Step
from engine.book.amendments.saving import is_saving
from engine.book.consolidate import InForce, PartInForce
from engine.book.law import Citation, citations
from engine.graph import Graph, Term
from engine.nodes import Node
from explain import rows
from explain.authority import since, with_cites
from explain.marks import words
from explain.rows import Passed
from explain.voices import in_words
from explain.working import why_of
from grammar import declarations as d

Choice = tuple[Node, tuple[int, ...], tuple[Passed, ...], str | None, tuple[Citation, ...], str | None]
"""The node that gave the value and the parts of the law that chose it; what did not hold before it; why it held; its own
citations and sentence."""

SAVING = "The saving"

NO_CASE_BEFORE = "No case before it applies."

Choose = Callable[[Graph, Step], Choice]


def chooser(graph: Graph, term: Term) -> Choose:
    """From a step to the case that applied, and those that did not."""
    assert term.formula is not None
    in_force, root = term.in_force, term.formula.root
    if in_force is None:
        return lambda graph, step: (root, (), (), None, (), None)
    match root.mechanism:
        case "scale":
            law, instrument = graph.book.law, in_force.provision.instrument
            bands = in_force.text.bands  # type: ignore[union-attr]
            each = tuple(cite for band in bands for cite in citations(law, band.cites, instrument))
            return lambda graph, step: (root, (), (), None, each, None)
        case "affected":
            return _affected(graph, in_force, root)
        case _:
            return _untouched(graph, in_force, root)


def _untouched(graph: Graph, in_force: InForce, root: Node) -> Choose:
    """Of a formula that no provision without a term touches."""
    match root.mechanism:
        case "table":
            return partial(rows.chosen, root)
        case "exceptions":
            return _exceptions(graph, in_force, root)
        case "alternatives":
            return _alternatives(graph, in_force, root)
    cites: tuple[Citation, ...] = ()
    because: str | None = None
    if in_force.alternative_cites:
        cites, because = in_force.alternative_cites[0], in_force.alternatives[0].because
    return lambda graph, step: (root, (), (), None, cites, because)


def _affected(graph: Graph, in_force: InForce, root: Node) -> Choose:
    whole = _untouched(graph, in_force, root.args[0])
    parts = [
        (number, touches.index, with_cites(f"Refused: {reason.kind}", reason.cites), reason.cites, why_of(graph, touches))
        for number, (reason, touches) in enumerate(zip(root.detail, root.args[1:], strict=True))
    ]

    def choose(graph: Graph, step: Step) -> Choice:
        frame = step.frame
        passed, touching, held, own = [], [], [], []
        for number, index, name, cites, why in parts:
            if frame.cells[index] is False:
                passed.append(Passed(name, why(frame)))
            else:
                touching.append(number)
                held.append(f"{words(str(cites[0]))}, applies: {why(frame)}")
                own += cites
        if touching:
            return root, tuple(touching), tuple(passed), "; ".join(held), tuple(own), None
        node, which, others, applied, of_case, because = whole(graph, step)
        return node, which, (*passed, *others), applied, of_case, because

    return choose


def _exceptions(graph: Graph, in_force: InForce, root: Node) -> Choose:
    general = _untouched(graph, in_force, root.args[0])
    values, conditions = root.args[1::2], root.args[2::2]
    whys = [why_of(graph, condition) for condition in conditions]
    named = [_named(exception, in_force) for exception in in_force.exceptions]
    cites = [exception.authority.cites for exception in in_force.exceptions]
    titles = [with_cites(f"{name}: {in_words(graph, value)}", own) for name, value, own in zip(named, values, cites, strict=True)]
    aside = Passed(f"General rule: {in_words(graph, root.args[0])}", "the exception takes its place")

    def choose(graph: Graph, step: Step) -> Choice:
        frame = step.frame
        cells = frame.cells
        passed = []
        used = []
        for number, condition in enumerate(conditions):
            holds = cells[condition.index] is True
            if holds and cells[values[number].index] is not None:
                used.append(number)
            else:
                prevailed = "; another exception prevails over it" if holds else ""
                passed.append(Passed(titles[number], whys[number](frame) + prevailed))
        if used:
            first = used[0]
            together = ", ".join([named[first], *(named[n].removeprefix("Exception ") for n in used[1:])])
            said = f"Exception {words(together.removeprefix('Exception '))}" if named[first] != SAVING else together
            applied = f"{said} applies: {whys[first](frame)}"
            own = tuple(cite for n in used for cite in cites[n])
            return values[first], tuple(used), (*passed, aside), applied, own, in_force.exceptions[first].clause.because
        node, which, others, applied_too, of_case, because = general(graph, step)
        return node, which, (*passed, *others), applied_too, of_case, because

    return choose


def _named(exception: PartInForce[d.ExceptionClause], in_force: InForce) -> str:
    """An exception by its name; since when it is there and what put it there, where that is not what made its rule."""
    if is_saving(exception.clause):
        return SAVING
    own, whole = exception.authority, in_force.authority
    if (own.made_by, own.made_by_provision) == (whole.made_by, whole.made_by_provision):
        return f"Exception {exception.clause.name}"
    return f"Exception {exception.clause.name} ({since(own)})"


def _alternatives(graph: Graph, in_force: InForce, root: Node) -> Choose:
    values, conditions = root.args[0::2], root.args[1::2]
    whys = [why_of(graph, condition) for condition in conditions]
    cites = in_force.alternative_cites
    titles = [with_cites(in_words(graph, value), own) for value, own in zip(values, cites, strict=True)]

    def choose(graph: Graph, step: Step) -> Choice:
        frame = step.frame
        passed = []
        for number, condition in enumerate(conditions):
            holds = frame.cells[condition.index]
            why = whys[number](frame)
            if holds is not False:
                applied = f"{'This case applies' if holds is True else 'Whether this case applies is not known'}: {why}"
                break
            passed.append(Passed(titles[number], why))
        else:
            number, applied = len(conditions), NO_CASE_BEFORE
        return values[number], (), tuple(passed), applied, cites[number], in_force.alternatives[number].because

    return choose
