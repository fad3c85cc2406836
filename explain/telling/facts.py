"""The facts that answers rest on as they are told: given, assumed or wanting, and from when they were true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import evolve, frozen

from engine.assessment import Assessment, FactUse, Step
from explain.phrases import spoken
from explain.tongue import Tongue, noted


@frozen(eq=False, repr=False)
class FactView:
    title: str
    whose: str
    value: str
    assumed: bool
    remarks: tuple[str, ...]
    """True from, reported on, source, standing, as far as they were given."""


_STANDINGS = {"declared": noted("declared"), "verified": noted("verified"), "estimated": noted("estimated")}


def facts_of(assessment: Assessment, tongue: Tongue | None = None) -> list[tuple[FactUse, FactView]]:
    """What the answers rest on, of the award's day and of others: a fact that was given once, for all its days."""
    tongue = tongue or spoken()
    found = [(use, fact_view(assessment, use, tongue)) for use in assessment.facts]
    told = {id(use.fact) for use in assessment.facts if use.fact is not None}
    assumed = {_assumed(use) for use in assessment.facts if use.is_assumed}
    for run in assessment.other_days:
        for day in run.each:
            for use in day.facts:
                if use.fact is not None and id(use.fact) not in told:
                    told.add(id(use.fact))
                    found.append((use, fact_view(day, use, tongue)))
        for use in run.assessment.facts:
            if use.fact is None and _assumed(use) not in assumed:
                assumed |= {_assumed(use)} if use.is_assumed else set()
                view = fact_view(run.assessment, use, tongue)
                remarks = (_on(tongue, run.first, run.last), *view.remarks)
                found.append((use, evolve(view, remarks=remarks)))
    return day_by_day(found, tongue)


def _assumed(use: FactUse) -> tuple[object, ...]:
    """What is assumed, whatever the day: the same is told once."""
    return use.term.name, use.path, use.value


def day_by_day(facts: list[tuple[FactUse, FactView]], tongue: Tongue | None = None) -> list[tuple[FactUse, FactView]]:
    """The same with facts of single days, one after another and of one kind, as one line."""
    tongue = tongue or spoken()
    found: list[tuple[FactUse, FactView]] = []
    series: list[tuple[FactUse, FactView]] = []
    for item in [*facts, None]:
        if series and (item is None or not _follows(series[-1], item)):
            found.append(_together(series, tongue))
            series = []
        if item is not None and _single_day(item[0]) is not None:
            series.append(item)
        elif item is not None:
            found.append(item)
    return found


def _single_day(use: FactUse) -> date | None:
    return use.fact.start if use.fact is not None and use.fact.start == use.fact.end else None


def _follows(before: tuple[FactUse, FactView], after: tuple[FactUse, FactView]) -> bool:
    (first, first_view), (second, second_view) = before, after
    one, other = _single_day(first), _single_day(second)
    alike = (first.term.name, first.path, first_view.remarks[1:]) == (second.term.name, second.path, second_view.remarks[1:])
    return one is not None and other is not None and alike and one + timedelta(days=1) == other


def _together(series: list[tuple[FactUse, FactView]], tongue: Tongue) -> tuple[FactUse, FactView]:
    (use, view), (last, _) = series[0], series[-1]
    first_day, last_day = _single_day(use), _single_day(last)
    if len(series) == 1 or first_day is None or last_day is None:
        return series[0]
    values = ", ".join(view.value for _, view in series)
    days = tongue.say("day by day, {days}", days=tongue.days(first_day, last_day))
    return use, evolve(view, value=values, remarks=(days, *view.remarks[1:]))


@frozen(eq=False, repr=False)
class Alike:
    """Facts of one value, each once with whose it is."""

    value: str
    facts: tuple[str, ...]


def alike(facts: Iterable[tuple[FactUse, FactView]]) -> tuple[Alike, ...]:
    """What is assumed, by what it is taken to be: what is something first, then what is no or nothing."""
    found: dict[str, dict[str, list[str]]] = {}
    nothing: dict[str, bool] = {}
    for use, fact in facts:
        whose = ", ".join(filter(None, (fact.whose, *fact.remarks)))
        found.setdefault(fact.value, {}).setdefault(fact.title, []).append(whose)
        nothing[fact.value] = use.value == 0
    return tuple(
        Alike(value, tuple(_with_whose(*item) for item in found[value].items()))
        for value in sorted(found, key=nothing.__getitem__)
    )


def _with_whose(title: str, whose: list[str]) -> str:
    named = ", ".join(filter(None, whose))
    return f"{title} ({named})" if named else title


def whose_of(assessment: Assessment, item: Step | FactUse) -> str:
    """Whose it is, as far up as it takes to tell namesakes apart; nothing for what is the same for everyone."""
    return assessment.world.names[item.path]


def fact_view(assessment: Assessment, use: FactUse, tongue: Tongue | None = None) -> FactView:
    tongue = tongue or spoken()
    value = tongue.value(use.exact) if use.exact else tongue.say("not given")
    remarks = []
    fact = use.fact
    if fact is not None:
        if fact.start and fact.start == fact.end:
            remarks.append(tongue.say("on {day}", day=tongue.day(fact.start)))
        else:
            remarks += [tongue.say("from {day}", day=tongue.day(fact.start))] if fact.start else []
            remarks += [tongue.say("until {day}", day=tongue.day(fact.end))] if fact.end else []
        if fact.reported:
            remarks.append(tongue.say("reported {day}", day=tongue.day(fact.reported)))
        if fact.source:
            remarks.append(tongue.say("source: {source}", source=fact.source))
        if fact.standing:
            remarks.append(tongue.say(_STANDINGS[fact.standing]))
    if use.is_supposed:
        remarks.append(tongue.say("supposed"))
    if use.unused:
        remarks.append(use.unused)
    return FactView(use.term.title, whose_of(assessment, use), value, use.is_assumed, tuple(remarks))


def _on(tongue: Tongue, first: date, last: date) -> str:
    """`on 4 January 2008`, `on 4 to 9 January 2008`."""
    if first == last:
        return tongue.say("on {day}", day=tongue.day(first))
    return tongue.say("on {days}", days=tongue.days(first, last))
