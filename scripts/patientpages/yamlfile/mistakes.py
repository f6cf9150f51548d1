"""Collect what is wrong with files, and read their text."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from patientpages.model import Finding, InputError, Place


def near(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean "x"?' for the most alike of the known words, or the empty string."""
    best = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f' Did you mean "{best[0]}"?' if best else ""


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
            raise InputError(sorted(self.findings, key=lambda f: (f.place.path, f.place.line)))


def read_text(path: Path, shown: str, mistakes: Mistakes, what: str) -> str | None:
    """Read a UTF-8 file; note a mistake and return None where that cannot be done."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        mistakes.add(Place(shown), f"{what} is missing", "Put the file back, or name another.", "D001")
        return None
    except IsADirectoryError:
        mistakes.add(Place(shown), f"{what} should be a file, and is a folder", "Move the folder away.", "D001")
        return None
    except OSError as error:
        mistakes.add(Place(shown), f"{what} cannot be read: {error.strerror}", "", "D001")
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
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
