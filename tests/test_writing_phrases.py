"""Any tree of phrases, any row and any facts: what is written of them is read again as the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from grammar import declarations as d
from grammar import stretches, syntax
from grammar.source import Source, Span
from grammar.syntax import Expr, Number, Tree
from grammar.writing import written, written_part, written_value
from tests.test_writing import hold, hold_no_bracket_too_many, read

NOWHERE = Span(Source("", ""), 0, 0)

# ---- phrases --------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "i", "pay", "rent", "encoded", "encoded_later", "day_1", "support.award"])
TITLES = st.text('abc ”“"{}#\t', max_size=6).filter(lambda text: not ('"' in text and "”" in text))
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
UNITS = st.sampled_from(
    ["", "£", "£ week", "£ visit", "£ visit week", "hour", "hour week", "day", "visits", "visits week", "visit hour"]
)


@st.composite
def numbers(draw: st.DrawFn, units: st.SearchStrategy[str] = UNITS, least: int = 0) -> Number:
    """Amounts as they can be written; a percentage now and then."""
    digits = draw(st.one_of(st.sampled_from([0, 1, 5, 10, 99, 1000, 500_000, 12_345_678]), st.integers(least, 10**9)))
    places = draw(st.integers(0, 5))
    if draw(st.integers(0, 4)) == 0:
        return Number(max(digits, least), places + 2, percent=True, span=NOWHERE)
    above, *below = draw(units).split() or [""]
    unit = {above: 1, **dict.fromkeys(below, -1)} if above else {}
    return Number(max(digits, least), places, tuple(sorted(unit.items())), span=NOWHERE)


def built(kind: Callable[..., Tree], *parts: Any) -> st.SearchStrategy[Any]:
    """Nodes of a kind, from strategies for its parts."""
    return st.builds(lambda *values: kind(*values, span=NOWHERE), *parts)


def chains(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Two or more with their signs, the first of them a plus."""
    rest = st.lists(st.tuples(st.sampled_from([1, -1]), part), min_size=1, max_size=2)
    return st.tuples(part, rest).map(lambda found: ((1, found[0]), *found[1]))


def several(part: st.SearchStrategy[Any], least: int = 2, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(part, min_size=least, max_size=most).map(tuple)


def stretches_of(part: st.SearchStrategy[Any]) -> st.SearchStrategy[stretches.Stretch]:
    calendar = st.builds(
        lambda kind, day, unit: stretches.Stretch(kind, day, unit=unit, span=NOWHERE),
        st.sampled_from(["of", "before", "but one before"]), part, st.sampled_from(["month", "quarter", "year"]),
    )  # fmt: skip
    long = st.builds(
        lambda kind, day, length: stretches.Stretch(kind, day, length=length, span=NOWHERE),
        st.sampled_from(["length before", "length beginning", "length ending", "from to"]), part, part,
    )  # fmt: skip
    return st.one_of(calendar, long)


CITES = built(syntax.Cite, st.none() | NAMES, TITLES)
ROUNDINGS = built(syntax.Rounding, st.sampled_from(["nearest", "half even", "up", "down"]), numbers(least=1))
LEAVES: st.SearchStrategy[Any] = st.one_of(
    numbers(),
    built(syntax.Ref, NAMES, st.none() | NAMES),
    built(syntax.DateText, DAYS),
    built(syntax.Never),
    built(syntax.YesNo, st.booleans()),
    built(syntax.NotEncoded, TITLES),
)
WORDS = built(syntax.Word, NAMES.filter(lambda name: name != "encoded"))


def larger(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Every phrase of the language around others, whether or not it would make sense."""
    stretch = stretches_of(part)
    members = built(syntax.Members, NAMES, st.none() | part)
    over = members | built(stretches.Days, stretch, st.none() | part)
    keys = built(syntax.RankKey, st.sampled_from(["highest", "lowest", "earliest", "latest"]), WORDS)
    answers = several(WORDS) | several(
        WORDS | built(syntax.YesNo, st.booleans()) | built(syntax.Text, TITLES) | built(syntax.Never), 1, 1
    )
    limits = built(syntax.Limit, st.sampled_from(["floor", "ceiling"]), part) | ROUNDINGS | built(syntax.Unrounded)
    limbs = st.lists(st.tuples(part, several(CITES, 0, 2)), min_size=2, max_size=3).map(
        lambda found: tuple(syntax.Limb(label, *one, span=NOWHERE) for label, one in zip("abc", found, strict=False))
    )
    on_days = built(stretches.OnDays, st.sampled_from(["any", "every", "no"]), part, stretch)
    return st.one_of(
        built(syntax.Sum, chains(part)),
        built(syntax.Product, chains(part)),
        built(syntax.Extreme, st.sampled_from(["lower", "higher", "earlier", "later"]), several(part)),
        built(syntax.Aggregate, st.sampled_from(["sum", "highest", "lowest", "earliest", "latest"]), part, over),
        built(syntax.Count, over),
        built(syntax.Quantified, st.sampled_from(["any", "all", "none"]), members, part),
        built(syntax.Rank, NAMES, several(keys, 1), st.sampled_from([None, "equal", "listed"])),
        built(syntax.Applied, NAMES, part),
        built(syntax.Elapsed, st.sampled_from(["day", "week", "month", "year"]), part, part),
        built(syntax.ForEach, part, numbers(), part, st.booleans()),
        built(syntax.Within, part, part, part, st.booleans()),
        built(stretches.InStretch, part, stretch, st.booleans()),
        built(stretches.EndOf, st.sampled_from(["first", "last"]), stretch),
        built(stretches.OnDay, part, part),
        on_days,
        built(stretches.OnDays, st.just("running"), part, stretch, part),
        built(syntax.Compare, part, st.sampled_from(get_args(syntax.Order)), part),
        st.tuples(part, answers, st.booleans()).map(
            lambda found: syntax.Is(found[0], found[1], found[2] and len(found[1]) == 1, span=NOWHERE)
        ),
        built(syntax.And, several(part)),
        built(syntax.Or, several(part)),
        built(syntax.Not, part),
        built(syntax.Limbs, st.sampled_from(["all", "any", "none"]), limbs),
        built(syntax.Limited, part, several(limits, 1)),
    )


VALUES = st.recursive(LEAVES, larger, max_leaves=6)


def rule_of(value: Expr, condition: Expr | None) -> d.Rule:
    alternative = d.Alternative(value=value, condition=condition, span=NOWHERE)
    version = d.Version(period=None, alternatives=(alternative,), exceptions=(), span=NOWHERE)
    of = syntax.Word("p", span=NOWHERE)
    type_ = syntax.TypeText("number", span=NOWHERE)
    return d.Rule(name="r", of=of, title="", type=type_, versions=(version,), name_span=NOWHERE, span=NOWHERE)


@settings(max_examples=300, deadline=None)
@given(VALUES, st.none() | VALUES)
def test_any_tree_of_phrases_comes_back(value: Expr, condition: Expr | None) -> None:
    """Any phrase inside any other, and no bracket too many."""
    rule = rule_of(value, condition)
    hold(rule)
    hold_no_bracket_too_many(rule)
    assert "".join(written_value(value).split()) in "".join(written(rule).split())


@pytest.mark.parametrize(
    "text",
    [
        "£7 per hour", "£1,000", "£1,234,567.50 per week", "7p", "0.5p", "500.0p", "0.00p", "0.000001p", "12.3456789012345p",
        "1 hour", "2 hours per week", "1.0 hours", "16.5%", "0.0125", "1 visit", "2 visits per week", "£5 per visit per week",
        "not (encoded)", "not (encoded = 5)", "not encoded_later", "a ÷ (b ÷ c) ÷ d", "a - (b - c) + d", "(a + b) × c",
        "lower of (a, b) × c", "(a, rounded to the nearest 7p half even) + b", "a is b", "a is one of (b, c)",
        "any of x where (a and not b) meet c", 'none of (a) cite law "1": a or b (b) c', "(a × c) for each complete 1 of b is yes",
        "a × b for each 1 or part of it of (c + d)", "(a is yes) is no", "not (not a)", "not (a or b) and c", "(a or b) and c",
        "(a > b) > c", "a for each complete 1 of b × c", "(first day of the month of b) on a", "a is not within the days from b to (c + d)",
    ],
)  # fmt: skip
def test_how_values_are_written(text: str) -> None:
    """Each comes back as it stands; but pence, in which few things are counted, only where pounds would not do."""
    file = read(f'rule r of p "" : number is {text}')
    assert file is not None, text
    [rule] = file.declarations
    hold(rule)
    again = written_value(rule.versions[0].alternatives[0].value)  # type: ignore[union-attr]
    assert again == {"7p": "£0.07", "0.5p": "£0.005", "0.00p": "0.00p", "0.000001p": "£0.00000001"}.get(text, text)


def test_roundings_are_said_in_coins() -> None:
    """As they are in law; whole pounds, and amounts for a time, are written as everywhere."""
    for to in ("1p", "99p", "0.5p", "£1", "£1 per week", "£0.50 per week", "0.1%", "5"):
        text = f'rule r of p "" : number\n  is a, rounded to the nearest {to}\n'
        file = read(text)
        assert file is not None
        assert written(file.declarations[0]) == text


# ---- clauses of tables and cases ------------------------------------------------------------------------------------

ENDS = st.one_of(numbers(), numbers().map(lambda n: evolve(n, digits=-n.digits)), WORDS, built(syntax.DateText, DAYS))
CELLS = st.one_of(
    st.just(d.Cell(span=NOWHERE)),
    built(lambda end, included, span: d.Cell(high=end, high_included=included, span=span), ENDS, st.booleans()),
    built(lambda end, included, span: d.Cell(low=end, low_included=included, span=span), ENDS, st.booleans()),
    built(
        lambda low, high, open_, span: d.Cell(low, high, open_ != "low", open_ != "high", span=span),
        ENDS, ENDS, st.sampled_from(["", "low", "high"]),
    ),
    built(lambda end, span: d.Cell(end, end, span=span), ENDS),
    built(lambda words, span: d.Cell(answers=words, span=span), several(WORDS, 1)),
    built(lambda text, span: d.Cell(answers=(text,), span=span), built(syntax.Text, TITLES) | built(syntax.YesNo, st.booleans())),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(several(CELLS, 1, 4))
def test_any_row_comes_back(cells: tuple[d.Cell, ...]) -> None:
    """Whatever its cells are."""
    row = d.Row(name="first_row", cells=cells, value=syntax.Ref("pay", None, span=NOWHERE), name_span=NOWHERE, span=NOWHERE)
    file = read('table t of p "" : number by c\n' + written_part(row))
    assert file is not None, written_part(row)
    assert file.declarations[0].versions[0].rows == (row,)  # type: ignore[union-attr]


FACT_VALUES = st.one_of(
    numbers(st.sampled_from(["", "£", "£ week", "£ visit", "hour week", "day"])).map(lambda n: evolve(n, digits=-n.digits)),
    built(syntax.DateText, DAYS), built(syntax.Never), built(syntax.YesNo, st.booleans()), built(syntax.Text, TITLES), WORDS,
)  # fmt: skip


@st.composite
def facts(draw: st.DrawFn) -> d.FactText:
    start = draw(st.none() | st.integers(0, 2).map(lambda days: date(2010, 2, 27) + timedelta(days=days)))
    return d.FactText(
        name=draw(st.sampled_from(["pay", "a"])),
        value=draw(FACT_VALUES),
        start=start,
        end=start and draw(st.sampled_from([None, start, start, start, date(2011, 1, 1)])),
        reported=draw(st.sampled_from([None, None, date(2012, 2, 29)])),
        source=draw(st.sampled_from([None, None, 'a "letter"'])),
        standing=draw(st.sampled_from([None, None, syntax.Word("verified", span=NOWHERE)])),
        name_span=NOWHERE,
        span=NOWHERE,
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(facts(), max_size=8))
def test_any_facts_come_back(found: list[d.FactText]) -> None:
    """Day by day, where they follow each other."""
    anna = d.Given(
        entity=syntax.Word("person", span=NOWHERE), name="anna", of=None, start=None, end=None, facts=tuple(found),
        name_span=NOWHERE, span=NOWHERE,
    )  # fmt: skip
    hold(d.Case(title="", on=None, known=None, given=(anna,), span=NOWHERE))


def test_facts_of_days_one_after_another_are_written_day_by_day() -> None:
    """Ten years of them at a time, and never with those that are known in another way."""
    day_by_day = 'case ""\n  given person anna\n    pay is £1, £2 day by day from 1 May 2010\n    pay is £3 from 4 May 2010 until 4 May 2010\n'
    one_by_one = re.sub(
        "(£1), (£2) day by day.*", r"\1 from 1 May 2010 until 1 May 2010\npay is \2 from 2 May 2010 until 2 May 2010", day_by_day
    )
    file = read(one_by_one)
    assert file is not None
    assert written(file.declarations[0]) == day_by_day
    [case] = file.declarations
    assert isinstance(case, d.Case)
    first = case.given[0].facts[0]
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(4_000)]
    many = evolve(case, given=(evolve(case.given[0], facts=tuple(evolve(first, start=day, end=day) for day in days)),))
    hold(many)
    assert written(many).count("day by day") == 2
