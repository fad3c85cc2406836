"""Divisions that some household would make by zero, where the rules themselves say that the divisor may be 0 (S15)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checking.claims import Claims
from engine.checking.domains import ALWAYS, Effort, Said, all_of, is_impossible
from engine.graph import Term
from engine.nodes import Node, walk
from grammar.problems import Place, Problem


def may_divide_by_zero(term: Term, claims: Claims, effort: Effort) -> Iterator[Problem]:
    """Each division by a term whose range holds 0, or whose default it is, unless the conditions of its case keep it out."""
    assert term.formula is not None
    divisions = [node for node in walk(term.formula.root) if node.mechanism == "rounded quotient"]
    if not any(_says_zero(divisor, claims) for node in divisions for divisor in _factors(node.args[1])):
        return
    for guard, value in _guarded(term.formula.root, claims, ALWAYS):
        for node in walk(value):
            if node.mechanism != "rounded quotient":
                continue
            for divisor in _factors(node.args[1]):
                if not _says_zero(divisor, claims) or is_impossible(all_of(guard, claims.is_zero(divisor)), effort):
                    continue
                name = divisor.span.text
                yield Problem(
                    code="may-divide-by-zero",
                    severity="warning",
                    message=f"`{name}` may be 0, and then there is no quotient; such a case would be refused.",
                    place=Place(divisor.span, "may be 0"),
                    subject=term.name,
                    citation=term.citation,
                    fix=f"Say first what holds when {name} is 0, and divide after `otherwise`; or begin its range above 0.",
                )


def _guarded(node: Node, claims: Claims, before: Said) -> Iterator[tuple[Said, Node]]:
    """Each value and condition of a formula, with what has been found when it is worked out."""
    match node.mechanism:
        case "affected":
            value, *touching = node.args
            yield from ((before, condition) for condition in touching)
            untouched = all_of(before, *(claims.said(condition, wanted=False) for condition in touching))
            yield from _guarded(value, claims, untouched)
        case "alternatives":
            conditions = node.args[1::2]
            for number, value in enumerate(node.args[0::2]):
                if number == len(conditions):
                    yield from _guarded(value, claims, before)
                    return
                yield before, conditions[number]
                yield from _guarded(value, claims, all_of(before, claims.said(conditions[number])))
                before = all_of(before, claims.said(conditions[number], wanted=False))
        case "exceptions":
            conditions = node.args[2::2]
            for value, condition in zip(node.args[1::2], conditions, strict=True):
                yield before, condition
                yield all_of(before, claims.said(condition)), value
            none = (claims.said(condition, wanted=False) for condition in conditions)
            yield from _guarded(node.args[0], claims, all_of(before, *none))
        case _:
            yield before, node


def _factors(node: Node) -> Iterator[Node]:
    """What a divisor is a product of."""
    if node.mechanism == "product":
        for place in node.detail[1]:
            yield from _factors(node.args[place])
    else:
        yield node


def _says_zero(node: Node, claims: Claims) -> bool:
    """Whether the rule file says of a term that it may be 0: in its range, or as its default."""
    if node.mechanism != "term":
        return False
    term = claims.terms[node.detail.term]
    low, high = term.declared_low, term.declared_high
    return term.default == 0 or (low is not None and low <= 0 and (high is None or high >= 0))
