"""What means nothing: the order of clauses, of declarations, of files and of facts, white space, and the machine it runs on.

Every book that ships or stands in the documents is written anew in another order, on the level of its tokens.
"""

from __future__ import annotations

import json
import locale
import os
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lark import Token, Tree

import jurat
from engine.book.consolidate import book_days
from explain.data import explanation
from grammar.parsing import parse
from grammar.source import Source
from grammar.table import parser
from jurat.rulebook import Rules, from_sources
from tests.books import CHILDCARE, ROOT
from tests.books import FIRST_LAW as RULES
from tests.fuzz.corpus import RULE_FILE, documented, seeds
from tests.fuzz.household import household

SHIPPED = {str(path.relative_to(RULES)): path.read_text("utf-8") for path in sorted(RULES.rglob("*.rules"))}
CASE = json.loads(CHILDCARE.read_text("utf-8"))


def read(texts: dict[str, str]) -> Rules:
    return from_sources([Source(path, text) for path, text in texts.items()])


BOOKS = [SHIPPED, *({"book.rules": text} for text in documented())]
BOOKS = [book for book in BOOKS if read(book).law.entities and read(book).law.provisions and not jurat.check(read(book))]


def said(rules: Rules, case: dict[str, Any] | None = None) -> list[Any]:
    """All that a book says on the first and the last of its days: digests, and an explanation of everything in it."""
    found: list[Any] = []
    days = book_days(rules.law)
    for day in (days[0], days[-1]):
        checked = rules.on(day)
        graph = checked.graph
        found.append((graph.effect, graph.law, [(term.name, term.low, term.high, term.scale) for term in graph.terms]))
        asked = case or household(graph.vocabulary, random.Random(7))
        answer = jurat.assess(rules, asked, on=day, of=sorted(graph.by_name))
        assert answer.assessment is not None, [problem.message for problem in answer.problems]
        found.append(explanation(answer.assessment))
        found.append(jurat.explain(answer))
    return found


WRITTEN = [said(read(book)) for book in BOOKS]


# ---- written anew ---------------------------------------------------------------------------------------------------

Shuffle = Callable[[list[Any]], None]

MOVABLE = {
    "cite", "note", "because", "bounds", "payable", "default", "ask", "decided_by", "number", "made", "made_before",
    "commences", "source", "rounding_policy", "short_months_last", "short_months_next", "prevails", "made_by",
    "reported", "fact_source", "standing", "fact", "daily",
}  # fmt: skip
"""Clauses that may stand in any order among each other; several of one kind are read in theirs, and keep it."""


def clauses_moved(text: str, shuffle: Shuffle, movable: frozenset[str] = frozenset(MOVABLE)) -> str:
    """Every declaration with its clauses in another order."""
    return "\n".join(_moved(parser().parse(part), part, shuffle, movable) for part in _declarations(text))


def _moved(tree: Tree[Token], text: str, shuffle: Shuffle, movable: frozenset[str]) -> str:
    """A tree's text, with each run of neighbouring clauses moved."""
    written = []
    run: list[tuple[str, str]] = []
    place: int = tree.meta.start_pos
    for child in tree.children:
        if not isinstance(child, Tree) or child.meta.empty:
            continue
        if child.data not in movable:
            written += _in_another_order(run, shuffle)
            run = []
        written.append(text[place : child.meta.start_pos])
        inner = _moved(child, text, shuffle, movable)
        if child.data in movable:
            run.append((str(child.data), inner))
        else:
            written.append(inner)
        place = child.meta.end_pos
    written += _in_another_order(run, shuffle)
    return " ".join([*written, text[place : tree.meta.end_pos]])


def _in_another_order(run: list[tuple[str, str]], shuffle: Shuffle) -> list[str]:
    """Several facts may change places; several notes are read one after another and may not."""
    kinds = [kind for kind, _ in run]
    shuffle(kinds)
    waiting = {kind: [text for other, text in run if other == kind] for kind in kinds}
    for kind in waiting.keys() & {"fact", "daily", "exception"}:
        shuffle(waiting[kind])
    return [waiting[kind].pop(0) for kind in kinds]


def _declarations(text: str) -> list[str]:
    return [declaration.span.text for declaration in parse(Source("", text)).file.declarations]


def declarations_moved(text: str, shuffle: Shuffle) -> str:
    """What stands under a heading in another order, and the headings too; what stands under none stays before them."""
    parts: list[list[str]] = [[""]]
    for declaration in _declarations(text):
        if declaration.startswith("instrument "):
            parts.append([declaration])
        else:
            parts[-1].append(declaration)
    first, *under = parts
    for part in (first, *under):
        inside = part[1:]
        shuffle(inside)
        part[1:] = inside
    shuffle(under)
    return "\n".join(declaration for part in (first, *under) for declaration in part)


def respaced(text: str, shuffle: Shuffle) -> str:
    """Other white space, and comments, between the words."""
    spaces = [" ", "\n", "\t\n   ", ' # a comment, with "a quote\n']
    written = []
    for token in parser().lex(text):
        shuffle(spaces)
        written += [str(token), spaces[0]]
    return "".join(written)


CHANGES: dict[str, Callable[[str, Shuffle], str]] = {
    "clauses": clauses_moved,
    "declarations": declarations_moved,
    "white space": respaced,
}


@pytest.mark.parametrize("number", range(len(BOOKS)))
@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(chance=st.integers(0, 10**9).map(random.Random))
def test_order_and_layout_mean_nothing(number: int, change: str, chance: random.Random) -> None:
    """Digests, ranges, values and explanations are the same, to the letter."""
    changed = {path: CHANGES[change](text, chance.shuffle) for path, text in BOOKS[number].items()}
    assert changed != BOOKS[number]
    assert said(read(changed)) == WRITTEN[number]


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(chance=st.integers(0, 10**9).map(random.Random))
def test_the_order_of_exceptions_has_no_effect(chance: random.Random) -> None:
    """They are listed as they were written, and that is all."""
    movable = frozenset({"exception"})
    for number, book in enumerate(BOOKS):
        changed = read({path: clauses_moved(text, chance.shuffle, movable) for path, text in book.items()})
        [(effect, _, ranges), explained, _, *_] = said(changed)
        assert (effect, ranges) == (WRITTEN[number][0][0], WRITTEN[number][0][2])
        assert [step["result"] for step in explained["steps"]] == [step["result"] for step in WRITTEN[number][1]["steps"]]


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(chance=st.integers(0, 10**9).map(random.Random))
def test_the_order_of_files_means_nothing(chance: random.Random) -> None:
    """However a folder lists them."""
    paths = list(SHIPPED)
    chance.shuffle(paths)
    assert said(read({path: SHIPPED[path] for path in paths})) == WRITTEN[0]


def keys_moved(data: Any, shuffle: Shuffle) -> Any:
    """The facts of a case in another order; persons keep theirs, for they are listed in it."""
    if not isinstance(data, dict):
        return data
    keys = list(data)
    if "person" not in data and not all(isinstance(value, dict) for value in data.values()):
        shuffle(keys)
    return {key: keys_moved(data[key], shuffle) for key in keys}


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(chance=st.integers(0, 10**9).map(random.Random))
def test_the_order_of_facts_in_a_case_means_nothing(chance: random.Random) -> None:
    """In JSON and in the language."""
    rules = read(SHIPPED)
    wanted = said(rules, CASE)
    assert said(rules, keys_moved(CASE, chance.shuffle)) == wanted
    text = CHILDCARE.with_suffix(".case").read_text("utf-8")
    first, second = (jurat.assess(rules, Source("a.case", t)) for t in (text, clauses_moved(text, chance.shuffle)))
    one, other = (json.loads(jurat.explain(answer, "json")) for answer in (first, second))
    assert one.pop("receipt")["question"] == other.pop("receipt")["question"]  # each carries its case as it was written
    assert one == other


# ---- threads and machines -------------------------------------------------------------------------------------------


def test_eight_threads_on_one_book() -> None:
    """All first questions at once, of days that nobody has asked for yet: each answer as if it were alone."""

    def one(rules: Rules, number: int) -> str:
        case = json.loads(CHILDCARE.read_text("utf-8"))
        case["household"]["home"]["person"]["parent"]["gross_earnings"] = f"{200 + number}.{number:02}"
        day = ("2009-10-01", "2010-09-30", "2010-10-01")[number % 3]
        return "".join(jurat.explain(jurat.assess(rules, case | {"on": day}), form) for form in ("text", "json"))

    serial = [one(jurat.load(RULES), number) for number in range(24)]
    shared = jurat.load(RULES)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: one(shared, number), range(24))) == serial


def _there_is(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


MACHINES = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "POSIX", "TZ": "America/Adak", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
    *(
        {"PYTHONHASHSEED": "7", "LC_ALL": name, "TZ": "Asia/Istanbul"}
        for name in ("tr_TR.UTF-8", "de_DE.UTF-8")
        if _there_is(name)
    ),
]


@pytest.mark.parametrize("command", ["explain", "check"])
def test_the_same_bytes_on_every_machine(command: str, tmp_path: Path) -> None:
    """Whatever the seed of hashes, the locale and the time zone: an explanation, and every mistake of the documents at once."""
    for seed in seeds():
        if seed.startswith(RULE_FILE):
            (tmp_path / f"{sha256(seed).hexdigest()}.rules").write_bytes(seed[1:])
    what = str(CHILDCARE) if command == "explain" else str(tmp_path)
    printed = {
        subprocess.run([sys.executable, "-m", "jurat", command, what, "--format", "json"], cwd=ROOT, check=False,
                       env={"PATH": os.environ.get("PATH", ""), "JURAT_CACHE": "off"} | machine, capture_output=True).stdout
        for machine in MACHINES
    }  # fmt: skip
    assert len(printed) == 1
    assert len(printed.pop()) > 10_000
