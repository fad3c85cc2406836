"""One household, warm: a couple with two children, under a generated book that takes them more than three hundred steps.

python benchmarks/household.py   all steps; the explanation as JSON text; the values only

In processor time: what else the machine does in the meantime does not count, though it still slows memory down.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

import jurat  # noqa: E402
from engine.assess import asked_terms, assess, values  # noqa: E402
from engine.cases.questions import bound_case, read_case  # noqa: E402
from grammar.source import Source  # noqa: E402
from jurat.answers import Answer  # noqa: E402
from jurat.rulebook import from_sources  # noqa: E402

ON = date(2010, 10, 1)
RULES_OF_EACH = 72
TO_REACH = {"all steps": 2.0, "JSON of the explanation": 5.0, "values only": 0.5}

HEAD = """
entity person
entity household contains person
instrument an_act "Benefits Act 2007"
  made 1 May 2007
  commences 1 January 2008
  money rounded to the nearest 1p
    cite "section 3"
  short months: last day
input born of person "Date of birth" : date
input pay of person "Gross earnings" : £ a week
  default £0 per week
  range £0 per week to £5,000 per week
input work_hours of person "Hours of work" : hours a week
  default 0 hours per week
  range 0 hours per week to 100 hours per week
input rent of household "Rent" : £ a week
  default £0 per week
  range £0 per week to £2,000 per week
rule age of person "Age" : whole number
  cite "section 1(1)"
  is years from born to assessment_date
rule adult of person "Is an adult" : yes/no
  cite "section 1(2)"
  is age >= 18
group adults of household "Adults" : person where adult
rule step_0 of person "Step 0" : £ a week
  range £0 per week to £10,000 per week
  is pay
rule step_1 of person "Step 1" : £ a week
  range £0 per week to £10,000 per week
  is £40 per week when adult otherwise £20 per week
"""
FIGURE = """
figure rate_{i} "Rate {i}" : %
  cite "Schedule 1, paragraph {i}"
  {a}% from 1 January 2008 until 30 September 2009
  {b}% from 1 October 2009
"""
STEPS = (
    """is rate_{i} × step_{one}, rounded to the nearest 1p""",
    """is step_{one} - step_{two}, but not less than £0 per week""",
    """is £{i} per week when adult and work_hours >= 10 hours per week
  otherwise step_{one}""",
    """is lower of (step_{one}, step_{two}, £{i} per week)""",
    """is step_{one} + step_{two}, but not more than £900 per week
  except child: £0 per week when not adult
    cite "Schedule 2, paragraph {i}(b)"
    because "What a child has besides does not count; {{adult}}." """,
    """is step_{one} when step_{two} > £10 per week and not (step_{one} > £500 per week)
  otherwise £1 per week""",
)
RULE = """
rule step_{i} of person "Step {i}" : £ a week
  cite "Schedule 2, paragraph {i}"
  range £0 per week to £10,000 per week
  {text}
"""
TOTAL = """
rule total_{i} of household "Total {i}" : £ a week
  cite "section {i}"
  is sum of step_{one} over {group}
"""
AWARD = """
rule award of household "Award" : £ a week
  payable by the week
  cite "section 2"
  is {totals} + rent, but not less than £0 per week
"""
CASE: dict[str, Any] = {
    "version": 1,
    "on": "2010-10-01",
    "household": {
        "home": {
            "rent": "180.00",
            "person": {
                "mother": {"born": "1978-02-11", "pay": "312.40", "work_hours": "24"},
                "father": {"born": "1976-08-30", "pay": "455.05", "work_hours": "39"},
                "daughter": {"born": "2003-05-01"},
                "son": {"born": "2007-12-24"},
            },
        }
    },
}


def book_text() -> str:
    parts = [HEAD]
    for i in range(2, RULES_OF_EACH):
        text = STEPS[i % len(STEPS)].format(i=i, one=i - 1, two=i - 2)
        if "rate_" in text:
            parts.append(FIGURE.format(i=i, a=5 + i % 60, b=8 + i % 70))
        parts.append(RULE.format(i=i, text=text))
    totals = range(11, RULES_OF_EACH, 6)
    parts += [TOTAL.format(i=i, one=i, group="adults" if i % 4 == 3 else "person") for i in totals]
    parts.append(AWARD.format(totals=" + ".join(f"total_{i}" for i in totals)))
    return "".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description="One household, warm.")
    parser.add_argument("--runs", type=int, default=300, metavar="N", help="measured runs of each (default: 300)")
    options = parser.parse_args()
    rules = from_sources([Source("generated.rules", book_text())])
    assert not jurat.check(rules), [problem.message for problem in jurat.check(rules)]
    graph = rules.on(ON).graph
    text, problems = read_case(Source("the case", json.dumps(CASE)))
    assert text is not None and not problems
    bound = bound_case(text, graph, ON, None)
    asked, _ = asked_terms(graph, ())
    assert not bound.problems
    whole = assess(graph, bound.case, asked)
    assert not whole.is_refused

    work: dict[str, Callable[[], object]] = {
        "all steps": lambda: assess(graph, bound.case, asked),
        "JSON of the explanation": lambda: jurat.explain(Answer(whole, ()), "json"),
        "values only": lambda: values(graph, bound.case, asked),
    }
    print(f"{len(whole.steps)} steps and {len(whole.facts)} facts; {options.runs} runs of each; milliseconds of processor time")
    print(f"{'':24}    min  median  to reach")
    gc.disable()  # as the command line has it
    for name, do in work.items():
        found = []
        for _ in range(max(options.runs, 1)):
            begun = time.thread_time()
            do()
            found.append((time.thread_time() - begun) * 1_000)
        print(f"{name:24} {min(found):6.2f}  {median(found):6.2f}    {TO_REACH[name]:6.2f}")


if __name__ == "__main__":
    main()
