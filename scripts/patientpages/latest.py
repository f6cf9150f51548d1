"""Remember the answers about what was asked of last: a page is looked at by many checks, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Generic, TypeVar

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


class Latest(Generic[_Answer]):
    """What was made of the last few things; they are told apart by identity, not by what they are equal to.

    For values that are never changed (a page, a tuple of its blocks, a list of words once it is read) and that cost
    too much to compare. They are kept alive, so that no other thing can take their place in memory.
    """

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._kept: dict[tuple[int, ...], tuple[tuple[object, ...], _Answer]] = {}
        self._lock = Lock()

    def of(self, things: tuple[object, ...], make: Callable[[], _Answer]) -> _Answer:
        """Return what `make` makes of these things; asked again for the very same ones, it is not made again."""
        names = tuple(map(id, things))
        found = self._kept.get(names)
        if found is not None:
            return found[1]
        answer = make()
        with self._lock:
            self._kept[names] = things, answer
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return answer


def latest(most: int = 2) -> Callable[[Callable[[_Asked], _Answer]], Callable[[_Asked], _Answer]]:
    """Keep a function's answers for the last few things that it was asked about."""

    def remembering(work: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
        kept: Latest[_Answer] = Latest(most)

        @wraps(work)
        def asked(about: _Asked) -> _Answer:
            return kept.of((about,), lambda: work(about))

        return asked

    return remembering
