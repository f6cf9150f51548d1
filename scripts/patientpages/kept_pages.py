"""Rows of what is kept of pages: looked up by name, collected while a build runs, and written at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from patientpages.kept import Kept

Rows = Mapping[bytes, bytes]


class Shelf:
    """What a build has of earlier ones, and what it adds.

    New rows stay in memory until `write`: what a build that reads changing files has made is not to be kept.
    """

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._new: dict[bytes, bytes] = {}

    def get(self, name: bytes) -> bytes | None:
        """Return a row, None if there is none."""
        found = self._new.get(name)
        return self._kept.get(name) if found is None else found

    def add(self, rows: Rows) -> None:
        """Take in what was made."""
        self._new.update(rows)

    def later(self, name: bytes, make: Callable[[], Rows]) -> Callable[[], bytes]:
        """Return how a row is had when it is needed; if it has been lost by then, `make` makes it again."""

        def row() -> bytes:
            found = self.get(name)
            if found is None:
                self.add(make())
                found = self._new[name]
            return found

        return row

    def write(self) -> None:
        """Keep what was made for the next build."""
        if self._kept.put(self._new):
            self._new = {}
        self._kept.forget()
