"""For which schemes a case is answered: those that are asked for, else those whose own facts it gives (S63).

A scheme that pays nothing (what several share) is never answered for, nor is one that was read only because another names it,
unless it is asked for by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import evolve, frozen

from engine.cases.facts import Case
from engine.graph import Graph, Term
from grammar.problems import Problem
from grammar.words import closest

ALL = "all"


@frozen(eq=False, repr=False)
class SchemeAsked:
    """A scheme that pays something, what that is, and whether it is answered for."""

    name: str
    """"" for rules that belong to no scheme."""
    title: str
    awards: tuple[Term, ...]
    answered: bool


def paying(graph: Graph) -> tuple[SchemeAsked, ...]:
    """Every scheme that pays something, by name; first what belongs to none. Where no scheme is open, nothing."""
    schemes = graph.vocabulary.keys.schemes
    found: dict[str, list[Term]] = {}
    for term in graph.awards:
        found.setdefault(_scheme_of(graph, term.name), []).append(term)
    titles = {name: scheme.title for name, scheme in schemes.items()}
    return tuple(SchemeAsked(name, titles.get(name, ""), tuple(found[name]), False) for name in sorted(found) if schemes)


def asked_schemes(
    graph: Graph, case: Case, names: Sequence[str] | None, beside: Collection[str] = ()
) -> tuple[tuple[SchemeAsked, ...], tuple[Problem, ...]]:
    """Every scheme that pays something, with whether it is answered for: those named, in that order, or those it is about.

    `names` None: the schemes that declare a fact of the case; where it gives only facts that schemes share, all of them.
    `beside` are the files that were read only because other rules name their scheme.
    """
    found = paying(graph)
    if names is not None:
        problems = tuple(_mistakes(graph, found, names))
        chosen = {scheme.name for scheme in found} if ALL in names else set(names)
    else:
        problems = ()
        schemes = graph.vocabulary.keys.schemes
        at_hand = {s.name for s in found if s.name not in schemes or schemes[s.name].span.source.path not in beside}
        about = at_hand & {_scheme_of(graph, name) for name in _given(case)}
        chosen = (about or at_hand) | {""}
    place = {name: number for number, name in enumerate(names or ())}
    in_order = sorted(found, key=lambda scheme: place.get(scheme.name, len(place)))
    return tuple(evolve(scheme, answered=scheme.name in chosen) for scheme in in_order), problems


def _scheme_of(graph: Graph, key: str) -> str:
    scheme, dot, _ = graph.vocabulary.keys.permanent(key).partition(".")
    return scheme if dot else ""


def _given(case: Case) -> set[str]:
    """The facts that a case gives of anybody, on any day."""
    return {name for member in (*case.members, case.everyone) for name in member.facts}


def _mistakes(graph: Graph, found: Iterable[SchemeAsked], names: Sequence[str]) -> Iterator[Problem]:
    """Names of schemes that there are not, or that pay nothing."""
    pay = [scheme.name for scheme in found if scheme.name]
    listed = f"Ask for {', '.join(f'`{name}`' for name in pay)}." if pay else "Leave `--schemes` out."
    for name in dict.fromkeys(names):
        if name == ALL or name in pay:
            continue
        if name in graph.vocabulary.keys.schemes:
            message = f"The scheme `{name}` pays nothing."
            fix = f"{listed} A term of `{name}` is asked for by its name: `--of {name}.…`."
            yield Problem(code="nothing-asked", message=message, fix=fix)
            continue
        near = closest(name, [*pay, ALL])
        message = f"There is no scheme called `{name[:80]}`."
        yield Problem(code="unknown-scheme", message=message, fix=f"Write `{near}`." if near else listed)
