"""Law: every instrument and every provision, each on a timeline of what wrote it, from when, and when that was made.

A provision has *places* that can be written separately: a figure's value, a rule's text, each of its exceptions, each row of
a table. Each place is a timeline of writes. A version written out in a rule file is a write, and an amendment will be one too;
what a place says on a day follows from one rule (S44), whichever it was.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

from attrs import evolve, field, frozen

from engine.book.drafts import LookedAt, looked_at
from engine.book.ever import Ever
from engine.book.schemes import EVERYONE, Keys
from engine.book.timelines import ALWAYS as ALWAYS
from engine.book.timelines import DRAFT as DRAFT
from engine.book.timelines import Stretch as Stretch
from engine.book.timelines import Timeline as Timeline
from engine.book.timelines import Write as Write
from engine.book.timelines import is_made as is_made
from engine.book.timelines import is_otherwise as is_otherwise
from engine.book.timelines import timeline as timeline
from grammar import declarations
from grammar.problems import Problem
from grammar.syntax import Cite, Word

if TYPE_CHECKING:
    from engine.book.amendments.renaming import Renamed

BUILT_IN = {
    "assessment_date": "the day for which the award is worked out, in every rule book",
}

ProvisionText = (
    declarations.Dated
    | declarations.Version
    | declarations.TableVersion
    | declarations.ScaleVersion
    | declarations.Group
    | declarations.Notice
)
Part = declarations.ExceptionClause | declarations.Row

TermKind = Literal["figure", "rule", "table", "scale", "group"]
Kind = Literal[TermKind, "challenge", "duty"]
ProvisionId = str
"""Permanent: `instrument:name` as first enacted (S61); a part adds `#exception.NAME` or `#row.NAME`. Never a position, never a
present name."""


@frozen(slots=False, eq=False, repr=False)
class Provision:
    """A figure, a rule, a table, a scale or a group, a challenge or a duty, with everything that was ever written to it."""

    kind: Kind
    name: str
    identity: ProvisionId
    instrument: str | None
    head: declarations.Named
    timeline: Timeline[ProvisionText]
    parts: Mapping[str, Timeline[Part]]
    """By name: the exceptions of a rule, the rows of a table."""
    heads: Timeline[declarations.Named] | None = None
    """Where it was substituted with another heading: its title, its type and what else stands before its text."""

    @property
    def declared(self) -> declarations.Provision:
        """The heading of what has a value."""
        assert not isinstance(self.head, declarations.Challenge | declarations.Duty)
        return self.head

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Every day on which some place of it may begin to say something else, in order."""
        days = self.timeline.changes().union(*(timeline.changes() for timeline in self.parts.values()))
        heads = (self.head, *(write.text for write in self.heads.writes)) if self.heads else (self.head,)
        return tuple(sorted(days.union(*(_refusing_days(head) for head in heads))))

    def refuses_on(self, on: date) -> tuple[declarations.Refuses, ...]:
        """What facts it refuses on a day, by their standing."""
        return tuple(clause for clause in getattr(self.head, "refuses", ()) if clause.stands(on))

    @cached_property
    def readings(self) -> frozenset[str]:
        """The names of the readings that it has in any version."""
        return frozenset(r.name for write in self.timeline.writes for r in getattr(write.text, "readings", ()))

    def parts_on(self, on: date, known: date | None) -> Mapping[str, Write[Part]]:
        """The exceptions or rows in force on a day: those of the version that is."""
        write = self.timeline.at(on, known)
        text = None if write is None else write.text
        above = getattr(self.head, "exceptions", ())
        own: tuple[Part, ...] = (*getattr(text, "exceptions", ()), *getattr(text, "rows", ()), *above)
        found = {name: timeline.at(on, known) for name, timeline in self.parts.items()}
        return {name: part for name, part in found.items() if part and any(part.text is clause for clause in own)}

    def ever_beside(self, name: str, other: str) -> bool:
        """Whether two exceptions are in force together on some day."""
        days = {write.start for part in (name, other) if part in self.parts for write in self.parts[part].writes}
        return any({name, other} <= self.parts_on(day, None).keys() for day in days)

    @property
    def citation(self) -> str | None:
        cites = getattr(self.head, "cites", ())
        return cites[0].text if cites else None


@frozen(eq=False, repr=False)
class UnwrittenProvision:
    """A provision of the law that has no term: not encoded, or left to somebody's discretion."""

    instrument: str | None
    timeline: Timeline[declarations.Unwritten]


@frozen(slots=False, eq=False, repr=False)
class Law:
    """All that the rule files say, on every date. Vocabulary (entities, choices, inputs) has no dates (S40)."""

    instruments: Mapping[str, declarations.Instrument]
    entities: Mapping[str, declarations.Entity]
    choices: Mapping[str, declarations.Choice]
    roles: Mapping[str, declarations.Role]
    units: Mapping[str, str]
    """Every spelling of a declared unit, singular and plural, and its symbol (the singular)."""
    inputs: Mapping[str, declarations.Input]
    input_instruments: Mapping[str, str | None]
    provisions: Mapping[str, Provision]
    notices: Mapping[str, Provision]
    """What people are told beside an award: challenges and duties (S79, S80). They have no value."""
    unwritten: tuple[UnwrittenProvision, ...]
    """Provisions of the law that have no term here (S65)."""
    standing_checks: tuple[tuple[declarations.StandingCheck, str | None], ...]
    """What is said of every figure of an instrument (None: of every figure)."""
    keys: Keys
    """What names with a scheme before them stand for (S63)."""
    examples: tuple[declarations.Case, ...]
    unread: frozenset[str]
    """Names of declarations that could not be read: using one is no mistake."""
    renamed: tuple[Renamed, ...] = ()
    """What has another name from a day on; everything here stands under its first."""
    drafts: frozenset[str] = frozenset()
    """The drafts that are looked at as if they had been made (S39)."""
    _chosen: dict[tuple[int, str], declarations.Dated] = field(factory=dict)
    _views: dict[Hashable, Law] = field(factory=dict)
    """The law under other headings, as far as it has been asked for."""
    _first: Law | None = None
    """Of the law under other headings: as it is without them."""

    @cached_property
    def looked_at(self) -> tuple[LookedAt, ...]:
        """Those drafts, each with its title and the days on which it begins to change something."""
        return looked_at(self)

    def called(self, name: str, on: date, known: date | None = None) -> str:
        """What something is called on a day: its first name, or that which it was given since."""
        given = [one for one in self.renamings(name, known) if one.start <= on]
        return max(reversed(given), key=lambda one: one.start).name if given else name  # of one day the last that was drafted

    def first_name(self, name: str) -> str:
        """The name by which the program knows what is called so on some day."""
        return next((one.first for one in self.renamed if one.name == name), name)

    def renamings(self, name: str, known: date | None = None) -> list[Renamed]:
        """When something was given other names, by its first."""
        return [one for one in self.renamed if one.first == name and is_made(one.made, known)]

    def chosen(self, text: declarations.Dated, reading: declarations.Reading) -> declarations.Dated:
        """A figure's value as another reading has it; the same text whenever it is asked for."""
        key = (id(text), reading.name)
        if key not in self._chosen:
            self._chosen[key] = evolve(text, value=reading.alternatives[0].value)
        return self._chosen[key]

    def named_entities(self) -> Iterator[Word]:
        """The kinds of entity that stand inside others, or of which something is declared."""
        for entity in self.entities.values():
            yield from entity.contains
        for head in (*self.inputs.values(), *self.roles.values(), *(provision.head for provision in self.provisions.values())):
            if isinstance(of := getattr(head, "of", None), Word):
                yield of
        yield from (role.holder for role in self.roles.values())

    def changed(self, **changes: Any) -> Law:
        """This law with other provisions: nothing that was made of this one holds of that one."""
        return evolve(self, **changes, chosen={}, views={}, first=None)

    def on(self, on: date, known: date | None = None) -> Law:
        """The same law with every provision under the heading that it has on a day, where one was substituted with another."""
        if self._first is not None:
            return self._first.on(on, known)
        if not self._with_other_heads:
            return self
        found = {name: self.provisions[name].heads.at(on, known) for name in self._with_other_heads}  # type: ignore[union-attr]
        others = {n: head for n, head in found.items() if head is not None and head.text is not self.provisions[n].head}
        if not others:
            return self
        key = tuple((name, *head.sort_key()) for name, head in others.items())
        if key not in self._views:
            under = {n: evolve(self.provisions[n], head=head.text, kind=kind_of(head.text)) for n, head in others.items()}
            self._views[key] = evolve(self, provisions={**self.provisions, **under}, first=self)
        return self._views[key]

    @cached_property
    def _with_other_heads(self) -> tuple[str, ...]:
        return tuple(name for name, provision in self.provisions.items() if provision.heads is not None)

    @cached_property
    def missing_entities(self) -> Mapping[str, Word]:
        """Kinds of entity that nothing declares, and where each is named first."""
        found: dict[str, Word] = {}
        for word in self.named_entities():
            if word.name not in self.entities and word.name != EVERYONE:
                found.setdefault(word.name, word)
        return found

    @cached_property
    def readings(self) -> Mapping[str, tuple[tuple[str, declarations.Reading], ...]]:
        """Every reading by its name, with the names of the rules that bear it."""
        found: dict[str, list[tuple[str, declarations.Reading]]] = {}
        for provision in self.provisions.values():
            for write in provision.timeline.writes:
                for reading in getattr(write.text, "readings", ()):
                    found.setdefault(reading.name, []).append((provision.name, reading))
        return {name: tuple(found[name]) for name in sorted(found)}

    @cached_property
    def made(self) -> dict[Hashable, Any]:
        """What was made of it on one day and stands on others, for those who make it; it lasts as long as the law."""
        return {} if self._first is None else self._first.made

    @cached_property
    def ever(self) -> Ever:
        """What each provision names at any time."""
        return Ever(self) if self._first is None else self._first.ever

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Every day on which some provision may begin to say something else, in order."""
        days: set[date] = set().union(*(provision.changes for provision in self.provisions.values()))
        days.update(*(unwritten.timeline.changes() for unwritten in self.unwritten))
        days.update(*(notice.changes for notice in self.notices.values()))
        return tuple(sorted(day for day in days if day > ALWAYS))


def _refusing_days(head: declarations.Named) -> Iterator[date]:
    """The days on which a rule begins, or ceases, to refuse facts."""
    for clause in getattr(head, "refuses", ()):
        if clause.period is not None:
            yield clause.period.start
            if clause.period.end is not None and clause.period.end < date.max:
                yield clause.period.end + timedelta(days=1)


@overload
def kind_of(head: declarations.Provision) -> TermKind: ...
@overload
def kind_of(head: declarations.Named) -> Kind: ...
def kind_of(head: declarations.Named) -> Kind:
    """A figure, a rule, a table, a scale or a group, a challenge or a duty."""
    kind: Kind = type(head).__name__.lower()  # type: ignore[assignment]
    return kind


def made_on(instrument: declarations.Instrument) -> date | None:
    """The day an instrument counts as made; None for a draft. `made before D` counts as the day before D."""
    if instrument.made:
        return instrument.made
    return instrument.made_before - timedelta(days=1) if instrument.made_before else None


@frozen
class Authority:
    """Where a provision stands in the law, since when, and what made it so."""

    cites: tuple[Citation, ...]
    since: date | None
    """None for what no instrument enacted: it holds always."""
    until: date | None
    made_by: str | None
    """The title of the instrument; None for "no instrument"."""
    made_by_provision: str | None
    made: date | None
    made_before: bool
    """The exact day is not known; it was before the day after `made`."""
    commences: date | None


@frozen
class Citation:
    """A provision of an instrument, as a reader would look it up."""

    instrument: str | None
    """The instrument's title."""
    text: str
    link: str | None

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.instrument, self.text)))


def citations(law: Law, cites: tuple[Cite, ...], instrument: str | None) -> tuple[Citation, ...]:
    """Cites with the instrument that each names, or else the one that the provision belongs to."""
    found = []
    for cite in cites:
        source = law.instruments.get(cite.instrument or instrument or "")
        found.append(Citation(source.title if source else None, cite.text, source.link if source else None))
    return tuple(found)


@frozen
class Assembled:
    """The law, as far as the files could be put together, and what could not."""

    law: Law
    problems: tuple[Problem, ...]
