"""What an answer depends on, as hashes: this program, what it is built of, and folders of data.

What was kept from an earlier run is used only where all of it is the same.
"""

from __future__ import annotations

import os
import stat
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


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # it leads to itself
        return False


def _below(folder: str, real: str, seen: set[str]) -> Iterator[tuple[str, bool]]:
    """Yield each file below a folder, whose path without links is `real`, and whether it is a link."""
    seen.add(real)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            link = entry.is_symlink()
            if not _is_dir(entry):
                yield entry.path, link
                continue
            leads = os.path.realpath(entry.path) if link else f"{real}/{entry.name}"
            if link and leads in seen:
                yield entry.path, link
            else:
                yield from _below(entry.path, leads, seen)


def _files(path: Path) -> list[tuple[str, bool]]:
    if not path.is_dir():
        return [(str(path), path.is_symlink())] if path.exists() else []
    return sorted(_below(str(path), os.path.realpath(path), set()))


def files_below(path: Path) -> list[str]:
    """Return a file, or the files of a folder by name; links are followed, as whoever reads them does.

    A link to a folder where it has been already is not followed, but named itself: links may lead in circles.
    """
    return [file for file, _ in _files(path)]


def _link(path: str) -> bytes:
    """Return where a link leads, b"" for what is none: a link to the same bytes is not the same."""
    try:
        return b"\0link to " + os.fsencode(Path(path).readlink())
    except OSError:
        return b""


def _content(path: str) -> bytes:
    """Return what a file holds; of what is no file, or is gone by now, what can be said."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return b"\0no file"
        return Path(path).read_bytes()
    return b"\0gone"


def _contents(paths: Iterable[Path], ends: tuple[str, ...] = ("",)) -> Iterator[bytes]:
    for path in paths:
        cut = len(str(path))
        for file, link in _files(path):
            if file.endswith(ends):
                yield os.fsencode(file[cut:]) + (_link(file) if link else b"")
                yield _content(file)
        yield b"\0end of one" + _link(str(path))  # so that a file that moves from one folder to the next is a change


def hash_of(paths: Iterable[Path]) -> bytes:
    """Return the hash of files and of whole folders: their names and all that they hold. Raises OSError."""
    return digest(*_contents(paths))


def marks_of(paths: Iterable[Path]) -> bytes:
    """Return a hash of what the disk says of files and folders, not of what they hold: who writes one changes it.

    A content that was changed and changed back is the same; the time of that change, which nobody can set, is not.
    """
    found = []
    for path in paths:
        for file in (str(path), *files_below(path)):
            with suppress(OSError):
                is_now = Path(file).lstat()
                found.append(
                    (file, is_now.st_mode, is_now.st_ino, is_now.st_size, is_now.st_mtime_ns, is_now.st_ctime_ns)
                )
    return digest(repr(found).encode(errors="surrogateescape"))


def modes_of(paths: Iterable[Path]) -> bytes:
    """Return a hash of the permissions of files and of folders with all that is in them."""
    found = []
    for path in paths:
        for place, folders, names in os.walk(path):
            found += [(name, Path(place, name).lstat().st_mode) for name in sorted((*folders, *names))]
    return digest(repr(found).encode(errors="surrogateescape"))
