"""records/: what has been promised. The only room that reads and writes these files, and it only ever adds."""

from __future__ import annotations

from pathlib import Path

from patientpages.model import Finding, InputError, Place, Records
from patientpages.records.append import alone, known_version
from patientpages.records.published import PUBLISHED, add_entries, read_published
from patientpages.records.signed import SIGNED, TESTED, add_signatures, add_test, read_signed, read_tested
from patientpages.records.sources import SOURCES, add_sources, hold_sources_kept, last_sources, read_kept, source_name
from patientpages.records.upgraded import UPGRADED, add_upgrade, read_upgraded
from patientpages.records.versions import (
    MESSAGE,
    VERSIONS,
    add_versions,
    code_of,
    read_before,
    read_version,
    shape_of,
    unnamed,
)
from patientpages.yamlfile import Mistakes

__all__ = [
    "LEDGER",
    "MESSAGE",
    "PUBLISHED",
    "SIGNED",
    "SOURCES",
    "TESTED",
    "UPGRADED",
    "VERSIONS",
    "add_entries",
    "add_signatures",
    "add_sources",
    "add_test",
    "add_upgrade",
    "add_versions",
    "alone",
    "code_of",
    "known_version",
    "last_sources",
    "load_records",
    "read_kept",
    "read_upgraded",
    "read_version",
    "refused",
    "shape_of",
    "source_name",
]


LEDGER = Place(f"records/{PUBLISHED}")


def refused(message: str, hint: str) -> InputError:
    """Return the error for something about published addresses that cannot be done."""
    return InputError([Finding("D006", "error", LEDGER, message, hint)])


def load_records(folder: Path, shown: str, mistakes: Mistakes) -> Records:
    """Return what is on record; what cannot be read is a mistake with its line."""
    ledger = read_published(folder / PUBLISHED, f"{shown}/{PUBLISHED}", mistakes)
    hold_sources_kept(folder / SOURCES, f"{shown}/{SOURCES}", ledger, mistakes)
    before = read_before(folder / VERSIONS, f"{shown}/{VERSIONS}", ledger, mistakes)
    return Records(
        read_signed(folder / SIGNED, f"{shown}/{SIGNED}", mistakes),
        read_tested(folder / TESTED, f"{shown}/{TESTED}", mistakes),
        ledger,
        before,
        unnamed(folder / VERSIONS, ledger),
    )
