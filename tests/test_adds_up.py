"""It adds up: every explanation is read back, and every figure recomputed from those printed beside it."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

import jurat
from engine.assess import asked_terms, assess
from engine.cases.questions import bound_case, read_case
from engine.mechanisms import REGISTRY
from engine.nodes import Formula, walk
from explain.document import document
from explain.marks import ENDLESS, FIGURE, plain
from explain.reading_back.checking import DoesNotAddUpError, Report, check
from explain.reading_back.data import from_data
from explain.reading_back.pages import Page, from_html, from_marks
from explain.templating import template
from jurat.answers import Answer
from tests.books import CHILDCARE, ON, RULES, ask, book, household, shipped
from tests.reference.agreement import Pair
from tests.reference.pen import Pen
from tests.reference.running import scene

NOT_RECOMPUTED = {
    "place among several": "a rank shows what members are put in order by, and the words say which end comes first",
    "table or scale that gives nothing": "no row or band was reached, since what decides it is refused",
    "nobody to choose from": "the highest of nobody has no figures",
    "members not known": "of some members it is refused whether they belong",
    "refused": "a refusal with a reason of its own: a division by zero, a day that never came, an amount out of range",
    "not needed": "a part that was not known, where the others decided",
}
"""What a reader lets stand, and why; nothing else is let stand."""

WORDS_ELSEWHERE = {
    "rounding not in the words": "what is rounded to is not looked for where the words of a part say it",
    "not of what the words name there": "the words name as many things as there are figures, and these are others",
}
"""What is let stand of law that is made up: the figures come to what is printed, only the words are not where they are looked for."""

WITHOUT_A_LINE = {
    "not encoded": "told in words alone", "literal": "its words are its value", "scale": "its value is its bands",
    "affected": "a refusal by a provision, told in words", "alternatives": "the case that applied is told, and read",
    "exceptions": "the case that applied is told, and read", "table": "the row that held is told, and its cells are read",
    "keys": "inside a rank", "rank": NOT_RECOMPUTED["place among several"], "holder": "whoever holds a role; told as a value",
}  # fmt: skip
"""Mechanisms that stand in no line which could be recomputed."""


@cache
def page(on: date = ON) -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE, on=on), "html")


# ---- all of it ------------------------------------------------------------------------------------------------------


def reports_of_shipped_cases() -> Iterator[Report]:
    for path in sorted(RULES.glob("*/*/cases/*")):
        for on in (None, date(2009, 10, 1), date(2012, 1, 1)):
            answer = jurat.assess(shipped(), path, on=on)
            if answer.assessment is not None:
                yield check(from_html(jurat.explain(answer, "html", reader="auditor")))


def shares(reports: Iterator[Report]) -> tuple[Counter[str], Counter[str]]:
    steps: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for report in reports:
        steps.update(step.standing for step in report.steps)
        lines += report.lines
    return steps, lines


def test_every_step_of_every_case_that_we_ship(record_property: Any) -> None:
    steps, lines = shares(reports_of_shipped_cases())
    record_property("steps", dict(steps))
    print(f"steps {dict(steps)}, lines {dict(lines)}")
    assert set(lines) <= {"recomputed", *NOT_RECOMPUTED}
    assert steps["wrong"] == 0
    assert lines["recomputed"] > 0.99 * lines.total() > 5000
    assert steps["recomputed"] > 0.99 * steps.total()


def made_up(number: int) -> Iterator[Answer]:
    """Answers to every term of a book that is made up, for two households on two days."""
    generator = random.Random(f"adds up {number}")
    made = scene(Pen(lambda most: generator.randint(0, most)))
    pair = Pair.of(made.book.text)
    for when in map(pair.in_force, made.days[:2]):
        if pair.problems(when):
            continue
        graph = pair.on(when).graph
        for case in made.cases:
            text, _ = read_case(case)
            terms, unknown = asked_terms(graph, made.book.terms)
            if text is not None and not unknown:
                bound = bound_case(text, graph, when.day, when.known)
                if not any(problem.is_error for problem in bound.problems):
                    yield Answer(assess(graph, bound.case, terms), ())


def of_days() -> Answer:
    """The first and the last of several days, which books that are made up seldom have."""
    rules = book("""
        input born of person "Born" : date
        rule eldest of household "First" : date
          is earliest of born over person
        rule youngest of household "Last" : date
          is latest of born over person""")
    return ask(rules, household({"born": "2001-02-03"}, {"born": "2004-05-06"}), "eldest", "youngest")


def test_a_fact_that_is_another_on_a_day_that_is_looked_at() -> None:
    """Each day's steps rest on what the fact is on that day, in data too."""
    rules = book("""
        input rent of person "Rent" : £
        rule day_before of person "Rent the day before" : £
          is sum of rent over days in the 1 day before assessment_date
        rule increase of person "Increase" : £
          is rent - day_before""")
    case = household({"rent": [{"value": "70", "from": "2009-01-01"}, {"value": "80", "from": ON.isoformat()}]})
    told = json.loads(jurat.explain(ask(rules, case, "increase"), "json"))
    [found] = [step["result"]["value"] for step in told["steps"] if step["term"] == "increase"]
    assert found == "10.00"


def test_law_that_is_made_up(record_property: Any) -> None:
    """Phrases inside phrases that no law has; every mechanism stands in a line that is recomputed, or is on the list above."""
    steps: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for number in range(60):
        for answer in made_up(number) if number else [of_days()]:
            assert answer.assessment is not None
            printed = from_html(jurat.explain(answer, "html", reader="auditor"))
            report = check(printed)
            steps.update(step.standing for step in report.steps)
            lines += report.lines
            recomputed = {step.step for step in report.steps if step.standing == "recomputed"}
            for at, step in enumerate(answer.assessment.steps, 1):
                if at in recomputed and printed.steps[at].lines and step.term.formula is not None:
                    reached.update(mechanisms(step.term.formula))
            json.loads(jurat.explain(answer, "json"))
    record_property("lines", dict(lines))
    print(f"steps {dict(steps)}, lines {dict(lines)}")
    assert set(lines) <= {"recomputed", *NOT_RECOMPUTED, *WORDS_ELSEWHERE}
    assert steps["wrong"] == 0
    assert lines["recomputed"] > 0.75 * lines.total() > 500
    assert set(REGISTRY) - set(reached) <= set(WITHOUT_A_LINE)


def mechanisms(formula: Formula) -> Iterator[str]:
    for node in walk(formula.root):
        yield node.mechanism
        for inner in getattr(node.detail, "formulas", ()):
            if inner is not None:
                yield from mechanisms(inner)


# ---- one digit ------------------------------------------------------------------------------------------------------

_FIGURES = re.compile(r'<(?:b|b class="r"|span class="value[^>]*)>([^<]*)</')


def altered(text: str, at: int) -> str:
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def digits(text: str, pattern: re.Pattern[str]) -> list[int]:
    return [at for found in pattern.finditer(text) for at in range(*found.span(1)) if text[at].isdigit()]


def test_every_digit_of_a_page() -> None:
    """One printed digit is another: the check names the step, or one that used it."""
    whole = page()
    places = digits(whole, _FIGURES)
    assert len(places) > 1000
    read = from_html(whole)
    assert not check(read).wrong
    missed = [whole[at - 60 : at + 20] for at in places if not wrong_now(read, from_html(altered(whole, at)))]
    assert missed == []


def wrong_now(before: Page, after: Page) -> bool:
    """Whether an altered page is found wrong: in a step that is another now, or that uses one, or at the head."""
    if (before.facts, before.alike) != (after.facts, after.alike):
        return bool(check(after).wrong)
    others = {number for number, step in after.steps.items() if before.steps.get(number) != step}
    using = {number for number, step in after.steps.items() if any(use.step in others for use in step.uses)}
    return bool(check(after, others | using).wrong)


def test_digits_of_other_pages() -> None:
    """A refusal, and a page that looks at other days: digits here and there."""
    for text in (page(date(2012, 1, 1)), jurat.explain(jurat.assess(shipped(), COLD), "html")):
        places = digits(text, _FIGURES)[::17]
        missed = [text[at - 60 : at + 20] for at in places if not check(from_html(altered(text, at))).wrong]
        assert len(missed) <= len(places) // 50, missed


COLD = RULES / "jersey" / "cold_weather" / "cases" / "april_2008.case"


def test_digits_of_text_and_markdown() -> None:
    """As rendered, before its marks are taken away."""
    answer = jurat.assess(shipped(), CHILDCARE)
    assert answer.assessment is not None
    figures = re.compile(f"(?:{FIGURE}|\x05[uvh])([^\x04-\x06]*)[\x04\x06]")
    for suffix in ("txt", "md"):
        text = template(f"explanation.{suffix}").render(doc=document(answer.assessment))
        assert not check(from_marks(text, suffix == "md")).wrong
        start, end = text.index("\x05l"), text.lower().index("considered, and came to nothing")
        places = [at for at in digits(text, figures) if start < at < end][::9]
        assert len(places) > 30
        missed = [
            plain(text[at - 60 : at + 20]) for at in places if not check(from_marks(altered(text, at), suffix == "md")).wrong
        ]
        assert missed == []


def test_digits_of_data() -> None:
    text = json.dumps(json.loads(jurat.explain(jurat.assess(shipped(), CHILDCARE), "json")), ensure_ascii=False)
    start = text.index('"steps"')
    end = text.index('"facts"', start)  # a fact that no step works with is for `verify` to see
    places = [at for at in digits(text, re.compile(r'"(?:figure|value)": "([^"]*)"')) if start < at < end][::9]
    assert len(places) > 50
    missed = [text[at - 60 : at + 20] for at in places if not check(from_data(json.loads(altered(text, at)))).wrong]
    assert missed == []


def test_the_step_is_named() -> None:
    whole = page().replace("<b>£40.425</b>", "<b>£40.525</b>")
    [found, *_] = check(from_html(whole)).wrong
    title = re.search(rf'id="step-{found.step}".*?class="title">([^<]*)', whole, re.DOTALL)
    assert title is not None and title[1].startswith("Earnings disregard")
    assert "it comes to 40.425, and £40.525 is printed" in found.why[0]


def test_a_result_at_the_head_is_that_of_its_step() -> None:
    whole = re.sub("(<h1>.*?)£288.40", r"\1£289.40", page(), flags=re.DOTALL)
    assert re.match(r"£289.40 a week at the head is not the result of step \d+", check(from_html(whole)).wrong[-1].why[0])


def test_a_table_comes_to_its_total() -> None:
    """As a waterfall stands on a page: what adds, what is taken off, what that adds up from, and what they come to."""
    row = '<tr class="{}"><th scope="row">what</th><td class="value">{}</td></tr>'
    amounts = [("adds", "£478.27"), ("takes", "−£189.87"), ("below", "£245.00"), ("below", "−£55.13"), ("comes-to", "{}")]
    table = f'<table class="adds">{"".join(row.format(*amount) for amount in amounts)}</table>'
    assert not check(from_html(table.format("£288.40"))).wrong
    [wrong] = check(from_html(table.format("£288.41"))).wrong
    assert wrong.why == ("the rows of a table come to 288.4, and £288.41 is printed",)
    assert check(from_html(table.format("£288.40").replace("£245.00", "£245.01"))).wrong


def test_what_does_not_add_up_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a mistake of ours, with the step; never a document that is silently wrong."""
    monkeypatch.setattr("explain.rendering.from_html", lambda text: from_html(text.replace("£40.425", "£40.525")))
    with pytest.raises(DoesNotAddUpError, match=r"do not add up as printed \(step \d+: .*This is a mistake in Jurat"):
        jurat.explain(jurat.assess(shipped(), CHILDCARE), "html")


# ---- figures without an end -----------------------------------------------------------------------------------------


def test_where_shown_figures_come_to_another_sum_the_page_says_so() -> None:
    """Thirds of £100 are shown to six places; three of them make £100 all the same, and a line says why."""
    rules = book("""
        input pay of person "Pay" : £
        rule total of household "Total" : £
          is sum of (pay ÷ 3) over person, rounded to the nearest 1p""")
    case = household({"pay": "100"}, {"pay": "100"}, {"pay": "100"})
    told = jurat.explain(ask(rules, case, "total"))
    assert "£33.333333… (a) + £33.333333… (b) + £33.333333… (c) = £100.00, rounded to the nearest 1p: £100.00" in told
    assert ENDLESS in " ".join(told.split())
    html = jurat.explain(ask(rules, case, "total"), "html")
    [wrong] = check(from_html(html.replace(f"<p>{ENDLESS}</p>", ""))).wrong
    assert wrong.why == ("a figure is not shown to its end, and nothing says so",)


def test_a_quotient_that_is_only_rounded_needs_no_such_words() -> None:
    rules = book("""
        input pay of person "Pay" : £
        rule third of person "Third" : £
          is pay ÷ 3, rounded to the nearest 1p""")
    assert ENDLESS not in jurat.explain(ask(rules, household({"pay": "100"}), "third"))
