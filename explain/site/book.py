"""What a site is made of: a book on a day, with its examples worked out, what they exercise, and the households' cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from engine.assessment import Step
from engine.book.law import Law
from engine.graph import Graph, Term
from engine.testing.coverage import Coverage
from engine.testing.examples import Worked
from engine.testing.mentions import Mention
from engine.testing.parts import Part
from engine.testing.provisions import Named, Place, ProvisionMap
from explain.phrases import sentence
from explain.rules.drawing import Arrow, Drawing, arrows_of, drawing
from explain.site.addresses import Addresses, addresses
from grammar.declarations import Duty
from grammar.source import Span


@frozen(eq=False, repr=False)
class Household:
    """A case that stands beside the rules: what it is awarded, and its explanation as a page; or why there is none."""

    file: str
    """As it is called in the site."""
    title: str
    on: date | None
    awards: tuple[tuple[str, str, str], ...]
    """The key of each award, whose it is, and its value in words."""
    why: str | None
    page: str | None


@frozen(slots=False, eq=False, repr=False)
class Told:
    """A book as its site tells it."""

    title: str
    law: Law
    """With every version."""
    graph: Graph
    """Of the day."""
    examples: tuple[Worked, ...]
    coverage: Coverage
    provisions: ProvisionMap
    households: tuple[Household, ...]
    shown: Mapping[str, str]
    """Each rule file as it is called in the site."""
    layouts: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    """Where the boxes of each award's graph stand in a picture, by the key of the award; none where nothing lays them out."""

    @property
    def on(self) -> date:
        return self.graph.on

    @property
    def known(self) -> date | None:
        return self.graph.known

    @cached_property
    def addresses(self) -> Addresses:
        awards = [term.name for term in self.graph.awards]
        return addresses(self.law, awards, self.provisions, (worked.example for worked in self.examples), self.shown)

    @cached_property
    def instruments_by_title(self) -> Mapping[str, str]:
        """Where the index by provision begins with an instrument, by its title."""
        return {self.law.instruments[name].title: address for name, address in self.addresses.instruments.items() if name}

    @cached_property
    def affected(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The terms that a provision without a term may refuse, by its instrument and place."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for unwritten in self.law.unwritten:
            for write in unwritten.timeline.writes:
                terms = found.setdefault((unwritten.instrument or "", write.text.place), {})
                terms.update((clause.term.name, None) for clause in write.text.affecting)
        return {key: tuple(terms) for key, terms in found.items()}

    def place(self, span: Span) -> str:
        """`income_support/income.rules, line 43`."""
        return sentence("{file}, line {number}", file=self.shown[span.source.path], number=span.line)

    def scheme(self, key: str) -> str | None:
        """The scheme that a term belongs to."""
        name, _, own = self.law.keys.permanent(key).rpartition(".")
        return name if own and name in self.law.keys.schemes else None

    # ---- what hangs together ----------------------------------------------------------------------------------------

    @cached_property
    def needs(self) -> Mapping[int, Sequence[Arrow]]:
        """The arrows from each term to what its formula reads."""
        return {term.index: arrows_of(self.graph, term) for term in self.graph.terms}

    @cached_property
    def needed_by(self) -> Mapping[int, Sequence[Arrow]]:
        found: dict[int, list[Arrow]] = {term.index: [] for term in self.graph.terms}
        for arrows in self.needs.values():
            for arrow in arrows:
                found[arrow.end].append(arrow)
        return found

    def drawing(self, award: Term) -> Drawing:
        """What an award rests on, with each file as it is called in the site."""
        drawn = drawing(self.graph, [award])
        boxes = (evolve(box, place=self.place(self.graph.terms[box.number].span)) for box in drawn.boxes)
        return evolve(drawn, boxes=tuple(boxes))

    # ---- what examples reach ----------------------------------------------------------------------------------------

    @cached_property
    def reached(self) -> Mapping[str, Sequence[Worked]]:
        """The examples whose answers rest on a term, or expect something of it, in the order of files and lines."""
        found: dict[str, list[Worked]] = {}
        for worked in self.examples:
            if worked.assessment is None:
                continue
            keys = [outcome.found.key for outcome in worked.outcomes if isinstance(outcome.found, Step)]
            steps = worked.assessment.under(keys)
            names = {step.term.name: None for step in steps}
            names |= {worked.assessment.graph.terms[index].name: None for step in steps for index, _ in step.reads}
            names |= {outcome.term.name: None for outcome in worked.outcomes}
            for name in names:
                found.setdefault(name, []).append(worked)
        return found

    @cached_property
    def parts(self) -> Mapping[str, Sequence[Part]]:
        found: dict[str, list[Part]] = {}
        for part in self.coverage.parts:
            found.setdefault(part.term, []).append(part)
        return found

    @cached_property
    def cited(self) -> Mapping[tuple[str, str], Sequence[tuple[Named, Place, Sequence[Mention]]]]:
        """By kind and name of a term: the instrument and the place that it cites, with how it does."""
        found: dict[tuple[str, str], list[tuple[Named, Place, Sequence[Mention]]]] = {}
        for named in self.provisions.named:
            for place in named.places:
                by: dict[tuple[str, str], list[Mention]] = {}
                for mention in place.mentions:
                    by.setdefault((mention.kind, mention.term), []).append(mention)
                for key, mentions in by.items():
                    found.setdefault(key, []).append((named, place, mentions))
        return found

    @cached_property
    def reported(self) -> Mapping[str, Sequence[str]]:
        """The duties by which a change of a fact has to be reported, in any version."""
        found: dict[str, dict[str, None]] = {}
        for name, notice in self.law.notices.items():
            for write in notice.timeline.writes:
                for word in write.text.about if isinstance(write.text, Duty) else ():
                    found.setdefault(word.name, {})[name] = None
        return {fact: tuple(duties) for fact, duties in found.items()}

    def term(self, key: str) -> Term:
        return self.graph.by_name[key]

    def titled(self, key: str) -> str:
        """What a term is called by its title, or a challenge or a duty."""
        return self.law.notices[key].head.title if key in self.law.notices else self.term(key).title
