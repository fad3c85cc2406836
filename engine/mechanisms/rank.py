"""Rank: the place of a member among those of a group, by one or more keys (S25)."""

from __future__ import annotations

from collections.abc import Sequence

from engine import types
from engine.mechanisms.base import MAX_MEMBERS, Frame, Mechanism, MemberWorking, Run, Scope, known, quoted, strict
from engine.mechanisms.groups import over_members
from engine.nodes import Formula, MembersRead, Node, OverMembers
from engine.values import Refusal, Value, merged
from grammar import syntax
from grammar.source import Span


def keys(scope: Scope, firsts: Sequence[syntax.RankKey], nodes: Sequence[Node], span: Span) -> Node:
    """By what members are compared, in turn: the operand of a rank; `detail` is which end of each key comes first."""
    if not known(*nodes):
        return scope.unknown(span)
    for key, node in zip(firsts, nodes, strict=True):
        if not node.type.is_date and not node.type.is_number:
            return scope.refuse(
                "not-a-number",
                f"{quoted(node)} is {node.type}, and has no order.",
                key.span,
                str(node.type),
                "Rank by an amount, a number or a date.",
            )
        wanted = ("earliest", "latest") if node.type.is_date else ("highest", "lowest")
        if key.first not in wanted:
            meant = wanted[(key.first in ("latest", "highest")) == (wanted[0] == "earliest")]
            return scope.refuse(
                "not-a-date" if node.type.is_number else "date-arithmetic",
                f"{quoted(node)} is {node.type}; which of them is the {key.first} cannot be said.",
                key.span,
                str(node.type),
                f"Write `{meant} {key.term.name}`.",
            )
    return scope.node("keys", nodes, types.NUMBER, span, detail=tuple(key.first for key in firsts))


def prepare_keys(node: Node, runs: tuple[Run, ...]) -> Run:
    """The values of the keys, one after another; they stay inside the working of their rank."""
    return strict(node, runs, lambda *values: values)


def rank(scope: Scope, members: MembersRead, by: Formula, ties: str | None, span: Span) -> Node:
    """`rank among g by highest a then earliest b`: 1 for the first, 0 for one who is not in the group."""
    if not known(by.root):
        return scope.unknown(span)
    detail = OverMembers(members, by, ties)
    return scope.node("rank", (), types.WHOLE, span, low=0, high=MAX_MEMBERS, detail=detail)


def prepare_rank(node: Node, runs: tuple[Run | None, ...]) -> Run:
    return over_members(node, runs, _rank)


def _rank(frame: Frame, node: Node, workings: Sequence[MemberWorking]) -> Value:
    own = next((w for w in workings if w.member == frame.me), None)
    if own is None or own.belongs is False:
        return 0
    refused = [value for w in workings for value in (w.belongs, w.value) if isinstance(value, Refusal)]
    if refused:
        return merged(refused)
    firsts: tuple[str, ...] = node.detail.operand.root.detail
    ties: str | None = node.detail.ties
    mine = own.value
    before, alike = 0, []
    for w in workings:
        if w.member == own.member or w.belongs is False:
            continue
        order = _order(firsts, w.value, mine)
        if order < 0 or (order == 0 and ties == "listed" and w.member < own.member):
            before += 1
        elif order == 0:
            alike.append(w.member)
    if alike and ties is None:
        paths = frame.world.paths[node.detail.members.member]
        others = " and ".join(frame.world.names[paths[member]] for member in alike)
        return frame.refusal(
            "alike", f"{frame.world.names[paths[frame.me]]} and {others} are alike in every key, so none comes before the other."
        )
    return before + 1


def _order(firsts: tuple[str, ...], theirs: object, mine: object) -> int:
    """-1 where they come before me, 1 after, 0 alike in every key."""
    assert isinstance(theirs, tuple) and isinstance(mine, tuple)
    for first, a, b in zip(firsts, theirs, mine, strict=True):
        if a != b:
            return -1 if (a > b) == (first in ("highest", "latest")) else 1
    return 0


MECHANISMS = (
    Mechanism("keys", prepare_keys),
    Mechanism("rank", prepare_rank),
)
