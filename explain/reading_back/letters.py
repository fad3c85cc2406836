"""Letters taken apart and recomputed: what adds, what is taken off and what that comes to, and whatever is told twice.

A letter is read in the language and the form in which it is handed out. What is a sum in it comes to what is printed; an amount
that stands in it again is the same; where the award turns is as far from what was told as it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import unescape
from itertools import islice
from typing import Any

from attrs import define, field, frozen

from explain.marks import PART, PART_END, plain
from explain.reading_back.figures import Number, minus, plus
from explain.reading_back.languages import Figures
from explain.reading_back.lines import agree, number, words_of


@frozen
class Row:
    """A line of a sum."""

    kind: str
    """`comes-to`; `below`, what the line before adds up from; or whatever else is added up."""
    label: str
    value: str


@define
class LetterRead:
    """A letter as it is printed: its sums, and all its lines."""

    sums: list[list[Row]] = field(factory=list)
    lines: list[str] = field(factory=list)
    name: str = ""
    """What a page is called."""


# ---- taken apart ----------------------------------------------------------------------------------------------------

_TABLE = re.compile(r'<table class="adds">((?:(?!<table).)*?)</table>', re.DOTALL)
_ROW = re.compile(
    r'<tr class="(?P<kind>[\w-]+)"><th scope="row">(?P<label>(?:(?!</?t[hdr]).)*?)</th>'
    r'<td class="value">(?P<value>[^<]*)</td></tr>',
    re.DOTALL,
)
_ASIDE = re.compile(r"<small>[^<]*</small>")
_UNSEEN = re.compile(r"<(style|head)\b(?:(?!<\1\b).)*?</\1>", re.DOTALL)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_BIG = re.compile(r'<span class="big">([^<]*)</span>')
_WHOSE = re.compile(r'<span class="who">([^<]*)</span>')
_BLOCK = re.compile(r"</?(?:li|p|dt|dd|h\d|tr|td|th|ul|ol|dl|section|small|title)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \n\t]+")


def letter_from_html(text: str, figures: Figures) -> LetterRead:
    """A letter of ours as a page."""
    found = LetterRead()
    for table in _TABLE.findall(text):
        rows = [row.groupdict() for row in _ROW.finditer(table)]
        found.sums.append(
            [Row(row["kind"], _label(_text(_ASIDE.sub("", row["label"])), figures), unescape(row["value"])) for row in rows]
        )
    title = _TITLE.search(text)
    found.name = _text(title[1]) if title else ""
    body = _BIG.sub(lambda big: f"{figures.its(': ')}{big[1]}<p>", _UNSEEN.sub("", text))
    parts = [*([title[1]] if title else []), *_BLOCK.split(body)]
    found.lines = [line for line in map(_text, parts) if line]
    return found


def _label(said: str, figures: Figures) -> str:
    """What a line of a sum is called; of one that is taken off, without that."""
    return said.strip().removeprefix(figures.its("Taken off:")).removeprefix(figures.its("We take off:")).strip()


def _text(markup: str) -> str:
    """What of a piece of a page is read."""
    return _SPACES.sub(" ", unescape(_TAG.sub("", _WHOSE.sub(r"(\1)", markup)))).strip(" ")


_MARKED = re.compile(f"{PART}n([^{PART_END}]*){PART_END}.*{PART}v([^{PART_END}]*){PART_END}")
_ESCAPED = re.compile(r"\\(.)")
_ORDINAL = re.compile(r"^\d+\. ")
"""With which an item of a list begins."""


def letter_from_marks(text: str, is_markdown: bool, figures: Figures) -> LetterRead:
    """A text or a Markdown document that has its marks still; a sum ends where there is an empty line."""
    found = LetterRead(sums=[[]])
    before = ""
    for line in text.split("\n"):
        row, said = _MARKED.search(line), plain(line)
        if is_markdown:
            said = _ESCAPED.sub(r"\1", said)
        if row is not None:
            label, value = (_ESCAPED.sub(r"\1", part) if is_markdown else part for part in row.groups())
            is_total = "**" in line if is_markdown else before != "" and not before.strip("- ")
            is_below = said.startswith("| – " if is_markdown else "    ")
            kind = "comes-to" if is_total else "below" if is_below else "adds"
            found.sums[-1].append(Row(kind, _label(label, figures), value.strip()))
        elif not line and found.sums[-1]:
            found.sums.append([])
        found.lines.append(_ORDINAL.sub("", said.strip(" -–*#|")))
        before = said
    found.sums = [rows for rows in found.sums if rows]
    return found


def letter_from_data(data: Mapping[str, Any], figures: Figures) -> LetterRead:
    """A letter as data."""
    found = LetterRead()
    colon = figures.its(": ")
    for award in data["awards"]:
        title = figures.its("{title} on {day}", title=award["title"], day=data["on"])
        found.lines += [f"{title}{colon}{award['value']}", award["because"] or ""]
        rows: list[Row] = []
        for line in award["lines"]:
            rows.append(Row(line["kind"].replace(" ", "-"), _with_whose(line), line["value"]))
            rows += [Row("below", _with_whose(below), below["value"]) for below in line["below"]]
            found.lines += [line["because"] or "", *(below["because"] or "" for below in line["below"])]
        found.sums += [rows] if rows else []
        found.lines += [f"{_with_whose(item)}{colon}{item['why']}" for item in award["not_awarded"]]
    found.lines += [f"{_with_whose(fact)}{colon}{fact['value']}" for fact in data["given"]]
    found.lines += [f"{guess['ask']} {guess['value']}" for guess in data["guesses"]["questions"]]
    for change in data["changes"]:
        found.lines += [f"{_with_whose(change)}{colon}{change['value']}", *change["lines"]]
    found.lines += [f"{one['title']}. {one['limit']}" for one in data["duties"]]
    found.lines += [f"{one['title']}. {one['by_when']}" for one in data["challenges"]]
    return found


def _with_whose(item: Mapping[str, Any]) -> str:
    return f"{item['title']} ({item['whose']})" if item["whose"] else str(item["title"])


# ---- recomputed -----------------------------------------------------------------------------------------------------


def wrong_in(letter: LetterRead, figures: Figures) -> list[str]:
    """What of a letter does not follow from what else it says, each with the line in which it stands."""
    return list(dict.fromkeys([*_sums(letter, figures), *_repeated(letter, figures), *_turns(letter, figures)]))


def _amount(figures: Figures, text: str) -> Number | None:
    said = figures.only(text)
    return said if isinstance(said, Number) else None


def _sums(letter: LetterRead, figures: Figures) -> Iterator[str]:
    for rows in letter.sums:
        total = number(0)
        for at, row in enumerate(rows):
            value = _amount(figures, row.value)
            if value is None:
                yield f"{row.label}: {row.value} is no amount"
            elif row.kind == "comes-to":
                if not agree(total, value):
                    yield f"{row.label}: what stands above comes to {words_of(total)}, and {row.value} is printed"
                total = value
            elif row.kind != "below":
                total = plus(total, value)
                yield from _below(row, value, rows, at + 1, figures)
        if rows[-1].kind != "comes-to":
            yield f"{rows[-1].label}: what it comes to is not printed"


def _below(row: Row, value: Number, rows: list[Row], first: int, figures: Figures) -> Iterator[str]:
    """What is taken off is what stands below it, added up."""
    total, many = number(0), 0
    for one in islice(rows, first, None):
        if one.kind != "below":
            break
        total, many = plus(total, _amount(figures, one.value) or number(0)), many + 1
    if many and not agree(minus(number(0), value), total):
        yield f"{row.label}: what stands below it comes to {words_of(total)}, and {row.value} is printed"


def _repeated(letter: LetterRead, figures: Figures) -> Iterator[str]:
    """The award at the head is what its sum comes to, and a fact that stands in a sum is the one that was told."""
    heads, told = _heads(letter, figures), dict[str, list[str]]()
    for label, text in _told(letter.lines, figures):
        for name in {label, _title(label)}:
            told.setdefault(name, []).append(text)
    sizes = {name: {_size(token.value) for text in texts for token in figures.all_in(text)} for name, texts in told.items()}
    for rows in letter.sums:
        *parts, award = rows
        said = [text for title, text in heads if title.endswith(_title(award.label))]
        if said and not any(_says(figures, text, award.value) for text in said):
            yield f"{award.label}: {award.value} is printed where it adds up, and {said[0]} at the head"
        for label, text in _told([letter.name], figures):
            if label == award.label and not _says(figures, text, award.value):
                yield f"{award.label}: {award.value} is printed where it adds up, and {text} in the name of the page"
        for row in parts:
            wanted = _size(figures.only(row.value))
            is_told = row.kind != "comes-to" and row.label in told and wanted is not None
            if is_told and wanted not in sizes[row.label] and not any(line.find(row.label) > 0 for line in letter.lines):
                yield f"{row.label}: {row.value} is printed where it adds up, and {told[row.label][0]} among what was used"


def _heads(letter: LetterRead, figures: Figures) -> list[tuple[str, str]]:
    """Each award with what it is, as it is told first."""
    head = figures.pattern("{title} on {day}", title=".*?", day=".*")
    named = [(head.fullmatch(label), text) for label, text in _told(letter.lines, figures)]
    return [(name["title"], text) for name, text in named if name is not None]


def _told(lines: Iterable[str], figures: Figures) -> Iterator[tuple[str, str]]:
    """Lines that say of something what it is."""
    colon = figures.its(": ")
    for line in lines:
        label, _, text = line.partition(colon)
        if next(figures.all_in(text), None) is not None:
            yield label, text


def _says(figures: Figures, text: str, value: str) -> bool:
    """Whether an amount, added or taken off, is among the figures of a text."""
    wanted = _size(figures.only(value))
    return wanted is None or any(_size(token.value) == wanted for token in figures.all_in(text))


def _size(value: Number | date | None) -> Number | None:
    return max(value, minus(number(0), value), key=lambda one: one.low) if isinstance(value, Number) else None


def _title(label: str) -> str:
    """What it is called, without whose it is."""
    return label.rpartition(" (")[0] or label


def _turns(letter: LetterRead, figures: Figures) -> Iterator[str]:
    """`Gross earnings: £245.00 … At £617.12 a week, £372.12 more`: as far from what was told as it says, and told alike above."""
    ways = [
        (figures.pattern("At {at}, {gap} more, {what}", "at", "gap", what=""), plus),
        (figures.pattern("At {at}, {gap} less, {what}", "at", "gap", what=""), minus),
    ]
    label, text, now, is_another = "", "", None, False
    before: dict[str, set[Number | date | None]] = {}
    why = figures.its("Why: {why}", why="")
    for line in letter.lines:
        if line.startswith(why):
            continue
        places = [(place, of) for way, of in ways for place in way.finditer(line)]
        head = line[: min((place.start() for place, _ in places), default=len(line))]
        for label, text in _told([head], figures):
            now, others = next(figures.all_in(text)).value, before.setdefault(label, set())
            is_another = bool(others) and now not in others
            others.update(token.value for token in figures.all_in(text))
        if not places or not isinstance(now, Number):
            continue
        if is_another:
            yield f"{label}: {text} is printed, and another amount among what was used"
        for place, of in places:
            at, gap = _amount(figures, place["at"]), _amount(figures, place["gap"])
            if at is not None and gap is not None and not agree(of(now, gap), at):
                yield f"{label}: {place['at']} is printed, and {place['gap']} from {words_of(now)} is {words_of(of(now, gap))}"


# ---- held against what was worked out -------------------------------------------------------------------------------


def not_said(
    letter: LetterRead, figures: Figures, said: Iterable[tuple[str, Number | date | None]], words: Iterable[str]
) -> Iterator[str]:
    """What was written for another value than it says, and figures that nobody wrote; each with its line."""
    known: set[str] = set()
    for text, value in said:
        found = list(figures.all_in(text))
        if value is not None and len(found) == 1 and not agree(found[0].value or "", value):
            yield f"{text} is printed for {words_of(value)}"
        known.update(token.text for token in found)
    for text in words:
        known.update(token.text for token in figures.all_in(text))
    for line in (*letter.lines, *(f"{row.label}: {row.value}" for rows in letter.sums for row in rows)):
        for token in figures.all_in(line):
            if token.text not in known:
                yield f"{token.text} is not what was worked out, in: {line}"
