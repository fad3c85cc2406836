"""Suggested households: each can be pasted into the rules, holds there, and exercises the part that it was made for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine import types
from engine.checking.vocabulary import value_of
from engine.testing import written
from engine.testing.suggest import MOST_TRIED, REMARK, Suggestion
from engine.types import Type
from engine.values import Exact, Value
from grammar.parsing import parse_value
from grammar.source import Source
from jurat.cli import main
from jurat.files import read_file
from jurat.rulebook import from_sources
from jurat.testing import run_examples
from tests.books import FIRST_LAW
from tests.test_schemes import BONUS, SHARED, SUPPORT

HERE = Path(__file__).parent / "examples"

IMPOSSIBLE = """
entity person
input pay of person "Pay" : £
  range £0 to £1,000
rule kept of person "Kept" : £
  is pay
  except never_true: £1 when pay > £500 and pay < £400
"""


def sources(folder: Path, with_examples: bool = True) -> list[Source]:
    found = [read_file(path) for path in sorted(folder.rglob("*.rules"))]
    kept = [source for source in found if isinstance(source, Source)]
    return [source for source in kept if with_examples or 'example "' not in source.text]


def suggested(texts: Sequence[Source]) -> list[Suggestion]:
    tested = run_examples(from_sources(texts))
    return list(tested.suggestions(tested.coverage().missing))


@pytest.mark.parametrize(
    ("folder", "with_examples"), [(FIRST_LAW, False), *((HERE / name, True) for name in ("allowance", "roles", "rates"))]
)
def test_a_suggestion_parses_holds_and_exercises_its_part(folder: Path, with_examples: bool) -> None:
    """All of them, pasted into a file beside the rules: no problem, every example passes, every claimed part is exercised."""
    texts = sources(folder, with_examples)
    found = suggested(texts)
    made = [suggestion for suggestion in found if suggestion.text is not None]
    assert made
    pasted = [Source(f"pasted {number}.rules", s.text or "") for number, s in enumerate(made)]
    before = {problem.message for problem in jurat.check(from_sources(texts))}
    after = from_sources([*texts, *pasted])
    assert {problem.message for problem in jurat.check(after)} == before
    tested = run_examples(after)
    coverage = tested.coverage()
    for source, suggestion in zip(pasted, made, strict=True):
        [example] = [worked for worked in tested.examples if worked.example.span.source is source]
        assert example.holds
        for part in {suggestion.part.id, *suggestion.exercises}:
            assert example.example in coverage.examples[part]
        assert source.text.rstrip().endswith(f"# {REMARK}")
    not_found = {suggestion.part.id for suggestion in found if suggestion.text is None}
    assert {part.id for part in coverage.missing} == not_found


def test_every_part_of_a_law_is_found() -> None:
    """From their own examples, and from none at all."""
    for with_examples in (True, False):
        texts = sources(FIRST_LAW, with_examples)
        tested = run_examples(from_sources(texts))
        for suggestion in tested.suggestions(tested.coverage().parts):
            assert suggestion.text is not None, suggestion.part.label


def test_every_row_and_every_band_is_found() -> None:
    """On several days, through other rules and over members, with cells of every kind."""
    for suggestion in suggested(sources(HERE / "rates")):
        assert suggestion.text is not None, suggestion.part.label


AGES = st.lists(st.integers(1, 120), min_size=1, max_size=5, unique=True).map(sorted)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A book with a table: ages in order, each split by an amount, a choice, an answer or a day; some of it left to `otherwise`."""
    edges, column = draw(AGES), draw(st.sampled_from(["pay", "twice"]))
    lines = []
    for number, (low, high) in enumerate(zip([None, *edges], [*edges, None], strict=True)):
        age = f"under {high}" if low is None else f"{low} or over" if high is None else f"{low} to under {high}"
        amount = draw(st.integers(1, 49_999))
        pounds = f"£{amount // 100}.{amount % 100:02} per week"
        exactly = pounds if column == "pay" else f"under {pounds}"
        cells = draw(
            st.sampled_from(
                [
                    ["any, any, any, any"],
                    [f"any, {pounds} or under, any, any", f"any, over {pounds}, any, any"],
                    ["owner, any, any, any", "tenant or lodger, any, yes, any", "tenant or lodger, any, no, any"],
                    ["any, any, any, under 29 February 2008", f"any, {exactly}, any, 29 February 2008 or over"],
                    [f"lodger, under {pounds}, yes, 1 March 2009"],
                ]
            )
        )
        lines += [f"  row r{number}_{n}: {age}, {cell} gives £{n + 1} per week" for n, cell in enumerate(cells)]
    return RATED.replace("{amount}", column) + "\n".join([*lines, "  otherwise £0 per week"])


RATED = """
entity person
entity household contains person
choice tenure_type "How a home is held" : owner, tenant, lodger
input tenure of household "How the home is held" : tenure_type
input age of person "Age" : whole number
  range 0 to 120
input pay of person "Pay" : £ a week
  range £0 per week to £1,000 per week
input ill of person "Is ill" : yes/no
input begun of person "Day" : date
rule twice of person "Pay, twice" : £ a week
  is pay × 2
table rate of person "Rate" : £ a week
  by age, tenure of household, {amount}, ill, begun
"""


@settings(max_examples=40, deadline=None, derandomize=True)  # a search with an end promises nothing of every table
@given(tables())
def test_each_row_of_a_table_is_found(text: str) -> None:
    """Of whatever table; `otherwise` is left out only where the check has said that it never applies."""
    found = [problem.code for problem in jurat.check(from_sources([Source("a.rules", text)]))]
    assert found in ([], ["otherwise-never-applies"])
    missing = [s.part.label for s in suggested([Source("a.rules", text)]) if s.text is None]
    assert missing == (["otherwise: `£0 per week`"] if found else [])


def test_the_terms_of_a_scheme_are_suggested_with_its_name() -> None:
    """What is suggested in a book of several schemes holds wherever it is pasted."""
    texts = [Source(f"rules/{n}/all.rules", text) for n, text in (("shared", SHARED), ("support", SUPPORT), ("bonus", BONUS))]
    found = [s.text for s in suggested(texts)]
    assert None not in found
    pasted = [Source(f"rules/bonus/{number}.rules", text or "") for number, text in enumerate(found)]
    tested = run_examples(from_sources([*texts, *pasted]))
    assert all(worked.holds for worked in tested.examples)
    assert not tested.coverage().missing


def test_what_is_not_found_is_said_with_how_many_were_tried(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """An exception that can never hold, and one that no fact can bring about: the search ends within its bound."""
    text = IMPOSSIBLE + 'figure unread "Read by nothing" : £\n  £1 from 1 January 2010\n'
    (tmp_path / "a.rules").write_text(text, encoding="utf-8")
    found = suggested([Source("a.rules", text)])
    none = [suggestion for suggestion in found if suggestion.text is None]
    assert [suggestion.part.term for suggestion in none] == ["kept", "unread"]
    assert all(suggestion.exercises == frozenset() and suggestion.tried <= MOST_TRIED for suggestion in none)
    assert none[0].tried > 10
    assert main(["test", str(tmp_path), "--suggest"]) == 0
    assert f"# Not found among {none[0].tried:,} households that were tried.\n" in capsys.readouterr().out


def test_the_suggestions_of_a_book(
    capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they are printed: thresholds, counts, a choice, a text, people of an age; the same each time."""
    monkeypatch.chdir(HERE / "allowance")
    assert main(["test", "allowance.rules", "--suggest"]) == 0
    out, err = capsys.readouterr()
    assert err == "There are no examples.\n"
    file_regression.check(out, extension=".txt", encoding="utf-8")


def test_roles_and_what_is_nobodys_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody takes the role that a rule reads; a temperature is given to everyone."""
    assert main(["test", str(HERE / "roles"), "--suggest"]) == 0
    out = capsys.readouterr().out
    assert "Not found" not in out
    assert "given person anna of home as claimant, partner\n    pay is £1 per week\n" in out
    assert "given everyone\n    temperature is -1\n" in out


def test_of_one_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """By its name; a misspelt one is answered with the nearest."""
    path = str(HERE / "allowance")
    assert main(["test", path, "--suggest", "award"]) == 0
    assert capsys.readouterr().out.count('example "') == 1
    assert main(["test", path, "--suggest", "awards"]) == 1
    assert "Ask for `award`." in capsys.readouterr().err


def test_a_condition_that_is_read_twice_is_measured_once() -> None:
    """A chain in which each step reads the one before four times: without that, its end would not be reached in this life."""
    rules = ['rule c0 of person "First" : yes/no\n  is pay > £777']
    rules += [
        f'rule c{n} of person "C" : yes/no\n  is (c{n - 1} and c{n - 1}) or (c{n - 1} and not c{n - 1})' for n in range(1, 60)
    ]
    text = 'entity person\ninput pay of person "Pay" : £\n  range £0 to £1,000\n' + "\n".join(rules)
    text += '\nrule kept of person "Kept" : £\n  is £1 when c59\n  otherwise £0\n'
    tested = run_examples(from_sources([Source("a.rules", text)]))
    [part] = [part for part in tested.coverage().missing if part.label.startswith("case 1")]
    [suggestion] = tested.suggestions([part])
    assert suggestion.text is not None
    assert "pay is £777.01" in suggestion.text


TYPES = [
    types.WHOLE, types.NUMBER, types.PERCENT, types.DATE, types.TEXT, types.YES_NO, Type("choice", choice="tenure"),
    types.amount((("£", 1),)), types.amount((("week", -1), ("£", 1))), types.amount((("hour", -1), ("£", 1))),
    types.amount((("hour", 1), ("week", -1))), types.amount((("day", 1),)), types.amount((("year", -1), ("£", 1))),
]  # fmt: skip


@given(
    st.sampled_from(TYPES),
    st.integers(-(10**12), 10**12),
    st.integers(0, 6),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.booleans(),
)
def test_a_value_is_read_back_as_it_was_written(type_: Type, number: int, places: int, day: date, yes: bool) -> None:
    """Whatever its type, its sign and its decimals."""
    made: dict[str, Value] = {"date": day, "text": "St Helier, no. 7", "yes/no": yes, "choice": "owner"}
    scale = 1 if type_ == types.WHOLE else 10 ** (places + 2 * (type_ == types.PERCENT))
    value = made.get(type_.kind, number)
    text, problem = parse_value(written.value(Exact(value, type_, scale)))  # type: ignore[arg-type]
    assert problem is None
    assert text is not None
    assert value_of(text, type_, scale, {"tenure": ("owner",)}) == value
