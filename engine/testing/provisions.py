"""The coverage map: each provision of the law that a book names, if it is encoded, tested or discretionary, and why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Literal

from attrs import frozen

from engine.assessment import Assessment, FactUse, Step
from engine.book.law import Law
from engine.book.places import is_inside, order_of
from engine.nodes import walk
from engine.testing.coverage import Key, Tally, exercised
from engine.testing.mentions import Gap, Mention, mentions
from engine.testing.parts import PartId
from engine.values import Refusal
from grammar import declarations as d

Status = Literal["encoded", "partly encoded", "discretionary", "not encoded"]
STATUSES: tuple[Status, ...] = ("encoded", "partly encoded", "discretionary", "not encoded")
Tested = Literal["tested", "tested in part", "not tested"]
TESTED: tuple[Tested, ...] = ("tested", "tested in part", "not tested")


@frozen(slots=False, eq=False, repr=False)
class Place:
    """One provision of the law, and everything in the rules that cites it."""

    text: str
    mentions: tuple[Mention, ...]
    exercised: Mapping[object, tuple[d.Case, ...]]
    """The examples of each part; and of each fact, group and rounding, by its kind and name."""

    @property
    def status(self) -> Status:
        if any(mention.encoded for mention in self.mentions):
            return "partly encoded" if self.gaps else "encoded"
        return "discretionary" if self.decided_by else "not encoded"

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(dict.fromkeys(gap for mention in self.mentions for gap in mention.gaps))

    @property
    def decided_by(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.decided_by for mention in self.mentions if mention.decided_by))

    @cached_property
    def tested(self) -> Tested | None:
        """Whether examples reach all that is encoded of it, or some; None of what is not encoded."""
        found = [self.tested_by(mention) for mention in self.mentions if mention.encoded]
        if not found:
            return None
        reached = [reach for reaches in found for reach in reaches]
        return "tested" if all(reached) else "tested in part" if any(reached) else "not tested"

    def tested_by(self, mention: Mention) -> list[tuple[d.Case, ...]]:
        """The examples of each part that a mention is about; a check on figures is made on every day, and needs none."""
        if mention.kind == "check":
            return []
        if mention.parts:
            return [self.exercised.get(part.id, ()) for part in mention.parts]
        return [self.exercised.get((mention.kind, mention.term), ())]

    def examples(self, mention: Mention) -> tuple[d.Case, ...]:
        """The examples that reach any part that a mention is about, in the order of files and lines."""
        found = {id(case): case for cases in self.tested_by(mention) for case in cases}
        return tuple(sorted(found.values(), key=lambda case: (case.span.source.path, case.span.start)))


@frozen(eq=False, repr=False)
class Named:
    """An instrument, with the places in it that are named, in its order."""

    instrument: d.Instrument | None
    places: tuple[Place, ...]

    @property
    def is_law(self) -> bool:
        """A report or a plan never commences: it is a source, and no part of it is to be encoded."""
        return self.instrument is None or self.instrument.commences is not None


@frozen(eq=False, repr=False)
class ProvisionMap:
    named: tuple[Named, ...]

    @property
    def law(self) -> tuple[Place, ...]:
        return tuple(place for named in self.named if named.is_law for place in named.places)

    def count(self, status: Status) -> int:
        return sum(place.status == status for place in self.law)

    def count_tested(self, tested: Tested) -> int:
        return sum(place.tested == tested for place in self.law)

    @property
    def tally(self) -> Tally:
        """Of what is encoded, wholly or in part, how much is tested whole."""
        return Tally(self.count_tested("tested"), sum(place.tested is not None for place in self.law))

    def finds(self, instrument: str, place: str) -> Place | None:
        """What is named as a place, or the first thing inside it."""
        own = [p for named in self.named if named.instrument and named.instrument.name == instrument for p in named.places]
        exact = [p for p in own if p.text == place]
        return next(iter([*exact, *(p for p in own if is_inside(p.text, place))]), None)


def provision_map(law: Law, files: Collection[str], examples: Iterable[tuple[d.Case, Assessment, Iterable[Key]]]) -> ProvisionMap:
    """The map of these rule files, tested by examples, each with its assessment and what it expects something of."""
    reached = _reached(examples)
    by_place: dict[str | None, dict[str, list[Mention]]] = {name: {} for name in (*law.instruments, None)}
    for mention in mentions(law, files):
        name = mention.instrument if mention.instrument in law.instruments else None
        by_place[name].setdefault(mention.place, []).append(mention)
    return ProvisionMap(
        tuple(
            Named(
                law.instruments.get(name or ""),
                tuple(Place(text, tuple(found), reached) for text, found in sorted(places.items(), key=lambda p: order_of(p[0]))),
            )
            for name, places in by_place.items()
            if places
        )
    )


def _reached(examples: Iterable[tuple[d.Case, Assessment, Iterable[Key]]]) -> dict[object, tuple[d.Case, ...]]:
    """Parts, facts, groups and roundings, each with the examples that use it."""
    found: dict[object, dict[int, d.Case]] = {}
    for example, assessment, keys in examples:
        asked = list(keys)
        used: set[PartId | tuple[str, str]] = {*exercised(assessment, asked)}
        for step in assessment.under(asked):
            if not isinstance(step.value, Refusal):
                used |= _used(assessment, step)
        for run in assessment.other_days:
            used |= {("input", use.term.name) for day in run.each for use in day.facts if use.fact is not None}
        for thing in used:
            found.setdefault(thing, {})[id(example)] = example
    return {thing: tuple(cases.values()) for thing, cases in found.items()}


def _used(assessment: Assessment, step: Step) -> set[PartId | tuple[str, str]]:
    """A term worked out, the facts that were given for it, and its instrument's rounding where that was done."""
    used: set[PartId | tuple[str, str]] = {(step.term.kind, step.term.name)}
    facts = [fact for key in step.reads if isinstance(fact := assessment.at(key), FactUse)]
    used |= {("input", fact.term.name) for fact in facts if fact.fact is not None}
    in_force, formula = step.term.in_force, step.term.formula
    if in_force is None or in_force.instrument is None or formula is None:
        return used
    if any(node.mechanism == "rounding" and node.detail[2] for node in walk(formula.root)):
        used.add(("rounding", in_force.instrument.name))
    return used
