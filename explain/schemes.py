"""Answers for several schemes: each under the title of its own."""

from __future__ import annotations

from collections.abc import Sequence

from engine.assessment import Assessment, FactUse, Step
from engine.cases.schemes import SchemeAsked
from explain.phrases import sentence, spoken
from explain.tongue import Tongue


def answers_of(assessment: Assessment, scheme: SchemeAsked) -> list[Step | FactUse]:
    """What a scheme pays, to each to whom it does; none where it is not answered for."""
    awards = {term.index for term in scheme.awards}
    return [answer for answer in assessment.answers if answer.term.index in awards] if scheme.answered else []


def headings(assessment: Assessment, schemes: Sequence[SchemeAsked]) -> dict[int, str]:
    """The title of its scheme for each answer, by the answer's `id`; none where one scheme is all."""
    answered = [scheme for scheme in schemes if scheme.answered]
    several = answered if len(answered) > 1 else []
    return {id(answer): scheme.title for scheme in several if scheme.title for answer in answers_of(assessment, scheme)}


def without_answers(assessment: Assessment, schemes: Sequence[SchemeAsked], tongue: Tongue | None = None) -> tuple[str, ...]:
    """A line for each scheme that pays nobody who is there."""
    tongue = tongue or spoken()
    day = tongue.day(assessment.case.on)
    without = [scheme for scheme in schemes if scheme.answered and not answers_of(assessment, scheme)]
    return tuple(
        tongue.say(
            "{scheme}: there is no {whom} in the case on {day}.",
            scheme=tongue.title(scheme.title) or tongue.say("Other rules"),
            whom=_whom(scheme, tongue),
            day=day,
        )
        for scheme in without
    )


def _whom(scheme: SchemeAsked, tongue: Tongue) -> str:
    found = sorted({term.entity.rpartition(".")[2] for term in scheme.awards if term.entity})
    return tongue.say(" and no ").join(map(tongue.title, found))


def told_of(schemes: Sequence[SchemeAsked]) -> str | None:
    """Which schemes are answered for, and how to ask for the others; None where there is nothing to choose."""
    others = [scheme.name for scheme in schemes if scheme.name and not scheme.answered]
    named = [f"{scheme.title} ({scheme.name})" for scheme in schemes if scheme.name and scheme.answered]
    if not others:
        return None
    return sentence(
        "Answered for: {schemes}. Not asked: {others}; ask with `--schemes {names}` or `--schemes all`.",
        schemes=", ".join(named) or sentence("no scheme"),
        others=", ".join(others),
        names=",".join(others),
    )
