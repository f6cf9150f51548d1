"""The inputs of a project as they stand at one moment, in memory and in a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Tree = dict[str, bytes]  # path in the folder -> content
PARTS = ("docs", "standard", "overrides", "print", "records", "staff", "clinic.yml", "mkdocs.yml", "logo.svg")
# The first day; one on which nothing changes; a waiver's last day and the one after it; past the next checks.
DAYS = tuple(date.fromisoformat(day) for day in ("2026-11-22", "2026-11-23", "2027-06-30", "2027-07-01", "2027-11-23", "2029-03-01"))  # fmt: skip


@dataclass(frozen=True)
class State:
    """What a build depends on: every input, and the day. `times` are those of the files (ns), which must not matter."""

    tree: Tree
    day: date
    times: Mapping[str, int]

    @property
    def name(self) -> str:
        """A hash of it, without the times."""
        return digest(self.tree, self.day.isoformat())


def digest(tree: Mapping[str, bytes], more: str = "") -> str:
    """Return a hash over paths and contents."""
    found = hashlib.sha256(more.encode())
    for name, content in sorted(tree.items()):
        found.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def read_tree(folder: Path) -> Tree:
    """Return every file below a folder, and each empty folder as a path that ends in "/"."""
    found: Tree = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not path.is_dir() or not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def read_inputs(folder: Path) -> Tree:
    """Return the inputs of the project in a folder."""
    found: Tree = {}
    for part in PARTS:
        path = folder / part
        if path.is_file():
            found[part] = path.read_bytes()
        elif path.is_dir():
            found |= {f"{part}/{name}": content for name, content in read_tree(path).items() if not name.endswith("/")}
    return found


def times_of(folder: Path, tree: Tree) -> dict[str, int]:
    """Return when each file was last changed (ns)."""
    return {name: (folder / name).stat().st_mtime_ns for name in tree}


def write_tree(folder: Path, tree: Tree, before: Tree, times: Mapping[str, int] | None = None) -> None:
    """Write what is not as before, and remove what is gone; `times` are put on what is written, where given."""
    for name in before.keys() - tree.keys():
        (folder / name).unlink()
        parent = (folder / name).parent
        while parent != folder and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent
    for name, content in tree.items():
        if before.get(name) != content:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if times and name in times:
                os.utime(path, ns=(times[name], times[name]))


def wipe(path: Path) -> None:
    """Remove whatever stands at a path."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
