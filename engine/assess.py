"""Graph and case to assessment: every term that is asked for worked out, once, in the order of the graph.

Terms are worked out whether or not a case takes them; which of them an answer needs is read from what each formula did
(S37: need is lazy, and does not depend on order). No recursion follows from the size of a rule book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from engine.assessment import Assessment, FactUse, Step
from engine.cases.facts import Case, Fact, Member
from engine.checking.vocabulary import Role
from engine.graph import Graph, Term
from engine.mechanisms.base import MOST_BITS, Frame, World
from engine.nodes import TermRead
from engine.values import Exact, Reason, Refusal, Value
from grammar.problems import Problem
from grammar.words import closest

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
        keys = graph.vocabulary.keys
        term = graph.by_name.get(keys.of(name))
        if term is not None:
            found.append(term)
            continue
        if name in keys.ambiguous:
            written = keys.ambiguous[name]
            message = f"`{name}` is a name in several schemes: {', '.join(f'`{other}`' for other in written)}."
            problems.append(Problem(code="ambiguous-name", message=message, fix=f"Ask for `{written[0]}`, or another of them."))
            continue
        near = closest(name, graph.by_name, problems)
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
    facts = _inputs(graph, case, world, strict)
    for (index, path), value in supposed.items():
        term = graph.terms[index]
        if term.kind == "input" and path in world.paths[term.entity]:
            world.store[index][world.paths[term.entity].index(path)] = value
    frames: list[list[Frame]] = [[] for _ in graph.terms]
    _work_out(graph, asked, world, frames, supposed)
    return _traced(graph, case, asked, world, frames, facts, strict, supposed)


def values(graph: Graph, case: Case, asked: Sequence[Term], strict: bool = False) -> tuple[tuple[Value, ...], ...]:
    """The values alone, by the same work without a record: of each term asked for, those of its entities in the case's order."""
    world = _world(graph, case)
    _inputs(graph, case, world, strict)
    _work_out(graph, asked, world, None, {})
    return tuple(tuple(world.store[term.index]) for term in asked)


def _work_out(graph: Graph, asked: Sequence[Term], world: World, frames: list[list[Frame]] | None, supposed: Supposed) -> None:
    """Every term that may be needed, for each of its entities, into the world's store, and its frame into `frames`.

    Where no frames are wanted, those of a term share one: a mechanism writes to its frame and never reads what it wrote.
    """
    for term in graph.working(asked):
        run, formula, numbers = term.run, term.formula, range(len(world.paths[term.entity]))
        assert formula is not None
        store = world.store[term.index]
        low, high = term.declared_low, term.declared_high
        frame = None
        for me in numbers:
            if frame is None or frames is not None:
                frame = Frame(world, formula, me, term.identity, term.citation)
            frame.me = me
            value = run(frame)
            if value.__class__ is int and (
                (low is not None and value < low) or (high is not None and value > high) or value.bit_length() > MOST_BITS
            ):
                value = _outside(term, value, frame)
            if supposed:
                value = supposed.get((term.index, world.paths[term.entity][me]), value)
            store.append(value)
            if frames is not None:
                frames[term.index].append(frame)


def _outside(term: Term, value: int, frame: Frame) -> Refusal:
    """A rule's own range is kept: a value outside it is refused, not cut off (S35)."""
    if value.bit_length() > MOST_BITS:
        return frame.refusal("out of range", f"{term.title} would have more than a hundred digits.")
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
    waiting: list[tuple[Key, tuple[Key, ...] | None]] = [(root, None) for root in reversed(roots)]
    while waiting:
        key, reads = waiting.pop()
        if reads is not None:
            index, me = key
            term = graph.terms[index]
            steps[key] = Step(term, me, world.paths[term.entity][me], world.store[index][me], frames[index][me], reads)
        elif key not in done:
            done.add(key)
            index, me = key
            term = graph.terms[index]
            path = world.paths[term.entity][me]
            if (index, path) in supposed:
                uses[key] = FactUse(term, path, world.store[index][me], None, is_supposed=True)
            elif term.kind == "input":
                uses[key] = FactUse(term, path, world.store[index][me], facts.get(key))
            else:
                reads = read_by(frames[index][me])
                waiting.append((key, reads))
                waiting += [(other, None) for other in reversed(reads)]
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


def read_by(frame: Frame) -> tuple[Key, ...]:
    """What a formula read when it was worked out, each once, in its order."""
    found: dict[Key, None] = {}
    _add_reads(frame, found)
    return tuple(found)


def _add_reads(frame: Frame, found: dict[Key, None]) -> None:
    """A node that was worked out has a value in its cell."""
    cells = frame.cells
    for index, detail in frame.formula.reading:
        if cells[index] is None:
            continue
        if isinstance(detail, TermRead):
            number = frame.number_read(detail)
            if number is not None:
                found[detail.term, number] = None
            continue
        members = detail.members
        if members.group is not None:
            found[members.group, frame.number_of(members.reader, members.owner)] = None
        for working in frame.inner.get(index, ()):
            for inner in (working.where, working.operand):
                if inner is not None:
                    _add_reads(inner, found)
