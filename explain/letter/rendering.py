"""A letter in one of its forms."""

from __future__ import annotations

import json
import re
from typing import Any, Literal

from attrs import asdict

from explain.letter.letter import Letter
from explain.templating import template, wrapped

LetterFormat = Literal["text", "md", "html", "json"]
_SUFFIX = {"text": "txt", "md": "md", "html": "html"}
VERSION = 1


def render_letter(letter: Letter, form: LetterFormat) -> str:
    """The letter, ending in one line end. As JSON by jurat/schemas/letter.v1.json."""
    if form == "json":
        return json.dumps(letter_data(letter), ensure_ascii=False, indent=2) + "\n"
    text = template(f"letter.{_SUFFIX[form]}").render(letter=letter).rstrip() + "\n"
    return text if form == "html" else wrapped(re.sub(r"\n{3,}", "\n\n", text)) if form == "text" else text


def letter_data(letter: Letter) -> dict[str, Any]:
    """What the letter says, as data: amounts as they are printed in it."""
    said = asdict(letter, filter=lambda field, _: field.name not in ("tongue", "easy"))
    reader = "easy-read" if letter.easy else "claimant"
    return {"version": VERSION, "language": letter.tongue.code, "for": reader, **said}
