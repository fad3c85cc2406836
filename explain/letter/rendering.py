"""A letter in one of its forms."""

from __future__ import annotations

import json
from typing import Any, Literal

from attrs import asdict

from explain.letter.letter import Letter
from explain.templating import TextFormat, rendered

VERSION = 1


def render_letter(letter: Letter, form: TextFormat | Literal["json"]) -> str:
    """The letter, ending in one line end. As JSON by jurat/schemas/letter.v1.json."""
    if form == "json":
        return json.dumps(letter_data(letter), ensure_ascii=False, indent=2) + "\n"
    return rendered("letter", form, letter=letter)


def letter_data(letter: Letter) -> dict[str, Any]:
    """What the letter says, as data: amounts as they are printed in it."""
    said = asdict(letter, filter=lambda field, _: field.name not in ("tongue", "easy"))
    reader = "easy-read" if letter.easy else "claimant"
    return {"version": VERSION, "language": letter.tongue.code, "for": reader, **said}
