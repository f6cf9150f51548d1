"""Add to a file of records/: all of it is on the disk, or nothing is, and what was there is never changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from patientpages.model import InputError, Place
from patientpages.yamlfile import Map, Mistakes

Reader = Callable[[Path, str, Mistakes], tuple[object, ...]]
VERSION = 1


def known_version(data: Map) -> bool:
    """Tell whether this program knows the format of a file; a newer one is a mistake, and nothing of it is read."""
    version = data.whole("version")
    if version is not None and version > VERSION:
        data.mistakes.add(
            data.place_of("version"),
            f"this file was written by a newer version of Patient Pages (format {version}; this one knows {VERSION})",
            "Use that version. Nothing was changed.",
            "D001",
        )
        return False
    return True


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other commands from writing to records/ at the same time."""
    work = folder.parent / ".build"
    work.mkdir(exist_ok=True)
    with FileLock(work / "records.lock", timeout=60, is_singleton=True):  # so that whoever holds it may ask again
        yield


def write(path: Path, text: str) -> Path:
    """Write a draft beside a file, have it on the disk, and return where it is."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def append(path: Path, shown: str, key: str, added: str, read: Reader, many: int) -> None:
    """Add the text of `many` entries at the end of the list `key`, which ends the file.

    Raises InputError, and changes nothing, where the file as it is, or as it would be, cannot be read.
    """
    mistakes = Mistakes()
    before = read(path, shown, mistakes)
    mistakes.stop_if_any()
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    draft = write(path, text.replace(f"{key}: []\n", f"{key}:\n") + added)
    after = read(draft, shown, mistakes)
    if mistakes.findings or len(after) != len(before) + many:
        draft.unlink()
        mistakes.add(Place(shown), "this list does not end with its entries",
                     "Put the file back as the last command left it. Nothing was changed.", "D001")  # fmt: skip
        raise InputError(mistakes.findings)
    draft.replace(path)
