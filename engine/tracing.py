"""What an answer needed: the steps and facts that it rests on, read from what each formula did (S37)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from engine.assessment import FactUse, Step
from engine.cases.facts import Case, Fact, Member
from engine.graph import Term
from engine.mechanisms.base import Frame, World
from engine.nodes import TermRead
from engine.present import Key
from engine.values import Reason, Refusal
from engine.working import Working


def traced(working: Working, roots: Sequence[Key]) -> tuple[dict[Key, Step], dict[Key, FactUse]]:
    """The steps that these rest on, each after those that it uses, in the order of the formulas; and the facts."""
    graph, world, frames = working.graph, working.world, working.frames
    assert frames is not None
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
            if (index, path) in working.supposed:
                uses[key] = FactUse(term, path, world.store[index][me], None, is_supposed=True)
            elif term.kind == "input":
                uses[key] = FactUse(term, path, world.store[index][me], working.facts.get(key))
            else:
                reads = read_by(frames[index][me])
                waiting.append((key, reads))
                waiting += [(other, None) for other in reversed(reads)]
    return steps, uses


def aside(term: Term, member: Member, names: Mapping[tuple[str, ...], str], fact: Fact, why: str) -> FactUse:
    """A fact that was given and played no part."""
    value = fact.value
    if value is None:
        whose = f" of {names[member.path]}" if member.path else ""
        message = f"{term.title}{whose} is said not to be known."
        value = Refusal((Reason("missing fact", message, term.identity, member.path, term.citation),))
    return FactUse(term, member.path, value, fact, why)


def why_unused(fact: Fact, member: Member, case: Case, in_force: bool, world: World) -> str:
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


def read_on_other_days(frames: Iterable[Frame]) -> dict[date, dict[tuple[str, int], None]]:
    """What these formulas, and those inside them, read on each other day: names of terms, and the numbers of whose they are."""
    found: dict[date, dict[tuple[str, int], None]] = {}
    waiting = list(frames)
    while waiting:
        frame = waiting.pop()
        for workings in frame.inner.values():
            waiting += [inner for w in workings for inner in (w.where, w.operand) if inner is not None]
        for days in frame.days.values():
            for working in days:
                for inner in (working.where, working.operand):
                    if inner is not None:
                        waiting.append(inner)
                        terms = inner.world.graph.terms
                        on_day = found.setdefault(working.day, {})
                        on_day.update(((terms[index].name, number), None) for index, number in read_by(inner))
    return found
