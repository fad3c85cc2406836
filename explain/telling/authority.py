"""What a step rests on in the law: its provisions, since when they say so, and what made them."""

from __future__ import annotations

from datetime import date

from engine.book.law import Authority, Citation
from explain.phrases import day_words, sentence


def with_cites(text: str, cites: tuple[Citation, ...]) -> str:
    return f"{text} ({'; '.join(str(cite) for cite in cites)})" if cites else text


def since(authority: Authority) -> str:
    """Since when it has said so, and what made it: `since 1 October 2010; made by … on 28 August 2010`."""
    if authority.since is None:
        return sentence("no instrument")
    first = day_words(authority.since)
    if authority.until:
        days = sentence("since {first}, until {last}", first=first, last=day_words(authority.until))
    else:
        days = sentence("since {first}", first=first)
    maker, place = authority.made_by, authority.made_by_provision
    if maker is None:
        return days
    if authority.made is None:
        maker = f"{maker}, {place}" if place else maker
        return sentence("{days}; by {maker} (a draft)", days=days, maker=maker)
    return made(days, maker, None if authority.made_before else authority.made, place)


def made(days: str, maker: str, on: date | None, place: str | None) -> str:
    """The days of a text, with the instrument that made it, when it was made, and where in it."""
    if on is None:
        return sentence("{days}; made by {maker}", days=days, maker=f"{maker}, {place}" if place else maker)
    day = day_words(on)
    if not place:
        return sentence("{days}; made by {maker} on {day}", days=days, maker=maker, day=day)
    return sentence("{days}; made by {maker} on {day}, {place}", days=days, maker=maker, day=day, place=place)
