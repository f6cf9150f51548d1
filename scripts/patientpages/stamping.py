"""What is put on the built pages of a language before they are checked: only the records can say it, no template.

Who checked each page, the version code of its words, and a mark for each old address that stood on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from patientpages.model import Page, Promises
from patientpages.outputs import Moved
from patientpages.project import Inputs, Language
from patientpages.signing import codes_of, sign_off, stamped


def moved_from(inputs: Inputs, language: Language, pages: Iterable[Page], standing: Promises) -> Moved:
    """Return the past of a language, with its words."""
    words, prefix = language.wording, inputs.prefix_of(language.code)
    return Moved(pages, standing, prefix, words.group("moved"), words.signing.day)


def stamp(inputs: Inputs, language: Language, folder: Path, pages: tuple[Page, ...], standing: Promises,
          today: date) -> None:  # fmt: skip
    """Write all of it onto the built pages of a folder."""
    signing, past = language.wording.signing, moved_from(inputs, language, pages, standing)
    codes = codes_of(pages)
    for page in pages:
        found = sign_off(page, language.code, inputs.records.signatures, today)
        lines = signing.lines(found) | {"version": signing.version(codes[page.file])}
        reviewed = found.signature.signed_on.isoformat() if found.signature and found.valid else ""
        file = folder / page.file
        text = file.read_text(encoding="utf-8")
        file.write_text(past.left_in(stamped(text, lines, reviewed), page.file), encoding="utf-8", newline="\n")
