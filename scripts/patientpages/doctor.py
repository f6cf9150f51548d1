"""What still stands between these pages and patients: one list, in the order in which to work through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from patientpages import machine
from patientpages.build import check
from patientpages.folders import Project
from patientpages.gate import blocks
from patientpages.hosting import rules_of
from patientpages.machine import Step, named
from patientpages.making import Progress
from patientpages.model import Finding, InputError, counted
from patientpages.project import Inputs, load_inputs
from patientpages.published import edited
from patientpages.recording import additions, details_of

_SHOWN = 20  # findings of checks: more than that is work for `patientpages check`


def _step(finding: Finding) -> Step:
    place = f"{finding.place.path}:{finding.place.line}" if finding.place.exact else finding.place.path
    return Step(f"{place}  {finding.message}", finding.hint or "Mend it, and run this again.",
                finding.severity == "error")  # fmt: skip


def _blanks(inputs: Inputs, findings: list[Finding]) -> Iterator[Step]:
    """Yield one step for all details of the clinic that are still to be filled in."""
    clinic = inputs.clinic
    if findings:
        names = [
            f"{key} (line {clinic.places.get(key, clinic.place).line})"
            for key in sorted(clinic.placeholders, key=lambda key: clinic.places[key].line)
        ]
        yield Step(
            f"{findings[0].place.path} has {counted(len(names), 'detail')} to be filled in: {', '.join(names)}",
            "patientpages init asks for them, one by one.",
        )


def _unsigned(findings: list[Finding]) -> Iterator[Step]:
    """Yield one step for all pages that wait for a clinician for the same reason."""
    by_reason: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_reason[finding.message].append(finding)
    for reason, pages in by_reason.items():
        names = [finding.place.path.rpartition("/")[2].removesuffix(".md") for finding in pages]
        yield Step(
            f"{len(pages)} pages ({named(names)}): {reason}" if len(pages) > 1 else f"{pages[0].place.path}: {reason}",
            "patientpages build makes report/pages.html: have it read and signed, then patientpages sign --help",
        )


def _failed(findings: Iterable[Finding]) -> Iterator[Step]:
    """Yield a step for each of the first findings that are errors, and one for the rest."""
    errors = [finding for finding in findings if finding.severity == "error"]
    yield from map(_step, errors[:_SHOWN])
    if len(errors) > _SHOWN:
        yield Step(counted(len(errors) - _SHOWN, "more error"), "patientpages check lists all.")


def _mild(findings: Iterable[Finding]) -> Iterator[Step]:
    """Yield what warnings say: an emergency number of the clinic's own in full, the others as a count."""
    warnings = [finding for finding in findings if finding.severity == "warning"]
    own = [finding for finding in warnings if finding.code == "U107"]
    yield from map(_step, own)
    if len(warnings) > len(own):
        yield Step(counted(len(warnings) - len(own), "warning"), "patientpages check lists all.", blocks=False)


def _pages(inputs: Inputs, today: date, say: Progress) -> Iterator[Step]:
    """Yield what the gate would say: blanks first, then what the checks find, then what is to be signed."""
    outcome, sites = check(inputs, today, say, "publish")
    found = blocks(inputs, sites)
    own = {code: [finding for finding in found if finding.code == code] for code in ("P101", "P102")}
    yield from _blanks(inputs, own["P101"])
    yield from _failed([*outcome.findings, *(finding for finding in found if finding.code not in own)])
    yield from _unsigned(own["P102"])
    last = inputs.records.ledger.of("contact")
    if last and (changed := set(details_of(inputs).splitlines()) - set(last[-1].text.splitlines())):
        yield Step(f"clinic.yml has changed since it was published: {'; '.join(sorted(changed))}",
                   "patientpages publish --contact puts it on every page.", blocks=False)  # fmt: skip
    yield from _mild([*outcome.findings, *found])
    if not outcome.errors and not any(
        finding.severity == "error" for finding in found
    ):  # what the gate asks last: each promise can be kept
        rules_of(inputs, sites)
        additions(inputs, sites, today)


def examine(project: Project, today: date, say: Progress) -> tuple[list[Step], str]:
    """Return what is to be done, in order, and what was looked at."""
    public = project.root / "public"
    steps = [*machine.python(), *machine.disk(project)]
    kept = [*machine.identity(project.root), *map(_step, edited(public, "public"))]
    try:
        inputs = load_inputs(project)
    except InputError as error:
        sound = not any(finding.place.path.startswith("records") for finding in error.findings)
        steps += [*machine.git(project.root, sound=sound), *kept, *map(_step, error.findings)]
        return steps, "The pages were not looked at: mend these mistakes first, then run this again."
    steps += [*machine.clock(inputs.records, today), *machine.git(project.root), *kept]
    try:
        steps += _pages(inputs, today, say)
    except InputError as error:
        return [*steps, *map(_step, error.findings)], "Not everything was looked at: mend these first."
    many = sum(len(language.sources) for language in inputs.languages)
    return steps, f"Looked at: Python, the disk, the clock, git, records/, public/, clinic.yml and {many} pages."


def told(steps: list[Step], looked: str) -> str:
    """Return the list as text: what stands in the way, numbered, then what is only worth doing."""
    first, later = [step for step in steps if step.blocks], [step for step in steps if not step.blocks]
    lines = [f"{number}. {step.what}\n   -> {step.do}\n" for number, step in enumerate(first, 1)]
    if later:
        lines += ["Worth doing, and not in the way:\n", *(f"-  {step.what}\n   -> {step.do}\n" for step in later)]
    things = "1 thing stands" if len(first) == 1 else f"{len(first)} things stand"
    end = f"{things} in the way of publishing." if first else "Nothing stands in the way: patientpages publish"
    return "\n".join([*lines, looked, end])
