"""A list of provisions that a book has to name, one citation a line, and which of them it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from engine.book.law import Law
from engine.book.places import is_inside, places
from engine.testing.provisions import Place, ProvisionMap
from grammar.source import Source
from grammar.words import closest

_AS_IN_RULES = re.compile(r'([a-z][a-z0-9_.]*)\s+"([^"]+)"')


@frozen(eq=False, repr=False)
class Required:
    """A provision of the list, and where the map has it: itself, or something inside it."""

    text: str
    line: int
    found: Place | None
    why: str
    """Of what is not named: the nearest that there is, or that its instrument is unknown."""


def required(source: Source, law: Law, found: ProvisionMap) -> tuple[Required, ...]:
    """Each provision of a list: `income_support_law "Article 5"` or `Income Support (Jersey) Law 2007, Article 5`.

    Empty lines and those that begin with `#` are passed over; semicolons part several provisions of one instrument.
    """
    return tuple(_required(source, law, found))


def _required(source: Source, law: Law, found: ProvisionMap) -> Iterator[Required]:
    titles = {instrument.title: name for name, instrument in law.instruments.items()}
    for number, written in enumerate(source.text.split("\n"), 1):
        line = " ".join(written.split())
        if not line or line.startswith("#"):
            continue
        name, place = _parted(line, titles, law)
        if name is None:
            yield Required(line, number, None, _unknown(line, titles, law))
            continue
        for one in places(place):
            item = found.finds(name, one)
            why = "" if item else _nearest(name, one, found)
            yield Required(f"{law.instruments[name].title}, {one}", number, item, why)


def _parted(line: str, titles: dict[str, str], law: Law) -> tuple[str | None, str]:
    """An instrument and a place in it, from either way to write them."""
    as_in_rules = _AS_IN_RULES.fullmatch(line)
    if as_in_rules:
        name = law.keys.of(as_in_rules[1])
        return (name if name in law.instruments else None), as_in_rules[2]
    title = max((title for title in titles if line.startswith(f"{title}, ")), key=len, default=None)
    return (None, "") if title is None else (titles[title], line[len(title) + 2 :])


def _unknown(line: str, titles: dict[str, str], law: Law) -> str:
    name = line.partition(' "')[0] if '"' in line else line.rpartition(", ")[0] or line
    near = closest(name, law.instruments if '"' in line else titles)
    return "it begins with no instrument of these rules" + (f"; the closest is {near}" if near else "")


def _nearest(name: str, place: str, found: ProvisionMap) -> str:
    named = [p.text for named in found.named if named.instrument and named.instrument.name == name for p in named.places]
    around = max((outer for outer in named if is_inside(place, outer)), key=len, default=None)
    if around is not None:
        return f"of what is around it, {around} is named"
    near = closest(place, named)
    return f"the closest that is named is {near}" if near else "nothing near it is named"
