"""Lines of a working read back, and the marks in them: as with a pencil, and what no case or rule can forge."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

import jurat
from explain.document import document
from explain.marks import as_elements, figure, name, words
from explain.reading_back.checking import check
from explain.reading_back.days import shifted
from explain.reading_back.lines import taken_apart, words_of
from explain.reading_back.pages import Page, from_html, from_marks
from explain.reading_back.words import reading
from explain.templating import template
from tests.books import CHILDCARE, ON, ask, book, household, shipped

# ---- lines ----------------------------------------------------------------------------------------------------------


def comes_to(text: str) -> str:
    """A line with its figures in braces and names in square brackets: what it comes to, or what is wrong."""
    marked = re.sub(r"\[([^]]*)\]", lambda found: name(found[1]), re.sub(r"\{([^}]*)\}", lambda found: figure(found[1]), text))
    marked = re.sub(r"<([^>]*)>", lambda found: words(found[1]), marked)
    skeleton, line = taken_apart(marked)
    read = reading(skeleton)
    assert read is not None, text
    value = read.of(line)
    return "; ".join(line.wrong) or words_of(value)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{£2.00} + {£3.00} × {4} = {£14.00}", "14"),
        ("({£2.00} + {£3.00}) × {4} = {£20.00}", "20"),
        ("{£10.00} − {£3.00} − {£2.00} = {£9.00}", "it comes to 5, and £9.00 is printed"),
        ("{£10.00} ÷ {4} ÷ {2} = {£1.25}", "1.25"),
        ("{−£0.05}, rounded to the nearest 10p: {−£0.10}", "−0.1"),
        ("{£0.25}, rounded to the nearest 10p (halves to the even one): {£0.20}", "0.2"),
        ("{−£0.25}, rounded up to a multiple of 10p: {−£0.20}", "−0.2"),
        ("{£1,234.50}, rounded down to a multiple of £1,000: {£1,000.00}", "1,000"),
        ("{1}, rounded to the nearest 1, but not less than {16}: {16}", "16"),
        ("{£5.00} − {£7.00} = {−£2.00}, but not less than {£0.00}: {£0.00}", "0"),
        ("{refused} − {£7.00} = {refused}", "refused"),
        ("{0} × (not known, and not needed) = {0}", "0"),
        ("the lower of {£5.00}, {£7.00} and {£3.00} = {£3.00}", "3"),
        ("{2} ([ann], [ben]) equals {1}: {no}", "no"),
        ("{3} ([ann], [ben]) equals {3}: {yes}", "it comes to 2, and 3 is printed"),
        ("{yes} and not {no} or {no}: {yes}", ""),
        ("{no} and (not known, and not needed): {no}", "no"),
        ("not ({green} is <red, green or blue>): {no}", "no"),
        ("not ({never} is not <never>): {yes}", "yes"),
        ("{never} is within November to December: {no}", "no"),
        ("{£3.00} ÷ (({3} × {0.05} (<4 to 6 January 2008>)) ÷ {7}) = {£140.00}", "140"),
        ("{3 May 1980} is within the {1 month} ending with {30 December 2008} ({refused} to {30 December 2008}): {refused}", "refused"),
        ("{3%} × {£5.00} (<4 January 2008>) = {£0.15}", "0.15"),
        ("whole years from {29 February 2008} to {28 February 2009}: {1 year}", "1"),
        ("whole years from {29 February 2008} to {28 February 2009}: {0 years}", "0"),
        ("whole years from {3 May 1980} to {1 October 2010}: {31 years}", "it comes to 30, and 31 years is printed"),
        ("{1 January 2012} is after {3 May 1940} + {65 years}: {yes}", "yes"),
        ("{1 January 2012} is within the {7 days} before {8 January 2012} (<1 to 7 January 2012>): {yes}", "yes"),
        ("{1 January 2012} is within the {7 days} before {8 January 2012} (<2 to 7 January 2012>): {no}",
         "the days are not 2 to 7 January 2012"),
        ("{30 June 2010} is within October to April: {no}", "no"),
        ("{£1.00} × {19} (each complete {£250.00} of {£4,855.00}) = {£19.00}", "19"),
        ("{£1.00} × {20} (each {£250.00} or part of it of {£4,855.00}) = {£20.00}", "20"),
        ("of {£80.00}: {10%} × {£60.00} + {20%} × {£20.00} = {£10.00}", "10"),
        ("of {£81.00}: {10%} × {£60.00} + {20%} × {£20.00} = {£10.00}", "the parts in the bands are not the whole"),
        ("{3} × {£5.00} (<4 to 6 January 2008>) + {£1.00} (<7 January 2008>) = {£16.00}", "16"),
        ("{4} × {£5.00} (<4 to 6 January 2008>) = {£20.00}", "4 to 6 January 2008 are 3 days"),
        ("{2 days} running in: <4 to 5 January 2008>: {yes}; <6 January 2008>: {no}: {yes}", "yes"),
        ("none of: {no} ([ann]), {yes} ([ben]): {no}", "no"),
        ("{£5.83 an hour} × {40 hours a week} = {£233.20 a week}", "233.2"),
        ("{£5.83 an hour} × {40 hours a week} = {£233.20 a month}", "it is of £ per week, and £233.20 a month is printed"),
        ("{£5.83 an hour} × {40 days a week} = {£233.20 a week}", "it is of £×days per hour per week, and £233.20 a week is printed"),
        ("{£5.83} × {40} = {233.20}", "it is of £, and 233.20 is printed"),
        ("{£5.00 a week} + {£2.00 a month} = {£7.00 a week}", "amounts of £ per week and £ per month do not belong together"),
        ("{£10.00 a week} ÷ {£2.00 a week} = {5}", "5"),
        ("{£364.00 a year} ÷ {52 weeks per year} = {£7.00 a week}", "7"),
        ("{50%} × {3 hours} is more than {£1.00}: {yes}", "amounts of hours and £ do not belong together"),
        ("{£1.00 per visit} × {3 visits a week} = {£3.00 a week}", "3"),
        ("{£1.00 per child} × {3 children} = {£3.00}", "3"),
        ("{£5.00 a week}, but not less than {£1.00 a day}: {£5.00 a week}", "amounts of £ per week and £ per day do not belong together"),
        ("any of: nobody: {no}", "no"),
    ],
)  # fmt: skip
def test_how_a_line_is_read(line: str, expected: str) -> None:
    if "and not {no} or" in line:
        assert reading(taken_apart(line)[0]) is None  # which of the two is meant is not said
    else:
        assert comes_to(line) == expected


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("yes/no\n  is not (colour is one of (red, green))", "not (green is red or green): no"),
        ("yes/no\n  is not (born is not within October to April)", "not (3 May 1980 is not within October to April): no"),
        ("yes/no\n  is not (not old)", "not (not yes): yes"),
        ("date\n  is later of (born, due) + 2 weeks", "(the later of 3 May 1980 and 30 September 2010) + 2 weeks: 14 October 2010"),
        ("£\n  is pay ÷ (share ÷ 7), rounded to the nearest 50p",
         "£99.99 ÷ (0.15 ÷ 7) = £4,666.20, rounded to the nearest 50p: £4,666.00"),
        ("£\n  is £2 for each £0.50 or part of it of (0.5 × pay, rounded to the nearest 1p)",
         "£2.00 × 100 (each £0.50 or part of it of 0.5 × £99.99, rounded to the nearest 1p = £50.00) = £200.00"),
        ("£\n  is pay - bands applied to £20, rounded to the nearest 1p",
         "£99.99 − (of £20.00: 0% × £7.50 + 0.5% × £12.50) = £99.9275, rounded to the nearest 1p: £99.93"),
    ],
)  # fmt: skip
def test_what_is_a_part_of_more_is_read_as_that_part(formula: str, line: str) -> None:
    """Brackets where a pencil would join what does not belong together, and what stands beside a part is read as its own."""
    rules = book(f"""
        choice colours "Colours" : red, green, blue
        input colour of person "Colour" : colours
        input born of person "Born" : date
        input due of person "Due" : date
        input old of person "Old" : yes/no
        input pay of person "Pay" : £
        input share of person "Share" : number
        figure rate "Rate" : %
          0.5% from 1 October 2009
        scale bands "Bands" : £
            band 0% up to £7.50
            band rate above £7.50
        rule answer of person "Answer" : {formula}""")
    case = household({"colour": "green", "born": "1980-05-03", "due": "2010-09-30", "old": True, "pay": "99.99", "share": "0.15"})
    answer = ask(rules, case, "answer")
    assert line in " ".join(jurat.explain(answer).split())
    report = check(from_html(jurat.explain(answer, "html", reader="auditor")))
    assert set(report.lines) == {"recomputed"}
    assert json.loads(jurat.explain(answer, "json"))


def test_words_that_are_not_found_refuse_nobody() -> None:
    """What is recomputed comes to the same; a page whose words say another rounding is told of, and handed out."""
    rules = book("""
        input pay of person "Pay" : £
        rule answer of person "Answer" : £
          is pay ÷ 3, rounded to the nearest 1p""")
    html = jurat.explain(ask(rules, household({"pay": "100"}), "answer"), "html")
    report = check(from_html(html.replace("Pay ÷ 3, rounded to the nearest 1p", "Pay ÷ 3, rounded")))
    assert not report.wrong
    assert +report.lines == {"rounding not in the words": 1}


def test_why_it_came_to_nothing_is_read_where_its_working_is_not_printed() -> None:
    rules = book("""
        input old of person "Old" : yes/no
        input pay of person "Pay" : £
        rule extra of person "Extra" : £
          is £0 when not old
          otherwise £5
        rule answer of person "Answer" : £
          is pay + extra""")
    answer = ask(rules, household({"old": False, "pay": "5"}), "answer")
    assert answer.assessment is not None
    printed = from_marks(template("explanation.txt").render(doc=document(answer.assessment)), False)
    assert [step.why for step in printed.steps.values() if step.why] == ["\x03“Old”\x04 is \x01no\x04"]
    assert set(check(printed).lines) == {"recomputed"}


def test_somebody_who_is_there_on_some_of_the_days_alike() -> None:
    """Others stand before her on the first of the days: she is the same on the next."""
    rules = book("""
        input pay of person "Pay" : £
        rule answer of person "Answer" : £
          is sum of pay over days in the 2 days ending with assessment_date""")
    case = household({"until": "2010-09-30", "pay": "1"}, {"pay": "2"})
    for form in ("text", "md", "html", "json"):
        assert "£2.00" in jurat.explain(ask(rules, case, "answer"), form) or form == "json"
    used = json.loads(jurat.explain(ask(rules, case, "answer"), "json"))["steps"][0]["uses_on_other_days"]
    assert {use["id"]["path"][-1] for use in used} == {"b"}


# ---- marks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["\x01", "\x02", "\x03", "\x04", "\x05", "\x06", "\x07"])
def test_no_case_can_hold_a_mark(mark: str) -> None:
    case = household({"pay": "5"})
    case["household"]["home"]["person"] = {f"a{mark}": {"pay": "5"}}
    rules = book('input pay of person "Pay" : £\nrule answer of person "Answer" : £\n  is pay')
    assert jurat.assess(rules, case, on=ON, of=["answer"]).assessment is None


def test_no_rule_can_hold_a_mark() -> None:
    with pytest.raises(AssertionError, match="cannot be seen"):
        book('rule answer of person "Ans\x01wer" : £\n  is £1')


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_no_mark_is_printed(form: Any) -> None:
    for on in (ON, date(2012, 1, 1)):
        assert not re.search("[\x00-\x08]", jurat.explain(jurat.assess(shipped(), CHILDCARE, on=on), form))


def test_a_name_that_looks_like_a_figure_is_none() -> None:
    """What a person is called is never taken for an amount."""
    rules = book("""
        input pay of person "Pay = £5" : £
        rule total of household "Total: £7 × 2" : £
          is sum of (pay × 2) over person""")
    case = {"version": 1, "household": {"home": {"person": {"£9.00) × 3 = £1": {"pay": "5"}, "yes: no": {"pay": "6"}}}}}
    html = jurat.explain(ask(rules, case, "total"), "html")
    assert not check(from_html(html)).wrong
    assert as_elements("<b>") == "&lt;b&gt;"


def test_what_is_worked_out_inside_a_member_of_another_day_is_let_stand() -> None:
    """Its own working is not printed, so where its figure comes from cannot be seen; the rest is read all the same."""
    rules = book("""
        input pay of person "Pay" : £
        rule total of household "Total" : £
          is sum of ((pay - £1) on 1 October 2009) over person""")
    html = jurat.explain(ask(rules, household({"pay": "5"}, {"pay": "6"}), "total"), "html")
    [found] = [step for step in check(from_html(html)).steps if step.why]
    assert (found.standing, found.why[0]) == ("not recomputed", "worked out inside a member or a day, of others")


def test_pages_that_are_none_are_read_as_nothing() -> None:
    assert from_html("") == Page() == from_html("<html><p>£5.00 + £6.00 = £7.00</p></html>")


@pytest.mark.parametrize(
    ("start", "length", "unit", "days"),
    [
        (date(2010, 3, 30), 1, "month", {date(2010, 4, 30)}),
        (date(2010, 3, 31), 1, "month", {date(2010, 4, 30), date(2010, 5, 1)}),
        (date(2010, 10, 1), -1, "week", {date(2010, 9, 24)}),
        (date(2012, 2, 29), 1, "year", {date(2013, 2, 28), date(2013, 3, 1)}),
        (date(9999, 12, 31), 1, "day", set()),
    ],
)
def test_a_day_so_long_after_another(start: date, length: int, unit: str, days: set[date]) -> None:
    """One; where the month has no such day, either of the two that a law may mean."""
    assert shifted(start, length, unit) == days
