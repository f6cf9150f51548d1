"""records/versions/: the full words of every published page and message, a file for each, named by its code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from patientpages.model import WHOLE, InputError, Ledger, Place, Version
from patientpages.records.append import known_version, write
from patientpages.yamlfile import Mistakes, load

VERSIONS = "versions"
MESSAGE = "email:"  # what the address of a message begins with
# The 20 signs of Open Location Code: no vowels, so that no word comes out, and none that looks like another.
_SIGNS = "23456789CFGHJMPQRVWX"
_LENGTH = 8  # 20^8: among 10,000 texts the chance that any two have one code is 1 in 500; such a text is refused


def code_of(words: Iterable[str], carries: Mapping[str, str] | None = None) -> str:
    """Return the code of a text, such as `7MQ2-XR5C`: SHA-256 over its sentences, in 20 signs that can be read out.

    A message has another code when a page that it `carries` (address -> code) has other words.
    """
    lines = [*words, *(f"{address} {code}" for address, code in (carries or {}).items())]
    number = int.from_bytes(hashlib.sha256("\n".join(lines).encode()).digest())
    signs = ""
    for _ in range(_LENGTH):
        number, sign = divmod(number, len(_SIGNS))
        signs += _SIGNS[sign]
    return f"{signs[:4]}-{signs[4:]}"


def _text(version: Version) -> str:
    data = {
        "version": 1,
        "code": version.code,
        "address": version.address,
        "title": version.title,
        "language": version.language,
        "first_published": version.on,
        "carries": dict(version.carries),
        "parts": [{"at": at, "says": list(said)} for at, said in version.parts.items()],
    }
    head = "# The words as they were published. Only a command writes here.\n"
    return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def read_version(folder: Path, shown: str, code: str, mistakes: Mistakes) -> Version | None:
    """Read one version; a file whose words are not those of its code is a mistake."""
    name = f"{code}.yml"
    data = load(folder / name, f"{shown}/{name}", mistakes, "the words of a published version")
    if data is None or not known_version(data):
        return None
    before = len(mistakes.findings)
    carried = data.group("carries", required=False)
    parts = {}
    for part in data.maps("parts"):
        parts[part.text("at")] = part.texts("says")
        part.close()
    found = Version(data.text("code"), data.text("address"), data.text("title"), data.text("language"),
                    data.day("first_published"), parts,
                    {to: carried.text(to) for to in carried} if carried else {})  # fmt: skip
    data.close()
    if len(mistakes.findings) == before and (
        found.code != code or code_of(found.parts.get(WHOLE, ()), found.carries) != code
    ):
        mistakes.add(data.place, f"these words are not those of {code}: the file was changed by hand",
                     f"git checkout -- {shown}/{name}", "D001")  # fmt: skip
    return found if len(mistakes.findings) == before else None


def read_last(folder: Path, shown: str, ledger: Ledger, mistakes: Mistakes) -> tuple[Version, ...]:
    """Return the last version of each page on record; hold that none is missing, nor the ledger itself."""
    files = {path.stem for path in folder.glob("*.yml")}
    for entry in ledger.of("version"):
        if entry.text not in files:
            mistakes.add(entry.place, f"the words of {entry.text} are missing: {shown}/{entry.text}.yml",
                         f"git checkout -- {shown}", "D001")  # fmt: skip
    last = {e.address: e.text for e in ledger.of("version") if not e.address.startswith(MESSAGE)}
    found = [(a, read_version(folder, shown, code, mistakes)) for a, code in last.items() if code in files]
    if files and not ledger.entries and not mistakes.findings:
        mistakes.add(Place(shown), f"there are words of {len(files)} published texts here, and no address is on record",
                     "Put back records/published.yml: git checkout -- records. If nothing was ever published, empty "
                     "this folder.", "D001")  # fmt: skip
    return tuple(replace(version, address=address) for address, version in found if version)  # it may have been renamed


def add_versions(folder: Path, shown: str, versions: Sequence[Version]) -> None:
    """Write the words of new versions. Raises InputError where two different texts would have one code."""
    folder.mkdir(exist_ok=True)
    mistakes = Mistakes()
    for version in versions:
        path = folder / f"{version.code}.yml"
        if path.exists():
            before = read_version(folder, shown, version.code, mistakes)
            if before is not None and before.parts.get(WHOLE) != version.parts.get(WHOLE):
                mistakes.add(Place(f"{shown}/{path.name}"), f'"{version.title}" would have the code of another text',
                             "Change a word of it.", "D001")  # fmt: skip
        elif not mistakes.findings:
            write(path, _text(version)).replace(path)
    if mistakes.findings:
        raise InputError(mistakes.findings)
