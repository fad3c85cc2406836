"""Lark's tree to our own: how a decision is challenged, and what has to be reported."""

from __future__ import annotations

from typing import Any

from grammar import declarations, syntax
from grammar.building_clauses import ClauseBuilder
from grammar.building_values import Node, children, tokens, unquoted
from grammar.declarations import Declaration
from grammar.notices import is_time
from grammar.trees import Tree


class NoticeBuilder(ClauseBuilder):
    """Builds challenges and duties."""

    def _challenge(self, tree: Node) -> Declaration:
        return declarations.Challenge(
            giving=self.text(tree, "giving"), after=self._listed(tree, "comes_after"), **self._notice(tree)
        )

    def _duty(self, tree: Node) -> Declaration:
        also = tuple(unquoted(text) for clause in children(tree, "also") for text in tokens(clause, "STRING"))
        return declarations.Duty(about=self._listed(tree, "about"), also=also, **self._notice(tree))

    def _notice(self, tree: Node) -> dict[str, Any]:
        name = self.name(tree)
        return {
            "name": str(name),
            "title": self.title(tree) or "",
            "to": self.text(tree, "addressed"),
            "within": self._time_limit(tree),
            "period": self.period(tree),
            "made_by": self.made_by(tree),
            "cites": self.cites(tree),
            "notes": self.notes(tree),
            "name_span": self.span(name),
            "span": self.span(tree),
        }

    def _listed(self, tree: Node, kind: str) -> tuple[syntax.Word, ...]:
        return tuple(word for clause in children(tree, kind) for word in self.words(clause))

    def _time_limit(self, tree: Node) -> declarations.TimeLimit:
        """Until when: said always, so that a limit that was forgotten is never told as one that there is not."""
        clause = self.one(tree, "time_limit", "limit_not_encoded", "no_time_limit")
        if clause is None:
            self.problem(
                "time-limit",
                "This does not say by when it has to be done.",
                tokens(tree, "NAME")[0],
                'Add `within 14 days after "…"`; or `at any time`; or, where it was not found, `within not encoded "why"`.',
            )
            return declarations.TimeLimit(None, span=self.span(tree))
        span = self.span(clause)
        if clause.data == "no_time_limit":
            return declarations.TimeLimit(None, span=span)
        if clause.data == "limit_not_encoded":
            [word], [reason] = tokens(clause, "NOT_ENCODED"), tokens(clause, "STRING")
            unknown = syntax.NotEncoded(unquoted(reason), span=self.span(word).to(self.span(reason)))
            return declarations.TimeLimit(unknown, span=span)
        length, after = clause.children
        assert isinstance(length, Tree)
        if length.data == "date" or not is_time(self.signed(length)):
            self.problem(
                "time-limit",
                "A time limit is so many days, weeks, months or years.",
                length,
                "Write the number and its unit, like `14 days` or `1 month`.",
            )
            return declarations.TimeLimit(None, span=span)
        return declarations.TimeLimit(self.signed(length), unquoted(after), span=span)  # type: ignore[arg-type]
