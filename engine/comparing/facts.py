"""Two cases beside each other, and the cases between them: what is known of each person, who is there, and in which roles.

Of one case on two days (or as known on two) the facts that differ are those in force; of two cases, all that is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from attrs import evolve, frozen

from engine.cases.facts import Case, Fact, Member
from engine.checking.vocabulary import Vocabulary
from engine.values import Value

Path = tuple[str, ...]


@frozen(eq=False, repr=False)
class FactCause:
    """Something of a case that is not the same on both sides: a fact, who is there, in which role, or in which order."""

    kind: Literal["fact", "there", "gone", "roles", "order"]
    path: Path
    """Whose; empty for what is nobody's own, and for the order of all."""
    entity: str | None
    name: str
    """Of a fact, its input; else ""."""
    before: tuple[Fact, ...]
    """What is given on either side, as far as it differs."""
    after: tuple[Fact, ...]


@frozen(eq=False, repr=False)
class DayCause:
    """The passing of time itself: ages, and all that is counted to the day of the award."""

    before: date
    after: date


# ---- one case on two days -------------------------------------------------------------------------------------------


def facts_in_time(before: Case, after: Case, vocabulary: Vocabulary) -> tuple[FactCause, ...]:
    """What of a case is another on the second day (or as known then), in the order of the days from which it is so."""
    found: list[tuple[date, FactCause]] = []
    for member, other in zip((*before.members, before.everyone), (*after.members, after.everyone), strict=True):
        was, is_there = member.there(before.on), other.there(after.on)
        if was != is_there:
            start = (other.start or date.min) if is_there else (member.end or date.min)
            found.append((start, FactCause("there" if is_there else "gone", member.path, member.entity, "", (), ())))
        elif was:
            found += _facts_of_one(member, before, after, vocabulary)
    return tuple(cause for _, cause in sorted(found, key=lambda one: one[0]))


def _facts_of_one(member: Member, before: Case, after: Case, vocabulary: Vocabulary) -> Iterator[tuple[date, FactCause]]:
    for name in _in_order(vocabulary, member.facts):
        old, new = member.fact(name, before.on, before.known), member.fact(name, after.on, after.known)
        if _value(old) != _value(new):
            start = (new.start if new else old.end if old else None) or date.min
            yield start, FactCause("fact", member.path, member.entity, name, _given(old), _given(new))
        elif before.on == after.on:  # of other days, at which a rule may look, something else may have been reported
            was, is_known = (_admitted(member.facts[name], case.known) for case in (before, after))
            if was != is_known:
                yield date.min, FactCause("fact", member.path, member.entity, name, was, is_known)


def case_in_time(before: Case, after: Case, applied: Collection[FactCause]) -> Case:
    """The case of the first day with some of what is so on the second."""
    of: dict[Path, list[FactCause]] = {}
    for cause in applied:
        of.setdefault(cause.path, []).append(cause)
    members = tuple(_member_in_time(member, of.get(member.path, ()), before.on, after) for member in before.members)
    everyone = _member_in_time(before.everyone, of.get((), ()), before.on, after)
    return evolve(before, members=members, everyone=everyone)


def _member_in_time(member: Member, causes: Sequence[FactCause], on: date, after: Case) -> Member:
    for cause in causes:
        match cause.kind:
            case "there":
                found = {name: member.fact(name, after.on, after.known) for name in member.facts}
                facts_then = {name: (Fact(fact.value),) for name, fact in found.items() if fact is not None}
                member = evolve(member, start=None, end=None, facts=facts_then)
            case "gone":
                member = evolve(member, end=on - timedelta(days=1))
            case _ if on == after.on:
                facts_as_known = {**member.facts, cause.name: _admitted(member.facts[cause.name], after.known)}
                member = evolve(member, facts=facts_as_known)
            case _:
                facts = [_ended(fact, on) for fact in member.facts[cause.name] if fact.start is None or fact.start < on]
                facts += [Fact(_value(_one(cause.after)), start=on)]
                member = evolve(member, facts={**member.facts, cause.name: tuple(facts)})
    return member


def _admitted(facts: Sequence[Fact], known: date | None) -> tuple[Fact, ...]:
    """What counts of the facts of one input as known on a day, for every day, in order; of one day the latest report counts."""
    latest: dict[date | None, Fact] = {}
    for fact in facts:
        if fact.begun(date.max, known):
            other = latest.get(fact.start)
            if other is None or (other.reported or date.min) < (fact.reported or date.min):
                latest[fact.start] = fact
    return tuple(evolve(latest[day], reported=None) for day in sorted(latest, key=lambda day: day or date.min))


def _ended(fact: Fact, on: date) -> Fact:
    """What was given before, up to the day before."""
    return evolve(fact, end=on - timedelta(days=1)) if fact.end is None or fact.end >= on else fact


# ---- two cases ------------------------------------------------------------------------------------------------------


def facts_of_two(before: Case, after: Case, vocabulary: Vocabulary) -> tuple[FactCause, ...]:
    """What differs between two cases: by person in the order of the first case, and then as the rules list what is asked."""
    old, new = _by_path(before), _by_path(after)
    found: list[FactCause] = []
    for path in dict.fromkeys([*old, *new]):
        one, other = old.get(path), new.get(path)
        if one is None or other is None:
            if path[:-1] in (old if one is not None else new) and path[:-1] not in (new if one is not None else old):
                continue  # it comes and goes with what contains it
            member = one or other
            assert member is not None
            found.append(FactCause("there" if one is None else "gone", path, member.entity, "", (), ()))
            continue
        if (one.start, one.end) != (other.start, other.end) or set(one.roles) != set(other.roles):
            found.append(FactCause("roles", path, one.entity, "", (), ()))
        for name in _in_order(vocabulary, {**one.facts, **other.facts}):
            given = one.facts.get(name, ()), other.facts.get(name, ())
            if {_said(fact) for fact in given[0]} != {_said(fact) for fact in given[1]}:
                found.append(FactCause("fact", path, None if path == () else one.entity, name, *given))
    return tuple(found)


ORDER = FactCause("order", (), None, "", (), ())
"""They are listed in another order: a cause only where a rule takes those who are alike as they are listed (S25)."""


def case_of_two(before: Case, after: Case, applied: Collection[FactCause]) -> Case:
    """The first case with some of what is so in the second."""
    old, new = _by_path(before), _by_path(after)
    members: dict[Path, Member] = dict(old)
    for cause in applied:
        path = cause.path
        match cause.kind:
            case "there":
                members.update({other: member for other, member in new.items() if other[: len(path)] == path})
            case "gone":
                members = {other: member for other, member in members.items() if other[: len(path)] != path}
            case "roles":
                other = new[path]
                members[path] = evolve(members[path], roles=other.roles, start=other.start, end=other.end)
            case "fact":
                facts = {**members[path].facts, cause.name: cause.after}
                members[path] = evolve(members[path], facts={name: given for name, given in facts.items() if given})
    everyone = members.pop(())
    if ORDER in applied:
        listed = iter([path for path in new if path in members])
        in_order = [next(listed) if path in new else path for path in members]
        members = {path: members[path] for path in sorted(in_order, key=len)}  # what contains somebody stands before them
    places = {path: number for number, path in enumerate(members)}
    inside = tuple(evolve(member, parent=places.get(path[:-1])) for path, member in members.items())
    return evolve(before, members=inside, everyone=everyone)


def alike(before: Case, after: Case) -> Case:
    """The second case with its one household called as that of the first, where each has one: whose it is has no name."""
    roots = [[member for member in case.members if member.parent is None] for case in (before, after)]
    if not all(len(found) == 1 for found in roots) or roots[0][0].entity != roots[1][0].entity:
        return after
    name = roots[0][0].path[0]
    return evolve(after, members=tuple(evolve(member, path=(name, *member.path[1:])) for member in after.members))


def _by_path(case: Case) -> dict[Path, Member]:
    return {(): case.everyone, **{member.path: member for member in case.members}}


def _in_order(vocabulary: Vocabulary, facts: Mapping[str, object]) -> list[str]:
    """Names of facts as the rules declare them."""
    return [name for name in vocabulary.inputs if name in facts]


def _said(fact: Fact) -> tuple[object, ...]:
    return fact.value, fact.start, fact.end, fact.reported


def _value(fact: Fact | None) -> Value | None:
    return None if fact is None else fact.value


def _given(fact: Fact | None) -> tuple[Fact, ...]:
    return () if fact is None else (fact,)


def _one(facts: tuple[Fact, ...]) -> Fact | None:
    return facts[0] if facts else None
