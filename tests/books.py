"""Small rule books for tests: text in, values out."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jurat
from engine.values import Exact
from grammar.source import Source
from jurat.answers import Answer
from jurat.rulebook import Rules, from_sources

ROOT = Path(__file__).parent.parent
RULES = ROOT / "rules"
FIRST_LAW = ROOT / "tests" / "examples" / "first_law"
"""Income Support as it was first written: small enough to be checked on every day a thousand times."""
CHILDCARE = RULES / "jersey" / "income_support" / "cases" / "childcare.json"


@cache
def shipped() -> Rules:
    """The rules that we ship, read once."""
    return jurat.load(RULES)


PEOPLE = "entity person\nentity household contains person\n"
ON = date(2010, 10, 1)


def book(text: str, people: bool = True) -> Rules:
    """A book of one file, in which there are households and persons; it must be without errors."""
    rules = from_sources([Source("test.rules", (PEOPLE if people else "") + text)])
    wrong = [problem.message for problem in jurat.check(rules) if problem.is_error]
    assert not wrong, wrong
    return rules


def problem_codes(text: str, people: bool = True) -> list[str]:
    """The codes of what is wrong with a book, in order."""
    return [problem.code for problem in jurat.check(from_sources([Source("test.rules", (PEOPLE if people else "") + text)]))]


def household(*people: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """The data of a household whose persons are called a, b, c …"""
    names = "abcdefghijklmnopqrstuvwxyz"
    return {"version": 1, "household": {"home": {**facts, "person": dict(zip(names, people, strict=False))}}}


def ask(rules: Rules, case: dict[str, Any], *of: str, on: date = ON, **options: Any) -> Answer:
    """An answer without errors."""
    answer = jurat.assess(rules, case, on=on, of=of, **options)
    assert answer.assessment is not None, [problem.message for problem in answer.problems]
    return answer


def laid_out(printed: str) -> str:
    """What was printed; JSON a line for each thing it says, so that a change shows as what was changed."""
    return json.dumps(json.loads(printed), ensure_ascii=False, indent=2) + "\n" if printed.startswith("{") else printed


def words(rules: Rules, case: dict[str, Any], name: str, *path: str, on: date = ON) -> str:
    """One term's value as people read it, or `refused: kind, kind`."""
    value = ask(rules, case, name, on=on).value(name, *path)
    if isinstance(value, Exact):
        return value.words()
    return "refused: " + ", ".join(reason.kind for reason in value.reasons)
