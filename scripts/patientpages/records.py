"""records/: what has been promised. The only module that reads these files, and later the only one that writes.

Nothing signs or publishes yet, so both lists must be empty: an entry was made by a newer version of this
program, and to pass over it would be to lose a signature or an address.
"""

from __future__ import annotations

from pathlib import Path

from patientpages.yamlfile import Mistakes, leaves, load

_LISTS = {"signed.yml": "signed", "published.yml": "published"}


def load_records(folder: Path, shown: str, mistakes: Mistakes) -> None:
    """Hold that the records are there, can be read, and hold nothing that this version would overlook."""
    for name, key in _LISTS.items():
        data = load(folder / name, f"{shown}/{name}", mistakes, "a list of records")
        if data is None:
            continue
        data.whole("version")
        if any(True for _ in leaves(data, key)):
            data.mistakes.add(
                data.place_of(key),
                f'"{key}" has entries, and this version of Patient Pages cannot read them yet',
                "Use the version that wrote them. Nothing was changed.",
                "D001",
            )
        data.close()
