"""A printed explanation held against its own figures, the law of a book, and what the engine gives today."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from html import unescape
from typing import Any, Literal

from attrs import frozen

from explain.reading_back.checking import Report, check
from explain.reading_back.data import digests_unlike, from_data
from explain.reading_back.pages import Page, StepRead, from_html
from explain.rendering import BACK
from grammar.problems import errors
from grammar.source import Source
from jurat.answers import Answer, assess, explain
from jurat.rulebook import Rules

NO_EXPLANATION = "This is no explanation of ours, as HTML or JSON, with a question and a case in it; or it was cut off."
_PRE = re.compile(r'<pre class="(case|question)">((?:(?!<pre).)*?)</pre>', re.DOTALL)
_TITLE = re.compile(r'id="step-(\d+)">(?:<details[^>]*>\s*<summary>(?:(?!id="step-).)*?class="title">([^<]*))?', re.DOTALL)
_DRAFT = re.compile(r"\w+")
_MOST = 5
"""Steps and rules that are named one by one."""


@frozen(eq=False)
class Printed:
    """An explanation that was printed: its text, and the question and the case that it carries."""

    form: Literal["html", "json"]
    text: str
    question: dict[str, Any]
    case: str
    titles: dict[int, str]

    @property
    def drafts_by_name(self) -> tuple[str, ...]:
        """Drafts that a book may have; files are opened only if somebody names them here."""
        return tuple(name for name in self.question["drafts"] if _DRAFT.fullmatch(name))

    def page(self) -> Page:
        return from_html(self.text) if self.form == "html" else from_data(json.loads(self.text))


@frozen
class Verified:
    lines: tuple[str, ...]
    holds: bool


def printed_in(text: str) -> Printed | str:
    """What a file carries; or, in words, that it is no explanation."""
    try:
        if text.lstrip()[:1] == "{":
            data = json.loads(text)
            carried = data["receipt"]
            titles = {step["number"]: step["title"] for step in data["steps"]}
            found = Printed("json", text, carried["question"], carried["case"], titles)
        else:
            pre = dict(_PRE.findall(text))
            titles = {int(number): unescape(title).strip() for number, title in _TITLE.findall(text)}
            found = Printed("html", text, json.loads(unescape(pre["question"])), unescape(pre["case"]), titles)
        _must_be_a_question(found)
        check(found.page())
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration, RecursionError):
        return NO_EXPLANATION
    return found if re.search("[\x01-\x07]", text) is None else NO_EXPLANATION


def _must_be_a_question(printed: Printed) -> None:
    question = printed.question
    date.fromisoformat(question["on"])
    if question["known"] is not None:
        date.fromisoformat(question["known"])
    lists = [question["of"], question["readings"], question["drafts"], question["schemes"] or []]
    texts = [printed.case, question["effect"], question["law"], *question["rules"].values()]
    if not all(isinstance(one, list) and all(isinstance(name, str) for name in one) for one in lists):
        raise ValueError
    if not all(isinstance(text, str) for text in texts) or not isinstance(question["strict"], bool):
        raise TypeError
    if question["for"] not in ("officer", "auditor"):
        raise ValueError


def verified(printed: Printed, rules: Rules, also: Sequence[str] = ()) -> Verified:
    """Each of the three, and what none of them proves."""
    adds_up = _adds_up(printed)
    law, again = _of_today(printed, rules, also)
    lines = (*adds_up, *law, *again, "This does not prove who issued it.")
    holds = all(part[0].endswith(": yes") for part in (adds_up, law, again))
    return Verified(lines, holds)


def _adds_up(printed: Printed) -> list[str]:
    report: Report = check(printed.page())
    wrong = [f"  {_step(printed, found.step)}: {why}" for found in report.wrong for why in found.why]
    if not report.steps:
        return ["Its figures follow from one another: no", "  it has no steps"]
    return [f"Its figures follow from one another: {'no' if wrong else 'yes'}", *_few(wrong, "more")]


def _of_today(printed: Printed, rules: Rules, also: Sequence[str]) -> tuple[list[str], list[str]]:
    """Whether the law is that of the book on the day, and whether the same comes out of it now."""
    law, same = "The law in it is the law of these rules on that day", "These rules give the same today"
    files = [name for name in printed.question["drafts"] if name not in printed.drafts_by_name]
    if len(files) > len(also):
        why = f"  it was made with a draft that it cannot carry, {', '.join(files)}: give it by --with"
        return [f"{law}: not known", why], [f"{same}: not known", why]
    answer = _asked_again(printed, rules)
    if answer.assessment is None:
        problems = [f"  {problem.message}" for problem in errors(answer.problems)]
        return [f"{law}: not known", *_few(problems, "more")], [f"{same}: no", "  its question cannot be answered"]
    text = explain(answer, printed.form, reader=printed.question["for"])
    again = printed_in(text)
    assert isinstance(again, Printed)
    return [*_told(law, _law(printed, again))], [*_told(same, _same(printed, again))]


def _asked_again(printed: Printed, rules: Rules) -> Answer:
    question = printed.question
    return assess(
        rules,
        Source("the case", printed.case),
        on=date.fromisoformat(question["on"]),
        known=date.fromisoformat(question["known"]) if question["known"] else None,
        of=question["of"],
        readings=question["readings"],
        strict=question["strict"],
        schemes=question["schemes"],
    )


def _law(printed: Printed, again: Printed) -> list[str]:
    """Rules that differ by their digest, and the two digests of the whole."""
    before, now = printed.question["rules"], again.question["rules"]
    differing = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    found = [f"  {name.rpartition(':')[2]} {_how(name, before, now)}" for name in differing]
    for digest, what in (("effect", "what can change an award"), ("law", "the words of the law")):
        shown = printed.question[digest]
        if shown != again.question[digest]:
            found.append(f"  the digest of {what} is another: {shown}")
    if printed.form == "json":
        found += [f"  {why}" for why in digests_unlike(json.loads(printed.text))]
    return found


def _how(name: str, before: dict[str, str], now: dict[str, str]) -> str:
    if name not in now:
        return "was used, and is not today"
    return "is used today, and was not" if name not in before else "says something else"


def _same(printed: Printed, again: Printed) -> list[str]:
    """The steps that differ; where none does, whether anything else does."""
    before, now = printed.page(), again.page()
    numbers = sorted(number for number in {*before.steps, *now.steps} if before.steps.get(number) != now.steps.get(number))
    found = [f"  {_step(printed, number)}: {_differing(before.steps.get(number), now.steps.get(number))}" for number in numbers]
    if before.heads != now.heads:
        found.append("  the result at its head is another")
    if before.facts != now.facts or before.alike != now.alike:
        found.append("  the facts that it lists are not those of its case")
    if not found and not _alike(printed, again):
        found.append("  its words are not those that are printed today")
    return found


def _alike(printed: Printed, again: Printed) -> bool:
    if printed.form == "html":
        return printed.text.replace(BACK, "", 1) == again.text
    return bool(json.loads(printed.text) == json.loads(again.text))


def _differing(before: StepRead | None, now: StepRead | None) -> str:
    if before is None or now is None:
        return "is not printed, and is given" if before is None else "is printed, and is not given"
    if before.value == now.value:
        return f"{now.value} as it is printed, but worked out otherwise"
    return f"{before.value} is printed, and {now.value} is given"


def _step(printed: Printed, number: int) -> str:
    if not number:
        return "the head of the page"
    title = printed.titles.get(number)
    return f"step {number}, {title}" if title else f"step {number}"


def _told(what: str, wrong: list[str]) -> list[str]:
    return [f"{what}: {'no' if wrong else 'yes'}", *_few(wrong, "more")]


def _few(lines: list[str], more: str) -> list[str]:
    return lines if len(lines) <= _MOST else [*lines[:_MOST], f"  and {len(lines) - _MOST} {more}"]
