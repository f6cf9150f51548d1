"""Where everything of a project is, and whether any of it has changed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from patientpages.grounds import files_below, hash_of, marks_of
from patientpages.kept import digest

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


def _all(project: Project) -> list[Path]:
    written = project.root / "docs"  # leaflets may be named of pages that stand here
    return [project.docs, *_beside(project), *([written] if written != project.docs else [])]


def data_of(project: Project) -> bytes:
    """Return the hash of every file of a project that a run depends on."""
    with suppress(OSError, ValueError):
        programs = sorted(path.name for path in project.root.glob("*.py"))  # an extension may not be one of these
        programs += sorted(path.parent.name for path in project.root.glob("*/__init__.py"))
        return digest(hash_of(_all(project)), _logo(project.clinic), repr(programs).encode())
    return os.urandom(16)  # nothing can be said of it


def marks_of_data(project: Project) -> bytes:
    """Return a hash that is another one as soon as somebody has written any of these files."""
    return marks_of(_all(project))


def data_beside_pages(project: Project) -> bytes:
    """Return the hash of all of that but the texts of the pages, of which it has the names."""
    with suppress(OSError, ValueError):
        docs = shown_below(project.docs)
        others = [Path(name) for name in docs if not name.endswith(".md")]
        names = [os.fsencode(name) for name in docs]
        return digest(hash_of([*_beside(project), *others]), _logo(project.clinic), *names)
    return os.urandom(16)


def shown_below(docs: Path) -> list[str]:
    """Return the files of docs/ but the hidden ones, which no site has: an editor's own come and go."""
    cut = len(str(docs)) + 1
    return [file for file in files_below(docs) if not any(part.startswith(".") for part in file[cut:].split("/"))]


def _logo(clinic: Path) -> bytes:
    """Return what stands where clinic.yml says that the logo is. Raises OSError or ValueError if nobody can say."""
    text = clinic.read_bytes() if clinic.is_file() else b""
    lines = [line for line in text.split(b"\n") if b"logo" in line and not line.lstrip().startswith(b"#")]
    if len(lines) <= len(_NO_LOGO.findall(text)):
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
