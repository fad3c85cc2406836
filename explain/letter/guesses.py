"""What nobody told, and was taken to be so: as questions, what carries the award first, and by title what changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from engine.assessment import Assessment, FactUse
from engine.varying.others import OtherValues, other_values
from explain.letter.names import Names
from explain.telling.facts import FactView
from explain.tongue import Tongue

MANY = 4
"""Kinds of money counted as none, from which on one question asks of all."""


@frozen(eq=False, repr=False)
class Question:
    """A fact that nobody told, of all of whom the same was assumed."""

    ask: str
    """As the rules ask it; where they have no question, the title of the fact."""
    whose: str
    """Of whom it is asked; "" where it is of everybody of whom it can be."""
    value: str
    """What it was taken to be."""


@frozen(eq=False, repr=False)
class Guesses:
    questions: tuple[Question, ...]
    """Those of which another answer would change what is awarded."""
    is_of_all: bool
    """Whether one of them that names nobody is about several people."""
    amounts: tuple[str, ...]
    """By title, money that was counted as none, of which another amount would change what is awarded."""
    idle: tuple[str, ...]
    """By title, those of which none would, each by itself."""


def guesses_of(
    assessment: Assessment, facts: Sequence[tuple[FactUse, FactView]], names: Names, tongue: Tongue, easy: bool
) -> Guesses:
    """First what carries the award, then what can only raise it; of many kinds of money counted as none, all in one question."""
    asked: dict[tuple[str, str], list[FactUse]] = {}
    order: dict[tuple[str, str], int] = {}
    amounts: dict[str, list[FactUse]] = {}
    idle: dict[str, list[FactUse]] = {}
    assumed = [(use, view, _effect(assessment, use)) for use, view in facts if use.is_assumed]
    none = {use.term.name for use, _, effect in assumed if effect.is_any and _is_no_money(use)}
    for use, view, effect in assumed:
        title = tongue.title(view.title)
        if not effect.is_any or (len(none) >= MANY and _is_no_money(use)):
            (amounts if effect.is_any else idle).setdefault(title, []).append(use)
            continue
        about = assessment.graph.vocabulary.inputs[use.term.name].ask
        value = tongue.spoken(use.exact) if use.exact is not None else view.value
        key = tongue.title(about) if about else tongue.say("{title}.", title=title), value
        asked.setdefault(key, []).append(use)
        order[key] = min(order.get(key, 2), _rank(use, effect))
    questions = [
        Question(ask, _begun(_whose(assessment, asked[ask, value], names, tongue)), value)
        for ask, value in sorted(asked, key=order.__getitem__)
    ]
    is_of_all = any(not one.whose and any(names.of(use) for use in asked[one.ask, one.value]) for one in questions)

    def titles(told: Mapping[str, Sequence[FactUse]]) -> tuple[str, ...]:
        return tuple(_with(title, _whose(assessment, uses, names, tongue), tongue, easy) for title, uses in told.items())

    return Guesses(tuple(questions), is_of_all, titles(amounts), titles(idle))


def _whose(assessment: Assessment, uses: Sequence[FactUse], names: Names, tongue: Tongue) -> str:
    """Nothing where it is of everybody of whom it can be."""
    paths = {use.path for use in uses}
    if paths >= set(assessment.world.paths[uses[0].term.entity]):
        return ""
    return tongue.listed(tuple(dict.fromkeys(filter(None, (names.by_path[path] for path in sorted(paths))))))


def _with(title: str, whose: str, tongue: Tongue, easy: bool) -> str:
    if whose and easy:
        return _begun(whose) + tongue.say(": ") + title
    return tongue.say("{title} ({whose})", title=title, whose=whose) if whose else title


def _is_no_money(use: FactUse) -> bool:
    return use.term.type.is_money and use.value == 0


def _begun(whose: str) -> str:
    return whose[:1].upper() + whose[1:]


def _rank(use: FactUse, effect: OtherValues) -> int:
    if not (effect.less or effect.unknown):
        return 2
    return 1 if use.term.type.is_number else 0


def _effect(assessment: Assessment, use: FactUse) -> OtherValues:
    """What is assumed of another day alone is not tried: the award may turn on it."""
    if (use.term.index, use.path) not in assessment.facts_by_key:
        return OtherValues(less=False, more=False, unknown=True)
    return other_values(assessment, (use.term.index, assessment.world.paths[use.term.entity].index(use.path)))
