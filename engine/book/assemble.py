"""Files to law: each declaration to its instrument, each version to its place's timeline (S40, S41)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import define, evolve, field

from engine.book import resolve, schemes
from engine.book.law import ALWAYS, Assembled, Law, Part, Provision, UnwrittenProvision, Write, made_on, timeline
from engine.book.periods import beside
from engine.units import POUND
from grammar import declarations as d
from grammar.declarations import File
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Cite, MadeBy, Number, Period, Rounding
from grammar.words import closest

T = TypeVar("T")

BUILT_IN = {
    "assessment_date": "the day for which the award is worked out, in every rule book",
}


def assemble(files: Iterable[File]) -> Assembled:
    """Puts all files together; the order in which they are given has no meaning."""
    assembler = _Assembler()
    files = list(files)
    terms = {declaration.name for file in files for declaration in file.declarations if hasattr(declaration, "name")}
    files, assembler.keys = schemes.with_keys(files, assembler.problems)
    assembler.units = resolve.declared_units(files)
    files = resolve.with_units(files, assembler.units, terms, assembler.problems)
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


def _completed(instrument: d.Instrument) -> d.Instrument:
    """An instrument of which only the beginning could be read, with all that may stand in the rest."""
    penny = Number(1, 2, ((POUND, 1),), span=instrument.span)
    return evolve(
        instrument,
        made=made_on(instrument) or ALWAYS,
        commences=instrument.commences or ALWAYS,
        policy=instrument.policy or Rounding("nearest", penny, span=instrument.span),
        short_months=instrument.short_months or "last",
    )


@define(eq=False, repr=False)
class _Assembler:
    problems: list[Problem] = field(factory=list)
    instruments: dict[str, d.Instrument] = field(factory=dict)
    entities: dict[str, d.Entity] = field(factory=dict)
    choices: dict[str, d.Choice] = field(factory=dict)
    roles: dict[str, d.Role] = field(factory=dict)
    units: Mapping[str, str] = field(factory=dict)
    keys: schemes.Keys = schemes.Keys({}, {}, {})
    unwritten: list[UnwrittenProvision] = field(factory=list)
    standing_checks: list[tuple[d.StandingCheck, str | None]] = field(factory=list)
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
            roles=self.roles,
            units=self.units,
            unwritten=tuple(self.unwritten),
            standing_checks=tuple(self.standing_checks),
            inputs=self.inputs,
            input_instruments=self.input_instruments,
            provisions=self.provisions,
            keys=self.keys,
            examples=tuple(self.examples),
            unread=self.unread,
        )

    # ---- instruments ------------------------------------------------------------------------------------------------

    def instrument(self, declaration: d.Instrument) -> None:
        if not self._is_new(declaration.name, declaration.name_span):
            return
        if any(declaration.span.within(cut) for cut in self.cut_short):
            declaration = _completed(declaration)
        self.instruments[declaration.name] = declaration
        if made_on(declaration) is None:
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

    def continued(self, declaration: d.Continued) -> str | None:
        if declaration.name in self.instruments:
            return declaration.name
        self._unknown_instrument(declaration.name, declaration.name_span, None)
        return None

    def _unknown_instrument(self, name: str, span: Span, subject: str | None) -> None:
        if name in self.unread:
            return
        near = closest(name, self.instruments, self.problems)
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
            case d.Scheme():
                pass
            case d.Role():
                if self._is_new(declaration.name, declaration.name_span):
                    self.roles[declaration.name] = declaration
            case d.Unit():
                if self._is_new(declaration.name, declaration.name_span) and declaration.plural.name != declaration.name:
                    self._is_new(declaration.plural.name, declaration.plural.span)
            case d.Unwritten():
                write = self._write(declaration, declaration.period, (), instrument, declaration, declaration.cites)
                self.unwritten.append(UnwrittenProvision(instrument, timeline(self._made([write]))))
            case d.StandingCheck():
                self.cites(declaration.cites, "every figure")
                self.standing_checks.append((declaration, instrument))
            case d.Figure() | d.Rule() | d.Table() | d.Scale() | d.Group():
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
                    message=f"`{name}` is {BUILT_IN[name]}.",
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

    def _provision(self, declaration: d.Provision, instrument: str | None) -> Provision:
        if not isinstance(declaration, d.Group):
            self.cites(declaration.cites, declaration.name)
        versions: Sequence[Any] = (declaration,)
        if isinstance(declaration, d.Figure):
            versions = declaration.values
        elif not isinstance(declaration, d.Group):
            versions = declaration.versions
        writes: list[Write[Any]] = []
        parts: dict[str, list[Write[Part]]] = {}
        for version in versions:
            dated = not isinstance(version, d.Group)
            write = self._write(
                version,
                version.period if dated else None,
                version.made_by if dated else (),
                instrument,
                declaration,
                version.cites if dated else (),
            )
            writes.append(write)
            for inner in _inside(version):
                self.cites(inner.cites, declaration.name)
            for name, part in self._parts(version, write, instrument, declaration):
                parts.setdefault(name, []).append(part)
        for name, part in self._above_versions(declaration, writes, parts, instrument):
            parts[name] = [part]
        self.problems.extend(beside(writes, declaration.name))
        return Provision(
            kind=type(declaration).__name__.lower(),  # type: ignore[arg-type]
            name=declaration.name,
            identity=f"{self.keys.permanent(instrument or '')}:{self.keys.permanent(declaration.name)}",
            instrument=instrument,
            head=declaration,
            timeline=timeline(self._made(writes)),
            parts={name: timeline(self._made(found)) for name, found in parts.items()},
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
        head: d.Provision | d.Unwritten,
        cites: tuple[Cite, ...],
    ) -> Write[T]:
        subject = head.place if isinstance(head, d.Unwritten) else head.name
        self.cites(cites, subject)
        maker = self.instruments.get(instrument) if instrument else None
        for clause in made_by:
            if clause.instrument in self.instruments:
                maker = self.instruments[clause.instrument]
            else:
                self._unknown_instrument(clause.instrument, clause.span.find(clause.instrument), subject)
        self.order += 1
        return Write(
            text=text,
            start=period.start if period else self._commencement(maker, subject, head.name_span),
            end=period.end if period else None,
            instrument=maker.name if maker else None,
            provision=made_by[0].provision if made_by else None,
            made=made_on(maker) if maker else None,
            order=self.order,
        )

    def _commencement(self, maker: d.Instrument | None, subject: str, span: Span) -> date:
        if maker is None:
            return ALWAYS
        if maker.commences is None:
            self.problems.append(
                Problem(
                    code="no-commencement",
                    message=f"`{subject}` has no date, and its instrument `{maker.name}` does not say when it commences.",
                    place=Place(span),
                    second=Place(maker.name_span, "add `commences` here"),
                    subject=subject,
                    fix="Add `commences` with its day to the instrument, or a dated `version` to the rule.",
                )
            )
            return ALWAYS
        return maker.commences

    def _above_versions(
        self,
        head: d.Provision,
        versions: Sequence[Write[Any]],
        parts: Mapping[str, Sequence[Write[Part]]],
        instrument: str | None,
    ) -> Iterator[tuple[str, Write[Part]]]:
        """Exceptions that stand above a rule's versions hold in each of them, on days of their own (S78)."""
        seen: dict[str, Span] = {name: found[0].text.name_span for name, found in parts.items()}
        for clause in getattr(head, "exceptions", ()):
            first = seen.setdefault(clause.name, clause.name_span)
            if first is not clause.name_span:
                self._named_twice("exceptions of one rule", clause, first, head.name)
                continue
            part = self._write(clause, clause.period, clause.made_by, instrument, head, clause.cites)
            write = part if clause.period else evolve(part, start=min(version.start for version in versions))
            if not any(_share_a_day(write, version) for version in versions):
                self._never_in_force(clause, Place(head.name_span, "no version on them"), head.name)
            yield clause.name, write

    def _parts(
        self, version: Any, write: Write[Any], instrument: str | None, head: d.Provision
    ) -> Iterator[tuple[str, Write[Part]]]:
        """Each exception and each row is a place of its own: in force where its own period and its version's meet."""
        seen: dict[str, Span] = {}
        for clause in (*getattr(version, "exceptions", ()), *getattr(version, "rows", ())):
            first = seen.setdefault(clause.name, clause.name_span)
            if first is not clause.name_span:
                what = "rows of one table" if isinstance(clause, d.Row) else "exceptions of one rule"
                self._named_twice(what, clause, first, head.name)
                continue
            part = self._write(clause, clause.period, clause.made_by or version.made_by, instrument, head, clause.cites)
            start = max(write.start, part.start if clause.period else write.start)
            ends = [end for end in (write.end, part.end) if end is not None]
            end = min(ends) if ends else None
            if end is None or start <= end:
                yield clause.name, Write(clause, start, end, part.instrument, part.provision, part.made, part.order)
                continue
            outside = version.span if version.period is None else version.period.span
            self._never_in_force(clause, Place(outside, "the version" if version.period is None else "outside"), head.name)

    def _named_twice(self, what: str, clause: Part, first: Span, name: str) -> None:
        self.problems.append(
            Problem(
                code="name-taken",
                message=f"Two {what} are called `{clause.name}`.",
                place=Place(clause.name_span, "this one again"),
                second=Place(first, "the first"),
                subject=name,
                fix="Give one of them another name.",
            )
        )

    def _never_in_force(self, clause: Part, version: Place, name: str) -> None:
        self.problems.append(
            Problem(
                code="never-in-force",
                severity="warning",
                message=f"`{clause.name}` is never in force: its days lie outside those of its version.",
                place=Place(clause.period.span if clause.period else clause.name_span, "these days"),
                second=version,
                subject=name,
                fix="Correct one of the dates, or move it to the version that is in force on its days.",
            )
        )


def _share_a_day(one: Write[object], other: Write[object]) -> bool:
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def _inside(version: Any) -> Iterator[Any]:
    """The parts of a version that have citations and no place of their own: cases, readings, bands, what fills a table's gaps."""
    yield from getattr(version, "alternatives", ())
    yield from getattr(version, "bands", ())
    for reading in getattr(version, "readings", ()):
        yield from reading.alternatives
    if getattr(version, "otherwise", None) is not None:
        yield version.otherwise
