"""What to say when a declaration cannot be read: one message, in the writer's words, with one thing to try."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lark import Token
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar import amounts, cells, clauses, counted, headings, stretched
from grammar.limits import span_of
from grammar.phrases import said_in_a_phrase
from grammar.problems import Place, Problem
from grammar.repairs import OFTEN_DROPPED, Repair, doubled, misspelt, repair, short, swapped, would_be_read
from grammar.source import Source, Span
from grammar.spellings import MISTAKEN, mistaken, month_misspelt
from grammar.words import DECLARATIONS, called, closest, keywords, reserved_words, said_here

_WORKED_OUT = {"LOWER", "HIGHER", "SUM", "HIGHEST", "LOWEST", "COUNT", "ANY", "ALL", "NONE"}
_BEGINS_A_FIGURE = {"NUMBER", "MONEY", "PENCE"}
_AMOUNTS = {"NUMBER", "MONEY", "PENCE", "MORE", "LESS", "AT", "OVER", "UNDER", "ABOVE", "EQUAL"}


def first_word(source: Source, piece: Sequence[Token]) -> Problem | None:
    """A piece that does not begin with a declaration word."""
    token = piece[0]
    if token.type in MISTAKEN:
        return mistaken(source, token)
    if token in DECLARATIONS or token.type == "IN":
        return None
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


def each_once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Without those of a name that is a word of the language, wherever it is read: that is told where it is declared."""
    taken = {str(problem.place.span.text) for problem in problems if _is_of_a_name(problem) and problem.place}
    return tuple(
        problem
        for problem in problems
        if not (
            problem.code in ("reserved-word", "unexpected-word", "unfinished")
            and problem.place is not None
            and problem.place.span.text in taken
            and not _is_of_a_name(problem)
        )
    )


def _is_of_a_name(problem: Problem) -> bool:
    return problem.code == "reserved-word" and problem.subject is None


def is_misspelt_start(source: Source, token: Token) -> bool:
    """Whether a word at the beginning of a line is nearly one that begins a declaration."""
    return token.type in ("NAME", "WORD") and _begins_line(source, token) and closest(token.lower(), DECLARATIONS) is not None


def unexpected(source: Source, state: InteractiveParser, piece: Sequence[Token], position: int) -> Problem:
    """The token at `position` (or the end of the piece) cannot stand where it does; `state` is the parser before it."""
    subject = _subject(piece)
    of_heading = headings.list_of_choice(source, piece, position) or headings.choice_in_place(source, piece, position)
    if of_heading is not None:
        return of_heading
    if position == len(piece):
        return _unfinished(source, state, piece, subject)
    token = piece[position]
    accepted = state.accepts()
    of_words = (
        ("DATE" in accepted and month_misspelt(source, piece, position, subject))
        or headings.amended_by_title(source, piece, position, subject)
        or headings.heading(source, piece, position)
        or headings.unquoted(source, state, piece, position, subject)
        or amounts.abbreviated(source, piece, position, subject)
        or amounts.decimal_comma(source, piece, position, subject)
        or headings.name_in_words(source, piece, position, subject)
        or cells.row(source, piece, position, subject)
        or counted.counted(source, piece, position, subject)
        or stretched.stretched(source, piece, position, subject)
    )
    if of_words is not None:
        return of_words
    if token.type in MISTAKEN:
        return mistaken(source, token, subject)
    of_clause = clauses.clause(source, piece, position, subject)
    if of_clause is not None:
        return of_clause
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
        return amounts.minus(source, piece, position, subject)
    otherwise = amounts.misplaced_sign(source, piece, position, subject) or _phrase(source, piece, position, subject)
    otherwise = otherwise or _misspelt(source, piece, position, subject)
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
            fix=f"Choose another name, for example `{_better_name(token, piece, position)}`.",
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
    repaired = _to_write(token, accepted, piece, position) or repair(source.text, state, piece, position)
    at = repaired.at if repaired else position
    return Problem(
        code="unexpected-word",
        message=f"`{short(piece[at])}` cannot stand here{'' if repaired else f'; {_expected(state)} was expected'}.",
        place=Place(span_of(source, piece[at]), place.label),
        subject=subject,
        fix=repaired.fix if repaired else "Write one of these here; docs/language.md shows how each declaration is written.",
    )


def _unfinished(source: Source, state: InteractiveParser, piece: Sequence[Token], subject: str | None) -> Problem:
    """A declaration that ends before it is whole."""
    end = span_of(source, piece[-1])
    phrase = (
        stretched.stretched(source, piece, len(piece), subject)
        or _phrase(source, piece, len(piece), subject)
        or amounts.abbreviated(source, piece, len(piece), subject)
    )
    if phrase is not None:
        return phrase
    if len(piece) == 1 and re.match(rf"[^\S\n]+{piece[0]}\b", source.text[end.end : end.end + 40]):
        return _twice(source, piece[0], None)
    completed = repair(source.text, state, piece, len(piece))
    return Problem(
        code="unfinished",
        message=f"{_article(piece)} ends too early{'' if completed else f': {_expected(state)} should follow'}.",
        place=Place(Span(source, end.end - 1, end.end), "something is missing after this"),
        subject=subject,
        fix=completed.fix if completed else "Write what is missing, or delete what was begun.",
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


def _twice(source: Source, token: Token, subject: str | None) -> Problem:
    return Problem(
        code="doubled-word",
        message=f"`{short(token)}` stands here twice.",
        place=Place(span_of(source, token), "once is enough"),
        subject=subject,
        fix=f"Delete one `{short(token)}`.",
    )


def _misspelt(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """A word before this one that was read as a name, and is nearly a word of the language."""
    found = misspelt(source.text, piece, position)
    if found is None:
        return None
    place, word = found
    return Problem(
        code="misspelt-word",
        message=f"There is no `{piece[place]}` here. The closest word of the language is `{word}`.",
        place=Place(span_of(source, piece[place]), f"did you mean `{word}`?"),
        subject=subject,
        fix=f"Write `{word}`.",
    )


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


def _better_name(token: str, piece: Sequence[Token], position: int) -> str:
    before = piece[position - 1]
    if piece[0] == "choice" and position > 2:
        return headings.other_value(token)
    if before in ("row", "except", "reading"):
        return f"{before}_{token}" if before == "row" else f"{token}_applies"
    if piece[0] == "figure":
        return f"{token}_rate"
    return f"{token}_amount" if any(part.type == "POUND" for part in piece) else f"the_{token}"
