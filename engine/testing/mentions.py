"""Which provisions of the law a book names, and where: every citation, with the part of the rules beside which it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Literal

from attrs import evolve, frozen

from engine.book.law import ALWAYS, Law, Provision, Timeline, Write
from engine.book.places import places
from engine.testing.coverage import KINDS
from engine.testing.parts import Part
from grammar import declarations as d
from grammar import syntax
from grammar.source import Span
from grammar.syntax import Tree

MentionKind = Literal["figure", "rule", "table", "scale", "group", "input", "rounding", "check", "provision", "challenge", "duty"]


@frozen
class Gap:
    """Law that is not encoded, for these days: why, and in which part of a term."""

    why: str
    start: date | None
    end: date | None
    term: str
    label: str


@frozen(eq=False, repr=False)
class Mention:
    """One citation of one provision: what cites it, what of that is encoded, and what an example has to reach to test it."""

    instrument: str | None
    place: str
    kind: MentionKind
    term: str
    label: str
    """Which part of the term; "" for the whole."""
    span: Span
    encoded: bool
    gaps: tuple[Gap, ...] = ()
    parts: tuple[Part, ...] = ()
    decided_by: str | None = None
    """Who decides, where it is left to somebody."""


@frozen(eq=False, repr=False)
class _Piece:
    """What a term says in one place: encoded, or not and why."""

    span: Span
    gap: Gap | None


@frozen(eq=False, repr=False)
class _At:
    """Where in a term a citation stands."""

    label: str
    pieces: tuple[_Piece, ...]
    parts: tuple[Part, ...]


def mentions(law: Law, files: Collection[str]) -> Iterator[Mention]:
    """Every mention in these rule files, of what has been made: a draft is not law."""
    for provision in law.provisions.values():
        if provision.head.span.source.path in files:
            yield from _of_provision(provision)
    for notice in law.notices.values():
        if notice.head.span.source.path in files:
            yield from _of_notice(notice)
    for name, item in law.inputs.items():
        if item.span.source.path in files:
            for cite in item.cites:
                by = item.decided_by
                yield from _each(cite, law.input_instruments[name], Mention(
                    None, "", "input", name, "", item.name_span, encoded=by is None, decided_by=by))  # fmt: skip
    for check, own in law.standing_checks:
        if check.span.source.path in files:
            for cite in check.cites:
                yield from _each(cite, own, Mention(None, "", "check", "every figure", "", check.span, encoded=True))
    for instrument in law.instruments.values():
        if instrument.span.source.path in files:
            for cite in instrument.policy_cites:
                yield from _each(cite, instrument.name, Mention(
                    None, "", "rounding", instrument.name, "", instrument.name_span, encoded=True))  # fmt: skip
    yield from _unwritten(law, files)


def _of_notice(notice: Provision) -> Iterator[Mention]:
    """Of a challenge or a duty all is encoded but a time limit that was not found."""
    for text, start, end in _texts(notice.timeline):
        limit = text.within.length
        gaps = (Gap(limit.reason, start, end, notice.name, ""),) if isinstance(limit, syntax.NotEncoded) else ()
        for cite in text.cites:
            yield from _each(cite, notice.instrument, Mention(
                None, "", notice.kind, notice.name, "", text.name_span, encoded=True, gaps=gaps))  # fmt: skip


def _unwritten(law: Law, files: Collection[str]) -> Iterator[Mention]:
    for unwritten in law.unwritten:
        for write in unwritten.timeline.writes:
            text = write.text
            if text.span.source.path not in files:
                continue
            start, end = _day(write.start), unwritten.timeline.until(write, None)
            gaps = (Gap(text.why, start, end, "", ""),) if text.kind == "not encoded" else ()
            by = text.why if text.kind == "discretionary" else None
            found = Mention(
                None, "", "provision", "", "", text.name_span, encoded=False, gaps=gaps, decided_by=by
            )  # fmt: skip
            for cite in (syntax.Cite(None, text.place, span=text.name_span), *text.cites):
                yield from _each(cite, unwritten.instrument, found)


def _each(cite: syntax.Cite, own: str | None, mention: Mention) -> Iterator[Mention]:
    """One mention for each place that a citation names."""
    for place in places(cite.text):
        yield evolve(mention, instrument=cite.instrument or own, place=place)


def _day(day: date) -> date | None:
    return None if day == ALWAYS else day


def gaps_of(provision: Provision) -> tuple[Gap, ...]:
    """What of a provision is not encoded, on every day, whatever it cites."""
    return tuple(piece.gap for piece in _pieces(provision) if piece.gap is not None)


# ---- a provision ----------------------------------------------------------------------------------------------------


def _of_provision(provision: Provision) -> Iterator[Mention]:
    parts = [part for kind in KINDS.values() for part in kind.parts(provision)]
    pieces = tuple(_pieces(provision))
    whole = _At("", pieces, tuple(parts))
    timelines: list[Timeline[Any]] = [provision.timeline, *provision.parts.values()]
    made = {id(write.text) for timeline in timelines for write in timeline.writes}
    told = [write for timeline in timelines for write in timeline.told]
    heads = [write.text for write in provision.heads.told] if provision.heads is not None else [provision.head]
    waiting: list[tuple[Any, _At]] = [(text, whole) for text in (*(write.text for write in told), *heads)]
    found: list[Mention] = []
    by_name: set[syntax.MadeBy] = set()
    seen: set[int] = set()
    while waiting:
        node, at = waiting.pop()
        if isinstance(node, tuple):
            waiting += [(inner, at) for inner in node]
            continue
        if not isinstance(node, Tree) or id(node) in seen or (isinstance(node, _DATED) and id(node) not in made):
            continue
        seen.add(id(node))
        at = _narrowed(node, at, parts)
        waiting += [(inner, at) for inner in node.inside()]
        cite = _cite(node)
        if cite is not None:
            found += _each(cite, provision.instrument, _mention(provision, at, cite.span))
        if isinstance(node, syntax.MadeBy):
            by_name.add(node)
    for write in told:
        at = _narrowed(write.text, whole, parts)
        for cite in _of_amendment(write, by_name):
            found += _each(cite, provision.instrument, _mention(provision, at, write.text.span))
    yield from sorted(found, key=lambda mention: (mention.span.source.path, mention.span.start))


def _of_amendment(write: Write[Any], by_name: Collection[syntax.MadeBy]) -> Iterator[syntax.Cite]:
    """What an amendment cites of what it wrote, and the place in it that did; `made by` in the text names one itself."""
    yield from write.cites
    if write.instrument is None or write.provision is None:
        return
    by = syntax.MadeBy(write.instrument, write.provision, span=write.text.span)
    if by not in by_name:
        yield syntax.Cite(by.instrument, write.provision, span=by.span)


_DATED = (d.Dated, d.Version, d.TableVersion, d.ScaleVersion, d.Row, d.ExceptionClause)


def _cite(node: Tree) -> syntax.Cite | None:
    """A citation; the provision that made a version is one too."""
    match node:
        case syntax.Cite():
            return node
        case syntax.MadeBy(instrument=instrument, provision=str(provision)):
            return syntax.Cite(instrument, provision, span=node.span)
    return None


def _mention(provision: Provision, at: _At, span: Span) -> Mention:
    gaps = tuple(piece.gap for piece in at.pieces if piece.gap is not None)
    encoded = len(gaps) < len(at.pieces)
    return Mention(
        None, "", provision.kind, provision.name, at.label, span, encoded, gaps, at.parts if encoded else ()
    )  # fmt: skip


def _narrowed(node: Tree, at: _At, parts: list[Part]) -> _At:
    """What stands inside a version, a case, an exception, a row, a band or a limb is about that only."""
    match node:
        case syntax.Limb():
            label = ", ".join(filter(None, (at.label, f"limb ({node.label})")))
            return evolve(at, label=label)
        case d.Reading():
            return _At(f"reading {node.name}", at.pieces, ())
        case d.Dated() | d.Version() | d.TableVersion() | d.ScaleVersion():
            pass
        case d.Alternative() | d.ExceptionClause() | d.Row() | d.Band():
            pass
        case _:
            return at
    own = tuple(part for part in parts if part.span.within(node.span))
    pieces = tuple(piece for piece in at.pieces if piece.span.within(node.span))
    label = at.label
    if not isinstance(node, d.Version | d.TableVersion | d.ScaleVersion):
        unwritten = next((piece.gap.label for piece in pieces if piece.gap is not None), "")
        label = own[0].label if own else unwritten or at.label
    return _At(label, pieces or at.pieces, own or at.parts)


def _pieces(provision: Provision) -> Iterator[_Piece]:
    """What a provision says, by place and time."""
    for text, start, end in _texts(provision.timeline):
        match text:
            case d.Dated():
                yield _piece(provision, text, text.value, start, end, "")
            case d.Version():
                for number, case in enumerate(text.alternatives, 1):
                    label = f"case {number}" if len(text.alternatives) > 1 else ""
                    yield _piece(provision, case, case.value, start, end, label)
            case d.TableVersion() if text.otherwise is not None:
                yield _piece(provision, text.otherwise, text.otherwise.value, start, end, "otherwise")
            case d.ScaleVersion():
                yield from (_Piece(band.span, None) for band in text.bands)
            case d.Group():
                yield _Piece(text.span, None)
    for name, timeline in provision.parts.items():
        for part, start, end in _texts(timeline):
            what = "row" if isinstance(part, d.Row) else "exception"
            yield _piece(provision, part, part.value, start, end, f"{what} {name}")


def _piece(provision: Provision, tree: Any, value: Tree, start: date | None, end: date | None, label: str) -> _Piece:
    if isinstance(value, syntax.NotEncoded):
        return _Piece(tree.span, Gap(value.reason, start, end, provision.name, label))
    return _Piece(tree.span, None)


def _texts(timeline: Timeline[Any]) -> Iterator[tuple[Any, date | None, date | None]]:
    for write in timeline.told:
        yield write.text, _day(write.start), timeline.until(write, None)
