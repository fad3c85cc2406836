"""The sentences beside a rule (`because`), in which the values of terms are put: each must be one that the rule reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from engine.book.consolidate import InForce
from engine.checking.naming import Names
from engine.graph import Term, node_reads
from engine.mechanisms.base import Scope
from engine.nodes import Formula, Node, walk
from grammar import declarations as d
from grammar.source import Span
from grammar.words import closest

IN_BRACES = re.compile(r"\{([^{}]*)\}")


def check_sentences(in_force: InForce, formula: Formula, scope: Scope, names: Names) -> None:
    """What the sentence of a rule names some case must read, and what that of a case names that case, or what decides for it."""
    by_index = names.in_order
    head = in_force.provision.head
    own = getattr(head, "because", None)
    if own:
        _check(own, [formula.root], head.span, "rule", scope, by_index)
    for sentence, span, nodes in _cases(in_force, formula.root):
        if sentence:
            _check(sentence, nodes, span, "case", scope, by_index)


def _cases(in_force: InForce, root: Node) -> Iterator[tuple[str | None, Span, list[Node]]]:
    """The sentence of each case, where it stands, and what has been worked out when the case applies."""
    decides: list[Node] = []
    if root.mechanism == "affected":
        root, *decides = root.args
    if root.mechanism == "exceptions":
        decides += root.args[2::2]
        for exception, value in zip(in_force.exceptions, root.args[1::2], strict=True):
            yield exception.clause.because, exception.clause.span, [*decides, value]
        root = root.args[0]
    if root.mechanism == "table":
        yield from _rows(in_force, root, decides)
        return
    if root.mechanism != "alternatives":
        yield from ((case.because, case.span, [*decides, root]) for case in in_force.alternatives[:1])
        return
    conditions = root.args[1::2]
    for number, (case, value) in enumerate(zip(in_force.alternatives, root.args[0::2], strict=True)):
        yield case.because, case.span, [*decides, *conditions[: number + 1], value]


def _rows(in_force: InForce, root: Node, decides: list[Node]) -> Iterator[tuple[str | None, Span, list[Node]]]:
    """The sentence of each row of a table, and of what fills its gaps, with its columns and its own value."""
    columns, values = root.args[: root.detail.columns], root.args[root.detail.first_value :]
    cases: list[d.Row | d.Alternative] = [row.clause for row in in_force.rows]
    if isinstance(in_force.text, d.TableVersion) and in_force.text.otherwise is not None:
        cases.append(in_force.text.otherwise)
    for case, value in zip(cases, values, strict=True):
        yield case.because, case.span, [*decides, *columns, value]


def _check(sentence: str, nodes: Iterable[Node], span: Span, what: str, scope: Scope, by_index: Sequence[Term]) -> None:
    read = {index for node in nodes for part in walk(node) for index in node_reads(part)}
    allowed = {by_index[index].name for index in read if index < len(by_index)} | {scope.subject}
    for name in IN_BRACES.findall(sentence):
        if name not in allowed:
            near = closest(name, allowed, scope.problems)
            scope.problem(
                "because-names-unread",
                f"The sentence names `{{{name}}}`, which the {what} does not use.",
                span.find(f"{{{name}}}"),
                "in its `because`",
                f"Write `{{{near}}}`." if near else f"Name only terms that the {what} uses.",
            )
