"""Two laws beside each other, as every format tells it: whether an award can be another, and every provision that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from engine.book.amendments.saving import is_saving
from engine.book.consolidate import NoticeInForce, PartInForce
from engine.book.law import made_on
from engine.comparing.causes import Side, omitters
from engine.comparing.laws import ORDER, Altered, Difference, Effect, LawsCompared
from engine.comparing.notices import AlteredNotice
from engine.graph import Graph, Term
from explain.comparing.marking import Marked, marked
from explain.phrases import day_words, numbered, sentence, worded
from explain.telling.authority import made, since
from explain.telling.provision_words import apart, called, meaning_lines, wording_lines
from explain.telling.voices import listed
from explain.templating import TextFormat, rendered
from grammar import declarations as d
from grammar.writing import written

BESIDE = worded("No effect on awards; what people are told beside them changes.")

MOST_NAMED = 5
"""How many rules that rest on a provision are named; of more, how many there are."""

HEADINGS: dict[Difference, str] = {
    "changed": worded("Changed"),
    "new": worded("New"),
    "gone": worded("Gone"),
    "renamed": worded("Renamed"),
    "reworded": worded("Changed in wording only"),
}

SENTENCES: dict[Effect, str] = {
    "wording": worded("No effect on awards, wording changed."),
    "none": worded("No effect."),
}


@frozen(eq=False, repr=False)
class ProvisionView:
    """A provision that differs: the lines that only one law has, and what rests on it."""

    identity: str
    name: str
    was_called: str | None
    kind: str
    title: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    since: tuple[str, ...]
    """Since when it says so, and what made it; and of each part of it that says something else."""
    feeds: str
    """`Income Support award (paid); 3 rules: …`."""

    @property
    def marked(self) -> tuple[Marked, ...]:
        """Its words, with those that only one law has."""
        return marked(self.old, self.new)


@frozen(eq=False, repr=False)
class SectionView:
    difference: Difference
    heading: str
    provisions: tuple[ProvisionView, ...]


@frozen(eq=False, repr=False)
class DayView:
    """What differs on one day."""

    day: str | None
    """None where only one day is looked at."""
    on: str | None
    """The same for programs."""
    sections: tuple[SectionView, ...]
    kinds: str


@frozen(eq=False, repr=False)
class LawsView:
    title: str
    first: str
    last: str
    says: tuple[str, str]
    """What stands before the words that only one law has."""
    effect: Effect
    answer: str
    days: tuple[DayView, ...]


@frozen(eq=False, repr=False)
class Labels:
    """How the two sides are called, and what the second says beside the first."""

    title: str
    first: str
    last: str
    says: tuple[str, str] = field(factory=lambda: (sentence("was"), sentence("is")))


def labels(title: str, before: Side, after: Side, drafts: Sequence[str] = ()) -> Labels:
    """What tells the two sides apart: their days, when the law is known, or the drafts."""
    named = listed(list(drafts), "and") if drafts else ""
    if before.with_drafts != after.with_drafts:
        day = day_words(after.on)
        if after.known:
            day = sentence("{day}, as known on {known}", day=day, known=day_words(after.known))
        title = numbered(
            "{title} on {day}, {drafts}, which is not law",
            "{title} on {day}, {drafts}, which are not law",
            len(drafts),
            title=title,
            day=day,
            drafts=named,
        )
        sides = sentence("without the draft"), sentence("with the draft")
        return Labels(title, *sides, (sentence("is"), sentence("would be")))
    if drafts:
        title = numbered(
            "{title}, with {drafts}, which is not law",
            "{title}, with {drafts}, which are not law",
            len(drafts),
            title=title,
            drafts=named,
        )
    days = [day_words(side.on) for side in (before, after)]
    known = [
        sentence("as known on {known}", known=day_words(side.known)) if side.known else sentence("as known today")
        for side in (before, after)
    ]
    if before.known == after.known:
        return Labels(f"{title}, {known[0]}" if before.known else title, days[0], days[1])
    if before.on == after.on:
        return Labels(sentence("{title} on {day}", title=title, day=days[0]), known[0], known[1])
    return Labels(title, f"{days[0]}, {known[0]}", f"{days[1]}, {known[1]}")


def told_laws(compared: Sequence[LawsCompared], named: Labels, by_day: bool = False) -> LawsView:
    """Two laws on one day; or, `by_day`, on each day on which they differ in what they did not differ in before."""
    days: list[DayView] = []
    told: set[tuple[object, ...]] = set()
    for one in compared:
        found: list[tuple[Altered | AlteredNotice, ProvisionView]] = [
            *((altered, _provision(one, altered)) for altered in one.altered),
            *((altered, notice_view(one, altered)) for altered in one.notices),
        ]
        new = [item for item in found if not by_day or _about(item[1]) not in told]
        told = {_about(view) for _, view in found}
        if new or one.kinds:
            days.append(_day(one, new, by_day))
    effects = [one.effect for one in compared]
    effect: Effect = "effect" if "effect" in effects else "wording" if "wording" in effects else "none"
    return LawsView(named.title, named.first, named.last, named.says, effect, _answer(effect, compared), tuple(days))


def render_laws(view: LawsView, form: TextFormat) -> str:
    return rendered("compared_laws", form, laws=view)


def _about(view: ProvisionView) -> tuple[object, ...]:
    return view.identity, view.was_called, view.old, view.new


def _answer(effect: Effect, compared: Sequence[LawsCompared]) -> str:
    if effect == "wording" and any(notice.difference != "reworded" for one in compared for notice in one.notices):
        return sentence(BESIDE)
    if effect != "effect":
        return sentence(SENTENCES[effect])
    awards = {award.identity: award.title for one in compared for award in one.awards}
    if not awards:
        return sentence("Effect: the rules are about other kinds of people or things.")
    return sentence("Effect: what changes reaches {awards}.", awards=listed(list(awards.values()), "and"))


def _day(compared: LawsCompared, found: Sequence[tuple[Altered | AlteredNotice, ProvisionView]], by_day: bool) -> DayView:
    sections = []
    for difference in ORDER:
        views = tuple(view for altered, view in found if altered.difference == difference)
        if views:
            sections.append(SectionView(difference, sentence(HEADINGS[difference]), views))
    kinds = listed(compared.kinds, "and") if compared.kinds else ""
    kinds = sentence("Other kinds of entity or role: {kinds}.", kinds=kinds) if kinds else ""
    on = compared.after.on
    return DayView(day_words(on) if by_day else None, on.isoformat() if by_day else None, tuple(sections), kinds)


def _provision(compared: LawsCompared, altered: Altered) -> ProvisionView:
    term = altered.term
    sides: tuple[tuple[Graph, Term | None], ...] = ((compared.before, altered.before), (compared.after, altered.after))
    old, new = apart(*(meaning_lines(graph, one) for graph, one in sides))
    if altered.difference not in ("new", "gone"):
        only = apart(*(tuple(_remarks(altered, one)) for _, one in sides))
        old, new = (*old, *only[0]), (*new, *only[1])
    others = [one.title for one in altered.feeds if not one.payable]
    return ProvisionView(
        identity=term.identity,
        name=(altered.names[1] or altered.names[0]) or term.name,
        was_called=altered.names[0] if altered.is_renamed else None,
        kind=term.kind,
        title=term.title,
        old=old,
        new=new,
        since=tuple(_since(compared, altered)),
        feeds=_feeds(altered, others),
    )


def notice_view(compared: LawsCompared, altered: AlteredNotice) -> ProvisionView:
    """A challenge or a duty that differs, as a rule file says it; nothing rests on it."""
    one = altered.notice
    graphs = (compared.before, altered.before), (compared.after, altered.after)
    sides = [() if side is None else _said(graph, side, altered) for graph, side in graphs]
    old, new = apart(*sides)
    name = (altered.names[1] or altered.names[0]) or one.text.name
    return ProvisionView(
        identity=one.identity,
        name=name,
        was_called=altered.names[0] if None not in altered.names and altered.names[0] != name else None,
        kind=type(one.text).__name__.lower(),
        title=one.text.title,
        old=old,
        new=new,
        since=(since(one.authority),),
        feeds=sentence("nothing"),
    )


def _said(graph: Graph, one: NoticeInForce, altered: AlteredNotice) -> tuple[str, ...]:
    """What it says, a line for each clause; of one that is only worded otherwise, its words too."""
    plain = evolve(one.text, period=None, made_by=(), cites=(), notes=())
    law, on, known = graph.book.law, graph.on, graph.book.known
    clauses = [line.strip() for line in written(plain, lambda name: law.called(name, on, known)).splitlines()[1:]]
    words = [called(one.text.title), *map(str, one.authority.cites), *one.text.notes, since(one.authority)]
    return (*clauses, *(words if altered.difference == "reworded" else words[:1]))


def _since(compared: LawsCompared, altered: Altered) -> Iterator[str]:
    if altered.term.authority is not None:
        yield since(altered.term.authority)
    old, new = (_of_parts(one) for one in (altered.before, altered.after))
    if altered.difference == "changed":
        yield from (f"{name}: {said}" for name, said in new.items() if old.get(name) != said)
        gone = [name for name in old if name not in new]
        makers = list(_omitters(compared, altered)) if gone else []
        if makers:
            yield sentence("{parts} omitted: {makers}", parts=listed(gone, "and"), makers="; ".join(makers))


def _omitters(compared: LawsCompared, altered: Altered) -> Iterator[str]:
    """What took exceptions or rows out of a text between the two laws, each as `since` tells a maker."""
    if altered.before is None or altered.after is None or altered.before.in_force is None or altered.after.in_force is None:
        return
    known = [graph.book.known for graph in (compared.before, compared.after)]
    earlier = altered.before.in_force.provision.timeline.dated
    had = {one.sort_key() for one in earlier if one.start <= compared.before.on and one.is_known(known[0])}
    provision, law = altered.after.in_force.provision, compared.after.book.law
    parts = [write for line in provision.parts.values() for write in line.dated]
    for write in provision.timeline.dated:
        if write.start <= compared.after.on and write.is_known(known[1]) and write.sort_key() not in had:
            for name, place in omitters(write, parts):
                instrument = law.instruments[name]
                on = made_on(instrument) if instrument.made is not None else None
                yield made(sentence("since {first}", first=day_words(write.start)), instrument.title, on, place)


def _of_parts(term: Term | None) -> dict[str, str]:
    """Since when each exception and each row says so, and what made it."""
    if term is None or term.in_force is None:
        return {}
    parts: tuple[PartInForce[d.ExceptionClause] | PartInForce[d.Row], ...] = (*term.in_force.exceptions, *term.in_force.rows)
    return {_named(part.clause): since(part.authority) for part in parts}


def _named(clause: d.ExceptionClause | d.Row) -> str:
    if is_saving(clause):
        return sentence("the saving")
    return sentence(worded("row {name}") if isinstance(clause, d.Row) else worded("exception {name}"), name=clause.name)


def _remarks(altered: Altered, term: Term | None) -> Iterator[str]:
    """What is said of a provision and decides nothing; of one that decides something else, only its name and its reasons."""
    yield from wording_lines(term, reasons_only=altered.difference == "changed")


def _feeds(altered: Altered, others: Sequence[str]) -> str:
    paid = [sentence("{title} (paid)", title=one.title) for one in altered.awards]
    named, more = ", ".join(others[:MOST_NAMED]), len(others) - MOST_NAMED
    named = sentence("{rules} and {number} more", rules=named, number=more) if more > 0 else named
    return "; ".join([*paid, *([named] if others else [])]) or sentence("nothing")
