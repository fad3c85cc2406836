"""Starts for those who write: a scheme with a rule of each sort, and a case with a line for each fact that an award needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from engine.book.schemes import EVERYONE
from engine.checking.vocabulary import InputType
from engine.graph import Graph, Term
from engine.values import NEVER, Exact, day_words
from explain.telling.voices import listed
from explain.templating import template
from grammar.declarations import Choice
from grammar.limits import NAME_CHARACTERS
from grammar.parsing import parse
from grammar.source import Source
from grammar.words import reserved_words

_SPELT = re.compile(r"[a-z][a-z0-9_]*")
_NAME_CHARACTERS = NAME_CHARACTERS - 20
"""Longer names are made of it: `NAME_law`."""
_ADULT_YEARS = 30
"""How many years before the day of a case a date is put for which nothing better is known, such as that of a birth."""


@frozen(eq=False, repr=False)
class Wrong:
    """Why something cannot be called so, and what to write."""

    message: str
    fix: str


def name_mistake(name: str) -> Wrong | None:
    """What is wrong with the spelling of a name."""
    if _SPELT.fullmatch(name) and len(name) <= _NAME_CHARACTERS:
        return None
    spelt = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")[:_NAME_CHARACTERS]
    spelt = spelt if _SPELT.fullmatch(spelt) else "first"
    shown = ascii(name) if len(name) <= _NAME_CHARACTERS else f"A name of {len(name)} letters"
    rule = f"names are written in up to {_NAME_CHARACTERS} small letters, digits and `_`, and begin with a letter"
    return Wrong(f"{shown} is no name: {rule}", f"write `{spelt}`")


def scheme_mistake(name: str) -> Wrong | None:
    """What is wrong with a name for a scheme, after which its award is called too."""
    mistake = name_mistake(name)
    if mistake:
        return mistake
    if name in reserved_words():
        return Wrong(f"`{name}` is a word of the language, so it cannot be a name", f"write `{name}_benefit`")
    if name in _declared(scheme_start("another")):
        return Wrong(f"`{name}` is the name of something else in the file that would be written", f"write `{name}_benefit`")
    return None


def scheme_start(name: str) -> str:
    """A rule file with an instrument, people, facts, a dated figure, rules, an award and an example, each with its comment."""
    return template("start.rules").render(name=name, title=_title(name)).rstrip() + "\n"


def _declared(text: str) -> set[str]:
    """The names of terms, entities and answers in a rule file."""
    declarations = parse(Source("the start", text)).file.declarations
    answers = {value.name for choice in declarations if isinstance(choice, Choice) for value in choice.values}
    return answers | {declaration.name for declaration in declarations if hasattr(declaration, "name")}


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


# ---- a case ---------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class FactLine:
    """A fact of a case: what is said of it, a line each, and a value that it may have."""

    name: str
    remarks: tuple[str, ...]
    value: str


@frozen(eq=False, repr=False)
class MemberLines:
    given: str
    """`person person_1 of household_1 as claimant`, or `everyone` for the facts that are nobody's own."""
    facts: tuple[FactLine, ...]


def case_start(graph: Graph, asked: Sequence[Term], name: str) -> str:
    """A case with one of each kind of entity, and each fact that the asked terms may need, on the day of the graph."""
    needed = graph.needed(asked)
    words = graph.vocabulary
    kinds = {term.entity for term in needed if term.entity}
    kinds |= {outer for kind in kinds for outer in words.containers(kind)}
    members = [_member(graph, kind, needed) for kind in words.order if kind in kinds or not kinds]
    everyone = MemberLines(EVERYONE, _facts(graph, None, needed))
    members += [everyone] if everyone.facts else []
    titles = listed([term.title for term in asked], "and")
    text = template("start.case").render(title=_title(name), asked=titles, on=day_words(graph.on), members=members)
    return text.rstrip() + "\n"


def _member(graph: Graph, kind: str, needed: Sequence[Term]) -> MemberLines:
    """One member of a kind, who holds each role that somebody must hold."""
    outer = graph.vocabulary.container[kind]
    roles = [role.name for role in graph.vocabulary.roles.values() if role.holder == kind and role.cardinality == "one"]
    given = f"{kind} {kind}_1" + (f" of {outer}_1" if outer else "") + (f" as {', '.join(roles)}" if roles else "")
    return MemberLines(given, _facts(graph, kind, needed))


def _facts(graph: Graph, kind: str | None, needed: Sequence[Term]) -> tuple[FactLine, ...]:
    inputs = [graph.vocabulary.inputs[term.name] for term in needed if term.kind == "input" and term.entity == kind]
    inputs.sort(key=lambda item: (item.span.source.path, item.span.start))
    return tuple(_fact(graph, item) for item in inputs)


def _fact(graph: Graph, item: InputType) -> FactLine:
    title, ask = _one_line(item.title), item.ask
    remarks = [f"{title}: {_values(graph, item)}"]
    remarks += [f"“{_one_line(ask)}”"] if ask else []
    if item.default is None:
        remarks.append("It has to be given.")
    else:
        remarks.append(f"Where this line is left out: {_written(item, item.default)}.")
    return FactLine(item.name, tuple(remarks), _written(item, _placeholder(graph, item)))


def _values(graph: Graph, item: InputType) -> str:
    """What a fact may be: `£ a week, £0 to £20,000`, `owner, tenant or lodger`."""
    if item.type.kind == "choice":
        return listed(graph.vocabulary.choices[item.type.choice or ""], "or")
    bounds = [None if bound is None else _written(item, bound) for bound in (item.low, item.high)]
    match bounds:
        case [str(low), str(high)]:
            return f"{item.type}, {low} to {high}"
        case _:
            return "yes or no" if item.type.kind == "yes/no" else str(item.type)


def _placeholder(graph: Graph, item: InputType) -> int | bool | str | date:
    """A value that the fact may have: its default, or else the plainest."""
    if item.default is not None:
        assert isinstance(item.default, int | bool | str | date)
        return item.default
    match item.type.kind:
        case "yes/no":
            return False
        case "date or never":
            return NEVER
        case "date":
            return date(graph.on.year - _ADULT_YEARS, 1, 1)
        case "text":
            return "to be filled in"
        case "choice":
            return graph.vocabulary.choices[item.type.choice or ""][0]
        case _:
            value = 0 if item.low is None else max(0, item.low)
            return value if item.high is None else min(value, item.high)


def _written(item: InputType, value: object) -> str:
    """A value as a case has it: `£1,050 per week`, `1050 hours per week`."""
    if item.type.kind == "choice":
        return str(value)
    if item.type.kind == "text":
        return f'"{value}"'
    words = Exact(value, item.type, item.scale).words()  # type: ignore[arg-type]
    if not item.type.is_number:
        return words
    for article in (" a ", " an "):
        words = words.replace(article, " per ")
    return re.sub(r"\.00(?!\d)", "", words) if item.type.is_money else words.replace(",", "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
