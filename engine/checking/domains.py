"""What values something may have, and whether several things that are said of them can be true together.

A condition is taken apart into what it says of one variable at a time (an age of at most 15, a tenure that is not owner), joined
by `all` and `any`. Whether all of it can be true is then found by trying the parts of each `any` in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from attrs import define, frozen

Key = Hashable


@frozen
class Among:
    """Values without an order: these, or all but these."""

    values: frozenset[str | bool | int | date]
    excluded: bool = False

    def meet(self, other: Domain) -> Among:
        assert isinstance(other, Among)
        match self.excluded, other.excluded:
            case False, False:
                return Among(self.values & other.values)
            case False, True:
                return Among(self.values - other.values)
            case True, False:
                return Among(other.values - self.values)
        return Among(self.values | other.values, excluded=True)

    def join(self, other: Domain) -> Among:
        assert isinstance(other, Among)
        match self.excluded, other.excluded:
            case False, False:
                return Among(self.values | other.values)
            case False, True:
                return Among(other.values - self.values, excluded=True)
            case True, False:
                return Among(self.values - other.values, excluded=True)
        return Among(self.values & other.values, excluded=True)

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.excluded


@frozen
class Between:
    """Whole numbers (amounts over a scale, days by their number): stretches from a least to a greatest, in order."""

    spans: tuple[tuple[int, int], ...]

    def meet(self, other: Domain) -> Between:
        assert isinstance(other, Between)
        both = ((max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans)
        return Between(tuple(sorted((low, high) for low, high in both if low <= high)))

    def join(self, other: Domain) -> Between:
        assert isinstance(other, Between)
        spans: list[tuple[int, int]] = []
        for low, high in sorted(self.spans + other.spans):
            if spans and low <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(spans[-1][1], high))
            else:
                spans.append((low, high))
        return Between(tuple(spans))

    @property
    def is_empty(self) -> bool:
        return not self.spans


Domain = Among | Between


def between(low: int, high: int) -> Between:
    return Between(((low, high),) if low <= high else ())


@frozen
class Only:
    """A variable has one of some values."""

    key: Key
    domain: Domain


@frozen(eq=False)
class Joined:
    """All, or any, of several conditions; all of none is always true, any of none never."""

    which: Literal["all", "any"]
    parts: tuple[Said, ...]


@frozen(eq=False)
class Meant:
    """A term is yes, or no, with what that means; said twice, it is looked at once."""

    key: Key
    wanted: Among
    meaning: Said


Said = Only | Joined | Meant

ALWAYS = Joined("all", ())
NEVER = Joined("any", ())


def all_of(*parts: Said) -> Said:
    kept = []
    for part in parts:
        if part is NEVER:
            return NEVER
        if part is not ALWAYS:
            kept.append(part)
    if len(kept) > 1:
        kept = _gathered(kept, lambda a, b: a.meet(b))
    for part in kept:
        if isinstance(part, Only) and part.domain.is_empty:
            return NEVER
    return ALWAYS if not kept else kept[0] if len(kept) == 1 else Joined("all", tuple(kept))


def any_of(*parts: Said) -> Said:
    kept = []
    for part in parts:
        if part is ALWAYS:
            return ALWAYS
        if part is not NEVER:
            kept.append(part)
    if len(kept) > 1:
        kept = _gathered(kept, lambda a, b: a.join(b))
    return NEVER if not kept else kept[0] if len(kept) == 1 else Joined("any", tuple(kept))


def _gathered(parts: Iterable[Said], both: Callable[[Domain, Domain], Domain]) -> list[Said]:
    """With what is said of one variable said once."""
    found: dict[Key, Domain] = {}
    rest: list[Said] = []
    for part in parts:
        if isinstance(part, Only):
            found[part.key] = both(found[part.key], part.domain) if part.key in found else part.domain
        else:
            rest.append(part)
    return [*(Only(key, domain) for key, domain in found.items()), *rest]


# ---- can all of it be true? -----------------------------------------------------------------------------------------

Store = Mapping[Key, Domain]
"""What is left of the values of each variable of which something was said."""


@define
class Effort:
    """How much may still be tried before a question is left undecided."""

    left: int

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise UndecidedError


class UndecidedError(Exception):
    """The question is too large; it never leaves this stage."""


def solutions(said: Said, effort: Effort) -> Iterator[Store]:
    """Ways in which it can be true, none where it cannot; raises `UndecidedError` where the effort does not suffice."""
    waiting: list[tuple[list[Said], dict[Key, Domain]]] = [([said], {})]
    while waiting:
        parts, store = waiting.pop()
        effort.spend()
        choices = _narrowed(parts, store, effort)
        if choices is None:
            continue
        if not choices:
            yield store
            continue
        choice = min(choices, key=lambda joined: len(joined.parts))
        rest: list[Said] = [other for other in choices if other is not choice]
        waiting.extend(([part, *rest], dict(store)) for part in reversed(choice.parts))


def is_impossible(said: Said, effort: Effort) -> bool:
    """Whether it was found that it cannot be true."""
    if isinstance(said, Only):
        return said.domain.is_empty
    try:
        return next(solutions(said, effort), None) is None
    except UndecidedError:
        return False


def _narrowed(parts: list[Said], store: dict[Key, Domain], effort: Effort) -> list[Joined] | None:
    """Everything that must hold, put into the store; what is left to choose, or None where two things contradict each other."""
    choices: list[Joined] = []
    while parts:
        effort.spend()
        match parts.pop():
            case Only(key=key, domain=domain):
                met = store[key].meet(domain) if key in store else domain
                if met.is_empty:
                    return None
                store[key] = met
            case Meant(key=key, wanted=wanted, meaning=meaning):
                if key not in store:
                    store[key] = wanted
                    parts.append(meaning)
                elif store[key] != wanted:
                    return None
            case Joined(which="all", parts=more):
                parts.extend(more)
            case Joined() as choice:
                choices.append(choice)
        if not parts and choices:
            effort.spend(len(choices))
            choices, parts = _decided(choices, store)
            if any(not choice.parts for choice in choices):
                return None
    return choices


def _decided(choices: list[Joined], store: Store) -> tuple[list[Joined], list[Said]]:
    """The choices that are still open, without what the store rules out; and what is left where only one part remains."""
    left: list[Joined] = []
    forced: list[Said] = []
    for choice in choices:
        stands = [(part, _stands(part, store)) for part in choice.parts]
        possible = tuple(part for part, holds in stands if holds is not False)
        if any(holds for _, holds in stands):
            continue
        if len(possible) == 1:
            forced.append(possible[0])
        else:
            left.append(choice if len(possible) == len(choice.parts) else Joined("any", possible))
    return left, forced


def _stands(part: Said, store: Store) -> bool | None:
    """Whether the store has decided a part: True where it holds already, False where it cannot; None where it is open."""
    match part:
        case Only(key=key, domain=domain) if key in store:
            met = store[key].meet(domain)
            return False if met.is_empty else True if met == store[key] else None
        case Meant(key=key, wanted=wanted) if key in store:
            return store[key] == wanted
    return None


# ---- where a function crosses a value -------------------------------------------------------------------------------


def first_where(test: Callable[[int], bool], low: int, high: int) -> int:
    """The least number from `low` to `high` for which a test holds that, once it holds, always holds; `high` + 1 for none."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        if test(middle):
            high = middle
        else:
            low = middle + 1
    return low
