"""Which case of a term gave its value, which came before it and did not hold, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from engine.assessment import Step
from engine.book.amendments.saving import is_saving
from engine.book.consolidate import InForce, PartInForce
from engine.book.law import Citation, citations
from engine.graph import Graph, Term
from engine.mechanisms.cases import Touches
from engine.nodes import Node
from explain.marks import words
from explain.phrases import sentence, worded
from explain.telling import rows
from explain.telling.authority import since, with_cites
from explain.telling.rows import Chosen, Passed
from explain.telling.voices import in_words
from explain.telling.working import why_of
from grammar import declarations as d

SAVING = worded("the saving")
NO_CASE_BEFORE = worded("No case before it applies.")

Choose = Callable[[Graph, Step], Chosen]


def chooser(graph: Graph, term: Term) -> Choose:
    """From a step to the case that applied, and those that did not."""
    assert term.formula is not None
    in_force, root = term.in_force, term.formula.root
    if in_force is None:
        return lambda graph, step: (root, (), (), None, (), None, None)
    match root.mechanism:
        case "scale":
            law, instrument = graph.book.law, in_force.provision.instrument
            bands = in_force.text.bands  # type: ignore[union-attr]
            each = tuple(cite for band in bands for cite in citations(law, band.cites, instrument))
            return lambda graph, step: (root, (), (), None, each, None, None)
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
    return lambda graph, step: (root, (), (), None, cites, because, None)


def _affected(graph: Graph, in_force: InForce, root: Node) -> Choose:
    whole = _untouched(graph, in_force, root.args[0])
    parts = [
        (number, touches.index, _left_aside(reason), reason.cites, why_of(graph, touches))
        for number, (reason, touches) in enumerate(zip(root.detail, root.args[1:], strict=True))
    ]

    def choose(graph: Graph, step: Step) -> Chosen:
        frame = step.frame
        passed, touching, held, own = [], [], [], []
        for number, index, name, cites, why in parts:
            if frame.cells[index] is False:
                passed.append(Passed(name, why(frame), is_case=False))
            else:
                touching.append(number)
                held.append(sentence("{place}, applies: {why}", place=words(str(cites[0])), why=why(frame)))
                own += cites
        if touching:
            return root, tuple(touching), tuple(passed), "; ".join(held), tuple(own), None, None
        node, which, others, applied, of_case, because, part = whole(graph, step)
        return node, which, (*passed, *others), applied, of_case, because, part

    return choose


def _exceptions(graph: Graph, in_force: InForce, root: Node) -> Choose:
    general = _untouched(graph, in_force, root.args[0])
    values, conditions = root.args[1::2], root.args[2::2]
    whys = [why_of(graph, condition) for condition in conditions]
    named = [_named(exception, in_force) for exception in in_force.exceptions]
    cites = [exception.authority.cites for exception in in_force.exceptions]
    titles = [
        with_cites(sentence("{exception}, {value}", exception=name, value=in_words(graph, value)), own)
        for name, value, own in zip(named, values, cites, strict=True)
    ]
    rule = sentence("the general rule, {value}", value=in_words(graph, root.args[0]))
    aside = Passed(rule, sentence("the exception takes its place"))
    prevailed = sentence("; another exception prevails over it")

    def choose(graph: Graph, step: Step) -> Chosen:
        frame = step.frame
        cells = frame.cells
        passed = []
        used = []
        for number, condition in enumerate(conditions):
            holds = cells[condition.index] is True
            if holds and cells[values[number].index] is not None:
                used.append(number)
            else:
                passed.append(Passed(titles[number], whys[number](frame) + (prevailed if holds else "")))
        if used:
            first = used[0]
            applied = f"{_applies(in_force, used)}: {whys[first](frame)}"
            own = tuple(cite for n in used for cite in cites[n])
            exception = in_force.exceptions[first].clause
            part = None if is_saving(exception) else ", ".join([in_force.exceptions[n].clause.name for n in used])
            return values[first], tuple(used), (*passed, aside), applied, own, exception.because, part
        node, which, others, applied_too, of_case, because, row = general(graph, step)
        return node, which, (*passed, *others), applied_too, of_case, because, row

    return choose


def _left_aside(reason: Touches) -> str:
    """`not touched by Income Support (Jersey) Law 2007, Article 19, which is not encoded`: nothing is refused by it."""
    place = "; ".join(map(str, reason.cites))
    if reason.kind == "discretionary":
        return sentence("Not touched by {place}, which is left to somebody’s discretion", place=place)
    return sentence("Not touched by {place}, which is not encoded", place=place)


def _named(exception: PartInForce[d.ExceptionClause], in_force: InForce) -> str:
    """An exception; since when it is there and what put it there, where that is not what made its rule."""
    if is_saving(exception.clause):
        return sentence(SAVING)
    added = _added(exception, in_force)
    return sentence("the exception ({since})", since=added) if added else sentence("the exception")


def _added(exception: PartInForce[d.ExceptionClause], in_force: InForce) -> str:
    own, whole = exception.authority, in_force.authority
    is_as_old = (own.made_by, own.made_by_provision) == (whole.made_by, whole.made_by_provision)
    return "" if is_as_old else since(own)


def _applies(in_force: InForce, used: Sequence[int]) -> str:
    """Which of them gave the value; those that are not as old as their rule say since when they are there."""
    first = in_force.exceptions[used[0]]
    if is_saving(first.clause):
        return sentence("The saving applies")
    added = "; ".join(dict.fromkeys(filter(None, [_added(in_force.exceptions[number], in_force) for number in used])))
    if len(used) > 1:
        several = sentence("{number} exceptions", number=len(used))
        return sentence("{exceptions} that say the same apply", exceptions=words(f"{several} ({added})" if added else several))
    if added:
        return sentence("An exception {since} applies", since=words(f"({added})"))
    return sentence("An exception applies")


def _alternatives(graph: Graph, in_force: InForce, root: Node) -> Choose:
    values, conditions = root.args[0::2], root.args[1::2]
    whys = [why_of(graph, condition) for condition in conditions]
    cites = in_force.alternative_cites
    titles = [with_cites(in_words(graph, value), own) for value, own in zip(values, cites, strict=True)]

    applies, not_known = sentence("This case applies"), sentence("Whether this case applies is not known")

    def choose(graph: Graph, step: Step) -> Chosen:
        frame = step.frame
        passed = []
        for number, condition in enumerate(conditions):
            holds = frame.cells[condition.index]
            why = whys[number](frame)
            if holds is not False:
                applied = f"{applies if holds is True else not_known}: {why}"
                break
            passed.append(Passed(titles[number], why))
        else:
            number, applied = len(conditions), sentence(NO_CASE_BEFORE)
        return values[number], (), tuple(passed), applied, cites[number], in_force.alternatives[number].because, None

    return choose
