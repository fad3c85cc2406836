"""Tests in the language: the examples of a book run, what they exercise, and households for what they do not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from attrs import frozen

from engine.assessment import Step
from engine.graph import Graph
from engine.testing.coverage import Coverage, coverage, parts_of
from engine.testing.examples import Worked, worked
from engine.testing.households import household_of
from engine.testing.parts import Part, PartId
from engine.testing.suggest import Search, Suggestion
from grammar.problems import Problem, errors, in_order
from jurat.rulebook import Rules


@frozen(eq=False, repr=False)
class Tested:
    """The examples of a book, worked out; and the problems of the rules because of which some could not be."""

    rules: Rules
    examples: tuple[Worked, ...]
    problems: tuple[Problem, ...]

    def of(self, files: Collection[str]) -> tuple[Worked, ...]:
        """The examples that stand in these files; of none, all."""
        return tuple(w for w in self.examples if not files or w.example.span.source.path in files)

    def coverage(self, files: Collection[str] = ()) -> Coverage:
        """What all examples exercise of the parts that stand in these files; of none, of every part.

        One that chooses another reading exercises nothing: what it runs is not what the rules say.
        """
        parts = [part for part in parts_of(self.rules.law) if not files or part.span.source.path in files]
        return coverage(
            parts,
            [
                (w.example, w.assessment, [o.found.key for o in w.outcomes if isinstance(o.found, Step)])
                for w in self.examples
                if w.assessment is not None and not w.example.readings
            ],
        )

    def suggestions(self, parts: Sequence[Part]) -> Iterator[Suggestion]:
        """A household for each of these parts, but for those that a household before it exercises already."""
        days = self.rules.law.changes
        known = [(w.assessment.case.on, household_of(w.assessment.case)) for w in self.examples if w.assessment is not None]
        search = Search(self._graph, days, known)
        done: set[PartId] = set()
        for part in parts:
            if part.id not in done:
                found = search.suggest(part)
                done |= found.exercises
                yield found

    def _graph(self, day: date) -> Graph | None:
        checked = self.rules.on(day)
        return None if errors(checked.problems) else checked.graph


def run_examples(rules: Rules) -> Tested:
    """Works out every example of a book, in the order of files and lines; none where a file could not be read whole."""
    found: list[Worked] = []
    problems = list(rules.problems)
    for example in sorted(rules.law.examples, key=lambda e: (e.span.source.path, e.span.start)):
        assert example.on is not None
        checked = rules.on(example.on, example.known, [word.name for word in example.readings])
        wrong = rules.wrongly_chosen(example, checked)
        if wrong or errors(rules.problems) or errors(checked.problems):
            problems += wrong or checked.problems
            found.append(Worked(example, ()))
        else:
            found.append(worked(example, checked.graph))
    return Tested(rules, tuple(found), tuple(in_order(problems)))
