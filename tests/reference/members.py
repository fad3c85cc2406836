"""Groups, and what is said of their members (S22, S23, S25, S37)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grammar import syntax as s
from tests.reference import days
from tests.reference.people import Member
from tests.reference.question import Here
from tests.reference.results import Refused, conjunction, disjunction, gathered, negation

Candidates = list[tuple[Member, bool | Refused]]
"""Those who may belong, and whether each does."""


def belonging(members: s.Members, here: Here) -> Candidates | Refused:
    """The members of a group, an entity or a role below the one who is read for, narrowed by `where`."""
    here.saw(members)
    candidates = here.question.candidates(members.group, here.me)
    if isinstance(candidates, Refused) or members.where is None:
        return candidates
    return narrowed(candidates, members.where, here)


def narrowed(candidates: Candidates, condition: s.Expr, here: Here) -> Candidates:
    """Those of some who meet a condition: each belongs, *and* meets it. Of one who does not belong it is not asked."""
    both = [
        (member, conjunction([belongs, here.of(member).value(condition)]))
        for member, belongs in candidates
        if belongs is not False
    ]
    return [(member, belongs) for member, belongs in both if belongs is not False]


def _certain(members: s.Members, here: Here) -> list[Member] | Refused:
    """Who belongs, where that is known of everybody."""
    candidates = belonging(members, here)
    if isinstance(candidates, Refused):
        return candidates
    return gathered(belongs for _, belongs in candidates) or [member for member, _ in candidates]


def count(expr: s.Count, here: Here) -> Any:
    if isinstance(expr.members, s.Days):
        return days.count(expr.members, here)
    found = _certain(expr.members, here)
    return found if isinstance(found, Refused) else Fraction(len(found))


def aggregate(expr: s.Aggregate, here: Here) -> Any:
    """`sum of … over`, and the highest, lowest, earliest or latest, of which there is none where there is nobody (S23).

    The operand is needed of everyone who belongs or may belong.
    """
    if isinstance(expr.members, s.Days):
        return days.aggregate(expr, expr.members, here)
    candidates = belonging(expr.members, here)
    if isinstance(candidates, Refused):
        return candidates
    values = [here.of(member).value(expr.operand) for member, _ in candidates]
    refused = gathered([*(belongs for _, belongs in candidates), *values])
    if refused:
        return refused
    if expr.which == "sum":
        return sum(values, Fraction(0))
    if not values:
        return here.refused("nobody")
    return max(values) if expr.which in ("highest", "latest") else min(values)


def quantified(expr: s.Quantified, here: Here) -> Any:
    """`any of … meet`: there is one who belongs, and meets it; `none of` is its opposite; `all of`: no one who does not."""
    candidates = belonging(expr.members, here)
    if isinstance(candidates, Refused):
        return candidates
    meets = [(belongs, here.of(member).value(expr.condition)) for member, belongs in candidates]
    if expr.which == "all":
        return negation(disjunction(conjunction([belongs, negation(met)]) for belongs, met in meets))
    any_of = disjunction(conjunction(pair) for pair in meets)
    return any_of if expr.which == "any" else negation(any_of)


def rank(expr: s.Rank, here: Here) -> Any:
    """1 plus those who come before by the keys in turn; 0 for one who is not in the group (S25)."""
    candidates = here.question.candidates(expr.group, here.me)
    if isinstance(candidates, Refused):
        return candidates
    mine = next((belongs for member, belongs in candidates if member is here.me), False)
    if mine is False:
        return Fraction(0)
    keys = {member: [here.term(key.term.name, member) for key in expr.keys] for member, _ in candidates}
    refused = gathered([*(belongs for _, belongs in candidates), *(key for each in keys.values() for key in each)])
    if refused:
        return refused
    others = [member for member, _ in candidates if member is not here.me]
    place = [member for member, _ in candidates].index(here.me)
    order = [_comes_before(keys[other], keys[here.me], expr.keys) for other in others]
    if None in order and expr.ties is None:
        return here.refused("alike")
    before = order.count(True)
    if expr.ties == "listed":
        before += order[:place].count(None)
    return Fraction(1 + before)


def _comes_before(one: list[Any], other: list[Any], keys: tuple[s.RankKey, ...]) -> bool | None:
    """By the first key in which they differ; None where they are alike in every key."""
    for a, b, key in zip(one, other, keys, strict=True):
        if a != b:
            return bool(a > b) == (key.first in ("highest", "latest"))
    return None


MEANINGS: dict[type, Callable[[Any, Here], Any]] = {
    s.Aggregate: aggregate,
    s.Count: count,
    s.Quantified: quantified,
    s.Rank: rank,
}
"""The phrases about members."""
