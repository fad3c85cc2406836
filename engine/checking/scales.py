"""A scale read and checked, and put into the formula that applies it (S29)."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from engine import types
from engine.checking.fixed import Fixed, fixed
from engine.checking.naming import Names
from engine.mechanisms import reads, scales
from engine.mechanisms.arithmetic import need_numbers, product_type, same_unit
from engine.mechanisms.base import Scope, known, quoted
from engine.mechanisms.conversions import conversion_fix
from engine.nodes import Node, TermRead
from engine.types import Type
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Place
from grammar.source import Span
from grammar.words import closest


@frozen(eq=False, repr=False)
class _Band:
    """A rate and a limit; of the last band, the limit above which it begins."""

    rate: Fixed
    rate_node: Node
    limit: Fixed
    limit_node: Node
    is_last: bool
    span: Span


def scale_formula(scope: Scope, names: Names, version: d.ScaleVersion, gives: Type) -> Node:
    """A scale's version on the day, as what it says; who applies it builds its bands anew."""
    bands = [_band(scope, names, band) for band in version.bands]
    read = [band for band in bands if band is not None]
    nodes = [node for band in read for node in (band.rate_node, band.limit_node)]
    if len(read) < len(bands) or not need_numbers(scope, nodes, "part of a scale"):
        return scope.unknown(version.span)
    if not (_have_units(scope, read, gives) and _has_one_last(scope, read) and _rise(scope, read)):
        return scope.unknown(version.span)
    return scales.scale(scope, nodes[:-1], gives, version.span)


def _band(scope: Scope, names: Names, band: d.Band) -> _Band | None:
    rate, limit = fixed(names, scope, band.rate), fixed(names, scope, band.limit)
    if rate is None or limit is None:
        return None
    return _Band(rate, _node(scope, band.rate, rate), limit, _node(scope, band.limit, limit), band.is_last, band.span)


def _node(scope: Scope, bound: d.Bound, found: Fixed) -> Node:
    if found.figure is not None:
        return found.figure
    assert not isinstance(bound, syntax.Word)
    return reads.literal(scope, bound)


def _have_units(scope: Scope, bands: Sequence[_Band], gives: Type) -> bool:
    """One unit for all limits, and each rate times it what the scale says it gives."""
    first = bands[0].limit_node
    for band in bands:
        limit, rate = band.limit_node, band.rate_node
        if same_unit(first.type, limit.type) is None:
            scope.problem(
                "units-differ",
                f"One limit is {first.type} ({quoted(first)}), and another is {limit.type} ({quoted(limit)}).",
                limit.span,
                str(limit.type),
                conversion_fix(first.type, limit.type, limit),
            )
            return False
        found = product_type([(1, rate), (1, limit)])
        if not types.fits(found, gives):
            scope.problem(
                "wrong-type",
                f"{quoted(rate)} of {limit.type} is {found}, and `{scope.subject}` is declared as {gives}.",
                rate.span,
                f"gives {found}",
                f"Declare it as {found}, or correct the rate or the limits.",
            )
            return False
    return True


def _has_one_last(scope: Scope, bands: Sequence[_Band]) -> bool:
    """The last band, and no other, has no end, and begins where the one before it ends."""
    last = bands[-1]
    for band in bands[:-1]:
        if band.is_last:
            scope.problem(
                "never-reached",
                "This band has no end, so those after it never apply.",
                band.span,
                "has no end",
                f"Write `up to` with its limit in place of `above {band.limit.span.text}`.",
                second=Place(last.span, "never reached"),
            )
            return False
    if not last.is_last:
        scope.problem(
            "no-last-band",
            f"Nothing says what the rate is above {last.limit.span.text}.",
            last.span,
            "the last band",
            f"End with `band … above {last.limit.span.text}`.",
        )
        return False
    if len(bands) == 1:
        if last.limit.value in (0, None):
            return True
        scope.problem(
            "last-limit",
            f"Nothing says what the rate is up to {last.limit.span.text}.",
            last.limit.span,
            "begins here",
            f"Begin with `band … up to {last.limit.span.text}`.",
        )
        return False
    before = bands[-2].limit
    if _same(before, last.limit):
        return True
    scope.problem(
        "last-limit",
        f"The last band begins at {last.limit.span.text}, and the one before it ends at {before.span.text}.",
        last.limit.span,
        "begins here",
        f"Write `above {before.span.text}`, or correct the limit before it.",
        second=Place(before.span, "ends here"),
    )
    return False


def _same(a: Fixed, b: Fixed) -> bool:
    """Whether two limits are one; of those that are not known on the day only a different name can tell."""
    if not isinstance(a.value, int) or not isinstance(b.value, int):
        return a.figure is None or b.figure is None or a.span.text == b.span.text
    return a.value * b.scale == b.value * a.scale


def _rise(scope: Scope, bands: Sequence[_Band]) -> bool:
    limits = [(band.limit, band.limit.value) for band in bands[:-1]]
    sure = [(limit, value) for limit, value in limits if isinstance(value, int)]
    number = scales.rises([(value, limit.scale) for limit, value in sure])
    if number is None:
        return True
    limit = sure[number][0]
    before = sure[number - 1][0] if number else None
    scope.problem(
        "limits-must-rise",
        f"{_shown(limit)} is not above {_shown(before) if before else 'zero'}, so nothing lies in this band.",
        limit.span,
        "does not rise",
        "Write the bands from the lowest limit to the highest; or correct one of the two.",
        second=Place(before.span, "the limit before it") if before else None,
    )
    return False


def _shown(limit: Fixed) -> str:
    """A limit as written; a figure with its value on the day."""
    value = limit.words()
    return f"`{limit.span.text}`" + (f", which is {value}," if limit.figure is not None else "")


# ---- applied --------------------------------------------------------------------------------------------------------


def applied(scope: Scope, names: Names, expr: syntax.Applied, operand: Node) -> Node:
    """`tax_bands applied to income`."""
    term = names.terms.get(expr.scale)
    if term is None and (expr.scale in names.all_terms or expr.scale in names.book.law.unread):
        return scope.unknown(expr.span)  # it has a problem of its own, or stands in a circle
    if term is None or term.kind != "scale":
        return _no_scale(scope, names, expr, term.kind if term else None)
    if expr.scale in names.broken or not known(operand) or not need_numbers(scope, [operand], "put into bands"):
        return scope.unknown(expr.span)
    head = names.book.law.provisions[expr.scale].head
    assert isinstance(head, d.Scale)
    gives = types.declared(head.type)
    read = scope.node("term", (), types.TEXT, expr.span, detail=TermRead(term.index, None, scope.entity))
    in_force = names.book.in_force.get(expr.scale)
    if in_force is None:
        return scales.not_in_force(scope, gives, operand, read, expr.span)
    assert isinstance(in_force.text, d.ScaleVersion)
    found = [band for band in (_band(scope, names, band) for band in in_force.text.bands) if band is not None]
    limit = found[0].limit_node
    if same_unit(limit.type, operand.type) is None:
        return scope.refuse(
            "units-differ",
            f"{quoted(operand)} is {operand.type}, and the limits of `{expr.scale}` are {limit.type}.",
            operand.span,
            str(operand.type),
            conversion_fix(limit.type, operand.type, operand),
        )
    values = [
        (node, end.value if isinstance(end.value, int) else None)
        for band in found
        for node, end in ((band.rate_node, band.rate), (band.limit_node, band.limit))
    ]
    return scales.applied(scope, gives, operand, read, values[:-1], expr.span)


def _no_scale(scope: Scope, names: Names, expr: syntax.Applied, kind: str | None) -> Node:
    there = [name for name, provision in names.book.law.provisions.items() if provision.kind == "scale"]
    near = closest(expr.scale, there)
    name = Span(expr.span.source, expr.span.start, expr.span.start + len(expr.span.text.split()[0]))
    fix = f"Write `{near} applied to …`." if near else 'Declare it: `scale name "Title" : £ a year` with its bands.'
    other = f"`{expr.scale}` is {'an' if kind == 'input' else 'a'} {kind}, not a scale."
    return scope.refuse(
        "unknown-scale",
        other if kind else f"There is no scale called `{expr.scale}`.",
        name,
        "a scale is needed",
        f"To multiply, write `{expr.scale} × …`." if kind == "figure" and not near else fix,
    )
