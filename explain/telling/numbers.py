"""The steps of an assessment by number: those of the award's own day, then those of the other days that they look at."""

from __future__ import annotations

from engine.assessment import Assessment, OtherDays, Step
from engine.graph import Term
from engine.mechanisms.base import World
from engine.tracing import read_on_other_days

StepKey = tuple[int, int]
"""A term's index and the number of whose it is, in one assessment."""


class Numbers:
    """The number of each step, which steps use it, and what each read of other days."""

    def __init__(self, whole: Assessment) -> None:
        self._other_days = whole.other_days
        self.steps = [(day, step) for day in (whole, *(run.assessment for run in whole.other_days)) for step in day.steps]
        self.answers = [(whole, answer) for answer in whole.answers if isinstance(answer, Step)]
        self._numbers = {(id(day), step.key): number for number, (day, step) in enumerate(self.steps, 1)}
        self.used_by: dict[int, list[int]] = {}
        for day, step in self.steps:
            own = self.of(day, step.key)
            below = [(id(day), key) for key in step.reads]
            below += [(id(run.assessment), key) for run, key in self.looked_at(step)]
            for read in below:
                if read in self._numbers:
                    self.used_by.setdefault(self._numbers[read], []).append(own)

    def of(self, day: Assessment, key: StepKey) -> int:
        return self._numbers[id(day), key]

    def looked_at(self, step: Step) -> list[tuple[OtherDays, StepKey]]:
        """What a step read of other days, of days alike once: the days, and the key there."""
        if not self._other_days:
            return []
        reads = read_on_other_days([step.frame])
        found: dict[tuple[int, StepKey], tuple[OtherDays, StepKey]] = {}
        for run in self._other_days:
            names = run.assessment.graph.by_name
            for day, named in reads.items():
                if run.first <= day <= run.last:
                    there = run.each[(day - run.first).days].world
                    for name, number in named:
                        key = names[name].index, _number_in(run.assessment.world, there, names[name], number)
                        found[id(run), key] = run, key
        return list(found.values())


def _number_in(world: World, there: World, term: Term, number: int) -> int:
    """The number of whose a term is, on the first of days alike: on another of them others may stand before them."""
    alike = world.paths[term.entity]
    path = there.paths[term.entity][number]
    return number if number < len(alike) and alike[number] == path else alike.index(path)
