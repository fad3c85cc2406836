"""What is written of a tree is read again as the same tree, in the one layout, with no bracket that could be left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from textwrap import dedent, indent
from typing import Any, get_args

from hypothesis import given, settings

from engine.book.resolve import declared_units, units_of, with_units
from engine.book.schemes import folder, with_keys
from grammar import declarations as d
from grammar import syntax, writing, writing_values
from grammar.declarations import Declaration, File
from grammar.formatting import formatted
from grammar.parsing import parse
from grammar.source import Source
from grammar.syntax import Expr, Tree
from grammar.table import parser
from grammar.writing import written, written_part
from tests.books import ROOT, RULES
from tests.conforming import FILES, ConformanceCase, cases_in
from tests.fuzz.corpus import documented
from tests.reference.running import Scene, scenes
from tests.test_formatting import SHIPPED, UGLY
from tests.test_house import fenced

SHIPPED_RULES = [path for path in SHIPPED if path.suffix == ".rules"]


def texts() -> Iterator[str]:
    """Every rule file and case that we ship, show or test with."""
    for path in (*SHIPPED, *UGLY):
        yield path.read_text(encoding="utf-8")
    for path in FILES:
        for case in cases_in(path):
            yield from case.texts
    yield from documented()
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = path.read_text(encoding="utf-8")
        yield from fenced(page, "rules") + fenced(page, "case")


def read(text: str) -> File | None:
    """What a text declares; None where there is a mistake in it."""
    parsed = parse(Source("test.rules", text))
    return None if parsed.problems else parsed.file


@cache
def declarations() -> tuple[Declaration, ...]:
    """All of those texts in which there is no mistake, each once."""
    files = [read(text) for text in dict.fromkeys(texts())]
    return tuple(dict.fromkeys(declaration for file in files if file for declaration in file.declarations))


def hold(declaration: Declaration) -> None:
    """A declaration comes back, and its text is laid out."""
    text = written(declaration)
    file = read(text)
    assert file is not None, text
    assert file.declarations == (declaration,), text
    assert formatted(Source("", text)).text == text


# ---- declarations ---------------------------------------------------------------------------------------------------


def test_every_declaration_comes_back() -> None:
    """Of every kind."""
    assert {type(declaration) for declaration in declarations()} == set(get_args(Declaration))
    for declaration in declarations():
        hold(declaration)


@settings(max_examples=30, deadline=None)
@given(scenes())
def test_books_that_are_made_up_come_back(scene: Scene) -> None:
    """With their households."""
    for text in (scene.book.text, *(case.text for case in scene.cases if case.path.endswith(".case"))):
        file = read(text)
        assert file is not None
        for declaration in file.declarations:
            hold(declaration)


def test_every_kind_of_tree_has_a_way_to_be_written() -> None:
    """A new one has to be given one."""
    assert set(writing._KINDS) == set(get_args(Declaration))
    assert set(writing_values._PHRASES) == {*get_args(Expr), syntax.Word}


def test_what_we_ship_is_mostly_written_as_it_stands() -> None:
    """But for comments, empty lines, brackets for the eye, and the order of clauses of different kinds."""
    count = alike = 0
    for path in SHIPPED:
        file = parse(Source("", path.read_text(encoding="utf-8"))).file
        for declaration in file.declarations:
            count += 1
            said = re.sub(r"^ *#.*\n|  #.*$", "", formatted(Source("", declaration.span.text)).text, flags=re.MULTILINE)
            alike += said == written(declaration)
    assert count > 400
    assert alike / count > 0.97


# ---- brackets -------------------------------------------------------------------------------------------------------


def without_one_pair(text: str) -> Iterator[str]:
    """A text without its first pair of brackets, without its second, and so on."""
    open_: list[int] = []
    for token in parser().lex(text):
        if token.type == "LPAR":
            open_.append(token.start_pos or 0)
        elif token.type == "RPAR":
            start, end = open_.pop(), token.start_pos or 0
            yield f"{text[:start]} {text[start + 1 : end]} {text[end + 1 :]}"


def hold_no_bracket_too_many(declaration: Declaration) -> int:
    """Without any pair of its brackets, a text is another or none; how many pairs there are."""
    text = written(declaration)
    fewer = list(without_one_pair(text))
    for shorter in fewer:
        file = read(shorter)
        assert file is None or file.declarations != (declaration,), f"{text}\nsays the same as\n{shorter}"
    return len(fewer)


def test_no_bracket_could_be_left_out() -> None:
    """Each pair that is written makes a difference."""
    assert sum(map(hold_no_bracket_too_many, declarations())) > 150


# ---- parts ----------------------------------------------------------------------------------------------------------


def parts(tree: Any) -> Iterator[Tree]:
    for part in tree.inside() if isinstance(tree, Tree) else tree:
        if isinstance(part, Tree):
            yield part
        yield from parts(part) if isinstance(part, Tree | tuple) else ()


def test_a_part_is_written_as_in_its_declaration() -> None:
    """Word for word; an alternative that is not the first begins with another word."""
    seen = set()
    for declaration in declarations():
        words = " ".join(written(declaration).split())
        for part in parts(declaration):
            if type(part) in writing._PARTS:
                seen.add(type(part))
                said = " ".join(written_part(part).split())
                assert said.removeprefix("is ") in words if isinstance(part, d.Alternative) else said in words
    assert seen == set(writing._PARTS)


def test_a_part_has_the_lines_of_its_declaration() -> None:
    """Without the margin."""
    for path in SHIPPED_RULES:
        for declaration in parse(Source("", path.read_text(encoding="utf-8"))).file.declarations:
            for part in parts(declaration):
                if isinstance(part, d.Dated | d.Band | d.ScaleVersion) or (
                    isinstance(part, d.Version | d.TableVersion) and part.period
                ):
                    assert indent(written_part(part), "  ") in written(declaration)


# ---- names ----------------------------------------------------------------------------------------------------------


def resolved(sources: list[Source]) -> tuple[list[File], Callable[[str], str]] | None:
    """Files with every name as its key and every unit as its symbol, and how a key is written wherever it is used.

    None where there is a mistake.
    """
    parsed = [parse(source) for source in sources]
    problems = [problem for one in parsed for problem in one.problems]
    files, keys = with_keys([one.file for one in parsed], problems)
    files, _ = with_units(files, declared_units(files), (), problems)
    return None if problems else (files, keys.permanent)


def hold_with_keys(sources: list[Source]) -> set[str]:
    """Files written from what the engine makes of them mean the same to it; the names that are written with a scheme."""
    before = resolved(sources)
    if before is None:
        return set()
    files, permanent = before
    schemes = {
        folder(file.source.path): f"{one.name}." for file in files for one in file.declarations if isinstance(one, d.Scheme)
    }
    names = set()
    again = []
    for file in files:

        def called(key: str, scheme: str = schemes.get(folder(file.source.path), "")) -> str:
            name = permanent(key).removeprefix(scheme)
            names.add(name)
            return name

        texts = [written(declaration, called) for declaration in file.declarations]
        again.append(Source(file.source.path, "\n".join(texts)))
    after = resolved(again)
    assert after is not None
    assert [file.declarations for file in after[0]] == [file.declarations for file in files]
    return {name for name in names if "." in name}


def test_the_shipped_schemes_can_be_written_from_what_the_engine_makes_of_them() -> None:
    """With the scheme before a name of another."""
    sources = [Source(str(path.relative_to(RULES)), path.read_text(encoding="utf-8")) for path in SHIPPED_RULES]
    assert len(hold_with_keys(sources)) > 10


def sources_of(case: ConformanceCase) -> list[Source]:
    """Its rule files, each in its folder."""
    found = [Source("rules", text) for text in case.shared]
    for number, block in enumerate(case.blocks):
        if block.kind == "rules" or block.kind.startswith("rules in "):
            found.append(Source(f"{block.kind.removeprefix('rules').removeprefix(' in ') or '.'}/{number}", block.text))
    return found


def test_every_book_can_be_written_from_what_the_engine_makes_of_it() -> None:
    """Those of the conformance cases: several schemes, and units of their own."""
    books = [sources for path in FILES for case in cases_in(path) if resolved(sources := sources_of(case))]
    assert sum(bool(hold_with_keys(sources)) for sources in books) > 3
    assert sum(any("\nunit " in source.text for source in sources) for sources in books) > 3


def test_terms_in_sentences_are_called_as_elsewhere() -> None:
    """In braces, of a rule and of what it says in one case."""
    text = 'rule r of p "{rate}" : number\n  because "It is {rate}."\n  is rate\n    because "{rate}, not {floor}"\n'
    file = read(text)
    assert file is not None
    said = written(file.declarations[0], lambda name: f"law.{name}" if name == "rate" else name)
    assert said == text.replace("{rate}.", "{law.rate}.").replace("is rate", "is law.rate").replace("{rate},", "{law.rate},")


def test_declared_units_are_written_as_they_are_counted() -> None:
    """One visit, several visits, whichever the file wrote."""
    text = dedent(
        """\
        rule r of p "" : visit a week
          is 1 visits + 2 visit + 1.0 visit per week + £5 per visits
        """
    )
    file = read(text)
    assert file is not None
    rule = units_of(file.declarations[0], {"visit": "visit:visits", "visits": "visit:visits"})
    assert written(rule) == dedent(
        """\
        rule r of p "" : visits a week
          is 1 visit + 2 visits + 1.0 visits per week + £5 per visit
        """
    )
