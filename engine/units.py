"""Units as algebra: a product of powers of £, hour, day, week, month, year and declared units (S2, S3).

`£ a week` is (("week", -1), ("£", 1)). The symbol of a declared unit holds both its spellings, `visit:visits`.
No unit converts into another by itself, not even 7 days to a week (S4).
"""

from __future__ import annotations

from functools import lru_cache

from grammar.syntax import Powers

NONE: Powers = ()
POUND = "£"
UNDECLARED = "?"
"""Stands for a unit that nobody has declared; that has been told."""
TIME = frozenset({"hour", "day", "week", "month", "year"})


def times(a: Powers, b: Powers, sign: int = 1) -> Powers:
    """The unit of a product, or with sign -1 of a quotient; powers that reach zero vanish."""
    powers = dict(a)
    for symbol, power in b:
        powers[symbol] = powers.get(symbol, 0) + sign * power
    return tuple(sorted((symbol, power) for symbol, power in powers.items() if power))


@lru_cache(1_000)
def is_money(unit: Powers) -> bool:
    """£, £ a week, £ an hour: whatever is counted in pounds."""
    return dict(unit).get(POUND) == 1


def is_written(unit: Powers) -> bool:
    """Whether a declaration can name this unit: one thing, once, for each of any times."""
    return not unit or [power for _, power in unit if power > 0] == [1]


@lru_cache(1_000)
def per_text(unit: Powers) -> str:
    """The time part of a unit, with the space before it: ` a week`, ` an hour`, or nothing."""
    return "".join(f" {_article(symbol)} {one(symbol)}" * -power for symbol, power in unit if power < 0)


@lru_cache(1_000)
def beside_pounds(unit: Powers) -> str:
    """What an amount of money is of besides pounds, with the space before it; mostly nothing."""
    rest = tuple((symbol, power) for symbol, power in unit if symbol != POUND and power > 0)
    return f" {show(rest)}" if rest else ""


def _article(symbol: str) -> str:
    if symbol not in TIME:
        return "per"
    return "an" if symbol == "hour" else "a"


def one(symbol: str) -> str:
    """How one of a unit is called."""
    return symbol.partition(":")[0]


def many(symbol: str) -> str:
    """How several of a unit are called."""
    return POUND if symbol == POUND else symbol.partition(":")[2] or f"{symbol}s"


@lru_cache(1_000)
def show(unit: Powers, count: bool = True) -> str:
    """A unit in words: `£ a week`, `hours a week`; `count` False is for exactly one, `hour a week`."""
    above = [many(symbol) if count else one(symbol) for symbol, power in unit for _ in range(power)]
    return ("×".join(above) + per_text(unit)).strip()
