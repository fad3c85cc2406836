"""What of the law is not encoded: what of it this case touches, what was seen not to touch it, and what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.book.places import order_of
from engine.values import Reason, refusal_of
from explain.telling.numbers import Numbers
from explain.telling.working import why_of

_UNWRITTEN = ("not encoded", "discretionary")


@frozen(eq=False, repr=False)
class Touching:
    """A gap that refuses something of this case, and the steps that it refuses."""

    place: str
    why: str
    steps: tuple[int, ...]


@frozen(eq=False, repr=False)
class Aside:
    """A provision without a term of which was seen that it does not touch this case, and why not."""

    place: str
    why: str
    not_here: str
    steps: tuple[int, ...]


@frozen(eq=False, repr=False)
class Left:
    """A provision of an instrument relied on that is not encoded, or is left to somebody's discretion."""

    place: str
    kind: str
    why: str


@frozen(eq=False, repr=False)
class Gaps:
    touching: tuple[Touching, ...]
    aside: tuple[Aside, ...]
    left: Mapping[str, tuple[Left, ...]]
    """By the title of its instrument."""

    @property
    def left_count(self) -> int:
        return sum(map(len, self.left.values()))


def gaps(assessment: Assessment, numbers: Numbers, instruments: Iterable[str]) -> Gaps:
    """All three kinds, of the steps of every day; `instruments` are the titles of those that are relied on."""
    return Gaps(_touching(numbers), _aside(numbers), _left(assessment, frozenset(instruments)))


def _touching(numbers: Numbers) -> tuple[Touching, ...]:
    found: dict[Reason, list[int]] = {}
    for day, step in numbers.steps:
        refusal = refusal_of(step.value)
        for reason in refusal.reasons if refusal else ():
            if reason.kind in _UNWRITTEN:
                found.setdefault(reason, []).append(numbers.of(day, step.key))
    return tuple(Touching(reason.citation or "", reason.message, tuple(steps)) for reason, steps in found.items())


def _aside(numbers: Numbers) -> tuple[Aside, ...]:
    found: dict[tuple[str, str, str], list[int]] = {}
    for day, step in numbers.steps:
        for place, why, not_here in _seen_not_to_touch(day, step):
            found.setdefault((place, why, not_here), []).append(numbers.of(day, step.key))
    return tuple(Aside(*said, tuple(steps)) for said, steps in found.items())


def _seen_not_to_touch(day: Assessment, step: Step) -> Iterable[tuple[str, str, str]]:
    in_force = step.term.in_force
    root = step.frame.formula.root
    if in_force is None or root.mechanism != "affected":
        return
    for reason, affected, condition in zip(root.detail, in_force.affected, root.args[1:], strict=True):
        if step.frame.cells[condition.index] is False:
            yield str(reason.cites[0]), affected.by.text.why, why_of(day.graph, condition)(step.frame)


def _left(assessment: Assessment, instruments: frozenset[str]) -> Mapping[str, tuple[Left, ...]]:
    found: dict[str, list[Left]] = {}
    for unwritten in assessment.graph.book.unwritten:
        for cite in unwritten.authority.cites[:1]:
            if cite.instrument in instruments:
                left = Left(cite.text, unwritten.text.kind, unwritten.text.why)
                found.setdefault(cite.instrument or "", []).append(left)
    return {title: tuple(sorted(each, key=lambda left: order_of(left.place))) for title, each in found.items()}
