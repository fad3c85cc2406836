"""`jurat verify`: a printed explanation, whole or altered, and files that are none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import jurat
from grammar.source import Source
from jurat.cli import main
from jurat.rulebook import from_sources
from jurat.verifying import printed_in, verified
from tests.books import CHILDCARE, ON, PEOPLE, household, shipped

ADDS_UP = "Its figures follow from one another"
LAW = "The law in it is the law of these rules on that day"
SAME = "These rules give the same today"
FORMS: Any = ["html", "json"]


def printed(form: Any, **options: Any) -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE, **options), form)


def held(text: str, rules: Any = None) -> dict[str, str]:
    """Each of the three with what was found; the last line is always the same."""
    found = printed_in(text)
    assert not isinstance(found, str), found
    result = verified(found, rules or shipped())
    assert result.lines[-1] == "This does not prove who issued it."
    heads = [line for line in result.lines if not line.startswith("  ")][:-1]
    answers = dict(line.rsplit(": ", 1) for line in heads)
    assert result.holds is (set(answers.values()) == {"yes"})
    return answers


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("options", [{}, {"strict": True}, {"of": ["award"]}, {"known": ON}], ids=str)
def test_what_was_printed_here_holds(form: Any, options: Any) -> None:
    assert held(printed(form, **options)) == {ADDS_UP: "yes", LAW: "yes", SAME: "yes"}


def test_a_case_in_the_language_is_carried_too() -> None:
    answer = jurat.assess(shipped(), CHILDCARE.with_suffix(".case"))
    assert set(held(jurat.explain(answer, "html")).values()) == {"yes"}


def test_a_figure_is_altered() -> None:
    altered = printed("html").replace("<b>£40.425</b>", "<b>£40.525</b>")
    assert held(altered) == {ADDS_UP: "no", LAW: "yes", SAME: "no"}


def test_a_fact_of_the_case_is_altered() -> None:
    """The figures still follow; but the case that it carries gives others."""
    altered = re.sub(r'(<pre class="case">.*?)245', r"\g<1>255", printed("html"), flags=re.DOTALL)
    assert held(altered) == {ADDS_UP: "yes", LAW: "yes", SAME: "no"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('£288.40 a week</span>', '£288.41 a week</span>', "the result at its head is another"),
        ('<td class="value">£245.00 a week</td>', '<td class="value">£246.00 a week</td>', "the facts that it lists are not those of its case"),
        ("<p>Uses</p>", "<p>Made of</p>", "its words are not those that are printed today"),
    ],
)  # fmt: skip
def test_what_differs_beside_the_steps_is_said(old: str, new: str, said: str) -> None:
    """A result at the head, a fact in the list, a word anywhere: the steps are the same, and the page is not."""
    altered = printed("html").replace(old, new, 1)
    assert altered != printed("html")
    found = printed_in(altered)
    assert not isinstance(found, str)
    lines = verified(found, shipped()).lines
    assert lines[lines.index(f"{SAME}: no") + 1] == f"  {said}"


def test_a_digest_is_altered() -> None:
    altered = re.sub(
        r'("effect&#34;|effect&#34;|"effect"): (&#34;|")sha256:(.)',
        lambda f: f[0][:-1] + ("0" if f[3] != "0" else "1"),
        printed("html"),
    )
    assert held(altered)[LAW] == "no"
    data = json.loads(printed("json"))
    data["receipt"]["question"]["law"] = "sha256:0"
    assert held(json.dumps(data)) == {ADDS_UP: "yes", LAW: "no", SAME: "no"}


BOOK = """
figure rate "Rate" : %
  16.5% from 1 January 2010
input pay of person "Pay" : £ a week
rule kept of person "What is kept" : £ a week
  is rate × pay, rounded to the nearest 1p
"""


def of_book(text: str) -> jurat.Rules:
    return from_sources([Source("test.rules", PEOPLE + text)])


@pytest.mark.parametrize("form", FORMS)
def test_a_rule_is_another_now(form: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """What differs is named, the rule itself and what it gives."""
    text = jurat.explain(jurat.assess(of_book(BOOK), household({"pay": "200"}), on=ON, of=["kept"]), form)
    assert set(held(text, of_book(BOOK)).values()) == {"yes"}
    found = printed_in(text)
    assert not isinstance(found, str)
    lines = verified(found, of_book(BOOK.replace("16.5%", "17%"))).lines
    assert f"{LAW}: no" in lines
    assert "  rate says something else" in lines
    assert any(
        re.fullmatch(r"  step \d+, What is kept: £33\.00 a week is printed, and £34\.00 a week is given", line) for line in lines
    )


def test_all_is_altered_consistently() -> None:
    """A page of another law, whole and adding up, with the digests of ours: the rules do not give it."""
    rate, page = BOOK.replace("16.5%", "26.5%"), {}
    for name, text in (("ours", BOOK), ("forged", rate)):
        page[name] = jurat.explain(jurat.assess(of_book(text), household({"pay": "200"}), on=ON, of=["kept"]), "html")
    digests = {name: re.findall("sha256:[0-9a-f]{64}", text) for name, text in page.items()}
    forged = page["forged"]
    for theirs, ours in zip(digests["forged"], digests["ours"], strict=True):
        forged = forged.replace(theirs, ours)
    assert held(forged, of_book(BOOK)) == {ADDS_UP: "yes", LAW: "yes", SAME: "no"}


def test_a_draft_that_it_cannot_carry_is_told() -> None:
    data = json.loads(printed("json"))
    data["receipt"]["question"]["drafts"] = ["../../etc/passwd"]
    found = printed_in(json.dumps(data))
    assert not isinstance(found, str)
    assert found.drafts_by_name == ()
    lines = verified(found, shipped()).lines
    assert f"{LAW}: not known" in lines
    assert "  it was made with a draft that it cannot carry, ../../etc/passwd: give it by --with" in lines


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "<html></html>", "null", '{"receipt": {}}', '{"receipt": {"question": 1, "case": 2}, "steps": []}',
        "[" * 100_000, '{"a":' * 50_000, "<pre class=\"case\">" * 20_000, '<div class="uses" data-step="1">' * 20_000,
        '<pre class="question">{}</pre><pre class="case"></pre>', "\x01\x02\x03",
        '<b>1</b> + ' * 30_000,
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_explanation(text: str) -> None:
    assert isinstance(printed_in(text), str)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_cut_off(form: Any) -> None:
    whole = printed(form)
    for part in range(1, 20):
        cut = whole[: len(whole) * part // 20]
        assert isinstance(printed_in(cut), str)


def test_hostile_data_is_told_and_no_more() -> None:
    """Parts of another type, days that are none, numbers without end: whatever it is, an answer in words."""
    whole = json.loads(printed("json"))
    for key, value in [
        ("number", "x"),
        ("words", 5),
        ("pieces", [[{"figure": 5}]]),
        ("result", {"value": "9" * 10_000, "unit": None}),
        ("uses", [{}]),
        ("id", None),
    ]:
        data = json.loads(json.dumps(whole))
        data["steps"][3][key] = value
        found = printed_in(json.dumps(data))
        if not isinstance(found, str):
            assert not verified(found, shipped()).holds


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text(printed("html"), encoding="utf-8")
    assert main(["verify", str(page)]) == 0
    assert capsys.readouterr().out == f"{ADDS_UP}: yes\n{LAW}: yes\n{SAME}: yes\nThis does not prove who issued it.\n"
    page.write_text(page.read_text(encoding="utf-8").replace("£288.40", "£298.40"), encoding="utf-8")
    assert main(["verify", str(page)]) == 1
    assert f"{ADDS_UP}: no" in capsys.readouterr().out
    page.write_text("<p>Hello</p>", encoding="utf-8")
    assert main(["verify", str(page)]) == 2
    assert "This is no explanation of ours" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "nothing.html")]) == 2
