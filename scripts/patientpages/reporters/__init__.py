"""Findings -> text, one file a format. Every format holds every finding and the counts."""

from __future__ import annotations

from collections.abc import Callable

from patientpages.outcome import Outcome
from patientpages.reporters import github, json, sarif, terminal

REPORTERS: dict[str, Callable[[Outcome], str]] = {
    "terminal": terminal.report,
    "json": json.report,
    "github": github.report,
    "sarif": sarif.report,
}
