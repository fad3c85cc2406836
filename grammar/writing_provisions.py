"""Trees of provisions to text: figures, rules, tables, scales and groups, law without a term, what is told and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grammar import notices as n
from grammar import provisions as p
from grammar import syntax
from grammar.writing_values import CONDITION, OPERAND, Writer, quoted

# ---- heads ----------------------------------------------------------------------------------------------------------


def _heading(w: Writer, kind: str, tree: p.Figure | p.Scale | p.Rule | p.Table) -> Iterator[str]:
    """A name, whose it is, a title and a type; then what stands before the values."""
    of = f" of {w.called(tree.of.name)}" if isinstance(tree, p.Rule | p.Table) else ""
    yield f"{kind} {w.declared(tree.name)}{of} {quoted(tree.title)} : {w.type(tree.type)}"
    yield from map(w.cite, tree.cites)
    if isinstance(tree, p.Rule | p.Table):
        yield from bounds(w, tree.low, tree.high)
        if tree.payable:
            yield _payable(w, tree.payable)
    yield from notes(tree.notes)
    yield from _because(w, tree.because)
    if isinstance(tree, p.Rule | p.Table):
        for clause in tree.refuses:
            yield from refuses(w, clause)


def refuses(w: Writer, tree: p.Refuses) -> Iterator[str]:
    yield f"refuses {' or '.join(tree.standings)} {w.names(tree.facts)}"
    if tree.evidence is not None:
        yield f"ask {quoted(tree.evidence)}"
    if tree.period:
        yield w.period(tree.period)
    yield from map(w.cite, tree.cites)


def bounds(w: Writer, low: syntax.Number | None, high: syntax.Number | None) -> Iterator[str]:
    if low is not None and high is not None:
        yield f"range {w.number(low)} to {w.number(high)}"


def _payable(w: Writer, payable: p.Payable) -> str:
    by = "once a calendar year" if payable.by == "calendar year" else f"by the {payable.by}"
    return f"payable {by}" + (f", {w.rounding(payable.rounding)}" if payable.rounding else "")


def notes(texts: tuple[str, ...]) -> Iterator[str]:
    yield from (f"note {quoted(text)}" for text in texts)


def _because(w: Writer, text: str | None) -> Iterator[str]:
    if text is not None:
        yield f"because {w.sentence(text)}"


def _remarks(w: Writer, tree: p.Alternative | p.ExceptionClause | p.Row) -> Iterator[str]:
    yield from map(w.cite, tree.cites)
    yield from _because(w, tree.because)
    yield from notes(tree.notes)


def _in_force(w: Writer, tree: p.Dated | p.ExceptionClause | p.Row | n.Notice) -> Iterator[str]:
    """Since when, and by what it was made."""
    if tree.period:
        yield w.period(tree.period)
    yield from map(w.made_by, tree.made_by)


def _version(w: Writer, version: p.Version | p.TableVersion | p.ScaleVersion) -> Iterator[str]:
    """The heading of a version; one that holds as long as its instrument has none."""
    if version.period:
        on = "on every other day " if getattr(version, "is_otherwise", False) else ""
        yield f"version {on}{w.period(version.period)}"
    yield from map(w.made_by, version.made_by)
    yield from map(w.cite, version.cites)


# ---- figures and rules ----------------------------------------------------------------------------------------------


def _figure(w: Writer, figure: p.Figure) -> Iterator[str]:
    yield from _heading(w, "figure", figure)
    for value in figure.values:
        yield from dated(w, value)


def dated(w: Writer, tree: p.Dated) -> Iterator[str]:
    yield w.value(tree.value)
    if tree.is_otherwise:
        yield "on every other day"
    if tree.being:
        yield being(w, tree.being)
    for other in tree.readings:
        yield other_value(w, other)
    yield from _in_force(w, tree)
    yield from map(w.cite, tree.cites)


def being(w: Writer, tree: p.Being) -> str:
    rounding = f", {w.rounding(tree.rounding)}" if tree.rounding else ""
    despite = f" despite {quoted(tree.despite)}" if tree.despite is not None else ""
    return f"being {w.number(tree.change)} {'less' if tree.is_less else 'more'}{rounding}{despite}"


def other_value(w: Writer, tree: p.Reading) -> str:
    return f"reading {tree.name} {quoted(tree.title)} is {w.value(tree.alternatives[0].value)}"


def _rule(w: Writer, rule: p.Rule) -> Iterator[str]:
    yield from _heading(w, "rule", rule)
    for clause in rule.exceptions:
        yield from exception(w, clause)
    for one in rule.versions:
        yield from version(w, one)


def version(w: Writer, tree: p.Version) -> Iterator[str]:
    yield from _version(w, tree)
    yield from alternatives(w, tree.alternatives)
    for clause in tree.exceptions:
        yield from exception(w, clause)
    for other in tree.readings:
        yield from reading(w, other)


def alternatives(w: Writer, trees: tuple[p.Alternative, ...]) -> Iterator[str]:
    """The first `is` what holds, the others are what holds `otherwise`."""
    for number, tree in enumerate(trees):
        yield from _alternative(w, tree, "otherwise" if number else "is")


def _alternative(w: Writer, tree: p.Alternative, word: str) -> Iterator[str]:
    when = f" when {w.value(tree.condition, CONDITION)}" if tree.condition else ""
    yield f"{word} {w.value(tree.value)}{when}"
    yield from _remarks(w, tree)


def exception(w: Writer, tree: p.ExceptionClause) -> Iterator[str]:
    yield f"except {tree.name}: {w.value(tree.value)} when {w.value(tree.condition, CONDITION)}"
    if tree.prevails_over:
        yield f"prevails over {', '.join(word.name for word in tree.prevails_over)}"
    yield from _in_force(w, tree)
    yield from _remarks(w, tree)


def reading(w: Writer, tree: p.Reading) -> Iterator[str]:
    yield f"reading {tree.name} {quoted(tree.title)}"
    yield from alternatives(w, tree.alternatives)


def _group(w: Writer, group: p.Group) -> Iterator[str]:
    yield f"group {w.declared(group.name)} of {w.called(group.of.name)} {quoted(group.title)} :"
    yield f"{w.called(group.over.name)} where {w.value(group.condition, OPERAND)}"


# ---- tables and scales ----------------------------------------------------------------------------------------------


def _table(w: Writer, table: p.Table) -> Iterator[str]:
    yield from _heading(w, "table", table)
    for one in table.versions:
        yield from table_version(w, one)


def table_version(w: Writer, tree: p.TableVersion) -> Iterator[str]:
    yield from _version(w, tree)
    yield f"by {', '.join(map(w.value, tree.columns))}"
    for one in tree.rows:
        yield from row(w, one)
    if tree.otherwise:
        yield from _alternative(w, tree.otherwise, "otherwise")


def row(w: Writer, tree: p.Row) -> Iterator[str]:
    yield f"row {tree.name}: {', '.join(cell(w, one) for one in tree.cells)} gives {w.value(tree.value)}"
    yield from _in_force(w, tree)
    yield from _remarks(w, tree)


def cell(w: Writer, tree: p.Cell) -> str:
    if tree.answers:
        return " or ".join(w.called(one.name) if isinstance(one, syntax.Word) else w.value(one) for one in tree.answers)
    low = None if tree.low is None else w.bound(tree.low)
    high = None if tree.high is None else w.bound(tree.high)
    match low, high:
        case None, None:
            return "any"
        case None, _:
            return f"{high} or under" if tree.high_included else f"under {high}"
        case _, None:
            return f"{low} or over" if tree.low_included else f"over {low}"
    is_one = tree.low == tree.high and tree.low_included and tree.high_included
    if is_one and not isinstance(tree.low, syntax.Word):
        return f"{low}"
    return f"{'' if tree.low_included else 'over '}{low} to {'' if tree.high_included else 'under '}{high}"


def _scale(w: Writer, scale: p.Scale) -> Iterator[str]:
    yield from _heading(w, "scale", scale)
    for one in scale.versions:
        yield from scale_version(w, one)


def scale_version(w: Writer, tree: p.ScaleVersion) -> Iterator[str]:
    yield from _version(w, tree)
    for one in tree.bands:
        yield from band(w, one)


def band(w: Writer, tree: p.Band) -> Iterator[str]:
    yield f"band {w.bound(tree.rate)} {'above' if tree.is_last else 'up to'} {w.bound(tree.limit)}"
    yield from map(w.cite, tree.cites)
    yield from notes(tree.notes)


# ---- law without a term, and what is said of figures ----------------------------------------------------------------


def _unwritten(w: Writer, provision: p.Unwritten) -> Iterator[str]:
    yield f"provision {quoted(provision.place)} {provision.kind} {quoted(provision.why)}"
    for one in provision.affecting:
        yield f"affecting {w.called(one.term.name)} when {w.value(one.condition, CONDITION)}"
    yield from _said_of_it(w, provision)


def _challenge(w: Writer, tree: n.Challenge) -> Iterator[str]:
    yield f"challenge {w.declared(tree.name)} {quoted(tree.title)}"
    if tree.after:
        yield f"after {w.names(tree.after)}"
    yield from _notice(w, tree)


def _duty(w: Writer, tree: n.Duty) -> Iterator[str]:
    yield f"duty {w.declared(tree.name)} {quoted(tree.title)}"
    yield from _notice(w, tree)


def _notice(w: Writer, tree: n.Notice) -> Iterator[str]:
    if tree.to is not None:
        yield f"to {quoted(tree.to)}"
    yield time_limit(w, tree.within)
    if isinstance(tree, n.Challenge) and tree.giving is not None:
        yield f"giving {quoted(tree.giving)}"
    if isinstance(tree, n.Duty) and tree.about:
        yield f"about {w.names(tree.about)}"
    if isinstance(tree, n.Duty) and tree.also:
        yield f"also {', '.join(map(quoted, tree.also))}"
    yield from _in_force(w, tree)
    yield from map(w.cite, tree.cites)
    yield from notes(tree.notes)


def time_limit(w: Writer, limit: n.TimeLimit) -> str:
    if limit.length is None:
        return "at any time"
    after = f" after {quoted(limit.after)}" if limit.after is not None else ""
    return f"within {w.value(limit.length)}{after}"


def _standing_check(w: Writer, check: p.StandingCheck) -> Iterator[str]:
    yield f"every figure in {w.type(check.type)} is a multiple of {w.multiple(check.multiple)}"
    if check.excepted:
        yield f"except {w.names(check.excepted)}"
    yield from _said_of_it(w, check)


def _said_of_it(w: Writer, tree: p.Unwritten | p.StandingCheck) -> Iterator[str]:
    if tree.period:
        yield w.period(tree.period)
    yield from map(w.cite, tree.cites)
    yield from notes(tree.notes)


KINDS: dict[type, Callable[[Writer, Any], Iterator[str]]] = {
    p.Group: _group,
    p.Figure: _figure,
    p.Rule: _rule,
    p.Table: _table,
    p.Scale: _scale,
    p.Unwritten: _unwritten,
    n.Challenge: _challenge,
    n.Duty: _duty,
    p.StandingCheck: _standing_check,
}
"""How each kind of declaration is written, clause by clause."""
