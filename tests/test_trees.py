"""Trees are Lark's own: our loops over its table give the same tokens and the same trees, with the same offsets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark, Token
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedToken

from grammar.parsing import pieces
from grammar.table import build, parser
from grammar.trees import Tree, made_of, reader
from tests.books import ROOT, RULES
from tests.test_house import fenced

MESSAGES = ROOT / "tests" / "messages"
FILES = [path for folder in (RULES, MESSAGES) for path in sorted(folder.rglob("*")) if path.suffix in (".rules", ".case")]

SHAPES = r"""
start: list _rest? empty wrapped+ kept
list: "[" [item ("," item)*] "]" [NUMBER] [item]
?item: NAME | "(" item ")" | pair | "<" NUMBER ">"
pair: item "=" item -> equals
_rest: "rest" NAME NUMBER
empty:
wrapped: inner
?inner: "{" inner "}" | "none" -> nothing | NUMBER NUMBER
!kept: "keep" NAME
NAME: /[a-z]+/
NUMBER: /[0-9]+/
%ignore " "
"""
"""A grammar with every way in which Lark shapes a tree, those included that the language does not use today."""


@cache
def plain() -> Lark:
    return build()


def shape(tree: LarkTree[Token] | Tree | Token | None) -> object:
    """A tree as nested lists: what each node and each token is, and from where to where."""
    match tree:
        case None:
            return None
        case Token():
            return (tree.type, str(tree), tree.start_pos, tree.end_pos)
        case Tree():
            return (tree.data, tree.start, tree.end, [shape(child) for child in tree.children])
    meta = tree.meta
    place = (0, 0) if meta.empty else (meta.start_pos, meta.end_pos)
    return (str(tree.data), *place, [shape(child) for child in tree.children])


def as_lark_reads(lark: Lark, tokens: list[Token]) -> object:
    """The shape of Lark's tree of tokens; None where it finds a mistake."""
    state = lark.parse_interactive()
    try:
        for token in tokens:
            state.feed_token(token)
        return shape(state.feed_eof(tokens[-1]))
    except UnexpectedToken:
        return None


def hold_against_lark(text: str) -> int:
    """Compares all tokens of a text and the tree of each of its pieces; how many pieces are whole declarations."""
    tokens, wanted = reader().tokens(text), list(plain().lex(text))
    assert [shape(token) for token in tokens] == [shape(token) for token in wanted]
    whole = 0
    for ours, larks in zip(pieces(tokens, text), pieces(wanted, text), strict=True):
        tree = reader().tree(ours)
        assert (None if tree is None else shape(tree)) == as_lark_reads(plain(), larks)
        whole += tree is not None
    return whole


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_gives_larks_trees(path: Path) -> None:
    """The shipped rules, and every file with a mistake, each declaration up to the mistake."""
    whole = hold_against_lark(path.read_text(encoding="utf-8"))
    assert whole or path.parent == MESSAGES


def test_what_the_documents_show_gives_larks_trees() -> None:
    """Every example of docs/language.md."""
    assert sum(hold_against_lark(text) for text in fenced((ROOT / "docs" / "language.md").read_text("utf-8"), "rules")) > 20


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_part_of_a_declaration_is_refused_where_lark_refuses_it(data: st.DataObject) -> None:
    """A declaration from the shipped rules with words left out at any place."""
    text = data.draw(st.sampled_from([path for path in FILES if RULES in path.parents])).read_text(encoding="utf-8")
    piece = data.draw(st.sampled_from(list(pieces(list(plain().lex(text)), text))))
    start = data.draw(st.integers(0, len(piece) - 1))
    end = data.draw(st.integers(start, len(piece)))
    left = [*piece[:start], *piece[end:]]
    tree = reader().tree(left)
    assert (None if tree is None else shape(tree)) == (as_lark_reads(plain(), left) if left else None)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_gives_larks_tokens(text: str) -> None:
    """Whatever the characters: none is passed over, none is read twice."""
    assert [shape(token) for token in reader().tokens(text)] == [shape(token) for token in parser().lex(text)]


@pytest.mark.parametrize(
    "text",
    [
        "[] none keep a",
        "[] 5 none none keep a",
        "[a, b] {1 2} keep a",
        "[a, (b), ((a = b) = c)] 7 (x) rest c 4 {{none}} 3 4 keep k",
        "[(<5>), <6> = (<7>)] (((a))) {{{{none}}}} keep k",
    ],
)
def test_every_shape_of_a_rule_gives_larks_trees(text: str) -> None:
    """Of a grammar made for it: nothing in the loop knows the language."""
    lark = Lark(SHAPES, parser="lalr", lexer="basic", propagate_positions=True)
    ours = made_of(lark)
    tree = ours.tree(ours.tokens(text))
    assert tree is not None
    assert shape(tree) == shape(lark.parse(text))


def test_what_is_too_short_or_too_long_has_no_tree() -> None:
    """No token, no end, and one too many."""
    for text in ("", "entity", "entity person person", "person"):
        assert reader().tree(reader().tokens(text)) is None
