"""Finished documents taken apart: of each step what it prints, wherever on the page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from itertools import takewhile

from attrs import define, field

from explain.marks import END, FIGURE, NAME, PART, PART_END, RULE, WORDS
from explain.reading_back.figures import days

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
    unlike: list[str] = field(factory=list)
    """What is told in two places, and not alike."""

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
        text.replace('<span class="f">', FIGURE)
        .replace('<span class="f rule">', RULE)
        .replace('<span class="who">', NAME)
        .replace('<span class="w">', WORDS)
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
