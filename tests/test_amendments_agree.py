"""Amendments of every kind on made-up books: two readings of them agree, and what follows from the rules holds.

`python -m tests.reference --amendments` runs longer.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from engine.book.assemble import assemble
from engine.book.consolidate import consolidate
from engine.checking.check import check
from engine.graph import Graph
from grammar.parsing import parse
from grammar.problems import errors
from grammar.source import Source
from grammar.words import MONTHS
from tests.amended_books import amended_book
from tests.reference import amending
from tests.reference.agreement import Pair, Reached, When
from tests.reference.pen import Pen
from tests.reference.running import Scene, amended_scene, disagreement
from tests.reference.writing_amendments import MADE, STARTS
from tests.reference.written import Written

BOOKS = 48
SEED = 5
LAST = date(2012, 12, 31)
"""A day on which all has been made."""


def scenes(number: int, seed: int = SEED) -> Iterator[Scene]:
    for example in range(number):
        generator = random.Random(f"{seed} {example}")
        yield amended_scene(Pen(lambda most, generator=generator: generator.randint(0, most)))  # type: ignore[misc]


@pytest.fixture(scope="module")
def books() -> list[Scene]:
    """Those that have amendments and can be used."""
    return [scene for scene in scenes(BOOKS) if "amendment" in scene.book.text]


def graph(texts: list[str], day: date, known: date | None = None) -> Graph:
    parsed = [parse(Source(f"{number}.rules", text)) for number, text in enumerate(texts)]
    assembled = assemble([one.file for one in parsed])
    assert not errors([*assembled.problems, *(problem for one in parsed for problem in one.problems)])
    return check(consolidate(assembled.law, day, known)).graph


# ---- two readings ---------------------------------------------------------------------------------------------------


def test_both_readings_agree(books: list[Scene]) -> None:
    """Of every term of everybody, on days around those on which amendments take effect, as known at several times."""
    reached = Reached()
    for scene in books:
        assert disagreement(scene, reached) == "", scene
    assert reached.totals["books accepted"] >= 0.7 * len(books)
    assert reached.totals["answers known"] > 200


def test_every_kind_of_operation_is_written(books: list[Scene]) -> None:
    """Else the comparison would be of a few plain ones."""
    found: Counter[str] = Counter()
    for scene in books:
        for file in [parse(Source("made up.rules", scene.book.text)).file]:
            found.update(type(item.action).__name__ for item in file.declarations if hasattr(item, "action"))
    assert {"Replace", "InsertPart", "Substitute", "Omit", "Unknown", "Rename"} <= found.keys(), found


def test_s49_what_is_renamed_is_amended_and_asked_for_by_its_new_name(books: list[Scene]) -> None:
    """Else the comparison would be of names that nobody uses."""
    texts = [scene.book.text for scene in books]
    assert any(re.search(r"^(in|omit \w+|substitute \w+|rename) renamed_", text, re.MULTILINE) for text in texts)
    asked = 0
    for scene in books:
        book = amending.book([parse(Source("made up.rules", scene.book.text)).file])
        asked += sum(book.called(term, when.day, when.known) != term for term in scene.book.terms for when in scene.days)
    assert asked > 5


def test_the_second_reading_notices_a_mistake(monkeypatch: pytest.MonkeyPatch, books: list[Scene]) -> None:
    """Where it lets the earliest change count, not the latest, some book differs."""
    monkeypatch.setattr(Written, "key", lambda one: (LAST - one.start, one.order))
    assert any(disagreement(scene, Reached()) for scene in books)


def pending_books(number: int) -> Iterator[str]:
    """Amendments of amendments, and of those, as they may follow one another within a year before the first takes effect."""
    for example in range(number):
        generator = random.Random(f"{SEED} pending {example}")
        text = BOOK + AMENDMENT.format(n=1, made="1 January 2010", start="1 January 2011", does="in rate for £5 substitute £6")
        for n in range(2, 6):
            of = generator.randint(1, n - 1)
            does = f"omit amendment change_{of}"
            if generator.random() < 0.3:
                of, was = 1, generator.randint(6, 8)
                does = f"in change_1 for £{was} substitute £{generator.randint(6, 8)}"
            start = generator.choice(MONTHS[n:])
            added = AMENDMENT.format(n=n, made=f"1 {MONTHS[n - 1]} 2010", start=f"2 {start} 2010", does=does)
            added = text + added.replace("amends principal", f"amends change_{of}")
            text = added if not errors(assemble([parse(Source("pending.rules", added)).file]).problems) else text
        yield text


def test_s50_both_readings_agree_on_what_has_still_to_come() -> None:
    """Whether an amendment is omitted, its omission, or the omission of that; and in which words it then stands."""
    told: Counter[object] = Counter()
    for text in pending_books(150):
        file = parse(Source("pending.rules", text)).file
        law, second = assemble([file]).law, amending.book([file])
        for known in [date(2010, month, 2) for month in range(1, 8)]:
            value = law.provisions["rate"].timeline.at(date(2011, 1, 1), known)
            assert value is not None
            other = second.text(second.provisions["rate"], date(2011, 1, 1), known)
            assert value.text.value.span.text == other.value.span.text, (known, text)  # type: ignore[union-attr]
        told[text.count("omit amendment"), value.text.value.span.text] += 1  # type: ignore[union-attr]
    assert len(told) > 8 and told[2, "£6"] > 3 and told[3, "£5"] > 3, told


# ---- what follows from the rules ------------------------------------------------------------------------------------


def test_the_order_of_files_means_nothing(books: list[Scene]) -> None:
    """Each amendment in a file of its own, read in any order, and sorted by any name."""
    generator = random.Random(SEED)
    for scene in books[:8]:
        own, *amendments = scene.book.text.split("\namendment ")
        texts = [own, *(f"amendment {text}" for text in amendments)]
        day, known = generator.choice(STARTS), generator.choice([None, *MADE])
        expected = graph([scene.book.text], day, known)
        generator.shuffle(texts)
        found = graph(texts, day, known)
        assert (found.effect, found.law) == (expected.effect, expected.law), scene.book.text


def test_s39_known_on_the_last_day_is_known_today(books: list[Scene]) -> None:
    """And on the day before the first instrument was made, nothing of an amendment is."""
    for scene in books[:8]:
        pair = Pair.of(scene.book.text)
        plain = Pair.of(scene.book.text.partition("\namendment ")[0] + "\n")
        for day in STARTS[::2]:
            assert pair.on(When(day, LAST)).graph.law == pair.on(When(day, None)).graph.law
            before = MADE[0] - timedelta(days=1)
            unamended = consolidate(plain.assembled, day, before).in_force
            amended = consolidate(pair.assembled, day, before).in_force
            assert {name: found.text for name, found in amended.items()} == {
                name: found.text for name, found in unamended.items()
            }


BOOK = """instrument principal "Principal" made 1 January 2008 commences 1 January 2009
entity person
input pay of person "Pay" : £ range £0 to £1,000
figure rate "Rate" : £
  £5 from 1 January 2009
rule gift of person "Gift" : £
  is pay + rate
  except high: £50 when pay > £100
table grade of person "Grade" : £
  by pay
  row low: £100 or under gives £5
  row high: over £100 gives £6
"""
AMENDMENT = 'amendment change_{n} "Change {n}" amends principal made {made} commences {start}\n{does}\n'
THERE_AND_BACK = {
    "a rate": ("in rate for £5 substitute £6", "in rate for £6 substitute £5"),
    "a word": ("in gift for pay + rate substitute rate", "in gift for rate substitute pay + rate"),
    "a condition": ("in gift for pay > £100 substitute pay >= £100", "in gift for pay >= £100 substitute pay > £100"),
    "an exception": (
        "in gift insert except low: £1 when pay < £1 prevails over high", "in gift omit exception low",
    ),
    "an exception that was there": ("in gift omit exception high", "in gift insert except high: £50 when pay > £100"),
    "a row's value": ("in grade row low for £5 substitute £4", "in grade row low for £4 substitute £5"),
    "a row": (
        "in grade substitute row high: over £100 gives £9", "in grade substitute row high: over £100 gives £6",
    ),
    "a rule": (
        'substitute rule gift of person "Gift" : £ is pay',
        'substitute rule gift of person "Gift" : £ is pay + rate except high: £50 when pay > £100',
    ),
    "a rule that goes and comes": (
        "omit rule gift", 'insert rule gift of person "Gift" : £ is pay + rate except high: £50 when pay > £100',
    ),
    "a limit of a row": (
        "in grade for £100 substitute £200 wherever it occurs", "in grade for £200 substitute £100 wherever it occurs",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("there", "back"), THERE_AND_BACK.values(), ids=THERE_AND_BACK.keys())
def test_s59_a_change_and_its_inverse_are_no_effect(there: str, back: str) -> None:
    """Between the two the digest is another; from the inverse on it is that of the book that never changed."""
    plain = graph([BOOK], date(2012, 1, 1))
    changed = BOOK + AMENDMENT.format(n=1, made="1 June 2010", start="1 October 2010", does=there)
    returned = changed + AMENDMENT.format(n=2, made="1 June 2011", start="1 October 2011", does=back)
    assert graph([returned], date(2011, 9, 30)).effect != plain.effect
    assert graph([returned], date(2011, 10, 1)).effect == plain.effect
    assert graph([returned], date(2011, 10, 1), date(2011, 5, 31)).effect == graph([changed], date(2011, 10, 1)).effect


@pytest.mark.parametrize("there", [there for there, _ in THERE_AND_BACK.values()], ids=THERE_AND_BACK.keys())
def test_s42_what_is_for_a_time_ends_where_it_says(there: str) -> None:
    """The day before, the first, the last, and the day after; as if it had never been."""
    plain = graph([BOOK], date(2012, 1, 1))
    lasting = BOOK + AMENDMENT.format(n=1, made="1 June 2010", start="1 October 2010", does=there)
    for_a_time = BOOK + AMENDMENT.format(
        n=1, made="1 June 2010", start="1 October 2010", does=f"{there} commences 1 October 2010 until 31 March 2011"
    )
    assert graph([for_a_time], date(2010, 9, 30)).effect == plain.effect
    assert graph([for_a_time], date(2010, 10, 1)).effect == graph([lasting], date(2010, 10, 1)).effect
    assert graph([for_a_time], date(2011, 3, 31)).effect == graph([lasting], date(2011, 3, 31)).effect
    assert graph([for_a_time], date(2011, 4, 1)).effect == plain.effect


# ---- how long it takes ----------------------------------------------------------------------------------------------


def assembled_in(provisions: int, amendments: int) -> float:
    """Processor time beyond reading, the least of three."""
    files = [parse(Source(f"{number}.rules", text)).file for number, text in enumerate(amended_book(provisions, amendments))]
    times = []
    for _ in range(3):
        start = time.process_time()
        assert not assemble(files).problems
        times.append(time.process_time() - start)
    return min(times)


def test_time_grows_with_the_book_and_not_faster() -> None:
    """Four times the amendments, of four times the provisions, in less than eight times as long."""
    assert assembled_in(400, 160) < 8 * assembled_in(100, 40) + 0.05


def test_many_amendments_of_one_provision() -> None:
    """A rate that changes every month for years is no slower than as many rates that change once."""

    def chain(number: int) -> float:
        head = BOOK
        does = [
            AMENDMENT.format(
                n=n, made=f"1 June {1901 + n}", start=f"1 October {1901 + n}", does=f"in rate for £{n + 5} substitute £{n + 6}"
            )
            for n in range(number)
        ]
        text = head.replace("2008", "1900").replace("2009", "1900") + "".join(does)
        file = parse(Source("chain.rules", text)).file
        start = time.process_time()
        assert not assemble([file]).problems
        return time.process_time() - start

    assert min(chain(120) for _ in range(2)) < 24 * min(chain(30) for _ in range(2)) + 0.1
