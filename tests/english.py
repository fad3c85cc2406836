"""English that no catalogue could translate: found in the syntax of modules, and in templates outside of their markup."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from jurat.catalogues import EXPLAIN, IN_LETTERS, IN_PAGES

MARKED = {*IN_PAGES, *IN_LETTERS}
_WORD = re.compile(r"[A-Za-z]{2}")
_SEVERAL = re.compile(r"[A-Za-z]{2,}.* .*|.* .*[A-Za-z]{2,}", re.DOTALL)

# ---- modules --------------------------------------------------------------------------------------------------------

_JOINS = {"said", "joined", "filled", "Markup"}
_ONLY_LOOKED_AT = {
    "compile", "template", "TypeVar", "getattr", "hasattr", "AssertionError", "startswith", "endswith", "removeprefix", "removesuffix",
    "partition", "rpartition", "split", "strip", "replace", "joinpath", "quantize", "Decimal", "files",
}  # fmt: skip
"""What looks for a text, or makes none that is shown."""


def english(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """By the name of what it stands in: each text of English words that is shown instead of being marked as a phrase."""
    for statement in tree.body:
        name = _name(statement)
        for found in _shown(statement):
            yield name, found


def _name(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _shown(node: ast.AST) -> Iterator[str]:
    """Texts of several words wherever they stand, and of one where it is put together with others or chosen to be said."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Compare() | ast.Import() | ast.ImportFrom() | ast.pattern():
            return
        case ast.Constant(value=str(text)):
            if _SEVERAL.fullmatch(text):
                yield text
            return
        case ast.Call(func=func) if _called(func) in MARKED:
            chosen = [arg for arg in node.args if not isinstance(arg, ast.Constant)]  # each of those has to be marked by itself
            for part in (*chosen, *(keyword.value for keyword in node.keywords)):
                yield from _shown(part)
            return
        case ast.Call(func=func) if _called(func) in _ONLY_LOOKED_AT:
            yield from _shown(func)
            return
        case ast.Call(func=ast.Name(id=name), args=args) if name in _JOINS:
            yield from _told(args)
        case ast.JoinedStr(values=values):
            yield from _told(values)
        case ast.Return(value=ast.Constant() as value):
            yield from _told([value])
        case ast.Return(value=ast.Tuple(elts=values)) | ast.BoolOp(values=values):
            yield from _told(values)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _told([body, orelse])
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            yield from _told([left, right])
        case ast.Dict(values=values):
            yield from _told(values)
        case ast.Subscript(value=value):
            yield from _shown(value)
            return
        case ast.AnnAssign(value=value):
            yield from () if value is None else _shown(value)
            return
        case ast.arg():
            return
    for child in _parts(node):
        yield from _shown(child)


def _parts(node: ast.AST) -> Iterable[ast.AST]:
    """What of a node can be shown: no keys, no annotations."""
    match node:
        case ast.Dict(values=values):
            return values
        case ast.FunctionDef(body=body):
            return body
    return ast.iter_child_nodes(node)


def _called(func: ast.expr) -> str:
    return getattr(func, "id", getattr(func, "attr", ""))


def _told(found: Iterable[ast.expr]) -> Iterator[str]:
    for node in found:
        match node:
            case ast.Constant(value=str(text)) if _WORD.search(text) and not _SEVERAL.fullmatch(text):  # those are found anywhere
                yield text


# ---- templates ------------------------------------------------------------------------------------------------------

_READ_OUT = ("title", "aria-label", "alt", "data-label", "placeholder")
_ENVIRONMENT = Environment(autoescape=True)


class _Text(HTMLParser):
    """What of a page people read: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        self.found += [value for name, value in attrs if name in _READ_OUT and value]

    def handle_endtag(self, tag: str) -> None:
        self.style = False

    def handle_data(self, data: str) -> None:
        self.found += [] if self.style else [data]


def read_out(page: str) -> list[str]:
    """The texts of a page."""
    parser = _Text()
    parser.feed(page)
    parser.close()
    return parser.found


def english_of_template(source: str) -> list[str]:
    """Words that a template says itself, and those that it chooses between, without having marked them as a phrase."""
    page = "".join(_pieces(_ENVIRONMENT.parse(source)))
    return [text for found in read_out(page) for text in re.findall(r"[^\n\0]*[A-Za-z]{2}[^\n\0]*", found)]


def _pieces(node: nodes.Node) -> Iterator[str]:
    """A template as one page, whatever its conditions are; where something is put in, the words that may be."""
    match node:
        case nodes.TemplateData(data=data):
            yield data
        case nodes.Output():
            for part in node.nodes:
                yield from _pieces(part) if isinstance(part, nodes.TemplateData) else ("\0", "\0".join(_constants(part)), "\0")
        case nodes.Block(name="style"):
            return
        case nodes.Extends() | nodes.Include() | nodes.FromImport() | nodes.Import():
            return
        case nodes.Assign():
            yield from ("\0", "\0".join(_constants(node.node)), "\0")
        case nodes.If():
            for child in (*node.body, *node.elif_, *node.else_):
                yield from _pieces(child)
        case nodes.For():
            for child in (*node.body, *node.else_):
                yield from _pieces(child)
        case nodes.Macro():
            yield "\0".join(text for default in node.defaults for text in _constants(default))
            for child in node.body:
                yield from _pieces(child)
        case _:
            for child in node.iter_child_nodes():
                yield from _pieces(child)


def _constants(node: nodes.Node) -> Iterator[str]:
    """Texts in an expression that may come out of it."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.Call(node=nodes.Name(name=name)) if name in MARKED:
            for keyword in node.kwargs:
                yield from _constants(keyword.value)
        case nodes.Compare() | nodes.Test():
            return
        case nodes.CondExpr():
            yield from _constants(node.expr1)
            yield from () if node.expr2 is None else _constants(node.expr2)
        case nodes.Filter():
            yield from () if node.node is None else _constants(node.node)
        case nodes.Getitem() | nodes.Getattr():
            yield from _constants(node.node)
        case _:
            for child in node.iter_child_nodes():
                yield from _constants(child)


# ---- all of them ----------------------------------------------------------------------------------------------------


def modules() -> list[Path]:
    return sorted(path for path in EXPLAIN.rglob("*.py") if path.parent.name != "reading_back")


def templates() -> list[Path]:
    return sorted(path for path in EXPLAIN.rglob("*.jinja") if not path.name.endswith(".css.jinja"))
