"""What a run looked at and found."""

from __future__ import annotations

from dataclasses import dataclass

from patientpages.model.findings import Finding, InputError
from patientpages.model.pages import Waiver


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, and how much it looked at."""

    findings: tuple[Finding, ...]
    pages: int
    topics: int
    statements: int  # pairs of a page and a required statement
    judged: int  # how many of them the matcher has judged
    checks: int
    planted: tuple[tuple[str, int, int], ...] = ()  # kind of fault, how many were planted, how many were found
    waivers: tuple[Waiver, ...] = ()  # what a person has decided to live with, for now
    messages: int = 0  # that staff send
    addresses: int = 0  # on record: pages, places on them and short addresses

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors


def nothing(error: InputError) -> Outcome:
    """Return the outcome of a run that could not look at anything."""
    return Outcome(error.findings, 0, 0, 0, 0, 0)
