"""What to say when a declaration cannot be read: one message, in the writer's words, with one thing to try."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from lark import Token
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar.limits import span_of
from grammar.problems import Place, Problem, amount_spelling
from grammar.repairs import OFTEN_DROPPED, Repair, doubled, repair, said_in_a_phrase, short, swapped, would_be_read
from grammar.source import Source, Span
from grammar.spellings import MISTAKEN, mistaken
from grammar.words import DECLARATIONS, LATER, amount_meant, as_name, called, closest, keywords, reserved_words, said_here

_WORKED_OUT = {"LOWER", "HIGHER", "SUM", "HIGHEST", "LOWEST", "COUNT", "ANY", "ALL", "NONE"}
_BEGINS_A_FIGURE = {"NUMBER", "MONEY", "PENCE"}
_AMOUNTS = {"NUMBER", "MONEY", "PENCE", "MORE", "LESS", "AT", "OVER", "UNDER", "ABOVE", "EQUAL"}


def first_word(source: Source, piece: Sequence[Token]) -> Problem | None:
    """A piece that does not begin with a declaration word, or that begins with one for which it is too early."""
    token = piece[0]
    if token.type in MISTAKEN:
        return mistaken(source, token)
    if token in DECLARATIONS:
        return None
    if token in LATER:
        return Problem(
            code="not-yet",
            message=f"`{token}` is kept for {LATER[token]}, which the language does not have yet.",
            place=Place(span_of(source, token)),
            fix="Leave this out for now; docs/language.md lists what can be written.",
        )
    return no_declaration(source, token)


def no_declaration(source: Source, token: Token) -> Problem:
    near = closest(token.lower(), DECLARATIONS)
    said = said_here(token)
    if said is not None:
        return Problem(
            code="said-otherwise",
            message=f"`{token}` is no word of the language.",
            place=Place(span_of(source, token)),
            fix=said,
        )
    return Problem(
        code="no-declaration",
        message=f"`{token}` does not begin a declaration.",
        place=Place(span_of(source, token), f"did you mean `{near}`?" if near else ""),
        fix=f"Write `{near}`." if near else f"Begin with one of: {', '.join(f'`{word}`' for word in DECLARATIONS)}.",
    )


def is_misspelt_start(source: Source, token: Token) -> bool:
    """Whether a word at the beginning of a line is nearly one that begins a declaration."""
    return token.type in ("NAME", "WORD") and _begins_line(source, token) and closest(token.lower(), DECLARATIONS) is not None


def unexpected(source: Source, state: InteractiveParser, piece: Sequence[Token], position: int) -> Problem:
    """The token at `position` (or the end of the piece) cannot stand where it does; `state` is the parser before it."""
    subject = _subject(piece)
    if position == len(piece):
        end = span_of(source, piece[-1])
        if len(piece) == 1 and re.match(rf"[^\S\n]+{piece[0]}\b", source.text[end.end : end.end + 40]):
            return _twice(source, piece[0], None)
        completed = repair(source.text, state, piece, position)
        return Problem(
            code="unfinished",
            message=f"{_article(piece)} ends too early{'' if completed else f': {_expected(state)} should follow'}.",
            place=Place(Span(source, end.end - 1, end.end), "something is missing after this"),
            subject=subject,
            fix=completed.fix if completed else "Write what is missing, or delete what was begun.",
        )
    token = piece[position]
    accepted = state.accepts()
    unquoted = _unquoted(source, state, piece, position, subject)
    if unquoted is not None:
        return unquoted
    if token.type in MISTAKEN:
        return mistaken(source, token, subject)
    place = Place(span_of(source, token), "not expected here")
    rest = piece[position:]
    if "GIVES" in accepted and would_be_read(state, "GIVES", rest) > would_be_read(state, "COMMA", rest):
        return Problem(
            code="unexpected-word",
            message=f"`{short(token)}` cannot stand here: what a row gives begins with `gives`.",
            place=place,
            subject=subject,
            fix=f"Add `gives` before `{short(token)}`.",
        )
    if token.type == "MINUS":
        return _minus(source, piece, position, subject)
    otherwise = _amount(source, piece, position, subject) or _phrase(source, piece, position, subject)
    if otherwise is not None:
        return otherwise
    said = said_here(token) if token.type == "NAME" else None
    if said is not None:
        return Problem(
            code="said-otherwise",
            message=f"`{token}` is no word of the language.",
            place=place,
            subject=subject,
            fix=said,
        )
    if token.type in ("ORDER", "IS", "AND", "OR") and (word := _condition_word(piece, position)):
        return Problem(
            code="needs-brackets",
            message=f"A condition after `{word}` stands in brackets.",
            place=Place(place.span, "no brackets around this"),
            subject=subject,
            fix=f"Put brackets around the whole of it: `{word} ({short(piece[position - 1])} {token} …)`.",
        )
    if token.type in _WORKED_OUT and "LPAR" in accepted and "NAME" in accepted:
        return Problem(
            code="needs-brackets",
            message="A value that is worked out inside another stands in brackets.",
            place=Place(place.span, "begins here"),
            subject=subject,
            fix=f"Put brackets around the whole of it: `({token} of …)`.",
        )
    if token.type == "NAME":
        near = closest(token, [word for name in accepted if (word := keywords().get(name, "")).isalpha()])
        if near:
            return Problem(
                code="misspelt-word",
                message=f"`{token}` cannot stand here. The closest word of the language is `{near}`.",
                place=Place(place.span, f"did you mean `{near}`?"),
                subject=subject,
                fix=f"Write `{near}`.",
            )
        if "$END" in accepted and _begins_line(source, token):
            return no_declaration(source, token)
    wants_name = "NAME" in accepted and "STRING" not in accepted
    if token in reserved_words() and wants_name and would_be_read(state, "NAME", piece[position + 1 : position + 2]) > 0:
        return Problem(
            code="reserved-word",
            message=f"`{token}` is a word of the language, so it cannot be a name.",
            place=Place(place.span, "a name is expected here"),
            subject=subject,
            fix=f"Choose another name, for example `{_better_name(token, piece)}`.",
        )
    twice = doubled(piece, position)
    if twice is not None:
        return _twice(source, piece[twice], subject)
    first = swapped(piece, position)
    if first is not None:
        span = span_of(source, piece[first]).to(span_of(source, piece[first + 1]))
        return Problem(
            code="swapped-words",
            message=f"`{short(' '.join(span.text.split()))}` stands the wrong way round.",
            place=Place(span, "exchanged"),
            subject=subject,
            fix=f"Write `{piece[first + 1]} {piece[first]}`.",
        )
    following = piece[position + 1] if position + 1 < len(piece) else None
    if token.type == "COMMA" and following is not None and following.type in ("BUT", "ROUNDED", "UNROUNDED"):
        return Problem(
            code="limit-after-when",
            message="Limits and roundings belong to the value, so they stand before `when`.",
            place=Place(place.span.to(span_of(source, following)), "too late here"),
            subject=subject,
            fix=f"Move `, {following} …` in front of `when`.",
        )
    repaired = _to_write(token, accepted, piece, position) or repair(source.text, state, piece, position)
    at = repaired.at if repaired else position
    return Problem(
        code="unexpected-word",
        message=f"`{short(piece[at])}` cannot stand here{'' if repaired else f'; {_expected(state)} was expected'}.",
        place=Place(span_of(source, piece[at]), place.label),
        subject=subject,
        fix=repaired.fix if repaired else "Write one of these here; docs/language.md shows how each declaration is written.",
    )


def _to_write(token: Token, accepted: set[str], piece: Sequence[Token], position: int) -> Repair | None:
    """What is known to be meant where a token stands, without trying it on the parser."""
    before, fix = (piece[position - 1].type if position else ""), None
    if before == "IS" and token.type in _AMOUNTS:
        fix = "Compare amounts with `=`, `<`, `<=`, `>` or `>=`, for example `age >= 65`."
    elif token.type == "STRING" and position == 2 and "OF" in accepted:
        fix = f"Say whose it is: `{piece[position - 1]} of person {token}`, or another entity."
    elif piece[0] == "figure" and before != "DATE" and {"FROM", "PLUS"} <= accepted and token.type in _BEGINS_A_FIGURE:
        fix = f"Say from which day the value before `{short(token)}` holds: add `from` and a date."
    elif "MEET" in accepted and token.type not in ("NAME", "LPAR"):
        fix = f"Say what they have to meet: add `meet` and a condition before `{short(token)}`, or write `count of … > 0`."
    return Repair(fix, position) if fix else None


def _minus(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem:
    """A minus that nothing stands before: an amount below zero is written as so much less than nothing."""
    span = span_of(source, piece[position])
    before = piece[position - 1] if position else None
    after = piece[position + 1] if position + 1 < len(piece) else None
    if piece[0] == "table" and before is not None and after is not None and {before.type, after.type} <= set(_AMOUNT_TOKENS):
        return Problem(
            code="leading-minus",
            message="A minus is no range: a cell goes from one amount `to` another.",
            place=Place(span_of(source, before).to(span_of(source, after)), "a range?"),
            subject=subject,
            fix=f"Write `{before} to {after}`.",
        )
    amount = list(takewhile(lambda token: token.type in ("MONEY", "PENCE", "NUMBER", "PERCENT", *_UNITS), piece[position + 1 :]))
    fix = "Write before it what it is taken from; below zero, `£0 per week - …` or `0 - …`."
    if amount:
        text = source.text[span_of(source, amount[0]).start : span_of(source, amount[-1]).end]
        span = span.to(span_of(source, amount[-1]))
        first, *rest = text.split(maxsplit=1)
        nothing = "£0" if amount[0].type in ("MONEY", "PENCE") else "0%" if first.endswith("%") else "0"
        fix = f"Write `({' '.join([nothing, *rest])} - {text})`."
    return Problem(
        code="leading-minus",
        message="A minus stands between two amounts, and there is none before this one.",
        place=Place(span, "taken from what?"),
        subject=subject,
        fix=fix,
    )


_AMOUNT_TOKENS = ("MONEY", "PENCE", "NUMBER")
_UNITS = ("PER_TIME", "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS")


def _unquoted(
    source: Source, state: InteractiveParser, piece: Sequence[Token], position: int, subject: str | None
) -> Problem | None:
    """Text for people to read that stands without quotes, or a name of several words before such a text."""
    accepted, token = state.accepts(), piece[position]
    is_cited = position > 0 and piece[position - 1].type == "CITE" and token.type == "WORD"
    if "STRING" not in accepted or token.type not in ("NAME", "WORD") or ("NAME" in accepted and not is_cited):
        return None
    if closest(token.lower(), [word for kind in accepted if (word := keywords().get(kind, "")).isalpha()]):
        return None
    line = source.position(token.start_pos or 0)[0]
    here = [token for token in piece[position:] if source.position(token.start_pos or 0)[0] == line]
    words = list(takewhile(lambda token: token.type not in ("STRING", "COLON"), here))
    ends = range(position + 1, position + len(words) + 1)
    last = max(ends, key=lambda end: (end + would_be_read(state, "STRING", piece[end:]), -end))
    if last < len(piece) and piece[last].type == "STRING" and position == 2:
        span = span_of(source, piece[1]).to(span_of(source, piece[last - 1]))
        message, fix = f"`{short(span.text)}` is more than one word, and a name is one.", f"Write `{as_name(span.text)}`."
        return Problem(code="name-spelling", message=message, place=Place(span), subject=subject, fix=fix)
    if would_be_read(state, "STRING", piece[last:]) < 1:
        return None
    span = span_of(source, token).to(span_of(source, piece[last - 1]))
    return Problem(
        code="unexpected-word",
        message=f"`{short(span.text)}` is for people to read, and stands without quotes.",
        place=Place(span, "not expected here"),
        subject=subject,
        fix=f'Write `"{span.text}"`.',
    )


def _twice(source: Source, token: Token, subject: str | None) -> Problem:
    return Problem(
        code="doubled-word",
        message=f"`{short(token)}` stands here twice.",
        place=Place(span_of(source, token), "once is enough"),
        subject=subject,
        fix=f"Delete one `{short(token)}`.",
    )


def _amount(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """An amount in the wrong order or with a space in it: `£ 5`, `5£`, `50 p`, `5 pounds`."""
    for first, second in zip(piece[max(0, position - 1) : position + 1], piece[position : position + 2], strict=False):
        match first.type, second.type:
            case "POUND", "NUMBER":
                meant = f"£{second}"
            case "NUMBER", "POUND":
                meant = f"£{first}"
            case "NUMBER", "PER_TIME":
                meant = f"£{first} {' '.join(second.split())}"
            case "NUMBER", "NAME" if word := amount_meant(first, second):
                meant = word
            case _:
                continue
        return amount_spelling(span_of(source, first).to(span_of(source, second)), meant, subject)
    return None


def _phrase(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """Words for which the language has a sign: `is more than`."""
    phrase = said_in_a_phrase(piece, position)
    if phrase is None:
        return None
    span = span_of(source, piece[phrase.start]).to(span_of(source, piece[phrase.end - 1]))
    return Problem(
        code="said-otherwise",
        message=f"`{' '.join(span.text.split())}` is said otherwise here.",
        place=Place(span, "not expected here"),
        subject=subject,
        fix=phrase.fix,
    )


def _condition_word(piece: Sequence[Token], position: int) -> str | None:
    """The `where` or `meet` whose condition was read as its first word only."""
    before = [token.type for token in piece[max(0, position - 4) : position]]
    return next((word for word in ("where", "meet") if word.upper() in before), None)


def _subject(piece: Sequence[Token]) -> str | None:
    return str(piece[1]).strip('"“”') if len(piece) > 1 and piece[1].type in ("NAME", "STRING") else None


def _article(piece: Sequence[Token]) -> str:
    word = str(piece[0])
    name = f" `{piece[1]}`" if len(piece) > 1 and piece[1].type == "NAME" else ""
    return f"The {word}{name}"


def _begins_line(source: Source, token: Token) -> bool:
    line, column = source.position(token.start_pos or 0)
    return not source.line(line)[: column - 1].strip()


def _expected(state: InteractiveParser) -> str:
    names = sorted(state.accepts() - {"$END"}, key=lambda name: (name not in OFTEN_DROPPED, name))
    words = list(dict.fromkeys(word for name in names if (word := called(name)) != "something else"))
    values = {called(name) for name in ("NAME", "MONEY", "PENCE", "NUMBER", "DATE", "BOOLEAN")}
    if values <= set(words):
        words = ["a value", *(word for word in words if word not in values)][:1]
    if len(words) > 5:
        words = words[:4]
        return ", ".join(words) + " or another clause"
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing more"


def _better_name(token: str, piece: Sequence[Token]) -> str:
    return f"{as_name(token).rstrip('_')}_{'rate' if piece[0] == 'figure' else 'amount'}"
