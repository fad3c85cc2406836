"""A letter in one of its forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from attrs import asdict, evolve, fields, has

from explain.foreign import in_its_language, without_foreign
from explain.letter.letter import Letter
from explain.marks import plain
from explain.reading_back.checking import DoesNotAddUpError
from explain.reading_back.figures import Number
from explain.reading_back.languages import Figures
from explain.reading_back.letters import (
    LetterRead,
    letter_from_data,
    letter_from_html,
    letter_from_marks,
    not_said,
    wrong_in,
)
from explain.reading_back.lines import number
from explain.templating import TextFormat, filled, finished
from explain.tongue import Tongue

VERSION = 1


def render_letter(letter: Letter, form: TextFormat | Literal["json"]) -> str:
    """The letter, ending in one line end and read back. As JSON by jurat/schemas/letter.v1.json."""
    figures, kind = Figures(letter.tongue.say), "easy" if letter.easy else "letter"
    if form == "html":
        text = filled(kind, form, letter=letter)
        _must_add_up(letter, letter_from_html(without_foreign(text), figures), figures)
        return in_its_language(text)
    letter = _unmarked(letter)
    if form == "json":
        data = letter_data(letter)
        _must_add_up(letter, letter_from_data(data, figures), figures)
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    text = filled(kind, form, letter=letter)
    _must_add_up(letter, letter_from_marks(text, form == "md", figures), figures)
    return finished(plain(text), form)


def letter_data(letter: Letter) -> dict[str, Any]:
    """What the letter says, as data: amounts as they are printed in it."""
    said = asdict(letter, filter=lambda field, _: field.name not in ("tongue", "easy"))
    reader = "easy-read" if letter.easy else "claimant"
    return {"version": VERSION, "language": letter.tongue.code, "for": reader, **said}


def _unmarked(part: Any) -> Any:
    """The same without the marks of words in another language, which only HTML can show."""
    if isinstance(part, str):
        return without_foreign(part)
    if isinstance(part, tuple):
        return tuple(map(_unmarked, part))
    if isinstance(part, Tongue) or not has(type(part)):
        return part
    return evolve(part, **{one.name: _unmarked(getattr(part, one.name)) for one in fields(type(part))})


def _must_add_up(letter: Letter, read: LetterRead, figures: Figures) -> None:
    """Refuses to hand out a letter that does not follow from itself, or in another language from what was said in it."""
    wrong = wrong_in(read, figures)
    if not letter.tongue.is_own:
        wrong += not_said(read, figures, _said(letter), (*letter.tongue.said.words, *_of_the_case(letter)))
    if wrong:
        raise DoesNotAddUpError("letter", wrong)


def _said(letter: Letter) -> Iterator[tuple[str, Number | date | None]]:
    """What each figure was written for; None for an answer that is no figure."""
    for text, exact in letter.tongue.said.figures.items():
        match exact.value:
            case bool():
                yield text, None
            case int() as value:
                yield text, number(Fraction(value, exact.scale))
            case value:
                yield text, value if isinstance(value, date) else None


def _of_the_case(letter: Letter) -> Iterator[str]:
    """What of a letter is nobody's figure: names, texts of the case, and where the law is found again."""
    yield from (letter.title or "", letter.reference, *letter.drafts, *letter.without, *letter.notes)
    yield from (change.whose for change in letter.changes)
    yield from (*letter.guesses.amounts, *letter.guesses.idle, *(guess.whose for guess in letter.guesses.questions))
    for fact in letter.given:
        yield from (fact.whose, fact.value, fact.known)
    for award in letter.awards:
        yield from (award.whose, award.value, *award.reasons)
        yield from (item.whose for item in award.not_awarded)
        for line in award.lines:
            yield from (line.whose, *(below.whose for below in line.below))
