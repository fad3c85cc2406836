"""A `case` or an `example` in the language to members and facts."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cases.binding import At, FactData, MemberData
from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.words import closest


def members_of(case: d.Case, problems: list[Problem]) -> tuple[MemberData, ...]:
    """The members in an order in which containers stand first, whatever the order of the `given` clauses."""
    place: dict[str, d.Given] = {}
    for given in case.given:
        first = place.setdefault(given.name, given)
        if first is not given:
            problems.append(
                Problem(
                    code="named-twice",
                    message=f"`{given.name or given.entity.name}` is given twice.",
                    place=Place(given.name_span, "again here"),
                    second=Place(first.name_span, "first here"),
                    subject=case.title,
                    fix="Give one of them another name, or put their facts together.",
                )
            )
    order, circle = _containers_first(list(place.values()), place, case, problems)
    lost = {given.name for given in circle}
    number = {given.name: index for index, given in enumerate(order)}
    return tuple(
        MemberData(
            entity=given.entity.name,
            name=given.name,
            of=number.get(given.of.name) if given.of and given.name not in lost else None,
            facts=tuple(_fact(fact) for fact in given.facts),
            at=At(given.name_span),
            start=given.start,
            end=given.end,
            roles=tuple(role.name for role in given.roles),
            is_lost=given.of is not None and (given.name in lost or given.of.name not in number),
        )
        for given in (*order, *circle)
    )


def _fact(fact: d.FactText) -> FactData:
    return FactData(
        name=fact.name,
        value=fact.value,
        at=At(fact.span),
        start=fact.start,
        end=fact.end,
        reported=fact.reported,
        source=fact.source,
        standing=fact.standing.name if fact.standing else None,
    )


def _containers_first(
    givens: Sequence[d.Given], place: dict[str, d.Given], case: d.Case, problems: list[Problem]
) -> tuple[list[d.Given], list[d.Given]]:
    """Those that stand in something that is given, or by themselves; and those that would stand inside each other."""
    inside: dict[str, list[d.Given]] = {}
    outermost: list[d.Given] = []
    for given in givens:
        if given.of is not None and given.of.name in place:
            inside.setdefault(given.of.name, []).append(given)
            continue
        outermost.append(given)
        if given.of is not None:
            near = closest(given.of.name, place, problems)
            problems.append(
                Problem(
                    code="unknown-member",
                    message=f"Nothing in this case is called `{given.of.name}`.",
                    place=Place(given.of.span),
                    subject=case.title,
                    fix=f"Write `{near}`." if near else f"Add `given household {given.of.name}`, or another entity.",
                )
            )
    order: list[d.Given] = []
    waiting = outermost[::-1]
    while waiting:
        given = waiting.pop()
        order.append(given)
        waiting.extend(reversed(inside.pop(given.name, [])))
    circle = [given for members in inside.values() for given in members]
    if circle:
        problems.append(
            Problem(
                code="circle",
                message="These would stand inside each other: " + ", ".join(f"`{given.name}`" for given in circle) + ".",
                place=Place(circle[0].name_span),
                subject=case.title,
                fix="Let one of them stand by itself.",
            )
        )
    return order, circle
