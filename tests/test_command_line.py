"""The commands as they are typed: results on standard output, all else on standard error, and the exit status."""

from __future__ import annotations

import argparse
import io
import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from jurat.cli import COMMANDS, main
from tests.books import CHILDCARE, FIRST_LAW, ROOT, RULES

BROKEN = 'entity person\ninput pay of person "Pay" : £\nrule award of person "Award" : £ payable by the day is pai\n'
WARNED = 'instrument draft_order "Draft" commences 1 January 2010\n'


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JURAT_RULES", str(RULES))
    monkeypatch.setenv("COLUMNS", "100")


def folder(tmp_path: Path, text: str) -> str:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.rules").write_text(text, encoding="utf-8")
    return str(tmp_path / "rules")


ANSWERED = (
    "Answered for: Income Support (income_support). Not asked: cold_weather, community_costs_bonus; "
    "ask with `--schemes cold_weather,community_costs_bonus` or `--schemes all`.\n"
)
"""What one line says of the schemes whose facts the case does not give."""


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    """The first command of the README."""
    assert main(["explain", str(CHILDCARE)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Income Support award of home on 1 October 2010: £288.40 a week\n")
    assert err == ANSWERED


def test_on_and_of(capsys: pytest.CaptureFixture[str]) -> None:
    """Another day, in digits or in words, and another term."""
    assert main(["explain", str(CHILDCARE), "--on", "2010-09-30", "--of", "counted_earnings"]) == 0
    first = capsys.readouterr().out
    assert main(["explain", str(CHILDCARE), "--on", "30 September 2010", "--of", "counted_earnings"]) == 0
    assert capsys.readouterr().out == first
    assert first.startswith("Earnings that count of parent on 30 September 2010: £200.90 a week\n")


@pytest.mark.parametrize(
    ("form", "beginning"), [("text", "Income"), ("md", "**Income"), ("html", "<!doctype html>"), ("json", "{")]
)
def test_forms_and_output_file(form: str, beginning: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What would be printed is written to the file instead, byte for byte."""
    assert main(["explain", str(CHILDCARE), "--format", form]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(beginning)
    assert main(["explain", str(CHILDCARE), "--format", form, "-o", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out").read_bytes() == printed.encode()


def test_assess(capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    """Values only."""
    assert main(["assess", str(CHILDCARE)]) == 0
    file_regression.check(capsys.readouterr().out, extension=".txt", encoding="utf-8")


def test_assess_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    """In the shape of the case, exact, as text, with the unit."""
    assert main(["assess", str(CHILDCARE), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["household"]["home"]["award"] == {"value": "288.40", "unit": "£ a week"}
    assert data["household"]["home"]["person"]["parent"]["counted_earnings"] == {"value": "189.87", "unit": "£ a week"}


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` is standard input, for JSON and for the language."""
    for suffix in (".json", ".case"):
        text = CHILDCARE.with_suffix(suffix).read_bytes()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        assert main(["assess", "-"]) == 0
        assert "£288.40 a week" in capsys.readouterr().out


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped law: nothing is wrong in it, and two figures of it stand on record although they do not follow."""
    assert main(["check", str(RULES)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("No problems in ")
    assert err == "2 answered on record; --strict shows what and how.\n"
    assert main(["check", str(RULES), "--strict"]) == 1
    out, err = capsys.readouterr()
    assert out.count("warning: ") == out.count("On record: ") == 2
    assert err.startswith("0 problems, 2 warnings.")


def test_check_says_which_rules_where_none_stand_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody should take the silence about the shipped law for one about their own."""
    monkeypatch.delenv("JURAT_RULES")
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"There are no rule files in `rules` here; these are checked: {RULES}."
    assert not [line for line in rest if line.startswith("error")]
    (tmp_path / "mine.rules").write_text(BROKEN, encoding="utf-8")
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith(f"{first} `jurat check .` checks those in this folder.\n")
    assert main(["check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    assert {(problem["code"], problem["severity"]) for problem in found} == {("does-not-follow", "warning")}
    folder(tmp_path, BROKEN)
    assert main(["check"]) == 1
    assert "no rule files" not in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["is y{}", "is 1 whne y{} > 3"], ids=["names", "words"])
def test_check_lists_all_problems_as_data(wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is too much to print is there as JSON, whether it could be read or not."""
    rules = "".join(f'rule r{n} of everyone "R" : number\n  {wrong.format(n)}\n' for n in range(300))
    where = folder(tmp_path, rules)
    assert main(["check", where]) == 1
    assert "200 more are not shown" in capsys.readouterr().out
    assert main(["check", where, "--format", "json"]) == 1
    subjects = [problem["subject"] for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert subjects == [f"r{n}" for n in range(300)]


def test_check_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A problem: exit 1, the problem is the result, the count is beside it."""
    path = folder(tmp_path, BROKEN)
    assert main(["check", path]) == 1
    out, err = capsys.readouterr()
    assert "There is no term called `pai`." in out
    assert err == "1 problem, 0 warnings. More about the first: jurat problem unknown-name\n"
    assert main(["check", path, "--format", "json"]) == 1
    [problem] = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["code"], problem["severity"], problem["line"], problem["column"]) == ("unknown-name", "error", 3, 56)


def test_check_one_file_among_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is read with the others of its folder, and only its own problems are shown."""
    assert main(["check", str(RULES / "jersey" / "income_support" / "income.rules")]) == 0
    assert "No problems" in capsys.readouterr().out
    path = Path(folder(tmp_path, BROKEN))
    (path / "b.rules").write_text(
        'rule twice of person "Twice" : £ is pay × 2\nrule half of person "Half" : £ is pax\n', encoding="utf-8"
    )
    assert main(["check", str(path / "b.rules")]) == 1
    out, err = capsys.readouterr()
    assert "pax" in out
    assert "pai" not in out
    assert "1 more in other files of the folder" in err


def test_a_scheme_in_a_folder_below_is_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text of a day beside the rules that it was made of is read without them, and so are its own problems shown."""
    (tmp_path / "law").mkdir()
    for path in (tmp_path / "law" / "bonus.rules", tmp_path / "of_a_day.rules"):
        path.write_text('scheme bonus "Bonus"\nentity person\nrule award of person "Award" : £ is £1\n', encoding="utf-8")
    (tmp_path / "other.rules").write_text("entity household\n", encoding="utf-8")
    assert main(["check", str(tmp_path / "of_a_day.rules")]) == 0
    out, err = capsys.readouterr()
    assert out == f"No problems in {tmp_path / 'of_a_day.rules'}, read with 1 other rule file.\n"
    assert err == ""


def test_a_draft_is_not_checked_in_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it does is no law: that nothing is wrong does not mean that nothing would be."""
    draft = tmp_path / "draft.rules"
    draft.write_text('instrument order "Order" made 1 May 2009\namendment change "Change" amends order\n', encoding="utf-8")
    main(["check", str(draft)])
    assert f"`change` is a draft: what it does is looked at with `--with {draft}`." in capsys.readouterr().err


def test_the_page_of_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    """By its code, with or without the brackets in which it is printed; without one, the list."""
    for code in ("unknown-name", "[unknown-name]"):
        assert main(["problem", code]) == 0
        assert capsys.readouterr().out == (ROOT / "docs" / "problems" / "unknown-name.md").read_text(encoding="utf-8")
    assert main(["problem"]) == 0
    assert "| [unknown-name](unknown-name.md) |" in capsys.readouterr().out
    assert main(["problem", "unknown-nam"]) == 2
    assert "The closest is `unknown-name`." in capsys.readouterr().err


def test_warnings_pass_unless_strict(tmp_path: Path) -> None:
    """Exit 0, and with --strict 1."""
    path = folder(tmp_path, WARNED)
    assert main(["check", path]) == 0
    assert main(["check", path, "--strict"]) == 1


def test_a_problem_in_the_rules_stops_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, nothing on standard output, the message on standard error; as data the problems take the answer's place."""
    path = folder(tmp_path, BROKEN)
    assert main(["explain", str(CHILDCARE), "--rules", path]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "no term called `pai`" in err
    assert main(["assess", str(CHILDCARE), "--rules", path, "--format", "json"]) == 1
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]] == ["unknown-name"]


def test_a_refused_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1, and the explanation of the refusal is the result."""
    assert main(["explain", str(CHILDCARE), "--on", "2012-01-01"]) == 1
    assert "refused" in capsys.readouterr().out
    assert main(["explain", str(CHILDCARE), "--strict"]) == 1
    assert "would have to be assumed" in capsys.readouterr().out.replace("\n    ", "")


COMMANDS_WITH_DAYS = {
    "assess": "assess x.case --on {day} --known {day}",
    "compare": "compare s --from {day} --to {day} --on {day} --known {day}",
    "consolidate": "consolidate s --on {day} --known {day}",
    "curve": "curve x.case --vary pay --on {day} --known {day} --from-date {day} --to-date {day}",
    "docs": "docs s --on {day} -o x",
    "explain": "explain x.case --on {day} --known {day}",
    "graph": "graph award --on {day}",
    "history": "history x --known {day}",
    "amend": "amend x --against s --from {day}",
    "new": "new case x --on {day}",
    "pay": "pay x.case --from {day} --until {day} --known {day}",
    "rates": "rates s --from {day} --to {day} --known {day}",
    "uprate": "uprate s --by 1% --from {day}",
}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["explian", "x"],
        ["explain"],
        ["explain", str(CHILDCARE), "--on", "yesterday"],
        ["explain", str(CHILDCARE), "--on", "2010-02-31"],
        ["explain", str(CHILDCARE), "--format", "pdf"],
        ["explain", "not there.json"],
        ["explain", str(ROOT)],
        ["explain", str(CHILDCARE), "--rules", "not there"],
        ["explain", str(CHILDCARE), "-o", "/not/there/at/all"],
        ["check", "not there.rules"],
        ["problem", "unknown-nam"],
        ["problem", "../data"],
    ],
    ids=" ".join,
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, something to read on standard error, no traceback."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code  # type: ignore[assignment]
    assert status == 2
    err = capsys.readouterr().err
    assert err.strip()
    assert "Traceback" not in err


DATED = [
    (f"{command} {option}", words, option)
    for command, words in COMMANDS_WITH_DAYS.items()
    for option in re.findall(r"--[\w-]+(?= \{day\})", words)
]


@pytest.mark.parametrize("day", ["1899-12-31", "1 January 2201"])
@pytest.mark.parametrize(("words", "option"), [one[1:] for one in DATED], ids=[one[0] for one in DATED])
def test_a_day_that_no_rule_can_name(words: str, option: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command refuses it in one way, as a rule file and a case do."""
    arguments = words.format(day="2010-10-01").split()
    arguments[arguments.index(option) + 1] = day
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.endswith(f"argument {option}: {day} lies outside the years 1900 to 2200")


def test_every_command_with_days_is_asked_for_one() -> None:
    """A command that takes a day and is not in the list above would go untested."""
    taking = set()
    for name in COMMANDS:
        parser = argparse.ArgumentParser()
        import_module(f"jurat.commands.{name}").add_arguments(parser)
        if "DATE" in parser.format_help():
            taking.add(name)
    assert taking <= COMMANDS_WITH_DAYS.keys()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b"{", b"\x00", b"[" * 100_000, b'{"a":' * 10_000, b'{"version": 1, "on": 7}']
)
def test_a_case_that_is_none(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the bytes, a message."""
    (tmp_path / "case").write_bytes(content)
    assert main(["explain", str(tmp_path / "case")]) in (1, 2)
    out, err = capsys.readouterr()
    assert "error: " in err
    assert out == ""


def test_unknown_output_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A term that is not there is answered with the nearest."""
    assert main(["assess", str(CHILDCARE), "--of", "counted_earning"]) == 1
    assert "Ask for `counted_earnings`." in capsys.readouterr().err


def test_nothing_to_ask_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A book in which nothing is paid."""
    path = folder(tmp_path, "entity household\n")
    (tmp_path / "case.json").write_text('{"version": 1, "on": "2010-10-01", "household": {"home": {}}}', encoding="utf-8")
    assert main(["assess", str(tmp_path / "case.json"), "--rules", path]) == 1
    assert "[nothing-asked]" in capsys.readouterr().err


def test_too_many_members(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the limit of a household's size it is read, over it is not."""
    for count, wanted in ((49, 0), (50, 0), (51, 1)):
        people = {f"p{n}": {"date_of_birth": "1980-05-03"} for n in range(count)}
        case = {"version": 1, "on": "2010-10-01", "household": {"home": {"tenure": "tenant", "person": people}}}
        (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
        assert main(["assess", str(tmp_path / "case.json")]) == wanted
    assert "[too-many-members]" in capsys.readouterr().err


def test_a_file_that_is_not_utf8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the line on which it goes wrong."""
    (tmp_path / "a.rules").write_bytes(b'entity person\nfigure rate "Rate" : \xa3\n')
    assert main(["check", str(tmp_path)]) == 2
    assert "Line 2 is not in UTF-8" in capsys.readouterr().out


def test_byte_order_mark_and_other_line_ends(tmp_path: Path) -> None:
    """As editors elsewhere write them."""
    copies = {path: path.read_text(encoding="utf-8") for path in FIRST_LAW.glob("*.rules")}
    for path, text in copies.items():
        (tmp_path / path.name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert main(["check", str(tmp_path)]) == 0
    assert main(["assess", str(CHILDCARE), "--rules", str(tmp_path)]) == 0


def test_help_is_a_document(capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    """What `--help` says of each command, with an example each."""
    shown = []
    for arguments in (["--help"], *([command, "--help"] for command in COMMANDS)):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 0
        printed = capsys.readouterr().out
        assert "Example: jurat " in printed
        shown.append(f"$ jurat {' '.join(arguments)}\n{printed}")
    file_regression.check("\n".join(shown), extension=".txt", encoding="utf-8")
