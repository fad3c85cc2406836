"""What every node of the syntax tree shares: equality by what it says, whatever its place in the text."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import field


def span_field() -> Any:
    return field(kw_only=True)


class Tree:
    """What every node shares: equality by content, whatever the place in the text.

    Written once here, because letting attrs write it for each of fifty classes takes a tenth of the time that a command
    needs to start.
    """

    __slots__ = ()

    def _content(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in _names_of(type(self)))  # type: ignore[arg-type]

    def inside(self) -> list[Any]:
        """The trees inside this one, and tuples of them."""
        return [value for value in self._content() if value.__class__ is tuple or isinstance(value, Tree)]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash((type(self), self._content()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._content()}"


@cache
def _names_of(cls: type[Tree]) -> tuple[str, ...]:
    """The attributes that make up a node's content: all but its places in the text."""
    names = (name for base in cls.__mro__ for name in getattr(base, "__slots__", ()))
    return tuple(name for name in names if not name.endswith("span") and name != "__weakref__")
