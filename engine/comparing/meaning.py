"""What a provision itself says, to compare it with what it says in another law: by meaning, whatever it refers to says.

In the digest of an effect a reference stands as the effect of what it refers to. Here it stands as the identity of that (S61):
where only a figure has changed, what the rule says that reads it has not.
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


def own_texts(graph: Graph, identities: Mapping[str, str]) -> Mapping[str, str]:
    """By identity, what each term itself says; `identities` has those of another book, for what has another one here."""
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
