"""A sign-off is tried on the pages that show it before it is recorded: what is on record cannot be taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from patientpages.checks.runner import check_page
from patientpages.model import Artefact, Finding, Signature, Site
from patientpages.outcome import site_of
from patientpages.project import Inputs, Language
from patientpages.read import read_pages
from patientpages.signing import sign_off, stamped
from patientpages.yamlfile import Mistakes

_ROLES, _SHOWN = "/role", 16  # the concept that lists them in standard/<language>/phrases/, and how many are shown


def faults(
    inputs: Inputs, site: Site, files: Iterable[Artefact], new: Sequence[Signature], today: date
) -> list[Finding]:
    """Return the errors that the pages of a language would have with these sign-offs on record.

    `site` and `files` are what was just made, without any sign-off; the pages to be signed have no error there.
    Only the lines of the sign-off are put into the pages and read again: building them once more would take seconds.
    """
    language = next(each for each in inputs.languages if each.code == site.language)
    signed = replace(inputs, records=replace(inputs.records, signatures=(*inputs.records.signatures, *new)))
    content = {file.path: file.content for file in files}
    with tempfile.TemporaryDirectory() as name:
        for page in site.pages:
            found = sign_off(page, language.code, signed.records.signatures, today)
            text = content[site.prefix + page.file].decode("utf-8")
            file = Path(name) / page.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(stamped(text, language.wording.signing.lines(found), ""), encoding="utf-8", newline="\n")
        mistakes = Mistakes()
        pages = read_pages(tuple(page.source for page in site.pages), Path(name), language.homes, mistakes)
        mistakes.stop_if_any()
    own = [Artefact(path.removeprefix(site.prefix), data, "") for path, data in content.items()]
    trial = site_of(signed, language, pages, own, today, standing=site.promises)
    paths = {page.source.path for page in pages if page.source.name in {signature.page for signature in new}}
    return [
        finding for page in pages if page.source.path in paths
        for finding in check_page(page, trial) if finding.severity == "error"
    ]  # fmt: skip


def roles(language: Language) -> str:
    """Return the first roles that the checker takes for somebody who may sign ("" for a language without phrases)."""
    concepts = language.judge.book.concepts if language.judge else {}
    phrases = next((found for name, found in concepts.items() if name.endswith(_ROLES)), ())
    plain = (text for phrase in phrases if (text := phrase.text.strip("!")).replace(" ", "").isalpha())
    return ", ".join(islice(plain, _SHOWN))
