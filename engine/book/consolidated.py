"""Law to the text of one day: what is in force, restated with what made it so, and all that it needs to be loaded by itself.

An amendment that has been made is spent: of it only the heading is left, which `made by` names. What a rule looks at on other
days keeps all that it ever said, because the award rests on it; of everything else only what is in force is left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, evolve, field, frozen

from engine.book import schemes
from engine.book.consolidate import Book, consolidate
from engine.book.ever import named, named_on_other_days
from engine.book.law import Law, Provision, Timeline, UnwrittenProvision, made_on
from engine.book.restating import on_day, restated_always, restated_on, restated_unwritten
from grammar import declarations as d
from grammar.declarations import Declaration
from grammar.source import Source, Span
from grammar.syntax import Cite, MadeBy, Tree, Word

_IN_BRACES = re.compile(r"\{([^{}]*)\}")

Order = tuple[str, int, int]
"""A file, where in it, and the number of what was inserted there."""
_Groups = dict[str | None, list[tuple[Order, Declaration]]]


@frozen(eq=False, repr=False)
class Called:
    """How a file of one scheme writes what it names, by its key: with its scheme before it, where it is not this one's."""

    scheme: str
    uses: frozenset[str]
    law: Law
    on: date
    known: date | None
    offers: Mapping[str, frozenset[str]]

    def __call__(self, key: str) -> str:
        written = self.law.keys.permanent(self.law.called(key, self.on, self.known))
        scheme, dot, name = written.rpartition(".")
        if not dot or scheme == self.scheme:
            return name
        seen = [other for other in (self.scheme, "", *self.uses) if other != scheme and name in self.offers.get(other, ())]
        return name if scheme in self.uses and not seen else written


@frozen(eq=False, repr=False)
class SchemeText:
    """What one file holds: a scheme, its vocabulary, each instrument with its provisions, and those that made them so."""

    scheme: str
    """"" for what belongs to none."""
    title: str | None
    own: tuple[Declaration, ...]
    rest: tuple[Declaration, ...]
    """Where one instrument was asked for: the others, on which its provisions rest."""
    makers: tuple[d.Instrument, ...]
    """Instruments of which nothing is left but what they did to others, and those that are cited."""
    drafts: tuple[str, ...]
    """Those among them that are no law, and count only where they are named."""
    unmade: tuple[str, ...]
    """Those among them that had not been made by the known day, or are drafts that nobody asked for."""
    called: Called


def consolidated(law: Law, on: date, known: date | None = None, instrument: str | None = None) -> tuple[SchemeText, ...]:
    """The law of a day, as known on another, as one text a scheme; of one instrument, with all on which its provisions rest."""
    selection = _Selection(law, consolidate(law, on, known), instrument)
    selection.take()
    return _Texts(selection).all()


def days_in_force(
    law: Law, known: date | None, instrument: str | None, files: Collection[str] | None
) -> list[tuple[date, date | None]] | None:
    """From when until when there is a text of anything in an instrument, or else in some rule files (None: in all).

    None where nothing there has days: what is nothing but vocabulary is never out of force.
    """
    places: list[tuple[Span, str | None, Timeline[Any]]] = [
        *((one.head.span, one.instrument, one.timeline) for one in law.provisions.values()),
        *((one.timeline.writes[0].text.span, one.instrument, one.timeline) for one in law.unwritten if one.timeline.writes),
    ]
    own = [
        timeline
        for span, enacting, timeline in places
        if (enacting == instrument if instrument else files is None or span.source.path in files)
    ]
    return [(one.start, one.end) for timeline in own for one in timeline.stretches(known)] if own else None


@define(eq=False, repr=False)
class _Selection:
    """What belongs into the text: what is in force, and what that names."""

    whole: Law
    """With every provision under its first heading: that says where it stood."""
    book: Book
    instrument: str | None
    lasting: set[str] = field(factory=set)
    """What is looked at on other days, or what that rests on, in any version."""
    provisions: dict[str, d.Named] = field(factory=dict)
    unwritten: list[tuple[UnwrittenProvision, d.Unwritten]] = field(factory=list)
    schemes: set[str] = field(factory=set)
    """Whose vocabulary is needed."""
    folders: dict[str, str] = field(init=False)
    """The folder of each scheme, and its name."""

    def __attrs_post_init__(self) -> None:
        self.folders = {schemes.folder(one.span.source.path): name for name, one in self.whole.keys.schemes.items()}

    def take(self) -> None:
        while True:
            self.provisions, self.unwritten, self.schemes = {}, [], set()
            self._take()
            self._take_notices()
            before = len(self.lasting)
            self._keep_what_is_looked_at()
            if len(self.lasting) == before:
                break
        if self.instrument is None:
            self.schemes |= {"", *self.whole.keys.schemes}

    def _keep_what_is_looked_at(self) -> None:
        ever = self.whole.ever
        texts = (*self.provisions.values(), *(text for _, text in self.unwritten))
        waiting = [name for text in texts for name in named_on_other_days(text)] if ever.all_looked_at else []
        while waiting:
            name = waiting.pop()
            if name not in self.lasting and name in self.whole.provisions:
                self.lasting.add(name)
                waiting.extend(ever.names[name])

    def _take(self) -> None:
        law = self.book.law
        waiting = [name for name in self.book.in_force if self.is_asked(law.provisions[name].instrument)]
        left = list(law.unwritten)
        while waiting or left:
            while waiting:
                name = waiting.pop()
                if name in law.inputs:
                    self._need_scheme(law.inputs[name].span)
                elif name in law.provisions and name not in self.provisions:
                    self._need_scheme(self.whole.provisions[name].head.span)
                    self.provisions[name] = self._restated(law.provisions[name])
                    waiting.extend(_names(self.provisions[name]))
            before, left = left, []
            for provision in before:
                texts = list(self._unwritten(provision))
                affects = {clause.term.name for text in texts for clause in text.affecting}
                if self.is_asked(provision.instrument) or not affects.isdisjoint(self.provisions):
                    self.unwritten += [(provision, text) for text in texts]
                    waiting += [name for text in texts for name in _names(text)]
                else:
                    left.append(provision)
            if len(left) == len(before):
                break

    def is_asked(self, instrument: str | None) -> bool:
        return self.instrument is None or instrument == self.instrument

    def scheme_of(self, span: Span) -> str:
        """The scheme of what stands somewhere: that of its folder, or of the nearest folder around it."""
        if (adopted := self.whole.keys.adopted.get(span.source.path)) is not None:
            return adopted
        where = schemes.folder(span.source.path)
        while where and where not in self.folders:
            where = schemes.folder(where)
        return self.folders.get(where, "")

    def _need_scheme(self, span: Span) -> None:
        waiting = [self.scheme_of(span)]
        while waiting:
            name = waiting.pop()
            if name not in self.schemes:
                self.schemes.add(name)
                waiting += [word.name for word in self.whole.keys.schemes[name].uses] if name else []

    def _take_notices(self) -> None:
        """What people are told beside an award; of what comes before a challenge, what is here."""
        book = self.book
        asked = [notice for notice in book.law.notices.values() if self.is_asked(notice.instrument)]
        found = {notice.name: restated_on(notice, book.on, book.known, book.law) for notice in asked}
        for name, text in found.items():
            if isinstance(text, d.Challenge):
                text = evolve(text, after=tuple(word for word in text.after if found.get(word.name)))
            elif isinstance(text, d.Duty):
                for word in text.about:
                    if word.name in book.law.inputs:
                        self._need_scheme(book.law.inputs[word.name].span)
            if text is not None:
                self._need_scheme(self.whole.notices[name].head.span)
                self.provisions[name] = text

    def _restated(self, provision: Provision) -> d.Named:
        found = None
        if provision.name not in self.lasting:
            found = restated_on(provision, self.book.on, self.book.known, self.book.law)
        return found or restated_always(provision, self.book.known, self.book.law)

    def _unwritten(self, provision: UnwrittenProvision) -> Iterator[d.Unwritten]:
        """A provision without a term, as it stands; all that it said, where that affects what is looked at on other days."""
        found = provision.timeline.stretches(self.book.known)
        if not any(clause.term.name in self.lasting for one in found for clause in one.write.text.affecting):
            standing = on_day(provision.timeline, self.book.on, self.book.known)
            found = [] if standing is None else [standing]
        for one in found:
            yield restated_unwritten(provision, one, self.book.law)

    def standing_checks(self) -> Iterator[tuple[str | None, d.StandingCheck]]:
        for check, instrument in self.book.law.standing_checks:
            days = check.period
            stands = days is None or (days.start <= self.book.on and (days.end is None or self.book.on <= days.end))
            if stands and self.is_asked(instrument):
                excepted = tuple(word for word in check.excepted if word.name in self.provisions)
                yield instrument, evolve(check, excepted=excepted)


@define(eq=False, repr=False)
class _Texts:
    """What was selected, in the order in which it stands in the files; what was inserted after what was there."""

    selection: _Selection
    groups: dict[str, _Groups] = field(factory=lambda: defaultdict(lambda: defaultdict(list)))
    """By scheme and instrument."""

    @property
    def law(self) -> Law:
        return self.selection.whole

    def all(self) -> tuple[SchemeText, ...]:
        law = self.law
        for place, unit in enumerate(_units(law)):
            scheme = law.keys.permanent(unit.name).rpartition(".")[0]
            if scheme in self.selection.schemes:
                self.groups[scheme][None].append((("", place, 0), unit))
        words: list[Declaration] = [*law.entities.values(), *law.choices.values(), *law.roles.values()]
        for declaration in words:
            self._vocabulary(declaration, None)
        for name, item in law.inputs.items():
            self._vocabulary(item, law.input_instruments[name])
        self._provisions()
        needed = self._instruments()
        offers = {
            scheme: frozenset(name for found in groups.values() for _, one in found for name, _ in schemes.declared(one))
            for scheme, groups in self.groups.items()
        }
        offers = {scheme: frozenset(map(self._bare, names)) for scheme, names in offers.items()}
        return tuple(self._text(scheme, needed, offers) for scheme in ("", *law.keys.schemes) if scheme in self._written())

    def _written(self) -> set[str]:
        return {scheme for scheme, groups in self.groups.items() if groups} | (self.selection.schemes - {""})

    def _bare(self, key: str) -> str:
        book = self.selection.book
        return self.law.keys.permanent(self.law.called(key, book.on, book.known)).rpartition(".")[2]

    def _add(self, declaration: Declaration, instrument: str | None, order: Order, span: Span) -> None:
        self.groups[self.selection.scheme_of(span)][instrument].append((order, declaration))

    def _vocabulary(self, declaration: Declaration, instrument: str | None) -> None:
        if self.selection.scheme_of(declaration.span) in self.selection.schemes:
            self._add(declaration, instrument, (*_place(declaration.span), 0), declaration.span)

    def _provisions(self) -> None:
        law, selection = self.law, self.selection
        written = {**law.provisions, **law.notices}
        named_order = _in_order((name, provision.head.span) for name, provision in written.items())
        for name, declared in selection.provisions.items():
            first = written[name]
            self._add(declared, first.instrument, named_order[name], first.head.span)
        order = _in_order((id(one), one.timeline.writes[0].text.span) for one in law.unwritten if one.timeline.writes)
        for provision, text in selection.unwritten:
            self._add(text, provision.instrument, order[id(provision)], text.span)
        for instrument, check in selection.standing_checks():
            self._add(check, instrument, (*_place(check.span), 0), check.span)

    def _instruments(self) -> dict[str, d.Instrument]:
        """The headings that are needed: of what stands here, of what made it so, and of what is cited."""
        found: dict[str, d.Instrument] = {}
        declarations = [one for groups in self.groups.values() for entries in groups.values() for _, one in entries]
        waiting = [name for groups in self.groups.values() for name in groups if name is not None]
        waiting += [name for declaration in declarations for name in _cited(declaration)]
        while waiting:
            name = waiting.pop()
            if name not in found and name in self.law.instruments:
                found[name] = self._heading(self.law.instruments[name])
                waiting += [*_cited(found[name]), *(word.name for word in found[name].amends)]
        return {name: found[name] for name in self.law.instruments if name in found}

    def _heading(self, instrument: d.Instrument) -> d.Instrument:
        """What is left of an instrument besides its provisions: what an amendment did is done, unless it is no law."""
        made, known = made_on(instrument), self.selection.book.known
        if _is_draft(instrument):
            return instrument
        if made is not None and known is not None and made > known:
            return evolve(instrument, made=None, made_before=None)
        return evolve(instrument, is_amendment=False, amends=(), retrospective=False)

    def _text(self, scheme: str, needed: Mapping[str, d.Instrument], offers: Mapping[str, frozenset[str]]) -> SchemeText:
        law, groups, book = self.law, self.groups[scheme], self.selection.book
        opened = law.keys.schemes.get(scheme)
        own: list[Declaration] = []
        if opened is not None:
            own.append(evolve(opened, uses=tuple(word for word in opened.uses if word.name in self._written())))
        own += _sorted(groups.get(None, ()))
        asked = self.selection.instrument
        rest: list[Declaration] = []
        makers = []
        for name, heading in sorted(needed.items(), key=lambda item: item[0] != asked):
            into = own if asked in (None, name) else rest
            is_here = self.selection.scheme_of(heading.span) == scheme
            if name in groups:
                into.append(heading if is_here else d.Continued(name=name, name_span=heading.name_span, span=heading.span))
                into += _sorted(groups[name])
            elif is_here:
                makers.append(heading)
        uses = frozenset(word.name for word in opened.uses) if opened else frozenset()
        called = Called(scheme, uses, law, book.on, book.known, offers)
        here = sorted(name for name, one in needed.items() if _is_draft(one) and self.selection.scheme_of(one.span) == scheme)
        drafts = tuple(name for name in here if name in law.drafts)
        unmade = tuple(name for name in here if name not in drafts)
        title = opened.title if opened else None
        return SchemeText(scheme, title, tuple(own), tuple(rest), tuple(makers), drafts, unmade, called)


def _is_draft(instrument: d.Instrument) -> bool:
    return made_on(instrument) is None or instrument.when_appointed


def _sorted(entries: Iterable[tuple[Order, Declaration]]) -> list[Declaration]:
    return [declaration for _, declaration in sorted(entries, key=lambda entry: entry[0])]


def _place(span: Span) -> tuple[str, int]:
    return span.source.path, span.start


def _in_order(places: Iterable[tuple[Any, Span]]) -> dict[Any, Order]:
    """Where each stands; what stands before the one before it was inserted later, and comes after it."""
    found: dict[Any, Order] = {}
    latest = ("", 0)
    for number, (name, span) in enumerate(places):
        latest = max(latest, _place(span))
        found[name] = (*latest, number)
    return found


def _units(law: Law) -> list[d.Unit]:
    found = {}
    for symbol in law.units.values():
        name, _, plural = symbol.partition(":")
        nowhere = Span(Source("", ""), 0, 0)
        found[name] = d.Unit(name=name, plural=Word(plural, span=nowhere), name_span=nowhere, span=nowhere)
    return [found[name] for name in sorted(found)]


def _names(tree: Tree) -> Iterator[str]:
    """What a text names: in its formulas, and in the sentences that are told with it."""
    yield from named(tree)
    for node in _nodes(tree):
        yield from _IN_BRACES.findall(getattr(node, "because", None) or "")


def _cited(tree: Tree) -> Iterator[str]:
    for node in _nodes(tree):
        if isinstance(node, Cite | MadeBy) and node.instrument is not None:
            yield node.instrument


def _nodes(tree: Tree) -> Iterator[Tree]:
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple | list):
            waiting.extend(node)
        elif isinstance(node, Tree):
            yield node
            waiting.extend(node.inside())
