"""What a result rests on beside its figures, as the page tells it: notes, other readings, and what is taken for granted."""

from __future__ import annotations

import re
from datetime import date

import pytest

import jurat
from engine.varying.otherwise import MOST_READINGS, MOST_TRIED, assumptions_that_matter, readings_not_taken
from explain.document import document
from explain.marks import plain
from explain.page.changes import what_would_change
from explain.page.otherwise import what_would_be_otherwise
from explain.views import Document
from jurat.answers import Answer
from tests.books import CHILDCARE, ON, ask, book, household, shipped


def told(answer: Answer) -> Document:
    assert answer.assessment is not None, answer.problems
    return document(answer.assessment, answer.schemes, otherwise=what_would_be_otherwise(answer.assessment))


def childcare(on: date = ON) -> Answer:
    return jurat.assess(shipped(), CHILDCARE, on=on)


def in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


NOTED = """
instrument act "Act" made 1 January 2000 commences 1 January 2000
  note "That it was made so was not checked."
  note "Printed in two volumes."
input pay of person "Pay" : £
  note "What counts as pay was not found; give what counts."
input rent of person "Rent" : £ default £0
  note "With the ground rent."
rule help of person "Help" : £
  note "Article 6 could not be read."
  is pay + rent
"""


# ---- what was not verified ------------------------------------------------------------------------------------------


def test_what_was_not_verified_is_told_with_the_steps_that_rest_on_it() -> None:
    """Of a rule, of what made it and of a fact; what is merely noted stands among the notes."""
    found = told(ask(book(NOTED), household({"pay": "5"}), "help"))
    assert [(note.about, note.text, note.steps) for note in found.unverified] == [
        ("Act", "That it was made so was not checked.", (1,)),
        ("Help", "Article 6 could not be read.", (1,)),
        ("Pay", "What counts as pay was not found; give what counts.", (1,)),
    ]
    assert [note.text for note in found.other_notes] == ["Printed in two volumes."]


def test_no_form_claims_that_nothing_is_missing() -> None:
    """The page says what is known: that no provision which the rules name was found to touch the case."""
    page = jurat.explain(childcare(), "html")
    assert "Nothing that is not encoded touches" not in page
    gaps = page.partition('id="gaps"')[2].partition("</section>")[0]
    assert "No provision that these rules name as not encoded was found to touch this case." in gaps
    assert "How many hours may count was not found" in gaps
    assert "\nRESTS ON WHAT WAS NOT VERIFIED" in jurat.explain(childcare())
    assert "\n## Rests on what was not verified" in jurat.explain(childcare(), "md")


@pytest.mark.parametrize(
    "text", ["was not found", "were not yet checked", "could not be read", "does not settle the point", "is unknown"]
)
def test_how_a_note_says_that_something_was_not_verified(text: str) -> None:
    [first, *_] = told(ask(book(NOTED.replace("could not be read", text)), household({"pay": "5"}), "help")).unverified[1:]
    assert text in first.text


# ---- at the step itself ---------------------------------------------------------------------------------------------


def test_a_doubt_stands_at_its_step() -> None:
    """The note of a rule, another reading with what it gives, and that there is a note on what made it."""
    text = jurat.explain(childcare())
    [step] = re.findall(r"\n +55\. .*?\n\n", text, re.DOTALL)
    said = in_one_line(step)
    assert "note: Paragraph 5(a), as substituted in 2009, speaks of adults" in said
    assert "another reading (not taken): Single parents have the amounts of paragraph 5(e) instead. With it: it could not" in said
    [rate] = re.findall(r"\n +26\. .*?\n\n", text, re.DOTALL)
    assert re.search(r"made by Income Support \(Amendment No\. 5\) .* on 20 July 2010 \(with note \d+\)", in_one_line(rate))


def test_a_note_on_a_fact_says_of_which() -> None:
    """Where it is not on the step's own rule."""
    text = in_one_line(jurat.explain(ask(book(NOTED), household({"pay": "5"}), "help")))
    assert "not verified: Article 6 could not be read. not verified (Pay): What counts as pay was not found" in text


def test_every_note_that_a_step_names_is_there() -> None:
    for reader in ("officer", "auditor"):
        page = jurat.explain(childcare(), "html", reader=reader)
        assert set(re.findall(r'href="#(note-\d+)"', page)) <= set(re.findall(r'id="(note-\d+)"', page))


def test_the_twenty_ninth_of_february() -> None:
    """What is noted of it is told where such a day occurs, and to nobody else."""
    rules = book("""
        input born of person "Born" : date
        rule age of person "Age" : whole number
          note "Which day completes a year for one born on 29 February was not found."
          is years from born to assessment_date""")
    for born, is_told in (("1980-02-29", True), ("1980-02-28", False)):
        assert (
            "29 February was not found" in in_one_line(jurat.explain(ask(rules, household({"born": born}), "age")))
        ) is is_told


# ---- other readings -------------------------------------------------------------------------------------------------

READ = """
input pay of person "Pay" : £
input old of person "Old" : yes/no default no
rule help of person "Help" : £
  is £10 when not old
  otherwise £4
  reading by_pay "It goes by pay"
    is pay ÷ 3, rounded to the nearest 1p
"""


def test_the_figure_under_a_reading_is_that_of_an_assessment_with_it() -> None:
    """Of the rule that was answered, and of the shipped cases."""
    found = told(ask(book(READ), household({"pay": "100"}), "help"))
    assert [(reading.name, reading.answers) for reading in found.readings] == [("by_pay", "£33.33")]
    for case in sorted(CHILDCARE.parent.glob("*.case"))[:4]:
        assessment = jurat.assess(shipped(), case).assessment
        assert assessment is not None
        for read in readings_not_taken(assessment):
            again = jurat.assess(shipped(), case, readings=[read.name]).assessment
            assert again is not None
            assert [answer.exact for answer in read.answers] == [answer.exact for answer in again.answers]


def test_of_very_many_readings_no_figure_is_worked_out() -> None:
    readings = "".join(f'  reading other_{n} "Other {n}"\n    is £{n}\n' for n in range(MOST_READINGS + 1))
    rules = book(f'rule help of person "Help" : £\n  is £1\n{readings}')
    found = told(ask(rules, household({}), "help"))
    assert {reading.answers for reading in found.readings} == {None}
    assert len(found.readings) == MOST_READINGS + 1


# ---- what is taken for granted --------------------------------------------------------------------------------------


def test_which_assumptions_carry_the_result() -> None:
    """At the head those without which it would be less; each is what an assessment gives with the fact the other way round."""
    found = told(childcare())
    assert "Is in full-time work, excepted, or seeking work (parent): yes" in found.carriers
    assert not any("Cares full time" in fact for fact in found.carriers)
    told_of = {(one.title, one.whose): one.otherwise for one in found.otherwise.carrying or ()} if found.otherwise else {}
    assert told_of["Is in full-time work, excepted, or seeking work", ("parent",)] == "if no: £0.00 a week"
    assert told_of["Level of mobility", ("parent", "baby")] == "if first level: £311.36 a week; if second level: £334.32 a week"
    named = [fact for group in found.assumed_alike for fact in group.facts]
    assert not any("Level of mobility" in fact for fact in named)


def test_a_fact_turned_round_is_as_if_it_were_given() -> None:
    rules = book(READ)
    assessment = ask(rules, household({"pay": "100"}), "help").assessment
    assert assessment is not None
    turned = assumptions_that_matter(assessment)
    assert turned is not None
    [one] = turned
    given = ask(rules, household({"pay": "100", "old": True}), "help").assessment
    assert given is not None
    assert [answer.exact for answer in one.answers] == [answer.exact for answer in given.answers]


def test_of_very_many_assumptions_none_is_tried() -> None:
    """The head says so."""
    names = [f"fact_{n}" for n in range(MOST_TRIED + 1)]
    inputs = "".join(f'input {name} of person "Fact {name}" : yes/no default no\n' for name in names)
    rules = book(f'{inputs}rule help of person "Help" : £\n  is £1 when {" or ".join(names)}\n  otherwise £2\n')
    found = told(ask(rules, household({}), "help"))
    assert found.otherwise is not None
    assert found.otherwise.carrying is None
    assert found.carried_by.startswith("They are too many")
    assert found.assumed_alike


def test_a_sentence_says_what_it_takes_for_granted() -> None:
    """Wherever it stands: at the step, at the head, and of what came to nothing."""
    rules = book("""
        input rent of person "Rent" : £ default £0
        rule housing of person "Housing" : £
          is £0 when rent = £0 because "No rent is paid."
          otherwise rent because "The rent is paid."
        rule help of person "Help" : £
          is £5 + housing
        """)
    text = in_one_line(jurat.explain(ask(rules, household({}), "help")))
    assert "Housing (a): £0.00, because “No rent is paid.” (taken for granted: Rent: nothing)" in text
    assert "“No rent is paid.” Taken for granted: Rent: nothing." in in_one_line(
        jurat.explain(ask(rules, household({}), "housing"))
    )
    assert "taken for granted" not in in_one_line(jurat.explain(ask(rules, household({"rent": "0"}), "help")))


def test_why_a_sum_is_nothing() -> None:
    """By its parts that are nothing, and not by zeros added up; a factor that is nothing is enough."""
    rules = book("""
        input rate of person "Rate" : % default 5%
        input pay of person "Pay" : £ default £0
        input pension of person "Pension" : £
        rule kept of person "Kept" : £
          is rate × pay, rounded to the nearest 1p
        rule income of person "Income" : £
          is pension - kept
        rule help of person "Help" : £
          is £5 + income
        """)
    found = told(ask(rules, household({"pension": "0"}), "help"))
    assert {line.title: line.reason for line in found.nothing} == {
        "Kept": "Pay (assumed) is nothing",
        "Income": "each of these is nothing: Pension; Kept",
    }


# ---- words where there were names -----------------------------------------------------------------------------------


def test_nothing_is_told_by_a_name_of_the_program() -> None:
    """Rows, exceptions and provisions that were looked at are told in words; an auditor finds the name at the head of a step."""
    words = re.compile(
        r"\b[Rr]ow (?!hold)\w+ holds|[Ee]xception \w+_\w+|Refused: not encoded|: it is (?:no|yes)\b(?! breach)|not no breach"
    )
    for form in ("text", "md", "html"):
        assert words.findall(in_one_line(jurat.explain(childcare(), form))) == []
    page = jurat.explain(childcare(), "html", reader="auditor")
    assert "<code>babies</code></span>" in page
    assert "<code>babies</code>" not in jurat.explain(childcare(), "html")


def test_a_provision_that_was_looked_at_is_no_refusal() -> None:
    page = jurat.explain(childcare(), "html")
    assert "Not touched by Income Support (Jersey) Law 2007, Article 19, which is not encoded" in page
    assert "<strong>Not:</strong> Not touched" not in page


# ---- what would change it, and the law ------------------------------------------------------------------------------


def test_both_sides_of_a_jump_and_what_it_rests_on() -> None:
    """The pay on either side, and the single amount that the rule compares with, if need be further down."""
    assessment = childcare().assessment
    assert assessment is not None
    [one] = what_would_change(assessment)
    places = {change.title: [str(place) for place in change.places] for change in one.changes}
    assert "it is £64.34 a week; at £233.21 a week it is still £297.53 a week. " in places["Gross earnings"][1]
    assert "; Cost of child care is £233.20 a week)" in places["Gross earnings"][1]
    assert "at £9,386.99 it is still £288.40 a week." in places["Capital"][0]
    assert "; Capital that is disregarded is £9,137.00)" in places["Capital"][0]


def test_the_law_lists_the_steps_that_came_to_nothing() -> None:
    """Whoever looks up a provision finds each step that cites it."""
    found = told(childcare())
    cited = {step.number for line in found.nothing for step in line.steps if step.citations}
    assert cited <= {step for instrument in found.relied for relied in instrument.places for step in relied.steps}
    assert cited


def test_the_page_says_how_its_numbers_are_read() -> None:
    page = plain(jurat.explain(childcare(), "html"))
    assert "whoever redoes it begins with the lowest" in page
