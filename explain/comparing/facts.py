"""What is given of one fact on two sides, told so that the two can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.cases.facts import Fact
from engine.graph import Term
from engine.values import Exact, Refusal
from explain.phrases import day_words, sentence, worded

_WITH_DAYS = {
    (True, False, False): worded("{value} from {start}"),
    (False, True, False): worded("{value} until {end}"),
    (True, True, False): worded("{value} from {start} until {end}"),
    (False, False, True): worded("{value} reported {reported}"),
    (True, False, True): worded("{value} from {start} reported {reported}"),
    (False, True, True): worded("{value} until {end} reported {reported}"),
    (True, True, True): worded("{value} from {start} until {end} reported {reported}"),
}
"""A fact as it was given: with its days or without, and when it was reported."""


def figure_words(term: Term | None) -> str | None:
    """The value of a figure that is written out."""
    if term is None or term.formula is None or term.formula.root.mechanism != "literal":
        return None
    root = term.formula.root
    return Exact(root.detail, root.type, root.scale).words()


def both_given(term: Term, before: Sequence[Fact], after: Sequence[Fact]) -> tuple[str, str]:
    """What is given on either side; with its days where it is several, and with as much else as tells the two apart."""
    several = len(before) > 1 or len(after) > 1
    for dated, reported in ((several, False), (True, False), (True, True)):
        first, last = (_fact_words(term, given, dated, reported) for given in (before, after))
        if first != last:
            break
    return first, last


def _fact_words(term: Term, given: Sequence[Fact], dated: bool, reported: bool) -> str:
    if not given:
        if term.default is None or isinstance(term.default, tuple | Refusal):
            return sentence("not given")
        return sentence("not given ({value} assumed)", value=Exact(term.default, term.type, term.scale).words())
    in_order = sorted(given, key=lambda fact: (fact.start or date.min, fact.reported or date.min))
    told, *others = [_one_fact(term, fact, dated, reported) for fact in in_order]
    for after in others:
        told = sentence("{first}, then {after}", first=told, after=after)
    return told


def _one_fact(term: Term, fact: Fact, dated: bool, reported: bool) -> str:
    if fact.value is None or isinstance(fact.value, tuple | Refusal):
        value = sentence("not known")
    else:
        value = Exact(fact.value, term.type, term.scale).words()
    days = fact.start is not None and dated, fact.end is not None and dated, fact.reported is not None and reported
    start, end, told = (day_words(day) if day else "" for day in (fact.start, fact.end, fact.reported))
    return sentence(_WITH_DAYS[days], value=value, start=start, end=end, reported=told) if any(days) else value
