"""Text to declarations and problems. Parsing never raises: whatever the text, both come back.

The file becomes tokens once; the tokens are cut at the words that begin declarations, and each piece is parsed by itself.
One broken declaration therefore gives one message and hides no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise, takewhile

from attrs import frozen
from lark import Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar import amended, headings, limits, mistakes
from grammar.building import Builder
from grammar.declarations import Case, Continued, Declaration, FactText, File, Given, Instrument
from grammar.limits import span_of
from grammar.problems import Problem
from grammar.source import Source, Span
from grammar.syntax import FactValue
from grammar.table import parser
from grammar.trees import Reader, Tree, reader
from grammar.words import DECLARATIONS, closest

_STARTS = frozenset(word.upper() for word in DECLARATIONS)
MOST_MISTAKES = 1_000
"""Of one file, that are looked into; what is wrong with so many more is most often one and the same."""
_TIMES = ("HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS")
_BEFORE_TEXT = ("EXAMPLE", "CASE", "PROVISION")
_BEFORE_A_CONTINUED_PART = frozenset({"EVERY", "SUBSTITUTE", "INSERT", "OMIT"})
_BEGIN_ON_THEIR_OWN = frozenset({"FIGURE", "RULE", "TABLE", "SCALE", "GROUP", "PROVISION", "CHALLENGE", "DUTY", "AMENDMENT"})
"""What follows `insert`, `substitute` or `omit` where that begins a declaration; else it goes on with `in … `."""


@frozen(eq=False, repr=False)
class Parsed:
    """What a text says, as far as it could be read, and what could not."""

    file: File
    problems: tuple[Problem, ...]


def parse(source: Source) -> Parsed:
    """Reads a rule file or a `.case` file."""
    refused = limits.of_text(source)
    if refused:
        return Parsed(File(source, ()), (refused,))
    reads = reader()
    problems: list[Problem] = []
    declarations: list[Declaration] = []
    cut_short: list[Span] = []
    unread: list[str] = []
    untold: list[list[Token]] = []
    builder = Builder(source, problems)
    for piece, read in _read(reads, source, problems):
        before = len(problems)
        lost: list[list[Token]] = []
        tree = read
        if tree is None and before < MOST_MISTAKES:
            tree = _part_of_piece(reads, source, piece, problems, lost)
        elif tree is None:
            untold.append(piece)
        if tree is not None and (too_deep := limits.of_tree(source, piece, tree)):
            problems.append(too_deep)
            tree = None
        if tree is not None:
            declarations.append(builder.declaration(tree))
            if len(problems) > before:
                cut_short.append(declarations[-1].span)
        else:
            lost.append(piece)
        for part in lost:
            unread.extend(_names_of(source, part))
            heading = _heading_of(source, part)
            if heading is not None:
                declarations.append(heading)
                cut_short.append(heading.span)
    if untold:
        problems.append(limits.of_mistakes(source, untold))
    file = File(source, tuple(declarations), tuple(cut_short), tuple(builder.named_units), tuple(unread))
    return Parsed(file, mistakes.each_once(problems))


_Read = list[tuple[list[Token], Tree | None]]


def _read(reads: Reader, source: Source, problems: list[Problem]) -> _Read:
    """The pieces of a text with their trees, amendments that are written otherwise as they would be if they were not."""
    tokens = reads.tokens(source.text)
    found = _pieces_read(reads, source, tokens)
    unread = [number for number, (_, tree) in enumerate(found) if tree is None]
    if not unread:
        return found
    ends = [*(piece[0].start_pos or 0 for piece, _ in found[1:]), len(source.text)]
    stretches = [range(found[number][0][0].start_pos or 0, ends[number]) for number in unread]
    tokens, told = amended.as_amended(source, tokens, stretches, lambda piece: _declaration(reads, piece) is not None)
    problems += told
    return _pieces_read(reads, source, tokens) if told else found


def _pieces_read(reads: Reader, source: Source, tokens: list[Token]) -> _Read:
    return [
        (piece, None if limits.of_tokens(source, piece) or mistakes.first_word(source, piece) else _declaration(reads, piece))
        for piece in pieces(tokens, source.text)
    ]


def trees(source: Source) -> Iterator[tuple[list[Token], Tree]]:
    """The words of each declaration and their tree, of a text in which `parse` finds no mistake."""
    reads = reader()
    for piece in pieces(reads.tokens(source.text), source.text):
        tree = _declaration(reads, piece)
        assert tree is not None
        yield piece, tree


def parse_value(text: str) -> tuple[FactValue | None, Problem | None]:
    """One value as it may stand in a case: `£245 per week`, `3 May 1980`, `owner`. The value, or why it is none."""
    if "#" in text:
        return None, Problem(code="value-type", message="it holds a `#`, which begins a comment.", fix="Write the value only.")
    prefix = 'case "value" given entity_ member_ fact_ is '
    parsed = parse(Source("", prefix + text))
    if parsed.problems:
        return None, parsed.problems[0]
    match parsed.file.declarations:
        case [Case(on=None, known=None, given=[Given(facts=[fact])])] if fact == FactText(
            name="fact_", value=fact.value, name_span=fact.name_span, span=fact.span
        ):
            return fact.value, None
    return None, Problem(code="value-type", message="it says more than one value.", fix="Write one value only.")


def pieces(tokens: list[Token], text: str) -> Iterator[list[Token]]:
    """The tokens of each declaration; what stands before the first declaration word is a piece of its own.

    Where a declaration has a declaration word for its name, that word begins nothing inside a line (`is case is "a"`), and the
    mistake is told once, at the name.
    """
    names = _declaration_words_as_names(tokens, text)
    piece: list[Token] = []
    for position, token in enumerate(tokens):
        if piece and _may_begin(tokens, position, text) and not _goes_on(piece, tokens, position, text, names):
            begun = _begun_too_early(piece, tokens[position + 1 : position + 2])
            yield piece[: len(piece) - len(begun)]
            piece = begun
        piece.append(token)
    if piece:
        yield piece


_AFTER_A_TARGET = frozenset({"FOR", "INSERT", "OMIT", "SUBSTITUTE", "COMMA"})
_AFTER_A_PART = frozenset({("ROW", "NAME"), ("EXCEPTION", "NAME")})


def _may_begin(tokens: list[Token], position: int, text: str) -> bool:
    """Whether a word can begin a declaration; `in` can with a name and what an amendment then says, or in a new line."""
    kind = tokens[position].type
    if kind != "IN":
        return kind in _STARTS
    following = [token.type for token in tokens[position + 1 : position + 4]]
    if following[:1] != ["NAME"] or tokens[position - 1].type == "FIGURE":
        return False  # `in the month of`, `every figure in visits a week`
    says = (following[1:2] and following[1] in _AFTER_A_TARGET) or tuple(following[1:3]) in _AFTER_A_PART
    return bool(says) or not _on_one_line(tokens[position - 1], tokens[position], text)


def _goes_on(piece: list[Token], tokens: list[Token], position: int, text: str, names: frozenset[str]) -> bool:
    """Whether a declaration word stands inside a declaration, where it begins none."""
    before, token = piece[-1], tokens[position]
    following = tokens[position + 1].type if position + 1 < len(tokens) else ""
    if before.type in _BEFORE_A_CONTINUED_PART or (before.type, token.type) == ("FOR", "EVERY"):
        return True
    if piece[0].type == "IN" and token.type in _BEFORE_A_CONTINUED_PART and following not in _BEGIN_ON_THEIR_OWN:
        return True
    if not _on_one_line(before, token, text):
        return False
    is_type = token.type == "CHOICE" and before.type == "COLON"
    is_each = token.type == "EVERY" and following in _TIMES
    return is_type or is_each or str(token) in names


def _declaration_words_as_names(tokens: list[Token], text: str) -> frozenset[str]:
    """`input case of person`: the declaration words with which somebody has named something."""
    found = set()
    starts = [place for place, token in enumerate(tokens) if token.type in _STARTS]
    for first, second in pairwise(starts):
        before, token = tokens[first], tokens[second]
        if second > first + 1 or second + 1 == len(tokens) or before.type == token.type or not _on_one_line(before, token, text):
            continue
        if before.type in _BEFORE_A_CONTINUED_PART:
            continue  # `every figure`, `insert rule`: no name, wherever the line ends
        following = tokens[second + 1]
        is_title = following.type == "STRING" and token.type not in _BEFORE_TEXT
        if is_title or following.type in ("OF", "COLON", "CONTAINS") or not _on_one_line(token, following, text):
            found.add(str(token))
    return frozenset(found)


def _on_one_line(before: Token, token: Token, text: str) -> bool:
    return "\n" not in text[before.end_pos or 0 : token.start_pos or 0]


def _begun_too_early(piece: list[Token], following: list[Token]) -> list[Token]:
    """The name of the declaration that begins here, if it was written before the word: `… 16 adult rule of person …`.

    After a number it would be read as a unit, after the last value of a choice as another: and the mistake would fall on the
    declaration before.
    """
    is_last_of_choice = piece[0].type == "CHOICE" and len(piece) > 4 and piece[-2].type == "NAME" and piece[-3].type == "COMMA"
    swapped = len(piece) > 2 and piece[-1].type == "NAME" and (piece[-2].type == "NUMBER" or is_last_of_choice)
    return piece[-1:] if swapped and following and following[0].type not in ("NAME", "STRING", "FIGURE") else []


def _part_of_piece(
    reads: Reader, source: Source, piece: list[Token], problems: list[Problem], lost: list[list[Token]]
) -> Tree | None:
    """The tree of what can be read of a declaration with a mistake in it, or None; and a problem."""
    refused = limits.of_tokens(source, piece) or mistakes.first_word(source, piece)
    if refused:
        problems.append(refused)
        return None
    return _as_far_as_it_can_be_read(reads, source, piece, problems, lost)


def _as_far_as_it_can_be_read(
    reads: Reader, source: Source, piece: list[Token], problems: list[Problem], lost: list[list[Token]]
) -> Tree | None:
    """What is left of a declaration with a mistake in it, which is looked for with Lark: it knows what could have followed.

    Where a declaration is whole and something that cannot belong to it follows, the declaration is kept and the rest is
    the problem: a misspelt `rule` costs that rule, not the one before it.
    """
    state = parser().parse_interactive()
    for position, token in enumerate(piece):
        try:
            state.feed_token(token)
        except UnexpectedToken:
            start = _misspelt_start(reads, source, piece, position)
            if start is not None:
                problems.append(mistakes.no_declaration(source, piece[start]))
                lost.append(piece[start:])
                return _declaration(reads, piece[:start])
            problems.append(mistakes.unexpected(source, state, piece, position))
            if problems[-1].code == "no-declaration":
                lost.append(piece[position:])
            elif piece[0].type in ("CHOICE", "ENTITY"):
                return None  # a value or a kind that is missing would be a second mistake wherever it is named
            return _declaration(reads, piece[:position])
    with suppress(UnexpectedToken):
        state.feed_eof(piece[-1])  # then it asks for what follows what is whole, not for what could be joined to it
    return _without_stray_name(reads, source, piece, state, problems, lost)


def _misspelt_start(reads: Reader, source: Source, piece: list[Token], position: int) -> int | None:
    """Where a whole declaration is followed by a line with a misspelt declaration word: `rul age of person …`."""
    for start in (position, position - 1):
        if start > 1 and mistakes.is_misspelt_start(source, piece[start]) and _declaration(reads, piece[:start]) is not None:
            return start
    return None


def _names_of(source: Source, piece: list[Token]) -> list[str]:
    """What a declaration may have declared that could not be read: whoever names it has no mistake of their own."""
    meant = headings.declared_name(piece)
    values = headings.choice_values(source, piece)
    return [*(str(token) for token in piece[:4] if token.type == "NAME"), *([meant] if meant else []), *values]


def _heading_of(source: Source, piece: list[Token]) -> Instrument | Continued | None:
    """The instrument that could not be read, as far as it is known: what follows in the file still belongs to it."""
    kinds = ("instrument", "amendment")
    heads = [token for token in piece[:2] if token in kinds or closest(token, DECLARATIONS) in kinds]
    around = takewhile(lambda token: token.type != "AMENDS", piece[:4])
    names = [token for token in around if token.type == "NAME" and token not in heads]
    if heads and not names and piece[0] == "amendment":
        names = [piece[0]]  # what it does belongs to no other instrument
    if not heads or not names:
        return None
    span, name_span = span_of(source, piece[0]).to(span_of(source, piece[-1])), span_of(source, names[0])
    if any(token.type == "STRING" for token in piece[:4]):
        is_amendment = "amendment" in (heads[0], closest(heads[0], DECLARATIONS))
        return Instrument(name=str(names[0]), title=str(names[0]), is_amendment=is_amendment, name_span=name_span, span=span)
    return Continued(name=str(names[0]), name_span=name_span, span=span)


def _without_stray_name(
    reads: Reader,
    source: Source,
    piece: list[Token],
    state: InteractiveParser,
    problems: list[Problem],
    lost: list[list[Token]],
) -> Tree | None:
    """A piece that ends too early; if only its last word is too many, that word belongs to the declaration after it."""
    if len(piece) > 2 and piece[-1].type == "NAME":
        tree = _declaration(reads, piece[:-1])
        if tree is not None:
            problems.append(mistakes.no_declaration(source, piece[-1]))
            lost.append(piece[-1:])
            return tree
    problems.append(mistakes.unexpected(source, state, piece, len(piece)))
    return None


def _declaration(reads: Reader, tokens: list[Token]) -> Tree | None:
    """The tree of these tokens, if they are one whole declaration."""
    start = reads.tree(tokens)
    if start is None:
        return None
    [declaration] = start.children
    assert isinstance(declaration, Tree)
    return declaration
