"""What came to nothing: which steps do, that each is told of with its reason, and that no number leads nowhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import jurat
from explain.document import document
from explain.marks import plain
from explain.views import Document, Reader
from jurat.answers import Answer
from tests.books import CHILDCARE, RULES, ask, book, household, shipped

PEOPLE = """
input pay of person "Pay" : £
  default £0
input ill of person "Is ill" : yes/no
  default no
rule age of person "Age" : whole number
  is 0
rule rich of person "Is rich" : yes/no
  is pay > £100
rule extra of person "Extra" : £
  is £5 when ill
  otherwise £0
"""

CASES = {
    "an amount of 0 that is added": ("is extra + £3", {}, ["extra"]),
    "a condition of a case that was passed over": ("is £1 when rich otherwise £2", {}, ["rich"]),
    "a condition of an exception that did not hold": ("is £1 except wealth: £2 when rich", {}, ["rich"]),
    "a no that was asked for": ("is £1 when not rich otherwise £2", {}, []),
    "a no that was asked for, among others": ("is £1 when ill or (not rich and pay < £7) otherwise £2", {}, []),
    "a no that a condition which failed asked for": ("is £1 when not rich and ill otherwise £2", {}, ["rich"]),
    "a no that was asked for beside none that was": (
        "is £1 when any of (a) extra > £0 (b) not rich otherwise £2",
        {},
        ["extra"],
    ),
    "a no by another word": ("is £1 when rich is no otherwise £2", {}, []),
    "a number of 0": ("is £1 + £1 × age", {}, []),
    "what only such a step rests on": ("is £1 + (£0 + twice)", {}, ["twice", "extra"]),
    "what made the answer nothing": ("is £1 when rich otherwise £0", {}, []),
    "an answer of nothing": ("is extra", {}, []),
    "a refusal": ("is £1 when rich otherwise unknown", {}, ["rich"]),
    "a yes": ("is £1 when rich otherwise £2", {"pay": "500"}, []),
    "a row of a table that asks for no": ("is looked_up", {}, []),
}
"""What an answer is, facts, and which terms come to nothing on the way to it."""


@pytest.mark.parametrize("name", CASES)
def test_what_comes_to_nothing(name: str) -> None:
    """£0, no and nobody, but for what an answer needed to be so; and what rests on it alone."""
    text, facts, nothing = CASES[name]
    rules = book(f"""{PEOPLE}
rule twice of person "Twice" : £
  is extra × 2
rule unknown of person "Unknown" : £
  is not encoded "it was not found"
table looked_up of person "Looked up" : £
  by rich
  row poor: no gives £4
  row others: yes gives £5
rule answer of person "Answer" : £
  {text}""")
    answer = ask(rules, household(facts), "answer")
    assert answer.assessment is not None, answer.problems
    told = document(answer.assessment)
    assert sorted(step.name for line in told.nothing for step in line.steps) == sorted(nothing)


def test_people_who_do_not_belong() -> None:
    """A group of nobody comes to nothing; that somebody does not belong to a group is asked for where those are meant."""
    rules = book(f"""{PEOPLE}
group poor of household "The poor" : person where (not rich)
group wealthy of household "The rich" : person where rich
rule answer of household "Answer" : £
  is £1 for each complete £1 of (£1 × count of poor + £1 × count of wealthy)""")
    answer = ask(rules, household({}), "answer")
    assert answer.assessment is not None, answer.problems
    [line] = document(answer.assessment).nothing
    assert (line.title, line.value, plain(line.why or "")) == ("The rich", "nobody", "a: “Is rich”: no")


# ---- every household that is shipped --------------------------------------------------------------------------------

HOUSEHOLDS = [CHILDCARE, *sorted(RULES.glob("jersey/*/cases/*.case"))]


def answered(case: Path) -> Answer:
    on = date(2010, 10, 1) if "income_support" in str(case) else None
    return jurat.assess(shipped(), case, on=on)


@pytest.fixture(scope="module", params=HOUSEHOLDS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def answer(request: pytest.FixtureRequest) -> Answer:
    found = answered(request.param)
    assert found.assessment is not None
    return found


def whole(answer: Answer, reader: Reader = "officer") -> Document:
    assert answer.assessment is not None
    return document(answer.assessment, answer.schemes, reader)


def test_each_step_is_told_once(answer: Answer) -> None:
    """In full or in a line, with the number and the value that it has in the complete working."""
    short, complete = whole(answer), whole(answer, "auditor")
    all_of = [step for steps in (complete.steps, *(day.steps for day in complete.other_days)) for step in steps]
    in_full = [step for steps in (short.steps, *(day.steps for day in short.other_days)) for step in steps]
    in_short = [(number, line.value) for line in short.nothing for number in line.numbers]
    assert not complete.nothing
    assert sorted([(step.number, step.value) for step in in_full] + in_short) == [(s.number, s.value) for s in all_of]
    assert {result.step for result in short.results} <= {step.number for step in in_full}


@pytest.mark.parametrize("reader", ["officer", "auditor"])
def test_no_number_leads_nowhere(answer: Answer, reader: Reader) -> None:
    """As text, as Markdown and as a page: what is referred to stands there, once."""
    text, md, html = (jurat.explain(answer, form, reader=reader) for form in ("text", "md", "html"))
    stands = numbers(re.findall(r"^ *(\d+(?:, \d+)*)\. ", text, re.MULTILINE))
    referred = numbers(re.findall(r"\[(?:steps? )?(\d+(?:,\s+\d+)*)\]", text))
    assert len(stands) == len(set(stands))
    assert set(referred) <= set(stands)
    stands = numbers(re.findall(r"^(?:### |- )(\d+(?:, \d+)*)\\?\. ", md, re.MULTILINE))
    assert len(stands) == len(set(stands))
    assert set(numbers(re.findall(r"\bsteps? (\d+(?:, \d+)*)", md))) <= set(stands)
    stands = numbers(re.findall(r'id="step-(\d+)"', html))
    assert len(stands) == len(set(stands))
    assert set(numbers(re.findall(r'href="#step-(\d+)"', html))) <= set(stands)


def numbers(found: list[str]) -> list[int]:
    return [int(number) for part in found for number in part.split(",")]


def test_the_page_has_the_complete_working(answer: Answer) -> None:
    """Folded up: what each step used, and its law, whether or not it came to nothing."""
    short, complete = (jurat.explain(answer, "html", reader=reader) for reader in ("officer", "auditor"))
    bodies = [sorted(re.findall(r'<div class="body">\n.*?\n</div>', page, re.DOTALL)) for page in (short, complete)]
    assert bodies[0] == bodies[1]


def test_assumed_facts_are_told_below_the_working() -> None:
    """Before it how many, and those that carry the result; below by what they are taken to be, what is no or nothing last."""
    printed = jurat.explain(answered(CHILDCARE))
    before, _, after = printed.partition("HOW IT IS WORKED OUT")
    assert "39 facts were not given and are assumed" in before
    assert "Is in full-time work, excepted, or seeking work (parent): yes" in re.sub(r"\s+", " ", before)
    assert "Cares full time" not in before
    below = after.partition("changes nothing by itself:")[2]
    values = re.findall(r"^  (\S.*?): ", below.partition("\n\n")[0], re.MULTILINE)
    assert values == ["yes", "no", "0", "£0.00 a week", "£0.00"]
    facts = re.sub(r"\s+", " ", below.partition("NOTES")[0])
    assert "Rent (home); Pension (parent, baby); Long Term Incapacity Allowance (parent, baby)" in facts
