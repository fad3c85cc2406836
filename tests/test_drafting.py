"""Amendments that are written for somebody: upratings, and what turns the rules into an edited copy of them."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from grammar.parsing import parse
from grammar.problems import Problem, errors
from grammar.source import Source
from jurat.consolidating import consolidated
from jurat.drafts import DRAFT, Draft, amending, checked_draft, parsed_being, uprated
from jurat.rulebook import from_sources, load
from jurat.schemes import Scheme, found_scheme
from tests.books import ROOT

INCOME_SUPPORT = ROOT / "rules" / "jersey" / "income_support"
DAY = date(2010, 11, 1)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    found = found_scheme(str(INCOME_SUPPORT), lambda: ROOT / "rules")
    assert isinstance(found, Scheme)
    return found


def draft_of(scheme: Scheme, by: str, to: str | None, *only: str) -> Draft:
    being = parsed_being(by, to)
    assert not isinstance(being, Problem)
    draft = uprated(scheme, being, DAY, only, "uprating")
    assert isinstance(draft, Draft)
    return draft


# ---- upratings ------------------------------------------------------------------------------------------------------


def test_an_uprating_says_of_every_figure_how_it_follows(scheme: Scheme) -> None:
    """Each amount with its clause, which the rules check again when the draft is read; what is not uprated is told with why."""
    draft = draft_of(scheme, "3.1%", "the nearest 7p")
    assert (
        "in child_rate for £63.98 per week substitute £65.94 per week\n  being 3.1% more, rounded to the nearest 7p\n"
        in draft.text
    )
    assert draft.text.count("\nin ") == draft.text.count("being 3.1% more") == 17
    assert not errors(checked_draft(scheme.rules, draft.text, DAY))
    assert ("lone_parent_amount_1", "it is not known: the amounts from 1 February 2009 were not found") in draft.left


def test_an_uprated_figure_is_what_the_graph_holds(scheme: Scheme) -> None:
    """The draft applied: £63.98 a week and 3.1% is £65.96338, and £65.94 is the multiple of 7p next to it."""
    draft = draft_of(scheme, "3.1%", "the nearest 7p")
    graph = scheme.rules.drafted(Source(DRAFT, draft.text)).on(DAY).graph
    term = (
        graph.by_name["income_support.child_rate"]
        if "income_support.child_rate" in graph.by_name
        else graph.by_name["child_rate"]
    )
    assert term.constant is not None and term.constant * 100 == 6594 * term.scale


PENSIONERS = """amendment keep_more "Draft Keep More Order"
  amends income_support_order
  commences 1 November 2010
in pension_disregard_first for £36.61 per week substitute £37.80 per week
"""


def test_an_uprating_leaves_out_what_another_draft_changes_on_the_same_day(scheme: Scheme) -> None:
    """Neither could know of the other; without the one, they meet, and are told so in one message."""
    alone = draft_of(scheme, "3.1%", "the nearest 7p")
    beside = evolve(scheme, rules=scheme.rules.drafted(Source("keep_more.rules", PENSIONERS)))
    [problem] = errors(checked_draft(beside.rules, alone.text, DAY))
    assert problem.code == "same-day"
    assert problem.message.startswith("The drafts `uprating` and `keep_more` both change this on 1 November 2010")
    assert problem.fix is not None and "`jurat uprate … --with FILE` leaves out" in problem.fix
    draft = draft_of(beside, "3.1%", "the nearest 7p")
    assert ("pension_disregard_first", "the draft keep_more changes it on the same day") in draft.left
    assert draft.text.count("\nin ") == alone.text.count("\nin ") - 1
    assert not errors(checked_draft(beside.rules, draft.text, DAY))


def test_what_is_asked_for_by_name_is_uprated_whatever_its_money(scheme: Scheme) -> None:
    """A capital limit is no amount a week, and is left alone unless it is named; less is written as less."""
    text = draft_of(scheme, "-1%", "down to £1", "capital_limit_sole").text
    assert "in capital_limit_sole for £9,137 substitute £9,045\n  being 1% less, rounded down to £1\n" in text


@pytest.mark.parametrize("by", ["a lot", "3.1", ""])
def test_a_change_that_says_nothing_is_told(by: str) -> None:
    problem = parsed_being(by, "the nearest 7p")
    assert isinstance(problem, Problem)
    assert problem.fix is not None and "--by 3.1%" in problem.fix


@pytest.mark.parametrize(
    ("to", "step"),
    [("7", "7p"), ("7p", "7p"), ("£5", "£5"), ("the nearest pound", "7p"), ("nearest 5%", "7p"), ("up to 1 hour", "7p")],
)
def test_a_rounding_that_says_nothing_is_told(to: str, step: str) -> None:
    """By its option, before any figure is worked out."""
    problem = parsed_being("3.1%", to)
    assert isinstance(problem, Problem)
    assert problem.message == f"`--to {to}` does not say how an amount is rounded."
    assert problem.fix == f'Write `--to "the nearest {step}"`, `--to "up to {step}"` or `--to "down to {step}"`.'


@pytest.mark.parametrize("to", ["the nearest 7p", "nearest 7p", "the nearest 7 pence", "nearest 7 pence"])
def test_pence_are_pence(to: str, scheme: Scheme) -> None:
    """`7 pence` is 7p, and not £7."""
    text = draft_of(scheme, "3.1%", to, "child_rate").text
    assert "substitute £65.94 per week\n  being 3.1% more, rounded to the nearest 7p\n" in text


def refused(scheme: Scheme, day: date, to: str | None, *only: str) -> tuple[str, str | None]:
    being = parsed_being("3.1%", to)
    assert not isinstance(being, Problem)
    problem = uprated(scheme, being, day, only, "uprating")
    assert isinstance(problem, Problem)
    return problem.message, problem.fix


def test_an_uprating_without_a_rounding_is_told_before_it_is_written(scheme: Scheme) -> None:
    """£63.98 and 3.1% has parts of a penny."""
    assert refused(scheme, DAY, None, "child_rate") == (
        "`child_rate` would be £65.96338 per week, no whole number of pence, and nothing says how it is rounded.",
        'Say `--to "the nearest 1p"`, or to what it is rounded.',
    )


@pytest.mark.parametrize(
    ("day", "only", "message", "fix"),
    [
        (
            DAY,
            ["contributions_rate"],
            "`contributions_rate` cannot be uprated on 1 November 2010: it is no amount of money.",
            "Name a figure or a table in money after `--only`.",
        ),
        (
            DAY,
            ["hostel_limit"],
            "`hostel_limit` cannot be uprated on 1 November 2010: it is not known: the housing rates before 1 October 2019 were "
            "not found.",
            "Its amounts are known on 1 October 2019: write `--from 2019-10-01`.",
        ),
        (
            date(2005, 11, 1),
            [],
            "Income Support has no amount of money in force on 1 November 2005 that this could uprate.",
            "Its amounts are known on 28 January 2008: write `--from 2008-01-28`.",
        ),
    ],
)
def test_what_cannot_be_uprated_says_why_and_when_it_can(
    day: date, only: list[str], message: str, fix: str, scheme: Scheme
) -> None:
    """With the nearest day on which the amounts are known; the fix works."""
    assert refused(scheme, day, "the nearest 7p", *only) == (message, fix)
    found = re.search(r"--from (\S+)`", fix)
    if found:
        being = parsed_being("3.1%", "the nearest 7p")
        assert not isinstance(being, Problem)
        assert isinstance(uprated(scheme, being, date.fromisoformat(found[1]), only, "uprating"), Draft)


def test_a_name_that_is_not_there_is_told(scheme: Scheme) -> None:
    being = parsed_being("1%", None)
    assert not isinstance(being, Problem)
    problem = uprated(scheme, being, DAY, ["child_rat"], "uprating")
    assert isinstance(problem, Problem) and problem.fix == "Write `child_rate`."


# ---- the reverse of consolidation -----------------------------------------------------------------------------------

EDITS = [
    (
        "a figure",
        r"£92\.12 per week from 1 October 2009",
        "£93.10 per week from 1 October 2009",
        "for £92.12 per week substitute £93.10 per week",
    ),
    (
        "a term of a sum",
        r"is gross_earnings - contributions - earnings_disregard",
        "is gross_earnings - earnings_disregard",
        "for gross_earnings - contributions substitute gross_earnings",
    ),
    (
        "a sentence",
        "The earnings of a child do not count",
        "A child keeps it",
        "substitute except a_child: £0 per week when not adult",
    ),
    ("a condition", r"(except a_child: £0 per week when) not adult", r"\1 not adult and is_starting_work", "exception a_child"),
    ("an exception that is gone", r"  except a_starter: [^\n]*\n(    [^\n]*\n)+", "", "omit exception a_starter"),
]


@pytest.mark.parametrize(("old", "new", "said"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_an_edit_becomes_an_amendment(tmp_path: Path, scheme: Scheme, old: str, new: str, said: str) -> None:
    """The rules are copied, edited by hand, and compared; the draft makes of the rules what the copy says."""
    shutil.copytree(ROOT / "rules" / "jersey", tmp_path / "jersey")
    folder = tmp_path / "jersey" / "income_support"
    for file in folder.rglob("*example*.rules"):
        file.unlink()  # what is expected of the law as it was
    edited = 0
    for file in folder.rglob("*.rules"):
        text, number = re.subn(old, new, file.read_text(encoding="utf-8"))
        edited += number
        file.write_text(text, encoding="utf-8")
    assert edited == 1
    rules = load(folder)
    draft = amending(scheme, rules, DAY, "draft")
    assert isinstance(draft, Draft), draft
    assert said in " ".join(draft.text.split())
    assert not parse(Source("", draft.text)).problems
    reached = scheme.rules.drafted(Source(DRAFT, draft.text)).on(DAY).graph
    goal = rules.on(DAY).graph
    assert {term.name: term.effect for term in reached.terms} == {term.name: term.effect for term in goal.terms}


def test_the_same_rules_need_no_amendment(scheme: Scheme) -> None:
    assert amending(scheme, scheme.rules, DAY, "draft") == Draft("")


def test_the_text_of_a_day_needs_no_amendment(tmp_path: Path, scheme: Scheme) -> None:
    """Whoever edits consolidated text, and nothing in it, has amended nothing: what cites it and till when is no difference."""
    for file, text in consolidated(scheme.rules, DAY).files.items():
        tmp_path.joinpath(file).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(file).write_text(text, encoding="utf-8")
    assert amending(scheme, load(tmp_path / "income_support"), DAY, "draft") == Draft("")


# ---- drafts ---------------------------------------------------------------------------------------------------------

KEEP_MORE = """amendment keep_more "Keep More"
  amends income_support_order
  commences 1 November 2010
in earnings_disregard_rate for 16.5% substitute 20%
rename pension_disregard_first to first_pension_disregard
"""


def test_a_draft_in_no_folder_belongs_to_what_it_amends(tmp_path: Path) -> None:
    """Its names are those of the scheme; the text of a day holds its heading there, and it stays a draft."""
    file = tmp_path / "keep_more.rules"
    file.write_text(KEEP_MORE, encoding="utf-8")
    rules = load(INCOME_SUPPORT, drafts=[file])
    assert not errors((*rules.problems, *rules.on(DAY).problems))
    texts = consolidated(rules, DAY)
    assert texts.drafts == ("keep_more",)
    again = from_sources([Source(path, text) for path, text in texts.files.items()], drafts=texts.drafts)
    assert not errors((*again.problems, *again.on(DAY).problems))
    assert again.on(DAY).graph.effect == rules.on(DAY).graph.effect


def test_a_draft_may_rename_what_later_law_has_named_before(tmp_path: Path) -> None:
    """Enacted amendments of later days were made without knowing of the draft: they keep to the old name, and go on."""
    file = tmp_path / "keep_more.rules"
    file.write_text(KEEP_MORE, encoding="utf-8")
    rules = load(INCOME_SUPPORT, drafts=[file])
    later = rules.on(date(2012, 1, 1))
    assert not errors((*rules.problems, *later.problems))
    assert later.graph.named("first_pension_disregard") is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("keep_mor", "There is no draft called `keep_mor`."),
        ("income_support_order", "`income_support_order` has been made: it is law, and needs no `--with`."),
        ("nowhere.rules", "There is no draft at nowhere.rules."),
    ],
)
def test_a_draft_that_is_not_there_is_told(name: str, said: str) -> None:
    """A misspelt `--with` must never look like a draft without an effect."""
    assert said in [problem.message for problem in errors(load(INCOME_SUPPORT, drafts=[name]).problems)]


def test_an_edit_of_what_has_no_dates_is_told(tmp_path: Path, scheme: Scheme) -> None:
    """Not that the two say the same."""
    shutil.copytree(ROOT / "rules" / "jersey", tmp_path / "jersey")
    file = next(
        file
        for file in sorted((tmp_path / "jersey" / "income_support").rglob("*.rules"))
        if "  default £0" in file.read_text("utf-8")
    )
    file.write_text(file.read_text("utf-8").replace("  default £0", "  default £1", 1), encoding="utf-8")
    draft = amending(scheme, load(tmp_path / "jersey" / "income_support"), DAY, "draft")
    assert isinstance(draft, tuple)
    assert [problem.code for problem in draft] == ["cannot-amend"]
