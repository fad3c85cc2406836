"""The page of a term: its words now, every version, what it needs and what needs it, and the examples that reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import evolve

from engine.assessment import FactUse, Step
from engine.book.history import Era, History, history
from engine.book.restating import restated_on
from engine.book.schemes import IN_BRACES
from engine.graph import Term
from engine.testing.coverage import Tally
from engine.testing.examples import Worked
from engine.testing.mentions import gaps_of
from explain.comparing.marking import Marked, marked
from explain.phrases import NO_INSTRUMENT, UNWRITTEN, day_words, numbered, sentence, type_words, worded
from explain.rules.drawing import KINDS, Arrow, Box, box_of
from explain.rules.history import days_of, maker_words, renamed_of, saved_of, text_of, why_of, words_of
from explain.rules.provisions import STATES, gaps_told, part_of
from explain.rules.testing import percent
from explain.site.addresses import to
from explain.site.book import Told
from explain.site.linking import Words, linked, ways
from explain.site.views import CitedView, Link, PartView, ReachedView, ReadingView, TermPage, VersionView
from explain.telling.authority import since
from explain.telling.provision_words import meaning_lines, value_line
from explain.telling.steps import shown
from explain.telling.voices import in_words, listed
from grammar import declarations as d
from grammar.writing import written

_FIRST = 3
"""Examples that are named of each part; the others stand in the table."""


def term_page(told: Told, term: Term) -> TermPage:
    """All that is told of a term."""
    here = told.addresses.terms[term.name]
    box = box_of(told.graph, term, {}, 0)
    provision = told.law.provisions.get(term.name)
    own = told.law.inputs.get(term.name)
    lived = history(told.law, term.name, told.known) if provision is not None else None
    scheme = told.scheme(term.name)
    reached = list(_reached(told, term, here))
    value = box.value if term.kind == "figure" and box.unknown is None and term.constant is not None else None
    head = term.in_force.provision.head if term.in_force else (provision.head if provision else own)
    return TermPage(
        address=here,
        name=told.graph.called(term),
        title=term.title,
        kind=sentence(KINDS[term.kind]).capitalize(),
        scheme=Link(told.law.keys.schemes[scheme].title, to(f"index.html#scheme-{scheme}", here)) if scheme else None,
        what=_what(told, term, box),
        value=value,
        state=_state(term, told),
        place=told.place(term.span),
        because=tuple(_sentence(told, getattr(head, "because", None) or "", here)),
        ask=own.ask if own else None,
        decided=sentence("Decided by {who}, applying {law}.", who=own.decided_by, law=own.applying or "")
        if own and own.decided_by
        else None,
        reported=tuple(
            Link(told.titled(duty), to(told.addresses.terms[duty], here)) for duty in told.reported.get(term.name, ())
        ),
        lines=tuple(
            line for line in meaning_lines(told.graph, term) if line not in (value_line(term), value)
        ),  # the head says that
        text=_text(told, term, here),
        versions=tuple(version_views(told, lived, here)) if lived else (),
        cited=tuple(cited_views(told, term.kind, term.name, here)),
        needs=tuple(_arrows(told, told.needs[term.index], here, lambda arrow: arrow.end)),
        needed_by=tuple(_arrows(told, told.needed_by[term.index], here, lambda arrow: arrow.start)),
        graphs=(Link(rests_on(term), to(told.addresses.graphs[term.name], here)),) if term.payable else (),
        examples=tuple(example for example in reached if example.verdict),
        beside=tuple(example for example in reached if not example.verdict),
        readings=tuple(_readings(told, lived, here)) if lived else (),
        parts=tuple(_parts(told, term, here)),
        tally=_tally(told, term),
        gaps=tuple(_gaps(told, term)),
        notes=tuple(dict.fromkeys(_notes(told, term, head))),
    )


def rests_on(term: Term) -> str:
    return numbered("What {titles} rests on", "What {titles} rest on", 1, titles=term.title)


def _sentence(told: Told, text: str, here: str) -> Iterator[Words]:
    """A `because`, in which a name in braces stands for its value in each case."""
    for number, words in enumerate(IN_BRACES.split(text)):
        if number % 2 and words in told.graph.by_name:
            yield Words(f"[{told.term(words).title}]", to(told.addresses.terms[words], here))
        elif words:
            yield Words(words)


# ---- its words ------------------------------------------------------------------------------------------------------


def _what(told: Told, term: Term, box: Box) -> str:
    """What kind of value it has, and whose."""
    value = type_words(term.type) if term.kind == "figure" else box.value
    choice = told.graph.vocabulary.choices.get(term.type.choice) if term.type.choice else None
    if choice is not None:
        value = listed([word.replace("_", " ") for word in choice], "or")
    kind = f"{value[:1].upper()}{value[1:]}"
    if box.whose:
        what = sentence("{kind}, of each {member}", kind=kind, member=f"{box.whose[:1].lower()}{box.whose[1:]}")
    else:
        what = sentence("{kind}, the same for everybody", kind=kind)
    return ", ".join(filter(None, (what, box.paid)))


def _state(term: Term, told: Told) -> str:
    on = day_words(told.on)
    if term.kind == "input":
        return sentence("A fact that is asked: it has no dates.")
    if term.in_force is None or term.authority is None:
        nearest = told.graph.book.absent[term.name].nearest
        return f"{sentence(_NOT_IN_FORCE, day=on)} {nearest}".strip()
    text = since(term.authority)
    return f"{text[:1].upper()}{text[1:]}."


_NOT_IN_FORCE = worded("Not in force on {day}.")


def _text(told: Told, term: Term, here: str) -> tuple[Words, ...]:
    """What it says on the day, as a rule file would have it; of a fact its declaration."""
    law, on, known = told.graph.book.law, told.on, told.known

    def called(name: str) -> str:
        return law.called(name, on, known)

    declared: d.Declaration | None = told.law.inputs.get(term.name)
    if declared is None:
        declared = restated_on(law.provisions[term.name], on, known, law, alone=False)
    return linked(written(declared, called).rstrip(), ways(told, here, called, term.name)) if declared else ()


def version_views(told: Told, lived: History, here: str) -> Iterator[VersionView]:
    """The latest first."""
    for number, era in sorted(enumerate(lived.eras, 1), reverse=True):
        remarks = [renamed_of(era)] if era.before is not None else []
        remarks += saved_of(era)
        yield VersionView(
            days=days_of(era),
            why=tuple(_why(told, era, number, here)),
            remarks=tuple(remarks),
            changes=tuple(_changes(era)),
            text=linked("\n".join(text_of(era)), ways(told, here, era.named, lived.name)),
            is_now=(era.start is None or era.start <= told.on) and (era.until is None or told.on <= era.until),
        )


def _why(told: Told, era: Era, number: int, here: str) -> Iterator[Words]:
    """What made it so; each instrument leads to its place in the law, where some provision of it is named."""
    rest = f"{why_of(era, number)}."
    for made in era.makers:
        before, title, rest = rest.partition(made.title)
        address = told.instruments_by_title.get(made.title)
        yield Words(before)
        yield Words(title, to(address, here) if address else None)
    yield Words(rest)


def _changes(era: Era) -> Iterator[tuple[str, tuple[Marked, ...]]]:
    for difference in era.differences:
        maker = era.of_parts.get(difference.where) if len(era.makers) > 1 else None
        where = sentence("In {place}:", place=difference.where) if difference.where else ""
        if maker:
            where = sentence("In {place}, by {maker}:", place=difference.where, maker=maker_words(maker))
        yield where, marked(words_of(difference.old, era), words_of(difference.new, era))


# ---- where it stands ------------------------------------------------------------------------------------------------


def cited_views(told: Told, kind: str, key: str, here: str) -> Iterator[CitedView]:
    """Every place that it cites on any day, by instrument; with the part that does, where it is not the whole."""
    by: dict[str, list[Link]] = {}
    for named, place, mentions in told.cited.get((kind, key), ()):
        parts = dict.fromkeys(part for mention in mentions if (part := part_of(mention)))
        tag = sentence(STATES[place.status]) if named.is_law and place.status != "encoded" else ""
        instrument = named.instrument.name if named.instrument else ""
        link = Link(place.text, to(told.addresses.provisions[instrument, place.text], here), ", ".join(parts), tag)
        by.setdefault(instrument, []).append(link)
    for name, places in by.items():
        instrument_of = told.law.instruments.get(name)
        yield CitedView(
            instrument_of.title if instrument_of else sentence(NO_INSTRUMENT),
            instrument_of.link if instrument_of else None,
            tuple(places),
        )


def _arrows(told: Told, arrows: Sequence[Arrow], here: str, other: Callable[[Arrow], int]) -> Iterator[Link]:
    for arrow in arrows:
        term = told.graph.terms[other(arrow)]
        tag = sentence("decides only") if arrow.decides else ""
        yield Link(term.title, to(told.addresses.terms[term.name], here), arrow.how, tag)


# ---- examples -------------------------------------------------------------------------------------------------------


def _reached(told: Told, term: Term, here: str) -> Iterator[ReachedView]:
    exercising = [set(map(id, told.coverage.examples.get(part.id, ()))) for part in told.parts.get(term.name, ())]
    for worked in told.reached.get(term.name, ()):
        assert worked.assessment is not None and worked.example.on is not None
        expected = [outcome for outcome in worked.outcomes if outcome.term.name == term.name]
        holds = all(outcome.holds for outcome in expected)
        yield ReachedView(
            title=worked.example.title,
            to=to(told.addresses.examples[id(worked.example)], here),
            day=day_words(worked.example.on),
            values=tuple(_values(worked, term.name)),
            verdict=sentence(worded("as expected") if holds else worded("not as expected")) if expected else "",
            holds=holds,
            parts=tuple(number for number, cases in enumerate(exercising, 1) if id(worked.example) in cases),
        )


def _values(worked: Worked, name: str) -> Iterator[tuple[str, str]]:
    """What a term is in an example, and whose it is; of several who have the same, together."""
    assert worked.assessment is not None
    items: list[Step | FactUse] = [*worked.assessment.steps, *worked.assessment.facts]
    by: dict[str, list[str]] = {}
    for item in items:
        if item.term.name == name:
            by.setdefault(value_words(item), []).extend(item.path[-1:])
    yield from ((", ".join(whose), value) for value, whose in by.items())


def value_words(item: Step | FactUse) -> str:
    """A value of an example as people write it."""
    if isinstance(item, Step):
        return shown(item.value, item)
    if item.exact is None:
        return sentence("not given")
    value = item.exact.words()
    if item.is_assumed:
        return sentence("{value} (assumed)", value=value)
    return sentence("{value} (supposed)", value=value) if item.is_supposed else value


def _parts(told: Told, term: Term, here: str) -> Iterator[PartView]:
    for part in told.parts.get(term.name, ()):
        examples = told.coverage.examples.get(part.id, ())
        links = [Link(case.title, to(told.addresses.examples[id(case)], here)) for case in examples]
        yield PartView(part.label or sentence(_WHOLE[part.kind]), tuple(links[:_FIRST]), len(links[_FIRST:]))


_WHOLE = {
    "rule": worded("the rule as a whole"),
    "version": worded("the version as a whole"),
    "alternative": worded("the alternative as a whole"),
    "exception": worded("the exception as a whole"),
    "row": worded("the row as a whole"),
    "band": worded("the band as a whole"),
    "value": worded("the value as a whole"),
}


def _tally(told: Told, term: Term) -> str:
    parts = told.parts.get(term.name, ())
    tally = Tally(sum(bool(told.coverage.examples.get(part.id)) for part in parts), len(parts))
    return sentence(
        "parts that examples exercise: {exercised} of {total}, {percent}",
        exercised=tally.exercised,
        total=tally.total,
        percent=percent(tally),
    )


# ---- what is said of it ---------------------------------------------------------------------------------------------


def _readings(told: Told, lived: History, here: str) -> Iterator[ReadingView]:
    """Each reading with the days on which its rule bears it; the latest words of each."""
    found: dict[str, tuple[d.Reading, list[Era]]] = {}
    for era in lived.eras:
        texts: tuple[Any, ...] = (*getattr(era.text, "versions", ()), *getattr(era.text, "values", ()))
        for reading in (reading for text in texts for reading in getattr(text, "readings", ())):
            eras = found[reading.name][1] if reading.name in found else []
            found[reading.name] = reading, [*eras, era]
    for name, (reading, eras) in found.items():
        chosen = [w.example for w in told.examples if name in {word.name for word in w.example.readings}]
        words = "\n".join(words_of(reading, eras[-1]))
        yield ReadingView(
            name=name,
            title=reading.title,
            days="; ".join(days_of(era) for era in eras),
            words=linked(words, ways(told, here, eras[-1].named, lived.name)),
            examples=tuple(Link(case.title, to(told.addresses.examples[id(case)], here)) for case in chosen),
        )


def _gaps(told: Told, term: Term) -> Iterator[str]:
    """What of it is not encoded, on which days and why; and which provisions without a term may refuse it."""
    provision = told.law.provisions.get(term.name)
    gaps = [evolve(gap, term=gap.label, label="") for gap in gaps_of(provision)] if provision else []
    yield from (f"{text[:1].upper()}{text[1:]}." for text in gaps_told(gaps))
    if term.in_force is None or term.formula is None or not term.in_force.affected:
        return
    root = term.formula.root
    for one, condition in zip(term.in_force.affected, root.args[1:], strict=True):
        cite = next(map(str, one.by.authority.cites), "")
        yield sentence(
            "Refused where {condition}: {place}, {kind}: {why}.",
            condition=in_words(told.graph, condition),
            place=cite,
            kind=sentence(UNWRITTEN[one.by.text.kind]),
            why=one.by.text.why,
        )


def _notes(told: Told, term: Term, head: object) -> Iterator[str]:
    yield from getattr(head, "notes", ())
    in_force = term.in_force
    if in_force is None:
        return
    for alternative in in_force.alternatives:
        yield from alternative.notes
    clauses: list[d.ExceptionClause | d.Row] = [
        *(part.clause for part in in_force.exceptions),
        *(part.clause for part in in_force.rows),
    ]
    yield from (f"{clause.name}: {note}" for clause in clauses for note in clause.notes)
    yield from in_force.maker_notes
