"""Files to law: each declaration to its instrument, each version to its place's timeline (S40, S41)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeVar

from attrs import define, field

from engine.law import ALWAYS, Assembled, Law, Provision, Write, made_on, timeline
from engine.values import day_words
from grammar import declarations as d
from grammar.declarations import File
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Cite, MadeBy, Period
from grammar.words import closest

T = TypeVar("T")

BUILT_IN = {"assessment_date"}


def assemble(files: Iterable[File]) -> Assembled:
    """Puts all files together; the order in which they are given has no meaning."""
    assembler = _Assembler()
    files = list(files)
    assembler.unread = frozenset(name for file in files for name in file.unread)
    assembler.cut_short = tuple(span for file in files for span in file.cut_short)
    sorted_files = sorted(files, key=lambda file: file.source.path)
    for file in sorted_files:
        for declaration in file.declarations:
            if isinstance(declaration, d.Instrument):
                assembler.instrument(declaration)
    for instrument in assembler.instruments.values():
        assembler.cites(instrument.policy_cites, instrument.title)
    for file in sorted_files:
        current: str | None = None
        for declaration in file.declarations:
            match declaration:
                case d.Instrument():
                    current = declaration.name
                case d.Continued():
                    current = assembler.continued(declaration)
                case _:
                    assembler.add(declaration, current)
    return Assembled(assembler.law(), tuple(assembler.problems))


@define(eq=False, repr=False)
class _Assembler:
    problems: list[Problem] = field(factory=list)
    instruments: dict[str, d.Instrument] = field(factory=dict)
    entities: dict[str, d.Entity] = field(factory=dict)
    choices: dict[str, d.Choice] = field(factory=dict)
    inputs: dict[str, d.Input] = field(factory=dict)
    input_instruments: dict[str, str | None] = field(factory=dict)
    provisions: dict[str, Provision] = field(factory=dict)
    examples: list[d.Case] = field(factory=list)
    declared: dict[str, Span] = field(factory=dict)
    unread: frozenset[str] = frozenset()
    cut_short: tuple[Span, ...] = ()
    order: int = 0

    def law(self) -> Law:
        return Law(
            instruments=self.instruments,
            entities=self.entities,
            choices=self.choices,
            inputs=self.inputs,
            input_instruments=self.input_instruments,
            provisions=self.provisions,
            examples=tuple(self.examples),
            unread=self.unread,
        )

    # ---- instruments ------------------------------------------------------------------------------------------------

    def instrument(self, declaration: d.Instrument) -> None:
        if not self._is_new(declaration.name, declaration.name_span):
            return
        self.instruments[declaration.name] = declaration
        if made_on(declaration) is None and not self._is_cut_short(declaration):
            self.problems.append(
                Problem(
                    code="not-made",
                    severity="warning",
                    message=f"`{declaration.name}` does not say when it was made: it is a draft, and nothing in it is in force.",
                    place=Place(declaration.name_span),
                    subject=declaration.title,
                    fix="Add `made` and the day on which it was made; `made before` and a day, where only that is known.",
                )
            )

    def _is_cut_short(self, instrument: d.Instrument) -> bool:
        """Whether only its beginning could be read: what it lacks may stand in the rest."""
        return any(instrument.span.within(cut) for cut in self.cut_short)

    def continued(self, declaration: d.Continued) -> str | None:
        if declaration.name in self.instruments:
            return declaration.name
        self._unknown_instrument(declaration.name, declaration.name_span, None)
        return None

    def _unknown_instrument(self, name: str, span: Span, subject: str | None) -> None:
        if name in self.unread:
            return
        near = closest(name, self.instruments)
        self.problems.append(
            Problem(
                code="unknown-instrument",
                message=f"There is no instrument called `{name}`.",
                place=Place(span),
                subject=subject,
                fix=f"Write `{near}`." if near else 'Declare it: `instrument name "Title"` with `made` and `commences`.',
            )
        )

    # ---- everything else --------------------------------------------------------------------------------------------

    def add(self, declaration: d.Declaration, instrument: str | None) -> None:
        match declaration:
            case d.Case():
                if declaration.expect is not None:
                    self.examples.append(declaration)
                else:
                    self._case_in_rules(declaration)
            case d.Entity():
                if self._is_new(declaration.name, declaration.name_span):
                    self.entities[declaration.name] = declaration
            case d.Choice():
                if self._is_new(declaration.name, declaration.name_span):
                    self.choices[declaration.name] = declaration
            case d.Input():
                self.cites(declaration.cites, declaration.name)
                if self._is_new(declaration.name, declaration.name_span):
                    self.inputs[declaration.name] = declaration
                    self.input_instruments[declaration.name] = instrument
            case d.Figure() | d.Rule() | d.Group():
                if self._is_new(declaration.name, declaration.name_span):
                    self.provisions[declaration.name] = self._provision(declaration, instrument)

    def _case_in_rules(self, case: d.Case) -> None:
        self.problems.append(
            Problem(
                code="case-in-rules",
                message="A case stands among the rules; nothing here would use it.",
                place=Place(case.span),
                subject=case.title,
                fix="Move it to a `.case` file, or make it an `example` with `expect`.",
            )
        )

    def _is_new(self, name: str, span: Span) -> bool:
        if name in BUILT_IN:
            self.problems.append(
                Problem(
                    code="name-taken",
                    message=f"`{name}` is the day for which the award is worked out, in every rule book.",
                    place=Place(span),
                    fix="Choose another name.",
                )
            )
            return False
        first = self.declared.setdefault(name, span)
        if first is span:
            return True
        self.problems.append(
            Problem(
                code="name-taken",
                message=f"There are two declarations called `{name}`.",
                place=Place(span, "this one again"),
                second=Place(first, "declared here first"),
                subject=name,
                fix="Give one of them another name, or make them two versions of one rule.",
            )
        )
        return False

    def cites(self, cites: tuple[Cite, ...], subject: str) -> None:
        for cite in cites:
            if cite.instrument is not None and cite.instrument not in self.instruments:
                self._unknown_instrument(cite.instrument, cite.span.find(cite.instrument), subject)

    def _provision(self, declaration: d.Figure | d.Rule | d.Group, instrument: str | None) -> Provision:
        identity = f"{instrument or ''}:{declaration.name}"
        writes: list[Write[Any]]
        exceptions: dict[str, list[Write[d.ExceptionClause]]] = {}
        match declaration:
            case d.Figure():
                kind: Any = "figure"
                self.cites(declaration.cites, declaration.name)
                writes = [self._write(v, v.period, v.made_by, instrument, declaration, v.cites) for v in declaration.values]
            case d.Rule():
                kind = "rule"
                self.cites(declaration.cites, declaration.name)
                writes = []
                for version in declaration.versions:
                    for alternative in version.alternatives:
                        self.cites(alternative.cites, declaration.name)
                    write = self._write(version, version.period, version.made_by, instrument, declaration, version.cites)
                    writes.append(write)
                    for name, part in self._exceptions(version, write, instrument, declaration):
                        exceptions.setdefault(name, []).append(part)
            case d.Group():
                kind = "group"
                writes = [self._write(declaration, None, (), instrument, declaration, ())]
        self._overlaps(writes, declaration.name)
        return Provision(
            kind=kind,
            name=declaration.name,
            identity=identity,
            instrument=instrument,
            head=declaration,
            timeline=timeline(self._made(writes)),
            exceptions={name: timeline(self._made(parts)) for name, parts in exceptions.items()},
        )

    def _made(self, writes: list[Write[T]]) -> list[Write[T]]:
        """Those of instruments that have been made: a draft is not law (S39)."""
        return [w for w in writes if w.instrument is None or made_on(self.instruments[w.instrument]) is not None]

    def _write(
        self,
        text: T,
        period: Period | None,
        made_by: tuple[MadeBy, ...],
        instrument: str | None,
        head: d.Figure | d.Rule | d.Group,
        cites: tuple[Cite, ...],
    ) -> Write[T]:
        self.cites(cites, head.name)
        maker = self.instruments.get(instrument) if instrument else None
        for clause in made_by:
            if clause.instrument in self.instruments:
                maker = self.instruments[clause.instrument]
            else:
                self._unknown_instrument(clause.instrument, clause.span.find(clause.instrument), head.name)
        self.order += 1
        return Write(
            text=text,
            start=period.start if period else self._commencement(maker, head),
            end=period.end if period else None,
            instrument=maker.name if maker else None,
            provision=made_by[0].provision if made_by else None,
            made=made_on(maker) if maker else None,
            order=self.order,
        )

    def _commencement(self, maker: d.Instrument | None, head: d.Figure | d.Rule | d.Group) -> date:
        if maker is None:
            return ALWAYS
        if maker.commences is None and self._is_cut_short(maker):
            return ALWAYS
        if maker.commences is None:
            self.problems.append(
                Problem(
                    code="no-commencement",
                    message=f"`{head.name}` has no date, and its instrument `{maker.name}` does not say when it commences.",
                    place=Place(head.name_span),
                    second=Place(maker.name_span, "add `commences` here"),
                    subject=head.name,
                    fix="Add `commences` with its day to the instrument, or a dated `version` to the rule.",
                )
            )
            return ALWAYS
        return maker.commences

    def _exceptions(
        self, version: d.Version, write: Write[d.Version], instrument: str | None, rule: d.Rule
    ) -> Iterator[tuple[str, Write[d.ExceptionClause]]]:
        """Each exception is a place of its own: in force where its own period and its version's meet."""
        seen: dict[str, Span] = {}
        for clause in version.exceptions:
            first = seen.setdefault(clause.name, clause.name_span)
            if first is not clause.name_span:
                self.problems.append(
                    Problem(
                        code="name-taken",
                        message=f"Two exceptions of one rule are called `{clause.name}`.",
                        place=Place(clause.name_span, "this one again"),
                        second=Place(first, "the first"),
                        subject=rule.name,
                        fix="Give one of them another name.",
                    )
                )
                continue
            part = self._write(clause, clause.period, clause.made_by or version.made_by, instrument, rule, clause.cites)
            start = max(write.start, part.start if clause.period else write.start)
            ends = [end for end in (write.end, part.end) if end is not None]
            end = min(ends) if ends else None
            if end is None or start <= end:
                yield clause.name, Write(clause, start, end, part.instrument, part.provision, part.made, part.order)

    def _overlaps(self, writes: list[Write[Any]], name: str) -> None:
        """Versions written side by side may not overlap; a gap between two is reported (S41)."""
        if len(writes) > 1 and any(w.text.period is None for w in writes):
            return
        for before, after in pairwise(sorted(writes, key=Write.sort_key)):
            if before.start == after.start or (before.end is not None and before.end >= after.start):
                self.problems.append(
                    Problem(
                        code="periods-overlap",
                        message=f"Two versions of `{name}` are both in force on {day_words(after.start)}.",
                        place=Place(after.text.period.span, "begins here"),
                        second=Place(before.text.period.span, "this one has not ended"),
                        subject=name,
                        fix="Both begin on that day: correct one of the two dates."
                        if before.start == after.start
                        else f"End the earlier one: `until {day_words(after.start - timedelta(days=1))}`.",
                    )
                )
            elif before.end is not None and before.end + timedelta(days=1) < after.start:
                self.problems.append(
                    Problem(
                        code="period-gap",
                        severity="warning",
                        message=f"`{name}` says nothing from {day_words(before.end + timedelta(days=1))} to "
                        f"{day_words(after.start - timedelta(days=1))}.",
                        place=Place(after.text.period.span, "begins here"),
                        second=Place(before.text.period.span, "ends before"),
                        subject=name,
                        fix='Give the days in between a version, or `not encoded "why"`.',
                    )
                )
