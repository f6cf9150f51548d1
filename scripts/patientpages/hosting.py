"""What the clinic's web host reads, made for every address that the pages answer, and written beside the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from patientpages.build import check
from patientpages.ledger import address_of
from patientpages.making import Progress
from patientpages.model import Artefact, Site
from patientpages.outputs import ARCHIVE, archive, hosting_files
from patientpages.project import Inputs
from patientpages.records import refused
from patientpages.stamping import moved_from
from patientpages.whole_file import write_whole


def write_rules(inputs: Inputs, today: date, out: Path, say: Progress) -> str:
    """Write the files that a web host reads, for the pages as they are now; return their names."""
    outcome, sites = check(inputs, today, say)
    if outcome.errors:
        raise refused(f"nothing was written: the checks find errors in the pages ({outcome.errors})",
                      "See them: patientpages check")  # fmt: skip
    if not inputs.clinic.website:
        raise refused("there are no rules for a host yet: clinic.yml names no website",
                      'website: "https://www.example.org/patients/"')  # fmt: skip
    return write_files(rules_of(inputs, sites), out, inputs)


def rules_of(inputs: Inputs, sites: Sequence[Site]) -> dict[str, bytes]:
    """Return the files that a web host reads, by name: for every address that the pages answer."""
    addresses: list[str] = []
    moved: dict[str, str] = {}
    for site, language in zip(sites, inputs.languages, strict=True):
        past = moved_from(inputs, language, site.pages, site.promises)
        whole = {site.prefix + old: site.prefix + new for old, new in past.redirects().items()}
        served = (file for file in site.anchors if file.endswith("index.html"))
        addresses += [a for file in served if (a := address_of(site.prefix + file)) not in whole]
        moved |= whole
    try:
        return hosting_files(inputs.clinic.website, addresses, moved, inputs.clinic.embedded_on)
    except ValueError as error:
        raise refused(f"no rules can be made for the host: {error}", "Correct that address first.") from error


def packed(rules: Mapping[str, bytes], files: Sequence[Artefact], today: date) -> dict[str, bytes]:
    """Return the rules, and beside them all published files as one file to upload."""
    return {**rules, ARCHIVE: archive(files, rules["apache.htaccess"], today)}


def write_files(files: Mapping[str, bytes], out: Path, inputs: Inputs) -> str:
    """Write files into a folder, each whole or not at all; return their names, a line each."""
    for name, content in files.items():
        write_whole(out / name, content)
    return "\n".join(inputs.project.shown(out / name) for name in files)
