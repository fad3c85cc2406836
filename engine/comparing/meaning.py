"""What a provision says, to compare it with what it says in another law: by meaning, and without the days on which it holds.

Two digests of each term. In its *meaning* a reference stands as the meaning of what it refers to: equal meanings give equal
values to everybody. In its *own* text a reference stands as the identity of what it refers to (S61), so that a rule is told
apart from the figures that it reads: where only they have changed, its own text has not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from engine import digest
from engine.graph import Graph, Term


@frozen(eq=False, repr=False)
class _Referred:
    effect: str
    at_all_times: str


def meanings(graph: Graph) -> Mapping[str, str]:
    """By identity, the meaning of each term of a graph."""
    found: list[_Referred] = []
    for term in graph.terms:
        found.append(_Referred(_said(term, found), term.at_all_times))
    return {term.identity: one.effect for term, one in zip(graph.terms, found, strict=True)}


def own_texts(graph: Graph, identities: Mapping[str, str]) -> Mapping[str, str]:
    """By identity, the own text of each term; `identities` gives those of another book for what has another one here."""
    names = [identities.get(term.identity, term.identity) for term in graph.terms]
    referred = [_Referred(name, name) for name in names]
    return {term.identity: _said(term, referred) for term in graph.terms}


def _said(term: Term, referred: Sequence[digest.Digested]) -> str:
    if term.formula is None:
        return term.effect
    bounds = tuple(None if b is None else digest.exact(b, term.scale) for b in (term.declared_low, term.declared_high))
    payable = None if term.payable is None else (term.payable.by, digest.rounding(term.payable.rounding))
    formula = digest.canonical(term.formula.root, referred)
    return digest.digest(term.kind, term.entity, term.type, payable, bounds, formula)
