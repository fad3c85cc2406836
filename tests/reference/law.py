"""What is in force on a day, as it was known on another (S39, S40, S41, S44, S53)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from attrs import frozen

from grammar import declarations as d
from grammar.syntax import MadeBy, Period, Powers, TypeText
from tests.reference.calendar import ShortMonths

BEFORE_ALL = date.min


@frozen(eq=False)
class Place:
    """A declaration, and the instrument whose heading comes before it."""

    declaration: Any
    instrument: d.Instrument | None

    @property
    def identity(self) -> str:
        """`instrument:name`, as first enacted (S61)."""
        name: str = self.declaration.name
        return f"{self.instrument.name if self.instrument else ''}:{name}"

    @property
    def commences(self) -> date:
        return (self.instrument and self.instrument.commences) or BEFORE_ALL

    @property
    def short_months(self) -> ShortMonths | None:
        return self.instrument.short_months if self.instrument else None


@frozen(eq=False)
class Version:
    """Something that was written to a place: when it begins, when it ends, and when it was made."""

    text: Any
    start: date
    end: date | None
    made: date | None
    """None for what no instrument made: it is known always."""
    is_draft: bool
    order: int


@frozen(slots=False, eq=False)
class Book:
    """All the declarations of some rule files."""

    places: tuple[Place, ...]
    instruments: Mapping[str, d.Instrument]

    def _all(self, *kinds: type[Any]) -> dict[str, Place]:
        return {place.declaration.name: place for place in self.places if isinstance(place.declaration, kinds)}

    @cached_property
    def provisions(self) -> dict[str, Place]:
        return self._all(d.Figure, d.Rule, d.Table, d.Scale, d.Group)

    @cached_property
    def entities(self) -> dict[str, Place]:
        return self._all(d.Entity)

    @cached_property
    def inputs(self) -> dict[str, Place]:
        return self._all(d.Input)

    @cached_property
    def roles(self) -> dict[str, d.Role]:
        return {name: place.declaration for name, place in self._all(d.Role).items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """Every spelling of a unit, and the singular."""
        units = {spelling: unit for unit in ("hour", "day", "week", "month", "year") for spelling in (unit, unit + "s")}
        for name, place in self._all(d.Unit).items():
            units |= {name: name, place.declaration.plural.name: name}
        return units

    @cached_property
    def unwritten(self) -> list[Place]:
        return [place for place in self.places if isinstance(place.declaration, d.Unwritten)]

    def called(self, name: str, day: date, known: date | None) -> str:
        """What a provision is called on a day, by its first name; only an amendment gives it another."""
        return name

    def owner(self, term: str) -> str | None:
        """The kind of entity whose term it is; None for what is the same for everyone."""
        declaration = (self.inputs.get(term) or self.provisions[term]).declaration
        of = None if isinstance(declaration, d.Figure | d.Scale) else declaration.of.name
        return None if of == "everyone" else of

    def type_of(self, term: str) -> TypeText:
        declared: TypeText = (self.inputs.get(term) or self.provisions[term]).declaration.type
        return declared

    def symbols(self, unit: Powers) -> dict[str, int]:
        return {self.units.get(symbol, symbol): power for symbol, power in unit}

    # ---- in force -------------------------------------------------------------------------------------------------------

    def text(self, place: Place, day: date, known: date | None) -> Any:
        """What a provision says: a dated value, a version, a group; None where nothing is in force."""
        declaration = place.declaration
        if isinstance(declaration, d.Figure):
            return self.of_these_or_otherwise(place, declaration.values, day, known)
        if isinstance(declaration, d.Rule):
            return self.of_these_or_otherwise(place, declaration.versions, day, known)
        if isinstance(declaration, d.Table | d.Scale):
            return self.of_these(place, declaration.versions, day, known)
        return self.of_these(place, [declaration], day, known)

    def of_these_or_otherwise(self, place: Place, texts: Iterable[Any], day: date, known: date | None) -> Any:
        """What stands on every other day stands where none of the others does (S75)."""
        stands: dict[bool, list[Any]] = {False: [], True: []}
        for text in texts:
            stands[text.is_otherwise].append(text)
        found = self.of_these(place, stands[False], day, known)
        return self.of_these(place, stands[True], day, known) if found is None else found

    def parts(self, place: Place, version: Any, parts: Iterable[Any], day: date, known: date | None) -> list[Any]:
        """The exceptions of a version, or its rows, that are in force: under each name at most one.

        Each is made by what made the version, and in force as long as it, unless it says otherwise.
        """
        by_name: dict[str, list[Any]] = {}
        for part in parts:
            by_name.setdefault(part.name, []).append(part)
        texts = [self.of_these(place, written, day, known, version) for written in by_name.values()]
        return [text for text in texts if text is not None]

    def of_these(self, place: Place, texts: Iterable[Any], day: date, known: date | None, inside: Any = None) -> Any:
        """The latest by commencement, then by when it was made, then by order, of those begun and admitted; unless it has ended."""
        begun = [
            version
            for order, text in enumerate(texts)
            if (version := self._version(place, text, order, inside)).start <= day
            and not version.is_draft
            and (known is None or version.made is None or version.made <= known)
        ]
        latest = max(begun, key=lambda v: (v.start, v.made or BEFORE_ALL, v.order), default=None)
        return None if latest is None or (latest.end is not None and latest.end < day) else latest.text

    def _version(self, place: Place, text: Any, order: int, inside: Any) -> Version:
        period: Period | None = getattr(text, "period", None)
        made_by: tuple[MadeBy, ...] = getattr(text, "made_by", ()) or getattr(inside, "made_by", ())
        maker = self.instruments[made_by[-1].instrument] if made_by else place.instrument
        start = period.start if period else place.commences if inside is None else BEFORE_ALL
        is_draft = maker is not None and made_on(maker) is None
        return Version(text, start, period.end if period else None, made_on(maker), is_draft, order)


def made_on(instrument: d.Instrument | None) -> date | None:
    """`made before D` counts as made the day before D; a draft was never made."""
    if instrument is None or instrument.made is not None or instrument.made_before is None:
        return instrument.made if instrument else None
    return instrument.made_before - timedelta(days=1)


def book(files: Iterable[d.File]) -> Book:
    """The declarations of the files, each under its heading (S40)."""
    read = list(files)
    instruments = {i.name: i for file in read for i in file.declarations if isinstance(i, d.Instrument)}
    places = []
    for file in read:
        heading = None
        for declaration in file.declarations:
            if isinstance(declaration, d.Instrument | d.Continued):
                heading = instruments[declaration.name]
            elif not isinstance(declaration, d.Case | d.StandingCheck):
                places.append(Place(declaration, heading))
    return Book(tuple(places), instruments)
