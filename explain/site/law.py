"""The index by provision: each place in the law that the rules name, what becomes of it, and which rules cite it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from engine.testing.provisions import Named, Place
from explain.phrases import NO_INSTRUMENT, day_words, sentence
from explain.rules.provisions import STATES, part_of, remarks_on, totals
from explain.site.addresses import LAW, to
from explain.site.book import Told
from grammar.declarations import Instrument


@frozen(eq=False, repr=False)
class CitingView:
    """A term that cites a place, and which parts of it do."""

    title: str
    to: str | None
    parts: str


@frozen(eq=False, repr=False)
class PlaceView:
    anchor: str
    text: str
    status: str
    """"" in what is no law to encode."""
    tested: str | None
    citing: tuple[CitingView, ...]
    remarks: tuple[str, ...]


@frozen(eq=False, repr=False)
class InstrumentView:
    anchor: str
    title: str
    is_law: bool
    link: str | None
    days: str
    notes: tuple[str, ...]
    places: tuple[PlaceView, ...]


@frozen(eq=False, repr=False)
class LawPage:
    address: str
    instruments: tuple[InstrumentView, ...]
    totals: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[str, list[InstrumentView]]]:
        """The law, and then what is cited beside it: reports, pages, plans."""
        law = [each for each in self.instruments if each.is_law]
        beside = [each for each in self.instruments if not each.is_law]
        titles = sentence("The law"), sentence("Cited, and no law to encode")
        return [(title, each) for title, each in zip(titles, (law, beside), strict=True) if each]


def law_page(told: Told) -> LawPage:
    return LawPage(LAW, tuple(_instrument(told, named) for named in told.provisions.named), tuple(totals(told.provisions)))


def _instrument(told: Told, named: Named) -> InstrumentView:
    instrument = named.instrument
    name = instrument.name if instrument else ""
    return InstrumentView(
        anchor=told.addresses.instruments[name].partition("#")[2],
        title=instrument.title if instrument else sentence(NO_INSTRUMENT),
        is_law=named.is_law,
        link=instrument.link if instrument else None,
        days=_days(instrument) if instrument else "",
        notes=instrument.notes if instrument else (),
        places=tuple(_place(told, name, named, place) for place in named.places),
    )


def _days(instrument: Instrument) -> str:
    made = sentence("made on {day}", day=day_words(instrument.made)) if instrument.made else ""
    made = sentence("made before {day}", day=day_words(instrument.made_before)) if instrument.made_before else made
    begins = sentence("in force from {day}", day=day_words(instrument.commences)) if instrument.commences else ""
    said = ", ".join(filter(None, (instrument.number, made, begins)))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _place(told: Told, name: str, named: Named, place: Place) -> PlaceView:
    return PlaceView(
        anchor=told.addresses.provisions[name, place.text].partition("#")[2],
        text=place.text,
        status=sentence(STATES[place.status]) if named.is_law else "",
        tested=sentence(STATES[place.tested]) if named.is_law and place.tested else None,
        citing=(*_citing(told, place), *_affected(told, name, place)),
        remarks=tuple(f"{line[:1].upper()}{line[1:]}." for line in remarks_on(place)) if named.is_law else (),
    )


def _affected(told: Told, instrument: str, place: Place) -> Iterator[CitingView]:
    for name in told.affected.get((instrument, place.text), ()):
        if name in told.addresses.terms:
            yield CitingView(told.term(name).title, to(told.addresses.terms[name], LAW), sentence("refused where it applies"))


def _citing(told: Told, place: Place) -> Iterator[CitingView]:
    """Each term once, with the parts of it that cite the place."""
    by: dict[tuple[str, str], dict[str, None]] = {}
    for mention in place.mentions:
        parts = by.setdefault((mention.kind, mention.term), {})
        if part := part_of(mention):
            parts[part] = None
    for (kind, name), parts in by.items():
        said = ", ".join(parts)
        if name in told.addresses.terms and kind != "rounding":
            yield CitingView(told.titled(name), to(told.addresses.terms[name], LAW), said)
        elif kind == "rounding":
            yield CitingView(sentence("How {instrument} rounds", instrument=told.law.instruments[name].title), None, said)
        elif kind == "check":
            yield CitingView(sentence("A check on every figure"), None, said)
