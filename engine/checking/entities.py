"""Kinds of entity that a book names: whether they are there, and which stands inside which (S21)."""

from __future__ import annotations

from engine.book.law import Law
from engine.checking.sizes import too_many_entities
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
    if law.missing_entities[word.name] is not word:
        return False  # its declaration may be what is misspelt, and that is one mistake: it is told where it is named first
    near = closest(word.name, entities, problems)
    fix = f"Write `{near}`." if near else f"Declare it: `entity {word.name}`."
    if near and near not in _named_entities(law):
        fix = f"Only line {entities[near].name_span.line} says `{near}`: correct whichever of the two is misspelt."
    problems.append(
        Problem(
            code="unknown-entity",
            message=f"There is no kind of entity called `{word.name}`.",
            place=Place(word.span),
            subject=subject,
            fix=fix,
        )
    )
    return False


def contained(law: Law, problems: list[Problem]) -> dict[str, str | None]:
    """Each kind of entity has at most one container, and none contains itself."""
    container: dict[str, str | None] = dict.fromkeys(law.entities)
    if (too_many := too_many_entities(list(law.entities.values()))) is not None:
        problems.append(too_many)
        return container
    for entity in law.entities.values():
        for inner in entity.contains:
            if not has_entity(inner, law, entity.name, problems):
                continue
            above: str | None = entity.name
            while above is not None and above != inner.name:
                above = container[above]
            if above is not None or container[inner.name] is not None:
                other = container[inner.name]
                problems.append(
                    Problem(
                        code="entity-contained-twice",
                        message=f"`{inner.name}` {f'already stands inside `{other}`' if other else 'would contain itself'}.",
                        place=Place(inner.span),
                        subject=entity.name,
                        fix="Let each kind of entity stand inside one other kind.",
                    )
                )
            else:
                container[inner.name] = entity.name
    return container


def _named_entities(law: Law) -> set[str]:
    """The kinds of entity that anything is declared of, or that stand inside another."""
    return {word.name for word in law.named_entities()}
