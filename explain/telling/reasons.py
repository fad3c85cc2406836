"""Why something could not be worked out, in the language of whoever is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from engine.assessment import Assessment
from engine.values import Reason, day_words
from explain.telling.other_days import reasons_together
from explain.tongue import Tongue
from grammar.words import MONTHS

_NEAREST = re.compile(
    r" (?:(?P<ended>Its last version ended)|Its first version begins) on (?P<day>[0-9]+) (?P<month>\w+) (?P<year>[0-9]{4})\.$"
)


def reasons_in(tongue: Tongue, assessment: Assessment, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Each reason; what is wanting on days one after another is said once, of the first."""
    found = reasons_together(reasons)
    if tongue.is_own:
        return tuple(message for _, message in found)
    titles = {term.identity: term.title for term in assessment.graph.terms}
    return tuple(_reason(tongue, assessment, titles, reason, message != reason.message) for reason, message in found)


def _reason(tongue: Tongue, assessment: Assessment, titles: dict[str, str], reason: Reason, goes_on: bool) -> str:
    """A reason by its kind: the writer's own words in it as the rule book's catalogue has them."""
    what = _what(tongue, assessment, titles, reason, goes_on)
    match reason.kind:
        case "missing fact" if reason.message.endswith("is said not to be known."):
            return tongue.say("{what} is said not to be known.", what=what)
        case "missing fact":
            return tongue.say("{what} is not given, and the rules state no default.", what=what)
        case "assumed fact":
            return tongue.say("{what} is not given, and would have to be assumed.", what=what)
        case "not encoded":
            why = reason.message.partition(" is not encoded: ")[2].removesuffix(".")
            if why:
                return tongue.say(
                    "{what} is not encoded: {why}.", what=_place(tongue, titles, reason, what), why=tongue.title(why)
                )
        case "discretionary":
            who = reason.message.partition(" is at the discretion of ")[2].removesuffix(".")
            if who:
                place = _place(tongue, titles, reason, what)
                return tongue.say("{what} is at the discretion of {who}.", what=place, who=tongue.title(who))
        case "not in force":
            day = tongue.day(assessment.case.on if reason.day is None else reason.day)
            return tongue.say("{what} has no version in force on {day}.", what=what, day=day) + _nearest(tongue, reason)
        case "refused fact":
            needed = tongue.title(reason.message.rpartition(" Needed: ")[2].removesuffix("."))
            return tongue.say("{what} is not enough as it was given. Needed: {needed}.", what=what, needed=needed)
        case "nobody":
            return tongue.say("{what} needs somebody who is not there.", what=what)
    return tongue.say("{what} could not be worked out.", what=what)


def _what(tongue: Tongue, assessment: Assessment, titles: dict[str, str], reason: Reason, goes_on: bool) -> str:
    """`Gross earnings of anna on 4 January 2008`, as far as the reason itself says so."""
    what = tongue.title(titles.get(reason.term, "")) or tongue.say("One of the values")
    whose = (
        assessment.world.names.get(reason.path, "") if f" of {assessment.world.names.get(reason.path)}" in reason.message else ""
    )
    if whose:
        what = tongue.say("{title} of {whose}", title=what, whose=whose)
    if reason.day is not None and (goes_on or day_words(reason.day) in reason.message) and reason.kind != "not in force":
        day = tongue.day(reason.day)
        return (
            tongue.say("{what}, from {day} on,", what=what, day=day)
            if goes_on
            else tongue.say("{what} on {day}", what=what, day=day)
        )
    return what


def _nearest(tongue: Tongue, reason: Reason) -> str:
    """When the version nearest in time ended or begins, where the reason says so."""
    found = _NEAREST.search(reason.message)
    if found is None:
        return ""
    day = tongue.day(date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"])))
    if found["ended"]:
        return " " + tongue.say("Its last version ended on {day}.", day=day)
    return " " + tongue.say("Its first version begins on {day}.", day=day)


def _place(tongue: Tongue, titles: dict[str, str], reason: Reason, what: str) -> str:
    """What is not encoded: the term, or the place in the law on which it depends."""
    _, depends, place = reason.message.partition(" depends here on ")
    return tongue.say("{what} (which depends on {place})", what=what, place=place.partition(", which ")[0]) if depends else what
