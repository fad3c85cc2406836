"""What to say of an amendment that is written as laws and letters write them, and how each is said here.

Such a line is read as it would be if the message's fix were carried out, so that one mistake gives one message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen
from lark import Token

from grammar.problems import Place, Problem
from grammar.repairs import short, tokens_of
from grammar.source import Source, Span
from grammar.words import DECLARATIONS

_NAME = r"(?P<name>[a-z][\w.]*)"
_KINDS = ("figure", "rule", "table", "scale", "group", "challenge", "duty")
_KIND = rf"(?:{'|'.join(_KINDS)})"
_OLD, _NEW = r"(?P<old>\S[^\n]*?)", r"(?P<new>\S[^\n]*?)"
_OMIT = r"(?:delete|remove|repeal|revoke|cancel|drop|strike out|leave out)"
_ADD = r"(?:add|append|include)"
_DAY = r"(?P<day>\d{1,2} [A-Z][a-z]+ \d{4})"
_FORCE = (
    r"(?:(?:is |takes? )?effective|with effect|takes? effect|(?:comes?|coming|enters?) into (?:force|effect|operation)|in force"
    r"|operative|starts?|starting|begins?|beginning|applies|applying|commencing|commenced|commence|dated)"
)


@frozen(eq=False)
class _Way:
    """A way to write it that the language has not."""

    pattern: re.Pattern[str]
    write: Callable[[re.Match[str], str], str | None]
    """What to write instead, of a place in a text; None where only the writer can know."""
    fix: str = ""
    """What to do, where that cannot be said as one thing to write."""


def _ways(*ways: tuple[str, str | Callable[[re.Match[str], str], str | None], str]) -> tuple[_Way, ...]:
    return tuple(
        _Way(re.compile(rf"^[^\S\n]*(?P<all>{pattern})[^\S\n]*(?=\n|#|$)", re.MULTILINE), _writer(write), fix)
        for pattern, write, fix in ways
    )


def _writer(write: str | Callable[[re.Match[str], str], str | None]) -> Callable[[re.Match[str], str], str | None]:
    if isinstance(write, str):
        return lambda found, text: found.expand(write) if write else None
    return write


def _omitted(found: re.Match[str], text: str) -> str | None:
    """`omit` with the kind of what is called so."""
    declared = re.search(rf"^[^\S\n]*(?:insert )?({_KIND}) {re.escape(found['name'])}\b", text, re.MULTILINE)
    return f"omit {declared[1] if declared else 'rule'} {found['name']}"


_REPLACED = r"in \g<name> for \g<old> substitute \g<new>"
_SUBSTITUTED = (
    r"(?:there (?:is|are|shall be) substituted|(?:is |are )?substituted(?: by| with)?|(?:replace|substitute) (?:with|by)"
    r"|with|put|write|insert|read|replace)"
)


def _for_a_time(found: re.Match[str], text: str) -> str | None:
    """The last day of a change with its first: the day on which the amendment commences."""
    days = re.findall(rf"^[^\S\n]+commences {_DAY}", text[: found.start()], re.MULTILINE)
    return f"{found['operation']}\n  commences {days[-1]} until {found['day']}" if days else None


_OPERATIONS = _ways(
    (rf"(?P<operation>in {_NAME} for [^\n]+)\n[^\S\n]+until {_DAY}", _for_a_time, ""),
    (rf"in (?:the |{_KIND} ){_NAME} for {_OLD} substitute {_NEW}", _REPLACED, ""),
    (rf"(?!in )[a-z]{{1,3}} {_NAME} for {_OLD} substitute {_NEW}", _REPLACED, ""),
    (rf'in {_NAME} for "(?P<old>[^"\n]+)" substitute "(?P<new>[^"\n]+)"', _REPLACED, ""),
    (rf"in {_NAME} (?P<being>being [^\n]+?) for {_OLD} substitute {_NEW}", rf"{_REPLACED} \g<being>", ""),
    (rf"in {_NAME} for {_OLD} substitute {_NEW} (?:everywhere|throughout|wherever (?:they|these) occur|in (?:each|every) place"
     r"|at (?:each|every) place|each time|twice)", rf"{_REPLACED} wherever it occurs", ""),
    (rf"in {_NAME} substitute (?!except|row|not )(?P<new>[^\n]+?) for (?P<old>[^\n]+)", _REPLACED, ""),
    (rf"in {_NAME} (?:replace|change|substitute|amend|alter) (?!except|row|not ){_OLD} (?:with|by|to|into) {_NEW}",
     _REPLACED, ""),
    (rf"in {_NAME} for {_OLD} {_SUBSTITUTED} {_NEW}", _REPLACED, ""),
    (rf"in {_NAME} (?!for |insert |omit |substitute |row |exception )(?P<old>[£\d][^\n]*?) substitute {_NEW}", _REPLACED, ""),
    (rf"(?:replace|substitute|change|amend|alter) {_OLD} (?:with|by|to|into) (?P<new>[^\n]+?) in {_NAME}", _REPLACED, ""),
    (rf"substitute (?P<new>[^\n]+?) for (?P<old>[^\n]+?) in {_NAME}", _REPLACED, ""),
    (rf"for (?P<old>[^\n]+?) substitute (?P<new>[^\n]+?) in {_NAME}", _REPLACED, ""),
    (rf"(?:change|amend|alter|replace) {_NAME} from (?P<old>[^\n]+?) to {_NEW}", _REPLACED, ""),
    (rf"(?:amend|change|alter) {_NAME} for {_OLD} substitute {_NEW}", _REPLACED, ""),
    (rf"in {_NAME} (?:omit|{_OMIT}) except (?P<part>\w+)", r"in \g<name> omit exception \g<part>", ""),
    (rf"in {_NAME} {_OMIT} (?P<part>(?:row|exception) \w+)", r"in \g<name> omit \g<part>", ""),
    (rf"{_OMIT} (?P<what>(?:{_KIND}|amendment) \w+)", r"omit \g<what>", ""),
    (rf"(?:omit|{_OMIT}) (?!{_KIND} |amendment |provision ){_NAME}", _omitted,
     ""),
    (rf"in {_NAME} (?:omit|{_OMIT}) (?!row |exception |except )(?P<old>[^\n]+)", "",
     "Quote what is left out with what stands beside it: `in award for rent + meals substitute rent`."),
    (rf"in {_NAME} (?P<part>(?:row|exception) \w+) (?:omit|{_OMIT})(?:ted|d)?", r"in \g<name> omit \g<part>", ""),
    (rf"in {_NAME} {_ADD} (?P<part>(?:except|row) [^\n]+)", r"in \g<name> insert \g<part>", ""),
    (rf"in {_NAME} (?:insert|{_ADD}) exception (?P<part>[^\n]+)", r"in \g<name> insert except \g<part>", ""),
    (rf"(?:insert|{_ADD}) (?P<part>(?:except|row) [^\n]+?) in(?:to)? {_NAME}", r"in \g<name> insert \g<part>", ""),
    (rf"in {_NAME} insert (?P<part>(?:except|row) [^\n]+?) after \w+", r"in \g<name> insert \g<part>", ""),
    (rf"in {_NAME} substitute (?:not known|unknown|not found) (?P<why>\"[^\"\n]*\")",
     r"in \g<name> substitute not encoded \g<why>", ""),
    (rf"in {_NAME}(?P<names>(?:, ?\w+)+) for {_OLD} substitute {_NEW}",
     lambda found, text: "\n".join(f"in {name} for {found['old']} substitute {found['new']}"
                                   for name in (found["name"], *re.findall(r"\w+", found["names"]))),
     "Say it of each by itself: `in … for … substitute …`, a line for each."),
    (r"in (?:Article|article|Regulation|regulation|Schedule|schedule|Section|section|Paragraph|paragraph)\b[^\n]*", "",
     "Name the figure or the rule that says it here: `in meal_rate for … substitute …`; the place in the law is a citation."),
    (rf"(?:increase|raise|uprate|reduce|decrease) {_NAME} by [^\n]+", "",
     "Write the old amount and the new one: `in meal_rate for £5 substitute £6 being 20% more`."),
)  # fmt: skip
"""What stands on a line of its own, and with what is indented below it is an operation."""

_CLAUSES = _ways(
    (rf"{_FORCE}(?: from| on| as from)? {_DAY}(?P<rest>[^\n]*)", r"commences \g<day>\g<rest>", ""),
    (r"saved (?:when|if|where) [^\n]+", "", "Say for which kind of entity it is saved: `saved for person when …`."),
    (r"commences when (?!appointed)\w+", lambda found, text: "commences when appointed",
     "Write the day; or `commences when appointed`, where it is still to be appointed."),
    (r"(?:amending|amend|to amend|changes|modifies) (?P<names>[a-z][\w., ]*)", r"amends \g<names>", ""),
)  # fmt: skip
"""What stands indented below an operation or a heading."""

_HEADINGS = _ways(
    (r"amendment (?P<name>\w+) (?P<title>\"[^\"\n]*\") (?:to|of) (?P<of>\w+)", r"amendment \g<name> \g<title> amends \g<of>", ""),
    (r"amendment (?P<name>\w+) (?:to|of) (?P<of>\w+) (?P<title>\"[^\"\n]*\")", r"amendment \g<name> \g<title> amends \g<of>", ""),
)
_TRIGGER = re.compile(
    rf"^[^\S\n]*(?:in\b|omit\b|for\b|amendment\b|instrument\b|insert\b|substitute\b|replace\b|change\b|alter\b|amend|"
    rf"increase\b|raise\b|uprate\b|reduce\b|decrease\b|modifies\b|to amend|{_OMIT}\b|{_ADD}\b|{_FORCE}\b)",
    re.MULTILINE,
)
_ADDED = re.compile(rf"^(?P<all>{_ADD})(?= {_KIND} )", re.MULTILINE)
_CALLED_INSTRUMENT = re.compile(r'^(?P<all>instrument) \w+ "[^"\n]*"(?:\n[^\S\n]+[^\n]*)*?\n[^\S\n]+amends ', re.MULTILINE)


def as_amended(source: Source, tokens: list[Token], is_whole: Callable[[list[Token]], bool]) -> tuple[list[Token], list[Problem]]:
    """The words of a text as they would be were each amendment written as it is here, and what to say of those that are not."""
    text = source.text
    if not re.search(r"^(?:amendment|[^\S\n]+amends)\b", text, re.MULTILINE) or not _TRIGGER.search(text):
        return tokens, []
    starts = {token.start_pos: place for place, token in enumerate(tokens)}
    problems: list[Problem] = []
    new: list[Token] = []
    done = 0
    for start, end, write, fix in _mistakes(text):
        first = starts.get(start)
        if first is None or first < done:
            continue  # inside a text in quotes, or another mistake
        last = first
        while last < len(tokens) and (tokens[last].start_pos or 0) < end:
            last += 1
        if is_whole(tokens[first:last]):
            continue
        new += tokens[done:first]
        if write is None:
            while text[start - 1 : start] in ("", "\n") and last < len(tokens) and _is_below(text, tokens[last]):
                last += 1
        else:
            new += _in_place(write, tokens[first:last])
        done = last
        problems.append(_problem(source, start, end, write, fix))
    return [*new, *tokens[done:]], problems


def _mistakes(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    found = [
        (match.start("all"), match.end("all"), way.write(match, text), way.fix)
        for way in (*_OPERATIONS, *_CLAUSES, *_HEADINGS)
        for match in way.pattern.finditer(text)
    ]
    found += [(match.start("all"), match.end("all"), "insert", "") for match in _ADDED.finditer(text)]
    found += [(match.start("all"), match.end("all"), "amendment", "") for match in _CALLED_INSTRUMENT.finditer(text)]
    return iter(sorted(found, key=lambda one: one[0]))  # of two ways at one place, the one listed first


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


def _problem(source: Source, start: int, end: int, write: str | None, fix: str) -> Problem:
    span = Span(source, start, end)
    return Problem(
        code="said-otherwise",
        message=f"`{short(span.text)}` is said otherwise here.",
        place=Place(span, "not expected here"),
        fix=fix or f"Write `{write}`.",
    )
