"""The text of a day, read by itself, is the law of that day: what it gives, and that nothing is left out or said twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.values import Exact, Refusal
from grammar.formatting import formatted
from grammar.problems import errors
from grammar.source import Source
from jurat.cli import main
from jurat.consolidating import Consolidation
from jurat.rulebook import Rules, from_sources
from tests.books import ROOT, RULES, ask, household, shipped
from tests.conforming import FILES, cases_in

BOOK = (ROOT / "tests" / "examples" / "amended.rules").read_text(encoding="utf-8")
"""A small law with what amendments can do to it."""
HOUSEHOLD = household({"gross": "180"}, {"gross": "95.50"}, {"gross": "0", "adult": False}, claimed="2009-05-03")
HOUSEHOLDS = sorted(RULES.glob("jersey/*/cases/*.case"))


def read(consolidation: Consolidation) -> Rules:
    """The texts as a book of their own; the drafts in it are named, as its first lines say."""
    sources = [Source(path, text) for path, text in consolidation.files.items()]
    return from_sources(sources, drafts=consolidation.drafts)


def in_words(value: Exact | Refusal) -> object:
    """What is answered: of what was renamed the text has the new name, and knows no other."""
    return [(reason.kind, reason.message) for reason in value.reasons] if isinstance(value, Refusal) else value.words()


def amended(text: str = BOOK, drafts: Iterable[str] = ()) -> Rules:
    return from_sources([Source("amended.rules", text)], drafts=drafts)


def hold(rules: Rules, on: date, known: date | None = None, is_laid_out: bool = True) -> Rules:
    """The text of a day loads by itself, has the effect of the book, is laid out, and consolidates to itself."""
    consolidation = jurat.consolidated(rules, on, known)
    assert not consolidation.problems, consolidation.problems[0].message
    again = read(consolidation)
    wrong = errors([*again.problems, *again.on(on, known).problems])
    assert not wrong, (on, known, wrong[0].message, consolidation.texts)
    for path, text in consolidation.files.items() if is_laid_out else ():
        assert formatted(Source(path, text)).text == text
    assert again.on(on, known).graph.effect == rules.on(on, known).graph.effect, (on, known, consolidation.texts)
    assert jurat.consolidated(again, on, known).texts == consolidation.texts
    return again


# ---- the shipped law ------------------------------------------------------------------------------------------------


OFTEN = sorted({*shipped().law.changes[::5], *(day for day in shipped().law.changes if day.year in (2009, 2010))})


@pytest.mark.parametrize("day", OFTEN, ids=str)
def test_the_text_of_each_day_is_the_law_of_that_day(day: date) -> None:
    """Of all schemes, on some of the days on which the law changes; the words of it are the same too."""
    again = hold(shipped(), day, is_laid_out=day == OFTEN[-1])
    assert again.on(day).graph.law == shipped().on(day).graph.law


@pytest.mark.parametrize("path", HOUSEHOLDS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_household_is_given_the_same(path: Path) -> None:
    """Every household that we ship, on its own day: each value, each refusal, step by step."""
    asked = jurat.assess(shipped(), path)
    assert asked.assessment is not None
    on = asked.assessment.graph.on
    again = read(jurat.consolidated(shipped(), on))
    awards = [again.law.keys.permanent(term.name) for term in again.on(on).graph.awards]
    there, here = (jurat.assess(book, path, of=awards) for book in (shipped(), again))
    assert told(there)
    assert told(here) == told(there)


def told(answer: jurat.Answer) -> list[tuple[str, tuple[str, ...], str]]:
    assert answer.assessment is not None
    return [(step.term.name, step.path, str(step.value)) for step in answer.assessment.steps]


@pytest.mark.parametrize("instrument", ["income_support_regulations", "income_support_order", "income_support_law"])
def test_an_instrument_stands_first_with_what_it_rests_on(instrument: str) -> None:
    """Its text loads by itself, and each of its provisions has the effect that it has in the book."""
    day = date(2010, 10, 1)
    consolidation = jurat.consolidated(shipped(), day, instrument=instrument)
    again = read(consolidation)
    assert not errors([*again.problems, *again.on(day).problems])
    here = {again.law.keys.permanent(term.name): term.effect for term in again.on(day).graph.terms}
    permanent = shipped().law.keys.permanent
    own = [
        term
        for term in shipped().on(day).graph.terms
        if term.in_force is not None and term.in_force.provision.instrument == instrument
    ]
    assert own
    assert {permanent(term.name): term.effect for term in own}.items() <= here.items()
    text = consolidation.texts["income_support"]
    headings = [line.split()[1] for line in text.splitlines() if line.startswith("instrument ")]
    assert headings[0] == instrument
    assert text.index(f"instrument {instrument} ") < text.index("# ---- What these rest on ----")


# ---- amendments -----------------------------------------------------------------------------------------------------


def test_a_small_law_as_amendments_left_it(file_regression: FileRegressionFixture) -> None:
    """Words, a figure, exceptions and rows, a saving, a provision substituted and one inserted, another renamed."""
    file_regression.check(jurat.consolidated(amended(), date(2012, 6, 1)).texts[""], extension=".rules")


def days_of(rules: Rules) -> list[tuple[date, date | None]]:
    known = {instrument.made for instrument in rules.law.instruments.values() if instrument.made}
    return [(day, known_on) for day in rules.law.changes for known_on in (None, *sorted(known))]


@pytest.mark.parametrize("drafts", [(), ("a_draft",)], ids=["made", "with a draft"])
def test_amendments_of_every_kind(drafts: tuple[str, ...]) -> None:
    """On each day on which the law changes, as known after each instrument: the same effect, and the same award."""
    rules = amended(drafts=drafts)
    assert not errors([*rules.problems, *rules.everywhere])
    for day, known in days_of(rules):
        if errors(rules.as_known(known).problems):
            continue  # the draft quotes what had not yet been made
        again = hold(rules, day, known)
        there, here = (ask(book, HOUSEHOLD, "award", on=day, known=known).value("award", "home") for book in (rules, again))
        assert in_words(here) == in_words(there), (day, known)


def test_a_draft_stays_a_draft() -> None:
    """It is applied where it is named; the text of the day says so, and without its name gives no value for what it changes."""
    consolidation = jurat.consolidated(amended(drafts=["a_draft"]), date(2012, 6, 1))
    assert consolidation.drafts == ("a_draft",)
    text = consolidation.texts[""]
    assert text.splitlines()[1].startswith("# With the draft a_draft: it is no law")
    assert "£70 per week from 1 April 2012 made by a_draft" in " ".join(text.split())
    unnamed = from_sources([Source("law.rules", text)])
    assert ask(unnamed, HOUSEHOLD, "award", on=date(2012, 6, 1)).is_refused


def test_what_was_not_yet_known_is_not_in_the_text() -> None:
    text = jurat.consolidated(amended(), date(2010, 12, 1), date(2010, 1, 1)).texts[""]
    assert "as known on 1 January 2010" in text.splitlines()[0]
    assert "£62.09 per week" in text
    assert "£63.98" not in text
    assert "amendment_5" not in text


def test_no_example_and_no_spent_operation_is_left() -> None:
    text = jurat.consolidated(amended(), date(2012, 6, 1)).texts[""]
    assert not [
        line for line in text.splitlines() if line.split()[:1] in (["example"], ["in"], ["insert"], ["omit"], ["amendment"])
    ]


OPERATIONS = (
    "in rate for {old} substitute {new}",
    "in counted for 6% substitute 7%",
    "in counted for £20 per week substitute £25 per week",
    "in counted insert except poor: £2 per week when gross < £50 per week\n  prevails over a_child",
    "in counted omit exception a_child",
    "in counted substitute except a_child: £3 per week when not adult",
    "in limit substitute row a: under 18 gives £11",
    "in limit for £30 substitute £33",
    "substitute rule bonus of household \"Another bonus\" : £ a week\n  is £4 per week when count of person > 1\n  otherwise £1 per week",
    "insert figure extra{number} \"Extra\" : £ a week\n  £1 per week from {day}",
    "in bonus for £2 per week substitute £5 per week\n  saved for household when claimed < 1 October 2010 until 30 June 2013",
    "rename bonus to gift{number}",
    "in bonus substitute not encoded \"what {number} did was not found\"",
)  # fmt: skip

BASE = """instrument regs "The Regulations"
  made 1 January 2007
  commences 1 January 2008
  money rounded to the nearest 1p cite "Regulation 9"
  short months: last day
entity person
entity household contains person
input gross of person "Gross" : £ a week
  default £0 per week
  range £0 per week to £1,000 per week
input adult of person "Adult" : yes/no
  default yes
input age of person "Age" : whole number
  default 30
  range 0 to 120
input claimed of household "Claimed" : date
figure rate "Rate" : £ a week
  £10 per week from 1 January 2008
table limit of person "Limit" : £
  by age
  row a: under 18 gives £10
  row b: 18 or over gives £30
rule counted of person "Counted" : £ a week
  is gross - 6% × gross - £20 per week
  except a_child: £0 per week when not adult
rule bonus of household "Bonus" : £ a week
  is £2 per week
rule award of household "Award" : £ a week
  payable by the day
  is rate + bonus + sum of counted over person, but not less than £0 per week, rounded to the nearest 1p
"""

amendments = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 40), st.integers(0, 30), st.booleans()), min_size=1, max_size=8
)


def written_book(chosen: list[tuple[str, int, int, bool]]) -> Rules:
    """The law with those of the amendments that can be made, one after another."""
    text, rate = BASE, 10
    for number, (operation, made, later, ends) in enumerate(chosen):
        day = date(2009 + made // 12, made % 12 + 1, 1)
        commences = date(2009 + (made + later) // 12, (made + later) % 12 + 1, 1)
        words = operation.format(old=f"£{rate} per week", new=f"£{rate + 1} per week", number=number, day=day_text(commences))
        until = (
            f" until 31 December {commences.year + 1}" if ends and "rename" not in words and "insert figure" not in words else ""
        )
        added = (
            f'\namendment amendment_{number} "Amendment {number}"\n  amends regs\n  made {day_text(day)}\n'
            f"  commences {day_text(commences)}\n{words}\n  commences {day_text(commences)}{until}\n"
            f'  made by "Regulation {number}"\n'
        )
        if not errors(amended(text + added).everywhere):
            text += added
            rate += "in rate" in words
    return amended(text)


def day_text(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


@settings(max_examples=40, deadline=None)
@given(amendments)
def test_whatever_is_amended(chosen: list[tuple[str, int, int, bool]]) -> None:
    """Made-up amendments, in any order, for a time or for good: on every day, and as known after each."""
    rules = written_book(chosen)
    for day, known in days_of(rules)[::3]:
        again = hold(rules, day, known)
        there, here = (ask(book, HOUSEHOLD, "award", on=day, known=known).value("award", "home") for book in (rules, again))
        assert in_words(here) == in_words(there), (day, known)


# ---- books of the conformance cases ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_conformance_book(path: Path) -> None:
    """Each book without errors, on each day on which it changes."""
    for case in cases_in(path):
        for day in (case.book.law.changes or (date(2010, 10, 1),))[:5]:
            if not errors([*case.book.problems, *case.book.on(day).problems]):
                hold(case.book, day)


# ---- the command ----------------------------------------------------------------------------------------------------


def test_a_folder_of_texts_is_a_folder_of_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["consolidate", "community_costs_bonus", "--on", "2021-10-01", "--rules", str(RULES), "-o", str(tmp_path)]) == 0
    written = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.rules"))
    assert written == [
        "community_costs_bonus/community_costs_bonus.rules", "income_support/income_support.rules", "shared/shared.rules",
    ]  # fmt: skip
    assert not errors(jurat.check(jurat.load(tmp_path / "community_costs_bonus")))
    capsys.readouterr()
    assert main(["consolidate", "community_costs_bonus", "--on", "2021-10-01", "--rules", str(RULES)]) == 0
    shown = capsys.readouterr()
    assert shown.out == (tmp_path / written[0]).read_text(encoding="utf-8")
    assert shown.err == "It rests on income_support, shared; `-o FOLDER` writes those too.\n"


def test_a_name_that_nothing_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["consolidate", "income_support_ordre", "--on", "2010-10-01", "--rules", str(RULES)]) == 1
    assert "Write `income_support_order`." in capsys.readouterr().err
    assert main(["consolidate", "--on", "2010-10-01", "--rules", str(RULES), "-o", "one.rules"]) == 2
    assert "name a folder: -o FOLDER" in capsys.readouterr().err


ENDED = (
    'instrument act "The Act" made 1 May 2010\nentity person\nfigure grant "Grant" : £\n  £1 from 1 May 2010 until 3 May 2010\n'
)
NOT_IN_FORCE = [
    ("community_costs_bonus", "2008-06-01", "nothing of Community Costs Bonus is in force on 1 June 2008; the first of it"),
    ("income_support", "1990-01-01", "nothing of Income Support is in force on 1 January 1990; the first of it begins on 28 Jan"),
    ("income_support_law", "2005-01-01", "nothing of Income Support (Jersey) Law 2007 is in force on 1 January 2005; the first"),
    ("income_support --known 2000-01-01", "2010-01-01", "2010, and nothing of it had been made by 1 January 2000"),
    ("ended.rules", "2010-06-01", "nothing of Ended is in force on 1 June 2010; the last of it ended on 3 May 2010"),
]


@pytest.mark.parametrize(("name", "on", "said"), NOT_IN_FORCE, ids=[name for name, *_ in NOT_IN_FORCE])
def test_a_day_on_which_nothing_is_in_force(
    name: str, on: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its vocabulary has no dates, and by itself is no law of the day: it says so, and when there is some."""
    monkeypatch.chdir(tmp_path)
    Path("ended.rules").write_text(ENDED, encoding="utf-8")
    assert main(["consolidate", *name.split(), "--on", on, "--rules", str(RULES)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


# ---- what the text of a day rests on --------------------------------------------------------------------------------

LOOKING = """
rule paid_lately of household "Was paid lately" : yes/no
  is no
rule paid of household "Is paid" : £ a week
  is rate

amendment amendment_1 "Amendment 1"
  amends regs
  made 1 February 2010
  commences 1 March 2010
in paid_lately for no substitute (paid > £10 per week) on any day in the 7 days before claimed
amendment amendment_2 "Amendment 2"
  amends regs
  made 1 April 2010
  commences 1 May 2010
in rate for £10 per week substitute £11 per week
"""


def test_what_is_looked_at_on_other_days_keeps_what_it_said() -> None:
    """Also where an amendment makes a rule look: of the rate there are the days before it rose too."""
    rules = amended(BASE + LOOKING)
    assert rules.law.ever.looked_at == {"paid_lately": ("paid",)}
    again = hold(rules, date(2010, 6, 1))
    assert len(again.law.provisions["rate"].timeline.writes) == 2
    assert len(again.law.provisions["bonus"].timeline.writes) == 1
    for day in (date(2010, 4, 20), date(2010, 5, 20)):
        case = household({"gross": "180"}, claimed=day.isoformat())
        there, here = (
            ask(book, case, "paid_lately", on=date(2010, 6, 1)).value("paid_lately", "home") for book in (rules, again)
        )
        assert str(here) == str(there)


def test_what_has_no_text_on_the_day_has_no_effect() -> None:
    """What is not yet in force, and is not named, is not in the text of the day, and not in its digest (S59)."""
    later = BASE + 'figure coming "Coming" : £ a week\n  £1 per week from 1 January 2030\n'
    day = date(2010, 6, 1)
    assert amended(later).on(day).graph.effect == amended(BASE).on(day).graph.effect
    assert "coming" not in jurat.consolidated(amended(later), day).texts[""]


INSERTING = """
rule last_week of household "Was paid last week" : yes/no
  is (counted_twice > £10 per week) on any day in the 7 days before claimed
rule counted_twice of household "Counted twice" : £ a week
  version from 1 January 2008
    is rate
  version from 1 March 2010
    is rate + extra + supplement

amendment amendment_1 "Amendment 1"
  amends regs
  made 1 February 2012
  commences 1 March 2010 retrospective
insert figure extra "Extra" : £ a week
  £1 per week from 1 March 2010
insert rule supplement of household "Supplement" : £ a week
  is extra × 2
"""


@pytest.mark.parametrize("known", [date(2010, 6, 1), date(2012, 1, 31), date(2012, 2, 1), None])
def test_what_is_looked_at_and_was_not_yet_known_is_no_law_in_the_text(known: date | None) -> None:
    """A rule written out names what an amendment inserts: before that was made, it is in the text as what will make it so has it."""
    rules = amended(BASE + INSERTING)
    for on in (date(2010, 2, 1), date(2010, 6, 1), date(2012, 6, 1)):
        again = hold(rules, on, known)
        assert again.on(on, known).graph.law == rules.on(on, known).graph.law


def test_what_was_made_later_is_not_called_a_draft() -> None:
    """Nobody asked for it, and naming it would make law of it."""
    consolidation = jurat.consolidated(amended(BASE + INSERTING), date(2010, 6, 1), date(2010, 6, 1))
    assert consolidation.drafts == ()
    line = consolidation.texts[""].splitlines()[1]
    assert line == "# amendment_1 is named, and is no law: not made by 1 June 2010, or waiting for its day."
