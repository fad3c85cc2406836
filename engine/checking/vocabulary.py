"""Entities, choices and inputs, checked: the words in which households are described (S1, S10, S11, S21)."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from datetime import date

from attrs import evolve, frozen

from engine import types, units
from engine.book.law import Law
from engine.book.schemes import EVERYONE, Keys
from engine.checking.entities import contained, has_entity
from engine.checking.sizes import MOST_VALUES, listed, too_many_values
from engine.exact import rescaled
from engine.mechanisms.reads import number
from engine.types import Type
from engine.values import NEVER, Exact, Value, day_words
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.words import TYPES, closest

MONEY_PLACES = 2
OTHER_PLACES = 4
"""Decimals that a fact may have: pence for money, ten-thousandths for anything else; an input's scale rests on them."""


@frozen(eq=False, repr=False)
class InputType:
    """What an input holds: its type and scale, its range and its default over that scale."""

    name: str
    title: str
    entity: str | None
    """Whose fact it is; None for one that is nobody's own."""
    type: Type
    scale: int
    low: int | None
    high: int | None
    default: Value | None
    ask: str | None
    """The question to whoever gives it."""
    cites: tuple[str, ...]
    span: Span


@frozen(eq=False, repr=False)
class Role:
    """Who among the members of an entity somebody is."""

    name: str
    title: str
    owner: str
    holder: str
    cardinality: str


@frozen(eq=False, repr=False)
class Vocabulary:
    container: Mapping[str, str | None]
    """Each kind of entity, and the kind that contains it."""
    titles: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, InputType]
    order: tuple[str, ...]
    """Kinds of entity, containers first."""
    roles: Mapping[str, Role]
    units: Mapping[str, str]
    """Every spelling of a declared unit, and its symbol."""
    keys: Keys
    """What names with a scheme before them stand for."""

    def containers(self, entity: str) -> list[str]:
        """The kinds that contain this one, nearest first."""
        found: list[str] = []
        above = self.container.get(entity)
        while above is not None:
            found.append(above)
            above = self.container[above]
        return found


CASE_KEYS = frozenset({"version", "title", "on", "known"})
RESULT_KEYS = CASE_KEYS | {
    "effect", "law", "drafts", "asked", "strict", "readings", "schemes", "warnings", "figures", "steps", "facts", "unused",
    "other_days", "beside", "receipt", "problems",
}  # fmt: skip
"""What a case or an answer says beside its entities; no entity may be called so."""


def vocabulary(law: Law, problems: list[Problem]) -> Vocabulary:
    for entity in law.entities.values():
        if entity.name in RESULT_KEYS:
            _key_taken(entity.name, entity.name_span, problems)
    container = contained(law, problems)
    choices = {name: _choice(choice, law, problems) for name, choice in law.choices.items()}
    inputs = {}
    for declaration in law.inputs.values():
        if declaration.of.name != EVERYONE and not has_entity(declaration.of, law, declaration.name, problems):
            continue
        if declaration.of.name == EVERYONE and declaration.name in RESULT_KEYS:
            _key_taken(declaration.name, declaration.name_span, problems)
        if has_type(declaration.type, law, declaration.name, problems):
            inputs[declaration.name] = _input(declaration, choices, problems)
    depth = dict.fromkeys(container, 0)
    for name in container:
        above = container[name]
        while above is not None:
            depth[name] += 1
            above = container[above]
    order = tuple(sorted(container, key=lambda name: (depth[name], name)))
    titles = {name: entity.title or name.replace("_", " ").capitalize() for name, entity in law.entities.items()}
    return Vocabulary(container, titles, choices, inputs, order, _roles(law, container, problems), law.units, law.keys)


def _key_taken(name: str, span: Span, problems: list[Problem]) -> None:
    message = f"`{name}` stands for something else in cases and answers."
    problems.append(Problem(code="name-taken", message=message, place=Place(span), fix="Choose another name."))


def _roles(law: Law, container: Mapping[str, str | None], problems: list[Problem]) -> dict[str, Role]:
    """Each role is held by members of the entity that it is a role of."""
    found = {}
    for role in law.roles.values():
        known = [has_entity(word, law, role.name, problems) for word in (role.of, role.holder)]
        if not all(known):
            continue
        above = container[role.holder.name]
        while above is not None and above != role.of.name:
            above = container[above]
        if above is None:
            problems.append(
                Problem(
                    code="wrong-entity",
                    message=f"A {role.of.name} contains no {role.holder.name}.",
                    place=Place(role.holder.span, "not inside"),
                    subject=role.name,
                    fix="Name a kind of entity that stands inside the other.",
                )
            )
        else:
            found[role.name] = Role(role.name, role.title, role.of.name, role.holder.name, role.cardinality)
    return found


def _choice(choice: d.Choice, law: Law, problems: list[Problem]) -> tuple[str, ...]:
    values: dict[str, Span] = {}
    taken = {*law.entities, *law.inputs, *law.provisions}
    if (too_many := too_many_values(choice)) is not None:
        problems.append(too_many)
    for value in choice.values[:MOST_VALUES]:
        if value.name in values or value.name in taken:
            what = "already a value here" if value.name in values else "the name of something else"
            problems.append(
                Problem(
                    code="name-taken",
                    message=f"`{value.name}` is {what}.",
                    place=Place(value.span),
                    subject=choice.name,
                    fix="Choose another word.",
                )
            )
        values.setdefault(value.name, value.span)
    return tuple(values)


def has_type(text: syntax.TypeText, law: Law, subject: str, problems: list[Problem]) -> bool:
    """Whether a type that names a choice names one that there is; if not, a problem, as for entities."""
    choices = law.choices
    if text.kind != "choice" or text.choice in choices:
        return True
    if text.choice in law.unread:
        return False
    near = TYPES.get(text.choice or "") or closest(text.choice or "", choices, problems)
    problems.append(
        Problem(
            code="unknown-type",
            message=f"There is no type or choice called `{text.choice}`.",
            place=Place(text.span),
            subject=subject,
            fix=f"Write `{near}`." if near else _no_type(text.choice or ""),
        )
    )
    return False


def _no_type(name: str) -> str:
    if name == "amount":
        return "Write `£` for an amount of money, with its time where it has one: `£ a week`; or `number`."
    return f"Declare it: `choice {name} : first_value, second_value`."


def _input(declaration: d.Input, choices: Mapping[str, tuple[str, ...]], problems: list[Problem]) -> InputType:
    type_ = types.declared(declaration.type)
    scale = input_scale(type_)
    bounds: list[int | None] = []
    if declaration.low is not None and declaration.high is not None and not type_.is_number:
        if type_ != types.UNKNOWN:
            message = f"`{declaration.name}` is {type_}, and a range goes from one amount to another."
            span = declaration.low.span.to(declaration.high.span)
            _refuse(message, span, declaration.name, problems, "Delete the `range`.")
        declaration = evolve(declaration, low=None, high=None)
    for bound in (declaration.low, declaration.high):
        bounds.append(None if bound is None else _bound(bound, type_, scale, choices, declaration.name, problems))
    default = None
    if declaration.default is not None:
        found = value_of(declaration.default, type_, scale, choices, told=problems)
        if isinstance(found, Mistake):
            _refuse(found.text, declaration.default.span, declaration.name, problems, found.fix)
        else:
            default = found
            outside = range_message(Exact(found, type_, scale), bounds[0], bounds[1])
            if outside:
                message = f"The default is outside the range: {outside}"
                _refuse(message, declaration.default.span, declaration.name, problems, "Correct one of the two.")
    entity = None if declaration.of.name == EVERYONE else declaration.of.name
    cites = tuple(cite.text for cite in declaration.cites)
    return InputType(
        declaration.name, declaration.title, entity, type_, scale, bounds[0], bounds[1], default, declaration.ask, cites,
        declaration.name_span,
    )  # fmt: skip


def _bound(
    bound: syntax.Number,
    type_: Type,
    scale: int,
    choices: Mapping[str, tuple[str, ...]],
    subject: str,
    problems: list[Problem],
) -> int | None:
    value = value_of(bound, type_, scale, choices)
    if isinstance(value, Mistake):
        _refuse(value.text, bound.span, subject, problems, value.fix)
        return None
    assert isinstance(value, int)  # ranges of anything else are refused before
    return value


def _refuse(message: str, span: Span, subject: str, problems: list[Problem], fix: str | None = None) -> None:
    problems.append(Problem(code="value-type", message=message, place=Place(span), subject=subject, fix=fix))


def input_scale(type_: Type) -> int:
    """The scale at which facts of a type are kept."""
    if not type_.is_number or type_.kind == "whole number":
        return 1
    places = MONEY_PLACES if type_.is_money else OTHER_PLACES + 2 * (type_.kind == "%")
    return int(10**places)


@frozen
class Mistake:
    """Why a written value is none of the wanted type, and what to write."""

    text: str
    fix: str | None = None


def value_of(
    text: syntax.FactValue, type_: Type, scale: int, choices: Mapping[str, tuple[str, ...]], bare: bool = False, told: Sized = ()
) -> int | bool | str | date | Mistake:
    """A written value as one of a type; `bare` allows a number without its unit, as cases do (S10); `told` are the
    problems told before, as for `closest`."""
    match type_.kind, text:
        case "unknown", _:
            return 0
        case "yes/no", syntax.YesNo():
            return text.value
        case "date" | "date or never", syntax.DateText():
            return text.value
        case "date or never", syntax.Never():
            return NEVER
        case "text", syntax.Text():
            return text.value
        case "choice", syntax.Word():
            values = choices.get(type_.choice or "", ())
            if text.name in values:
                return text.name
            near = closest(text.name, values, told)
            return Mistake(
                f"`{text.name}` is no value of {type_.choice}: {listed(values)}.", f"Write `{near}`." if near else None
            )
        case _, syntax.Number() if type_.is_number:
            return _number_of(text, type_, scale, bare)
    return Mistake(f"{_called(text)} is no value for {type_}.", f"Write {example_of(type_, choices)}.")


def _number_of(text: syntax.Number, type_: Type, scale: int, bare: bool) -> int | Mistake:
    value, found_scale, found = number(text)
    if bare and not text.unit and not text.percent:
        if type_.kind == "%":
            found_scale *= 100
        found = type_ if type_.kind != "whole number" or text.places == 0 else found
    if not types.fits(found, type_) or (type_.kind == "%" and found.kind != "%"):
        what = f"`{text.span.text}`" if text.span.text else "This"
        if found.is_number and {*units.TIME} & {name for name, _ in text.unit} and value:
            fix = f"Work out how much that is in {type_}, and write it like {example_of(type_, {})}."
        else:
            fix = f"Write it as {with_unit(text.span.text, type_)}."
        return Mistake(f"{what} is {found}, and {type_} is needed.", fix)
    exact = rescaled(value, found_scale, scale)
    if exact is None:
        places = MONEY_PLACES if type_.is_money else OTHER_PLACES
        return Mistake(f"`{text.span.text}` has more than {places} decimals.", f"Write at most {places} decimals.")
    return exact


def with_unit(text: str, type_: Type) -> str:
    """The number as written, in the unit that is needed: `£10` → `£10 per week`."""
    number_text = text.split()[0] if text else ""
    if type_.is_money and number_text.replace(".", "").isdigit():
        number_text = f"£{number_text}"
    if type_.is_money and number_text.startswith("£"):
        return f"`{number_text}{per(units.per_text(type_.unit))}`"
    if type_.kind == "amount" and not type_.is_money and number_text.replace(".", "").isdigit():
        return f"`{number_text} {per(units.show(type_.unit))}`"
    return example_of(type_, {})


def per(unit: str) -> str:
    """` a week` as amounts are written: ` per week`."""
    return unit.replace(" a ", " per ").replace(" an ", " per ")


def example_of(type_: Type, choices: Mapping[str, tuple[str, ...]]) -> str:
    match type_.kind:
        case "yes/no":
            return "`yes` or `no`"
        case "date or never":
            return "a date, like `1 October 2010` (in JSON `2010-10-01`), or `never`"
        case "date":
            return "a date, like `1 October 2010` (in JSON `2010-10-01`)"
        case "text":
            return 'text in quotes, like `"St Helier"`'
        case "choice":
            return " or ".join(f"`{value}`" for value in choices.get(type_.choice or "", ("a value of the choice",)))
        case "%":
            return "a percentage, like `12%`"
        case "amount" if type_.is_money:
            return f"`£10.50{per(units.per_text(type_.unit))}`"
        case "amount":
            return f"`10 {per(units.show(type_.unit))}`"
        case _:
            return "a number, like `10`"


def _called(text: syntax.FactValue) -> str:
    match text:
        case syntax.DateText():
            return f"The date {day_words(text.value)}"
        case syntax.Never():
            return "`never`"
        case syntax.YesNo():
            return "`yes`" if text.value else "`no`"
        case syntax.Text():
            return f'The text "{text.value[:40]}"'
        case syntax.Word():
            return f"`{text.name[:40]}`"
        case syntax.Number():
            return f"`{text.span.text}`"


def range_message(value: Exact, low: int | None, high: int | None) -> str | None:
    """Why a value is outside a range, or None."""
    if not isinstance(value.value, int) or isinstance(value.value, bool):
        return None
    if low is not None and value.value < low:
        return f"{value.words()} is less than {Exact(low, value.type, value.scale).words()}."
    if high is not None and value.value > high:
        return f"{value.words()} is more than {Exact(high, value.type, value.scale).words()}."
    return None
