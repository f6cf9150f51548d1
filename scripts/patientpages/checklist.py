"""The list of all checks, and what each of them is about: its docstring."""

from __future__ import annotations

import inspect
import sys

from patientpages.checks import CHECKS


def explain_checks(codes: list[str]) -> int:
    """Print all checks, or what some are about; return the exit code."""
    known = {check.code: check for check in CHECKS}
    unknown = [code for code in codes if code.upper() not in known]
    for code in unknown:
        print(f"{code}: no check has this code. `patientpages checks` lists them all.", file=sys.stderr)
    for code in codes:
        if code.upper() in known:
            print(f"{code.upper()}  {inspect.getdoc(known[code.upper()].run)}\n")
    if not codes:
        print("\n".join(f"{check.code}  {check.sentence}" for check in CHECKS))
    return 2 if unknown else 0
