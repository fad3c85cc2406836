"""Which facts a rule refuses by their standing, and whether it reads them (S81)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.book.consolidate import Book, InForce
from engine.book.law import Provision, citations
from engine.mechanisms.base import Scope
from engine.nodes import Formula, Refusing
from grammar.declarations import Refuses
from grammar.problems import Place, Problem
from grammar.syntax import Word
from grammar.words import closest

_GIVEN = ("estimated", "declared", "verified")
"""How a fact may stand that is given, the worst first."""


def refusing(provision: Provision, book: Book) -> Mapping[str, Refusing]:
    """By fact, what the clauses of the day refuse of it; several of one fact refuse all that each of them does."""
    clauses: dict[str, list[Refuses]] = {}
    for clause in provision.refuses_on(book.on):
        for word in clause.facts:
            clauses.setdefault(word.name, []).append(clause)
    found = {}
    for name, of_it in clauses.items():
        standings = frozenset(standing for clause in of_it for standing in clause.standings)
        evidence = [clause.evidence for clause in of_it if clause.evidence is not None]
        cites = citations(book.law, tuple(cite for clause in of_it for cite in clause.cites), provision.instrument)
        found[name] = Refusing(
            standings=standings,
            rule=provision.head.title,
            needed="; ".join(evidence) or _others(standings),
            citation=str(cites[0]) if cites else provision.citation,
        )
    return found


def _others(standings: frozenset[str]) -> str:
    """What stands well enough: `a fact that is declared or verified`."""
    left = [one for one in _GIVEN if one not in standings]
    return "the fact itself" if len(left) == len(_GIVEN) else f"a fact that is {' or '.join(left)}"


def check_refused(provision: Provision, in_force: InForce, scope: Scope, formula: Formula, book: Book) -> None:
    """What is refused are facts, and the rule reads each of them itself; in another reading it may read others."""
    for clause in provision.refuses_on(book.on):
        for word in clause.facts:
            if word.name in book.law.inputs:
                if word.name not in scope.refused and formula.root.mechanism != "not encoded" and in_force.reading is None:
                    scope.problems.append(_unread(word, provision, book))
            elif word.name not in book.law.unread:
                scope.problems.extend(_no_fact(word, provision, book))


def _unread(word: Word, provision: Provision, book: Book) -> Problem:
    kinds = book.law.provisions
    reading = [f"`{name}`" for name, found in book.law.ever.names.items()
               if word.name in found and kinds[name].kind in ("rule", "table") and name != provision.name]  # fmt: skip
    fix = "Leave it out; or give it `until` and the last day on which it is read."
    if reading:
        fix = f"Say it of what reads it: {', '.join(reading[:5])}. What rests on that is refused with it."
    return Problem(
        code="refuses-unread",
        message=f"`{provision.name}` does not read `{word.name}` itself, and so cannot refuse it.",
        place=Place(word.span, "not read here"),
        subject=provision.name,
        citation=provision.citation,
        fix=fix,
    )


def _no_fact(word: Word, provision: Provision, book: Book) -> Iterator[Problem]:
    known = book.law.provisions.get(word.name)
    near = closest(word.name, book.law.inputs)
    code, message = "unknown-name", f"There is no fact called `{word.name}`."
    fix = f"Write `{near}`." if near else "Name a fact that the rule reads."
    if known is not None:
        code, message = "not-a-fact", f"`{word.name}` is a {known.kind}: only a fact has a standing."
        fix = "Name the fact; and say it of the rule that reads it, with which all that rests on it is refused."
    place = Place(word.span, "is not a fact")
    yield Problem(code=code, message=message, place=place, subject=provision.name, citation=provision.citation, fix=fix)
