"""What stands beside an award: how its decision is challenged and by when, and which changes have to be reported."""

from __future__ import annotations

from attrs import frozen

from engine.assessment import Assessment
from engine.book.law import Citation
from engine.notices import TimeLimit, challenges, duties
from explain import phrases
from explain.tongue import Tongue, counted

_LENGTHS = {
    "hour": counted("{number} hour", "{number} hours"),
    "day": counted("{number} day", "{number} days"),
    "week": counted("{number} week", "{number} weeks"),
    "month": counted("{number} month", "{number} months"),
    "year": counted("{number} year", "{number} years"),
}


@frozen(eq=False, repr=False)
class ChallengeView:
    """A way to challenge the decision; they stand in the order in which they are gone."""

    title: str
    to: str | None
    limit: str
    unknown: str | None
    """Why by when is not known; None where it is."""
    follows: bool
    """Whether another way has to be gone before it."""
    giving: str | None
    cites: tuple[Citation, ...]
    notes: tuple[str, ...]


@frozen(eq=False, repr=False)
class DutyView:
    """What has to be reported."""

    title: str
    to: str | None
    limit: str
    unknown: str | None
    given: tuple[str, ...]
    """Those of the facts that the case gives."""
    facts: tuple[str, ...]
    """The facts on which this award rests that it is about, given or assumed, by their titles, each once."""
    others: tuple[str, ...]
    """What else it is about."""
    also: tuple[str, ...]
    """What else has to be reported, and is no fact."""
    cites: tuple[Citation, ...]


def challenges_of(assessment: Assessment, tongue: Tongue | None = None) -> tuple[ChallengeView, ...]:
    """How the decision on an award is challenged, by the law of its day."""
    tongue = tongue or phrases.spoken()
    asked = [assessment.graph.terms[index] for index, _ in assessment.asked]
    return tuple(
        ChallengeView(
            title=tongue.title(one.title),
            to=_whom(one.title, one.to, tongue),
            limit=_limit(one.within, tongue),
            unknown=_unknown(one.within, tongue),
            follows=bool(one.after),
            giving=tongue.title(one.giving) if one.giving else None,
            cites=one.authority.cites,
            notes=tuple(map(tongue.title, one.notes)),
        )
        for one in challenges(assessment.graph, of=asked)
    )


def duties_of(assessment: Assessment, tongue: Tongue | None = None) -> tuple[DutyView, ...]:
    """What those whose award it is have to report."""
    tongue = tongue or phrases.spoken()
    found = []
    for one in duties(assessment):
        facts = tuple(dict.fromkeys(tongue.title(use.term.title) for use in one.facts))
        about = tuple(tongue.title(fact.title) for fact in one.about)
        found.append(
            DutyView(
                title=tongue.title(one.title),
                to=tongue.title(one.to) if one.to else None,
                limit=_limit(one.within, tongue),
                unknown=_unknown(one.within, tongue),
                given=tuple(dict.fromkeys(tongue.title(use.term.title) for use in one.facts if use.fact is not None)),
                facts=facts,
                others=tuple(title for title in about if title not in facts),
                also=tuple(map(tongue.title, one.also)),
                cites=one.authority.cites,
            )
        )
    return tuple(found)


def _whom(title: str, to: str | None, tongue: Tongue) -> str | None:
    """To whom it goes, where its title does not say so already."""
    return None if to is None or to.casefold() in title.casefold() else tongue.title(to)


def _unknown(limit: TimeLimit, tongue: Tongue) -> str | None:
    return None if limit.not_encoded is None else tongue.title(limit.not_encoded)


def _limit(limit: TimeLimit, tongue: Tongue) -> str:
    """`Within 14 days after the change.`"""
    if limit.not_encoded is not None:
        return tongue.say("By when is not known here: {why}.", why=tongue.title(limit.not_encoded))
    if limit.number is None or limit.unit is None:
        return tongue.say("At any time.")
    length = tongue.many(*_LENGTHS[limit.unit], int(limit.number))
    return tongue.say("Within {length} after {event}.", length=length, event=tongue.title(limit.after or ""))
