"""A letter in one of its forms."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from attrs import asdict, evolve, fields, has

from explain.letter.letter import Letter
from explain.marks import in_its_language, without_foreign
from explain.templating import template, wrapped
from explain.tongue import Tongue

LetterFormat = Literal["text", "md", "html", "json"]
_SUFFIX = {"text": "txt", "md": "md", "html": "html"}
VERSION = 1


def render_letter(letter: Letter, form: LetterFormat) -> str:
    """The letter, ending in one line end. As JSON by jurat/schemas/letter.v1.json."""
    if form == "html":
        return in_its_language(_filled(letter, form).rstrip() + "\n")
    letter = _unmarked(letter)
    if form == "json":
        return json.dumps(letter_data(letter), ensure_ascii=False, indent=2) + "\n"
    text = re.sub(r"\n{3,}", "\n\n", _filled(letter, form).rstrip() + "\n")
    return wrapped(text) if form == "text" else text


def _filled(letter: Letter, form: LetterFormat) -> str:
    return template(f"{'easy' if letter.easy else 'letter'}.{_SUFFIX[form]}").render(letter=letter)


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
