"""Comparing law that amendments have changed: whatever they do and in whichever order, the causes add up and end where they should."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import jurat
from engine.comparing.causes import Passage, Side
from engine.comparing.laws import compare_laws
from grammar.problems import Problem, errors
from grammar.source import Source
from grammar.words import MONTHS
from jurat.comparing import sides
from jurat.rulebook import Rules, from_sources
from tests.books import PEOPLE
from tests.comparing import difference, household, named, sums

LAW = """
instrument regs "Regulations"
  made 1 May 2007
  commences 1 January 2008
  money rounded to the nearest 1p
  short months: last day
input pay of person "Pay" : £ a week default £0 per week range £0 per week to £900 per week
figure rate "Rate" : £ a week
  £10.00 per week from 1 January 2008
figure share "Share" : £ a week
  £2.00 per week from 1 January 2008
rule counted of person "Pay that counts" : £ a week
  is pay - share, but not less than £0 per week
  except little: £0 per week when pay < £5 per week
table extra of person "Extra" : £ a week
  by pay
  row low: under £20 per week gives £4.00 per week
  row high: £20 per week or over gives £1.00 per week
rule help of household "Help" : £ a week
  payable by the week
  is rate × count of person + sum of extra over person - sum of counted over person, but not less than £0 per week
"""

OPERATIONS = [
    'substitute figure rate "Rate" : £ a week\n  £{amount}.00 per week from {start}',
    'substitute figure share "Share of pay" : £ a week\n  £{amount}.50 per week from {start}',
    'substitute rule counted of person "Pay that counts" : £ a week\n  is pay ÷ 2 - £{amount} per week, but not less than £0 per week',
    "in counted insert except late_{number}: £{amount}.00 per week when pay > £4{amount} per week\n  prevails over little",
    'insert rule more_of_{number} of person "More" : £ a week\n  is £{amount}.00 per week + share',
    'substitute rule help of household "Help" : £ a week\n  payable by the week\n  is rate × {amount} + sum of counted over person',
]
FIRST = date(2008, 6, 1)
CASE = {"version": 1, "household": {"home": {"person": {"ann": {"pay": 30}, "ben": {"pay": 3}, "cat": {"pay": 400}}}}}


def days() -> st.SearchStrategy[date]:
    return st.integers(0, 40).map(lambda months: FIRST + timedelta(days=30 * months))


@st.composite
def amendments(draw: Any) -> str:
    """A few instruments, each with a few operations of its own; some retrospective, some only for a time, perhaps a draft."""
    texts = []
    for number in range(draw(st.integers(1, 4))):
        made, commences = draw(days()), draw(days())
        is_draft = number == 3
        retrospective = " retrospective" if commences < made and not is_draft else ""
        head = f'amendment amendment_{number} "Amendment No. {number}"\n  amends regs\n'
        head += "" if is_draft else f"  made {made.isoformat()}\n"
        head += f"  commences {commences.isoformat()}{retrospective}\n"
        operations = draw(st.lists(st.sampled_from(OPERATIONS), min_size=1, max_size=3, unique=True))
        body = []
        for place, operation in enumerate(operations):
            text = operation.format(amount=draw(st.integers(1, 9)), number=number, start=commences.isoformat())
            until = draw(st.sampled_from([0, 0, 100, 400]))
            end = (commences + timedelta(days=until)).isoformat()
            is_for_a_time = until and not text.startswith(("insert", "substitute figure"))
            over = f"\n  commences {commences.isoformat()} until {end}{retrospective}" if is_for_a_time else ""
            body.append(f'{text}{over}\n  made by "Regulation {place + 1}"\n')
        texts.append(head + "".join(body))
    return "\n".join(texts)


def written(text: str) -> str:
    """Days as rule files have them."""
    words = []
    for line in text.split("\n"):
        parts = line.split(" ")
        for place, part in enumerate(parts):
            if len(part) == 10 and part[4] == part[7] == "-":
                day = date.fromisoformat(part)
                parts[place] = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        words.append(" ".join(parts))
    return "\n".join(words)


def amended(text: str, *drafts: str) -> Rules:
    return from_sources([Source("law.rules", PEOPLE + LAW), Source("amendments.rules", written(text))], drafts=drafts)


def with_draft(text: str) -> Rules:
    return amended(text, *(["amendment_3"] if "amendment_3" in text else []))


MADE_UP = settings(
    max_examples=120, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@seed(2)
@MADE_UP
@given(amendments(), days(), days(), days(), days())
def test_the_causes_of_amendments_add_up(text: str, first: date, last: date, known: date, later: date) -> None:
    """Two days, one day as known on two, and a draft: with all causes applied the law between is the second, with none the first."""
    rules = with_draft(text)
    if errors(rules.problems):
        return
    first, last = sorted((first, last))
    known, later = sorted((known, later))
    asked: list[dict[str, Any]] = [{"first": first, "last": last}, {"on": last, "known": (known, later)}]
    asked += [{"on": last}] if "amendment_3" in text else []
    for question in asked:
        found = jurat.compare(rules, CASE, **question)
        if found.household is None:
            continue
        sums(found.household)
        sides = found.household.before, found.household.after
        passage = _passage(rules, question, last)
        assert passage.after_causes(range(len(passage.causes))).graph.effect == sides[1].graph.effect
        if passage.before.on == passage.after.on:
            nothing = compare_laws(passage.after_causes(()).graph, sides[0].graph)
            assert nothing.effect != "effect"


def _passage(rules: Rules, question: dict[str, Any], last: date) -> Passage:
    if "first" in question:
        return Passage(rules.law, Side(question["first"]), Side(last))
    if "known" in question:
        before, after = (Side(last, known) for known in question["known"])
        return Passage(rules.law, before, after)
    return Passage(rules.law, Side(last, with_drafts=False), Side(last))


def test_most_amendments_that_are_made_up_can_be_carried_out() -> None:
    """Else the causes of few were added up."""
    accepted: list[bool] = []

    @seed(2)
    @MADE_UP
    @given(amendments())
    def carry_out(text: str) -> None:
        accepted.append(not errors(with_draft(text).problems))

    carry_out()
    assert len(accepted) > 100 and sum(accepted) > len(accepted) // 2, Counter(accepted)


def test_what_would_leave_a_law_with_a_mistake_is_told_together_with_what_mends_it() -> None:
    """A figure that becomes a percentage, and the rule that reads it: each alone gives units that do not fit."""
    found = household(
        jurat.compare(
            amended("""
amendment amendment_1 "Amendment No. 1"
  amends regs
  made 2010-01-01
  commences 2010-04-01
substitute figure share "Share" : %
  10% from 2010-04-01
  made by "Regulation 1"
substitute figure rate "Rate" : £ a week
  £11.00 per week from 2010-04-01
  made by "Regulation 2"
substitute rule counted of person "Pay that counts" : £ a week
  is pay - share × pay
  made by "Regulation 3"
"""),
            {"version": 1, "household": {"home": {"person": {"ann": {"pay": 10}}}}},
            first=date(2010, 3, 31),
            last=date(2010, 4, 1),
        )
    )
    told = [(named(one.causes), [difference(move) for move in one.moves.values()]) for one in found.contributions]
    assert told == [
        (("the day",), ["£0.00 a week"]),
        (("amendment_1", "share", "amendment_1", "counted"), ["−£1.00 a week"]),
        (("amendment_1", "rate"), ["£1.00 a week"]),
    ]


def test_a_fact_that_was_reported_late_is_a_cause_when_one_day_is_compared_as_known_on_two() -> None:
    """And so is what was made in between; what had been known all along is none."""
    text = """
amendment amendment_1 "Amendment No. 1"
  amends regs
  made 2010-05-01
  commences 2010-04-01 retrospective
substitute figure rate "Rate" : £ a week
  £11.00 per week from 2010-04-01
"""
    pay = [{"value": 10}, {"value": 14, "from": "2010-04-10", "reported": "2010-06-01"}]
    case = {"version": 1, "on": "2010-04-20", "household": {"home": {"person": {"ann": {"pay": pay}}}}}
    found = household(jurat.compare(amended(text), case, known=(date(2010, 4, 20), date(2010, 7, 1))))
    told = [(named(one.causes), [difference(move) for move in one.moves.values()]) for one in found.contributions]
    assert told == [(("home.ann.pay",), ["−£4.00 a week"]), (("amendment_1", "rate"), ["£1.00 a week"])]


def test_a_draft_that_only_takes_an_exception_away_is_compared_on_its_day() -> None:
    draft = 'amendment draft "Draft"\n  amends regs\n  commences 1 October 2010\nin counted omit exception little\n'
    rules = from_sources([Source("regs.rules", LAW), Source("draft.rules", draft)], drafts=["draft"])
    found = sides(rules, None, None)
    assert not isinstance(found, Problem)
    assert [side.on for side in found] == [date(2010, 10, 1)] * 2


# ---- what is taken out ----------------------------------------------------------------------------------------------

OMITTING = """instrument regs "The Regulations"
  made 1 January 2007
  commences 1 January 2008

entity person

input pay of person "Pay" : £ a week
  range £0 per week to £1,000 per week

table extra of person "Extra" : £ a week
  by pay
  row low: under £100 per week gives £1 per week
  row high: £200 per week or over gives £3 per week
  row middle: £100 per week to under £200 per week gives £2 per week
  otherwise £0 per week

rule award of person "Award" : £ a week
  payable by the day
  is extra

amendment change "The Amendment"
  amends regs
  made 1 January 2009
  commences 1 January 2010

in extra for £3 per week substitute £4 per week
  made by "Regulation 2"

in extra omit row middle
  made by "Regulation 1"
"""


def test_who_takes_a_row_out_is_told() -> None:
    """It has no text of its own any more that could say what made it; the place in the instrument is a cause by itself."""
    rules = from_sources([Source("law.rules", OMITTING)])
    before, after = date(2009, 12, 31), date(2010, 1, 1)
    said = " ".join(jurat.compare(rules, first=before, last=after).told().split())
    assert "middle omitted: since 1 January 2010; made by The Amendment on 1 January 2009, Regulation 1" in said
    assert "high: since 1 January 2010; made by The Amendment on 1 January 2009, Regulation 2" in said
    case = {"version": 1, "person": {"anna": {"pay": "150"}}}
    told = " ".join(jurat.compare(rules, case, first=before, last=after).told().split())
    assert "−£2.00 a week: The Amendment, Regulation 1: Extra (made 1 January 2009, from 1 January 2010)" in told
