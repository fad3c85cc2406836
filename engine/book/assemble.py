"""Files to law: each declaration to its instrument, what amendments do to the provisions that they amend (S40 to S53)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import define, evolve, field

from engine.book import resolve, schemes
from engine.book.amendments import renaming
from engine.book.amendments.amending import amend
from engine.book.amendments.operations import Drafted
from engine.book.law import ALWAYS, BUILT_IN, Assembled, Law, Provision, UnwrittenProvision, made_on, timeline
from engine.book.writes import Writer
from engine.units import POUND
from grammar import declarations as d
from grammar.amendments import Insert
from grammar.declarations import File
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Number, Rounding


def assemble(files: Iterable[File], drafts: Iterable[str] = (), known: date | None = None) -> Assembled:
    """Puts all files together; the order in which they are given has no meaning.

    `drafts` are the instruments not yet made that are looked at as if they had been, after all others (S39): after those that
    had been made by the day `known`, if it is given.
    """
    assembler = _Assembler()
    drafts = frozenset(drafts)
    files = list(files)
    terms = {declaration.name for file in files for declaration in file.declarations if hasattr(declaration, "name")}
    files, assembler.keys = schemes.with_keys(files, assembler.problems)
    files, assembler.renamed = renaming.with_first_names(files, drafts, assembler.problems)
    assembler.units = resolve.declared_units(files)
    files, undeclared = resolve.with_units(files, assembler.units, terms, assembler.problems)
    assembler.unread = frozenset(name for file in files for name in file.unread) | undeclared
    assembler.cut_short = tuple(span for file in files for span in file.cut_short)
    sorted_files = sorted(files, key=lambda file: file.source.path)
    for file in sorted_files:
        for declaration in file.declarations:
            if isinstance(declaration, d.Instrument):
                assembler.instrument(declaration)
    assembler.writer = Writer(assembler.problems, assembler.instruments, assembler.keys, assembler.unread, drafts, known)
    for instrument in assembler.instruments.values():
        assembler.writer.cites(instrument.policy_cites, instrument.title)
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
    assembler.amends_what()
    assembler.amends_nothing()
    law = amend(assembler.law(), assembler.drafted, assembler.writer)
    return Assembled(law, tuple(assembler.problems))


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
    notices: dict[str, Provision] = field(factory=dict)
    examples: list[d.Case] = field(factory=list)
    declared: dict[str, Span] = field(factory=dict)
    unread: frozenset[str] = frozenset()
    cut_short: tuple[Span, ...] = ()
    renamed: tuple[renaming.Renamed, ...] = ()
    drafted: list[Drafted] = field(factory=list)
    writer: Writer = field(init=False)

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
            notices=self.notices,
            keys=self.keys,
            examples=tuple(self.examples),
            unread=self.unread,
            renamed=self.renamed,
            drafts=self.writer.drafts,
        )

    # ---- instruments ------------------------------------------------------------------------------------------------

    def instrument(self, declaration: d.Instrument) -> None:
        if not self._is_new(declaration.name, declaration.name_span):
            return
        is_cut_short = any(declaration.span.within(cut) for cut in self.cut_short)
        if is_cut_short:
            declaration = _completed(declaration)
            self.unread |= {declaration.name} if declaration.is_amendment else set()
        self.instruments[declaration.name] = declaration
        if made_on(declaration) is None and not declaration.is_amendment:
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

    def amends_nothing(self) -> None:
        """Amendments that do not say what they amend: it is that of which they change provisions, where they do."""
        for instrument in self.instruments.values():
            if not instrument.is_amendment or instrument.amends or instrument.name in self.unread:
                continue
            targets = [word.name for one in self.drafted if one.amendment is instrument for word in one.operation.targets]
            found = [self.provisions[name].instrument for name in targets if name in self.provisions]
            names = list(dict.fromkeys(name for name in found if name is not None))
            wanted = f"`amends {', '.join(names)}` below its heading" if names else "`amends` and the name of that instrument"
            self.problems.append(
                Problem(
                    code="amends-nothing",
                    message=f"`{instrument.name}` does not say which instrument it amends.",
                    place=Place(instrument.name_span),
                    subject=instrument.title,
                    fix=f"Add {wanted}.",
                )
            )

    def continued(self, declaration: d.Continued) -> str | None:
        if declaration.name in self.instruments:
            return declaration.name
        self.writer.unknown_instrument(declaration.name, declaration.name_span, None)
        return None

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
                self.writer.cites(declaration.cites, declaration.name)
                if self._is_new(declaration.name, declaration.name_span):
                    self.inputs[declaration.name] = declaration
                    self.input_instruments[declaration.name] = instrument
            case d.Scheme() | d.Instrument() | d.Continued():
                pass
            case d.Operation():
                self._operation(declaration, instrument)
            case d.Role():
                if self._is_new(declaration.name, declaration.name_span):
                    self.roles[declaration.name] = declaration
            case d.Unit():
                if self._is_new(declaration.name, declaration.name_span) and declaration.plural.name != declaration.name:
                    self._is_new(declaration.plural.name, declaration.plural.span)
            case _:
                if not self._stands_in_an_amendment(declaration, instrument):
                    self._provision(declaration, instrument)

    def _provision(self, declaration: d.Named | d.Unwritten | d.StandingCheck, instrument: str | None) -> None:
        """What the law says itself: with a name or without, with a value or without."""
        match declaration:
            case d.Unwritten():
                write = self.writer.write(declaration, declaration.period, (), instrument, declaration, declaration.cites)
                self.unwritten.append(UnwrittenProvision(instrument, timeline(self.writer.in_force([write]))))
            case d.StandingCheck():
                self.writer.cites(declaration.cites, "every figure")
                self.standing_checks.append((declaration, instrument))
            case _:
                if self._is_new(declaration.name, declaration.name_span):
                    into = self.notices if isinstance(declaration, d.Challenge | d.Duty) else self.provisions
                    into[declaration.name] = self.writer.provision(declaration, instrument)

    def amends_what(self) -> None:
        """Instruments that amendments name and nothing declares; what is amended says which are meant."""
        for instrument in self.instruments.values():
            missing = [word for word in instrument.amends if word.name not in self.instruments]
            if not missing:
                continue
            targets = [word.name for one in self.drafted if one.amendment is instrument for word in one.operation.targets]
            held = dict.fromkeys(self.provisions[name].instrument for name in targets if name in self.provisions)
            meant = ", ".join(self.keys.permanent(name).rpartition(".")[2] for name in held if name is not None)
            for word in missing:
                path = word.span.source.path
                fix = f"Read it with the rules that it amends: `jurat check RULES --with {path}`."
                fix = f"Write `{meant}`." if meant else fix
                message = None
                if word.name in self.keys.schemes:
                    message = f"`{word.name}` is a scheme, and an amendment names the instruments that it amends."
                    fix = fix if meant else "Write the names of the instruments that hold what is amended."
                self.writer.unknown_instrument(word.name, word.span, instrument.title, fix, message)

    def _operation(self, operation: d.Operation, instrument: str | None) -> None:
        amending = self.instruments.get(instrument or "")
        if amending is not None and amending.name in self.unread:
            if isinstance(operation.action, Insert):
                self.unread |= {word.name for word in operation.targets}
        elif amending is not None and amending.is_amendment:
            self.drafted.append(Drafted(operation, amending, len(self.drafted)))
        elif instrument is not None or not self.unread:
            self.problems.append(
                Problem(
                    code="no-amendment",
                    message="This changes the law, and stands in no amendment that could change it.",
                    place=Place(operation.span),
                    second=Place(amending.name_span, "the heading before it") if amending else None,
                    fix='Put before it the heading of the instrument that does this: `amendment name "Title"` with `amends` and '
                    "`commences`; and, unless it is a draft, `made`.",
                )
            )

    def _stands_in_an_amendment(self, declaration: d.Declaration, instrument: str | None) -> bool:
        """An amendment has no text of its own: what it brings into another instrument it inserts."""
        amending = self.instruments.get(instrument or "")
        if amending is None or not amending.is_amendment:
            return False
        assert not isinstance(declaration, d.Continued)
        inserts = "`insert`" if not isinstance(declaration, d.StandingCheck) else "`instrument name continued`"
        self.problems.append(
            Problem(
                code="not-inserted",
                message=f"`{amending.name}` is an amendment, and does not say what becomes of this.",
                place=Place(declaration.span),
                second=Place(amending.name_span, "the heading before it"),
                fix=f"Write {inserts} before it; or `substitute`, if it replaces one of that name."
                if inserts == "`insert`"
                else f"Write {inserts} before it, with the name of the instrument of which it is said.",
            )
        )
        return True

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
