"""Keep compiled and proven phrases between runs: a second of work that depends on nothing but a few files.

The name of the kept file is a hash of all that it depends on: the phrases, the topics, this program and what it
stems with. It may be deleted at any time; one that cannot be read is made again.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from patientpages.said.phrasebook import Phrasebook

_PROGRAM = Path(__file__).resolve().parents[1]
_last: dict[str, Phrasebook] = {}


def key_of(files: Iterable[Path]) -> str:
    """Return the hash of the files, the program and its stemmer."""
    digest = hashlib.sha256(f"{sys.version} {version('snowballstemmer')}".encode())
    program = sorted((_PROGRAM / "said").glob("*.py")) + sorted((_PROGRAM / "read").glob("*.py"))
    for path in (*program, *sorted(files)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def kept(folder: Path, key: str, make: Callable[[], Phrasebook | None]) -> Phrasebook | None:
    """Return the kept phrasebook of this key, or make it and keep it. `make` returns None where there are mistakes.

    The last one is kept in memory as well: the live preview asks for it at each save.
    """
    if key not in _last:
        book = _from_disk(folder, key, make)
        if book is None:
            return None
        _last.clear()
        _last[key] = book
    return _last[key]


def _from_disk(folder: Path, key: str, make: Callable[[], Phrasebook | None]) -> Phrasebook | None:
    path = folder / f"phrases-{key}.pickle"
    with suppress(
        OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError, TypeError
    ):
        book = pickle.loads(path.read_bytes())
        if isinstance(book, Phrasebook):
            return book
    book = make()
    if book is not None:
        with suppress(OSError):  # without room to keep it, it is made again next time
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("phrases-*.pickle"):
                old.unlink()
            draft = path.with_suffix(f".{id(book)}.new")
            draft.write_bytes(pickle.dumps(book, pickle.HIGHEST_PROTOCOL))
            draft.replace(path)
    return book
