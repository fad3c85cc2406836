"""The language itself: its words, its parse table, and that any text gives a tree and problems."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_regressions.data_regression import DataRegressionFixture

from grammar.declarations import Declaration
from grammar.parsing import parse
from grammar.source import Source
from grammar.table import build, parser, table_text
from grammar.words import closest, reserved_words
from tests.books import RULES

LAW = sorted(RULES.rglob("*.rules"))
TABLE = Path(__file__).parent.parent / "grammar" / "rules.table.json"


def declarations(text: str) -> tuple[Declaration, ...]:
    """What a text without problems declares."""
    parsed = parse(Source("test.rules", text))
    assert not parsed.problems, [problem.message for problem in parsed.problems]
    return parsed.file.declarations


# ---- the grammar ----------------------------------------------------------------------------------------------------


def test_the_saved_table_is_that_of_the_grammar() -> None:
    """`python -m grammar.table` has been run since the grammar changed; building it is strict, so without conflicts."""
    assert TABLE.read_text(encoding="utf-8") == table_text()


def test_the_saved_table_reads_as_the_built_one() -> None:
    """Every shipped rule file gives the same trees."""
    built, saved = build(), parser()
    for path in LAW:
        for declaration in declarations(path.read_text(encoding="utf-8")):
            assert saved.parse(declaration.span.text) == built.parse(declaration.span.text)


def test_every_keyword_is_reserved(data_regression: DataRegressionFixture) -> None:
    """The reserved words are frozen: a new one may break somebody's rule file, and is a decision."""
    data_regression.check({"reserved": sorted(reserved_words())})


# ---- meaning and layout ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["every figure\nin £ is a multiple of 7p", 'insert figure\nb "B" : £ £1 from 1 May 2010'])
def test_a_declaration_word_behind_another_is_no_name(first: str) -> None:
    """Where a line ends after `every figure`, the next figure on one line with something else still begins a declaration."""
    text = f'{first}\ninput counted of person "C" : whole\nnumber figure a "A" : £ £1 from 1 May 2010\n'
    assert not parse(Source("", text)).problems


def test_white_space_has_no_meaning() -> None:
    """A file on one line, or with a word a line, says the same."""
    for path in LAW:
        text = path.read_text(encoding="utf-8")
        tokens = list(parser().lex(text))
        for joint in (" ", "\n", "\t\n  "):
            assert declarations(joint.join(tokens)) == declarations(text)


def test_clauses_may_stand_in_any_order() -> None:
    """`cite`, `note`, `default`, `range` … of one declaration."""
    heads = ["default £0 per week", "range £0 per week to £9 per week", 'ask "How much?"', 'cite "5(a)"', 'note "Why"']
    first = declarations('input pay of person "Pay" : £ a week\n' + "\n".join(heads))
    for seed in range(10):
        random.Random(seed).shuffle(heads)
        assert declarations('input pay of person "Pay" : £ a week\n' + "\n".join(heads)) == first


def test_a_sum_is_flat() -> None:
    """A thousand terms nest nothing."""
    declarations('rule total of person "Total" : £ is ' + " + ".join(["£1"] * 1_000))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_broken_declaration_changes_no_other(data: st.DataObject) -> None:
    """A word dropped, doubled or swapped with the next inside one declaration leaves every other as it was."""
    path = data.draw(st.sampled_from(LAW))
    text = path.read_text(encoding="utf-8")
    whole = declarations(text)
    number = data.draw(st.integers(0, len(whole) - 1))
    span = whole[number].span
    words = list(parser().lex(span.text))
    place = data.draw(st.integers(1, len(words) - 1))
    change = data.draw(st.sampled_from(["drop", "double", "swap"]))
    if change == "drop":
        del words[place]
    elif change == "double":
        words.insert(place, words[place])
    else:
        words[place - 1], words[place] = words[place], words[place - 1]
    broken = text[: span.start] + " ".join(words) + " " + text[span.end :]
    after = parse(Source("broken.rules", broken)).file.declarations
    before = [declaration for position, declaration in enumerate(whole) if position != number]
    rest = iter(after)  # the broken one may be told apart so far that it equals another: headings of an instrument do
    assert all(declaration in rest for declaration in before)


# ---- any text -------------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_problems_and_never_raises(text: str) -> None:
    """Whatever somebody pastes."""
    parsed = parse(Source("any.rules", text))
    assert parsed.problems or parsed.file.declarations or not text.strip() or text.lstrip().startswith("#")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*sorted(reserved_words()), "a_name", '"text"', "£5", "12%", "1p", "7", "1 May 2010",
                                 "(", ")", ",", ":", "+", "-", "×", "÷", "=", ">", "£"]), max_size=40))  # fmt: skip
def test_any_words_of_the_language_never_raise(words: list[str]) -> None:
    """Nonsense in the language's own words gets deepest into the parser."""
    parse(Source("words.rules", " ".join(words)))


# ---- spelling -------------------------------------------------------------------------------------------------------


def test_spelling_is_suggested_only_when_near() -> None:
    """Within a third of the word's length; two letters exchanged count as one."""
    assert closest("earning_disregard", ["earnings_disregard"]) == "earnings_disregard"
    assert closest("adlut_rate", ["adult_rate"]) == "adult_rate"
    assert closest("println", ["nil"]) is None
    assert closest("xyz", ["award", "age"]) is None
