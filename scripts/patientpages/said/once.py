"""Remember what was made of the last thing that somebody asked about: two checks of a page need the same of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """One value, and the things that it was made of: those very things, not others that are equal to them."""

    def __init__(self) -> None:
        self._last: tuple[tuple[object, ...], T] | None = None

    def of(self, things: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what `make` makes of these things; asked again for the same ones at once, it is not made again."""
        last = self._last
        if last is not None and len(last[0]) == len(things) and all(map(_is, last[0], things)):
            return last[1]
        made = make()
        self._last = things, made
        return made


def _is(one: object, other: object) -> bool:
    return one is other
