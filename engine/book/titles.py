"""A title or a place in the law where an amendment wants a name: the name of what is called so, or stands there (S42)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from attrs import evolve

from engine.book.law import Law, Provision
from grammar.amendment_ways import OPERATIONS, Unread
from grammar.declarations import Dated
from grammar.problems import Problem
from grammar.source import Span
from grammar.syntax import Number
from grammar.words import closest

_MOST = 4
"""So many names are worth choosing from."""


def with_names(problems: Iterable[Problem], law: Law) -> list[Problem]:
    """Problems as they were told of one text, those of titles with the names that the law has for them."""
    found = []
    for problem in problems:
        if problem.code == "title-for-name":
            problem = _with_name(problem, law)
        elif problem.code == "said-otherwise" and problem.fix is not None and problem.place is not None:
            problem = evolve(problem, fix=_with_what_stands(problem.fix, problem.place.span, law))
        found.append(problem)
    return found


_CHANGE = re.compile(r"`in (?P<name>[\w.]+) for (?P<old>…|£[\d,.]+) substitute (?P<new>£[\d,.]+)(?P<per>(?: per \w+)*)`")
_OMITTED = re.compile(r"Say what it is: `omit … (?P<name>[\w.]+)`.*")


def _with_what_stands(fix: str, span: Span, law: Law) -> str:
    """What to write, with what only the rules say: the kind of what is named, the amount that stands there, its time."""
    from grammar.writing import written_value  # not at the top: it takes Lark along, which a kept answer does without

    found = _OMITTED.fullmatch(fix) or _CHANGE.search(fix)
    provision = law.provisions.get(law.keys.of(found["name"])) if found else None
    if found is None or provision is None:
        return fix
    if found.re is _OMITTED:
        return f"Write `omit {provision.kind} {found['name']}`."
    write = provision.timeline.at(_commences(span, law), None)
    value = write.text.value if write is not None and isinstance(write.text, Dated) else None
    if not isinstance(value, Number):
        return fix
    stands = written_value(value)
    per = stands.removeprefix(stands.split(" ")[0])
    old = stands if found["old"] == "…" else found["old"] + per
    return f"Write `in {found['name']} for {old} substitute {found['new']}{found['per'] or per}`."


def _commences(span: Span, law: Law) -> date:
    """The day on which an amendment takes effect in which something stands."""
    above = [one for one in law.instruments.values() if one.span.source is span.source and one.span.start < span.start]
    last = max(above, key=lambda one: one.span.start, default=None)
    return date.max if last is None or last.commences is None else last.commences


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
    whole = _whole_line(span, found[0], law) if len(found) == 1 else None
    if whole is not None:
        return evolve(problem, place=evolve(problem.place, span=whole[0]), fix=whole[1])
    is_alone = re.search(r"\bomit $", span.source.text[: span.start])
    written = [f"`{law.provisions[name].kind} {name}`" if is_alone else f"`{name}`" for name in sorted(found)]
    return evolve(
        problem, fix=f"Write {written[0]}." if len(written) == 1 else f"Write the one that is meant of {', '.join(written)}."
    )


def _whole_line(span: Span, name: str, law: Law) -> tuple[Span, str] | None:
    """Where the rest of the line is a law's own words too, all of it at once: what to write, and in place of what."""
    text = span.source.text
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    line = Span(span.source, start, len(text) if end < 0 else end)
    said = line.text[: span.start - start] + name + line.text[span.end - start :]
    for way in OPERATIONS:
        found = way.pattern.match(said)
        write = way.write(found, text) if found else None
        if write is not None:
            fix = str(write) if isinstance(write, Unread) else f"Write `{write}`."
            return line, _with_what_stands(fix, line, law)
    return None


def _with_instrument(problem: Problem, said: str, law: Law) -> Problem:
    titles = {instrument.title.casefold(): name for name, instrument in law.instruments.items()}
    near = said if said in titles else closest(said, titles)
    return problem if near is None else evolve(problem, fix=f"Write `{titles[near]}`.")


def _titles(provision: Provision) -> tuple[str, str]:
    """What somebody may call a provision: its title, or its name in words."""
    return provision.head.title.casefold(), provision.name.replace("_", " ")


def _stands_at(provision: Provision, said: str) -> bool:
    places = [cite.text.casefold() for cite in getattr(provision.head, "cites", ())]
    inner, _, outer = said.partition(" of ")
    turned = f"{outer}, {inner}" if outer else said
    return any(place == one or place.endswith(f", {one}") for place in places for one in (said, turned))
