"""What people are told beside an award: how its decision is challenged, and what they have to report (S79, S80)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from engine.assessment import Assessment, FactUse
from engine.book.consolidate import NoticeInForce, notices_in_force
from engine.book.law import Authority, Law, ProvisionId
from engine.graph import Graph, Term
from grammar import declarations as d
from grammar.syntax import NotEncoded, Number, Word


@frozen
class TimeLimit:
    """By when something has to be done: so many days, weeks, months or years after something; or that it is not known."""

    number: int | None
    """None where there is no limit, or where it was not found."""
    unit: str | None
    """`hour`, `day`, `week`, `month`, `year`."""
    after: str | None
    """What begins it, in the words of the rules: `the decision`."""
    not_encoded: str | None
    """Why it is not known; None where it is."""

    @property
    def is_unlimited(self) -> bool:
        """Whether it can be done at any time: this is known, and is not the same as a limit that was not found."""
        return self.number is None and self.not_encoded is None


@frozen
class ChallengeTold:
    """A way to challenge a decision, with the law that says so."""

    name: str
    """What it is called on the day."""
    identity: ProvisionId
    title: str
    to: str | None
    """Who decides it."""
    within: TimeLimit
    giving: str | None
    """What it has to say."""
    after: tuple[ProvisionId, ...]
    """The identities of those that come before it, of those that there are on the day."""
    authority: Authority
    notes: tuple[str, ...]


@frozen
class FactAbout:
    """A fact of which a change has to be reported, as the rules call it."""

    name: str
    title: str
    entity: str | None


@frozen(eq=False, repr=False)
class DutyTold:
    """What has to be reported, with the law that says so, and of which facts of this case."""

    name: str
    """What it is called on the day."""
    identity: ProvisionId
    title: str
    to: str | None
    """Who has to be told."""
    within: TimeLimit
    about: tuple[FactAbout, ...]
    """All facts that the duty names; none where it names none, and so is about whatever is known."""
    also: tuple[str, ...]
    """What else has to be reported, and is no fact, in the words of the rules."""
    facts: tuple[FactUse, ...]
    """Those of them on which this assessment rests, given or assumed, in its order: what to report for this award."""
    authority: Authority
    notes: tuple[str, ...]


def challenges(graph: Graph, on: date | None = None, of: Iterable[Term] = ()) -> tuple[ChallengeTold, ...]:
    """How a decision that is made on a day (None: that of the graph) can be challenged, each after those that come before it.

    `of` leaves out those of schemes to which none of these terms belongs. Those that come after the same ones stand as written.
    """
    found = {name: one for name, one in _in_force(graph, on, of) if isinstance(one.text, d.Challenge)}
    in_order: dict[str, ChallengeTold] = {}
    waiting = list(found)
    while waiting:
        ready = [name for name in waiting if not any(word.name in waiting for word in _after(found[name]))]
        for name in ready or waiting:  # in a circle, which is a problem of the book, nothing is ready
            in_order[name] = _challenge(graph.book.law, found, name, on or graph.on, graph.known)
        waiting = [name for name in waiting if name not in in_order]
    return tuple(in_order.values())


def duties(assessment: Assessment, on: date | None = None) -> tuple[DutyTold, ...]:
    """What has to be reported by those whose award this is, on a day (None: that of the assessment), as it is written.

    Of each duty, the facts on which this assessment rests. A duty of another scheme than those asked for is left out.
    """
    graph = assessment.graph
    law, asked = graph.book.law, [graph.terms[index] for index, _ in assessment.asked]
    told = []
    for name, one in _in_force(graph, on, asked):
        text = one.text
        if not isinstance(text, d.Duty):
            continue
        names = {word.name for word in text.about}
        inputs = [law.inputs[word.name] for word in text.about if word.name in law.inputs]
        told.append(
            DutyTold(
                name=law.called(name, on or graph.on, graph.known),
                identity=one.identity,
                title=text.title,
                to=text.to,
                within=_time_limit(text.within),
                about=tuple(FactAbout(item.name, item.title, graph.by_name[item.name].entity) for item in inputs),
                also=text.also,
                facts=tuple(use for use in assessment.facts if use.term.name in names),
                authority=one.authority,
                notes=text.notes,
            )
        )
    return tuple(told)


def _in_force(graph: Graph, on: date | None, of: Iterable[Term]) -> Iterator[tuple[str, NoticeInForce]]:
    """Those of a day; of the schemes of some terms, and of those that they use, where there are terms."""
    law = graph.book.law
    schemes: set[str] = set()
    for term in of:
        scheme = _scheme(law, term.name)
        schemes |= {"", scheme} | {word.name for word in law.keys.schemes[scheme].uses} if scheme else {""}
    found = graph.book.notices if on is None else notices_in_force(law, on, graph.known)
    for name, one in found.items():
        if not schemes or _scheme(law, name) in schemes:
            yield name, one


def _scheme(law: Law, name: str) -> str:
    return law.keys.permanent(name).rpartition(".")[0]


def _after(one: NoticeInForce) -> tuple[Word, ...]:
    return one.text.after if isinstance(one.text, d.Challenge) else ()


def _challenge(law: Law, found: dict[str, NoticeInForce], name: str, on: date, known: date | None) -> ChallengeTold:
    one = found[name]
    text = one.text
    assert isinstance(text, d.Challenge)
    return ChallengeTold(
        name=law.called(name, on, known),
        identity=one.identity,
        title=text.title,
        to=text.to,
        within=_time_limit(text.within),
        giving=text.giving,
        after=tuple(found[word.name].identity for word in text.after if word.name in found),
        authority=one.authority,
        notes=text.notes,
    )


def _time_limit(limit: d.TimeLimit) -> TimeLimit:
    match limit.length:
        case Number(digits=digits, unit=((unit, _),)):
            return TimeLimit(digits, unit, limit.after, None)
        case NotEncoded(reason=why):
            return TimeLimit(None, None, None, why)
    return TimeLimit(None, None, None, None)
