"""What around the project can stand in the way of publishing: the machine, its clock, git, and public/ as it is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from patientpages.folders import Project
from patientpages.model import Records

_OLDEST = (3, 11)
_ROOM = 50 * 1024 * 1024  # bytes: a site, its draft and the reports, several times over
_NAMED = 5  # files that a message names
_PINNED = re.compile(r"([\w.-]+)==([\w.]+)$")
_IN_CONFLICT = frozenset({"UU", "AA", "DD", "AU", "UA", "DU", "UD"})  # of git status --porcelain


@dataclass(frozen=True, slots=True)
class Step:
    """What stands in the way, or is only worth doing (`blocks` is False), and the one thing to do about it."""

    what: str
    do: str
    blocks: bool = True


def named(names: list[str]) -> str:
    """Return some of many names in a sentence."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def python(running: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Step]:
    """Yield what is wrong with Python and the packages that this program is pinned to."""
    again = f"Type: {'py' if sys.platform == 'win32' else 'python3'} scripts/bootstrap.py"
    if running < _OLDEST:
        yield Step(f"Python {'.'.join(map(str, running))} is too old: 3.11 or newer is needed", again)
    others = []
    with suppress(PackageNotFoundError):
        for pinned in filter(None, map(_PINNED.match, requires("patientpages") or [])):
            try:
                there = version(pinned[1])
            except PackageNotFoundError:
                there = "missing"
            if there != pinned[2]:
                others.append(f"{pinned[1]} ({there}, and {pinned[2]} was tested)")
    if others:
        yield Step(f"packages are not the ones that this program was tested with: {named(others)}", again)


def disk(project: Project) -> Iterator[Step]:
    """Yield why nothing could be written here."""
    for folder in filter(Path.is_dir, (project.root, project.root / "records")):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            yield Step(f"{folder.name}/ cannot be written to: {error.strerror}", "Make this folder writable for you.")
    free = shutil.disk_usage(project.root).free
    if free < _ROOM:
        yield Step(f"the disk has only {free // 2**20} MB left", f"Make room: {_ROOM // 2**20} MB at least.")


def clock(records: Records, today: date) -> Iterator[Step]:
    """Yield that the clock is before what it wrote itself: dates of checks and promises would be wrong."""
    days = [(each.signed_on, "signed.yml") for each in records.signatures]
    days += [(each.tested_on, "tested.yml") for each in records.tests]
    days += [(each.on, "published.yml") for each in records.ledger.entries]
    last, file = max(days, default=(date.min, ""))
    if last > today:
        yield Step(
            f"this computer says that it is {today.isoformat()}, and records/{file} has {last.isoformat()} already",
            "Set the computer's date, or name the day: --today DATE",
        )


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "--no-optional-locks", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, encoding="utf-8")


def identity(root: Path) -> Iterator[Step]:
    """Yield that git does not know who commits here, so that it would refuse to."""
    if shutil.which("git") and _git(root, "var", "GIT_COMMITTER_IDENT").returncode != 0:
        yield Step("git does not know who you are, and will refuse to commit records/",
                   'git config user.name "Your Name", then git config user.email "you@example.org"',
                   blocks=False)  # fmt: skip


def git(root: Path, *, sound: bool = True) -> Iterator[Step]:
    """Yield what git does not keep of records/: whoever loses them breaks every promise that they hold.

    Where records/ cannot be read (not `sound`), nothing is to be committed before that is mended.
    """
    if shutil.which("git") is None:
        yield Step("git is not installed, so nothing keeps the history of records/", "Install git, or copy records/ "
                   "to another place after each publication.", blocks=False)  # fmt: skip
        return
    inside = _git(root, "rev-parse", "--is-inside-work-tree")
    if inside.returncode != 0:
        why = inside.stderr.strip().split("\n")[0].removeprefix("fatal: ")
        yield Step(f"git does not keep this folder ({why})", "Keep records/ in git: git init, git add -A, git commit; "
                   "or copy records/ to another place after each publication.", blocks=False)  # fmt: skip
        return
    if _git(root, "check-ignore", "-q", "records/published.yml").returncode == 0:
        yield Step("git is told to ignore records/", "Take records/ out of .gitignore.", blocks=False)
        return
    lines = _git(root, "status", "--porcelain", "--", "records").stdout.splitlines()
    states = [line[:2] for line in lines]
    gone = [line[3:] for line in lines if line[:2] in (" D", "MD", "AD")]
    dropped = [line[3:] for line in lines if line[:2] == "D "]
    if _IN_CONFLICT & set(states):
        yield Step("records/ is in the middle of a merge that git could not finish", "Keep the lines of both sides, "
                   "remove git's marks, then: git add records")  # fmt: skip
    elif sound and (gone or dropped):
        back = [f"git checkout -- {' '.join(gone)}"] * bool(gone)
        back += [f"git checkout HEAD -- {' '.join(dropped)}"] * bool(dropped)
        yield Step(f"{named(gone + dropped)} {'is' if len(gone + dropped) == 1 else 'are'} gone, and what was promised "
                   "rests on every file of records/", ", then ".join(back))  # fmt: skip
    elif sound and states:
        yield Step("records/ has changes that git does not have yet", 'git add records, then git commit -m "Records"',
                   blocks=False)  # fmt: skip
