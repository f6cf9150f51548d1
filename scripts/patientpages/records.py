"""records/: what has been promised. The only module that reads and writes these files, and it only ever adds."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from patientpages.model import InputError, Place, ReaderTest, Records, Signature
from patientpages.yamlfile import Map, Mistakes, leaves, load

SIGNED, TESTED = "signed.yml", "tested.yml"
Reader = Callable[[Path, str, Mistakes], tuple[object, ...]]


def _published(folder: Path, shown: str, mistakes: Mistakes) -> None:
    """Hold that no address is on record: this version cannot keep one yet, and must not overlook it."""
    data = load(folder / "published.yml", f"{shown}/published.yml", mistakes, "a list of records")
    if data is None:
        return
    data.whole("version")
    if any(True for _ in leaves(data, "published")):
        data.mistakes.add(
            data.place_of("published"),
            '"published" has entries, and this version of Patient Pages cannot read them yet',
            "Use the version that wrote them. Nothing was changed.",
            "D001",
        )
    data.close()


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


def _read_signed(path: Path, shown: str, mistakes: Mistakes) -> tuple[Signature, ...]:
    data = load(path, shown, mistakes, "the list of sign-offs")
    if data is None:
        return ()
    data.whole("version")
    found = tuple(_signature(entry) for entry in data.maps("signed", required=False))
    data.close(("signed",))
    return found


def _read_tested(path: Path, shown: str, mistakes: Mistakes) -> tuple[ReaderTest, ...]:
    data = load(path, shown, mistakes, "the list of tests with readers")
    if data is None:
        return ()
    data.whole("version")
    found = []
    for entry in data.maps("tested", required=False):
        found.append(
            ReaderTest(entry.day("tested_on"), entry.whole("people") or 0, entry.text("evidence"), entry.place)
        )
        entry.close()
    data.close(("tested",))
    return tuple(found)


def load_records(folder: Path, shown: str, mistakes: Mistakes) -> Records:
    """Return what is on record; what cannot be read is a mistake with its line."""
    _published(folder, shown, mistakes)
    return Records(
        _read_signed(folder / SIGNED, f"{shown}/{SIGNED}", mistakes),
        _read_tested(folder / TESTED, f"{shown}/{TESTED}", mistakes),
    )


class _Written(yaml.SafeDumper):
    """Writes each value out: a star that refers to another entry is not read here."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _entry(signature: Signature) -> dict[str, object]:
    names = ("page", "language", "name", "role", "registration", "evidence", "signed_on", "next_check", "hide_name")
    entry = {name: getattr(signature, name) for name in names if getattr(signature, name) not in ("", False)}
    return entry | {"sentences": list(signature.sentences)}


def _add(path: Path, shown: str, key: str, entries: Sequence[dict[str, object]], read: Reader) -> None:
    """Add entries at the end of a list: all of them are on the disk, or none is. Raises InputError."""
    mistakes = Mistakes()
    before = read(path, shown, mistakes)
    mistakes.stop_if_any()
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    added = yaml.dump(entries, Dumper=_Written, allow_unicode=True, sort_keys=False, width=1000)
    draft = path.with_suffix(f".{os.getpid()}.new")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text.replace(f"{key}: []\n", f"{key}:\n") + added)
        file.flush()
        os.fsync(file.fileno())
    after = read(draft, shown, mistakes)
    if mistakes.findings or len(after) != len(before) + len(entries):
        draft.unlink()
        mistakes.add(Place(shown), "this list does not end with its entries",
                     "Put the file back as the last command left it. Nothing was changed.", "D001")  # fmt: skip
        raise InputError(mistakes.findings)
    draft.replace(path)


def add_signatures(folder: Path, shown: str, signatures: Sequence[Signature]) -> None:
    """Record sign-offs. Raises InputError, and changes nothing, where the list cannot be added to."""
    _add(folder / SIGNED, f"{shown}/{SIGNED}", "signed", [_entry(s) for s in signatures], _read_signed)


def add_test(folder: Path, shown: str, test: ReaderTest) -> None:
    """Record a test with readers. Raises InputError, and changes nothing, where the list cannot be added to."""
    entry = {"tested_on": test.tested_on, "people": test.people, "evidence": test.evidence}
    _add(folder / TESTED, f"{shown}/{TESTED}", "tested", [entry], _read_tested)
