"""What to say when an amendment cannot be carried out: what the text says, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from engine.book.amendments.editing import Change, Texts, Whole
from engine.book.amendments.matching import Found, occurrences, same
from engine.book.amendments.operations import Timed
from engine.book.amendments.uprating import follows, is_of_another_unit, not_following, of_another_unit
from engine.book.law import BUILT_IN, Law, Provision, Write, kind_of, made_on
from engine.book.writes import Writer
from engine.values import day_words
from grammar import amendments as a
from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Number, Tree, Word
from grammar.words import closest


def told(timed: Timed, code: str, message: str, place: Place, fix: str, second: Place | None = None) -> Problem:
    subject = (
        timed.amendment.title if timed.operation.provision is None else f"{timed.amendment.title}, {timed.operation.provision}"
    )
    return Problem(code=code, message=message, place=place, subject=subject, fix=fix, second=second)


# ---- what is amended ------------------------------------------------------------------------------------------------


def of_target(
    word: Word, part: object, timed: Timed, law: Law, provisions: Mapping[str, Provision], writer: Writer
) -> list[Problem] | None:
    """Why an amendment cannot change what it names; None if it can, and nothing to tell where that has been told."""
    name = word.name
    provision = provisions.get(name)
    if provision is None:
        if name in writer.unread or not {amended.name for amended in timed.amendment.amends} <= law.instruments.keys():
            return []  # which is a problem of the heading
        if name in law.inputs or name in law.entities or name in law.choices or name in law.roles:
            message = f"`{name}` has no dates, and so cannot be amended on one."
            fix = "Change its declaration; what the law said of it before is then in its `note`."
            return [told(timed, "cannot-amend", message, Place(word.span), fix)]
        if (whole := law.instruments.get(name)) is not None:
            is_dropped = whole.is_amendment and isinstance(timed.operation.action, a.Omit)
            fix = f"Write `omit amendment {name}`." if is_dropped else "Name what is amended in it: a figure, a rule or a table."
            place = Place(timed.operation.action.span if is_dropped else word.span)
            return [
                told(timed, "cannot-amend", f"`{name}` is an instrument, and what is amended are its provisions.", place, fix)
            ]
        near = closest(name, provisions)
        message = f"There is no provision called `{name}` that could be amended."
        fix = f"Write `{near}`." if near else f"Name {PROVISIONS}; or insert it."
        return [told(timed, "unknown-name", message, Place(word.span, "not declared anywhere"), fix)]
    wanted = _kind_wanted(part, provision)
    if wanted is not None and provision.kind != wanted:
        message = f"`{name}` is a {provision.kind}, and no {wanted}."
        fix, place = f"Name a {wanted}; or, if the {provision.kind} is meant, say what is to be done to that.", Place(word.span)
        if isinstance(timed.operation.action, a.Omit):
            fix, place = f"Write `omit {provision.kind} {name}`.", Place(timed.operation.action.span)
        return [told(timed, "cannot-amend", message, place, fix)]
    amends = {amended.name for amended in timed.amendment.amends}
    if not amends <= law.instruments.keys():
        return None  # which is a problem of the heading
    if amends and provision.instrument not in amends and (own := law.instruments.get(provision.instrument or "")) is not None:
        return [of_another_instrument(word, own.name, timed)]
    return None


PROVISIONS = "a figure, a rule, a table, a scale or a group, a challenge or a duty"


def of_another_instrument(word: Word, own: str, timed: Timed) -> Problem:
    """An amendment changes only what belongs to an instrument that it says it amends."""
    message = f"`{word.name}` is a provision of `{own}`, which `{timed.amendment.name}` does not say that it amends."
    second = Place(timed.amendment.amends[0].span, "what it amends")
    fix = f"Add `{own}` after `amends`; or name a provision of what it amends."
    return told(timed, "cannot-amend", message, Place(word.span), fix, second)


def _kind_wanted(part: object, provision: Provision) -> str | None:
    match part:
        case d.Challenge() | d.Duty():
            return kind_of(part)
        case d.Figure() | d.Rule() | d.Table() | d.Scale() | d.Group() if isinstance(provision.head, d.Challenge | d.Duty):
            return kind_of(part)
        case str():
            return part
        case d.Row() | a.PartName(kind="row"):
            return "table"
        case d.ExceptionClause() | a.PartName(kind="exception"):
            return "rule"
    return None


def not_in_force(word: Word, timed: Timed, texts: Texts) -> Problem:
    starts = sorted(whole.write.start for whole in texts.wholes if whole.write.start > timed.commences)
    ends = sorted(whole.write.end for whole in texts.wholes if whole.write.end and whole.write.end < timed.commences)
    nearest = f" It ended on {day_words(ends[-1])}." if ends else f" It begins on {day_words(starts[0])}." if starts else ""
    message = f"`{word.name}` says nothing on {day_words(timed.commences)}, when this takes effect.{nearest}"
    return told(timed, "not-in-force", message, Place(word.span), "Correct the day, or amend what is in force on it.")


def no_part(name: Word, kind: str, parts: Sequence[Any], timed: Timed) -> Problem:
    near = closest(name.name, [part.name for part in parts])
    there = ", ".join(f"`{part.name}`" for part in parts)
    message = f"There is no {kind} called `{name.name}` on {day_words(timed.commences)}."
    fix = f"Write `{near}`." if near else f"There are {there}." if there else f"It has no {kind} on that day."
    return told(timed, "unknown-name", message, Place(name.span), fix)


def part_taken(clause: Any, first: Any, timed: Timed, day: date) -> Problem:
    is_there = "is" if day == timed.commences else "will be"
    message = f"There {is_there} already one called `{clause.name}` on {day_words(day)}."
    fix = "Write `substitute` instead of `insert`; or give it another name."
    return told(
        timed, "name-taken", message, Place(clause.name_span, "inserted again"), fix, Place(first.name_span, "there already")
    )


# ---- the words ------------------------------------------------------------------------------------------------------


def stale(action: a.Replace, found: Sequence[Found], text: Tree, timed: Timed, texts: Texts) -> Problem:
    """The words are not there: what is, and whether they were or will be."""
    if (rival := _rival(action, timed, texts)) is not None:
        return _same_day(timed, rival)
    target, day = action.target.name, day_words(timed.commences)
    there = _says(text)
    message = f"On {day} `{target}` does not say `{action.old.span.text}`."
    if there is not None:
        message = f"{message[:-1]}; it says `{there.span.text}`."
    second = Place(there.span if there is not None else text.span, f"this stands there on {day}")  # type: ignore[attr-defined]
    other = next((on for on in reversed(texts.days(timed.made)) if _stands(action, on, timed, texts)), None)
    fix = f"Write `{there.span.text}`." if there is not None else "Quote the words as they stand there on that day."
    if other is not None:
        fix = f"It says so from {day_words(other)} on: correct the day. Or quote what stands there on {day}."
        if other < timed.commences:
            fix = f"It said so from {day_words(other)} on, and has been amended since: quote what stands there now."
            fix = f"{fix[:-1]}, `for {there.span.text}`." if there is not None else fix
    return told(timed, "stale-wording", message, Place(action.old.span, "not found"), fix, second)


def _rival(action: a.Replace, timed: Timed, texts: Texts) -> Timed | None:
    """Who takes words away on the very day on which another, made as late, would; the day before, they stand there."""
    if not _stands(action, timed.commences - timedelta(days=1), timed, texts):
        return None
    for other in texts.everything():
        by = other.timed
        if by is not None and other.dropped is None and _starts(other) == timed.commences and _is_same_day(timed, by):
            return by
    return None


def _stands(action: a.Replace, on: Any, timed: Timed, texts: Texts) -> bool:
    shown = texts.on(on, timed.made)
    if shown is None:
        return False
    whole = isinstance(shown.text, d.Dated) and same(shown.text.value, action.old)
    return whole or next(occurrences(action.old, shown.text), None) is not None


def _says(text: Tree) -> Any:
    """The one value that a text has, where it has one only."""
    match text:
        case d.Dated(value=value) | d.Row(value=value):
            return value
        case d.Version(alternatives=(d.Alternative(value=value, condition=None),), exceptions=()):
            return value
    return None


def several(action: a.Replace, found: Sequence[Found], text: Tree, timed: Timed, texts: Texts) -> Problem:
    message = f"`{action.old.span.text}` stands in `{action.target.name}` at {len(found)} places on {day_words(timed.commences)}."
    fix = "Write `wherever it occurs` after the new words, or quote more of what stands around the one that is meant."
    rows = [part.name for part in getattr(text, "rows", ()) if next(occurrences(action.old, part), None) is not None]
    if rows:
        fix = f"Name the row: `in {action.target.name} row {rows[0]} for …`; or write `wherever it occurs` after the new words."
    parts = [part.name for part in getattr(text, "exceptions", ()) if next(occurrences(action.old, part), None) is not None]
    if parts:
        fix = f"Name the exception, if it is meant: `in {action.target.name} exception {parts[0]} for …`; or write "
        fix += "`wherever it occurs` after the new words."
    second = Place(found[1].node.span, "and here")  # type: ignore[attr-defined]
    return told(timed, "wording-twice", message, Place(action.old.span, "which?"), fix, second)


def does_not_fit(action: a.Replace, found: Found, timed: Timed) -> Problem:
    message = f"`{action.new.span.text}` cannot stand where `{found.node.span.text}` does."  # type: ignore[attr-defined]
    fix = "Write an amount, a date or a name there; or substitute the whole of it."
    if isinstance(found.inside, d.TimeLimit):
        fix = "Write so many days, weeks, months or years, like `21 days`; or substitute the whole of it."
    return told(timed, "does-not-fit", message, Place(action.new.span), fix, Place(found.node.span, "stands here"))  # type: ignore[attr-defined]


def no_choice(action: a.Replace, timed: Timed) -> Problem:
    message = "A draft can leave a choice only for the whole value of a figure."
    fix = "Give what the choice is about a figure of its own; or write one draft for each."
    return told(timed, "does-not-fit", message, Place(action.readings[0].span), fix)


def being_of_words(being: d.Being, timed: Timed) -> Problem:
    message = "Nothing is known here of which it could be so much more or less."
    fix = "Leave `being` out, or quote the old amount and the new one as numbers."
    return told(timed, "being-of-nothing", message, Place(being.span), fix)


def does_not_follow(action: a.Replace, timed: Timed) -> list[Problem]:
    assert action.being is not None and isinstance(action.old, Number) and isinstance(action.new, Number)
    if is_of_another_unit(action.old, action.being):
        message, fix = of_another_unit(action.old, action.being)
        return [told(timed, "being-of-nothing", message, Place(action.being.span), fix)]
    found = follows(action.old, action.new, action.being)
    if found is None:
        return []
    wrong = not_following(action.old, action.new, action.being, found)
    problem = told(timed, "does-not-follow", wrong.message, wrong.place, "")
    return [evolve(problem, fix=wrong.fix, severity=wrong.severity)]


# ---- one amendment and another --------------------------------------------------------------------------------------


def of_other_changes(change: Change, texts: Texts) -> list[Problem]:
    """What is wrong between a change and those that were drafted before it (S45, S46)."""
    found = [
        _same_day(change.timed, other.timed)
        for other in texts.everything()
        if other.timed is not None and other.dropped is None and _starts(other) == change.commences
        and _is_same_day(change.timed, other.timed) and _holds(other, change.place)
    ]  # fmt: skip
    for other in texts.at(change.place):
        if other.inserts or other.dropped is not None or change.inserts:
            continue
        if _is_same_day(change.timed, other.timed) and change.commences == other.commences:
            found.append(_same_day(change.timed, other.timed))
        elif other.is_of_terms and change.is_of_terms and other.commences > change.commences:
            found.append(_restate(change.timed, other.timed, other.commences))
    if change.inserts:
        return found
    for other in texts.inside(change.place):
        if other.place is change.place or other.dropped is not None:
            continue
        if other.commences > change.commences:
            found.append(_restate(change.timed, other.timed, other.commences))
        elif other.commences == change.commences and _is_same_day(change.timed, other.timed):
            found.append(_same_day(change.timed, other.timed))
    return found[:1]


def _starts(other: Change | Whole) -> date:
    return other.commences if isinstance(other, Change) else other.write.start


def _holds(other: Change | Whole, place: Tree) -> bool:
    """Whether a place stands in what another operation wrote."""
    waiting: list[Any] = [other.new if isinstance(other, Change) else other.write.text]
    while waiting:
        node = waiting.pop()
        if node is place:
            return True
        if isinstance(node, Tree):
            waiting.extend(node.inside())
        elif isinstance(node, tuple):
            waiting.extend(node)
    return False


def of_other_wholes(whole: Whole, texts: Texts) -> list[Problem]:
    timed, start = whole.timed, whole.write.start
    assert timed is not None
    for other in texts.wholes:
        if other.dropped is not None or other.timed is timed:
            continue
        if other.timed is not None and _is_same_day(timed, other.timed) and other.write.start == start:
            return [_same_day(timed, other.timed)]
        if whole.replaces_what_follows and other.write.start > start and other.made <= timed.made:
            return [_restate(timed, other.timed, other.write.start, other.write.text.span)]
    if whole.replaces_what_follows:
        for change in texts.changes:
            if change.dropped is not None or change.timed is timed:
                continue
            if change.commences > start:
                return [_restate(timed, change.timed, change.commences)]
            if change.commences == start and change.timed.amendment.name != timed.amendment.name:
                is_same = _is_same_day(timed, change.timed)
                return [_same_day(timed, change.timed) if is_same else _replaced_same_day(timed, change.timed)]
    return []


def _is_same_day(one: Timed, other: Timed) -> bool:
    return one.made == other.made and one.amendment.name != other.amendment.name


def _same_day(one: Timed, other: Timed) -> Problem:
    names, day = f"`{one.amendment.name}` and `{other.amendment.name}`", day_words(one.commences)
    message = f"{names} were made on the same day, and both change this on {day}: neither knew what the other says."
    fix = "Leave one of the two out, with a `note` that says why; or correct a date."
    if made_on(one.amendment) is None and made_on(other.amendment) is None:
        message = f"The drafts {names} both change this on {day}, and neither knows what the other says."
        fix = "Say in one of the two what is to hold, and leave it out of the other."
        if any(getattr(timed.operation.action, "being", None) is not None for timed in (one, other)):
            fix += " `jurat uprate … --with FILE` leaves out what the draft in FILE changes on that day."
    return told(one, "same-day", message, Place(one.operation.span, "this one"), fix, Place(other.operation.span, "and this one"))


def _replaced_same_day(one: Timed, other: Timed) -> Problem:
    message = f"`{other.amendment.name}` changes words of this on {day_words(one.commences)}, and they never apply: "
    message += "on that day all of it is replaced."
    fix = f"See that what is replaced by says what `{other.amendment.name}` does, and put `omit amendment "
    fix += f"{other.amendment.name}` before it; or correct a date."
    problem = told(one, "replaced-same-day", message, Place(one.operation.span, "this one"), fix,
                   Place(other.operation.span, "and this one"))  # fmt: skip
    return evolve(problem, severity="warning")


def _restate(one: Timed, other: Timed | None, day: Any, span: Any = None) -> Problem:
    who = f"`{other.amendment.name}`" if other else "The text in the file"
    message = f"{who} already changes the text that this replaces, from {day_words(day)}."
    fix = f"Say again here what is to hold from {day_words(day)}, with `omit amendment` before it; or quote less."
    if other is None:
        fix = f"State here what is to hold from {day_words(day)} too, and end the version in the file before it."
    second = Place(other.operation.span if other else span, f"from {day_words(day)}")
    return told(one, "restate", message, Place(one.operation.span, f"from {day_words(one.commences)}"), fix, second)


# ---- what is inserted -----------------------------------------------------------------------------------------------


def principal(timed: Timed, law: Law) -> str | None:
    """The instrument into which an amendment inserts: the one that it amends which is no amendment itself."""
    amended = [law.instruments.get(word.name) for word in timed.amendment.amends]
    found = [instrument.name for instrument in amended if instrument is not None and not instrument.is_amendment]
    return found[0] if len(found) == 1 else None


def insert_where(timed: Timed, law: Law) -> list[Problem]:
    amends = {amended.name for amended in timed.amendment.amends}
    if not amends or not amends <= law.instruments.keys():
        return []  # which is a problem of the heading
    message = f"`{timed.amendment.name}` amends several instruments, and this does not say into which it is inserted."
    fix = "Give what is inserted into each instrument an amendment heading of its own, with that one after `amends`."
    second = Place(timed.amendment.name_span, "the heading")
    return [told(timed, "insert-where", message, Place(timed.operation.span), fix, second)]


def name_taken(text: Any, timed: Timed, law: Law, provisions: Mapping[str, Provision]) -> Problem | None:
    named: tuple[Mapping[str, Any], ...] = law.inputs, law.entities, law.roles, law.choices, law.instruments
    first = next((found[text.name] for found in named if text.name in found), None)
    if text.name in provisions:
        first = provisions[text.name].head
    if text.name in BUILT_IN or text.name in law.units:
        what = BUILT_IN.get(text.name, "a unit")
        return told(timed, "name-taken", f"`{text.name}` is {what}.", Place(text.name_span, "inserted"), "Choose another name.")
    if first is None:
        return None
    message = f"There is already something called `{text.name}`."
    fix = "Write `substitute` instead of `insert`, if it replaces that; else give it another name."
    return told(timed, "name-taken", message, Place(text.name_span, "inserted"), fix, Place(first.name_span, "declared here"))


def before_commencement(writes: Iterable[Write[Any]], name: Span, timed: Timed) -> list[Problem]:
    for write in writes:
        if write.start < timed.commences:
            message = (
                f"This begins on {day_words(write.start)}, before the operation takes effect on {day_words(timed.commences)}."
            )
            fix = f"Write `from {day_words(timed.commences)}`; or correct the day on which the operation commences."
            period = getattr(write.text, "period", None)
            place = Place(name if period is None else period.span)
            return [told(timed, "before-commencement", message, place, fix)]
    return []


def no_such_provision(action: a.Omit, timed: Timed, places: Iterable[str]) -> Problem:
    near = closest(action.target.name, places)
    message = f"There is no provision without a term that is cited as {action.target.name}."
    fix = f'Write `"{near}"`.' if near else "Write its place as it stands after `provision`."
    return told(timed, "unknown-name", message, Place(action.target.span), fix)
