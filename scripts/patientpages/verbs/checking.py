"""checks: what is checked, and why."""

from __future__ import annotations

import argparse

from patientpages.checklist import explain_checks
from patientpages.verbs.common import Verbs


def add(verbs: Verbs) -> None:
    """Add this verb."""
    explained = verbs.add("checks", _checks, "list the checks, or explain some", inputs=False)
    explained.add_argument("codes", nargs="*", metavar="CODE", help="such as T101")


def _checks(args: argparse.Namespace) -> int:
    return explain_checks(args.codes)
