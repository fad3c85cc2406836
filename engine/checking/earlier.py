"""What was made of the same law on other days: what stands unchanged, on what stands unchanged, is made once.

A law is checked on every day on which something of it changes, and with every reading; most of it is then as it was.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from attrs import define, field, frozen

from engine.book.consolidate import InForce
from engine.book.law import Law
from engine.checking.naming import Names
from engine.checking.vocabulary import Vocabulary
from engine.graph import Checked, Term
from grammar.problems import Problem


@frozen(eq=False, repr=False)
class Made:
    """A provision as a term, with what was wrong with it; no term where what it names is not there."""

    term: Term | None
    problems: tuple[Problem, ...]
    is_broken: bool
    in_force: InForce | None
    """What it was made of, which lives as long."""


@define(eq=False, repr=False)
class Earlier:
    """The vocabulary, which has no dates, and every term that was made; of one law only."""

    words: Vocabulary | None = None
    problems: list[Problem] = field(factory=list)
    """Those of the vocabulary."""
    inputs: tuple[Term, ...] = ()
    made: dict[Hashable, Made] = field(factory=dict)
    """By what each follows from (see `says`)."""
    cases: dict[tuple[int, date | None], tuple[Problem, ...]] = field(factory=dict)
    """By term and day (None: on any day), what is wrong with its cases and exceptions."""
    graphs: dict[Hashable, Checked] = field(factory=dict)
    """Of stretches of days, as known and read, for what looks at them from another day."""


def of(law: Law) -> Earlier:
    """What was made of a law so far, for whoever looks at several of its days."""
    found: Earlier = law.made.setdefault(Earlier, Earlier())
    return found


def says(name: str, names: Names) -> Hashable:
    """All that a term follows from: its place, its text with who made it, and the terms that it may read, which live as long."""
    book, terms, broken = names.book, names.terms, names.broken
    reads = tuple([(id(terms.get(other)), other in broken) for other in book.law.ever.names[name]])
    in_force = book.in_force.get(name)
    return name, len(names.in_order), book.absent[name].nearest if in_force is None else id(in_force), reads
