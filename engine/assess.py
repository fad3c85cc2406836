"""Graph and case to assessment: every term that is asked for worked out, once, in the order of the graph.

Terms are worked out whether or not a case takes them; which of them an answer needs is read from what each formula did
(S37: need is lazy, and does not depend on order). No recursion follows from the size of a rule book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from engine.assessment import Assessment, FactUse, Step
from engine.facts import Case, Fact, Member
from engine.graph import Graph, Term
from engine.mechanisms.base import Frame, World
from engine.nodes import Formula, OverMembers, TermRead
from engine.values import Exact, Reason, Refusal, Value
from engine.vocabulary import Role
from grammar.problems import Problem
from grammar.words import closest

MOST_BITS = 540
"""Of a value over its scale: a hundred digits before the point and sixty after it."""

Key = tuple[int, int]
"""A term's index and the number of the entity for which it is worked out."""


def asked_terms(graph: Graph, names: Sequence[str]) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """The terms of these names; of none, what is paid (the rules marked `payable`)."""
    if not names:
        if graph.awards:
            return graph.awards, ()
        fix = "Mark the award with `payable by the day`, or ask for a term by its name (`--of NAME`)."
        return (), (Problem(code="nothing-asked", message="No rule in force is marked as what is paid.", fix=fix),)
    found: list[Term] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        term = graph.by_name.get(name)
        if term is not None:
            found.append(term)
            continue
        near = closest(name, graph.by_name)
        ask = f"Ask for `{near}`." if near else None
        problems.append(Problem(code="unknown-name", message=f"There is no term called `{name[:80]}`.", fix=ask))
    return tuple(found), tuple(problems)


Supposed = Mapping[tuple[int, tuple[str, ...]], Value]
"""Values that stand in an example for what would be worked out: by a term's index and the path of whose it is."""


def assess(
    graph: Graph, case: Case, asked: Sequence[Term], strict: bool = False, supposed: Supposed = MappingProxyType({})
) -> Assessment:
    """Values, steps and refusals for the terms asked for.

    `strict` refuses facts that would be assumed: a default written in the rules is then not used. `supposed` values are taken
    as they are, and nothing below them is needed. The graph must be free of
    errors, and the case bound to its vocabulary.
    """
    world = _world(graph, case)
    frames: list[list[Frame]] = [[] for _ in graph.terms]
    facts = _inputs(graph, case, world, strict)
    for (index, path), value in supposed.items():
        term = graph.terms[index]
        if term.kind == "input" and path in world.paths[term.entity]:
            world.store[index][world.paths[term.entity].index(path)] = value
    needed = graph.needed(asked)
    for term in graph.terms:
        if term.formula is None or not needed[term.index]:
            continue
        run, formula = term.run, term.formula
        for me in range(len(world.paths[term.entity])):
            frame = Frame(world, formula, me, term.identity, term.citation)
            instead = supposed.get((term.index, world.paths[term.entity][me])) if supposed else None
            world.store[term.index].append(_within(term, run(frame), frame) if instead is None else instead)
            frames[term.index].append(frame)
    return _traced(graph, case, asked, world, frames, facts, strict, supposed)


def _within(term: Term, value: Value, frame: Frame) -> Value:
    """A rule's own range is kept: a value outside it is refused, not cut off (S35)."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    if value.bit_length() > MOST_BITS:
        return frame.refusal("out of range", f"{term.title} would have more than a hundred digits.")
    low, high = term.declared_low, term.declared_high
    if (low is None or value >= low) and (high is None or value <= high):
        return value
    shown = Exact(value, term.type, term.scale).words()
    return frame.refusal("out of range", f"{term.title} would be {shown}, which is outside the range that the rule states.")


# ---- who there is ---------------------------------------------------------------------------------------------------


def _world(graph: Graph, case: Case) -> World:
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
        on=case.on, store=[[] for _ in graph.terms], paths=paths, up=up, below=below, holders=holders, names=_names(case)
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


def _inputs(graph: Graph, case: Case, world: World, strict: bool) -> dict[Key, Fact | None]:
    """Every input's value for every entity: given, else the default written in the rules, else a refusal (S35)."""
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
                values.append(_not_given(term, world.paths[term.entity][me], world.names, strict))
    return used


def _not_given(term: Term, path: tuple[str, ...], names: Mapping[tuple[str, ...], str], strict: bool) -> Value:
    whose = f" of {names[path]}" if path else ""
    if term.default is None:
        message = f"{term.title}{whose} is not given, and the rules state no default."
        return Refusal((Reason("missing fact", message, term.identity, path, term.citation),))
    if strict:
        shown = Exact(term.default, term.type, term.scale).words()  # type: ignore[arg-type]
        message = f"{term.title}{whose} is not given; the default ({shown}) would have to be assumed."
        return Refusal((Reason("assumed fact", message, term.identity, path, term.citation),))
    return term.default


# ---- what was needed ------------------------------------------------------------------------------------------------


def _traced(
    graph: Graph,
    case: Case,
    asked: Sequence[Term],
    world: World,
    frames: list[list[Frame]],
    facts: dict[Key, Fact | None],
    strict: bool,
    supposed: Supposed,
) -> Assessment:
    """The steps that the answers rest on, each after those that it uses, in the order of the formulas."""
    roots = [(term.index, me) for term in asked for me in range(len(world.paths[term.entity]))]
    steps: dict[Key, Step] = {}
    uses: dict[Key, FactUse] = {}
    done: set[Key] = set()
    waiting: list[tuple[Key, bool]] = [(root, False) for root in reversed(roots)]
    while waiting:
        key, leaving = waiting.pop()
        index, me = key
        term = graph.terms[index]
        if leaving:
            steps[key] = _step(term, world, frames[index][me], tuple(read_by(frames[index][me])))
        elif key not in done:
            done.add(key)
            if (index, world.paths[term.entity][me]) in supposed:
                uses[key] = FactUse(term, world.paths[term.entity][me], world.store[index][me], None, is_supposed=True)
            elif term.kind == "input":
                uses[key] = _use(term, world, me, facts.get(key))
            else:
                waiting.append((key, True))
                waiting.extend((other, False) for other in reversed(list(read_by(frames[index][me]))))
    used = {id(use.fact) for use in uses.values() if use.fact is not None}
    in_force = {id(fact) for fact in facts.values() if fact is not None}
    unused = [
        _aside(graph.by_name[name], member, world.names, fact, _why_unused(fact, member, case, id(fact) in in_force, world))
        for member in (*case.members, case.everyone)
        for name, given in sorted(member.facts.items())
        for fact in given
        if id(fact) not in used
    ]
    return Assessment(
        graph=graph,
        case=case,
        asked=tuple(roots),
        world=world,
        steps=tuple(steps.values()),
        facts=tuple(uses.values()),
        unused=tuple(unused),
        strict=strict,
    )


def _aside(term: Term, member: Member, names: Mapping[tuple[str, ...], str], fact: Fact, why: str) -> FactUse:
    """A fact that was given and played no part."""
    value = fact.value
    if value is None:
        whose = f" of {names[member.path]}" if member.path else ""
        message = f"{term.title}{whose} is said not to be known."
        value = Refusal((Reason("missing fact", message, term.identity, member.path, term.citation),))
    return FactUse(term, member.path, value, fact, why)


def _why_unused(fact: Fact, member: Member, case: Case, in_force: bool, world: World) -> str:
    """Why a fact that was given played no part."""
    if member.path and member.path not in world.paths[member.entity]:
        return f"{world.names[member.path]} is not there on the day"
    if in_force:
        return "no answer needs it"
    if fact.reported is not None and case.known is not None and fact.reported > case.known:
        return "it had not been reported"
    if fact.value is None:
        return "it is said not to be known"
    return "it is not the one in force on the day"


def _step(term: Term, world: World, frame: Frame, reads: tuple[Key, ...]) -> Step:
    return Step(term, frame.me, world.paths[term.entity][frame.me], world.store[term.index][frame.me], frame, reads)


def _use(term: Term, world: World, me: int, fact: Fact | None) -> FactUse:
    return FactUse(term, world.paths[term.entity][me], world.store[term.index][me], fact)


def read_by(frame: Frame) -> Iterator[Key]:
    """What a formula read when it was worked out, each once, in its order."""
    yield from dict.fromkeys(_reads(frame, frame.formula))


def _reads(frame: Frame, formula: Formula) -> Iterator[Key]:
    for node in formula.reading:
        match node.detail:
            case TermRead() as read if frame.cells[node.index] is not None:
                number = frame.number_read(read)
                if number is not None:
                    yield read.term, number
            case OverMembers(members=members, operand=operand) if frame.cells[node.index] is not None:
                if members.group is not None:
                    yield members.group, frame.number_of(members.reader, members.owner)
                for working in frame.inner.get(node.index, ()):
                    if working.where is not None and members.where is not None:
                        yield from _reads(working.where, members.where)
                    if working.operand is not None and operand is not None:
                        yield from _reads(working.operand, operand)
