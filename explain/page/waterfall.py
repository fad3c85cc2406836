"""What an award is made up of: each part that adds, what they come to, each that is taken off, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lcm
from textwrap import wrap
from typing import Literal

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.mechanisms.base import Frame
from engine.nodes import Node, OverMembers, TermRead
from engine.types import Type
from engine.values import writer
from explain.numbers import Numbers
from explain.steps import tellings
from explain.voices import InWords, in_words, member_name, words_of
from explain.wording import limit_words

_WRAPPERS = ("floor", "ceiling", "rounding")
_MOST_PARTS = 14
"""Bars beyond which an award is drawn by its larger parts only."""
_DEEPEST = 3
"""How far down a part is told by its own parts."""

Kind = Literal["adds", "takes", "comes to", "limit"]


@frozen(eq=False, repr=False)
class Amount:
    """A part of an award: what it is called, whose it is, and its value over a scale."""

    title: str
    whose: str
    value: int
    scale: int
    step: int | None = None


@frozen(eq=False, repr=False)
class Bar:
    """One line of the picture and of its table; it reaches from `start` to `end`, in thousandths of the width."""

    title: str
    whose: str
    value: str
    kind: Kind
    step: int | None
    start: int
    end: int
    lines: tuple[str, ...]
    """The title broken for the picture."""

    @property
    def left(self) -> int:
        return min(self.start, self.end)

    @property
    def width(self) -> int:
        return abs(self.end - self.start)

    @property
    def height(self) -> int:
        """Of its title and the bar below it, with the space to the next."""
        return 16 * len(self.lines) + 24


@frozen(eq=False, repr=False)
class Waterfall:
    title: str
    whose: str
    unit: str
    bars: tuple[Bar, ...]


def waterfall(assessment: Assessment, answer: Step, numbers: Numbers) -> Waterfall | None:
    """The picture of an award; None where it is not made up of amounts that are added and taken off."""
    if answer.term.type.kind != "amount" or not isinstance(answer.value, int) or isinstance(answer.value, bool):
        return None
    look = _Look(assessment, numbers)
    for deepest in (_DEEPEST, 1, 0):
        made = look.parts_of(answer, deepest)
        if made is None:
            return None
        parts, limits, total = made
        if len(parts) <= _MOST_PARTS:
            break
    if len(parts) < 2 or len(parts) > _MOST_PARTS:
        return None
    adds = [part for part in parts if part.value > 0]
    takes = [part for part in parts if part.value < 0]
    whose = assessment.world.names[answer.path]
    last = Amount(answer.term.title, whose, answer.value, answer.term.scale, numbers.of(assessment, answer.key))
    return _drawn(answer.term.type, adds, total, takes, limits, last)


@frozen(eq=False, repr=False)
class _Look:
    assessment: Assessment
    numbers: Numbers

    def parts_of(self, step: Step, deepest: int) -> tuple[list[Amount], list[Amount], Amount | None] | None:
        """What a step's value adds up from, what limits and rounding change of it, and what its parts come to by name."""
        node = tellings(self.assessment.graph)[step.term].choose(self.assessment.graph, step)[0]
        frame = step.frame
        wrappers = []
        while node.mechanism in _WRAPPERS:
            wrappers.append(node)
            node = node.args[0]
        if node.mechanism not in ("sum", "sum over") or not isinstance(frame.cells[node.index], int):
            return None
        terms = list(self._amounts(frame, node, 1, ""))
        if any(amount is None for amount, _ in terms):
            return None
        parts: list[Amount] = []
        total: Amount | None = None
        for amount, below in terms:
            assert amount is not None
            inner = self._inner(below, deepest) if below is not None else None
            if inner is None:
                parts += [amount] if amount.value else []
                continue
            signed = [_signed(part, amount.value < 0) for part in inner]
            parts += signed
            if amount.value > 0 and len(signed) > 1:
                total = amount if total is None else None
        adding = sum(1 for amount, _ in terms if amount and amount.value > 0)
        return parts, list(self._limits(frame, node, wrappers)), total if adding == 1 else None

    def _inner(self, step: Step, deepest: int) -> list[Amount] | None:
        """The parts of a part, where they only add and nothing limits them."""
        if deepest == 0:
            return None
        found = self.parts_of(step, deepest - 1)
        if found is None:
            return None
        parts, limits, _ = found
        if limits or not parts or any(part.value < 0 for part in parts):
            return None
        return parts

    def _amounts(self, frame: Frame, node: Node, sign: int, whose: str) -> Iterator[tuple[Amount | None, Step | None]]:
        """The addends of a sum, each with the step that it is the value of."""
        if node.mechanism == "sum":  # whose factors bring its addends to one scale; of each, only the sign is told
            for own, arg in zip(node.detail, node.args, strict=True):
                yield from self._amounts(frame, arg, sign if own > 0 else -sign, whose)
            return
        if node.mechanism == "sum over" and node.detail.operand is not None:
            over: OverMembers = node.detail
            for working in frame.inner.get(node.index, ()):
                if working.belongs is not False:
                    assert working.operand is not None and over.operand is not None
                    yield from self._amounts(working.operand, over.operand.root, sign, member_name(frame, node, working))
            return
        value = frame.cells[node.index]
        if not isinstance(value, int):
            yield None, None
            return
        below = self._step(frame, node)
        if below is not None:
            whose = self.assessment.world.names[below.path]
            number = self.numbers.of(self.assessment, below.key)
            yield Amount(below.term.title, whose, sign * value, node.scale, number), below
        else:
            yield Amount(in_words(self.assessment.graph, node), whose, sign * value, node.scale), None

    def _step(self, frame: Frame, node: Node) -> Step | None:
        if not isinstance(node.detail, TermRead):
            return None
        number = frame.number_read(node.detail)
        return None if number is None else self.assessment.by_key.get((node.detail.term, number))

    def _limits(self, frame: Frame, base: Node, wrappers: Sequence[Node]) -> Iterator[Amount]:
        """What each limit or rounding changed."""
        before, scale = frame.cells[base.index], base.scale
        for wrapper in reversed(wrappers):
            after = frame.cells[wrapper.index]
            if isinstance(before, int) and isinstance(after, int):
                common = lcm(scale, wrapper.scale)
                change = after * (common // wrapper.scale) - before * (common // scale)
                if change:
                    words = words_of(limit_words(InWords(self.assessment.graph), wrapper))
                    yield Amount(words[:1].upper() + words[1:], "", change, common)
            before, scale = after, wrapper.scale


def _signed(amount: Amount, negative: bool) -> Amount:
    value = -amount.value if negative else amount.value
    return Amount(amount.title, amount.whose, value, amount.scale, amount.step)


# ---- where each bar stands ------------------------------------------------------------------------------------------


def _drawn(
    type_: Type, adds: list[Amount], total: Amount | None, takes: list[Amount], limits: list[Amount], last: Amount
) -> Waterfall | None:
    scale = lcm(last.scale, *[amount.scale for amount in (*adds, *takes, *limits)])
    rows: list[tuple[Amount, Kind, int, int]] = []
    running = 0
    for amounts, kind in ((adds, "adds"), (takes, "takes"), (limits, "limit")):
        for amount in amounts:
            after = running + amount.value * (scale // amount.scale)
            rows.append((amount, kind, running, after))  # type: ignore[arg-type]
            running = after
        if kind == "adds" and total is not None and takes:
            rows.append((total, "comes to", 0, running))
    if running * last.scale != last.value * scale or (not running and not rows):
        return None
    rows.append((last, "comes to", 0, running))
    low = min(0, *[min(start, end) for _, _, start, end in rows])
    width = max(0, *[max(start, end) for _, _, start, end in rows]) - low or 1
    place = [((start - low) * 1000 // width, (end - low) * 1000 // width) for _, _, start, end in rows]
    write = {amount.scale: writer(type_, amount.scale, False) for amount, *_ in rows}
    bars = tuple(
        Bar(
            title=amount.title,
            whose=amount.whose,
            value=write[amount.scale](amount.value),
            kind=kind,
            step=amount.step,
            start=start,
            end=end,
            lines=tuple(wrap(f"{amount.title} ({amount.whose})" if amount.whose else amount.title, 34)),
        )
        for (amount, kind, _, _), (start, end) in zip(rows, place, strict=True)
    )
    return Waterfall(last.title, last.whose, str(type_), bars)
