"""The amendment that turns one book into another: the reverse of consolidation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from engine.book.amendments.matching import same
from engine.book.consolidate import Book, InForce
from engine.book.law import Authority, Law
from engine.book.resolve import rewritten
from engine.drafting.uprate import NOWHERE
from engine.drafting.words import replacements
from grammar import amendments as a
from grammar import declarations as d
from grammar import syntax
from grammar.syntax import Expr, Period, Tree, Word
from grammar.writing import written_value


@frozen(eq=False, repr=False)
class Difference:
    """What has to be done to one instrument, and a sentence on each."""

    instrument: str
    operations: tuple[a.Operation, ...]
    notes: tuple[str, ...]


def differences(old: Book, new: Book, files: Collection[str], whole: Collection[str] = ()) -> tuple[Difference, ...]:
    """What turns the provisions of these files into those of the new book, on the day of both.

    `whole` names what is to be substituted whole, because words that were tried do not do it.
    """
    there, after = _present(old), _present(new)
    before = {name: found for name, found in there.items() if found.provision.head.span.source.path in files}
    after = {name: found for name, found in after.items() if name in before or name not in there}
    own = {found.instrument.name if found.instrument else "" for found in before.values()}
    own |= {one.instrument or "" for one in old.law.notices.values() if one.head.span.source.path in files}
    after = {name: found for name, found in after.items() if name in before or (found.provision.instrument or "") in own}
    renamed = dict(_renamed(before, after))
    done: list[tuple[str, a.Action, str]] = []
    for first, name in renamed.items():
        action = a.Rename(_word(first), _word(name), span=NOWHERE)
        done.append((before[first].provision.instrument or "", action, f"`{first}` is called `{name}`."))
    for name, found in after.items():
        first = next((one for one, other in renamed.items() if other == name), name)
        if first in before:
            said = list(_amended(name, _with_names(before[first], renamed), found, old, new.law, name in whole))
            done += [(before[first].provision.instrument or "", action, note) for action, note in said]
        else:
            text = declared(found, old)
            done.append((found.provision.instrument or "", a.Insert(text, span=NOWHERE), f"{_title(found)} is new."))
    done += _unwritten(old, new, own)
    for name, found in before.items():
        if name not in after and name not in renamed:
            gone = a.Omit(found.provision.kind, _word(name), span=NOWHERE)
            done.append((found.provision.instrument or "", gone, f"{_title(found)} is omitted."))
    done += _notices(old, new, files, own)
    return tuple(
        Difference(
            instrument,
            tuple(a.Operation(action=action, span=NOWHERE) for own, action, _ in done if own == instrument),
            tuple(dict.fromkeys(note for own, _, note in done if own == instrument)),
        )
        for instrument in sorted({own for own, *_ in done if own})  # what belongs to none cannot be amended
    )


def called_now(book: Book) -> Mapping[str, str]:
    """By its first name, what is called otherwise on the day."""
    called = {one.first: book.law.called(one.first, book.on, book.known) for one in book.law.renamed}
    return {first: name for first, name in called.items() if first != name}


def _present(book: Book) -> Mapping[str, InForce]:
    """What is in force, by the names of the day."""
    names = called_now(book)
    return {names.get(name, name): _with_names(found, names) for name, found in book.in_force.items()}


def _unwritten(old: Book, new: Book, instruments: Collection[str]) -> Iterator[tuple[str, a.Action, str]]:
    """What is done to provisions without a term, each known by its instrument and its place in it."""
    before, after = (dict(_without_terms(book)) for book in (old, new))
    for (instrument, place), text in after.items():
        if instrument not in instruments or instrument == "":
            continue
        if (instrument, place) not in before:
            yield instrument, a.Insert(text, span=NOWHERE), f"{place} is new."
        elif not same(before[instrument, place], text):
            yield instrument, a.Substitute(text, span=NOWHERE), f"{place} is substituted."
    for instrument, place in before:
        if instrument in instruments and (instrument, place) not in after:
            yield instrument, a.Omit("provision", _word(place), span=NOWHERE), f"{place} is omitted."


def _without_terms(book: Book) -> Iterator[tuple[tuple[str, str], d.Unwritten]]:
    for provision in book.law.unwritten:
        write = provision.timeline.at(book.on, book.known)
        if write is not None:
            yield (provision.instrument or "", write.text.place), evolve(write.text, period=None)


def _notices(old: Book, new: Book, files: Collection[str], own: Collection[str]) -> Iterator[tuple[str, a.Action, str]]:
    """What is done to challenges and duties: each is inserted, substituted or omitted whole."""
    before = {name: one for name, one in old.notices.items() if old.law.notices[name].head.span.source.path in files}
    for name, one in new.notices.items():
        instrument = new.law.notices[name].instrument or ""
        text = evolve(one.text, period=None, made_by=())
        if name in before and not same(text, evolve(before[name].text, period=None, made_by=())):
            yield instrument, a.Substitute(text, span=NOWHERE), f"{text.title} is substituted."
        elif name not in old.notices and instrument in own:
            yield instrument, a.Insert(text, span=NOWHERE), f"{text.title} is new."
    for name, one in before.items():
        if name not in new.notices:
            gone = a.Omit(old.law.notices[name].kind, _word(name), span=NOWHERE)
            yield old.law.notices[name].instrument or "", gone, f"{one.text.title} is omitted."


def declared(found: InForce, book: Book) -> Any:
    """A provision as it is declared whole, with nothing but what it says on the day."""
    head, text = found.provision.head, found.text
    plain: Any = {"made_by": (), "period": None}
    match head, text:
        case d.Figure(), d.Dated():
            period = Period(book.on, None, span=NOWHERE)
            value = evolve(text, period=period, made_by=(), being=None, is_otherwise=False)
            return evolve(head, values=(value,))
        case d.Rule(), d.Version():
            clauses = tuple(evolve(part.clause, **plain) for part in found.exceptions)
            return evolve(head, versions=(evolve(text, exceptions=clauses, is_otherwise=False, **plain),), exceptions=())
        case d.Table(), d.TableVersion():
            rows = tuple(evolve(part.clause, **plain) for part in found.rows)
            return evolve(head, versions=(evolve(text, rows=rows, **plain),))
        case d.Scale(), d.ScaleVersion():
            return evolve(head, versions=(evolve(text, **plain),))
    return text


def _amended(name: str, old: InForce, new: InForce, book: Book, goal: Law, whole: bool) -> Iterator[tuple[a.Action, str]]:
    """What turns one provision into another of the same name."""
    title = _title(new)
    written, old, new = new, _cited(old, book.law), _cited(new, goal)
    was, is_now = declared(old, book), declared(new, book)
    if same(was, is_now):
        return
    if whole or not _same_but(was, is_now, "values", "versions", "condition"):
        yield a.Substitute(declared(written, book), span=NOWHERE), f"{title} is substituted."
        return
    parts = list(_parts(name, old, new, {clause.name: clause for clause in _clauses(written)}))
    words = _in_words(name, _without_parts(old.text), _without_parts(new.text), old.text, None, title)
    if words is None:
        yield a.Substitute(declared(written, book), span=NOWHERE), f"{title} is substituted."
        return
    yield from words
    yield from parts


def _cited(found: InForce, law: Law) -> InForce:
    """A provision whose texts cite all that it stands on, whether they, its heading or an amendment say so.

    An instrument is known by its name: under another title it is cited all the same.
    """
    names = {one.title: name for name, one in law.instruments.items()}

    def cites(authority: Authority) -> tuple[syntax.Cite, ...]:
        found = sorted((names.get(cite.instrument or "", ""), cite.text) for cite in authority.cites)
        return tuple(syntax.Cite(name, text, span=NOWHERE) for name, text in found)

    text: Any = found.text
    return evolve(
        found,
        text=text if isinstance(text, d.Group) else evolve(text, cites=cites(found.authority)),
        exceptions=tuple(
            evolve(one, clause=evolve(one.clause, cites=cites(one.authority), prevails_over=_standing(one.clause, found)))
            for one in found.exceptions
        ),
        rows=tuple(evolve(one, clause=evolve(one.clause, cites=cites(one.authority))) for one in found.rows),
    )


def _standing(clause: d.ExceptionClause, found: InForce) -> tuple[Word, ...]:
    """The exceptions that are there on the day among those over which one prevails."""
    names = {one.clause.name for one in found.exceptions}
    return tuple(word for word in clause.prevails_over if word.name in names)


def _parts(name: str, old: InForce, new: InForce, written: Mapping[str, Any]) -> Iterator[tuple[a.Action, str]]:
    """What is done to exceptions or rows, those of the new text as they are written."""
    before = {clause.name: clause for clause in _clauses(old)}
    after = {clause.name: clause for clause in _clauses(new)}
    title = _title(new)
    for part in before:
        if part not in after:
            named = a.PartName("row" if isinstance(before[part], d.Row) else "exception", _word(part), span=NOWHERE)
            yield a.OmitPart(_word(name), named, span=NOWHERE), f"{title}: {named.kind} {part} is omitted."
    for part, clause in after.items():
        plain: Any = evolve(written[part], period=None, made_by=())
        if part not in before:
            yield a.InsertPart(_word(name), plain, None, span=NOWHERE), f"{title}: {part} is new."
        elif not same(_undated(before[part]), _undated(clause)):
            kind: Any = "row" if isinstance(clause, d.Row) else "exception"
            named = a.PartName(kind, _word(part), span=NOWHERE)
            words = _in_words(name, before[part], clause, _undated(before[part]), named, title)
            if words is None:
                yield a.SubstitutePart(_word(name), plain, span=NOWHERE), f"{title}: {kind} {part} is substituted."
            else:
                yield from words


def _clauses(found: InForce) -> tuple[d.ExceptionClause | d.Row, ...]:
    return (*(part.clause for part in found.exceptions), *(part.clause for part in found.rows))


def _in_words(
    name: str, old: Tree, new: Tree, within: Tree, part: a.PartName | None, title: str
) -> list[tuple[a.Action, str]] | None:
    """The words that have to be replaced, each standing once in what is looked through; None where only the whole will do."""
    if same(_undated(old), _undated(new)):
        return []
    if not isinstance(old, d.Dated) and not _same_but(_undated(old), _undated(new), *_WORDED):
        return None
    found = replacements(_undated(old), _undated(new), within)
    if found is None:
        return None
    return [
        (a.Replace(_word(name), part, was, put, everywhere=False, being=None, span=NOWHERE), _noted(title, part, was, put))
        for was, put in found
    ]


def _noted(title: str, part: a.PartName | None, was: Expr, put: Expr) -> str:
    """A sentence on words that are replaced, which stands in quotes itself."""
    subject = title if part is None else f"{title}, {part.kind} {part.name.name}"
    return f"{subject}: {written_value(was)} becomes {written_value(put)}.".replace('"', "'")


_WORDED = ("alternatives", "value", "condition", "cells", "rows", "columns", "otherwise", "bands", "exceptions")
"""The parts of a text in which words can be amended; anything else of it that differs is substituted with the whole."""


def _undated(tree: Any) -> Any:
    changes: dict[str, Any] = {}
    if getattr(tree, "period", None) is not None:
        changes["period"] = None
    if getattr(tree, "made_by", ()):
        changes["made_by"] = ()
    return evolve(tree, **changes) if changes else tree


def _without_parts(text: Any) -> Any:
    if isinstance(text, d.Version):
        return evolve(text, exceptions=())
    return evolve(text, rows=()) if isinstance(text, d.TableVersion) else text


def _same_but(old: Any, new: Any, *names: str) -> bool:
    """Whether two trees differ, if anywhere, only in these parts."""
    if type(old) is not type(new):
        return False
    kept = {name: getattr(old, name) for name in names if hasattr(old, name)}
    return bool(same(old, evolve(new, **kept)))


def _renamed(before: Mapping[str, InForce], after: Mapping[str, InForce]) -> Iterator[tuple[str, str]]:
    """What is gone and what is new with the same words under another name."""
    gone = [name for name in before if name not in after]
    added = [name for name in after if name not in before]
    for old in gone:
        for new in added:
            one, other = before[old], after[new]
            if same(evolve(one.provision.head, name=new), other.provision.head) and same(one.text, other.text):
                added.remove(new)
                yield old, new
                break


def naming(renamed: Mapping[str, str]) -> Callable[[Tree], Tree]:
    """Puts the new name of what is renamed in the place of the old one."""

    def change(node: Tree) -> Tree:
        match node:
            case Word(name=name) | syntax.Ref(name=name) if name in renamed:
                return evolve(node, name=renamed[name])
            case syntax.Members(group=name) | syntax.Rank(group=name) if name in renamed:
                return evolve(node, group=renamed[name])
            case syntax.Applied(scale=name) if name in renamed:
                return evolve(node, scale=renamed[name])
        return node

    return change


def _with_names(found: InForce, renamed: Mapping[str, str]) -> InForce:
    """A provision with what is renamed under its new name, as it will be."""
    if not renamed:
        return found

    change = naming(renamed)
    head: Any = found.provision.head
    head = evolve(head, name=renamed.get(head.name, head.name))
    return evolve(
        found,
        provision=evolve(found.provision, head=head),
        text=rewritten(found.text, change),
        exceptions=tuple(evolve(part, clause=rewritten(part.clause, change)) for part in found.exceptions),
        rows=tuple(evolve(part, clause=rewritten(part.clause, change)) for part in found.rows),
    )


def _word(name: str) -> Word:
    return Word(name, span=NOWHERE)


def _title(found: InForce) -> str:
    return found.provision.head.title
