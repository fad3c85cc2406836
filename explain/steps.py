"""One step as it is told: its words, its figures, what held and what did not, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.book.law import Citation, citations
from engine.checking.sentences import IN_BRACES
from engine.graph import Graph
from engine.mechanisms.base import Frame
from engine.mechanisms.limits import unrounded
from engine.nodes import Formula, Node, OverMembers, walk
from engine.values import Exact, Refusal, Value, refusal_of
from explain import rows
from explain.authority import with_cites
from explain.rows import Passed
from explain.voices import NOT_NEEDED, InFigures, in_words, is_not_needed, listed, once, say, value_words
from explain.wording import limit_words, rounding_words

_WRAPPERS = ("floor", "ceiling", "rounding")
_FOUND = ("elapsed", "members", "rank", "highest", "lowest")
"""Mechanisms whose result is no sum of what stands before it."""


@frozen(eq=False, repr=False)
class Told:
    """What a formula did: the words and figures of the case that applied, and the cases that did not."""

    words: str
    figures: tuple[str, ...]
    """The working, line by line; the first is the formula with figures put in and its result."""
    applied: str | None
    """Why this case applied, where there were several."""
    passed: tuple[Passed, ...]
    cites: tuple[Citation, ...]
    """Citations of the case that applied, besides the rule's own."""
    because: str | None
    policy: str | None
    """Whose rounding policy applied, where the rule itself states none."""


def told(assessment: Assessment, step: Step) -> Told:
    graph, frame, term = assessment.graph, step.frame, step.term
    assert term.formula is not None
    root = term.formula.root
    if term.in_force is None:
        return Told(in_words(graph, root), (), None, (), (), None, None)
    if root.mechanism == "scale":
        return _told_scale(assessment, step, root)
    node, passed, applied, cites, because = _chosen(graph, frame, step, root)
    figures = () if node.mechanism in ("not encoded", "literal", "affected") else tuple(_working(graph, frame, node))
    own = getattr(term.in_force.provision.head, "because", None)
    sentence = because or own
    return Told(
        words=in_words(graph, node),
        figures=figures,
        applied=applied,
        passed=passed,
        cites=cites,
        because=_filled(assessment, step, sentence) if sentence else None,
        policy=_policy(assessment, step) if node.mechanism == "rounding" and node.detail[2] else None,
    )


def _told_scale(assessment: Assessment, step: Step, root: Node) -> Told:
    """What the scale says, in words; its value says it in figures. Each band may have its own place in the law."""
    in_force = step.term.in_force
    assert in_force is not None
    law, instrument = assessment.graph.book.law, in_force.provision.instrument
    cites = [cite for band in in_force.text.bands for cite in citations(law, band.cites, instrument)]  # type: ignore[union-attr]
    sentence = getattr(in_force.provision.head, "because", None)
    because = _filled(assessment, step, sentence) if sentence else None
    return Told(in_words(assessment.graph, root), (), None, (), tuple(cites), because, None)


def _policy(assessment: Assessment, step: Step) -> str | None:
    """The instrument whose rounding policy was applied, with its citation (S19)."""
    instrument = step.term.in_force.instrument if step.term.in_force else None
    if instrument is None:
        return None
    cites = citations(assessment.graph.book.law, instrument.policy_cites, instrument.name)
    return "; ".join([f"Rounded by the policy of the {instrument.title}", *(str(cite) for cite in cites)])


# ---- which case -----------------------------------------------------------------------------------------------------


def _chosen(
    graph: Graph, frame: Frame, step: Step, root: Node
) -> tuple[Node, tuple[Passed, ...], str | None, tuple[Citation, ...], str | None]:
    """The node that gave the value; what did not hold before it; why it held; its own citations and sentence."""
    in_force = step.term.in_force
    assert in_force is not None
    passed: list[Passed] = []
    node: Node = root
    if node.mechanism == "affected":
        node = root.args[0]
        touching = []
        for reason, touches in zip(root.detail, root.args[1:], strict=True):
            if frame.cells[touches.index] is False:
                passed.append(Passed(with_cites(f"Refused: {reason.kind}", reason.cites), _why(graph, frame, touches)))
            else:
                touching.append((reason, f"{reason.cites[0]}, applies: {_why(graph, frame, touches)}"))
        if touching:
            own = tuple(cite for reason, _ in touching for cite in reason.cites)
            return root, tuple(passed), "; ".join(holds for _, holds in touching), own, None
    if node.mechanism == "table":
        found, others, row_holds, own, sentence = rows.chosen(graph, frame, step, node)
        return found, (*passed, *others), row_holds, own, sentence
    if node.mechanism == "exceptions":
        general, values, conditions = node.args[0], node.args[1::2], node.args[2::2]
        holding = [n for n, condition in enumerate(conditions) if frame.cells[condition.index] is True]
        used = [n for n in holding if frame.cells[values[n].index] is not None]
        for number, exception in enumerate(in_force.exceptions):
            if number not in used:
                name = f"Exception {exception.clause.name}: {in_words(graph, values[number])}"
                why = _why(graph, frame, conditions[number])
                if number in holding:
                    why += "; another exception prevails over it"
                passed.append(Passed(with_cites(name, exception.authority.cites), why))
        if used:
            exception = in_force.exceptions[used[0]]
            own = tuple(c for n in used for c in in_force.exceptions[n].authority.cites)
            names = ", ".join(in_force.exceptions[n].clause.name for n in used)
            holds = f"Exception {names} applies: {_why(graph, frame, conditions[used[0]])}"
            passed.append(Passed(f"General rule: {in_words(graph, general)}", "the exception takes its place"))
            return values[used[0]], tuple(passed), holds, own, exception.clause.because
        node = general
    cites: tuple[Citation, ...] = ()
    applied: str | None = None
    because: str | None = None
    if node.mechanism == "alternatives":
        alternatives = in_force.alternatives
        conditions = node.args[1::2]
        for number, value in enumerate(node.args[0::2]):
            condition = conditions[number] if number < len(conditions) else None
            cites = in_force.alternative_cites[number]
            if condition is None or frame.cells[condition.index] is not False:
                if condition is None:
                    applied = "No case before it applies."
                else:
                    known = (
                        "This case applies" if frame.cells[condition.index] is True else "Whether this case applies is not known"
                    )
                    applied = f"{known}: {_why(graph, frame, condition)}"
                return value, tuple(passed), applied, cites, alternatives[number].because
            name = with_cites(in_words(graph, value), cites)
            passed.append(Passed(name, _why(graph, frame, condition)))
    elif in_force.alternative_cites:
        cites, because = in_force.alternative_cites[0], in_force.alternatives[0].because
    return node, tuple(passed), applied, cites, because


def _why(graph: Graph, frame: Frame, condition: Node) -> str:
    """A condition in words, then with figures, and whether it holds."""
    words = in_words(graph, condition)
    if condition.mechanism.endswith(" limbs"):
        return "; ".join(_limb_lines(graph, frame, condition))
    if condition.mechanism == "not" and not condition.args[0].args:
        [named] = condition.args
        return f"{words}: it is {value_words(frame.cells[named.index], named.type, 1)}"
    figures = say(InFigures(graph, frame, once(graph, _says_time, condition)), condition)
    held = value_words(frame.cells[condition.index], condition.type, 1)
    return f"{words}: {figures}: {held}" if figures not in ("yes", "no", "refused") else f"{words}: {held}"


# ---- the working ----------------------------------------------------------------------------------------------------


def _working(graph: Graph, frame: Frame, node: Node) -> Iterator[str]:
    """`16.5% × £245.00 = £40.425, rounded to the nearest 1p: £40.43`, and a line for each member worked out inside."""
    if node.mechanism.endswith(" limbs"):
        yield from _limb_lines(graph, frame, node)
        return
    voice = InFigures(graph, frame, once(graph, _says_time, node))
    wrappers: list[Node] = []
    base = node
    while base.mechanism in _WRAPPERS:
        wrappers.append(base)
        base = base.args[0]
    if base.mechanism == "rounded quotient":
        line = say(voice, base).removesuffix(f", {rounding_words(base)}")
        top, bottom = (frame.cells[arg.index] for arg in base.args)
        if isinstance(top, int) and isinstance(bottom, int) and bottom:
            value, scale = unrounded(base, top, bottom)
            line += f" = {Exact(value, base.type, scale).words(voice.per)}"
        line += f", {rounding_words(base)}: {_value(frame, base, voice.per)}"
    else:
        line = say(voice, base)
        if base.mechanism not in ("literal", "term", "holder", "assessment date", "count"):
            is_found = base.type.kind in ("yes/no", "date") or base.mechanism in _FOUND
            sign = ":" if is_found else " ="
            result = _value(frame, base, voice.per)
            if base.mechanism != "members" and not (base.mechanism == "sum over" and line.endswith("(nobody)")):
                line += f"{sign} {result}"
    for wrapper in reversed(wrappers):
        line += f", {limit_words(voice, wrapper)}: {_value(frame, wrapper, voice.per)}"
    yield line
    yield from _member_lines(graph, frame, base)


def _limb_lines(graph: Graph, frame: Frame, node: Node) -> Iterator[str]:
    """Each limb with its letter, whether it holds and why, and where it stands in the law."""
    for limb, arg in zip(node.detail, node.args, strict=True):
        why = f"{in_words(graph, arg)}: {NOT_NEEDED}" if is_not_needed(frame, node, arg) else _why(graph, frame, arg)
        yield with_cites(f"({limb.label}) {why}", limb.cites)
    yield f"{node.mechanism.split()[0].capitalize()} of these: {value_words(frame.cells[node.index], node.type, 1)}"


def _member_lines(graph: Graph, frame: Frame, base: Node) -> Iterator[str]:
    """For each candidate of a group whether it belongs and why, and each operand that is more than a name."""
    for node in walk(base):
        if not isinstance(node.detail, OverMembers):
            continue
        where, operand = node.detail.formulas
        voice = InFigures(graph, frame, True)
        for working in frame.inner.get(node.index, ()):
            name = voice.name(node, working)
            if working.where is not None and where is not None:
                yield f"{name}: {_inner(graph, working.where, where)}"
            if working.operand is not None and operand is not None and operand.root.mechanism not in ("literal", "term", "keys"):
                yield f"{name}: {_inner(graph, working.operand, operand)}"


def _inner(graph: Graph, frame: Frame, formula: Formula) -> str:
    root = formula.root
    if root.type.kind == "yes/no":
        return _why(graph, frame, root)
    return next(_working(graph, frame, root))


def _value(frame: Frame, node: Node, per: bool) -> str:
    return value_words(frame.cells[node.index], node.type, node.scale, per)


def _says_time(_: Graph, node: Node) -> bool:
    """Whether the amounts of a line differ in unit, so that each must say its own."""
    found = set()
    for part in walk(node):
        operand = part.detail.operand if isinstance(part.detail, OverMembers) else None
        for shown in (part, operand.root if operand else None):
            if shown is not None and shown.type.kind == "amount" and shown.mechanism != "elapsed":
                found.add(shown.type.unit)
    return len(found) > 1


# ---- the sentence beside the rule, and the place in the law ---------------------------------------------------------


def _filled(assessment: Assessment, step: Step, sentence: str) -> str:
    """A `because` with the values put in of the terms that it names; the checker has seen that the rule reads them."""
    found = [step, *(assessment.at(key) for key in step.reads)]
    values: dict[str, list[str]] = {}
    for item in found:
        known = shown(item.value, item) if isinstance(item, Step) else item.exact.words() if item.exact else REFUSED_TITLE
        values.setdefault(item.term.name, []).append("what is refused" if known == REFUSED_TITLE else known)
    return IN_BRACES.sub(lambda named: listed(values.get(named[1], ["what was not needed"]), "and"), sentence)


def shown(value: Value, step: Step) -> str:
    """A step's value as people write it; members by name."""
    if isinstance(value, Refusal):
        return REFUSED_TITLE
    if isinstance(value, tuple):
        names = ", ".join(step.frame.world.names[path] for path in step.members())
        if refusal_of(value) is None:
            return names or "nobody"
        return f"{REFUSED_TITLE} ({names} and perhaps others)" if names else REFUSED_TITLE
    return Exact(value, step.term.type, step.term.scale).words()


REFUSED_TITLE: Literal["refused"] = "refused"
