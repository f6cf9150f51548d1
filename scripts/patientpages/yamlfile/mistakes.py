"""Collect what is wrong with files, and read their text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from patientpages.model import Finding, InputError, Place
from patientpages.yamlfile.restoring import put_back

_CONFLICT = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
_MOST = 32_000_000  # bytes: a ledger of centuries; parsing more would look like a hang


def near(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean "x"?' for the most alike of the known words, or the empty string."""
    best = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f' Did you mean "{best[0]}"?' if best else ""


def is_or_are(what: str) -> str:
    """Return the verb for what a file holds: "the list of facts" is, "the words that templates show" are."""
    return "are" if re.split(r" (?:that|of|with|for) ", what)[0].endswith("s") else "is"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file and line; files that cannot be read first: much of the rest may follow from them."""
    return sorted(findings, key=lambda f: (f.code != "D001", f.place.path, f.place.line))


@dataclass
class Mistakes:
    """Collects what is wrong with the files that are being read."""

    code: str = "D002"
    findings: list[Finding] = field(default_factory=list)

    def add(self, place: Place, message: str, hint: str = "", code: str = "") -> None:
        """Note one mistake.

        D001: a file cannot be read; D002: a value in a data file is wrong; D003: something was not checked;
        F101 to F103: the front matter of a page.
        """
        self.findings.append(Finding(code or self.code, "error", place, message, hint))

    def stop_if_any(self) -> None:
        """Raise InputError with all mistakes so far."""
        if self.findings:
            raise InputError(in_order(self.findings))


def read_text(path: Path, shown: str, mistakes: Mistakes, what: str, most: int = _MOST) -> str | None:
    """Read a UTF-8 file of at most so many bytes; note a mistake and return None where that cannot be done.

    `what` is what the file holds, as a sentence begins: "the clinic's details".
    """
    be = is_or_are(what)
    try:
        size = path.stat().st_size
        if size > most and path.is_file():
            message = f"{what}: the file has {size / 1e6:,.1f} million bytes, and may have {most / 1e6:,.1f}"
            mistakes.add(Place(shown), message, "Is it the right file? Put it back, or make it shorter.", "D001")
            return None
        data = path.read_bytes()
    except FileNotFoundError:
        command = put_back(path, shown)
        hint = f"Put it back: {command}" if command else "Put the file back, or name another."
        mistakes.add(Place(shown), f"{what} {be} missing", hint, "D001")
        return None
    except IsADirectoryError:
        mistakes.add(Place(shown), f"{what} should be a file, and this is a folder", "Move the folder away.", "D001")
        return None
    except OSError as error:
        mistakes.add(Place(shown), f"{what} cannot be read: {error.strerror}", "", "D001")
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
        mistakes.add(
            Place(shown, line),
            f"this is not UTF-8 text: byte 0x{byte:02x} on this line",
            'Save the file again with the encoding "UTF-8" (not "ANSI", "Windows-1252" or "UTF-16").',
            "D001",
        )
        return None
    mark = _CONFLICT.search(text) if "<" * 7 in text or ">" * 7 in text else None
    if mark:
        place = Place(shown, text.count("\n", 0, mark.start()) + 1)
        hint = "Choose what is right, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>."
        mistakes.add(place, "git has left the marks of a conflict in this file", hint, "D001")
    return None if mark else text
