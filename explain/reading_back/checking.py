"""Whether a page adds up: each line from its figures, each figure from where it comes, each result at its head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Literal

from attrs import define, field, frozen

from explain.marks import ENDLESS, NAME, RULE, WORDS, plain
from explain.reading_back.doing import decided, in_range
from explain.reading_back.figures import REFUSED, Number, Printed, days, plus, printed
from explain.reading_back.lines import UNSURE, Line, Read, agree, number, taken_apart, words_of
from explain.reading_back.pages import Page, StepRead
from explain.reading_back.words import reading

Standing = Literal["recomputed", "not recomputed", "wrong"]
HEAD = 0
"""The number under which what stands at the head of a page is told, and what stands in its tables."""


@frozen
class Checked:
    """What was found of a step: whether it follows from what is printed beside it; if not, why."""

    step: int
    standing: Standing
    why: tuple[str, ...] = ()


@define
class Report:
    """What reading a page back found, step by step; and how many lines were recomputed, or why not."""

    steps: list[Checked] = field(factory=list)
    lines: Counter[str] = field(factory=Counter)

    @property
    def wrong(self) -> list[Checked]:
        return [step for step in self.steps if step.standing == "wrong"]


class DoesNotAddUpError(Exception):
    """A document of ours that does not follow from its own figures: a mistake in this program, never in a case."""

    def __init__(self, document: str, wrong: Sequence[str]) -> None:
        super().__init__(
            f"The {document} was not written, because its figures do not add up as printed ({'; '.join(wrong[:3])}). "
            "This is a mistake in Jurat and not in your case or your rules; please report it with both."
        )


def must_add_up(page: Page) -> None:
    """Refuses to hand out a document that does not follow from its own figures."""
    wrong = check(page).wrong
    if wrong:
        raise DoesNotAddUpError("explanation", [f"{_place(item.step)}: {', '.join(item.why)}" for item in wrong])


def _place(step: int) -> str:
    return f"step {step}" if step else "the head of the page"


def check(page: Page, only: Collection[int] | None = None) -> Report:
    """Every figure recomputed from those printed beside it; of some steps only, where that is enough."""
    report = Report()
    for step, printed_step in page.steps.items():
        if only is not None and step not in only:
            continue
        found = _Step(page, printed_step, report)
        found.check()
        standing: Standing = "wrong" if found.wrong else "not recomputed" if found.unsure else "recomputed"
        report.steps.append(Checked(step, standing, tuple(found.wrong or found.unsure)))
    wrong = [*_heads(page), *_sums(page), *page.unlike]
    if wrong:
        report.steps.append(Checked(HEAD, "wrong", tuple(wrong)))
    return report


def _heads(page: Page) -> Iterable[str]:
    for head in page.heads:
        step = page.steps.get(head.step or 0)
        if head.step is None:
            continue
        if step is None or step.value != head.value:
            yield f"{head.value} at the head is not the result of step {head.step}"
        elif (head.line is not None and head.line not in step.lines) or (head.applied and head.applied not in step.applied):
            yield f"the working at the head is not that of step {head.step}"


def _sums(page: Page) -> Iterable[str]:
    for rows, total in page.sums:
        sum_of: Printed = number(0)
        for row in rows:
            value = printed(row)
            sum_of = plus(sum_of, value) if isinstance(value, Number) and isinstance(sum_of, Number) else REFUSED
        if not agree(sum_of, printed(total)):
            yield f"the rows of a table come to {words_of(sum_of)}, and {total} is printed"


# ---- one step -------------------------------------------------------------------------------------------------------

_FIGURES = re.compile(r"−?£?\d(?:[\d,]*\d)?(?:\.\d+)?…?%?")
_BEFORE = re.compile(
    r"(?:This case applies|Whether this case applies is not known|(?:Exception|Row) \x03[^\x04]*\x04 (?:applies|holds)): ",
    re.IGNORECASE,
)
_PREVAILED = "; another exception prevails over it"
_OF_MEMBER = re.compile("\x01([^\x04]*)\x04 \\(\x02([^\x04]*)\x04\\)")
_PARTLY = ("of \x01", "of \x07", " (on ", " (each ", "nobody", "no day", "not needed")
"""What tells that not all that the words name is shown, or more than it."""
_SAID = re.compile("(?<! is )(?<! is not )\x03([^\x04]*)\x04(?:: | is \x01)")
_CASES = ("this case ", "exception ", "row ", "whether ")
_ITS_DAY = "the day of the award"
_BETWEEN_CELLS = re.compile("; (?=\x03)")
_NOT_HELD = re.compile("\x03[^\x04]*\x04 is \x01")
_CELL = re.compile("\x03[^\x04]*\x04: \x01([^\x04]*)\x04(?: \\(\x03([^\x04]*)\x04\\))?")
_LIMBS = ("Any of these: ", "All of these: ", "None of these: ")


def _in_order(figures: list[str], said: list[str]) -> bool:
    """Whether figures stand among others, in their order; one that is said of several people or days stands there once."""
    rest = iter(said)
    return all(figure in rest for figure, before in zip(figures, [None, *figures], strict=False) if figure != before)


def _figure(text: str) -> str:
    """An amount without its unit, since a line leaves out a time that is the same in all of it."""
    found = _FIGURES.match(text)
    return found[0] if found else text


_ROUNDING = re.compile(r"rounded (?:to the nearest|up to a multiple of|down to a multiple of) [^:,)=\x01]*[^:,)=\x01 ]")
_GOES_ON = re.compile("…[^\x04]*\x04(?!, rounded )")
"""A figure that is not shown to its end, with which more is done than rounding it."""


class _Step:
    """A step as it is printed, and what is found of it."""

    def __init__(self, page: Page, step: StepRead, report: Report) -> None:
        self.page, self.step, self.report = page, step, report
        self.wrong: list[str] = []
        self.unsure: list[str] = []
        self.text = "\n".join([step.words[:1].lower() + step.words[1:], *[use.value for use in step.uses]])
        self.used = "\n".join([use.value for use in step.uses])
        self.by_name: dict[str, set[str]] = {}
        for use in step.uses:
            values = {_figure(value) for value in use.value.split(", ")} if use.on_days else {_figure(use.value)}
            self.by_name.setdefault(use.title.partition(f" {NAME}")[0], set()).update(values)
        self.figures = set(_FIGURES.findall(self.used))

    def check(self) -> None:
        lines = [self.read(line) for line in self.step.lines]
        self.inside([found for found in lines if found is not None])
        self.headline(lines)
        if any(_GOES_ON.search(line) for line in self.step.lines) and ENDLESS not in self.step.lines:
            self.wrong.append("a figure is not shown to its end, and nothing says so")
        for text in self.step.applied:
            self.condition(text, (True, REFUSED))
        for text in self.step.passed:
            self.condition(text.removesuffix(_PREVAILED), (True,) if text.endswith(_PREVAILED) else (False, REFUSED))
        if self.step.why is not None and not self.is_said(self.step.why):
            self.condition(self.step.why, ())
        self.uses()

    def is_said(self, why: str) -> bool:
        """Whether why it came to nothing is what its working says; in short it is told without one."""
        if not self.step.lines and not self.step.applied:
            return False
        is_there = why in self.step.lines or any(why[1:] == text[1:] for text in self.step.applied)
        if not is_there and (WORDS not in why or why.startswith(_CASES)):
            self.wrong.append(f"why it came to nothing is not what its working says: {plain(why)}")
        return is_there

    # ---- lines ---------------------------------------------------------------------------------------------------

    def read(self, text: str) -> _Found | None:
        """One line, recomputed."""
        if text == ENDLESS:
            return None
        skeleton, line = taken_apart(text)
        read = reading(skeleton)
        if read is None:
            self.report.lines["words not known"] += 1
            self.unsure.append(f"the words of a line are not known: {plain(text)}")
            return None
        try:
            value = read.of(line)
        except (OverflowError, ValueError, RecursionError):
            value = line.not_told("beyond the calendar")
        self.wrong += [f"{why}, in: {plain(text)}" for why in line.wrong]
        self.unsure += line.unsure
        self.report.lines[line.unsure[0] if line.unsure else "recomputed"] += 1
        return _Found(text, line, read, value if read.result is None else line.values[read.result])

    def inside(self, lines: list[_Found]) -> None:
        """Figures that were put in, each with where it comes from: what was used, the words, or a line of a member."""
        of_members: set[str] = set()
        for found in lines:
            if found.read.begins_with is not None:
                of_members |= {_figure(shown) for at, shown in enumerate(found.line.texts) if at != found.read.begins_with}
        for found in lines:
            self.leaves(found, of_members if found.read.begins_with is None else set())
        shown_of = {(who, _figure(shown)) for found in lines for shown, who in _OF_MEMBER.findall(found.text)}
        with_figures = {who for who, _ in shown_of}
        for found in lines:
            read, line = found.read, found.line
            if read.begins_with is None or read.result is None or not isinstance(line.values[read.result], Number):
                continue
            who, shown = line.texts[read.begins_with], line.texts[read.result]
            if who in with_figures and (who, _figure(shown)) not in shown_of:
                self.wrong.append(f"{shown} of {who} is not what is added, in: {plain(found.text)}")

    def leaves(self, found: _Found, of_members: set[str]) -> None:
        """What was put into a line: of the rule as its words say it, else as it was used."""
        line = found.line
        said = [words for words in _SAID.findall(found.text) if not days(words)]
        if not self.step.words:
            return  # told in short: what it rests on is not
        is_inside = found.read.begins_with is not None and sum(mark in (NAME, WORDS) for mark in line.marks) > 1
        if is_inside and not said:
            self.unsure.append("worked out inside a member or a day, of others")
        for at in found.read.leaves if said or not is_inside else ():
            shown = line.texts[at]
            if line.marks[at] != RULE and not self.comes_from(found, at) and _figure(shown) not in of_members:
                self.wrong.append(f"{shown} is not among what was used, in: {plain(found.text)}")
        by_rule = [_figure(shown) for shown, mark in zip(line.texts, line.marks, strict=True) if mark == RULE]
        words = _FIGURES.findall("\n".join(said) or self.text)
        if not _in_order(by_rule, words) and not _in_order([one for one in by_rule if one not in self.figures], words):
            self.wrong.append(f"{', '.join(by_rule)} is not what the words say, in: {plain(found.text)}")
        self.by_title(found, "\n".join(said) or self.step.words)
        for rounding in _ROUNDING.findall(found.text):
            if rounding not in self.step.words and not any(rounding in words for words in said):
                why = f"“{rounding}” does not stand in the words, in: {plain(found.text)}"
                self.doubt(found, "rounding not in the words", why)

    def doubt(self, found: _Found, kind: str, why: str) -> None:
        """Words that are not where they are looked for: what was recomputed comes to the same, and nobody is refused for it."""
        if not found.line.unsure:
            self.report.lines["recomputed"] -= 1
            self.report.lines[kind] += 1
        found.line.unsure.append(kind)
        self.unsure.append(why)

    def by_title(self, found: _Found, words: str) -> None:
        """Where the words name as many things as there are figures, each figure is of what is named in its place."""
        leaves = [at for at in found.read.leaves if found.line.marks[at] != RULE]
        if len(self.by_name) < 2 or not leaves or NAME in found.text or any(part in found.text for part in _PARTLY):
            return
        if any(mark == WORDS and days(text) for text, mark in zip(found.line.texts, found.line.marks, strict=True)):
            return
        if all(isinstance(found.line.values[at], bool) for at in leaves):
            return
        places: list[tuple[int, set[str]]] = []
        for title in sorted(self.by_name, key=len, reverse=True):
            start = words.find(title)
            while start >= 0:
                places.append((start, self.by_name[title]))
                words = words[:start] + " " * len(title) + words[start + len(title) :]
                start = words.find(title, start)
        if len(places) != len(leaves):
            return
        for (_, values), at in zip(sorted(places, key=lambda place: place[0]), leaves, strict=True):
            shown = found.line.texts[at]
            if found.line.values[at] is not REFUSED and _figure(shown) not in values:
                why = f"{shown} is not of what the words name there, in: {plain(found.text)}"
                self.doubt(found, "not of what the words name there", why)

    def comes_from(self, found: _Found, at: int) -> bool:
        shown, value = found.line.texts[at], found.line.values[at]
        if isinstance(value, bool) or value is REFUSED or (at in found.read.single and value == number(1)):
            return True
        if isinstance(value, date) and _ITS_DAY in self.text + "".join(found.line.texts) and self.is_its_day(found, value):
            return True
        return _figure(shown) in self.figures if isinstance(value, Number) else shown in self.used

    def is_its_day(self, found: _Found, value: date) -> bool:
        """Whether it is a day that the page is about, or of which the line tells."""
        told = [days(text) for text, mark in zip(found.line.texts, found.line.marks, strict=True) if mark == WORDS]
        return self.page.is_about(value) or any(run is not None and run[0] <= value <= run[1] for run in told)

    # ---- what came of it -----------------------------------------------------------------------------------------

    def headline(self, lines: list[_Found | None]) -> None:
        """The result of the working is what stands beside the title; a step without working says it in its words."""
        shown = printed(self.step.value)
        if not self.step.lines:
            said = printed(self.step.words.partition(" (")[0])
            if isinstance(said, Number | date) and isinstance(shown, Number | date) and not agree(said, shown):
                self.wrong.append(f"{self.step.value} stands at its head, and its words say {self.step.words}")
            elif self.step.words and self.step.value.lower() not in self.step.words.lower() and shown is not REFUSED:
                self.unsure.append("no working")
            return
        has_limbs = self.step.lines[-1].startswith(_LIMBS)
        found = lines[-1] if has_limbs else lines[0]
        if found is None:
            return
        if has_limbs:
            self.limbs(found, [limb.value if limb else UNSURE for limb in lines[:-1]])
        value: Printed = found.value
        if isinstance(value, tuple) and isinstance(shown, Number):
            value = number(len(value), shown.unit)
        elif isinstance(value, tuple):
            value = ", ".join(value)
        if shown is REFUSED and value is not REFUSED:
            self.unsure.append("refused")
        elif value not in (UNSURE, shown) and not agree(value, shown) and not self.step.value.startswith("refused ("):
            self.wrong.append(f"{self.step.value} stands at its head, and its working gives {words_of(value)}")

    def limbs(self, found: _Found, values: list[Printed]) -> None:
        """Any, all or none of the limbs above it."""
        which = found.text.split(" ")[0]
        computed = decided([REFUSED if value is UNSURE else value for value in values], which != "All")
        if which == "None" and isinstance(computed, bool):
            computed = not computed
        if found.value is not REFUSED and found.value != computed:
            self.wrong.append(f"the limbs come to {words_of(computed)}, and it says: {plain(found.text)}")

    def condition(self, text: str, expected: tuple[Printed, ...]) -> None:
        """Why a case applied or did not: each condition recomputed, and whether it held."""
        is_row = text.startswith(("Row ", "row "))
        text = _BEFORE.sub("", text) if WORDS in text else ""
        pieces = _BETWEEN_CELLS.split(text) if is_row or _NOT_HELD.match(text) else [text] if text else []
        for piece in pieces:
            found = self.cell(piece) if is_row else self.read(piece)
            if found is not None:
                self.leaves(found, set())
            if (
                found is not None
                and expected
                and found.read.pieces == 1
                and isinstance(found.value, bool)
                and found.value not in expected
            ):
                self.wrong.append(f"the condition {'holds' if found.value else 'does not hold'}, in: {plain(piece)}")

    def cell(self, text: str) -> _Found | None:
        """`Age: 3 (3 to 4)`: what was found in a column of a table, and what the row asks for."""
        found = _CELL.fullmatch(text)
        if found is None:
            self.report.lines["words not known"] += text != "whatever the case"
            return None
        _, line = taken_apart(text)
        held = True if found[2] is None else in_range(printed(found[1]), found[2])
        self.report.lines["recomputed"] += 1
        return _Found(text, line, Read(lambda line: held, None, (1,), (), None), held)

    def uses(self) -> None:
        """What is listed as used is what its step gives, or what the fact is said to be."""
        for use in self.step.uses:
            if use.step is not None:
                of = self.page.steps.get(use.step)
                if of is None or (of.value != use.value and not use.on_days):
                    self.wrong.append(f"{plain(use.title)} is not {use.value} in step {use.step}")
            elif not use.assumed and not use.on_days and use.title in self.page.facts:
                given = self.page.facts[use.title]
                if use.value not in given and not any(use.value in value.split(", ") for value in given):
                    self.wrong.append(f"{plain(use.title)} is not {use.value} among the facts")
            elif use.assumed and not use.on_days:
                title = use.title.partition(f" {NAME}")[0]
                among = [value for value, facts in self.page.alike if title in facts]
                if among and use.value not in among:
                    self.wrong.append(f"{plain(use.title)} is not {use.value} among what is assumed")


@frozen
class _Found:
    """A line that was read, and what came of it."""

    text: str
    line: Line
    read: Read
    value: Printed
