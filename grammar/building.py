"""Lark's tree to our own: declarations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from lark import Token

from grammar import declarations
from grammar.building_amendments import AmendmentBuilder
from grammar.building_values import Node, children, tokens, unquoted
from grammar.declarations import Declaration
from grammar.trees import Tree


class Builder(AmendmentBuilder):
    """Builds the declarations of one source."""

    def declaration(self, tree: Node) -> Declaration:
        self.subject = str(tree.children[0]) if tree.data not in _WITHOUT_NAME else None
        built: Declaration = getattr(self, f"_{tree.data}")(tree)
        return built

    # ---- instruments and vocabulary ---------------------------------------------------------------------------------

    def _instrument(self, tree: Node) -> Declaration:
        name, title = self.name(tree), tokens(tree, "STRING")[0]
        policy = self.one(tree, "rounding_policy")
        short = self.one(tree, "short_months_last", "short_months_next")
        rounding = next((c for c in policy.children if isinstance(c, Tree) and c.data != "cite"), None) if policy else None
        commences = self.one(tree, "commences", "when_appointed")
        return declarations.Instrument(
            name=str(name),
            title=unquoted(title),
            number=self.text(tree, "number"),
            made=self.date(tree, "made"),
            made_before=self.date(tree, "made_before"),
            commences=self.day(tokens(commences, "DATE")[0]) if commences and commences.data == "commences" else None,
            when_appointed=commences is not None and commences.data == "when_appointed",
            retrospective=commences is not None and bool(tokens(commences, "RETROSPECTIVE")),
            is_amendment=tree.data == "amendment",
            amends=tuple(word for clause in children(tree, "amends") for word in self.words(clause)),
            link=self.text(tree, "source"),
            policy=self.rounding(rounding) if rounding else None,
            policy_cites=self.cites(policy) if policy else (),
            short_months=None if short is None else "last" if short.data == "short_months_last" else "next",
            notes=self.notes(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    _amendment = _instrument

    def _continued(self, tree: Node) -> Declaration:
        [name] = tokens(tree, "NAME")
        return declarations.Continued(name=str(name), name_span=self.span(name), span=self.span(tree))

    def _entity(self, tree: Node) -> Declaration:
        name = self.name(tree)
        contains = self.one(tree, "contains")
        return declarations.Entity(
            name=str(name),
            title=self.title(tree),
            contains=self.words(contains),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _choice(self, tree: Node) -> Declaration:
        name, values = self.name(tree), tokens(tree, "NAME")[1:]
        return declarations.Choice(
            name=str(name),
            title=self.title(tree),
            values=tuple(self.word(value) for value in values),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _scheme(self, tree: Node) -> Declaration:
        name = self.name(tree)
        return declarations.Scheme(
            name=str(name),
            title=self.title(tree) or "",
            uses=tuple(word for clause in children(tree, "uses") for word in self.words(clause)),
            notes=self.notes(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _role(self, tree: Node) -> Declaration:
        name, of, holder = tokens(tree, "NAME")
        cardinality: Any = _CARDINALITIES[str(tree.children[3].data)]  # type: ignore[union-attr]
        return declarations.Role(
            name=str(self.name(tree)),
            of=self.word(of),
            title=self.title(tree) or "",
            cardinality=cardinality,
            holder=self.word(holder),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _unit(self, tree: Node) -> Declaration:
        name, plural = tokens(tree, "NAME")
        return declarations.Unit(
            name=str(self.name(tree)), plural=self.word(plural), name_span=self.span(name), span=self.span(tree)
        )

    def _input(self, tree: Node) -> Declaration:
        name = self.name(tree)
        default = self.one(tree, "default")
        decided = self.one(tree, "decided_by")
        who, applying = (unquoted(token) for token in tokens(decided, "STRING")) if decided else (None, None)
        return declarations.Input(
            name=str(name),
            of=self.owner(tree),
            title=self.title(tree) or "",
            type=self.type(tree.children[3]),  # type: ignore[arg-type]
            default=self.fact_value(default.children[0]) if default else None,  # type: ignore[arg-type]
            **self.range(tree),
            ask=self.text(tree, "ask"),
            decided_by=who,
            applying=applying,
            cites=self.cites(tree),
            notes=self.notes(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    # ---- examples and cases -----------------------------------------------------------------------------------------

    def _case(self, tree: Node) -> Declaration:
        title = tokens(tree, "STRING")[0]
        on, known = tree.children[1], tree.children[2]
        expectations = [c for c in tree.children if isinstance(c, Tree) and str(c.data).startswith("expect_")]
        return declarations.Case(
            title=unquoted(title),
            on=self.day(on) if isinstance(on, Token) else None,
            known=self.day(known) if isinstance(known, Token) else None,
            given=tuple(
                self._given(child) if child.data == "given" else self._given_everyone(child)
                for child in tree.children
                if isinstance(child, Tree) and child.data in ("given", "given_everyone")
            ),
            expect=tuple(self._expectation(child) for child in expectations) if tree.data == "example" else None,
            suppose=tuple(self._suppose(child) for child in children(tree, "suppose")),
            readings=tuple(word for clause in children(tree, "chosen") for word in self.words(clause)),
            cites=self.cites(tree),
            notes=self.notes(tree),
            span=self.span(tree),
        )

    _example = _case

    def _given(self, tree: Node) -> declarations.Given:
        entity, name, of = tree.children[:3]
        assert isinstance(entity, Token) and isinstance(name, Token)
        period = self.period(tree)
        return declarations.Given(
            entity=self.word(entity),
            name=str(name),
            of=self.word(of) if isinstance(of, Token) else None,
            start=period.start if period else None,
            end=period.end if period else None,
            facts=self._facts(tree),
            roles=self.words(self.one(tree, "given_as")),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _given_everyone(self, tree: Node) -> declarations.Given:
        word = tree.children[0]
        assert isinstance(word, Token)
        return declarations.Given(
            entity=self.word(word),
            name="",
            of=None,
            start=None,
            end=None,
            facts=self._facts(tree),
            name_span=self.span(word),
            span=self.span(tree),
        )

    def _facts(self, tree: Node) -> tuple[declarations.FactText, ...]:
        found: list[declarations.FactText] = []
        for child in tree.children:
            if isinstance(child, Tree) and child.data == "fact":
                found.append(self._fact(child))
            elif isinstance(child, Tree) and child.data == "daily":
                found += self._daily(child)
        return tuple(found)

    def _daily(self, tree: Node) -> Iterator[declarations.FactText]:
        """`temperature is 5.2, 4.8, 6.1 day by day from 1 January 2008`: a fact for each of the days."""
        [name], [start] = tokens(tree, "NAME"), tokens(tree, "DATE")
        clauses = ("reported", "fact_source", "standing")
        values = [child for child in tree.children if isinstance(child, Tree) and child.data not in clauses]
        standing = self.one(tree, "standing")
        word = self.word(tokens(standing, "NAME")[0]) if standing else None
        reported, source = self.date(tree, "reported"), self.text(tree, "fact_source")
        first = self.day(start)
        for number, value in enumerate(values):
            day = first + timedelta(days=number)
            yield declarations.FactText(
                name=str(name),
                value=self.fact_value(value),
                start=day,
                end=day,
                reported=reported,
                source=source,
                standing=word,
                name_span=self.span(name),
                span=self.span(value),
            )

    def _fact(self, tree: Node) -> declarations.FactText:
        name, value = tree.children[:2]
        assert isinstance(name, Token) and isinstance(value, Tree)
        period = self.period(tree)
        standing = self.one(tree, "standing")
        return declarations.FactText(
            name=str(name),
            value=self.fact_value(value),
            start=period.start if period else None,
            end=period.end if period else None,
            reported=self.date(tree, "reported"),
            source=self.text(tree, "fact_source"),
            standing=self.word(tokens(standing, "NAME")[0]) if standing else None,
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _expectation(self, tree: Node) -> declarations.Expectation:
        term, of, value = tree.children
        return declarations.Expectation(
            term=str(term),
            of=self.word(of) if isinstance(of, Token) else None,
            value=self.fact_value(value) if isinstance(value, Tree) else None,
            span=self.span(tree),
        )

    def _suppose(self, tree: Node) -> declarations.Suppose:
        term, of, value = tree.children
        assert isinstance(value, Tree)
        return declarations.Suppose(
            term=str(term),
            of=self.word(of) if isinstance(of, Token) else None,
            value=self.fact_value(value),
            span=self.span(tree),
        )


_WITHOUT_NAME = {"case", "example", "every_figure", "operation"}
_CARDINALITIES = {"exactly_one": "one", "at_most_one": "at most one", "any_number": "any number"}
