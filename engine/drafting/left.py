"""What of an edited copy no amendment of a day can say: it is told, so that no edit is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from attrs import evolve, frozen

from engine.book.amendments.matching import same
from engine.book.consolidate import Book
from engine.book.law import Law, Provision
from engine.book.resolve import rewritten
from engine.drafting.differing import called_now, naming
from engine.values import day_words
from grammar import declarations as d
from grammar.source import Span


@frozen(eq=False, repr=False)
class Left:
    """An edit that is not in the draft: which, why not, what to do instead, and where it stands, if it does."""

    message: str
    fix: str
    span: Span | None


_NO_DATES = "Change it in the rules themselves; it holds for every day."
_HEADING = ("title", "number", "made", "made_before", "commences", "link", "policy", "policy_cites", "short_months", "notes")
"""What an instrument's heading says for itself; what it amends is spent in a consolidated text."""


def left(old: Book, reached: Book, goal: Book, files: Collection[str], beside: Collection[str] = ()) -> tuple[Left, ...]:
    """Every edit of the goal that is not in the book that its draft leads to; `files` are those of the scheme,
    and `beside` those that are read with the copy and are none of it."""
    return (
        *_vocabulary(old.law, goal.law, files),
        *_headings(old.law, goal.law, files),
        *_standing_checks(old, goal, files),
        *_examples(old.law, goal.law, files, _is_whole(goal.law, beside), beside),
        *_provisions(old, reached, goal, files, _is_whole(goal.law, beside)),
    )


def said_otherwise(reached: Book, goal: Book) -> set[str]:
    """The provisions of the goal that the other book has too, and in which they say something else on the day."""
    names = called_now(reached)
    both = ((one, reached.law.provisions.get(reached.law.first_name(name))) for name, one in goal.law.provisions.items())
    said = ((one.name, None if now is None else _says(now, goal.on, names), _says(one, goal.on)) for one, now in both)
    return {name for name, now, then in said if now is not None and then is not None and not _is_same(now, then)}


# ---- what has no dates ----------------------------------------------------------------------------------------------


def _vocabulary(old: Law, goal: Law, files: Collection[str]) -> Iterator[Left]:
    kinds: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("entity", old.entities, goal.entities),
        ("role", old.roles, goal.roles),
        ("choice", old.choices, goal.choices),
        ("input", old.inputs, goal.inputs),
    )
    for kind, before, after in kinds:
        yield from _declared(kind, before, after, files, lambda one, other: same(one, other))
    units = [{symbol.partition(":")[0]: symbol for symbol in law.units.values()} for law in (old, goal)]
    for name in dict.fromkeys([*units[0], *units[1]]):
        if units[0].get(name) != units[1].get(name):
            how = _how(name in units[0], name in units[1])
            yield Left(f"The unit `{name}` is {how}; it has no dates, so no amendment can say it.", _NO_DATES, None)


def _declared(
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    files: Collection[str],
    is_same: Callable[[Any, Any], bool],
) -> Iterator[Left]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one is not None and other is not None and is_same(one, other):
            continue
        if other is None and one is not None and one.span.source.path not in files:
            continue  # of another scheme, which the copy need not hold whole
        how = _how(one is not None, other is not None)
        yield Left(f"The {kind} `{name}` is {how}; it has no dates, so no amendment can say it.", _NO_DATES, _span(other))


def _how(was: bool, is_now: bool) -> str:
    return "other in the edited rules" if was and is_now else "new in the edited rules" if is_now else "not in the edited rules"


def _span(tree: Any) -> Span | None:
    return None if tree is None else getattr(tree, "name_span", tree.span)


def _headings(old: Law, goal: Law, files: Collection[str]) -> Iterator[Left]:
    """The headings of schemes and of instruments; what the text of a day does not need, it does not have."""
    for kind, before, after, is_same in (
        ("scheme", old.keys.schemes, goal.keys.schemes, _same_scheme),
        ("heading of", old.instruments, goal.instruments, _same_heading),
    ):
        kept = {name: one for name, one in before.items() if name in after}
        yield from _declared(kind, kept, after, files, is_same)


def _same_scheme(one: d.Scheme, other: d.Scheme) -> bool:
    uses = {word.name for word in one.uses}
    return (one.title, one.notes) == (other.title, other.notes) and {word.name for word in other.uses} <= uses


def _same_heading(one: d.Instrument, other: d.Instrument) -> bool:
    return all(same(getattr(one, name), getattr(other, name)) for name in _HEADING)


def _standing_checks(old: Book, goal: Book, files: Collection[str]) -> Iterator[Left]:
    before, after = (list(_standing(book, old.in_force.keys() & goal.in_force.keys())) for book in (old, goal))
    fix = "Change it in the rules themselves, with `from` and a day where it is to hold from one on."
    for check in after:
        if not any(same(check, other) for other in before):
            message = f"`{_first_line(check)}` is new, or other, in the edited rules; a standing check is no text of a provision."
            yield Left(message, fix, check.span)
    for check in before:
        if check.span.source.path in files and not any(same(check, other) for other in after):
            message = f"`{_first_line(check)}` is not so in the edited rules; a standing check is no text of a provision."
            yield Left(message, fix, None)


def _standing(book: Book, names: Collection[str]) -> Iterator[d.StandingCheck]:
    """Those that stand on the day, as the text of a day has them."""
    for check, _ in book.law.standing_checks:
        days = check.period
        if days is None or (days.start <= book.on and (days.end is None or book.on <= days.end)):
            yield evolve(check, excepted=tuple(word for word in check.excepted if word.name in names), period=None)


def _examples(old: Law, goal: Law, files: Collection[str], whole: bool, beside: Collection[str]) -> Iterator[Left]:
    """Examples are no law; in the text of a day there are none, and nobody has taken them out."""
    before = {one.title: one for one in old.examples}
    after = {one.title: one for one in goal.examples if one.span.source.path not in beside}
    fix = "Change it in the rules themselves: it says what they give, and is checked against them."
    for title in dict.fromkeys([*after, *before]) if whole else after:
        one, other = before.get(title), after.get(title)
        if (one is not None and other is not None and same(one, other)) or (other is None and _is_elsewhere(one, files)):
            continue
        yield Left(f"The example “{title}” is {_how(one is not None, other is not None)}; it is no law.", fix, _span(other))


def _is_elsewhere(tree: d.Case | None, files: Collection[str]) -> bool:
    return tree is not None and tree.span.source.path not in files


def _first_line(check: d.StandingCheck) -> str:
    return str(check.span.text.splitlines()[0])


# ---- what has dates -------------------------------------------------------------------------------------------------


def _provisions(old: Book, reached: Book, goal: Book, files: Collection[str], whole: bool) -> Iterator[Left]:
    names = called_now(reached)
    moved = {name for name, one in goal.law.instruments.items() if _commences(old.law, name) not in (None, one.commences)}
    for name, provision in goal.law.provisions.items():
        first = reached.law.first_name(name)
        before, now = old.law.provisions.get(first), reached.law.provisions.get(first)
        if (found := _not_drafted(before, now, provision, goal.on, files, names)) is not None:
            yield Left(*found, provision.head.name_span)
        elif before is not None and now is not None and provision.instrument not in moved:
            day = _other_day(before, now, provision, goal.on, whole, names)
            if day is not None:
                when = f"{'before' if day < goal.on else 'after'} {day_words(goal.on)}"
                message = f"What `{name}` says {when} is other in the edited rules, first on {day_words(day)}."
                fix = f"Draft another amendment, with `--from {day.isoformat()}`; or correct the rules themselves."
                yield Left(message, fix, provision.head.name_span)
    for first, found_there in reached.in_force.items():
        name = names.get(first, first)
        if name not in goal.law.provisions and found_there.provision.head.span.source.path in files:
            message = f"`{name}` is not in the edited rules, and stands under no instrument that an amendment could be of."
            yield Left(message, "Take it out of the rules themselves.", None)


def _commences(law: Law, instrument: str) -> date | None:
    found = law.instruments.get(instrument)
    return None if found is None else found.commences


def _not_drafted(
    before: Provision | None,
    now: Provision | None,
    goal: Provision,
    on: date,
    files: Collection[str],
    names: Mapping[str, str],
) -> tuple[str, str] | None:
    """Why what a provision says on the day itself is not reached, and what to do."""
    name = goal.name
    if before is not None and before.instrument != goal.instrument:
        fix = "Move it in the rules themselves: where it was enacted has no dates."
        return f"`{name}` stands under another instrument in the edited rules.", fix
    if _is_same(None if now is None else _says(now, on, names), _says(goal, on)):
        return None
    if before is not None and before.head.span.source.path not in files:
        fix = "Amend what it belongs to, with `--against` and its name."
        return f"`{name}` is other in the edited rules, and belongs to another scheme.", fix
    fix = "Add it to the rules themselves, under a heading of its own, or put it under an instrument that has provisions."
    return f"`{name}` is other in the edited rules, and no amendment of an instrument in force can say it.", fix


def _is_whole(law: Law, beside: Collection[str]) -> bool:
    """Whether rules say what holds on several days: the text of one day has no examples, and of most provisions one version."""
    own = [one for one in law.provisions.values() if one.head.span.source.path not in beside]
    several = (one.name for one in own if len(one.timeline.stretches(None)) > 1)
    if any(example.span.source.path not in beside for example in law.examples):
        return True
    return any(name not in law.ever.all_looked_at for name in several)


def _other_day(
    old: Provision, reached: Provision, goal: Provision, on: date, whole: bool, names: Mapping[str, str]
) -> date | None:
    """The first day on which an edited provision says what no amendment of the day `on` makes it say."""
    if not whole:
        return _other_end(old, reached, goal, on) or _other_write(old, reached, goal, on, names)
    for day in sorted({*old.changes, *goal.changes, *reached.changes} - {on}):
        before, said = _says(old if day < on else reached, day, names), _says(goal, day)
        is_as_on_the_day = day < on and _is_same(before, _says(old, on, names)) and _is_same(said, _says(goal, on))
        if not _is_same(before, said) and not is_as_on_the_day:
            return day
    return None


def _other_end(old: Provision, reached: Provision, goal: Provision, on: date) -> date | None:
    """Of the text of a day: the day on which what holds then begins, or after which it ends, where that is another."""
    was, becomes, is_now = (one.timeline.at(on, None) for one in (old, reached, goal))
    if was is None or becomes is None or is_now is None:
        return None
    begun, begins = (one.since or one.start for one in (was, is_now))
    ended, ends = reached.timeline.until(becomes, None), goal.timeline.until(is_now, None)
    if ended != ends:
        return min(day for day in (ended, ends) if day is not None) + timedelta(days=1)
    return min(begun, begins) if begun != begins and becomes is was else None


def _other_write(old: Provision, reached: Provision, goal: Provision, on: date, names: Mapping[str, str]) -> date | None:
    """Of the text of a day: where it holds anything of other days, whatever of that is not so."""
    places = (goal.timeline, *goal.parts.values())
    for day in sorted({write.start for place in places for write in place.dated if write is not place.at(on, None)} - {on}):
        if not _is_same(_says(old if day < on else reached, day, names), _says(goal, day)):
            return day
    return None


@frozen(eq=False, repr=False)
class _Said:
    """What a provision says on a day, whatever its places, its days and what made it so."""

    text: Any
    parts: Mapping[str, Any]


def _says(provision: Provision, day: date, names: Mapping[str, str] = MappingProxyType({})) -> _Said | None:
    """None for nothing."""
    write = provision.timeline.at(day, None)
    if write is None:
        return None
    change = naming(names)
    parts = provision.parts_on(day, None)
    plain = {name: rewritten(_plain(part.text), change) for name, part in parts.items()}
    return _Said(
        rewritten(_plain(write.text), change), {name: _over_those_there(one, parts.keys()) for name, one in plain.items()}
    )


def _over_those_there(part: Any, names: Collection[str]) -> Any:
    """An exception prevails over those that are there."""
    if not isinstance(part, d.ExceptionClause):
        return part
    return evolve(part, prevails_over=tuple(word for word in part.prevails_over if word.name in names))


def _is_same(one: _Said | None, other: _Said | None) -> bool:
    if one is None or other is None:
        return one is other
    if one.parts.keys() != other.parts.keys():
        return False
    return same(one.text, other.text) and all(same(part, other.parts[name]) for name, part in one.parts.items())


_NOT_SAID: dict[str, Any] = {
    "period": None, "made_by": (), "cites": (), "being": None, "is_otherwise": False, "exceptions": (), "rows": (),
}  # fmt: skip


def _plain(text: Any) -> Any:
    return evolve(text, **{name: value for name, value in _NOT_SAID.items() if hasattr(text, name)})
