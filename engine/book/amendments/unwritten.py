"""Provisions without a term, which an amendment names by their place: omitted, inserted, substituted (S48, S65).

What was written to each is kept as that of every other provision is: so a change for a time falls away after it, and an
amendment of the amendment reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from attrs import evolve, frozen

from engine.book.amendments import refusals
from engine.book.amendments.editing import Texts, Whole
from engine.book.amendments.known import unwritten_out
from engine.book.amendments.operations import Timed
from engine.book.law import Law, UnwrittenProvision, timeline
from engine.book.writes import Writer
from grammar import amendments as a
from grammar import declarations as d
from grammar.problems import Problem


@frozen(eq=False, repr=False)
class Unwritten:
    """A provision without a term, and everything that was written to it."""

    provision: UnwrittenProvision
    texts: Texts

    def written_out(self) -> UnwrittenProvision:
        is_amended = any(whole.timed is not None for whole in self.texts.wholes)
        return unwritten_out(self.provision, self.texts) if is_amended else self.provision


def all_unwritten(law: Law) -> list[Unwritten]:
    return [Unwritten(found, Texts([Whole(write, {}, write.text) for write in found.timeline.dated])) for found in law.unwritten]


def inserted(text: d.Unwritten, instrument: str, timed: Timed, writer: Writer) -> tuple[Unwritten, Whole]:
    """A provision to which nothing was written yet, and what an operation writes to it."""
    write = writer.write(text, text.period, (), instrument, text, text.cites, timed.by)
    writer.problems += refusals.before_commencement([write], text.name_span, timed)
    whole = Whole(write, {}, text, timed.operation.until, timed=timed)
    return Unwritten(UnwrittenProvision(instrument, timeline([])), Texts([])), whole


def omitted(action: a.Omit, timed: Timed, unwritten: Iterable[Unwritten], writer: Writer) -> list[tuple[Texts, Whole]]:
    """What ends each of the provisions of a place that are in force; a place that has none is a problem."""
    unwritten = list(unwritten)
    named = [one for one in unwritten if any(whole.write.text.place == action.target.name for whole in one.texts.wholes)]
    amended = {word.name for word in timed.amendment.amends}
    others = [by for one in named if (by := one.provision.instrument) is not None and by not in amended]
    own = [one for one in named if one.provision.instrument in {None, *amended}]
    problems: list[Problem] = []
    if not own and others and amended:
        problems.append(refusals.of_another_instrument(action.target, others[0], timed))
    elif not named:
        places = [whole.write.text.place for one in unwritten for whole in one.texts.wholes]
        problems.append(refusals.no_such_provision(action, timed, places))
    found = []
    for one in own:
        shown = one.texts.on(timed.commences, timed.made)
        if shown is None:
            problems.append(refusals.not_in_force(action.target, timed, one.texts))
            continue
        found.append((one.texts, ended(shown.whole, timed, writer)))
    writer.problems += problems if not found else ()
    return found


def ended(whole: Whole, timed: Timed, writer: Writer) -> Whole:
    """That nothing of a text stands any more, from the day of an operation on."""
    writer.order += 1
    operation = timed.operation
    write = evolve(
        whole.write, start=timed.commences, end=timed.commences - timedelta(days=1), instrument=timed.amendment.name,
        provision=operation.provision, made=timed.made, order=writer.order,
    )  # fmt: skip
    return Whole(write, {}, whole.head, operation.until, replaces_what_follows=True, timed=timed)
