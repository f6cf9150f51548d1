"""Where something is wrong, what, and what right looks like; and a file that will be served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a path that a person can open, and a line counted from 1.

    `exact` is False where the line is only the nearest one that is known.
    """

    path: str
    line: int = 1
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and what right looks like."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    topic: str | None = None
    statement: str | None = None


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 error, 2 errors."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class InputError(Exception):
    """Something that had to be read could not be: nothing, or not everything, was checked (exit code 2)."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file of the folder that will be served, and which maker declared it ("" if none did)."""

    path: str
    content: bytes
    maker: str
