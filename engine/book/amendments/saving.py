"""Savings: for whom a rule stands on as it was before an amendment (S51).

The old text becomes a rule of its own, which nothing changes any more; whether it is saved for a household is another. In the
amended rule an exception that prevails over all others gives the one where the other holds: no mechanism of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from attrs import evolve, frozen

from engine.book.amendments.editing import Shown
from engine.book.amendments.operations import Timed
from engine.book.amendments.renaming import written_names
from engine.book.ever import named
from engine.book.law import Law, Provision
from engine.book.writes import Enactment, Writer
from engine.values import day_words
from grammar import declarations as d
from grammar.amendments import Insert, Omit, OmitAmendment, Rename, Saved
from grammar.problems import Place, Problem
from grammar.syntax import Period, Ref, TypeText
from grammar.words import closest


@frozen(eq=False, repr=False)
class Saving:
    """A rule as it stood, whether it is saved for somebody, and the exception that says so."""

    provisions: tuple[Provision, Provision]
    exception: d.ExceptionClause


def nothing_stands_on(saved: Saved, timed: Timed) -> Problem | None:
    """Why an operation leaves nothing in which an old text could stand on."""
    match timed.operation.action:
        case Omit(target=target):
            message = f"`{target.name}` is omitted, and nothing is left in which what it said could stand on."
            fix = "Substitute it, saying what it is for all others, with `saved for … when …`."
        case Insert() | Rename() | OmitAmendment():
            message = "This takes no words away from a rule, so there is nothing to save."
            fix = "Leave `saved for … when …` out."
        case _:
            return None
    return _told(timed, message, Place(saved.span), fix)


def why_not(saved: Saved, provision: Provision, timed: Timed, law: Law) -> Iterator[Problem]:
    """Why a text cannot be saved so."""
    if provision.kind != "rule":
        message = (
            f"`{provision.name}` is a {provision.kind}, and is nobody's own: only a rule is worked out for a {saved.entity.name}."
        )
        fix = "Say it of the rule that reads it: substitute that rule, with `saved for … when …`."
        yield _told(timed, message, Place(saved.span), fix)
        return
    if saved.entity.name not in law.entities:
        near = closest(saved.entity.name, law.entities)
        fix = f"Write `{near}`." if near else f"Name one: {', '.join(f'`{name}`' for name in sorted(law.entities))}."
        yield _told(timed, f"There is no kind of entity called `{saved.entity.name}`.", Place(saved.entity.span), fix)
        return
    if saved.entity.name not in _around(provision.head.of.name, law):  # type: ignore[union-attr]
        of = provision.head.of.name  # type: ignore[union-attr]
        message = f"`{provision.name}` is worked out for each {of}, and a {of} is in no {saved.entity.name}."
        yield _told(timed, message, Place(saved.entity.span), f"Say for which {of} it is saved: `saved for {of} when …`.")
    known = law.inputs.keys() | law.entities.keys() | law.roles.keys()
    for name in sorted(set(named(saved.condition)) - known - {"assessment_date"}):
        yield _not_a_fact(name, saved, timed, law)


def _not_a_fact(name: str, saved: Saved, timed: Timed, law: Law) -> Problem:
    """What a condition names that is not told of a household."""
    word = next((word for word in written_names(saved.condition) if word.name == name), None)
    place = Place(saved.condition.span if word is None else word.span)
    if name not in law.provisions:
        near = closest(name, law.inputs)
        fix = f"Write `{near}`." if near else "Name a fact: what is declared as an `input`."
        return _told(timed, f"There is no fact called `{name}`.", place, fix)
    message = f"Whether it is saved can rest on facts only, and `{name}` is a {law.provisions[name].kind}."
    rests_on = sorted(law.ever.names[name] & law.inputs.keys())
    named = f", like `{rests_on[0]}`" if rests_on else ""
    return _told(timed, message, place, f"Name inputs{named}, so that what is saved does not change with the law.")


def is_saving(clause: d.ExceptionClause | d.Row) -> bool:
    """Whether an exception stands in no text, but was made so that an old one stands on."""
    return isinstance(clause, d.ExceptionClause) and clause.name_span.text != clause.name


def _names(rule: str, mark: str) -> tuple[str, str]:
    return f"{rule}_saved_by_{mark}", f"{rule}_is_saved_by_{mark}"


def _around(entity: str, law: Law) -> set[str]:
    """A kind of entity, and those that it is in."""
    found, waiting = {entity}, [entity]
    while waiting:
        inner = waiting.pop()
        for outer in law.entities.values():
            if outer.name not in found and inner in {word.name for word in outer.contains}:
                found.add(outer.name)
                waiting.append(outer.name)
    return found


def _told(timed: Timed, message: str, place: Place, fix: str) -> Problem:
    return Problem(code="cannot-be-saved", message=message, place=place, subject=timed.amendment.title, fix=fix)


def saving(saved: Saved, before: Shown, provision: Provision, timed: Timed, writer: Writer, taken: set[str]) -> Saving:
    """What stands on of a rule, as it stood on the day before an operation takes effect, by names that are not taken."""
    head = before.whole.head
    assert isinstance(head, d.Rule)
    plain = timed.amendment.name.replace(".", "_")
    marks = (f"{plain}_{number}" if number else plain for number in count())
    mark = next(mark for mark in marks if taken.isdisjoint(_names(head.name, mark)))
    taken |= set(_names(head.name, mark))
    period = Period(timed.commences, saved.until, span=saved.span)
    last = day_words(timed.commences - timedelta(days=1))
    text = evolve(before.text, period=period, made_by=())
    old = evolve(
        head, name=_names(head.name, mark)[0], title=f"{head.title} as it stood on {last}", versions=(text,), payable=None
    )
    asked = d.Alternative(value=saved.condition, condition=None, span=saved.span)
    is_saved = d.Rule(
        name=_names(head.name, mark)[1],
        of=saved.entity,
        title=f"Keeps {old.title}",
        type=TypeText("yes/no", span=saved.span),
        versions=(d.Version(period=period, alternatives=(asked,), exceptions=(), span=saved.span),),
        name_span=saved.span,
        span=saved.span,
    )
    by = Enactment(timed.amendment, timed.operation.provision, timed.commences)
    provisions = [
        evolve(writer.provision(rule, provision.instrument, by), identity=f"{provision.identity}#{part}.{mark}")
        for rule, part in ((old, "saved"), (is_saved, "is_saved"))
    ]
    whose = None if saved.entity.name == head.of.name else saved.entity.name
    exception = d.ExceptionClause(
        name=f"saved_by_{mark}",
        value=Ref(old.name, None, span=saved.span),
        condition=Ref(is_saved.name, whose, span=saved.span),
        period=period,
        because=None,
        name_span=saved.span,
        span=saved.span,
    )
    return Saving((provisions[0], provisions[1]), exception)
