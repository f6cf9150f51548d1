"""Remember the answers about what was asked of last: a page is looked at by many checks, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


def latest(most: int = 2) -> Callable[[Callable[[_Asked], _Answer]], Callable[[_Asked], _Answer]]:
    """Keep a function's answers for the last few things that it was asked about; they are told apart by identity.

    For values that are never changed (a page, a tuple of its blocks, a list of words once it is read) and that cost
    too much to compare. What was asked about is kept alive, so that no other thing can take its place in memory.
    """

    def remembering(work: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
        kept: dict[int, tuple[_Asked, _Answer]] = {}
        lock = Lock()

        @wraps(work)
        def asked(about: _Asked) -> _Answer:
            found = kept.get(id(about))
            if found is not None:
                return found[1]
            answer = work(about)
            with lock:
                kept[id(about)] = about, answer
                while len(kept) > most:
                    del kept[next(iter(kept))]
            return answer

        return asked

    return remembering
