"""An amendment of an amendment: other words or another day for what it has still to do (S50)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def omit(name: str, timed: Timed, done: Done, writer: Writer) -> None:
    """What of an amendment has not yet commenced never will."""
    pending = [change for change in done.get(name, ()) if _starts(change) >= timed.commences and change.dropped is None]
    if not pending:
        writer.problems.append(_nothing_pending(name, timed))
    for change in pending:
        change.dropped = timed.made


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
        again = _again(change, timed, texts, writer, day=day)
        done.setdefault(timed.amendment.name, []).append(again)
    for change, place in words:
        again = _again(change, timed, texts, writer, found=place, new=action.new)
        done.setdefault(timed.amendment.name, []).append(again)


def _again(
    change: Change | Whole, timed: Timed, texts: Iterable[Texts], writer: Writer,
    day: date | None = None, found: Found | None = None, new: Any = None,
) -> Change | Whole:  # fmt: skip
    """What an amendment does, as another has amended it; as known before that, it stays what it was."""
    own = next(one for one in texts if any(change is other for other in (*one.wholes, *one.changes)))
    change.dropped = timed.made
    writer.order += 1
    if isinstance(change, Change):
        text = change.new if found is None else _with(change.new, found, new)
        start = day or change.commences
        again = evolve(change, new=text, commences=start, made=timed.made, order=writer.order, dropped=None)
        own.change(again)
        return again
    text = change.write.text if found is None else _with(change.write.text, found, new)
    write = evolve(change.write, text=text, start=day or change.write.start, made=timed.made, order=writer.order)
    whole = evolve(change, write=write, dropped=None)
    own.wholes.append(whole)
    return whole


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


def _nothing_pending(name: str, timed: Timed) -> Problem:
    day = day_words(timed.commences - timedelta(days=1))
    message = f"All that `{name}` does had commenced by {day}: what it has done stays."
    return told(timed, "spent", message, Place(timed.operation.span), "Amend the provisions themselves, or leave this out.")
