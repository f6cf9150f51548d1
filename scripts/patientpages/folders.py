"""Where everything of a project is, and whether any of it has changed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from patientpages.grounds import files_below, hash_of
from patientpages.kept import digest

_LOGO = re.compile(rb"^[^#\n]*logo", re.MULTILINE)  # not only in a comment
_NO_LOGO = re.compile(rb"^logo:[ \t]*(?:#[^\n]*)?\n(?![ \t])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Project:
    """The folders and files of a project."""

    root: Path
    docs: Path
    standard: Path
    clinic: Path
    config: Path

    @property
    def overrides(self) -> Path:
        """The folder of our templates."""
        return self.root / "overrides"

    @property
    def work(self) -> Path:
        """The folder for what is made on the way; safe to delete at any time."""
        return self.root / ".build"

    @property
    def report(self) -> Path:
        """The folder of the coverage report: outside the site."""
        return self.root / "report"

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: from the project's folder where it is inside."""
        absolute = path.absolute()
        return absolute.relative_to(self.root).as_posix() if absolute.is_relative_to(self.root) else str(path)


def default_project(root: Path) -> Project:
    """Return the project in a folder, with the usual names."""
    return Project(root, root / "docs", root / "standard", root / "clinic.yml", root / "mkdocs.yml")


def _beside(project: Project) -> list[Path]:
    own = (project.root / name for name in ("staff", "records", "print"))
    return [project.standard, project.overrides, project.clinic, project.config, *own]


def data_of(project: Project) -> bytes:
    """Return the hash of every file of a project that a run depends on."""
    with suppress(OSError, ValueError):
        return digest(hash_of([project.docs, *_beside(project)]), _logo(project.clinic))
    return os.urandom(16)  # nothing can be said of it


def data_beside_pages(project: Project) -> bytes:
    """Return the hash of all of that but the texts of the pages, of which it has the names."""
    with suppress(OSError, ValueError):
        docs = files_below(project.docs)
        others = [Path(name) for name in docs if not name.endswith(".md")]
        return digest(hash_of([*_beside(project), *others]), _logo(project.clinic), *map(os.fsencode, docs))
    return os.urandom(16)


def _logo(clinic: Path) -> bytes:
    """Return what stands where clinic.yml says that the logo is. Raises OSError or ValueError if nobody can say."""
    text = clinic.read_bytes() if clinic.is_file() else b""
    if len(_LOGO.findall(text)) <= len(_NO_LOGO.findall(text)):
        return b""
    import yaml  # noqa: PLC0415 (most clinics have no logo: a command with nothing to do need not load it)

    try:
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from error
    name = data.get("logo") if isinstance(data, dict) else None
    if not name:
        return b""
    root, path = clinic.parent, clinic.parent / str(name)
    where = f"{path.resolve().is_relative_to(root.resolve())} {path.is_dir()} {path.is_file()}".encode()
    return where + (path.read_bytes() if path.is_file() else b"")
