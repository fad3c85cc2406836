"""What is paid over a period: `pay`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from typing import Any, Literal

from attrs import frozen

from engine.mechanisms.days import MOST_DAYS
from engine.paying import Claim, claim
from engine.values import Refusal, day_words
from grammar.problems import Problem, errors, in_order
from grammar.source import Source
from jurat.answers import asked_of
from jurat.rulebook import Rules


@frozen(eq=False, repr=False)
class Payments:
    """A claim over a period, or the problems because of which there is none; warnings may stand beside a claim."""

    claim: Claim | None
    title: str | None
    problems: tuple[Problem, ...]

    @property
    def is_refused(self) -> bool:
        """Whether anything that is asked cannot be said."""
        return self.claim is None or any(isinstance(paid.total, Refusal) for paid in self.claim.paid)

    def data(self) -> dict[str, Any]:
        """As JSON has it: jurat/schemas/claim.v1.json; where there is no claim, its problems."""
        from explain.data import refused
        from explain.paying import data

        return refused(list(self.problems)) if self.claim is None else data(self.claim, self.title)

    def told(self, form: Literal["text", "md"] = "text") -> str:
        """For people; where there is no claim, its problems."""
        if self.claim is None:
            from grammar.rendering import render_all

            return render_all(self.problems) + "\n"
        from explain.paying import render

        return render(self.claim, self.title, form)


def pay(
    rules: Rules,
    case: str | PathLike[str] | Mapping[str, Any] | Source,
    first: date,
    last: date,
    *,
    known: date | None = None,
    of: Sequence[str] = (),
    readings: Sequence[str] = (),
    strict: bool = False,
    schemes: Sequence[str] | None = None,
) -> Payments:
    """What the awards (of some schemes, or those in `of`) pay a case from one day to another, both included (S55 to S57)."""
    if last < first:
        fix = "Exchange the two dates."
        problem = Problem(code="period-backwards", message=f"The period ends before it begins, on {day_words(last)}.", fix=fix)
        return Payments(None, None, (problem,))
    if (last - first).days >= MOST_DAYS:
        message = f"The period has {(last - first).days + 1:,} days; at most {MOST_DAYS:,} are worked out."
        return Payments(None, None, (Problem(code="too-large", message=message, fix="Ask for a shorter period."),))
    question = asked_of(rules, case, on=first, known=known, of=of, readings=readings, schemes=schemes)
    problems = list(question.problems)
    if question.asked is None:
        return Payments(None, None, tuple(in_order(problems)))
    graph, bound, asked = question.asked
    unpaid = [term for term in asked if term.payable is None]
    if unpaid:
        message = f"`{unpaid[0].name}` is not marked as what is paid."
        fix = "Ask for a rule that is `payable …`, or for none, which asks for all of them."
        problems.append(Problem(code="nothing-asked", message=message, fix=fix))
    if errors(problems):
        return Payments(None, None, tuple(in_order(problems)))
    return Payments(claim(graph, bound, asked, first, last, strict), bound.title, tuple(in_order(problems)))
