"""What a value adds up from: the amounts that add, those that are taken off, those that came to £0, and what a limit changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lcm

from attrs import evolve, frozen

from engine.assessment import Assessment, Step
from engine.mechanisms.base import Frame
from engine.nodes import Node, OverMembers, TermRead
from engine.values import writer
from explain.telling.limiting import limit_words
from explain.telling.steps import tellings
from explain.telling.voices import InWords, in_words, member_name, words_of

_WRAPPERS = ("floor", "ceiling", "rounding")


@frozen(eq=False, repr=False)
class Amount:
    """One amount of a sum: what it is called, whose it is, and its value over a scale, negative where it is taken off."""

    title: str
    whose: str
    value: int
    scale: int
    adds: bool
    """Whether it stands with a plus where it is added up; so of £0 too."""
    step: Step | None = None
    """The step that it is the value of; None for a fact, and for what is no term."""
    limit: Node | None = None
    """The limit or the rounding that changed it."""


@frozen(eq=False, repr=False)
class Sum:
    """A value that adds up; each part that itself only adds up is told by its own parts."""

    of: Step
    parts: tuple[Amount, ...]
    nothing: tuple[Amount, ...]
    """What would have added, and is £0."""
    limits: tuple[Amount, ...]
    """What each limit and rounding changed, after the parts were added up."""
    total: Amount | None
    """What all that adds comes to, where the law has a name for it."""

    def written(self, amount: Amount) -> str:
        """An amount of it as people write it; the unit stands above."""
        return writer(self.of.term.type, amount.scale, False)(amount.value)

    @property
    def adds_up(self) -> bool:
        """Whether the parts and the limits come to the value exactly."""
        scale = lcm(self.of.term.scale, *[amount.scale for amount in (*self.parts, *self.limits)])
        found = sum(amount.value * (scale // amount.scale) for amount in (*self.parts, *self.limits))
        assert isinstance(self.of.value, int)
        return found == self.of.value * (scale // self.of.term.scale)


def sum_of(assessment: Assessment, step: Step, deepest: int) -> Sum | None:
    """A step's value as a sum, its parts told by their own parts so far down; None where it is none, or is not known."""
    if step.term.type.kind != "amount" or not isinstance(step.value, int):
        return None
    return _Look(assessment).sum_of(step, deepest)


@frozen(eq=False, repr=False)
class _Look:
    assessment: Assessment

    def sum_of(self, step: Step, deepest: int) -> Sum | None:
        graph, frame = self.assessment.graph, step.frame
        node = tellings(graph)[step.term].choose(graph, step)[0]
        wrappers = []
        while node.mechanism in _WRAPPERS:
            wrappers.append(node)
            node = node.args[0]
        if node.mechanism not in ("sum", "sum over") or not isinstance(frame.cells[node.index], int):
            return None
        terms = list(self._amounts(frame, node, True, ""))
        if None in terms:
            return None
        amounts = [amount for amount in terms if amount is not None]
        parts: list[Amount] = []
        nothing: list[Amount] = []
        totals: list[Amount] = []
        for amount in amounts:
            inner = self._inner(amount, deepest)
            if inner is None:
                parts += [amount] if amount.value else []
                nothing += [amount] if amount.adds and not amount.value else []
                continue
            parts += [_on_the_side_of(amount, part) for part in inner.parts]
            nothing += inner.nothing if amount.adds else ()
            totals += [amount] if amount.value > 0 and len(inner.parts) > 1 else []
        adding = sum(1 for amount in amounts if amount.value > 0)
        total = totals[0] if adding == len(totals) == 1 else None
        found = Sum(step, tuple(parts), tuple(nothing), tuple(self._limits(frame, node, wrappers)), total)
        return found if found.adds_up else None

    def _inner(self, amount: Amount, deepest: int) -> Sum | None:
        """The parts of a part, where they only add and nothing limits them."""
        if deepest == 0 or amount.step is None:
            return None
        found = self.sum_of(amount.step, deepest - 1)
        if found is None or found.limits or any(part.value < 0 for part in found.parts):
            return None
        return found if found.parts else None

    def _amounts(self, frame: Frame, node: Node, adds: bool, whose: str) -> Iterator[Amount | None]:
        """The addends of a sum; None where one is not known."""
        if node.mechanism == "sum":  # its factors bring its addends to one scale; of each, only the sign is told
            for factor, arg in zip(node.detail, node.args, strict=True):
                yield from self._amounts(frame, arg, adds == (factor > 0), whose)
            return
        if node.mechanism == "sum over" and node.detail.operand is not None:
            over: OverMembers = node.detail
            for working in frame.inner.get(node.index, ()):
                if working.belongs is not False:
                    assert working.operand is not None and over.operand is not None
                    yield from self._amounts(working.operand, over.operand.root, adds, member_name(frame, node, working))
            return
        value = frame.cells[node.index]
        if not isinstance(value, int):
            yield None
            return
        signed = value if adds else -value
        step = self._step(frame, node)
        if step is None:
            yield Amount(in_words(self.assessment.graph, node), whose, signed, node.scale, adds)
        else:
            yield Amount(step.term.title, self.assessment.world.names[step.path], signed, node.scale, adds, step)

    def _step(self, frame: Frame, node: Node) -> Step | None:
        if not isinstance(node.detail, TermRead):
            return None
        number = frame.number_read(node.detail)
        return None if number is None else self.assessment.by_key.get((node.detail.term, number))

    def _limits(self, frame: Frame, base: Node, wrappers: Sequence[Node]) -> Iterator[Amount]:
        before, scale = frame.cells[base.index], base.scale
        for wrapper in reversed(wrappers):
            after = frame.cells[wrapper.index]
            if isinstance(before, int) and isinstance(after, int):
                common = lcm(scale, wrapper.scale)
                change = after * (common // wrapper.scale) - before * (common // scale)
                if change:
                    words = words_of(limit_words(InWords(self.assessment.graph), wrapper))
                    yield Amount(words[:1].upper() + words[1:], "", change, common, change > 0, limit=wrapper)
            before, scale = after, wrapper.scale


def _on_the_side_of(outer: Amount, part: Amount) -> Amount:
    """A part of a part, on the side on which that one stands."""
    return part if outer.adds else evolve(part, value=-part.value, adds=not part.adds)
