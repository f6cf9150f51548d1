"""Keep compiled and proven phrases between runs: a second of work that depends on nothing but a few files.

The name of the kept file is a hash of all that it depends on: the phrases, the topics, this program and what it
stems with. It begins with a hash of what it holds: one that was cut short or changed is made again. It may be deleted
at any time.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from patientpages.said.parts import Parts
from patientpages.said.phrasebook import Phrasebook
from patientpages.whole_file import write_whole

_HASH = 32  # bytes of SHA-256, in front of what is kept
_MOST = 4  # phrasebooks: one for each language of a site, and those of a moment ago
_PROGRAM = Path(__file__).resolve().parents[1]
_ROOMS = ("model", "yamlfile", "read", "said")  # what phrases are read with, kept as, and proven by
_last: dict[str, Phrasebook] = {}


def key_of(files: Iterable[Path]) -> str:
    """Return the hash of the files, the program and its stemmer."""
    digest = hashlib.sha256(f"{sys.version} {version('snowballstemmer')}".encode())
    program = (path for room in _ROOMS for path in sorted((_PROGRAM / room).glob("*.py")))
    for path in (*program, *sorted(files)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def kept(folder: Path, key: str, make: Callable[[], Phrasebook | None]) -> Phrasebook | None:
    """Return the kept phrasebook of this key, or make it and keep it. `make` returns None where there are mistakes.

    The last ones are kept in memory as well: the live preview asks for them at each save.
    """
    book = _last.pop(key, None) or _from_disk(folder, key, make)
    if book is not None:
        _last[key] = book  # the last one asked for stands last
        if len(_last) > _MOST:
            _last.pop(next(iter(_last)))
    return book


def _from_disk(folder: Path, key: str, make: Callable[[], Phrasebook | None]) -> Phrasebook | None:
    path = folder / f"phrases-{key}.pickle"
    with suppress(OSError):
        content = path.read_bytes()
        if hashlib.sha256(content[_HASH:]).digest() == content[:_HASH]:
            emergency, swaps, packed = pickle.loads(content[_HASH:])
            return Phrasebook(Parts(packed), emergency, swaps)
    book = make()
    if book is not None:
        content = pickle.dumps(book.packed(), pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):  # without room to keep it, it is made again next time
            write_whole(path, hashlib.sha256(content).digest() + content)
            _forget(folder)
    return book


def _forget(folder: Path) -> None:
    """Delete all but the last phrases that were kept."""
    files = [(path.stat().st_mtime, path) for path in folder.glob("phrases-*.pickle")]
    for _, old in sorted(files)[:-_MOST]:
        old.unlink(missing_ok=True)
