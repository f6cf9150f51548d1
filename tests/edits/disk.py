"""What happens to a project beside its being written: it goes back, the day changes, files are touched, and what was kept
or made is spoilt."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tests.edits.change import Change, Edit
from tests.edits.state import DAYS, wipe

_HOUR = 3_600_000_000_000  # ns


def revert(change: Change) -> str:
    """All inputs as they were at an earlier moment, at times with their times: the day stays, or goes back as well."""
    at = change.chance.choice(change.good or range(len(change.states)))
    state = change.states[at]
    change.tree.clear()
    change.tree.update(state.tree)
    if change.chance.random() < 0.5:
        change.times.update(state.times)
    if change.chance.random() < 0.5:
        change.day = state.day
    return f"back to state {at}{', with its times' if change.times else ''}"


def day(change: Change) -> str:
    """Another day, also an earlier one."""
    change.day = change.chance.choice([day for day in DAYS if day != change.day])
    return change.day.isoformat()


def touch(change: Change) -> str:
    """Files get another time, and hold what they held."""
    names = change.chance.sample(sorted(change.tree), 5)
    at = time.time_ns() + change.chance.choice((-9000, -1, 0, 1, 9000)) * _HOUR
    change.touched.update(dict.fromkeys(names, at))
    return ", ".join(names)


def same_time(change: Change) -> str:
    """Another letter or digit in a file, whose size and time stay as they were."""
    name = change.chance.choice([*change.pages() * 2, "standard/facts.yml", "clinic.yml", "mkdocs.yml", "overrides/partials/style.css", "docs/en/_words.yml"])  # fmt: skip
    said = change.swap(name, r"(?<=[a-z ])(?:\d|[a-z](?=[a-z]* [a-z]+\.?$))", lambda m: str((int(m[0]) + 1) % 10) if m[0].isdigit() else "abe"[m[0] == "a"])  # fmt: skip
    change.times[name] = (change.folder / name).stat().st_mtime_ns
    return said


def move(change: Change) -> str:
    """The whole folder is moved, with what was kept in it."""
    new = change.folder.with_name(f"moved-{len(change.states)}")
    change.folder.rename(new)
    change.folder = new
    return f"to {new.name}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def corrupt(change: Change) -> str:
    """A file that was kept is spoilt."""
    kept = [path for path in _files(change.folder / ".build") if path.suffix != ".lock"]
    if not kept:
        return ""
    # Of many small files, all count as one: else the few large ones are hardly ever met.
    kinds = sorted({(path.parent, path.name[:4] if path.parent.name == ".build" else "") for path in kept})
    folder, start = change.chance.choice(kinds)
    path = change.chance.choice([path for path in kept if path.parent == folder and path.name.startswith(start)])
    way = change.chance.choice(sorted(WAYS))
    WAYS[way](change, path)
    name = re.sub(r"[0-9a-f]{8,}", "*", path.relative_to(change.folder).as_posix())
    return f"{name}: {way}"


def _flip(change: Change, path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        at = change.chance.randrange(len(content))
        content[at] ^= 1 << change.chance.randrange(8)
        path.write_bytes(content)


def _swap(change: Change, path: Path) -> None:
    other = change.chance.choice(_files(change.folder / ".build"))
    path.write_bytes(other.read_bytes())


def _folder(_: Change, path: Path) -> None:
    path.unlink()
    (path / "in it").mkdir(parents=True)


def _dangling(_: Change, path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _truncate(change: Change, path: Path) -> None:
    os.truncate(path, change.chance.randrange(path.stat().st_size + 1))


WAYS: dict[str, Callable[[Change, Path], object]] = {
    "cut short": _truncate,
    "emptied": lambda _, path: os.truncate(path, 0),
    "a bit flipped": _flip,
    "another kept file in its place": _swap,
    "garbage": lambda change, path: path.write_bytes(change.chance.randbytes(300)),
    "a folder in its place": _folder,
    "a link to nowhere": _dangling,
    "deleted": lambda _, path: path.unlink(),
}


def forget(change: Change) -> str:
    """The folder of what was kept is deleted."""
    shutil.rmtree(change.folder / ".build", ignore_errors=True)
    return ".build/ deleted"


def tamper(change: Change) -> str:
    """Somebody changes the site, or the report, by hand."""
    folder = change.folder / change.chance.choice(("site", "site", "report"))
    files = _files(folder)
    if not files:
        return ""
    path, way = change.chance.choice(files), change.chance.randrange(5)
    shown = path.relative_to(change.folder).as_posix()
    if way == 0 and shown != "site/index.html":  # a folder without it is no site, and nothing replaces it
        path.unlink()
        return f"{shown}: removed"
    if way == 1:
        (path.parent / "stray.html").write_text("<p>not ours", encoding="utf-8")
        return f"{shown}: a stray file beside it"
    if way == 2:
        wipe(folder)
        return f"{folder.name}/ removed"
    content, times = path.read_bytes(), path.stat()
    path.write_bytes(content[:-1] + b"?" if way == 3 else content + b"\n<p>more")
    if way == 3:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    return f"{shown}: edited{', with its size and time kept' if way == 3 else ''}"


DISK: dict[str, tuple[Edit, int]] = {
    "back": (revert, 18), "day": (day, 7), "times": (touch, 3), "same size and time": (same_time, 5), "folder moved": (move, 1),
    "kept file spoilt": (corrupt, 12), "all kept deleted": (forget, 2), "made files changed": (tamper, 6),
}  # fmt: skip
