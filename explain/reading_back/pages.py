"""Finished documents taken apart: of each step what it prints, wherever on the page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from itertools import takewhile
from typing import Any

from attrs import define, field

from explain.marks import END, FIGURE, NAME, PART, PART_END, RULE, WORDS
from explain.reading_back.figures import day_text, days

Part = tuple[str, str, int | None]
"""A letter, what is printed there, and the step that it says it is of."""


@define
class Used:
    """Something that a step used: what it is called, its value, and its step; or on which other days it was so."""

    title: str
    value: str = ""
    step: int | None = None
    on_days: bool = False
    assumed: bool = False


@define
class StepRead:
    """A step as it is printed."""

    value: str = ""
    words: str = ""
    lines: list[str] = field(factory=list)
    applied: list[str] = field(factory=list)
    passed: list[str] = field(factory=list)
    why: str | None = None
    uses: list[Used] = field(factory=list)


@define
class Head:
    """A result at the head of a page, and the step that it is of."""

    value: str
    step: int | None = None
    line: str | None = None
    applied: str | None = None


@define
class Page:
    steps: dict[int, StepRead] = field(factory=dict)
    heads: list[Head] = field(factory=list)
    alike: list[tuple[str, str]] = field(factory=list)
    """What is assumed: a value, and the facts that are taken to be so."""
    facts: dict[str, list[str]] = field(factory=dict)
    days: set[tuple[date, date]] = field(factory=set)
    """The days that the page is about, each run with its first and last."""
    sums: list[tuple[list[str], str]] = field(factory=list)
    """Tables that add up: their rows, and their total."""

    def is_about(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.days)

    def step(self, number: int) -> StepRead:
        found = self.steps.get(number)
        if found is None:
            found = self.steps[number] = StepRead()
        return found


# ---- text and Markdown ----------------------------------------------------------------------------------------------

_PART = re.compile(f"{PART}(.)([^{PART}{PART_END}]*){PART_END}")
_ESCAPED = re.compile(r"\\(.)")


def from_marks(text: str, is_markdown: bool) -> Page:
    """A text or a Markdown document that has its marks still."""
    parts = ((found[1], found[2], None) for found in _PART.finditer(text))
    if is_markdown:
        parts = ((kind, _ESCAPED.sub(r"\1", said), None) for kind, said, _ in parts)
    return page(parts)


# ---- HTML -----------------------------------------------------------------------------------------------------------

_ELEMENT = re.compile(
    r'<\w+ id="step-(?P<s>\d+)"'
    f'|<span class="value[^"]*"(?: data-step="(?P<hs>\\d+)")?>(?P<v>[^<{END}]*){END}'
    r'|<p class="formula" data-step="(?P<ws>\d+)">(?P<w>[^<]*)</p>'
    r'|<div class="figures" data-step="(?P<ls>\d+)">(?P<l>(?:<p>[^<]*</p>)*)</div>'
    r'|<strong class="figures" data-step="(?P<fs>\d+)">(?P<f>[^<]*)</strong>'
    r'|<p class="applied" data-step="(?P<as>\d+)">(?P<a>[^<]*)</p>'
    r'|<p class="short applied" data-step="(?P<gs>\d+)">(?P<g>[^<]*)<'
    r'|<ul class="passed" data-step="(?P<ps>\d+)">(?P<p>(?:(?!<ul).)*?)</ul>'
    r'|<div class="uses" data-step="(?P<us>\d+)">(?P<u>(?:(?!<div).)*?)</div>'
    f'|<span class="why">because (?P<b>[^<]*){END}</summary>'
    r'|<th scope="row">(?P<n>[^<]*)</th><td class="value">(?P<x>[^<]*)</td>'
    r'|<tr><th scope="row">(?P<e>[^<]*)</th><td>(?P<q>[^<]*)</td>',
    re.DOTALL,
)
_LINE = re.compile("<p>([^<]*)</p>")
_PASSED = re.compile(f"because ([^<]*){END}</li>")
_USE = re.compile(
    rf"<li>(?P<k>[^<{FIGURE}]*?)(?P<d> on [^<{FIGURE}:]*)?: {FIGURE}(?P<u>[^{END}]*){END} "
    r'(?:<a href="#step-(?P<r>\d+)"|<span class="tag">(?P<y>assumed))?'
)
_HEADING = re.compile("<h[13]>((?:(?!<h[13]).)*?)</h[13]>", re.DOTALL)
_ON = re.compile(r"[Oo]n (\d\d? (?:[A-Z][a-z]+ |\d{4} |to |\d\d? )*\d{4})")
_ROW = re.compile(r'<tr class="(adds|takes|limit|comes-to|below)">.*?<td class="value">([^<]*)</td></tr>')


def from_html(text: str) -> Page:
    """A page of ours, by the elements that README.md beside this names."""
    text = (
        text.replace("<b>", FIGURE)
        .replace('<b class="r">', RULE)
        .replace('<span class="who">', NAME)
        .replace('<b class="who">', NAME)
        .replace('<b class="w">', WORDS)
        .replace("</b>", END)
        .replace("</span>", END)
    )
    found = page(_html_parts(text), _sums(text))
    for heading in _HEADING.findall(text):
        found.days |= {run for run in map(days, _ON.findall(heading)) if run}
    return found


def _html_parts(text: str) -> Iterator[Part]:
    waiting = False
    head = text.partition(_STEP)[0]
    for found in _ELEMENT.finditer(text):
        kind = found.lastgroup or ""
        said = found[kind]
        if kind == "s":
            yield ("s" if not waiting else "+"), said, None
            waiting = True
            continue
        if kind in ("v", "hs"):
            said, waiting = unescape(found["v"]), False
            yield ("h" if found["hs"] or found.start() < len(head) else "v"), said, _number(found["hs"])
            continue
        of = _number(found[_STEP_OF[kind]]) if kind in _STEP_OF else None
        match kind:
            case "l":
                for line in _LINE.findall(said):
                    yield "l", unescape(line), of
            case "p":
                for why in _PASSED.findall(said):
                    yield "p", unescape(why), of
            case "u":
                for use in _USE.finditer(said):
                    yield "k", unescape(use["k"]), of
                    if use["d"]:
                        yield "d", use["d"], of
                    yield "u", unescape(use["u"]), of
                    if use["y"]:
                        yield "y", use["y"], of
                    if use["r"]:
                        yield "r", use["r"], of
            case "x":
                yield "n", unescape(found["n"]), None
                yield "x", unescape(said), None
            case "q":
                yield "e", unescape(found["e"]), None
                yield "q", unescape(said), None
            case _:
                yield kind, unescape(said), of


_STEP = ' id="step-'
_STEP_OF = {kind: f"{kind}s" for kind in _ELEMENT.groupindex if f"{kind}s" in _ELEMENT.groupindex}


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _sums(text: str) -> Iterable[tuple[list[str], str]]:
    """Of a table that adds up: what stands before each sum in it, and that sum; of what is taken off, what that adds up from."""
    for table in re.findall(r'<table class="adds">((?:(?!<table).)*?)</table>', text, re.DOTALL):
        rows = [(kind, unescape(cell)) for kind, cell in _ROW.findall(table)]
        own: list[str] = []
        for kind, cell in rows:
            if kind == "comes-to":
                yield list(own), cell
            elif kind != "below":
                own.append(cell)
        for number, (kind, cell) in enumerate(rows):
            below = [value for _, value in takewhile(lambda row: row[0] == "below", rows[number + 1 :])]
            if kind == "takes" and below:
                yield [*below, cell], "0"


# ---- JSON -----------------------------------------------------------------------------------------------------------

_MARKS = {"figure": FIGURE, "name": NAME, "words": WORDS, "rule": RULE}


def from_data(data: Any) -> Page:
    """An explanation as data: its steps, those of other days, and its facts."""
    found = Page()
    days_alike = [data, *data["other_days"]]
    every = [step for day in days_alike for step in day["steps"]]
    numbers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for step in every:
        numbers.setdefault(_identity(step["id"]), []).append(step)
    whose = {_identity(fact["id"]): fact for day in days_alike for fact in day["facts"]}
    for day in days_alike:
        first, last = (
            date.fromisoformat(day[end]) if end in day else date.fromisoformat(data["on"]) for end in ("from", "until")
        )
        found.days.add((first, last))
        own = {_identity(step["id"]): step for step in day["steps"]}
        facts = whose | {_identity(fact["id"]): fact for fact in day["facts"]}
        for step in day["steps"]:
            if not isinstance(step["number"], int) or not isinstance(step["words"], str):
                raise TypeError
            read = found.step(step["number"])
            read.value, read.words = _said(step["result"]), step["words"]
            read.lines = [_marked(line) for line in step["pieces"]]
            for line, text in zip(step["pieces"], step["working"], strict=True):
                if "".join(piece if isinstance(piece, str) else next(iter(piece.values())) for piece in line) != text:
                    read.lines.append("the pieces of a line are not the line")
            for use in step["uses"]:
                of = own.get(_identity(use))
                fact = facts.get(_identity(use))
                value = of["result"] if of else fact["result"] if fact else {"refused": []}
                read.uses.append(Used(str(use["provision"]), _said(value), of["number"] if of else None))
            for use in step.get("uses_on_other_days", ()):
                for other in (
                    *numbers.get(_identity(use["id"]), ()),
                    *(f for d in days_alike for f in d["facts"] if f["id"] == use["id"]),
                ):
                    read.uses.append(Used(str(use["id"]["provision"]), _said(other["result"]), None, on_days=True))
    return found


def _identity(of: dict[str, Any]) -> tuple[str, str]:
    return of["provision"], "/".join(of["path"])


def _marked(pieces: list[Any]) -> str:
    found = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
        else:
            [(kind, text)] = piece.items()
            found.append(f"{_MARKS[kind]}{text}{END}")
    return "".join(found)


def _said(result: dict[str, Any]) -> str:
    """A value as people would read it."""
    if "members" in result:
        many = len(result["members"])
        return f"refused ({many} members)" if "refused" in result else f"{many} members" if many else "nobody"
    if "refused" in result:
        return "refused"
    value, unit = result["value"], result["unit"]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value))
    minus, value = ("−", value[1:]) if value.startswith("-") else ("", value)
    if unit == "%":
        return f"{minus}{value}%"
    if unit is not None or re.fullmatch(r"\d+(\.\d+)?", value):
        whole, dot, decimals = value.partition(".")
        value = f"{int(whole):,}{dot}{decimals}"
    if unit is None:
        return f"{minus}{value}".replace("_", " ")
    return f"{minus}£{value}{unit[1:]}" if unit.startswith("£") else f"{minus}{value} {unit}"


# ---- either ---------------------------------------------------------------------------------------------------------


def page(parts: Iterable[Part], sums: Iterable[tuple[list[str], str]] = ()) -> Page:
    """What stands where, from its parts in their order."""
    found = Page(sums=list(sums))
    now: list[int] = []
    label = ""
    for kind, said, of in parts:
        match kind:
            case "s":
                now = [int(number) for number in said.split(",")]
            case "+":
                now = [*now, int(said)]
            case "n" | "e":
                label = said
            case "x":
                found.facts.setdefault(label, []).append(said)
            case "q":
                found.alike.append((label, said))
            case "o":
                run = days(said.title().replace(" To ", " to "))
                found.days |= {run} if run else set()
            case "h" | "t" | "f" | "g":
                _of_head(found, kind, said, of)
            case _:
                for number in [of] if of is not None else now if kind in "vb" else now[-1:]:
                    _of_step(found.step(number), kind, said)
    return found


def _of_step(step: StepRead, kind: str, said: str) -> None:
    match kind:
        case "v":
            step.value = said
        case "b":
            step.why = said
        case "w":
            step.words = said
        case "l":
            step.lines.append(said)
        case "a":
            step.applied.append(said)
        case "p":
            step.passed.append(said)
        case "k":
            step.uses.append(Used(said))
        case "d":
            step.uses[-1].on_days = True
        case "u":
            step.uses[-1].value = said
        case "y":
            step.uses[-1].assumed = True
        case _:
            step.uses[-1].step = int(said)


def _of_head(found: Page, kind: str, said: str, of: int | None) -> None:
    """A result, or a line of the last of them where it does not say of which."""
    if kind == "h":
        found.heads.append(Head(said, of))
        return
    head = next((head for head in found.heads if of is not None and head.step == of), found.heads[-1])
    match kind:
        case "t":
            head.step = int(said)
        case "f":
            head.line = said
        case _:
            head.applied = said
