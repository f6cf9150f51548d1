"""SARIF 2.1.0, for code-scanning services and editors."""

from __future__ import annotations

import json
from typing import Any

from patientpages import __version__
from patientpages.checks import CHECKS
from patientpages.model import Outcome
from patientpages.reporters.json import counts


def report(outcome: Outcome) -> str:
    """Return the whole report."""
    rules: list[dict[str, Any]] = [{"id": c.code, "shortDescription": {"text": c.sentence}} for c in CHECKS]
    known = {check.code for check in CHECKS}
    rules += [{"id": code} for code in sorted({f.code for f in outcome.findings} - known)]
    results = [
        {
            "ruleId": finding.code,
            "level": finding.severity,
            "message": {"text": finding.message + (f"\n{finding.hint}" if finding.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": finding.place.path},
                        "region": {"startLine": finding.place.line},
                    }
                }
            ],
        }
        for finding in outcome.findings
    ]
    run = {
        "tool": {"driver": {"name": "patientpages", "version": __version__, "rules": rules}},
        "results": results,
        "properties": counts(outcome),
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)
