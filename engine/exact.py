"""Exact arithmetic on whole numbers: a value is an integer over a scale that is known before any household is seen.

There is no binary floating point in this house, and no `round`, `/` or Decimal context near a result.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import Literal

Mode = Literal["nearest", "half even", "up", "down"]


def round_quotient(numerator: int, denominator: int, mode: Mode) -> int:
    """numerator ÷ denominator as a whole number (S17); denominator above 0.

    `nearest` takes halves away from zero, `half even` to the even number, `up` is towards more, `down` towards less.
    """
    if mode == "down":
        return numerator // denominator
    if mode == "up":
        return -(-numerator // denominator)
    if mode == "nearest":
        half_up = (2 * abs(numerator) + denominator) // (2 * denominator)
        return half_up if numerator >= 0 else -half_up
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        return whole + 1
    return whole


def without_tens(scale: int) -> int:
    """What is left of a scale when its factors 2 and 5 are gone; 1 for one whose values have finitely many decimals."""
    for factor in (2, 5):
        while scale % factor == 0:
            scale //= factor
    return scale


def reduced(value: int, scale: int) -> tuple[int, int]:
    common = gcd(value, scale)
    return value // common, scale // common


_PLACES = {10**places: places for places in range(20)}


@lru_cache(20_000)
def decimal_text(value: int, scale: int, places: int = 0, group: bool = False) -> str:
    """value ÷ scale in decimals, exactly, with at least so many places; `…` ends one that has no end."""
    sign = "-" if value < 0 else ""
    if scale in _PLACES:  # almost always
        whole, rest = divmod(abs(value), scale)
        text = str(rest).zfill(_PLACES[scale]).rstrip("0").ljust(places, "0")
        shown = f"{whole:,}" if group else str(whole)
        return f"{sign}{shown}.{text}" if text else f"{sign}{shown}"
    value, scale = reduced(value, scale)
    whole, rest = divmod(abs(value), scale)
    decimals: list[str] = []
    endless = without_tens(scale) != 1
    while rest and not (endless and len(decimals) >= max(places, 6)):
        digit, rest = divmod(rest * 10, scale)
        decimals.append(str(digit))
    text = "".join(decimals).ljust(places, "0") + ("…" if rest else "")
    shown = f"{whole:,}" if group else str(whole)
    return f"{sign}{shown}.{text}" if text else f"{sign}{shown}"


def rescaled(value: int, scale: int, wanted: int) -> int | None:
    """value ÷ scale as an integer over another scale, or None if that would lose something."""
    result, rest = divmod(value * wanted, scale)
    return None if rest else result
