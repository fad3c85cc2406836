"""What a claimant asked of the letter, having nothing else: guesses as questions, why it jumps, what to do at once, plain amounts."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import jurat
from engine.assess import values
from engine.assessment import FactUse
from engine.graph import Graph
from engine.types import Type
from engine.units import POUND
from engine.values import Exact, Refusal, Value
from engine.varying.along import Along
from engine.varying.curves import domain
from engine.varying.others import other_values
from explain.tongue import ENGLISH
from jurat.answers import Reader
from jurat.catalogues import main, phrases
from jurat.rulebook import Rules
from tests.books import CHILDCARE, PEOPLE, ask, book, household, shipped

CASES = sorted(CHILDCARE.parent.glob("*.case"))

HELP = """
choice tenure : tenant, owner
input pay of person "Pay before tax" : £ a week
  range £0 per week to £1,000 per week
  ask "How much are you paid a week?"
input bonus of person "Bonus" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
input rent of household "Rent" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
  ask "How much rent do you pay a week?"
input held_as of household "How the home is held" : tenure
  default tenant
  ask "Do you rent your home, or own it?"
input at_school of person "Is at school" : yes/no
  default no
  ask "Are you at school?"
input rare of person "Is rare" : yes/no
  default no
  ask "Are you rare?"
rule is_poor of household "Is paid little" : yes/no
  is sum of pay over person < £100 per week
rule extra of household "Extra" : £ a week
  is £50 per week when is_poor and held_as is tenant
    because "There is an extra for those who are paid little."
  otherwise £0 per week
    because "The extra is for those who are paid less than £100 a week."
rule pupil of person "Part of a pupil" : £ a week
  is £10 per week when at_school and not rare
  otherwise £0 per week
rule help of household "Help" : £ a week
  payable by the week
  is £200 per week + rent + extra + sum of pupil over person - 33.3% × sum of pay over person - 20% × sum of bonus over person, but not less than £0 per week, rounded to the nearest 1p
"""


def letter(rules: Rules, case: Any, reader: Reader = "claimant", form: Any = "text", **options: Any) -> str:
    printed = jurat.explain(ask(rules, case, "help"), form, reader=reader, **options)
    return " ".join(printed.split()) if form == "text" else printed


def data(rules: Rules, case: Any, reader: Reader = "claimant") -> Any:
    return json.loads(letter(rules, case, reader, "json"))


# ---- guesses --------------------------------------------------------------------------------------------------------


def test_what_nobody_told_is_asked_right_below_the_award() -> None:
    """In the words of the rules; where they have no question, by title. A guess of no pounds is £0."""
    said = letter(book(HELP), household({"pay": 110}))
    assert re.search(r"Help on 1 October 2010: £\S+ a week WHAT WE HAD TO GUESS We did not know these\.", said)
    assert said.index("WHAT WE HAD TO GUESS") < said.index("HOW IT ADDS UP")
    assert "- How much rent do you pay a week? Our guess: £0 a week." in said
    assert "- Bonus. Our guess: £0 a week." in said


def test_what_carries_the_award_comes_first_and_what_changes_nothing_is_only_named() -> None:
    """Whoever is paid £110 has no extra, whether they own the home or not; whoever is paid £90 has it as a tenant only."""
    without, having = (data(book(HELP), household({"pay": pay}))["guesses"] for pay in (110, 90))
    assert [one["ask"] for one in without["questions"]] == ["Bonus.", "How much rent do you pay a week?", "Are you at school?"]
    assert without["idle"] == ["How the home is held", "Is rare"]
    assert having["questions"][0] == {"ask": "Do you rent your home, or own it?", "whose": "", "value": "tenant"}
    assert having["idle"] == ["Is rare"]


@pytest.mark.parametrize(("reader", "asked"), [
    ("claimant", "Nobody told us an amount, and we counted none: Kind 1; Kind 2; Kind 3; Kind 4 (a)."),
    ("easy-read", "Nobody told us, so we counted none. - Kind 1 - Kind 2 - Kind 3 - A: Kind 4"),
])  # fmt: skip
def test_many_kinds_of_money_are_asked_for_in_one_question(reader: Reader, asked: str) -> None:
    """Three are asked for one by one, as the rules ask; a fourth would make a wall of questions."""
    for many in (3, 4):
        kinds = "".join(f"""
            input kind_{number} of person "Kind {number}" : £ a week default £0 per week range £0 per week to £9 per week
              ask "How much of kind {number}?\"""" for number in range(1, many + 1))  # fmt: skip
        of_all = " + ".join(f"(sum of kind_{number} over person)" for number in range(1, many + 1))
        rule = f'rule help of household "Help" : £ a week payable by the week is {of_all} + (sum of pay over person)'
        rules = book(f'{kinds}\ninput pay of person "Pay" : £ a week\n{rule}')
        said = letter(rules, household({"pay": 5}, {"pay": 5, f"kind_{many}": 5}), reader)
        assert (asked in said) == (many == 4)
        assert ("How much of kind 1?" in said) == (many == 3)


@pytest.mark.parametrize("reader", ["claimant", "easy-read"])
def test_a_sentence_that_rests_on_a_guess_says_so(reader: Reader) -> None:
    """No rent that nobody told is no rent that is not paid."""
    rules = book("""
        input rent of household "Rent" : £ a week default £0 per week range £0 per week to £900 per week
        input pay of person "Pay" : £ a week
        rule housing of household "Housing" : £ a week
          is £0 per week when rent = £0 per week
            because "No rent is paid."
          otherwise rent
        rule help of household "Help" : £ a week
          payable by the week
          is housing + £3 per week + (sum of pay over person)""")
    assert "No rent is paid. We guessed this. Rent: £0 a week." in letter(rules, household({"pay": 5}), reader)
    told = letter(rules, household({"pay": 5}, rent=0), reader)
    assert "No rent is paid." in told and "We guessed" not in told


@pytest.mark.parametrize("reader", ["claimant", "easy-read"])
def test_where_an_award_could_not_be_worked_out_no_guess_is_said_to_change_nothing(reader: Reader) -> None:
    """One by itself changes nothing then, and may all the same once the award is known."""
    said = letter(book(HELP), household({}), reader)
    assert "could not be worked out" in said
    assert re.search("We guessed these too: .*Bonus" if reader == "claimant" else "We made more guesses: .*- Bonus", said)
    assert "change nothing" not in said


def test_a_question_names_whom_it_is_about_unless_it_is_about_all() -> None:
    guesses = data(book(HELP), household({"pay": 110, "at_school": True}, {"pay": 0, "bonus": 1}, {"pay": 0}))["guesses"]
    whose = {one["ask"]: one["whose"] for one in guesses["questions"]}
    assert whose["Are you at school?"] == "B and c"
    assert whose["Bonus."] == "A and c"
    assert whose["How much rent do you pay a week?"] == ""
    assert not guesses["is_of_all"]
    assert data(book(HELP), household({"pay": 0}, {"pay": 0}))["guesses"]["is_of_all"]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_is_said_to_change_nothing_changes_nothing(case: Path) -> None:
    """Every other answer of a yes or no and of a choice, and values all over the range of a number, each assessed."""
    assessment = jurat.assess(shipped(), case).assessment
    assert assessment is not None
    answers = [_known(answer.value) for answer in assessment.answers]
    terms = [assessment.graph.terms[index] for index, _ in assessment.asked]
    for use in assessment.facts:
        fact = use.term.index, assessment.world.paths[use.term.entity].index(use.path)
        if not use.is_assumed:
            continue
        along = Along(assessment.graph, assessment.case, fact, assessment.asked[0])
        found = [values(assessment.graph, along.with_fact(value), terms) for value in _others(assessment.graph, use)]
        differ = any([_known(value) for term in one for value in term] != answers for one in found)
        assert other_values(assessment, fact).is_any >= differ, use.term.title
        if not use.term.type.is_number:
            assert other_values(assessment, fact).is_any == differ, use.term.title


def _known(value: Value) -> Value | None:
    """What cannot be worked out is so whatever the reasons."""
    return None if isinstance(value, Refusal) else value


def _others(graph: Graph, use: FactUse) -> list[Any]:
    term = use.term
    if term.type.is_number:
        low, high = domain(term)
        return [low + (high - low) * part // 7 for part in range(8)]
    return list(graph.vocabulary.choices[term.type.choice]) if term.type.choice else [True, False]


# ---- what would change it -------------------------------------------------------------------------------------------


def test_one_pound_more_is_said_in_pence() -> None:
    """As people say it, and exactly; of a hundredth of a penny, for more pounds at once."""
    said = letter(book(HELP), household({"pay": 110}))
    assert "For each £1 more, your award falls by about 33p (exactly £0.333)." in said
    assert "For each £1 more, your award falls by 20p." in letter(book(HELP), household({"pay": 110, "bonus": 5}))
    assert "For each £1 more, your award rises by £1." in letter(book(HELP), household({"pay": 110}, rent=5))
    small = book(HELP.replace("20% ×", "0.02% ×"))
    assert "For each £100 more, your award falls by 2p." in letter(small, household({"pay": 110, "bonus": 5}))


def test_an_amount_says_for_what_time_where_the_award_is_for_another() -> None:
    monthly = HELP.replace(
        'input rent of household "Rent" : £ a week\n  default £0 per week\n  range £0 per week to £1,000 per week',
        'input rent of household "Rent" : £ a month\n  default £0 per month\n  range £0 per month to £1,000 per month',
    ).replace("+ rent +", "+ rent × 12 month per year ÷ 52 week per year +")
    assert "For each £1 a month more, your award rises by about 23p a week." in letter(
        book(monthly), household({"pay": 110}, rent=5)
    )


@pytest.mark.parametrize("reader", ["claimant", "easy-read"])
def test_a_jump_says_which_rule_makes_it_and_what_it_is_a_penny_before(reader: Reader) -> None:
    """In the sentence of the case that applies there; where there is none, by title."""
    said = letter(book(HELP), household({"pay": 110}), reader)
    still, then = (
        ("your award is still", "£10.01 less, your award becomes") if reader == "claimant" else ("you still get", "you get")
    )
    at = f"At £100.00 a week {still} £166.70 a week. At £99.99 a week{',' if reader == 'claimant' else ''} {then} £216.70 a week."
    assert f"{at} Why: Extra. There is an extra for those who are paid little." in said
    back = letter(book(HELP), household({"pay": 90}), reader)
    assert "£166.70 a week. Why: Extra. The extra is for those who are paid less than £100 a week." in back
    plain = book(re.sub("    because .*\n", "", HELP))
    assert "Why: Is paid little is then: yes." in letter(plain, household({"pay": 110}), reader)


def test_the_cliff_of_child_care_is_explained() -> None:
    said = " ".join(jurat.explain(jurat.assess(shipped(), CHILDCARE), reader="claimant").split())
    assert "At £233.21 a week your award is still £297.53 a week." in said
    assert "At £233.20 a week, £11.80 less, your award becomes £64.34 a week." in said
    assert "Why: Child day care component. This is paid while the parents earn more than" in said


# ---- what to do -----------------------------------------------------------------------------------------------------

WAYS = """
instrument meals_order "Meals Order"
  made 1 May 2007
  commences 1 January 2008
input pay of person "Pay" : £ a week
  range £0 per week to £100 per week
rule help of person "Help" : £ a week
  payable by the week
  is pay
challenge second_look "Ask for another look"
  to "another officer"
  within not encoded "the limit was not found"
  cite "Article 8"
challenge appeal "Appeal"
  after second_look
  within not encoded "the limit was not found either"
challenge complaint "Complain"
  within 1 month after "the decision"
duty report "Report changes"
  within not encoded "it was not found"
  about pay
  also "who lives with you", "a birth"
"""


def test_a_limit_that_was_not_found_is_to_act_at_once() -> None:
    """And the law of the Article is named."""
    said = letter(book(WAYS), household({"pay": 5}))
    at_once = "Do this at once. We do not know by when: the limit was not found. The law: Meals Order, Article 8."
    assert f"Ask for another look (another officer). {at_once}" in said
    assert (
        "Appeal. Do this as soon as you are told of that decision. We do not know by when: the limit was not found either."
        in said
    )
    assert "Complain. Within 1 month after the decision." in said
    assert "REPORT CHANGES Do this at once. We do not know by when: it was not found." in said
    easy = letter(book(WAYS), household({"pay": 5}), "easy-read")
    assert "Who decides: another officer. Do this at once. We do not know by when: the limit was not found." in easy


def test_what_else_is_to_be_reported_stands_beside_the_facts_that_counted() -> None:
    said = letter(book(WAYS), household({"pay": 5}))
    assert "Tell us if any of them changes: - Pay Tell us as well about: - who lives with you - a birth" in said
    jersey = " ".join(jurat.explain(jurat.assess(shipped(), CHILDCARE), reader="claimant").split())
    assert (
        "- who lives with you: anybody who moves in or out, is born, or dies - any other change in your circumstances" in jersey
    )


def test_it_claims_no_more_than_it_can() -> None:
    said = letter(book(HELP), household({"pay": 110}))
    assert "The rules can be wrong. Ask us for the full working" in said
    assert re.search("Reference: [0-9a-f]{12}. Quote it when you write to us", said)


# ---- names ----------------------------------------------------------------------------------------------------------


def test_nobody_is_named_who_can_be_nobody_else() -> None:
    """Of one person and one home nothing is said; of several, who, as people write it."""
    assert "(a)" not in letter(book(HELP), household({"pay": 110}))
    case = {"version": 1, "household": {"home": {"person": {"child_1": {"pay": 110, "at_school": True}, "child_2": {"pay": 0}}}}}
    said = letter(book(HELP), case)
    assert "Part of a pupil (child 1)" in said
    assert "home" not in said.replace("Do you rent your home", "").replace("How the home is held", "")


# ---- the easy one ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_easy_letter_has_no_brackets_and_the_sum_of_what_is_taken_off(case: Path) -> None:
    """What a rule itself says apart: brackets in its title are its own."""
    answer = jurat.assess(shipped(), case)
    easy, full = (json.loads(jurat.explain(answer, "json", reader=reader)) for reader in ("easy-read", "claimant"))
    printed = jurat.explain(answer, reader="easy-read")
    own = json.dumps([easy["awards"], easy["challenges"], easy["given"], easy["duties"]], ensure_ascii=False)
    assert [line for line in printed.splitlines() if "(" in line and line.strip(" -") not in own] == []
    for award, same in zip(easy["awards"], full["awards"], strict=True):
        assert award["lines"] == same["lines"]
        for line in award["lines"]:
            for part in line["below"]:
                assert re.search(rf"{re.escape(part['title'])}.* {re.escape(part['value'])}\n", printed)
    assert [change["title"] for change in easy["changes"]] == [change["title"] for change in full["changes"]]


def test_the_phrases_of_the_easy_letter_are_short() -> None:
    """A sentence each, of twelve words at most, places to fill in among them."""
    easy = {message for message, place in phrases() if place.startswith("explain/templates/easy.") and isinstance(message, str)}
    others = {message for message, place in phrases() if place == "explain/templates/letter.txt.jinja"}
    assert len(easy - others) > 20
    for message in easy - others:
        for sentence in re.split(r"(?<=[.?:]) ", message):
            assert len(sentence.split()) <= 12, sentence


# ---- words in another language ---------------------------------------------------------------------------------------


def test_words_that_nobody_has_translated_say_that_they_are_english(tmp_path: Path) -> None:
    """To a voice that reads a page aloud; the title of a page can have no elements, and other forms no languages."""
    tmp_path.joinpath("help.rules").write_text(PEOPLE + HELP, encoding="utf-8")
    main([str(tmp_path)])
    rules = jurat.load(tmp_path)
    case = household({"pay": 110}, rent=5)
    page = letter(rules, case, form="html", language="fr")
    for words in (
        "Help",
        "Rent",
        "Pay before tax",
        "Are you at school?",
        "The extra is for those who are paid less than £100 a week.",
    ):
        assert f'<span lang="en">{words}</span>' in page
    assert re.search("<title>Help[^<>]*</title>", page)
    assert '<span lang="en">' not in letter(rules, case, form="html")
    for form in ("text", "md", "json", "html"):
        assert not re.search("[\x00-\x08\x0b-\x1f]|u000", letter(rules, case, form=form, language="fr"))


def test_the_law_of_a_challenge_says_that_it_is_english() -> None:
    page = jurat.explain(jurat.assess(shipped(), CHILDCARE), "html", reader="claimant", language="pt")
    assert 'A lei: <span lang="en">Income Support (General Provisions) (Jersey) Order 2008, Article 13</span>.' in page


# ---- amounts as people say them -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pounds", "said"),
    [("0", "£0"), ("0.01", "1p"), ("0.775", "£0.775"), ("0.78", "78p"), ("1", "£1"), ("1.2", "£1.20"), ("1234", "£1,234"), ("-1", "−£1.00")],
)  # fmt: skip
def test_amounts_as_people_say_them(pounds: str, said: str) -> None:
    amount = Fraction(pounds)
    value = Exact(amount.numerator, Type("amount", ((POUND, 1),)), amount.denominator)
    assert ENGLISH.spoken(value) == said
    weekly = Exact(amount.numerator, Type("amount", ((POUND, 1), ("week", -1))), amount.denominator)
    assert ENGLISH.spoken(weekly) == f"{said} a week"
    assert ENGLISH.spoken(weekly, per=False) == said
