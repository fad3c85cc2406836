"""Jersey's instruments as amendments: what each made of the law, the link that is missing, and the drafts of June 2010."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import jurat
from engine.book.law import made_on
from engine.rates import Rate, rate_table
from engine.testing.coverage import parts_of
from engine.values import Exact, Refusal
from grammar.source import Source
from jurat.answers import Answer
from jurat.cli import main
from jurat.rulebook import Rules, from_sources
from tests.books import CHILDCARE, RULES, shipped

SCHEME = RULES / "jersey" / "income_support"
DRAFTS = SCHEME / "drafts"
REPORT = date(2010, 6, 8)
OCTOBER_2010 = date(2010, 10, 1)


def value(name: str, on: date, known: date | None = None) -> str:
    """A figure on a day, as people read it; of what is not known, why, and what made it so."""
    found = jurat.assess(shipped(), CHILDCARE, on=on, known=known, of=[name]).value(name)
    if isinstance(found, Exact):
        return found.words()
    return "; ".join(reason.message for reason in found.reasons)


def maker(name: str, on: date) -> str | None:
    authority = shipped().on(on).graph.by_name[name].authority
    return authority.made_by if authority is not None else None


# ---- the instruments --------------------------------------------------------------------------------------------------


def test_every_amendment_of_the_scheme_has_a_file() -> None:
    """And what it does is carried out, word for word as the text stood: `check` would tell of any that is not there."""
    law = shipped().law
    files = {path.name for path in (SCHEME / "instruments").glob("*.rules")}
    amendments = [found for found in law.instruments.values() if found.is_amendment and made_on(found) is not None]
    assert {Path(found.span.source.path).name for found in amendments} == files
    writing = {write.instrument for provision in law.provisions.values() for write in provision.timeline.writes}
    assert {found.name for found in amendments} <= writing
    assert not [problem for problem in jurat.check(shipped()) if problem.is_error]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        (
            "child_rate",
            {
                "2009-09-30": "not found",
                "2010-09-30": "£62.09 a week",
                "2010-10-01": "£63.98 a week",
                "2011-09-30": "£63.98 a week",
                "2011-10-01": "found for single days only",
                "2013-02-10": "£63.98 a week",
                "2013-02-11": "found for single days only",
                "2017-10-01": "£65.87 a week",
                "2018-10-01": "not found in print",
                "2019-10-01": "£69.23 a week",
                "2021-10-01": "£70.00 a week",
                "2022-10-01": "not found",
            },
        ),
        (
            "single_parent_extra",
            {
                "2015-11-01": "£40.39 a week",
                "2016-01-01": "£30.31 a week",
                "2016-10-01": "£20.23 a week",
                "2017-10-01": "£10.15 a week",
                "2018-05-31": "£10.15 a week",
                "2018-06-01": "£40.39 a week",
                "2022-10-01": "not found",
            },
        ),
        (
            "earnings_disregard_rate",
            {
                "2008-10-01": "6%",
                "2009-01-31": "6%",
                "2009-02-01": "10%",
                "2009-10-01": "12%",
                "2010-10-01": "16.5%",
                "2011-10-01": "not found",
                "2017-09-30": "23%",
                "2017-10-01": "25%",
                "2018-03-07": "not when it became 26%",
                "2023-03-20": "26%",
            },
        ),
        (
            "capital_limit_sole_of_65",
            {
                "2008-01-28": "£11,443.00",
                "2008-10-01": "£11,866.00",
                "2009-10-01": "£13,053.00",
                "2010-10-01": "£13,706.00",
                "2011-10-01": "not found",
            },
        ),
    ],
)
def test_what_a_figure_has_been(name: str, days: dict[str, str]) -> None:
    """From one instrument to the next; and where one is missing, nothing is known until something was found again."""
    found = {day: value(name, date.fromisoformat(day)) for day in days}
    assert {day: expected if expected in found[day] else found[day] for day, expected in days.items()} == days


def test_an_amendment_is_known_from_when_it_was_made() -> None:
    """As known before 20 July 2010 the rate of a child stays as it was; No. 17 said in 2018 what had held since 2015."""
    assert value("child_rate", OCTOBER_2010, REPORT) == "£62.09 a week"
    assert value("child_rate", OCTOBER_2010, date(2010, 7, 20)) == "£63.98 a week"
    assert "Nothing of it had been made" in value("single_parent_extra", date(2016, 1, 1), date(2018, 3, 27))
    assert value("single_parent_extra", date(2016, 1, 1), date(2018, 3, 29)) == "£30.31 a week"


def test_a_missing_link_says_which() -> None:
    """What an instrument that was not found may have changed is not known because of it; a single day that was found is."""
    missing = "Income Support Regulations made after the year of the report, which were not found"
    assert maker("carer_rate", date(2011, 9, 30)) == "Income Support (Amendment No. 5) (Jersey) Regulations 2010"
    assert maker("carer_rate", date(2011, 10, 1)) == missing
    assert maker("adult_rate", date(2012, 1, 1)) == missing
    assert value("adult_rate", date(2014, 1, 1)) == "£92.12 a week"


# ---- what the report prints --------------------------------------------------------------------------------------------


@cache
def rates_of_2010() -> tuple[Rate, ...]:
    rules = jurat.load(SCHEME)
    files = {file for file in rules.files if "income_support" in file}
    return rate_table(rules.on(date(2010, 9, 30)).graph, rules.on(OCTOBER_2010).graph, files).rates


def test_every_row_of_appendix_1_follows_by_its_amendment() -> None:
    """10 weekly rates that change, 3 prices of an hour, 2 pension disregards; of the capital limits the four whose percentage is
    as printed."""
    stated = [rate for rate in rates_of_2010() if rate.stated is not None]
    roundings = Counter(rate.stated.rounding.to.span.text for rate in stated if rate.stated and rate.stated.rounding)
    assert roundings == {"7p": 12, "1p": 3, "£1": 4}
    in_a_file = {Path(rate.stated.span.source.path).name for rate in stated if rate.stated}
    assert in_a_file == {"2010_regulations_no_5.rules", "2010_order_no_4.rules"}


def test_the_two_percentages_that_are_not_those_of_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    """The report prints 7.5% where its figures are 5% more: on record, and a finding of a strict check."""
    assert main(["check", str(SCHEME), "--strict"]) == 1
    out, _ = capsys.readouterr()
    assert out.count("[does-not-follow]") == 2
    assert "£13,053` and 7.5% more is £14,031.975, rounded £14,032.00; printed is `£13,706`. On record: the report prints" in out
    assert main(["check", str(SCHEME)]) == 0
    capsys.readouterr()
    assert main(["assess", str(CHILDCARE), "--rules", str(SCHEME), "--strict"]) == 1  # of facts that it would assume, and no more
    assert "does-not-follow" not in capsys.readouterr().err


@pytest.mark.parametrize("printed", ["£63.98 per week", "£13,706", "£5.83 per hour"])
def test_one_penny_more_does_not_follow(printed: str) -> None:
    """A misprint in an amendment is found when the rules are checked, even of what is on record."""
    wrong = {"£63.98 per week": "£63.99 per week", "£13,706": "£13,707", "£5.83 per hour": "£5.84 per hour"}[printed]
    sources = [_misprinted(source, printed, wrong) for path in sorted(RULES.rglob("*.rules")) for source in [_source(path)]]
    problems = [
        problem for problem in jurat.check(from_sources(sources)) if problem.code == "does-not-follow" and problem.is_error
    ]
    assert problems
    assert all(wrong in problem.message for problem in problems)


def _source(path: Path) -> Source:
    return Source(str(path), path.read_text(encoding="utf-8"))


def _misprinted(source: Source, printed: str, wrong: str) -> Source:
    if "instruments" not in Path(source.path).parts:
        return source
    return Source(source.path, source.text.replace(f"substitute {printed}\n", f"substitute {wrong}\n"))


# ---- the drafts of June 2010 -------------------------------------------------------------------------------------------

TERMS = ("counted_earnings", "childcare_cost", "earns_more_than_childcare", "award")


@cache
def with_drafts(*names: str) -> Rules:
    return jurat.load(RULES, drafts=names)


def answered(*drafts: str, case: Path = CHILDCARE, on: date = OCTOBER_2010) -> Answer:
    return jurat.assess(with_drafts(*drafts), case, on=on, known=REPORT, of=TERMS)


@pytest.mark.parametrize(
    ("drafts", "expected"),
    [
        ((), ("£200.90 a week", "£227.60 a week", "no", "£40.81 a week")),
        (("disregards_of_june_2010",), ("£189.87 a week", "£227.60 a week", "no", "£51.84 a week")),
        ((str(DRAFTS / "2010_amounts.rules"),), ("£189.87 a week", "£233.20 a week", "no", "£55.20 a week")),
        ((str(DRAFTS),), ("£189.87 a week", "£233.20 a week", "yes", "£288.40 a week")),
    ],
    ids=["the law of June 2010", "the Order's disregards only", "the report's “current Regulation”", "both drafts"],
)
def test_the_reports_own_example(drafts: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """£189.87 does not exceed £233.20: the amounts proposed, under the test of earnings as it was. With the other draft it is paid."""
    answer = answered(*drafts)
    assert not [problem.message for problem in answer.problems]
    parent = [answer.value("counted_earnings", "parent")]
    found = [*parent, *(answer.value(name, "home") for name in TERMS[1:])]
    assert tuple(value.words() for value in found if isinstance(value, Exact)) == expected


@pytest.mark.parametrize("case", sorted((SCHEME / "cases").glob("*.case")), ids=lambda case: case.stem)
def test_what_was_proposed_is_what_was_made(case: Path) -> None:
    """Both drafts with the law as known on the day of the report give every household what the instruments as made give."""
    proposed = jurat.assess(with_drafts(str(DRAFTS)), case, on=OCTOBER_2010, known=REPORT, of=["income_support.award"])
    made = jurat.assess(shipped(), case, on=OCTOBER_2010, of=["income_support.award"])
    first, second = (answer.value("award", "home") for answer in (proposed, made))
    assert isinstance(first, Refusal) is isinstance(second, Refusal)
    assert isinstance(first, Refusal) or first == second


def test_a_draft_of_2010_is_out_of_date_today() -> None:
    """Looked at with all that has been made since, its words have been amended already: the message says so."""
    rules = with_drafts("disregards_of_june_2010")
    stale = [problem for problem in rules.problems if problem.code == "stale-wording"]
    assert {problem.subject for problem in stale} == {"Disregards proposed on 8 June 2010"}
    assert "On 1 October 2010 `earnings_disregard_rate` does not say `12%`; it says `16.5%`." in {
        found.message for found in stale
    }


def test_a_draft_beside_another_in_its_folder_is_taken_alone() -> None:
    """A file that is named is one draft; the others of its folder stay drafts."""
    rules = with_drafts(str(DRAFTS / "2010_amounts.rules"))
    assert rules.drafts == (str(DRAFTS / "2010_amounts.rules"),)
    answer = jurat.assess(rules, CHILDCARE, on=OCTOBER_2010, known=REPORT, of=["earns_more_than_childcare"])
    found = answer.value("earns_more_than_childcare", "home")
    assert isinstance(found, Exact) and found.words() == "no"


# ---- what an example can reach -----------------------------------------------------------------------------------------


def test_each_value_that_an_amendment_wrote_is_a_part() -> None:
    """And one only, for the days on which it holds, at its place in the amendment's file."""
    parts = [part for part in parts_of(shipped().law) if part.term == "child_rate"]
    assert [part.start.isoformat() for part in sorted(parts, key=lambda part: part.start)] == [
        "2009-10-01", "2010-10-01", "2013-02-10", "2017-10-01", "2019-10-01", "2021-10-01",
    ]  # fmt: skip
    assert len({part.id for part in parts}) == len(parts)
    [made_in_2010] = [part for part in parts if part.start == OCTOBER_2010]
    assert Path(made_in_2010.span.source.path).name == "2010_regulations_no_5.rules"
    assert made_in_2010.end == date(2011, 9, 30)


def test_no_two_texts_of_a_figure_hold_on_one_day() -> None:
    """Whatever wrote them: each ends on the day before the next begins."""
    for provision in shipped().law.provisions.values():
        if provision.kind == "figure":
            told = provision.timeline.told
            for one, other in pairwise(told):
                until = provision.timeline.until(one, None)
                assert until is not None and until + timedelta(days=1) <= other.start, provision.name
