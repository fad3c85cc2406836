"""Amounts, days and stretches of days in each language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.types import Type
from engine.values import NEVER, Exact
from explain.tongue import Tongue, tongue

GAP = "\N{NO-BREAK SPACE}"
WEEK = (("week", -1),)
POUNDS_A_WEEK = Type("amount", (("week", -1), ("£", 1)))
POUNDS = Type("amount", (("£", 1),))
HOURS = Type("amount", (("hour", 1), ("week", -1)))
DAYS = Type("amount", (("day", 1),))


@pytest.mark.parametrize(
    ("value", "english", "french", "portuguese"),
    [
        (Exact(28840, POUNDS_A_WEEK, 100), "£288.40 a week", "288,40_£ par semaine", "£288,40 por semana"),
        (Exact(-18987, POUNDS_A_WEEK, 100), "−£189.87 a week", "−189,87_£ par semaine", "−£189,87 por semana"),
        (Exact(123456789, POUNDS, 100), "£1,234,567.89", "1_234_567,89_£", "£1_234_567,89"),
        (Exact(775, POUNDS, 1000), "£0.775", "0,775_£", "£0,775"),
        (Exact(165, Type("%"), 1000), "16.5%", "16,5_%", "16,5%"),
        (Exact(40, HOURS), "40 hours a week", "40 heures par semaine", "40 horas por semana"),
        (Exact(0, DAYS), "0 days", "0 jour", "0 dias"),
        (Exact(1, DAYS), "1 day", "1 jour", "1 dia"),
        (Exact(15, DAYS, 10), "1.5 days", "1,5 jour", "1,5 dias"),
        (Exact(2, DAYS), "2 days", "2 jours", "2 dias"),
        (Exact(20000, Type("number")), "20,000", "20_000", "20_000"),
        (Exact(True, Type("yes/no")), "yes", "oui", "sim"),
        (Exact(False, Type("yes/no")), "no", "non", "não"),
        (Exact(date(2010, 10, 1), Type("date")), "1 October 2010", "1er octobre 2010", "1 de outubro de 2010"),
        (Exact(date(2010, 3, 11), Type("date")), "11 March 2010", "11 mars 2010", "11 de março de 2010"),
        (Exact(NEVER, Type("date")), "never", "jamais", "nunca"),
        (Exact("St Helier", Type("text")), "St Helier", "St Helier", "St Helier"),
    ],
    ids=lambda value: None if isinstance(value, Exact) else value,
)
def test_values_in_each_language(value: Exact, english: str, french: str, portuguese: str) -> None:
    said = [tongue(code).value(value) for code in ("en", "fr", "pt")]
    assert said == [text.replace("_", GAP) for text in (english, french, portuguese)]


UNITS = st.sampled_from(
    [
        (("£", 1),),
        (("week", -1), ("£", 1)),
        (("hour", 1),),
        (("hour", 1), ("week", -1)),
        (("visit:visits", 1),),
        (("day", -1), ("£", 1)),
        (("visit:visits", -1), ("£", 1)),
        (("visit:visits", 1), ("£", 1)),
        (("year", -1),),
    ]
)


@given(
    st.one_of(
        st.builds(
            Exact, st.integers(-(10**9), 10**9), st.builds(Type, st.just("amount"), UNITS), st.sampled_from([1, 2, 100, 7000])
        ),
        st.builds(Exact, st.integers(-(10**6), 10**6), st.sampled_from([Type("%"), Type("number")]), st.sampled_from([1, 1000])),
        st.builds(Exact, st.dates(), st.just(Type("date"))),
        st.builds(Exact, st.booleans(), st.just(Type("yes/no"))),
    ),
    st.booleans(),
)
def test_the_phrases_for_values_say_in_english_what_the_engine_writes(value: Exact, per: bool) -> None:
    """Written by the phrases as any other language is; nothing is translated."""
    assert Tongue("none").value(value, per) == value.words(per)


@pytest.mark.parametrize(
    ("first", "last", "english", "french", "portuguese"),
    [
        (date(2008, 1, 4), date(2008, 1, 9), "4 to 9 January 2008", "4 au 9 janvier 2008", "4 a 9 de janeiro de 2008"),
        (date(2008, 1, 1), date(2008, 1, 9), "1 to 9 January 2008", "1er au 9 janvier 2008", "1 a 9 de janeiro de 2008"),
        (
            date(2008, 1, 4),
            date(2009, 1, 9),
            "4 January 2008 to 9 January 2009",
            "4 janvier 2008 au 9 janvier 2009",
            "4 de janeiro de 2008 a 9 de janeiro de 2009",
        ),
        (
            date(2007, 12, 29),
            date(2008, 1, 2),
            "29 December 2007 to 2 January 2008",
            "29 décembre 2007 au 2 janvier 2008",
            "29 de dezembro de 2007 a 2 de janeiro de 2008",
        ),
    ],
)
def test_stretches_of_days_in_each_language(first: date, last: date, english: str, french: str, portuguese: str) -> None:
    assert [tongue(code).days(first, last) for code in ("en", "fr", "pt")] == [english, french, portuguese]
