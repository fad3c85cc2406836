"""What a figure or a rule says on a day, as one formula: cases, exceptions, rounding by policy (S13 to S20, S30 to S33)."""

from __future__ import annotations

from math import lcm

from engine import types, units
from engine.book.consolidate import InForce
from engine.checking.formulas import FormulaBuilder
from engine.checking.naming import Names
from engine.checking.vocabulary import with_unit
from engine.exact import reduced, without_tens
from engine.mechanisms import arithmetic, cases, limits
from engine.mechanisms.base import Scope, known, quoted
from engine.mechanisms.conditions import need_conditions
from engine.mechanisms.conversions import converted, missing_factor
from engine.nodes import Node, OverDays, OverMembers
from engine.types import Type
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Place
from grammar.source import Span
from grammar.syntax import Expr
from grammar.words import closest


def figure_formula(scope: Scope, names: Names, dated: d.Dated, type_: Type) -> Node:
    """A figure's value on the day: a literal, or worked out from other figures."""
    node = FormulaBuilder(names, scope).value(dated.value, type_)
    return _finished(scope, node, dated.value, type_, None)


def rule_formula(scope: Scope, names: Names, in_force: InForce, version: d.Version, type_: Type) -> Node:
    """A rule's version on the day, with the exceptions in force beside it."""
    builder = FormulaBuilder(names, scope)
    policy = in_force.instrument.policy if in_force.instrument else None
    _one_reading(scope, names, version)
    general = _alternatives(builder, in_force.alternatives, version.span, type_, policy)
    if not in_force.exceptions:
        return general
    parts = []
    for exception in in_force.exceptions:
        clause = exception.clause
        value = value_of_case(builder, clause.value, type_, policy)
        condition = builder.build(clause.condition)
        need_conditions(scope, [condition] if known(condition) else [])
        citation = str(exception.authority.cites[0]) if clause.cites else None
        title = f"exception {clause.name}" + (f" ({citation})" if citation else "")
        parts.append((clause.name, title, value, condition))
    return cases.exceptions(scope, type_, general, parts, _prevails(scope, in_force), version.span)


def affected_formula(scope: Scope, names: Names, in_force: InForce, root: Node) -> Node:
    """The same, refused to those whom a provision touches that has no term (S65)."""
    if not in_force.affected or not known(root):
        return root
    builder = FormulaBuilder(names, scope)
    conditions: list[Node] = []
    reasons: list[cases.Touches] = []
    for affected in in_force.affected:
        condition = builder.build(affected.clause.condition)
        if not known(condition) or not need_conditions(scope, [condition]):
            return scope.unknown(affected.clause.span)
        conditions.append(condition)
        text, cites = affected.by.text, affected.by.authority.cites
        what = f"is not encoded: {text.why}" if text.kind == "not encoded" else f"is at the discretion of {text.why}"
        message = f"{scope.title} depends here on {cites[0]}, which {what}."
        reasons.append(cases.Touches(text.kind, text.place, message, cites))
    return cases.affected(scope, root, conditions, tuple(reasons))


def _one_reading(scope: Scope, names: Names, version: d.Version) -> None:
    """Of one rule one reading can be chosen at a time, and each has a name of its own."""
    seen: dict[str, d.Reading] = {}
    for reading in version.readings:
        first = seen.setdefault(reading.name, reading)
        if first is not reading:
            scope.problem(
                "name-taken",
                f"Two readings of one rule are called `{reading.name}`.",
                reading.name_span,
                "this one again",
                "Give one of them another name.",
                second=Place(first.name_span, "the first"),
            )
    chosen = [reading for reading in seen.values() if reading.name in names.book.readings]
    if len(chosen) > 1:
        scope.problem(
            "readings-of-one-rule",
            f"`{chosen[0].name}` and `{chosen[1].name}` are both readings of this rule, and only one can be chosen.",
            chosen[1].name_span,
            "chosen too",
            "Choose one of them.",
            second=Place(chosen[0].name_span, "chosen"),
        )


def _alternatives(
    builder: FormulaBuilder, alternatives: tuple[d.Alternative, ...], span: Span, type_: Type, policy: syntax.Rounding | None
) -> Node:
    scope = builder.scope
    parts: list[tuple[Node, Node | None]] = []
    *_, last = alternatives
    for alternative in alternatives:
        value = value_of_case(builder, alternative.value, type_, policy)
        condition = None
        if alternative.condition is not None:
            condition = builder.build(alternative.condition)
            if known(condition) and not need_conditions(scope, [condition]):
                condition = scope.unknown(alternative.condition.span)
        elif alternative is not last:
            scope.problem(
                "never-reached",
                "This case has no `when`, so it always applies and those after it never do.",
                alternative.span,
                "always applies",
                "Add `when` and its condition, or delete the cases after it.",
                second=Place(last.span, "never reached"),
            )
            return scope.unknown(span)
        if alternative is last and condition is not None:
            scope.problem(
                "no-otherwise",
                "Nothing says what holds when none of these conditions is met.",
                last.span,
                "the last case",
                f"End with a case without `when`, for example `otherwise {zero(type_)}`.",
            )
            return scope.unknown(span)
        parts.append((value, condition))
    if len(parts) == 1:
        return parts[0][0]
    return cases.alternatives(scope, type_, parts, span)


def zero(type_: Type) -> str:
    if type_.kind == "yes/no":
        return "no"
    if type_.kind == "amount":
        text = f"£0{units.per_text(type_.unit)}" if type_.is_money else f"0 {units.show(type_.unit)}"
        return text.replace(" a ", " per ").replace(" an ", " per ")
    return "0" if type_.is_number else "…"


def value_of_case(builder: FormulaBuilder, expr: Expr, type_: Type, policy: syntax.Rounding | None) -> Node:
    """What a rule or a table says in one case: of the declared type, rounded as its instrument says (S19)."""
    return _finished(builder.scope, builder.value(expr, type_), expr, type_, policy)


def _finished(scope: Scope, node: Node, expr: Expr, type_: Type, policy: syntax.Rounding | None) -> Node:
    """A whole value: of the declared type, rounded where its instrument says so, with an end to its decimals."""
    if not known(node) or node.mechanism == "not encoded":
        return node
    elapsed = node.mechanism == "elapsed" and type_ == types.WHOLE  # and only here is its unit dropped (S5)
    if not elapsed and not types.fits(node.type, type_):
        return scope.refuse(
            "wrong-type",
            f"This is {node.type}, and `{scope.subject}` is declared as {type_}.",
            expr.span,
            str(node.type),
            _type_fix(node, type_),
        )
    if type_.kind == "%" and not _is_share(node):
        shown = f"`{expr.span.text}`" if node.mechanism == "literal" else quoted(node)
        return scope.refuse(
            "wrong-type", f"{shown} has no %, and `{scope.subject}` is a percentage.", expr.span, "without %",
            "Write the percentage with its sign, like `16.5%`; or divide one amount by another.",
        )  # fmt: skip
    stated = expr.limits if isinstance(expr, syntax.Limited) else ()
    roundings = [limit for limit in stated if isinstance(limit, syntax.Rounding)]
    kept = [limit for limit in stated if isinstance(limit, syntax.Unrounded)]
    if roundings and kept:
        return scope.refuse(
            "rounded-and-unrounded", "This value is said to be rounded and said to be unrounded.", kept[0].span, "or unrounded?",
            "Delete one of the two.",
        )  # fmt: skip
    finest = _finest(node)
    if type_.is_money and policy and not roundings and not kept and not _is_multiple(finest, policy):
        return limits.rounded(scope, node, _policy_for(policy, expr.span), expr.span, policy=True)
    if without_tens(finest) != 1:
        return scope.refuse(
            "must-round",
            f"{quoted(node)} may have decimals without end, because of what it divides by.",
            expr.span,
            "divides",
            f"Say how the result is rounded: `…, rounded to the nearest {'1p' if type_.is_money else '0.01'}`.",
        )
    if type_.is_money and not kept and lcm(100, *(10**rounding.to.places for rounding in roundings)) % finest:
        return scope.refuse(
            "unrounded-money",
            f"`{scope.subject}` may have parts of a penny, and nothing says whether they count.",
            expr.span,
            "may have more than two decimals",
            "Add `, rounded to the nearest 1p` at its end; or `, rounded up to 1p`, `, rounded down to 1p`, `, unrounded`.",
        )
    return node if without_tens(node.scale) == 1 else arithmetic.least_scale(scope, node)


def _finest(node: Node) -> int:
    """The scale that a value needs: of a constant that of the value itself, else the one that every value fits."""
    return node.scale if node.constant is None else reduced(node.constant, node.scale)[1]


def _is_share(node: Node) -> bool:
    """Whether a number may stand where a percentage is declared: a share of something, and no count or factor (S6)."""
    if node.type == types.PERCENT:
        return True
    match node.mechanism:
        case "product":
            above = set(node.detail[1])
            divides = len(above) < len(node.args)
            return divides or any(node.args[i].type == types.PERCENT or _is_share(node.args[i]) for i in above)
        case "rounded quotient":
            return True
        case "rounding" | "for each":
            return _is_share(node.args[0])
        case "sum" | "lower" | "higher" | "floor" | "ceiling":
            return all(_is_share(arg) for arg in node.args)
    if isinstance(node.detail, OverMembers | OverDays) and node.detail.operand is not None:
        return _is_share(node.detail.operand.root)
    return False


def _type_fix(node: Node, type_: Type) -> str:
    in_its_unit = converted(node, type_)
    if in_its_unit is not None:
        ends = ", rounded to the nearest 1p" if "÷" in in_its_unit and type_.is_money else ""
        written = node.mechanism == "literal"
        instead = f", or {with_unit(node.span.text, type_)} if that is meant" if written else " as your regulation converts it"
        return f"Write `{in_its_unit}{ends}`; or{instead.removeprefix(', or')}."
    if node.mechanism == "literal" and type_.is_number:
        return f"Write {with_unit(node.span.text, type_)}."
    if node.type == types.NUMBER and type_ == types.WHOLE:
        return "Add `, rounded down to 1` or another rounding to a whole number."
    if node.type.is_number and type_.is_number:
        if dict(node.type.unit).get(units.POUND, 0) > 1:
            return "Two amounts of money are multiplied: write one of them as a number or a percentage."
        missing = missing_factor(node.type, type_)
        return f"{missing}, or declare it as {node.type}." if units.is_written(node.type.unit) else f"{missing}."
    return f"Declare it as {node.type}, or correct the value."


def _is_multiple(scale: int, policy: syntax.Rounding) -> bool:
    """Whether every value over a scale is a multiple already, so that the policy changes nothing."""
    return policy.to.digits == 1 and 10**policy.to.places % scale == 0


def _policy_for(policy: syntax.Rounding, span: Span) -> syntax.Rounding:
    return syntax.Rounding(policy.mode, policy.to, span=span)


def _prevails(scope: Scope, in_force: InForce) -> dict[str, frozenset[str]]:
    """Which exception prevails over which: names of the same rule in force together, and no circle (S33)."""
    clauses = {exception.clause.name: exception.clause for exception in in_force.exceptions}
    found: dict[str, frozenset[str]] = {}
    for clause in clauses.values():
        over = set()
        for word in clause.prevails_over:
            if word.name in clauses and word.name != clause.name:
                over.add(word.name)
                continue
            if word.name != clause.name and in_force.provision.ever_beside(clause.name, word.name):
                continue  # it has no effect on the days on which the other is not in force
            near = closest(word.name, sorted(clauses.keys() - {clause.name}), scope.problems)
            scope.problem(
                "unknown-exception",
                f"There is no other exception `{word.name}` of this rule that is ever in force beside `{clause.name}`.",
                word.span,
                "unknown",
                f"Write `{near}`." if near else "Name an exception of this rule, or delete this.",
            )
        found[clause.name] = frozenset(over)
    for name, clause in clauses.items():
        if name in cases.reach(name, found):
            scope.problem(
                "prevails-in-a-circle",
                f"`{name}` would prevail over itself through others.",
                clause.name_span,
                "in a circle",
                "Let only one of them prevail: take `prevails over` away from the other.",
            )
            return {}
    return found
