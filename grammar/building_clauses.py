"""Lark's tree to our own: the clauses that declarations share. One that may stand once and stands twice is a problem."""

from __future__ import annotations

from typing import Any

from lark import Token

from grammar import syntax
from grammar.building_values import Node, ValueBuilder, children, tokens, unquoted
from grammar.problems import Place, Problem
from grammar.trees import Tree


class ClauseBuilder(ValueBuilder):
    """Builds clauses: dates, periods, citations, ranges."""

    def one(self, tree: Node, *kinds: str) -> Node | None:
        """The only clause of these kinds; more than one is a problem and the first counts."""
        found = [child for kind in kinds for child in children(tree, kind)] if len(kinds) > 1 else children(tree, kinds[0])
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

    def text(self, tree: Node, kind: str) -> str | None:
        clause = self.one(tree, kind)
        return unquoted(tokens(clause, "STRING")[0]) if clause else None

    def date(self, tree: Node, kind: str) -> Any:
        clause = self.one(tree, kind)
        return self.day(tokens(clause, "DATE")[0]) if clause else None

    def notes(self, tree: Node) -> tuple[str, ...]:
        return tuple(unquoted(tokens(note, "STRING")[0]) for note in children(tree, "note"))

    def made_by(self, tree: Node) -> tuple[syntax.MadeBy, ...]:
        clause = self.one(tree, "made_by")
        if clause is None:
            return ()
        name, provision = clause.children
        text = unquoted(provision) if isinstance(provision, Token) else None
        return (syntax.MadeBy(str(name), text, span=self.span(clause)),)

    def period(self, tree: Node) -> syntax.Period | None:
        clause = self.one(tree, "period")
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

    def range(self, tree: Node) -> dict[str, Any]:
        clause = self.one(tree, "bounds")
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

    def title(self, tree: Node) -> str | None:
        found = tokens(tree, "STRING")
        return unquoted(found[0]) if found else None

    def name(self, tree: Node) -> Token:
        """The name that a declaration gives; a point in it belongs to the names of other schemes."""
        return self.given_name(tokens(tree, "NAME")[0])

    def given_name(self, token: Token) -> Token:
        if "." in token:
            self.problem(
                "name-spelling",
                f"`{token}` has a point in it; only names of other schemes are written so.",
                token,
                f"Write `{token.replace('.', '_')}`.",
            )
        return token

    def words(self, tree: Node | None) -> tuple[syntax.Word, ...]:
        """The names in a list of them."""
        return tuple(self.word(token) for token in tokens(tree, "NAME")) if tree else ()

    def owner(self, tree: Node) -> syntax.Word:
        """Whose term it is: a kind of entity, or `everyone`."""
        [token] = children(tree, "owner")[0].children
        assert isinstance(token, Token)
        return self.word(token)

    def bound(self, tree: Node) -> syntax.Number | syntax.DateText | syntax.Word:
        """An end of a range in a table, a limit or a rate of a scale: an amount, a date or a figure's name."""
        if tree.data in ("word", "date"):
            answer: syntax.DateText | syntax.Word = self.answer(tree)
            return answer
        return self.signed(tree)
