"""What was made of the same law on other days: what stands unchanged, on what stands unchanged, is made once.

A law is checked on every day on which something of it changes, and with every reading; most of it is then as it was.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date

from attrs import define, field, frozen

from engine.checking.naming import Names
from engine.checking.vocabulary import Vocabulary
from engine.graph import Term
from grammar.problems import Problem


@frozen(eq=False, repr=False)
class Made:
    """A provision as a term, with what was wrong with it; no term where what it names is not there."""

    term: Term | None
    problems: tuple[Problem, ...]
    is_broken: bool


@define(eq=False, repr=False)
class Earlier:
    """The vocabulary, which has no dates, and every term that was made; of one law only."""

    for_once: bool = False
    """Whether no other day follows, so that nothing need be kept."""
    words: Vocabulary | None = None
    problems: list[Problem] = field(factory=list)
    """Those of the vocabulary."""
    inputs: tuple[Term, ...] = ()
    cases: dict[tuple[int, date], tuple[Problem, ...]] = field(factory=dict)
    """By term and day, what is wrong with its cases and exceptions."""
    _made: dict[Hashable, Made] = field(factory=dict)

    def again(self, name: str, names: Names) -> Made | None:
        """The same term as on another day, where nothing that it says or reads is another; None where it has to be made."""
        return None if self.for_once else self._made.get(_says(name, names))

    def keep(self, name: str, names: Names, term: Term | None, problems: Sequence[Problem]) -> Made:
        made = Made(term, tuple(problems), name in names.broken)
        if not self.for_once:
            self._made[_says(name, names)] = made
        return made


def _says(name: str, names: Names) -> Hashable:
    """All that a term follows from: its place, its text with who made it, and the terms that it may read, which live as long."""
    book = names.book
    reads = tuple([(id(names.terms.get(other)), other in names.broken) for other in book.law.ever.names[name]])
    in_force = book.in_force.get(name)
    if in_force is None:
        return name, len(names.in_order), book.absent[name].nearest, reads
    parts = tuple([(id(part.clause), part.authority) for part in in_force.exceptions])
    rows = tuple([(id(part.clause), part.authority) for part in in_force.rows])
    touching = tuple([(id(affected.clause), affected.by.authority) for affected in in_force.affected])
    text, reading = id(in_force.text), id(in_force.reading)
    return name, len(names.in_order), text, in_force.authority, reading, parts, rows, touching, reads
