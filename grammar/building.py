"""Lark's tree to our own: declarations. A clause that may stand once and stands twice is a problem, not a choice."""

from __future__ import annotations

from typing import Any

from lark import Token

from grammar import declarations, syntax
from grammar.building_values import Node, ValueBuilder, children, tokens, unquoted
from grammar.declarations import Declaration
from grammar.problems import Place, Problem
from grammar.trees import Tree


class Builder(ValueBuilder):
    """Builds the declarations of one source."""

    def declaration(self, tree: Node) -> Declaration:
        self.subject = str(tree.children[0]) if tree.data != "case" and tree.data != "example" else None
        built: Declaration = getattr(self, f"_{tree.data}")(tree)
        return built

    # ---- clauses ----------------------------------------------------------------------------------------------------

    def _one(self, tree: Node, *kinds: str) -> Node | None:
        """The only clause of these kinds; more than one is a problem and the first counts."""
        found = [child for kind in kinds for child in children(tree, kind)]
        for extra in found[1:]:
            self.problems.append(
                Problem(
                    code="said-twice",
                    message="This is said twice, and only one of the two can be meant.",
                    place=Place(self.span(extra), "again here"),
                    second=Place(self.span(found[0]), "said here first"),
                    subject=self.subject,
                    fix="Delete one of them.",
                )
            )
        return found[0] if found else None

    def _text(self, tree: Node, kind: str) -> str | None:
        clause = self._one(tree, kind)
        return unquoted(tokens(clause, "STRING")[0]) if clause else None

    def _date(self, tree: Node, kind: str) -> Any:
        clause = self._one(tree, kind)
        return self.day(tokens(clause, "DATE")[0]) if clause else None

    def _notes(self, tree: Node) -> tuple[str, ...]:
        return tuple(unquoted(tokens(note, "STRING")[0]) for note in children(tree, "note"))

    def _cites(self, tree: Node) -> tuple[syntax.Cite, ...]:
        cites = []
        for cite in children(tree, "cite"):
            name, text = cite.children
            cites.append(syntax.Cite(str(name) if name else None, unquoted(text), span=self.span(cite)))  # type: ignore[arg-type]
        return tuple(cites)

    def _made_by(self, tree: Node) -> tuple[syntax.MadeBy, ...]:
        clause = self._one(tree, "made_by")
        if clause is None:
            return ()
        name, provision = clause.children
        text = unquoted(provision) if isinstance(provision, Token) else None
        return (syntax.MadeBy(str(name), text, span=self.span(clause)),)

    def _period(self, tree: Node) -> syntax.Period | None:
        clause = self._one(tree, "period")
        if clause is None:
            return None
        start, end = clause.children
        assert isinstance(start, Token)
        first = self.day(start)
        last = self.day(end) if isinstance(end, Token) else None
        if last is not None and last < first:
            self.problem("period-backwards", "The period ends before it begins.", clause, "Exchange the two dates.")
            last = None
        return syntax.Period(first, last, span=self.span(clause))

    def _range(self, tree: Node) -> dict[str, Any]:
        clause = self._one(tree, "bounds")
        if clause is None:
            return {}
        ends = [child for child in clause.children if isinstance(child, Tree)]
        for end in ends:
            if end.data == "date":
                self.problem("amount-expected", "A range goes from one amount to another.", end, "Write amounts, not dates.")
                return {}
        low, high = (self.signed(end) for end in ends)
        if low.digits * 10**high.places > high.digits * 10**low.places:
            self.problem("period-backwards", "The range ends below where it begins.", clause, "Exchange the two.")
        return {"low": low, "high": high}

    # ---- instruments and vocabulary ---------------------------------------------------------------------------------

    def _instrument(self, tree: Node) -> Declaration:
        name, title = tokens(tree, "NAME")[0], tokens(tree, "STRING")[0]
        policy = self._one(tree, "rounding_policy")
        short = self._one(tree, "short_months_last", "short_months_next")
        rounding = next((c for c in policy.children if isinstance(c, Tree) and c.data != "cite"), None) if policy else None
        return declarations.Instrument(
            name=str(name),
            title=unquoted(title),
            number=self._text(tree, "number"),
            made=self._date(tree, "made"),
            made_before=self._date(tree, "made_before"),
            commences=self._date(tree, "commences"),
            link=self._text(tree, "source"),
            policy=self.rounding(rounding) if rounding else None,
            policy_cites=self._cites(policy) if policy else (),
            short_months=None if short is None else "last" if short.data == "short_months_last" else "next",
            notes=self._notes(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _continued(self, tree: Node) -> Declaration:
        [name] = tokens(tree, "NAME")
        return declarations.Continued(name=str(name), name_span=self.span(name), span=self.span(tree))

    def _entity(self, tree: Node) -> Declaration:
        name = tokens(tree, "NAME")[0]
        contains = self._one(tree, "contains")
        return declarations.Entity(
            name=str(name),
            title=self._title(tree),
            contains=tuple(self.word(token) for token in tokens(contains, "NAME")) if contains else (),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _choice(self, tree: Node) -> Declaration:
        name, *values = tokens(tree, "NAME")
        return declarations.Choice(
            name=str(name),
            title=self._title(tree),
            values=tuple(self.word(value) for value in values),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _title(self, tree: Node) -> str | None:
        found = tokens(tree, "STRING")
        return unquoted(found[0]) if found else None

    def _group(self, tree: Node) -> Declaration:
        name, of, over = tokens(tree, "NAME")
        condition = tree.children[-1]
        assert isinstance(condition, Tree)
        return declarations.Group(
            name=str(name),
            of=self.word(of),
            title=self._title(tree) or "",
            over=self.word(over),
            condition=self.expr(condition),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _input(self, tree: Node) -> Declaration:
        name, of = tokens(tree, "NAME")
        default = self._one(tree, "default")
        decided = self._one(tree, "decided_by")
        who, applying = (unquoted(token) for token in tokens(decided, "STRING")) if decided else (None, None)
        return declarations.Input(
            name=str(name),
            of=self.word(of),
            title=self._title(tree) or "",
            type=self.type(tree.children[3]),  # type: ignore[arg-type]
            default=self.fact_value(default.children[0]) if default else None,  # type: ignore[arg-type]
            **self._range(tree),
            ask=self._text(tree, "ask"),
            decided_by=who,
            applying=applying,
            cites=self._cites(tree),
            notes=self._notes(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    # ---- provisions -------------------------------------------------------------------------------------------------

    def _figure(self, tree: Node) -> Declaration:
        name = tokens(tree, "NAME")[0]
        return declarations.Figure(
            name=str(name),
            title=self._title(tree) or "",
            type=self.type(tree.children[2]),  # type: ignore[arg-type]
            values=tuple(self._dated(child) for child in children(tree, "dated")),
            cites=self._cites(tree),
            notes=self._notes(tree),
            because=self._text(tree, "because"),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _dated(self, tree: Node) -> declarations.Dated:
        period = self._period(tree)
        assert period is not None and isinstance(tree.children[0], Tree)
        return declarations.Dated(
            value=self.expr(tree.children[0]),
            period=period,
            cites=self._cites(tree),
            made_by=self._made_by(tree),
            span=self.span(tree),
        )

    def _rule(self, tree: Node) -> Declaration:
        name, of = tokens(tree, "NAME")
        bodies = children(tree, "body")
        payable = self._one(tree, "payable")
        payable_by: Any = str(payable.children[0]).removesuffix("s") if payable else None
        if bodies:
            versions: tuple[declarations.Version, ...] = (self._version(None, bodies[0]),)
        else:
            versions = tuple(self._version(v, children(v, "body")[0]) for v in children(tree, "version"))
        return declarations.Rule(
            name=str(name),
            of=self.word(of),
            title=self._title(tree) or "",
            type=self.type(tree.children[3]),  # type: ignore[arg-type]
            versions=versions,
            payable=payable_by,
            **self._range(tree),
            cites=self._cites(tree),
            notes=self._notes(tree),
            because=self._text(tree, "because"),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _version(self, version: Node | None, body: Node) -> declarations.Version:
        main = children(body, "main") + children(body, "alternative")
        return declarations.Version(
            period=self._period(version) if version else None,
            alternatives=tuple(self._alternative(child) for child in main),
            exceptions=tuple(self._exception(child) for child in children(body, "exception")),
            cites=self._cites(version) if version else (),
            made_by=self._made_by(version) if version else (),
            span=self.span(version or body),
        )

    def _remarks(self, tree: Node) -> dict[str, Any]:
        return {"cites": self._cites(tree), "because": self._text(tree, "because"), "notes": self._notes(tree)}

    def _alternative(self, tree: Node) -> declarations.Alternative:
        value, condition, *_ = tree.children
        assert isinstance(value, Tree)
        if made_by := self._one(tree, "made_by"):
            self.problem("made-by-place", "A part of a version is made with the version.", made_by, "Move it to the version.")
        return declarations.Alternative(
            value=self.expr(value),
            condition=self.expr(condition) if isinstance(condition, Tree) else None,
            **self._remarks(tree),
            span=self.span(tree),
        )

    def _exception(self, tree: Node) -> declarations.ExceptionClause:
        name, value, condition, *_ = tree.children
        assert isinstance(name, Token) and isinstance(value, Tree) and isinstance(condition, Tree)
        prevails = self._one(tree, "prevails")
        return declarations.ExceptionClause(
            name=str(name),
            value=self.expr(value),
            condition=self.expr(condition),
            prevails_over=tuple(self.word(token) for token in tokens(prevails, "NAME")) if prevails else (),
            period=self._period(tree),
            made_by=self._made_by(tree),
            **self._remarks(tree),
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
            given=tuple(self._given(child) for child in children(tree, "given")),
            expect=tuple(self._expectation(child) for child in expectations) if tree.data == "example" else None,
            cites=self._cites(tree),
            notes=self._notes(tree),
            span=self.span(tree),
        )

    _example = _case

    def _given(self, tree: Node) -> declarations.Given:
        entity, name, of = tree.children[:3]
        assert isinstance(entity, Token) and isinstance(name, Token)
        period = self._period(tree)
        return declarations.Given(
            entity=self.word(entity),
            name=str(name),
            of=self.word(of) if isinstance(of, Token) else None,
            start=period.start if period else None,
            end=period.end if period else None,
            facts=tuple(self._fact(child) for child in children(tree, "fact")),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _fact(self, tree: Node) -> declarations.FactText:
        name, value = tree.children[:2]
        assert isinstance(name, Token) and isinstance(value, Tree)
        period = self._period(tree)
        standing = self._one(tree, "standing")
        return declarations.FactText(
            name=str(name),
            value=self.fact_value(value),
            start=period.start if period else None,
            end=period.end if period else None,
            reported=self._date(tree, "reported"),
            source=self._text(tree, "fact_source"),
            standing=self.word(tokens(standing, "NAME")[0]) if standing else None,
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _expectation(self, tree: Node) -> declarations.Expectation:
        term, of = tokens(tree, "NAME")
        value = tree.children[2]
        return declarations.Expectation(
            term=str(term),
            of=self.word(of),
            value=self.fact_value(value) if isinstance(value, Tree) else None,
            span=self.span(tree),
        )
