"""records/: what has been promised. The only module that reads and writes these files, and it only ever adds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import yaml

from patientpages.model import InputError, Place, Signature
from patientpages.yamlfile import Map, Mistakes, leaves, load

SIGNED = "signed.yml"


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


def load_records(folder: Path, shown: str, mistakes: Mistakes) -> tuple[Signature, ...]:
    """Return the sign-offs, oldest first; what cannot be read is a mistake with its line."""
    _published(folder, shown, mistakes)
    return _read_signed(folder / SIGNED, f"{shown}/{SIGNED}", mistakes)


class _Written(yaml.SafeDumper):
    """Writes each value out: a star that refers to another entry is not read here."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _entry(signature: Signature) -> dict[str, object]:
    names = ("page", "language", "name", "role", "registration", "evidence", "signed_on", "next_check", "hide_name")
    entry = {name: getattr(signature, name) for name in names if getattr(signature, name) not in ("", False)}
    return entry | {"sentences": list(signature.sentences)}


def add_signatures(folder: Path, shown: str, signatures: Sequence[Signature]) -> None:
    """Add sign-offs at the end of the list: all of them are on the disk, or none is. Raises InputError."""
    path = folder / SIGNED
    mistakes = Mistakes()
    before = _read_signed(path, f"{shown}/{SIGNED}", mistakes)
    mistakes.stop_if_any()
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    added = yaml.dump([_entry(s) for s in signatures], Dumper=_Written, allow_unicode=True, sort_keys=False, width=1000)
    draft = path.with_suffix(f".{os.getpid()}.new")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text.replace("signed: []\n", "signed:\n") + added)
        file.flush()
        os.fsync(file.fileno())
    after = _read_signed(draft, f"{shown}/{SIGNED}", mistakes)
    if mistakes.findings or len(after) != len(before) + len(signatures):
        draft.unlink()
        mistakes.add(Place(f"{shown}/{SIGNED}"), "the list of sign-offs does not end with its entries",
                     "Put the file back as the last command left it. Nothing was changed.", "D001")  # fmt: skip
        raise InputError(mistakes.findings)
    draft.replace(path)
