"""What is large and seldom needed: nobody waits for it who does not ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from attrs import frozen

T = TypeVar("T")


@frozen(slots=False, eq=False, repr=False)
class Later(Generic[T]):
    """A value that is in hand, or is made the first time that somebody asks for it; always the same one."""

    _make: Callable[[], T]

    @cached_property
    def value(self) -> T:
        return self._make()
