"""records/signed.yml and records/tested.yml: who checked what, and which tests with readers there were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from patientpages.model import ReaderTest, Signature
from patientpages.records.append import append, known_version
from patientpages.yamlfile import Map, Mistakes, load

SIGNED, TESTED = "signed.yml", "tested.yml"


def _signature(entry: Map) -> Signature:
    found = Signature(
        entry.text("page"),
        entry.text("language"),
        entry.text("name"),
        entry.text("role"),
        entry.text("registration", required=False),
        entry.text("evidence"),
        entry.day("signed_on"),
        entry.day("next_check"),
        entry.flag("hide_name"),
        entry.texts("sentences", required=True),
        entry.place,
    )
    entry.close()
    return found


def read_signed(path: Path, shown: str, mistakes: Mistakes) -> tuple[Signature, ...]:
    """Read the sign-offs; what cannot be read is a mistake with its line."""
    data = load(path, shown, mistakes, "the list of sign-offs")
    if data is None:
        return ()
    if not known_version(data):
        return ()
    found = tuple(_signature(entry) for entry in data.maps("signed", required=False))
    data.close(("signed",))
    return found


def read_tested(path: Path, shown: str, mistakes: Mistakes) -> tuple[ReaderTest, ...]:
    """Read the tests with readers; what cannot be read is a mistake with its line."""
    data = load(path, shown, mistakes, "the list of tests with readers")
    if data is None:
        return ()
    if not known_version(data):
        return ()
    found = []
    for entry in data.maps("tested", required=False):
        found.append(
            ReaderTest(entry.day("tested_on"), entry.whole("people") or 0, entry.text("evidence"), entry.place)
        )
        entry.close()
    data.close(("tested",))
    return tuple(found)


class _Written(yaml.SafeDumper):
    """Writes each value out: a star that refers to another entry is not read here."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _entry(signature: Signature) -> dict[str, object]:
    names = ("page", "language", "name", "role", "registration", "evidence", "signed_on", "next_check", "hide_name")
    entry = {name: getattr(signature, name) for name in names if getattr(signature, name) not in ("", False)}
    return entry | {"sentences": list(signature.sentences)}


def _dump(entries: Sequence[dict[str, object]]) -> str:
    return yaml.dump(entries, Dumper=_Written, allow_unicode=True, sort_keys=False, width=1000)


def add_signatures(folder: Path, shown: str, signatures: Sequence[Signature]) -> None:
    """Record sign-offs. Raises InputError, and changes nothing, where the list cannot be added to."""
    added = _dump([_entry(s) for s in signatures])
    append(folder / SIGNED, f"{shown}/{SIGNED}", "signed", added, read_signed, len(signatures))


def add_test(folder: Path, shown: str, test: ReaderTest) -> None:
    """Record a test with readers. Raises InputError, and changes nothing, where the list cannot be added to."""
    entry = {"tested_on": test.tested_on, "people": test.people, "evidence": test.evidence}
    append(folder / TESTED, f"{shown}/{TESTED}", "tested", _dump([entry]), read_tested, 1)
