"""The ways into a book: its index by scheme and instrument, and the households whose cases stand beside the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from engine.book.places import Order, order_of
from engine.graph import Term
from explain.phrases import day_words, numbered, paired, sentence
from explain.rules.drawing import COUNTS, KINDS, box_of
from explain.rules.provisions import totals
from explain.rules.testing import percent
from explain.site.addresses import CASES, INDEX, page_of_case, to
from explain.site.book import Household, Told
from explain.site.notices import KINDS as KINDS_OF_NOTICES
from explain.site.terms import rests_on
from explain.site.views import Link


@frozen(eq=False, repr=False)
class EntryView:
    title: str
    to: str
    kind: str
    what: str


@frozen(eq=False, repr=False)
class GroupView:
    """What one instrument enacted, or what is asked."""

    title: str
    to: str | None
    entries: tuple[EntryView, ...]


@frozen(eq=False, repr=False)
class SchemeView:
    anchor: str
    title: str
    notes: tuple[str, ...]
    awards: tuple[Link, ...]
    graphs: tuple[Link, ...]
    groups: tuple[GroupView, ...]


@frozen(eq=False, repr=False)
class IndexPage:
    address: str
    figures: tuple[str, ...]
    """How much there is, how much of it is tested."""
    schemes: tuple[SchemeView, ...]
    law: str
    """The digest of the law on the day."""


def index_page(told: Told) -> IndexPage:
    schemes = told.law.keys.schemes
    by: dict[str, list[Term]] = {name: [] for name in ("", *sorted(schemes, key=lambda name: (schemes[name].title, name)))}
    noticed = {told.scheme(name) or "" for name in told.law.notices}
    for term in told.graph.terms:
        by[told.scheme(term.name) or ""].append(term)
    return IndexPage(
        INDEX,
        tuple(_figures(told)),
        tuple(_scheme(told, name, terms) for name, terms in by.items() if terms or name in noticed),
        told.graph.law,
    )


def _figures(told: Told) -> Iterator[str]:
    kinds: Counter[str] = Counter(term.kind for term in told.graph.terms)
    parts = [numbered(*COUNTS[kind], kinds[kind]) for kind in KINDS if kinds[kind]]
    yield f"{', '.join(parts)}."
    if told.examples:
        held, tally = sum(worked.holds for worked in told.examples), told.coverage.tally()
        one, several = _ALL_HOLD if held == len(told.examples) else _SOME_HOLD
        parts_of = numbered("{number} part of the rules", "{number} parts of the rules", tally.total)
        yield numbered(
            one, several, len(told.examples), held=held, exercised=tally.exercised, parts=parts_of, percent=percent(tally)
        )
    yield from totals(told.provisions)


_ALL_HOLD = paired(
    "{number} worked example, of which all hold; they exercise {exercised} of {parts}, {percent}.",
    "{number} worked examples, of which all hold; they exercise {exercised} of {parts}, {percent}.",
)
_SOME_HOLD = paired(
    "{number} worked example, of which {held} hold; they exercise {exercised} of {parts}, {percent}.",
    "{number} worked examples, of which {held} hold; they exercise {exercised} of {parts}, {percent}.",
)


def _scheme(told: Told, name: str, terms: Iterable[Term]) -> SchemeView:
    scheme = told.law.keys.schemes.get(name)
    groups: dict[str, list[Term]] = {}
    facts: list[Term] = []
    for term in terms:
        provision = told.law.provisions.get(term.name)
        (facts if provision is None else groups.setdefault(provision.instrument or "", [])).append(term)
    ordered = {instrument: groups[instrument] for instrument in (*told.law.instruments, "") if instrument in groups}
    asked = tuple(_entry(told, term) for term in sorted(facts, key=_title))
    notices = tuple(
        EntryView(notice.head.title, to(told.addresses.terms[key], INDEX), sentence(KINDS_OF_NOTICES[notice.kind]).lower(), "")
        for key, notice in told.law.notices.items()
        if (told.scheme(key) or "") == name
    )
    awards = [term for term in told.graph.awards if (told.scheme(term.name) or "") == name]
    return SchemeView(
        anchor=f"scheme-{name}" if name else "terms",
        title=scheme.title if scheme else sentence("Rules"),
        notes=scheme.notes if scheme else (),
        awards=tuple(Link(term.title, to(told.addresses.terms[term.name], INDEX)) for term in awards),
        graphs=tuple(Link(rests_on(term), to(told.addresses.graphs[term.name], INDEX)) for term in awards),
        groups=(
            *(_group(told, instrument, each) for instrument, each in ordered.items()),
            *([GroupView(sentence("Facts that are asked"), None, asked)] if facts else []),
            *([GroupView(sentence("Beside an award"), None, notices)] if notices else []),
        ),
    )


def _title(term: Term) -> tuple[str, str]:
    return term.title.casefold(), term.name


def _group(told: Told, name: str, terms: Iterable[Term]) -> GroupView:
    instrument = told.law.instruments.get(name)
    address = told.addresses.instruments.get(name)

    def order(term: Term) -> tuple[bool, Order, str, str]:
        cites = term.authority.cites if term.authority else ()
        return not cites, order_of(cites[0].text.partition(";")[0]) if cites else (), *_title(term)

    title = instrument.title if instrument else sentence("By no instrument")
    entries = tuple(_entry(told, term) for term in sorted(terms, key=order))
    return GroupView(title, to(address, INDEX) if address and instrument else None, entries)


def _entry(told: Told, term: Term) -> EntryView:
    box = box_of(told.graph, term, {}, 0)
    return EntryView(term.title, to(told.addresses.terms[term.name], INDEX), sentence(KINDS[term.kind]), box.what)


# ---- households -----------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class HouseholdView:
    title: str
    to: str | None
    """Its explanation."""
    day: str
    file: str
    awards: tuple[tuple[Link, str], ...]
    """What is paid, with whose it is beside it; and how much."""
    why: str | None


@frozen(eq=False, repr=False)
class CasesPage:
    address: str
    households: tuple[HouseholdView, ...]


def cases_page(told: Told) -> CasesPage:
    return CasesPage(CASES, tuple(_household(told, household) for household in told.households))


def _household(told: Told, household: Household) -> HouseholdView:
    return HouseholdView(
        title=household.title,
        to=to(page_of_case(household.file), CASES) if household.page else None,
        day=day_words(household.on) if household.on else "",
        file=household.file,
        awards=tuple(
            (Link(told.term(key).title, to(told.addresses.terms[key], CASES), whose), value)
            for key, whose, value in household.awards
        ),
        why=household.why,
    )
