"""Lark's tree to our own: amendments and what they do."""

from __future__ import annotations

from typing import Any

from lark import Token

from grammar import amendments, declarations
from grammar.building_provisions import ProvisionBuilder
from grammar.building_values import Node, children, tokens, unquoted
from grammar.syntax import NotEncoded, Word
from grammar.trees import Tree


class AmendmentBuilder(ProvisionBuilder):
    """Builds what amendments do."""

    def _operation(self, tree: Node) -> declarations.Declaration:
        acting, *_ = tree.children
        assert isinstance(acting, Tree)
        action: amendments.Action = getattr(self, f"_{acting.data}")(acting)
        effect, place = self.one(tree, "takes_effect"), self.one(tree, "made_by_place")
        start, end, retrospective = effect.children if effect else (None, None, None)
        commences = self.day(start) if isinstance(start, Token) else None
        until = self.day(end) if isinstance(end, Token) else None
        if effect is not None and commences and until and until < commences:
            self.problem("period-backwards", "The change ends before it begins.", effect, "Exchange the two dates.")
            until = None
        return amendments.Operation(
            action=action,
            commences=commences,
            until=until,
            retrospective=retrospective is not None,
            provision=unquoted(tokens(place, "STRING")[0]) if place else None,
            saved=tuple(self._saved(child) for child in children(tree, "saved")),
            cites=self.cites(tree),
            notes=self.notes(tree),
            span=self.span(tree),
        )

    def _saved(self, tree: Node) -> amendments.Saved:
        entity, condition, until = tree.children
        assert isinstance(entity, Token) and isinstance(condition, Tree)
        last = self.day(until) if isinstance(until, Token) else None
        return amendments.Saved(self.word(entity), self.expr(condition), last, span=self.span(tree))

    def _part_name(self, tree: Any) -> amendments.PartName | None:
        if not isinstance(tree, Tree):
            return None
        [name] = tokens(tree, "NAME")
        return amendments.PartName("row" if tree.data == "row_part" else "exception", self.word(name), span=self.span(tree))

    def _replace(self, tree: Node) -> amendments.Replace:
        target, part, old, new, everywhere, *_ = tree.children
        assert isinstance(target, Token) and isinstance(old, Tree) and isinstance(new, Tree)
        return amendments.Replace(
            target=self.word(target),
            part=self._part_name(part),
            old=self.expr(old),
            new=self.expr(new),
            everywhere=everywhere is not None,
            being=self._being(tree),
            readings=self._other_values(tree),
            span=self.span(tree),
        )

    def _unknown(self, tree: Node) -> amendments.Unknown:
        reason = tokens(tree, "STRING")[0]
        text = NotEncoded(unquoted(reason), span=self.span(tokens(tree, "NOT_ENCODED")[0]).to(self.span(reason)))
        return amendments.Unknown(self.words(tree), text, span=self.span(tree))

    def _insert_part(self, tree: Node) -> amendments.InsertPart:
        target, clause, before = tree.children
        word = self.word(before) if isinstance(before, Token) else None
        return amendments.InsertPart(self._of(target), self._clause(clause), word, span=self.span(tree))

    def _substitute_part(self, tree: Node) -> amendments.SubstitutePart:
        target, clause = tree.children
        return amendments.SubstitutePart(self._of(target), self._clause(clause), span=self.span(tree))

    def _omit_part(self, tree: Node) -> amendments.OmitPart:
        target, part = tree.children
        named = self._part_name(part)
        assert named is not None
        return amendments.OmitPart(self._of(target), named, span=self.span(tree))

    def _of(self, token: Any) -> Word:
        assert isinstance(token, Token)
        return self.word(token)

    def _clause(self, tree: Any) -> declarations.ExceptionClause | declarations.Row:
        return self._row(tree) if tree.data == "row" else self._exception(tree)

    def _provided(self, tree: Node) -> Any:
        [text] = tree.children
        assert isinstance(text, Tree)
        return getattr(self, f"_{text.data}")(text)

    def _insert(self, tree: Node) -> amendments.Insert:
        return amendments.Insert(self._provided(tree), span=self.span(tree))

    def _substitute(self, tree: Node) -> amendments.Substitute:
        return amendments.Substitute(self._provided(tree), span=self.span(tree))

    def _omit(self, tree: Node) -> amendments.Omit:
        kind, name = tree.children
        assert isinstance(kind, Tree) and isinstance(name, Token)
        word: Any = str(kind.children[0])
        return amendments.Omit(word, self.word(name), span=self.span(tree))

    def _omit_provision(self, tree: Node) -> amendments.Omit:
        [place] = tokens(tree, "STRING")
        return amendments.Omit("provision", Word(unquoted(place), span=self.span(place)), span=self.span(tree))

    def _omit_amendment(self, tree: Node) -> amendments.OmitAmendment:
        return amendments.OmitAmendment(self.word(tokens(tree, "NAME")[0]), span=self.span(tree))

    def _rename(self, tree: Node) -> amendments.Rename:
        old, new = tokens(tree, "NAME")
        return amendments.Rename(self.word(old), self.word(self.given_name(new)), span=self.span(tree))
