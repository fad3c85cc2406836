"""Forged explanations, letters, and files that are made to be hard to read: what `jurat verify` says of each."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import jurat
from explain.tongue import languages
from jurat.cli import main
from jurat.verifying import ADDS_UP, LAW, SAME, UNPROVED, printed_in, verified
from jurat.verifying_letters import letter_in, letter_verified
from tests.books import CHILDCARE, shipped


@cache
def page(form: Any) -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE), form)


@cache
def letter(code: str = "en", form: Any = "html") -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE), form, reader="claimant", language=code)


def answers(lines: tuple[str, ...]) -> str:
    """What is said of the figures, of the law and of today: `yes no not known`."""
    heads = [line for line in lines if not line.startswith("  ")]
    assert heads[-1] == UNPROVED and [head.rsplit(": ", 1)[0] for head in heads[:-1]] == [ADDS_UP, LAW, SAME]
    return ", ".join(head.rsplit(": ", 1)[1] for head in heads[:-1])


def said_of(text: str) -> str:
    found = printed_in(text)
    return found if isinstance(found, str) else answers(verified(found, shipped()).lines)


# ---- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<h1>", "<h1 hidden>", "no, yes, no"),
        ("<body>", "<body><p>You get <strong>£999.00 a week</strong>.</p>", "yes, yes, no"),
        ("<body>", "<body><!-- £999.00 a week -->", "yes, yes, no"),
        ("</html>", "</html><script>alert(1)</script>", "yes, yes, no"),
        ("</style>", ".passed { display: none }</style>", "yes, yes, no"),
        ('<pre class="case">', '<pre class="case">{"on": "2010-10-01"}</pre><pre class="case">', "yes, yes, no"),
        ("&#34;for&#34;: &#34;officer", "&#34;for&#34;: &#34;auditor", "yes, yes, no"),
        ("&#34;strict&#34;: false", "&#34;strict&#34;: true", "yes, no, no"),
        ("288.40", "\N{FULLWIDTH DIGIT TWO}88.40", "no, yes, no"),
        ("£288.40 a week", "£288.40 a month", "no, yes, no"),
        ("40 hours a week", "40 days a week", "no, yes, no"),
        ("Article 5(2)(c)", "Article 6(2)(c)", "yes, yes, no"),
    ],
)
def test_a_page(old: str, new: str, said: str) -> None:
    assert old in page("html")
    assert said_of(page("html").replace(old, new)) == said


def test_a_page_for_another_case_holds() -> None:
    """Whoever has the rules can print it, digests and all; nothing here says that the facts are true, or who issued it."""
    case = json.loads(CHILDCARE.read_text(encoding="utf-8"))
    case["household"]["home"]["person"]["parent"]["gross_earnings"] = "300.00"
    forged = jurat.explain(jurat.assess(shipped(), case), "html")
    assert said_of(forged) == "yes, yes, yes"
    [theirs] = set(re.findall(r'<pre class="case">(.*?)</pre>', page("html"), re.DOTALL))
    own = re.sub(r'(?<=<pre class="case">).*?(?=</pre>)', lambda _: theirs, forged, flags=re.DOTALL)
    assert said_of(own) == "yes, yes, no"


# ---- JSON -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"number": 1,', '"number": true,', "yes, yes, no"),
        ('"version": 1,', '"version": 1.0,', "yes, yes, no"),
        ('"refused": false', '"refused": 0', "no, yes, no"),
        ('{"version"', '{"note": "You get £999.00 a week.", "version"', "yes, yes, no"),
        ('"facts": [', '"facts": [], "older": [', "no"),
        ('"why": "', '"why": "Nearly: ', "no, yes, no"),
        ('"£ a week"', '"£ a month"', "no, yes, no"),
    ],
)
def test_data(old: str, new: str, said: str) -> None:
    assert old in page("json")
    found = said_of(page("json").replace(old, new, 1 if old != '"£ a week"' else 3))
    assert found == said if said != "no" else found.startswith(("no", "This"))


def test_a_key_that_stands_twice() -> None:
    """One reader takes the first and another the last: both would be right."""
    forged = page("json").replace("{", '{"household": {"home": {"award": {"value": "999.00", "unit": "£ a week"}}}, ', 1)
    assert said_of(forged).startswith("A key stands twice")
    assert letter_in(letter(form="json").replace("{", '{"awards": [], ', 1)) is None


def test_its_own_digests_are_held_against_each_other() -> None:
    data = json.loads(page("json"))
    data["steps"][3]["digest"] = "sha256:0"
    assert said_of(json.dumps(data)) == "yes, no, no"


# ---- letters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("form", ["html", "json"])
def test_a_letter(code: str, form: Any) -> None:
    """Its sums and its law are held; that it would be given again cannot be said of what carries no case."""
    found = letter_in(letter(code, form))
    assert found is not None
    assert answers(letter_verified(found, shipped()).lines) == "yes, yes, not known"
    for old, new, said in [("288", "289", "no, yes, not known"), (found.reference, "0" * 12, "yes, no, not known")]:
        forged = letter_in(letter(code, form).replace(old, new, 1) if said[0] == "n" else letter(code, form).replace(old, new))
        assert forged is not None
        assert answers(letter_verified(forged, shipped()).lines) == said


def test_a_letter_that_is_forged_consistently_still_adds_up() -> None:
    """All that can be said of it is said: what does not hold against it needs the case."""
    forged = letter().replace("£63.98", "£163.98").replace("£478.27", "£578.27").replace("£288.40", "£388.40")
    found = letter_in(forged)
    assert found is not None
    lines = letter_verified(found, shipped()).lines
    assert answers(lines) == "yes, yes, not known"
    assert "  a letter carries no case: ask for the full working, as HTML or JSON, and verify that" in lines


@pytest.mark.parametrize("code", languages())
def test_a_letter_that_is_cut_off(code: str) -> None:
    whole = letter(code)
    for part in range(1, 20):
        cut = whole[: len(whole) * part // 20]
        assert letter_in(cut) is None and "cut off" in str(printed_in(cut))


# ---- what is no explanation -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Income Support award: £288.40 a week", "neither HTML nor JSON"),
        ("# Income Support award: **£288.40 a week**", "neither HTML nor JSON"),
        ("", "neither HTML nor JSON"),
        ('{"on": "2010-10-01", "household": {}}', "This is a case"),
        ('{"law": "sha256:0", "asked": []}', "values without their working"),
        ('{"steps": [', "cut off"),
        ("<!doctype html><html><p>Hello", "cut off"),
        ("<!doctype html><html><p>Hello</html>", "no explanation of ours"),
    ],
)
def test_it_is_said_what_a_file_is(text: str, said: str) -> None:
    assert said in str(printed_in(text))
    assert letter_in(text) is None


MANY = 60_000
QUESTION = re.compile(r'<pre class="question">.*?</pre>', re.DOTALL)


@pytest.mark.parametrize(
    "text",
    [
        '<table class="adds">' + '<tr class="adds">' * MANY + "</table>",
        '<ul class="passed" data-step="1">' + "because " * MANY + "</ul>",
        '<div class="uses" data-step="1"><li>' + " on a" * MANY + "</div>",
        '<i id="step-1"><span class="value">5</span><div class="figures" data-step="1"><p>' + "(" * MANY + "</p></div>",
        '<h1>on ' + "1 " * MANY + "</h1>",
        "<head " * MANY,
        "<p>" + "At " * MANY,
        "<p>" + "9" * MANY,
        '<span class="who">' * MANY,
    ],
    ids=range(9),
)  # fmt: skip
@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_is_made_to_be_slow(text: str, code: str) -> None:
    """An answer, soon: nothing takes time that grows with the square of a file."""
    [question] = QUESTION.findall(page("html"))
    head = f'<!doctype html><html lang="{code}"><h1>On 1 October 2010</h1>'
    begun = time.process_time()
    printed_in(f'{head}{text}{question}<pre class="case">{{}}</pre></html>')
    letter_in(f"{head}{text}<p>Reference of the law: 0123456789ab</p></html>")
    assert time.process_time() - begun < 20


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A letter is 1, since not all is known; what is no text at all is told in words."""
    file = tmp_path / "letter.html"
    file.write_text(letter("fr"), encoding="utf-8")
    assert main(["verify", str(file)]) == 1
    assert f"{SAME}: not known\n  a letter carries no case" in capsys.readouterr().out
    file.write_bytes(b"%PDF-1.7\xff\xfe")
    assert main(["verify", str(file)]) == 2
    assert "text, Markdown, PDF and pictures carry no case" in capsys.readouterr().err
