"""Put a finished folder in the place of another in one step: a reader, or a kill, meets the old or the new one.

Linux and macOS can exchange two folders in a single call. Where the file system or the system cannot, two
renames are written down in a journal first, and `recover` (which every command calls first) completes them.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS sys/stdio.h
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


class ExchangeError(Exception):
    """The folder could not be replaced; it is as it was. The message says why and what to do."""


def _work(target: Path) -> Path:
    """Return the working folder of a target: beside it, so that both are on one file system."""
    return target.parent / f".{target.name}.work"


def _system_exchange() -> Callable[[str, str], int] | None:
    """Return this system's call that exchanges two paths, or None."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            renameat2 = libc.renameat2
            return lambda a, b: int(renameat2(_AT_FDCWD, a.encode(), _AT_FDCWD, b.encode(), _RENAME_EXCHANGE))
        if sys.platform == "darwin":
            renamex = libc.renamex_np
            return lambda a, b: int(renamex(a.encode(), b.encode(), _RENAME_SWAP))
    except (OSError, AttributeError, TypeError):
        pass
    return None


def exchange_in_one_call(new: Path, target: Path) -> bool:
    """Exchange two folders; return False where this system or file system cannot."""
    call = _system_exchange()
    if call is None:
        return False
    if call(str(new), str(target)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(target))


def _sync(folder: Path) -> None:
    """Have a folder's entries written to the disk, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange_with_journal(new: Path, target: Path) -> None:
    """Exchange in two renames that `recover` can complete from the journal."""
    work = _work(target)
    journal, draft = work / "journal.json", work / "journal.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"new": new.name, "old": "old"}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, journal)  # noqa: PTH105 (patched by name in the tests that kill at each step)
    _sync(work)
    os.rename(target, work / "old")  # noqa: PTH104
    os.rename(new, target)  # noqa: PTH104
    journal.unlink()


def recover(target: Path) -> None:
    """Complete an exchange that was cut short, and clear what a killed build left behind."""
    work = _work(target)
    journal = work / "journal.json"
    if journal.exists():
        names = json.loads(journal.read_text(encoding="utf-8"))
        new, old = work / names["new"], work / names["old"]
        if not target.exists() and new.exists():
            os.rename(new, target)  # noqa: PTH104
        elif not target.exists() and old.exists():
            os.rename(old, target)  # noqa: PTH104
        journal.unlink()
    for left in work.glob("*"):
        if left.name != "lock":
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def replace_folder(new: Path, target: Path) -> None:
    """Put `new`, a folder in `target`'s working folder, in the place of `target`."""
    _sync(new)
    if not target.exists():
        os.rename(new, target)  # noqa: PTH104
    elif not exchange_in_one_call(new, target):
        _exchange_with_journal(new, target)
    _sync(target.parent)


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty working folder for `target`, alone; what is left in it is removed afterwards.

    Raises ExchangeError where the target is not a folder, another build is at work, or nothing can be written.
    """
    if target.is_symlink():
        target = target.resolve()
    if target.exists() and not target.is_dir():
        raise ExchangeError(f"{target.name} should be a folder, and is a file. Move it away, or name another --out.")
    if target.is_dir() and any(target.iterdir()) and not (target / "index.html").exists():
        raise ExchangeError(
            f"{target.name} holds files that are not a site: it would be replaced as a whole. "
            "Name an empty folder, or one that does not exist yet."
        )
    if target.is_mount():
        raise ExchangeError(
            f"{target.name} is a disk of its own (a mount), which cannot be exchanged in one step. "
            f"Name a folder inside it: --out {target.name}/site"
        )
    work = _work(target)
    lock = FileLock(work / "lock", timeout=0)
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise ExchangeError(f"another build of {target.name} is at work. Wait for it, or stop it.") from error
    except OSError as error:
        raise ExchangeError(
            f"nothing can be written beside {target.name}: {error.strerror}. "
            "Check who owns the folder, or name another: --out DIR"
        ) from error
    try:
        recover(target)
        if target.is_dir() and not os.access(target, os.W_OK):
            raise ExchangeError(
                f"{target.name} may not be changed (it is read-only). "
                "Change its permissions, or name another folder: --out DIR"
            )
        stage = work / "stage"
        stage.mkdir()
        yield stage
    finally:
        try:
            recover(target)
        finally:
            lock.release()
