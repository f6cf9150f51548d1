"""How a file that is gone is put back: by git, where git has it."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath


def _has(folder: Path, *arguments: str) -> bool:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError:  # git is not installed
        return False
    return done.returncode == 0


def put_back(path: Path, shown: str) -> str:
    """Return the command that puts a missing file back, or the whole missing folder ("" where git has neither).

    `shown` is the path as messages show it: from the folder in which commands are typed.
    """
    name = PurePosixPath(shown)
    while not path.parent.is_dir() and path.parent != path and len(name.parts) > 1:
        path, name = path.parent, name.parent
    if name.is_absolute() or not path.parent.is_dir():
        return ""
    if _has(path.parent, "ls-files", "--error-unmatch", "--", path.name):
        return f"git checkout -- {name}"
    return f"git checkout HEAD -- {name}" if _has(path.parent, "cat-file", "-e", f"HEAD:./{path.name}") else ""
