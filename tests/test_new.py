"""`jurat new`: what is written holds, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.values import Exact
from grammar.words import reserved_words
from jurat.cli import main
from tests.books import CHILDCARE, RULES


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JURAT_RULES", str(RULES))
    monkeypatch.chdir(tmp_path)


def test_a_scheme(file_regression: FileRegressionFixture, capsys: pytest.CaptureFixture[str]) -> None:
    """It passes `check` without a warning, and its examples hold; a case for it is explained."""
    assert main(["new", "scheme", "heating_allowance", "-d", "drafts"]) == 0
    assert capsys.readouterr().out.startswith("Written: drafts/heating_allowance/heating_allowance.rules\n")
    file_regression.check(
        Path("drafts/heating_allowance/heating_allowance.rules").read_text(encoding="utf-8"), extension=".rules"
    )
    assert main(["check", "drafts/heating_allowance", "--strict"]) == 0
    assert main(["new", "case", "early", "--rules", "drafts/heating_allowance"]) == 0
    capsys.readouterr()
    assert main(["explain", "early.case", "--rules", "drafts/heating_allowance", "--strict"]) == 0
    assert capsys.readouterr().out.startswith("Early\nHeating allowance of household_1 on 1 January 2027: £41.50 a week\n")


def test_the_examples_of_a_scheme_can_fail() -> None:
    """They stand guard: another amount, and `check` says so."""
    assert main(["new", "scheme", "heating"]) == 0
    file = Path("heating/heating.rules")
    file.write_text(file.read_text(encoding="utf-8").replace("£40.00 per week from", "£39.00 per week from"), encoding="utf-8")
    [problem] = jurat.check(jurat.load("heating"))
    assert problem.code == "example-differs"


def test_a_case(file_regression: FileRegressionFixture, capsys: pytest.CaptureFixture[str]) -> None:
    """Every fact that the award may need, with its question; on the last day for which there is an answer."""
    assert main(["new", "case", "a_first_household", "--of", "income_support.award"]) == 0
    capsys.readouterr()
    file_regression.check(Path("a_first_household.case").read_text(encoding="utf-8"), extension=".case", encoding="utf-8")
    assert main(["explain", "a_first_household.case", "--of", "income_support.award", "--strict"]) == 0
    assert "on 28 September 2022: £156.87 a week" in capsys.readouterr().out


def test_a_case_for_a_day_and_a_term(capsys: pytest.CaptureFixture[str]) -> None:
    """Only what that term needs, on that day, even where the rules have no answer then."""
    assert main(["new", "case", "later", "--on", "2010-10-01", "--of", "housing_limit"]) == 0
    assert "jurat explain later.case --of housing_limit" in capsys.readouterr().out
    text = Path("later.case").read_text(encoding="utf-8")
    assert "on 1 October 2010\n" in text
    assert "home is" in text
    assert "rent is" not in text
    assert main(["explain", "later.case", "--of", "housing_limit"]) == 1
    assert "not encoded" in capsys.readouterr().out


EVERY_TYPE = """
entity person
entity household contains person
choice colour "Colour" : red, light_blue
input i1 of person "Whole" : whole number range 1000 to 5000000
input i2 of person "Number" : number range 0.0001 to 5000000
input i3 of person "Hours" : hours a week default 12000 hours per week
input i4 of person "Pay" : £ an hour default £1,000.50 per hour
input i5 of person "Text" : text default "a \\ #b"
input i6 of person "Other text" : text
input i7 of person "Date" : date default 3 May 1980
input i8 of person "Share" : % default 16.5%
input i9 of person "Small share" : % range 1.0005% to 10%
input i10 of person "Debt" : £ range -£2,000 to -£1,000
input i11 of person "Colour" : colour default light_blue
input i12 of person "Yes" : yes/no default yes
input i13 of household "Days" : days
input i14 of person "Another date" : date
rule seen of person "Seen" : yes/no
  is i1 > 1 and i2 > 1 and i3 > 1 hours per week and i4 > £1 per hour and i5 is "x" and i6 is "x" and i7 < i14
    and i8 > 5% and i9 > 2% and i10 > £3 and i11 is red and i12 and i13 of household > 3 days
"""


def test_a_case_with_every_type_of_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """Each placeholder is a value that the fact may have, and a default is written as it is."""
    Path("every.rules").write_text(EVERY_TYPE, encoding="utf-8")
    assert main(["new", "case", "every", "--rules", "every.rules", "--of", "seen"]) == 0
    rules = jurat.load("every.rules")
    names = [f"i{number}" for number in range(1, 15)]
    answer = jurat.assess(rules, "every.case", of=["seen", *names])
    assert answer.problems == ()
    values = {name: answer.value(name, "household_1" if name == "i13" else "person_1") for name in names}
    words = {name: value.words() if isinstance(value, Exact) else "refused" for name, value in values.items()}
    assert words == {
        "i1": "1,000", "i2": "0.0001", "i3": "12,000 hours a week", "i4": "£1,000.50 an hour", "i5": "a \\ #b",
        "i6": "to be filled in", "i7": "3 May 1980", "i8": "16.5%", "i9": "1.0005%", "i10": "−£1,000.00", "i11": "light blue",
        "i12": "yes", "i13": "0 days", "i14": "1 January 1970",
    }  # fmt: skip


def test_a_case_with_roles_and_a_fact_that_is_nobodys_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody holds each role that must be held, and what is the same for everyone is given once."""
    Path("all.rules").write_text(
        """entity person entity household contains person
        role claimant of household "Claimant" : one person
        role partner of household "Partner" : at most one person
        input pay of person "Pay" : £ a week
        input index of everyone "Index" : number range 1 to 2
        rule award of household "Award" : £ a week payable by the week
          is pay of claimant × index, but not less than £0 per week, rounded to the nearest 1p""",
        encoding="utf-8",
    )
    assert main(["new", "case", "all", "--rules", "all.rules"]) == 0
    text = Path("all.case").read_text(encoding="utf-8")
    assert "  given everyone\n    # Index: a number, 1 to 2\n" in text
    assert "  given person person_1 of household_1 as claimant\n" in text
    assert main(["explain", "all.case", "--rules", "all.rules", "--strict"]) == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Heating", "write `heating`"),
        ("2nd_try", "is no name"),
        ("über", "is no name"),
        ("two words", "write `two_words`"),
        ("../up", "write `up`"),
        ("", "is no name"),
        ("x" * 61, "A name of 61 letters is no name"),
        ("a\nb", "write `a_b`"),
        ("week", "is a word of the language"),
        ("household", "is the name of something else"),
        ("adult", "is the name of something else"),
    ],
)
def test_names_that_cannot_be(name: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A message with a name that can; nothing is written."""
    assert main(["new", "scheme", "--", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_every_name_that_is_accepted_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """Of words that the file itself uses, those that are not refused give a scheme without problems."""
    assert main(["new", "scheme", "probe"]) == 0
    words = {word.strip("“”\"'`,.:;()#") for word in Path("probe/probe.rules").read_text(encoding="utf-8").split()}
    names = sorted(word for word in words if word.isidentifier() and word.islower() and word not in reserved_words())
    tried = 0
    for name in names[::4]:
        if main(["new", "scheme", name, "-d", "tried"]) == 0:
            assert jurat.check(jurat.load(f"tried/{name}")) == ()
            tried += 1
    assert tried > 20


def test_the_longest_name() -> None:
    """What is made of it is no longer than a name may be."""
    assert main(["new", "scheme", "x" * 60]) == 0
    assert jurat.check(jurat.load("x" * 60)) == ()


@pytest.mark.parametrize(("kind", "taken"), [("scheme", "early"), ("case", "early.case")])
def test_nothing_is_overwritten(kind: str, taken: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a file nor a folder of that name, nor a link that leads nowhere."""
    for make in (Path.touch, Path.mkdir, lambda path: path.symlink_to("nowhere")):
        make(Path(taken))
        assert main(["new", kind, "early"]) == 2
        assert "is there already, and nothing is overwritten" in capsys.readouterr().err
        Path(taken).rmdir() if Path(taken).is_dir() else Path(taken).unlink()
    assert not Path("nowhere").exists()


def test_where_nothing_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the place of a folder."""
    Path("file").touch()
    for kind in ("scheme", "case"):
        assert main(["new", kind, "early", "-d", "file"]) == 2
        assert "jurat: cannot write " in capsys.readouterr().err


def test_a_case_for_rules_with_problems(capsys: pytest.CaptureFixture[str]) -> None:
    """The problems are told, and nothing is written."""
    Path("a.rules").write_text('entity person\nrule r of person "R" : £ payable by the day is x', encoding="utf-8")
    assert main(["new", "case", "early", "--rules", "a.rules"]) == 1
    assert main(["new", "case", "early", "--rules", "not there"]) == 2
    assert main(["new", "case", "early", "--of", "awrd"]) == 1
    assert "Ask for `award`." in capsys.readouterr().err
    assert not Path("early.case").exists()
    assert CHILDCARE.exists()
