"""What to say of the heading of a declaration that cannot be read: its name, whose it is, its title, the values of a choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from attrs import frozen
from lark import Token
from lark.parsers.lalr_interactive_parser import InteractiveParser

from grammar.declared import is_declared
from grammar.limits import span_of
from grammar.problems import Place, Problem
from grammar.repairs import short, would_be_read
from grammar.source import Source, Span
from grammar.words import as_name, closest, keywords, reserved_words

OWNED = {"rule", "input", "table", "role", "group"}
"""The declarations that say whose they are."""
NAMED = {*OWNED, "figure", "scale", "entity", "instrument", "amendment", "scheme"}
_ENTITY = re.compile(r"^\s*entity[^\S\n]+([a-z]\w*)", re.MULTILINE)
_CONTAINER = re.compile(r"^\s*entity[^\S\n]+([a-z]\w*)[^\n]*\bcontains\b", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")


@lru_cache(2)
def _entities(text: str) -> tuple[str, ...]:
    return tuple(_ENTITY.findall(text))


@lru_cache(2)
def _containers(text: str) -> tuple[str, ...]:
    return tuple(_CONTAINER.findall(text))


def heading(source: Source, piece: Sequence[Token], position: int) -> Problem | None:
    """A name of several words, or a heading in which something is missing or stands in another order."""
    head = list(takewhile(lambda token: token.type != "COLON", piece))
    if position > len(head) or piece[0] not in NAMED:
        return None
    return (
        _without_contains(source, piece, position)
        or _owner_of_words(source, head)
        or _name_of_words(source, piece)
        or (_in_order(source, head) if piece[0] in OWNED and len(head) < len(piece) else None)
    )


def declared_name(piece: Sequence[Token]) -> str | None:
    """The name of a declaration whose name is written as several words: `household size` is meant as `household_size`."""
    words = _words_of_name(piece)
    return as_name(" ".join(words)) if len(words) > 1 else None


def _words_of_name(piece: Sequence[Token]) -> list[Token]:
    """The words of the name, where there is nothing but words and hyphens between the declaration's word and what follows."""
    if piece[0] not in NAMED:
        return []
    head = list(takewhile(lambda token: token.type not in ("COLON", "STRING", "CONTAINS"), piece))[1:]
    ofs = [n for n, token in enumerate(head) if token.type == "OF"]
    is_titled = piece[0] == "entity" or (len(head) + 1 < len(piece) and piece[len(head) + 1].type == "STRING")
    is_hyphened = any(token.type == "MINUS" for token in head)
    if piece[0] in OWNED:
        if not ofs or not ofs[-1]:
            return []
        head = head[: ofs[-1]]
    elif not is_titled and not is_hyphened:
        return []
    return head if _are_words(head) else []


def _are_words(tokens: Sequence[Token]) -> bool:
    """Whether these could be one name: words, each once, and hyphens between them."""
    words = [token for token in tokens if token.type != "MINUS"]
    hyphens = all("MINUS" not in (first.type, second.type) or first.type != second.type for first, second in pairwise(tokens))
    ends = bool(tokens) and tokens[0].type != "MINUS" and tokens[-1].type != "MINUS"
    return ends and hyphens and len({*words}) == len(words) and all(_WORD.fullmatch(word) for word in words)


def _name_of_words(source: Source, piece: Sequence[Token]) -> Problem | None:
    words = _words_of_name(piece)
    is_title = piece[0] not in OWNED and any(token.type == "WORD" for token in words)
    is_misspelt = piece[0] == "entity" and any(closest(word, ("contains",)) for word in words[1:])
    if len(words) < 2 or is_title or is_misspelt:
        return None
    span = span_of(source, words[0]).to(span_of(source, words[-1]))
    return one_name(span, as_name(" ".join(words)), as_name(" ".join(words)))


def _owner_of_words(source: Source, head: Sequence[Token]) -> Problem | None:
    """`rule r of care home "R"`."""
    ofs = [n for n, token in enumerate(head) if token.type == "OF"]
    words = list(takewhile(lambda token: token.type != "STRING", head[ofs[-1] + 1 :])) if head[0] in OWNED and ofs else []
    if len(words) < 2 or not _are_words(words) or any(token.type == "WORD" for token in words):
        return None
    return one_name(span_of(source, words[0]).to(span_of(source, words[-1])), as_name(" ".join(words)), str(head[1]))


def name_in_words(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`household size` in a value, where something is called `household_size`."""
    for first, end in ((position - 1, position + 2), (position - 1, position + 1), (position - 2, position + 1)):
        words = piece[max(first, 0) : end]
        name = "_".join(words)
        if len(words) == end - first and is_declared(source.text, name):
            return one_name(span_of(source, words[0]).to(span_of(source, words[-1])), name, subject)
    return None


def one_name(span: Span, name: str, subject: str | None) -> Problem:
    return Problem(
        code="name-spelling",
        message=f"`{short(' '.join(span.text.split()))}` is more than one word, and a name is one.",
        place=Place(span),
        subject=subject,
        fix=f"Write `{name}`.",
    )


def _without_contains(source: Source, piece: Sequence[Token], position: int) -> Problem | None:
    """`entity household person`, where a person is another kind of entity."""
    token = piece[position] if position < len(piece) else None
    others = set(_entities(source.text)) - {str(piece[1]) if len(piece) > 1 else ""}
    if piece[0] != "entity" or token is None or token not in others:
        return None
    return Problem(
        code="unexpected-word",
        message=f"`{token}` is another kind of entity, and nothing says how the two belong together.",
        place=Place(span_of(source, token), "contained?"),
        subject=str(piece[1]),
        fix=f"Add `contains` before `{token}`.",
    )


@frozen
class _Parts:
    name: str
    owner: str
    title: str


def _in_order(source: Source, head: Sequence[Token]) -> Problem | None:
    """`name of owner "Title"`, of which something is missing or stands elsewhere; nothing else may stand between."""
    rest = list(head[1:])
    parts: dict[str, list[Token]] = {"name": [], "owner": [], "title": []}
    while rest:
        token = rest.pop(0)
        if token.type == "OF" and rest and rest[0].type in ("NAME", "EVERYONE"):
            parts["owner"].append(rest.pop(0))
        elif token.type in ("NAME", "STRING"):
            parts["name" if token.type == "NAME" else "title"].append(token)
        elif token.type != "OF":
            return None
    if any(len(found) > 1 for found in parts.values()) or not (parts["name"] or parts["title"]):
        return None
    given = {kind: str(found[0]) if found else "" for kind, found in parts.items()}
    title = given["title"] or f'"{given["name"].replace("_", " ").capitalize()}"'
    name = given["name"] or as_name(given["title"])
    owner = given["owner"] or _likely_owner(source, head[0])
    missing = [kind for kind in ("name", "owner", "title") if not given[kind]]
    says = {
        "name": "has no name: one word in small letters, by which other rules read it.",
        "owner": "does not say whose it is.",
        "title": "has no title in quotes, for people to read.",
    }
    what = f"The {head[0]}" if missing[:1] == ["name"] else f"`{name}`"
    said = says[missing[0]] if missing else "says its title before whose it is."
    others = ", ".join(f"`of {other}`" for other in dict.fromkeys(_entities(source.text)) if other != owner)
    doubt = f"; or {others}, if each has their own." if others and "owner" in missing else "."
    return Problem(
        code="unexpected-word",
        message=f"{what} {said}",
        place=Place(span_of(source, head[1]).to(span_of(source, head[-1])), "not the whole heading" if missing else "exchanged"),
        subject=name,
        fix=f"Write `{name} of {owner} {title}`{doubt}",
    )


def _likely_owner(source: Source, word: str) -> str:
    """What people are in, and have in common; if there is none, who there is."""
    containers = _containers(source.text)
    return str([*containers, *_entities(source.text), "person"][0])


# ---- choices --------------------------------------------------------------------------------------------------------


_LISTED = ("NAME", "WORD", "STRING", "COMMA", "AND", "OR", "UNKNOWN", "MINUS", "DIVIDE")


def choice_values(source: Source, piece: Sequence[Token]) -> list[str]:
    """The values that the list of a choice can be meant to have; none where this is no such list."""
    tokens = piece[_list_of_choice(piece) :]
    if not tokens or not all(token.type in _LISTED or token in reserved_words() for token in tokens):
        return []
    values: list[list[str]] = [[]]
    for token in tokens:
        if token.type in ("COMMA", "AND", "OR", "DIVIDE") or token in (";", "|", "."):
            values.append([])
        else:
            values[-1].append(token)
            if token.type == "STRING":
                values.append([])
    names = [as_name(" ".join(words)) for words in values if words]
    names = [other_value(name.rstrip("_")) if name.endswith("_") else name for name in names]
    return names if all(re.fullmatch(r"[a-z]\w*", name) for name in names) else []


def _list_of_choice(piece: Sequence[Token]) -> int:
    """Where the values of a choice begin; the end of a piece that has none."""
    if piece[0] == "choice" and len(piece) > 4 and piece[1].type in ("NAME", "WORD"):
        start = 3 if piece[2].type == "STRING" else 2
        if piece[start].type in ("COLON", "ORDER", "IS"):
            return start + 1
    return len(piece)


def other_value(word: str) -> str:
    """What a value can be called whose own name is a word of the language."""
    return "none_of_these" if word == "none" else f"{word}_one"


def list_of_choice(source: Source, piece: Sequence[Token], position: int) -> Problem | None:
    """The values of a choice with something else than commas between them, in quotes, or of several words."""
    start = _list_of_choice(piece)
    values, tokens = choice_values(source, piece), piece[start:]
    has_commas = len(tokens) % 2 == 1 and all((token.type == "COMMA") == (n % 2 == 1) for n, token in enumerate(tokens))
    are_names = all(token.type in ("NAME", "COMMA") or token in reserved_words() for token in tokens)
    if not values or position < start or (has_commas and are_names):
        return None
    doubt = "."
    if all(token.type == "NAME" for token in tokens):
        doubt = f"; or `{values[0]}`, if that is one value."
        values = [str(token) for token in tokens]
    return Problem(
        code="unexpected-word",
        message="The values of a choice are names, each one word in small letters, with commas between them.",
        place=Place(span_of(source, tokens[0]).to(span_of(source, tokens[-1])), "not such a list"),
        subject=str(piece[1]),
        fix=f"Write `{', '.join(values)}`{doubt}",
    )


def choice_in_place(source: Source, piece: Sequence[Token], position: int) -> Problem | None:
    """`: choice heating`, or the values of a choice, where a type is needed."""
    colon = next((n for n, token in enumerate(piece) if token.type == "COLON"), None)
    if piece[0] not in ("input", "rule", "table", "figure") or colon is None or position not in range(colon + 1, colon + 4):
        return None
    line = source.position(piece[colon].start_pos or 0)[0]
    here = [token for token in piece[colon + 1 :] if source.position(token.start_pos or 0)[0] == line]
    span = span_of(source, here[0]).to(span_of(source, here[-1])) if here else None
    if span is None or not (here[0] == "choice" or (len(here) > 2 and here[1].type == "COMMA")):
        return None
    names = [token for token in here if token.type == "NAME"]
    if here[0] == "choice" and len(here) == 2 and names:
        return Problem(
            code="unexpected-word",
            message="`choice` begins a declaration; as a type the name of a choice stands alone.",
            place=Place(span),
            subject=str(piece[1]),
            fix=f"Write `{names[0]}`.",
        )
    if len(names) < 2:
        return None
    own = f"{piece[1]}_choice"
    return Problem(
        code="unexpected-word",
        message="The values of a choice stand in a declaration of their own.",
        place=Place(span),
        subject=str(piece[1]),
        fix=f"Declare `choice {own} : {', '.join(names)}` above, and write `{own}` here.",
    )


# ---- text for people to read ----------------------------------------------------------------------------------------


def unquoted(
    source: Source, state: InteractiveParser, piece: Sequence[Token], position: int, subject: str | None
) -> Problem | None:
    """Text for people to read that stands without quotes."""
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


def amended_by_title(source: Source, piece: Sequence[Token], position: int, subject: str | None) -> Problem | None:
    """`amends the Meals Order`: an instrument by its title."""
    if piece[position - 1].type != "AMENDS" or piece[position].type not in ("STRING", "WORD", "NAME", "THE"):
        return None
    start = piece[position].start_pos or 0
    line = source.text[start:].split("\n")[0].split("#")[0].rstrip()
    span = Span(source, start, start + len(line))
    return Problem(
        code="title-for-name",
        message=f"`{short(span.text)}` is no name: an amendment names the instrument that it amends.",
        place=Place(span, "a name is expected here"),
        subject=subject,
        fix='Write the name that stands before its title: `instrument name "Title"`.',
    )
