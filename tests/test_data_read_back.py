"""Explanations as data read back: working, why a case applied, what was passed over, and every value that is told twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

import jurat
from explain.reading_back.checking import check
from explain.reading_back.data import digests_unlike, from_data
from explain.reading_back.pages import Page
from tests.books import CHILDCARE, RULES, ask, book, household, shipped
from tests.test_adds_up import made_up

NOT_FOUND = {
    "version": "the version of the format",
    "facts.result.value": "a fact that no figure depends on; `verify` works it out from the case",
    "steps.authority": "when the law was made, and by what; `verify` holds it against the rules",
    "steps.citations": "places in the law",
    "steps.rounding_policy": "a place in the law",
    "steps.notes": "words on record",
    "steps.unverified": "the same",
    "steps.readings": "what a reading of the law is called",
    "beside": "law that is not encoded, and what to report and challenge, in words of the rules; `verify` holds it against them",
    "steps.title": "what a rule is called",
    "steps.because": "a sentence that stands beside the rule",
    "steps.words": "figures of a formula that stand in no line of its working",
    "steps.passed.case": "what a case that did not apply would have given, in words",
    "steps.passed.pieces.words": "what a row asks for that does not hold either way; places in the law",
    "steps.applied_pieces.words": "what a condition asks for, in words; the figures of it stand beside them, and are found",
    "steps.pieces.words": "places in the law, and what a condition of a list asks for, in words",
    "steps.pieces.rule": "a limit of £0.00 that changes nothing when it is another digit",
    "steps.pieces": "`rounded to the nearest 1p`, where 2p comes to the same",
}
"""Where a figure may be another without being found, and why. Whatever is worked out, and whatever it is worked out from, is not here."""

_FIGURE = re.compile(r"sha256:[0-9a-f]+|\d+(?:[,.]\d+)*")


@cache
def childcare() -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE), "json")


def texts(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, Any, tuple[Any, ...]]]:
    """Every text and number in data, with what holds it and the way there."""
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(inner, dict | list):
            yield from texts(inner, (*path, key))
        elif isinstance(inner, str) or type(inner) is int:
            yield part, key, (*path, key)


def said_again(step: dict[str, Any]) -> None:
    """The lines of a step, of their pieces: whoever alters one alters both."""

    def line(pieces: list[Any]) -> str:
        return "".join(piece if isinstance(piece, str) else next(iter(piece.values())) for piece in pieces)

    step["working"] = [line(pieces) for pieces in step["pieces"]]
    if step["applied"] is not None:
        step["applied"] = line(step["applied_pieces"])
    for passed in step["passed"]:
        passed["why"] = line(passed["pieces"])


def is_wrong(before: Page, data: Any) -> bool:
    """Whether it is found: by what is told twice, or by a step that is another now or uses one."""
    try:
        after = from_data(data)
    except (ValueError, KeyError, TypeError, IndexError):
        return True
    others = {number for number, step in after.steps.items() if before.steps.get(number) != step}
    using = {number for number, step in after.steps.items() if any(use.step in others for use in step.uses)}
    return bool(after.unlike) or any(digests_unlike(data)) or bool(check(after, others | using).wrong)


def other(text: str, found: re.Match[str]) -> str:
    """A text with the last digit of one of its figures another."""
    last = found.end() - 1
    digit = "1" if text[last] == "0" else "0" if found[0].startswith("sha") else str((int(text[last]) + 1) % 10)
    return text[:last] + digit + text[last + 1 :]


def test_every_figure() -> None:
    """Each in turn is another, in its line and in the pieces of it: it is found, or on the list above."""
    data = json.loads(childcare())
    before = from_data(data)
    assert not check(before).wrong
    many, missed = 0, set()
    for part, key, path in list(texts(data)):
        if (path[-1] in ("applied", "why", "case") and path[-2:] != ("receipt", "case")) or path[2:3] == ("working",):
            continue
        if path[0] == "receipt" and path[1] == "case":
            continue  # the case itself, from which `verify` works out all of it
        value = part[key]
        for found in _FIGURE.finditer(str(value)):
            many += 1
            part[key] = type(value)(other(str(value), found))
            if any("pieces" in str(one) for one in path):
                said_again(data["steps"][path[1]])
            if not is_wrong(before, data):
                missed.add(".".join(one for one in path if isinstance(one, str)))
            part[key] = value
            if any("pieces" in str(one) for one in path):
                said_again(data["steps"][path[1]])
    assert many > 2000
    accepted = tuple(NOT_FOUND)
    assert {one for one in missed if not one.startswith(accepted)} == set()
    assert {one for one in accepted if not any(place.startswith(one) for place in missed)} <= {"steps.passed.case"}
    assert not any(one.endswith("pieces.figure") or one.startswith(("household", "figures", "schemes")) for one in missed)


def test_a_line_and_its_pieces() -> None:
    """Text that is not what its pieces say, in the working, why a case applied, and why another did not."""
    for change in ("working", "applied", "why"):
        data = json.loads(childcare())
        step = next(step for step in data["steps"] if step["working"] and step["applied"] and step["passed"])
        match change:
            case "working":
                step["working"][0] += "1"
            case "applied":
                step["applied"] += "1"
            case _:
                step["passed"][0]["why"] += "1"
        [wrong] = check(from_data(data)).wrong
        assert wrong.why[0].startswith(f"step {step['number']}: the pieces of a line are not the line: ")


def test_by_how_much_a_condition_failed() -> None:
    """`no, £26.70 short`, of a case that did not apply: the margin is recomputed."""
    rules = book("""
        input pay of person "Pay" : £
        rule help of person "Help" : £
          is £5 when pay >= £100
          otherwise £0""")
    text = jurat.explain(ask(rules, household({"pay": "73.30"}), "help"), "json")
    assert "£73.30 is at least £100.00: no, £26.70 short" in text
    data = json.loads(text.replace("£26.70", "£26.80"))
    [wrong] = check(from_data(data)).wrong
    assert wrong.why[0].startswith("it comes to 26.7, and £26.80 is printed")
    data = json.loads(text.replace("£73.30", "£173.30"))
    assert any("the condition holds" in why or "it comes to" in why for step in check(from_data(data)).wrong for why in step.why)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: None, []),
        (lambda data: data.update(law="sha256:0"), ["the digest of the words of the law is another in it: sha256:0"]),
        (lambda data: data["steps"][3].update(digest="sha256:0"), ["the digest in step 4 is another: sha256:0"]),
        (lambda data: data["receipt"]["question"]["rules"].update(more="sha256:0"), ["more has a digest in it, and no step"]),
    ],
)
def test_digests_that_are_told_twice(change: Callable[[Any], object], told: list[str]) -> None:
    data = json.loads(childcare())
    change(data)
    assert list(digests_unlike(data)) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["figures"].popitem(), "is not the result of its step"),
        (lambda data: data["figures"].update(more={"value": "1", "unit": None}), "values, and"),
        (lambda data: data["household"]["home"]["award"].update(value="1.00"), "award of home is not the result of its step"),
        (lambda data: data["asked"][0].update(refused=True), "award was asked for, and no step gives it"),
        (lambda data: data["schemes"][2]["answers"][0]["result"].update(value="1.00"), "among the schemes"),
        (lambda data: data["steps"].pop(5), "not numbered"),
        (lambda data: data["steps"][0].update(number=7), "not numbered"),
        (lambda data: data.update(on="2010-10-02"), "on is not that of the question"),
        (lambda data: data.update(strict=True), "strict is not that of the question"),
        (lambda data: data["steps"][-1]["uses"][0].update(provision="a.b:c"), "of which nothing is told"),
    ],
)
def test_what_is_told_twice(change: Callable[[Any], object], told: str) -> None:
    data = json.loads(childcare())
    change(data)
    assert any(told in why for step in check(from_data(data)).wrong for why in step.why)


def test_no_false_alarm() -> None:
    """Every case that we ship, and law that is made up: JSON is handed out, and read by the same as a page."""
    lines = 0
    for path in sorted(RULES.glob("*/*/cases/*.case")):
        report = check(from_data(json.loads(jurat.explain(jurat.assess(shipped(), path), "json"))))
        assert not report.wrong
        lines += report.lines["recomputed"]
    assert lines > 2000
    for number in range(60, 80):
        for answer in made_up(number):
            assert not check(from_data(json.loads(jurat.explain(answer, "json")))).wrong
