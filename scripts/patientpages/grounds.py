"""What an answer depends on, as hashes: this program, what it is built of, and folders of data.

What was kept from an earlier run is used only where all of it is the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from patientpages.kept import digest

_PROGRAM = (".py", ".html", ".js", ".typ")
_INSTALLED = (".dist-info", ".egg-info")  # the names of these folders hold the versions of what is installed


def _installed() -> list[str]:
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(path.name for path in Path(folder).iterdir() if path.name.endswith(_INSTALLED))
    return sorted(found)


@cache
def program() -> bytes:
    """Return the hash of the program: another one uses nothing of what this one kept."""
    root = Path(__file__).parent
    return digest(f"{sys.version} {sys.platform}".encode(), *(name.encode() for name in _installed()),
                  *_contents([root], _PROGRAM))  # fmt: skip


def files_below(path: Path) -> list[str]:
    """Return a file, or the files of a folder by name; links are followed, as whoever reads them does."""
    if not path.is_dir():
        return [str(path)] if path.exists() else []
    return sorted(f"{place}/{name}" for place, _, names in os.walk(path, followlinks=True) for name in names)


def _contents(paths: Iterable[Path], ends: tuple[str, ...] = ("",)) -> Iterator[bytes]:
    for path in paths:
        cut = len(str(path))
        for file in files_below(path):
            if file.endswith(ends):
                yield file[cut:].encode(errors="surrogateescape")
                yield Path(file).read_bytes()
        yield b"\0end of one"  # so that a file that moves from one folder to the next is a change


def hash_of(paths: Iterable[Path]) -> bytes:
    """Return the hash of files and of whole folders: their names and all that they hold. Raises OSError."""
    return digest(*_contents(paths))
