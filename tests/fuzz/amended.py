"""Law with amendments in it: what is consolidated, told as history and compared holds whatever was amended, and however badly."""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import jurat
from engine.book.history import history
from engine.book.law import Law, made_on
from explain.rules.history import history_text
from grammar import declarations as d
from grammar.limits import HIDDEN
from grammar.parsing import parse
from grammar.problems import errors
from grammar.source import Source
from jurat.rulebook import Rules, from_sources
from tests.books import RULES
from tests.comparing import sums
from tests.fuzz.corpus import RULE_FILE, seeds
from tests.fuzz.household import household
from tests.fuzz.promises import Stopwatch, promise, told
from tests.reference.pen import Pen
from tests.reference.running import amended_scene

MOST_DAYS = 4
MADE_UP = 12
_FOR_AMENDMENTS = re.compile(r"^\s*amendment\b", re.MULTILINE)


def amended_seeds() -> tuple[bytes, ...]:
    """Every book of this house that is amended, the figures and tables of Jersey with their amendments, and made-up ones."""
    found = [data for data in seeds() if data[:1] == RULE_FILE and has_amendments(data[1:].decode())]
    found += [RULE_FILE + text.encode() for text in (*_of_jersey(), *_made_up())]
    return tuple(dict.fromkeys(found))


def has_amendments(text: str) -> bool:
    return _FOR_AMENDMENTS.search(text) is not None


@cache
def _made_up() -> tuple[str, ...]:
    texts = []
    for number in range(MADE_UP):
        chance = random.Random(number)
        pen = Pen(lambda most, chance=chance: chance.randint(0, most))  # type: ignore[misc]
        texts.append(amended_scene(pen).book.text)
    return tuple(text for text in texts if has_amendments(text))


@cache
def _of_jersey() -> tuple[str, ...]:
    """Of each Jersey amendment one book: the figures that it changes, with all that was ever done to them."""
    files = [parse(Source(path.name, path.read_text("utf-8"))).file for path in sorted((RULES / "jersey").rglob("*.rules"))]
    owned = [(item, name) for file in files for item, name in _owned(file.declarations)]
    headings = {item.name: item for item, _ in owned if isinstance(item, d.Instrument)}
    figures = {item.name: (item, name) for item, name in owned if isinstance(item, d.Figure) and "_limit" not in item.name}
    operations = [(item, name) for item, name in owned if isinstance(item, d.Operation)]
    texts = []
    for amendment in (name for name, heading in headings.items() if heading.is_amendment):
        wanted = {word.name for item, name in operations if name == amendment for word in item.targets} & figures.keys()
        chosen = [(item, name) for item, name in operations if {word.name for word in item.targets} <= wanted]
        named = {name for _, name in chosen}
        for span in (
            *(figures[one][0].span for one in wanted),
            *(item.span for item, _ in chosen),
            *[heading.span for name, heading in headings.items() if name in named],
        ):
            named.update(re.findall(r"\w+", span.text))  # who made or is cited for what
        text = "".join(f"{heading.span.text}\n" for heading in headings.values() if not heading.is_amendment)
        for owner in dict.fromkeys(figures[one][1] for one in sorted(wanted)):
            text += f"instrument {owner} continued\n"
            text += "".join(f"{figures[one][0].span.text}\n" for one in sorted(wanted) if figures[one][1] == owner)
        for owner in [name for name in headings if headings[name].is_amendment and name in named]:
            text += headings[owner].span.text + "\n" + "".join(f"{item.span.text}\n" for item, name in chosen if name == owner)
        if wanted:
            texts.append(text)
    return tuple(texts)


def _owned(declarations: tuple[d.Declaration, ...]) -> Iterator[tuple[d.Declaration, str | None]]:
    """Each declaration with the heading that comes before it."""
    heading: str | None = None
    for item in declarations:
        if isinstance(item, d.Instrument | d.Continued):
            heading = item.name
        yield item, heading


# ---- what must hold -------------------------------------------------------------------------------------------------


def run_amended(source: Source) -> None:
    """The drafts in it applied; on some days the text of the day, the life of what was amended, and a comparison."""
    watch = Stopwatch()
    chance = random.Random(zlib.crc32(source.text.encode("utf-8", "replace")))
    rules = from_sources([source])
    drafts = [one.name for one in rules.law.instruments.values() if made_on(one) is None or one.when_appointed]
    if drafts and chance.random() < 0.5:
        rules = from_sources([source], drafts=drafts)
        told(rules.problems, [source])
    watch.lap("amend")
    if errors(rules.problems):
        return
    days = _days(rules.law, chance)
    for day in days:
        known = chance.choice((None, day, *sorted(filter(None, map(made_on, rules.law.instruments.values())))))
        if errors([*rules.as_known(known).problems, *rules.on(day, known).problems]):
            continue
        consolidated(rules, day, known)
        watch.lap("consolidate")
    for name in sorted(rules.law.provisions)[:3] + sorted(one.first for one in rules.law.renamed)[:2]:
        for form in ("text", "md", "json"):
            text = history_text(history(rules.law, name, chance.choice((None, days[0]))), form)
            promise(not HIDDEN.search(text), f"a history as {form} holds nothing hidden")
    watch.lap("history")
    compared(rules, days, source, chance)
    watch.lap("compare")


def _days(law: Law, chance: random.Random) -> list[date]:
    """Days on which something changes, or the day before; in order."""
    days = [day for change in law.changes for day in (change, change - timedelta(days=1))] or [date(2010, 10, 1)]
    return sorted(chance.sample(days, min(MOST_DAYS, len(days))))


def consolidated(rules: Rules, day: date, known: date | None) -> None:
    """What is printed of a day is read again, has the effect of the book, and is printed again as it was."""
    found = jurat.consolidated(rules, day, known)
    promise(not found.problems, "a book without errors has a text of each day")
    again = from_sources([Source(path, text) for path, text in found.files.items()], drafts=found.drafts)
    wrong = errors([*again.problems, *again.on(day, known).problems])
    promise(not wrong, f"the text of a day has no mistake: {wrong[0].code if wrong else ''}")
    promise(
        again.on(day, known).graph.effect == rules.on(day, known).graph.effect, "the text of a day has the effect of the book"
    )
    promise(jurat.consolidated(again, day, known).texts == found.texts, "the text of a day is that of itself")


def compared(rules: Rules, days: list[date], source: Source, chance: random.Random) -> None:
    """Two days, and a household on both, whose causes sum to the difference."""
    first, last = days[0], days[-1]
    found = jurat.compare(rules, first=first, last=last)
    told(found.problems, [source])
    graph = rules.on(last).graph
    case = household(graph.vocabulary, chance)
    names = [term.name for term in graph.terms if term.formula is not None][:20]
    beside = jurat.compare(rules, case, first=first, last=last, of=names)
    if beside.household is not None:
        sums(beside.household)
    for one in (found, beside):
        for form in ("text", "md", "html"):
            promise(not HIDDEN.search(one.told(form)), f"a comparison as {form} holds nothing hidden")
        json.dumps(one.data())
