"""Names: which term a word means where it stands, and what to say when it means none (S21, S41)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from attrs import define, evolve, field

from engine.book.consolidate import Book
from engine.checking.vocabulary import Role, Vocabulary
from engine.graph import Term, scale_on_other_days
from engine.later import Later
from engine.mechanisms.base import Scope
from engine.nodes import Node, Refusing, RoleRead, TermRead
from engine.types import DATE
from grammar.declarations import Group
from grammar.source import Span
from grammar.syntax import Product, Ref, Sum
from grammar.words import DAYS_ASKED_FOR, PARTS, VALUES, closest, said_here


@define(slots=False, eq=False, repr=False)
class Names:
    """All names of a book, and the terms that have been made so far."""

    book: Book
    made_of: Later[Book]
    vocabulary: Vocabulary
    terms: dict[str, Term]
    in_order: list[Term] = field(factory=list)
    """The same terms, by their index."""
    broken: set[str] = field(factory=set)
    """Terms with a problem: what reads one has none of its own on that account."""

    def kind_of_members(self, group: str) -> str | None:
        """The kind of entity of which a group's members are, in force or not; None where its declaration has a problem."""
        name, passed = group, set[str]()
        while name in self.book.law.provisions and name not in passed:
            passed.add(name)
            head = self.book.law.provisions[name].head
            if not isinstance(head, Group):
                return None
            name = head.over.name
        if name in self.vocabulary.roles:
            return self.vocabulary.roles[name].holder
        return name if name in self.vocabulary.container else None

    @cached_property
    def choice_of(self) -> Mapping[str, str]:
        """The first choice that has a value of this name."""
        choices = reversed(list(self.vocabulary.choices.items()))
        return {value: choice for choice, values in choices for value in values}

    @cached_property
    def all_terms(self) -> Mapping[str, object]:
        return {**self.book.law.inputs, **self.book.law.provisions}

    def is_choice_value(self, name: str) -> bool:
        """Whether a word is no term, but a value of some choice."""
        return name not in self.all_terms and any(name in values for values in self.vocabulary.choices.values())

    def read(self, scope: Scope, ref: Ref) -> Node:
        """The node for a name: its own entity's term, a container's, or a figure."""
        if ref.name == "assessment_date" and ref.of is None:
            return scope.node("assessment date", (), DATE, ref.span)
        if ref.name not in self.all_terms:
            return scope.unknown(ref.span) if ref.name in self.book.law.unread else self._unknown(scope, ref)
        if ref.of is not None and ref.of not in self.vocabulary.container and ref.of not in self.vocabulary.roles:
            if ref.of in self.book.law.unread or ref.of in self.book.law.missing_entities:
                return scope.unknown(ref.span)  # its declaration is misspelt, which is told once
            near = closest(ref.of, [*self.vocabulary.container, *self.vocabulary.roles], scope.problems)
            return scope.refuse(
                "unknown-entity",
                f"There is no kind of entity and no role called `{ref.of}`.",
                ref.span,
                "whose?",
                f"Write `{ref.name} of {near}`." if near else "Name an entity that contains this one, or a role.",
            )
        term = self.terms.get(ref.name)
        if term is None or ref.name in self.broken:
            return scope.unknown(ref.span)  # it has a problem of its own, or stands in a circle
        if term.kind == "group":
            return scope.refuse(
                "group-as-value",
                f"`{ref.name}` is a group of people, not a value.",
                ref.span,
                "a group",
                f"Say what of it: `count of {ref.name}`, `sum of … over {ref.name}`.",
            )
        if term.kind == "scale":
            return scope.refuse(
                "scale-as-value",
                f"`{ref.name}` is a scale; it has a value only for an amount.",
                ref.span,
                "a scale",
                f"Write `{ref.name} applied to …`.",
            )
        return self._placed(scope, ref, term)

    def _placed(self, scope: Scope, ref: Ref, term: Term) -> Node:
        reader = scope.entity
        role = self.vocabulary.roles.get(ref.of or "")
        if role is not None and term.entity is not None and reader is not None:
            return self._of_holder(scope, ref, term, role, reader)
        if term.entity is not None:
            if reader is None:
                return scope.refuse(
                    "figure-reads-household",
                    f"`{ref.name}` differs from {term.entity} to {term.entity}; a figure is the same for all.",
                    ref.span,
                    f"a term of {term.entity}",
                    "Make this a rule, or use figures only.",
                )
            if ref.of is None and term.entity != reader:
                return self._elsewhere(scope, ref, term, reader)
            if ref.of is not None and ref.of != term.entity:
                return scope.refuse(
                    "wrong-entity",
                    f"`{ref.name}` is a term of {term.entity}, not of {ref.of}.",
                    ref.span,
                    f"of {term.entity}",
                    f"Write `{ref.name} of {term.entity}`.",
                )
            if term.entity != reader and term.entity not in self.vocabulary.containers(reader):
                return self._elsewhere(scope, ref, term, reader)
        elif ref.of is not None:
            return scope.refuse(
                "wrong-entity",
                f"`{ref.name}` is a figure, the same for everyone.",
                ref.span,
                "a figure",
                f"Write `{ref.name}` alone.",
            )
        read = TermRead(term.index, term.entity, reader, refusing=_refusing(scope, term))
        return _reading(scope, "term", ref, term, read, term.constant)

    def _of_holder(self, scope: Scope, ref: Ref, term: Term, role: Role, reader: str) -> Node:
        """`age of claimant`: a term of whoever holds a role that one person has."""
        if role.cardinality == "any number":
            return scope.refuse(
                "wrong-entity",
                f"Any number may be {role.name}, so `{ref.name} of {role.name}` may be many values.",
                ref.span,
                "of how many?",
                f"Say what of them: `sum of {ref.name} over {role.name}`, `any of {role.name} meet …`.",
            )
        if term.entity != role.holder:
            return scope.refuse(
                "wrong-entity",
                f"`{ref.name}` is a term of {term.entity}, and a {role.name} is a {role.holder}.",
                ref.span,
                f"of {term.entity}",
                f"Name a term of {role.holder}.",
            )
        if role.owner != reader and role.owner not in self.vocabulary.containers(reader):
            return scope.refuse(
                "wrong-entity",
                f"`{role.name}` is a role in a {role.owner}, and this is worked out for each {reader}.",
                ref.span,
                f"in a {role.owner}",
                f"Write this in a rule of {role.owner}.",
            )
        read = TermRead(term.index, term.entity, reader, RoleRead(role.name, role.owner), _refusing(scope, term))
        return _reading(scope, "holder", ref, term, read)

    def _elsewhere(self, scope: Scope, ref: Ref, term: Term, reader: str) -> Node:
        """A term of another entity: upwards it takes `of`, downwards a group."""
        assert term.entity is not None
        if term.entity in self.vocabulary.containers(reader):
            fix = f"Write `{ref.name} of {term.entity}`."
        elif reader in self.vocabulary.containers(term.entity):
            fix = (
                f"Say of which members: `sum of {ref.name} over {term.entity}`, or in a condition "
                f"`any of {term.entity} meet ({ref.name} …)`."
            )
            if term.type.kind == "yes/no":
                fix = f"Say of which members: `any of {term.entity} meet {ref.name}`, or of a group."
        else:
            fix = f"A {reader} is no part of a {term.entity}; use a term that it can reach."
        return scope.refuse(
            "wrong-entity",
            f"`{ref.name}` is a term of {term.entity}, and this is worked out for each {reader}.",
            ref.span,
            f"of {term.entity}",
            fix,
        )

    def _unknown(self, scope: Scope, ref: Ref) -> Node:
        choice = self.choice_of.get(ref.name)
        if choice is not None:
            return scope.refuse(
                "choice-as-value",
                f"`{ref.name}` is a value of the choice {choice}.",
                ref.span,
                "a value of a choice",
                f"Compare a term with it: `… is {ref.name}`.",
            )
        if ref.name in DAYS_ASKED_FOR and ref.of is None:
            message = f"There is no term called `{ref.name}`; the day for which is asked has a name of its own."
            return scope.refuse("unknown-name", message, ref.span, "which day?", "Write `assessment_date`.")
        if (said := self._said_otherwise(ref)) is not None:
            code, message, fix = said
            return scope.refuse(code, message, ref.span.find(ref.name) if code == "misspelt-word" else ref.span, "", fix)
        if (notice := self.book.law.notices.get(ref.name)) is not None:
            message = f"`{ref.name}` is a {notice.kind}: it is told beside an award, and has no value."
            return scope.refuse("unknown-name", message, ref.span, "no value", "Name a fact, a figure or a rule.")
        near = closest(ref.name, self.all_terms, scope.problems)
        fix = "If it is something the applicant tells us, declare it as an input."
        if near:
            fix = f"The closest is `{near}` ({self.place(near, ref.span)}). {fix}"
        return scope.refuse("unknown-name", f"There is no term called `{ref.name}`.", ref.span, "not declared anywhere", fix)

    def _said_otherwise(self, ref: Ref) -> tuple[str, str, str] | None:
        """What is known to be meant by a word that names no term: code, message and fix."""
        if ref.name in PARTS and ref.of is not None:
            return "said-otherwise", f"`{ref.span.text}` is said otherwise here.", f"Write `{ref.of} ÷ {PARTS[ref.name]}`."
        if ref.of is not None and closest(ref.name, ("count",)):
            message = f"There is no `{ref.name}` here. The closest word of the language is `count`."
            return "misspelt-word", message, "Write `count`."
        if ref.of is None and ref.name in VALUES and (fix := said_here(ref.name)) is not None:
            return "said-otherwise", f"`{ref.name}` is no word of the language.", fix
        if ref.of is None and ref.name in self.vocabulary.container:
            message = f"`{ref.name}` is a kind of entity, and no value."
            fix = f"Name a term: in a rule of {ref.name} it stands alone, like `age`; elsewhere `age of {ref.name}`, or a group."
            return "unknown-name", message, fix
        return None

    def hyphened(self, scope: Scope, expr: Sum) -> Node | None:
        """`household-size`, where neither word is a term and both together are: a problem, told once."""
        for (_, left), (sign, right) in pairwise(expr.terms):
            first = left.factors[-1][1] if isinstance(left, Product) else left
            second = right.factors[0][1] if isinstance(right, Product) else right
            if not (isinstance(first, Ref) and isinstance(second, Ref) and sign < 0) or first.of or second.of:
                continue
            name = f"{first.name}_{second.name}"
            if name in self.all_terms and not {first.name, second.name} & self.all_terms.keys():
                span = first.span.to(second.span)
                message = f"`{span.text}` is one amount less another, and a name is one word."
                return scope.refuse("name-spelling", message, span, "", f"Write `{name}`.")
        return None

    def place(self, name: str, seen_from: Span) -> str:
        """Where a term is declared, for a message: its line, its file where that is another, and its citation."""
        declaration = self.book.law.inputs.get(name) or self.book.law.provisions[name].head
        span: Span = declaration.name_span
        cites = getattr(declaration, "cites", ())
        file = "" if span.source is seen_from.source else f"{span.source.path} "
        return ", ".join(filter(None, (f"{file}line {span.line}", cites[0].text if cites else None)))


def _refusing(scope: Scope, term: Term) -> Refusing | None:
    """Which standings of a fact the rule in the making refuses."""
    found = scope.refusing.get(term.name)
    if found is None:
        return None
    scope.refused.add(term.name)
    elsewhen: Refusing = evolve(found, on_other_day=scope.on_other_days)
    return elsewhen


def _reading(scope: Scope, mechanism: str, ref: Ref, term: Term, read: TermRead, constant: int | None = None) -> Node:
    """The node that reads a term. On another day other law may be in force: only what heads of declarations say holds there."""
    if not scope.on_other_days or term.kind == "input":
        numbers = {"scale": term.scale, "low": term.low, "high": term.high, "constant": constant}
    else:
        scale = scale_on_other_days(term)
        low, high = (None if end is None else end * scale // term.scale for end in (term.declared_low, term.declared_high))
        numbers = {"scale": scale, "low": low, "high": high}
    return scope.node(mechanism, (), term.type, ref.span, detail=read, **numbers)
