"""What an answer would be under another reading of the law, and which of the facts that are assumed carry it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from engine.assessment import Assessment
from engine.values import Exact, Refusal, refusal_of
from engine.varying.otherwise import Answered, Turned, assumptions_that_matter, readings_not_taken
from explain.phrases import sentence, spoken
from explain.telling.reasons import reasons_in

Turn = Literal["less", "more"]


@frozen(eq=False, repr=False)
class Carrying:
    """A fact that is assumed, or several people's of which the same is to be said, and what would follow were it otherwise."""

    title: str
    whose: tuple[str, ...]
    value: str
    otherwise: str
    """`first level: £311.36 a week; second level: £334.32 a week`."""
    turn: Turn
    """Whether something of it would be lost, or could not be given, in one of these ways; or whether it would only be more."""

    @property
    def fact(self) -> str:
        """`Has always lived in Jersey (parent)`."""
        whose = ", ".join(filter(None, self.whose))
        return f"{self.title} ({whose})" if whose else self.title

    @property
    def named(self) -> str:
        """`Has always lived in Jersey (parent): yes`."""
        return f"{self.fact}: {self.value}"


@frozen(eq=False, repr=False)
class Otherwise:
    """Of all answers together."""

    readings: Mapping[str, str]
    """By the name of a reading that was not taken, what would be answered."""
    carrying: tuple[Carrying, ...] | None
    """Those first on which most depends; None where there were too many facts to be tried."""
    is_any: bool
    """Whether there is anything assumed that could be tried."""

    @property
    def carries(self) -> tuple[Carrying, ...]:
        """What the answers would be less without."""
        return tuple(one for one in self.carrying or () if one.turn == "less")


def what_would_be_otherwise(assessment: Assessment) -> Otherwise:
    """An assessment for each reading, and for each other answer to what is assumed: some 50 ms for a household."""
    readings = {read.name: _answers(assessment, read.answers, why=True) for read in readings_not_taken(assessment)}
    turned = assumptions_that_matter(assessment)
    is_any = any(use.is_assumed and use.term.type.kind in ("yes/no", "choice") for use in assessment.facts)
    return Otherwise(readings, None if turned is None else tuple(_carrying(assessment, turned)), is_any)


def _carrying(assessment: Assessment, turned: Iterable[Turned]) -> Sequence[Carrying]:
    ways: dict[tuple[str, tuple[str, ...]], list[Turned]] = {}
    for one in turned:
        ways.setdefault((one.use.term.name, one.use.path), []).append(one)
    told: dict[tuple[str, str, str, Turn], list[str]] = {}
    for (_, path), each in ways.items():
        use = each[0].use
        turn: Turn = "less" if any(_is_lost(assessment, way) for way in each) else "more"
        words = "; ".join([_way(assessment, way) for way in each])
        key = (use.term.title, use.exact.words() if use.exact else "", words, turn)
        told.setdefault(key, []).append(assessment.world.names[path])
    found = [Carrying(title, tuple(whose), value, words, turn) for (title, value, words, turn), whose in told.items()]
    return sorted(found, key=lambda one: one.turn)


def _is_lost(assessment: Assessment, way: Turned) -> bool:
    return any(_is_less(assessment, key, answer) for key, answer in zip(assessment.asked, way.answers, strict=True))


def _is_less(assessment: Assessment, key: tuple[int, int], answer: Answered) -> bool:
    """Less of an amount, no instead of yes, or nothing that can be given; what is neither is lost when it is another."""
    now = assessment.at(key)
    if answer.is_same or isinstance(now.value, Refusal):
        return False
    if isinstance(answer.value, int) and isinstance(now.value, int):
        return answer.value * now.term.scale < now.value * answer.term.scale
    return True


def _way(assessment: Assessment, way: Turned) -> str:
    other = Exact(way.other, way.use.term.type).words()  # type: ignore[arg-type]
    return sentence("if {other}: {answers}", other=other, answers=_answers(assessment, way.answers, why=False))


def _answers(assessment: Assessment, answers: Sequence[Answered], why: bool) -> str:
    """`£311.36 a week`; of several answers each with its title, those alone that would be others where there are such."""
    others = [answer for answer in answers if not answer.is_same]
    if not others and len(answers) > 1:
        return sentence("the same")
    return "; ".join([_answer(assessment, answer, len(answers) > 1, why) for answer in others or answers])


def _answer(assessment: Assessment, answer: Answered, titled: bool, why: bool) -> str:
    refusal = refusal_of(answer.value)
    if answer.is_same and refusal is None:
        said = sentence("the same, {value}", value=answer.exact.words()) if answer.exact else sentence("the same")
    elif refusal is None:
        said = answer.exact.words() if answer.exact else sentence("others")
    elif why:
        why_not = " ".join(reasons_in(spoken(), assessment, refusal.reasons[:1])).removesuffix(".")
        said = sentence("it could not be given: {why}", why=why_not)
    else:
        said = sentence("it could not be given")
    if not titled:
        return said
    whose = assessment.world.names[answer.path]
    title = f"{answer.term.title} ({whose})" if whose else answer.term.title
    return sentence("{title}: {value}", title=title, value=said)
