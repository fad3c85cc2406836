"""Catalogues of translations: what there is to translate, found afresh, and what is translated, compiled.

    python -m jurat.catalogues          of the phrases of letters, and of every scheme below rules/ that is translated
    python -m jurat.catalogues FOLDER   of one scheme: what it says in words goes to FOLDER/translations

Writes `.pot` (what there is to translate), brings every `.po` beside it up to date (what is new in it is empty, what is gone is
kept at its end as a comment) and compiles it to `.mo`. Needs Babel, which Jurat itself does not: it reads only what is compiled.
Same texts, same bytes: no catalogue says when it was made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from attrs import fields, has
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from engine import units
from explain.tongue import DOMAIN, LOCALE
from grammar import syntax
from grammar.content import Tree
from grammar.declarations import Choice, Entity, Input, Scheme, Unit
from grammar.notices import Challenge, Duty, TimeLimit
from grammar.parsing import parse
from grammar.provisions import Figure, Reading, Refuses, Rule, Scale, Table, Unwritten
from grammar.source import Source
from jurat.languages import FOLDER

EXPLAIN = Path(__file__).parent.parent / "explain"
FACE = Path(__file__).parent
RULES = Path(__file__).parent.parent / "rules"
DRAFTS = "drafts"

IN_LETTERS = {"say": None, "noted": None, "many": (1, 2), "counted": (1, 2)}
IN_PAGES = {"phrase": None, "sentence": None, "worded": None, "numbered": (1, 2), "paired": (1, 2)}
"""What marks a phrase of a letter, and what marks one of the pages for officers and auditors, which are in English alone."""
_TOLD = "The translation awaits a native reader."

Found = tuple[str | tuple[str, str], str]
"""Words, or words for one and for several, and the file in which they stand."""


class Deterministic(Catalog):
    """A catalogue whose header says nothing of when and with what it was made."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        found = [("Project-Id-Version", "Jurat")]
        if self.locale is not None:
            found += [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms), ("X-Native-Reader", "awaited")]
        return [
            *found,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def catalogue(found: Iterable[Found], locale: str | None = None) -> Catalog:
    """What there is to translate, in the order of its words."""
    words: dict[str | tuple[str, str], dict[str, None]] = {}
    for message, place in found:
        words.setdefault(message, {})[place] = None
    made = Deterministic(locale=locale, header_comment=f"# Jurat. {_TOLD if locale else 'What there is to translate.'}")
    made.fuzzy = False
    for message in sorted(words, key=lambda message: (message,) if isinstance(message, str) else message):
        made.add(message, locations=[(place, 0) for place in sorted(words[message])])
    return made


# ---- the phrases of letters -----------------------------------------------------------------------------------------


def phrases(marked: Mapping[str, tuple[int, ...] | None] = IN_LETTERS) -> Iterator[Found]:
    """Every phrase that is marked so, in the modules and the templates of `explain`, and where what it tells is given a title."""
    for path in sorted([*EXPLAIN.rglob("*.py"), *EXPLAIN.rglob("*.jinja"), *FACE.glob("*.py")]):
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        with path.open("rb") as file:
            for _, message, _, _ in extract(method, file, keywords=marked):
                if message:
                    yield message, path.relative_to(EXPLAIN.parent).as_posix()  # type: ignore[misc]


# ---- the words of a rule book ---------------------------------------------------------------------------------------

_TITLED = (Input, Figure, Rule, Table, Scale, Scheme, Challenge, Duty)


def words_of(folder: Path) -> Iterator[Found]:
    """What a scheme says in words that a letter can show: titles, answers, sentences, why something is unknown."""
    for path in sorted(folder.rglob("*.rules")):
        if DRAFTS not in path.relative_to(folder).parts:
            parsed = parse(Source(path.name, path.read_text(encoding="utf-8")))
            for declaration in parsed.file.declarations:
                for words in _words(declaration):
                    yield words, path.relative_to(folder).as_posix()


def _words(tree: object) -> Iterator[str | tuple[str, str]]:
    if isinstance(tree, tuple | list):
        for part in tree:
            yield from _words(part)
    if not isinstance(tree, Tree) or isinstance(tree, Reading) or not has(type(tree)):
        return
    if isinstance(tree, _TITLED) and tree.title:
        yield tree.title
    match tree:
        case Choice(values=values):
            yield from (value.name.replace("_", " ") for value in values)
        case Entity(name=name):
            yield name
        case Unit(name=name, plural=plural):
            yield units.one(f"{name}:{plural.name}"), units.many(f"{name}:{plural.name}")
        case syntax.NotEncoded(reason=reason) if reason:
            yield reason
        case Input(default=default, ask=ask) if default is not None and ask:  # a letter asks what was assumed
            yield ask
        case Challenge(to=to, giving=giving, notes=notes):
            yield from filter(None, (to, giving, *notes))
        case Duty(to=to, also=also, notes=notes):
            yield from filter(None, (to, *also, *notes))
        case TimeLimit(after=after) if after:
            yield after
        case Refuses(evidence=evidence) if evidence:
            yield evidence
        case Unwritten(why=why, affecting=(_, *_)):
            yield why
    because = getattr(tree, "because", None)
    if because:
        yield because
    for part in fields(type(tree)):  # type: ignore[arg-type]
        if part.name != "span":
            yield from _words(getattr(tree, part.name))


# ---- files ----------------------------------------------------------------------------------------------------------


def written(made: Catalog) -> bytes:
    """A catalogue as text."""
    text = BytesIO()
    write_po(text, made, width=0, include_lineno=False)
    return text.getvalue()


def compiled(text: bytes) -> bytes:
    """A catalogue of translations as it is read at run time."""
    made = read(text)
    data = BytesIO()
    write_mo(data, made)
    return data.getvalue()


def read(text: bytes) -> Catalog:
    """A catalogue of translations, its header made afresh."""
    found = read_po(BytesIO(text))
    made = Deterministic(locale=found.locale, header_comment=found.header_comment)
    made.fuzzy = False
    for message in found:
        if message.id:
            made[message.id] = message
    made.obsolete = found.obsolete
    return made


def up_to_date(text: bytes, template: Catalog) -> bytes:
    """A catalogue of translations with every message of the template; what is gone from it is kept, should it come back."""
    before = read(text)
    made = Deterministic(locale=before.locale, header_comment=before.header_comment)
    made.fuzzy = False
    for message in template:
        if message.id:
            old: Message | None = before.get(message.id) or before.obsolete.get(_key(message.id))
            made.add(message.id, old.string if old is not None else None, locations=message.locations)
    kept = {_key(message.id): message for message in before if message.id and message.string and message.id not in made}
    kept.update({_key(key): message for key, message in before.obsolete.items()})
    made.obsolete = {key: kept[key] for key in sorted(kept) if kept[key].id not in made}
    return written(made)


def _key(message: str | list[str] | tuple[str, ...]) -> str:
    """By what Babel knows a message: of words for one and for several, the first."""
    return message if isinstance(message, str) else message[0]


def remake(template: Path, found: Iterable[Found]) -> list[tuple[Path, bytes]]:
    """The template, and of each language beside it the catalogue and its compiled form, as they should be."""
    made = catalogue(found)
    files = [(template, written(made))]
    in_folders, beside = template.parent.glob("*/LC_MESSAGES/*.po"), template.parent.glob("*.po")
    for path in sorted((*in_folders, *beside)):
        text = up_to_date(path.read_bytes(), made)
        files += [(path, text), (path.with_suffix(".mo"), compiled(text))]
    return files


def all_files() -> list[tuple[Path, bytes]]:
    """Every catalogue that is shipped, as it should be."""
    found = remake(EXPLAIN.joinpath(LOCALE, f"{DOMAIN}.pot"), phrases())
    found.append((EXPLAIN.joinpath(LOCALE, "pages.pot"), written(catalogue(phrases(IN_PAGES)))))
    for folder in sorted(path.parent for path in RULES.rglob(FOLDER)):
        found += remake(folder.joinpath(FOLDER, "words.pot"), words_of(folder))
    return found


def main(folders: list[str]) -> None:
    files = [file for folder in folders for file in remake(Path(folder, FOLDER, "words.pot"), words_of(Path(folder)))]
    for path, data in files or all_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
