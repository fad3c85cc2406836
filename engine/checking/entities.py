"""Kinds of entity that a book names: whether they are there, and what to say when one is not (S21)."""

from __future__ import annotations

from engine.book.law import Law
from grammar import syntax
from grammar.problems import Place, Problem
from grammar.words import closest


def has_entity(word: syntax.Word, law: Law, subject: str, problems: list[Problem]) -> bool:
    """Whether there is such a kind of entity; if not, a problem, unless its declaration could not be read."""
    entities = law.entities
    if word.name in entities:
        return True
    if word.name in law.unread:
        return False
    if no_entity_told(word.name, problems):
        return False
    near = closest(word.name, entities, problems)
    fix = f"Write `{near}`." if near else f"Declare it: `entity {word.name}`."
    if near and near not in _named_entities(law):
        fix = f"Only line {entities[near].name_span.line} says `{near}`: correct whichever of the two is misspelt."
    problems.append(
        Problem(code="unknown-entity", message=no_entity(word.name), place=Place(word.span), subject=subject, fix=fix)
    )
    return False


def no_entity(name: str) -> str:
    return f"There is no kind of entity called `{name}`."


def no_entity_told(name: str, problems: list[Problem]) -> bool:
    """Whether this entity is known to be missing: its declaration may be what is misspelt, and that is one mistake."""
    return any(problem.code == "unknown-entity" and problem.message == no_entity(name) for problem in problems)


def _named_entities(law: Law) -> set[str]:
    """The kinds of entity that anything is declared of, or that stand inside another."""
    heads = [*law.inputs.values(), *(provision.head for provision in law.provisions.values())]
    named = {of.name for head in heads if (of := getattr(head, "of", None)) is not None}
    return named | {inner.name for entity in law.entities.values() for inner in entity.contains}
