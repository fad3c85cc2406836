"""What amendments do, in the order in which it was drafted, and the dates on which it takes effect (S42, S45)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from engine.book.law import Law, made_on
from engine.book.writes import Enactment, Writer
from engine.values import day_words
from grammar import declarations as d
from grammar.amendments import Insert, OmitAmendment, Operation, Replace
from grammar.problems import Place, Problem
from grammar.syntax import Word
from grammar.words import closest


@frozen(eq=False, repr=False)
class Drafted:
    """An operation as it stands in a file: the amendment that it belongs to, and its place there."""

    operation: Operation
    amendment: d.Instrument
    order: int


@frozen(eq=False, repr=False)
class Timed:
    """An operation that counts: who does it, when it was made, and when it takes effect."""

    drafted: Drafted
    by: Enactment
    made: date

    @property
    def operation(self) -> Operation:
        return self.drafted.operation

    @property
    def commences(self) -> date:
        return self.by.commences

    @property
    def amendment(self) -> d.Instrument:
        return self.drafted.amendment


def timed(drafted: Iterable[Drafted], law: Law, writer: Writer) -> list[Timed]:
    """The operations of what has been made, in the order in which they were drafted; of each amendment in the order written."""
    found = []
    for one in drafted:
        made = writer.made(one.amendment.name)
        problems = list(_of_amendment(one, law, writer)) if made is not None else []
        commences = one.operation.commences or one.amendment.commences
        if commences is None and not one.amendment.when_appointed and made is not None:
            problems.append(_no_day(one))
        writer.problems += problems
        writer.cites(one.operation.cites, one.amendment.title)
        if made is not None and commences is not None and not problems:
            found.append(Timed(one, Enactment(one.amendment, one.operation.provision, commences), made))
    return sorted(found, key=lambda one: (one.made, one.amendment.name, one.drafted.order))


def _no_day(one: Drafted) -> Problem:
    return Problem(
        code="no-commencement",
        message=f"This has no day of its own, and `{one.amendment.name}` does not say when it commences.",
        place=Place(one.operation.span),
        second=Place(one.amendment.name_span, "add `commences` here"),
        fix="Add `commences` with its day to the amendment; or `commences when appointed`, if the day is still to be appointed.",
    )


def _of_amendment(one: Drafted, law: Law, writer: Writer) -> Iterator[Problem]:
    """What is wrong with an operation whatever the text that it changes."""
    operation, amendment = one.operation, one.amendment
    made = made_on(amendment)
    starts = operation.commences or amendment.commences
    if made is not None and starts is not None and starts < made and not (operation.retrospective or amendment.retrospective):
        place = operation.span if operation.commences else amendment.name_span
        yield Problem(
            code="not-retrospective",
            message=f"`{amendment.name}` was made on {day_words(made)}, and this takes effect before, on {day_words(starts)}.",
            place=Place(place),
            subject=amendment.title,
            fix=f"If the law says so, write `commences {day_words(starts)} retrospective`; else correct one of the two days.",
        )
    for word in operation.targets:
        yield from _target(word, one, law, writer)


def _target(word: Word, one: Drafted, law: Law, writer: Writer) -> Iterator[Problem]:
    action, amendment = one.operation.action, one.amendment
    if word.name in writer.unread or isinstance(action, Insert):
        return
    own = law.instruments.get(word.name)
    if own is not None and isinstance(action, Replace | OmitAmendment):
        yield from _amendment_amended(word, own, one, writer)
        return
    if isinstance(action, OmitAmendment):
        near = closest(word.name, (name for name, found in law.instruments.items() if found.is_amendment))
        yield Problem(
            code="unknown-instrument",
            message=f"There is no amendment called `{word.name}`.",
            place=Place(word.span),
            subject=amendment.title,
            fix=f"Write `{near}`." if near else "Name an amendment that is not yet in force.",
        )


def _amendment_amended(word: Word, own: d.Instrument, one: Drafted, writer: Writer) -> Iterator[Problem]:
    made, later = writer.made(own.name), writer.made(one.amendment.name)
    if not own.is_amendment:
        message = f"`{own.name}` is an instrument with provisions of its own, and no amendment."
        fix = "Name the provision that is amended: `in award for … substitute …`."
    elif made is None or (later is not None and made > later):
        when = "has not been made" if made is None else f"was made later, on {day_words(made)}"
        message, fix = f"`{own.name}` {when}.", "An amendment amends what was made before it; correct the name or the dates."
    elif own.name not in {amended.name for amended in one.amendment.amends}:
        message = f"`{one.amendment.name}` does not say that it amends `{own.name}`."
        fix = f"Add `{own.name}` to its `amends`."
    else:
        return
    yield Problem(code="cannot-amend", message=message, place=Place(word.span), subject=one.amendment.title, fix=fix)


def is_known(made: date, dropped: date | None, known: date) -> bool:
    """Whether what was made on a day, and perhaps dropped on another, is law as known on a third."""
    return made <= known and (dropped is None or known < dropped)
