"""Units as they are printed beside figures, and what becomes of them: £ an hour times hours a week is £ a week.

What a figure is of is a product of powers, as in school. None stands where that is not known; MIXED where amounts of two units
were added, or held against each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

Unit = tuple[tuple[str, int], ...]

NOTHING: Unit = ()
"""Of a plain number, and of a part of a hundred."""
MIXED: Unit = (("", 1),)
POUND = "£"

_WORDS = re.compile(r"(?P<above>(?!an? |per )[^ ]+)?(?P<per>(?: ?(?:an?|per) [^ ]+)*)")
_PER = re.compile(r"(?:an?|per) ([^ ]+)")


@lru_cache(5_000)
def unit_of(pounds: bool, words: str) -> Unit | None:
    """What a figure is of, by what stands behind it: `hours a week`, `a week`, `per visit`."""
    found = _WORDS.fullmatch(words)
    if found is None:
        return None
    powers: dict[str, int] = {POUND: 1} if pounds else {}
    for name in (found["above"] or "").split("×"):
        if name:
            powers[_one(name)] = powers.get(_one(name), 0) + 1
    for name in _PER.findall(found["per"]):
        powers[_one(name)] = powers.get(_one(name), 0) - 1
    return _product(tuple(powers.items()))


def _one(name: str) -> str:
    """One of it: `hour`. How one of a declared unit is called nobody can tell from several, but for the s."""
    return name.removesuffix("s")


@lru_cache(5_000)
def _product(powers: Unit) -> Unit:
    return tuple(sorted((name, power) for name, power in powers if power))


@lru_cache(20_000)
def times(one: Unit | None, other: Unit | None, sign: int = 1) -> Unit | None:
    """Of a product; with sign -1 of a quotient."""
    if one is None or other is None or MIXED in (one, other):
        return None
    powers = dict(one)
    for name, power in other:
        powers[name] = powers.get(name, 0) + sign * power
    return _product(tuple(powers.items()))


def together(*units: Unit | None) -> Unit | None:
    """Of what is added up or compared: one unit, or MIXED."""
    known = {unit for unit in units if unit is not None}
    if len(known) > 1:
        return MIXED if all(map(is_plain, known)) else None
    return next(iter(known), None)


_TIMES = ("hour", "day", "week", "month", "year")


def is_plain(unit: Unit) -> bool:
    """Whether it is of pounds and times alone, of which it is known how one and several are called."""
    return all(name in _TIMES or name == POUND for name, _ in unit)


@lru_cache(5_000)
def without_time(unit: Unit) -> Unit:
    """As a line has it that leaves out a time which is the same in all of it."""
    return tuple((name, power) for name, power in unit if power > 0)


def fit(one: Unit | None, other: Unit | None) -> bool:
    """Whether both can be of one unit, as far as that is known."""
    return one is None or other is None or one == other or not is_plain(one + other)


def time_in(words: str) -> str:
    """Of what stands behind a figure the time, with the space before it."""
    found = _WORDS.fullmatch(words)
    if found is None or not found["per"]:
        return ""
    return found["per"] if found["above"] else f" {found['per']}"


def _last(part: tuple[str, int]) -> bool:
    return part[0] != POUND


def words_of(unit: Unit) -> str:
    """A unit for a message."""
    above = "×".join(name if name == POUND else f"{name}s" for name, power in sorted(unit, key=_last) for _ in range(power))
    per = "".join(f" per {name}" * -power for name, power in unit if power < 0)
    return f"{above}{per}".strip() or "a plain number"
