"""For GitHub Actions: one annotation a finding, beside the line in the change."""

from __future__ import annotations

from patientpages.model import Outcome
from patientpages.reporters.terminal import last_line, waived


def _value(text: str) -> str:
    """Escape as workflow commands ask for it (a property also escapes colon and comma)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def report(outcome: Outcome) -> str:
    """Return the whole report."""
    lines = []
    for finding in outcome.findings:
        text = _value(finding.message + (f"\n{finding.hint}" if finding.hint else ""))
        place = f"file={_property(finding.place.path)},line={finding.place.line},title={_property(finding.code)}"
        lines.append(f"::{finding.severity} {place}::{text}")
    for waiver in outcome.waivers:
        place = f"file={_property(waiver.place.path)},line={waiver.place.line},title={_property(waiver.code)}"
        lines.append(f"::notice {place}::{_value(waived(waiver))}")
    return "\n".join([*lines, last_line(outcome)])
