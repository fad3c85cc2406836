"""One slip of the pen in a book of law: a word dropped, doubled or exchanged with the next.

Each is refused with a problem whose fix is of use, and touches no other declaration; but for a few kinds that are accepted. They
stand here, because each of them is a place where the language lets a slip through.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from attrs import frozen
from lark import Token

import jurat
from grammar.declarations import Declaration
from grammar.parsing import Parsed, parse
from grammar.problems import errors
from grammar.source import Source
from grammar.table import parser
from grammar.words import called
from jurat.rulebook import from_sources
from tests.books import FIRST_LAW
from tests.test_messages import done_as_said

LAW = [Source(path.name, path.read_text(encoding="utf-8")) for path in sorted(FIRST_LAW.glob("*.rules"))]
BEFORE, AFTER = "unit before_it plural befores_it", "unit after_it plural afters_it"
ACCEPTED = {
    "dropped: a name after `cite`": "a citation need not say of which instrument",
    "dropped: text in quotes after a name": "an entity, a choice and `made by` can do without",
    "dropped: `before` after `made`": "the day is then the one on which it was made",
}
"""The slips that nobody is told of, and why nobody can be."""


@frozen
class Mutant:
    """A declaration with one slip in it."""

    source: Source
    declaration: Declaration
    change: Literal["dropped", "doubled", "exchanged"]
    before: Token | None
    token: Token
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def kind(self) -> str:
        """What was changed, in words: `dropped: a name after `cite``."""
        after = f" after {_word(self.before)}" if self.before is not None else ""
        return f"{self.change}: {_word(self.token)}{after}"

    def in_its_file(self) -> Source:
        span = self.declaration.span
        return Source(self.source.path, f"{self.source.text[: span.start]}{self.text} {self.source.text[span.end :]}")


def _word(token: Token) -> str:
    said = called(token.type)
    return f"`{' '.join(token.split())}`" if said == "something else" else said


def mutants() -> Iterator[Mutant]:
    for source in LAW:
        tokens = list(parser().lex(source.text))
        for declaration in parse(source).file.declarations:
            start, end = declaration.span.start, declaration.span.end
            piece = [token for token in tokens if start <= (token.start_pos or 0) < end]
            for place, token in enumerate(piece):
                before, texts = (piece[place - 1] if place else None), [str(token) for token in piece]
                first, rest = texts[:place], texts[place + 1 :]
                yield Mutant(source, declaration, "dropped", before, token, (*first, *rest))
                yield Mutant(source, declaration, "doubled", before, token, (*first, token, token, *rest))
                if rest and rest[0] != token:
                    yield Mutant(source, declaration, "exchanged", before, token, (*first, rest[0], token, *rest[1:]))


@cache
def alone() -> list[tuple[Mutant, Parsed]]:
    """Every mutant, read between two declarations that have nothing to do with it."""
    return [(mutant, parse(Source("mutant.rules", between(mutant)))) for mutant in mutants()]


def between(mutant: Mutant) -> str:
    return f"{BEFORE} {mutant.text} {AFTER}"


def test_a_slip_changes_no_other_declaration() -> None:
    """What stands before and after is read as it was."""
    neighbours = [declaration for text in (BEFORE, AFTER) for declaration in parse(Source("", text)).file.declarations]
    for mutant, parsed in alone():
        assert [declaration for declaration in parsed.file.declarations if declaration in neighbours] == neighbours, mutant.text


def test_what_is_accepted() -> None:
    """By kind. A new kind is a slip that nobody would be told of; one that is gone has been forbidden since."""
    accepted: set[str] = set()
    for mutant, parsed in alone():
        if parsed.problems or mutant.declaration in parsed.file.declarations:
            continue
        changed = mutant.in_its_file()
        book = from_sources([changed if source is mutant.source else source for source in LAW])
        if not errors(jurat.check(book)):
            accepted.add(mutant.kind)
    assert accepted == set(ACCEPTED)


def test_a_dropped_word_is_asked_for() -> None:
    """Where a message says which word to add, the declaration can then be read; and nearly all messages say what to do."""
    asked = mended = unsaid = refused = 0
    for mutant, parsed in alone():
        if mutant.change != "dropped" or not parsed.problems:
            continue
        [*_, problem] = parsed.problems
        refused += 1
        unsaid += "docs/language.md" in (problem.fix or "")
        done = done_as_said(between(mutant), problem) if problem.code == "unexpected-word" else None
        if done is not None:
            asked += 1
            mended += not parse(Source("mended.rules", done)).problems
    assert mended >= asked * 9 // 10
    assert unsaid <= refused // 10
