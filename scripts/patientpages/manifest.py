"""manifest.json: a hash for each file that is served, so that what is live can be compared with what was published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from patientpages.model import Artefact
from patientpages.outputs import headers
from patientpages.project import Inputs

MANIFEST = "manifest.json"


def digest(content: bytes) -> str:
    """Return the hash of a file as manifests give it."""
    return hashlib.sha256(content).hexdigest()


def _standard_of(inputs: Inputs) -> str:
    """Return a hash over all that pages are held to, so that a manifest tells by which standard they were checked."""
    whole = hashlib.sha256()
    folder = inputs.project.standard
    for path in sorted(p for p in folder.rglob("*.yml")):
        whole.update(path.relative_to(folder).as_posix().encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def manifest(files: Sequence[Artefact], inputs: Inputs, today: date) -> Artefact:
    """Return manifest.json: a hash for each file that is served, its headers, the standard, the day; nobody's name."""
    data = {
        "format": 1,
        "published": today.isoformat(),
        "standard": _standard_of(inputs),
        "headers": headers(inputs.clinic.embedded_on),
        "files": {file.path: digest(file.content) for file in sorted(files, key=lambda f: f.path)},
    }
    return Artefact(MANIFEST, (json.dumps(data, indent=1) + "\n").encode(), "manifest")
