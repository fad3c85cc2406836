"""One household, several schemes: which are answered for, each under its own title, and what of a case plays no part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.values import Exact, Refusal
from jurat.answers import Answer
from jurat.cli import main
from tests.books import ROOT
from tests.test_schemas import ASSESSMENT, CASE, faults
from tests.test_schemes import SHARED

SUPPORT = """
scheme support "Support" uses shared
input rent of household "Rent" : £ a week
  default £0 per week
rule award of household "Award" : £ a week
  payable by the week
  because "You get your rent and £100, less {income}."
  is rent + £100 per week - income, but not less than £0 per week
"""
BONUS = """
scheme bonus "Winter bonus" uses shared
input tax of household "Tax" : £ a year
  default £0 per year
rule award of household "Award" : £ a year
  payable once a calendar year
  is £84.60 per year when support.award > £0 per week and tax < £100 per year
  otherwise £0 per year
"""
LOST = """
scheme lost "Lost grant" uses shared
input loss of person "Loss" : £
  default £0
rule grant of person "Grant" : £
  payable once a calendar year
  is not encoded "the Order was not found"
"""
TRAVEL = """
scheme travel "Travel" uses shared
entity journey
input fare of journey "Fare" : £
rule refund of journey "Refund" : £
  payable by the day
  is fare, but not less than £0
"""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    for name, text in {"shared": SHARED, "support": SUPPORT, "bonus": BONUS, "lost": LOST, "travel": TRAVEL}.items():
        (tmp_path / "law" / name).mkdir(parents=True)
        (tmp_path / "law" / name / "all.rules").write_text(text, encoding="utf-8")
    return tmp_path / "law"


def case_of(**facts: Any) -> dict[str, Any]:
    """A household with somebody who earns £20, and these facts."""
    return {"version": 1, "on": "2010-10-01", "household": {"home": {**facts, "person": {"anna": {"pay": 20}}}}}


def answered(answer: Answer) -> list[str]:
    return [scheme.name for scheme in answer.schemes if scheme.answered]


BY_FACTS = [
    ("rent is Support's", case_of(rent=50), ["support"]),
    ("tax is the bonus's", case_of(tax=50), ["bonus"]),
    ("facts of two schemes", case_of(tax=50, rent=7), ["bonus", "support"]),
    ("a fact with its scheme before it", case_of(**{"support.rent": 50}), ["support"]),
    ("a fact that is said not to be known", case_of(rent=None), ["support"]),
    ("a fact of a time that is over", case_of(rent=[{"value": 50, "until": "2009-01-01"}]), ["support"]),
    ("facts that schemes share, and no other", case_of(), ["bonus", "lost", "support", "travel"]),
]


@pytest.mark.parametrize(("case", "wanted"), [row[1:] for row in BY_FACTS], ids=[row[0] for row in BY_FACTS])
def test_schemes_whose_facts_a_case_gives(case: dict[str, Any], wanted: list[str], law: Path) -> None:
    """Unless others are asked for; what several share pays nothing, and is never answered for."""
    assert faults(case, CASE) == []
    assert answered(jurat.assess(jurat.load(law), case)) == wanted


def test_schemes_that_are_asked_for(law: Path) -> None:
    """In the order in which they are named; `all` is every one that pays something."""
    rules = jurat.load(law)
    assert answered(jurat.assess(rules, case_of(), schemes=["support", "bonus"])) == ["support", "bonus"]
    assert answered(jurat.assess(rules, case_of(), schemes=["bonus"])) == ["bonus"]
    assert answered(jurat.assess(rules, case_of(rent=7), schemes=["all"])) == ["bonus", "lost", "support", "travel"]
    assert jurat.assess(rules, case_of(), of=["support.award"]).schemes == ()


def test_a_scheme_that_was_read_for_another_is_not_answered_for(law: Path) -> None:
    """Unless it is asked for by name, even where the case gives its facts."""
    bonus = jurat.load(law / "bonus")
    assert answered(jurat.assess(bonus, case_of(rent=7))) == ["bonus"]
    assert answered(jurat.assess(bonus, case_of(rent=7), schemes=["support"])) == ["support"]


def test_one_refusal_hinders_nobody(law: Path) -> None:
    """What is not encoded refuses its own scheme; the others have their values."""
    answer = jurat.assess(jurat.load(law), case_of(), schemes=["all"])
    assert answer.is_refused
    values = {name: answer.value(*name) for name in [("support.award", "home"), ("bonus.award", "home"), ("grant", "anna")]}
    words = [value.words() if isinstance(value, Exact) else value.reasons[0].kind for value in values.values()]
    assert words == ["£80.00 a week", "£84.60 a year", "not encoded"]


def test_a_fact_of_a_scheme_that_is_not_asked_for_is_not_used(law: Path) -> None:
    """It is never an error."""
    answer = jurat.assess(jurat.load(law), case_of(tax=50, rent=7), schemes=["support"])
    assert answer.assessment is not None
    assert [(use.term.name, use.unused) for use in answer.assessment.unused] == [("tax", "no answer needs it")]


def test_a_value_by_its_name(law: Path) -> None:
    """With its scheme before it, whether or not other schemes declare the name; a bare one that several do is told."""
    alone = jurat.assess(jurat.load(law / "support"), case_of())
    for name in ("award", "support.award"):
        assert isinstance(alone.value(name, "home"), Exact)
    beside = jurat.assess(jurat.load(law), case_of())
    assert isinstance(beside.value("support.award", "home"), Exact)
    refusal = beside.value("award", "home")
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].message == "award is a name in several schemes: bonus.award, support.award."


# ---- as data --------------------------------------------------------------------------------------------------------


def test_two_schemes_with_one_name_have_two_keys(law: Path) -> None:
    """No two terms share a key; and the name in `schemes` is the same whichever others are loaded."""
    printed = json.loads(jurat.explain(jurat.assess(jurat.load(law), case_of(), schemes=["all"]), "json"))
    assert faults(printed, ASSESSMENT) == []
    home = printed["household"]["home"]
    assert home["support.award"] == {"value": "80.00", "unit": "£ a week"}
    assert home["bonus.award"] == {"value": "84.60", "unit": "£ a year"}
    assert "award" not in home
    alone = json.loads(jurat.explain(jurat.assess(jurat.load(law / "support"), case_of()), "json"))
    assert alone["household"]["home"]["award"] == home["support.award"]
    told = [next(s for s in found["schemes"] if s["scheme"] == "support")["answers"][0] for found in (printed, alone)]
    assert [one.pop("term") for one in told] == ["support.award", "award"]
    assert told[0] == told[1]


def test_a_scheme_that_is_not_answered_for_is_listed_without_answers(law: Path) -> None:
    """So that a program can tell `not asked` from `nothing paid`."""
    printed = json.loads(jurat.explain(jurat.assess(jurat.load(law), case_of(), schemes=["bonus", "travel"]), "json"))
    assert faults(printed, ASSESSMENT) == []
    assert {s["scheme"]: (s["answered"], len(s["answers"])) for s in printed["schemes"]} == {
        "bonus": (True, 1), "travel": (True, 0), "lost": (False, 0), "support": (False, 0),
    }  # fmt: skip


def test_rules_of_no_scheme_beside_schemes_are_answered_for(law: Path) -> None:
    """They have no name to be asked for by."""
    (law / "loose.rules").write_text(
        'rule extra of shared.household "Extra" : £ a week payable by the week is £1 per week\n', encoding="utf-8"
    )
    rules = jurat.load(law)
    assert answered(jurat.assess(rules, case_of(rent=7))) == ["", "support"]
    assert answered(jurat.assess(rules, case_of(rent=7), schemes=["support"])) == ["support"]
    printed = json.loads(jurat.explain(jurat.assess(rules, case_of(rent=7)), "json"))
    assert faults(printed, ASSESSMENT) == []
    assert printed["schemes"][0]["scheme"] is None


def test_the_guide_shows_what_is_printed(law: Path) -> None:
    """The scheme in docs/data.md."""
    guide = (ROOT / "docs" / "data.md").read_text("utf-8")
    shown = guide.partition("<!-- a scheme that is answered for -->\n```json\n")[2].partition("```")[0]
    printed = json.loads(jurat.explain(jurat.assess(jurat.load(law / "support"), case_of()), "json"))
    assert json.loads(shown) in printed["schemes"]


# ---- the commands ---------------------------------------------------------------------------------------------------


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "home.case"
    path.write_text(
        'case "Anna" on 1 October 2010\n  given household home\n    rent is £7.50 per week\n'
        "  given person anna of home\n    pay is £20 per week\n",
        encoding="utf-8",
    )
    return str(path)


@pytest.mark.parametrize("command", ["assess", "explain"])
def test_answers_of_several_schemes(
    command: str, law: Path, case: str, capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture
) -> None:
    """Each under the title of its scheme: paid, refused, or to nobody who is there."""
    assert main([command, case, "--rules", str(law), "--schemes", "all"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    file_regression.check(out, extension=".txt", encoding="utf-8")


@pytest.mark.parametrize(
    ("form", "heading"), [("md", "\n## Winter bonus\n"), ("html", '<span class="scheme">Winter bonus</span>')]
)
def test_every_form_has_the_headings(form: str, heading: str, law: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where several schemes are answered for; and none where one is."""
    main(["explain", case, "--rules", str(law), "--schemes", "support,bonus", "--format", form])
    assert heading in f"\n{capsys.readouterr().out}"
    main(["explain", case, "--rules", str(law), "--schemes", "bonus", "--format", form])
    assert heading not in f"\n{capsys.readouterr().out}"


def test_one_line_says_for_which_schemes(law: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, where nobody has said so and there are others."""
    assert main(["assess", case, "--rules", str(law)]) == 0
    assert capsys.readouterr().err == (
        "Answered for: Support (support). Not asked: bonus, lost, travel; "
        "ask with `--schemes bonus,lost,travel` or `--schemes all`.\n"
    )
    for options in (["--schemes", "support"], ["--schemes", "all"], ["--of", "support.award"]):
        main(["assess", case, "--rules", str(law), *options])
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["--schemes", "suport"], 1, "There is no scheme called `suport`. [unknown-scheme]\n  Fix: Write `support`."),
        (["--schemes", "pension"], 1, "Fix: Ask for `bonus`, `lost`, `support`, `travel`."),
        (["--schemes", "support,shared"], 1, "The scheme `shared` pays nothing. [nothing-asked]"),
        (["--schemes", "support,"], 2, "names no scheme between two commas"),
        (["--schemes", "all", "--of", "income"], 2, "--of: not allowed with argument --schemes"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use(
    options: list[str], status: int, message: str, law: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message that says what to write."""
    try:
        found = main(["assess", case, "--rules", str(law), *options])
    except SystemExit as stop:
        found = stop.code  # type: ignore[assignment]
    out, err = capsys.readouterr()
    assert (found, out) == (status, "")
    assert message in err


def test_rules_that_open_no_scheme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`all` is all there is; a name is unknown."""
    (tmp_path / "a.rules").write_text(
        'entity person\nrule award of person "Award" : £ payable by the day is £1\n', encoding="utf-8"
    )
    (tmp_path / "a.case").write_text('case "A" on 1 October 2010\n  given person anna\n', encoding="utf-8")
    arguments = ["assess", str(tmp_path / "a.case"), "--rules", str(tmp_path), "--schemes"]
    assert main([*arguments, "all"]) == 0
    assert capsys.readouterr().out.startswith("Award of anna on 1 October 2010: £1.00\n")
    assert main([*arguments, "support"]) == 1
    assert "Fix: Leave `--schemes` out." in capsys.readouterr().err
