"""Amendments carried out: the law with everything that they wrote, each write from its day and known from when it was made.

Operations are gone through in the order in which they were drafted. Each looks at the text of the day on which it takes effect,
as known when it was made (S43); there it fixes its place, which what is made later does not move. At the end every provision's
timeline is written out: a write wherever its text, as then known, becomes another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from attrs import define, evolve, field

from engine.book.amendments import figures_read, pending, refusals
from engine.book.amendments.editing import Change, Shown, Texts, Whole
from engine.book.amendments.known import written_out
from engine.book.amendments.matching import Found, afresh, fitted, occurrences, same, spliced
from engine.book.amendments.operations import Drafted, Timed, timed
from engine.book.amendments.saving import Reader, Saving, nothing_stands_on, saving, why_not
from engine.book.amendments.still_named import still_named
from engine.book.amendments.unwritten import Unwritten, all_unwritten, ended, inserted, omitted
from engine.book.amendments.wholes import not_encoded, parts_of, wholes, written
from engine.book.ever import named
from engine.book.law import Law, Provision, is_otherwise, timeline
from engine.book.writes import Writer
from grammar import amendments as a
from grammar import declarations as d
from grammar.problems import Problem
from grammar.syntax import NotEncoded, Number, Period, Product, Sum, Tree, Word


def amend(law: Law, drafted: Iterable[Drafted], writer: Writer) -> Law:
    """The law as its amendments have made it; what cannot be done is a problem, and the text stays as it was."""
    operations = timed(drafted, law, writer)
    if not operations:
        return law
    amending = Amending(law, writer)
    for operation in operations:
        amending.do(operation)
    return amending.law()


@define(eq=False, repr=False)
class Amending:
    """The provisions as far as amendments have been carried out."""

    _law: Law
    writer: Writer
    provisions: dict[str, Provision] = field(init=False)
    texts: dict[str, Texts] = field(factory=dict)
    """Of each provision that an amendment touches."""
    unwritten: list[Unwritten] = field(init=False)
    done: dict[str, list[Change | Whole]] = field(factory=dict)
    """By amendment, what its operations did."""
    omitted: list[tuple[str, Timed]] = field(factory=list)
    problems: list[Problem] = field(init=False)
    _names: set[str] = field(init=False)
    """Of provisions, and of what has been saved of them."""

    def __attrs_post_init__(self) -> None:
        self.provisions = {**self._law.provisions, **self._law.notices}
        self._names = set(self.provisions)
        self.unwritten = all_unwritten(self._law)
        self.problems = self.writer.problems

    def law(self) -> Law:
        provisions = {
            name: written_out(provision, self.texts[name]) if name in self.texts else provision
            for name, provision in self.provisions.items()
        }
        notices = {name: provision for name, provision in provisions.items() if isinstance(provision.head, d.Challenge | d.Duty)}
        terms = {name: provision for name, provision in provisions.items() if name not in notices}
        unwritten = tuple(one.written_out() for one in self.unwritten)
        law = self._law.changed(provisions=terms, notices=notices, unwritten=unwritten)
        for name, omission in self.omitted:
            self.problems += still_named(name, omission, law)
        return law

    # ---- one operation ----------------------------------------------------------------------------------------------

    def do(self, timed: Timed) -> None:
        """Carries out an operation; what it saves for some stands on as it was before it."""
        savings = list(self._savings(timed)) if timed.operation.saved else []
        problems = len(self.problems)
        self._act(timed)
        for texts, saved in savings if len(self.problems) == problems else ():
            self.provisions |= {provision.name: provision for provision in saved.provisions}
            shown = texts.on(timed.commences, timed.made)
            if shown is not None:
                place = texts.original(shown.text)
                self._change(texts, timed, place, saved.part, saved.until, inserts=True, saves=saved.asked)

    def _savings(self, timed: Timed) -> Iterator[tuple[Texts, Saving]]:
        for saved in timed.operation.saved:
            if (problem := nothing_stands_on(saved, timed)) is not None:
                self.problems.append(problem)
                continue
            for word in timed.operation.targets:
                provision = self.provisions.get(word.name)
                texts = self.of(word.name) if provision is not None else None
                before = texts.on(timed.commences - timedelta(days=1), timed.made) if texts is not None else None
                if provision is None or texts is None or before is None:
                    continue
                problems = list(why_not(saved, provision, timed, self._law, partial(self._readers, word.name, timed)))
                self.problems += problems
                if not problems:
                    yield texts, saving(saved, texts.saving(before), provision, timed, self.writer, self._names)

    def _readers(self, name: str, timed: Timed) -> list[Reader]:
        """The provisions that name another on the day on which an operation takes effect."""
        day, known = timed.commences, timed.made
        on = {
            other: self.texts[other].on(day, known) if other in self.texts else provision.timeline.at(day, known)
            for other, provision in self.provisions.items()
        }
        found = [(self.provisions[other], shown.text) for other, shown in on.items() if shown is not None]
        return [(provision, text) for provision, text in found if name in named(text)]

    def _act(self, timed: Timed) -> None:
        match timed.operation.action:
            case a.Replace(target=target) as action:
                if target.name in self._law.instruments:
                    pending.replace(action, timed, self.done, self._all_texts(), self.writer)
                elif (texts := self._target(target, timed)) is not None:
                    self._replace(action, texts, timed)
            case a.InsertPart(target=target, clause=clause) as action:
                if (texts := self._target(target, timed, clause)) is not None:
                    self._insert_part(action, texts, timed)
            case a.SubstitutePart(target=target, clause=clause):
                if (texts := self._target(target, timed, clause)) is not None:
                    self._part(clause.name, clause.name_span, clause, texts, timed)
            case a.OmitPart(target=target, part=part):
                if (texts := self._target(target, timed, part)) is not None:
                    self._part(part.name.name, part.name.span, None, texts, timed)
            case a.Unknown(targets=targets, text=text):
                for target in targets:
                    if (texts := self._target(target, timed)) is not None:
                        self._unknown(texts, text, timed)
            case a.Insert(text=text):
                self._insert(text, timed)
            case a.Substitute(text=text):
                self._substitute(text, timed)
            case a.Omit() as action:
                self._omit(action, timed)
            case a.OmitAmendment(target=target):
                pending.omit(target.name, timed, self.done, self._all_texts(), self.writer)
            case a.Rename(target=target):
                if (first := self._law.first_name(target.name)) in self.provisions:
                    self._target(Word(first, span=target.span), timed)

    def _target(self, word: Any, timed: Timed, part: object = None) -> Texts | None:
        """What was written to the provision of this name, if the amendment can change it and it is in force."""
        problem = refusals.of_target(word, part, timed, self._law, self.provisions, self.writer)
        if problem is not None:
            self.problems += problem
            return None
        texts = self.of(word.name)
        if texts.on(timed.commences, timed.made) is None:
            self.problems.append(refusals.not_in_force(word, timed, texts))
            return None
        return texts

    def _shows(self, timed: Timed) -> figures_read.Shows:
        """How each provision reads on the day on which an operation takes effect, as known when it was made."""

        def shown(name: str) -> Shown | None:
            texts = self.texts.get(name) or Texts(wholes(self.provisions[name]))
            return texts.on(timed.commences, timed.made)

        return shown

    def of(self, name: str) -> Texts:
        if name not in self.texts:
            self.texts[name] = Texts(wholes(self.provisions[name]))
        return self.texts[name]

    def _all_texts(self) -> list[Texts]:
        return [*self.texts.values(), *(one.texts for one in self.unwritten)]

    def _change(
        self, texts: Texts, timed: Timed, place: Tree, new: Tree | None, until: date | None = None, **more: Any
    ) -> Change:
        self.writer.order += 1
        until = min((day for day in (until, timed.operation.until) if day is not None), default=None)
        change = Change(timed, place, new, timed.commences, until, timed.made, self.writer.order, **more)
        self.problems += refusals.of_other_changes(change, texts)
        texts.change(change)
        self.done.setdefault(timed.amendment.name, []).append(change)
        return change

    def _put(self, texts: Texts, timed: Timed, whole: Whole) -> None:
        self.problems += (problems := refusals.of_other_wholes(whole, texts))
        if any(problem.code == "same-day" for problem in problems):
            return  # neither counts more, and what follows from the second would be told beside it
        texts.wholes.append(whole)
        self.done.setdefault(timed.amendment.name, []).append(whole)

    # ---- words ------------------------------------------------------------------------------------------------------

    def _replace(self, action: a.Replace, texts: Texts, timed: Timed) -> None:
        shown = texts.on(timed.commences, timed.made)
        assert shown is not None
        text: Tree = shown.text
        if action.part is not None:
            clauses = [clause for clause in parts_of(text) if clause.name == action.part.name.name]
            if not clauses:
                self.problems.append(refusals.no_part(action.part.name, action.part.kind, parts_of(text), timed))
                return
            text = clauses[0]
        if isinstance(text, d.Dated) and same(text.value, action.old):
            self._new_value(action, shown.whole, texts, timed)
            return
        if action.readings:
            self.problems.append(refusals.no_choice(action, timed))
            return
        found = list(occurrences(action.old, text))
        if not found or (len(found) > 1 and not action.everywhere):
            refuse = refusals.several if found else refusals.stale
            in_a_figure = None if found else figures_read.in_a_figure(action, timed, self.provisions, self._shows(timed))
            self.problems.append(in_a_figure or refuse(action, found, text, timed, texts))
            return
        self._check_being(action, timed)
        for place in found:
            self._replace_at(place, evolve(action, new=afresh(action.new)), texts, timed)

    def _replace_at(self, found: Found, action: a.Replace, texts: Texts, timed: Timed) -> None:
        new = fitted(action.new, found)
        if new is None:
            self.problems.append(refusals.does_not_fit(action, found, timed))
        elif found.run is None:
            self._change(texts, timed, texts.original(found.node), new)
        else:
            self._change(texts, timed, texts.original(found.node), spliced(_as_written(found.node, texts), found.run, action.new),
                         is_of_terms=True)  # fmt: skip

    def _new_value(self, action: a.Replace, whole: Whole, texts: Texts, timed: Timed) -> None:
        """A figure's value: the one in force is closed the day before, and the new one runs to where it would have ended."""
        stretch = timeline(one.write for one in texts.wholes).at(timed.commences, timed.made)
        end = stretch.end if stretch is not None and is_otherwise(whole.write) else whole.write.end
        period = Period(timed.commences, end, span=action.new.span)
        value = d.Dated(value=action.new, period=period, being=action.being, readings=action.readings, span=action.span)
        self.writer.order += 1
        write = written(value, end, timed, self.writer.order)
        self._put(texts, timed, Whole(write, {}, whole.head, timed.operation.until, timed=timed))

    def _check_being(self, action: a.Replace, timed: Timed) -> None:
        if action.being is not None and (not isinstance(action.old, Number) or not isinstance(action.new, Number)):
            self.problems.append(refusals.being_of_words(action.being, timed))
        elif action.being is not None:
            self.problems += refusals.does_not_follow(action, timed)

    # ---- parts ------------------------------------------------------------------------------------------------------

    def _insert_part(self, action: a.InsertPart, texts: Texts, timed: Timed) -> None:
        shown = texts.on(timed.commences, timed.made)
        assert shown is not None
        clause = action.clause
        until = timed.operation.until or date.max
        for day in (timed.commences, *(day for day in texts.days(timed.made) if timed.commences < day <= until)):
            then = texts.on(day, timed.made)
            taken = [part for part in parts_of(then.text) if part.name == clause.name] if then is not None else []
            if taken and (day == timed.commences or texts.original(then.text) is texts.original(shown.text)):  # type: ignore[union-attr]
                self.problems.append(refusals.part_taken(clause, taken[0], timed, day))
                return
        if action.before is not None and action.before.name not in {part.name for part in parts_of(shown.text)}:
            self.problems.append(refusals.no_part(action.before, "row" if isinstance(clause, d.Row) else "exception",
                                                  parts_of(shown.text), timed))  # fmt: skip
            return
        before = action.before.name if action.before else None
        self._change(texts, timed, texts.original(shown.text), clause, inserts=True, before=before)

    def _part(self, name: str, span: Any, new: Tree | None, texts: Texts, timed: Timed) -> None:
        """An exception or a row that is substituted, or (None) omitted."""
        shown = texts.on(timed.commences, timed.made)
        assert shown is not None
        clauses = [clause for clause in parts_of(shown.text) if clause.name == name]
        if clauses:
            self._change(texts, timed, texts.original(clauses[0]), new)
            return
        kind = "row" if isinstance(shown.text, d.TableVersion) else "exception"
        self.problems.append(refusals.no_part(Word(name, span=span), kind, parts_of(shown.text), timed))

    # ---- provisions -------------------------------------------------------------------------------------------------

    def _insert(self, text: Any, timed: Timed) -> None:
        principal = refusals.principal(timed, self._law)
        if principal is None:
            self.problems += refusals.insert_where(timed, self._law)
        elif isinstance(text, d.Unwritten):
            provision, whole = inserted(text, principal, timed, self.writer)
            self.unwritten.append(provision)
            self._put(provision.texts, timed, whole)
        elif self._has_ended(text.name, principal, timed):
            self._put_new(text, timed)
        elif taken := refusals.name_taken(text, timed, self._law, self.provisions):
            self.problems.append(taken)
        else:
            self.provisions[text.name] = self.writer.provision(text, principal, timed.by)
            self._names.add(text.name)
            for whole in self.of(text.name).wholes:
                whole.timed, whole.until = timed, timed.operation.until
                self.done.setdefault(timed.amendment.name, []).append(whole)
            self._see_days(self.provisions[text.name], timed)

    def _substitute(self, text: Any, timed: Timed) -> None:
        if isinstance(text, d.Unwritten):
            self._omit(a.Omit("provision", Word(text.place, span=text.name_span), span=text.span), timed)
            self._insert(text, timed)
            return
        word = Word(text.name, span=text.name_span)
        if self._target(word, timed, text) is not None:
            self._put_new(text, timed)

    def _has_ended(self, name: str, instrument: str, timed: Timed) -> bool:
        """Whether a name is free again: what its instrument called so has been omitted, or has expired (S48)."""
        if name not in self.provisions or self.provisions[name].instrument != instrument:
            return False
        texts = self.of(name)
        is_over = any(whole.write.start <= timed.commences for whole in texts.wholes)
        return is_over and texts.on(timed.commences, timed.made) is None

    def _see_days(self, new: Provision, timed: Timed) -> None:
        self.problems += refusals.before_commencement(new.timeline.writes, new.head.name_span, timed)

    def _put_new(self, text: Any, timed: Timed) -> None:
        """A provision in place of what bore its name."""
        texts = self.of(text.name)
        new = self.writer.provision(text, self.provisions[text.name].instrument, timed.by)
        self._see_days(new, timed)
        for whole in wholes(new):
            self._put(texts, timed, evolve(whole, until=timed.operation.until, replaces_what_follows=True, timed=timed))

    def _omit(self, action: a.Omit, timed: Timed) -> None:
        if action.kind == "provision":
            for own, whole in omitted(action, timed, self.unwritten, self.writer):
                self._put(own, timed, whole)
        elif (texts := self._target(action.target, timed, action.kind)) is not None:
            shown = texts.on(timed.commences, timed.made)
            assert shown is not None
            self.omitted.append((action.target.name, timed))
            self._put(texts, timed, ended(shown.whole, timed, self.writer))

    def _unknown(self, texts: Texts, text: NotEncoded, timed: Timed) -> None:
        """What a missing instrument may have changed is not known until something is enacted or observed again."""
        shown = texts.on(timed.commences, timed.made)
        assert shown is not None
        self.writer.order += 1
        lost = not_encoded(shown.text, text, timed.commences)
        write = written(lost, shown.whole.write.end, timed, self.writer.order)
        parts = {row.name: evolve(write, text=row) for row in getattr(lost, "rows", ())}
        self._put(texts, timed, Whole(write, parts, shown.whole.head, timed.operation.until, timed=timed))


def _as_written(node: Tree, texts: Texts) -> Tree:
    """A sum or a product with each of its terms as it was written, so that changes inside them go on."""
    if isinstance(node, Sum):
        terms: Any = tuple((sign, texts.original(term)) for sign, term in node.terms)
        return evolve(node, terms=terms)
    assert isinstance(node, Product)
    factors: Any = tuple((sign, texts.original(factor)) for sign, factor in node.factors)
    return evolve(node, factors=factors)
