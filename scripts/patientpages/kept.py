"""What takes long to make and can be made again, kept between runs: rendered pages, findings, leaflets, QR codes.

One SQLite file. What is kept has the hash of all that it depends on as its name, and carries a hash of what it holds:
what was cut short or changed is made again. The file may be deleted at any time, also while it is in use, and where
it cannot be used at all nothing is kept and nothing fails.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

FILE = "kept.sqlite"
_HASH = 16  # bytes: of the name, and in front of what is kept
_SPARE = 2  # times what the last run used, and
_MOST = 4_000  # entries more: what was not used lately is forgotten beyond that
_AT_ONCE = 500  # names: each question locks and unlocks the file
_WAIT = 5  # seconds for another build to end its writing
_TABLE = "CREATE TABLE IF NOT EXISTS kept (name BLOB PRIMARY KEY, content BLOB NOT NULL)"


def digest(*parts: bytes) -> bytes:
    """Return a hash of these parts, which no other parts have."""
    made = hashlib.blake2b(digest_size=_HASH)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def _seal(name: bytes, content: bytes) -> bytes:
    """Return a content with a hash in front: it is whole, and belongs to this name, whatever an index says."""
    return hashlib.blake2b(name + content, digest_size=_HASH).digest() + content


def _is_whole(name: object, row: object) -> bool:
    return isinstance(name, bytes) and isinstance(row, bytes) and row == _seal(name, row[_HASH:])


class Kept:
    """A folder in which things are kept; without a folder nothing is. Another process may use it at the same time."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / FILE if folder else None
        self._open: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._used: set[bytes] = set()
        self._process = os.getpid()
        self._others: list[sqlite3.Connection | None] = []

    def made(self, depends: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """Return what was kept for these inputs, else make it and keep it."""
        name = digest(*depends)
        content = self.get(name)
        if content is None:
            content = make()
            self.put({name: content})
        return content

    def get(self, name: bytes) -> bytes | None:
        """Return what was kept under a name, whole and unchanged; else None."""
        return self.many([name]).get(name)

    def many(self, names: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what was kept under these names, each whole and unchanged, by its name."""
        found: dict[bytes, bytes] = {}
        try:
            for at in range(0, len(names), _AT_ONCE):
                if (base := self._connection()) is None:
                    break
                some = names[at : at + _AT_ONCE]
                asked = f"SELECT name, content FROM kept WHERE name IN ({','.join('?' * len(some))})"
                rows = base.execute(asked, some).fetchall()
                found |= {name: row[_HASH:] for name, row in rows if _is_whole(name, row)}
        except (sqlite3.Error, OSError) as error:
            self._restart(error)
        self._used.update(found)
        return found

    def put(self, contents: Mapping[bytes, bytes]) -> bool:
        """Keep contents under their names, all or none, and tell whether they are; else they are made again."""
        self._used.update(contents)
        for _ in range(2):
            try:
                if (base := self._connection()) is None:
                    return False
                with base:
                    rows = ((name, _seal(name, content)) for name, content in contents.items())
                    base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
                return True
            except (sqlite3.Error, OSError) as error:
                self._restart(error)
        return False

    def spare(self, name: bytes) -> None:
        """Do not forget what this run may still ask for."""
        self._used.add(name)

    def forget(self) -> None:
        """Delete what this run has not used, if far more is kept than it used."""
        with suppress(sqlite3.Error, OSError):
            if (base := self._connection()) is not None:
                (number,) = base.execute("SELECT COUNT(*) FROM kept").fetchone()
                if number > _SPARE * len(self._used) + _MOST:
                    names = [name for (name,) in base.execute("SELECT name FROM kept") if name not in self._used]
                    with base:
                        base.executemany("DELETE FROM kept WHERE name = ?", ((name,) for name in names))
                    base.execute("PRAGMA incremental_vacuum").fetchall()
        self._used.clear()  # the live preview is one run after the other

    def _connection(self) -> sqlite3.Connection | None:
        """Return the connection: a new one where the file was put away in the meantime, and in a copy of a process."""
        if self._path is None:
            return None
        if os.getpid() != self._process:  # SQLite does not survive being divided: what is not ours is not even closed
            self._others.append(self._open)
            self._open, self._process = None, os.getpid()
        if self._open is not None:
            with suppress(OSError):
                found = self._path.stat()
                if (found.st_dev, found.st_ino) == self._file:
                    return self._open
            self._close()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self._path, timeout=_WAIT, check_same_thread=False)
        base.text_factory = bytes
        base.execute("PRAGMA synchronous = OFF")  # what a power cut spoils is seen by its hash
        base.execute("PRAGMA journal_mode = MEMORY")
        base.execute("PRAGMA auto_vacuum = INCREMENTAL")
        base.execute(_TABLE)
        found = self._path.stat()
        self._open, self._file = base, (found.st_dev, found.st_ino)
        return base

    def _close(self) -> None:
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
        self._open = self._file = None

    def _restart(self, error: Exception) -> None:
        """Begin anew: put away a file that is no database any more; it holds nothing that cannot be made again."""
        self._close()
        code = getattr(error, "sqlite_errorcode", None) or 0
        if self._path is None or code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return  # another build is writing for longer than we wait
        with suppress(OSError):
            if self._path.is_dir() and not self._path.is_symlink():
                shutil.rmtree(self._path)
            else:
                self._path.unlink(missing_ok=True)


@cache
def kept_in(folder: Path) -> Kept:
    """Return what is kept in a folder: one for the whole run of a command."""
    return Kept(folder)
