"""What the writers of the rules put on record, and other readings of the law: numbered, with the steps that each is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from engine.assessment import Assessment, FactUse, Step
from engine.graph import Term
from explain.telling.numbers import Numbers

_NOT_VERIFIED = re.compile(
    r"\b(?:not|never)(?: \w+){0,2}? (?:found|checked|verified|read|known|settled?|confirmed|seen|clear|certain|decided)\b"
    r"|\b(?:unverified|unchecked|unknown|unclear)\b",
    re.IGNORECASE,
)
"""How a note says that something of the law was not seen with one's own eyes (docs/language.md, "Notes")."""

_LEAP_DAY = re.compile(r"\b29 February\b(?! \d{4})")
"""What a note says of a day that most years do not have, and of no such day in particular."""


@frozen(eq=False, repr=False)
class Note:
    """What a writer of the rules put on record of an instrument, of a provision or of a fact, and the steps that rest on it."""

    number: int
    about: str
    text: str
    steps: tuple[int, ...]

    @property
    def is_unverified(self) -> bool:
        """Whether it says that something was not found, not checked, or could not be read."""
        return _NOT_VERIFIED.search(self.text) is not None


@frozen(eq=False, repr=False)
class ReadingView:
    """Another meaning that the words of a rule bear, and whether it was taken."""

    name: str
    title: str
    rule: str
    steps: tuple[int, ...]
    chosen: bool
    answers: str | None
    """What the answers would be with it; None where it was taken, or that was not worked out."""

    @property
    def step(self) -> int:
        """The first that it is about."""
        return self.steps[0]


@frozen(eq=False, repr=False)
class OnRecord:
    """All notes and readings of an assessment, and by the number of a step those that stand at it."""

    notes: tuple[Note, ...]
    readings: tuple[ReadingView, ...]
    at: Mapping[int, tuple[Note, ...]]
    """On the provision of a step, or on a fact that it uses."""
    of_maker: Mapping[int, tuple[Note, ...]]
    """On the instrument by which it says so."""
    read: Mapping[int, tuple[ReadingView, ...]]

    def of_step(self, number: int) -> tuple[Note, ...]:
        """All that a step rests on, in the order of their numbers."""
        return tuple(sorted((*self.at.get(number, ()), *self.of_maker.get(number, ())), key=lambda note: note.number))


def noted(term: Term) -> tuple[str, ...]:
    """What the writer of a provision put on record."""
    return getattr(term.in_force.provision.head, "notes", ()) if term.in_force else ()


def on_record(assessment: Assessment, numbers: Numbers, answers: Mapping[str, str]) -> OnRecord:
    """Each note and each reading once, in the order of the steps; `answers` are those under readings that were not taken."""
    found: dict[tuple[str, str], list[int]] = {}
    of_maker: dict[tuple[str, str], None] = {}
    made_by = {one.title: [(one.title, text) for text in one.notes] for one in assessment.graph.book.law.instruments.values()}
    for day, step in numbers.steps:
        number = numbers.of(day, step.key)
        authority = step.term.authority
        for about_and_text in made_by.get(authority.made_by or "", ()) if authority else ():
            of_maker.setdefault(about_and_text)
            found.setdefault(about_and_text, []).append(number)
        for about_and_text in (*((step.term.title, text) for text in noted(step.term)), *_of_facts(day, step)):
            found.setdefault(about_and_text, []).append(number)
    if any(_LEAP_DAY.search(text) for _, text in found) and not any(map(_is_leap_day, _days(assessment))):
        found = {said: steps for said, steps in found.items() if not _LEAP_DAY.search(said[1])}
    told = {said: Note(number, *said, tuple(dict.fromkeys(steps))) for number, (said, steps) in enumerate(found.items(), 1)}
    readings = tuple(_readings(numbers, answers))
    return OnRecord(
        notes=tuple(told.values()),
        readings=readings,
        at=_by_step(note for said, note in told.items() if said not in of_maker),
        of_maker=_by_step(note for said, note in told.items() if said in of_maker),
        read=_readings_by_step(readings),
    )


def _of_facts(day: Assessment, step: Step) -> Iterator[tuple[str, str]]:
    """On the facts that a step uses: only what was not verified, for the rest tells who asks for them what to ask."""
    inputs = day.graph.book.law.inputs
    for key in step.reads:
        used = day.at(key)
        if isinstance(used, FactUse) and used.term.name in inputs:
            notes = inputs[used.term.name].notes
            yield from ((used.term.title, text) for text in notes if _NOT_VERIFIED.search(text))


def _by_step(notes: Iterable[Note]) -> Mapping[int, tuple[Note, ...]]:
    found: dict[int, tuple[Note, ...]] = {}
    for note in notes:
        for step in note.steps:
            found[step] = (*found.get(step, ()), note)
    return found


def _readings_by_step(readings: Iterable[ReadingView]) -> Mapping[int, tuple[ReadingView, ...]]:
    found: dict[int, tuple[ReadingView, ...]] = {}
    for reading in readings:
        for step in reading.steps:
            found[step] = (*found.get(step, ()), reading)
    return found


def _days(assessment: Assessment) -> Iterator[object]:
    """Every value that may be a day: what was asked, what is known, and what was found on the way."""
    yield assessment.case.on
    for day in (assessment, *(run.assessment for run in assessment.other_days)):
        yield day.case.on
        yield from (use.value for use in day.facts)
        for step in day.steps:
            yield from step.frame.cells


def _is_leap_day(value: object) -> bool:
    return isinstance(value, date) and (value.month, value.day) == (2, 29)


def _readings(numbers: Numbers, answers: Mapping[str, str]) -> Iterator[ReadingView]:
    """The readings of the rules that the answers rest on, each once, with the steps that it is about."""
    found: dict[tuple[str, str], tuple[str, str, bool, list[int]]] = {}
    for day, step in numbers.steps:
        in_force = step.term.in_force
        for reading in getattr(in_force.text, "readings", ()) if in_force else ():
            chosen = in_force is not None and reading is in_force.reading
            told = found.setdefault((step.term.name, reading.name), (reading.title, step.term.title, chosen, []))
            told[-1].append(numbers.of(day, step.key))
    for (_, name), (title, rule, chosen, steps) in found.items():
        yield ReadingView(name, title, rule, tuple(steps), chosen, None if chosen else answers.get(name))
