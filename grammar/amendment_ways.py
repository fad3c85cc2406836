"""The ways in which laws, letters and instructions to draftsmen write an amendment, and how each is said here.

Each stands on a line, or at its beginning. What people write for something that the language says otherwise is listed here; how
a text is read with it is in `amended.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

Write = Callable[[re.Match[str], str], str | None]
"""What to write instead, of a place in a text; None where only the writer can know."""
_NAME = r"(?P<name>[a-z][\w.]*)"
_KINDS = ("figure", "rule", "table", "scale", "group", "challenge", "duty")
KIND = rf"(?:{'|'.join(_KINDS)})"
_IN = rf"[Ii]n (?:the )?(?:definition of |provision |{KIND} )?{_NAME},?"
_OLD, _NEW = r"(?P<old>\S[^\n]*?)", r"(?P<new>\S[^\n]*?)"
_WORDS = r"(?:the (?:word|figure|amount|sum|expression|percentage)s? |(?:(?:a|any|each|the) )?references? to )?"
_QUOTES = "[\"\u201c\u201d\u2018\u2019']"
_MONEY = r"£[\d,]+(?:\.\d+)?"
_OMIT = r"(?:delete|remove|repeal|revoke|cancel|drop|strike out|leave out)"
_OMITTED = r"(?:(?:is|are|shall be|to be) )(?:deleted|removed|repealed|revoked|cancelled|dropped|omitted|struck out|left out)"
_ADD = r"(?:add|append|include)"
A_DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
DAY = rf"(?P<day>{A_DAY})"
_FORCE = (
    r"(?:(?:is |takes? )?effective|with effect|takes? effect|(?:comes?|coming|enters?) into (?:force|effect|operation)|in force"
    r"|operative|starts?|starting|begins?|beginning|applies|applying|commencing|commenced|commence|dated)"
)


class Unread(str):
    """What to do where the line cannot be read as if it were done: that needs what only the rules say."""

    __slots__ = ()


@frozen(eq=False)
class Way:
    """A way to write it that the language has not."""

    pattern: re.Pattern[str]
    write: Write
    fix: str = ""
    """What to do, where that cannot be said as one thing to write."""


def _ways(*ways: tuple[str, str | Write, str]) -> tuple[Way, ...]:
    return tuple(
        Way(re.compile(rf"^[^\S\n]*(?P<all>{pattern})[^\S\n]*(?=\n|#|$)", re.MULTILINE), _writer(write), fix)
        for pattern, write, fix in ways
    )


def _writer(write: str | Write) -> Write:
    if isinstance(write, str):
        return lambda found, text: found.expand(write) if write else None
    return write


def _omitted(found: re.Match[str], text: str) -> str | None:
    """`omit` with the kind of what is called so; nothing for an instrument, which is no provision."""
    if re.search(rf"^instrument {re.escape(found['name'])}\b", text, re.MULTILINE):
        return None
    declared = re.search(rf"^[^\S\n]*(?:insert )?({KIND}|amendment) {re.escape(found['name'])}\b", text, re.MULTILINE)
    if declared is None:
        return Unread(f"Say what it is: `omit … {found['name']}`, with `figure`, `rule` or `table` before the name.")
    return f"omit {declared[1]} {found['name']}"


def _quoted(words: str) -> str:
    """Words without the quotes in which a statute puts them."""
    plain = words.rstrip(".;") if len(words) > 1 else words
    inner = re.fullmatch(r'["\u201c\u2018\'](.*)["\u201d\u2019\']', plain)
    return inner[1] if inner else plain


def _without_time(found: re.Match[str], text: str) -> str:
    """Amounts as a statute quotes them: whether they are a week or the like, the rules say."""
    return Unread(f"Write `in {found['name']} for {found['old']} substitute {found['new']}`.")


def _increased(found: re.Match[str], text: str) -> str:
    """The old amount, the new one worked out, and how it follows."""
    whole, _, pence = found["old"].replace(",", "").removeprefix("£").partition(".")
    old, by = int(whole) * 100 + int(pence.ljust(2, "0")), Fraction(found["by"])
    is_less = found["do"] in ("reduce", "decrease", "lower")
    exact = old * (100 - by if is_less else 100 + by) * Fraction(1, 100)
    new = int(exact + Fraction(1, 2))
    rounded = "" if exact == new else ", rounded to the nearest 1p"
    amount = f"£{new // 100:,}.{new % 100:02d}{found['per']}"
    said = f"being {found['by']}% {'less' if is_less else 'more'}{rounded}"
    return f"in {found['name']} for {found['old']}{found['per']} substitute {amount} {said}"


_CAPITAL = re.compile(r"\b(?!January|February|March|April|May|June|July|August|September|October|November|December)[A-Z]\w*")


def _replaced(found: re.Match[str], text: str) -> str | None:
    """The words that stand there, and the others."""
    parts = found.groupdict()
    if _CAPITAL.search(f"{_quoted(found['old'])} {_quoted(found['new'])}"):
        return None  # titles, and the words of the law itself
    place = f"{found['name']} {parts['part']}" if parts.get("part") else found["name"]
    rest = f" {parts['rest']}" if parts.get("rest") else ""
    return f"in {place} for {_quoted(found['old'])} substitute {_quoted(found['new'])}{rest}"


def _beside(found: re.Match[str], text: str) -> str:
    """What is put after some words is written with them."""
    old = _quoted(found["old"])
    return f"in {found['name']} for {old} substitute {old} {_quoted(found['new'])}"


def _and(write: str | None, more: str) -> str | None:
    return None if write is None else write + more


def _with_kind(found: re.Match[str], text: str) -> str:
    """`insert` or `substitute` with the kind of what follows it, as it is written."""
    kind = "rule" if found["of"] else "figure"
    if re.match(r"[^\n]*\n(?:[^\S\n]+(?:cite|note) [^\n]*\n)*[^\S\n]+by ", text[found.end() :]):
        kind = "table"
    return f"{found['operation']} {kind} {found['name']}"


def _named_anew(found: re.Match[str], text: str) -> str:
    """A name made of a title."""
    name = "_".join(re.findall(r"[a-z0-9]+", found["title"].lower()))
    return f"rename {found['name']} to {name}"


_SUBSTITUTED = (
    r"(?:there (?:is|are|shall be) substituted|(?:is |are |shall be )?substituted(?: by| with| for)?"
    r"|(?:replace|substitute) (?:with|by)|substitute|with|put|write|insert|read|replace)"
)
_OCCURS = (
    r"(?:everywhere|throughout|wherever (?:they|these|it|those words|these words|they both) (?:occurs?|appears?|stands?)"
    r"|wherever (?:occurring|appearing|it stands)|in (?:each|every|both) places?|at (?:each|every) place|each time"
    r"|in each case|twice)"
)
_CHANGE = r"(?:replace|change|substitute|amend|alter|correct)"
_QUOTE = "Quote what is left out with what stands beside it: `in award for rent + meals substitute rent`."
_OLD_AND_NEW = "Write the old amount and the new one: `in \\g<name> for … substitute …`."
_BEING = "Write the old amount and the new one: `in \\g<name> for £5 substitute £6 being 20% more`."

_LINE_FOR_EACH = "Give each change a line of its own: `in \\g<name> for … substitute …`."
OPERATIONS = _ways(
    (rf"{_IN} for {_OLD} substitute [^\n]*?[,;]? and (?:in \w+,? )?for [^\n]+ substitute [^\n]+", "", _LINE_FOR_EACH),
    (rf"{_IN} for {_WORDS}{_QUOTES}(?P<old>{_MONEY}){_QUOTES},? {_SUBSTITUTED} {_WORDS}{_QUOTES}(?P<new>{_MONEY}){_QUOTES}[.;]?",
     _without_time, ""),
    (rf"{_IN} (?P<do>increase|raise|uprate|reduce|decrease|lower) {_WORDS}(?P<old>£[\d,]+(?:\.\d\d)?)(?P<per>(?: per \w+)*) by "
     r"(?P<by>\d+(?:\.\d+)?)%", _increased, ""),
    (rf"{_IN} for {_WORDS}{_OLD},? {_SUBSTITUTED} {_WORDS}{_NEW} \((?P<by>[\d.]+% (?:more|less))\)",
     lambda found, text: _and(_replaced(found, text), f" being {found['by']}"), ""),
    (rf"{_IN} {_WORDS}(?P<old>[\"£\d\u201c][^\n]*?) (?:is|are|shall be) (?:replaced|substituted) (?:by|with) {_WORDS}{_NEW}\.?",
     _replaced, ""),
    (rf"{_IN} for {_WORDS}{_OLD},? {_SUBSTITUTED} {_WORDS}{_NEW} {_OCCURS}\.?",
     lambda found, text: _and(_replaced(found, text), " wherever it occurs"), ""),
    (rf"{_IN} for {_WORDS}{_OLD},? {_SUBSTITUTED} {_WORDS}{_NEW},? (?:as |with effect )?from {DAY}(?P<until> until [^\n]+)?",
     lambda found, text: _and(_replaced(found, text), f" commences {found['day']}{found['until'] or ''}"), ""),
    (rf"{_IN} for {_WORDS}{_OLD},? {_SUBSTITUTED} {_WORDS}{_NEW}[.;]?", _replaced, ""),
    (rf"(?!in )[a-z]{{1,3}} {_NAME} for {_OLD} substitute {_NEW}", _replaced, ""),
    (rf"in {_NAME} (?P<rest>being [^\n]+?) for {_OLD} substitute {_NEW}", _replaced, ""),
    (rf"{_IN} (?:omit|leave out|delete|remove) {_WORDS}{_OLD},? and (?:insert|substitute|put|add) {_WORDS}{_NEW}", _replaced, ""),
    (rf"{_IN} substitute (?!except|row|not ){_WORDS}(?P<new>[^\n]+?) for {_WORDS}(?P<old>[^\n]+)", _replaced, ""),
    (rf"{_IN} substitute (?P<new>[£\d][^\n]*)", "",
     "Say what stands there now, too: `in \\g<name> for … substitute \\g<new>`."),
    (rf"{_IN} {_CHANGE} (?!except|row|not ){_WORDS}{_OLD} (?:with|by|to|into) {_WORDS}{_NEW}", _replaced, ""),
    (rf"{_IN} (?!for |insert |omit |substitute |row |exception )(?P<old>[£\d][^\n]*?) substitute {_NEW}", _replaced, ""),
    (rf"{_IN} (?P<part>(?:row|exception) \w+),? (?:replace|change|amend|alter) {_OLD} (?:with|by|to|into) {_NEW}", _replaced, ""),
    (rf"[Ii]n (?:the )?(?P<part>(?:row|exception) \w+),? (?:of|in) (?:the )?(?:{KIND} )?{_NAME},? for {_WORDS}{_OLD},? "
     rf"{_SUBSTITUTED} {_NEW}", _replaced, ""),
    (rf"{_CHANGE} {_WORDS}{_OLD} in (?:the )?(?:{KIND} )?{_NAME} (?:with|by|to|into) {_WORDS}{_NEW}", _replaced, ""),
    (rf"{_CHANGE} {_OLD} (?:with|by|to|into) (?P<new>[^\n]+?) in {_NAME}", _replaced, ""),
    (rf"substitute (?P<new>[^\n]+?) for (?P<old>[^\n]+?) in {_NAME}", _replaced, ""),
    (rf"for (?P<old>[^\n]+?) substitute (?P<new>[^\n]+?) in {_NAME}", _replaced, ""),
    (rf"(?:{_CHANGE}|increase|raise|reduce|decrease|uprate|lower) (?:the )?(?:{KIND} )?{_NAME} from (?P<old>[^\n]+?) to {_NEW}",
     _replaced, ""),
    (rf"{_CHANGE} {_NAME} for {_OLD} substitute {_NEW}", _replaced, ""),
    (rf"{_IN} after {_WORDS}{_OLD},? (?:insert|add) {_WORDS}(?P<new>[\"\u201c]?(?:[-+×÷]|and |or )[^\n]*?)\.?",
     _beside, ""),
    (rf"{_IN} (?:after|before) {_OLD},? (?:insert|add) (?!except |row |exception )[^\n]+", "",
     "Quote what stands there, and write it again with what is new: `in award for rent substitute rent + meals`."),
    (rf"{_IN} (?:omit|{_OMIT}) except (?P<part>\w+)", r"in \g<name> omit exception \g<part>", ""),
    (rf"{_IN} (?:omit|{_OMIT}) (?P<part>(?:row|exception) \w+)\.?", r"in \g<name> omit \g<part>", ""),
    (rf"(?:omit|{_OMIT}) (?:the )?(?P<part>(?:row|exception) \w+) (?:from|in|of) (?:the )?(?:{KIND} )?{_NAME}",
     r"in \g<name> omit \g<part>", ""),
    (rf"(?:omit|{_OMIT}) (?:the )?(?P<what>(?:{KIND}|amendment) \w+)\.?", r"omit \g<what>", ""),
    (rf"(?:the )?(?P<what>(?:{KIND}|amendment) \w+) (?:{_OMITTED}|ceases? to have effect)\.?", r"omit \g<what>", ""),
    (rf"(?:omit|{_OMIT}) (?!{KIND} |amendment |provision ){_NAME}", _omitted, ""),
    (rf"{_NAME} (?:{_OMITTED}|ceases? to have effect)\.?", _omitted, ""),
    (rf"{_IN} (?:omit|{_OMIT}) (?!row |exception |except )(?P<old>[^\n]+)", "", _QUOTE),
    (rf"{_IN} (?P<part>(?:row|exception) \w+) (?:omit|{_OMIT}|{_OMITTED})(?:ted|d)?", r"in \g<name> omit \g<part>", ""),
    (rf"{_IN} (?:insert|{_ADD}) at the (?:end|beginning|start),? (?P<part>(?:except|row) [^\n]+)",
     r"in \g<name> insert \g<part>", ""),
    (rf"{_IN} (?P<do>insert|substitute) (?P<part>\w+: [^\n]+ gives [^\n]+)", r"in \g<name> \g<do> row \g<part>", ""),
    (rf"{_IN} (?P<do>insert|substitute) (?P<part>\w+: [^\n]+ when [^\n]+)", r"in \g<name> \g<do> except \g<part>", ""),
    (rf"{_IN} {_ADD} (?P<part>(?:except|row) [^\n]+)", r"in \g<name> insert \g<part>", ""),
    (rf"{_IN} (?:insert|{_ADD}) exception (?P<part>[^\n]+)", r"in \g<name> insert except \g<part>", ""),
    (rf"(?:insert|{_ADD}) (?P<part>(?:except|row) [^\n]+?) in(?:to)? {_NAME}", r"in \g<name> insert \g<part>", ""),
    (rf"{_IN} insert (?P<part>(?:except|row) [^\n]+?) after \w+", r"in \g<name> insert \g<part>", ""),
    (rf"{_IN} after (?:row |exception |except )?\w+,? (?:insert|{_ADD}) (?P<part>(?:except|row) [^\n]+)",
     r"in \g<name> insert \g<part>", ""),
    (rf"{_IN} before (?:row |exception |except )?(?P<other>\w+),? (?:insert|{_ADD}) (?P<part>(?:except|row) [^\n]+)",
     r"in \g<name> insert \g<part> before \g<other>", ""),
    (rf"{_IN} substitute (?:not known|unknown|not found) (?P<why>\"[^\"\n]*\")",
     r"in \g<name> substitute not encoded \g<why>", ""),
    (rf"in {_NAME}(?:(?:, ?| and )\w+)+ for {_OLD} substitute {_NEW}", "",
     "Say it of each by itself: `in … for … substitute …`, a line for each."),
    (rf"(?:increase|raise|uprate|reduce|decrease|lower) (?:the )?(?:{KIND} )?{_NAME} by [^\n]+", "", _BEING),
    (rf"(?:increase|raise|uprate|reduce|decrease|lower|set|change|amend) (?:the )?(?:{KIND} )?{_NAME} (?:to|at) {_NEW}", "",
     _OLD_AND_NEW),
    (rf"(?!(?:omit|rename|substitute|insert|which|that) )(?:the )?{_NAME} (?:is|becomes|shall be|to be|=|:) "
     r"(?P<new>[£\d][^\n]*)", "",
     _OLD_AND_NEW),
    (rf"(?:for|{_CHANGE}) {_WORDS}(?P<old>[\"£\d\u201c][^\n]*?),? (?:{_SUBSTITUTED}|by|to) {_WORDS}[\"£\d\u201c][^\n]*", "",
     "Say in which figure or rule those words stand: `in … for … substitute …`, with its name after `in`."),
    (rf"rename (?:{KIND} )?(?P<name>\w+) (?:to|as|into) \"(?P<title>[^\"\n]+)\"", _named_anew, ""),
    (rf"rename (?:{KIND} )?(?P<name>\w+) (?:to|as|into) (?P<new>\w+)", r"rename \g<name> to \g<new>", ""),
)  # fmt: skip
"""What stands on a line of its own, and with what is indented below it is an operation."""

_A_PLACE = r"(?:[Aa]rticle|[Rr]egulation|[Ss]ection|[Pp]aragraph|[Ss]chedule|[Cc]lause|[Rr]ule) \d[\w()., ]*?"
_PERCENT_OF = r"(?P<by>[\d.]+%|£[\d.,]+(?: per \w+)*)"
_PERCENT = r"(?P<by>[\d.]+%|£[\d.,]+[^\n,]*?)(?P<rest>,[^\n]*)?"
_NO_DATE = (
    rf"(?:commences|commencing|{_FORCE})(?: from| on| as from)? (?:immediately|forthwith|at once|upon [^\n]+|on making"
    r"|(?:on )?the day (?:after|on which|that|following)[^\n]*|\d+ (?:days|weeks|months) (?:after|from)[^\n]*)"
)
_SAVED_FOR = (
    r"(?:(?:saved|saving|saves?|savings?|preserved|protected|except|not|excluding) for|(?:does|do|shall) not apply to"
    r"|not applying to)"
)
CLAUSES = _ways(
    (rf"{_FORCE}(?: from| on| as from)? {DAY},? (?:and )?(?:ending|until|expiring|to)(?: on| with)? (?P<last>{A_DAY})",
     r"commences \g<day> until \g<last>", ""),
    (rf"{_FORCE}(?: from| on| as from)? {DAY}(?P<rest>[^\n]*)", r"commences \g<day>\g<rest>", ""),
    (rf"commences {DAY} (?:retrospectively|with retrospective effect|retroactive(?:ly)?)",
     r"commences \g<day> retrospective", ""),
    (_NO_DATE, "commences when appointed",
     "Write the day itself, `commences 1 October 2010`; or `commences when appointed`, where it is still to be appointed."),
    (r"saved (?:when|if|where) [^\n]+", "", "Say for which kind of entity it is saved: `saved for person when …`."),
    (r"(?:saved|saving|saves?|savings?) for \w+ (?:who|whose) [^\n]+", "",
     "Say it as a condition of facts: `saved for person when claim_date < 1 October 2010`."),
    (rf"{_SAVED_FOR} (?:an? |the |any )?(?P<whom>\w+) (?:when|if|where|in case) (?P<condition>[^\n]+)",
     r"saved for \g<whom> when \g<condition>", ""),
    (r"commences when (?!appointed)\w+", "commences when appointed",
     "Write the day; or `commences when appointed`, where it is still to be appointed."),
    (r"commences (?:on a day to be appointed|on an appointed day|on the appointed day|to be appointed)",
     "commences when appointed", ""),
    (r"(?:amending|amend|to amend|changes|modifies|amends:|amends the|amendment of|amendment to) (?P<names>[a-z][\w., ]*)",
     r"amends \g<names>", ""),
    (r"amends (?P<first>\w+(?:, \w+)*) and (?P<last>\w+)", r"amends \g<first>, \g<last>", ""),
    (rf"made(?: on|:) {DAY}", r"made \g<day>", ""),
    (rf"(?:made )?(?:by |under |in )?(?P<place>{_A_PLACE})", r'made by "\g<place>"', ""),
    (rf"(?:which|that|it) (?:is|was|being) {_PERCENT_OF} (?P<way>more|less)(?P<rest>,[^\n]*)?",
     r"being \g<by> \g<way>\g<rest>", ""),
    (rf"(?:being )?(?:an? )?(?:increased?|uprated|uprating|raised|uplift(?:ed)?|rise|up)(?: of| by)? {_PERCENT}",
     r"being \g<by> more\g<rest>", ""),
    (rf"(?:being )?(?:an? )?(?:decreased?|reduced|reduction|lowered|cut|down)(?: of| by)? {_PERCENT}",
     r"being \g<by> less\g<rest>", ""),
    (r"until (?:further notice|revoked|repealed|amended|it is [^\n]+)", lambda found, text: "",
     "Delete it: a change without a last day holds until the next one."),
)  # fmt: skip
"""What stands indented below an operation or a heading."""

_INSTRUMENT = r"(?:order|regulations?|act|law|bill|draft|amending instrument|draft amendment|amendment order)"
HEADINGS = _ways(
    (r"amendment (?P<name>\w+) (?P<title>\"[^\"\n]*\") (?:to|of) (?P<of>\w+)", r"amendment \g<name> \g<title> amends \g<of>", ""),
    (r"amendment (?P<name>\w+) (?:to|of) (?P<of>\w+) (?P<title>\"[^\"\n]*\")", r"amendment \g<name> \g<title> amends \g<of>", ""),
    (rf"{_INSTRUMENT} (?P<name>\w+) (?P<title>\"[^\"\n]*\")", r"amendment \g<name> \g<title>", ""),
)

_AT_A_START: tuple[tuple[str, str | Write], ...] = (
    (r"(?P<operation>insert|substitute) (?P<name>\w+)(?= (?P<of>of \w+ )?\"[^\"\n]*\" ?:)", _with_kind),
    (rf"(?:{_ADD}|insert (?:a |an |the )?(?:new |following )+|insert (?:a|an|the))(?= {KIND} )", "insert"),
    (rf"insert after {KIND}? ?\w+,?(?= {KIND} )", "insert"),
    (rf"after (?:{KIND} )?\w+,? (?:insert|{_ADD})(?= {KIND} )", "insert"),
    (
        rf"for (?:the )?{KIND} \w+,? (?:there (?:is|shall be) substituted|substitute)(?: the following)?:?(?= {KIND} )",
        "substitute",
    ),
    (rf"(?:replace|restate|rewrite|amend)(?= {KIND} \w+ (?:of|\"))", "substitute"),
    (rf"in (?:the )?{KIND} (?P<name>\w+),?(?= (?:insert|omit|substitute|row|exception)\b)", r"in \g<name>"),
    (r"In (?P<name>[a-z]\w*),?(?= (?:for|insert|omit|substitute|row|exception)\b)", r"in \g<name>"),
    (r"in (?P<name>[a-z]\w*),(?= (?:for|insert|omit|substitute|row|exception)\b)", r"in \g<name>"),
    (r"instrument(?= \w+ \"[^\"\n]*\"(?:\n[^\S\n]+[^\n]*)*?\n[^\S\n]+amends )", "amendment"),
)
STARTS = tuple(Way(re.compile(rf"^(?P<all>{pattern})", re.MULTILINE), _writer(write)) for pattern, write in _AT_A_START)
"""What stands at the beginning of what an amendment inserts or substitutes, and goes on over several lines."""

_PLACE = r"(?:article|regulation|schedule|section|paragraph)\b[^\n]*?"
_GOES_ON = r"(?:for|insert|omit|substitute|after|before|replace|change|row|exception|leave out|delete)"
NUMBERED = re.compile(
    r"^(?P<all>(?:\d+\.|\(?(?:\d+|[a-z]{1,3})\)))(?= *(?:in|omit|insert|substitute|rename|for)\b)", re.MULTILINE | re.IGNORECASE
)
"""The number of a paragraph before what it does."""

A_PERIOD = re.compile(rf"(?P<all>(?:from|between) (?P<first>{A_DAY}) (?:to|until|till|and) (?P<last>{A_DAY}))[^\S\n]*(?=\n|#|$)")
"""From when to when, as a figure's value says it and no operation does."""

A_TITLE = re.compile(
    rf"^[^\S\n]*(?P<all>(?:[Ii]n|omit|{_OMIT}) (?:the )?(?:{KIND} )?(?P<title>\"[^\"\n]+\"|[A-Z][^\n]*?|{_PLACE})"
    rf"(?:,? {_GOES_ON}\b[^\n]*)?)[^\S\n]*(?=\n|#|$)",
    re.MULTILINE,
)
"""A heading, or a place in the law, where a name is wanted."""

LAST_DAY = re.compile(
    rf"(?P<all>(?:until|till|expires?(?: on)?|expiring(?: on)?|ceases? to have effect (?:on|after)|lapses?(?: on)?|ends?(?: on)?"
    rf"|ending(?: on)?|for the period (?:to|ending)) {DAY})[^\S\n]*(?=\n|#|$)",
    re.MULTILINE,
)
"""The last day of a change for a time, wherever it stands."""
