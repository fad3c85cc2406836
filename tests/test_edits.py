"""An edit of the rules is never lost: an amendment says it, or it is told why none can, alone and beside another edit."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from engine.drafting.differing import differences
from grammar.problems import errors
from grammar.source import Source
from jurat.cli import main
from jurat.consolidating import consolidated
from jurat.drafts import DRAFT, Draft, amending
from jurat.rulebook import from_sources
from jurat.schemes import Scheme
from tests.books import ROOT

BOOK = ROOT / "tests" / "examples" / "edited" / "edited.rules"
TEXT = BOOK.read_text(encoding="utf-8")
DAY = date(2010, 11, 1)

DRAFTED = [
    ("figure value", "£12 per week from", "£13 per week from"),
    ("figure title", 'figure rate "Rate"', 'figure rate "The rate"'),
    ("figure type", 'figure rate "Rate" : £ a week\n', 'figure rate "Rate" : £ a week\n  cite "Schedule 1"\n'),
    ("figure new", "table limit", 'figure spare "Spare" : £ a week\n  £1 per week from 1 January 2008\n\ntable limit'),
    ("table row", "gives £30 per week", "gives £31 per week"),
    ("table note", "Of the limit", "Of the Limit"),
    ("table title", '"Limit"', '"The limit"'),
    (
        "table row new",
        "row high: £100 per week or over gives £30 per week",
        "row high: £100 per week to under £200 per week gives £30 per week\n  row top: £200 per week or over gives £40 per week",
    ),
    ("scale band", "band 20%", "band 25%"),
    ("scale title", '"Bands"', '"The bands"'),
    ("group condition", "where (gross > £0 per week)", "where (gross > £1 per week)"),
    ("group title", '"Earners"', '"The earners"'),
    ("rule value", "is gross - £20 per week", "is gross - £21 per week"),
    ("rule title", '"Counted"', '"What counts"'),
    ("rule note", "Of what counts", "Of what is counted"),
    ("rule because", "Earnings count.", "Earnings do count."),
    ("alternative because", "Above £20.", "More than £20."),
    ("rule citation", 'cite "Regulation 2"', 'cite "Regulation 2(1)"'),
    ("exception value", "except rich: £50", "except rich: £60"),
    ("exception because", "The rich.", "Those who are rich."),
    ("exception citation", '"Regulation 3"', '"Regulation 3(a)"'),
    ("reading", "is £0 per week\n\nrule levy", "is £1 per week\n\nrule levy"),
    ("reading title", "Nothing counts", "Nothing at all counts"),
    ("rule payable", "payable by the day", "payable by the week"),
    ("rule new", "rule levy", 'rule spare_rule of person "Spare" : £ a week\n  is gross\n\nrule levy'),
    ("provision", "nobody has read it", "it was not found"),
    ("provision gone", 'provision "Regulation 7" not encoded "nobody has read it"\n', ""),
    (
        "provision new",
        'provision "Regulation 7"',
        'provision "Regulation 6" discretionary "the Minister"\n\nprovision "Regulation 7"',
    ),
    ("provision affecting", '"nobody has read it"', '"nobody has read it"\n  affecting levy when gross > £900 per week'),
]
"""What an amendment says."""

TOLD = [
    ("scheme title", 'scheme bonus "Bonus"', 'scheme bonus "The Bonus"', "The scheme `bonus`"),
    ("scheme note", "A first note", "Another note", "The scheme `bonus`"),
    ("instrument title", 'regs "The Regulations"', 'regs "The Regulations 2007"', "The heading of `regs`"),
    ("instrument number", "R&O.1/2007", "R&O.2/2007", "The heading of `regs`"),
    ("instrument made", "made 1 January 2007", "made 2 January 2007", "The heading of `regs`"),
    ("instrument commences", "commences 1 January 2008", "commences 2 January 2008", "The heading of `regs`"),
    ("instrument policy", "money rounded to the nearest 1p", "money rounded up to 1p", "The heading of `regs`"),
    ("instrument policy cite", "Regulation 9", "Regulation 99", "The heading of `regs`"),
    ("short months", "short months: last day", "short months: next month", "The heading of `regs`"),
    ("instrument note", "Of the instrument", "Of this instrument", "The heading of `regs`"),
    ("entity title", 'entity person "Person"', 'entity person "A person"', "The entity `person`"),
    ("entity new", "unit visit plural visits", "unit visit plural visits\n\nentity flat contains household", "The entity `flat`"),
    ("role", ": one person", ": at most one person", "The role `claimant`"),
    ("role title", '"Claimant"', '"The claimant"', "The role `claimant`"),
    ("role gone", 'role claimant of household "Claimant" : one person\n', "", "The role `claimant`"),
    ("unit", "unit visit plural visits", "unit visit plural visitses", "The unit `visit`"),
    ("unit new", "unit visit plural visits", "unit visit plural visits\n\nunit call plural calls", "The unit `call`"),
    ("choice value", "owner, tenant, lodger", "owner, tenant, lodger, guest", "The choice `tenure_kind`"),
    ("choice title", '"Tenure" : owner', '"Which tenure" : owner', "The choice `tenure_kind`"),
    ("input default", "default £0 per week", "default £1 per week", "The input `gross`"),
    ("input range", "to £1,000 per week", "to £2,000 per week", "The input `gross`"),
    ("input title", '"Gross earnings"', '"Earnings"', "The input `gross`"),
    ("input ask", "How much?", "How much is it?", "The input `gross`"),
    ("input new", "input tenure of", 'input extra of person "Extra" : £\n  default £0\n\ninput tenure of', "The input `extra`"),
    ("figure earlier value", "£10 per week from", "£11 per week from", "What `rate` says before 1 November 2010"),
    ("figure later value", "£14 per week from", "£15 per week from", "What `rate` says after 1 November 2010"),
    ("figure later value gone", "  £14 per week from 1 January 2012\n", "", "What `rate` says after 1 November 2010"),
    (
        "figure earlier value gone",
        "  £10 per week from 1 January 2008 until 31 December 2009\n",
        "",
        "What `rate` says before 1 November 2010",
    ),
    (
        "figure new later value",
        "£14 per week from 1 January 2012",
        "£14 per week from 1 January 2012 until 1 January 2014\n  £16 per week from 2 January 2014",
        "What `rate` says after",
    ),
    (
        "figure start",
        "£12 per week from 1 January 2010",
        "£12 per week from 2 January 2010",
        "What `rate` says before 1 November 2010",
    ),
    ("figure end", "until 31 December 2011", "until 30 November 2011", "What `rate` says after"),
    ("standing check", "is a multiple of 1p", "is a multiple of 2p", "`every figure in £ a week"),
    ("standing check gone", "every figure in £ a week is a multiple of 1p\n", "", "`every figure in £ a week"),
    ("example", "rate is £12", "rate is £13", "The example “Nobody earns anything”"),
    (
        "example new",
        'example "Nobody',
        'example "Another"\n  on 1 October 2010\n  given household home\n    tenure is tenant\n  given person anna of home as claimant\n  expect\n    rate is £12 per week\n\nexample "Nobody',
        "The example “Another”",
    ),
    (
        "instrument new",
        'provision "Regulation 7"',
        'instrument other "Other"\n  made 1 January 2007\n  commences 1 January 2008\n\nfigure of_other "Of other" : £ a week\n  £2 per week from 1 January 2008\n\ninstrument regs continued\n\nprovision "Regulation 7"',
        "The heading of `other`",
    ),
]
"""What none can say, and of what it is told."""

NOTHING = [("a comment", "# How the law began.", "# How it all began."), ("a layout", "  default owner\n", "    default owner\n")]
ANOTHER = ("is £5 per week when", "is £6 per week when")
BESIDE = "in award for £5 per week substitute £6 per week"


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@cache
def scheme() -> Scheme:
    return Scheme("bonus", "Bonus", from_sources([Source("bonus/edited.rules", TEXT)]), frozenset(["bonus/edited.rules"]))


def drafted(text: str) -> tuple[str, list[str]]:
    """The draft, if there is one, and what is told; the draft leads to everything of which nothing is told."""
    copy = from_sources([Source("copy/edited.rules", text)])
    assert not errors([*copy.problems, *copy.on(DAY).problems])
    found = amending(scheme(), copy, DAY, "draft")
    if not isinstance(found, Draft):
        assert {problem.code for problem in found} == {"cannot-amend"}
        assert all(problem.fix for problem in found)
        return "", [problem.message for problem in found]
    goal = copy.on(DAY).graph.book
    reached = (
        scheme().rules.drafted(Source(DRAFT, found.text)).on(DAY).graph.book if found.text else scheme().rules.on(DAY).graph.book
    )
    assert not differences(reached, goal, {*scheme().files, DRAFT})
    return found.text, [problem.message for problem in found.undone]


@pytest.mark.parametrize(("old", "new"), [edit[1:] for edit in DRAFTED], ids=[edit[0] for edit in DRAFTED])
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another"])
def test_what_an_amendment_can_say_is_drafted(old: str, new: str, beside: bool) -> None:
    text, told = drafted(edited(TEXT, (old, new), *([ANOTHER] if beside else [])))
    assert text
    assert told == (SUBSTITUTED_FIGURE if text.count("substitute figure rate") else [])


SUBSTITUTED_FIGURE = ["What `rate` says after 1 November 2010 is other in the edited rules, first on 1 January 2012."]
"""A figure is substituted whole with what it says from the day on; what begins later is for another amendment."""


@pytest.mark.parametrize(("old", "new", "said"), [edit[1:] for edit in TOLD], ids=[edit[0] for edit in TOLD])
def test_what_no_amendment_can_say_is_told(old: str, new: str, said: str) -> None:
    """Alone, and beside an edit that is drafted all the same."""
    text, told = drafted(edited(TEXT, (old, new)))
    assert not text
    assert any(message.startswith(said) for message in told), told
    beside, told_beside = drafted(edited(TEXT, (old, new), ANOTHER))
    assert BESIDE in " ".join(beside.split())
    assert told_beside == told


@pytest.mark.parametrize(("old", "new"), [edit[1:] for edit in NOTHING], ids=[edit[0] for edit in NOTHING])
def test_what_says_nothing_is_no_edit(old: str, new: str) -> None:
    assert drafted(edited(TEXT, (old, new))) == ("", [])


def test_two_edits_that_no_amendment_can_say_are_both_told() -> None:
    for (_, *one, said), (_, *other, other_said) in zip(TOLD, TOLD[5:], strict=False):
        if one[0] not in other[0] and other[0] not in one[0] and TEXT.count(one[0]) == 1:
            _, told = drafted(edited(TEXT, (one[0], one[1]), (other[0], other[1])))
            assert any(message.startswith(said) for message in told)
            assert any(message.startswith(other_said) for message in told)


def test_edits_of_the_text_of_a_day() -> None:
    """The same of consolidated text, which holds no examples, no comments and nothing of other days."""
    [text] = consolidated(scheme().rules, DAY).files.values()
    assert drafted(text) == ("", [])
    seen = 0
    for _, old, new, *said in (*DRAFTED, *TOLD):
        if text.count(old) == 1:
            draft, told = drafted(edited(text, (old, new)))
            assert told if said else draft, (old, new)
            seen += 1
    assert seen > 30


def test_the_end_of_a_figure_in_the_text_of_a_day() -> None:
    [text] = consolidated(scheme().rules, DAY).files.values()
    draft, told = drafted(edited(text, ("until 31 December 2011", "until 30 November 2011")))
    assert (draft, told) == (
        "",
        ["What `rate` says after 1 November 2010 is other in the edited rules, first on 1 December 2011."],
    )


def test_what_belongs_to_no_instrument_is_told() -> None:
    """Nothing stands after `amends` for it; a file without a heading is often the first draft of a scheme."""
    text = 'entity person\ninput pay of person "Pay" : £\nrule award of person "Award" : £\n  is pay + £1\n'
    own = Scheme("first", "First", from_sources([Source("first.rules", text)]), frozenset(["first.rules"]))
    for edit, said in (
        (text.replace("£1\n", "£2\n"), "`award` is other in the edited rules"),
        (text.partition("rule")[0], "`award` is not in the edited rules"),
    ):
        found = amending(own, from_sources([Source("copy.rules", edit)]), DAY, "draft")
        assert isinstance(found, tuple)
        assert [problem.message.startswith(said) for problem in found] == [True]


def test_the_command_prints_the_draft_and_tells_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output what can be done, on standard error what cannot, with where it stands; exit 1."""
    copy = tmp_path / "copy" / "copy.rules"
    copy.parent.mkdir()
    copy.write_text(edited(TEXT, ANOTHER, ("default £0 per week", "default £1 per week")), encoding="utf-8")
    (tmp_path / "bonus").mkdir()
    (tmp_path / "bonus" / "bonus.rules").write_text(TEXT, encoding="utf-8")
    assert main(["amend", str(copy), "--against", str(tmp_path / "bonus"), "--from", "2010-11-01"]) == 1
    shown = capsys.readouterr()
    assert BESIDE in " ".join(shown.out.split())
    assert "error: The input `gross` is other in the edited rules" in shown.err
    assert f"{copy}:23" in shown.err
