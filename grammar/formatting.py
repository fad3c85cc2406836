"""One layout for every rule file and case: `formatted` is text to text, and proves that nothing but the layout has changed.

Meaning never depends on white space, so all of it can be owned here: one clause a line, two spaces a level, one spelling for one
thing. What writers decide is kept: the order of everything, the empty lines between declarations, and where comments stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen
from lark import Token

from grammar.declarations import File
from grammar.layout import Word, words
from grammar.parsing import parse, trees
from grammar.problems import Problem, errors
from grammar.source import Source

WIDTH = 120
"""Longer lines are broken where that helps; a text in quotes is never broken."""
_LEVEL = 2
_GOES_ON = 4
"""How much deeper the rest of a broken clause stands: more than a clause of its own would."""


@frozen
class Formatted:
    """A text in its one layout; or the text as it was, and the problems that kept it so."""

    text: str
    problems: tuple[Problem, ...] = ()


def formatted(source: Source) -> Formatted:
    """The text in its one layout. A text with a mistake is left alone: what is half read cannot be laid out safely."""
    parsed = parse(source)
    if wrong := errors(parsed.problems):
        return Formatted(source.text, tuple(wrong))
    read = _read(source)
    text = laid_out(read)
    doubt = _difference(parsed.file, read, Source(source.path, text))
    if doubt is None:
        return Formatted(text)
    message = f"Laying this file out would {doubt}, so it was left as it is."
    fix = "Nothing is wrong with the file; report it as a mistake of the formatter."
    return Formatted(source.text, (Problem(code="layout-unproved", message=message, path=source.path, fix=fix),))


def set_out(text: str) -> str:
    """A text without mistakes, in its one layout: one that the house has written, so that nothing has to be proved."""
    return laid_out(_read(Source("", text)))


def _difference(before: File, read: _Read, after: Source) -> str | None:
    """What a layout has changed that it must not; None where the two texts say the same and the second stays as it is."""
    parsed = parse(after)
    if errors(parsed.problems) or before.declarations != parsed.file.declarations:
        return "change what it says"
    again = _read(after)
    if list(_remarks(read)) != list(_remarks(again)):
        return "move or change a comment"
    return None if laid_out(again) == after.text else "not be the same a second time"


def _remarks(read: _Read) -> Iterator[tuple[int, bool, str]]:
    """Every comment: how many words stand before it, whether its line is its own, and what it says."""
    count = 0
    for token, gap in zip([*read.tokens, None], read.gaps, strict=True):
        yield from ((count, comment.is_alone, comment.text) for comment in gap.comments)
        count += token is not None and token.type != "THE"  # `to nearest` is written `to the nearest`


# ---- what stands between words --------------------------------------------------------------------------------------


@frozen
class _Comment:
    text: str
    is_alone: bool
    """On a line of its own, not behind a word."""
    column: int
    has_blank_before: bool


@frozen
class _Gap:
    """What stands between a word and the word before it."""

    comments: tuple[_Comment, ...]
    has_blank: bool
    """Whether there is an empty line directly before the word."""
    column: int
    """Where on its line the word stands."""

    @property
    def is_remark(self) -> bool:
        """Whether there are comments on lines of their own."""
        return any(comment.is_alone for comment in self.comments)


def _gaps(text: str, tokens: Sequence[Token]) -> Iterator[_Gap]:
    """What stands before each token, and what stands after the last."""
    end = 0
    for token in tokens:
        yield _gap(text[end : token.start_pos], is_first=end == 0)
        end = token.end_pos or end
    yield _gap(text[end:].rstrip() + "\n", is_first=end == 0)


def _gap(text: str, is_first: bool) -> _Gap:
    comments: list[_Comment] = []
    has_blank = False
    *lines, last = text.split("\n")
    for number, line in enumerate([*lines, last]):
        is_alone = is_first or number > 0
        if said := line.strip():
            comments.append(_Comment(said, is_alone, _column(line), has_blank))
            has_blank = False
        elif is_alone and number < len(lines):
            has_blank = True
    return _Gap(tuple(comments), has_blank, _column(last))


def _column(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs(_LEVEL))


@frozen
class _Read:
    """A text without mistakes: its words, where each belongs, and what stands before each and after the last."""

    tokens: Sequence[Token]
    placed: Sequence[Word]
    gaps: Sequence[_Gap]


def _read(source: Source) -> _Read:
    tokens: list[Token] = []
    placed: list[Word] = []
    for piece, tree in trees(source):
        tokens += piece
        placed += words(piece, tree)
    return _Read(tokens, placed, list(_gaps(source.text, tokens)))


# ---- the layout -----------------------------------------------------------------------------------------------------


def laid_out(read: _Read) -> str:
    """A text without mistakes, in its one layout."""
    placed, (*gaps, end) = read.placed, read.gaps
    lines: list[str] = []
    starts = [position for position, word in enumerate(placed) if word.level is not None or gaps[position].comments]
    margin = 0
    for start, stop in pairwise([*starts, len(placed)]):
        level = placed[start].level
        before = margin
        margin = margin if level is None else level * _LEVEL
        indent = margin if level is not None else margin + _GOES_ON
        _put_comments(lines, gaps[start], before, indent, keeps_blanks=level is not None)
        if gaps[start].has_blank and lines and (level == 0 or (level is not None and gaps[start].is_remark)):
            lines.append("")
        lines += _lines(placed[start:stop], indent, margin + _GOES_ON)
    _put_comments(lines, end, margin, 0, keeps_blanks=True)
    return "".join(f"{line}\n" for line in lines)


def _put_comments(lines: list[str], gap: _Gap, before: int, after: int, keeps_blanks: bool) -> None:
    """Comments stand as deep as what follows; or deeper, up to what came before, where their writer set them deeper."""
    for comment in gap.comments:
        if not comment.is_alone:
            lines[-1] += f"  {comment.text}"
            continue
        if comment.has_blank_before and lines and keeps_blanks:
            lines.append("")
        deeper = (comment.column - gap.column) // _LEVEL * _LEVEL
        lines.append(" " * max(after, min(before, after + deeper)) + comment.text)


def _lines(placed: Sequence[Word], indent: int, going_on: int) -> list[str]:
    """Words on one line; if that is too long, broken at all of the outermost places, and each part again."""
    line = " " * indent + placed[0].text + "".join(word.text if word.is_glued else f" {word.text}" for word in placed[1:])
    places = [(word.breaks, position) for position, word in enumerate(placed) if position and word.breaks is not None]
    if len(line) <= WIDTH or not places:
        return [line]
    outermost = min(places)[0]
    cuts = [0, *(position for depth, position in places if depth == outermost), len(placed)]
    return [
        line
        for start, stop in pairwise(cuts)
        for line in _lines(placed[start:stop], going_on if start else indent, going_on + _LEVEL)
    ]
