"""A title or a place in the law where an amendment wants a name: the name of what is called so, or stands there (S42)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from engine.book.law import Law, Provision
from grammar.problems import Problem
from grammar.words import closest

_MOST = 4
"""So many names are worth choosing from."""


def with_names(problems: Iterable[Problem], law: Law) -> list[Problem]:
    """Problems as they were told of one text, those of titles with the names that the law has for them."""
    return [_with_name(problem, law) if problem.code == "title-for-name" else problem for problem in problems]


def _with_name(problem: Problem, law: Law) -> Problem:
    assert problem.place is not None
    span = problem.place.span
    said = " ".join(span.text.removeprefix("the ").strip('"').casefold().split())
    if re.search(r"\bamends [^\n]*$", span.source.text[: span.start]):
        return _with_instrument(problem, said, law)
    found = [name for name, provision in law.provisions.items() if said in _titles(provision)]
    found = found or [name for name, provision in law.provisions.items() if _stands_at(provision, said)]
    if not found:
        titles = {title: name for name, provision in law.provisions.items() for title in _titles(provision)}
        near = closest(said, titles)
        found = [titles[near]] if near is not None else []
    if not 0 < len(found) <= _MOST:
        return problem
    is_alone = re.search(r"\bomit $", span.source.text[: span.start])
    written = [f"`{law.provisions[name].kind} {name}`" if is_alone else f"`{name}`" for name in sorted(found)]
    return evolve(
        problem, fix=f"Write {written[0]}." if len(written) == 1 else f"Write the one that is meant of {', '.join(written)}."
    )


def _with_instrument(problem: Problem, said: str, law: Law) -> Problem:
    titles = {instrument.title.casefold(): name for name, instrument in law.instruments.items()}
    near = said if said in titles else closest(said, titles)
    return problem if near is None else evolve(problem, fix=f"Write `{titles[near]}`.")


def _titles(provision: Provision) -> tuple[str, str]:
    """What somebody may call a provision: its title, or its name in words."""
    return provision.head.title.casefold(), provision.name.replace("_", " ")


def _stands_at(provision: Provision, said: str) -> bool:
    places = [cite.text.casefold() for cite in getattr(provision.head, "cites", ())]
    return any(place == said or place.endswith(f", {said}") for place in places)
