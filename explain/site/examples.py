"""The examples of a rule file as a page: what is given, what is expected, and what the rules give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from engine.book.law import citations
from engine.testing.examples import Outcome, Worked
from explain.phrases import UNWRITTEN, day_words, numbered, sentence
from explain.site.addresses import page_of_examples, to
from explain.site.book import Told
from explain.site.linking import Words, linked, ways
from explain.site.terms import value_words
from grammar.writing import written


@frozen(eq=False, repr=False)
class ExpectedView:
    """One expectation beside what the rules give."""

    title: str
    to: str
    whose: str
    expected: str
    found: str
    holds: bool


@frozen(eq=False, repr=False)
class ExampleView:
    anchor: str
    title: str
    day: str
    known: str | None
    readings: str
    """Those that it takes; "" for none."""
    place: str
    cites: tuple[str, ...]
    notes: tuple[str, ...]
    holds: bool
    why: tuple[str, ...]
    """Why it could not be worked out."""
    outcomes: tuple[ExpectedView, ...]
    text: tuple[Words, ...]


@frozen(eq=False, repr=False)
class ExamplesPage:
    address: str
    file: str
    examples: tuple[ExampleView, ...]

    @property
    def held(self) -> str:
        """How many of them hold."""
        held = sum(example.holds for example in self.examples)
        return numbered("{held} of {number} hold", "{held} of {number} hold", len(self.examples), held=held)


def example_pages(told: Told) -> tuple[ExamplesPage, ...]:
    """A page a rule file that has examples."""
    by: dict[str, list[Worked]] = {}
    for worked in told.examples:
        by.setdefault(told.shown[worked.example.span.source.path], []).append(worked)
    return tuple(_page(told, file, each) for file, each in by.items())


def _page(told: Told, file: str, each: Sequence[Worked]) -> ExamplesPage:
    here = page_of_examples(file)
    return ExamplesPage(here, file, tuple(_example(told, worked, here) for worked in each))


def _example(told: Told, worked: Worked, here: str) -> ExampleView:
    example, law = worked.example, told.law
    assert example.on is not None
    on = example.on
    way = ways(told, here, lambda name: law.called(name, on))
    why = tuple(problem.message for problem in worked.problems)
    if worked.assessment is None and not why:
        why = (sentence("It was not worked out: the rules have problems on its day."),)
    return ExampleView(
        anchor=told.addresses.examples[id(example)].partition("#")[2],
        title=example.title,
        day=day_words(example.on),
        known=day_words(example.known) if example.known else None,
        readings=", ".join(word.name for word in example.readings),
        place=told.place(example.span),
        cites=tuple(map(str, citations(law, example.cites, None))),
        notes=example.notes,
        holds=worked.holds,
        why=why,
        outcomes=tuple(_outcomes(told, worked, here)),
        text=linked(written(example).rstrip(), way),
    )


def _outcomes(told: Told, worked: Worked, here: str) -> Iterator[ExpectedView]:
    for outcome in worked.outcomes:
        address = told.addresses.terms[outcome.term.name]
        expected = outcome.expected.words() if outcome.expected else sentence(UNWRITTEN["not encoded"])
        found = _found(outcome)
        yield ExpectedView(outcome.term.title, to(address, here), outcome.whose or "", expected, found, outcome.holds)


def _found(outcome: Outcome) -> str:
    return value_words(outcome.found) if outcome.found is not None else sentence("nobody of that name on the day")
