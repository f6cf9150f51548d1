"""records/versions/: the full words of every published page and message, a file for each, named by its code.

The name of a page's file also tells under which ids its words stood: a heading may get another id, and no other word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from patientpages.ledger import words_before
from patientpages.model import WHOLE, Entry, InputError, Ledger, Place, Version
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


def _seal(version: Version) -> str:
    """Return a hash over all that a version says, cut to 64 bits: its code is over the words alone."""
    said = [version.code, version.address, version.title, version.language, version.on.isoformat(),
            dict(version.carries), [[at, list(words)] for at, words in version.parts.items()]]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def shape_of(version: Version) -> str:
    """Return what tells two publications of the same words apart: which of them stood under which id."""
    parts = [[at, list(words)] for at, words in version.parts.items()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:6]


def stem_of(code: str, address: str, shape: str) -> str:
    """Return the name, without its ending, of the file with the words of a version."""
    return code if address.startswith(MESSAGE) else f"{code}.{shape}"


def _text(version: Version) -> str:
    data = {
        "version": 1,
        "code": version.code,
        "seal": _seal(version),
        "address": version.address,
        "title": version.title,
        "language": version.language,
        "first_published": version.on,
        "carries": dict(version.carries),
        "parts": [{"at": at, "says": list(said)} for at, said in version.parts.items()],
    }
    head = "# The words as they were published. Only a command writes here.\n"
    return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def read_version(folder: Path, shown: str, entry: Entry, mistakes: Mistakes) -> Version | None:
    """Read the version that a line of the ledger names; a file that is not as it was written is a mistake."""
    code, name = entry.text, f"{stem_of(entry.text, entry.address, entry.to)}.yml"
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
    same = code_of(found.parts.get(WHOLE, ()), found.carries) == found.code == code
    same = data.text("seal") == _seal(found) and same
    data.close()
    if len(mistakes.findings) == before and not same:
        mistakes.add(data.place, f"these words are not those of {code}: the file was changed by hand",
                     f"git checkout -- {shown}/{name}", "D001")  # fmt: skip
    return found if len(mistakes.findings) == before else None


def read_before(folder: Path, shown: str, ledger: Ledger, mistakes: Mistakes) -> dict[str, dict[str, str]]:
    """Return, by language, the words that each address on record had when it was last published.

    What is on record and not there, and a ledger that was emptied beside its words, are mistakes.
    """
    files = {path.stem for path in folder.glob("*.yml")}
    for entry in ledger.of("version"):
        stem = stem_of(entry.text, entry.address, entry.to)
        if stem not in files:
            mistakes.add(entry.place, f"the words of {entry.text} are missing: {shown}/{stem}.yml",
                         f"git checkout -- {shown}", "D001")  # fmt: skip
    if files and not ledger.entries and not mistakes.findings:
        mistakes.add(Place(shown), f"there are words of {len(files)} published texts here, and no address is on record",
                     "Put back records/published.yml: git checkout -- records. If nothing was ever published, empty "
                     "this folder.", "D001")  # fmt: skip
    known: dict[str, Version | None] = {}

    def read(entry: Entry) -> Version | None:
        stem = stem_of(entry.text, entry.address, entry.to)
        if stem in files and stem not in known:
            known[stem] = read_version(folder, shown, entry, mistakes)
        return known.get(stem)

    languages = dict.fromkeys(entry.language for entry in ledger.entries)
    own = {name: Ledger(tuple(e for e in ledger.entries if e.language == name)) for name in languages}
    return {name: words_before(part, read) for name, part in own.items()}


def unnamed(folder: Path, ledger: Ledger) -> tuple[str, ...]:
    """Return the files of words that no line of the ledger names: its line was lost, or never written."""
    named = {stem_of(entry.text, entry.address, entry.to) for entry in ledger.of("version")}
    return tuple(sorted(path.name for path in folder.glob("*.yml") if path.stem not in named))


def add_versions(folder: Path, shown: str, versions: Sequence[Version]) -> None:
    """Write the words of new versions. Raises InputError where two different texts would have one code."""
    folder.mkdir(exist_ok=True)
    mistakes = Mistakes()
    known: dict[str, tuple[str, ...]] = {}
    for version in versions:
        stem = stem_of(version.code, version.address, shape_of(version))
        clash = [path for path in folder.glob(f"{version.code}*.yml") if not _says(path, version.parts[WHOLE])]
        if known.setdefault(version.code, version.parts[WHOLE]) != version.parts[WHOLE] or clash:
            mistakes.add(Place(f"{shown}/{stem}.yml"), f'"{version.title}" would have the code of another text',
                         "Change a word of it.", "D001")  # fmt: skip
    if mistakes.findings:
        raise InputError(mistakes.findings)
    for version in versions:
        path = folder / f"{stem_of(version.code, version.address, shape_of(version))}.yml"
        if not path.exists():
            write(path, _text(version)).replace(path)


def _says(path: Path, words: Sequence[str]) -> bool:
    """Tell whether a kept version has these words."""
    data = load(path, path.name, Mistakes(), "the words of a published version")
    whole = next((part.texts("says") for part in data.maps("parts") if part.text("at") == WHOLE), ()) if data else ()
    return tuple(whole) == tuple(words)
