"""What is promised whatever the input: of time, and of every problem that is told."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable

from grammar.limits import HIDDEN
from grammar.problems import Problem
from grammar.rendering import render_all, to_data
from grammar.source import Source

SECONDS = 2.0
"""Of one stage, for up to 64 KB; a run that also counts branches is given more."""
OF_THE_QUESTION = {"nothing-asked", "renamed"}
"""What is wrong with what is asked, and so in no case."""
SHOWN = 1_000
"""Characters of a message or of a fix."""


class BrokenPromiseError(AssertionError):
    """What must hold whatever the input, and does not."""


def promise(holds: object, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(what)


class Stopwatch:
    """How long each stage may take, in processor time; `slack` is what counting branches costs."""

    slack = 1.0

    def __init__(self) -> None:
        self.start = time.process_time()

    def lap(self, stage: str) -> None:
        now = time.process_time()
        promise(now - self.start < SECONDS * Stopwatch.slack, f"{stage} takes too long")
        self.start = now


def told(problems: Iterable[Problem], sources: Iterable[Source], path: str | None = None) -> None:
    """Every problem is one that a person can read and find."""
    problems, sources = list(problems), list(sources)
    for problem in problems:
        promise(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", problem.code), "a problem has a code")
        promise(problem.message.strip(), "a problem has a message")
        for said in (problem.message, problem.fix, problem.subject, problem.citation, problem.where):
            if said is not None:
                promise(not HIDDEN.search(said), f"{problem.code}: what is said holds nothing hidden")
        for said in (problem.message, problem.fix, problem.place.label if problem.place else None):
            if said is not None:
                promise(len(said) <= SHOWN, f"{problem.code}: what is said is short")
                promise(" ".join(said.split()) == said, f"{problem.code}: what is said stands on one line")
        for place in filter(None, (problem.place, problem.second)):
            span = place.span
            promise(any(span.source is source for source in sources), f"{problem.code}: its place is in a text that was given")
            promise(0 <= span.start < span.end <= len(span.source.text), f"{problem.code}: its place is inside the text")
        if problem.place is None and path is not None:
            promise(problem.path == path or problem.code in OF_THE_QUESTION, f"{problem.code}: it says in which case")
        json.dumps(to_data(problem))
    text = render_all(problems)
    promise(not HIDDEN.search(text), "what is printed of problems holds nothing hidden")
    promise(len(text) <= len(set(problems)) * 4 * SHOWN, "what is printed of problems is short")
