"""Trees to text: the reverse of `grammar.parsing.parse`, in the one layout.

What is written is read again as an equal tree. A tree holds neither comments nor empty lines, nor where clauses of different
kinds stood among each other; so these are lost, and clauses come in one order. A text stays in straight quotes unless it holds
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any

from grammar import declarations as d
from grammar import writing_amendments, writing_cases, writing_provisions
from grammar.declarations import Declaration
from grammar.formatting import set_out
from grammar.syntax import Expr, FactValue, Tree
from grammar.words import day_text
from grammar.writing_provisions import bounds, notes
from grammar.writing_values import Writer, quoted

Called = Callable[[str], str]
"""How a term is written, by its key: `income_support.award`, and in its own scheme `award`. Any other name is left as it is."""


def same(name: str) -> str:
    """As in a book of one scheme, where the key of a term is its name."""
    return name


def written(declaration: Declaration, called: Called = same) -> str:
    """A declaration as a file holds it, ending in one line end."""
    writer = Writer(called)
    return set_out("\n".join(_KINDS[type(declaration)](writer, declaration)))


def written_value(value: Expr | FactValue, called: Called = same) -> str:
    """A value or a condition on one line."""
    return Writer(called).value(value)


def written_part(part: Tree, called: Called = same) -> str:
    """A clause by itself, as its declaration holds it but for the margin: a dated value, a version, an exception, a row.

    A single alternative is written as the first one is.
    """
    around, lines, clauses = _PARTS[type(part)]
    whole = set_out("\n".join([around, *clauses(Writer(called), part)]))
    return dedent("".join(whole.splitlines(keepends=True)[lines:]))


# ---- instruments and vocabulary -------------------------------------------------------------------------------------


def _instrument(w: Writer, tree: d.Instrument) -> Iterator[str]:
    yield f"{'amendment' if tree.is_amendment else 'instrument'} {w.declared(tree.name)} {quoted(tree.title)}"
    if tree.amends:
        yield f"amends {w.names(tree.amends)}"
    if tree.number is not None:
        yield f"number {quoted(tree.number)}"
    if tree.made:
        yield f"made {day_text(tree.made)}"
    if tree.made_before:
        yield f"made before {day_text(tree.made_before)}"
    if tree.commences:
        yield f"commences {day_text(tree.commences)}{' retrospective' if tree.retrospective else ''}"
    if tree.when_appointed:
        yield "commences when appointed"
    if tree.link is not None:
        yield f"source {quoted(tree.link)}"
    if tree.policy:
        yield f"money {w.rounding(tree.policy)}"
        yield from map(w.cite, tree.policy_cites)
    if tree.short_months:
        yield f"short months: {'last day' if tree.short_months == 'last' else 'next month'}"
    yield from notes(tree.notes)


def _continued(w: Writer, tree: d.Continued) -> Iterator[str]:
    yield f"instrument {w.called(tree.name)} continued"


def _scheme(w: Writer, tree: d.Scheme) -> Iterator[str]:
    yield f"scheme {tree.name} {quoted(tree.title)}"
    if tree.uses:
        yield f"uses {', '.join(word.name for word in tree.uses)}"
    yield from notes(tree.notes)


def _entity(w: Writer, tree: d.Entity) -> Iterator[str]:
    yield f"entity {w.declared(tree.name)}"
    if tree.title is not None:
        yield quoted(tree.title)
    if tree.contains:
        yield f"contains {w.names(tree.contains)}"


def _role(w: Writer, tree: d.Role) -> Iterator[str]:
    number = "any number of" if tree.cardinality == "any number" else tree.cardinality
    yield f"role {w.declared(tree.name)} of {w.called(tree.of.name)} {quoted(tree.title)} :"
    yield f"{number} {w.called(tree.holder.name)}"


def _choice(w: Writer, tree: d.Choice) -> Iterator[str]:
    yield f"choice {w.declared(tree.name)}"
    if tree.title is not None:
        yield quoted(tree.title)
    yield f": {', '.join(word.name for word in tree.values)}"


def _unit(w: Writer, tree: d.Unit) -> Iterator[str]:
    yield f"unit {w.declared(tree.name)} plural {tree.plural.name}"


def _input(w: Writer, tree: d.Input) -> Iterator[str]:
    yield f"input {w.declared(tree.name)} of {w.called(tree.of.name)} {quoted(tree.title)} : {w.type(tree.type)}"
    if tree.default is not None:
        yield f"default {w.value(tree.default)}"
    yield from bounds(w, tree.low, tree.high)
    yield from map(w.cite, tree.cites)
    yield from notes(tree.notes)
    if tree.decided_by is not None and tree.applying is not None:
        yield f"decided by {quoted(tree.decided_by)} applying {quoted(tree.applying)}"
    if tree.ask is not None:
        yield f"ask {quoted(tree.ask)}"


_KINDS: dict[type, Callable[[Writer, Any], Iterator[str]]] = {
    d.Instrument: _instrument,
    d.Continued: _continued,
    d.Scheme: _scheme,
    d.Entity: _entity,
    d.Role: _role,
    d.Choice: _choice,
    d.Unit: _unit,
    d.Input: _input,
    d.Operation: writing_amendments.operation,
    **writing_provisions.KINDS,
    **writing_cases.KINDS,
}
"""How each kind of declaration is written, clause by clause; the layout is the formatter's."""

_PARTS: dict[type, tuple[str, int, Callable[[Writer, Any], Iterator[str]]]] = {
    d.Dated: ('figure f "" : number', 1, writing_provisions.dated),
    d.Version: ('rule r of p "" : number', 1, writing_provisions.version),
    d.Alternative: ('rule r of p "" : number', 1, lambda w, part: writing_provisions.alternatives(w, (part,))),
    d.ExceptionClause: ('rule r of p "" : number is 0', 2, writing_provisions.exception),
    d.Reading: ('rule r of p "" : number is 0', 2, writing_provisions.reading),
    d.TableVersion: ('table t of p "" : number', 1, writing_provisions.table_version),
    d.Row: ('table t of p "" : number by c', 2, writing_provisions.row),
    d.ScaleVersion: ('scale s "" : number', 1, writing_provisions.scale_version),
    d.Band: ('scale s "" : number', 1, writing_provisions.band),
    d.Given: ('case ""', 1, writing_cases.given),
}
"""What has to stand around a clause so that it can be laid out, on how many lines, and how the clause is written."""
