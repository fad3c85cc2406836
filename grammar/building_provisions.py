"""Lark's tree to our own: figures, rules, tables, scales, groups, and law without a term."""

from __future__ import annotations

from typing import Any

from lark import Token

from grammar import declarations, syntax
from grammar.building_notices import NoticeBuilder
from grammar.building_values import Node, children, tokens, unquoted
from grammar.declarations import Declaration
from grammar.trees import Tree
from grammar.words import closest

REFUSABLE = ("assumed", "estimated", "declared")
"""How a fact may stand that a rule can refuse: not given, with a default; estimated; said by somebody, and not verified."""


class ProvisionBuilder(NoticeBuilder):
    """Builds provisions."""

    def _group(self, tree: Node) -> Declaration:
        name, of, over = tokens(tree, "NAME")
        condition = tree.children[-1]
        assert isinstance(condition, Tree)
        return declarations.Group(
            name=str(self.name(tree)),
            of=self.word(of),
            title=self.title(tree) or "",
            over=self.word(over),
            condition=self.expr(condition),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _figure(self, tree: Node) -> Declaration:
        return declarations.Figure(
            type=self.type(tree.children[2]),  # type: ignore[arg-type]
            values=tuple(self._dated(child) for child in children(tree, "dated", "dated_otherwise")),
            **self._heading(tree),
        )

    def _heading(self, tree: Node) -> dict[str, Any]:
        """What figures, rules, tables and scales begin with."""
        name = self.name(tree)
        return {
            "name": str(name),
            "title": self.title(tree) or "",
            "cites": self.cites(tree),
            "notes": self.notes(tree),
            "because": self.text(tree, "because"),
            "name_span": self.span(name),
            "span": self.span(tree),
        }

    def _paid_heading(self, tree: Node) -> dict[str, Any]:
        """What rules and tables begin with."""
        return {
            **self._heading(tree),
            **self.range(tree),
            "of": self.owner(tree),
            "type": self.type(tree.children[3]),  # type: ignore[arg-type]
            "payable": self._payable(tree),
            "refuses": tuple(self._refuses(child) for child in children(tree, "refuses")),
        }

    def _refuses(self, tree: Node) -> declarations.Refuses:
        found = tokens(tree, "NAME")
        for token in found:
            if token not in REFUSABLE:
                self._not_refused(token)
        return declarations.Refuses(
            standings=tuple(str(token) for token in found if token in REFUSABLE),
            facts=self.words(self.one(tree, "refused_facts")),
            evidence=self.text(tree, "evidence"),
            period=self.period(tree),
            cites=self.cites(tree),
            span=self.span(tree),
        )

    def _not_refused(self, token: Token) -> None:
        near = closest(token, REFUSABLE)
        message = f"`{token}` is no standing of a fact that a rule can refuse."
        if token == "verified":
            message = "A fact that is verified cannot be refused: nothing stands better."
        listed = ", ".join(f"`{standing}`" for standing in REFUSABLE)
        fix = f"Write `{near}`." if near else f"Name one or more of {listed}, with `or` between them."
        self.problem("unknown-standing", message, token, fix)

    def _payable(self, tree: Node) -> declarations.Payable | None:
        clause = self.one(tree, "payable")
        if clause is None:
            return None
        [by, *rest] = clause.children
        rounding = next((child for child in rest if isinstance(child, Tree)), None)
        return declarations.Payable(
            by="calendar year" if by.type == "ONCE_A_YEAR" else str(by).removesuffix("s"),  # type: ignore[union-attr, arg-type]
            rounding=self.rounding(rounding) if rounding else None,
            span=self.span(clause),
        )

    def _dated(self, tree: Node) -> declarations.Dated:
        period = self.period(tree)
        value = tree.children[0]
        assert period is not None
        return declarations.Dated(
            value=self.expr(value) if isinstance(value, Tree) else self._not_known(tree),
            period=period,
            cites=self.cites(tree),
            made_by=self.made_by(tree),
            being=self._being(tree),
            readings=self._other_values(tree),
            is_otherwise=tree.data == "dated_otherwise",
            span=self.span(tree),
        )

    def _not_known(self, tree: Node) -> syntax.NotEncoded:
        """What stands for the days on which nothing else does."""
        [word], [reason] = tokens(tree, "NOT_ENCODED"), tokens(tree, "STRING")
        return syntax.NotEncoded(unquoted(reason), span=self.span(word).to(self.span(reason)))

    def _other_values(self, tree: Node) -> tuple[declarations.Reading, ...]:
        """`reading higher "A higher rate" is £66 per week`: of a figure."""
        found = []
        for clause in children(tree, "other_value"):
            value = clause.children[-1]
            assert isinstance(value, Tree)
            only = declarations.Alternative(value=self.expr(value), condition=None, span=self.span(value))
            name = self.name(clause)
            found.append(
                declarations.Reading(
                    name=str(name),
                    title=self.title(clause) or "",
                    alternatives=(only,),
                    name_span=self.span(name),
                    span=self.span(clause),
                )
            )
        return tuple(found)

    def _being(self, tree: Node) -> declarations.Being | None:
        clause = self.one(tree, "being")
        if clause is None:
            return None
        change, direction, rounding, despite = clause.children
        assert isinstance(change, Tree)
        return declarations.Being(
            change=self.signed(change),
            is_less=direction == "less",
            rounding=self.rounding(rounding) if isinstance(rounding, Tree) else None,
            despite=unquoted(despite) if isinstance(despite, Token) else None,
            span=self.span(clause),
        )

    def _rule(self, tree: Node) -> Declaration:
        bodies = children(tree, "body")
        if bodies:
            versions: tuple[declarations.Version, ...] = (self._version(None, bodies[0]),)
        else:
            versions = tuple(self._dated_version(child) for child in children(tree, "version", "version_otherwise"))
        above = tuple(self._exception(child) for child in children(tree, "exception"))
        return declarations.Rule(versions=versions, exceptions=above, **self._paid_heading(tree))

    def _dated_version(self, tree: Node) -> declarations.Version:
        if tree.data == "version":
            return self._version(tree, children(tree, "body")[0])
        [unknown] = children(tree, "unknown")
        alternative = declarations.Alternative(value=self._not_known(unknown), condition=None, span=self.span(unknown))
        return declarations.Version(
            alternatives=(alternative,), exceptions=(), is_otherwise=True, **self._in_version(tree, unknown)
        )

    def _in_version(self, version: Node | None, body: Node) -> dict[str, Any]:
        """What each version of a rule, a table or a scale has; without one of its own, it holds as long as its instrument."""
        return {
            "period": self.period(version) if version else None,
            "cites": self.cites(version) if version else (),
            "made_by": self.made_by(version) if version else (),
            "span": self.span(version or body),
        }

    def _version(self, version: Node | None, body: Node) -> declarations.Version:
        return declarations.Version(
            alternatives=self._alternatives(body),
            exceptions=tuple(self._exception(child) for child in children(body, "exception")),
            readings=tuple(self._reading(child) for child in children(body, "reading")),
            **self._in_version(version, body),
        )

    def _alternatives(self, tree: Node) -> tuple[declarations.Alternative, ...]:
        return tuple(self._alternative(child) for child in children(tree, "main") + children(tree, "alternative"))

    def _reading(self, tree: Node) -> declarations.Reading:
        name = self.name(tree)
        return declarations.Reading(
            name=str(name),
            title=self.title(tree) or "",
            alternatives=self._alternatives(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _remarks(self, tree: Node) -> dict[str, Any]:
        return {"cites": self.cites(tree), "because": self.text(tree, "because"), "notes": self.notes(tree)}

    def _alternative(self, tree: Node) -> declarations.Alternative:
        value, *rest = tree.children
        condition = rest[0] if rest else None
        assert isinstance(value, Tree)
        if made_by := self.one(tree, "made_by"):
            self.problem("made-by-place", "A part of a version is made with the version.", made_by, "Move it to the version.")
        return declarations.Alternative(
            value=self.expr(value),
            condition=self.expr(condition) if isinstance(condition, Tree) and condition.data not in _REMARKS else None,
            **self._remarks(tree),
            span=self.span(tree),
        )

    def _exception(self, tree: Node) -> declarations.ExceptionClause:
        name, value, condition, *_ = tree.children
        assert isinstance(name, Token) and isinstance(value, Tree) and isinstance(condition, Tree)
        prevails = self.one(tree, "prevails")
        return declarations.ExceptionClause(
            name=str(name),
            value=self.expr(value),
            condition=self.expr(condition),
            prevails_over=self.words(prevails),
            period=self.period(tree),
            made_by=self.made_by(tree),
            **self._remarks(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    # ---- tables and scales ------------------------------------------------------------------------------------------

    def _table(self, tree: Node) -> Declaration:
        columns = children(tree, "columns")
        if columns:
            versions: tuple[declarations.TableVersion, ...] = (self._table_version(None, columns[0]),)
        else:
            found = children(tree, "table_version")
            versions = tuple(self._table_version(version, children(version, "columns")[0]) for version in found)
        return declarations.Table(versions=versions, **self._paid_heading(tree))

    def _table_version(self, version: Node | None, columns: Node) -> declarations.TableVersion:
        otherwise = self.one(columns, "otherwise_row")
        return declarations.TableVersion(
            columns=tuple(self.ref(child) for child in children(columns, "ref")),  # type: ignore[misc]
            rows=tuple(self._row(child) for child in children(columns, "row")),
            otherwise=self._alternative(otherwise) if otherwise else None,
            **self._in_version(version, columns),
        )

    def _row(self, tree: Node) -> declarations.Row:
        name = self.name(tree)
        parts = [child for child in tree.children if isinstance(child, Tree)]
        cells = [child for child in parts if str(child.data).endswith("_cell")]
        return declarations.Row(
            name=str(name),
            cells=tuple(self._cell(cell) for cell in cells),
            value=self.expr(parts[len(cells)]),
            period=self.period(tree),
            made_by=self.made_by(tree),
            **self._remarks(tree),
            name_span=self.span(name),
            span=self.span(tree),
        )

    def _cell(self, tree: Node) -> declarations.Cell:
        kind, span = str(tree.data), self.span(tree)
        ends = [self.bound(child) for child in tree.children if isinstance(child, Tree)]
        if kind in ("at_most_cell", "at_least_cell") and not ends:
            ends = [*self.words(tree)]
        match kind:
            case "any_cell":
                return declarations.Cell(span=span)
            case "yes_no_cell" | "text_cell":
                token = str(tree.children[0])
                answer = syntax.YesNo(token == "yes", span=span) if kind == "yes_no_cell" else syntax.Text(token[1:-1], span=span)
                return declarations.Cell(answers=(answer,), span=span)
            case "choice_cell":
                return declarations.Cell(answers=self.words(tree), span=span)
            case "equal_cell":
                return declarations.Cell(low=ends[0], high=ends[0], span=span)
            case "at_most_cell" | "under_cell":
                return declarations.Cell(high=ends[0], high_included=kind == "at_most_cell", span=span)
            case "at_least_cell" | "over_cell":
                return declarations.Cell(low=ends[0], low_included=kind == "at_least_cell", span=span)
            case _:
                return declarations.Cell(
                    low=ends[0],
                    high=ends[1],
                    low_included=kind != "over_to_cell",
                    high_included=kind != "from_to_under_cell",
                    span=span,
                )

    def _scale(self, tree: Node) -> Declaration:
        versions = children(tree, "scale_version")
        return declarations.Scale(
            type=self.type(tree.children[2]),  # type: ignore[arg-type]
            versions=tuple(self._scale_version(v, v) for v in versions) or (self._scale_version(None, tree),),
            **self._heading(tree),
        )

    def _scale_version(self, version: Node | None, body: Node) -> declarations.ScaleVersion:
        bands = (child for child in body.children if isinstance(child, Tree) and child.data in ("band", "last_band"))
        return declarations.ScaleVersion(bands=tuple(self._band(band) for band in bands), **self._in_version(version, body))

    def _band(self, tree: Node) -> declarations.Band:
        rate, limit = (child for child in tree.children[:2] if isinstance(child, Tree))
        return declarations.Band(
            rate=self.bound(rate),
            limit=self.bound(limit),
            is_last=tree.data == "last_band",
            cites=self.cites(tree),
            notes=self.notes(tree),
            span=self.span(tree),
        )

    # ---- law without a term, and what is said of figures ------------------------------------------------------------

    def _provision_not_encoded(self, tree: Node) -> Declaration:
        place, why = tokens(tree, "STRING")[:2]
        return declarations.Unwritten(
            place=unquoted(place),
            kind="not encoded" if tree.data == "provision_not_encoded" else "discretionary",
            why=unquoted(why),
            affecting=tuple(self._affecting(child) for child in children(tree, "affecting")),
            period=self.period(tree),
            cites=self.cites(tree),
            notes=self.notes(tree),
            name_span=self.span(place),
            span=self.span(tree),
        )

    _provision_discretionary = _provision_not_encoded

    def _affecting(self, tree: Node) -> declarations.Affecting:
        term, condition = tree.children
        assert isinstance(term, Token) and isinstance(condition, Tree)
        return declarations.Affecting(term=self.word(term), condition=self.expr(condition), span=self.span(tree))

    def _every_figure(self, tree: Node) -> Declaration:
        type_, multiple = (child for child in tree.children if isinstance(child, Tree) and child.data not in _EVERY_CLAUSES)
        return declarations.StandingCheck(
            type=self.type(type_),
            multiple=self.signed(multiple),
            excepted=tuple(word for clause in children(tree, "every_except") for word in self.words(clause)),
            period=self.period(tree),
            cites=self.cites(tree),
            notes=self.notes(tree),
            span=self.span(tree),
        )


_REMARKS = {"cite", "made_by", "because", "note"}
_EVERY_CLAUSES = {"every_except", "period", "cite", "note"}
