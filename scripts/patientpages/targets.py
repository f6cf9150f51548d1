"""Where a site may be put, and what is said when it cannot be."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from patientpages.folders import Project
from patientpages.model import Finding, InputError, Place


def disk_trouble(error: OSError, shown: str) -> InputError:
    """Explain why a folder could not be written, and what to do."""
    reason = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is full",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "this may not be written to",
    }.get(error.errno or 0, error.strerror or str(error))
    hint = "Make room, or name a folder on another disk with --out. What was there before is unchanged."
    return InputError([Finding("D004", "error", Place(shown), f"the site could not be written: {reason}", hint)])


def refuse_our_own(project: Project, out: Path, shown: str) -> None:
    """Refuse a target that holds, or lies in, what the site is made from: it would be replaced as a whole."""
    ours = [project.root, project.docs, project.standard, project.overrides, project.clinic, project.config]
    folders = ("scripts", "records", "print", "staff", ".git", ".github", "tests")
    inside = [project.docs, project.standard, project.overrides, *(project.root / name for name in folders)]
    if any(path.resolve().is_relative_to(out) for path in ours) or any(out.is_relative_to(p.resolve()) for p in inside):
        message = "the site cannot go here: this folder holds what it is made from, and would be replaced as a whole"
        raise InputError([Finding("D004", "error", Place(shown), message, "Name an empty folder: --out site")])


def refuse_served(project: Project, out: Path, shown: str, what: str, hint: str) -> None:
    """Refuse to put something where somebody may serve it, of this clone or of another; `what` it is, in words."""
    homes = {folder.resolve() for folder in (project.root, project.config.parent, project.clinic.parent)}
    for name in ("site", "public"):
        kept = [home / name for home in homes]
        if out.name.casefold() == name or any(out.is_relative_to(k) or k.is_relative_to(out) for k in kept):
            raise InputError([Finding("D004", "error", Place(shown), f"{what} may not stand in {name}/", hint)])


def link_from(report: Path, out: Path) -> str:
    """Return the way from the report to the built pages."""
    try:
        return Path(os.path.relpath(out, report)).as_posix()
    except ValueError:  # another drive on Windows
        return out.as_posix()
