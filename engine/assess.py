"""Graph and case to assessment: every term that is asked for worked out, and which of them the answers rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from engine.assessment import Assessment, FactUse, OtherDays, Step
from engine.cases.facts import Case
from engine.graph import Graph, Term
from engine.present import Key
from engine.tracing import aside, read_on_other_days, traced, why_unused
from engine.values import Value, day_words, whatever_day
from engine.working import Days, Supposed, Working
from grammar.problems import Problem
from grammar.words import closest


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
        term = graph.named(keys.of(name))
        if term is not None:
            found.append(term)
            continue
        if name in keys.ambiguous:
            written = keys.ambiguous[name]
            message = f"`{name}` is a name in several schemes: {', '.join(f'`{other}`' for other in written)}."
            problems.append(Problem(code="ambiguous-name", message=message, fix=f"Ask for `{written[0]}`, or another of them."))
            continue
        renamed = graph.by_name.get(keys.of(name))
        near = graph.called(renamed) if renamed else closest(name, graph.by_name, problems)
        since = f" It is called `{near}` on {day_words(graph.on)}." if renamed else ""
        ask = f"Ask for `{near}`." if near else None
        problems.append(Problem(code="unknown-name", message=f"There is no term called `{name[:80]}`.{since}", fix=ask))
    return tuple(found), tuple(problems)


def assess(
    graph: Graph, case: Case, asked: Sequence[Term], strict: bool = False, supposed: Supposed = MappingProxyType({})
) -> Assessment:
    """Values, steps and refusals for the terms asked for.

    `strict` refuses facts that would be assumed: a default written in the rules is then not used. `supposed` values are taken
    as they are, on every day, and nothing below them is needed. The graph must be free of errors, and the case bound to its
    vocabulary.
    """
    days = Days(graph, case, strict, supposed, recorded=True)
    working = days.own()
    working.work_out(asked)
    roots = tuple((term.index, me) for term in asked for me in range(len(working.world.paths[term.entity])))
    steps, uses = traced(working, roots)
    others = _others(days, steps) if days.others else ()
    every_use = [*uses.values(), *(use for other in others for day in other.each for use in day.facts)]
    used = {id(use.fact) for use in every_use if use.fact is not None}
    in_force = {id(fact) for fact in working.facts.values() if fact is not None}
    world = working.world
    unused = [
        aside(graph.by_name[name], member, world.names, fact, why_unused(fact, member, case, id(fact) in in_force, world))
        for member in (*case.members, case.everyone)
        for name, given in sorted(member.facts.items())
        for fact in given
        if id(fact) not in used
    ]
    return Assessment(
        graph=graph,
        case=case,
        asked=roots,
        world=world,
        steps=tuple(steps.values()),
        facts=tuple(uses.values()),
        unused=tuple(unused),
        strict=strict,
        other_days=others,
    )


def values(graph: Graph, case: Case, asked: Sequence[Term], strict: bool = False) -> tuple[tuple[Value, ...], ...]:
    """The values alone, by the same work without a record: of each term asked for, those of its entities in the case's order."""
    working = Days(graph, case, strict, {}, recorded=False).own()
    working.work_out(asked)
    return tuple(tuple(working.world.store[term.index]) for term in asked)


# ---- other days -----------------------------------------------------------------------------------------------------


def _others(days: Days, steps: dict[Key, Step]) -> tuple[OtherDays, ...]:
    """What the answers rest on of other days, in their order; days one after another that say the same are told as one."""
    needed: dict[date, dict[Key, None]] = {}
    waiting = read_on_other_days(step.frame for step in steps.values())
    found: dict[date, Assessment] = {}
    while waiting:
        day, reads = waiting.popitem()
        working = days.others[day]
        keys = needed.setdefault(day, {})
        before = len(keys)
        keys.update(((working.graph.by_name[name].index, number), None) for name, number in reads)
        if day in found and len(keys) == before:
            continue
        found[day] = _on_another_day(working, tuple(keys), days.strict)
        for other, more in read_on_other_days(step.frame for step in found[day].steps).items():
            waiting.setdefault(other, {}).update(more)
    runs: list[OtherDays] = []
    for day in sorted(found):
        last = runs[-1] if runs else None
        if last is not None and last.last + timedelta(days=1) == day and says(last.assessment) == says(found[day]):
            runs[-1] = OtherDays(last.first, day, last.assessment, (*last.each, found[day]))
        else:
            runs.append(OtherDays(day, day, found[day], (found[day],)))
    return tuple(runs)


def _on_another_day(working: Working, roots: tuple[Key, ...], strict: bool) -> Assessment:
    steps, uses = traced(working, roots)
    return Assessment(
        graph=working.graph,
        case=working.case,
        asked=roots,
        world=working.world,
        steps=tuple(steps.values()),
        facts=tuple(uses.values()),
        unused=(),
        strict=strict,
    )


def says(assessment: Assessment) -> list[object]:
    """What of a day can be told from another: every step and fact, and what they were."""
    items: list[Step | FactUse] = [*assessment.steps, *assessment.facts]
    return [(item.term.identity, item.term.authority, item.path, _whatever_scale(item)) for item in items]


def _whatever_scale(item: Step | FactUse) -> object:
    """Its value; of a number the amount, since other law, though nothing needs it, may write it with more decimals."""
    value = item.value
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value, item.term.scale)
    return whatever_day(value)
