"""What a step rests on in the law: its provisions, since when they say so, and what made them."""

from __future__ import annotations

from engine.book.law import Authority, Citation
from engine.values import day_words


def with_cites(text: str, cites: tuple[Citation, ...]) -> str:
    return f"{text} ({'; '.join(str(cite) for cite in cites)})" if cites else text


def since(authority: Authority) -> str:
    """Since when it has said so, and what made it: `since 1 October 2010; made by … on 28 August 2010`."""
    if authority.since is None:
        return "no instrument"
    text = f"since {day_words(authority.since)}"
    if authority.until:
        text += f", until {day_words(authority.until)}"
    if authority.made_by is None:
        return text
    if authority.made is None:
        place = f", {authority.made_by_provision}" if authority.made_by_provision else ""
        return f"{text}; by {authority.made_by}{place} (a draft)"
    text += f"; made by {authority.made_by}"
    if authority.made and not authority.made_before:
        text += f" on {day_words(authority.made)}"
    if authority.made_by_provision:
        text += f", {authority.made_by_provision}"
    return text
