"""records/upgraded.yml: which instructions of CHANGELOG.md this clinic has followed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from patientpages.records.append import alone, append, known_version, write
from patientpages.yamlfile import Mistakes, load

UPGRADED = "upgraded.yml"
_NEW = """# Which instructions of CHANGELOG.md ("What you must do") have been followed here. Only a command writes here.
version: 1
upgraded: []
"""


def read_upgraded(path: Path, shown: str, mistakes: Mistakes) -> tuple[tuple[str, ...], ...]:
    """Return, by upgrade, the codes of the instructions that were followed; nothing if there is no such file yet."""
    data = load(path, shown, mistakes, "the list of upgrades") if path.exists() else None
    if data is None or not known_version(data):
        return ()
    found = []
    for entry in data.maps("upgraded", required=False):
        entry.day("on")
        entry.text("program")
        found.append(entry.texts("done"))
        entry.close()
    data.close(("upgraded",))
    return tuple(found)


def add_upgrade(folder: Path, shown: str, on: date, program: str, done: Sequence[str]) -> None:
    """Record instructions as followed. Raises InputError, and changes nothing, where the list cannot be added to."""
    path = folder / UPGRADED
    with alone(folder):
        if not path.exists():
            write(path, _NEW).replace(path)
        line = f'- {{on: {on.isoformat()}, program: "{program}", done: {json.dumps(list(done))}}}\n'
        append(path, f"{shown}/{UPGRADED}", "upgraded", line, read_upgraded, 1)
