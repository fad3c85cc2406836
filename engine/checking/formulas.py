"""Syntax to nodes: one value, its names found, its types and units checked."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from engine import types
from engine.book.law import citations
from engine.checking import other_days, scales
from engine.checking.naming import Names
from engine.checking.sizes import listed
from engine.mechanisms import arithmetic, conditions, groups, limits, rank, reads, time
from engine.mechanisms.base import MAX_DEPTH, Scope
from engine.nodes import MembersRead, Node
from engine.types import Type
from engine.values import NEVER
from grammar import syntax
from grammar.syntax import Expr
from grammar.words import as_name, closest

Condition = syntax.Compare | syntax.Is | syntax.And | syntax.Or | syntax.Not | syntax.Limbs | syntax.Within | syntax.Quantified


@frozen(eq=False, repr=False)
class FormulaBuilder:
    """Makes nodes in one scope."""

    names: Names
    scope: Scope

    def value(self, expr: Expr, wanted: Type) -> Node:
        """A whole value, where `not encoded` and a bare value of a choice may stand."""
        match expr:
            case syntax.NotEncoded():
                message = f"{self.scope.title} is not encoded: {expr.reason}."
                return self.scope.node("not encoded", (), wanted, expr.span, detail=("not encoded", expr.reason, message))
            case syntax.Ref(of=None) if expr.name in self.names.vocabulary.choices.get(wanted.choice or "", ()):
                return self.scope.node("literal", (), wanted, expr.span, detail=expr.name)
            case syntax.Product():
                return arithmetic.multiply(self.scope, self._factors(expr), expr.span, whole=True)
        return self.build(expr)

    def build(self, expr: Expr) -> Node:
        scope = self.scope
        match expr:
            case syntax.Number() | syntax.DateText() | syntax.Never() | syntax.YesNo() | syntax.Text():
                return reads.literal(scope, expr)
            case syntax.Ref():
                return self.names.read(scope, expr)
            case syntax.Sum() if (hyphened := self.names.hyphened(scope, expr)) is not None:
                return hyphened
            case syntax.Sum():
                terms = [(sign, self.build(term)) for sign, term in expr.terms]
                has_date = any(node.type.is_date for _, node in terms)
                return (time.date_sum if has_date else arithmetic.add)(scope, terms, expr.span)
            case syntax.Product():
                return arithmetic.multiply(scope, self._factors(expr), expr.span)
            case syntax.Extreme():
                extreme = time.extreme if expr.which in ("earlier", "later") else arithmetic.extreme
                return extreme(scope, expr.which, [self.build(part) for part in expr.operands], expr.span)
            case syntax.ForEach():
                amount, of = self.build(expr.amount), self.build(expr.of)
                return limits.for_each(scope, amount, expr.size, of, expr.part_counts, expr.span)
            case syntax.Elapsed():
                return time.elapsed_between(scope, expr.unit, self.build(expr.start), self.build(expr.end), expr.span)
            case syntax.Limited():
                return self._limited(expr)
            case syntax.OnDay() | syntax.OnDays() | syntax.EndOf() | syntax.InStretch() | syntax.InMonths():
                return other_days.build(self, expr)
            case syntax.Count():
                if isinstance(expr.members, syntax.Days):
                    return other_days.count(self, expr.members, expr.span)
                members = self.members(expr.members)
                return groups.count(scope, members, expr.span) if members else scope.unknown(expr.span)
            case syntax.Aggregate():
                return self._aggregate(expr)
            case syntax.Rank():
                return self._rank(expr)
            case syntax.Applied():
                if scope.on_other_days:
                    return other_days.rule_of_its_own(scope, expr.span)
                return scales.applied(scope, self.names, expr, self.build(expr.operand))
            case syntax.NotEncoded():
                return scope.refuse(
                    "not-encoded-place",
                    "`not encoded` stands for a whole value, not for a part of one.",
                    expr.span,
                    "a part of a value",
                    "Give this part a rule of its own.",
                )
            case _:
                return self._condition(expr)

    def _condition(self, expr: Condition) -> Node:
        scope = self.scope
        match expr:
            case syntax.Compare():
                return self._compare(expr)
            case syntax.Is():
                return self._is(expr)
            case syntax.And() | syntax.Or():
                which = "and" if isinstance(expr, syntax.And) else "or"
                return conditions.logic(scope, which, [self.build(part) for part in expr.parts], expr.span)
            case syntax.Not():
                return conditions.logic(scope, "not", [self.build(expr.operand)], expr.span)
            case syntax.Quantified():
                return self._quantified(expr)
            case syntax.Within():
                day, length, start = self.build(expr.day), self.build(expr.length), self.build(expr.start)
                return time.within(scope, day, length, start, expr.negated, expr.span)
            case syntax.Limbs():
                return self._limbs(expr)

    def _limbs(self, expr: syntax.Limbs) -> Node:
        law = self.names.book.law
        provision = law.provisions.get(self.scope.subject)
        instrument = provision.instrument if provision else None
        details = tuple(conditions.LimbOf(limb.label, citations(law, limb.cites, instrument)) for limb in expr.limbs)
        parts = [self.build(limb.condition) for limb in expr.limbs]
        return conditions.limbs(self.scope, expr.which, parts, details, expr.span)

    def _factors(self, expr: syntax.Product) -> list[tuple[int, Node]]:
        return [(sign, self.build(factor)) for sign, factor in expr.factors]

    def _compare(self, expr: syntax.Compare) -> Node:
        """A comparison of amounts or dates; a value of a choice beside `=` was meant with `is` (S9)."""
        for side, other in ((expr.right, expr.left), (expr.left, expr.right)):
            if isinstance(side, syntax.Never):
                is_never = expr.order in ("=", ">=", "≥") if side is expr.right else expr.order in ("=", "<=", "≤")
                return self.scope.refuse(
                    "compared-with-is",
                    f"`never` is no date; `{expr.order}` compares amounts and dates.",
                    expr.span,
                    "compared with never",
                    f"Write `{other.span.text} {'is' if is_never else 'is not'} never`.",
                )
            if isinstance(side, syntax.Ref) and expr.order in ("=", "≠") and self.names.is_choice_value(side.name):
                return self.scope.refuse(
                    "compared-with-is",
                    f"`{side.name}` is a value of a choice; `{expr.order}` compares amounts and dates.",
                    expr.span,
                    "compared with a choice",
                    f"Write `{other.span.text} {'is' if expr.order == '=' else 'is not'} {side.name}`.",
                )
        return conditions.compare(self.scope, expr.order, self.build(expr.left), self.build(expr.right), expr.span)

    def _is(self, expr: syntax.Is) -> Node:
        left = self.build(expr.left)
        answers: list[str | bool | date] = []
        for answer in expr.answers:
            match left.type.kind, answer:
                case "choice", syntax.Word():
                    values = self.names.vocabulary.choices[left.type.choice or ""]
                    if answer.name not in values:
                        near = closest(answer.name, values, self.scope.problems)
                        return self.scope.refuse(
                            "unknown-choice",
                            f"`{answer.name}` is no value of {left.type.choice}: {listed(values)}.",
                            answer.span,
                            "no value of the choice",
                            f"Write `{near}`." if near else "Write one of them.",
                        )
                    answers.append(answer.name)
                case "yes/no", syntax.YesNo():
                    answers.append(answer.value)
                case "text", syntax.Text():
                    answers.append(answer.value)
                case "date or never", syntax.Never():
                    answers.append(NEVER)
                case "unknown", _:
                    return left
                case "date", syntax.Never():
                    written = expr.left.span.text
                    return self.scope.refuse(
                        "compared-with-is",
                        f"`{written}` is a date, so it is never `never`.",
                        answer.span,
                        "a date on the left",
                        "Declare it as `date or never` if it may be that it has not happened.",
                    )
                case _:
                    fix = (
                        "Compare amounts and dates with `=`."
                        if left.type.is_number or left.type.is_date
                        else (
                            "Write `yes` or `no` after `is`."
                            if left.type.kind == "yes/no"
                            else "Write text in quotes after `is`."
                            if left.type.kind == "text"
                            else self._value_of_choice(left.type, answer)
                        )
                    )
                    return self.scope.refuse(
                        "compared-with-is",
                        f"`{expr.left.span.text}` is {left.type}; `is` does not compare it with this.",
                        answer.span,
                        f"{left.type} on the left",
                        fix,
                    )
        return conditions.is_(self.scope, left, tuple(answers), expr.negated, expr.span)

    def _value_of_choice(self, type_: Type, answer: syntax.Word | syntax.YesNo | syntax.Text | syntax.Never) -> str:
        """What to write where a value of a choice stands in quotes, or where another is meant."""
        values = self.names.vocabulary.choices.get(type_.choice or "", ())
        meant = as_name(answer.value) if isinstance(answer, syntax.Text) else ""
        return f"Write `{meant}`." if meant in values else f"Write a value of the choice: {listed(values)}."

    def _limited(self, expr: syntax.Limited) -> Node:
        """Limits and roundings from left to right; a division by what varies belongs to the first rounding (S15, S16)."""
        first, *rest = expr.limits
        node: Node
        if isinstance(expr.value, syntax.Product) and isinstance(first, syntax.Rounding):
            factors = self._factors(expr.value)
            if any(sign < 0 and factor.constant is None and factor.type is not types.UNKNOWN for sign, factor in factors):
                node = limits.quotient(self.scope, factors, first, expr.span)
            else:
                node = limits.rounded(self.scope, arithmetic.multiply(self.scope, factors, expr.value.span), first, expr.span)
        else:
            node, rest = self.build(expr.value), list(expr.limits)
        for limit in rest:
            match limit:
                case syntax.Limit():
                    node = limits.limit(self.scope, limit.which, node, self.build(limit.value), expr.span)
                case syntax.Rounding():
                    node = limits.rounded(self.scope, node, limit, expr.span)
        return node

    # ---- groups -----------------------------------------------------------------------------------------------------

    def members(self, members: syntax.Members) -> MembersRead | None:
        """Whose members: a group of this entity or of one that contains it, or all of a kind inside this one."""
        scope, names = self.scope, self.names
        if scope.depth >= MAX_DEPTH:
            scope.problem(
                "over-a-limit", f"Groups stand inside groups more than {MAX_DEPTH} deep.", members.span, "too deep",
                "Give the inner part a rule of its own.",
            )  # fmt: skip
            return None
        name, reader = members.group, scope.entity
        group = names.terms.get(name)
        if reader is None:
            scope.problem("figure-reads-household", "A figure is the same for all; it cannot ask who there is.", members.span)
            return None
        if name in names.vocabulary.container:
            owner, member, term = reader, name, None
            if owner not in names.vocabulary.containers(member):
                scope.problem(
                    "wrong-entity",
                    f"A {reader} contains no {name}.",
                    members.span,
                    "not inside",
                    f"Write this in a rule of {names.vocabulary.container[name] or 'an entity that contains it'}.",
                )
                return None
        elif name in names.vocabulary.roles:
            role, term = names.vocabulary.roles[name], None
            owner, member = role.owner, role.holder
            if not self._reaches(owner, members, "role"):
                return None
        elif group is not None and group.kind == "group" and name not in names.broken:
            assert group.entity is not None
            owner, term = group.entity, group.index
            kind = names.kind_of_members(name)
            if kind is None or not self._reaches(owner, members, "group"):
                return None
            member = kind
        else:
            unreadable = (group is None and name in names.book.law.provisions) or name in names.book.law.unread | names.broken
            if not unreadable and name not in names.book.law.missing_entities:
                self._no_group(members)
            return None
        where = None
        if members.where is not None:
            inner = FormulaBuilder(names, scope.inner(member))
            root = inner.build(members.where)
            if root.type is types.UNKNOWN or not self.is_condition(root, "where"):
                return None
            where = inner.scope.formula(root)
        return MembersRead(term, owner, member, reader, where, name, name if name in names.vocabulary.roles else None)

    def _reaches(self, owner: str, members: syntax.Members, what: str) -> bool:
        """Whether this formula is worked out for the owner of a group or role, or for somebody inside it."""
        reader = self.scope.entity
        if reader is not None and (owner == reader or owner in self.names.vocabulary.containers(reader)):
            return True
        self.scope.problem(
            "wrong-entity",
            f"`{members.group}` is a {what} of {owner}, and this is worked out for each {reader}.",
            members.span,
            f"of {owner}",
            f"Write this in a rule of {owner}.",
        )
        return False

    def is_condition(self, root: Node, word: str) -> bool:
        """Whether what follows `meet` or `where`, or stands before `on`, is yes or no; comparisons there take brackets (S12)."""
        if root.type in (types.UNKNOWN, types.YES_NO):
            return True
        text = root.span.text
        bracketed = f"({text} >= …) {word} …" if word == "on" else f"{word} ({text} >= …)"
        if word == "on" and root.mechanism == "literal":  # the end of a comparison that began before it
            bracketed = f"(… < {text}) on …"
        self.scope.problem(
            "not-a-condition", f"`{text}` is {root.type}, not yes or no.", root.span, str(root.type),
            f"Put the whole condition in brackets: `{bracketed}`.",
        )  # fmt: skip
        return False

    def _no_group(self, members: syntax.Members) -> None:
        names = self.names
        groups_ = [n for n, p in names.book.law.provisions.items() if p.kind == "group"]
        near = closest(members.group, [*groups_, *names.vocabulary.roles, *names.vocabulary.container], self.scope.problems)
        is_term = members.group in names.all_terms
        self.scope.problem(
            "unknown-group",
            f"`{members.group}` is a term, not a group." if is_term else f"There is no group or entity called `{members.group}`.",
            members.span,
            "a group is needed",
            f"The closest is `{near}`." if near else 'Declare it: `group name of household "Title" : person where condition`.',
        )

    def _aggregate(self, expr: syntax.Aggregate) -> Node:
        if isinstance(expr.members, syntax.Days):
            return other_days.aggregate(self, expr, expr.members)
        members = self.members(expr.members)
        if members is None:
            return self.scope.unknown(expr.span)
        inner = FormulaBuilder(self.names, self.scope.inner(members.member))
        root = inner.build(expr.operand)
        return groups.aggregate(self.scope, expr.which, members, inner.scope.formula(root), expr.span)

    def _rank(self, expr: syntax.Rank) -> Node:
        """A member's place in a group: the keys are worked out for every member of it."""
        if expr.group in self.names.vocabulary.container:
            return self.scope.refuse(
                "unknown-group",
                f"`{expr.group}` is a kind of entity; a rank is among a group or the holders of a role.",
                expr.span,
                "among whom?",
                f'Declare whom: `group name of household "Title" : {expr.group} where condition`.',
            )
        members = self.members(syntax.Members(expr.group, None, span=expr.span))
        if members is None:
            return self.scope.unknown(expr.span)
        if members.member != self.scope.entity:
            return self.scope.refuse(
                "wrong-entity",
                f"`{expr.group}` is a group of {members.member}, and this is worked out for each {self.scope.entity}.",
                expr.span,
                f"of {members.member}",
                f"Write this in a rule of {members.member}: a member has a place in a group.",
            )
        inner = FormulaBuilder(self.names, self.scope.inner(members.member))
        nodes = [inner.build(syntax.Ref(key.term.name, None, span=key.term.span)) for key in expr.keys]
        root = rank.keys(inner.scope, expr.keys, nodes, expr.span)
        return rank.rank(self.scope, members, inner.scope.formula(root), expr.ties, expr.span)

    def _quantified(self, expr: syntax.Quantified) -> Node:
        members = self.members(expr.members)
        if members is None:
            return self.scope.unknown(expr.span)
        inner = FormulaBuilder(self.names, self.scope.inner(members.member))
        root = inner.build(expr.condition)
        if not self.is_condition(root, "meet"):
            return self.scope.unknown(expr.span)
        return groups.quantified(self.scope, expr.which, members, inner.scope.formula(root), expr.span)
