"""Limits that hold before work is done: at each the text is read, just over it one message comes, far over it comes as soon.

Times are processor time and bounds are several times what is needed, so that only what grows faster than its text exceeds them.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import jurat
from engine.cases import case_json
from engine.checking.sizes import MOST_ENTITIES, MOST_VALUES
from engine.mechanisms.base import MAX_MEMBERS
from engine.values import Exact, Refusal, day_words
from grammar import limits
from grammar.parsing import MOST_MISTAKES
from grammar.problems import MOST_SAID, one_line
from grammar.rendering import MOST_SHOWN, render_all
from grammar.source import Source
from jurat import files, rulebook
from jurat.rulebook import from_sources
from tests.books import CHILDCARE, ON, PEOPLE, ask, book, household, words
from tests.books import FIRST_LAW as RULES

SECONDS = 10.0
"""For what is far over a limit, or as large as a file may be: about three times what a slow machine needs."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def codes(text: str) -> list[str]:
    return [problem.code for problem in jurat.check(from_sources([Source("limits.rules", text)]))]


# ---- rule files -----------------------------------------------------------------------------------------------------


def comments(characters: int) -> str:
    return ("#" * 99 + "\n") * (characters // 100) + "#" * (characters % 100)


def rule(value: str, type_: str = "£") -> str:
    return f'{PEOPLE}rule total of household "Total" : {type_} is {value}'


def exceptions(count: int) -> str:
    return rule(
        "£1 " + "".join(f"except e{i}: £1 when 1 > 2 prevails over e{i + 1} " for i in range(count))[:-1] + f"{count - 1}"
    )


def chained_exceptions(count: int) -> str:
    """Each prevails over the one before: what beats what is found through all of them."""
    first = "except e0: £1 when 1 > 2 "
    return rule("£1 " + first + "".join(f"except e{i}: £1 when 1 > 2 prevails over e{i - 1} " for i in range(1, count)))


TEXTS: dict[str, tuple[int, Callable[[int], str], str]] = {
    "characters in a file": (limits.FILE_CHARACTERS, comments, "too-large"),
    "characters in a line": (limits.LINE_CHARACTERS, lambda n: "#" * n, "over-a-limit"),
    "letters in a name": (limits.NAME_CHARACTERS, lambda n: f"entity {'n' * n}", "over-a-limit"),
    "characters in a text": (limits.TEXT_CHARACTERS, lambda n: f'entity person "{"t" * n}"', "over-a-limit"),
    "digits in a number": (limits.NUMBER_DIGITS, lambda n: f'figure rate "Rate" : £ £{"9" * n} from 1 May 2010', "over-a-limit"),
    "brackets inside brackets": (limits.NESTING, lambda n: rule(f"{'(' * n}£1{')' * n}"), "over-a-limit"),
    "parts inside parts": (
        limits.DEPTH // 2 - 3, lambda n: rule("(1 + 2 × " * n + "(1)" + ")" * n, "whole number"), "over-a-limit"),
    "limits of one value": (
        limits.DEPTH - 7, lambda n: rule("£1" + ", but not less than £0" * n), "over-a-limit"),
    "exceptions of one rule": (limits.EXCEPTIONS, chained_exceptions, "over-a-limit"),
    "values day by day": (
        limits.DAILY_VALUES, lambda n: f'case "c" on 1 May 2010 given person a t is {", ".join("1" for _ in range(n))} day by day from 1 May 2010', "over-a-limit"),
    "words in one declaration": (limits.WORDS, lambda n: "entity person\n" + 'cite "a"\n' * ((n - 2) // 2), "over-a-limit"),
    "values of one choice": (MOST_VALUES, lambda n: "choice c : " + ",\n".join(f"v{i}" for i in range(n)), "over-a-limit"),
    "kinds of entity": (MOST_ENTITIES, lambda n: "\n".join(f"entity e{i} contains e{i + 1}" for i in range(1, n)) + f"\nentity e{n}", "over-a-limit"),
}  # fmt: skip


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_at_and_over_a_limit(what: str) -> None:
    """At the limit its code does not appear; over it, it does, once and with a fix; a thousand times over it, as soon."""
    most, text, code = TEXTS[what]
    assert code not in codes(text(most))
    over = jurat.check(from_sources([Source("limits.rules", text(most + 5))]))
    assert [problem.code for problem in over].count(code) == 1
    assert all(problem.fix for problem in over)
    with bounded():
        assert set(codes(text(most * 1_000 if most < 1_000 else most * 40))) & {code, "too-large", "over-a-limit"}


def test_what_a_value_may_hold_is_worked_out_and_explained() -> None:
    """A value as deep as may be goes through every stage: none goes down further than it can come back."""
    deep = limits.DEPTH // 2 - 3
    for value in ("(1 + 2 × " * deep + "(1)" + ")" * deep, "1" + ", but not less than 0" * (limits.DEPTH - 7)):
        answer = ask(book(f'rule total of household "Total" : whole number is {value}'), household(), "total")
        assert isinstance(answer.value("total"), Exact)
        for form in ("text", "md", "html", "json"):
            assert jurat.explain(answer, form)


BRACKET = "(yes or yes and not 1 = 1 + 1 × 1 for each complete 1 of "


@pytest.mark.parametrize(
    "inner", [BRACKET, "(1, but not less than 1, but not more than 2, but not less than 3 + ", "lower of (1, "]
)
@pytest.mark.parametrize("depth", [5, 20, 40, 63, 64])
def test_no_nesting_goes_too_deep(inner: str, depth: int) -> None:
    """Whatever stands in the brackets: it is read, or refused with a message."""
    codes(rule(inner * depth + "1" + ")" * depth, "yes/no"))


LARGE: dict[str, Callable[[int], str]] = {
    "figures": lambda n: "".join(f'figure f{i} "F" : £ £1 from 1 May 2010\n' for i in range(n)),
    "a chain": lambda n: PEOPLE + 'figure f0 "F" : £ £1 from 1 May 2010\n' + "".join(f'rule f{i} of person "F" : £ is f{i - 1}\n' for i in range(1, n)),
    "a circle": lambda n: PEOPLE + "".join(f'rule f{i} of person "F" : £ is f{(i + 1) % n}\n' for i in range(n)),
    "squares of squares": lambda n: PEOPLE + 'rule f0 of person "F" : whole number is 9\n' + "".join(f'rule f{i} of person "F" : whole number is f{i - 1} × f{i - 1}\n' for i in range(1, n)),
    "a product of many": lambda n: PEOPLE + "".join(f'input x{i} of person "X" : whole number range -1 to 9\n' for i in range(n)) + 'rule f of person "F" : whole number is ' + " × ".join(f"x{i}" for i in range(n)),
    "alternatives": lambda n: PEOPLE + 'rule f of person "F" : £ is £1 when 1 > 2\n' + "otherwise £1 when 1 > 2\n" * n + "otherwise £1",
    "quotation marks": lambda n: ("“\"" * 1_000 + "\n") * (n // 50),
    "unknown names": lambda n: PEOPLE + "".join(f'figure name_{i} "F" : £ £1 from 1 May 2010\nrule r{i} of person "R" : £ is nmae_{i}\n' for i in range(n)),
    "unknown types": lambda n: PEOPLE + "".join(f'choice type_{i} : a{i}, b{i}\nrule r{i} of person "R" : tpye_{i} is a{i}\n' for i in range(n)),
    "unknown instruments": lambda n: "".join(f'instrument order_{i} "I" made 1 May 2000 commences 1 May 2000\nfigure f{i} "F" : £ cite odrer_{i} "A" £1 from 1 May 2010\n' for i in range(n)),
    "unknown values": lambda n: PEOPLE + "choice c : " + ",\n".join(f"value_{i}" for i in range(n)) + "".join(f'\ninput i{i} of person "I" : c default vlaue_{i}' for i in range(n)),
    "braces": lambda n: PEOPLE + "".join(f'rule r{i} of person "R" : £ is £1 because "{{nope_{i}}}"\n' for i in range(n)),
    "one name": lambda n: "entity person\n" * n,
}  # fmt: skip


@pytest.mark.parametrize("what", LARGE)
def test_a_large_text_takes_time_by_its_size(what: str) -> None:
    """Two thousand declarations, right or wrong, and what is printed of them stays short."""
    with bounded():
        problems = jurat.check(from_sources([Source("large.rules", LARGE[what](2_000))]))
        assert len(render_all(problems)) < MOST_SHOWN * 4 * MOST_SAID


def test_what_squares_itself_is_refused_and_not_worked_out() -> None:
    """Ten steps make a number of a thousand digits; it has no range, and a household is told."""
    text = 'rule f0 of household "F" : whole number is 9\n'
    text += "".join(f'rule f{i} of household "F" : whole number is f{i - 1} × f{i - 1}\n' for i in range(1, 12))
    value = ask(book(text), household(), "f11").value("f11", "home")
    assert isinstance(value, Refusal)
    assert [(reason.kind, reason.message) for reason in value.reasons] == [
        ("out of range", "F would have more than a hundred digits.")
    ]


def test_a_product_has_the_range_of_all_its_corners() -> None:
    """A factor at a time, as if all were tried."""
    text = "".join(f'input x{i} of household "X" : whole number range -{i} to 3\n' for i in range(1, 5))
    rules = book(text + 'rule f of household "F" : whole number is x1 × x2 × x3 × x4')
    term = rules.on(ON).graph.by_name["f"]
    assert (term.low, term.high) == (-4 * 3 * 3 * 3, 4 * 3 * 3 * 3)


# ---- ten thousand mistakes ------------------------------------------------------------------------------------------

WRONG = {
    "that cannot be read": 'rule r{} of household "R" : £ as £1\n',
    "that name what is not there": 'rule r{} of household "R" : £ is misspelt\n',
    "that are warned": 'instrument i{} "I"\n',
}


@pytest.mark.parametrize("what", WRONG)
def test_ten_thousand_mistakes(what: str) -> None:
    """Take no time to speak of, and do not drown the reader."""
    text = PEOPLE + "".join(WRONG[what].format(i) for i in range(10_000))
    with bounded():
        problems = jurat.check(from_sources([Source("wrong.rules", text)]))
        printed = render_all(problems)
    assert len(printed) < 60_000
    assert "more are not shown; mend these first." in printed


def test_of_many_mistakes_the_rest_is_counted() -> None:
    """What cannot be read after a thousand is one message, and hides no declaration that can be read."""
    wrong = 'rule r{} of household "R" : £ as £1\n'
    text = PEOPLE + "".join(wrong.format(i) for i in range(MOST_MISTAKES + 7)) + "table t\nentity final"
    found = from_sources([Source("wrong.rules", text)])
    assert [problem.code for problem in found.problems].count("unexpected-word") == MOST_MISTAKES
    assert found.problems[-1].message == "There are very many mistakes; from here on 8 more declarations cannot be read."
    assert found.problems[-1].code == "over-a-limit"
    assert "final" in found.law.entities


def test_errors_are_shown_before_warnings() -> None:
    """A mistake at the end is not lost behind a thousand remarks."""
    text = (
        "".join(f'instrument i{i} "I"\n' for i in range(1_000))
        + 'instrument m "M" made 1 May 2000 figure f "F" : £ nope from 1 May 2010\n'
    )
    printed = render_all(jurat.check(from_sources([Source("wrong.rules", text)])))
    assert "There is no term called `nope`." in printed
    assert printed.endswith("901 more are not shown; mend these first.")


@pytest.mark.parametrize("text", ["a\n\tb", " a  b ", "a" * 5_000, ""])
def test_what_a_problem_says_is_one_short_line(text: str) -> None:
    """Whatever was quoted in it."""
    said = one_line(text)
    assert len(said) <= MOST_SAID
    assert said == " ".join(said.split())


def test_a_circle_of_thousands_is_told_in_short() -> None:
    """With where it begins."""
    [problem] = jurat.check(from_sources([Source("circle.rules", LARGE["a circle"](500))]))
    assert problem.code == "circle"
    assert len(problem.message) <= MOST_SAID


def test_law_that_changes_too_often_to_be_checked() -> None:
    """`check` looks at every day on which something changes; with too many it says so, and a day can still be asked."""
    days = [date(1950, 1, 1) + timedelta(days=i) for i in range(400)]
    text = "".join(f'figure f{i} "F" : £ £1 from {day_words(day)}\n' for i, day in enumerate(days))
    assert len(days) ** 2 > rulebook.MOST_WORK
    rules = from_sources([Source("days.rules", PEOPLE + text)])
    with bounded():
        [problem] = jurat.check(rules)
    assert (problem.code, problem.path) == ("too-large", "days.rules")
    assert words(rules, household(), "f399") == "£1.00"
    few = "".join(f'figure f{i} "F" : £ £1 from {day_words(day)}\n' for i, day in enumerate(days[:50]))
    assert codes(PEOPLE + few) == []


# ---- files ----------------------------------------------------------------------------------------------------------


def test_bytes_of_a_file(tmp_path: Path) -> None:
    """At the limit it is read; one more, and a file without end, are not."""
    path = tmp_path / "large.rules"
    path.write_bytes(b" " * files.MOST_BYTES)
    assert isinstance(files.read_file(path), Source)
    for extra in (1, files.MOST_BYTES * 9):
        with path.open("wb") as file:
            file.truncate(files.MOST_BYTES + extra)
        with bounded():
            assert getattr(files.read_file(path), "code", None) == "too-large"
    if Path("/dev/zero").exists():
        with bounded():
            assert getattr(files.read_file(Path("/dev/zero")), "code", None) == "too-large"


@pytest.mark.parametrize(("extra", "is_read"), [(0, True), (1, False), (1_000_000, False)])
def test_bytes_of_standard_input(extra: int, is_read: bool) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b" " * (files.MOST_BYTES + extra)), encoding="utf-8")
    assert isinstance(files.read_stdin(stream), Source) == is_read


@pytest.mark.parametrize(("extra", "wanted"), [(0, []), (1, ["too-large"]), (500, ["too-large"])])
def test_number_of_files(extra: int, wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 5)
    for number in range(files.MOST_FILES + extra):
        (tmp_path / f"{number}.rules").touch()
    with bounded():
        assert [problem.code for problem in files.read_rules([tmp_path])[1]] == wanted


# ---- cases ----------------------------------------------------------------------------------------------------------

SHIPPED = jurat.load(RULES)


def of_case(text: str) -> list[str]:
    answer = jurat.assess(SHIPPED, Source("case.json", text), on=ON)
    assert render_all(answer.problems) == "" or len(render_all(answer.problems)) < MOST_SHOWN * 4 * MOST_SAID
    assert jurat.explain(answer, "json")
    return [problem.code for problem in answer.problems if problem.code != "missing"]


def home(content: str, name: str = "home") -> str:
    return f'{{"version": 1, "household": {{"{name}": {{{content}}}}}}}'


def persons(count: int) -> str:
    return ", ".join(f'"p{i}": {{"date_of_birth": "1980-05-03"}}' for i in range(count))


def nested(depth: int) -> str:
    """An object of an object of …: household, home, person, name, fact and what may be in it are six."""
    return home('"x": ' + '{"value": ' * (depth - 3) + "1" + "}" * (depth - 3))


CASES: dict[str, tuple[int, Callable[[int], str], str]] = {
    "characters": (case_json.CHARACTERS, lambda n: home('"tenure": "owner"').ljust(n), "too-large"),
    "depth": (case_json.DEPTH, nested, "over-a-limit"),
    "values day by day": (
        limits.DAILY_VALUES, lambda n: home('"tenure": {"from": "2001-01-01", "day by day": [' + ", ".join(['"owner"'] * n) + "]}"), "over-a-limit"),
    "lists in lists": (case_json.DEPTH, lambda n: "[" * n + "]" * n, "over-a-limit"),
    "letters of an identifier": (case_json.NAME_CHARACTERS, lambda n: home('"tenure": "owner"', "h" * n), "name-spelling"),
    "characters of a text": (case_json.TEXT_CHARACTERS, lambda n: home(f'"tenure": {{"value": "owner", "source": "{"s" * n}"}}'), "value-type"),
    "characters of a title": (case_json.TEXT_CHARACTERS, lambda n: f'{{"version": 1, "title": "{"t" * n}", "household": {{"home": {{}}}}}}', "value-type"),
    "digits": (limits.NUMBER_DIGITS, lambda n: home(f'"person": {{"p": {{"gross_earnings": {"9" * n}}}}}'), "over-a-limit"),
    "members of a kind": (MAX_MEMBERS, lambda n: home(f'"person": {{{persons(n)}}}'), "too-many-members"),
    "households": (MAX_MEMBERS, lambda n: '{"version": 1, "household": {' + ", ".join(f'"h{i}": {{"tenure": "owner"}}' for i in range(n)) + "}}", "too-many-members"),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_case_at_and_over_a_limit(what: str) -> None:
    """At the limit its code does not appear; over it, it does, once; a thousand times over it, as soon."""
    most, text, code = CASES[what]
    assert code not in of_case(text(most))
    assert of_case(text(most + 1)).count(code) == 1
    with bounded():
        assert set(of_case(text(most * 1_000))) & {code, "too-large"}


BROAD: dict[str, Callable[[int], str]] = {
    "facts that nobody asks for": lambda n: home(", ".join(f'"tenuer_{i}": 1' for i in range(n))),
    "kinds that there are not": lambda n: '{"version": 1, ' + ", ".join(f'"huosehold_{i}": {{}}' for i in range(n)) + "}",
    "attributes that there are not": lambda n: home('"tenure": {"value": "owner", ' + ", ".join(f'"form_{i}": 1' for i in range(n)) + "}"),
    "values of one fact": lambda n: home('"tenure": [' + ", ".join(['"owner"'] * n) + "]"),
    "values that are none": lambda n: home('"person": {' + ", ".join(f'"p{i}": {{"gross_earnings": "£1 a weke"}}' for i in range(n)) + "}"),
    "keys that stand twice": lambda n: "{" + ", ".join(['"a": 1'] * n) + "}",
    "strings without end": lambda n: '{"' + '\\"' * n,
    "brackets without end": lambda n: "[" * n,
}  # fmt: skip


@pytest.mark.parametrize("what", BROAD)
def test_a_broad_case_takes_time_by_its_size(what: str) -> None:
    """Two thousand of anything."""
    with bounded():
        assert of_case(BROAD[what](2_000))


def test_a_case_in_the_language_has_the_same_limits() -> None:
    """As many persons, and the words of one declaration."""

    def case(count: int) -> str:
        people = "\n".join(f"given person p{i} of home date_of_birth is 3 May 1980" for i in range(count))
        return f'case "Many" on 1 October 2010\ngiven household home tenure is owner\n{people}'

    assert of_case(case(MAX_MEMBERS)) == []
    assert of_case(case(MAX_MEMBERS + 1)) == ["too-many-members"]
    with bounded():
        assert of_case(case(MAX_MEMBERS * 1_000)) == ["too-large"]
        assert of_case(case(MAX_MEMBERS * 100)) == ["over-a-limit"]


def test_data_has_the_same_limits() -> None:
    """What a program hands over is no exception."""
    endless: dict[str, Any] = {"version": 1}
    endless["household"] = endless
    for case in (endless, {"version": 1, "household": {"home": {"x": 10**10_000}}}):
        with bounded():
            answer = jurat.assess(SHIPPED, case, on=ON)
        assert {problem.code for problem in answer.problems} <= {"not-json", "over-a-limit"}
        assert isinstance(answer.value("award"), Refusal)
    assert jurat.assess(SHIPPED, json.loads(CHILDCARE.read_text("utf-8"))).assessment is not None
