"""The folder that `publish` made, read with its manifest: only what is still exactly what was published counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from patientpages.manifest import MANIFEST, digest
from patientpages.model import Artefact, Finding, InputError, Place, counted

_LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # whoever looked into the folder left these


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was published: the day, the SHA-256 (hex) of each file by its path, and the headers that go with each."""

    published: date
    files: Mapping[str, str]
    headers: Mapping[str, str]


def parse(content: bytes) -> Manifest:
    """Return what a manifest says; ValueError for what is none."""
    try:
        data = json.loads(content)
        if data["format"] != 1:
            raise ValueError(f"format {data['format']} is not known here")
        files = {str(path): str(value) for path, value in data["files"].items()}
        headers = {str(name): str(value) for name, value in data["headers"].items()}
        manifest = Manifest(date.fromisoformat(data["published"]), files, headers)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("it does not say what was published") from error
    if not files:
        raise ValueError("it names no file")
    return manifest


def refuse(path: str, message: str, hint: str) -> InputError:
    """Return the error for a published folder that cannot be used."""
    return InputError([Finding("D003", "error", Place(path), message, hint)])


def read_manifest(path: Path, shown: str) -> Manifest:
    """Read a manifest; InputError where there is none."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        hint = "Publish first (make publish), or name the manifest of a publication: --manifest FILE"
        raise refuse(shown, "there is no manifest: nothing is published here", hint) from error
    except OSError as error:
        raise refuse(shown, f"it could not be read: {error.strerror}", "Name a file: --manifest FILE") from error
    except ValueError as error:
        raise refuse(shown, f"this is no manifest of ours: {error}", "Publish again: make publish") from error


def by_hand(folder: Path, manifest: Manifest) -> list[str]:
    """Return the files of a published folder that are not as its manifest says, each with what happened to it."""
    files = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name not in _LEFT_BY_SYSTEMS
    }
    found = [f"{name} (added)" for name in files.keys() - manifest.files.keys() - {MANIFEST}]
    found += [f"{name} (gone)" for name in manifest.files.keys() - files.keys()]
    both = files.keys() & manifest.files.keys()
    found += [f"{name} (changed)" for name in both if digest(files[name].read_bytes()) != manifest.files[name]]
    return sorted(found)


def edited(folder: Path, shown: str) -> list[Finding]:
    """Return what a publication would lose: a folder in its place that is not as one left it."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return []
    hint = f"Make the change in docs/ or clinic.yml, then move {shown}/ away: the next publication makes it anew."
    try:
        changed = by_hand(folder, parse((folder / MANIFEST).read_bytes()))
    except (OSError, ValueError):
        what = f"this folder was not published from here, or its {MANIFEST} was changed: nobody can tell what is in it"
        return [Finding("P106", "error", Place(shown, 1, exact=False), what, hint)]
    if not changed:
        return []
    what = f"{counted(len(changed), 'file')} not as published: {', '.join(changed[:5])}"
    return [Finding("P106", "error", Place(shown, 1, exact=False), what, hint)]


def read_published(folder: Path, shown: str) -> list[Artefact]:
    """Return the files of a published folder; InputError where one is not what its manifest says."""
    manifest = read_manifest(folder / MANIFEST, f"{shown}/{MANIFEST}")
    if wrong := by_hand(folder, manifest):
        named = ", ".join(wrong[:3]) + (" ..." if len(wrong) > 3 else "")
        message = f"this is not what was published: {counted(len(wrong), 'file')} not as published ({named})"
        raise refuse(shown, message, "Publish again: make publish")
    return [Artefact(path, (folder / path).read_bytes(), "published") for path in sorted(manifest.files)]
