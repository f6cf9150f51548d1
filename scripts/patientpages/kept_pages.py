"""Rows of what is kept of pages: looked up by name, collected while a build runs, and written by its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from patientpages.forked import each
from patientpages.kept import Kept

Rows = Mapping[bytes, bytes]
_MANY = 100_000_000  # bytes of rows: with 5,000 pages all of them would fill the memory of a small machine


class Shelf:
    """What a build has of earlier ones, and what it adds.

    New rows stay in memory until there are many of them, or until `write`: and then they are kept only if `unchanged`
    tells that no file was written since the build began to read.
    """

    def __init__(self, kept: Kept, unchanged: Callable[[], bool]) -> None:
        self._kept, self._unchanged, self._size = kept, unchanged, 0
        self._new: dict[bytes, bytes] = {}
        self._ahead: dict[bytes, bytes] = {}

    def get(self, name: bytes) -> bytes | None:
        """Return a row, None if there is none."""
        found = self._new.get(name)
        if found is None:
            found = self._ahead.pop(name, None)
        return self._kept.get(name) if found is None else found

    def many(self, names: Sequence[bytes]) -> list[bytes | None]:
        """Return rows, None for each that there is none of."""
        asked = [name for name in names if name not in self._new]
        found = {**self._kept.many(asked), **self._new}
        return [found.get(name) for name in names]

    def all(self, names: Sequence[bytes], make: Callable[[int], Rows]) -> list[bytes]:
        """Return rows; `make` makes one that is lacking, by its place among the names, and what belongs to it."""
        found = self.many(names)
        lacking = [at for at, row in enumerate(found) if row is None]
        for at, rows in zip(lacking, each(lacking, make), strict=True):
            self.add(rows)
            found[at] = rows[names[at]]
        return [row for row in found if row is not None]

    def ahead(self, names: Sequence[bytes]) -> None:
        """Read rows that will all be asked for soon."""
        self._ahead |= self._kept.many([name for name in names if name not in self._new])

    def add(self, rows: Rows) -> None:
        """Take in what was made."""
        self._new.update(rows)
        self._size += sum(map(len, rows.values()))
        if self._size > _MANY:
            self._put()

    def _put(self) -> None:
        self._size = 0
        if self._unchanged() and self._kept.put(self._new):
            self._new = {}

    def later(self, name: bytes, make: Callable[[], Rows]) -> Callable[[], bytes]:
        """Return how a row is had when it is needed; if it has been lost by then, `make` makes it again."""

        def row() -> bytes:
            found = self.get(name)
            if found is None:
                rows = make()
                self.add(rows)
                found = rows[name]
            return found

        self._kept.spare(name)
        return row

    def write(self) -> None:
        """Keep what was made for the next build."""
        self._put()
        self._kept.forget()
