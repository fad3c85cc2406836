"""A household in the words of a book: facts given, left out and said not to be known."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.checking.vocabulary import InputType, Vocabulary
from engine.exact import decimal_text


def household(words: Vocabulary, chance: random.Random) -> dict[str, Any]:
    """One of each outermost kind, up to three of each inside, with facts given, left out and said not to be known."""
    case: dict[str, Any] = {"version": 1}
    counted = [0]
    for entity in words.order:
        if words.container[entity] is None:
            case[entity] = _members(entity, words, chance, 1, counted)
    return case


def _members(entity: str, words: Vocabulary, chance: random.Random, number: int, counted: list[int]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for _ in range(number):
        counted[0] += 1
        content: dict[str, Any] = {}
        members[f"m{counted[0]}"] = content
        for _, item in sorted(words.inputs.items()):
            if item.entity == entity and chance.random() < 0.85:
                content[item.name] = _fact(item, words.choices, chance)
        for inner in words.order:
            if words.container[inner] == entity and counted[0] < 12:
                content[inner] = _members(inner, words, chance, chance.randrange(4), counted)
    return members


def _fact(item: InputType, choices: Mapping[str, tuple[str, ...]], chance: random.Random) -> Any:
    if chance.random() < 0.05:
        return None
    match item.type.kind:
        case "yes/no":
            return chance.random() < 0.5
        case "date or never" if chance.random() < 0.5:
            return "never"
        case "date" | "date or never":
            return date.fromordinal(chance.randrange(date(1930, 1, 1).toordinal(), date(2012, 1, 1).toordinal())).isoformat()
        case "text":
            return chance.choice(("St Helier", "", "a – b", "<b>&amp;"))
        case "choice":
            return chance.choice(choices.get(item.type.choice or "") or ("none",))
    low = item.low if item.low is not None else -item.scale * chance.choice((0, 10))
    high = item.high if item.high is not None else item.scale * chance.choice((0, 1, 1_000))
    value = chance.choice((low, high, chance.randint(low, max(low, high))))
    return decimal_text(value * (100 if item.type.kind == "%" else 1), item.scale)
