"""Jinja as all templates use it. Templates are ours alone; whatever a case or a rule file says is only ever text in them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from textwrap import wrap
from typing import Any, Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from explain.marks import as_elements, as_part, link, links, plain
from explain.phrases import numbered, sentence, spoken

TextFormat = Literal["text", "md", "html"]
_SUFFIX: dict[TextFormat, str] = {"text": "txt", "md": "md", "html": "html"}
_WIDTH = 100
_BEGINS_A_BLOCK = re.compile(r"^[\s\x01-\x06]*(?:[-+=](?=[\s=\x01-\x06-]|$)|\d+[.)](?=[\s\x01-\x06]|$))", re.MULTILINE)
"""What would make a list, a rule or a heading of a line: `- `, `12. `, `===`."""
_ADDRESS = re.compile(r"(?:https?|ftp):(?=//)|\bwww\.", re.IGNORECASE)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~&])")


def rendered(kind: str, form: TextFormat, **values: object) -> str:
    """A document by the template of its kind, ending in one line end."""
    return finished(filled(kind, form, **values), form)


def filled(kind: str, form: TextFormat, **values: object) -> str:
    """The same as it comes out of its template."""
    return template(f"{kind}.{_SUFFIX[form]}").render(**values).rstrip() + "\n"


def finished(text: str, form: TextFormat) -> str:
    """Of a text, lines of at most 100 characters, what goes on a little further in, and no two empty lines together."""
    if form != "text":
        return text
    lines = re.sub(r"\n{3,}", "\n\n", text).split("\n")[:-1]
    return "".join(f"{part}\n" for line in lines for part in _parts(line))


def _parts(line: str) -> list[str]:
    start = len(line) - len(line.lstrip())
    return wrap(line, _WIDTH, subsequent_indent=" " * (start + 2), break_long_words=False, break_on_hyphens=False) or [""]


def template(name: str) -> Template:
    """A template of ours by its name without `.jinja`: `explanation.txt`."""
    return _environment(name.endswith((".html", ".svg"))).get_template(f"{name}.jinja")


@cache
def _environment(markup: bool) -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=markup,  # noqa: S701  (text and Markdown are no markup; Markdown is escaped by `md`)
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = as_markdown
    environment.filters["link"] = _link
    environment.filters["plain"] = plain
    environment.filters["figures"] = as_elements if markup else str
    environment.filters["part"] = as_part
    environment.filters["links"] = links
    environment.globals |= {
        "sentence": _sentence if markup else sentence,
        "numbered": _numbered if markup else numbered,
        "spoken": spoken,
        "link": link,
    }
    return environment


def _sentence(message: str, /, **values: Any) -> str:
    """A phrase of a page, in which what is put in may be an element."""
    for value in values.values():
        if value.__class__ is Markup:
            return _as_markup(sentence(message), values)
    return sentence(message, **values)


def _numbered(one: str, several: str, number: int, /, **values: Any) -> str:
    """The same where the words follow a number."""
    for value in values.values():
        if value.__class__ is Markup:
            return _as_markup(spoken().phrases.ngettext(one, several, number), {**values, "number": f"{number:,}"})
    return numbered(one, several, number, **values)


def _as_markup(words: str, values: dict[str, Any]) -> Markup:
    escaped = {name: str(escape(value)) for name, value in values.items()}
    return Markup(str(escape(words)).format(**escaped))  # noqa: S704  (all of it is escaped, or is ours)


def _source(name: str) -> str:
    return files("explain").joinpath("templates", name).read_text(encoding="utf-8")


def as_markdown(text: object) -> str:
    """Text that stays text in Markdown: no mark-up, no list, no rule, and no link of a bare address."""
    escaped = _MARKDOWN.sub(r"\\\1", str(text))
    escaped = _BEGINS_A_BLOCK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", escaped)
    return _ADDRESS.sub(lambda found: found[0].replace(":", r"\:").replace(".", r"\."), escaped)


def _link(address: str) -> str:
    """A link to a web page, or nowhere: an address in a rule file must not run anything."""
    return address if re.fullmatch(r"https?://[^\s<>\"']+", address) else "#"
