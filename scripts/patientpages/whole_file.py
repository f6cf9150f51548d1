"""Write files: one in one step, so that whoever reads it meets the old one or the new one whole; and a whole folder."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of what is there, with its permissions. Raises OSError, and leaves no draft then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(content)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def write_files(folder: Path, files: Iterable[tuple[str, bytes]], before: Path) -> None:
    """Write files, by their paths in an empty folder; one that is the same in `before` is taken from there.

    It is a second name of that file then: no disk writes a thousand pages for one that changed. That is done with plain
    files that have one name, so that whoever has other names for them never meets a change.
    """
    usual = usual_mode()
    places: dict[str, bool] = {}  # whether a folder stood there before, and no link
    for name, content in files:
        path, place = folder / name, name.rpartition("/")[0]
        if place not in places:
            path.parent.mkdir(parents=True, exist_ok=True)
            places[place] = os.path.realpath(before / place) == str(before / place)
        # Where a name comes twice, what stands there already may be the old file by its second name.
        path.unlink(missing_ok=True)
        if not (places[place] and _linked(before / name, path, content, usual)):
            path.write_bytes(content)


def _linked(old: Path, new: Path, content: bytes, usual: int) -> bool:
    """Tell whether a file could be had by giving an old one another name."""
    try:
        found = old.lstat()
        plain = stat.S_ISREG(found.st_mode) and stat.S_IMODE(found.st_mode) == usual and found.st_nlink == 1
        if not plain or found.st_size != len(content) or old.read_bytes() != content:
            return False
        new.hardlink_to(old)
    except (OSError, NotImplementedError):  # a file system that has no second names
        return False
    return True


def usual_mode() -> int:
    """Return the permissions that a new file gets."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
