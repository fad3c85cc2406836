"""What a document shows: its parts, in the order in which every format shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from engine.book.law import Citation
from explain.page.changes import Changes
from explain.page.gaps import Gaps
from explain.page.nesting import Chapter
from explain.page.otherwise import Otherwise
from explain.page.relying import Instrument
from explain.page.rights import ChallengeView, DutyView
from explain.page.waterfall import Waterfall
from explain.phrases import numbered, sentence
from explain.telling.facts import Alike, FactView
from explain.telling.notes import Note, ReadingView
from explain.telling.rows import Passed

_MOST_NAMED = 8
"""Assumed facts that are named at the head; all of them stand among the facts."""

Reader = Literal["officer", "auditor"]
"""For whom a document is: an officer reads in short what came to nothing, an auditor every step in its place."""


@frozen(eq=False, repr=False)
class Use:
    """Something that a step used: its title and value, and the step or fact where it comes from."""

    title: str
    whose: str
    value: str
    step: int | None
    """None for a fact."""
    assumed: bool
    days: str | None = None
    """On which other days than the award's; None for its own."""
    standing: str | None = None
    """How well a fact is known, where it is said."""
    granted: str = ""
    """`Rent: nothing`, of a fact that is assumed."""


def taken_for_granted(uses: Iterable[Use]) -> tuple[str, ...]:
    """Of what a step used itself the facts that were not given, each once."""
    return tuple(dict.fromkeys(use.granted for use in uses if use.assumed))


@frozen(eq=False, repr=False)
class StepView:
    number: int
    kind: str
    name: str
    part: str | None
    """The exception or the row that gave its value, as the rules call it; None where none did."""
    title: str
    whose: str
    value: str
    refused: bool
    words: str
    figures: tuple[str, ...]
    applied: str | None
    passed: tuple[Passed, ...]
    because: str | None
    policy: str | None
    uses: tuple[Use, ...]
    used_by: tuple[int, ...]
    citations: tuple[Citation, ...]
    since: str
    notes: tuple[Note, ...]
    """On its provision, and on the facts that it uses."""
    maker_notes: tuple[Note, ...]
    """On the instrument by which it says so."""
    readings: tuple[ReadingView, ...]
    """Other meanings that its words bear, which were not taken."""

    @property
    def granted(self) -> tuple[str, ...]:
        """What its sentence takes for granted."""
        return taken_for_granted(self.uses) if self.because else ()

    @property
    def steps_used(self) -> list[int]:
        """The steps among what it uses, in the order of its formula."""
        return [use.step for use in self.uses if use.step is not None]


@frozen(eq=False, repr=False)
class ReasonView:
    """Why an answer is refused: the reason, its place in the law, and the way from the answer down to it."""

    message: str
    citation: str | None
    way: tuple[str, ...]


@frozen(eq=False, repr=False)
class Result:
    title: str
    whose: str
    value: str
    refused: bool
    step: int | None
    words: str | None
    """The formula of its step; None for a fact."""
    figures: str | None
    """The same with figures put in; None where there are none (a refusal before any)."""
    applied: str | None
    """Why this case of its rule applied, where there were several."""
    because: str | None
    reasons: tuple[ReasonView, ...]
    scheme: str | None
    """The title of its scheme, where several schemes are answered for."""
    granted: tuple[str, ...]
    """What its sentence takes for granted."""


@frozen(eq=False, repr=False)
class DaysView:
    """What the answers rest on of other days; of days alike what was found on the first."""

    days: str
    steps: tuple[StepView, ...]


@frozen(eq=False, repr=False)
class NothingView:
    """What came to nothing, told in a line: of several people together where it did so for the same reason."""

    numbers: tuple[int, ...]
    title: str
    whose: str
    value: str
    days: str | None
    """Of which other days than the award's; None for its own."""
    why: str | None
    """The condition that failed, in words and figures."""
    reason: str | None
    """Why in a sentence, where its rule has one, or by the parts that are nothing: it takes the place of `why`."""
    uses: tuple[int, ...]
    """The numbers of the steps that it rests on."""
    steps: tuple[StepView, ...]
    is_amount: bool
    """Whether it might have been an amount; what is not one was answered no, or is nobody."""


@frozen(eq=False, repr=False)
class Document:
    title: str | None
    on: str
    known: str | None
    taken: str
    """The readings that were chosen, for the head; "" for none."""
    drafts: tuple[str, ...]
    """That it is worked out with drafts, which are not law; none where it is not."""
    results: tuple[Result, ...]
    without: tuple[str, ...]
    """Schemes that are answered for, and pay nobody who is there."""
    made_up: tuple[Waterfall, ...]
    """Of each answer that adds up from several amounts, what it is made up of."""
    steps: tuple[StepView, ...]
    chapters: tuple[Chapter, ...]
    """The same steps as they stand inside one another."""
    other_days: tuple[DaysView, ...]
    nothing: tuple[NothingView, ...]
    """What came to nothing; none where every step is told in its place."""
    reader: Reader
    given: tuple[FactView, ...]
    assumed: tuple[FactView, ...]
    assumed_alike: tuple[Alike, ...]
    """The same by what is assumed."""
    missing: tuple[FactView, ...]
    """Not given, and an answer is refused for want of them."""
    not_needed: tuple[FactView, ...]
    """Not given, and every answer is decided without them."""
    unused: tuple[FactView, ...]
    notes: tuple[Note, ...]
    readings: tuple[ReadingView, ...]
    otherwise: Otherwise | None
    """What would be answered otherwise; None where that was not asked."""
    relied: tuple[Instrument, ...]
    gaps: Gaps
    changes: tuple[Changes, ...]
    """Of each answer what would change it; none where that was not asked."""
    challenges: tuple[ChallengeView, ...]
    duties: tuple[DutyView, ...]
    effect: str
    law: str

    @property
    def every_step(self) -> bool:
        return self.reader == "auditor"

    @property
    def came_to_nothing(self) -> list[NothingView]:
        """Amounts that were considered and are £0."""
        return [item for item in self.nothing if item.is_amount]

    @property
    def answered_no(self) -> list[NothingView]:
        """What was asked and is not so, or is nobody."""
        return [item for item in self.nothing if not item.is_amount]

    @property
    def unverified(self) -> list[Note]:
        """What the figures rest on and was not verified."""
        return [note for note in self.notes if note.is_unverified]

    @property
    def other_notes(self) -> list[Note]:
        return [note for note in self.notes if not note.is_unverified]

    @property
    def doubtful(self) -> list[int]:
        """Steps of which the words bear another meaning."""
        return sorted({step for reading in self.readings if not reading.chosen for step in reading.steps})

    @property
    def assumed_count(self) -> str:
        """How much is assumed, in a line before the working."""
        return numbered(
            "{number} fact was not given and is assumed", "{number} facts were not given and are assumed", len(self.assumed)
        )

    @property
    def carried_by(self) -> str:
        """What is known of which of them carry the result, after that line; "" where that was not tried."""
        if self.otherwise is None:
            return ""
        if self.otherwise.carrying is None:
            return sentence("They are too many for each to be tried here: which of them carry the result is not known.")
        if self.carriers:
            return sentence("Each of these by itself, if it is otherwise, lowers the result, or it cannot be given then:")
        if self.otherwise.is_any:
            return sentence("None of them that is a yes, a no or a choice lowers the result by itself if it is otherwise.")
        return ""

    @property
    def carriers(self) -> list[str]:
        """Those facts, each with what it is taken to be."""
        named = [one.named for one in self.otherwise.carries] if self.otherwise else []
        more = len(named) - _MOST_NAMED
        return [*named[:_MOST_NAMED], sentence("{number} more", number=more)] if more > 0 else named

    @property
    def is_tried(self) -> bool:
        """Whether what is assumed was tried otherwise, and something of it matters."""
        return bool(self.otherwise and self.otherwise.carrying)
