"""What to say of an amendment that is written as laws and letters write them, and how each is said here.

Such a line is read as it would be if the message's fix were carried out, so that one mistake gives one message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen
from lark import Token

from grammar.amendment_ways import A_PERIOD, A_TITLE, CLAUSES, DAY, HEADINGS, KIND, LAST_DAY, NUMBERED, OPERATIONS, STARTS, Unread
from grammar.problems import Place, Problem
from grammar.repairs import short, tokens_of
from grammar.source import Source, Span
from grammar.words import DECLARATIONS, closest


@frozen(eq=False)
class _Mistake:
    """A stretch of a text that is written otherwise than the language has it."""

    start: int
    end: int
    write: str | None
    """What is read in its place; None where nothing is, nor what stands below it."""
    problem: Problem
    may_be_whole: bool = False
    """Whether it is a mistake though it could be read by itself."""


def as_amended(
    source: Source, tokens: list[Token], unread: Sequence[range], is_whole: Callable[[list[Token]], bool]
) -> tuple[list[Token], list[Problem]]:
    """The words of a text as they would be were each amendment written as it is here, and what to say of those that are not.

    Only where the text could not be read: what can be says what it says.
    """
    text = source.text
    if not re.search(r"^(?:amendment|[^\S\n]+amend)", text, re.MULTILINE):
        return tokens, []
    starts = {token.start_pos: place for place, token in enumerate(tokens)}
    problems: list[Problem] = []
    new: list[Token] = []
    done = 0
    for mistake in sorted(_mistakes(source), key=lambda one: one.start):  # of two at one place, the one found first
        first = starts.get(mistake.start)
        if first is None or first < done or not any(mistake.start in stretch for stretch in unread):
            continue  # inside a text in quotes, or another mistake
        last = first
        while last < len(tokens) and (tokens[last].start_pos or 0) < mistake.end:
            last += 1
        if not mistake.may_be_whole and is_whole(tokens[first:last]):
            continue
        new += tokens[done:first]
        if mistake.write is None:
            while text[mistake.start - 1 : mistake.start] in ("", "\n") and last < len(tokens) and _is_below(text, tokens[last]):
                last += 1
        else:
            new += _in_place(mistake.write, tokens[first:last])
        done = last
        problems.append(mistake.problem)
    return [*new, *tokens[done:]], problems


def _mistakes(source: Source) -> Iterator[_Mistake]:
    text = source.text
    yield from _titles(source)
    for way in (*OPERATIONS, *CLAUSES, *HEADINGS, *STARTS):
        for match in way.pattern.finditer(text):
            write = way.write(match, text)
            if write is not None and write.split() == match["all"].split():
                continue
            fix = match.expand(way.fix) if way.fix else _OWN_WORDS if write is None else f"Write `{write}`."
            if isinstance(write, Unread):
                write, fix = None, str(write)
            yield _Mistake(*match.span("all"), write, _otherwise(Span(source, *match.span("all")), fix))
    for match in NUMBERED.finditer(text):
        fix = 'Delete it; where this stands in the amendment is said below it, like `made by "Article 2"`.'
        yield _Mistake(*match.span("all"), "", _otherwise(Span(source, *match.span("all")), fix))
    yield from _misspelt(source)
    yield from _periods(source)
    yield from _last_days(source)


_OWN_WORDS = "Say what is done to which provision, in its own words: names, amounts and days; not titles, nor whole instruments."


def _otherwise(span: Span, fix: str) -> Problem:
    return Problem(
        code="said-otherwise",
        message=f"`{short(span.text)}` is said otherwise here.",
        place=Place(span, "not expected here"),
        fix=fix,
    )


def _titles(source: Source) -> Iterator[_Mistake]:
    for match in A_TITLE.finditer(source.text):
        span = Span(source, *match.span("title"))
        problem = Problem(
            code="title-for-name",
            message=f"`{short(span.text)}` is no name: an amendment names the figure or the rule that says it.",
            place=Place(span, "a name is expected here"),
            fix="Write the name that stands before its title where it is declared, like `meal_rate`.",
        )
        yield _Mistake(*match.span("all"), None, problem)


_OPENS = re.compile(rf"^(?P<all>[a-z]+)(?= (?:(?:{KIND}|amendment) \w+|provision \"|\w+ to \w+[^\S\n]*$))", re.MULTILINE)


def _misspelt(source: Source) -> Iterator[_Mistake]:
    """`subsitute rule …`: nearly the word with which an operation begins."""
    for match in _OPENS.finditer(source.text):
        near = closest(match["all"], ("insert", "substitute", "omit", "rename"))
        if near is None or match["all"] in DECLARATIONS:
            continue
        problem = Problem(
            code="misspelt-word",
            message=f"There is no `{match['all']}` here. The closest word of the language is `{near}`.",
            place=Place(Span(source, *match.span("all")), f"did you mean `{near}`?"),
            fix=f"Write `{near}`.",
        )
        yield _Mistake(*match.span("all"), near, problem)


_BEFORE_A_LAST_DAY = re.compile(rf"(?:\b(?:from|commences) {DAY}|\n[^\S\n]+saved for [^\n]*)$")
_OF_A_CHANGE = ("in", "insert", "substitute", "omit", "rename", "add")


def _periods(source: Source) -> Iterator[_Mistake]:
    """`from 1 October 2010 to 31 March 2011` below a change of words."""
    for match in A_PERIOD.finditer(source.text):
        begun = source.text.rfind("\n", 0, source.text.rfind("\nin ", 0, match.start()) + 1) + 1
        operation = source.text[begun : match.start()]
        if not re.match(r"in \w+[^\n]* for [^\n]* substitute (?!except |row )", operation) or re.search(r"\n\w", operation):
            continue
        write = f"commences {match['first']} until {match['last']}"
        yield _Mistake(*match.span("all"), write, _otherwise(Span(source, *match.span("all")), f"Write `{write}`."))


def _last_days(source: Source) -> Iterator[_Mistake]:
    """The last day of a change without its first, or in a heading: each operation says how long it holds."""
    text = source.text
    for match in LAST_DAY.finditer(text):
        before = text[: match.start()].rstrip()
        begun = [line.start() for line in re.finditer(r"^\w", before, re.MULTILINE)]
        operation = before[begun[-1] :] if begun else ""
        word = (re.match(r"\w+", operation) or [""])[0]
        is_until = match["all"].startswith("until")
        days = re.findall(rf"^[^\S\n]+commences {DAY}", before, re.MULTILINE)
        last = f"until {match['day']}"
        whole = f"commences {days[-1] if days else '…'} {last}"
        if word == "amendment":
            fix = f"Delete it, and below each change that is for a time write `{whole}`."
            write = ""
        elif word not in _OF_A_CHANGE or (is_until and _BEFORE_A_LAST_DAY.search(before)):
            continue
        elif _BEFORE_A_LAST_DAY.search(before):
            fix, write = f"Write `{last}`.", last
        elif re.search(rf"\bcommences {DAY}", operation):
            fix, write = f"Write it behind that day: `{whole}`.", ""
        else:
            fix, write = f"Write `{whole}`." if days else f"Say from when to when: `{whole}`.", whole if days else ""
        span = Span(source, *match.span("all"))
        yield _Mistake(*match.span("all"), write, _otherwise(span, fix))


def _is_below(text: str, token: Token) -> bool:
    """Whether a word stands on an indented line, and so belongs to what is above it."""
    start = text.rfind("\n", 0, token.start_pos or 0) + 1
    return text[start : start + 1].isspace() and str(token) not in DECLARATIONS


def _in_place(write: str, before: Sequence[Token]) -> list[Token]:
    """The words to write, each at the place where it stood or, where it did not, at that of the first."""
    left = list(before)
    placed = []
    for token in tokens_of(write):
        at = next((other for other in left if other == token), None)
        if at is not None:
            left.remove(at)
        else:
            at = before[0]
        placed.append(Token(token.type, str(token), start_pos=at.start_pos, end_pos=at.end_pos))
    return placed
