"""Groups, and what is said of their members: sum, highest, latest, count, any, all, none … (S21 to S23, S37)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine import types
from engine.mechanisms.arithmetic import need_numbers
from engine.mechanisms.base import MAX_MEMBERS, DayWorking, Frame, Mechanism, MemberWorking, Run, Scope, known, quoted
from engine.mechanisms.conditions import decided, need_conditions
from engine.nodes import Formula, MembersRead, Node, OverMembers
from engine.values import Members, Refusal, Value, merged
from grammar.source import Span


def group(scope: Scope, members: MembersRead, span: Span) -> Node:
    """The members of an entity for which a condition is yes; the value of a group."""
    return scope.node("members", (), types.MEMBERS, span, detail=OverMembers(members, None))


def count(scope: Scope, members: MembersRead, span: Span) -> Node:
    return scope.node("count", (), types.WHOLE, span, low=0, high=MAX_MEMBERS, detail=OverMembers(members, None))


def aggregate(scope: Scope, which: str, members: MembersRead, operand: Formula, span: Span) -> Node:
    """`sum of x over g`, `highest of x over g`, `lowest of x over g`."""
    root = operand.root
    if not known(root):
        return scope.unknown(span)
    if which in ("earliest", "latest"):
        if root.type.is_date:
            return scope.node(which, (), root.type, span, detail=OverMembers(members, operand))
        other = "lowest" if which == "earliest" else "highest"
        return scope.refuse(
            "not-a-date", f"{quoted(root)} is {root.type}, not a date.", root.span, str(root.type), f"Write `{other} of …`."
        )
    if which != "sum" and root.type.is_date:
        other = "earliest" if which == "lowest" else "latest"
        return scope.refuse(
            "date-arithmetic",
            f"{quoted(root)} is a date, and dates are earlier or later, not {which}.",
            root.span,
            "a date",
            f"Write `{other} of …`.",
        )
    if not need_numbers(scope, [root], "added up" if which == "sum" else "compared in size"):
        return scope.unknown(span)
    low, high = root.low, root.high
    if which == "sum":
        low = None if low is None else min(0, low * MAX_MEMBERS)
        high = None if high is None else max(0, high * MAX_MEMBERS)
    return scope.node(
        "sum over" if which == "sum" else which,
        (),
        root.type,
        span,
        scale=root.scale,
        low=low,
        high=high,
        detail=OverMembers(members, operand),
    )


def quantified(scope: Scope, which: str, members: MembersRead, condition: Formula, span: Span) -> Node:
    """`any of g meet c`, `all of g meet c`, `none of g meet c`."""
    if not known(condition.root) or not need_conditions(scope, [condition.root]):
        return scope.unknown(span)
    return scope.node(which, (), types.YES_NO, span, detail=OverMembers(members, condition))


# ---- working out ----------------------------------------------------------------------------------------------------


def _candidates(read: MembersRead, frame: Frame) -> Members | Refusal:
    """Who is in the group, or inside the entity; a group that is not in force refuses."""
    world = frame.world
    me = frame.number_of(read.reader, read.owner)
    if read.role is not None:
        return tuple((member, None) for member in world.holders[read.role][me])
    if read.group is None:
        return tuple((member, None) for member in world.below[read.owner, read.member][me])
    found: Members | Refusal = world.store[read.group][me]
    return found


def _workings(node: Node, where: Run | None, operand: Run | None, frame: Frame, candidates: Members) -> list[MemberWorking]:
    """Each candidate's membership and value, recorded in the frame under the node."""
    detail: OverMembers = node.detail
    read, world = detail.members, frame.world
    found = []
    for member, doubt in candidates:
        belongs: bool | Refusal = True if doubt is None else doubt
        where_frame = operand_frame = None
        value: Value | None = None
        if where is not None and read.where is not None:
            where_frame = Frame(world, read.where, member, frame.term, frame.citation)
            belongs = decided([belongs, where(where_frame)], decides=False)  # type: ignore[assignment]
        if operand is not None and detail.operand is not None and belongs is not False:
            operand_frame = Frame(world, detail.operand, member, frame.term, frame.citation)
            value = operand(operand_frame)
        found.append(MemberWorking(member, belongs, where_frame, operand_frame, value))
    frame.inner[node.index] = tuple(found)
    return found


Working = MemberWorking | DayWorking
Finish = Callable[[Frame, Node, Sequence[Any]], Value]


def prepare_over_members(node: Node, runs: tuple[Run | None, ...]) -> Run:
    """The parts are not arguments but formulas of the members: the condition on them, and what is worked out for each."""
    return over_members(node, runs, FINISH[node.mechanism])


def over_members(node: Node, runs: tuple[Run | None, ...], finish: Finish) -> Run:
    """Works out who belongs and the operand of each, and hands them to `finish`."""
    where, operand = runs
    index = node.index

    def run(frame: Frame) -> Value:
        candidates = _candidates(node.detail.members, frame)
        value: Value = (
            candidates
            if isinstance(candidates, Refusal)
            else finish(frame, node, _workings(node, where, operand, frame, candidates))
        )
        frame.cells[index] = value
        return value

    return run


def _members(frame: Frame, node: Node, workings: Sequence[MemberWorking]) -> Value:
    return tuple((w.member, w.belongs if isinstance(w.belongs, Refusal) else None) for w in workings if w.belongs is not False)


def doubts(workings: Sequence[Working]) -> list[Value]:
    """Refusals of membership, and of the values of those who may belong."""
    found: list[Value] = [w.belongs for w in workings if isinstance(w.belongs, Refusal)]
    return found + [w.value for w in workings if isinstance(w.value, Refusal)]


def counted(workings: Sequence[Working]) -> list[Value]:
    return [w.value for w in workings if w.belongs is True and w.value is not None]


def _count(frame: Frame, node: Node, workings: Sequence[Working]) -> Value:
    unknown = doubts(workings)
    return merged(unknown) if unknown else sum(w.belongs is True for w in workings)


def _sum(frame: Frame, node: Node, workings: Sequence[Working]) -> Value:
    unknown = doubts(workings)
    return merged(unknown) if unknown else sum(counted(workings))  # type: ignore[arg-type]


def _extreme(frame: Frame, node: Node, workings: Sequence[Working]) -> Value:
    unknown = doubts(workings)
    values = counted(workings)
    if unknown:
        return merged(unknown)
    if not values:
        name = node.detail.members.name
        return frame.refusal("nobody", f"There is nobody in `{name}`, so there is no {node.mechanism}.")
    return max(values) if node.mechanism in ("highest", "latest") else min(values)


def _parts(workings: Sequence[Working], decides: bool) -> list[Value]:
    """Of each candidate: belongs and meets (for any), or does not belong or meets (for all)."""
    parts: list[Value] = []
    for w in workings:
        if w.belongs is False:
            continue
        assert w.value is not None
        if isinstance(w.belongs, Refusal) and w.value is not (not decides):
            parts.append(merged((w.belongs, w.value)))
        else:
            parts.append(w.value)
    return parts


def _any(frame: Frame, node: Node, workings: Sequence[Working]) -> Value:
    return decided(_parts(workings, decides=True), decides=True)


def _all(frame: Frame, node: Node, workings: Sequence[Working]) -> Value:
    return decided(_parts(workings, decides=False), decides=False)


def _none(frame: Frame, node: Node, workings: Sequence[Working]) -> Value:
    found = _any(frame, node, workings)
    return found if isinstance(found, Refusal) else not found


FINISH: dict[str, Finish] = {
    "members": _members,
    "count": _count,
    "sum over": _sum,
    "highest": _extreme,
    "lowest": _extreme,
    "earliest": _extreme,
    "latest": _extreme,
    "any": _any,
    "all": _all,
    "none": _none,
}

MECHANISMS = tuple(Mechanism(name, prepare_over_members) for name in FINISH)
