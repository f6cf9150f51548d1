"""For a person at a terminal: where, what, what right looks like; last of all, what was looked at."""

from __future__ import annotations

from patientpages.model import Finding, Outcome, Waiver, counted


def _place(finding: Finding) -> str:
    place = finding.place
    if place.exact:
        return f"{place.path}:{place.line}"
    return place.path if place.line == 1 else f"{place.path}:{place.line} (near)"


def one(finding: Finding) -> str:
    """Return one finding as lines of text."""
    about = f"  [{finding.topic}{'.' + finding.statement if finding.statement else ''}]" if finding.topic else ""
    label = "" if finding.severity == "error" else "warning: "
    head = f"{_place(finding)}  {finding.code}  {label}{finding.message}{about}"
    return "\n".join([head, *(f"    {line}" for line in finding.hint.split("\n") if finding.hint)])


def last_line(outcome: Outcome) -> str:
    """Return the line that counts what was done."""
    also = [counted(outcome.messages, "message")] if outcome.messages else []
    also += [counted(outcome.addresses, "promised link")] if outcome.addresses else []
    return (
        f"{counted(outcome.pages, 'page')}, {counted(outcome.topics, 'topic')}, "
        f"{', '.join([f'{outcome.judged} of {outcome.statements} statements judged', *also])}, "
        f"{counted(outcome.checks, 'check')}: "
        f"{counted(outcome.errors, 'error')}, {counted(outcome.warnings, 'warning')}"
    )


def guard_line(outcome: Outcome) -> str:
    """Return the line that says whether the checker is awake."""
    planted, found = sum(row[1] for row in outcome.planted), sum(row[2] for row in outcome.planted)
    kinds = ", ".join(f"{kind} {caught} of {many}" for kind, many, caught in outcome.planted)
    return f"planted faults found: {found} of {planted} ({kinds})"


def waived(waiver: Waiver) -> str:
    """Return one waiver in force as a line: nobody may forget that it is there."""
    about = f" [{waiver.statement}]" if waiver.statement else ""
    who = f" by {waiver.who}" if waiver.who else ""
    where = f"{waiver.place.path}:{waiver.place.line}"
    return f"{where}  {waiver.code}  waived until {waiver.until.isoformat()}{who}: {waiver.reason}{about}"


def report(outcome: Outcome) -> str:
    """Return the whole report."""
    guarded = [guard_line(outcome)] if outcome.planted else []
    waivers = [waived(waiver) for waiver in outcome.waivers]
    findings = [one(finding) + "\n" for finding in outcome.findings]
    return "\n".join([*findings, *waivers, *guarded, last_line(outcome)])
