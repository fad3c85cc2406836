"""Challenges and duties in two laws: which differ, by what they say, whatever they are called (S79, S80)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import evolve, frozen

from engine import digest
from engine.book.consolidate import NoticeInForce
from engine.graph import Graph


@frozen(eq=False, repr=False)
class AlteredNotice:
    """A challenge or a duty that differs, in both laws: None where it is not in force."""

    difference: Literal["changed", "new", "gone", "renamed", "reworded"]
    before: NoticeInForce | None
    after: NoticeInForce | None
    names: tuple[str | None, str | None]
    """What it is called in either law."""

    @property
    def notice(self) -> NoticeInForce:
        found = self.after or self.before
        assert found is not None
        return found


def altered_notices(before: Graph, after: Graph) -> tuple[AlteredNotice, ...]:
    """Those that differ, in the order of the later law; last those that it has no more."""
    old, new = ({one.identity: (name, one) for name, one in graph.book.notices.items()} for graph in (before, after))
    found = []
    for identity in dict.fromkeys([*new, *old]):
        was, is_now = old.get(identity), new.get(identity)
        names = (_called(before, was), _called(after, is_now))
        one, other = was and was[1], is_now and is_now[1]
        if one is None or other is None:
            found.append(AlteredNotice("gone" if other is None else "new", one, other, names))
        elif _meaning(before, one) != _meaning(after, other):
            found.append(AlteredNotice("changed", one, other, names))
        elif names[0] != names[1]:
            found.append(AlteredNotice("renamed", one, other, names))
        elif digest.notice(_whatever_days(one)) != digest.notice(_whatever_days(other)):
            found.append(AlteredNotice("reworded", one, other, names))
    return tuple(found)


def _called(graph: Graph, found: tuple[str, NoticeInForce] | None) -> str | None:
    return None if found is None else graph.book.law.called(found[0], graph.on, graph.book.known)


def _meaning(graph: Graph, one: NoticeInForce) -> tuple[object, ...]:
    """What it says: what comes before it by identity, facts by their names."""
    text, notices = one.text, graph.book.notices
    after = tuple(_identity(notices, word.name) for word in getattr(text, "after", ()))
    about = tuple(word.name for word in getattr(text, "about", ()))
    return type(text), text.to, text.within, getattr(text, "giving", None), getattr(text, "also", ()), after, about


def _identity(notices: Mapping[str, NoticeInForce], name: str) -> str:
    return notices[name].identity if name in notices else name


def _whatever_days(one: NoticeInForce) -> NoticeInForce:
    """What is said of it, whatever its days: they differ wherever something else is written for later ones."""
    return evolve(one, authority=evolve(one.authority, since=None, until=None))
