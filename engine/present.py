"""Who there is on a day, and what is known of each: the world in which formulas are worked out (S35, S54)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from engine.cases.facts import Case, Fact, Member
from engine.checking.vocabulary import Role
from engine.graph import Graph, Term
from engine.mechanisms.base import Elsewhen, World
from engine.values import Exact, Reason, Refusal, Value, day_words

Key = tuple[int, int]
"""A term's index and the number of the entity for which it is worked out."""


def world_of(graph: Graph, case: Case, elsewhen: Elsewhen) -> World:
    """The members there on the day, numbered by kind; a member whose container is not there is not there either."""
    paths: dict[str | None, list[tuple[str, ...]]] = {entity: [] for entity in graph.vocabulary.order}
    paths[None] = [()]
    number: dict[int, int] = {}
    containing: dict[str, list[int | None]] = {entity: [] for entity in graph.vocabulary.order}
    for place, member in enumerate(case.members):
        if not member.there(case.on) or (member.parent is not None and member.parent not in number):
            continue
        number[place] = len(paths[member.entity])
        paths[member.entity].append(member.path)
        containing[member.entity].append(None if member.parent is None else number[member.parent])
    up: dict[tuple[str, str], list[int]] = {}
    below: dict[tuple[str, str], list[tuple[int, ...]]] = {}
    for entity in graph.vocabulary.order:
        inner, places = entity, list(range(len(paths[entity])))
        for container in graph.vocabulary.containers(entity):
            places = [above for place in places if (above := containing[inner][place]) is not None]
            up[entity, container] = places
            inside: list[list[int]] = [[] for _ in paths[container]]
            for member_number, above in enumerate(places):
                inside[above].append(member_number)
            below[container, entity] = [tuple(members) for members in inside]
            inner = container
    holders = {role.name: _holders(role, case, number, paths, up) for role in graph.vocabulary.roles.values()}
    return World(
        on=case.on,
        graph=graph,
        store=[[] for _ in graph.terms],
        elsewhen=elsewhen,
        paths=paths,
        up=up,
        below=below,
        holders=holders,
        facts={},
        names=_names(case),
    )


def _names(case: Case) -> dict[tuple[str, ...], str]:
    """What each is called: as little of its path, from its own identifier up, as no other's ends with."""
    kinds = {member.path: member.entity for member in case.members}
    bearers = Counter(path[-length:] for path in kinds for length in range(1, len(path) + 1))
    names: dict[tuple[str, ...], str] = {(): ""}
    for path in kinds:
        length = next((n for n in range(1, len(path)) if bearers[path[-n:]] == 1), len(path))
        above = [path[: len(path) - i] for i in range(1, length)]
        names[path] = ", ".join([path[-1], *(f"{kinds[outer].replace('_', ' ')} {outer[-1]}" for outer in above)])
    return names


def _holders(
    role: Role,
    case: Case,
    number: Mapping[int, int],
    paths: Mapping[str | None, Sequence[tuple[str, ...]]],
    up: Mapping[tuple[str, str], Sequence[int]],
) -> list[tuple[int, ...]]:
    """For each entity in which a role is held, who holds it on the day."""
    found: list[list[int]] = [[] for _ in paths[role.owner]]
    for place, me in number.items():
        member = case.members[place]
        if role.name in member.roles and member.entity == role.holder:
            found[up[role.holder, role.owner][me]].append(me)
    return [tuple(holders) for holders in found]


def inputs(graph: Graph, case: Case, world: World, strict: bool, on_other_day: bool = False) -> dict[Key, Fact | None]:
    """Every input's value for every entity: given, else the default written in the rules, else a refusal (S35)."""
    day = case.on if on_other_day else None
    used: dict[Key, Fact | None] = {}
    there: dict[str | None, list[Member]] = {entity: [] for entity in world.paths}
    there[None].append(case.everyone)
    paths = {entity: set(found) for entity, found in world.paths.items()}
    for member in case.members:
        if member.path in paths[member.entity]:
            there[member.entity].append(member)
    for term in graph.terms:
        if term.kind != "input":
            continue
        values = world.store[term.index]
        for me, member in enumerate(there[term.entity]):
            fact = member.fact(term.name, case.on, case.known)
            if fact is not None and fact.value is not None:
                used[term.index, me] = fact
                values.append(fact.value)
            else:
                used[term.index, me] = None
                values.append(_not_given(term, world.paths[term.entity][me], world.names, strict, day))
    return used


def _not_given(term: Term, path: tuple[str, ...], names: Mapping[tuple[str, ...], str], strict: bool, day: date | None) -> Value:
    whose = (f" of {names[path]}" if path else "") + (f" on {day_words(day)}" if day else "")
    if term.default is None:
        message = f"{term.title}{whose} is not given, and the rules state no default."
        return Refusal((Reason("missing fact", message, term.identity, path, term.citation, day),))
    if strict:
        shown = Exact(term.default, term.type, term.scale).words()  # type: ignore[arg-type]
        message = f"{term.title}{whose} is not given; the default ({shown}) would have to be assumed."
        return Refusal((Reason("assumed fact", message, term.identity, path, term.citation, day),))
    return term.default
