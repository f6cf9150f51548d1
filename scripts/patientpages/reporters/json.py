"""For programs: the counts, and every finding with all that is known of it."""

from __future__ import annotations

import json
from typing import Any

from patientpages.model import Outcome


def counts(outcome: Outcome) -> dict[str, int]:
    """Return what was looked at and found."""
    return {
        "pages": outcome.pages,
        "topics": outcome.topics,
        "statements": outcome.statements,
        "judged": outcome.judged,
        "messages": outcome.messages,
        "addresses": outcome.addresses,
        "checks": outcome.checks,
        "errors": outcome.errors,
        "warnings": outcome.warnings,
    }


def findings(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the findings as plain values."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "path": finding.place.path,
            "line": finding.place.line,
            "line_exact": finding.place.exact,
            "message": finding.message,
            "hint": finding.hint,
            "topic": finding.topic,
            "statement": finding.statement,
        }
        for finding in outcome.findings
    ]


def report(outcome: Outcome) -> str:
    """Return the whole report."""
    return json.dumps({"counts": counts(outcome), "findings": findings(outcome)}, indent=2, ensure_ascii=False)
