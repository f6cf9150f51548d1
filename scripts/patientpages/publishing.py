"""The gate: what must be true before pages stand in public/, where patients read them, and how they come there.

What is promised is on record before it is served. An exchange that fails after that has promised addresses which the
next publication serves; the other way round, an address could be in use that nobody would keep.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from patientpages.build import Progress, make, put, replacing, report_on
from patientpages.checks.runner import in_order
from patientpages.links import additions, keep, rules_of, write_files
from patientpages.model import Artefact, Finding, Place, Site
from patientpages.outcome import Outcome
from patientpages.project import Inputs

MANIFEST = "manifest.json"
_UNSET = {"country": "country: GB", "website": 'website: "https://www.example.org/patients/"'}


def _clinic_blocks(inputs: Inputs) -> Iterator[Finding]:
    """Yield a finding for each detail of the clinic that patients would read as a blank."""
    for key in inputs.clinic.placeholders:
        place = inputs.clinic.places.get(key, inputs.clinic.place)
        yield Finding("P101", "error", place, f'"{key}" is still to be filled in: nothing is published with a blank',
                      _UNSET.get(key, f'{key}: "..."'))  # fmt: skip


def _sign_off_blocks(site: Site) -> Iterator[Finding]:
    """Yield a finding for each page whose words no clinician has signed, or whose next check is overdue."""
    told = {"never checked": "no clinician has checked this page", "changed": "this page has changed since its check",
            "overdue": "the next check of this page is overdue"}  # fmt: skip
    for page in site.pages:
        state = site.sign_offs[page.source.name].state
        if state in told:
            place = Place(page.source.path, 1, exact=False)
            hint = (
                f"When a clinician has signed the sheet in report/pages.html: patientpages sign {page.source.name} ..."
            )
            yield Finding("P102", "error", place, f"{told[state]}: it is not published", hint)


def blocks(inputs: Inputs, sites: Iterable[Site]) -> list[Finding]:
    """Return everything but failed checks that stands between these pages and patients."""
    return [*_clinic_blocks(inputs), *(finding for site in sites for finding in _sign_off_blocks(site))]


def _standard_of(inputs: Inputs) -> str:
    """Return a hash over all that pages are held to, so that a manifest tells by which standard they were checked."""
    digest = hashlib.sha256()
    folder = inputs.project.standard
    for path in sorted(p for p in folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def manifest(files: Sequence[Artefact], inputs: Inputs, today: date) -> Artefact:
    """Return manifest.json: a hash for each file that is served, the standard, and the day; no name of anybody."""
    data = {
        "format": 1,
        "published": today.isoformat(),
        "standard": _standard_of(inputs),
        "files": {file.path: hashlib.sha256(file.content).hexdigest() for file in sorted(files, key=lambda f: f.path)},
    }
    return Artefact(MANIFEST, (json.dumps(data, indent=1) + "\n").encode(), "manifest")


def publish(inputs: Inputs, today: date, say: Progress) -> tuple[Outcome, str]:
    """Put the pages into public/ if nothing stands in the way, else change nothing; return what was found and done."""
    out = inputs.project.root / "public"
    with replacing(inputs, out) as stage:
        outcome, files, sites = make(inputs, stage, today, say, "publish")
        outcome = replace(outcome, findings=tuple(in_order([*outcome.findings, *blocks(inputs, sites)])))
        report_on(inputs, outcome, sites, out)
        if outcome.errors:
            return outcome, f"{inputs.project.shown(out)}/ is unchanged: nothing was published"
        rules = rules_of(inputs, sites)
        found = [additions(inputs, site, today) for site in sites]
        entries = [entry for added, _ in found for entry in added]
        if entries:
            keep(inputs, entries, [version for _, kept in found for version in kept])
        put([*files, manifest(files, inputs, today)], stage, out)
        hosting = write_files(rules, inputs.project.root / "hosting", inputs)
    shown = inputs.project.shown(out)
    return outcome, f"published: copy what is in {shown}/ to the web host. Rules for the host:\n{hosting}\n" + (
        f"{len(entries)} new lines in records/published.yml: keep records/ in git"
        if entries
        else "nothing new to promise"
    )
