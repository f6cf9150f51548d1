"""records/sources/: the Markdown of every published page, so that a page can stay as it is while another is corrected.

A file is named by a hash of what it says, so it needs no seal, and no two clones write the same name differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from patientpages.model import Entry, Ledger
from patientpages.records.append import write
from patientpages.yamlfile import Mistakes

SOURCES = "sources"


def source_name(text: str) -> str:
    """Return the name under which a source is kept: SHA-256, cut to 64 bits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def add_sources(folder: Path, texts: Iterable[str]) -> None:
    """Keep sources; those that are kept already stay as they are."""
    folder.mkdir(exist_ok=True)
    for text in texts:
        path = folder / f"{source_name(text)}.md"
        if not path.exists():
            write(path, text).replace(path)


def last_sources(ledger: Ledger) -> dict[str, Entry]:
    """Return the line that names the last published source of each page, by its address."""
    return {entry.address: entry for entry in ledger.of("source")}


def read_kept(folder: Path, shown: str, entry: Entry, mistakes: Mistakes) -> str:
    """Return the source that a line of the ledger names; one that is missing or was changed is a mistake."""
    path = folder / f"{entry.text}.md"
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        wrong = f"the source of {entry.address} as it was published is missing: {shown}/{path.name}"
    except (OSError, UnicodeDecodeError) as error:
        wrong = f"{shown}/{path.name} cannot be read: {error}"
    else:
        if source_name(text) == entry.text:
            return text
        wrong = f"{shown}/{path.name} was changed by hand: it is not the source of {entry.address} any more"
    mistakes.add(entry.place, wrong, f"git checkout -- {shown}", "D001")
    return ""


def hold_sources_kept(folder: Path, shown: str, ledger: Ledger, mistakes: Mistakes) -> None:
    """Note each source that the ledger names last for a page and that is not as it was kept."""
    for entry in last_sources(ledger).values():
        read_kept(folder, shown, entry, mistakes)
