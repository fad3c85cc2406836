"""Savings: for whom a rule or a table stands on as it was before an amendment (S51).

The old text becomes a rule or a table of its own, which nothing changes any more; whether it is saved for a household is a rule
beside it. In the amended rule an exception that prevails over all others gives the one where the other holds, in a table a row
that comes before all others: no mechanism of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

from attrs import evolve, frozen

from engine.book.amendments.editing import Shown
from engine.book.amendments.operations import Timed
from engine.book.amendments.renaming import written_names
from engine.book.ever import named
from engine.book.law import Law, Provision
from engine.book.writes import Enactment, Writer
from engine.values import day_words
from grammar import declarations as d
from grammar.amendments import Insert, Omit, OmitAmendment, Rename, Replace, Saved
from grammar.problems import Place, Problem
from grammar.syntax import Period, Ref, TypeText
from grammar.words import closest

Reader = tuple[Provision, Any]
"""A provision that names another, with its text."""


@frozen(eq=False, repr=False)
class Saving:
    """A rule or a table as it stood, whether it is saved for somebody, and the exception or row that says so."""

    provisions: tuple[Provision, Provision]
    part: d.ExceptionClause | d.Row
    asked: Ref
    until: date | None
    """The last day of a row; an exception says it itself."""


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


def why_not(
    saved: Saved, provision: Provision, timed: Timed, law: Law, readers: Callable[[], Sequence[Reader]]
) -> Iterator[Problem]:
    """Why a text cannot be saved so; `readers` are the provisions that name it on the day on which that takes effect."""
    is_own = provision.kind in ("rule", "table")
    if saved.entity.name not in law.entities:
        near = closest(saved.entity.name, law.entities)
        fix = f"Write `{near}`." if near else f"Name one: {', '.join(f'`{name}`' for name in sorted(law.entities))}."
        yield _told(timed, f"There is no kind of entity called `{saved.entity.name}`.", Place(saved.entity.span), fix)
    elif provision.kind == "figure":
        yield _of_a_figure(saved, provision, timed, law, readers())
    elif not is_own:
        message = f"`{provision.name}` is a {provision.kind}, and is nobody's own: only a rule or a table is worked out for a "
        message += f"{saved.entity.name}."
        fix = "Say it of the rule that reads it: substitute that rule, with `saved for … when …`."
        yield _told(timed, message, Place(saved.span), fix)
    elif not _is_for(saved, provision, law):
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


def _of_a_figure(saved: Saved, figure: Provision, timed: Timed, law: Law, readers: Sequence[Reader]) -> Problem:
    """A figure has one value for everybody, in cells and bands too: what reads it says for whom the old one counts."""
    name, *names = (law.called(one.name, timed.commences, timed.made) for one in (figure, *(one for one, _ in readers)))
    told = _listed([f"`{reader}`" for reader in names])
    message = (
        f"`{name}` is a figure: it has one value for everybody, and {told or 'nothing'} read{'s' if len(names) < 2 else ''} it."
    )
    action, head = timed.operation.action, figure.head
    assert isinstance(head, d.Figure)
    if not readers:
        return _told(timed, message, Place(saved.span), "Leave `saved for … when …` out.")
    new = next(word for word in (f"{name}_{number}" for number in count(2)) if word not in law.provisions)
    value = f"{action.new.span.text} from {day_words(timed.commences)}" if isinstance(action, Replace) else "…"
    lines, others = [], []
    for called, (reader, text) in zip(names, readers, strict=True):
        if reader.kind in ("rule", "table") and _is_for(saved, reader, law):
            everywhere = " wherever it occurs" if [*named(text)].count(figure.name) > 1 else ""
            lines.append(f"`in {called} for {name} substitute {new}{everywhere}`")
        else:
            others.append(f"`{called}`")
    fix = f'Write `insert figure {new} "{head.title}" : {head.type.span.text} {value}` instead'
    fix += f", and with this saving {_listed(lines)}." if lines else "."
    if others:
        fix += f" {_listed(others)} {'is' if len(others) == 1 else 'are'} no {saved.entity.name}'s: say there for whom."
    return _told(timed, message, Place(saved.span), fix)


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _is_for(saved: Saved, provision: Provision, law: Law) -> bool:
    """Whether whoever a rule or a table is worked out for is such an entity, or in one."""
    return saved.entity.name in _around(provision.head.of.name, law)  # type: ignore[union-attr]


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
    """What stands on, as it stood on the day before an operation takes effect, by names that are not taken."""
    head: Any = before.whole.head
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
    value, asks = Ref(old.name, None, span=saved.span), Ref(is_saved.name, whose, span=saved.span)
    name, span = f"saved_by_{mark}", saved.span
    if isinstance(head, d.Table):
        row = d.Row(name=name, cells=(), value=value, name_span=span, span=span)
        return Saving((provisions[0], provisions[1]), row, asks, saved.until)
    clause = d.ExceptionClause(name=name, value=value, condition=asks, period=period, because=None, name_span=span, span=span)
    return Saving((provisions[0], provisions[1]), clause, asks, None)
