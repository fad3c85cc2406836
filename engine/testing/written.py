"""Values and households as a writer would put them in the language: what `parse` reads back as the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from engine import units
from engine.checking.vocabulary import per
from engine.exact import decimal_text
from engine.values import Exact, day_words


def value(exact: Exact) -> str:
    """`£92.12 per week`, `16.5%`, `40 hours per week`, `1 October 2010`, `yes`, `owner`."""
    match exact.value:
        case bool():
            return "yes" if exact.value else "no"
        case int():
            return _number(exact, exact.value)
        case date():
            return day_words(exact.value)
        case _:
            return f'"{exact.value}"' if exact.type.kind == "text" else exact.value


def _number(exact: Exact, number: int) -> str:
    sign, size, type_ = "-" if number < 0 else "", abs(number), exact.type
    if type_.kind == "%":
        return f"{sign}{decimal_text(size * 100, exact.scale)}%"
    if not type_.is_money:
        unit = f" {per(units.show(type_.unit))}" if type_.unit else ""
        return f"{sign}{decimal_text(size, exact.scale)}{unit}"
    places = 0 if size % exact.scale == 0 else 2
    return f"{sign}£{decimal_text(size, exact.scale, places, group=True)}{per(units.per_text(type_.unit))}"


@frozen(eq=False, repr=False)
class Person:
    """A member as it stands in an example: its kind and name, what it stands in, its facts and roles; `everyone` has no name."""

    entity: str
    name: str
    of: str | None
    facts: Sequence[tuple[str, Exact]]
    roles: Sequence[str] = ()


def example(title: str, on: date, members: Iterable[Person], expect: Iterable[str]) -> str:
    """An example as text, ending in one line end."""
    lines = [f'example "{title.replace(chr(34), "")}"', f"  on {day_words(on)}"]
    for member in members:
        of = f" of {member.of}" if member.of else ""
        roles = f" as {', '.join(member.roles)}" if member.roles else ""
        lines.append(f"  given {member.entity} {member.name}".rstrip() + of + roles)
        lines += [f"    {name} is {value(fact)}" for name, fact in member.facts]
    return "\n".join([*lines, "  expect", *(f"    {line}" for line in expect)]) + "\n"
