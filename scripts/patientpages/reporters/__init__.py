"""Findings -> text, one file a format. Every format holds every finding and the counts."""

from __future__ import annotations

from importlib import import_module

from patientpages.model import Outcome

FORMATS = ("terminal", "json", "github", "sarif")


def reported(outcome: Outcome, form: str) -> str:
    """Return what a run found in one of FORMATS; the others are not loaded."""
    text: str = import_module(f"patientpages.reporters.{form}").report(outcome)
    return text
