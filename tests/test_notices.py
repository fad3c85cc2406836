"""What an explanation can ask of a book: how a decision is challenged on a day, and what of a case has to be reported."""

from __future__ import annotations

from datetime import date

import jurat
from engine.book.history import history
from engine.notices import TimeLimit, challenges, duties
from explain.comparing.data import laws_data
from explain.rules.history import history_text
from grammar.source import Source
from jurat.rulebook import Rules, from_sources
from tests.books import CHILDCARE, ask, book, household, shipped
from tests.comparing import laws

INSTRUMENT = """
instrument order "Meals Order"
  made 1 May 2007
  commences 1 January 2008
"""
TOLD = """
input pay of person "Pay" : £ a week
  default £0 per week
  range £0 per week to £100 per week
rule help of person "Help" : £ a week
  payable by the week
  is pay
challenge appeal "Appeal to the Tribunal"
  after redetermination
  to "the Tribunal"
  within not encoded "not found"
  cite "Article 17"
challenge redetermination "Ask for the decision to be looked at again"
  to "another officer"
  within 1 month after "the decision"
  giving "reasons"
  cite "Article 13"
  note "In writing."
challenge complaint "Complain"
  at any time
  from 1 June 2010
duty report "Report changes"
  to "the Department"
  within 14 days after "the change"
  about pay
  also "who lives with you", "a new address"
  cite "Article 5"
"""
MEALS = INSTRUMENT + TOLD
AMENDED = (
    MEALS
    + """
amendment change "Meals (Amendment) Order"
  amends order
  made 1 June 2011
  commences 1 October 2011
in redetermination for 1 month substitute 21 days
  made by "Article 2"
omit duty report
rename appeal to first_appeal
"""
)
DECIDED = date(2010, 5, 1)


def test_challenges_say_all_that_a_letter_needs() -> None:
    """In the order in which they can be taken, each with who decides, by when, what it has to say, and the law."""
    redetermination, appeal = challenges(book(MEALS).on(DECIDED).graph)
    assert redetermination.title == "Ask for the decision to be looked at again"
    assert redetermination.to == "another officer"
    assert redetermination.within == TimeLimit(1, "month", "the decision", None)
    assert redetermination.giving == "reasons"
    assert redetermination.notes == ("In writing.",)
    assert [str(cite) for cite in redetermination.authority.cites] == ["Meals Order, Article 13"]
    assert redetermination.authority.since == date(2008, 1, 1)
    assert appeal.after == ("order:redetermination",)
    assert appeal.within.not_encoded == "not found"
    assert not appeal.within.is_unlimited


def test_challenges_are_those_of_the_day_of_the_decision() -> None:
    """A decision of today about days long ago is challenged as can be done today; without a day, as on the day of the graph."""
    graph = book(AMENDED).on(DECIDED).graph
    assert [one.name for one in challenges(graph)] == ["redetermination", "appeal"]
    later = challenges(graph, date(2011, 10, 1))
    assert [one.name for one in later] == ["redetermination", "complaint", "first_appeal"]
    assert later[0].within == TimeLimit(21, "day", "the decision", None)
    assert later[0].authority.made_by_provision == "Article 2"
    assert later[1].within.is_unlimited
    assert [one.identity for one in later][-1] == "order:appeal"
    known = book(AMENDED).on(DECIDED, date(2011, 5, 31)).graph
    assert challenges(known, date(2011, 10, 1))[0].within.number == 1


def test_duties_name_the_facts_that_the_answers_used() -> None:
    """Given or assumed, of each whose it is; and none of them where no answer needs it."""
    case = household({"pay": 5}, {})
    rules = book(MEALS + 'rule other of person "Other" : £ a week\n  is £1 per week\n')
    answer = ask(rules, case, "help", on=DECIDED)
    assert answer.assessment is not None
    [duty] = duties(answer.assessment)
    assert (duty.title, duty.to, duty.within.number) == ("Report changes", "the Department", 14)
    assert [(fact.name, fact.title, fact.entity) for fact in duty.about] == [("pay", "Pay", "person")]
    assert [(use.path[-1], use.is_assumed) for use in duty.facts] == [("a", False), ("b", True)]
    assert duty.also == ("who lives with you", "a new address")
    unused = ask(rules, case, "other", on=DECIDED).assessment
    assert unused is not None
    assert duties(unused)[0].facts == ()
    amended = ask(book(AMENDED), case, "help", on=DECIDED).assessment
    assert amended is not None
    assert duties(amended, date(2011, 10, 1)) == ()


def test_those_of_another_scheme_are_left_out() -> None:
    """Each scheme tells its own, and those of what it uses."""
    assert [one.title for one in challenges(_two_schemes().on(DECIDED).graph)] == ["Ask Care", "Ask Fuel", "Ask"]
    answer = jurat.assess(_two_schemes(), household({"pay": 5}), on=DECIDED, of=["fuel.help"])
    assert answer.assessment is not None
    graph = answer.assessment.graph
    asked = [graph.terms[index] for index, _ in answer.assessment.asked]
    assert [one.title for one in challenges(graph, of=asked)] == ["Ask Fuel", "Ask"]
    assert [one.title for one in duties(answer.assessment)] == ["Report Fuel"]


def _two_schemes() -> Rules:
    shared = 'scheme shared "Shared"\nentity household contains person\nentity person\n'
    shared += 'input pay of person "Pay" : £ a week\nchallenge look_again "Ask"\n  at any time\n'
    scheme = """scheme {0} "{1}"
  uses shared
rule help of person "{1} help" : £ a week
  is pay
challenge look_again_here "Ask {1}"
  at any time
duty report "Report {1}"
  within 14 days after "the change"
  about pay
"""
    texts = {"shared": shared, "care": scheme.format("care", "Care"), "fuel": scheme.format("fuel", "Fuel")}
    rules = from_sources([Source(f"{folder}/x.rules", text) for folder, text in texts.items()])
    assert not jurat.check(rules)
    return rules


def test_the_life_of_a_challenge_says_which_words_changed() -> None:
    told = history_text(history(book(AMENDED).law, "redetermination"))
    assert '     - within 1 month after "the decision"\n     + within 21 days after "the decision"\n' in told
    assert "By Meals (Amendment) Order, Article 2, made on 1 June 2011." in told
    assert "appeal is called first_appeal." in history_text(history(book(AMENDED).law, "appeal"))
    assert "Nothing of it is in force." in history_text(history(book(AMENDED).law, "report"))


def test_two_laws_differ_in_what_they_tell_and_in_no_award() -> None:
    """By meaning: a limit is a change, a title other words; the digest of the law differs, that of the effect does not."""
    limit = laws(TOLD, TOLD.replace("1 month", "21 days"))
    assert [(one.difference, one.notice.text.name) for one in limit.notices] == [("changed", "redetermination")]
    assert limit.effect == "wording"
    assert limit.before.effect == limit.after.effect
    assert limit.before.law != limit.after.law
    title = laws(TOLD, TOLD.replace('"Complain"', '"Complain to us"'))
    assert [one.difference for one in title.notices] == ["reworded"]
    also = laws(TOLD, TOLD.replace('"a new address"', '"a birth"'))
    assert [one.difference for one in also.notices] == ["changed"]
    assert also.before.law != also.after.law
    duty = laws(TOLD, TOLD.partition("duty")[0])
    assert [(one.difference, one.names) for one in duty.notices] == [("gone", ("report", None))]
    assert not laws(TOLD, TOLD).notices


def test_what_is_told_otherwise_is_in_every_comparison() -> None:
    rules = book(AMENDED)
    beside = jurat.compare(rules, first=date(2011, 9, 30), last=date(2011, 10, 1))
    assert beside.labels is not None
    data = laws_data(beside.laws, beside.labels, (), by_day=False)
    found = {one["name"]: one for one in data["days"][0]["provisions"]}
    assert found["redetermination"]["was"] == ['within 1 month after "the decision"']
    assert found["redetermination"]["is"] == ['within 21 days after "the decision"']
    assert found["first_appeal"]["difference"] == "renamed"
    assert found["report"]["difference"] == "gone"
    assert "what people are told beside them changes" in beside.told()


# ---- Jersey ---------------------------------------------------------------------------------------------------------


def test_a_decision_on_income_support_is_challenged_in_three_steps() -> None:
    """No time limit was found, and none is told; since 1 October 2017 a request must give its reasons."""
    graph = shipped().on(date(2010, 10, 1)).graph
    asked = [graph.by_name["award"]]
    found = challenges(graph, of=asked)
    assert [(one.name, one.to) for one in found] == [
        ("redetermination", "a second determining officer"),
        ("appeal", "the Social Security Tribunal"),
        ("royal_court", "the Royal Court"),
    ]
    assert all(one.within.not_encoded and not one.within.is_unlimited for one in found)
    assert [one.authority.since for one in found] == [date(2008, 1, 28)] * 3
    assert [one.authority.cites[0].text for one in found] == ["Article 13", "Article 17", "Article 18"]
    assert found[0].giving is None
    later = challenges(graph, date(2017, 10, 1), asked)[0]
    assert later.giving == "the reasons for the request"
    assert later.authority.cites[-1].text == "Article 13(1A)"
    assert later.authority.made_by is not None
    assert "Amendment No. 21" in later.authority.made_by


def test_a_household_is_told_which_of_its_facts_to_report_on() -> None:
    assessment = jurat.assess(shipped(), CHILDCARE).assessment
    assert assessment is not None
    [duty] = duties(assessment)
    assert (duty.within.number, duty.within.unit, duty.within.after) == (14, "day", "the change")
    facts = {use.term.name for use in duty.facts}
    assert {"gross_earnings", "childcare_hours", "rent"} <= facts
    assert facts <= {fact.name for fact in duty.about}
    assert "date_of_birth" not in facts
