"""An amendment of an amendment: other words or another day for what it has still to do (S50)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from engine.book.amendments.editing import Change, Texts, Whole
from engine.book.amendments.matching import Found, fitted, occurrences, same, spliced
from engine.book.amendments.operations import Timed
from engine.book.amendments.refusals import told
from engine.book.resolve import rewritten
from engine.book.writes import Writer
from engine.values import day_words
from grammar import amendments as a
from grammar.problems import Place, Problem
from grammar.syntax import DateText, Tree

Done = dict[str, list[Change | Whole]]
"""By amendment, what its operations did."""


def omit(name: str, timed: Timed, done: Done, texts: Collection[Texts], writer: Writer) -> None:
    """What of an amendment has not yet commenced never will; what it has amended or omitted is again what it was."""
    found = [(change, _amended_by(name, change)) for change in done.get(name, ()) if change.dropped is None]
    pending = [(change, by) for change, by in found if (by[0].commences if by else _starts(change)) >= timed.commences]
    omitted = list(_omitted_by(name, timed, texts))
    if not pending and not omitted:
        writer.problems.append(_nothing_pending(name, timed, done))
    for change, by in pending:
        if by is None or by[1].omitted is not None:
            change.dropped, change.omitted = timed.made, timed
        else:
            _instead(change, by[1], timed, done, texts, writer)
    for change in omitted:
        _anew(change, change, timed, done, texts, writer)


def _omitted_by(name: str, timed: Timed, texts: Iterable[Texts]) -> Iterator[Change | Whole]:
    """What an amendment omits from a day that is not yet past, and nobody has made stand again."""
    everything = [change for own in texts for change in own.everything()]
    again = {id(change.amended[1]) for change in everything if change.amended is not None}
    for change in everything:
        by = change.omitted
        if by is not None and by.amendment.name == name and by.commences >= timed.commences and id(change) not in again:
            yield change


def _amended_by(name: str, change: Change | Whole) -> tuple[Timed, Change | Whole] | None:
    """Where an amendment has only amended what another does: when it did, and what that was before."""
    by = change.amended
    while by is not None and by[0].amendment.name != name:
        by = by[1].amended
    return by


def replace(action: a.Replace, timed: Timed, done: Done, texts: Iterable[Texts], writer: Writer) -> None:
    """New wording, or another day, of what an amendment does and has not yet done."""
    name = action.target.name
    found = [change for change in done.get(name, ()) if change.dropped is None]
    pending = [change for change in found if _starts(change) >= timed.commences]
    days, words = _in_pending(action, pending)
    heading = {id(change.timed) for change in days if change.timed and change.timed.operation.commences is None}
    places = (1 if heading else 0) + sum(id(change.timed) not in heading for change in days) + len(words)
    if places == 0 or (places > 1 and not action.everywhere):
        writer.problems.append(_not_pending(action, places, pending, found, timed))
        return
    for change in days:
        day = action.new.value if isinstance(action.new, DateText) else None
        _instead(change, _again(change, day=day), timed, done, texts, writer)
    for change, place in words:
        _instead(change, _again(change, found=place, new=action.new), timed, done, texts, writer)


def _again(change: Change | Whole, day: date | None = None, found: Found | None = None, new: Any = None) -> Change | Whole:
    """What an amendment does, on another day or in other words."""
    if isinstance(change, Change):
        words = change.new if found is None else _with(change.new, found, new)
        return evolve(change, new=words, commences=day or change.commences)
    text = change.write.text if found is None else _with(change.write.text, found, new)
    return evolve(change, write=evolve(change.write, text=text, start=day or change.write.start))


def _instead(
    change: Change | Whole, other: Change | Whole, timed: Timed, done: Done, texts: Iterable[Texts], writer: Writer
) -> None:  # fmt: skip
    """What is done instead of something, by whoever did that too; as known before, that stays what it was."""
    change.dropped = timed.made
    _anew(change, other, timed, done, texts, writer)


def _anew(
    change: Change | Whole, other: Change | Whole, timed: Timed, done: Done, texts: Iterable[Texts], writer: Writer
) -> None:  # fmt: skip
    own = next(one for one in texts if any(change is known for known in (*one.wholes, *one.changes)))
    writer.order += 1
    again: Change | Whole
    if isinstance(other, Change):
        again = evolve(other, made=timed.made, order=writer.order, dropped=None, omitted=None, amended=(timed, change))
        own.change(again)
    else:
        write = evolve(other.write, made=timed.made, order=writer.order)
        again = evolve(other, write=write, dropped=None, omitted=None, amended=(timed, change))
        own.wholes.append(again)
    done.setdefault(timed.amendment.name, [])
    for name, doings in done.items():
        if name == timed.amendment.name or any(change is known for known in doings):
            doings.append(again)


def _starts(change: Change | Whole) -> date:
    return change.commences if isinstance(change, Change) else change.write.start


def _with(tree: Tree | None, found: Found, new: Any) -> Any:
    """A text of an amendment with other words in one place."""
    assert tree is not None
    if found.run is not None:
        put: Any = spliced(found.node, found.run, new)
    else:
        put = fitted(new, found)
    if found.node is tree:
        return put
    return rewritten(tree, lambda node: put if node is found.node else node)


def _in_pending(
    action: a.Replace, pending: Sequence[Change | Whole]
) -> tuple[list[Change | Whole], list[tuple[Change | Whole, Found]]]:
    """Where the words stand in what an amendment has still to do: as its day, or in its new wording."""
    days: list[Change | Whole] = []
    words: list[tuple[Change | Whole, Found]] = []
    for change in pending:
        starts = change.commences if isinstance(change, Change) else change.write.start
        if isinstance(action.old, DateText) and action.old.value == starts:
            days.append(change)
        text = change.new if isinstance(change, Change) else change.write.text
        if text is None:
            continue
        if isinstance(text, type(action.old)) and same(text, action.old):
            words.append((change, Found(text, text)))
        else:
            words += [(change, found) for found in occurrences(action.old, text)]
    return days, words


def _not_pending(
    action: a.Replace, places: int, pending: Sequence[Change | Whole], done: Sequence[Change | Whole], timed: Timed
) -> Problem:
    words, name = action.old.span.text, action.target.name
    spent = any(_in_pending(action, [change for change in done if change not in pending]))
    message = f"What `{name}` has still to do on {day_words(timed.commences)} does not say `{words}`."
    fix = "Quote its new wording or one of its days as they stand in it."
    code = "stale-wording"
    if places > 1:
        message, code = f"`{words}` stands in what `{name}` has still to do at {places} places.", "wording-twice"
        fix = "Write `wherever it occurs` after the new words, or quote more of what stands around the one that is meant."
    elif spent:
        message, code = f"`{name}` has already done this: it is the law that says so now.", "spent"
        fix = "Amend the provision itself: `in … for … substitute …`."
    return told(timed, code, message, Place(action.old.span), fix, Place(timed.operation.span, "amends it here"))


def _nothing_pending(name: str, timed: Timed, done: Done) -> Problem:
    day = day_words(timed.commences - timedelta(days=1))
    message = f"All that `{name}` does had commenced by {day}: what it has done stays."
    fix = "Amend the provisions themselves, or leave this out."
    by = next((change.omitted for change in done.get(name, ()) if change.omitted is not None), None)
    if by is not None and all(change.dropped is not None for change in done[name]):
        message = f"`{by.amendment.name}` has omitted `{name}` already: nothing of it has still to come."
        fix = f"Leave this out; or, if it is to stand again, write `omit amendment {by.amendment.name}`."
    return told(timed, "spent", message, Place(timed.operation.span), fix)
